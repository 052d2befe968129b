"""Every error in words: what happened, to what, and what to do now.

The only place that turns one of our errors into a sentence. Must not decide what happens next: the remedy is offered to
the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from pgyer_desktop.api import errors
from pgyer_desktop.core.base import keystore
from pgyer_desktop.core.base.redaction import struck
from pgyer_desktop.core.base.words import Text, translate

_SIGN_IN_STATUS: Final = 407


class Severity(Enum):
    """How much a notice matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Remedy(Enum):
    """The one thing that a notice offers to do."""

    NONE = "none"
    RETRY = "retry"
    """Read again. Never: send a change again."""
    OPEN_ACCOUNT = "open account"
    STOP = "stop"
    """Give up reads that are being repeated."""
    SESSION_KEY = "session key"
    """Enter the key for this session."""
    FIND_ACCOUNTS = "find accounts"
    """Look for accounts that the settings have lost."""
    ALLOW = "allow"
    """Let the program look for newer releases by itself."""
    OPEN_RELEASE = "open release"
    """Open the page about a newer release."""
    SHOW_REPORT = "show report"
    """Show what became of each build of a queue."""
    GUARDS = "guards"
    """Show the account's guard rails, which forbid it."""
    COPY_LINK = "copy link"
    """Copy the link of a page that no browser opened."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence or two, how much they matter, and what can be done from here.

    `link` is what `COPY_LINK` copies.
    """

    text: Text
    severity: Severity
    remedy: Remedy
    link: str = ""


def explain(error: errors.PgyerError, *, doing: Text) -> Notice:
    """Why `doing` (a sentence such as "The builds of Harbour could not be read.") did not work, and what now."""
    text = joined(doing, _reason(error))
    advice = _advice(error)
    if advice is not None:
        text = joined(text, advice)
    return Notice(text, Severity.ERROR, _remedy(error))


def explain_write(error: errors.PgyerError, *, doing: Text, known: bool) -> Notice:
    """The same for a change: `doing` says already whether it is known to have failed.

    `known`: nothing happened. "Retry" reads again here; it never sends the change again. Where it is not known, it is
    read again by itself, and no sentence tells to try again, while the change may have been made.
    """
    if not known:
        remedy = Remedy.OPEN_ACCOUNT if _remedy(error) is Remedy.OPEN_ACCOUNT else Remedy.STOP
        reason = _reason(error)
        if isinstance(error, errors.ServiceError) and remedy is Remedy.STOP:
            reason = _refusal(error, advise=False)
        return Notice(joined(joined(doing, reason), READ_AGAIN), Severity.WARNING, remedy)
    if error.delivery is errors.Delivery.UNKNOWN:
        return Notice(joined(doing, _reason(error)), Severity.ERROR, Remedy.RETRY)
    notice = explain(error, doing=doing)
    unchanged = translate("messages", "Nothing was changed.")
    return Notice(joined(notice.text, unchanged), notice.severity, notice.remedy)


READ_AGAIN: Final = translate("messages", "The list is read again automatically until that is known.")
"""Stands behind what is not known of a change."""


def explain_key(error: errors.PgyerError) -> Notice:
    """Why a key that was entered is not taken: refused, or not checked at all."""
    if not isinstance(error, errors.KeyRejectedError):
        return explain(error, doing=translate("messages", "The key could not be checked."))
    text = translate(
        "messages",
        "Pgyer refused this key ({code}). It may not be the API key, or may have been reset. Copy"
        " the API key from Pgyer again.",
    )
    return Notice(text.fill(code=str(error.code)), Severity.ERROR, Remedy.NONE)


def explain_pause(error: errors.PgyerError, *, attempt: int, attempts: int) -> Notice:
    """That a read has failed for a moment and is about to be repeated."""
    again = translate("messages", "Trying again ({attempt} of {attempts})…").fill(
        attempt=str(attempt), attempts=str(attempts)
    )
    text = translate("messages", "{first} {second}", "two sentences").fill(first=_reason(error), second=again)
    return Notice(text, Severity.INFO, Remedy.STOP)


