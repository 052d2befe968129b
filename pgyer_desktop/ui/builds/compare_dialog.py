"""Two builds side by side: their fields, what differs, and their notes line by line.

Must not read anything: it shows the two builds it is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPalette, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from pgyer_desktop.core.base.names import short
from pgyer_desktop.core.base.redaction import struck
from pgyer_desktop.core.builds.comparison import Change, compare
from pgyer_desktop.core.builds.extras import extras_of
from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.builds.build_card import BuildCard
from pgyer_desktop.ui.builds.model import publishing, short_link, uploaded_in_full
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, stretch, wide
from pgyer_desktop.ui.widgets.scrolled_page import ScrolledPage
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size
from pgyer_desktop.ui.widgets.text.one_line import on_one_line
from pgyer_desktop.ui.widgets.text.selectable_text import SelectableText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.builds.comparison import Line
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_WIDTH: Final = 760
_HEIGHT: Final = 620
_LONGEST: Final = 300
"""Characters of a value that are shown; the details panel has all of it."""
_SIGNS: Final = {Change.SAME: "  ", Change.REMOVED: "− ", Change.ADDED: "+ "}
_DIFFERS: Final = "≠"
_LONGEST_TITLE: Final = 40
"""Characters: fields that the service added since come with names of its own."""
_WIDEST_TITLE: Final = 144
"""Logical pixels, so that such a name takes no room from the values."""
_RUN: Final = re.compile(r"(\S{8})(?=\S{8})")
_BREAK: Final = "\u200b"


@dataclass(frozen=True, slots=True)
class _Compared:
    title: str
    older: str
    newer: str
    differs: bool


class CompareDialog(Dialog):
    """Two builds side by side, the older one at the left."""

    def __init__(self, parent: QWidget | None, first: Build, second: Build, app_name: str, icons: IconLoader) -> None:
        super().__init__("compareDialog", parent)
        self._app_name, self._icons = app_name, icons
        self._found = compare(first, second)
        title = self.tr("Compare two builds")
        self.set_titles(title, title)
        self._only = named("compareOnlyDifferences", QCheckBox(self.tr("Only differences"), self))
        self._only.toggled.connect(self._on_only_toggled)
        page = QWidget(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_GROUP)
        self._grid.setVerticalSpacing(theme.SPACE)
        for place in (2, 3):
            self._grid.setColumnStretch(place, 1)
        self._notes_heading = Label(page, Size.HEADING, text=self.tr("Release notes"))
        self._older_notes = named("compareOlderNotes", SelectableText(page))
        self._older_notes.setAccessibleName(self.tr("Release notes of the build at the left"))
        self._newer_notes = named("compareNewerNotes", SelectableText(page))
        self._newer_notes.setAccessibleName(self.tr("Release notes of the build at the right"))
        column(self._grid, stretch(), inside=page, margins=(0, 0, theme.SPACE, 0))
        self._page = page
        fill(self.body, wide(ScrolledPage("compareScroll", page, self, is_text=True)), self._only)
        copy = self.add_copy("compareCopy", self.tr("Copy differences"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self.add_close("compareClose").setFocus()
        self.leave_size_to_person(least=QSize(480, 360), first=QSize(_WIDTH, _HEIGHT))
        self._write()

    @property
    def text(self) -> str:
        """The comparison as plain text, without secrets."""
        lines = [
            f"{field.title}: {_in_line(field.older)} | {_in_line(field.newer)}"
            for field in self._fields()
            if field.differs
        ]
        found = self._found
        notes = [line for line in (*found.older_notes, *found.newer_notes) if line.change is not Change.SAME]
        titles = f"{formatting.build_title(found.older)} | {formatting.build_title(found.newer)}"
        parts = [titles, *lines, *(f"{_SIGNS[line.change]}{line.text}" for line in notes)]
        return struck("\n".join(parts)) + "\n"

    def _fields(self) -> list[_Compared]:
        older, newer = self._found.older, self._found.newer
        now = datetime.now(UTC)

        grown = self._growth()

        def row(title: str, told: Callable[[Build], str], by: Callable[[Build], object] | None = None) -> _Compared:
            """What is told of both builds, which differ in that or, where it is given, in what `by` finds."""
            by = by or told
            return _Compared(title, told(older), told(newer), by(older) != by(newer))

        def size(build: Build) -> str:
            words = formatting.size(build.size)
            return f"{words} ({grown})" if grown and build is newer else words

        def truth(value: bool | None) -> str:
            return "" if value is None else formatting.yes_no(value)

        fields = [
            row(self.tr("Version"), lambda build: build.version),
            row(self.tr("Build number"), lambda build: build.build_number),
            row(self.tr("Pgyer build"), lambda build: formatting.serial(build.pgyer_build)),
            row(self.tr("Size"), size, lambda build: build.size),
            row(
                self.tr("Uploaded"),
                lambda build: uploaded_in_full(build, now),
                lambda build: build.created or build.created_text,
            ),
            row(self.tr("Downloads"), lambda build: formatting.number(build.downloads)),
            row(self.tr("Platform"), lambda build: formatting.platform(build.platform, build.type_code)),
            row(self.tr("Latest"), lambda build: truth(build.latest)),
            row(self.tr("Publishing"), publishing),
            row(self.tr("In history"), lambda build: truth(build.in_history)),
            row(self.tr("Name"), lambda build: build.name),
            row(self.tr("Identifier"), lambda build: build.identifier),
            row(self.tr("File"), lambda build: build.file_name),
            row(self.tr("Launcher"), lambda build: build.launcher_activity),
            row(self.tr("Short link"), short_link),
            row(self.tr("Build Key"), lambda build: build.build_key),
        ]
        extras = dict.fromkeys(name for name, _ in (*extras_of(older), *extras_of(newer)))
        fields += [row(say(name), partial(_extra, name)) for name in extras]
        return [field for field in fields if field.older or field.newer]

    def _growth(self) -> str:
        """As "+1.2 MB, +3.1 %"; "" where that is not known or nothing."""
        growth, share = self._found.growth, self._found.growth_share
        if not growth:
            return ""
        sign = "+" if growth > 0 else "−"
        words = f"{sign}{formatting.size(abs(growth))}"
        if share is not None:
            words += f", {sign}{self.locale().toString(abs(share) * 100, 'f', 1)} %"
        return words

    def _write(self) -> None:
        found = self._found
        older = self.tr("Older") if found.ordered else self.tr("First")
        newer = self.tr("Newer") if found.ordered else self.tr("Second")
        sides = ((older, found.older, "compareOlder"), (newer, found.newer, "compareNewer"))
        for place, (caption, build, name) in enumerate(sides, start=2):
            card = named(name, BuildCard(caption, build, "", self._app_name, self._icons, name, self._page))
            self._grid.addWidget(card, 0, place)
        fields = self._fields()
        self._rows = [(field, self._row(number, field)) for number, field in enumerate(fields, start=1)]
        bottom = len(fields) + 1
        for place, widget in ((0, self._notes_heading), (2, self._older_notes), (3, self._newer_notes)):
            self._grid.addWidget(widget, bottom, place, Qt.AlignmentFlag.AlignTop)
        self._write_notes()

    def _row(self, number: int, field: _Compared) -> tuple[Label, ...]:
        title = Label(self._page, ink=Ink.SOFT, text=short(field.title, _LONGEST_TITLE))
        title.setMaximumWidth(theme.at_font(_WIDEST_TITLE, self.font()))
        sign = Label(self._page, Size.HEADING, text=_DIFFERS if field.differs else "")
        sign.setAccessibleName(self.tr("differs") if field.differs else "")
        sign.setFixedWidth(theme.at_font(theme.ICON_SMALL, self.font()))
        size = Size.HEADING if field.differs else Size.BODY
        widgets = [title, sign]
        for value in (field.older, field.newer):
            label = Label(self._page, size, text=_breakable(short(value, _LONGEST)) or formatting.NOTHING)
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)  # both sides are as wide
            policy.setHeightForWidth(True)
            label.setSizePolicy(policy)
            widgets.append(label)
        for place, widget in enumerate(widgets):
            self._grid.addWidget(widget, number, place, Qt.AlignmentFlag.AlignTop)
        on_one_line(*widgets)
        return tuple(widgets)

    def _write_notes(self) -> None:
        self._write_side(self._older_notes, self._found.older_notes)
        self._write_side(self._newer_notes, self._found.newer_notes)

    def _write_side(self, pane: SelectableText, lines: Sequence[Line]) -> None:
        pane.set_text("\n".join(f"{_SIGNS[line.change]}{line.text}" for line in lines) or self.tr("None"))
        palette = self.palette()
        ground = palette.color(QPalette.ColorRole.Base)
        inks = {Change.REMOVED: theme.danger(palette), Change.ADDED: theme.accent(palette)}
        for number, line in enumerate(lines):
            ink = inks.get(line.change)
            if ink is None:
                continue
            # Of the block: an extra selection misses some of the lines that this one is broken into, or of their width.
            mark = QTextBlockFormat()
            mark.setBackground(theme.blend(ink, ground, 0.14))
            QTextCursor(pane.document().findBlockByNumber(number)).mergeBlockFormat(mark)

    def _on_only_toggled(self) -> None:
        for field, widgets in self._rows:
            for widget in widgets:
                widget.setVisible(field.differs or not self._only.isChecked())

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font while running."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write_notes()
        elif event.type() == QEvent.Type.FontChange:
            for _field, labels in self._rows:
                on_one_line(*labels)


def _extra(name: Text, build: Build) -> str:
    """A field that the service added since."""
    return dict(extras_of(build)).get(name, "")


def _in_line(value: str) -> str:
    """`value` where a line has room for one: "; " between its own lines, and a dash for nothing."""
    return "; ".join(value.splitlines()) or formatting.NOTHING


def _breakable(value: str) -> str:
    """`value` with places to break in long words: a build key is wider than half of a narrow dialog."""
    return _RUN.sub(rf"\1{_BREAK}", value)
