"""Saved cases are asked one by one, each has its answer or its error, and what changed between two runs is said."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import HostNotFoundError
from pgyer_desktop.api.models import Build, UpdateCheck
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.checks.cases import (
    MAX_CASES,
    MAX_FIELD,
    MAX_NAME,
    CheckCase,
    Result,
    as_text,
    asked_words,
    cleaned,
    current_user,
    difference,
    has_changed,
    mistake,
    offered_words,
    run,
    update_words,
)
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until

NOW = datetime(2025, 3, 12, 7, 30, tzinfo=UTC)
OLD = CheckCase("1.0 user", "1.0")
PARTNERS = CheckCase("partners channel", channel="partners")


def said(text: Text | None) -> str:
    """The sentence in English."""
    if text is None:
        return ""
    words = text.source
    for name, value in text.values:
        words = words.replace(f"{{{name}}}", said(value) if isinstance(value, Text) else str(value))
    return words


async def ask(client: Client, service: SandboxService, *cases: CheckCase, slug: str = "harbour") -> list[Result]:
    results: list[Result] = []
    returned = await run(client, service.app_key(slug), cases, results.append, now=lambda: NOW)
    assert returned == tuple(results)
    return results


def result(case: CheckCase = OLD, key: str = "k45", **changes: object) -> Result:
    """Build 145 is offered, new and not forced."""
    build = Build(key, version="1.4.5", build_number="145", pgyer_build=45)
    made = Result(case, NOW, build, is_new=True, forced=False)
    return replace(made, **changes)  # type: ignore[arg-type]  # whatever the test names


# What a case may be


def test_a_case_that_asks_nothing_but_the_app_is_fine() -> None:
    assert mistake(CheckCase("anybody")) is None
    assert mistake(CheckCase("云帆 用户", "3.2.1", "45", "beta")) is None


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (CheckCase(""), "Enter a name first."),
        (CheckCase("x" * (MAX_NAME + 1)), "A name is one line of 60 characters at most."),
        (CheckCase("two\nlines"), "A name is one line of 60 characters at most."),
        (CheckCase("a", version="1" * (MAX_FIELD + 1)), "A version is one line of 128 characters at most."),
        (CheckCase("a", version="1.0\n2.0"), "A version is one line of 128 characters at most."),
        (CheckCase("a", version="1.\u202e0"), "A version is one line of 128 characters at most."),
        (CheckCase("a", pgyer_build="-1"), "A Pgyer build is a whole number of 18 digits at most, such as 45."),
        (CheckCase("a", pgyer_build="4.5"), "A Pgyer build is a whole number of 18 digits at most, such as 45."),
        (CheckCase("a", pgyer_build="٤٥"), "A Pgyer build is a whole number of 18 digits at most, such as 45."),
        (CheckCase("a", pgyer_build="9" * 19), "A Pgyer build is a whole number of 18 digits at most, such as 45."),
        (CheckCase("a", channel="b" * (MAX_FIELD + 1)), "A channel key is one line of 128 characters at most."),
    ],
)
def test_a_mistake_is_said_in_a_sentence(case: CheckCase, words: str) -> None:
    assert said(mistake(case)) == words


def test_a_name_is_given_once_whatever_its_case() -> None:
    assert said(mistake(CheckCase("Beta"), [CheckCase("beta")])).startswith("There is a case named Beta already.")
    assert mistake(CheckCase("Beta 2"), [CheckCase("beta")]) is None


def test_there_are_not_more_cases_than_it_is_polite_to_ask() -> None:
    full = [CheckCase(f"case {number}") for number in range(MAX_CASES)]
    assert said(mistake(CheckCase("another"), full)) == "An app has 20 cases at most. Remove one first."
    assert mistake(full[0], full[1:]) is None


def test_blanks_around_what_was_typed_do_not_count() -> None:
    assert cleaned(CheckCase("  beta \n channel ", " 1.0 ", " 45 ", "\tbeta ")) == CheckCase(
        "beta channel", "1.0", "45", "beta"
    )
    assert cleaned(CheckCase("cut \ud83d")).name == "cut ?"


def test_the_current_user_has_the_version_and_the_number_of_the_build() -> None:
    build = Build("k45", version="1.4.5", build_number="145", pgyer_build=45)
    assert current_user("current user", build) == CheckCase("current user", "1.4.5", "45")
    assert current_user("odd", replace(build, version="", pgyer_build=None)) == CheckCase("odd")
    assert mistake(current_user("odd", replace(build, pgyer_build=-3))) is None


def test_cases_are_kept_in_settings_and_come_back_also_where_they_are_odd() -> None:
    cases = (OLD, PARTNERS, CheckCase("", pgyer_build="many"))
    assert msgspec.json.decode(msgspec.json.encode(cases), type=tuple[CheckCase, ...]) == cases
    assert msgspec.json.decode(b'[{"name": "a"}]', type=tuple[CheckCase, ...]) == (CheckCase("a"),)


# Asking


async def test_each_case_says_which_build_is_offered_and_whether_it_is_new(
    client: Client, service: SandboxService
) -> None:
    app_key = service.app_key("harbour")
    (latest,) = service.latest_keys(app_key)
    row = await client.view_build(app_key, latest)
    has_it = current_user("current user", row)
    old, current, partners, anybody = await ask(client, service, OLD, has_it, PARTNERS, CheckCase("anybody"))
    assert old.build == Build(latest, version=row.version, build_number=row.build_number, pgyer_build=row.pgyer_build)
    assert (old.is_new, old.forced, old.error, old.when) == (True, False, None, NOW)
    assert (current.build, current.is_new, current.forced) == (old.build, False, False)
    assert partners.build is not None
    assert partners.build.pgyer_build == 52
    assert (partners.is_new, partners.forced) == (None, None)
    assert (anybody.build, anybody.is_new) == (old.build, None)


async def test_exactly_what_a_case_says_is_sent_and_nothing_else(client: Client, service: SandboxService) -> None:
    await ask(client, service, CheckCase("all", "1.0", "3", "partners"), CheckCase("anybody"))
    first, second = service.sent("check")
    assert dict(first.fields) == {
        "_api_key": True,  # that there was one
        "appKey": service.app_key("harbour"),
        "buildVersion": "1.0",
        "buildBuildVersion": "3",
        "channelKey": "partners",
    }
    assert set(dict(second.fields)) == {"_api_key", "appKey"}
    assert {request.operation for request in service.requests} == {"check"}


async def test_a_device_that_is_too_old_is_forced(client: Client, service: SandboxService) -> None:
    ancient, recent = await ask(
        client, service, CheckCase("ancient", pgyer_build="3"), CheckCase("recent", pgyer_build="35"), slug="songguo"
    )
    assert (ancient.is_new, ancient.forced) == (True, True)
    assert (recent.is_new, recent.forced) == (True, False)
    assert said(update_words(ancient)) == "new, forced"
    assert said(update_words(recent)) == "new, not forced"


async def test_a_case_that_fails_has_its_error_and_the_others_go_on(client: Client, service: SandboxService) -> None:
    service.fail_next("/app/check", code=1081, message="error request")
    first, second = await ask(client, service, OLD, PARTNERS)
    assert said(first.error).startswith("This case could not be checked.")
    assert "1081" in said(first.error)
    assert first.build is None
    assert said(offered_words(first)) == "Not checked"
    assert said(update_words(first)) == said(first.error)
    assert second.error is None


async def test_a_case_that_cannot_be_asked_is_not_sent(client: Client, service: SandboxService) -> None:
    odd, fine = await ask(client, service, CheckCase("odd", pgyer_build="many"), OLD)
    assert said(odd.error).startswith("A Pgyer build is a whole number")
    assert fine.error is None
    assert len(service.sent("check")) == 1


@pytest.mark.parametrize("code", [1002, 1098])
async def test_where_the_service_does_not_want_to_be_asked_the_rest_is_not_sent(
    client: Client, service: SandboxService, code: int
) -> None:
    service.fail_next("/app/check", code=code)
    results = await ask(client, service, OLD, PARTNERS, CheckCase("anybody"))
    assert len(results) == 3
    assert all(str(code) in said(result.error) for result in results)
    assert len(service.sent("check")) == 1


async def test_a_gateway_that_is_busy_for_a_moment_is_asked_again(client: Client, service: SandboxService) -> None:
    service.fail_next("/app/check", status=503)
    (only,) = await ask(client, service, OLD)
    assert only.error is None
    assert len(service.sent("check")) == 2


class OneAtATime:
    """Counts how many questions are under way."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def check_update(self, app_key: str, *, version: str, pgyer_build: str, channel: str) -> UpdateCheck:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
        finally:
            self.now -= 1
        if version == "lost":
            raise HostNotFoundError("pgyer.test")
        return UpdateCheck("k", version="2", has_new_version=True, version_sent=True)


