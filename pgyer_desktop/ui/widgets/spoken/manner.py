"""How a widget that we paint stands in the tree that a screen reader reads: its role, and whether it stands there.

A class says so by an attribute `manner`; Qt's own roles hold for the rest. Must not say any words: a widget's
accessible name does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QAccessibleStateChangeEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_Role = QAccessible.Role


@dataclass(frozen=True, slots=True)
class Manner:
    """A role, and what is passed over."""

    role: QAccessible.Role
    silent: bool = False
    """It is not read: it is decoration, or what is around it says the same."""
    whole: bool = False
    """Its name says everything that is in it, so that its parts are not read; while it has no name, nor is it."""


DECORATION: Final = Manner(_Role.Graphic, silent=True)
SAID_AROUND: Final = Manner(_Role.StaticText, silent=True)
PICTURE: Final = Manner(_Role.Graphic, whole=True)
SENTENCE: Final = Manner(_Role.StaticText, whole=True)
GROUP: Final = Manner(_Role.Grouping)
WINDOW: Final = Manner(_Role.Window)
POPUP: Final = Manner(_Role.Dialog)
LINK: Final = Manner(_Role.Link)
OPENS_LIST: Final = Manner(_Role.ButtonMenu)
SCROLLS: Final = Manner(_Role.Pane)
PART: Final = Manner(_Role.Client)
WAITING: Final = Manner(_Role.Animation, whole=True)


@runtime_checkable
class OpensPopup(Protocol):
    """A widget from which a window opens that Qt would leave out of the tree."""

    def opened_popup(self) -> QWidget | None:
        """That window, shown or not; None while there is none."""


class _Interface(QAccessibleWidget):
    """What Qt asks of a widget with a manner."""

    def __init__(self, widget: QWidget, manner: Manner) -> None:
        super().__init__(widget, manner.role)
        self._manner = manner

    def state(self) -> QAccessible.State:
        """Return Qt's own state, and that it is not seen where it is passed over."""
        state = super().state()
        widget = self.widget()
        if self._manner.silent or (self._manner.whole and not widget.accessibleName()):
            state.invisible = 1
        return state

    def childCount(self) -> int:
        """Return how many parts are read."""
        return 0 if self._manner.whole else super().childCount()

    def child(self, index: int) -> QAccessibleInterface:
        """Return one of its parts."""
        return None if self._manner.whole else super().child(index)  # type: ignore[return-value]  # as Qt has it

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where a part stands; -1: nowhere."""
        return -1 if self._manner.whole else super().indexOfChild(child)


class _PressedInterface(_Interface):
    """Of a button whose role is another than a button's, or that has a popup."""

    def actionNames(self) -> list[str]:
        """Return that it can be pressed."""
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, actionName: str) -> None:  # noqa: N803 - Qt's signature
        """Press it, or whatever else is asked."""
        widget = self.widget()
        if actionName != QAccessibleActionInterface.pressAction():
            super().doAction(actionName)
        elif isinstance(widget, QAbstractButton) and widget.isEnabled():
            widget.click()

    def text(self, t: QAccessible.Text) -> str:
        """Return its words where it has no other name."""
        found = super().text(t)
        widget = self.widget()
        if t == QAccessible.Text.Name and not found and isinstance(widget, QAbstractButton):
            return widget.text()
        return found


class _PopupInterface(_PressedInterface):
    """Of what opens a popup: that belongs to it, and it says whether it is open."""

    def state(self) -> QAccessible.State:
        """Return also whether the popup is open."""
        state, popup = super().state(), self._popup()
        if not isinstance(self.widget(), QAbstractButton):
            return state
        is_open = popup is not None and popup.isVisible()
        state.hasPopup = state.expandable = 1
        state.expanded, state.collapsed = int(is_open), int(not is_open)
        return state

    def childCount(self) -> int:
        """Return also the popup."""
        return super().childCount() + (self._popup() is not None)

    def child(self, index: int) -> QAccessibleInterface:
        """Return one of its parts, the popup last."""
        popup = self._popup()
        if popup is not None and index == super().childCount():
            return QAccessible.queryAccessibleInterface(popup)
        return super().child(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where a part stands."""
        popup = self._popup()
        if popup is not None and child.object() is popup:
            return super().childCount()
        return super().indexOfChild(child)

    def _popup(self) -> QWidget | None:
        widget = self.widget()
        return widget.opened_popup() if isinstance(widget, OpensPopup) else None


def tell_expanded(widget: QWidget) -> None:
    """Tell whoever reads along that the popup of `widget` has been opened or closed."""
    if QAccessible.isActive():
        changed = QAccessible.State()
        changed.expanded = changed.collapsed = 1
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, changed))


def _interface_of(_class_name: str, asked: QObject) -> QAccessibleInterface | None:
    manner = getattr(asked, "manner", None)
    if not isinstance(manner, Manner) or not isinstance(asked, QWidget):
        return None
    if isinstance(asked, OpensPopup):
        return _PopupInterface(asked, manner)
    return (_PressedInterface if isinstance(asked, QAbstractButton) else _Interface)(asked, manner)


# For the whole run of the program: Qt keeps it, and asks it only while somebody reads the tree.
QAccessible.installFactory(_interface_of)
