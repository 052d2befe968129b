"""How a write ended, in words, for the notice bar and the toast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pgyer_desktop.core.activity.journal import JournalError
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.base.error_messages import (
    READ_AGAIN,
    Notice,
    Remedy,
    Severity,
    explain,
    explain_write,
    joined,
)
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.api import Build, PgyerError
    from pgyer_desktop.core.activity.records import Intent
    from pgyer_desktop.core.changes.recheck import HeldBack


@dataclass(frozen=True, slots=True)
class Report:
    """Either a `toast` for what succeeded and was seen, or a `notice` that stays until it is closed."""

    toast: Text | None = None
    notice: Notice | None = None


def report(result: WriteResult) -> Report:
    """What a person is told about `result`."""
    if result.unrecorded is not None:
        told = _done(result) if result.outcome is Outcome.DONE else _failed(result)
        text = translate("reports", "{told} That could not be recorded in Activity yet. {reason}").fill(
            told=told, reason=result.unrecorded
        )
        return Report(notice=Notice(text, Severity.WARNING, Remedy.RETRY))
    if result.outcome is Outcome.DONE:
        return Report(toast=_done(result))
    if result.outcome is Outcome.CONTRADICTED:
        return Report(notice=Notice(_contradicted(result), Severity.WARNING, Remedy.RETRY))
    if result.error is not None:
        # The remedy "Retry" reads again. A change is never sent again by a button that says so.
        known = result.outcome is not Outcome.UNKNOWN
        return Report(notice=explain_write(result.error, doing=_failed(result), known=known))
    return Report(notice=Notice(joined(_accepted_unseen(result), READ_AGAIN), Severity.WARNING, Remedy.STOP))


def accepted_not_visible(write: Write, build: Build) -> Notice:
    """What a person is told while a change that was accepted is read again because it does not show yet."""
    del write
    text = translate(
        "reports",
        "Pgyer has accepted the change of {build}, but does not show it yet. It is read again for some seconds.",
    ).fill(build=name_of(build))
    return Notice(text, Severity.INFO, Remedy.NONE)


def promoted(result: WriteResult, before: str, when: str) -> Text | None:
    """What a person is told about a promotion that was seen, if there is a way back to `before`; else None.

    `when` is the time at which it was seen, as people read it.
    """
    if result.write is not Write.SET_LATEST or result.outcome is not Outcome.DONE or not before:
        return None
    return translate("reports", "{build} is the latest now, verified at {time}. Before it was {before}.").fill(
        build=name_of(result.build), time=when, before=before
    )


def not_sent(write: Write, build: Build, error: PgyerError | JournalError) -> Notice:
    """What a person is told about a change that was given up before anything was sent."""
    doing = _failed(WriteResult(write, build, Outcome.NOT_DONE))
    if isinstance(error, JournalError):
        return Notice(joined(doing, error.text), Severity.ERROR, Remedy.NONE)
    first = translate("reports", "{doing} Nothing was sent, because it could not be checked first.").fill(doing=doing)
    return explain(error, doing=first)


def held_back(held: HeldBack) -> Notice:
    """What a person is told about a change that has lost its ground and cannot be asked about again."""
    found = held.found[0]
    text = translate("reports", "{doing} {found} Nothing was sent.").fill(
        doing=_failed(WriteResult(held.write, held.build, Outcome.NOT_DONE)), found=found
    )
    return Notice(text, Severity.WARNING, Remedy.NONE)


def settled(result: WriteResult) -> Text:
    """How an earlier change of which nobody knew it has turned out to have ended."""
    told = _done(result) if result.outcome is Outcome.DONE else _failed(result)
    return translate("reports", "Now it is known: {told}").fill(told=told)


def unsettled(intents: Sequence[Intent], *, stopped: bool) -> Notice:
    """What a person is told of changes of which it is still not known how they ended; of one at least.

    `stopped`: nothing is read by itself any more.
    """
    # The translation tool takes a number only.
    doing = replace(
        translate("reports", "It is not known how the last change of %n build(s) ended.", "", 0), count=len(intents)
    )
    if len(intents) == 1:
        doing = _failed(WriteResult(intents[0].write, intents[0].build, Outcome.UNKNOWN))
    if not stopped:
        return Notice(joined(doing, READ_AGAIN), Severity.WARNING, Remedy.STOP)
    find_out = translate("reports", "Read the list again to find out.")
    return Notice(joined(doing, find_out), Severity.WARNING, Remedy.RETRY)


def _done(result: WriteResult) -> Text:
    name = name_of(result.build)
    if result.write is Write.SET_LATEST:
        return translate("reports", "{build} is the latest now.").fill(build=name)
    if result.write is Write.DELETE:
        return translate("reports", "{build} has been deleted.").fill(build=name)
    if result.latest is not None:
        return translate("reports", "{build} is no longer the latest. Pgyer now offers {latest}.").fill(
            build=name, latest=name_of(result.latest)
        )
    return translate("reports", "{build} is no longer the latest.").fill(build=name)


def _contradicted(result: WriteResult) -> Text:
    name = name_of(result.build)
    if result.write is Write.SET_LATEST:
        return translate(
            "reports", "Pgyer said that {build} was set as the latest, but its list does not show that. Read it again."
        ).fill(build=name)
    if result.write is Write.DELETE:
        return translate(
            "reports", "Pgyer said that {build} was deleted, but its list still shows it. Read it again."
        ).fill(build=name)
    return translate(
        "reports", "Pgyer said that {build} is no longer the latest, but its list still says so. Read it again."
    ).fill(build=name)


def _accepted_unseen(result: WriteResult) -> Text:
    name = name_of(result.build)
    if result.write is Write.SET_LATEST:
        return translate(
            "reports", "Pgyer accepted {build} as the latest, but the list could not be read afterwards."
        ).fill(build=name)
    if result.write is Write.DELETE:
        return translate(
            "reports", "Pgyer accepted the deletion of {build}, but the list could not be read afterwards."
        ).fill(build=name)
    return translate(
        "reports", "Pgyer accepted that {build} is no longer the latest, but the list could not be read afterwards."
    ).fill(build=name)


def _failed(result: WriteResult) -> Text:
    """What was attempted, in front of why it failed or is not known."""
    name = name_of(result.build)
    unknown = result.outcome is Outcome.UNKNOWN
    if result.write is Write.SET_LATEST:
        if unknown:
            return translate("reports", "It is not known whether {build} is the latest now.").fill(build=name)
        return translate("reports", "{build} was not set as the latest.").fill(build=name)
    if result.write is Write.DELETE:
        if unknown:
            return translate("reports", "It is not known whether {build} was deleted.").fill(build=name)
        return translate("reports", "{build} was not deleted.").fill(build=name)
    if unknown:
        return translate("reports", "It is not known whether {build} is still the latest.").fill(build=name)
    return translate("reports", "{build} is still the latest.").fill(build=name)
