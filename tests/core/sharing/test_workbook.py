"""A workbook holds text alone, as it stands, under a header that stays in sight."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.sharing import workbook as module
from pgyer_desktop.core.sharing.workbook import MOST_CHARACTERS, SheetWords, workbook
from tests.helpers.xlsx import read

SAID = SheetWords("Builds", "… (cut)")


def cells(*texts: str) -> list[str]:
    """What a spreadsheet reads of these, written under a header."""
    (sheet,) = read(workbook([["Title"], *([text] for text in texts)], SAID))
    assert sheet.other == []
    assert sheet.formats == {"@"}
    return [row[0] for row in sheet.rows[1:]]


@pytest.mark.parametrize(
    "text",
    [
        "1.10",
        "0012",
        "1e5",
        "2026-11-29",
        "12%",
        "TRUE",
        "=1+1",
        '=HYPERLINK("http://example.test","x")',
        "+1",
        "-1",
        "@SUM(A1)",
        "https://example.test/x",
        "mailto:somebody@example.test",
        "{=1}",
        "",
        " blanks at both ends ",
        "two\nlines\tand a tab",
        "_x0041_",
        "<b>&amp;</b>",
        "云帆 🚀",
        "\ufffe\uffff",
        "'quoted",
    ],
)  # fmt: skip
def test_every_cell_is_text_as_it_stands(text: str) -> None:
    assert cells(text) == [text]


@pytest.mark.parametrize("text", ["<r><t>x</t></r>", "<r><rPr><color rgb='FFFF0000'/></rPr><t>x</t></r>", "<r>&</r>"])
def test_what_looks_like_the_librarys_own_text_with_fonts_is_text(text: str) -> None:
    assert cells(text) == [f"{text} "]


def test_what_nobody_would_see_is_shown_by_its_code() -> None:
    assert cells("a\u202eb\x07\ud800") == ["a⟨U+202E⟩b⟨U+0007⟩⟨U+D800⟩"]


@given(st.lists(st.text(st.characters(codec=None), max_size=30), min_size=1, max_size=8))
def test_whatever_is_in_the_cells_can_be_read_and_is_there(texts: list[str]) -> None:
    expected = [escape_invisible(text) for text in texts]
    assert [cell.removesuffix(" ") for cell in cells(*texts)] == [cell.removesuffix(" ") for cell in expected]


@pytest.mark.parametrize("text", ["x" * 40_000, "🚀" * 20_000])
def test_what_no_cell_holds_is_cut_and_says_so(text: str) -> None:
    (cell,) = cells(text)
    assert len(cell.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert cell.endswith("… (cut)")
    assert text.startswith(cell.removesuffix("… (cut)"))
    assert len(cell.encode("utf-16-le")) // 2 > MOST_CHARACTERS - 10
    assert cells("x" * MOST_CHARACTERS) == ["x" * MOST_CHARACTERS]


def test_the_header_is_bold_and_stays_and_columns_are_as_wide_as_they_need() -> None:
    (sheet,) = read(workbook([["Version", "Notes", "Name"], ["1.4.5", "word " * 100, "云帆云帆云帆"]], SAID))
    assert sheet.name == "Builds"
    assert sheet.bold == [True, False]
    assert sheet.frozen_rows == 1
    version, notes, name = sheet.widths
    assert 8 <= version < 12
    assert 60 <= notes < 62
    assert 13 <= name < 17


def test_a_table_without_rows_has_its_header() -> None:
    (sheet,) = read(workbook([["Version"]], SAID))
    assert sheet.rows == [["Version"]]


def test_rows_that_no_sheet_holds_stand_on_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    sheets = read(workbook([["n"], *([str(n)] for n in range(5))], SAID))
    assert [sheet.name for sheet in sheets] == ["Builds", "Builds 2", "Builds 3"]
    assert [[row[0] for row in sheet.rows] for sheet in sheets] == [["n", "0", "1"], ["n", "2", "3"], ["n", "4"]]


def test_the_library_is_loaded_when_a_workbook_is_made() -> None:
    code = (
        "import sys\nfrom pgyer_desktop.core.sharing.workbook import SheetWords, workbook\n"
        "before = 'xlsxwriter' in sys.modules\nworkbook([['x']], SheetWords('x', ''))\n"
        "print(before, 'xlsxwriter' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout.split() == ["False", "True"]
