"""Keys as from the keyboard, in tests that run in the loop themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def press(keys: str, window: QWidget) -> None:
    """One key, with modifiers: shortcuts first, then whatever has the focus in `window`.

    Not by `QTest.keySequence`: it goes through the window's handle, which runs the loop within the test's own task.
    """
    focused: QWidget | None = window.focusWidget()
    combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide6 types no `[]`
    QTest.keyClick(focused if focused is not None else window, combination.key(), combination.keyboardModifiers())
