"""Painting of app icons and of the pills beside a version: what table, details and pickers have in common.

Functions that paint into a rectangle they are given, in colours of the palette they are given. Must not load, cache to
disk or scale anything on behalf of the network, and must not know what a pill means.
"""

from __future__ import annotations

import enum
import zlib
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QPixmapCache,
)

from pgyer_desktop.ui.base import theme

_CORNER_SHARE: Final = 0.22
"""Corner radius of an icon as a share of its side."""
_BADGE_SIDE_PADDING: Final = 7
_BADGE_HEIGHT: Final = 16 / 13
"""As a share of the surrounding text's size, whatever room its font leaves above and below the letters."""
_UPPER_LINE: Final = 16 / 13
_LOWER_LINE: Final = 15 / 13
"""Heights of the two lines of a row, as a share of the size of the font, whatever room that leaves around letters."""
_LINE: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(
    Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
)
_Role = QPalette.ColorRole


class Tone(enum.Enum):
    """What a badge's colour says besides its word."""

    ACCENT = "accent"
    OUTLINE = "outline"
    """The accent's colour too, and quieter: a line around the word."""
    WARNING = "warning"
    DANGER = "danger"
    NEUTRAL = "neutral"


def initial_of(text: str) -> str:
    """The letter or character that stands for `text` on a placeholder: its first letter or digit, in upper case."""
    for character in text:
        if character.isalnum():
            return character.upper()[:1]
    return text.strip()[:1]


def paint_app_icon(
    painter: QPainter, rect: QRect, pixmap: QPixmap | None, initial: str, palette: QPalette, seed: str
) -> None:
    """Paint an app's icon, rounded and with a hairline, so that a white one has an edge.

    Args:
        painter: where to; its state is the same afterwards.
        rect: a square, in logical pixels.
        pixmap: the icon in any size, best at least `rect` times the device pixel ratio; None or null: a placeholder.
        initial: what the placeholder shows, see `initial_of`.
        palette: colours of the surrounding widget.
        seed: decides the placeholder's hue: the same seed, the same hue, in every run.

    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    radius = rect.width() * _CORNER_SHARE
    if pixmap is None or pixmap.isNull():
        ground, letter = placeholder_colors(palette, seed)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(rect), radius, radius)
        font = QFont(painter.font())
        font.setPixelSize(max(6, round(rect.height() * 0.48)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(letter)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initial)
    else:
        ratio = painter.device().devicePixelRatio()
        fitted = _fitted(pixmap, round(rect.width() * ratio), round(rect.height() * ratio))
        brush = QBrush(fitted)
        transform = brush.transform()
        transform.translate(rect.x(), rect.y())
        transform.scale(1 / ratio, 1 / ratio)
        brush.setTransform(transform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(QRectF(rect), radius, radius)
    edge = QColor(palette.color(_Role.WindowText))
    edge.setAlphaF(0.16 if theme.is_dark(palette) else 0.12)
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)
    painter.restore()


def placeholder_colors(palette: QPalette, seed: str) -> tuple[QColor, QColor]:
    """Ground and letter of a placeholder: muted, a hue of its own for each seed, AA between the two."""
    hue = zlib.crc32(seed.encode()) % 360 / 360  # hash() differs from run to run
    if theme.is_dark(palette):
        ground, letter = QColor.fromHslF(hue, 0.24, 0.30), QColor.fromHslF(hue, 0.40, 0.84)
    else:
        ground, letter = QColor.fromHslF(hue, 0.38, 0.88), QColor.fromHslF(hue, 0.42, 0.32)
    return ground, theme.readable(letter, ground)


def badge_size(text: str, font: QFont) -> QSize:
    """Room that `paint_badge` needs for `text`, in logical pixels; `font` is the surrounding text's."""
    metrics = QFontMetrics(_badge_font(font))
    height = round(QFontInfo(font).pixelSize() * _BADGE_HEIGHT)
    return QSize(metrics.horizontalAdvance(text) + 2 * _BADGE_SIDE_PADDING, height + height % 2)


def badge_colors(tone: Tone, palette: QPalette, *, selected: bool = False) -> tuple[QColor, QColor]:
    """Fill and text of a badge, AA between the two.

    On a selected row every badge lies on the base colour: the selection may have the accent's colour itself. An outline
    is in the row's own colours there.
    """
    base = palette.color(_Role.Base)
    if tone is Tone.ACCENT:
        color = theme.accent(palette)
        if not selected:
            # The accent is readable on the base, so the base's own colour is readable on the accent.
            return color, theme.readable(theme.on_fill(color), color)
    elif tone is Tone.OUTLINE:
        if selected:
            ground = palette.color(_Role.Highlight)
            return ground, theme.readable(palette.color(_Role.HighlightedText), ground)
        return base, theme.accent(palette)
    elif tone is Tone.WARNING:
        color = theme.warning(palette)
    elif tone is Tone.DANGER:
        color = theme.danger(palette)
    else:
        color = theme.secondary_text(palette)
    fill = base if selected else theme.blend(color, base, 0.2 if theme.is_dark(palette) else 0.13)
    return fill, theme.readable(color, fill)


def paint_badge(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: Tone,
    palette: QPalette,
    font: QFont,
    *,
    selected: bool = False,
) -> None:
    """Paint a pill with a word, centred in `rect` vertically and at its left edge.

    A word that does not fit into `rect` is shortened. The painter's state is the same afterwards.
    """
    size = badge_size(text, font)
    width = min(size.width(), rect.width())
    if width <= 2 * _BADGE_SIDE_PADDING:
        return
    pill = QRect(rect.x(), rect.y() + (rect.height() - size.height()) // 2, width, size.height())
    fill, ink = badge_colors(tone, palette, selected=selected)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outer, radius = QRectF(pill), pill.height() / 2
    if tone is Tone.OUTLINE:
        painter.setPen(QPen(ink, 1.0))
        outer, radius = outer.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(outer, radius, radius)
    painter.setFont(_badge_font(font))
    painter.setPen(ink)
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - 2 * _BADGE_SIDE_PADDING + 1)
    painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextDontClip), words)
    painter.restore()


def line_heights(font: QFont) -> tuple[int, int]:
    """Heights of a row's two lines: the first one in `font`, the caption under it."""
    size = QFontInfo(font).pixelSize()
    return round(size * _UPPER_LINE), round(size * _LOWER_LINE)


def paint_line(painter: QPainter, rect: QRect, text: str, font: QFont, ink: QColor) -> int:
    """Write `text` as one line at the left of `rect`, cut where it does not fit. Returns how wide that is.

    The painter keeps font and ink.
    """
    metrics = QFontMetrics(font)
    words = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, _LINE, words)
    return metrics.horizontalAdvance(words)


def _badge_font(font: QFont) -> QFont:
    badge = theme.caption_font(font)
    badge.setWeight(QFont.Weight.Medium)
    return badge


def _fitted(pixmap: QPixmap, width: int, height: int) -> QPixmap:
    """`pixmap` scaled to cover `width` x `height` device pixels, cut in the middle, device pixel ratio 1."""
    key = f"pgyer-fitted/{pixmap.cacheKey()}/{width}x{height}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    scaled = QPixmap(pixmap)
    scaled.setDevicePixelRatio(1.0)
    if scaled.size() != QSize(width, height):
        scaled = scaled.scaled(
            width,
            height,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        corner = QPointF((scaled.width() - width) / 2, (scaled.height() - height) / 2).toPoint()
        scaled = scaled.copy(QRect(corner, QSize(width, height)))
    QPixmapCache.insert(key, scaled)
    return scaled
