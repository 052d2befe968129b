"""Tables as a workbook (.xlsx) for spreadsheets: every cell is text as it stands, no number, formula, link or colour.

In a cell that is no text, 1.10 becomes 1.1 and 0012 becomes 12. The library is loaded when a workbook is made, which is
for another thread. Must not know what the table is about.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_ROWS: Final = 1_048_576
"""Of one sheet, with its header. What is more stands on a next one."""
MOST_CHARACTERS: Final = 32_767
"""Of one cell, in units of UTF-16."""
_WIDTHS: Final = (8, 60)
"""The narrowest and the widest that a column is made, in characters."""
_CUT: Final = translate("workbook", "… (cut here: a cell holds no more; CSV and JSON have all of it)")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What a workbook says, in one language: said beforehand, because the file is made in another thread."""

    name: str
    """Of the sheet: 31 characters at most."""
    cut: str


def sheet_words(say: Callable[[Text], str], name: Text) -> SheetWords:
    """Everything that a workbook says, said by `say`."""
    return SheetWords(say(name), say(_CUT))


def workbook(rows: Iterable[Sequence[str]], said: SheetWords) -> bytes:
    """Rows of cells as a workbook; the first row is the header, which is bold and stays in sight."""
    import xlsxwriter

    content = io.BytesIO()
    # In memory: else what is exported would lie in temporary files, too.
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    text = book.add_format({"num_format": "@"})  # text, also for who edits the cell
    bold = book.add_format({"num_format": "@", "bold": True})
    header, *body = rows
    room = MOST_ROWS - 1
    for part in range(max(1, -(-len(body) // room))):
        sheet = book.add_worksheet(said.name if part == 0 else f"{said.name} {part + 1}")
        some = body[part * room : (part + 1) * room]
        for place, row in enumerate((header, *some)):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, _fitting(cell, said.cut), text if place else bold)
        for column, title in enumerate(header):
            widest = max(map(_width, (title, *(row[column] for row in some))))
            sheet.set_column(column, column, min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1]), text)
        sheet.freeze_panes(1, 0)
        # Else a green corner in each cell offers to make a number of it.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    book.close()
    return content.getvalue()


def _fitting(cell: str, cut: str) -> str:
    """`cell` as it is written."""
    cell = escape_invisible(cell)
    if len(cell) > MOST_CHARACTERS // 2:
        encoded = cell.encode("utf-16-le")
        if len(encoded) > MOST_CHARACTERS * 2:
            cell = encoded[: (MOST_CHARACTERS - len(cut)) * 2].decode("utf-16-le", "ignore") + cut
    # The library takes what stands between these for text with fonts and colours, and writes it unescaped.
    return f"{cell} " if cell.startswith("<r>") and cell.endswith("</r>") else cell


def _width(cell: str) -> int:
    """How many columns of letters the longest line takes; Chinese ones take two."""
    cell = cell[: 4 * _WIDTHS[1]]
    if cell.isascii() and "\n" not in cell:
        return len(cell)
    return max(
        sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line) for line in cell.split("\n")
    )
