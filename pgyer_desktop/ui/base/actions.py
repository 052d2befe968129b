"""The window's actions: one QAction per row of `core.base.actions`, for menu bar, context menu and buttons.

Enabled by the one rule in `core.base.actions`; a disabled one says why. Must not do what an action is for.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from pgyer_desktop.core.base.actions import Action, Menu, Situation, title_of, why_not
from pgyer_desktop.ui.base import resources
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import choose_key, with_access_key

if TYPE_CHECKING:
    from collections.abc import Iterable


class WindowActions(QObject):
    """Makes the actions and keeps their state true.

    Signals:
        requested: a person wants an action done; by its keys also while it is disabled, to be told why. arg: Action.
    """

    requested = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._menus: dict[Menu, QMenu] = {}
        self._taken: dict[Menu, set[str]] = {menu: set() for menu in Menu}
        self._keys = self._choose_keys()
        self.by_id: dict[Action, QAction] = {action: self._new(action) for action in Action}
        window.addActions(list(self.by_id.values()))
        window.installEventFilter(self)
        self.update(Situation())

    def update(self, situation: Situation) -> None:
        """Enable what can be done now, and have the rest say why it cannot."""
        for action, qaction in self.by_id.items():
            reason = why_not(action, situation)
            qaction.setEnabled(reason is None)
            words = say(title_of(action, situation))
            title = words.rstrip("…").replace("&", "")
            shown = with_access_key(words.replace("&", "&&"), self._keys[action])
            if qaction.text() != shown:
                qaction.setText(shown)
                qaction.setIconText(title)
            shortcut = qaction.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            name = f"{title} ({shortcut})" if shortcut else title
            qaction.setToolTip(f"{name}\n{say(reason)}" if reason is not None else name)
            qaction.setStatusTip(say(reason) if reason is not None else "")

    def fill(self, menu_bar: QMenuBar) -> None:
        """Put every action into its menu."""
        titles = {
            Menu.FILE: self.tr("&File"),
            Menu.BUILD: self.tr("&Build"),
            Menu.VIEW: self.tr("&View"),
            Menu.HELP: self.tr("&Help"),
        }
        for place in Menu:
            menu = menu_bar.addMenu(titles[place])
            menu.setObjectName(f"{place.value}Menu")
            menu.setAccessibleName(titles[place].replace("&", ""))
            menu.setToolTipsVisible(True)
            self._add(menu, (action for action in Action if action.value.menu is place))
            self._menus[place] = menu

    def add_menu(self, place: Menu, menu: QMenu) -> None:
        """Put `menu` into the one of the menu bar, which is there after `fill`."""
        key = choose_key(menu.objectName().removesuffix("Menu"), self._taken[place])
        menu.setTitle(with_access_key(menu.title(), key))
        self._menus[place].addMenu(menu)

    def menu(self, place: Menu) -> QMenu:
        """The menu of the menu bar. It is there after `fill`."""
        return self._menus[place]

    def new_menu(self, name: str, actions: Iterable[Action], parent: QWidget, words: str) -> QMenu:
        """A menu of these actions, for `popup()`, that is called `words`. The caller owns it."""
        menu = QMenu(parent)
        menu.setAccessibleName(words)
        menu.setObjectName(name)
        menu.setToolTipsVisible(True)
        self._add(menu, actions)
        return menu

    def _choose_keys(self) -> dict[Action, str]:
        """A letter for each, of its English title in every language; no two in one menu have the same."""
        found: dict[Action, str] = {}
        in_more: set[str] = set()
        for action in sorted(Action, key=lambda action: not action.value.in_more_menu):
            row = action.value
            taken = self._taken[row.menu]
            found[action] = choose_key(row.title.source, taken | in_more if row.in_more_menu else taken)
            taken.add(found[action])
            if row.in_more_menu:
                in_more.add(found[action])
        return found

    def _add(self, menu: QMenu, actions: Iterable[Action]) -> None:
        group: tuple[Menu, int] | None = None
        for action in actions:
            row = action.value
            if group not in {None, (row.menu, row.group)}:
                menu.addSeparator()
            group = (row.menu, row.group)
            menu.addAction(self.by_id[action])

    def _new(self, action: Action) -> QAction:
        row = action.value
        qaction = QAction(say(row.title), self)
        qaction.setObjectName(row.id)
        qaction.setCheckable(row.checkable)
        # The platform's picture only where it means exactly this; ours are drawn for the rest, so that they match.
        theme_icon = QIcon.ThemeIcon[row.theme_icon] if row.theme_icon else None
        if theme_icon is not None and QIcon.hasThemeIcon(theme_icon):
            qaction.setIcon(QIcon.fromTheme(theme_icon))
        elif row.icon:
            qaction.setIcon(resources.icon(row.icon))
        # macOS has no icons in menus; buttons that show one set it themselves.
        qaction.setIconVisibleInMenu(sys.platform != "darwin")
        qaction.setShortcuts(_sequences(action))
        qaction.setMenuRole(QAction.MenuRole[row.role])
        qaction.triggered.connect(partial(self._on_triggered, action))
        return qaction

    def _on_triggered(self, action: Action, _checked: bool = False) -> None:
        self.requested.emit(action)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Answer the keys of a disabled action, which Qt passes over in silence.

        Asked before anything is done by a key, once no editor means it for itself: a table would take some of them.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            keys = QKeySequence(event.keyCombination())
            for action, qaction in self.by_id.items():
                if not qaction.isEnabled() and qaction.isVisible() and keys in qaction.shortcuts():
                    self.requested.emit(action)
                    break
        return False


def _sequences(action: Action) -> list[QKeySequence]:
    """An action's key sequences from standard keys' names and portable names, each once, the platform's own first."""
    # A standard key may bring more than is meant, such as Ctrl+D for Delete where GNOME or KDE runs; what another
    # action names is that one's, for of two actions with one shortcut neither is done.
    taken = {name for other in Action if other is not action for name in other.value.shortcuts}
    found: list[QKeySequence] = []
    for name in action.value.shortcuts:
        standard = QKeySequence.StandardKey.__members__.get(name)
        bindings = _bindings(standard) if standard is not None else [QKeySequence(name)]
        found += [
            sequence
            for sequence in bindings
            if not sequence.isEmpty() and sequence not in found and sequence.toString() not in taken
        ]
    return found


def _bindings(standard: QKeySequence.StandardKey) -> list[QKeySequence]:
    """What the platform binds to a standard key."""
    return QKeySequence.keyBindings(standard)
