"""Labels and values beside each other stand on one baseline in every dialog, Chinese beside Latin too.

Looked at in pixels: the last row of the H that each of them is given at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFormLayout, QGridLayout, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from pgyer_desktop.ui.base.i18n import Language, Translators
from tests.ui.widgets.dialog.large import all_dialogs

_Shown = QLabel | QComboBox | QSpinBox


@pytest.fixture(params=list(Language)[1:])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Language]:
    translators = Translators()
    translators.use(request.param)
    yield request.param
    translators.use(Language.ENGLISH)


@pytest.fixture(params=[9, 13])
def points(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    before = qapp.font()
    font = qapp.font()
    font.setPointSize(request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)


@pytest.mark.parametrize("name", ["compare", "shortcuts", "guards", "settings", "message", "clean_up", "check_new"])
def test_what_stands_beside_each_other_stands_on_one_line(
    language: Language, points: int, name: str, qtbot: QtBot
) -> None:
    dialog = all_dialogs()[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    for row in _rows(dialog):
        tops = [widget.mapTo(dialog, QPoint(0, 0)).y() for widget in row]
        found = [top + _baseline(widget) for top, widget in zip(tops, row, strict=True)]
        least = 1.01 if any(not isinstance(widget, QLabel) for widget in row) else 0.99
        assert max(found) - min(found) < least, (language, points, [_words(widget) for widget in row], found)


def _rows(dialog: QDialog) -> Iterator[list[_Shown]]:
    """What stands in one row of a form or grid, as far as it is one line of words, with a label among it."""
    for form in dialog.findChildren(QFormLayout):
        for number in range(form.rowCount()):
            roles = (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
            yield from _one_line([form.itemAt(number, role) for role in roles])
    for grid in dialog.findChildren(QGridLayout):
        for number in range(grid.rowCount()):
            yield from _one_line([grid.itemAtPosition(number, place) for place in range(grid.columnCount())])


def _one_line(items: list) -> Iterator[list[_Shown]]:  # type: ignore[type-arg]  # of layouts' items
    widgets = [item.widget() for item in items if item is not None]
    row = [widget for widget in widgets if isinstance(widget, _Shown) and widget.isVisible() and _words(widget).strip()]
    lines = all(not isinstance(each, QLabel) or each.height() < 1.7 * each.fontMetrics().height() for each in row)
    if len(row) > 1 and lines and any(isinstance(widget, QLabel) for widget in row):
        yield row


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()  # type: ignore[attr-defined]


def _baseline(widget: _Shown) -> float:
    """How far below its upper edge the letters of a widget stand."""
    widget.setFixedSize(widget.width() + 60, widget.height())
    words = _words(widget)
    write: Callable[[str], None]
    if isinstance(widget, QLabel):
        widget.setWordWrap(False)
        write = widget.setText
    elif isinstance(widget, QComboBox):
        combo = widget
        write = lambda text: combo.setItemText(combo.currentIndex(), text)  # noqa: E731
    else:
        words, write = widget.suffix(), widget.setSuffix
    pictures = []
    for end in (" ", " H"):
        write(words + end)
        pictures.append(widget.grab().toImage())
    without, with_it = pictures
    inked = [
        y
        for y in range(without.height())
        if any(without.pixel(x, y) != with_it.pixel(x, y) for x in range(without.width()))
    ]
    assert inked, words
    return (max(inked) + 1) / without.devicePixelRatio()
