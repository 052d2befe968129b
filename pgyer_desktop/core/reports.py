"""How a write ended, in words, for the notice bar and the toast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgyer_desktop.core.messages import Notice, Remedy, Severity, explain_write
from pgyer_desktop.core.outcome import Outcome, Write
from pgyer_desktop.core.words import Text, translate

if TYPE_CHECKING:
    from pgyer_desktop.api.models import Build
    from pgyer_desktop.core.outcome import WriteResult


@dataclass(frozen=True, slots=True)
class Report:
    """Either a `toast` for what succeeded and was seen, or a `notice` that stays until it is closed."""

    toast: Text | None = None
    notice: Notice | None = None


def name_of(build: Build) -> str:
    """A build as sentences name it: "1.4.5 (145)", else by what there is."""
    if build.version and build.build_number:
        return f"{build.version} ({build.build_number})"
    if build.version or build.build_number:
        return build.version or build.build_number
    return f"#{build.pgyer_build}" if build.pgyer_build is not None else build.build_key


def report(result: WriteResult) -> Report:
    """What a person is told about `result`."""
    if result.outcome is Outcome.DONE:
        return Report(toast=_done(result))
    if result.outcome is Outcome.CONTRADICTED:
        return Report(notice=Notice(_contradicted(result), Severity.WARNING, Remedy.RETRY))
    if result.error is not None:
        notice = explain_write(result.error, doing=_failed(result), settled=result.outcome is Outcome.NOT_DONE)
        # The remedy "Retry" reads again. A change is never sent again by a button that says so.
        return Report(notice=notice)
    return Report(notice=Notice(_accepted_unseen(result), Severity.WARNING, Remedy.RETRY))


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
            "reports", "Pgyer accepted {build} as the latest, but the list could not be read afterwards. Read it again."
        ).fill(build=name)
    if result.write is Write.DELETE:
        return translate(
            "reports",
            "Pgyer accepted the deletion of {build}, but the list could not be read afterwards. Read it again.",
        ).fill(build=name)
    return translate(
        "reports",
        "Pgyer accepted that {build} is no longer the latest, but the list could not be read afterwards. Read it"
        " again.",
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
