"""Every error is a sentence that says what happened, to what, and what now; and no sentence promises too much."""

from __future__ import annotations

import pytest

from pgyer_desktop.api import errors
from pgyer_desktop.api.errors import Delivery
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity, explain, explain_keystore, explain_write
from pgyer_desktop.core.base.keystore import (
    KeyStoreConfigurationError,
    KeyStoreError,
    KeyStoreLockedError,
    KeyStoreMissingError,
    KeyStoreRefusedError,
    KeyStoreTurnedOffError,
)
from pgyer_desktop.core.base.words import Text, translate

DOCUMENTED_CODES = (
    1001, 1002, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1018, 1022, 1049, 1054, 1055, 1081, 1098, 1216, 1246, 1247,
    1249,
)  # fmt: skip
HOST = "www.example.com"
NOT_ALWAYS_SAID = {"host", "status", "detail", "code", "message", "proxy", "setting"}
DOING = translate("tests", "The builds of {app} could not be read.").fill(app="Harbour {code}")


def in_english(text: Text) -> str:
    """What a reader of English sees: values put in their places, once."""
    values = {name: in_english(value) if isinstance(value, Text) else str(value) for name, value in text.values}
    said = text.source
    for name in values:
        assert "{" + name + "}" in said or name in NOT_ALWAYS_SAID, name
    parts = said.split("{")
    out = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        out += values[name] + rest
    return out


def said(notice: Notice) -> str:
    return in_english(notice.text)


def every_class(base: type[errors.PgyerError]) -> list[type[errors.PgyerError]]:
    return [base, *(found for sub in base.__subclasses__() for found in every_class(sub))]


def one_of(kind: type[errors.PgyerError]) -> errors.PgyerError:
    if issubclass(kind, errors.ServiceError):
        code = {errors.KeyRejectedError: 1002, errors.NotFoundError: 1009, errors.RateLimitedError: 1098}
        return kind(code.get(kind, 4711), "some text")
    if issubclass(kind, errors.ReplyError):
        return kind(HOST, 502, "details")
    if issubclass(kind, errors.ProxyError):
        return kind(HOST, "details", proxy="socks5://127.0.0.1:1080")
    if issubclass(kind, errors.TransportError):
        return kind(HOST, "details")
    if issubclass(kind, errors.AddressError):
        return kind("http://example.com", "use https")
    return kind("something")


ALL = [one_of(kind) for kind in every_class(errors.PgyerError)]


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_every_class_of_error_is_said_in_whole_sentences(error: errors.PgyerError) -> None:
    words = said(explain(error, doing=DOING))
    assert words.startswith("The builds of Harbour {code} could not be read. ")
    assert len(words) > len("The builds of Harbour {code} could not be read. ") + 20
    assert words.endswith((".", "some text"))
    assert "  " not in words
    assert type(error).__name__ not in words


def test_every_class_has_a_sentence_of_its_own() -> None:
    told = {type(error): said(explain(error, doing=DOING)) for error in ALL}
    bases = {errors.TransportError: errors.ConnectionLostError, errors.ReplyError: errors.MalformedReplyError}
    for base, stand_in in bases.items():
        assert told.pop(base).split(". ")[1] == told[stand_in].split(". ")[1]
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("code", DOCUMENTED_CODES)
def test_every_documented_code_is_said_in_our_own_words_with_its_number(code: int) -> None:
    words = said(explain(errors.service_error(code, "as it came"), doing=DOING))
    assert f"({code})" in words
    assert "as it came" not in words


def test_no_two_documented_codes_are_told_the_same() -> None:
    assert len({said(explain(errors.service_error(code, ""), doing=DOING)) for code in DOCUMENTED_CODES}) == len(
        DOCUMENTED_CODES
    )


def test_codes_that_mean_different_things_differ_in_more_than_the_number() -> None:
    same = {1002: 1055, 1008: 1010, 1010: 1011, 1011: 1012, 1246: 1247}
    sentences = {
        code: said(explain(errors.service_error(code, ""), doing=DOING)).replace(str(code), "")
        for code in DOCUMENTED_CODES
    }
    assert len(set(sentences.values())) == len(DOCUMENTED_CODES) - len(same)
    assert all(sentences[one] == sentences[other] for one, other in same.items())


def test_an_unknown_code_is_shown_with_its_message_as_they_came_and_with_what_to_do() -> None:
    words = said(explain(errors.service_error(98765, "odd <b>thing</b> {host}"), doing=DOING))
    advice = " If it happens again, see whether the same works on Pgyer's website."
    assert words.endswith("error 98765: odd <b>thing</b> {host}." + advice)
    assert said(explain(errors.service_error(98765, ""), doing=DOING)).endswith("error 98765." + advice)


def test_a_code_is_not_grouped_like_an_amount() -> None:
    text = explain(errors.service_error(98765, ""), doing=DOING).text
    numbers = [value for _, value in _all_values(text) if isinstance(value, int)]
    assert numbers == []


def test_a_key_that_got_lost_on_the_way_is_no_rejected_key() -> None:
    notice = explain(errors.service_error(1001, ""), doing=DOING)
    assert "although it was sent" in said(notice)
    assert "proxy" in said(notice)
    assert notice.remedy is Remedy.RETRY


@pytest.mark.parametrize("code", [1002, 1055, 1013])
def test_a_rejected_key_leads_to_the_account(code: int) -> None:
    assert explain(errors.service_error(code, ""), doing=DOING).remedy is Remedy.OPEN_ACCOUNT


@pytest.mark.parametrize("kind", [errors.NotJsonError, errors.HttpStatusError, errors.RedirectedError])
def test_a_gateway_is_told_with_its_status_and_host(kind: type[errors.ReplyError]) -> None:
    words = said(explain(kind(HOST, 302), doing=DOING))
    assert "302" in words
    assert HOST in words


