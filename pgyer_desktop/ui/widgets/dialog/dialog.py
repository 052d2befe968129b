"""What all dialogs have in common: a heading, a body, buttons in the platform's order, and a size that fits the words.

Must not know what a dialog is about, and must not run a loop of its own: dialogs are opened with `open()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.layout import column, stretch
from pgyer_desktop.ui.widgets.text.label import Label, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLayout

NARROWEST: Final = 420
WIDEST: Final = 560
"""Logical pixels. A dialog is wider only where a button's words, in a large font, would be cut otherwise."""

_ROUNDS: Final = 3
"""More than that no content of ours needs to find its height."""


class Dialog(QDialog):
    """A window-modal dialog, as wide as it was told and as tall as its content needs.

    Esc and the close box reject it. Its owner opens it with `show_once()`, or with `open()` where it is to be read or
    shown again after that; then the owner deletes it.
    """

    def __init__(self, name: str, parent: QWidget | None, *, width: int = 480) -> None:
        """`name` is the object name; `width` logical pixels, `NARROWEST` to `WIDEST`."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        # The question mark beside the close box of old Windows has nothing to say here.
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._sized_by_person = False
        self._wanted_width = min(max(width, NARROWEST), WIDEST)
        self.heading = Label(self, Size.TITLE)
        self.heading.setObjectName("dialogHeading")
        self.body = column(spacing=theme.SPACE_GROUP)
        """For what stands between heading and buttons."""
        self.buttons = QDialogButtonBox(self)
        self.buttons.rejected.connect(self.reject)

        self._whole = column(
            self.heading,
            self.body,
            stretch(),
            theme.SPACE_TIGHT,
            self.buttons,
            inside=self,
            spacing=theme.SPACE_GROUP,
            margins=theme.SPACE_EDGE,
        )

    def show_once(self) -> None:
        """Open it; it is deleted when it is finished."""
        self.finished.connect(self.deleteLater)
        self.open()

    def leave_size_to_person(self, least: QSize, first: QSize) -> None:
        """Have it resizable, from `least` up, its body taking all room: there may be much to read."""
        self._sized_by_person = True
        self._whole.setStretchFactor(self.body, 1)
        self.setMinimumSize(least)
        self.resize(first)

    def set_titles(self, window_title: str, heading: str) -> None:
        """Name the window, and write the question or the thing over the body."""
        self.setWindowTitle(window_title)
        self.heading.setText(heading)
        self.setAccessibleName(heading)

    def add_button(
        self, name: str, words: str, role: QDialogButtonBox.ButtonRole, button: QPushButton | None = None
    ) -> QPushButton:
        """Put a button into the row, where the platform has buttons of this role."""
        button = button if button is not None else QPushButton(self)
        button.setObjectName(name)
        button.setText(words)
        self.buttons.addButton(button, role)
        return button

    def add_close(self, name: str) -> QPushButton:
        """Put the button that leaves the dialog into the row, as the one that Enter presses."""
        button = self.add_button(name, self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        button.setDefault(True)
        return button

    def add_copy(self, name: str, words: str) -> CopyButton:
        """Put a button that copies into the row."""
        button = CopyButton(name, words, self)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def fit(self) -> None:
        """Take the size that the content needs at the dialog's width, unless that is left to the person."""
        layout = self.layout()
        if layout is None or self._sized_by_person:
            return
        needed = self._needed(layout)
        if needed == self.size() and self.maximumWidth() == needed.width():
            return
        if self.isVisible():
            # What wraps deep inside knows its height only once it has its width. It is given that before the window
            # is, which would else be sized twice before people's eyes.
            for _ in range(_ROUNDS):
                self._lay_out_at(layout, needed)
                before, needed = needed, self._needed(layout)
                if needed == before:
                    break
        self.setFixedSize(needed)

    def _needed(self, layout: QLayout) -> QSize:
        width = max(self._wanted_width, layout.minimumSize().width())
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return QSize(width, height)

    def _lay_out_at(self, layout: QLayout, size: QSize) -> None:
        layout.setGeometry(QRect(QPoint(0, 0), size))
        # From the innermost outwards: what one needs is known to the next without waiting for the loop.
        for widget in reversed(self.findChildren(QWidget)):
            inner = widget.layout()
            if inner is not None:
                inner.activate()
        layout.activate()  # else the layouts within this one go by what they had heard before

    def event(self, event: QEvent) -> bool:
        """Fit anew when something in the dialog has become taller or shorter."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
            self._free_tab_order()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Show at the right size at once: what wraps knows its height only once it has a width."""
        self.ensurePolished()
        layout = self.layout()
        for _ in range(2):
            self.fit()
            if layout is not None:
                layout.activate()
        super().showEvent(event)
        self._free_tab_order()

    def _free_tab_order(self) -> None:
        # Whenever it lays out its buttons, the box makes the default one its proxy; Tab then passes the others over.
        self.buttons.setFocusProxy(None)  # type: ignore[arg-type]  # Qt's own way to say "none"
