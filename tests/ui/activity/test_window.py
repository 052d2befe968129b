"""The Activity view at work: finding, reading, copying and exporting what was changed."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QListView, QPushButton, QWidget

from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.ui.activity.window import ActivityWindow
from pgyer_desktop.ui.base.i18n import Language, Translators
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList
from tests.core.activity.values import BUILD, deletion, done
from tests.helpers import xlsx
from tests.helpers.keys import press
from tests.helpers.waiting import until
from tests.ui.widgets.dialog.found import find
from tests.ui.widgets.keys.reading import has_ring, not_as_read, walk


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.open(tmp_path / "journal.jsonl")


async def write(journal: Journal, version: str, outcome: Outcome | None = Outcome.DONE) -> str:
    """Write down a deletion, and how it ended unless None; the record's id."""
    what = deletion(replace(BUILD, version=version))
    await journal.record(what)
    if outcome is not None:
        await journal.end(done(what, outcome))
    return what.id


@asynccontextmanager
async def opened(journal: Journal) -> AsyncIterator[ActivityWindow]:
    """The window, open; closed in order."""
    parent, icons = QWidget(), IconLoader()
    window = ActivityWindow(lambda: journal, icons, parent)
    window.show()
    try:
        yield window
    finally:
        window.close()
        await window.aclose()
        await icons.aclose()
        parent.deleteLater()


def titles(window: ActivityWindow) -> list[str]:
    """The rows, from the top."""
    model = find(window, QListView, "activityList").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def fields(window: ActivityWindow) -> dict[str, str]:
    """What the details show."""
    return dict(find(window, FieldList, "activityFields").fields)


@pytest.fixture(autouse=True)
def _english(qapp: object) -> Iterator[None]:
    translators = Translators()
    translators.use(Language.ENGLISH)
    yield
    translators.use(Language.ENGLISH)


async def test_an_empty_journal_says_so_and_offers_nothing_to_export(journal: Journal) -> None:
    async with opened(journal) as window:
        assert find(window, QWidget, "activityNothing").isVisible()
        assert not find(window, QPushButton, "activityExport").isEnabled()
        assert not find(window, QLineEdit, "activityFilterEdit").isEnabled()


async def test_the_newest_change_shows_first_and_whole(journal: Journal) -> None:
    await write(journal, "1.4.4")
    await write(journal, "1.4.5", Outcome.CONTRADICTED)
    async with opened(journal) as window:
        assert titles(window) == ["Delete: 1.4.5 (145)", "Delete: 1.4.4 (145)"]
        shown = fields(window)
        assert shown["Version"] == "1.4.5"
        assert shown["Outcome"] == "Contradicted"
        assert shown["Latest before"] == "1.4.4 (144)"
        assert shown["Release notes"] == BUILD.notes, "a deleted build can still be read about"
        assert "otherwise" in find(window, QLabel, "activitySentence").text()
        assert find(window, QLabel, "activityStatus").text() == "2 changes"


async def test_a_number_that_names_something_has_no_groups(journal: Journal) -> None:
    what = deletion(replace(BUILD, pgyer_build=12345, downloads=12345))
    await journal.record(what)
    await journal.end(replace(done(what, Outcome.NOT_DONE), code=1079))
    async with opened(journal) as window:
        shown = fields(window)
        assert (shown["Pgyer's code"], shown["Pgyer build"], shown["Downloads"]) == ("1079", "12345", "12,345")
        QTest.keyClicks(find(window, QLineEdit, "activityFilterEdit"), "1079")
        await until(lambda: len(titles(window)) == 1)


async def test_f6_goes_from_part_to_part(journal: Journal) -> None:
    await write(journal, "1.4.4")
    async with opened(journal) as window:
        window.activateWindow()
        await until(window.isActiveWindow)
        seen = []
        for keys in ("F6", "F6", "F6", "Shift+F6"):
            press(keys, window)
            seen.append(window.focusWidget().objectName())
        assert seen == ["activityCopyMarkdown", "activityFilterEdit", "activityList", "activityFilterEdit"]


async def test_what_is_written_while_it_is_open_shows_and_the_selection_stays(journal: Journal) -> None:
    await write(journal, "1.4.4")
    async with opened(journal) as window:
        await write(journal, "1.4.5", None)
        await until(lambda: len(titles(window)) == 2)
        assert fields(window)["Version"] == "1.4.4"


async def test_what_another_window_writes_shows_too(journal: Journal, tmp_path: Path) -> None:
    await write(journal, "1.4.4")
    async with opened(journal) as window:
        await write(Journal.open(tmp_path / "journal.jsonl"), "1.4.5")
        await until(lambda: titles(window) == ["Delete: 1.4.5 (145)", "Delete: 1.4.4 (145)"])


async def test_words_and_outcome_find_a_change_and_one_button_shows_all_again(journal: Journal) -> None:
    await write(journal, "1.4.4", Outcome.NOT_DONE)
    await write(journal, "1.4.5")
    async with opened(journal) as window:
        QTest.keyClicks(find(window, QLineEdit, "activityFilterEdit"), "1.4.5")
        assert titles(window) == ["Delete: 1.4.5 (145)"]
        assert find(window, QLabel, "activityStatus").text() == "1 of 2 changes"
        outcomes = find(window, QComboBox, "activityOutcomeFilter")
        outcomes.setCurrentIndex(outcomes.findData(Outcome.NOT_DONE))
        assert titles(window) == []
        assert find(window, QWidget, "activityNoMatches").isVisible()
        QTest.mouseClick(find(window, QPushButton, "activityClearFilter"), Qt.MouseButton.LeftButton)
        assert len(titles(window)) == 2


