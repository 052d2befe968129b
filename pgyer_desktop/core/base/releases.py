"""Newer releases of this program: what the feed says, whether one is newer, and when to look.

The feed is one JSON object of at most 64 KiB in UTF-8, at an https address that needs no key and redirects nowhere:

    {"version": "1.2.3", "url": "https://...", "published": "2026-01-02", "notes": "..."}

`version` is the newest release by Semantic Versioning 2.0, without a "v". `url` is the page about it: https, on the
feed's own host or one of `LINK_HOSTS`. `published` (a day) and `notes` (plain text, shown as one line) may be left out.
Other fields are ignored. Must not fetch, ask, or open anything; and stays cheap to import, for the settings do so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from pgyer_desktop.api.addresses import checked_base, safe_link
from pgyer_desktop.api.bodies import is_web_page
from pgyer_desktop.api.errors import AddressError, MalformedReplyError, ReplyTooLargeError, WebPageError
from pgyer_desktop.api.escaping import escape_invisible, without_colours
from pgyer_desktop.api.feed import FEED_BYTES

FEED_URL: Final = ""
"""Where the feed is. Empty: nothing is offered, asked or looked for. Whoever packages the program may set it."""
LINK_HOSTS: Final = ("github.com",)
"""Hosts besides the feed's own that its link may lead to."""
FEED_VARIABLE: Final = "PGYER_DESKTOP_FEED"
LINKS_VARIABLE: Final = "PGYER_DESKTOP_FEED_LINKS"
"""Environment variables: the feed's address, and hosts in place of `LINK_HOSTS`, with commas in between."""

MAX_VERSION: Final = 64
MAX_NOTES: Final = 200
"""Characters. A longer version is refused, longer notes are cut."""

LOOK_EVERY: Final = timedelta(hours=24)
_CLOCK_DRIFT: Final = timedelta(hours=1)
"""A last look that is further in the future than this was written before the clock was set back."""

_NUMBER = r"(?:0|[1-9][0-9]*)"
_PART = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
# Not compiled here: most starts of the program need neither.
_VERSION: Final = (
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-({_PART}(?:\.{_PART})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\Z"
)
_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"
_EXPECTED: Final = {
    "version": "a version such as 1.2.3",
    "url": "an https address on the feed's own host or another one that is allowed",
    "published": "a day such as 2026-01-02",
    "notes": "text",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """What is remembered about newer releases."""

    allowed: bool | None = None
    """Whether to look by itself; None: the person has not answered yet, which counts as no."""
    last_look: datetime | None = None
    """When the feed was last asked, whatever came of it."""
    skipped: str = ""
    """The version whose notice was closed: it is not announced again by itself."""
    feed: str = ""
    """The feed's address, in place of `FEED_URL`."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Where to look, and which hosts besides its own the link may lead to."""

    address: str
    link_hosts: tuple[str, ...] = LINK_HOSTS

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class Release:
    """The newest release. `link` is safe to open when a person asks for it; `notes` is one line, or ""."""

    version: str
    link: str
    notes: str = ""
    published: date | None = None


def feed_of(settings: UpdateSettings, environment: Mapping[str, str]) -> Feed | None:
    """The feed in use: the environment's, else that of the settings, else `FEED_URL`. None: none, or none that may be.

    An address must be https, or http to this machine, and have no user name, query or fragment.
    """
    address = (environment.get(FEED_VARIABLE) or settings.feed or FEED_URL).strip()
    if not address:
        return None
    try:
        checked_base(address)
    except AddressError:
        _log.warning(
            "The address of the release feed cannot be used (https, without user name, query or fragment, is needed);"
            " newer versions are not looked for."
        )
        return None
    named = environment.get(LINKS_VARIABLE)
    hosts = tuple(host.strip().lower() for host in named.split(",") if host.strip()) if named else LINK_HOSTS
    return Feed(address, hosts)


def due(settings: UpdateSettings, now: datetime) -> bool:
    """Whether to look by itself now: allowed, and the last look was at least `LOOK_EVERY` ago. `now` has a time zone.

    A clock that was set back since does not stop it: a last look in the future counts for nothing.
    """
    if settings.allowed is not True:
        return False
    if settings.last_look is None:
        return True
    last = settings.last_look
    if last.tzinfo is None:  # only somebody's editor leaves the zone out
        last = last.replace(tzinfo=UTC)
    return not -_CLOCK_DRIFT <= now - last < LOOK_EVERY


def is_newer(version: str, than: str) -> bool:
    """Whether `version` has precedence over `than`. Raises ValueError for what is no semantic version."""
    return precedence(version) > precedence(than)


def precedence(version: str) -> tuple[object, ...]:
    """What sorts semantic versions: by their numbers, a pre-release before its release; build metadata is ignored.

    Raises ValueError. Source: Semantic Versioning 2.0.0, items 9 to 11.
    """
    found = re.match(_VERSION, version) if len(version) <= MAX_VERSION else None
    if found is None:
        raise ValueError("not a semantic version")
    pre = found[4]
    # Numbers compare as numbers and come before words; of two lists that begin alike the shorter one comes first.
    parts = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in pre.split(".")) if pre else ()
    return int(found[1]), int(found[2]), int(found[3]), not pre, parts


def read_release(body: bytes, feed: Feed) -> Release:
    """What the feed says.

    Raises `ReplyTooLargeError`, `WebPageError` for a web page, and `MalformedReplyError` that names what is wrong.
    """
    if len(body) > FEED_BYTES:
        raise ReplyTooLargeError(feed.host, 200, f"more than {FEED_BYTES} bytes")
    try:
        data = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        if is_web_page(body):
            raise WebPageError(feed.host, 200) from exc
        raise MalformedReplyError(feed.host, 200, "it is not valid JSON") from exc
    if not isinstance(data, dict):
        raise MalformedReplyError(feed.host, 200, "it is not a JSON object")
    return Release(_version(data, feed), _link(data, feed), _notes(data, feed), _published(data, feed))


def _version(data: dict[str, Any], feed: Feed) -> str:
    version = data.get("version")
    if isinstance(version, str) and len(version) <= MAX_VERSION and re.match(_VERSION, version):
        return version
    raise _wrong("version", data, feed)


def _link(data: dict[str, Any], feed: Feed) -> str:
    url = data.get("url")
    link = safe_link(url) if isinstance(url, str) else ""
    # The host must be one of a few names exactly, so that no two readings of one address matter.
    if link and urlsplit(link).hostname in {feed.host, *feed.link_hosts}:
        return link
    raise _wrong("url", data, feed)


def _notes(data: dict[str, Any], feed: Feed) -> str:
    notes = data.get("notes", "")
    if not isinstance(notes, str):
        raise _wrong("notes", data, feed)
    line = " ".join(escape_invisible(without_colours(notes)).split())
    return line if len(line) <= MAX_NOTES else line[: MAX_NOTES - 1].rstrip() + "…"


def _published(data: dict[str, Any], feed: Feed) -> date | None:
    if "published" not in data:
        return None
    day = data["published"]
    # Python alone would take "20260102" and weeks as well.
    if isinstance(day, str) and re.match(_DAY, day):
        try:
            return date.fromisoformat(day)
        except ValueError as exc:
            raise _wrong("published", data, feed) from exc
    raise _wrong("published", data, feed)


def _wrong(name: str, data: dict[str, Any], feed: Feed) -> MalformedReplyError:
    detail = f'"{name}" is not {_EXPECTED[name]}' if name in data else f'"{name}" is missing'
    return MalformedReplyError(feed.host, 200, detail)
