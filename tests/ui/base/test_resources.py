"""Everything that the program draws with is there, and follows the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from pgyer_desktop.ui.base import resources
from tests.ui.widgets.gallery import dark_palette, light_palette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NAMES = sorted(path.stem for path in (resources.resources_dir() / "icons").glob("*.svg"))


def _ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    """The colour of the pixel that is covered most."""
    image = icon.pixmap(QSize(64, 64), 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
    return max(pixels, key=QColor.alpha).name()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_inside_its_square(qapp: QApplication, name: str) -> None:
    image = resources.tinted_pixmap(name, 20, QColor("black"), 2.0).toImage()
    covered = [(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 100]
    assert len(covered) > 20
    assert all(1 <= x <= 38 and 1 <= y <= 38 for x, y in covered)


def test_an_icon_follows_the_palette_while_running(qapp: QApplication) -> None:
    before = qapp.palette()
    icon = resources.icon("search")
    try:
        qapp.setPalette(light_palette())
        assert _ink(icon) == "#000000"
        qapp.setPalette(dark_palette())
        assert _ink(icon) == "#f0f0f0"
        assert _ink(icon, QIcon.Mode.Disabled) == "#787878"
        assert _ink(icon, QIcon.Mode.Selected) == "#ffffff"
    finally:
        qapp.setPalette(before)


def test_an_icon_is_drawn_for_the_screen_it_is_on(qapp: QApplication) -> None:
    pixmap = resources.icon("search").pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2.0
    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(2.0)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    resources.icon("search").paint(painter, 0, 0, 20, 20)
    painter.end()
    assert any(image.pixelColor(x, y).alpha() == 255 for x in range(40) for y in range(40))


def test_changing_a_copy_of_an_icon_is_safe(qapp: QApplication) -> None:
    for _ in range(20):
        copy = QIcon(resources.icon("search"))
        copy.setIsMask(True)
        assert not copy.pixmap(16, 16).isNull()


def test_a_missing_icon_is_named(qapp: QApplication) -> None:
    with pytest.raises(resources.ResourceMissingError, match="no-such-icon"):
        resources.icon("no-such-icon")


def test_the_application_icon_has_all_its_sizes(qapp: QApplication) -> None:
    sizes = {size.width() for size in resources.app_icon().availableSizes()}
    assert sizes == set(resources.APP_ICON_SIZES)
