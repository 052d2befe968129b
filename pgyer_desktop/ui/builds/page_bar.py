"""The bar under a table that goes from page to page.

Must not load anything: it shows where one is and says where a person wants to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QSpinBox, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.buttons import icon_button
from pgyer_desktop.ui.widgets.layout import row, wide
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

STEP_DELAY_MS: Final = 300
"""How long the number must stand still after arrow steps before the page is asked for."""
BUSY_DELAY_MS: Final = 200
"""A wait shorter than this is not mentioned."""


class PageBar(QWidget):
    """First, previous, number, next, last, and a line that says what is shown.

    The number and the buttons run ahead of what is loaded: three quick clicks on *next* ask for three pages further,
    and the next `set_pages` says where the program really is.

    Signals:
        page_requested: a person asked for another page. arg: its number, from 1.
    """

    page_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageBar")
        self._current = 1
        self._wanted = 1
        self._count = 1
        self._status_text = ""
        self._busy_shown = False

        self._first = icon_button("pageFirst", "page-first", self.tr("First page"), self)
        self._previous = icon_button("pagePrevious", "page-previous", self.tr("Previous page"), self)
        self._next = icon_button("pageNext", "page-next", self.tr("Next page"), self)
        self._last = icon_button("pageLast", "page-last", self.tr("Last page"), self)
        self._first.clicked.connect(lambda: self._go_to(1))
        self._previous.clicked.connect(lambda: self._go_to(self._wanted - 1))
        self._next.clicked.connect(lambda: self._go_to(self._wanted + 1))
        self._last.clicked.connect(lambda: self._go_to(self._count))
        self._prefix = QLabel(self)
        self._suffix = QLabel(self)
        for label in (self._prefix, self._suffix):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._number = named("pageNumber", _PageNumber(self))
        self._number.setFont(theme.tabular_font(self.font()))
        self._number.setAccessibleName(self.tr("Page number"))
        self._number.valueChanged.connect(self._on_number_changed)
        self._number.editingFinished.connect(self._on_number_finished)
        self._status = named("pageStatus", ElidedLabel(parent=self, ink=Ink.SOFT))

        self._step_timer = QTimer(self, singleShot=True, interval=STEP_DELAY_MS)
        self._step_timer.timeout.connect(self._on_number_finished)
        self._busy_timer = QTimer(self, singleShot=True, interval=BUSY_DELAY_MS)
        self._busy_timer.timeout.connect(self._on_busy_for_long)

        self._lay_out()
        self.set_pages(1, 1)

    def set_pages(self, current: int, count: int) -> None:
        """Say which page is shown, from 1, and how many there are; 0 counts as one empty page. Asks for nothing."""
        self._count = max(1, count)
        self._current = self._wanted = min(max(1, current), self._count)
        self._step_timer.stop()
        blocker = QSignalBlocker(self._number)
        self._number.setRange(1, self._count)
        # A number that a person is typing right now is left alone; Enter still asks for it.
        if not self._number.is_being_typed() or not self._number.hasFocus():
            self._number.setValue(self._current)
        blocker.unblock()
        self._update_words()
        self._update_buttons()

    def set_status(self, text: str) -> None:
        """What the line beside the pages says, plain text."""
        self._status_text = text
        self._update_status()

    def set_busy(self, *, busy: bool) -> None:
        """Say that a page is on its way. Nothing is disabled: going on is how people find the page they want."""
        if not busy:
            self._busy_timer.stop()
            self._busy_shown = False
            self._update_status()
        elif not self._busy_shown and not self._busy_timer.isActive():
            self._busy_timer.start()

    def _lay_out(self) -> None:
        row(
            self._first,
            self._previous,
            theme.SPACE,
            self._prefix,
            theme.SPACE_TIGHT,
            self._number,
            theme.SPACE_TIGHT,
            self._suffix,
            theme.SPACE,
            self._next,
            self._last,
            theme.SPACE_GROUP,
            wide(self._status),
            inside=self,
            spacing=0,
        )

    def _go_to(self, page: int) -> None:
        page = min(max(1, page), self._count)
        self._step_timer.stop()
        if page == self._wanted:
            return
        self._wanted = page
        blocker = QSignalBlocker(self._number)
        self._number.setValue(page)
        blocker.unblock()
        self._update_buttons()
        self._update_status()
        self.page_requested.emit(page)

    def _on_number_changed(self, _value: int) -> None:
        self._step_timer.start()

    def _on_number_finished(self) -> None:
        self._go_to(self._number.value())

    def _on_busy_for_long(self) -> None:
        self._busy_shown = True
        self._update_status()

    def _update_buttons(self) -> None:
        focused = self.focusWidget()
        back, forth = self._wanted > 1, self._wanted < self._count
        for button, enabled in (
            (self._first, back),
            (self._previous, back),
            (self._next, forth),
            (self._last, forth),
        ):
            if button is focused and button.hasFocus() and not enabled:
                # A disabled widget loses the focus to whatever comes next, which may be far away.
                self._number.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setEnabled(enabled)
        self._number.setEnabled(self._count > 1)

    @property
    def place(self) -> str:
        """Which page of how many shows; "" where there is one."""
        words = self.tr("Page {number} of {count}")
        for name, number in (("{number}", self._current), ("{count}", self._count)):
            words = words.replace(name, self.locale().toString(number))
        return words if self._count > 1 else ""

    def _update_status(self) -> None:
        loading = self.tr("Loading page {number}…").format(number=self._wanted)
        self._status.setText(loading if self._busy_shown else self._status_text)

    def _update_words(self) -> None:
        # One sentence around the number, because other languages put words behind it.
        before, _, after = self.tr("Page {number} of {count}").partition("{number}")
        self._prefix.setText(before.strip())
        self._suffix.setText(after.strip().replace("{count}", self.locale().toString(self._count)))
        self._prefix.setVisible(bool(before.strip()))
        self._suffix.setVisible(bool(after.strip()))
        self._number.setAccessibleDescription(self.tr("%n page(s) in all", "", self._count))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font while running."""
        if event.type() == QEvent.Type.FontChange:
            self._number.setFont(theme.tabular_font(self.font()))
        super().changeEvent(event)


class _PageNumber(QSpinBox):
    """A spin box that reports a number once it is complete, and ignores the wheel unless it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(theme.GRID * 12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def is_being_typed(self) -> bool:
        """Whether its text is not its value yet."""
        return self.cleanText() != self.textFromValue(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll only the number that has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
