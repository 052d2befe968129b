"""Every change, however it ended, is told in a sentence of its own that names the build."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from pgyer_desktop.api.errors import (
    ConnectionLostError,
    Delivery,
    HttpStatusError,
    KeyRejectedError,
    PgyerError,
    RateLimitedError,
    TimeoutReachedError,
)
from pgyer_desktop.api.models import Build
from pgyer_desktop.core.activity.journal import JournalError, JournalFault
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import intent
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView
from pgyer_desktop.core.changes.recheck import HeldBack, Look
from pgyer_desktop.core.changes.reports import Report, held_back, not_sent, promoted, report, unsettled

BUILD = Build("b" * 32, version="1.4.5", build_number="145", pgyer_build=45)
OTHER = Build("c" * 32, version="1.4.4", build_number="144", pgyer_build=44)
LOST = ConnectionLostError("www.example.com")
REFUSED = RateLimitedError(1098, "slow down")

ENDINGS: tuple[tuple[Outcome, PgyerError | None], ...] = (
    (Outcome.DONE, None),
    (Outcome.DONE, LOST),
    (Outcome.NOT_DONE, REFUSED),
    (Outcome.NOT_DONE, LOST),
    (Outcome.UNKNOWN, None),
    (Outcome.UNKNOWN, LOST),
    (Outcome.CONTRADICTED, None),
)
ALL = list(product(Write, ENDINGS))


def in_english(text: Text) -> str:
    values = {name: in_english(value) if isinstance(value, Text) else value for name, value in text.values}
    return text.source.format(**values)


def said(told: Report) -> str:
    text = told.toast if told.toast is not None else told.notice.text if told.notice is not None else None
    assert text is not None
    return in_english(text)


def notice_of(told: Report) -> Notice:
    assert told.notice is not None
    return told.notice


def ended(write: Write, outcome: Outcome, error: PgyerError | None = None) -> WriteResult:
    return WriteResult(write, BUILD, outcome, error)


@pytest.mark.parametrize(("write", "ending"), ALL)
def test_every_ending_names_the_build_in_whole_sentences(
    write: Write, ending: tuple[Outcome, PgyerError | None]
) -> None:
    words = said(report(ended(write, *ending)))
    assert "1.4.5 (145)" in words
    assert words.endswith(".")
    assert "  " not in words
    assert "{" not in words
    assert BUILD.build_key not in words


@pytest.mark.parametrize(("write", "ending"), ALL)
def test_only_what_was_done_is_a_toast_and_all_else_a_notice_that_stays(
    write: Write, ending: tuple[Outcome, PgyerError | None]
) -> None:
    told = report(ended(write, *ending))
    assert (told.toast is not None) is (ending[0] is Outcome.DONE)
    assert (told.notice is not None) is (ending[0] is not Outcome.DONE)


def test_no_two_endings_are_told_the_same() -> None:
    told = {
        (write, outcome, error): said(report(ended(write, outcome, error)))
        for write, (outcome, error) in product(Write, ENDINGS)
        if (outcome, error) != (Outcome.DONE, LOST)
    }
    assert len(set(told.values())) == len(told) == 3 * (len(ENDINGS) - 1)


@pytest.mark.parametrize("write", Write)
def test_a_lost_reply_that_a_read_settled_is_told_as_plain_success(write: Write) -> None:
    assert report(ended(write, Outcome.DONE, LOST)) == report(ended(write, Outcome.DONE))


@pytest.mark.parametrize("write", Write)
def test_what_is_not_known_is_read_again_by_itself_until_somebody_says_stop(write: Write) -> None:
    for result in (ended(write, Outcome.UNKNOWN), ended(write, Outcome.UNKNOWN, LOST)):
        notice = notice_of(report(result))
        assert notice.severity is Severity.WARNING
        assert notice.remedy is Remedy.STOP
        words = said(report(result))
        assert words.endswith("The list is read again automatically until that is known.")
        assert "try again" not in words.lower()


@pytest.mark.parametrize("stopped", [False, True])
def test_what_is_still_not_known_is_told_of_one_change_by_name_and_of_several_by_number(*, stopped: bool) -> None:
    one = intent(
        Write.DELETE, BUILD, account_id="account1", account_name="Acme", app_key="app", app_name="App", before=None
    )
    notice = unsettled((one,), stopped=stopped)
    assert in_english(notice.text).startswith("It is not known whether 1.4.5 (145) was deleted.")
    assert notice.remedy is (Remedy.RETRY if stopped else Remedy.STOP)
    assert ("read again automatically" in in_english(notice.text)) is not stopped
    several = in_english(unsettled((one, one), stopped=stopped).text)
    assert several.startswith("It is not known how the last change of %n build(s) ended.")


def test_a_refused_delete_of_which_nothing_is_known_is_not_told_as_a_failure() -> None:
    words = said(report(ended(Write.DELETE, Outcome.UNKNOWN, REFUSED)))
    assert words.startswith("It is not known whether 1.4.5 (145) was deleted.")
    assert "1098" in words
    assert "Nothing was changed" not in words


@pytest.mark.parametrize("write", Write)
def test_a_contradiction_says_what_the_service_said_and_what_it_shows(write: Write) -> None:
    told = report(ended(write, Outcome.CONTRADICTED))
    assert "Pgyer said" in said(told)
    assert "but its list" in said(told)
    assert notice_of(told).remedy is Remedy.RETRY


@pytest.mark.parametrize("write", Write)
def test_what_a_read_has_settled_is_not_sent_to_be_read_again(write: Write) -> None:
    words = said(report(ended(write, Outcome.NOT_DONE, LOST)))
    assert "find out" not in words
    assert "not known" not in words


@pytest.mark.parametrize("write", Write)
def test_a_refusal_gives_its_reason_and_says_that_nothing_changed(write: Write) -> None:
    words = said(report(ended(write, Outcome.NOT_DONE, REFUSED)))
    assert "1098" in words
    assert words.endswith("Nothing was changed.")


@pytest.mark.parametrize("write", Write)
def test_a_change_that_was_never_sent_changed_nothing(write: Write) -> None:
    error = TimeoutReachedError("www.example.com", delivery=Delivery.NOT_SENT)
    assert said(report(ended(write, Outcome.NOT_DONE, error))).endswith("Nothing was changed.")


def test_a_rejected_key_leads_to_the_account() -> None:
    told = report(ended(Write.DELETE, Outcome.NOT_DONE, KeyRejectedError(1002, "")))
    assert notice_of(told).remedy is Remedy.OPEN_ACCOUNT


def test_a_gateway_is_told_with_its_status() -> None:
    assert "502" in said(report(ended(Write.DELETE, Outcome.UNKNOWN, HttpStatusError("www.example.com", 502))))


def test_after_a_clear_the_build_that_is_offered_now_is_named() -> None:
    told = report(WriteResult(Write.CLEAR_LATEST, BUILD, Outcome.DONE, latest=OTHER))
    assert said(told) == "1.4.5 (145) is no longer the latest. Pgyer now offers 1.4.4 (144)."
    assert said(report(ended(Write.CLEAR_LATEST, Outcome.DONE))) == "1.4.5 (145) is no longer the latest."


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (BUILD, "1.4.5 (145)"),
        (Build("k", version="1.4.5"), "1.4.5"),
        (Build("k", build_number="145", pgyer_build=45), "145"),
        (Build("k", pgyer_build=45), "#45"),
        (Build("k", pgyer_build=0), "#0"),
        (Build("k"), "k"),
        (Build("k", version="{host}", build_number="%n <b>"), "{host} (%n <b>)"),
    ],
)
def test_a_build_is_named_by_what_there_is(build: Build, name: str) -> None:
    assert name_of(build) == name


def test_what_was_accepted_and_could_not_be_read_is_told_as_what_it_was() -> None:
    told = {write: said(report(ended(write, Outcome.UNKNOWN))) for write in Write}
    assert "as the latest" in told[Write.SET_LATEST]
    assert "the deletion of" in told[Write.DELETE]
    assert "no longer the latest" in told[Write.CLEAR_LATEST]


def test_only_a_promotion_that_was_seen_and_has_a_way_back_is_told_with_it() -> None:
    told = promoted(ended(Write.SET_LATEST, Outcome.DONE), "1.4.4", "14:02")
    assert told is not None
    assert in_english(told).startswith("1.4.5")
    assert in_english(told).endswith("verified at 14:02. Before it was 1.4.4.")
    assert promoted(ended(Write.SET_LATEST, Outcome.DONE), "", "14:02") is None
    for write, outcome in product(Write, Outcome):
        if (write, outcome) != (Write.SET_LATEST, Outcome.DONE):
            assert promoted(ended(write, outcome), "1.4.4", "14:02") is None


@pytest.mark.parametrize(
    ("write", "known", "unknown"),
    [
        (Write.SET_LATEST, "was not set as the latest.", "is the latest now."),
        (Write.DELETE, "was not deleted.", "was deleted."),
        (Write.CLEAR_LATEST, "is still the latest.", "is still the latest."),
    ],
)
def test_what_was_attempted_is_named_as_what_it_was(write: Write, known: str, unknown: str) -> None:
    assert known in said(report(ended(write, Outcome.NOT_DONE, REFUSED)))
    told = said(report(ended(write, Outcome.UNKNOWN, LOST)))
    assert told.startswith("It is not known whether")
    assert unknown in told


def test_a_change_that_the_journal_could_not_take_says_why() -> None:
    error = JournalError(Path("journal.jsonl"), JournalFault.FULL, "No space left on device")
    notice = not_sent(Write.DELETE, BUILD, error)
    words = in_english(notice.text)
    assert "1.4.5" in words
    assert words.endswith(in_english(error.text))
    assert (notice.severity, notice.remedy) == (Severity.ERROR, Remedy.NONE)


@pytest.mark.parametrize("write", Write)
def test_a_change_that_lost_its_ground_says_what_was_found_and_that_nothing_was_sent(write: Write) -> None:
    found = translate("recheck", "Meanwhile this build was deleted.")
    view = PageView("app", 1, 1, (), Latest(LatestSource.UNKNOWN), datetime(2025, 3, 1, tzinfo=UTC))
    notice = held_back(HeldBack(write, Build("key1", version="1.4"), Look(view, None, None), (found,)))
    words = in_english(notice.text)
    assert "1.4" in words
    assert "Meanwhile this build was deleted." in words
    assert words.endswith("Nothing was sent.")
    assert (notice.severity, notice.remedy) == (Severity.WARNING, Remedy.NONE)