def explain_feed(error: errors.PgyerError) -> Notice:
    """Why the feed of this program's releases, which is nothing of Pgyer's, did not tell the newest one."""
    doing = translate("messages", "It could not be found out whether there is a newer version of this program.")
    if isinstance(error, errors.RedirectedError | errors.HttpStatusError):
        reason = translate("messages", "{host} has nothing at that address (status {status}).").fill(
            host=error.host, status=str(error.status)
        )
    else:
        reason = _reason(error)
    text = joined(doing, reason)
    if not isinstance(error, errors.ProxySettingError):  # its sentence says what to do
        advice = _advice(error) if isinstance(error, errors.TransportError) else None
        text = joined(text, advice or translate("messages", "Try again later."))
    return Notice(text, Severity.WARNING, Remedy.RETRY)


def explain_keystore(error: keystore.KeyStoreError) -> Notice:
    """Why the keyring did not do what it was asked, and what now."""
    first = keystore.keyring_name(first=True)
    if isinstance(error, keystore.KeyStoreConfigurationError):
        text = joined(
            _configuration(error),
            translate(
                "messages",
                "Correct or remove it and try again, or keep the key only until the program is closed.",
                "a configuration",
            ),
        )
    elif isinstance(error, keystore.KeyStoreMissingError):
        text = translate(
            "messages",
            "{Vault} is missing on this computer, so the key cannot be kept safely. It can be kept until the program"
            " is closed.",
        ).fill(Vault=first)
    elif isinstance(error, keystore.KeyStoreLockedError):
        text = translate(
            "messages",
            "{Vault} is locked. Unlock it and try again, or keep the key only until the program is closed.",
        ).fill(Vault=first)
    else:
        text = translate(
            "messages",
            "{Vault} did not do what it was asked. Try again, or keep the key only until the program is closed.",
        ).fill(Vault=first)
    return Notice(text, Severity.WARNING, Remedy.SESSION_KEY)


def _configuration(error: keystore.KeyStoreConfigurationError) -> Text:
    if error.named is None:
        text = translate("messages", "{where}, which says where keys are kept, cannot be read.", "a file")
        return text.fill(where=error.where)
    if not error.named:
        text = translate("messages", "{where}, which says where keys are kept, names nothing.")
        return text.fill(where=error.where)
    text = translate("messages", "{where}, which says where keys are kept, names {keyring}, which cannot be used here.")
    return text.fill(where=error.where, keyring=error.named)


def _remedy(error: errors.PgyerError) -> Remedy:
    if isinstance(error, errors.KeyRejectedError) or (isinstance(error, errors.ServiceError) and error.code == 1013):
        return Remedy.OPEN_ACCOUNT
    return Remedy.NONE if isinstance(error, errors.AddressError) else Remedy.RETRY


def _reason(error: errors.PgyerError) -> Text:
    if isinstance(error, errors.ServiceError):
        return _refusal(error)
    if isinstance(error, errors.TransportError):
        return _transport(error)
    if isinstance(error, errors.ReplyError):
        return _reply(error)
    if isinstance(error, errors.AddressError):
        return translate("messages", "The address {address} cannot be used: {reason}.").fill(
            address=error.address, reason=_own(error.reason)
        )
    return translate("messages", "Something unexpected happened.")


def joined(first: Text, second: Text) -> Text:
    """One sentence behind the other."""
    return translate("messages", "{first} {second}", "two sentences").fill(first=first, second=second)


def _transport(error: errors.TransportError) -> Text:
    if isinstance(error, errors.HostNotFoundError):
        text = translate("messages", "The address {host} was not found.")
    elif isinstance(error, errors.ConnectionRefusedByHostError):
        text = translate("messages", "{host} cannot be reached.")
    elif isinstance(error, errors.ProxyError):
        return _proxy(error)
    elif isinstance(error, errors.TlsError):
        text = translate("messages", "The connection to {host} is not secure.")
        if error.detail:
            text = translate("messages", "The connection to {host} is not secure ({detail}).")
    elif isinstance(error, errors.TimeoutReachedError):
        text = translate("messages", "{host} did not answer in time.")
    else:
        text = translate("messages", "The connection to {host} broke off before the reply was complete.")
    return text.fill(host=error.host, detail=_own(error.detail))


