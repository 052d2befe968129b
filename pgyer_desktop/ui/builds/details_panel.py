"""Everything that is known about the selected build, with a QR code that installs exactly this build on a phone.

While none is selected it shows the latest one, which can be given on from here but not changed.

The link and the code lead to the build's own page; an install link of the service, which carries the key, can never be
here: `Build` has no room for one. Must not read anything and must not decide what can be done: its buttons are the
program's actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStackedLayout, QWidget

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.builds.columns import COLUMNS_BY_KEY
from pgyer_desktop.core.builds.extras import extras_of
from pgyer_desktop.core.history.search import Query
from pgyer_desktop.core.sharing import links
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.model import build_badges, publishing, short_link, uploaded_in_full
from pgyer_desktop.ui.builds.selection_summary import SelectionSummary
from pgyer_desktop.ui.sharing.qr_code import QrCode
from pgyer_desktop.ui.widgets.build_heading import BuildHeading
from pgyer_desktop.ui.widgets.buttons import ActionButton
from pgyer_desktop.ui.widgets.dialog.accent_button import AccentActionButton, DangerActionButton
from pgyer_desktop.ui.widgets.hairline import Hairline
from pgyer_desktop.ui.widgets.layout import SideBySide, column, row, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size, inked
from pgyer_desktop.ui.widgets.text.notes_text import NotesText
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList, quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction, QPaintEvent

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader

ICON_SIDE: Final = 48
LEAST_WIDTH: Final = 280
_CODE_SIDE: Final = 164
"""Four pixels for each of the 33 modules of a build's page and for four empty ones on each side."""
_STRIP: Final = 44
_ON_LINK: Final = (Action.COPY_LINK, Action.COPY_MESSAGE, Action.SHOW_QR)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a build is shown: as one of this app, as the latest, as new since the last visit, as selected."""

    app_name: str = ""
    latest: bool = False
    new: bool = False
    selected: bool = False


class DetailsPanel(QWidget):
    """The panel beside the table.

    Signals:
        picture_copied: the QR code of what is shown has been copied. arg: Build.
    """

    picture_copied = Signal(object)

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
        self.setMinimumWidth(theme.at_font(LEAST_WIDTH, self.font()))
        self._now = now
        self._build: Build | None = None
        self._query = Query()
        self._shown = _Shown()
        self._has_actions = False
        self._empty = Label(self, ink=Ink.SOFT, text=self.tr("Select a build to see its details"))
        self._empty.setObjectName("detailsEmpty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(theme.SPACE_WIDE)
        page = QWidget(self)
        self._head = BuildHeading("details", icons, page, icon_side=ICON_SIDE)
        link_buttons = self._make_link_part(page)
        changes = {
            Action.SET_LATEST: named("detailsSetLatest", AccentActionButton(page, bare=True)),
            Action.CLEAR_LATEST: named("detailsClearLatest", ActionButton(page, bare=True)),
            Action.CHECK_UPDATE: named("detailsCheckUpdate", ActionButton(page, bare=True)),
        }
        self._actions = QWidget(page)
        beside = SideBySide(self._actions, *changes.values(), even=True)
        column(theme.SPACE_EDGE, beside, inside=self._actions, spacing=0)
        delete = named("detailsDelete", DangerActionButton(self))
        self._buttons = {**link_buttons, **changes, Action.DELETE: delete}
        notes_heading = Label(page, Size.HEADING, text=self.tr("Release notes"))
        self._notes = NotesText("detailsNotes", notes_heading.text(), page)
        fields_heading = Label(page, Size.HEADING, text=self.tr("Details"))
        self._fields = named("detailsFields", FieldList(page))
        self._fields.setAccessibleName(fields_heading.text())
        self._lay_out(page, notes_heading, fields_heading)
        self._scroll = ScrolledPage("detailsScroll", page, self)
        self._strip = self._delete_strip(delete)
        self._whole = QWidget(self)
        column(wide(self._scroll), self._strip, inside=self._whole, spacing=0)
        self._several = SelectionSummary(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._several)
        self._stack.addWidget(self._whole)
        column(self._stack, inside=self, margins=(1, 0, 0, 0))  # the line on the left
        self.set_actions({})

    def _make_link_part(self, page: QWidget) -> dict[Action, ActionButton]:
        self._link_part = QWidget(page)
        self._code = QrCode(self._link_part)
        self._code.setAccessibleName(self.tr("QR code of this build's page"))
        self._code.setFixedSize(_CODE_SIDE, _CODE_SIDE)
        self._code.picture_copied.connect(lambda: self.picture_copied.emit(self._build))
        beside = QWidget(self._link_part)
        words = {Action.SHOW_QR: self.tr("Full screen")}
        buttons = {id_: ActionButton(beside, bare=True, words=words.get(id_, "")) for id_ in _ON_LINK}
        for id_, button in buttons.items():
            button.setObjectName(id_.value.id.replace("action", "details", 1))
        column(*buttons.values(), inside=beside)
        self._scan = named("detailsScan", Label(self._link_part, Size.CAPTION, Ink.SOFT))
        tile = SideBySide(self._link_part, self._code, beside, under=self._scan, spacing=theme.SPACE_GROUP)
        column(tile, inside=self._link_part)
        return buttons

    def _delete_strip(self, delete: QWidget) -> QWidget:
        strip = QWidget(self)
        strip.setMinimumHeight(_STRIP)
        buttons = row(delete, stretch(), margins=(theme.SPACE, 0, theme.SPACE, 0))
        column(Hairline(strip), wide(buttons), inside=strip, spacing=0)
        return strip

    def _lay_out(self, page: QWidget, notes_heading: Label, fields_heading: Label) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column(
            self._head,
            theme.SPACE_EDGE,
            self._link_part,
            self._actions,
            theme.SPACE_EDGE,
            notes_heading,
            theme.SPACE_TIGHT,
            self._notes,
            theme.SPACE_EDGE,
            fields_heading,
            theme.SPACE,
            self._fields,
            stretch(),
            inside=page,
            spacing=0,
            margins=(theme.SPACE_EDGE, theme.SPACE_EDGE, theme.SPACE, theme.SPACE_EDGE),  # a bar follows
        )

    def set_actions(self, actions: Mapping[Action, QAction]) -> None:
        """Take the buttons' words, rules and reasons from these actions; a button without one is hidden."""
        for id_, button in self._buttons.items():
            button.set_action(actions.get(id_))
        for id_ in _ON_LINK:
            if id_ in actions:
                self._code.addAction(actions[id_])
        self._has_actions = bool(actions)
        self._several.set_actions(actions)
        self._show_buttons()

    def show_several(self, builds: tuple[Build, ...], count: int) -> None:
        """Say that `count` builds are selected; see `SelectionSummary`."""
        self.show_build(None, latest=False, app_name="")
        self._several.show_selection(builds, count)
        self._stack.setCurrentWidget(self._several)

    def show_latest(self, build: Build | None, app_name: str, *, new: bool = False) -> None:
        """Show the build that users get, while none is selected: without what changes it. None: nobody knows it."""
        self._show(build, _Shown(app_name, latest=True, new=new))

    def show_build(self, build: Build | None, *, latest: bool, app_name: str, new: bool = False) -> None:
        """Show `build`, or that none is selected. A build that was only read anew stays where it was scrolled to.

        `new`: it was uploaded since the last visit.
        """
        self._show(build, _Shown(app_name, latest, new, selected=True))

    def _show(self, build: Build | None, shown: _Shown) -> None:
        is_other = build is None or self._build is None or build.build_key != self._build.build_key
        self._build, self._shown = build, shown
        self._write()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def set_query(self, query: Query) -> None:
        """Mark what of `query` stands in the release notes."""
        if query != self._query:
            self._query = query
            if self._build is not None:
                self._notes.set_notes(self._build.notes, query)

    def refresh_times(self) -> None:
        """Write the relative time anew; for the owner to call each minute."""
        if self._build is not None:
            self._head.set_words(*self._titles(self._build))
            self._write_fields(self._build)

    def _write(self) -> None:
        build = self._build
        if build is None:
            self._head.set_build(None, "")
            self._code.set_text(None)
            self._stack.setCurrentWidget(self._empty)
            return
        self._head.set_build(build, self._shown.app_name)
        self._head.set_words(*self._titles(build))
        self._head.set_badges(*build_badges(build, latest=self._shown.latest, new=self._shown.new))
        link = _link_of(build)
        self._code.set_text(link or None)
        explain(self._code, link)
        self._link_part.setVisible(bool(link))
        named = build.version or build.build_number
        words = self.tr("Scan to install exactly {build}") if named else self.tr("Scan to install exactly this build")
        self._scan.setText(words.format(build=name_of(build)))
        quiet(self._notes, inked(self.palette(), Ink.PLAIN if build.notes.strip() else Ink.SOFT))
        self._notes.set_notes(build.notes, self._query)
        self._write_fields(build)
        self._show_buttons()
        self._stack.setCurrentWidget(self._whole)

    def _show_buttons(self) -> None:
        """Offer what can be done: the latest can be cleared, not set; where none is selected, nothing."""
        changeable = self._shown.selected and self._has_actions
        for id_, offered in ((Action.SET_LATEST, not self._shown.latest), (Action.CLEAR_LATEST, self._shown.latest)):
            self._buttons[id_].setVisible(changeable and offered)
        self._strip.setVisible(changeable)
        self._actions.setVisible(changeable)

    def _titles(self, build: Build) -> tuple[str, str]:
        """What names the build, and below it what it is or since when it is there."""
        title = name_of(build) if build.version or build.build_number else build.name or self._shown.app_name
        parts = [formatting.serial(build.pgyer_build)] if build.pgyer_build is not None else []
        when = formatting.uploaded(build, self._now())
        if self._shown.latest:
            parts.append(self.tr("what users get now"))
        elif when != formatting.NOTHING:
            parts.append(self.tr("uploaded {when}").format(when=when))
        return title or build.identifier, " · ".join(parts)

    def _write_fields(self, build: Build) -> None:
        columns = (
            (self.tr("Version"), "version"),
            (self.tr("Build number"), "build_number"),
            (self.tr("Pgyer build"), "pgyer_build"),
        )
        hints = [(name, COLUMNS_BY_KEY[key].hint) for name, key in columns]
        captions = [(name, say(hint)) for name, hint in hints if hint is not None]
        self._fields.set_fields(self._known(build), captions)

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
            (self.tr("Link"), _link_of(build)),
            (self.tr("Identifier"), build.identifier),
            (self.tr("File"), build.file_name),
            (self.tr("Launcher"), build.launcher_activity),
            (self.tr("Short link"), short_link(build)),
            (self.tr("App Key"), build.app_key),
            (self.tr("Build Key"), build.build_key),
            (self.tr("Icon"), build.icon),
        )
        extras = ((say(name), value) for name, value in extras_of(build))
        return (*always, *((name, value) for name, value in (*where_known, *extras) if _says(value)))

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
