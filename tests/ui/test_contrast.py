"""Whatever is written can be read, and controls are seen: from the pixels of every window, dialog and list.

A colour that is too weak fails here with the words that are written in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.window import appearance
from tests.helpers.painted import contrast_in, edge_contrast, picture, place_in, runs
from tests.ui.every_window import look_at_all
from tests.ui.widgets.gallery import dark_palette, high_contrast_palette, light_palette

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

TEXT, CONTROL = theme.CONTRAST_AA, 3.0
LOOKS = {"light": light_palette, "dark": dark_palette, "high contrast": high_contrast_palette}


@pytest.fixture(params=list(LOOKS))
def look(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Colours as platforms give them, mended as the program does."""
    if qapp.style().name().lower() != "fusion":
        pytest.skip("this style has colours of its own")
    before = qapp.palette()
    given = LOOKS[request.param]()
    qapp.setPalette(theme.legible(given) or given)
    appearance.edge_fields()
    yield request.param
    qapp.setPalette(before)
    appearance.edge_fields()


def weak_words(window: QWidget, image: QImage) -> Iterator[str]:
    """What is written in a colour too close to that behind it; what is disabled may be."""
    for run in runs(window):
        widget = window.childAt(run.seen.center().toPoint()) or window
        sliver = run.seen.height() < run.place.height() * 0.6  # of a line that is scrolled away
        if sliver or not widget.isEnabled() or _is_disabled_entry(widget, run.seen):
            continue
        found = contrast_in(image, run.seen)
        if found < TEXT:
            yield f"{run.words!r} in {widget.objectName() or type(widget).__name__}: {found:.2f}"


def _is_disabled_entry(menu: QWidget, place: QRectF) -> bool:
    action = menu.actionAt(place.center().toPoint()) if isinstance(menu, QMenu) else None
    return action is not None and not action.isEnabled()


def weak_controls(window: QWidget, image: QImage) -> Iterator[str]:
    """Fields and check boxes whose edge is hardly seen, and icons to press."""
    if window.objectName() == "exportDialog":
        return  # Qt's own
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.visibleRegion().boundingRect() != widget.rect():
            continue
        place = place_in(window, widget)
        if isinstance(widget, QCheckBox):
            option = QStyleOptionButton()
            widget.initStyleOption(option)
            box = widget.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, widget)
            found = edge_contrast(image, QRectF(box).translated(place.topLeft()))
        elif isinstance(widget, QComboBox | QAbstractSpinBox) or (
            isinstance(widget, QLineEdit) and widget.hasFrame() and not _is_part(widget)
        ):
            found = edge_contrast(image, place)
        elif isinstance(widget, QToolButton) and not widget.icon().isNull() and not widget.text():
            found = contrast_in(image, place)
        else:
            continue
        if found < CONTROL:
            yield f"{widget.objectName() or type(widget).__name__}: {found:.2f}"


def _is_part(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)


async def test_everything_is_read_and_seen(look: str, tmp_path: Path) -> None:
    weak: dict[str, str] = {}

    def judge(name: str, window: QWidget) -> None:
        image = picture(window)
        for what in (*weak_words(window, image), *weak_controls(window, image)):
            weak.setdefault(what, name)

    await look_at_all(tmp_path, Language.ENGLISH, judge)
    assert "\n".join(f"{name}: {what}" for what, name in weak.items()) == ""


def test_what_is_too_weak_is_found(qtbot: QtBot, look: str) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    words, button, field = QLabel("Hardly there"), QPushButton("Press"), QLineEdit()
    for one in (words, button, field):
        layout.addWidget(one)
    palette = words.palette()
    window = palette.color(palette.ColorRole.Window)
    palette.setColor(palette.ColorRole.WindowText, theme.blend(palette.color(palette.ColorRole.Text), window, 0.3))
    words.setPalette(palette)
    plain = field.palette()
    plain.setColor(plain.ColorRole.Window, window.lighter(140))
    plain.setColor(plain.ColorRole.Base, window)
    field.setPalette(plain)
    page.show()
    button.setFocus(Qt.FocusReason.OtherFocusReason)
    image = picture(page)
    (weak,) = weak_words(page, image)
    assert "Hardly there" in weak
    assert len(list(weak_controls(page, image))) == 1
