"""Light and dark by choice, also where the platform knows nothing of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QRadioButton, QSpinBox, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.window import appearance
from pgyer_desktop.ui.window.appearance import Appearance

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    appearance.apply(Appearance.SYSTEM)


def test_windows_follow_the_choice_at_once_and_the_system_again_afterwards(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    before = window.palette().color(QPalette.ColorRole.Window)
    appearance.apply(Appearance.DARK)
    qtbot.waitUntil(lambda: theme.is_dark(window.palette()))
    appearance.apply(Appearance.LIGHT)
    qtbot.waitUntil(lambda: not theme.is_dark(window.palette()))
    appearance.apply(Appearance.SYSTEM)
    qtbot.waitUntil(lambda: window.palette().color(QPalette.ColorRole.Window) == before)


@pytest.mark.parametrize("role", [QPalette.ColorRole.Text, QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent])
def test_everything_can_be_told_apart_in_the_dark(qapp: QApplication, role: QPalette.ColorRole) -> None:
    appearance.apply(Appearance.DARK)
    palette = qapp.palette()
    ground = palette.color(QPalette.ColorRole.Base)
    least = theme.CONTRAST_AA if role is QPalette.ColorRole.Text else 1.5
    assert theme.contrast(palette.color(role), ground) >= least


@pytest.mark.parametrize("scheme", [Appearance.SYSTEM, Appearance.LIGHT, Appearance.DARK])
def test_what_is_selected_and_what_stands_in_an_empty_field_can_be_read(qtbot: QtBot, scheme: Appearance) -> None:
    if QApplication.style().name().lower() != "fusion":
        pytest.skip("this style has colours of its own")
    appearance.apply(scheme)
    field = QLineEdit()
    qtbot.addWidget(field)
    role, palette = QPalette.ColorRole, field.palette()
    pairs = ((role.HighlightedText, role.Highlight), (role.PlaceholderText, role.Base))
    for over, under in pairs:
        assert theme.contrast(palette.color(over), palette.color(under)) >= theme.CONTRAST_AA


@pytest.mark.parametrize("scheme", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QComboBox, QCheckBox, QRadioButton])
def test_the_edge_of_a_field_shows(qtbot: QtBot, kind: type[QWidget], scheme: Appearance) -> None:
    """In pixels, three to one against the window, with the focus and without."""
    if QApplication.style().name().lower() != "fusion":
        pytest.skip("this style paints edges of its own")
    page = QWidget()
    qtbot.addWidget(page)
    field, other = kind(page), QLineEdit(page)
    page.resize(300, 100)
    field.setGeometry(20, 20, 120, 30)
    other.setGeometry(20, 60, 120, 30)
    appearance.apply(scheme)
    page.show()
    for focused in (other, field):
        focused.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        image = page.grab(QRect(18, 18, 124, 34)).toImage()
        ground = page.palette().color(QPalette.ColorRole.Window)
        middle = image.height() // 2
        line = [theme.contrast(image.pixelColor(x, middle), ground) for x in range(round(8 * image.devicePixelRatio()))]
        assert max(line) >= 3, line


def test_a_value_that_is_not_known_is_the_systems() -> None:
    assert appearance.chosen("sepia") is Appearance.SYSTEM
    assert appearance.chosen("dark") is Appearance.DARK


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('{"appearance": "dark", "accounts": []}', Appearance.DARK),
        ('{"appearance": 7}', Appearance.SYSTEM),
        ('["dark"]', Appearance.SYSTEM),
        ('{"appearance": "dark"', Appearance.SYSTEM),
        (None, Appearance.SYSTEM),
    ],
)
def test_it_is_known_before_the_settings_are_loaded(tmp_path: Path, written: str | None, found: Appearance) -> None:
    file = tmp_path / "settings.json"
    if written is not None:
        file.write_text(written, encoding="utf-8")
    assert appearance.chosen_in(file) is found
