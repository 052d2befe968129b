"""Pages that scroll up and down, with the background of their parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QFrame, QScrollArea, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.spoken.manner import SCROLLS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_BOXES: Final = (QAbstractSpinBox, QComboBox)


def bring_into_view(widget: QWidget) -> None:
    """Have `widget`, which has just begun to show, seen where the dialog that it stands in scrolls."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, DialogPage):
        above = above.parentWidget()
    if isinstance(above, DialogPage):
        # Once it has its place.
        QTimer.singleShot(0, widget, lambda: above.ensureWidgetVisible(widget))


class ScrolledPage(QScrollArea):
    """`page` in a scroll area that shows what is behind it, and never scrolls sideways.

    It follows the focus to whatever of the page has it, and is no stop of the Tab key itself unless it scrolls text.
    """

    manner = SCROLLS

    def __init__(self, name: str, page: QWidget, parent: QWidget, *, is_text: bool = False) -> None:
        """`name` is the object name; `is_text`: what there is to read in it cannot have the focus."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if is_text:
            self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]  # there is one
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Page that scrolls"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def _follow_focus(self, _before: QWidget | None, focused: QWidget | None) -> None:
        page: QWidget | None = self.widget()
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton  # it is in view then, and stays there
        if focused is not None and page is not None and page.isAncestorOf(focused) and not by_mouse:
            self._show_whole(focused, page)

    def _show_whole(self, widget: QWidget, page: QWidget) -> None:
        """Scroll to all of it, or where there is no room for that to where its cursor is."""
        across, down = widget.width() // 2, widget.height() // 2
        if widget.height() > self.viewport().height():
            self.ensureWidgetVisible(widget, theme.SPACE, theme.SPACE)
        else:
            middle = widget.mapTo(page, QPoint(across, down))
            self.ensureVisible(middle.x(), middle.y(), across, down + theme.SPACE_TIGHT)

    def _on_range_changed(self, _least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most > 0 else Qt.FocusPolicy.NoFocus)


class DialogPage(ScrolledPage):
    """What a dialog is about: scrolls where the screen has no room for all of it.

    Signals:
        needs_changed: something in it may have become taller or shorter.
    """

    needs_changed = Signal()

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__("dialogPage", page, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.set_scrolling(on=False)

    def set_scrolling(self, *, on: bool) -> None:
        """Have a bar at the side, or none. Left to Qt, it and texts that wrap beside it look for a size for ever."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if on else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)

    def let_wheel_scroll(self) -> None:
        """Have the wheel turn the page also over boxes with values, which it would change as it passes."""
        page = self.widget()
        for kind in _BOXES:
            for box in page.findChildren(kind) if page is not None else ():
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # and not by the wheel
                box.removeEventFilter(self)
                box.installEventFilter(self)

    def turn(self, event: QKeyEvent) -> None:
        """Scroll as a key says that was pressed elsewhere."""
        self.keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the wheel to the page, unless the box has been chosen."""
        if isinstance(event, QWheelEvent) and isinstance(watched, _BOXES) and not watched.hasFocus():
            self.wheelEvent(event)
            return True
        return super().eventFilter(watched, event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say when the page is to be laid out anew."""
        done = super().viewportEvent(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.needs_changed.emit()
        return done
