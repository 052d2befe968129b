"""What rows of builds are painted with, in the table and in every list: fonts, words that fit, pills, icons.

Keeps what was measured and painted until the font changes. Must not load anything: an icon that is not there is a
placeholder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPixmap

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.icon_cell import badge_size, initial_of, line_heights, paint_app_icon, paint_badge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.widgets.icon_cell import Tone

ROW_HEIGHT: Final = 40
ICON_SIDE: Final = 28
"""Logical pixels, where rows are not compact."""
PLAIN: Final = 0
TABULAR: Final = 1
CAPTION: Final = 2
"""How something is written. Plain numbers: they are looked up for each cell."""
LINE: Final = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip)
LEFT: Final = LINE | int(Qt.AlignmentFlag.AlignLeft)
RIGHT: Final = LINE | int(Qt.AlignmentFlag.AlignRight)
_IN_LINES: Final = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)
_MOST_WORDS: Final = 8192
_MOST_ICONS: Final = 512


def row_height(font: QFont) -> int:
    """Of a row with two lines in it; higher than the usual one only where text is large."""
    return max(ROW_HEIGHT, sum(line_heights(font)) + theme.SPACE_TIGHT)


class RowParts:
    """Paints parts of rows into one view, and keeps what they need."""

    def __init__(self, view: QWidget, icons: IconLoader) -> None:
        self._view = view
        self._icons = icons
        self._font_key = ""
        self.fonts = [QFont() for _ in range(3)]
        """By `PLAIN`, `TABULAR` and `CAPTION`, as the metrics are."""
        self.metrics = [QFontMetrics(QFont()) for _ in range(3)]
        self.strong_fonts = list(self.fonts)
        """For what was found, where it cannot have a ground of its own."""
        self.strong_metrics = list(self.metrics)
        self.lines = (0, 0)
        """Heights of the version's line and the notes' one."""
        self._words: dict[tuple[str, int, int], str] = {}
        self._wraps: dict[tuple[str, int], tuple[int, int]] = {}
        self._pills: dict[str, int] = {}
        """Widths by their words."""
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def take_fonts(self) -> None:
        """Measure anew where the view's font has changed."""
        font = self._view.font()
        key = font.key()
        if key != self._font_key:
            self._font_key = key
            self.fonts = [font, theme.tabular_font(font), theme.caption_font(font)]
            self.metrics = [QFontMetrics(font) for font in self.fonts]
            self.strong_fonts = [_strong(one) for one in self.fonts]
            self.strong_metrics = [QFontMetrics(one) for one in self.strong_fonts]
            self.lines = line_heights(font)
            self._words.clear()
            self._wraps.clear()
            self._pills.clear()

    def elided(self, text: str, width: int, face: int) -> str:
        """`text`, cut where it is wider than `width`."""
        key = (text, width, face)
        words = self._words.get(key)
        if words is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            words = self.metrics[face].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._words[key] = words
        return words

    def wrapped(self, text: str, width: int) -> tuple[int, int]:
        """How `text` is written in lines of `width`: the flags, and how high. Breaks words only if it must."""
        key = (text, width)
        found = self._wraps.get(key)
        if found is None:
            if len(self._wraps) >= _MOST_WORDS:
                self._wraps.clear()
            room = QRect(0, 0, max(1, width), 100_000)
            flags = _IN_LINES | int(Qt.TextFlag.TextWordWrap)
            needed = self.metrics[PLAIN].boundingRect(room, flags, text)
            if needed.width() > width:
                flags = _IN_LINES | int(Qt.TextFlag.TextWrapAnywhere)
                needed = self.metrics[PLAIN].boundingRect(room, flags, text)
            found = self._wraps[key] = (flags, needed.height())
        return found

    def pills_width(self, pills: Sequence[tuple[str, Tone]]) -> int:
        """Room for these and the gaps before them."""
        return sum(theme.SPACE + self._pill_width(word) for word, _ in pills)

    def paint_pills(
        self,
        painter: QPainter,
        line: QRect,
        x: int,
        pills: Sequence[tuple[str, Tone]],
        palette: QPalette,
        *,
        selected: bool,
    ) -> int:
        """Paint them one after the other from `x` to where `line` ends. Returns where the next thing may begin."""
        end = line.right() + 1
        for word, tone in pills:
            place = QRect(x, line.y(), max(0, end - x), line.height())
            paint_badge(painter, place, word, tone, palette, self.fonts[PLAIN], selected=selected)
            x += self._pill_width(word) + theme.SPACE
        return x

    def paint_icon(
        self, painter: QPainter, x: int, row: QRect, side: int, build: Build, palette: QPalette, app_name: str = ""
    ) -> None:
        """Paint the build's icon at `x` in the middle of `row`, or its placeholder."""
        painter.drawPixmap(x, row.y() + (row.height() - side) // 2, self._picture(build, side, palette, app_name))

    def _pill_width(self, word: str) -> int:
        width = self._pills.get(word)
        if width is None:
            width = self._pills[word] = badge_size(word, self.fonts[PLAIN]).width()
        return width

    def _picture(self, build: Build, side: int, palette: QPalette, app_name: str) -> QPixmap:
        icon = self._icons.pixmap(build.icon)
        ratio = self._view.devicePixelRatioF()
        name = build.name or app_name or build.identifier
        seed = build.identifier or name
        about = icon.cacheKey() if icon is not None else (initial_of(name), seed)
        key = (about, side, ratio, palette.cacheKey())
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _MOST_ICONS:
                self._pictures.clear()
            picture = QPixmap(round(side * ratio), round(side * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setFont(self.fonts[PLAIN])
            paint_app_icon(painter, QRect(0, 0, side, side), icon, initial_of(name), palette, seed)
            painter.end()
            self._pictures[key] = picture
        return picture


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    strong.setUnderline(True)
    return strong
