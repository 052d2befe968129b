"""Derived colours can be read, in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFont, QPalette

from pgyer_desktop.ui.base import theme
from tests.ui.widgets.gallery import dark_palette, light_palette

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

PALETTES = pytest.mark.parametrize("palette_of", [light_palette, dark_palette], ids=["light", "dark"])


@PALETTES
@pytest.mark.parametrize("accent", ["#308cc6", "#ffcc00", "#101060", "#ff0060", "#808080"])
@pytest.mark.parametrize("derived", [theme.secondary_text, theme.accent, theme.warning, theme.danger])
def test_text_colours_have_enough_contrast_on_window_and_base(
    qapp: QApplication,
    palette_of: Callable[[], QPalette],
    accent: str,
    derived: Callable[[QPalette], QColor],
) -> None:
    palette = palette_of()
    palette.setColor(QPalette.ColorRole.Accent, QColor(accent))
    for ground in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        assert theme.contrast(derived(palette), palette.color(ground)) >= theme.CONTRAST_AA


def test_dark_is_told_from_light(qapp: QApplication) -> None:
    assert theme.is_dark(dark_palette())
    assert not theme.is_dark(light_palette())


def test_a_colour_that_can_be_read_is_left_as_it_is(qapp: QApplication) -> None:
    assert theme.readable(QColor("#003366"), QColor("white")) == QColor("#003366")


def test_contrast_is_what_the_standard_says(qapp: QApplication) -> None:
    assert theme.contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert theme.contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_fonts_differ_in_size_and_weight_only(qapp: QApplication) -> None:
    font = QFont("Noto Sans", 10)
    assert theme.caption_font(font).pointSizeF() < 10 < theme.title_font(font).pointSizeF()
    assert theme.title_font(font).family() == font.family()
    font.setPixelSize(20)
    assert theme.caption_font(font).pixelSize() < 20
    assert theme.tabular_font(font).featureValue(QFont.Tag("tnum")) == 1
