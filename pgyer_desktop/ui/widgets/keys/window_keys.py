"""What holds for the keyboard in each of our windows, whatever has the focus.

- A key that a focused editor means for itself is answered by no action of the window.
- Enter presses the button that has the focus. In a number field it takes the number, in a list it is for the row, and
  closes no dialog.
- Tab goes through it as one reads, and a ring shows where one is.
- Shift+F10 and the menu key open the context menu of what has the focus, on systems that do not see to it themselves.

Must not know any action.
"""

from __future__ import annotations

import sys
from typing import ClassVar, Final, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)
from shiboken6 import Shiboken

from pgyer_desktop.ui.widgets.keys.ring import FocusRing
from pgyer_desktop.ui.widgets.keys.tab_order import order_tabs

_Key = QKeySequence.StandardKey
_KINDS: Final = ("MoveTo", "Select", "Delete", "Insert")
_EDITING: Final = (
    *(_Key.Cut, _Key.Copy, _Key.Paste, _Key.Undo, _Key.Redo, _Key.Backspace),
    # Not Ctrl+K, which Linux may bind to it: nobody misses that in a field, and here it goes everywhere else.
    *(key for name, key in _Key.__members__.items() if name.startswith(_KINDS) and key is not _Key.DeleteEndOfLine),
)
_ERASE: Final = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
_HELD: Final = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
"""Keys that are held for a click as well."""
_TAB: Final = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class WindowKeys(QObject):
    """Looks at the keys that reach `window`, which are those that nothing in it has taken."""

    _by_keys: ClassVar = False
    """Whether the keyboard was used last, in whichever window: one that a key opens shows a ring at once."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ring: FocusRing | None = None  # made for whoever uses the keyboard
        self.enter_presses = True
        """Whether Enter presses the button that has the focus. Not where something is destroyed."""
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]  # there is one

    @property
    def _window(self) -> QWidget:
        return cast("QWidget", self.parent())  # not kept: each would keep the other

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is ours."""
        kind = event.type()
        taken = False
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:
                if event.key() not in _HELD:
                    self._use_keys()
                if event.key() in _TAB:
                    order_tabs(self._window)  # before it moves: by now everything has its place
                taken = is_editing(self._window.focusWidget(), event)
            elif kind == QEvent.Type.KeyPress:
                taken = self._press(event)
        if taken:
            event.accept()
        return taken or super().eventFilter(watched, event)

    def _use_keys(self) -> None:
        if not WindowKeys._by_keys:
            WindowKeys._by_keys = True
            self._update_ring()

    def _on_focus_changed(self, _before: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            WindowKeys._by_keys = False
        self._update_ring()

    def _update_ring(self) -> None:
        focused: QWidget | None = QApplication.focusWidget()
        ours = focused is not None and focused is not self._window and focused.window() is self._window
        shown = focused if ours and WindowKeys._by_keys else None
        if self._ring is None and shown is not None:
            self._ring = FocusRing(self._window)
        if self._ring is not None and Shiboken.isValid(self._ring):  # it goes before the window does
            self._ring.show_around(shown)

    def _press(self, event: QKeyEvent) -> bool:
        focused: QWidget | None = self._window.focusWidget()
        if focused is None:
            return False
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if isinstance(focused, QAbstractSpinBox | QAbstractItemView):
                return True  # it has taken its number, or done what it does for its row, and a dialog stays open
            if self.enter_presses and isinstance(focused, QPushButton | QToolButton):
                if not event.isAutoRepeat():  # else what Enter opens is answered by the same Enter
                    focused.click()
                return True
        if _wants_menu(event):
            _open_menu(focused)
            return True
        return False


def is_editing(focused: QWidget | None, event: QKeyEvent) -> bool:
    """Whether `focused` is something to type or to select text in, and means this key for itself."""
    edits = isinstance(focused, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox)
    if not edits and not (isinstance(focused, QComboBox) and focused.isEditable()):
        return False
    # Erasing with whatever else is held down: systems differ in what that erases, and Qt knows not all of it.
    return event.key() in _ERASE or any(event.matches(key) for key in _EDITING)


def _wants_menu(event: QKeyEvent) -> bool:
    if event.key() == Qt.Key.Key_Menu:
        return sys.platform != "win32"  # which sends the menu's own event when the key is let go
    return event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier


def _open_menu(focused: QWidget) -> None:
    query = focused.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = query.toRect().center() if hasattr(query, "toRect") else focused.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, focused.mapToGlobal(place))
    QApplication.sendEvent(focused, event)
