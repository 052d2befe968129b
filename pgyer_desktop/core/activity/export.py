"""Entries of the journal for other places: Markdown for a ticket, tables for a spreadsheet, JSON for a program.

What the service sent is data in all of them: no markup, link, mention or formula is made of it, and characters that
change how text reads are shown by their code. Knows no file and no clipboard.

JSON, of format version 1, is an object with "format" ("pgyer-desktop-activity"), "version" and "entries". Names are not
taken away or given another meaning within a version; others may be added. Times are ISO 8601 with their zone. Each
entry holds:

- "id", "when" (UTC), "account" {"id", "name"}, "app" {"key", "name"}
- "write": "set latest", "clear latest" or "delete"; "intended": "latest", "not latest" or "deleted"
- "build": all that was known of it, by the names of `api.models.Build`, "extra" as a list of pairs
- "latest_before": null where it was not known, else a list of {"build_key", "name"}
- "outcome": "done", "not done", "unknown" or "contradicted"; "settled": false where it is unknown; "under_way"
- "ending": null, or {"when", "outcome", "code", "message", "error", "observed", "by_reading"}, where "observed" is null
  or the {"build_key", "name"} that was latest afterwards
- "endings": everything that was recorded as such, in order
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.activity.names import INTENDED_WORDS, WRITE_WORDS, error_words, latest_words, outcome_words
from pgyer_desktop.core.base.exports import code, escaped, fence, json_file, table, time_text
from pgyer_desktop.core.base.names import PLATFORM_NAMES, name_of
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.sharing.workbook import sheet_words, workbook

if TYPE_CHECKING:
    from datetime import datetime

    from pgyer_desktop.core.activity.records import Entry

JSON_FORMAT = "pgyer-desktop-activity"
JSON_VERSION = 1

Say: TypeAlias = "Callable[[Text], str]"
Value: TypeAlias = "Text | str | int | datetime | None"


@dataclass(frozen=True, slots=True)
class EntryField:
    """One thing told of an entry: a column of a table, a line of the Markdown."""

    title: Text
    value: Callable[[Entry], Value]
    in_ticket: bool = True


_RELEASE_NOTES = translate("journal", "Release notes")
_ACTIVITY = translate("journal", "Activity", "name of a sheet")


def _code(number: int | None) -> str:
    """A number that names something, and counts nothing: nobody groups its digits."""
    return "" if number is None else str(number)


FIELDS: tuple[EntryField, ...] = (
    EntryField(translate("journal", "When"), lambda e: e.intent.when),
    EntryField(translate("journal", "Account"), lambda e: e.intent.account_name),
    EntryField(translate("journal", "App"), lambda e: e.intent.app_name),
    EntryField(translate("journal", "Action"), lambda e: WRITE_WORDS[e.intent.write]),
    EntryField(translate("journal", "Version"), lambda e: e.intent.build.version),
    EntryField(translate("journal", "Build number"), lambda e: e.intent.build.build_number),
    EntryField(translate("journal", "Pgyer build"), lambda e: _code(e.intent.build.pgyer_build)),
    EntryField(translate("journal", "Latest before"), lambda e: latest_words(e.intent.before)),
    EntryField(translate("journal", "Intended"), lambda e: INTENDED_WORDS[e.intent.intended]),
    EntryField(
        translate("journal", "Latest afterwards"), lambda e: latest_words(e.ending.observed if e.ending else None)
    ),
    EntryField(translate("journal", "Outcome"), outcome_words),
    EntryField(translate("journal", "Known since"), lambda e: e.ending.when if e.ending and e.settled else None),
    EntryField(translate("journal", "Pgyer's code"), lambda e: _code(e.ending.code if e.ending else None)),
    EntryField(translate("journal", "Pgyer's message"), lambda e: e.ending.message if e.ending else ""),
    EntryField(translate("journal", "Error"), error_words),
    EntryField(translate("journal", "Uploaded"), lambda e: e.intent.build.created or e.intent.build.created_text),
    EntryField(translate("journal", "Size in bytes"), lambda e: e.intent.build.size),
    EntryField(translate("journal", "Platform"), lambda e: PLATFORM_NAMES[e.intent.build.platform], in_ticket=False),
    EntryField(translate("journal", "Name"), lambda e: e.intent.build.name, in_ticket=False),
    EntryField(translate("journal", "Identifier"), lambda e: e.intent.build.identifier),
    EntryField(translate("journal", "File"), lambda e: e.intent.build.file_name, in_ticket=False),
    EntryField(translate("journal", "Downloads"), lambda e: e.intent.build.downloads, in_ticket=False),
    EntryField(_RELEASE_NOTES, lambda e: e.intent.build.notes, in_ticket=False),
    EntryField(translate("journal", "Build Key"), lambda e: e.intent.build.build_key),
    EntryField(translate("journal", "App Key"), lambda e: e.intent.app_key, in_ticket=False),
    EntryField(translate("journal", "Icon key"), lambda e: e.intent.build.icon, in_ticket=False),
    EntryField(translate("journal", "Record"), lambda e: e.intent.id),
)
"""In the order in which they stand. What is empty is left out of a ticket."""


def told_of(entry: Entry) -> tuple[tuple[Text, Text | str | int | datetime], ...]:
    """Everything there is to tell of an entry: titles and values, as they came, without what is empty."""
    told = ((field.title, field.value(entry)) for field in FIELDS)
    return tuple((title, value) for title, value in told if value is not None and value != "")


def as_markdown(entry: Entry, *, say: Say, zone: tzinfo | None = UTC) -> str:
    """One entry for a ticket, its words said by `say`, its times in `zone` (None: the machine's).

    Ends with a line break.
    """
    action = escaped(say(WRITE_WORDS[entry.intent.write]))
    lines = [f"### {action} {code(name_of(entry.intent.build))}", ""]
    for field in FIELDS:
        value = field.value(entry) if field.in_ticket else None
        if isinstance(value, Text):
            lines.append(f"- {escaped(say(field.title))}: {escaped(say(value))}")
        elif value is not None and value != "":
            lines.append(f"- {escaped(say(field.title))}: {code(_written(value, say, zone))}")
    notes = escape_invisible(entry.intent.build.notes).strip("\n")
    if notes:
        ticks = fence(notes, at_least=3)
        lines += ["", f"{escaped(say(_RELEASE_NOTES))}:", "", f"{ticks}text", notes, ticks]
    return "\n".join(lines) + "\n"


def as_csv(entries: Iterable[Entry], *, say: Say, zone: tzinfo | None = UTC) -> bytes:
    """All of them for programs; see `table`. Times are in `zone` (None: the machine's)."""
    return table(_rows(entries, say, zone))


def as_xlsx(entries: Iterable[Entry], *, say: Say, zone: tzinfo | None = UTC) -> Callable[[], bytes]:
    """What makes a table of them for spreadsheets, in another thread; see `workbook`. Says everything before."""
    rows, said = _rows(entries, say, zone), sheet_words(say, _ACTIVITY)
    return lambda: workbook(rows, said)


def _rows(entries: Iterable[Entry], say: Say, zone: tzinfo | None) -> list[list[str]]:
    rows = [[say(field.title) for field in FIELDS]]
    rows += [[_written(field.value(entry), say, zone) for field in FIELDS] for entry in entries]
    return rows


def as_json(entries: Iterable[Entry]) -> bytes:
    """All of them, in UTF-8, as the module's docstring describes it. The data stand as they came."""
    told = [_json_entry(entry) for entry in entries]
    return json_file({"format": JSON_FORMAT, "version": JSON_VERSION, "entries": told})


def _json_entry(entry: Entry) -> dict[str, object]:
    intent = entry.intent
    endings = [msgspec.to_builtins(ending) for ending in entry.endings]
    for ending in endings:
        del ending["intent"]
    return {
        "id": intent.id,
        "when": msgspec.to_builtins(intent.when),
        "account": {"id": intent.account_id, "name": intent.account_name},
        "app": {"key": intent.app_key, "name": intent.app_name},
        "write": intent.write.value,
        "intended": intent.intended.value,
        "build": msgspec.to_builtins(intent.build),
        "latest_before": msgspec.to_builtins(intent.before),
        "outcome": entry.outcome.value,
        "settled": entry.settled,
        "under_way": entry.under_way,
        "ending": endings[entry.endings.index(entry.ending)] if entry.ending is not None else None,
        "endings": endings,
    }


def _written(value: Value, say: Say, zone: tzinfo | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, str | int):
        return str(value)
    return time_text(value, zone)
