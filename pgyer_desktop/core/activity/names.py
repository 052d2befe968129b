"""What the journal's values are called: for the Activity view and for exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.activity.records import Intended
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from pgyer_desktop.core.activity.records import Entry, NamedBuild

WRITE_WORDS = {
    Write.SET_LATEST: translate("journal", "Set latest"),
    Write.CLEAR_LATEST: translate("journal", "Clear latest"),
    Write.DELETE: translate("journal", "Delete"),
}

INTENDED_WORDS = {
    Intended.LATEST: translate("journal", "Is the latest"),
    Intended.NOT_LATEST: translate("journal", "Is not the latest"),
    Intended.DELETED: translate("journal", "Is deleted"),
}

OUTCOME_WORDS = {
    Outcome.DONE: translate("journal", "Done"),
    Outcome.NOT_DONE: translate("journal", "Not done"),
    Outcome.UNKNOWN: translate("journal", "Unknown"),
    Outcome.CONTRADICTED: translate("journal", "Contradicted"),
}

OUTCOME_SENTENCES = {
    Outcome.DONE: translate("journal", "Pgyer made the change, and reading the builds afterwards confirmed it."),
    Outcome.NOT_DONE: translate("journal", "The change was not made."),
    Outcome.UNKNOWN: translate(
        "journal",
        "It is not known yet whether the change was made. That is found out as soon as the builds"
        " of this app can be read; until then this build is not changed again.",
    ),
    Outcome.CONTRADICTED: translate(
        "journal", "Pgyer said that the change was made, but reading afterwards showed otherwise."
    ),
}

ERROR_WORDS = {
    "AddressError": translate("journal", "The address cannot be used"),
    "HostNotFoundError": translate("journal", "The address was not found"),
    "ConnectionRefusedByHostError": translate("journal", "Pgyer could not be reached"),
    "ProxyError": translate("journal", "The proxy could not be reached"),
    "ProxySettingError": translate("journal", "The proxy cannot be used"),
    "ProxySignInError": translate("journal", "The proxy required a sign-in"),
    "ProxyRefusedError": translate("journal", "The proxy refused"),
    "TlsError": translate("journal", "The connection was not secure"),
    "TimeoutReachedError": translate("journal", "No reply in time"),
    "ConnectionLostError": translate("journal", "The connection broke off"),
    "RedirectedError": translate("journal", "Redirected to another address"),
    "HttpStatusError": translate("journal", "A gateway replied instead of Pgyer"),
    "NotJsonError": translate("journal", "The reply was not understood"),
    "WebPageError": translate("journal", "A web page came instead of a reply"),
    "ReplyTooLargeError": translate("journal", "The reply was too large"),
    "MalformedReplyError": translate("journal", "The reply was not understood"),
    "ServiceError": translate("journal", "Pgyer refused"),
    "KeyRejectedError": translate("journal", "Pgyer did not accept the API key"),
    "NotFoundError": translate("journal", "Pgyer did not find it"),
    "RateLimitedError": translate("journal", "Too many requests within the hour"),
    "JournalError": translate("journal", "It could not be written down first"),
    "CancelledError": translate("journal", "Stopped before it was sent"),
}
"""What a recorded error is called, by its class. Other versions of the program may have recorded others."""
_OTHER_ERROR = translate("journal", "Another error")

UNDER_WAY = translate("journal", "Under way")
NOT_KNOWN = translate("journal", "Not known")
NONE = translate("journal", "None", "no build is the latest")


def outcome_words(entry: Entry) -> Text:
    """How `entry` ended, or that it has not."""
    return UNDER_WAY if entry.under_way else OUTCOME_WORDS[entry.outcome]


def outcome_sentence(entry: Entry) -> Text:
    """What the outcome of `entry` means."""
    if entry.under_way:
        return translate("journal", "The change is under way.")
    return OUTCOME_SENTENCES[entry.outcome]


def error_words(entry: Entry) -> Text | str:
    """What went wrong with `entry`; "" where nothing did."""
    error = entry.ending.error if entry.ending is not None else ""
    return ERROR_WORDS.get(error, _OTHER_ERROR) if error else ""


def latest_words(latest: tuple[NamedBuild, ...] | NamedBuild | None) -> Text | str:
    """What is said to be latest, by the builds' names; several stand behind each other."""
    if latest is None:
        return NOT_KNOWN
    builds = latest if isinstance(latest, tuple) else (latest,)
    return ", ".join(build.name or build.build_key for build in builds) if builds else NONE
