"""What the journal holds: what somebody was about to change, how that ended, and how either is written as a line.

Values and their JSON only; files are the business of `line_file`. No record has room for a key, an install password or
a `downloadURL`, and texts of the service that carry one all the same are written without it.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from pgyer_desktop.api import Build
from pgyer_desktop.api.errors import ServiceError
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.base.redaction import STRUCK, struck

if TYPE_CHECKING:
    from pgyer_desktop.core.activity.outcome import WriteResult

VERSION = 1
"""Of the format. A program that meets a higher one reads what it can and writes nothing."""

_ID = re.compile(r"[0-9a-f]{32}\Z")
_NO_OFFSET = timedelta(0)

# What an API key looks like. Not bounded by words: "%3D" and the digits that follow are one.
_LIKE_A_KEY = re.compile(r"[0-9a-f]{32,}", re.IGNORECASE)
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"


class Intended(Enum):
    """What a write was to make of its build."""

    LATEST = "latest"
    NOT_LATEST = "not latest"
    DELETED = "deleted"


INTENDED = {
    Write.SET_LATEST: Intended.LATEST,
    Write.CLEAR_LATEST: Intended.NOT_LATEST,
    Write.DELETE: Intended.DELETED,
}


@dataclass(frozen=True, slots=True)
class NamedBuild:
    """A build by its key, with the name that it was shown by."""

    build_key: str
    name: str = ""


def named(build: Build) -> NamedBuild:
    """`build` by its key and the name that sentences use."""
    return NamedBuild(build.build_key, name_of(build))


@dataclass(frozen=True, slots=True)
class Intent:
    """A write that a person confirmed, as it is recorded before its request leaves.

    Make new ones with `intent`. Raises ValueError for an id that is not 32 hex digits and a time that is not in UTC.
    """

    id: str
    when: datetime
    account_id: str
    account_name: str
    app_key: str
    app_name: str
    write: Write
    build: Build
    """All that was known of it, so that it stays readable after it has been deleted."""
    intended: Intended
    before: tuple[NamedBuild, ...] | None = None
    """What was known as latest when the person confirmed: nothing known (None), none, one or several builds."""

    def __post_init__(self) -> None:
        """Refuse what could not be found again or put in order."""
        _check(self.id, self.when)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the write of an intent ended, as far as was known at `when`.

    Make them with `ending` where there is a `WriteResult`. Raises ValueError as `Intent` does.
    """

    intent: str
    """The intent's id."""
    when: datetime
    outcome: Outcome
    code: int | None = None
    """The service's, where it refused."""
    message: str = ""
    """The service's, as it came, without anything that looks like a key."""
    error: str = ""
    """The class of our error; "" where nothing went wrong."""
    observed: NamedBuild | None = None
    """The only build that was seen as latest afterwards; None where that is not known."""
    by_reading: bool = False
    """Whether this was found out later by looking, rather than by the write itself. See `Entry.ending`."""

    def __post_init__(self) -> None:
        """Refuse what could not be matched with its intent or put in order."""
        _check(self.intent, self.when)


@dataclass(frozen=True, slots=True)
class Entry:
    """One write with everything that was recorded of it."""

    intent: Intent
    endings: tuple[Ending, ...] = ()
    """In the order in which they were recorded."""
    under_way: bool = False
    """Whether this program is at it now. A write that another window is at, or that was cut off, is unknown instead."""

    @property
    def ending(self) -> Ending | None:
        """The ending that counts, or None where there is none.

        One that knows counts before one that does not, the write's own before one found by reading later (another
        window may read while the write is still under way), else the first. Of unknown ones the last counts.
        """
        known = [ending for ending in self.endings if ending.outcome is not Outcome.UNKNOWN]
        if known:
            return next((ending for ending in known if not ending.by_reading), known[0])
        return self.endings[-1] if self.endings else None

    @property
    def outcome(self) -> Outcome:
        """How it ended; unknown where nothing was recorded."""
        ending = self.ending
        return ending.outcome if ending is not None else Outcome.UNKNOWN

    @property
    def settled(self) -> bool:
        """Whether it is known how it ended."""
        return self.outcome is not Outcome.UNKNOWN


