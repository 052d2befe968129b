"""What goes wrong around the program is told or logged, and it goes on."""

from __future__ import annotations

import json
from pathlib import Path

from pgyer_desktop.ui.base.i18n import Language
from tests.e2e.conftest import Start
from tests.e2e.test_main_job import connect
from tests.helpers.waiting import until
from tests.ui.desk import content_of


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


async def test_the_chosen_language_is_remembered(start: Start, tmp_path: Path) -> None:
    async with start() as (program, _person):
        content_of(program.window).language_chosen.emit(Language.CHINESE)
        await until(lambda: program.window.menuBar().actions()[0].text().startswith("文件"))
    assert json.loads((tmp_path / "profile" / "settings.json").read_text(encoding="utf-8"))["language"] == "zh_CN"
    async with start() as (program, _person):
        assert program.translators.current is Language.CHINESE
        assert program.window.menuBar().actions()[0].text().startswith("文件")
        program.translators.use(Language.ENGLISH)
