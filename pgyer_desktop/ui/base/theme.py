"""Colours, type and spacing of the few things that the program paints itself.

Everything is derived from a `QPalette` or a `QFont` that the platform gave, so that dark and light, accent colours and
high contrast themes are followed without a theme of our own. This module holds no colour of any widget in particular,
keeps no state, and must not set a palette or a style sheet on anything: `appearance` does.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette

from pgyer_desktop.core.accounts.guards import Colour

GRID: Final = 4
"""One step of the grid, in logical pixels. Every distance is a multiple of it."""
SPACE_TIGHT: Final = 4
"""Between an icon and its word, or the lines of one paragraph."""
SPACE: Final = 8
"""Between things that belong together."""
SPACE_GROUP: Final = 12
"""Between groups."""
SPACE_EDGE: Final = 16
"""From content to the window's edge."""
SPACE_WIDE: Final = 24
"""Around what stands alone, such as an empty page's button."""

ICON_SMALL: Final = 16
"""Side of an icon in a button or a menu, in logical pixels."""
ICON_MEDIUM: Final = 20
"""Side of an icon beside a sentence."""
ICON_LARGE: Final = 40
"""Side of the picture on an empty page."""

RADIUS: Final = 6
"""Corner radius of banners and toasts."""

CONTRAST_AA: Final = 4.5
"""Least contrast of body text against what is behind it (WCAG 2.2, success criterion 1.4.3)."""
_ROW_CONTRAST: Final = 5.6
"""Of a selection's ground with its text: styles paint it lighter at the top, and some words are softer."""
_GRADIENT: Final = 150
"""How much lighter than its colour Fusion paints the top of a dark button, at most."""

_USUAL_TEXT: Final = 15
"""Pixels: the largest text that any of the three systems has unless people ask for more."""

_WARNING: Final = QColor(0xB2, 0x6A, 0x00)
_DANGER: Final = QColor(0xC6, 0x28, 0x28)
_MARK: Final = QColor(0xF5, 0xB3, 0x00)
_ACCOUNTS: Final = {
    Colour.RED: QColor(0xC6, 0x28, 0x28),
    Colour.ORANGE: QColor(0xE0, 0x6C, 0x00),
    Colour.GREEN: QColor(0x2E, 0x7D, 0x32),
    Colour.BLUE: QColor(0x15, 0x65, 0xC0),
    Colour.PURPLE: QColor(0x7B, 0x1F, 0xA2),
}
_Role = QPalette.ColorRole


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than the window behind it."""
    return luminance(palette.color(_Role.WindowText)) > luminance(palette.color(_Role.Window))


def secondary_text(palette: QPalette) -> QColor:
    """Text that may be read second: captions, units, columns beside the first. AA on window and base."""
    text, base = palette.color(_Role.Text), palette.color(_Role.Base)
    return readable(blend(text, base, 0.62), palette.color(_Role.Window), base)


def selected_secondary_text(palette: QPalette) -> QColor:
    """Secondary text on a selected row: softer than the row's text, never below the contrast the row itself has."""
    text, ground = palette.color(_Role.HighlightedText), palette.color(_Role.Highlight)
    softer = blend(text, ground, 0.82)
    return softer if contrast(softer, ground) >= CONTRAST_AA else text


def hairline(palette: QPalette) -> QColor:
    """The one line that separates two parts of a window."""
    return blend(palette.color(_Role.WindowText), palette.color(_Role.Window), 0.2 if is_dark(palette) else 0.15)


def accent(palette: QPalette) -> QColor:
    """The platform's accent, made readable as text on window and base."""
    return _on_grounds(palette.color(_Role.Accent), palette)


def warning(palette: QPalette) -> QColor:
    """Amber for what needs care. AA on window and base."""
    return _on_grounds(_WARNING, palette)


def danger(palette: QPalette) -> QColor:
    """Red for what failed or destroys. AA on window and base."""
    return _on_grounds(_DANGER, palette)


def account_colour(colour: Colour, palette: QPalette) -> QColor | None:
    """What an account is painted in, lighter on dark windows; None where it has no colour."""
    found = _ACCOUNTS.get(colour)
    return blend(found, QColor(255, 255, 255), 0.72) if found is not None and is_dark(palette) else found


def mark(text: QColor, ground: QColor) -> QColor:
    """The ground of what was searched for, in a row of `text` on `ground`: seen at once, and read as well as before."""
    color = blend(_MARK, ground, 0.3)
    return color if contrast(text, color) >= CONTRAST_AA else blend(_MARK, ground, 0.15)