async def test_a_change_is_copied_as_markdown_for_a_ticket(journal: Journal) -> None:
    await write(journal, "1.4.5")
    async with opened(journal) as window:
        QTest.mouseClick(find(window, QPushButton, "activityCopyMarkdown"), Qt.MouseButton.LeftButton)
        copied = QGuiApplication.clipboard().text()
        assert copied.startswith("### Delete `1.4.5 (145)`")
        assert "- Outcome: Done" in copied


async def chosen(window: ActivityWindow, path: Path) -> None:
    """Choose this file in the dialog that "Export" opens."""
    QTest.mouseClick(find(window, QPushButton, "activityExport"), Qt.MouseButton.LeftButton)
    dialog = find(window, QFileDialog, "exportDialog")
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()


async def test_what_is_listed_is_exported_as_a_workbook_csv_or_json(journal: Journal, tmp_path: Path) -> None:
    await write(journal, "1.4.4")
    kept = await write(journal, "1.4.5")
    async with opened(journal) as window:
        QTest.keyClicks(find(window, QLineEdit, "activityFilterEdit"), "1.4.5")
        for name in ("activity.xlsx", "activity.csv", "activity.json"):
            await chosen(window, tmp_path / name)
            await until((tmp_path / name).exists)
    header, *rows = csv.reader(io.StringIO((tmp_path / "activity.csv").read_text(encoding="utf-8-sig")))
    assert [row[header.index("Version")] for row in rows] == ["1.4.5"]
    (sheet,) = xlsx.read((tmp_path / "activity.xlsx").read_bytes())
    assert sheet.rows == [header, *rows]
    assert (sheet.name, sheet.frozen_rows, sheet.bold, sheet.other) == ("Activity", 1, [True, False], [])
    data = json.loads((tmp_path / "activity.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in data["entries"]] == [kept]


async def test_the_dialog_says_how_many_changes_are_written_and_the_name_says_the_app_and_the_day(
    journal: Journal,
) -> None:
    await write(journal, "1.4.4")
    await write(journal, "1.4.5")
    async with opened(journal) as window:
        QTest.keyClicks(find(window, QLineEdit, "activityFilterEdit"), "1.4.5")
        QTest.mouseClick(find(window, QPushButton, "activityExport"), Qt.MouseButton.LeftButton)
        dialog = find(window, QFileDialog, "exportDialog")
        assert dialog.windowTitle() == "Export everything listed: 1 change"
        assert dialog.labelText(QFileDialog.DialogLabel.Accept) == "Export all listed (1)"
        name = find(dialog, QLineEdit, "fileNameEdit").text()
        assert re.fullmatch(r"pgyer-activity-Harbour-\d{4}-\d\d-\d\d\.xlsx", name), name
        dialog.reject()


async def test_a_file_that_cannot_be_written_is_said_until_it_is_read(journal: Journal, tmp_path: Path) -> None:
    await write(journal, "1.4.5")
    async with opened(journal) as window:
        (tmp_path / "folder.csv").mkdir()
        window._saver.save(tmp_path / "folder.csv", bytes)
        problem = find(window, QWidget, "activityProblem")
        await until(problem.isVisible)
        assert "folder.csv could not be written" in problem.accessibleName()
        await asyncio.sleep(1.2)
        assert problem.isVisible(), "looking at the journal again takes it away"


async def test_damage_of_the_journal_is_said_over_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal.open(path)
    await write(journal, "1.4.5")
    path.write_bytes(path.read_bytes() + b"not a record\n")
    async with opened(Journal.open(path)) as window:
        assert titles(window) == ["Delete: 1.4.5 (145)"]
        assert "cannot be read" in find(window, QWidget, "activityProblem").accessibleName()


async def test_it_is_in_the_language_that_is_on(journal: Journal) -> None:
    await write(journal, "1.4.5")
    translators = Translators()
    translators.use(Language.CHINESE)
    try:
        async with opened(journal) as window:
            assert window.windowTitle() == "操作记录"
            outcomes = find(window, QComboBox, "activityOutcomeFilter")
            assert [outcomes.itemText(place) for place in (0, 1)] == ["所有结果", "已完成"]
    finally:
        translators.use(Language.ENGLISH)


async def test_esc_closes_it(journal: Journal) -> None:
    await write(journal, "1.4.5")
    async with opened(journal) as window:
        await asyncio.sleep(0.01)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.isVisible()


async def test_the_keyboard_goes_as_one_reads_and_shows_where_it_is(journal: Journal) -> None:
    await write(journal, "1.4.4")
    async with opened(journal) as window:
        await until(window.isActiveWindow)
        seen = walk(window)
        assert not_as_read(window, seen) == []
        names = [one.objectName() for one in seen]
        start = names.index("activityFilterEdit")
        assert names[start:] + names[:start] == [
            *("activityFilterEdit", "activityOutcomeFilter", "activityExport", "activityList"),
            *("qt_splithandle_activityDetails", "activityCopyMarkdown", "activityFields"),
        ]
        for stop in seen:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            assert has_ring(window), stop.objectName()
