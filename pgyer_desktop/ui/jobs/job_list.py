"""The jobs of this run of the program, the newest first: the app's icon, how it stands, and a line while it runs.

Must not load anything: it asks the icon loader for the icons it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.jobs.share_line import THICKNESS, paint_share
from pgyer_desktop.ui.widgets.icon_cell import initial_of, line_heights, paint_app_icon, paint_line
from pgyer_desktop.ui.widgets.row_inks import HoveredRow, RowInks, kind_of_row
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.jobs.job import Job

_Index = QModelIndex | QPersistentModelIndex
_ICON: Final = 28
_HEIGHT: Final = 56


class JobList(QListWidget):
    """One of the jobs is selected as long as there are any."""

    def __init__(self, icons: IconLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jobsList")
        self.setAccessibleName(self.tr("Jobs"))
        self._icons = icons
        self._jobs: tuple[Job, ...] = ()
        self.setItemDelegate(_Delegate(self, icons, HoveredRow(self)))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        icons.icon_ready.connect(lambda _field: self.viewport().update())

    @property
    def jobs(self) -> tuple[Job, ...]:
        """From the top."""
        return self._jobs

    def set_jobs(self, jobs: tuple[Job, ...]) -> None:
        """Show these, and have the first one selected."""
        self._jobs = jobs
        self.clear()
        self.addItems([""] * len(jobs))
        for job in jobs:
            self.update_job(job)
        fields = dict.fromkeys(job.opened.app.icon for job in jobs if job.opened.app.icon)
        self._icons.request(tuple(fields), place=self.objectName())
        self.setCurrentRow(0 if jobs else -1)

    def update_job(self, job: Job) -> None:
        """Say anew how it stands."""
        item = self.item(self._jobs.index(job)) if job in self._jobs else None
        if isinstance(item, QListWidgetItem):
            item.setText(f"{job.title}, {job.words}")
            item.setToolTip(plain_tooltip(f"{job.title}\n{job.words}"))
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: JobList, icons: IconLoader, hovered: HoveredRow) -> None:
        super().__init__(view)
        self._view, self._icons, self._hovered = view, icons, hovered
        self._inks = RowInks()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return two lines, the line of progress, and air around them."""
        return QSize(0, max(_HEIGHT, sum(line_heights(self._view.font())) + THICKNESS + 3 * theme.SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one job."""
        job = self._view.jobs[index.row()]
        app, font = job.opened.app, option.font
        kind = kind_of_row(self._view, option, hovered=index.row() == self._hovered.row)
        inks = self._inks.of(option.palette, kind)
        painter.save()
        if inks.ground is not None:
            painter.fillRect(option.rect, inks.ground)
        rect = option.rect.adjusted(theme.SPACE_EDGE, 0, -theme.SPACE_EDGE, 0)
        icon = QRect(rect.x(), rect.y() + (rect.height() - _ICON) // 2, _ICON, _ICON)
        pixmap = self._icons.pixmap(app.icon) if app.icon else None
        name = job.opened.title
        paint_app_icon(painter, icon, pixmap, initial_of(name), option.palette, app.identifier or name)
        rect = rect.adjusted(_ICON + theme.SPACE_GROUP, 0, 0, 0)
        upper, lower = line_heights(font)
        line = 0 if job.over else THICKNESS + theme.SPACE_TIGHT
        y = rect.y() + (rect.height() - upper - lower - line) // 2
        paint_line(painter, QRect(rect.x(), y, rect.width(), upper), job.title, font, inks.text)
        below = QRect(rect.x(), y + upper, rect.width(), lower)
        paint_line(painter, below, job.words, theme.caption_font(font), inks.soft)
        if line:
            place = QRect(rect.x(), below.bottom() + 1 + theme.SPACE_TIGHT, rect.width(), THICKNESS)
            behind = inks.ground if inks.ground is not None else option.palette.color(option.palette.ColorRole.Base)
            ink = inks.text if kind.is_selected else theme.accent(option.palette)
            paint_share(painter, place, job.share, theme.blend(inks.text, behind, 0.2), ink)
        painter.restore()
