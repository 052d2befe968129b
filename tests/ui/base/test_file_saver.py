"""The dialog that saves says what is written, what each format is for, and proposes a name that says app and day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pgyer_desktop.ui.base.file_saver import FileSaver, Format, Wanted, format_of, in_file_name
from tests.helpers.waiting import until

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def asked(window: QWidget, wanted: Wanted) -> tuple[FileSaver, QFileDialog]:
    saver = FileSaver(window)
    saver.ask(wanted, lambda path: format_of(path).value.encode)
    dialog = window.findChild(QFileDialog, "exportDialog")
    assert dialog is not None
    return saver, dialog


async def test_what_is_written_and_what_each_format_is_for_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    saver, dialog = asked(window, Wanted("Export the selection: 3 builds", "Export 3", "pgyer-builds", "云帆: 2/3"))
    assert dialog.windowTitle() == "Export the selection: 3 builds"
    assert dialog.labelText(QFileDialog.DialogLabel.Accept) == "Export 3"
    endings = [words[words.index("(") :] for words in dialog.nameFilters()]
    assert endings == ["(*.xlsx)", "(*.csv)", "(*.json)"]
    assert ["spreadsheets" in words for words in dialog.nameFilters()] == [True, False, False]
    assert ["programs" in words for words in dialog.nameFilters()] == [False, True, True]
    day = f"{datetime.now().astimezone():%Y-%m-%d}"
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    assert name.text() == f"pgyer-builds-云帆-2-3-{day}.xlsx"
    dialog.setDirectory(str(tmp_path))
    for words, form in zip(dialog.nameFilters(), Format, strict=True):
        dialog.filterSelected.emit(words)
        assert name.text() == f"pgyer-builds-云帆-2-3-{day}.{form.value}"
        assert dialog.defaultSuffix() == form.value
    name.setText("my.own")
    dialog.filterSelected.emit(dialog.nameFilters()[0])
    assert name.text() == "my.own"
    name.setText("mine")
    dialog.accept()
    await until((tmp_path / "mine.xlsx").exists)
    assert (tmp_path / "mine.xlsx").read_bytes() == b"xlsx"
    await saver.aclose()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.xlsx", Format.XLSX),
        ("A.XLSX", Format.XLSX),
        ("a.csv", Format.CSV),
        ("a.json", Format.JSON),
        ("a", Format.CSV),
    ],
)
def test_the_end_of_the_name_says_what_is_written(name: str, form: Format) -> None:
    assert format_of(Path(name)) is form


@pytest.mark.parametrize(
    ("app", "part"),
    [
        ("Harbour", "Harbour"),
        ("Harbour Test 2", "Harbour-Test-2"),
        ("云帆（测试）", "云帆（测试）"),
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("../../etc", "etc"),
        (" . ", ""),
        ("", ""),
        ("line\nbreak\u202e\u0000", "line-break"),
        ("half \ud83d", "half"),
        ("ends with a dot.", "ends-with-a-dot"),
    ],
)
def test_an_apps_name_is_a_part_of_a_files_name_on_every_system(app: str, part: str) -> None:
    assert in_file_name(app) == part


def test_a_long_name_leaves_room_for_the_rest(tmp_path: Path) -> None:
    for app in ("x" * 300, "云" * 300, "🚀" * 300):
        part = in_file_name(app)
        assert app.startswith(part)
        (tmp_path / f"pgyer-builds-{part}-2026-11-29.xlsx").write_bytes(b"")
