"""Where a build stands among the rows of a page, and the rows that stay on it although they are not listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.builds.order import Side, side, with_rows, without_rows
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView

FIRST = datetime(2025, 3, 1, tzinfo=UTC)


def numbered(*counts: int) -> tuple[Build, ...]:
    return tuple(Build(f"build{n}", pgyer_build=n) for n in counts)


def timed(*days: int) -> tuple[Build, ...]:
    return tuple(Build(f"build{n}", created=FIRST + timedelta(days=n)) for n in days)


def page(builds: tuple[Build, ...], number: int = 2, count: int = 3) -> PageView:
    return PageView("app", number, count, builds, Latest(LatestSource.UNKNOWN), FIRST)


def keys(view: PageView) -> list[str]:
    return [build.build_key for build in view.builds]


@pytest.mark.parametrize("rows", [numbered, timed])
@pytest.mark.parametrize(("own", "expected"), [(9, Side.ABOVE), (5, Side.AMONG), (1, Side.BELOW), (4, Side.UNKNOWN)])
def test_counts_and_times_tell_where_a_build_must_be(
    rows: Callable[..., tuple[Build, ...]], own: int, expected: Side
) -> None:
    (build,) = rows(own)
    assert side(replace(build, build_key="looked for"), rows(8, 6, 4, 2)) is expected


def test_rows_without_a_count_do_not_hide_the_order_of_the_others() -> None:
    rows = (*numbered(8), Build("odd"), *numbered(4))
    assert side(Build("looked for", pgyer_build=6), rows) is Side.AMONG


@pytest.mark.parametrize(
    ("build", "rows"),
    [
        (Build("looked for"), numbered(8, 4)),
        (Build("looked for", pgyer_build=6), ()),
        (Build("looked for", pgyer_build=6), (Build("odd"),)),
        (Build("looked for", pgyer_build=6), numbered(4, 8)),
        (Build("looked for", pgyer_build=6), timed(8, 4)),
    ],
)
def test_without_an_order_that_both_share_nothing_is_told(build: Build, rows: tuple[Build, ...]) -> None:
    assert side(build, rows) is Side.UNKNOWN


@pytest.mark.parametrize(
    ("number", "own", "expected"),
    [
        (2, 7, ["build8", "kept", "build6", "build4"]),
        (2, 9, ["build8", "build6", "build4"]),
        (2, 1, ["build8", "build6", "build4"]),
        (1, 9, ["kept", "build8", "build6", "build4"]),
        (3, 1, ["build8", "build6", "build4", "kept"]),
    ],
)
def test_a_row_stays_on_the_page_on_which_its_place_is(number: int, own: int, expected: list[str]) -> None:
    kept = with_rows(page(numbered(8, 6, 4), number), [Build("kept", pgyer_build=own)], {})
    assert keys(kept) == expected


def test_between_two_pages_it_stays_where_it_was_seen_last() -> None:
    view = page(numbered(8, 6, 4))
    for own, expected in ((9, ["kept", "build8", "build6", "build4"]), (1, ["build8", "build6", "build4", "kept"])):
        assert keys(with_rows(view, [Build("kept", pgyer_build=own)], {"kept": 1})) == expected


def test_without_an_order_it_stays_in_the_row_in_which_it_was_seen() -> None:
    view = page(numbered(8, 6, 4))
    assert keys(with_rows(view, [Build("kept")], {"kept": 1})) == ["build8", "kept", "build6", "build4"]
    assert with_rows(view, [Build("kept")], {}) is view


def test_what_is_listed_is_there_once_and_an_empty_page_has_room() -> None:
    view = page(numbered(8, 6, 4))
    assert with_rows(view, numbered(6), {"build6": 0}) is view
    assert keys(with_rows(page((), 1, 1), numbered(6), {})) == ["build6"]


def test_several_stay_in_their_order() -> None:
    builds = [Build("kept5", pgyer_build=5), Build("kept7", pgyer_build=7)]
    assert keys(with_rows(page(numbered(8, 6, 4)), builds, {})) == ["build8", "kept7", "build6", "kept5", "build4"]


@pytest.mark.parametrize(
    ("holes", "after"), [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((1, 3), (1, 2, 4)), ((), ())]
)
def test_what_could_not_be_read_stays_in_its_place(holes: tuple[int, ...], after: tuple[int, ...]) -> None:
    view = replace(page(numbered(9, 6, 3)), unreadable=len(holes), holes=holes)
    (kept,) = numbered(8)
    assert with_rows(view, (kept,), {}).holes == after


@pytest.mark.parametrize(
    ("gone", "left", "holes"),
    [
        ({"build8"}, ["build6", "build4"], (0, 2)),
        ({"build4"}, ["build8", "build6"], (1, 2)),
        ({"build6", "build4"}, ["build8"], (1,)),
        ({"unknown"}, ["build8", "build6", "build4"], (1, 3)),
    ],
)
def test_rows_that_are_gone_leave_what_could_not_be_read_between_its_neighbours(
    gone: set[str], left: list[str], holes: tuple[int, ...]
) -> None:
    view = without_rows(replace(page(numbered(8, 6, 4)), holes=(1, 3), unreadable=2), gone)
    assert keys(view) == left
    assert view.holes == holes
