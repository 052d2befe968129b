"""Two builds side by side, whichever was chosen first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.comparison import Change, compare, compare_notes

NOON = datetime(2025, 3, 12, 12, 0, tzinfo=UTC)
OLD = Build("old", pgyer_build=1, size=1000, notes="one\ntwo")
NEW = Build("new", pgyer_build=2, size=1030, notes="one\nthree")

texts = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12).map("\n".join)


def test_the_older_one_comes_first_whichever_was_chosen_first() -> None:
    for first, second in ((OLD, NEW), (NEW, OLD)):
        found = compare(first, second)
        assert (found.older, found.newer, found.ordered) == (OLD, NEW, True)
        assert found.growth == 30
        assert found.growth_share == pytest.approx(0.03)


def test_without_a_count_the_time_tells_and_without_both_nothing_does() -> None:
    early, late = Build("early", created=NOON), Build("late", created=NOON.replace(hour=13))
    assert compare(late, early).older == early
    unknown = compare(Build("a"), Build("b"))
    assert (unknown.older.build_key, unknown.ordered, unknown.growth) == ("a", False, None)
    assert compare(Build("a", size=0), Build("b", size=5)).growth_share is None


@given(older=texts, newer=texts)
def test_every_line_is_there_and_what_is_the_same_is_the_same_on_both_sides(older: str, newer: str) -> None:
    left, right = compare_notes(older, newer)
    assert [line.text for line in left] == older.strip().splitlines()
    assert [line.text for line in right] == newer.strip().splitlines()
    same = [line.text for line in left if line.change is Change.SAME]
    assert same == [line.text for line in right if line.change is Change.SAME]
    assert Change.ADDED not in {line.change for line in left}
    assert Change.REMOVED not in {line.change for line in right}
    if older == newer:
        assert all(line.change is Change.SAME for line in (*left, *right))


def test_endless_notes_are_compared_as_a_whole() -> None:
    many = "\n".join(str(number) for number in range(5000))
    left, right = compare_notes(many, f"{many}\nx")
    assert {line.change for line in left} == {Change.REMOVED}
    assert {line.change for line in right} == {Change.ADDED}
