"""A label of one line that shortens its text to the room it has.

Must not wrap and must not show rich text: what it shows is often data of the service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption, QToolTip, QWidget

from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ElidedLabel(Label):
    """One line, cut at the end or in the middle; the tooltip has the whole of it only when it is cut."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        size: Size = Size.BODY,
        ink: Ink = Ink.PLAIN,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent, size, ink)
        self._mode = mode
        self._breaks = False
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def is_cut(self) -> bool:
        """Whether the text does not fit into the label as it is now."""
        return self.fontMetrics().horizontalAdvance(self._line()) > self.contentsRect().width()

    def shown_tooltip(self) -> str:
        """What hovering shows: a tooltip that was set, else the whole text where it is cut, else nothing."""
        return self.toolTip() or (plain_tooltip(self.text()) if self.is_cut() else "")

    def shown_line(self) -> str:
        """What shows of the text as the label is now."""
        return self.fontMetrics().elidedText(self._line(), self._mode, self.contentsRect().width())

    def _line(self) -> str:
        return " ".join(self.text().split())

    def sizeHint(self) -> QSize:
        """Return the size that shows everything."""
        margins = self.contentsMargins()
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._line()) + 1  # advances are rounded: one pixel short would cut
        return QSize(width + margins.left() + margins.right(), metrics.height() + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        """Return the least size that is still of use."""
        hint = self.sizeHint()
        few = self.fontMetrics().horizontalAdvance("…") * 3
        return QSize(min(hint.width(), few), hint.height())

    def event(self, event: QEvent) -> bool:
        """Show the tooltip that `shown_tooltip` names."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.shown_tooltip(), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        rect = self.contentsRect()
        alignment = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        self.style().drawItemText(
            painter, rect, int(alignment), option.palette, self.isEnabled(), self.shown_line(), self.foregroundRole()
        )