def _proxy(error: errors.ProxyError) -> Text:
    if isinstance(error, errors.ProxySettingError):
        text = translate(
            "messages",
            "This computer's settings name the proxy {proxy}, which cannot be used: change the system's proxy settings"
            " to an HTTP or SOCKS 5 proxy, or take Pgyer out of them, then try again.",
        )
        if error.setting:
            text = translate(
                "messages",
                "The environment variable {setting} names the proxy {proxy}, which cannot be used: set it to an HTTP"
                " or SOCKS 5 proxy, or remove it, then start the program again.",
            )
        return text.fill(proxy=error.proxy, setting=error.setting)
    if isinstance(error, errors.ProxySignInError):
        text = translate("messages", "The proxy {proxy} requires a sign-in ({detail}), so {host} was not asked.")
    elif isinstance(error, errors.ProxyRefusedError):
        text = translate("messages", "The proxy {proxy} refuses to connect to {host} ({detail}).")
    elif error.detail:
        text = translate("messages", "{host} cannot be reached through the proxy {proxy} ({detail}).")
    else:
        text = translate("messages", "{host} cannot be reached through the proxy {proxy}.")
    return text.fill(host=error.host, detail=_own(error.detail), proxy=error.proxy)


_OWN_DETAILS: Final = {
    text.source: text
    for text in (
        translate("messages", "not an address"),
        translate("messages", "not an http address"),
        translate("messages", "an address begins with https:// and names a host"),
        translate("messages", "plain http would send the key unprotected; use https"),
        translate("messages", "an address has no user name, query or fragment"),
        translate("messages", "no answer in time"),
        translate("messages", "it broke off the connection"),
        translate("messages", "its answer could not be understood"),
    )
}
"""What `api` says itself in an error that people read; the rest comes from the system or from a proxy."""


def _own(detail: str) -> str | Text:
    return _OWN_DETAILS.get(detail, detail)


def _reply(error: errors.ReplyError) -> Text:
    if isinstance(error, errors.RedirectedError):
        text = translate(
            "messages",
            "{host} redirected the request to another address (status {status}). It was not followed, to keep the key"
            " safe.",
        )
    elif isinstance(error, errors.HttpStatusError) and error.status == _SIGN_IN_STATUS:
        text = translate("messages", "A proxy on the way to {host} requires a sign-in (status {status}).")
    elif isinstance(error, errors.HttpStatusError):
        text = translate("messages", "A gateway on the way to {host} answered instead of Pgyer (status {status}).")
    elif isinstance(error, errors.WebPageError):
        text = translate(
            "messages",
            "A web page came from {host} where data was expected (status {status}). It may be a gateway's, or that of"
            " a network that asks to sign in.",
        )
    elif isinstance(error, errors.NotJsonError):
        text = translate("messages", "{host} did not send the data that was expected (status {status}).")
    elif isinstance(error, errors.ReplyTooLargeError):
        text = translate("messages", "The reply from {host} is too large to be real and was not read.")
    else:
        text = translate("messages", "The reply from {host} could not be understood.")
    return text.fill(host=error.host, status=str(error.status))


def _advice(error: errors.PgyerError) -> Text | None:
    """What to do now. Some say it themselves: a refusal whose code is known, and a proxy setting of no use."""
    if isinstance(error, errors.ServiceError) and error.code not in _KNOWN:
        return translate("messages", "If it happens again, see whether the same works on Pgyer's website.")
    if isinstance(error, errors.ProxySettingError):
        return None
    return next((advice for kind, advice in _ADVICE if isinstance(error, kind)), None)


