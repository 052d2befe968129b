"""Builds as a table model: texts written once, one mutator per change.

Shows `Rows`, which come filtered and in order. Must not load anything and must not decide what is latest: it is told.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from pgyer_desktop.core.builds.columns import COLUMNS, Column, Kind
from pgyer_desktop.core.builds.note_line import note_line
from pgyer_desktop.core.sharing import links
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.rows import Heading
from pgyer_desktop.ui.widgets.icon_cell import Tone
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.edge import Edge
    from pgyer_desktop.core.builds.visits import Seen
    from pgyer_desktop.ui.state.rows import Rows

_Index = QModelIndex | QPersistentModelIndex

# Roles are compared as plain ints: comparing enums costs more than everything else in `data`.
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The row's build key."""
BUILD_ROLE: Final = KEY_ROLE + 1
"""The row's `Build`."""
BADGES_ROLE: Final = KEY_ROLE + 2
"""List of (word, Tone) beside the version."""
HEADING_ROLE: Final = KEY_ROLE + 3
"""The row's `Heading`; None for a build."""
GAP_ROLE: Final = KEY_ROLE + 4
"""Whether builds may be missing below this one."""
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT: Final = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_DESCRIPTION: Final = int(Qt.ItemDataRole.AccessibleDescriptionRole)

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ALIGNMENTS: Final = tuple(_RIGHT if column.kind.right_aligned else _LEFT for column in COLUMNS)
VERSION_COLUMN: Final = next(number for number, column in enumerate(COLUMNS) if column.kind is Kind.VERSION)
_TIME_COLUMNS: Final = tuple(number for number, column in enumerate(COLUMNS) if column.kind is Kind.TIME)

_NOTE: Final = -1
"""Where the line of the notes is kept among the texts of a row."""
_KEPT_TEXTS: Final = 4096
"""Rows whose texts are kept; many screens of them."""

translate = QCoreApplication.translate

Badge = tuple[str, Tone]


def build_badges(
    build: Build,
    *,
    latest: bool,
    busy: bool = False,
    unsettled: bool = False,
    failed: bool = False,
    pinned: bool = False,
    new: bool = False,
) -> list[Badge]:
    """The pills that say what state a build is in: table and details show the same."""
    badges: list[Badge] = []
    if latest:
        badges.append((translate("BuildModel", "Latest", "badge on a build"), Tone.ACCENT))
    if new:
        badges.append((translate("BuildModel", "New", "badge on a build uploaded since the last visit"), Tone.OUTLINE))
    if busy:
        badges.append((translate("BuildModel", "Changing…", "badge on a build with a write under way"), Tone.NEUTRAL))
    if unsettled:
        badges.append(
            (translate("BuildModel", "Unknown", "badge on a build whose last change may have failed"), Tone.WARNING)
        )
    if failed:
        badges.append((translate("BuildModel", "Not deleted", "badge on a build whose delete failed"), Tone.WARNING))
    if build.publish_complete is False:
        badges.append((translate("BuildModel", "Publishing", "badge on a build"), Tone.WARNING))
    if pinned:
        badges.append((translate("BuildModel", "Pinned", "badge on a build"), Tone.NEUTRAL))
    return badges


def publishing(build: Build) -> str:
    """Whether the service is still busy with it, in words; "" where that is not known."""
    if build.publish_complete is None:
        return ""
    complete = translate("BuildModel", "Complete", "publishing of a build")
    return complete if build.publish_complete else translate("BuildModel", "Still under way", "publishing of a build")


def uploaded_in_full(build: Build, now: datetime) -> str:
    """When it was uploaded: how long ago and, where that says more, exactly."""
    when, exact = formatting.uploaded(build, now), formatting.exact_upload(build)
    return when if when == exact else f"{when}\n{exact}"


def short_link(build: Build) -> str:
    """The app's short link; "" where there is none that makes an address."""
    try:
        return links.app_page(build.shortcut)
    except ValueError:
        return ""


