"""The line under the table while all builds show or are searched: how many, whether that is all, what helps if not.

Must not count or read anything: it says what it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.core.history.app_history import USUAL_PAGE
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.formatting import read_on, since
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.layout import row, wide
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from pgyer_desktop.core.history.app_history import Coverage
    from pgyer_desktop.core.history.load import Progress


class HistoryBar(QWidget):
    """Says what the rows cover, and offers to read the rest, or to stop, right behind the sentence.

    Signals:
        load_requested: what is missing is to be read.
        stop_requested: reading is to end.
        done: what the keyboard stood on is not offered any more.
    """

    load_requested = Signal()
    stop_requested = Signal()
    done = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("historyBar")
        self._loading = False
        self.said = ""
        """What of it is worth reading out, once nothing more is being read."""
        self.as_of: datetime | None = None
        """Since when that is so."""
        self._status = named("historyStatus", ElidedLabel(parent=self))
        self._dot = Label(self, ink=Ink.SOFT, text="·")
        self._button = LinkButton("historyButton", "", self)
        self._button.clicked.connect(self._on_clicked)
        self._aside = named("historyAside", ElidedLabel(parent=self, ink=Ink.SOFT))
        self._returns = named("historyReturns", Label(self, ink=Ink.SOFT))
        self._returns.setWordWrap(False)
        self._status.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._aside.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._offer(shown=False)
        parts = (self._status, self._dot, self._button, wide(self._aside), self._returns)
        row(*parts, inside=self, margins=(theme.SPACE, 0, theme.SPACE, 0))

    def set_state(
        self,
        coverage: Coverage,
        shown: int,
        progress: Progress | None,
        *,
        loading: bool,
        can_load: bool = True,
        remark: str = "",
        returns_to: str = "",
    ) -> None:
        """Say that `shown` rows of what `coverage` knows are listed, and how reading goes on.

        `can_load`: whether there is somebody to ask for the rest.
        `returns_to`: what Esc does, where they were searched for.
        """
        self._loading = loading
        what = self._found(coverage, shown, progress) if returns_to else self._what(coverage, shown)
        self._status.setText(f"{remark} · {what}" if remark else what)
        nothing = self.tr("Nothing found {place}").replace("{place}", self._place(coverage, progress))
        self.said = read_on(remark, nothing if returns_to and not shown else what)
        parts: list[str] = []
        if not returns_to and progress is not None and progress.pages_read < (progress.page_count or 0):
            pages = self.tr("{read} of %n page(s) read", "", progress.page_count or 0)
            parts.append(pages.replace("{read}", self.locale().toString(progress.pages_read)))
        elif not returns_to and loading:
            parts.append(self.tr("looking for changes"))
        if not returns_to and not loading and not coverage.complete and coverage.gaps:
            parts.append(self.tr("builds may be missing in %n place(s)", "", coverage.gaps))
        if progress is not None and loading and progress.waiting_until is not None:
            parts.append(self.tr("waiting, because Pgyer asked for it"))
        self.as_of = coverage.as_of
        if coverage.as_of is not None:
            parts.append(self.tr("as of {time}").format(time=since(coverage.as_of)))
        self._aside.setText(" · ".join(parts))
        self._button.setText(self.tr("Stop") if loading else self.tr("Read the rest"))
        self._button.setAccessibleName(self._button.text())
        self._returns.setText(returns_to)
        self._offer(shown=loading or (can_load and not coverage.complete))
        self._fit()

    def _offer(self, *, shown: bool) -> None:
        ends = not shown and self._button.hasFocus()
        for part in (self._dot, self._button):
            part.setVisible(shown)
        if ends:
            self.done.emit()

    def _fit(self) -> None:
        """Say what Esc does where there is room for all that is said."""
        parts = (self._status, self._dot, self._button, self._aside, self._returns)
        shown = [part for part in parts if part is self._returns or not part.isHidden()]
        needed = sum(part.sizeHint().width() + theme.SPACE for part in shown)
        self._returns.setVisible(bool(self._returns.text()) and needed + theme.SPACE <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _what(self, coverage: Coverage, shown: int) -> str:
        if coverage.complete:
            if shown == coverage.builds:
                return self.tr("All %n build(s)", "", coverage.builds)
            words = self.tr("{shown} of all %n build(s)", "", coverage.builds)
        else:
            if shown == coverage.builds:
                return self.tr("%n build(s) so far", "", coverage.builds)
            words = self.tr("{shown} of %n build(s) so far", "", coverage.builds)
        return words.replace("{shown}", self.locale().toString(shown))

    def _found(self, coverage: Coverage, shown: int, progress: Progress | None) -> str:
        """What was found, and in how much of the app."""
        found = self.tr("%n found", "", shown)
        place = self._place(coverage, progress)
        return self.tr("{found} {place}").replace("{place}", place).replace("{found}", found)

    def _place(self, coverage: Coverage, progress: Progress | None) -> str:
        """In how much of the app was searched."""
        if coverage.complete:
            place = self.tr("in all %n build(s)", "", coverage.builds)
        elif coverage.page_count is not None and coverage.page_count > 1:
            read = coverage.builds // (coverage.page_size or USUAL_PAGE)
            if progress is not None and progress.page_count == coverage.page_count:
                read = max(read, progress.pages_read)
            place = self.tr("in {read} of %n page(s)", "", coverage.page_count)
            read = max(1, min(read, coverage.page_count))
            place = place.replace("{read}", self.locale().toString(read))
        else:
            place = self.tr("in %n build(s) so far", "", coverage.builds)
        return place

    def _on_clicked(self) -> None:
        if self._loading:
            self.stop_requested.emit()
        else:
            self.load_requested.emit()
