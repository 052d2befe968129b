"""Reads a workbook as a spreadsheet does, from its XML alone, and says what is in it besides text."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Sheet:
    """One sheet."""

    name: str
    rows: list[list[str]]
    widths: list[float]
    frozen_rows: int
    bold: list[bool]
    """Of each row, whether all its cells are."""
    formats: set[str]
    """The number formats of all cells: "@" is text."""
    other: list[str]
    """Cells that are no text, and everything that is computed, linked or coloured."""


def read(data: bytes) -> list[Sheet]:
    """All sheets of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        parts = {name: ET.fromstring(packed.read(name)) for name in packed.namelist() if "xml" in name}  # noqa: S314 - written here
    strings = [_text_of(entry) for entry in _all(parts["xl/sharedStrings.xml"], "si")]
    names = [str(sheet.get("name")) for sheet in _all(parts["xl/workbook.xml"], "sheet")]
    looks = list(_looks(parts["xl/styles.xml"]))
    sheets = [parts[f"xl/worksheets/sheet{number + 1}.xml"] for number in range(len(names))]
    extra = [
        name for name in parts if not re.match(r"\[Content|_rels/|docProps/|xl/(_rels/|work|style|shared|theme)", name)
    ]
    linked = [name for name in parts if "worksheets/_rels" in name]
    return [_sheet(*pair, strings, looks, [*extra, *linked]) for pair in zip(names, sheets, strict=True)]


def _sheet(
    name: str, root: Element, strings: list[str], looks: list[tuple[str, bool, bool]], extra: list[str]
) -> Sheet:
    rows, bold, formats, other = [], [], set(), [name for name in extra if not name.startswith("xl/worksheets/sheet")]
    for row in _all(root, "row"):
        cells, all_bold = [], True
        for cell in _all(row, "c"):
            kind, value = cell.get("t"), cell.find(f"{_SHEETS}v")
            form, is_bold, plain = looks[int(cell.get("s", "0"))]
            if kind != "s" or value is None or cell.find(f"{_SHEETS}f") is not None or not plain:
                other.append(f"{cell.get('r')}: {kind}")
            cells.append(strings[int(value.text or "")] if kind == "s" and value is not None else "")
            formats.add(form)
            all_bold &= is_bold
        rows.append(cells)
        bold.append(all_bold)
    for kind in ("hyperlink", "conditionalFormatting", "drawing", "f"):
        other += [kind for _ in _all(root, kind)]
    pane = next(_all(root, "pane"), None)
    frozen = int(pane.get("ySplit", "0")) if pane is not None and pane.get("state") == "frozen" else 0
    widths = [float(column.get("width", "0")) for column in _all(root, "col")]
    return Sheet(name, rows, widths, frozen, bold, formats, other)


def _looks(styles: Element) -> Iterator[tuple[str, bool, bool]]:
    """Of each cell format: its number format, whether it is bold, and whether it has no colour of its own."""
    fonts = list(_all(next(_all(styles, "fonts")), "font"))
    custom = {entry.get("numFmtId"): str(entry.get("formatCode")) for entry in _all(styles, "numFmt")}
    for form in _all(next(_all(styles, "cellXfs")), "xf"):
        font = fonts[int(form.get("fontId", "0"))]
        number = form.get("numFmtId", "0")
        plain = form.get("fillId", "0") == "0" and all(color.get("theme") == "1" for color in _all(font, "color"))
        yield "@" if number == "49" else custom.get(number, number), next(_all(font, "b"), None) is not None, plain


def _text_of(entry: Element) -> str:
    assert next(_all(entry, "r"), None) is None, "text with fonts"
    text = "".join(part.text or "" for part in _all(entry, "t"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _all(root: Element, kind: str) -> Iterator[Element]:
    return root.iter(f"{_SHEETS}{kind}")
