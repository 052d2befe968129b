"""What goes wrong around the program is told or logged, and it goes on."""

from __future__ import annotations

import asyncio
import errno
import json
import re
from pathlib import Path

import pytest

from pgyer_desktop.ui.base.i18n import Language
from tests.e2e.conftest import Start
from tests.e2e.test_main_job import connect
from tests.helpers.waiting import until
from tests.ui.rig import content_of

CHINESE = re.compile("[\u4e00-\u9fff]")


async def test_damaged_settings_are_kept_aside_and_told(start: Start, tmp_path: Path, allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.accounts.settings")
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "settings.json").write_text("{ not json", encoding="utf-8")
    async with start() as (_program, person):
        await until(lambda: "damaged" in person.notice)
        assert person.sees("welcomePage")
        await connect(person)
        assert "damaged" in person.notice, "connecting has nothing to do with it"
        person.click("noticeClose")
        assert person.notice == ""
    (kept,) = profile.glob("settings.damaged-*.json")
    assert kept.read_text(encoding="utf-8") == "{ not json"
    assert len(json.loads((profile / "settings.json").read_text(encoding="utf-8"))["accounts"]) == 1


async def test_the_chosen_language_holds_from_the_next_start_and_for_the_demo_too(start: Start, tmp_path: Path) -> None:
    async with start() as (program, _person):
        before = program.window.menuBar().actions()[0].text()
        content_of(program.window).flows.window.choose_language(Language.CHINESE)
        await asyncio.sleep(0.05)
        assert program.window.menuBar().actions()[0].text() == before, "it holds from the next start"
    assert json.loads((tmp_path / "profile" / "settings.json").read_text(encoding="utf-8"))["language"] == "zh_CN"
    async with start() as (program, person):
        assert program.translators.current is Language.CHINESE
        assert program.window.menuBar().actions()[0].text().startswith("文件")
        person.click("tryDemoButton")
        await until(lambda: person.sees("buildTable") and bool(person.keys))
        await until(lambda: len(program.state.accounts.apps) >= 19)
        named = [app.name for app in program.state.accounts.apps]
        assert [name for name in named if not CHINESE.search(name)] == []
        view = program.state.page.view
        assert view is not None
        assert [build.notes for build in view.builds if build.notes and not CHINESE.search(build.notes)] == []
        program.translators.use(Language.ENGLISH)


async def test_a_restart_starts_another_one_and_closes_this_one(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr("pgyer_desktop.shell.program.start_again", lambda: done.append("started"))
    async with start() as (program, person):
        await connect(person)
        program.window.closed.connect(lambda: done.append("closed"))
        content_of(program.window).flows.window.restart_requested.emit()
        assert done == ["started", "closed"]


async def test_where_it_cannot_start_again_it_says_so_and_stays(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr("pgyer_desktop.shell.program.start_again", fail)
    async with start() as (program, person):
        await connect(person)
        content_of(program.window).flows.window.restart_requested.emit()
        await until(lambda: "No such file or directory" in person.notice)
        assert program.window.isVisible()