_ADVICE: tuple[tuple[type[errors.PgyerError], Text], ...] = (
    (errors.HostNotFoundError, translate("messages", "Check the network connection.")),
    (
        errors.ConnectionRefusedByHostError,
        translate("messages", "Check the network connection, and a VPN or proxy if there is one."),
    ),
    (
        errors.ProxySignInError,
        translate(
            "messages",
            "Enter a user name and password in the proxy settings, or sign in to the network.",
        ),
    ),
    (
        errors.ProxyRefusedError,
        translate(
            "messages",
            "Ask whoever runs it to allow this, or change the system's proxy settings, then try again.",
        ),
    ),
    (
        errors.ProxyError,
        translate("messages", "See whether the proxy runs, or change the system's proxy settings, then try again."),
    ),
    (errors.TlsError, translate("messages", "Check the computer's clock, and whether a proxy stands in between.")),
    (
        errors.RedirectedError,
        translate("messages", "Sign in to the network if it asks for that, or check the address."),
    ),
    (
        errors.WebPageError,
        translate("messages", "Open a web page to see whether the network works, then try again."),
    ),
    (
        errors.MalformedReplyError,
        translate("messages", "Try again; if it happens again, a newer version of this program may be needed."),
    ),
    (errors.TransportError, translate("messages", "Try again in a moment.")),
    (errors.ReplyError, translate("messages", "Try again in a moment.")),
)
"""The first class that fits counts."""


def _refusal(error: errors.ServiceError, *, advise: bool = True) -> Text:
    """What the service said. `advise`: in words of ours where its code is known, which say what to do, too."""
    text = translate("messages", "Pgyer answered with error {code}.")
    known = _KNOWN.get(error.code)
    if error.message and known is not _OUR_FAULT:  # else it names a field that nobody has filled in but we
        # The service's own words end as they like; another sentence of ours may follow.
        if error.message.endswith(("!", "?", "。", "！", "？", "…")):
            text = translate("messages", "Pgyer answered with error {code}: {message}")
        else:
            text = translate("messages", "Pgyer answered with error {code}: {message}.")
    if advise:
        text = known or text
    # What Pgyer says may repeat what it was sent, or hold a signed link.
    return text.fill(code=str(error.code), message=struck(error.message.removesuffix(".")))


_KEY_REJECTED = translate(
    "messages", "Pgyer does not accept the API key ({code}). It may have been reset: enter it again."
)
_OUR_FAULT = translate("messages", "The program left out something that Pgyer needs ({code}). Report this problem.")
_PUBLISHING = translate("messages", "Pgyer is still processing the build ({code}). Try again in a few minutes.")

_KNOWN: dict[int, Text] = {
    1001: translate(
        "messages",
        "Pgyer did not receive the API key ({code}), although it was sent. A proxy or a redirect on the way removed it:"
        " check the network and the address.",
    ),
    1002: _KEY_REJECTED,
    1007: translate("messages", "The search term is too short for Pgyer ({code}). Use a longer one."),
    1008: _OUR_FAULT,
    1009: translate(
        "messages", "Pgyer does not know it ({code}). It is gone, or belongs to another account. Reload the list."
    ),
    1010: _OUR_FAULT,
    1011: _OUR_FAULT,
    1012: _OUR_FAULT,
    1013: translate("messages", "Pgyer does not know the account's owner ({code}). Check the account."),
    1018: translate(
        "messages", "The plan's number of apps is used up ({code}). Remove apps or upgrade the plan at Pgyer."
    ),
    1022: translate("messages", "The file is larger than the plan allows ({code}). Upgrade the plan at Pgyer."),
    1049: translate("messages", "The plan's downloads are used up ({code}). Upgrade the plan at Pgyer."),
    1054: translate(
        "messages", "Today's downloads are used up ({code}). Wait until tomorrow or upgrade the plan at Pgyer."
    ),
    1055: _KEY_REJECTED,
    1081: translate(
        "messages", "Pgyer refused the request ({code}). Reload; if it happens again, report this problem."
    ),
    1098: translate(
        "messages", "Pgyer has had too many requests within the hour ({code}). Wait a while before trying again."
    ),
    1216: translate("messages", "Pgyer could not publish the build ({code}). Upload it again."),
    1246: _PUBLISHING,
    1247: _PUBLISHING,
    1249: translate(
        "messages", "Pgyer could not read the uploaded package ({code}). Check the file and upload it again."
    ),
}
"""Source: the service's list of codes. 1098 is known from its sister service."""
