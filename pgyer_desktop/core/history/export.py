"""Builds for other places: a workbook for a spreadsheet, CSV and JSON for programs. Without secrets or formulas.

JSON, of format version 1, is an object with "format" ("pgyer-desktop-builds"), "version", "app" {"key", "name"},
"covers" ("page" or "all"), "complete" (whether every build of the app was known, where all were asked for), "selection"
(whether only those of them that were selected are in it), "as_of" and "builds". Names are not taken away or given
another meaning within a version; others may be added. Times are ISO 8601 with their zone. Each build holds everything
known of it by the names of `api.models.Build`, "extra" as a list of pairs, and "latest" as it was shown: true, false,
or null where it was not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgyer_desktop.core.base.exports import json_file, table, time_text
from pgyer_desktop.core.base.names import PLATFORM_NAMES
from pgyer_desktop.core.base.redaction import clean, struck
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.sharing.workbook import SheetWords, sheet_words, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.apps import KnownApp

FORMAT = "pgyer-desktop-builds"
VERSION = 1

_FIELDS: tuple[tuple[Text, Callable[[Build], str | int | datetime | None]], ...] = (
    (translate("build_export", "Version"), lambda b: b.version),
    (translate("build_export", "Build number"), lambda b: b.build_number),
    (translate("build_export", "Pgyer build"), lambda b: b.pgyer_build),
    (translate("build_export", "Uploaded"), lambda b: b.created or b.created_text),
    (translate("build_export", "Size in bytes"), lambda b: b.size),
    (translate("build_export", "Downloads"), lambda b: b.downloads),
    (translate("build_export", "Platform"), lambda b: PLATFORM_NAMES[b.platform]),
    (translate("build_export", "Name"), lambda b: b.name),
    (translate("build_export", "Identifier"), lambda b: b.identifier),
    (translate("build_export", "File"), lambda b: b.file_name),
    (translate("build_export", "Release notes"), lambda b: b.notes),
    (translate("build_export", "Build Key"), lambda b: b.build_key),
    (translate("build_export", "Icon key"), lambda b: b.icon),
)
_LATEST = translate("build_export", "Latest")
_YES, _NO = translate("build_export", "Yes"), translate("build_export", "No")
_BUILDS = translate("build_export", "Builds", "name of a sheet")


@dataclass(frozen=True, slots=True)
class About:
    """What the builds are, for whoever reads the file later."""

    app: KnownApp
    covers: str
    """ "page" or "all"."""
    complete: bool
    as_of: datetime | None
    latest: frozenset[str]
    latest_known: bool
    """Whether builds that are not among `latest` are known not to be the latest."""
    selection: bool = False
    """Whether it is only those that were selected."""

    def is_latest(self, build: Build) -> bool | None:
        """Whether a build is the latest; None where that is not known."""
        if build.build_key in self.latest:
            return True
        return False if self.latest_known else None


@dataclass(frozen=True, slots=True)
class Words:
    """What a table says, in one language: said beforehand, because the file is made in another thread."""

    titles: tuple[str, ...]
    yes: str
    no: str
    sheet: SheetWords


def words(say: Callable[[Text], str]) -> Words:
    """Everything that `as_csv` and `as_xlsx` say, said by `say`."""
    titles = [say(title) for title, _ in _FIELDS]
    titles.insert(3, say(_LATEST))
    return Words(tuple(titles), say(_YES), say(_NO), sheet_words(say, _BUILDS))


def as_csv(builds: Iterable[Build], about: About, said: Words, *, zone: tzinfo | None) -> bytes:
    """All of them for programs; see `table`. Times are in `zone` (None: the machine's)."""
    return table(_rows(builds, about, said, zone))


def as_xlsx(builds: Iterable[Build], about: About, said: Words, *, zone: tzinfo | None) -> bytes:
    """All of them for spreadsheets; see `workbook`. Times are in `zone` (None: the machine's)."""
    return workbook(_rows(builds, about, said, zone), said.sheet)


def _rows(builds: Iterable[Build], about: About, said: Words, zone: tzinfo | None) -> Iterator[Sequence[str]]:
    yield said.titles
    for build in builds:
        cells = [_written(value(build), zone) for _, value in _FIELDS]
        cells.insert(3, {True: said.yes, False: said.no, None: ""}[about.is_latest(build)])
        yield cells


def as_json(builds: Iterable[Build], about: About) -> bytes:
    """All of them, in UTF-8, as the module's docstring describes it."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "app": {"key": about.app.app_key, "name": about.app.name},
        "covers": about.covers,
        "complete": about.complete and not about.selection,
        "selection": about.selection,
        "as_of": about.as_of.isoformat() if about.as_of is not None else None,
        "builds": [{**clean(build), "latest": about.is_latest(build)} for build in builds],
    }
    return json_file(value)


def _written(value: str | int | datetime | None, zone: tzinfo | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return struck(value)
    if isinstance(value, int):
        return str(value)
    return time_text(value, zone)
