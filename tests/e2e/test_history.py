"""All builds of an app: read, found, sorted, kept for the next start, and there without a network."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QLabel, QLineEdit, QListView, QWidget

from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.builds.model import HEADING_ROLE
from pgyer_desktop.ui.state.rows import Heading
from tests.core.history.holder import EXCLUSIVE, WRITES, held
from tests.e2e import errands
from tests.e2e.conftest import Start, running
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect, written
from tests.helpers import xlsx
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve
from tests.helpers.waiting import until
from tests.lookalike import Lookalike, furnished

_BESIDE = Qt.KeyboardModifier.ControlModifier


def status(person: Person) -> str:
    """What the line under the rows says."""
    names = ("historyStatus", "historyAside", "historyReturns") if person.sees("historyBar") else ("pageStatus",)
    return " · ".join(filter(None, (person.find(QLabel, name).text() for name in names)))


async def show_all(person: Person) -> None:
    """Change to all builds, and wait until they are all there."""
    person.trigger("actionAllBuilds")
    await until(lambda: status(person).startswith("All "))


async def test_all_builds_of_an_app_are_one_list(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        first_page = person.keys
        app = program.state.accounts.app
        assert app is not None
        await show_all(person)
        assert person.keys == list(service.build_keys(app.app_key))
        assert person.keys[:20] == first_page
        assert status(person).startswith(f"All {len(person.keys)} builds · as of ")
        assert person.latest == list(service.latest_keys(app.app_key))
        assert not person.find(QAction, "actionNextPage").isEnabled()
        person.trigger("actionAllBuilds")
        await until(lambda: person.keys == first_page)
        assert "20 builds on this page" in status(person)


def headings(person: Person) -> list[tuple[int, Heading]]:
    """The rows that are headings, from the top."""
    model = person.table.model()
    found = ((row, model.index(row, 0).data(HEADING_ROLE)) for row in range(model.rowCount()))
    return [(row, heading) for row, heading in found if isinstance(heading, Heading)]


async def test_builds_stand_under_their_versions_and_groups_open_and_close(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        assert not person.find(QAction, "actionGroupByVersion").isEnabled()
        await show_all(person)
        keys = list(service.build_keys(service.app_key("lantern")))
        program.state.accounts.open_app(service.app_key("lantern"))
        await until(lambda: person.keys == keys, seconds=60)
        versions = list(dict.fromkeys(person.build(row).version for row in range(person.rows)))
        assert 1 < len(versions) < len(keys)
        person.trigger("actionGroupByVersion")
        await until(lambda: bool(headings(person)))
        found = headings(person)
        assert [heading.version for _, heading in found] == versions
        assert sum(heading.count for _, heading in found) == len(keys)
        await until(lambda: status(person).startswith(f"All {len(keys)} builds"), seconds=60)
        # With the keyboard: close the first group, and open it again.
        person.table.setFocus()
        person.table.selectionModel().setCurrentIndex(
            person.table.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        first = found[0][1].count
        QTest.keyClick(person.table, Qt.Key.Key_Left)
        await until(lambda: person.rows == len(keys) - first + len(found))
        assert headings(person)[1][0] == 1
        assert status(person).startswith(f"All {len(keys)} builds")
        assert not program.state.situation.now().selection
        QTest.keyClick(person.table, Qt.Key.Key_Space)
        await until(lambda: person.rows == len(keys) + len(found))
        # A click on the heading does the same.
        place = person.table.visualRect(person.table.model().index(0, 0)).center()
        QTest.mouseClick(person.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        await until(lambda: person.rows == len(keys) - first + len(found))
        # What is filtered away takes its heading along.
        person.type_into("filterEdit", f"version:{versions[1]}")
        await until(lambda: [heading.version for _, heading in headings(person)] == [versions[1]])
        person.type_into("filterEdit", "")
        person.trigger("actionGroupByVersion")
        await until(lambda: person.keys == keys)


async def type_towards(person: Person, version: str) -> None:
    """A misspelled qualifier, then the right one, letter by letter; then what is none."""
    total, field = person.rows, person.find(QLineEdit, "filterEdit")
    field.setFocus()
    for letter in f"verson：{version}":
        field.insert(letter)  # QTest presses no key that is not on an English keyboard
        await asyncio.sleep(0.05)
        assert person.rows > 0, field.text()
        assert not person.sees("noMatchesPage")
    assert "Did you mean “version:”?" in status(person)
    field.clear()
    QTest.keyClicks(field, "vers")
    await until(lambda: "Nothing has “vers”. Did you mean “version:”?" in status(person))
    assert field.accessibleDescription() == "Nothing has “vers”. Did you mean “version:”?"
    QTest.keyClicks(field, "ion")
    await asyncio.sleep(0.05)
    assert person.rows >= total, "everything that is known, not only the page"
    field.insert(f"：{version}")
    await until(lambda: 0 < person.rows < total)
    field.clear()
    await until(lambda: person.rows == total)
    QTest.keyClicks(field, "nothing-of-this-kind")
    await until(lambda: person.sees("noMatchesPage"))
    field.clear()
    await until(lambda: person.rows == total)


async def test_typing_towards_a_qualifier_never_empties_the_list(start: Start) -> None:
    async with start() as (_program, person):
        await connect(person)
        version = person.build(0).version
        await type_towards(person, version)
        await show_all(person)
        await type_towards(person, version)


async def test_what_is_shown_is_exported_as_a_workbook_csv_and_json(start: Start, tmp_path: Path) -> None:
    async with start() as (_program, person):
        await connect(person)
        await show_all(person)
        total = person.rows
        version = person.build(0).version
        person.type_into("filterEdit", f"version:{version}")
        await until(lambda: 0 < person.rows < total)
        keys = person.keys
        for name in ("builds.xlsx", "builds.csv", "builds.json"):
            person.trigger("actionExport")
            dialog = person.find(QFileDialog, "exportDialog")
            assert dialog.windowTitle().startswith(f"Export everything listed: {len(keys)} build")
            assert re.fullmatch(
                r"pgyer-builds-Harbour-\d{4}-\d\d-\d\d\.xlsx", person.find(QLineEdit, "fileNameEdit", dialog).text()
            )
            dialog.setDirectory(str(tmp_path))
            dialog.selectFile(name)
            dialog.accept()
            await until((tmp_path / name).exists)
            await until(lambda: not person.window.findChildren(QFileDialog))
        header, *rows = csv.reader(io.StringIO((tmp_path / "builds.csv").read_text(encoding="utf-8-sig")))
        assert [row[header.index("Build Key")] for row in rows] == keys
        (sheet,) = xlsx.read((tmp_path / "builds.xlsx").read_bytes())
        assert sheet.rows == [header, *([cell.removeprefix("'") for cell in row] for row in rows)]
        assert (sheet.frozen_rows, sheet.other, sheet.formats) == (1, [], {"@"})
        assert [row[header.index("Latest")] for row in rows].count("Yes") == len(person.latest)
        data = json.loads((tmp_path / "builds.json").read_text(encoding="utf-8"))
        assert [build["build_key"] for build in data["builds"]] == keys
        assert data["complete"] is True
        assert data["covers"] == "all"
        person.trigger("actionAllBuilds")
        await until(lambda: "on this page" in status(person))
        person.trigger("actionExport")
        dialog = person.find(QFileDialog, "exportDialog")
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("page.json")
        dialog.accept()
        await until((tmp_path / "page.json").exists)
        data = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))
        assert (data["covers"], data["selection"]) == ("page", False)


async def test_the_dialog_says_whether_the_selection_or_everything_listed_is_written(
    start: Start, tmp_path: Path
) -> None:
    async with start() as (_program, person):
        await connect(person)
        for rows, title, button in (
            ((3,), "Export everything listed on this page: 20 builds", "Export all listed (20)"),
            ((3, 1, 5), "Export the selection: 3 builds", "Export the selection (3)"),
        ):
            for row in rows:
                person.select(row, _BESIDE if row != rows[0] else Qt.KeyboardModifier.NoModifier)
            person.trigger("actionExport")
            dialog = person.find(QFileDialog, "exportDialog")
            assert dialog.windowTitle() == title
            assert dialog.labelText(QFileDialog.DialogLabel.Accept) == button
            if len(rows) == 1:
                dialog.reject()
                await until(lambda: not person.window.findChildren(QFileDialog))
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("some.json")
        dialog.accept()
        await until((tmp_path / "some.json").exists)
        data = json.loads((tmp_path / "some.json").read_text(encoding="utf-8"))
        assert [build["build_key"] for build in data["builds"]] == [person.keys[row] for row in (1, 3, 5)]
        assert (data["selection"], data["complete"]) == (True, False)
        person.table.selectAll()
        person.trigger("actionExport")
        dialog = person.find(QFileDialog, "exportDialog")
        assert dialog.windowTitle() == "Export everything listed on this page: 20 builds"
        dialog.reject()


async def test_two_builds_are_compared_and_several_are_summed_up(start: Start) -> None:
    async with start() as (_program, person):
        await connect(person)
        await show_all(person)
        person.select(0)
        assert not person.find(QAction, "actionCompare").isEnabled()
        person.select(30, Qt.KeyboardModifier.ControlModifier)
        older, newer = person.build(30), person.build(0)
        assert person.find(QLabel, "selectionTitle").text().startswith("2 build")
        person.trigger("actionCompare")
        dialog = await person.dialog("compareDialog")
        assert older.version in person.find(QWidget, "compareOlder", dialog).accessibleName()
        assert newer.version in person.find(QWidget, "compareNewer", dialog).accessibleName()
        dialog.reject()
        person.select(40, Qt.KeyboardModifier.ControlModifier)
        assert not person.find(QAction, "actionCompare").isEnabled()
        assert not person.find(QAction, "actionSetLatest").isEnabled()


async def test_words_and_qualifiers_search_all_of_them(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        await show_all(person)
        total = person.rows
        builds = {person.keys[row]: person.build(row) for row in range(total)}
        person.type_into("filterEdit", "version:1.5")
        expected = [key for key, build in builds.items() if build.version == "1.5" or build.version.startswith("1.5.")]
        assert expected
        assert not set(expected) <= set(list(builds)[:20]), "some of them are on other pages"
        await until(lambda: person.keys == expected)
        assert f"{len(expected)} found in all {total} builds · as of " in status(person)
        assert "Esc returns to the list" in status(person)
        person.type_into("filterEdit", "size:large")
        await until(lambda: person.rows == total)
        assert "Sizes are written like size:>20MB." in status(person)
        assert "Sizes" in person.find(QLineEdit, "filterEdit").accessibleDescription()
        person.type_into("filterEdit", "no such thing")
        await until(lambda: person.sees("noMatchesPage"))
        person.click("clearFilterButton")
        await until(lambda: person.rows == total)


async def test_they_are_sorted_by_any_column_and_the_selection_stays(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        await show_all(person)
        person.select(3)
        chosen = person.keys[3]
        sizes = sorted(person.build(row).size or 0 for row in range(person.rows))
        header = person.find(QHeaderView, "buildTableHeader")
        header.setSortIndicator(3, Qt.SortOrder.AscendingOrder)
        await until(lambda: [person.build(row).size for row in range(person.rows)] == sizes)
        (row,) = person.table.selectionModel().selectedRows()
        assert person.keys[row.row()] == chosen


async def test_a_promotion_in_the_whole_list_moves_the_mark(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        await show_all(person)
        app = program.state.accounts.app
        assert app is not None
        target = person.rows - 3
        key = person.keys[target]
        person.select(target)
        person.trigger("actionSetLatest")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: service.latest_keys(app.app_key) == (key,))
        await until(lambda: not program.state.situation.now().busy_keys)
        person.trigger("actionRefresh")
        await until(lambda: person.latest == [key])
        assert written(service)["setNewestVersion"] == 1


async def test_without_a_network_the_next_start_shows_what_is_known_and_changes_nothing(
    tmp_path: Path, service: SandboxService, qapp: object, allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop")
    keys = MemoryStore()
    async with serve(SandboxApp(service)) as server:
        options = Options(api_url=server.api_url, icon_url=server.icon_url)
        program = Program(options, profile_in(tmp_path), keys)
        program.window.show()
        await program.prepare()
        program.start()
        person = Person(program.window)
        await connect(person)
        await show_all(person)
        everything = person.keys
        program.window.close()
        await program.aclose()
    program = Program(options, profile_in(tmp_path), keys)
    try:
        program.window.show()
        await program.prepare()
        program.start()
        person = Person(program.window)
        await until(lambda: person.keys == everything)
        # Of the apps or of the builds: both are read anew, and one notice shows.
        await until(lambda: "cannot be reached" in person.notice)
        await until(lambda: "as of" in status(person))
        person.select(2)
        for name in ("actionDelete", "actionSetLatest"):
            action = person.find(QAction, name)
            assert not action.isEnabled()
            assert "Refresh before you change" in action.toolTip()
        assert person.find(QAction, "actionCopyLink").isEnabled()
        person.type_into("filterEdit", "version:1.5")
        await until(lambda: 0 < person.rows < len(everything))
        person.type_into("filterEdit", "")
        await until(lambda: person.keys == everything)
        person.trigger("actionAllBuilds")
        await until(lambda: person.keys == everything[:20])
    finally:
        program.window.close()
        await program.aclose()


async def test_opening_an_app_again_shows_it_at_once_and_then_what_is_new(
    start: Start, service: SandboxService
) -> None:
    async with start() as (program, person):
        await connect(person)
        harbour = person.keys
        lantern = service.app_key("lantern")
        program.state.accounts.open_app(lantern)
        await until(lambda: person.keys != harbour and person.rows > 0 and not program.state.page.loading)
        await asyncio.sleep(0.1)
        service.latency = 0.6
        new = service.publish_build(service.app_key("harbour"))
        program.state.accounts.open_app(service.app_key("harbour"))
        await until(lambda: person.keys == harbour)
        assert program.state.page.loading, "the service has not answered yet"
        person.select(4)
        chosen = person.keys[4]
        await until(lambda: person.keys[0] == new)
        assert person.find(QAction, "actionDelete").isEnabled()
        (row,) = person.table.selectionModel().selectedRows()
        assert person.keys[row.row()] == chosen


@pytest.mark.parametrize("typed", ["siz"])
async def test_qualifiers_are_offered_while_typing(start: Start, typed: str) -> None:
    async with start() as (_program, person):
        await connect(person)
        field = person.find(QLineEdit, "filterEdit")
        field.setFocus()
        QTest.keyClicks(field, typed)
        (offered,) = (view for view in QApplication.topLevelWidgets() if view.objectName() == "searchSuggestions")
        assert isinstance(offered, QListView)
        assert offered.isVisible()
        assert offered.model().rowCount() == 1
        assert str(offered.model().index(0, 0).data()).startswith("size:")
        QTest.keyClick(field, Qt.Key.Key_Escape)


async def test_a_history_that_another_program_holds_at_the_start_shows_what_is_on_the_disk(
    start: Start, server: SandboxServer, service: SandboxService, tmp_path: Path
) -> None:
    keys = MemoryStore()
    async with start(keys) as (_program, person):
        await connect(person)
        shown = person.keys
        await until((tmp_path / "profile" / "settings.json").exists)
    file = tmp_path / "profile" / "history.sqlite3"
    service.fail_next("builds", delay=30)
    with held(file, EXCLUSIVE):
        async with start(keys) as (program, person):
            await until(lambda: person.keys == shown, seconds=4)
            view = program.state.page.view
            assert view is not None
            assert view.stored
            await until(lambda: "Another program is using the history" in person.notice, seconds=4)


async def test_a_history_that_another_program_holds_is_said_at_once_and_no_longer_once_it_can_be_written(
    start: Start, tmp_path: Path
) -> None:
    async with start() as (program, person):
        await connect(person)
        await until(lambda: not program.state.tasks.is_running("prefetch"))
        first = person.keys
        with held(tmp_path / "profile" / "history.sqlite3", WRITES):
            person.click("pageNext")
            await until(lambda: person.keys != first)
            await until(lambda: "Another program is using the history" in person.notice, seconds=4)
            assert person.rows == 20
        person.trigger("actionRefresh")
        await until(lambda: not person.notice)


async def test_what_was_read_earlier_is_searched_while_the_key_is_not_here(tmp_path: Path, qapp: object) -> None:
    with Lookalike(furnished()) as service:
        kettle = service.world.app("Kettle")
        async with running(service, tmp_path, MemoryStore()) as (program, person):
            await errands.connect(person, service.world.accounts[0].key)
            await until(lambda: program.state.page.view is not None and not program.state.page.loading)
            await until(lambda: not any("keep " in key for key in program.state.tasks._current))
            wanted = person.build(3)
        async with running(service, tmp_path, MemoryStore()) as (program, person):  # the keyring has lost it
            await until(lambda: program.state.accounts.has_no_key and person.rows > 0)
            shown = person.keys
            assert person.find(QAction, "actionFind").isEnabled()
            person.type_into("filterEdit", wanted.build_number)
            await until(lambda: person.keys == [wanted.build_key])
            assert "1 found" in person.find(QLabel, "historyStatus").text()
            assert not person.sees("historyButton"), "there is nobody to read the rest"
            assert not person.find(QAction, "actionDelete").isEnabled()
            person.type_into("filterEdit", "nothing like it")
            await until(lambda: person.sees("clearFilterButton"))
            QTest.keyClick(person.find(QLineEdit, "filterEdit"), Qt.Key.Key_Escape)
            await until(lambda: person.keys == shown)
        assert len(kettle.builds) == 47
