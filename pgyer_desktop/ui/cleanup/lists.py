"""The two tabs of a plan: what goes and what stays, with their sum in one line.

Shows the model, and hands it what the person checks. Must not plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.listing.rows import Column
from pgyer_desktop.ui.builds.listing.view import BuildList
from pgyer_desktop.ui.cleanup.nothing_page import NothingPage
from pgyer_desktop.ui.cleanup.tabs import Tab
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.layout import column, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.announcement import Standing
from pgyer_desktop.ui.widgets.text.label import Ink, Label

if TYPE_CHECKING:
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.cleanup.model import PlanModel

_COLUMNS = (Column.BUILD, Column.SIZE, Column.UPLOADED, Column.DOWNLOADS, Column.REASON)


class PlanLists(QWidget):
    """The tabs, and the list of the chosen one; where nothing goes, why.

    Signals:
        rules_requested: other rules are to be taken, which find something. arg: `Rules`.
        reading_requested: the builds are to be read again.
    """

    rules_requested = Signal(object)
    reading_requested = Signal()

    def __init__(self, model: PlanModel, app_name: str, icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._app_name = app_name
        self._status = ""
        self._can_read_again = False
        self._shown_tab = True
        """Whether what goes shows."""
        self._to_delete, self._kept = Tab("cleanUpDeleteTab", self), Tab("cleanUpKeptTab", self)
        self._to_delete.setChecked(True)
        self._totals = named("cleanUpTotals", Label(self))
        self._span = named("cleanUpSpan", Label(self, ink=Ink.SOFT))
        self._standing = Standing(self._totals)
        for label in (self._totals, self._span):
            label.setWordWrap(False)
        self._list = BuildList("cleanUpTable", self.tr("Plan"), _COLUMNS, icons, self, checks=True)
        self._nothing = NothingPage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._nothing)
        edge = theme.SPACE_EDGE
        tabs = row(
            self._to_delete,
            self._kept,
            stretch(1),
            row(self._totals, self._span, spacing=theme.SPACE_TIGHT),
            spacing=theme.SPACE_WIDE,
            margins=(edge, 0, edge, 0),
        )
        column(tabs, Hairline(self), wide(self._pages), inside=self, spacing=0)
        self._nothing.rules_requested.connect(self.rules_requested)
        self._nothing.reading_requested.connect(self.reading_requested)
        self._nothing.rules_again_requested.connect(model.forget_choices)
        self._to_delete.toggled.connect(self._update)
        self._list.check_requested.connect(model.choose)
        self._list.check_all_requested.connect(model.choose_all)
        model.changed.connect(self._update)
        self._update()

    def say_status(self, words: str) -> None:
        """Say how far reading is; "" while nothing is read."""
        self._status = words
        self._update()

    def offer_reading(self, *, offer: bool) -> None:
        """Offer to read again, while there is no plan."""
        self._can_read_again = offer
        self._update()

    def _update(self) -> None:
        totals, plan, shows_deletes = self._model.totals, self._model.plan, self._to_delete.isChecked()
        known = totals is not None
        count, kept = (totals.delete, totals.keep) if totals is not None else (0, 0)
        self._name_tab(self._to_delete, self.tr("To delete"), count, known=known)
        self._name_tab(self._kept, self.tr("Kept"), kept, known=known)
        self._show_sum()
        heard = (self._to_delete.text(), self._kept.text(), self._totals.text()) if known else (self._status,)
        self._standing.write(". ".join(filter(None, heard)), final=known)
        nothing = not known or (plan is not None and shows_deletes and not count)
        if nothing and plan is not None:
            self._nothing.explain(plan)
        elif nothing and self._can_read_again and not self._status:
            self._nothing.offer_reading()
        elif nothing:
            self._nothing.wait(self._status)
        self._pages.setCurrentWidget(self._nothing if nothing else self._list)
        pages = self._pages.layout()
        if pages is not None:
            pages.activate()  # the heights of many rows are worked out once, for the width that there is
        self._show_rows(delete=shows_deletes)

    def _name_tab(self, tab: Tab, words: str, count: int, *, known: bool) -> None:
        counted = self.tr("{tab} ({count})").format(tab=words, count=formatting.number(count))
        tab.setText(counted if known else words)

    def _show_sum(self) -> None:
        """Say what space is freed, and from when to when what goes was uploaded."""
        totals, ends = self._model.totals, self._model.ends
        size, span = "", ""
        if totals is not None and totals.delete:
            words = self.tr("{size} freed") if not totals.unsized else self.tr("more than {size} freed")
            size = words.format(size=formatting.size(totals.freed))
            span = f"· {formatting.days(*ends)}" if ends is not None else ""
        self._totals.setText(size)
        self._span.setText(span)

    def _show_rows(self, *, delete: bool) -> None:
        """Show the chosen tab; where rows have only come or gone, stay where the person is."""
        view = self._list
        place, at = view.currentIndex().row(), view.verticalScrollBar().value()
        view.set_reason_title(self.tr("Why it goes") if delete else self.tr("Why it stays"))
        view.set_rows(self._model.rows(delete=delete), self._app_name)
        if delete == self._shown_tab:
            last = view.model().rowCount() - 1
            if place >= 0 and last >= 0:
                view.setCurrentIndex(view.model().index(min(place, last), 0))
            view.verticalScrollBar().setValue(at)
        self._shown_tab = delete
