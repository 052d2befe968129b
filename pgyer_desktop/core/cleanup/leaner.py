"""Why a plan deletes what it deletes, what keeps the rest, and which rules would find something where nothing is left.

Explains plans of `retention`. Must not make the one that is run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.cleanup.retention import PROTECTED, PlanReason, ReasonKind, plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pgyer_desktop.core.cleanup.retention import Plan

_FEWER: Final = (200, 100, 50, 20, 10, 5, 3, 1)
"""Builds, that somebody may want to keep instead of more."""
_YOUNGER: Final = (14, 7)
"""Days, likewise."""


def beyond(rules: Rules) -> tuple[Text, ...]:
    """What is true of every build that `rules` do not keep; the first one begins a sentence where it is alone."""
    parts = []
    if rules.days is not None:
        parts.append(translate("retention", "older than %n day(s)", "", rules.days))
    if rules.newest is not None:
        parts.append(translate("retention", "beyond the newest {number}").fill(number=rules.newest))
    if rules.newest_of_version:
        parts.append(translate("retention", "not the newest of its version"))
    return tuple(parts)


def named(rules: Rules) -> tuple[Text, ...]:
    """What `rules` keep, a few words each."""
    parts = []
    if rules.newest is not None:
        parts.append(translate("retention", "the newest {number}").fill(number=rules.newest))
    if rules.days is not None:
        parts.append(translate("retention", "all of the last %n day(s)", "", rules.days))
    if rules.newest_of_version:
        parts.append(translate("retention", "the newest of each version"))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Keeper:
    """One rule, or one thing that is never deleted, and how many builds it keeps."""

    reason: PlanReason
    builds: int

    @property
    def text(self) -> Text:
        """The rule's words; where each build has its own version, for all of them."""
        if self.reason.kind is ReasonKind.NEWEST_OF_VERSION:
            return translate("retention", "Newest of its version")
        return self.reason.text


def keepers(made: Plan) -> tuple[Keeper, ...]:
    """What keeps the builds of a plan, what keeps most of them first. A build may have several."""
    found: dict[ReasonKind, Keeper] = {}
    for row in made.rows:
        for reason in () if row.delete else row.reasons:
            builds = found[reason.kind].builds if reason.kind in found else 0
            found[reason.kind] = Keeper(reason, builds + 1)
    return tuple(sorted(found.values(), key=lambda keeper: (-keeper.builds, keeper.reason.kind in PROTECTED)))


@dataclass(frozen=True, slots=True)
class Leaner:
    """Rules that keep less, and how many builds they leave to delete."""

    rules: Rules
    deletes: int


def leaner(made: Plan) -> Leaner | None:
    """The rules nearest to those of a plan that find something; None where none do.

    What is never deleted, and what was kept by hand, stays.
    """
    safe = frozenset(row.build.build_key for row in made.rows if row.protected or row.by_hand)
    builds = tuple(row.build for row in made.rows)
    for rules in _fewer(made.rules):
        tried = plan(builds, rules, latest_keys=frozenset(), pinned=safe, complete=True, now=made.made)
        if tried.totals.delete:
            return Leaner(rules, tried.totals.delete)
    return None


def _fewer(rules: Rules) -> Iterator[Rules]:
    """Rules that keep less: one number changed, then two, the smallest change first."""
    newest = [number for number in _FEWER if number < (rules.newest or 0)]
    days: list[int | None] = [number for number in _YOUNGER if number < (rules.days or 0)]
    yield from (replace(rules, newest=number) for number in newest)
    yield from (replace(rules, days=number) for number in days)
    if rules.newest_of_version and (rules.newest or rules.days):
        rules = replace(rules, newest_of_version=False)
        yield rules
    kept = rules.newest if rules.newest is not None else 1
    if rules.days is not None:
        days.append(None)
    for number in days:
        yield from (replace(rules, newest=fewer, days=number) for fewer in (kept, *newest))
    yield from (replace(rules, newest=fewer) for fewer in newest)
