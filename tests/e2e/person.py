"""A person at the window: finds widgets by their names, clicks and types, and waits until something is to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QMenu, QTableView, QWidget

from pgyer_desktop.ui.builds.model import BADGES_ROLE, BUILD_ROLE
from pgyer_desktop.ui.changes.confirm_dialog import ConfirmDialog
from pgyer_desktop.ui.widgets.icon_cell import Tone
from tests.helpers.waiting import until

if TYPE_CHECKING:
    from pgyer_desktop.api.models import Build
    from pgyer_desktop.ui.window.main_window import MainWindow

Kind = TypeVar("Kind", bound=QObject)


class Person:
    """Knows the window by what outside scripts know it by: object names, accessible names and `Qt.UserRole`."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def find(self, kind: type[Kind], name: str, inside: QWidget | None = None) -> Kind:
        """The widget or action with this name."""
        found = (inside or self.window).findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    def sees(self, name: str) -> bool:
        """Whether the widget with this name is on screen."""
        widget = self.window.findChild(QWidget, name)
        return widget is not None and widget.isVisible()

    def sees_in(self, dialog: QWidget, name: str) -> bool:
        """Whether the widget with this name shows in `dialog`."""
        widget = dialog.findChild(QWidget, name)
        return widget is not None and widget.isVisible()

    def click(self, name: str, inside: QWidget | None = None) -> None:
        """Click a button that can be clicked; where a word is to be typed before a change is confirmed, type it."""
        if name == "confirmAccept" and isinstance(inside, ConfirmDialog):
            self._type_the_word(inside)
        button = self.find(QAbstractButton, name, inside)
        assert button.isVisible(), f"{name} is not visible"
        assert button.isEnabled(), f"{name} is disabled"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _type_the_word(self, dialog: ConfirmDialog) -> None:
        field = dialog.findChild(QLineEdit, "confirmText")
        if field is not None and not field.text():
            self.type_into("confirmText", dialog._question.typed, dialog)

    def type_into(self, name: str, text: str, inside: QWidget | None = None) -> None:
        """Replace what a field holds."""
        field = self.find(QLineEdit, name, inside)
        assert field.isEnabled(), f"{name} is disabled"
        field.selectAll()
        QTest.keyClicks(field, text) if text else field.clear()

    def trigger(self, name: str) -> None:
        """Choose an action that is enabled."""
        action = self.find(QAction, name)
        assert action.isEnabled(), f"{name}: {action.statusTip()}"
        action.trigger()

    async def dialog(self, name: str) -> QDialog:
        """The dialog with this name, once it is open."""
        await until(lambda: self._dialog(name) is not None)
        found = self._dialog(name)
        assert found is not None
        return found

    async def gone(self, name: str) -> None:
        """Wait until no dialog of this name is open."""
        await until(lambda: self._dialog(name) is None)

    async def context_menu(self, row: int) -> QMenu:
        """The menu that a right click on a row opens."""
        place = self.table.visualRect(self.index(row)).center()
        viewport = self.table.viewport()
        # The platform makes this event from a right click; the test platform does not.
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, event)
        await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    # The table

    @property
    def table(self) -> QTableView:
        """The table of builds."""
        return self.find(QTableView, "buildTable")

    def index(self, row: int) -> QModelIndex:
        """The first cell of a row."""
        return self.table.model().index(row, 0)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.table.model().rowCount()

    @property
    def keys(self) -> list[str]:
        """The build keys, from the top."""
        return [str(self.index(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.rows)]

    def build(self, row: int) -> Build:
        """What a row is about."""
        found: Build = self.index(row).data(BUILD_ROLE)
        return found

    @property
    def latest(self) -> list[str]:
        """The keys of the rows that are marked latest."""
        return [
            key
            for row, key in enumerate(self.keys)
            if any(tone is Tone.ACCENT for _text, tone in self.index(row).data(BADGES_ROLE) or ())
        ]

    def select(self, row: int, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click on a row; with Shift or Control beside others."""
        self.table.scrollTo(self.index(row))
        place = self.table.visualRect(self.index(row)).center()
        QTest.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, how, place)

    # The notice

    @property
    def notice(self) -> str:
        """The sentence of the banner; empty while none shows."""
        banner = self.find(QWidget, "noticeBanner")
        return banner.accessibleName() if banner.isVisible() else ""

    def _dialog(self, name: str) -> QDialog | None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.objectName() == name and widget.isVisible():
                return widget
        return None
