"""A clean-up of 200 builds of 500, by plan, on a day when replies are lost, writes fail and a colleague is at work."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.cleanup import plan_file
from pgyer_desktop.options import Options
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.sandbox.shapes import JsonObject
from pgyer_desktop.shell.program import Program
from tests.e2e.jobs import ended, states
from tests.e2e.person import Person
from tests.e2e.test_batch import guard
from tests.e2e.test_clean_up import choose, everything, keep_newest, planned, rows
from tests.e2e.test_main_job import connect
from tests.helpers.sandbox import Fault, SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve
from tests.helpers.waiting import until

BUILDS, DOOMED, PINNED = 500, 200, 3


class BadDay(SandboxService):
    """Takes 5 % of the deletes and drops the reply, refuses 5 %, and has somebody promoting and uploading meanwhile."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.dice = random.Random(seed)  # noqa: S311 - not for keys
        self.begun = False
        self.uploaded: list[str] = []
        self.deleted_latest: list[str] = []

    def take_fault(self, path: str) -> Fault | None:
        if not self.begun or not path.endswith("buildDelete"):
            return super().take_fault(path)
        dice = self.dice.random()
        if dice < 0.05:
            return Fault(path, drop_reply=True)
        if dice < 0.10:
            return self.dice.choice(
                [Fault(path, code=1200, message="not now"), Fault(path, status=502, body=b"<html>")]
            )
        return None

    def answer(self, operation: str, fields: Mapping[str, str]) -> JsonObject:
        if not self.begun or operation != "buildDelete":
            return super().answer(operation, fields)
        if fields["buildKey"] in self.latest_keys(self.app_key("harbour")):
            self.deleted_latest.append(fields["buildKey"])
        reply = super().answer(operation, fields)
        if self.dice.random() < 0.08:
            self._colleague()
        return reply

    def _colleague(self) -> None:
        app_key = self.app_key("harbour")
        if self.dice.random() < 0.5:
            self.uploaded.append(self.publish_build(app_key))
        else:
            key = self.dice.choice(self.build_keys(app_key)[-150:])
            self.answer("setNewestVersion", {"_api_key": DEMO_KEY, "buildKey": key})


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pgyer_desktop.core.cleanup.queue.Manners.__init__.__defaults__", (0.0, (0.0, 0.0), (0.05,), 5.0)
    )


@dataclass(frozen=True, slots=True)
class End:
    """What there was when it was over."""

    before: list[str]
    pinned: list[str]
    doomed: list[str]
    told: dict[str, str]
    """By build key, what the report says."""
    sent: list[str]
    journal: dict[str, Outcome | None]
    left: set[str]


async def clean_up(program: Program, service: BadDay, file: Path) -> End:
    """Plan, save, open again and run it, by the window's own widgets."""
    person = Person(program.window)
    await connect(person)
    guard(program, Guards(most_deletes=DOOMED))
    before = everything(program, service)
    pinned = before[-PINNED:]
    program.state.accounts.toggle_pins([Build(key) for key in pinned])
    dialog = await planned(person)
    keep_newest(person, dialog, BUILDS - DOOMED - PINNED - 1)  # the latest is an old one
    doomed = [key for key, (delete, _) in rows(person, dialog).items() if delete]
    person.click("cleanUpSave", dialog)
    choose(person, "planSaveDialog", file)
    await until(file.exists)
    person.click("cleanUpOpen", dialog)
    choose(person, "planOpenDialog", file)
    await until(lambda: dialog.model.frozen is not None)
    service.forget_requests()
    service.begun = True
    person.click("cleanUpRun", dialog)
    person.click("confirmAccept", await person.dialog("confirmDialog"))
    batch = await ended(person, 80)
    service.begun = False
    assert batch.shown is not None
    told = dict(zip((row.build.build_key for row in batch.shown.batch.rows), states(person, batch), strict=True))
    batch.close()
    await until(lambda: not program.state.situation.now().unsettled_keys, seconds=60)
    return End(
        before,
        pinned,
        doomed,
        told,
        [str(request.fields["buildKey"]) for request in service.sent("buildDelete")],
        {entry.intent.build.build_key: entry.outcome for entry in program.journal.entries},
        set(everything(program, service)),
    )


@pytest.mark.parametrize("seed", [5, 2025])
async def test_report_journal_and_service_agree_build_by_build(
    seed: int, tmp_path: Path, qapp: object, allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop")
    service = BadDay(seed)
    app_key = service.app_key("harbour")
    while service.build_count(app_key) < BUILDS:
        service.publish_build(app_key)
    file = tmp_path / "plan.pgyer-cleanup.json"
    async with serve(SandboxApp(service)) as server:
        options = Options(api_url=server.api_url, icon_url=server.icon_url)
        program = Program(options, profile_in(tmp_path), MemoryStore())
        program.window.show()
        await program.prepare()
        program.start()
        end = await clean_up(program, service, file)
        program.window.close()
        await program.aclose()

    assert len(end.doomed) == DOOMED
    assert {row.build.build_key for row in plan_file.load(file).deletions} == set(end.doomed) == set(end.told)
    assert len(end.sent) == len(set(end.sent))
    assert set(end.sent) <= set(end.doomed)
    for key, state in end.told.items():
        word, gone = state.split(":")[0], key not in end.left
        if word == "Deleted":
            assert gone, state
            assert end.journal[key] is Outcome.DONE
        elif word == "Not known yet":
            assert end.journal[key] is (Outcome.DONE if gone else Outcome.NOT_DONE), state
        elif word == "Not deleted":
            assert not gone, state
            assert end.journal.get(key) is not Outcome.DONE
        else:
            assert word == "Kept", state
            assert not gone
            assert key not in end.sent
    assert {*end.pinned, *service.uploaded, *service.latest_keys(app_key)} <= end.left
    assert service.deleted_latest == []
    assert set(end.before) - set(end.doomed) <= end.left
    assert {"Deleted", "Not deleted"} <= {state.split(":")[0] for state in end.told.values()}
