"""Everything that is known about the selected build, with a QR code that installs exactly this build on a phone.

The link and the code lead to the build's own page; an install link of the service, which carries the key, can never be
here: `Build` has no room for one. Must not read anything and must not decide what can be done: its buttons are the
program's actions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.sharing import links
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.model import build_badges, publishing, short_link, uploaded_in_full
from pgyer_desktop.ui.builds.selection_summary import SelectionSummary
from pgyer_desktop.ui.sharing.qr_code import QrCode
from pgyer_desktop.ui.widgets.build_heading import BuildHeading
from pgyer_desktop.ui.widgets.buttons import ActionButton
from pgyer_desktop.ui.widgets.layout import Placed, column, row, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size, inked
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList, SelectableText, quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction, QPaintEvent

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader

ICON_SIDE: Final = 56
LEAST_WIDTH: Final = 280
_LEAST_CODE: Final = 140
"""Three pixels a module at 100 %, which a phone reads from an arm's length."""
_LARGEST_CODE: Final = 184
_ON_LINK: Final = (Action.COPY_LINK, Action.OPEN_PAGE)
_ON_BUILD: Final = (Action.SET_LATEST, Action.CHECK_UPDATE, Action.CLEAR_LATEST, Action.DELETE)


class DetailsPanel(QWidget):
    """The panel beside the table."""

    def __init__(
        self,
        icons: IconLoader,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detailsPanel")
        self.setAccessibleName(self.tr("Build details"))
        self.setMinimumWidth(LEAST_WIDTH)
        self._now = now
        self._build: Build | None = None
        self._app_name = ""
        self._latest = False

        self._empty = Label(self, ink=Ink.SOFT, text=self.tr("Select a build to see its details"))
        self._empty.setObjectName("detailsEmpty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(theme.SPACE_WIDE)

        page = QWidget(self)
        self._head = BuildHeading("details", icons, page, icon_side=ICON_SIDE)
        self._code = QrCode(page)
        self._code.setAccessibleName(self.tr("QR code of this build's page"))
        self._code.setMinimumSize(_LEAST_CODE, _LEAST_CODE)
        self._code.setMaximumSize(_LARGEST_CODE, _LARGEST_CODE)
        self._link = ElidedLabel("", page, Size.CAPTION, Ink.SOFT, mode=Qt.TextElideMode.ElideMiddle)
        self._link.setObjectName("detailsLink")
        self._link.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._buttons = {
            id_: ActionButton(
                page,
                flat=id_ in {Action.CLEAR_LATEST, Action.DELETE, Action.OPEN_PAGE},
                icon_only=id_ is Action.OPEN_PAGE,
            )
            for id_ in (*_ON_LINK, *_ON_BUILD)
        }
        for id_, button in self._buttons.items():
            button.setObjectName(id_.value.id.replace("action", "details", 1))
            button.hide()
        self._notes_heading = Label(page, Size.HEADING, text=self.tr("Release notes"))
        self._notes = named("detailsNotes", SelectableText(page))
        self._notes.setAccessibleName(self._notes_heading.text())
        self._fields_heading = Label(page, Size.HEADING, text=self.tr("Details"))
        self._fields = named("detailsFields", FieldList(page))
        self._fields.setAccessibleName(self._fields_heading.text())
        self._lay_out(page)

        self._scroll = ScrolledPage("detailsScroll", page, self)
        self._several = SelectionSummary(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._several)
        self._stack.addWidget(self._scroll)
        column(self._stack, inside=self, margins=(1, 0, 0, 0))  # the line on the left

    def _lay_out(self, page: QWidget) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        copy, open_page = self._buttons[Action.COPY_LINK], self._buttons[Action.OPEN_PAGE]
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        actions = QGridLayout()
        actions.setHorizontalSpacing(theme.SPACE)
        actions.setVerticalSpacing(theme.SPACE_TIGHT)
        for number, id_ in enumerate(_ON_BUILD):
            actions.addWidget(self._buttons[id_], number // 2, number % 2)
            actions.setColumnStretch(number % 2, 1)
        column(
            self._head,
            theme.SPACE_EDGE,
            row(Placed(self._code, at=corner), Placed(copy, at=corner), stretch(1), spacing=theme.SPACE_GROUP),
            theme.SPACE_TIGHT,
            row(wide(self._link), open_page, spacing=theme.SPACE_TIGHT),
            theme.SPACE,
            actions,
            theme.SPACE_EDGE,
            self._notes_heading,
            theme.SPACE_TIGHT,
            self._notes,
            theme.SPACE_EDGE,
            self._fields_heading,
            theme.SPACE,
            self._fields,
            stretch(),
            inside=page,
            spacing=0,
            margins=theme.SPACE_EDGE,
        )

    def set_actions(self, actions: Mapping[Action, QAction]) -> None:
        """Take the buttons' words, rules and reasons from these actions; a button without one is hidden."""
        for id_, button in self._buttons.items():
            button.set_action(actions.get(id_))
        self._several.set_actions(actions)

    def show_several(self, builds: tuple[Build, ...], count: int) -> None:
        """Say that `count` builds are selected; see `SelectionSummary`."""
        self.show_build(None, latest=False, app_name="")
        self._several.show_selection(builds, count)
        self._stack.setCurrentWidget(self._several)

    def show_build(self, build: Build | None, *, latest: bool, app_name: str) -> None:
        """Show `build`, or that none is selected. A build that was only read anew stays where it was scrolled to."""
        is_other = build is None or self._build is None or build.build_key != self._build.build_key
        self._build, self._latest, self._app_name = build, latest, app_name
        self._write()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def refresh_times(self) -> None:
        """Write the relative time anew; for the owner to call each minute."""
        if self._build is not None:
            self._fields.set_fields(self._known(self._build))

    def _write(self) -> None:
        build = self._build
        if build is None:
            self._head.set_build(None, "")
            self._code.set_text(None)
            self._stack.setCurrentWidget(self._empty)
            return
        self._head.set_build(build, self._app_name)
        self._head.set_words(build.name or self._app_name or build.identifier, formatting.build_title(build))
        self._head.set_badges(*build_badges(build, latest=self._latest))
        link = _link_of(build)
        self._code.setVisible(bool(link))
        self._code.set_text(link or None)
        self._link.setText(link.removeprefix("https://"))
        notes = build.notes.strip()
        self._notes.set_text(notes or self.tr("None"))
        quiet(self._notes, inked(self.palette(), Ink.PLAIN if notes else Ink.SOFT))
        self._fields.set_fields(self._known(build))
        self._stack.setCurrentWidget(self._scroll)

    def _known(self, build: Build) -> Sequence[tuple[str, str]]:
        """Names and values of everything known; what the service did not say is left out, except where that matters."""
        size = formatting.size(build.size)
        if build.size is not None:
            size = f"{size} ({formatting.exact_size(build.size)})"
        always = (
            (self.tr("Version"), build.version or formatting.NOTHING),
            (self.tr("Build number"), build.build_number or formatting.NOTHING),
            (self.tr("Pgyer build"), formatting.serial(build.pgyer_build)),
            (self.tr("Platform"), formatting.platform(build.platform, build.type_code)),
            (self.tr("Size"), size),
            (self.tr("Uploaded"), uploaded_in_full(build, self._now())),
            (self.tr("Downloads"), formatting.number(build.downloads)),
        )
        where_known = (
            (self.tr("Publishing"), publishing(build)),
            (self.tr("In history"), formatting.yes_no(build.in_history) if build.in_history is not None else ""),
            (self.tr("Name"), build.name),
            (self.tr("Identifier"), build.identifier),
            (self.tr("File"), build.file_name),
            (self.tr("Launcher"), build.launcher_activity),
            (self.tr("Short link"), short_link(build)),
            (self.tr("App key"), build.app_key),
            (self.tr("Build key"), build.build_key),
            (self.tr("Icon"), build.icon),
        )
        return (*always, *((name, value) for name, value in (*where_known, *build.extra) if _says(value)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line between the table and the panel."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, 1, self.height()), theme.hairline(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette while running."""
        if event.type() == QEvent.Type.PaletteChange and self._build is not None:
            self._write()
        super().changeEvent(event)


def _says(value: str) -> bool:
    """Whether a value is one: the service writes missing times as zeros."""
    return bool(value) and not value.startswith("0000-00-00")


def _link_of(build: Build) -> str:
    """The build's own page; "" where its key makes no address."""
    try:
        return links.build_page(build.build_key)
    except ValueError:
        return ""
