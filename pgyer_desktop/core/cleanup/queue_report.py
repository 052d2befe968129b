"""What became of each build of a batch of deletes, and the report of it: as values, and as Markdown for a ticket.

What the service sent is data in the Markdown too: no markup, link or mention is made of it, and what looks like a key
is struck out, but for the keys of the builds themselves. Knows no file and no clipboard.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.base import exports
from pgyer_desktop.core.base.names import name_of, size_text
from pgyer_desktop.core.base.redaction import STRUCK, struck
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, tzinfo

    from pgyer_desktop.api import Build, PgyerError

_LIKE_A_KEY: Final = re.compile(r"[0-9a-f]{32,}", re.IGNORECASE)


class RowState(Enum):
    """What has become of one build."""

    WAITING = "waiting"
    """Not begun; nothing was sent."""
    UNDER_WAY = "under way"
    DELETED = "deleted"
    """A read shows it."""
    GONE = "gone"
    """Already before its turn; nothing was sent."""
    KEPT = "kept"
    """Something spoke against it; nothing was sent."""
    NOT_DONE = "not done"
    """It failed: refused, not seen afterwards, or it could not be looked at first."""
    UNKNOWN = "unknown"
    """Sent, and nobody knows how it ended. The journal keeps it until a read tells."""


STATE_WORDS: Final = {
    RowState.WAITING: translate("batch", "Waiting"),
    RowState.UNDER_WAY: translate("batch", "Under way"),
    RowState.DELETED: translate("batch", "Deleted"),
    RowState.GONE: translate("batch", "Gone already"),
    RowState.KEPT: translate("batch", "Kept"),
    RowState.NOT_DONE: translate("batch", "Not deleted"),
    RowState.UNKNOWN: translate("batch", "Not known yet"),
}
"""For the cell of a table."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One build and what has become of it."""

    place: int
    """From 0, in the order in which they are deleted."""
    build: Build
    """As it was chosen, and once it has been looked at, as the service showed it."""
    state: RowState = RowState.WAITING
    reason: Text | None = None
    """Why it was kept or failed, or is not known; a sentence or two that stand beside its name."""
    error: PgyerError | None = None
    """What answered, where that was no success."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many builds of a batch are in which state: a number for each `RowState`, by its name."""

    waiting: int = 0
    under_way: int = 0
    deleted: int = 0
    gone: int = 0
    kept: int = 0
    not_done: int = 0
    unknown: int = 0
    freed: int = 0
    """Bytes of what was deleted, as far as sizes are known."""
    unsized: int = 0
    """Deleted builds whose size is not known."""

    @property
    def total(self) -> int:
        """All builds."""
        return self.waiting + self.under_way + self.finished

    @property
    def finished(self) -> int:
        """Builds that had their turn, however it ended."""
        return self.deleted + self.gone + self.kept + self.not_done + self.unknown


def tally(rows: Iterable[BatchRow]) -> Tally:
    """Count `rows`."""
    counts: Counter[str] = Counter()
    sizes = []
    for row in rows:
        counts[row.state.name.lower()] += 1
        if row.state is RowState.DELETED:
            sizes.append(row.build.size)
    return Tally(**counts, freed=sum(size or 0 for size in sizes), unsized=sizes.count(None))