def intent(
    write: Write,
    build: Build,
    *,
    account_id: str,
    account_name: str,
    app_key: str,
    app_name: str,
    before: tuple[NamedBuild, ...] | None,
    when: datetime | None = None,
) -> Intent:
    """A new intent with an id of its own; `when` defaults to now."""
    return Intent(
        id=uuid.uuid4().hex,
        when=(when or datetime.now(UTC)).astimezone(UTC),
        account_id=account_id,
        account_name=account_name,
        app_key=app_key,
        app_name=app_name,
        write=write,
        build=build,
        intended=INTENDED[write],
        before=before,
    )


def ending(intent_id: str, result: WriteResult, *, when: datetime | None = None, by_reading: bool = False) -> Ending:
    """How `result` ended, for the intent with this id; `when` defaults to now."""
    error = result.error or result.read_error
    return Ending(
        intent=intent_id,
        when=(when or datetime.now(UTC)).astimezone(UTC),
        outcome=result.outcome,
        code=result.error.code if isinstance(result.error, ServiceError) else None,
        message=result.error.message if isinstance(result.error, ServiceError) else "",
        error=type(error).__name__ if error is not None else "",
        observed=named(result.latest) if result.latest is not None else None,
        by_reading=by_reading,
    )


class NotARecordError(Exception):
    """A line is no record, or not one of this version. Says nothing of what it holds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: one of the three is there."""

    version: int | None = None
    """Of the format, from here on."""
    intent: Intent | None = None
    ending: Ending | None = None


def encoded(record: Intent | Ending | int, *, known_keys: AbstractSet[str] = frozenset()) -> bytes:
    """A line without its end: valid UTF-8 and JSON whatever the texts hold. A number is the format's version.

    `known_keys` are build and app keys that an ending's message may name; all else that looks like a key is struck out.
    """
    name = "version" if isinstance(record, int) else "intent" if isinstance(record, Intent) else "ending"
    value: JsonValue = _clean(msgspec.to_builtins(record), keep=None)
    if isinstance(record, Ending) and isinstance(value, dict):
        value["message"] = _clean(record.message, keep=known_keys)
    text = json.dumps({name: value}, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair (a cut emoji) has no UTF-8, but Python's way to write it is JSON's too.
    return text.encode("utf-8", "backslashreplace")


def decoded(line: bytes) -> Line:
    """Read one line. Raises `NotARecordError` for anything else."""
    try:
        if _HALF_PAIR.search(line):
            # Six times slower, and the only one of the two that takes half a surrogate pair.
            read = msgspec.convert(json.loads(line.decode("utf-8")), type=Line)
        else:
            read = msgspec.json.decode(line, type=Line)
    except (ValueError, RecursionError) as exc:  # msgspec's and UTF-8's own errors are among the first
        raise NotARecordError(f"not a record: {type(exc).__name__}") from exc
    if read == Line():
        raise NotARecordError("not a record")
    return read


def _clean(value: JsonValue, *, keep: AbstractSet[str] | None) -> JsonValue:
    """`value` without secrets; with `keep`, also without anything else that looks like a key."""
    if isinstance(value, str):
        text = struck(value)
        return text if keep is None else _LIKE_A_KEY.sub(lambda m: m[0] if m[0] in keep else STRUCK, text)
    if isinstance(value, dict):
        return {name: _clean(inner, keep=keep) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner, keep=keep) for inner in value]
    return value


def _check(identity: str, when: datetime) -> None:
    if not _ID.match(identity):
        raise ValueError("an id is 32 hex digits")
    if when.utcoffset() != _NO_OFFSET:
        raise ValueError("a time is in UTC")
