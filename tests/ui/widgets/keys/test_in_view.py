"""What has the focus is in view, wherever the keyboard leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QTextEdit, QWidget

from tests.ui.widgets.dialog.found import shown
from tests.ui.widgets.dialog.large import all_dialogs

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def is_in_view(widget: QWidget) -> bool:
    """Whether one can see all of it, or where its cursor is, or as much as there is room for."""
    part = widget.cursorRect() if isinstance(widget, QTextEdit) else widget.rect()
    seen = widget.visibleRegion().boundingRect()
    return seen.contains(part) or seen.height() >= 30


@pytest.mark.parametrize("name", sorted(all_dialogs()))
@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_what_the_tab_key_comes_to_is_in_view_on_a_low_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str, key: Qt.Key
) -> None:
    monkeypatch.setattr("pgyer_desktop.ui.widgets.dialog.dialog.room_for", lambda *_: QSize(640, 300))
    dialog = all_dialogs()[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    out = []
    for _ in range(30):
        focus: QWidget | None = dialog.focusWidget()
        held = Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(focus if focus is not None else dialog, key, held)
        focus = dialog.focusWidget()
        assert focus is not None
        if not is_in_view(focus):
            out.append(focus.objectName())
        if isinstance(focus, QScrollArea):
            assert focus.objectName() == "compareScroll", "only what scrolls text is a stop itself"
            assert focus.verticalScrollBar().maximum() > 0
    assert out == []
    assert QApplication.focusWidget() is not None
