"""Everything is a few letters away: apps, builds, actions and settings, whatever is open."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QWidget

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.goto.places import SETTINGS
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.store import HistoryError, HistoryFault
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.goto.popup import GoToPopup
from pgyer_desktop.ui.goto.rows import ACTIONS
from pgyer_desktop.ui.widgets.pickers.item import PickerItem
from tests.helpers.waiting import until
from tests.ui.rig import Rig, content_of, opened, windowed
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.e2e.person import Person


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


def popup(person: Person) -> GoToPopup:
    return person.find(GoToPopup, "goToPopup")


async def quiet(person: Person) -> None:
    """Wait until nothing is being looked for any more."""
    tasks = content_of(person.window).flows.goto._tasks
    await until(lambda: not any(tasks.is_running(key) for key in ("numbers", "find")))


async def come(rig: Rig, person: Person, first: str) -> None:
    """Start, and have the open app's page in the history."""
    rig.state.accounts.start()
    await rig.shows(*first.split())
    await rig.quiet()
    app = rig.state.accounts.open
    assert app is not None
    history = app.history
    assert history is not None
    await until(lambda: history.summary()[0].builds > 0)


async def begin(person: Person, letters: str = "") -> GoToPopup:
    person.trigger("actionGoTo")
    if letters.isascii():
        QTest.keyClicks(popup(person).search, letters)
    else:
        popup(person).search.insert(letters)
    await quiet(person)
    return popup(person)


def entries(found: GoToPopup) -> list[str]:
    """Headings, and the keys under them."""
    all_rows = [found.model.entry(row) for row in range(found.model.rowCount())]
    return [entry.key if isinstance(entry, PickerItem) else entry for entry in all_rows]


def item(found: GoToPopup, key: str) -> PickerItem:
    entry = found.model.item(key)
    assert entry is not None
    return entry


def selected(rig: Rig) -> list[str]:
    return [build.build_key for build in rig.state.situation.now().selection]


