"""Tables for spreadsheets in which what came from elsewhere stays text: no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from pgyer_desktop.api.escaping import escape_invisible

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