@pytest.mark.parametrize(("setting", "name"), [("ALL_PROXY", "ALL_PROXY"), ("", "computer's settings")])
def test_a_proxy_setting_of_no_use_is_one_sentence_with_its_name_its_value_and_what_to_do(
    setting: str, name: str
) -> None:
    error = errors.ProxySettingError(HOST, proxy="socks4://127.0.0.1:1080", setting=setting)
    reason = said(explain(error, doing=DOING)).partition("could not be read. ")[2]
    assert name in reason
    assert "socks4://127.0.0.1:1080" in reason
    assert "SOCKS 5 proxy" in reason
    assert reason.count(". ") == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (errors.ProxySignInError, "requires a sign-in (407 Sign in)"),
        (errors.ProxyRefusedError, "refuses to connect to"),
    ],
)
def test_a_proxy_that_does_not_let_us_through_is_named_and_not_pgyer(kind: type[errors.ProxyError], words: str) -> None:
    reason = said(explain(kind(HOST, "407 Sign in", proxy="http://proxy.example:3128"), doing=DOING))
    assert f"The proxy http://proxy.example:3128 {words}" in reason
    assert "cannot be reached" not in reason


def test_a_proxy_that_nobody_knew_of_is_told_too() -> None:
    assert "A proxy on the way to www.example.com requires a sign-in" in said(
        explain(errors.HttpStatusError(HOST, 407), doing=DOING)
    )


def test_only_a_web_page_is_called_one() -> None:
    assert "A web page" in said(explain(errors.WebPageError(HOST, 200), doing=DOING))
    words = said(explain(errors.NotJsonError(HOST, 200), doing=DOING))
    assert "web page" not in words
    assert "did not send the data that was expected (status 200)" in words


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_a_change_is_said_to_have_left_all_as_it_was_only_where_that_is_known(error: errors.PgyerError) -> None:
    words = said(explain_write(error, doing=DOING, known=True))
    assert ("Nothing was changed." in words) is (error.delivery is not Delivery.UNKNOWN)
    words = said(explain_write(error, doing=DOING, known=False))
    assert "Nothing was changed." not in words
    assert words.endswith("The list is read again automatically until that is known.")


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
def test_nobody_is_told_to_retry_a_change_that_may_have_worked(error: errors.PgyerError) -> None:
    notice = explain_write(error, doing=DOING, known=False)
    assert notice.severity is Severity.WARNING
    assert notice.remedy in {Remedy.STOP, Remedy.OPEN_ACCOUNT}
    if error.delivery is Delivery.UNKNOWN:
        assert notice.remedy is Remedy.STOP
    if error.delivery is not Delivery.NOT_SENT:  # which is never unknown
        assert "try" not in said(notice).lower().replace("retry", "")


def test_a_change_that_was_never_sent_changed_nothing() -> None:
    error = errors.TimeoutReachedError(HOST, "no connection in time", delivery=Delivery.NOT_SENT)
    assert said(explain_write(error, doing=DOING, known=True)).endswith("Nothing was changed.")


def test_a_change_that_a_read_has_settled_is_not_sent_to_read_again() -> None:
    error = errors.TimeoutReachedError(HOST)
    words = said(explain_write(error, doing=DOING, known=True))
    assert words.endswith("did not answer in time.")


@pytest.mark.parametrize(
    "error",
    [
        KeyStoreMissingError("none"),
        KeyStoreConfigurationError("here", None),
        KeyStoreTurnedOffError("here", "keyring.backends.null.Keyring"),
        KeyStoreLockedError("prompt"),
        KeyStoreRefusedError("it failed"),
    ],
)
def test_a_keyring_that_does_not_work_leads_to_a_key_for_this_session(error: KeyStoreError) -> None:
    notice = explain_keystore(error)
    assert notice.remedy is Remedy.SESSION_KEY
    assert "until the program is closed" in said(notice)


def _all_values(text: Text) -> list[tuple[str, str | int | Text]]:
    found: list[tuple[str, str | int | Text]] = []
    for name, value in text.values:
        found.append((name, value))
        if isinstance(value, Text):
            found += _all_values(value)
    return found


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("code", [1008, 1010, 1011, 1012])
def test_no_field_is_named_where_the_fault_is_ours(code: int, known: bool) -> None:
    error = errors.ServiceError(code, "buildKey could not be empty")
    words = said(explain_write(error, doing=DOING, known=known))
    assert str(code) in words
    assert "buildKey" not in words


@pytest.mark.parametrize("detail", ["plain http would send the key unprotected; use https", "not an address"])
def test_what_is_wrong_with_an_address_is_a_text_of_ours(detail: str) -> None:
    text = explain(errors.AddressError("http://example.com", detail), doing=DOING).text
    assert detail in in_english(text)
    assert any(isinstance(value, Text) and value.source == detail for value in _values(text))


def _values(text: Text) -> list[object]:
    inner = [value for _, value in text.values if isinstance(value, Text)]
    return [*(value for _, value in text.values), *(found for one in inner for found in _values(one))]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("not now", "Pgyer answered with error {code}: {message}."),
        ("not now.", "Pgyer answered with error {code}: {message}."),
        ("不行。", "Pgyer answered with error {code}: {message}"),
    ],
)
def test_what_pgyer_says_ends_with_the_stop_of_the_language_around_it(message: str, told: str) -> None:
    text = explain(errors.ServiceError(4711, message), doing=DOING).text
    found = [value.source for _, value in _all_values(text) if isinstance(value, Text)]
    assert told in [text.source, *found], "the stop is part of what is translated"
    assert ".." not in in_english(text)
