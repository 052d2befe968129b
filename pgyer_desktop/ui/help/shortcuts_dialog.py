"""Lists the keys of all actions, menu by menu. Must not do any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFormLayout

from pgyer_desktop.core.base.actions import Action, Menu
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.base.actions import WindowActions

_NATIVE = QKeySequence.SequenceFormat.NativeText


class ShortcutsDialog(Dialog):
    """The keys as they are on this system. It stays open until the person closes it."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__("shortcutsDialog", parent, width=560)
        words = self.tr("Keyboard shortcuts")
        self.set_titles(words, words)
        titles = {
            Menu.FILE: self.tr("File"),
            Menu.BUILD: self.tr("Build"),
            Menu.VIEW: self.tr("View"),
            Menu.HELP: self.tr("Help"),
        }
        sides = (column(spacing=theme.SPACE_GROUP), column(spacing=theme.SPACE_GROUP))
        for menu in Menu:
            form = QFormLayout()
            form.setHorizontalSpacing(theme.SPACE_EDGE)
            form.setVerticalSpacing(theme.SPACE_TIGHT)
            for action in Action:
                qaction = actions.by_id[action]
                if action.value.menu is not menu or qaction.shortcut().isEmpty():
                    continue
                keys = named(f"{action.value.id}Keys", Label(self, text=qaction.shortcut().toString(_NATIVE)))
                title = Label(self, ink=Ink.SOFT, text=say(action.value.title).rstrip("…"))
                keys.setBuddy(title)
                form.addRow(keys, title)
            part = column(Label(self, Size.HEADING, text=titles[menu]), form, spacing=theme.SPACE_TIGHT)
            fill(sides[menu is Menu.BUILD], part)
        across = row(spacing=theme.SPACE_WIDE)
        for side in sides:
            side.addStretch(1)
            fill(across, wide(side))
        fill(self.body, across)
        self.add_close("shortcutsCloseButton").setFocus()