def press(found: GoToPopup, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(found.search, key)


async def test_an_app_a_few_letters_and_enter_away(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1, lantern=1, beacon=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        found = await begin(person, "lnt")
        assert entries(found)[:2] != ["Apps", "app:lantern"], "letters inside of a word are no beginnings"
        found.search.setText("la")
        await quiet(person)
        assert entries(found)[:2] == ["Apps", "app:lantern"]
        press(found, Qt.Key.Key_Return)
        await rig.shows("lantern1")
        assert not found.isVisible()
        assert QApplication.focusWidget() is person.table


async def test_without_letters_apps_come_first_and_the_open_one_last_of_the_recent(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(**dict.fromkeys("abcdefg", 1)))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "a1")
        rig.state.accounts.open_app("c")
        await rig.shows("c1")
        found = await begin(person)
        assert entries(found)[:6] == ["Apps: 5 of 7", "app:a", "app:c", "app:b", "app:d", "app:e"]
        assert item(found, "app:c").aside == "open now"
        headings = [entry for entry in entries(found) if ":" not in entry]
        assert headings == ["Actions", "Settings"]
        press(found, Qt.Key.Key_Return)
        await rig.shows("a1")


async def test_a_build_is_found_by_its_version_and_selected(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=3, lantern=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour3 harbour2 harbour1")
        found = await begin(person, "1.4.2")
        assert entries(found)[:2] == ["Builds", "build:harbour/harbour2"]
        assert item(found, "build:harbour/harbour2").title == "1.4.2 (102)"
        assert item(found, "build:harbour/harbour2").subtitle == "Harbour · #2"
        press(found, Qt.Key.Key_Return)
        await until(lambda: selected(rig) == ["harbour2"])
        found = await begin(person, "har 103")
        assert entries(found)[1] == "build:harbour/harbour3"
        assert "what users get" in item(found, "build:harbour/harbour3").subtitle
        found.close()
        found = await begin(person)
        assert entries(found)[3:5] == ["Builds", "build:harbour/harbour2"], "it is offered again"
        found.close()


async def test_a_build_on_another_page_and_of_another_app_is_gone_to(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, lantern=8)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        rig.state.accounts.open_app("lantern")
        await rig.shows("lantern8", "lantern7", "lantern6")
        rig.state.page.go_to_page(2)
        await rig.shows("lantern5", "lantern4", "lantern3")
        await rig.quiet()
        rig.state.accounts.open_app("harbour")
        await rig.shows("harbour1")
        found = await begin(person, "lan 1.4.4")
        assert entries(found)[:2] == ["Builds", "build:lantern/lantern4"]
        press(found, Qt.Key.Key_Return)
        await rig.shows("lantern5", "lantern4", "lantern3")
        await until(lambda: selected(rig) == ["lantern4"])
        assert not person.find(QAction, "actionAllBuilds").isChecked()


async def test_a_build_whose_page_is_not_certain_is_shown_among_all(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=12)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour12 harbour11 harbour10")
        rig.state.page.go_to_page(4)
        await rig.shows("harbour3", "harbour2", "harbour1")
        await rig.quiet()
        await begin(person)  # lets what was read be kept
        popup(person).close()
        rig.state.page.go_to_page(1)
        await rig.shows("harbour12", "harbour11", "harbour10")
        found = await begin(person, "1.4.2")
        press(found, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
        await until(lambda: selected(rig) == ["harbour2"])
        assert person.find(QAction, "actionAllBuilds").isChecked()


async def test_a_build_that_is_there_no_more_is_told_of(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=2)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour2 harbour1")
        content_of(person.window).flows.goto.build_chosen.emit("harbour", "never-there")
        await until(lambda: "no longer known" in person.notice)


async def test_a_build_in_a_closed_group_is_gone_to(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=3))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour3 harbour2 harbour1")
        person.trigger("actionAllBuilds")
        await until(lambda: person.rows == 3)
        person.trigger("actionGroupByVersion")
        await until(lambda: person.rows == 6)
        history = content_of(person.window).flows.history
        for heading in (4, 2, 0):
            history.toggle_group(heading)
        assert person.rows == 3
        person.type_into("filterEdit", "1.4.3")
        press(await begin(person, "102"), Qt.Key.Key_Return)
        await until(lambda: selected(rig) == ["harbour2"])
        assert not person.notice


async def test_an_app_that_is_in_no_list_is_there_while_it_is_open(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, hidden=2)
    client.listed.remove("hidden")
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start(app_key="hidden")
        await rig.shows("hidden2", "hidden1")
        await rig.quiet()
        found = await begin(person, "hid")
        assert entries(found)[1] == "app:hidden"
        found.search.setText("1.4.1")
        await quiet(person)
        assert entries(found) == ["Builds", "build:hidden/hidden1"]
        found.close()


async def test_whoever_turns_elsewhere_is_not_taken_to_the_build(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=12)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour12 harbour11 harbour10")
        for page, first in ((2, 9), (3, 6)):
            rig.state.page.go_to_page(page)
            await rig.shows(*(f"harbour{first - n}" for n in range(3)))
            await rig.quiet()
        rig.state.page.go_to_page(1)
        await rig.shows("harbour12", "harbour11", "harbour10")
        await rig.quiet()
        gate = client.hold("builds harbour 3")
        press(await begin(person, "1.4.5"), Qt.Key.Key_Return)
        await until(lambda: rig.state.page.wanted_page == 3)
        rig.state.page.go_to_page(2)
        await rig.shows("harbour9", "harbour8", "harbour7")
        gate.set()
        rig.state.page.go_to_page(3)
        await rig.shows("harbour6", "harbour5", "harbour4")
        await asyncio.sleep(0.05)
        assert selected(rig) == []
        assert not person.find(QAction, "actionAllBuilds").isChecked()


async def test_an_action_is_done_with_its_shortcut_beside_it(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        compact = person.find(QAction, "actionCompactRows")
        found = await begin(person, "cr")
        assert entries(found)[:2] == ["Actions", "action:actionCompactRows"]
        press(found, Qt.Key.Key_Return)
        assert compact.isChecked()
        assert item(await begin(person, "activity"), "action:actionActivity").aside == "Ctrl+J"
        popup(person).close()


async def test_an_action_that_cannot_be_done_says_why_and_nothing_happens(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1)
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        asked = list(client.asked)
        found = await begin(person, "set latest")
        row = item(found, "action:actionSetLatest")
        assert (row.title, row.subtitle, row.aside) == ("Set latest…", "Select a build first.", "Ctrl+L")
        press(found, Qt.Key.Key_Return)
        assert found.isVisible()
        assert found.findChild(QWidget, "goToReason").accessibleName() == "Select a build first."  # type: ignore[union-attr]
        assert not rig.settings.value.gone_to
        QTest.keyClicks(found.search, "x")
        assert not person.sees_in(found, "goToReason")
        press(found, Qt.Key.Key_Escape)
        assert not found.isVisible()
        assert client.asked == asked


async def test_what_a_guard_rail_forbids_leads_to_the_guard_rails(rig: Rig, tmp_path: Path) -> None:
    account = await rig.add_account("Acme", StubClient(harbour=1))
    async with windowed(rig, tmp_path) as (window, person, _):
        await come(rig, person, "harbour1")
        found = await begin(person, "clean up")
        rig.book.remember(account.id, lambda kept: replace(kept, guards=Guards(read_only=True)))
        rig.state.accounts.guards_edited()
        QTest.keyClick(found.search, Qt.Key.Key_Backspace)
        await quiet(person)
        press(found, Qt.Key.Key_Return)
        assert "read-only" in found.findChild(QWidget, "goToReason").accessibleName()  # type: ignore[union-attr]
        person.click("goToGuards", found)
        dialog = await person.dialog("guardsDialog")
        assert not found.isVisible()
        dialog.reject()
        await person.gone("guardsDialog")
        await until(window.isActiveWindow)
        await asyncio.sleep(0.3)  # as it comes to the front, a list that is open closes
        found = await begin(person, "set latest")
        press(found, Qt.Key.Key_Return)
        assert person.sees_in(found, "goToReason")
        assert not person.sees_in(found, "goToGuards"), "no guard rail: no build is selected"
        popup(person).close()


async def test_a_setting_opens_the_settings_at_it(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        found = await begin(person, "lang")
        assert entries(found) == ["Settings", "setting:languageCombo"]
        press(found, Qt.Key.Key_Return)
        dialog = await person.dialog("settingsDialog")
        focused = dialog.focusWidget()
        assert focused is not None
        assert focused.objectName() == "languageCombo"
        await until(lambda: dialog.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange))  # its frame shows
        dialog.reject()


async def test_every_setting_of_the_dialog_can_be_gone_to(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        person.trigger("actionSettings")
        dialog = await person.dialog("settingsDialog")
        changed_with = [
            widget.objectName()
            for kind in (QCheckBox, QComboBox, QPushButton)
            for widget in dialog.findChildren(kind)
            if widget.objectName() not in {"settingsCloseButton", "restartButton"}
            and not widget.objectName().endswith("ProblemCopy")
        ]
        assert sorted(changed_with) == sorted(SETTINGS)
        dialog.reject()


async def test_without_an_account_there_are_actions_and_settings(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        found = await begin(person)
        shown = entries(found)
        assert [entry for entry in shown if ":" not in entry] == ["Actions", "Settings"]
        hidden = {"action:actionCheckForUpdates"}
        assert {f"action:{name}" for name in ACTIONS} - hidden == {e for e in shown if e.startswith("action:")}
        assert item(found, "action:actionSwitchApp").subtitle == "Connect an account first."
        found.search.setText("connect")
        await quiet(person)
        press(found, Qt.Key.Key_Return)
        (await person.dialog("accountDialog")).reject()


async def test_what_was_used_last_comes_first_also_after_a_restart(rig: Rig, tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    async with opened(settings=file) as rig2, windowed(rig2, tmp_path) as (_window, person, _):
        press(await begin(person, "about"), Qt.Key.Key_Return)
        (await person.dialog("aboutDialog")).reject()
        await until(lambda: person.window.findChild(QWidget, "aboutDialog") is None)
        assert entries(await begin(person))[1] == "action:actionAbout"
        popup(person).close()
    await file.save()
    assert SettingsFile(tmp_path / "settings.json").value.gone_to == ("action:actionAbout",)


async def test_enter_waits_for_what_is_being_looked_for(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=3))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour3 harbour2 harbour1")
        person.trigger("actionGoTo")
        QTest.keyClicks(popup(person).search, "1.4.1")
        press(popup(person), Qt.Key.Key_Return)
        await until(lambda: selected(rig) == ["harbour1"])
        assert not popup(person).isVisible()


async def test_enter_on_nothing_does_nothing(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        found = await begin(person, "zzzz")
        assert entries(found) == []
        press(found, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return)
        assert found.isVisible()
        found.close()


async def test_apps_that_come_while_it_is_open_are_found_and_the_chosen_row_stays(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, lantern=1, beacon=1)
    client.apps_per_page = 1
    gate = client.hold("apps 2")
    await rig.add_account("Acme", StubClient(harbour=1))
    rig.accept("key-1", client)
    async with windowed(rig, tmp_path) as (_window, person, _):
        rig.state.accounts.start()
        await rig.shows("harbour1")
        found = await begin(person)
        assert "app:lantern" not in entries(found)
        press(found, Qt.Key.Key_Down, Qt.Key.Key_Down)
        chosen = found.selected_key()
        gate.set()
        await until(lambda: {"app:lantern", "app:beacon"} <= set(entries(found)))
        await quiet(person)
        assert found.selected_key() == chosen
        found.close()


async def test_a_history_that_cannot_be_read_leaves_the_rest_to_be_found(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.ui.goto")
    account = await rig.add_account("Acme", StubClient(harbour=1, lantern=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")

        def broken(*_what: object) -> None:
            raise HistoryError(HistoryFault.DAMAGED, "malformed")

        rig.book.remember(account.id, lambda one: replace(one, gone_to=("harbour/harbour1",)))
        found = await begin(person)
        assert "build:harbour/harbour1" in entries(found)
        found.search.setText("1.4.1")
        await quiet(person)
        assert entries(found) == ["Builds", "build:harbour/harbour1"]
        for method in ("builds", "haystacks", "row_ids"):
            monkeypatch.setattr(AppHistory, method, broken)
        found.search.setText("1.4")
        await quiet(person)
        assert not any(entry.startswith("build:") for entry in entries(found))
        found.close()
        assert entries(await begin(person))[:1] == ["Apps"]
        popup(person).close()
        found = await begin(person, "lan")
        assert entries(found)[:2] == ["Apps", "app:lantern"]
        found.close()


async def test_in_chinese_names_and_actions_are_found_by_the_letters_of_their_pinyin(rig: Rig, tmp_path: Path) -> None:
    client = StubClient(harbour=1, tit=1)
    client.builds["tit"] = []
    await rig.add_account("Acme", client)
    async with windowed(rig, tmp_path, language=Language.CHINESE) as (_window, person, _):
        await come(rig, person, "harbour1")
        found = await begin(person, "sz")
        assert "action:actionSettings" in entries(found)
        found.search.setText("delete")
        await quiet(person)
        assert entries(found)[1] == "action:actionDelete"
        found.close()


async def test_the_search_field_and_the_rows_speak(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        found = await begin(person, "set latest")
        assert found.search.objectName() == "goToEdit"
        assert found.search.accessibleName() == "Go to an app, a build, an action or a setting"
        said = found.model.index(1).data(int(Qt.ItemDataRole.AccessibleTextRole))
        assert said == "Set latest…, Ctrl+L, Choose an app first."
        found.close()


async def test_typing_among_a_hundred_thousand_builds_never_holds_the_loop(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        found = await begin(person)
        finder = content_of(person.window).flows.goto._finder
        assert finder is not None
        (about,) = finder.numbers
        ids = list(about.ids) * 100_000
        finder.numbers = [type(about)(about.app, ids, [f"\n1.4.{n}\n{n}\n#{n}\n" for n in range(100_000)])]
        worst = 0.0
        loop = asyncio.get_running_loop()

        async def watch() -> None:
            nonlocal worst
            while True:
                before = loop.time()
                await asyncio.sleep(0)
                worst = max(worst, loop.time() - before)

        watching = asyncio.create_task(watch())
        QTest.keyClicks(found.search, "1")
        await quiet(person)
        watching.cancel()
        assert "of 100,000" in entries(found)[0]
        assert worst < 0.25, "each slice is a few milliseconds; a busy machine may take many times as long"
        found.close()


async def test_the_actions_shortcuts_are_what_the_issue_says(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        assert person.find(QAction, "actionGoTo").shortcut().toString() == "Ctrl+K"
        assert person.find(QAction, "actionSwitchApp").shortcut().toString() == "Ctrl+Shift+O"
        assert Action.GO_TO.value.id not in ACTIONS


async def test_the_shortcut_works_while_the_search_field_has_the_focus(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        person.trigger("actionFind")
        QTest.keyClicks(person.find(QWidget, "filterEdit"), "1.4")
        QTest.keyClick(person.find(QWidget, "filterEdit"), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: person.sees("goToPopup"))
        popup(person).close()
        assert QApplication.focusWidget() is person.find(QWidget, "filterEdit")


async def test_an_action_that_moves_the_focus_moves_it(rig: Rig, tmp_path: Path) -> None:
    await rig.add_account("Acme", StubClient(harbour=1))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour1")
        press(await begin(person, "find b"), Qt.Key.Key_Return)
        await until(lambda: QApplication.focusWidget() is person.find(QWidget, "filterEdit"))


async def test_where_no_build_is_found_it_is_said_that_only_those_are_looked_through_that_were_read(
    rig: Rig, tmp_path: Path
) -> None:
    await rig.add_account("Acme", StubClient(harbour=3))
    async with windowed(rig, tmp_path) as (_window, person, _):
        await come(rig, person, "harbour3 harbour2 harbour1")
        for letters, told in (("9.9.9", True), ("zzz", False)):
            found = await begin(person, letters)
            assert entries(found) == []
            words = found._empty.text()
            assert words.startswith("Nothing matches")
            assert ("“All builds” reads the rest" in words) is told
            found.close()
