"""The journal's entries as a list model, the newest first, filtered by words and by outcome.

Must not read or write the journal: it is given its entries.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pgyer_desktop.core.activity.export import told_of
from pgyer_desktop.core.activity.names import WRITE_WORDS, outcome_words
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.widgets.icon_cell import Tone
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.core.activity.records import Entry

_Index = QModelIndex | QPersistentModelIndex

# Roles are compared as plain ints: comparing enums is slow.
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The record's id."""
ENTRY_ROLE: Final = KEY_ROLE + 1
"""The row's `Entry`."""
CAPTION_ROLE: Final = KEY_ROLE + 2
"""The second line: app, account and when."""
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)

_TONES: Final = {
    Outcome.DONE: Tone.NEUTRAL,
    Outcome.NOT_DONE: Tone.NEUTRAL,
    Outcome.UNKNOWN: Tone.WARNING,
    Outcome.CONTRADICTED: Tone.DANGER,
}


def outcome_tone(entry: Entry) -> Tone:
    """The colour of an outcome's pill: only what needs care has one."""
    return Tone.ACCENT if entry.under_way else _TONES[entry.outcome]


def title_of(entry: Entry) -> str:
    """What was to be done: "Set latest: 1.4.5 (145)"."""
    title = translate("ActivityModel", "{action}: {build}")
    return say(title.fill(action=WRITE_WORDS[entry.intent.write], build=name_of(entry.intent.build)))


def _tooltip(entry: Entry) -> str:
    return plain_tooltip(f"{title_of(entry)}\n{formatting.date_time(entry.intent.when)}")


class ActivityModel(QAbstractListModel):
    """Rows are entries. `now` gives the current time for relative times; call `refresh_times()` each minute."""

    def __init__(
        self, parent: QObject | None = None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[Entry] = []
        self._words: tuple[str, ...] = ()
        self._outcome: Outcome | None = None
        self._tellers: dict[int, Callable[[Entry], object]] = {
            _DISPLAY: title_of,
            KEY_ROLE: lambda entry: entry.intent.id,
            ENTRY_ROLE: lambda entry: entry,
            CAPTION_ROLE: self._caption,
            _TOOLTIP: _tooltip,
            _ACCESSIBLE: lambda entry: ", ".join((title_of(entry), say(outcome_words(entry)), self._caption(entry))),
        }
        self._haystacks: dict[tuple[str, int], str] = {}  # by record and number of its endings

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that match, the newest first."""
        return tuple(self._rows)

    @property
    def total_count(self) -> int:
        """All entries."""
        return len(self._entries)

    def entry_at(self, row: int) -> Entry | None:
        """The entry in `row`."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, record_id: str) -> int | None:
        """The row of the record with this id; None where it is filtered out or not there."""
        return next((row for row, entry in enumerate(self._rows) if entry.intent.id == record_id), None)

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these, the newest first."""
        if entries == self._entries:
            return
        self._entries = entries
        self._fill()

    def set_filter(self, text: str, outcome: Outcome | None) -> None:
        """Show only what has all words of `text` in it and, unless None, this outcome."""
        words = tuple(text.casefold().split())
        if (words, outcome) != (self._words, self._outcome):
            self._words, self._outcome = words, outcome
            self._fill()

    def refresh_times(self) -> None:
        """Write the relative times anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [CAPTION_ROLE])

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = [entry for entry in self._entries if self._matches(entry)]
        self.endResetModel()

    def _matches(self, entry: Entry) -> bool:
        if self._outcome is not None and (entry.under_way or entry.outcome is not self._outcome):
            return False
        if not self._words:
            return True
        key = (entry.intent.id, len(entry.endings))
        haystack = self._haystacks.get(key)
        if haystack is None:
            haystack = "\n".join(written(value) for _, value in told_of(entry)).casefold()
            self._haystacks[key] = haystack
        return all(word in haystack for word in self._words)

    def _caption(self, entry: Entry) -> str:
        intent = entry.intent
        when = formatting.relative_time(intent.when, self._now())
        return " · ".join(part for part in (intent.app_name or intent.app_key, intent.account_name, when) if part)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature; it never changes
        """Rows that match."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """What a row shows; `KEY_ROLE` and the roles above have the rest."""
        entry = self.entry_at(index.row()) if index.isValid() else None
        if entry is None:
            return None
        tell = self._tellers.get(int(role))
        return tell(entry) if tell is not None else None


def written(value: Text | str | int | datetime) -> str:
    """A value of an entry as the program writes it: times of this machine, with its number habits."""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, datetime):
        return formatting.date_time(value)
    return formatting.number(value) if isinstance(value, int) else value