async def test_the_service_is_asked_one_question_at_a_time_and_told_which() -> None:
    asker = OneAtATime()
    told: list[str] = []
    cases = [CheckCase("one", "1"), CheckCase("two", "lost"), CheckCase("three", "3")]
    await run(asker, "app", cases, lambda r: told.append(f"end {r.case.name}"), on_ask=lambda c: told.append(c.name))
    assert told == ["one", "end one", "two", "end two", "three", "end three"]
    assert asker.most == 1


async def test_a_run_can_be_cancelled_and_what_was_told_stays_true() -> None:
    asker = OneAtATime()
    told: list[Result] = []

    def on_ask(case: CheckCase) -> None:
        if case.name == "two":
            asker.gate.clear()

    cases = [CheckCase("one", "1"), CheckCase("two", "2"), CheckCase("three", "3")]
    task = asyncio.create_task(run(asker, "app", cases, told.append, on_ask=on_ask))
    await until(lambda: not asker.gate.is_set() and asker.now == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [result.case.name for result in told] == ["one"]
    assert asker.now == 0


async def test_no_result_has_room_for_the_link_that_carries_the_key(client: Client, service: SandboxService) -> None:
    (only,) = await ask(client, service, OLD)
    assert "http" not in repr(only)
    assert DEMO_KEY not in repr(only)
    assert not {"link", "url", "download"} & {field.name for field in fields(Result)}
    assert {request.operation for request in service.requests} == {"check"}


# What changed


async def test_after_a_promotion_it_is_said_what_was_offered_before(client: Client, service: SandboxService) -> None:
    app_key = service.app_key("harbour")
    newest = service.build_keys(app_key)[0]
    before_old, before_partners = await ask(client, service, OLD, PARTNERS)
    await client.set_latest(newest)
    after_old, after_partners = await ask(client, service, OLD, PARTNERS)
    assert before_old.build is not None
    assert after_old.build is not None
    assert after_old.build.build_key == newest
    was = f"{before_old.build.version} ({before_old.build.build_number})"
    assert said(difference(before_old, after_old)) == f"Before: {was}"
    assert difference(before_partners, after_partners) is None  # a pinned channel follows nothing


async def test_who_has_the_latest_is_offered_something_new_after_a_promotion(
    client: Client, service: SandboxService
) -> None:
    app_key = service.app_key("harbour")
    case = current_user("current user", await client.view_build(app_key, service.latest_keys(app_key)[0]))
    (before,) = await ask(client, service, case)
    await client.set_latest(service.build_keys(app_key)[0])
    (after,) = await ask(client, service, case)
    assert said(difference(before, after)).endswith(", no update")
    assert after.is_new


def test_the_first_result_and_the_same_result_have_not_changed() -> None:
    assert difference(None, result()) is None
    later = result(when=NOW + timedelta(hours=1))
    assert difference(result(), later) is None


def test_only_what_is_otherwise_is_named() -> None:
    other = Build("k46", version="1.4.6", build_number="146", pgyer_build=46)
    assert said(difference(result(), result(build=other))) == "Before: 1.4.5 (145)"
    assert said(difference(result(), result(is_new=False))) == "Before: new"
    assert said(difference(result(), result(forced=True))) == "Before: not forced"
    assert said(difference(result(forced=True), result())) == "Before: forced"
    assert said(difference(result(), result(build=other, is_new=False, forced=True))) == (
        "Before: 1.4.5 (145), new, not forced"
    )


def test_what_one_answer_does_not_say_is_no_change() -> None:
    assert difference(result(forced=None), result()) is None
    assert difference(result(), result(is_new=None)) is None


def test_another_upload_of_the_same_version_is_told_apart() -> None:
    again = Build("k47", version="1.4.5", build_number="145", pgyer_build=47)
    assert said(difference(result(), result(build=again))) == "Before: 1.4.5 (145) · #45"
    unnumbered = replace(again, pgyer_build=45)
    assert said(difference(result(), result(build=unnumbered))) == "Before: another upload of the same version"


def test_a_check_that_failed_tells_what_was_known_and_is_no_change() -> None:
    failed = Result(OLD, NOW, error=Text("test", "Pgyer did not answer."))
    assert not has_changed(result(), failed)
    text = as_text("Harbour", [(OLD, failed, difference(result(), failed))], say=said)
    assert "Changed" not in text
    assert "  Before: 1.4.5 (145) · #45" in text
    assert has_changed(result(), result(is_new=False))
    assert not has_changed(None, result())


def test_what_was_known_is_told_beside_no_build_and_an_error() -> None:
    error = Text("test", "Pgyer did not answer.")
    failed = Result(OLD, NOW, error=error)
    assert said(difference(result(), failed)) == "Before: 1.4.5 (145) · #45, new, not forced"
    assert said(difference(failed, result())) == "Before: Not checked"
    assert difference(failed, failed) is None
    assert said(difference(result(), result(build=None))) == "Before: 1.4.5 (145) · #45"
    assert said(difference(result(build=None), result())) == "Before: No build is named"


def test_answers_to_different_questions_are_not_compared() -> None:
    other = Build("k46", version="1.4.6")
    assert difference(result(), result(replace(OLD, version="1.1"), build=other)) is None
    assert difference(result(), result(replace(OLD, name="renamed"), build=other)) is not None


# Words


def test_what_is_asked_is_named_part_by_part() -> None:
    assert said(asked_words(CheckCase("a", "1.0", "45", "beta"))) == "version 1.0, Pgyer build #45, channel beta"
    assert said(asked_words(CheckCase("a"))) == "no version"


def test_what_is_not_known_is_not_claimed() -> None:
    assert said(update_words(result(PARTNERS, is_new=None, forced=None))) == "No version to compare with"
    assert said(update_words(result(is_new=None, forced=None))) == "not said whether new"
    assert said(update_words(result(is_new=False))) == "no update"
    assert said(offered_words(result(build=None))) == "No build is named"
    assert said(offered_words(result(build=Build("k9")))) == "k9"


def test_the_text_to_copy_holds_every_case_and_no_secret() -> None:
    leaky = Build("k46", version="https://pgyer.test/install?_api_key=0123456789abcdef&x=1")
    failed = Result(PARTNERS, NOW, error=Text("test", "Pgyer\ndid not answer."))
    rows = [
        (OLD, result(), Text("test", "Before: 1.4.4 (144)")),
        (PARTNERS, failed, None),
        (CheckCase("leaky", "1"), result(CheckCase("leaky", "1"), build=leaky), None),
        (CheckCase("new one"), None, None),
    ]
    text = as_text("Harbour", rows, say=said, zone=timezone(timedelta(hours=8)))
    assert text.splitlines()[:7] == [
        "Update checks: Harbour",
        "- 1.0 user (version 1.0)",
        "  1.4.5 (145) · #45",
        "  new, not forced",
        "  Changed. Before: 1.4.4 (144)",
        "  Checked 2025-03-12 15:30:00+08:00",
        "- partners channel (channel partners)",
    ]
    assert "  Pgyer did not answer." in text
    assert text.endswith("- new one (no version)\n  Not checked yet\n")
    assert "0123456789abcdef" not in text