def gap_sentence() -> str:
    """The words for the dashed line below a row."""
    return translate("BuildModel", "Builds may be missing below this one.")


def edge_sentence(edge: Edge) -> str:
    """The words at the edge above the latest."""
    if edge.exact:
        return translate("BuildModel", "%n newer than what users get", "", edge.newer)
    return translate("BuildModel", "{count}+ newer than what users get").format(count=edge.newer)


class BuildModel(QAbstractTableModel):
    """One build in each row; columns are `core.builds.columns.COLUMNS`.

    `now` gives the current time for relative times; call `refresh_times()` each minute.

    Signals:
        order_requested: the rows are wanted in another order; see `order`.
    """

    order_requested = Signal()

    def __init__(
        self, parent: QObject | None = None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._as_of = now()
        self._latest: frozenset[str] = frozenset()
        self._busy: frozenset[str] = frozenset()
        self._unsettled: frozenset[str] = frozenset()
        self._failed: frozenset[str] = frozenset()
        self._pinned: frozenset[str] = frozenset()
        self._seen: Seen | None = None
        self.edge: Edge | None = None
        """Where the rows that are newer than the latest end."""
        self.spoken_column = VERSION_COLUMN
        """The column whose cells say the whole row to a screen reader."""
        self._sort: tuple[int, bool] | None = None
        self._rows: Rows | None = None
        self._length = 0
        self._gap_keys: frozenset[str] = frozenset()
        self._texts: dict[str, tuple[Build, dict[int, str]]] = {}  # by build key, written when first shown
        self._titles = [say(column.title) for column in COLUMNS]

    # What is shown.

    @property
    def shown_count(self) -> int:
        """Builds that are shown, also those under closed headings."""
        return self._rows.build_count if self._rows is not None else 0

    @property
    def fetches(self) -> bool:
        """Whether rows are fetched when they are looked at: there may be very many."""
        return self._rows is not None and self._rows.fetched

    @property
    def order(self) -> tuple[str, bool] | None:
        """The key of the column that is sorted by, and whether downwards; None: the service's order."""
        if self._sort is None:
            return None
        number, ascending = self._sort
        return COLUMNS[number].key, not ascending

    def build_at(self, row: int) -> Build | None:
        """The build in `row`; None for a heading."""
        found = self.row(row)
        return None if isinstance(found, Heading) else found

    def row_of(self, key: str) -> int | None:
        """The row of the build with this key; None where it is not shown."""
        return self.rows_of((key,)).get(key)

    def rows_of(self, keys: Collection[str]) -> dict[str, int]:
        """The rows of the builds with these keys, without those that are not shown."""
        return self._rows.rows_of(keys) if keys and self._rows is not None else {}

    def row(self, row: int) -> Build | Heading | None:
        """What stands in `row`."""
        return self._rows[row] if self._rows is not None and 0 <= row < self._length else None

    def texts(self, build: Build, columns: Iterable[int]) -> dict[int, str]:
        """What stands in these cells of a build, and perhaps in others, by column."""
        kept = self._texts.get(build.build_key)
        if kept is None or (kept[0] is not build and kept[0] != build):
            if len(self._texts) >= _KEPT_TEXTS:
                self._texts.clear()
            kept = self._texts[build.build_key] = (build, {})
        texts = kept[1]
        for column in columns:
            if column not in texts:
                texts[column] = self._written(build, COLUMNS[column])
        return texts

    def note(self, build: Build) -> str:
        """The notes of a row as one line; "" where there are none."""
        texts = self.texts(build, ())
        line = texts.get(_NOTE)
        if line is None:
            line = texts[_NOTE] = note_line(build.notes)
        return line

    def has_gap_below(self, build: Build) -> bool:
        """Whether builds may be missing below this one."""
        return build.build_key in self._gap_keys

    def row_states(self, build: Build) -> list[Badge]:
        """The badges of a row."""
        key = build.build_key
        return build_badges(
            build,
            latest=key in self._latest,
            busy=key in self._busy,
            unsettled=key in self._unsettled,
            failed=key in self._failed,
            pinned=key in self._pinned,
            new=self.is_new(build),
        )

    def is_new(self, build: Build | None) -> bool:
        """Whether it was uploaded since the last visit."""
        return build is not None and self._seen is not None and self._seen.is_older_than(build)

    # What changes it.

    def show_rows(self, rows: Rows, latest_keys: frozenset[str]) -> None:
        """Show these. The same builds in the same rows are only repainted, others reset it."""
        if len(rows) and not rows.fetched:  # between a page and all builds there is nothing for a moment
            self._as_of = self._now()
            self._texts.clear()
        same = self._rows is not None and rows.stand_as(self._rows)
        if not same:
            self.beginResetModel()
            self.edge = None
        self._rows, self._length = rows, len(rows)
        self._gap_keys = rows.gap_keys
        self._latest = latest_keys
        if same:
            self._touch_all()
        else:
            self.endResetModel()

    def set_latest(self, latest_keys: frozenset[str]) -> None:
        """Mark these as latest."""
        if latest_keys != self._latest:
            self._latest = latest_keys
            self._touch_all()

    def set_busy_keys(
        self, keys: Collection[str], unsettled: Collection[str] = (), failed: Collection[str] = ()
    ) -> None:
        """Mark builds with a write under way, those whose last write has an unknown result, and those not deleted."""
        after = frozenset(keys), frozenset(unsettled), frozenset(failed)
        before = self._busy, self._unsettled, self._failed
        changed = frozenset[str]().union(*(old ^ new for old, new in zip(before, after, strict=True)))
        self._busy, self._unsettled, self._failed = after
        if self.fetches:
            if changed:
                self._touch_all()
            return
        for row in self.rows_of(changed).values():
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def set_pinned(self, keys: frozenset[str]) -> None:
        """Mark the builds that are pinned on this computer."""
        if keys != self._pinned:
            self._pinned = keys
            self._touch_all()

    def set_seen(self, seen: Seen | None) -> None:
        """Mark the builds that were uploaded after what was seen at the last visit; None: it is the first one."""
        if seen != self._seen:
            self._seen = seen
            self._touch_all()

    def set_edge(self, edge: Edge | None) -> None:
        """Have the edge there; None: nowhere. Other rows take it away."""
        if edge != self.edge:
            self.edge = edge
            self._touch_all()

    def refresh_times(self) -> None:
        """Write the relative times anew."""
        self._as_of = self._now()
        for _build, texts in self._texts.values():
            for column in _TIME_COLUMNS:
                texts.pop(column, None)
        if self._length:
            for column in _TIME_COLUMNS:
                top, bottom = self.index(0, column), self.index(self._length - 1, column)
                self.dataChanged.emit(top, bottom, [_DISPLAY, _ACCESSIBLE])

    # How it is found out.

    def _touch_all(self) -> None:
        if self._length:
            self.dataChanged.emit(self.index(0, 0), self.index(self._length - 1, len(COLUMNS) - 1))

    def _text(self, build: Build, column: int) -> str:
        return self.texts(build, (column,))[column]

    def _written(self, build: Build, column: Column) -> str:
        value = column.value(build)
        kind = column.kind
        if kind is Kind.TIME:
            return formatting.uploaded(build, self._as_of)
        if kind is Kind.PLATFORM:
            return formatting.platform(build.platform, build.type_code)
        if kind is Kind.YES_NO:
            return formatting.yes_no(value if isinstance(value, bool) else None)
        if isinstance(value, int):
            write = {Kind.SIZE: formatting.size, Kind.SERIAL: formatting.serial}.get(kind, formatting.number)
            return write(value)
        # One line: a table row has no room for more, and the tooltip has the rest.
        return " ".join(str(value).split()) if value is not None and value != "" else formatting.NOTHING

    def _tooltip(self, build: Build, number: int) -> str:
        column = COLUMNS[number]
        if column.kind is Kind.TIME:
            return plain_tooltip(formatting.exact_upload(build))
        if column.kind is Kind.SIZE:
            return plain_tooltip(formatting.exact_size(build.size))
        if column.kind is Kind.VERSION:
            title = formatting.build_title(build)
            if build.build_key in self._unsettled:
                title += "\n" + self.tr("It is not known yet how the last change of this build ended.")
            if self.edge is not None and build.build_key == self.edge.key:
                title += f"\n{edge_sentence(self.edge)}"
            notes = build.notes.strip()
            return plain_tooltip(f"{title}\n\n{notes}" if notes else title)
        value = column.value(build)
        return plain_tooltip(value.strip() if isinstance(value, str) and value else self._text(build, number))

    def _spoken(self, build: Build, number: int) -> str:
        if number != self.spoken_column:
            return f"{self._titles[number]} {self._text(build, number)}"
        states = tuple(word for word, _ in self.row_states(build))
        sentence = formatting.row_sentence(build, self._as_of, states=states)
        if self.edge is not None and build.build_key == self.edge.key:
            sentence = formatting.read_on(sentence, edge_sentence(self.edge))
        return f"{sentence} {gap_sentence()}" if build.build_key in self._gap_keys else sentence

    def _of_heading(self, heading: Heading, column: int, role: int) -> object:
        if role == HEADING_ROLE:
            return heading
        if role == BADGES_ROLE:
            return []
        if role == _ACCESSIBLE or (role == _DISPLAY and column == VERSION_COLUMN):
            title, rest = formatting.heading_words(heading.version, heading.count, heading.size)
            if role == _DISPLAY:
                return title
            state = (
                translate("BuildModel", "expanded", "heading of a group")
                if heading.is_open
                else translate("BuildModel", "collapsed", "heading of a group")
            )
            return f"{title}, {rest}, {state}"
        return "" if role == _DISPLAY else None

    # What Qt asks.

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many builds are shown."""
        return 0 if parent is not None and parent.isValid() else self._length

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return how many columns there are, hidden ones included."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that every build can be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.row(index.row()), Heading):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = _DISPLAY) -> object:  # noqa: PLR0911 - one line for each role
        """Return texts, the build, and what the delegate paints."""
        if not index.isValid():
            return None
        build = self.row(index.row())
        column = index.column()
        if isinstance(build, Heading):
            return self._of_heading(build, column, role)
        if build is None:
            return None
        if role == _DISPLAY:
            return self._text(build, column)
        if role == _ALIGNMENT:
            return _ALIGNMENTS[column]
        if role == BUILD_ROLE:
            return build
        if role == BADGES_ROLE:
            return self.row_states(build) if column == VERSION_COLUMN else []
        if role == KEY_ROLE:
            return build.build_key
        if role == _TOOLTIP:
            return self._tooltip(build, column)
        if role == _ACCESSIBLE:
            return self._spoken(build, column)
        if role == GAP_ROLE:
            return self.has_gap_below(build)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Return the columns' titles and what they mean."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role in {_DISPLAY, _ACCESSIBLE}:
            return self._titles[section]
        if role == _ALIGNMENT:
            return _ALIGNMENTS[section]
        hint = COLUMNS[section].hint
        if role == _TOOLTIP:
            return plain_tooltip(say(hint) if hint is not None else self._titles[section])
        return say(hint) if role == _DESCRIPTION and hint is not None else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for rows sorted by `column`, or in the service's order for -1."""
        wanted = (column, order == Qt.SortOrder.AscendingOrder) if 0 <= column < len(COLUMNS) else None
        if wanted != self._sort:
            self._sort = wanted
            self.order_requested.emit()
