"""What is written for other programs: tables for spreadsheets, Markdown for tickets, JSON.

What came from elsewhere stays text in all of them: no cell is taken for a formula, and no markup, link or mention is
made of it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

from pgyer_desktop.api.escaping import escape_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for the system's old encoding
_FORMULA_STARTS = frozenset("=+-@")
_LOOK_ALIKES = {"\u2212": "-"}  # the minus sign, which compatibility forms do not cover


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as RFC 4180 says: UTF-8 with a byte order mark, every cell quoted."""
    buffer = io.StringIO(newline="")
    buffer.write(_BYTE_ORDER_MARK)
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(text) for text in row])
    return buffer.getvalue().encode("utf-8")


def json_file(value: Mapping[str, object]) -> bytes:
    """An object as a file that people can read too, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    # Half a surrogate pair has no UTF-8, but Python's way to write it is JSON's too.
    return text.encode("utf-8", "backslashreplace")


def time_text(moment: datetime, zone: tzinfo | None) -> str:
    """A time in `zone` (None: the machine's), in ISO 8601 with a blank: "2026-01-02 15:30:00+08:00"."""
    # The last hours that there are, from a service that sends nonsense, do not exist in every zone.
    with suppress(OverflowError):
        moment = moment.astimezone(zone)
    return moment.isoformat(sep=" ", timespec="seconds")


def escaped(text: str) -> str:
    """One line of text that stays text in Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&!$@])", r"\\\1", _one_line(text))


def code(text: str) -> str:
    """One line as inline code, in which Markdown and the ticket systems find nothing to act on."""
    text = _one_line(text) or "-"
    ticks = fence(text, at_least=1)
    # A space at either end is taken off again by whoever reads it.
    return f"{ticks} {text} {ticks}" if "`" in (text[0], text[-1]) else f"{ticks}{text}{ticks}"


def fence(text: str, *, at_least: int) -> str:
    """The backticks around code in Markdown: more of them than stand together in `text`."""
    return "`" * max(at_least, *(len(run) + 1 for run in re.findall("`+", text)), 0)


def _one_line(text: str) -> str:
    return " ".join(escape_invisible(text).split())


def cell(text: str) -> str:
    """`text` for a cell; one that a spreadsheet could take for a formula starts with an apostrophe."""
    text = escape_invisible(text)
    return f"'{text}" if _may_be_formula(text) else text


def _may_be_formula(text: str) -> bool:
    """Whether a spreadsheet could compute the cell: it looks past blanks, and some take full-width signs for signs."""
    if text[:1] in {"\t", "\n"}:
        return True
    start = next((ch for ch in text if unicodedata.category(ch)[0] not in "ZC"), "")
    start = _LOOK_ALIKES.get(start, start)
    return unicodedata.normalize("NFKC", start)[:1] in _FORMULA_STARTS