def legible(palette: QPalette, onto: QPalette | None = None) -> QPalette | None:
    """`palette`, or only `onto`, with enough contrast where platforms have too little: selections, placeholders, links.

    What can be read as it is stays as it is, and so does what is disabled. None: all of it stays.
    """
    mended = QPalette(onto if onto is not None else palette)
    changed = False
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        text, ground = palette.color(group, _Role.HighlightedText), palette.color(group, _Role.Highlight)
        base, window = palette.color(group, _Role.Base), palette.color(group, _Role.Window)
        found = {_Role.Highlight: readable(blend(ground, base, 1.0), text, ratio=_ROW_CONTRAST)}
        found[_Role.PlaceholderText] = readable(blend(palette.color(group, _Role.PlaceholderText), base, 1.0), base)
        found |= {role: readable(palette.color(group, role), base, window) for role in (_Role.Link, _Role.LinkVisited)}
        for role, color in found.items():
            if color.rgba() != palette.color(group, role).rgba():
                mended.setColor(group, role, color)
                changed = True
    return mended if changed else None


def danger_on_button(palette: QPalette) -> QColor:
    """Red for the words of a button, whose ground styles paint as a gradient above and below its colour."""
    button = palette.color(_Role.Button)
    return readable(danger(palette), button, button.lighter(_GRADIENT))


def on_fill(fill: QColor) -> QColor:
    """Black or white, whichever is easier to read on a solid `fill`."""
    white, black = QColor(255, 255, 255), QColor(0, 0, 0)
    return white if contrast(white, fill) >= contrast(black, fill) else black


def caption_font(font: QFont) -> QFont:
    """`font` one size down, for captions and badges."""
    return _scaled(font, 0.88)


def at_font(length: int, font: QFont) -> int:
    """`length`, which suits the usual sizes of text, in proportion where `font` is larger than those."""
    return round(length * max(1.0, QFontInfo(font).pixelSize() / _USUAL_TEXT))


def size_at_font(size: QSize, font: QFont) -> QSize:
    """`size` in the same proportion."""
    return QSize(at_font(size.width(), font), at_font(size.height(), font))


def title_font(font: QFont) -> QFont:
    """`font` one size up and heavier, for the one title of a page or panel."""
    title = _scaled(font, 1.3)
    title.setWeight(QFont.Weight.DemiBold)
    return title


def tabular_font(font: QFont) -> QFont:
    """`font` with figures of one width, so that numbers in a column stand under each other."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """Opaque mix of two colours; `share` is how much of `over` is in it, 0.0 to 1.0. Alpha in `over` counts."""
    share *= over.alphaF()
    rest = 1.0 - share
    return QColor.fromRgbF(
        over.redF() * share + under.redF() * rest,
        over.greenF() * share + under.greenF() * rest,
        over.blueF() * share + under.blueF() * rest,
    )


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0.0 (black) to 1.0 (white). Alpha is ignored."""
    red, green, blue = (_linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours, 1.0 to 21.0 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: QColor, *grounds: QColor, ratio: float = CONTRAST_AA) -> QColor:
    """`color` with its lightness moved, no further than needed, until it has `ratio` against every ground.

    Where no lightness reaches the ratio against all grounds, black or white is returned: the better of the two.
    """
    return QColor.fromRgba(_readable(color.rgba(), tuple(ground.rgba() for ground in grounds), ratio))


def _on_grounds(color: QColor, palette: QPalette) -> QColor:
    return readable(color, palette.color(_Role.Window), palette.color(_Role.Base))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)


def _scaled(font: QFont, factor: float) -> QFont:
    scaled = QFont(font)
    if font.pixelSize() > 0:
        scaled.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        scaled.setPointSizeF(font.pointSizeF() * factor)
    return scaled


@lru_cache(maxsize=256)  # asked for at every paint, and the search below takes up to a hundred steps
def _readable(rgba: int, grounds: tuple[int, ...], ratio: float) -> int:
    color = QColor.fromRgba(rgba)
    behind = [QColor.fromRgba(ground) for ground in grounds]

    def worst(candidate: QColor) -> float:
        return min((contrast(candidate, ground) for ground in behind), default=21.0)

    if worst(color) >= ratio:
        return color.rgba()
    white, black = QColor(255, 255, 255), QColor(0, 0, 0)
    end = white if worst(white) > worst(black) else black
    hue, saturation, lightness = color.hslHueF(), color.hslSaturationF(), color.lightnessF()
    step = 0.01 if end is white else -0.01
    while 0.0 < lightness < 1.0:
        lightness = min(1.0, max(0.0, lightness + step))
        # Through eight bits, as it will be painted: rounding may cost the last bit of contrast.
        moved = QColor.fromRgba(QColor.fromHslF(max(0.0, hue), saturation, lightness).rgba())
        if worst(moved) >= ratio:
            return moved.rgba()
    return end.rgba()
