"""Lists the accounts, where each one's key is, and what can be done with them.

Must not change an account: it says by signal what a person wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
)

from pgyer_desktop.ui.base import resources, theme
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

_ROW_HEIGHT: Final = 32
_LEAST_HEIGHT: Final = 200
_ID_ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as the list shows it; `status_text` says where its key is."""

    id: str
    name: str
    status_text: str
    current: bool = False


class AccountsDialog(Dialog):
    """The list of accounts. It stays open until the person closes it.

    Signals:
        add_requested: connect another account.
        rename_requested: arg: account id (str).
        replace_key_requested: arg: account id (str).
        guards_requested: arg: account id (str).
        remove_requested: arg: account id (str).
        switch_requested: make this account the one that is on. arg: account id (str).
    """

    add_requested = Signal()
    rename_requested = Signal(str)
    replace_key_requested = Signal(str)
    guards_requested = Signal(str)
    remove_requested = Signal(str)
    switch_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accountsDialog", parent, width=560)
        self.set_titles(self.tr("Accounts"), self.tr("Accounts"))
        self._rows: tuple[AccountRow, ...] = ()
        self._list = _new_list(self)
        self._list.setAccessibleName(self.tr("Accounts"))
        self._empty = Label(self, ink=Ink.SOFT, text=self.tr("No account is connected yet."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.setMinimumHeight(_LEAST_HEIGHT)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._empty.setFrameShape(QFrame.Shape.StyledPanel)

        self._add = self._button("accountsAddButton", self.tr("Add…"))
        self._rename = self._button("accountsRenameButton", self.tr("Rename…"))
        self._replace = self._button("accountsReplaceKeyButton", self.tr("Replace key…"))
        self._guards = self._button("accountsGuardsButton", self.tr("Guard rails…"))
        self._remove = self._button("accountsRemoveButton", self.tr("Remove…"))
        self._hint = Label(self, ink=Ink.SOFT, text=self.tr("Double-click an account to switch to it."))
        beside = column(self._add, self._rename, self._replace, self._guards, self._remove, stretch())
        fill(self.body, row(wide(self._stack), beside, spacing=theme.SPACE_GROUP), self._hint)
        close = self.add_button("accountsCloseButton", self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)

        self._add.clicked.connect(self.add_requested)
        self._rename.clicked.connect(lambda: self._ask(self.rename_requested))
        self._replace.clicked.connect(lambda: self._ask(self.replace_key_requested))
        self._guards.clicked.connect(lambda: self._ask(self.guards_requested))
        self._remove.clicked.connect(lambda: self._ask(self.remove_requested))
        self._list.itemDoubleClicked.connect(lambda: self._ask(self.switch_requested))
        self._list.currentItemChanged.connect(self._update_buttons)
        for keys, button in (("F2", self._rename), ("Del", self._remove)):
            shortcut = QShortcut(QKeySequence(keys), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), self._list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self._ask(self.switch_requested))
        self.set_accounts(())

    def set_accounts(self, rows: Sequence[AccountRow]) -> None:
        """Show these accounts; the one that was selected stays so, else the one that is on is."""
        selected = self._selected() or next((row.id for row in rows if row.current), "")
        self._rows = tuple(rows)
        self._list.clear()
        for number, shown in enumerate(self._rows):
            item = QTreeWidgetItem([shown.name, "", ""])
            item.setData(0, _ID_ROLE, shown.id)
            item.setSizeHint(0, QSize(0, _ROW_HEIGHT))
            item.setIcon(0, resources.icon("account"))
            item.setToolTip(0, plain_tooltip(shown.name))
            self._list.addTopLevelItem(item)
            if shown.id == selected or number == 0:
                self._list.setCurrentItem(item)
        self._stack.setCurrentWidget(self._list if self._rows else self._empty)
        self._hint.setVisible(len(self._rows) > 1)
        self._write()
        self._update_buttons()

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _selected(self) -> str:
        item = self._list.currentItem()
        return str(item.data(0, _ID_ROLE)) if item is not None else ""

    def _ask(self, signal: SignalInstance) -> None:
        account = self._selected()
        if account:
            signal.emit(account)

    def _update_buttons(self) -> None:
        some = bool(self._selected())
        for button in (self._rename, self._replace, self._guards, self._remove):
            button.setEnabled(some)
            explain(button, "" if some else self.tr("Select an account first."))

    def _write(self) -> None:
        soft = theme.secondary_text(self.palette())
        for number, shown in enumerate(self._rows):
            item = self._list.topLevelItem(number)
            if item is None:
                continue
            status = shown.status_text
            if shown.current:
                status = self.tr("In use · {status}", "the account that is on, and where its key is").format(
                    status=shown.status_text
                )
            font = QFont(self._list.font())
            font.setWeight(QFont.Weight.DemiBold if shown.current else QFont.Weight.Normal)
            item.setFont(0, font)
            item.setText(1, status)
            item.setForeground(1, QBrush(soft))
            spoken = self.tr("{name}, {status}", "an account as it is read out").format(name=shown.name, status=status)
            for place in range(item.columnCount()):
                item.setData(place, int(Qt.ItemDataRole.AccessibleTextRole), spoken)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()


def _new_list(parent: QWidget) -> QTreeWidget:
    """Names at the left, what is known of their keys at the right."""
    accounts = QTreeWidget(parent)
    accounts.setObjectName("accountsList")
    accounts.setColumnCount(3)  # the last one is the margin at the right
    accounts.setIconSize(QSize(theme.ICON_SMALL, theme.ICON_SMALL))
    accounts.setHeaderHidden(True)
    accounts.setRootIsDecorated(False)
    accounts.setUniformRowHeights(True)
    accounts.setAllColumnsShowFocus(True)
    accounts.setTextElideMode(Qt.TextElideMode.ElideRight)
    accounts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = accounts.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Fixed)
    header.setMinimumSectionSize(theme.SPACE)
    header.resizeSection(2, theme.SPACE)
    return accounts
