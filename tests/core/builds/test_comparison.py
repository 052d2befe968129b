"""Two builds side by side, whichever was chosen first."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.builds.comparison import Change, compare, compare_notes

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


def test_the_same_count_twice_leaves_it_to_the_time() -> None:
    early, late = (
        Build("early", pgyer_build=3, created=NOON),
        Build("late", pgyer_build=3, created=NOON.replace(hour=13)),
    )
    found = compare(late, early)
    assert (found.older, found.ordered) == (early, True)


def test_of_long_notes_only_what_differs_counts() -> None:
    many = "\n".join(str(number) for number in range(5000))
    left, right = compare_notes(many, f"{many}\nx")
    assert {line.change for line in left} == {Change.SAME}
    assert [line.text for line in right if line.change is Change.ADDED] == ["x"]


def test_blank_lines_between_all_others_do_not_hide_what_stayed() -> None:
    before = "\n\n".join(["gone", *(f"line {number}" for number in range(50))])
    after = "\n\n".join([*(f"line {number}" for number in range(50)), "new"])
    left, right = compare_notes(before, after)
    assert [line.text for line in left if line.text and line.change is Change.REMOVED] == ["gone"]
    assert [line.text for line in right if line.text and line.change is Change.ADDED] == ["new"]


@pytest.mark.parametrize("lines", [600, 2000, 10_000])
def test_lines_that_repeat_without_end_stop_nothing(lines: int) -> None:
    before = "\n".join("ab"[number % 2] for number in range(lines))
    after = "\n".join("ab"[number * number // 3 % 2] for number in range(lines))
    started = perf_counter()
    left, right = compare_notes(before, after)
    assert perf_counter() - started < 1  # it was 1, 40 and thousands of seconds; loose, for slow machines
    assert (len(left), len(right)) == (lines, lines)
