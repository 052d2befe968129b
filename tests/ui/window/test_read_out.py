"""What a screen reader is told of its own accord: each thing once, errors at once, the rest when there is time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.activity.outcome import Write
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.pickers.button import PickerButton, PickerItem
from pgyer_desktop.ui.widgets.spoken.announcement import STILL_MS, announce
from pgyer_desktop.ui.widgets.text.label import Ink
from tests.helpers.waiting import until
from tests.ui.rig import Rig, open_app, opened, windowed
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

Heard = list[tuple[str, str]]


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        yield rig


async def still() -> None:
    """Wait until what changes by itself would have been said."""
    await asyncio.sleep(STILL_MS / 1000 + 0.25)


async def test_an_error_is_said_at_once_and_once_and_again_when_it_happens_again(
    rig: Rig, tmp_path: Path, heard: Heard
) -> None:
    client = StubClient(harbour=7)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, client)
        await still()
        heard.clear()
        client.errors["builds harbour 1"] = HttpStatusError("builds", 500)
        person.trigger("actionRefresh")
        await until(lambda: bool(heard))
        (told,) = [words for how, words in heard if how == "urgent"]
        assert told == person.notice
        await still()
        assert not [words for _, words in heard if words.startswith("Page ")], "nothing new has been read"
        # Another warning comes and goes: what shows again has been said.
        text = translate("test", "Something else.")
        rig.state.teller.tell(Topic.EXPORT, Notice(text, Severity.WARNING, Remedy.NONE))
        assert heard[-1] == ("polite", "Something else.")
        rig.state.teller.settle(Topic.EXPORT)
        assert person.notice == told
        assert [words for _, words in heard].count(told) == 1
        person.click("noticeRetry")
        await until(lambda: [words for _, words in heard].count(told) == 2)
        client.errors.clear()
        person.trigger("actionRefresh")
        await still()
        await still()
        assert [words for _, words in heard if words.startswith("Page ")] == ["Page 1 of 3. 3 builds on this page"]


async def test_a_promotion_is_said_with_the_time_of_its_proof(rig: Rig, tmp_path: Path, heard: Heard) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3))
        heard.clear()
        rig.write(Write.SET_LATEST, rig.state.page.view.builds[1])  # type: ignore[union-attr]  # it shows
        await until(lambda: person.sees("promotionCard"))
        await still()
        proofs = [(how, words) for how, words in heard if "verified at" in words]
        assert proofs == [("polite", person.find(QWidget, "promotionCard").accessibleName())]


async def test_what_a_search_finds_is_said_once_it_stands_still_and_so_is_nothing(
    rig: Rig, tmp_path: Path, heard: Heard
) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3))
        await still()
        assert [words for _, words in heard] == ["3 builds on this page"]
        heard.clear()
        person.type_into("filterEdit", "1.4.2")
        await until(lambda: person.rows == 1)
        await still()
        assert heard == [("polite", "1 found in 3 builds so far")]
        person.type_into("filterEdit", "zzz")
        await still()
        assert heard[1:] == [("polite", "Nothing found in 3 builds so far")]
        person.type_into("filterEdit", "")
        await still()
        assert heard[2:] == [("polite", "3 builds on this page")]


async def test_a_refresh_and_another_page_are_said_and_nothing_that_was_not_asked_for(
    rig: Rig, tmp_path: Path, heard: Heard
) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=7))
        await still()
        heard.clear()
        person.trigger("actionRefresh")
        await still()
        assert heard == [("polite", "Page 1 of 3. 3 builds on this page")]
        person.trigger("actionNextPage")
        await still()
        assert heard[1:] == [("polite", "Page 2 of 3. 3 builds on this page")]
        await still()
        assert len(heard) == 2


async def test_the_best_match_is_said_while_one_types_in_a_picker_and_that_nothing_matches(
    qapp: QApplication, heard: Heard
) -> None:
    window = QWidget()
    picker = PickerButton("picker", window)
    picker.set_items([PickerItem("a", "Harbour", "iOS"), PickerItem("b", "Lantern", "Android")])
    window.show()
    try:
        picker.open_popup()
        search = picker.popup.search
        QTest.keyClicks(search, "lan")
        await still()
        assert heard == [("polite", "Lantern, Android")], "once, and not at each letter"
        QTest.keyClicks(search, "zz")
        await still()
        assert heard[1:] == [("polite", "Nothing matches")]
        search.clear()
        QTest.keyClick(search, Qt.Key.Key_Down)
        assert heard[2:] == [("polite", "Lantern, Android")]
        await still()
        assert len(heard) == 3
    finally:
        picker.popup.close()
        window.deleteLater()


async def test_going_to_a_place_says_the_best_match_of_what_has_been_typed(
    rig: Rig, tmp_path: Path, heard: Heard
) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await open_app(rig, StubClient(harbour=3))
        await still()
        heard.clear()
        person.trigger("actionGoTo")
        person.type_into("goToEdit", "1.4.2", person.find(QWidget, "goToPopup"))
        await still()
        assert [how for how, _ in heard] == ["polite"]
        assert "1.4.2" in heard[0][1]
        person.find(QWidget, "goToPopup").close()


def test_what_is_wrong_in_a_dialog_is_said_at_once_and_a_warning_when_there_is_time(
    qapp: QApplication, heard: Heard
) -> None:
    line = ProblemLine("problem", window := QWidget())
    line.show_text("Pgyer does not accept the key.")
    line.show_text("Pgyer does not accept the key.")
    line.show_text("The keyring is locked.", Ink.WARNING)
    assert heard == [("urgent", "Pgyer does not accept the key."), ("polite", "The keyring is locked.")]
    window.deleteLater()


def test_no_markup_and_no_mark_of_qt_is_said(qapp: QApplication, heard: Heard) -> None:
    widget = QWidget()
    announce(widget, '<span style="white-space: pre-wrap">1 &lt; 2</span>')
    announce(widget, "\ufdd0Size\ufdd0 12\u200b MB\ufdd1")
    announce(widget, "<b>kept</b>")
    announce(widget, " \u200b")
    assert [words for _, words in heard] == ["1 < 2", "Size 12 MB", "<b>kept</b>"]
    widget.deleteLater()
