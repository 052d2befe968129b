"""What the feed may say, which version is newer, and when it is time to look."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop import __version__
from pgyer_desktop.api import errors
from pgyer_desktop.api.feed import FEED_BYTES
from pgyer_desktop.core.accounts.settings import Settings, SettingsFile
from pgyer_desktop.core.base import releases
from pgyer_desktop.core.base.releases import (
    FEED_VARIABLE,
    LINKS_VARIABLE,
    MAX_NOTES,
    Feed,
    Release,
    UpdateSettings,
    due,
    feed_of,
    is_newer,
    precedence,
    read_release,
)
from tests.project.checkout import ROOT

FEED = Feed("https://downloads.acme.test/pgyer-desktop.json")
PAGE = "https://downloads.acme.test/1.2.3"
WHOLE = {"version": "1.2.3", "url": PAGE, "published": "2026-01-02", "notes": "Faster."}
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def read(**changes: object) -> Release:
    return read_release(json.dumps(WHOLE | changes).encode(), FEED)


def refused(body: bytes) -> errors.ReplyError:
    with pytest.raises(errors.ReplyError) as raised:
        read_release(body, FEED)
    assert raised.value.host == "downloads.acme.test"
    return raised.value


# The feed.


def test_a_whole_feed_is_read() -> None:
    assert read() == Release("1.2.3", PAGE, "Faster.", date(2026, 1, 2))


def test_version_and_link_are_enough_and_unknown_fields_are_ignored() -> None:
    body = {"version": "2.0.0-rc.1", "url": PAGE, "size": [1, {"deep": None}], "Version": 3}
    assert read_release(json.dumps(body).encode(), FEED) == Release("2.0.0-rc.1", PAGE)


@pytest.mark.parametrize("name", ["version", "url"])
def test_what_is_missing_is_named(name: str) -> None:
    error = refused(json.dumps({key: value for key, value in WHOLE.items() if key != name}).encode())
    assert isinstance(error, errors.MalformedReplyError)
    assert error.detail == f'"{name}" is missing'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in WHOLE for value in (1, None, True, ["1.2.3"], {"a": "b"}, 1.5)),
        *(("version", value) for value in ("", "1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3\n", "١.2.3")),
        ("version", "1.2." + "9" * 80),
        *(("published", value) for value in ("", "2026-13-01", "2026-02-30", "20260102", "2026-W01-1", "2026-1-2")),
    ],
)
def test_what_is_wrong_is_named(name: str, value: object) -> None:
    error = refused(json.dumps(WHOLE | {name: value}).encode())
    assert isinstance(error, errors.MalformedReplyError)
    assert error.detail.startswith(f'"{name}" is not ')


@pytest.mark.parametrize("body", [b"[]", b'"1.2.3"', b"null", b"7"])
def test_json_of_another_shape_is_refused(body: bytes) -> None:
    assert refused(body).detail == "it is not a JSON object"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe{}", b'{"version": NaN}', b"\xef\xbb\xbf{}", b"1.2.3", b"[" * 60000]
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    error = refused(body)
    assert isinstance(error, errors.MalformedReplyError)
    assert error.detail == "it is not valid JSON"


def test_a_web_page_is_told_from_bad_data() -> None:
    assert isinstance(refused(b"\r\n <!doctype html><title>Sign in</title>"), errors.NotJsonError)


def test_what_is_larger_than_a_feed_is_not_read() -> None:
    assert isinstance(refused(json.dumps(WHOLE | {"notes": "a" * FEED_BYTES}).encode()), errors.ReplyTooLargeError)


def test_notes_become_one_short_line_in_which_nothing_is_hidden() -> None:
    assert read(notes=" One.\n\n\tTwo. ").notes == "One. Two."
    assert read(notes="a\u202eb\u0000").notes == "a⟨U+202E⟩b⟨U+0000⟩"
    long = read(notes="word " * 100).notes
    assert len(long) <= MAX_NOTES
    assert long.endswith("word…")


@given(st.binary(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "x"]), inner, max_size=5),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_comes_is_a_release_or_one_of_our_errors(body: bytes) -> None:
    try:
        release = read_release(body, FEED)
    except errors.ReplyError:
        return
    precedence(release.version)
    assert release.link.startswith("https://")


# The link.


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        "https://DOWNLOADS.acme.test:8443/a?b#c",
        "https://github.com/acme/pgyer-desktop/releases/tag/v1.2.3",
    ],
)
def test_a_link_may_lead_to_the_feeds_host_and_to_those_that_are_named(url: str) -> None:
    assert read(url=url).link == url


@pytest.mark.parametrize(
    "url",
    [
        "http://downloads.acme.test/1.2.3",
        "https://elsewhere.test/1.2.3",
        "https://github.com.elsewhere.test/",
        "https://sub.github.com/",
        "https://github.com@elsewhere.test/",
        "https://elsewhere.test\\@github.com/",
        "https://github.com\\.elsewhere.test/",
        "https://github.com./",
        "https://user@github.com/",
        "https:/github.com/",
        "//github.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://github.com/a b",
        "https://github.com/\u202e",
        "https://[",
        "https://github.com/" + "a" * 3000,
        "",
    ],
)
def test_any_other_link_is_refused(url: str) -> None:
    error = refused(json.dumps(WHOLE | {"url": url}).encode())
    assert error.detail.startswith('"url" is not an https address')


# Versions.

# In the order of the specification's own example, and around it.
IN_ORDER = (
    "0.0.0-0", "0.0.0", "0.9.9", "0.10.0", "1.0.0--", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
    "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
)  # fmt: skip
IDENTIFIER = st.integers(0, 12).map(str) | st.from_regex(r"[a-cA-C-][0-9a-c-]{0,2}", fullmatch=True)
VERSIONS = st.builds(
    lambda core, pre, meta: ".".join(map(str, core)) + (f"-{'.'.join(pre)}" if pre else "") + meta,
    st.tuples(*[st.integers(0, 11)] * 3),
    st.lists(IDENTIFIER, max_size=3),
    st.sampled_from(["", "+1", "+a.b-c"]),
)


def test_versions_are_in_the_order_of_the_specification() -> None:
    for lower, higher in pairwise(IN_ORDER):
        assert is_newer(higher, lower), (lower, higher)
        assert not is_newer(lower, higher)


def test_build_metadata_makes_no_version_newer() -> None:
    assert not is_newer("1.0.0+2", "1.0.0+1")
    assert not is_newer("1.0.0", "1.0.0+1")
    assert is_newer("1.0.0+1", "1.0.0-rc.1+9")


@given(VERSIONS, VERSIONS)
def test_of_two_versions_at_most_one_is_newer(one: str, other: str) -> None:
    assert is_newer(one, other) + is_newer(other, one) == (precedence(one) != precedence(other))


def test_what_is_no_version_cannot_be_compared() -> None:
    for version in ("1.0", "1.0.0rc1", "v1.0.0", "1.0.0 ", "1.0.0-a..b", "1.0.0+"):
        with pytest.raises(ValueError, match="semantic version"):
            precedence(version)


def test_this_program_has_a_version_that_can_be_compared() -> None:
    assert not is_newer(__version__, __version__)


# When.


@pytest.mark.parametrize("allowed", [None, False])
def test_it_is_never_due_unless_it_is_allowed(allowed: bool | None) -> None:
    assert not due(UpdateSettings(allowed), NOON)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(0), False),
        (timedelta(hours=23, minutes=59), False),
        (timedelta(hours=24), True),
        (timedelta(days=400), True),
        (-timedelta(minutes=59), False),
        (-timedelta(hours=2), True),
        (-timedelta(days=9000), True),
    ],
)
def test_it_is_due_a_day_after_the_last_look_or_when_that_is_in_the_future(ago: timedelta, expected: bool) -> None:
    assert due(UpdateSettings(allowed=True, last_look=NOON - ago), NOON) is expected


def test_it_is_due_when_it_never_looked() -> None:
    assert due(UpdateSettings(allowed=True), NOON)


def test_a_last_look_in_another_zone_or_in_none_counts_too() -> None:
    east = (NOON - timedelta(hours=1)).astimezone(timezone(timedelta(hours=8)))
    assert not due(UpdateSettings(allowed=True, last_look=east), NOON)
    assert not due(UpdateSettings(allowed=True, last_look=east.astimezone(UTC).replace(tzinfo=None)), NOON)


# Where, and what is remembered.


def test_without_an_address_there_is_no_feed() -> None:
    assert releases.FEED_URL == ""
    assert feed_of(UpdateSettings(allowed=True), {}) is None
    assert feed_of(UpdateSettings(feed="  "), {FEED_VARIABLE: ""}) is None


def test_the_environment_comes_before_the_settings_and_those_before_the_packager(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(releases, "FEED_URL", "https://packager.test/feed")
    assert feed_of(UpdateSettings(), {}) == Feed("https://packager.test/feed")
    settings = UpdateSettings(feed="https://settings.test/feed/")
    assert feed_of(settings, {}) == Feed("https://settings.test/feed/")
    feed = feed_of(settings, {FEED_VARIABLE: " http://127.0.0.1:8080/feed ", LINKS_VARIABLE: " One.test,,two.test "})
    assert feed == Feed("http://127.0.0.1:8080/feed", ("one.test", "two.test"))
    assert feed.host == "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    ["http://downloads.acme.test/feed", "downloads.acme.test", "file:///feed", "https://a:b@acme.test/", "https://["],
)
def test_an_address_that_must_not_be_asked_is_no_feed(address: str, allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.base.releases")
    assert feed_of(UpdateSettings(feed=address), {}) is None


async def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    assert file.value.updates == UpdateSettings()
    kept = UpdateSettings(allowed=True, last_look=NOON, skipped="1.2.3", feed="https://acme.test/feed")
    file.change(lambda _: Settings(updates=kept))
    await file.save()
    assert SettingsFile(tmp_path / "settings.json").value.updates == kept


def test_it_loads_nothing_that_the_settings_do_not_load_anyway() -> None:
    code = (
        "import sys, pgyer_desktop.core.base.releases\n"
        "print([n for n in ('httpx', 'PySide6', 'ssl') if n in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() in {"[]", "['ssl']"}  # asyncio may bring the latter
