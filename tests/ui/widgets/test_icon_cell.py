"""Icons have an edge, placeholders an initial, badges enough contrast, in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette, QPixmap

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.icon_cell import (
    Tone,
    badge_colors,
    badge_size,
    initial_of,
    paint_app_icon,
    paint_badge,
    placeholder_colors,
)
from tests.ui.widgets.gallery import dark_palette, light_palette

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

PALETTES = pytest.mark.parametrize("palette_of", [light_palette, dark_palette], ids=["light", "dark"])


@pytest.mark.parametrize(
    ("name", "initial"), [("harbour", "H"), ("云帆", "云"), ("  «Lantern»", "L"), ("", ""), ("★", "★"), ("ßeta", "S")]
)
def test_the_initial_is_the_first_letter(name: str, initial: str) -> None:
    assert initial_of(name) == initial


@PALETTES
@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("tone", list(Tone))
def test_a_badge_can_be_read(
    qapp: QApplication, palette_of: Callable[[], QPalette], tone: Tone, *, selected: bool
) -> None:
    fill, ink = badge_colors(tone, palette_of(), selected=selected)
    assert theme.contrast(fill, ink) >= theme.CONTRAST_AA


@PALETTES
def test_a_placeholder_can_be_read_and_is_the_same_in_every_run(
    qapp: QApplication, palette_of: Callable[[], QPalette]
) -> None:
    for number in range(50):
        ground, letter = placeholder_colors(palette_of(), f"app{number}")
        assert theme.contrast(ground, letter) >= theme.CONTRAST_AA
    assert placeholder_colors(palette_of(), "harbour") == placeholder_colors(palette_of(), "harbour")
    assert placeholder_colors(palette_of(), "harbour") != placeholder_colors(palette_of(), "lantern")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_rounded_filled_and_where_it_belongs(qapp: QApplication, ratio: float) -> None:
    image = QImage(round(60 * ratio), round(60 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    source = QPixmap(200, 100)
    source.fill(QColor(10, 200, 30))
    painter = QPainter(image)
    paint_app_icon(painter, QRect(16, 16, 28, 28), source, "", light_palette(), "x")
    painter.end()

    def at(x: float, y: float) -> QColor:
        return image.pixelColor(int(x * ratio), int(y * ratio))

    assert at(30, 30) == QColor(10, 200, 30)
    assert at(18, 30).green() > 100
    assert at(41, 30).green() > 100
    assert at(16.2, 16.2).alpha() < 60  # the corner
    assert at(12, 30).alpha() == 0
    assert at(46, 30).alpha() == 0


def test_a_white_icon_has_an_edge_on_white(qapp: QApplication) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    source = QPixmap(28, 28)
    source.fill(QColor("white"))
    painter = QPainter(image)
    paint_app_icon(painter, QRect(6, 6, 28, 28), source, "", light_palette(), "x")
    painter.end()
    assert image.pixelColor(6, 20) != QColor("white")


def test_a_badge_fits_the_room_it_asks_for_and_leaves_the_rest_alone(qapp: QApplication) -> None:
    font = QFont()
    size = badge_size("Latest", font)
    image = QImage(size.width() + 20, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_badge(painter, QRect(0, 0, size.width() + 20, 40), "Latest", Tone.ACCENT, light_palette(), font)
    paint_badge(painter, QRect(0, 0, 4, 40), "Latest", Tone.ACCENT, light_palette(), font)
    painter.end()
    assert image.pixelColor(size.width() // 2, 20).alpha() == 255
    assert image.pixelColor(size.width() + 2, 20).alpha() == 0
