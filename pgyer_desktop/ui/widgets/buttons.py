"""Buttons: those that are one of the program's actions, with its words, rule and reason; plain ones; and bare icons.

Must not decide anything: they show what they are for and trigger it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.base.named import named, plain
from pgyer_desktop.ui.widgets.spoken.manner import OPENS_LIST, tell_expanded
from pgyer_desktop.ui.widgets.spoken.words import describe, explain

_SQUARE: Final = 28


class ActionButton(QPushButton):
    """Follows a `QAction`; disabled, its tooltip is the action's, which says why."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        flat: bool = False,
        icon_only: bool = False,
        words: str = "",
        bare: bool = False,
    ) -> None:
        """`words` stand there instead of the action's; `bare`: without its icon."""
        super().__init__(parent)
        self._action: QAction | None = None
        self._icon_only = icon_only
        self._words = words
        self._bare = bare
        self.setAutoDefault(False)
        self.setFlat(flat)
        self.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if icon_only:
            self.setFixedSize(_SQUARE, _SQUARE)
        self.clicked.connect(self._on_clicked)

    def set_action(self, action: QAction | None) -> None:
        """Follow `action` from now on; None hides the button."""
        if self._action is not None:
            self._action.changed.disconnect(self._on_action_changed)
        self._action = action
        self.setVisible(action is not None)
        if action is not None:
            action.changed.connect(self._on_action_changed)
            self._on_action_changed()

    def _on_action_changed(self) -> None:
        action = self._action
        if action is None:
            return
        self.setText("" if self._icon_only else self._words or plain(action.text()).replace("&", "&&"))
        if not self._bare:
            self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(self._words or action.iconText())
        # Not the name once more, with which the tooltip begins.
        describe(self, "" if action.isEnabled() else action.statusTip() or action.toolTip())

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.trigger()


def push_button(name: str, words: str, parent: QWidget, icon: str = "") -> QPushButton:
    """A button with words, and an icon where one is named; Enter presses it only where it has the focus."""
    button = named(name, QPushButton(words, parent))
    button.setAutoDefault(False)
    if icon:
        button.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
        button.setIcon(resources.icon(icon))
    return button


def icon_button(
    name: str, icon: str, words: str, parent: QWidget, focus: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus
) -> QToolButton:
    """A flat button that shows only the `icon`; `words` say what it does, on hovering and to screen readers."""
    return _as_icon(QToolButton(parent), name, icon, words, focus)


def menu_button(name: str, icon: str, words: str, menu: QMenu, parent: QWidget) -> QToolButton:
    """The same, from which `menu` opens: below it, at its right edge."""
    return _as_icon(_MenuButton(menu, parent), name, icon, words, Qt.FocusPolicy.StrongFocus)


class _MenuButton(QToolButton):
    """Says whether its menu is open."""

    manner = OPENS_LIST

    def __init__(self, menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self._opened = menu
        self.clicked.connect(self._on_clicked)
        for changed in (menu.aboutToShow, menu.aboutToHide):
            changed.connect(self._on_changed, Qt.ConnectionType.QueuedConnection)

    def opened_popup(self) -> QWidget | None:
        """The menu."""
        return self._opened

    def _on_clicked(self) -> None:
        corner = self.mapToGlobal(QPoint(self.width(), self.height()))
        self._opened.popup(corner - QPoint(self._opened.sizeHint().width(), 0))

    def _on_changed(self) -> None:
        tell_expanded(self)


def _as_icon(button: QToolButton, name: str, icon: str, words: str, focus: Qt.FocusPolicy) -> QToolButton:
    named(name, button, words)
    explain(button, words)
    button.setAutoRaise(True)
    button.setIcon(resources.icon(icon))
    button.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
    button.setFocusPolicy(focus)
    return button


def dress_search(edit: QLineEdit) -> None:
    """Give a field that is searched in its icon, a cross that clears it, and names to what Qt makes of these."""
    edit.setClearButtonEnabled(True)
    clear = edit.findChildren(QToolButton)[-1]
    edit.addAction(resources.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    icon = edit.findChildren(QToolButton)[-1]
    clear.setAccessibleName(QCoreApplication.translate("buttons", "Clear search"))
    icon.setAccessibleName(QCoreApplication.translate("buttons", "Search"))
    if not edit.accessibleDescription():
        describe(edit, "")  # else Qt reads the placeholder, which is what it is called
