"""What all dialogs have in common: a heading, a body, buttons in the platform's order, and a size that fits the words.

Must not know what a dialog is about, and must not run a loop of its own: dialogs are opened with `open()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import give_access_keys
from pgyer_desktop.ui.base.screen import fit_to_screen, keep_on_screen, room_for, screen_of
from pgyer_desktop.ui.widgets.dialog.copy_button import CopyButton
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.keys.window_keys import WindowKeys
from pgyer_desktop.ui.widgets.layout import column, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import DialogPage
from pgyer_desktop.ui.widgets.text.label import Label, SaidAround, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QScreen, QShowEvent
    from PySide6.QtWidgets import QLayout

NARROWEST: Final = 420
WIDEST: Final = 560
"""Logical pixels. A dialog is wider only where text is large, or where a button's words would be cut otherwise."""

_ROUNDS: Final = 3
"""More than that no content of ours needs to find its height."""


class Dialog(QDialog):
    """A window-modal dialog, as wide as it was told and as tall as its content needs and the screen allows.

    Heading and body scroll where the screen is too low for them; the buttons, and what stands in `foot`, never do. Esc
    and the close box reject it. Its owner opens it with `show_once()`, or with `open()` where it is to be read or shown
    again after that; then the owner deletes it.
    """

    def __init__(self, name: str, parent: QWidget | None, *, width: int = 480) -> None:
        """`name` is the object name; `width` logical pixels, `NARROWEST` to `WIDEST`; more where text is large."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        # The question mark beside the close box of old Windows has nothing to say here.
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._sizes: tuple[QSize, QSize] | None = None  # the least and the first, where they are the person's
        self._screen: QScreen | None = None  # where it is about to show; then wherever it is
        self._wanted_width = theme.at_font(min(max(width, NARROWEST), WIDEST), self.font())
        self._content = _Page(self)
        self.heading = SaidAround(self._content, Size.TITLE)
        self.heading.setObjectName("dialogHeading")
        self.body = column(spacing=theme.SPACE_GROUP)
        """For what stands between heading and buttons."""
        edge = theme.SPACE_EDGE
        self._upper = column(
            self.heading,
            self.body,
            stretch(),
            inside=self._content,
            spacing=theme.SPACE_GROUP,
            margins=(edge, edge, edge, theme.SPACE),
        )
        self._scroll = DialogPage(self._content, self)
        self._scroll.needs_changed.connect(self._on_needs_changed)
        self.foot = column(spacing=theme.SPACE_GROUP)
        """For what has to be seen together with the buttons, such as a word to be typed."""
        self.buttons = QDialogButtonBox(self)
        self.buttons.rejected.connect(self.reject)
        self._lower = column(
            self.foot, self.buttons, spacing=theme.SPACE_GROUP, margins=(edge, theme.SPACE, edge, edge)
        )
        self._cut = Hairline(self)
        self._cut.hide()
        column(wide(self._scroll), self._cut, self._lower, inside=self, spacing=0)
        self.keys = WindowKeys(self)

    def show_once(self) -> None:
        """Open it; it is deleted when it is finished."""
        self.finished.connect(self.deleteLater)
        self.open()

    def leave_size_to_person(self, least: QSize, first: QSize) -> None:
        """Have it resizable, from `least` up, its body taking all room: there may be much to read."""
        first = theme.size_at_font(first, self.font())
        self._sizes = least, first
        self._content.elastic = True
        self._upper.setStretchFactor(self.body, 1)
        fit_to_screen(self, least, first)

    def set_titles(self, window_title: str, heading: str) -> None:
        """Name the window, and write the question or the thing over the body."""
        self.setWindowTitle(window_title)
        self.heading.setText(heading)
        self.setAccessibleName(heading)

    def take_heading(self) -> Label:
        """Return the heading, to be put elsewhere in the body."""
        self._upper.removeWidget(self.heading)
        return self.heading

    def reach_edges(self) -> None:
        """Have the body reach to the window's sides and down to the buttons; what is in it keeps its own distance."""
        self._upper.setContentsMargins(0, theme.SPACE_EDGE, 0, 0)
        self.body.setSpacing(0)

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

    @property
    def room(self) -> QSize:
        """The largest size that the screen allows."""
        return room_for(self, self._screen)

    def height_at(self, width: int) -> int:
        """How tall all of it is at this width, whatever the screen."""
        return _height_at(self._upper, width) + _height_at(self._lower, width)

    def fit(self) -> None:
        """Take the size that the content needs at the dialog's width, unless that is left to the person."""
        layout = self.layout()
        if layout is None:
            return
        if self._sizes is not None:
            least = self._content.heightForWidth(self.width()) + _height_at(self._lower, self.width())
            self._set_scrolling(on=least > self.height())
            return
        needed = self._needed()
        if needed == self.size() and self.maximumWidth() == needed.width():
            return
        if self.isVisible():
            # What wraps deep inside knows its height only once it has its width. It is given that before the window
            # is, which would else be sized twice before people's eyes.
            for _ in range(_ROUNDS):
                self._lay_out_at(layout, needed)
                before, needed = needed, self._needed()
                if needed == before:
                    break
        self.setFixedSize(needed)

    def _needed(self) -> QSize:
        narrowest = max(part.totalMinimumSize().width() for part in (self._upper, self._lower))
        room = self.room
        width = max(min(self._wanted_width, room.width()), narrowest)
        too_high = self.height_at(width) > room.height()
        self._set_scrolling(on=too_high)
        if too_high:
            width += self._scroll.verticalScrollBar().sizeHint().width()
        return QSize(width, self.height_at(width)).boundedTo(room)

    def _set_scrolling(self, *, on: bool) -> None:
        self._scroll.set_scrolling(on=on)
        self._cut.setVisible(on)

    def _lay_out_at(self, layout: QLayout, size: QSize) -> None:
        layout.setGeometry(QRect(QPoint(0, 0), size))
        # From the innermost outwards: what one needs is known to the next without waiting for the loop.
        for widget in reversed(self.findChildren(QWidget)):
            inner = widget.layout()
            if inner is not None:
                inner.activate()
        layout.activate()  # else the layouts within this one go by what they had heard before

    def _on_needs_changed(self) -> None:
        if self.isVisible():
            self.fit()
            keep_on_screen(self)

    def event(self, event: QEvent) -> bool:
        """Fit anew when something in the dialog has become taller or shorter, or when it is on another screen."""
        kind = event.type()
        done = super().event(event)  # after which it may be deleted
        if kind in {QEvent.Type.LayoutRequest, QEvent.Type.ScreenChangeInternal} and self.isVisible():
            if self._sizes is not None and kind == QEvent.Type.ScreenChangeInternal:
                fit_to_screen(self, self._sizes[0], self.size())
            self._on_needs_changed()
            self._free_tab_order()
            self._give_access_keys()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll where the person has left too little room."""
        super().resizeEvent(event)
        if self._sizes is not None and self.isVisible():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page also from the buttons, which stand outside of it."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._scroll.turn(event)
        else:
            super().keyPressEvent(event)

    def setVisible(self, visible: bool) -> None:
        """Show where the parent is, or hide."""
        parent = self.parentWidget()
        if visible and parent is not None and not self.isVisible():
            self._screen = screen_of(parent.window())
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        """Show at the right size at once: what wraps knows its height only once it has a width."""
        self.ensurePolished()
        self._give_access_keys()
        layout = self.layout()
        if self._sizes is not None:
            fit_to_screen(self, self._sizes[0], self.size(), self._screen)
        for _ in range(2):
            self.fit()
            if layout is not None:
                layout.activate()
        self._scroll.let_wheel_scroll()
        super().showEvent(event)  # which places it
        self._screen = None
        keep_on_screen(self)
        self._free_tab_order()

    def _give_access_keys(self) -> None:
        """Give every button a letter, those of the row first. A text that was set meanwhile has none yet."""
        row = self.buttons.buttons()
        give_access_keys([*row, *(one for one in self.findChildren(QPushButton) if one not in row)])

    def _free_tab_order(self) -> None:
        # Whenever it lays out its buttons, the box makes the default one its proxy; Tab then passes the others over.
        self.buttons.setFocusProxy(None)  # type: ignore[arg-type]  # Qt's own way to say "none"


def _height_at(part: QLayout, width: int) -> int:
    return part.totalHeightForWidth(width) if part.hasHeightForWidth() else part.totalSizeHint().height()


class _Page(QWidget):
    """Heading and body. `elastic`: what stretches in it gives way before all of it scrolls."""

    elastic = False

    def minimumSizeHint(self) -> QSize:
        """Return a height of nothing: what wraps is shorter than that at the width that it gets."""
        return QSize(super().minimumSizeHint().width(), 0)

    def heightForWidth(self, width: int) -> int:
        """Return the least height at this width."""
        layout = self.layout()
        if self.elastic and layout is not None:
            return layout.minimumHeightForWidth(width)
        return super().heightForWidth(width)
