"""A frozen clean-up plan as a file: saved, handed to somebody else for review, opened again to be run.

The file is JSON in UTF-8, of format version 1, indented by 2. Names are not taken away or given another meaning within
a version; others may be added. Times are ISO 8601 with their zone. It is an object with:

- "format" ("pgyer-desktop-cleanup"), "version" and "checksum"
- "account" {"id", "name"}, "app" {"key", "name"}
- "planned": the time that ages were counted from; "frozen": when it was agreed on
- "rules" {"newest", "days", "newest_of_version"}: builds and days, null where not set; "most", deletes in one run, was
  there until 2026 and says nothing any more
- "totals" {"delete", "keep", "freed", "unsized"}: builds, bytes, and builds to delete whose size is not known
- "builds": every build of the app in the service's order, newest first, each {"delete", "build_key", "name", "version",
  "build_number", "pgyer_build", "size", "created", "created_text", "reasons", "overruled"}. A reason is {"reason"} with
  "number" or "version" where it has one; the words are the values of `retention.ReasonKind`. "overruled" holds what the
  rules said where somebody chose the contrary by hand.

The checksum is "sha256:" and the digest of all the rest as JSON without spaces, in ASCII, names in alphabetical order.
Spaces and line breaks may change; any other edit is noticed. It guards against accidents, not against malice: whoever
means to can calculate a new one. So nothing here is believed because of it, and whoever runs a plan checks each build
again (`retention.recheck`).

No API key, password or link is in the file. What is read from it is data: values are checked, texts made visible.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import msgspec

from pgyer_desktop.api import Build
from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.file_replacement import write_whole
from pgyer_desktop.core.base.words import Text, stated, translate
from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.cleanup.retention import BY_RULE, PROTECTED, FrozenPlan, PlanReason, ReasonKind, Row, Totals

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = "pgyer-desktop-cleanup"
VERSION: Final = 1
MOST_BYTES: Final = 256 * 1024 * 1024
"""Longer files are no plans. One of 100,000 builds has some 50 MB."""

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


class PlanFileProblem(Enum):
    """What is wrong with a file."""

    UNREADABLE = "unreadable"
    UNWRITABLE = "unwritable"
    NOT_A_PLAN = "not a plan"
    NEWER = "newer"
    """Of a newer format."""
    DAMAGED = "damaged"
    CHANGED = "changed"
    """Not as it was saved."""


class PlanFileError(Exception):
    """A plan could not be saved or opened. `text` says why, and what to do; it names the file as `file`."""

    def __init__(self, problem: PlanFileProblem, file: str, detail: str = "") -> None:
        super().__init__(f"the plan's file: {problem.value}")
        self.problem = problem
        self.text = _PROBLEMS[problem].fill(file=file, detail=stated(detail))


def save(path: Path, plan: FrozenPlan) -> None:
    """Put `plan` in place of whatever `path` holds, blocking. Raises `PlanFileError`; the old file is whole then."""
    data = encoded(plan)
    try:
        write_whole(path, data, private=False)
    except OSError as exc:
        raise PlanFileError(PlanFileProblem.UNWRITABLE, str(path), exc.strerror or "") from exc


def load(path: Path) -> FrozenPlan:
    """Read the plan that `path` holds, blocking. Raises `PlanFileError`."""
    try:
        with os.fdopen(busy_files.open_handle(path, os.O_RDONLY | busy_files.BINARY), "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise PlanFileError(PlanFileProblem.UNREADABLE, str(path), exc.strerror or "") from exc
    return decoded(data, file=str(path))


def encoded(plan: FrozenPlan) -> bytes:
    """The file's content."""
    content = _content(plan)
    value: dict[str, Json] = {"format": FORMAT, "version": VERSION, "checksum": _checksum(content)}
    text = json.dumps(value | content, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair has no UTF-8, but Python's way to write it is JSON's too.
    return msgspec.json.format(text.encode("utf-8", "backslashreplace"), indent=2) + b"\n"


def decoded(data: bytes, *, file: str) -> FrozenPlan:
    """The plan that `encoded` wrote. Raises `PlanFileError`, whose sentence names `file`."""
    value = _parsed(data, file)
    version = value.pop("version", None)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise PlanFileError(PlanFileProblem.DAMAGED, file)
    if version > VERSION:
        raise PlanFileError(PlanFileProblem.NEWER, file)
    checksum = value.pop("checksum", None)
    del value["format"]
    if checksum != _checksum(value):
        raise PlanFileError(PlanFileProblem.CHANGED if isinstance(checksum, str) else PlanFileProblem.DAMAGED, file)
    try:
        return _plan(msgspec.convert(value, _Content))
    except ValueError as exc:  # msgspec's own errors are among them
        raise PlanFileError(PlanFileProblem.DAMAGED, file) from exc


def checksum(plan: FrozenPlan) -> str:
    """The checksum that stands in the plan's file: two people who see the same one have the same plan."""
    return _checksum(_content(plan))


def _checksum(content: dict[str, Json]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


# Writing


def _content(plan: FrozenPlan) -> dict[str, Json]:
    rules, totals = plan.rules, plan.totals
    return {
        "account": {"id": plan.account_id, "name": plan.account_name},
        "app": {"key": plan.app_key, "name": plan.app_name},
        "planned": plan.made.isoformat(),
        "frozen": plan.when.isoformat(),
        "rules": {
            "newest": rules.newest,
            "days": rules.days,
            "newest_of_version": rules.newest_of_version,
        },
        "totals": {
            "delete": totals.delete,
            "keep": totals.keep,
            "freed": totals.freed,
            "unsized": totals.unsized,
        },
        "builds": [_row_content(row) for row in plan.rows],
    }


def _row_content(row: Row) -> dict[str, Json]:
    build = row.build
    return {
        "delete": row.delete,
        "build_key": build.build_key,
        "name": build.name,
        "version": build.version,
        "build_number": build.build_number,
        "pgyer_build": build.pgyer_build,
        "size": build.size,
        "created": build.created.isoformat() if build.created is not None else None,
        "created_text": build.created_text,
        "reasons": [_reason_content(reason) for reason in row.reasons],
        "overruled": [_reason_content(reason) for reason in row.overruled],
    }


def _reason_content(reason: PlanReason) -> dict[str, Json]:
    content: dict[str, Json] = {"reason": reason.kind.value}
    if reason.number is not None:
        content["number"] = reason.number
    if reason.kind is ReasonKind.NEWEST_OF_VERSION:
        content["version"] = reason.version
    return content


# Reading


def _parsed(data: bytes, file: str) -> dict[str, Json]:
    """The object in the file, which says that it is a plan."""
    marked = f'"{FORMAT}"'.encode() in data[:1000]
    problem = PlanFileProblem.DAMAGED if marked else PlanFileProblem.NOT_A_PLAN
    if len(data) > MOST_BYTES:
        raise PlanFileError(PlanFileProblem.NOT_A_PLAN, file)
    try:
        # Python's own reader takes what editors make of UTF-8 (a byte order mark, UTF-16), and half surrogate pairs.
        value = json.loads(data, object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as exc:
        raise PlanFileError(problem, file) from exc
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise PlanFileError(problem, file)
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        # Who reviews the file may see the first, and a program the last.
        raise ValueError("a name stands twice")
    return value


def _no_constant(_name: str) -> Json:
    raise ValueError("not a number of JSON")


_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Key = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{1,128}\Z")]


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class _App:
    key: _Key
    name: str


@dataclass(frozen=True, slots=True)
class _ReasonContent:
    reason: ReasonKind
    number: _Count | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class _RowContent:
    delete: bool
    build_key: _Key
    name: str
    version: str
    build_number: str
    pgyer_build: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)] | None
    size: _Count | None
    created: str | None
    created_text: str
    reasons: tuple[_ReasonContent, ...]
    overruled: tuple[_ReasonContent, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    account: _Named
    app: _App
    planned: str
    frozen: str
    rules: Rules
    totals: Totals
    builds: tuple[_RowContent, ...]


def _plan(content: _Content) -> FrozenPlan:
    """Raises ValueError for what no plan of ours can hold, checksum or not."""
    plan = FrozenPlan(
        account_id=content.account.id,
        account_name=escape_invisible(content.account.name),
        app_key=content.app.key,
        app_name=escape_invisible(content.app.name),
        when=_moment(content.frozen),
        made=_moment(content.planned),
        rules=content.rules,
        rows=tuple(_row(row) for row in content.builds),
    )
    if (
        len({row.build.build_key for row in plan.rows}) != len(plan.rows)
        or not plan.totals.delete
        or plan.totals != content.totals
    ):
        raise ValueError("the builds do not fit together")
    return plan


def _row(content: _RowContent) -> Row:
    build = Build(
        build_key=content.build_key,
        name=escape_invisible(content.name),
        version=escape_invisible(content.version),
        build_number=escape_invisible(content.build_number),
        pgyer_build=content.pgyer_build,
        size=content.size,
        created=_moment(content.created) if content.created is not None else None,
        created_text=escape_invisible(content.created_text),
    )
    row = Row(build, content.delete, _reasons(content.reasons), _reasons(content.overruled))
    if not _makes_sense(row):
        raise ValueError("a decision without its reasons")
    return row


def _reasons(contents: tuple[_ReasonContent, ...]) -> tuple[PlanReason, ...]:
    return tuple(PlanReason(content.reason, content.number, escape_invisible(content.version)) for content in contents)


def _makes_sense(row: Row) -> bool:
    """Whether a plan of ours can decide so on these grounds."""
    kinds = [reason.kind for reason in row.reasons]
    overruled = [reason.kind for reason in row.overruled]
    if row.delete:
        by_hand = kinds == [ReasonKind.CHOSEN_BY_HAND] and overruled and BY_RULE.issuperset(overruled)
        return bool(by_hand) or (kinds == [ReasonKind.NO_RULE] and not overruled)
    if overruled:
        return kinds == [ReasonKind.KEPT_BY_HAND] and overruled == [ReasonKind.NO_RULE]
    return bool(kinds) and (BY_RULE | PROTECTED).issuperset(kinds)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError("a time has its zone")
    return moment


_PROBLEMS: Final[dict[PlanFileProblem, Text]] = {
    PlanFileProblem.UNREADABLE: translate(
        "retention", "{file} cannot be read ({detail}). Check that it is there, and who may read it."
    ),
    PlanFileProblem.UNWRITABLE: translate(
        "retention", "The plan could not be saved as {file} ({detail}). Choose another place for it."
    ),
    PlanFileProblem.NOT_A_PLAN: translate(
        "retention", "{file} is not a clean-up plan. Choose a file that was saved as one by this program."
    ),
    PlanFileProblem.NEWER: translate(
        "retention", "The plan {file} was saved by a newer version of this program. Update the program to open it."
    ),
    PlanFileProblem.DAMAGED: translate(
        "retention", "The plan {file} is damaged and cannot be used. Get it again as it was saved, or make a new plan."
    ),
    PlanFileProblem.CHANGED: translate(
        "retention",
        "The plan {file} was changed after it was saved, so it is no longer what was agreed on. Get it again as it was"
        " saved, or make a new plan.",
    ),
}
