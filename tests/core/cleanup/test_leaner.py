"""Where a plan finds nothing, it is said what keeps how many, and the smallest change that finds something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.cleanup.leaner import Leaner, beyond, keepers, leaner
from pgyer_desktop.core.cleanup.retention import ReasonKind
from tests.core.cleanup.strategies import History, histories, moderate, rules
from tests.core.cleanup.test_retention import history, key


def test_what_keeps_is_counted_the_most_first() -> None:
    made = replace(history(12), pinned=frozenset({key(3)})).plan(Rules(newest=20, days=6))
    assert [(keeper.reason.kind, keeper.builds) for keeper in keepers(made)] == [
        (ReasonKind.NEWEST, 12),
        (ReasonKind.YOUNG, 6),
        (ReasonKind.LATEST, 1),
        (ReasonKind.PINNED, 1),
    ]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Rules(newest=20), Leaner(Rules(newest=10), 2)),
        (Rules(newest=20, days=6), Leaner(Rules(newest=10, days=6), 2)),
        (Rules(newest=20, days=90), Leaner(Rules(newest=10, days=7), 2)),  # one number alone finds nothing
        (Rules(days=90), Leaner(Rules(days=7), 5)),
        (Rules(newest=1, days=90, newest_of_version=True), Leaner(Rules(newest=1, days=7, newest_of_version=True), 3)),
    ],
)
def test_the_smallest_change_that_finds_something_is_offered(asked: Rules, wanted: Leaner) -> None:
    made = history(12).plan(asked)
    assert made.totals.delete == 0
    assert leaner(made) == wanted


def test_what_was_kept_by_hand_stays_and_where_nothing_can_go_nothing_is_offered() -> None:
    made = history(3).plan(Rules(newest=1))
    kept = made.with_choices({key(1): False, key(2): False})
    assert kept.totals.delete == 0
    assert leaner(kept) is None
    assert leaner(history(1).plan(Rules(newest=20, days=30))) is None


@moderate
@given(histories(), rules)
def test_what_is_offered_deletes_as_many_as_is_said(known: History, asked: Rules) -> None:
    made = known.plan(asked)
    found = leaner(made)
    if found is not None:
        assert known.plan(found.rules).totals.delete == found.deletes > 0


def test_why_a_build_goes_names_every_rule() -> None:
    assert [text.source for text in beyond(Rules(newest=20, days=30, newest_of_version=True))] == [
        "older than %n day(s)",
        "beyond the newest {number}",
        "not the newest of its version",
    ]
