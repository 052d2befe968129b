"""Profile folders that cannot be used: the program starts, says so, shows builds, and overwrites nothing."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from pgyer_desktop.core.activity.records import VERSION, encoded
from pgyer_desktop.core.base.error_messages import Severity
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.builds.icons import picture_format
from pgyer_desktop.shell.program import _troubles
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.teller import Topic
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.e2e.test_crashes import SAY_AND_CLOSE, run_program
from tests.e2e.test_main_job import connect, written
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until


@pytest.fixture(autouse=True)
def _troubles_are_logged(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop")


def all_notices(person: Person) -> str:
    """Every sentence of the banner, one after the other, as a person reads and closes them."""
    said = []
    while person.notice:
        said.append(person.notice)
        person.find(QAbstractButton, "noticeClose").click()
    return "\n".join(said)


async def try_to_delete(person: Person) -> str:
    """Confirm a deletion. The sentence that comes of it."""
    doomed = next(key for key in reversed(person.keys) if key not in person.latest)
    person.select(person.keys.index(doomed))
    person.trigger("actionDelete")
    person.click("confirmAccept", await person.dialog("confirmDialog"))
    await until(lambda: "was not deleted" in person.notice)
    return person.notice


async def test_a_file_in_the_place_of_the_profile_folder(start: Start, service: SandboxService, tmp_path: Path) -> None:
    in_the_way = tmp_path / "profile"
    in_the_way.write_text("somebody's notes", encoding="utf-8")
    async with start() as (_program, person):
        await until(lambda: bool(person.notice))
        said = all_notices(person)
        assert f"The settings file {in_the_way / 'settings.json'} cannot be read" in said
        assert "The journal" in said
        assert "Nothing can be changed until it can" in said
        await connect(person)
        assert person.rows == 20
        assert "The journal" in await try_to_delete(person)
    assert written(service)["buildDelete"] == 0
    assert in_the_way.read_text(encoding="utf-8") == "somebody's notes"


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only")])
async def test_a_disk_that_takes_nothing_more(
    start: Start,
    service: SandboxService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
) -> None:
    async with start() as (_program, person):
        await connect(person)
        settings = tmp_path / "profile" / "settings.json"
        await until(settings.exists)
        before = settings.read_bytes()

        def full(_handle: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", full)
        person.trigger("actionCompactRows")
        await until(lambda: "could not be saved" in person.notice)
        assert words in person.notice
        assert str(tmp_path / "profile") in person.notice
        refused = await try_to_delete(person)
        assert words in refused
        shown = person.keys
        person.click("pageNext")
        await until(lambda: person.keys != shown)
        assert person.rows == 20
        assert settings.read_bytes() == before
    assert settings.read_bytes() == before
    assert written(service)["buildDelete"] == 0
    assert [path.name for path in settings.parent.glob("*.new")] == []


async def test_a_file_in_the_place_of_the_icons(start: Start, tmp_path: Path) -> None:
    icons = tmp_path / "profile" / "cache" / "icons"
    icons.parent.mkdir(parents=True)
    icons.write_text("somebody's notes", encoding="utf-8")
    async with start() as (program, person):
        await connect(person)
        session, app = program.state.accounts.session, program.state.accounts.app
        assert session is not None
        assert app is not None
        assert picture_format(await session.icons.get(app.icon)) == "png"
        await until(lambda: program.icons.pixmap(app.icon) is not None)
        assert person.rows == 20
    assert icons.read_text(encoding="utf-8") == "somebody's notes"


async def test_settings_of_a_newer_version_are_left_alone(start: Start, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    newer = json.dumps({"version": 99, "accounts": {"of": "another shape"}})
    (profile / "settings.json").write_text(newer, encoding="utf-8")
    async with start() as (_program, person):
        await until(lambda: "newer version" in person.notice)
        await connect(person)
        assert person.rows == 20
    assert (profile / "settings.json").read_text(encoding="utf-8") == newer
    assert [path.name for path in profile.iterdir() if path.name.startswith("settings")] == ["settings.json"]


async def test_a_journal_of_a_newer_version_is_left_alone_and_nothing_is_changed(
    start: Start, service: SandboxService, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    newer = encoded(VERSION + 1) + b'\n{"something":"else"}\n'
    (profile / "journal.jsonl").write_bytes(newer)
    async with start() as (_program, person):
        await until(lambda: "was written by a newer version" in person.notice)
        await connect(person)
        assert person.rows == 20
        assert "Update the program" in await try_to_delete(person)
    assert (profile / "journal.jsonl").read_bytes() == newer
    assert written(service)["buildDelete"] == 0


def test_a_log_that_cannot_be_kept_is_said_in_the_window(tmp_path: Path) -> None:
    in_the_way = tmp_path / "logs"
    in_the_way.write_text("somebody's notes", encoding="utf-8")
    done = run_program(tmp_path, SAY_AND_CLOSE)
    assert done.returncode == 0, done.stderr
    assert f"The program cannot keep a log in {in_the_way}: " in done.stdout
    assert "There will be no log file" in done.stderr
    assert "Traceback" not in done.stderr
    assert in_the_way.read_text(encoding="utf-8") == "somebody's notes"


def test_troubles_of_the_start_are_told_each_under_a_topic_of_its_own(tmp_path: Path) -> None:
    assert _troubles(None, None) == {}
    found = _troubles(Text("logs", "No log."), tmp_path / "crash-1.log")
    assert {topic: notice.severity for topic, notice in found.items()} == {
        Topic.LOG: Severity.INFO,
        Topic.CRASH: Severity.WARNING,
    }
    assert "crash-1.log" in say(found[Topic.CRASH].text)
