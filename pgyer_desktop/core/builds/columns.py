"""The build table's columns, as data: what each shows, how it sorts and whether it is there from the start.

How a value is written (locale, units, zone) is the `ui`'s business; `kind` tells it which way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pgyer_desktop.api import Platform
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pgyer_desktop.api import Build

    Value = str | int | bool | datetime | Platform | None


class Kind(Enum):
    """How a column's values are written and aligned."""

    TEXT = "text"
    VERSION = "version"
    """Text, with the build's icon before it and its state (latest, publishing …) behind it."""
    FIGURES = "figures"
    """Text that is a number as a rule."""
    NUMBER = "number"
    SERIAL = "serial"
    """A number written #45."""
    SIZE = "size"
    """Bytes."""
    TIME = "time"
    YES_NO = "yes_no"
    PLATFORM = "platform"

    @property
    def right_aligned(self) -> bool:
        """Numbers stand right-aligned, so that their digits line up."""
        return self in {Kind.FIGURES, Kind.NUMBER, Kind.SERIAL, Kind.SIZE}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is in pixels at 100 %, `key` is what settings remember.

    The version takes what the others leave, as long as nobody has sized it.
    """

    key: str
    title: Text
    kind: Kind
    width: int
    value: Callable[[Build], Value]
    shown: bool = True
    hint: Text | None = None

    def sort_key(self, build: Build) -> tuple[int, object]:
        """Numbers sort as numbers, versions part by part, and what is missing comes last in ascending order."""
        value = self.value(build)
        if value is None or value == "":
            return (1, 0)
        if isinstance(value, Platform):
            return (0, value.value)
        if isinstance(value, str):
            return (0, natural_key(value))
        return (0, value)


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Orders "1.9" before "1.28", and "build 9" before "build 28"."""
    parts: list[tuple[int, int, str]] = []
    digits = ""
    letters = ""
    for ch in text.casefold():
        # Python also calls "²" a digit but cannot read it as a number.
        if ch.isdecimal():
            if letters:
                parts.append((1, 0, letters))
                letters = ""
            digits += ch
        else:
            if digits:
                parts.append((0, int(digits[:18]), digits))
                digits = ""
            letters += ch
    if digits:
        parts.append((0, int(digits[:18]), digits))
    if letters:
        parts.append((1, 0, letters))
    return tuple(parts)


COLUMNS: tuple[Column, ...] = (
    Column("version", translate("columns", "Version"), Kind.VERSION, 371, lambda b: b.version,
           hint=translate("columns", "What users see")),
    Column("build_number", translate("columns", "Build"), Kind.FIGURES, 60, lambda b: b.build_number,
           hint=translate("columns", "The developer's own count")),
    Column("pgyer_build", translate("columns", "Pgyer"), Kind.SERIAL, 56, lambda b: b.pgyer_build,
           hint=translate("columns", "Pgyer's count of uploads")),
    Column("size", translate("columns", "Size"), Kind.SIZE, 80, lambda b: b.size),
    Column("created", translate("columns", "Uploaded"), Kind.TIME, 112, lambda b: b.created),
    Column("downloads", translate("columns", "Downloads"), Kind.NUMBER, 84, lambda b: b.downloads),
    Column("notes", translate("columns", "Release notes"), Kind.TEXT, 240, lambda b: b.notes, shown=False),
    Column("name", translate("columns", "Name"), Kind.TEXT, 140, lambda b: b.name, shown=False),
    Column("platform", translate("columns", "Platform"), Kind.PLATFORM, 100, lambda b: b.platform, shown=False),
    Column("identifier", translate("columns", "Identifier"), Kind.TEXT, 200, lambda b: b.identifier, shown=False),
    Column("file_name", translate("columns", "File"), Kind.TEXT, 180, lambda b: b.file_name, shown=False),
    Column("in_history", translate("columns", "In history"), Kind.YES_NO, 96, lambda b: b.in_history, shown=False,
           hint=translate("columns", "Whether Pgyer shows it on the app's history page")),
    Column("build_key", translate("columns", "Build Key"), Kind.TEXT, 260, lambda b: b.build_key, shown=False),
    Column("icon", translate("columns", "Icon key"), Kind.TEXT, 200, lambda b: b.icon, shown=False),
)  # fmt: skip

COLUMNS_BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """How a person arranged the columns, by their keys. Unknown keys are ignored, missing ones take their defaults."""

    order: tuple[str, ...] = ()
    """From left to right; empty: as in `COLUMNS`."""
    hidden: tuple[str, ...] | None = None
    """None: those that `COLUMNS` does not show from the start."""
    widths: tuple[tuple[str, int], ...] = ()
    """In pixels at 100 %."""
    sort: tuple[str, bool] | None = None
    """The column sorted by, and whether in descending order; None: the service's own order."""