@dataclass(frozen=True, slots=True)
class BatchReport:
    """How a batch of deletes stands, or how it ended."""

    account_name: str
    app_key: str
    app_name: str
    begun: datetime | None
    """In UTC; None where it has not begun."""
    ended: datetime | None
    """In UTC; None while it runs."""
    rows: tuple[BatchRow, ...]
    halted: Text | None = None
    """Why it ended before all builds had their turn."""
    unrecorded: Text | None = None
    """Why the journal does not hold all endings yet."""

    @property
    def tally(self) -> Tally:
        """How many are in which state."""
        return tally(self.rows)

    def of(self, state: RowState) -> tuple[BatchRow, ...]:
        """The builds in this state, in their order."""
        return tuple(row for row in self.rows if row.state is state)

    @property
    def sentences(self) -> tuple[Text, ...]:
        """The report in short: what is worth saying, the most important first. Never empty."""
        counted = self.tally
        told = [translate("batch", "%n build(s) deleted.", "", counted.deleted)]
        others = (
            translate(
                "batch",
                "Of %n build(s) it is not known yet whether they were deleted. That is found out by reading.",
                "",
                counted.unknown,
            ),
            translate("batch", "%n build(s) could not be deleted.", "", counted.not_done),
            translate("batch", "%n build(s) kept.", "", counted.kept),
            translate("batch", "%n build(s) were gone already.", "", counted.gone),
            translate("batch", "%n build(s) not begun.", "", counted.waiting),
        )
        told += [sentence for sentence in others if sentence.count]
        if self.halted is not None:
            told.append(self.halted)
        if self.unrecorded is not None:
            told.append(
                translate("batch", "Some endings could not be written into the journal yet. {reason}").fill(
                    reason=self.unrecorded
                )
            )
        return tuple(told)


# As Markdown

_SECTIONS: Final = (
    (RowState.UNKNOWN, translate("batch", "Not known yet, found out by reading")),
    (RowState.NOT_DONE, translate("batch", "Not deleted")),
    (RowState.KEPT, translate("batch", "Kept")),
    (RowState.GONE, translate("batch", "Gone already")),
    (RowState.WAITING, translate("batch", "Not begun")),
    (RowState.DELETED, translate("batch", "Deleted")),
)
"""In the order in which they stand: what needs somebody's attention first, the long list last."""


def as_markdown(report: BatchReport, *, say: Callable[[Text], str], zone: tzinfo | None = UTC) -> str:
    """The report for a ticket, its words said by `say`, its times in `zone` (None: the machine's).

    Names each build with its key. Ends with a line break.
    """
    known = frozenset({row.build.build_key for row in report.rows} | {report.app_key})

    def prose(text: Text) -> str:
        return exports.escaped(_safe(say(text), known))

    def code(text: str) -> str:
        return exports.code(_safe(text, known))

    heading = translate("batch", "Deleted builds of an app")
    lines = [f"### {prose(heading)}", ""]
    told = [
        (translate("batch", "Account"), report.account_name),
        (translate("batch", "App"), report.app_name or report.app_key),
        (translate("batch", "Begun"), exports.time_text(report.begun, zone) if report.begun else ""),
        (translate("batch", "Ended"), exports.time_text(report.ended, zone) if report.ended else ""),
        (translate("batch", "Space freed"), _freed(report.tally, say)),
    ]
    lines += [f"- {prose(title)}: {code(value)}" for title, value in told if value]
    lines += ["", *(f"- {prose(sentence)}" for sentence in report.sentences)]
    for state, title in _SECTIONS:
        rows = report.of(state)
        if not rows:
            continue
        lines += ["", f"#### {prose(title)} ({len(rows)})", ""]
        for row in rows:
            reason = f": {prose(row.reason)}" if row.reason is not None and state is not RowState.DELETED else ""
            lines.append(f"- {_named(row.build, code)}{reason}")
    return "\n".join(lines) + "\n"


def _freed(counted: Tally, say: Callable[[Text], str]) -> str:
    if not counted.deleted:
        return ""
    text = size_text(counted.freed)
    if not counted.unsized:
        return text
    without = translate("batch", "without %n build(s) of unknown size", "", counted.unsized)
    return f"{text} ({say(without)})"


def _named(build: Build, code: Callable[[str], str]) -> str:
    parts = [name_of(build)]
    if build.pgyer_build is not None:
        parts.append(f"#{build.pgyer_build}")
    if build.size is not None:
        parts.append(size_text(build.size))
    parts.append(build.build_key)
    return ", ".join(code(part) for part in dict.fromkeys(parts))


def _safe(text: str, known: frozenset[str]) -> str:
    """Without secrets and without anything that looks like a key but is no build's."""
    return _LIKE_A_KEY.sub(lambda found: found[0] if found[0] in known else STRUCK, struck(text))
