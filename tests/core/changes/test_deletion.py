"""What really goes of what was selected, what stays and why, and when that is risky."""

from __future__ import annotations

import pytest

from pgyer_desktop.api import Build
from pgyer_desktop.core.changes.deletion import MANY, Stay, deletion_of, is_risky_for_one

BUILDS = tuple(Build(str(number), app_key="app") for number in range(20))


def test_only_what_can_go_goes_each_once() -> None:
    flagged, foreign = Build("flagged", latest=True), Build("foreign", app_key="other")
    found = deletion_of(
        (*BUILDS[:4], BUILDS[0], flagged, foreign), app_key="app", latest={"1"}, unsettled={"2", "1"}, pinned={"3", "1"}
    )
    assert found.goes == (BUILDS[0], BUILDS[3])
    assert found.stays == (
        (BUILDS[1], Stay.LATEST),
        (BUILDS[2], Stay.UNSETTLED),
        (flagged, Stay.LATEST),
        (foreign, Stay.OTHER_APP),
    )
    assert found.pinned == {"3"}


@pytest.mark.parametrize(
    ("count", "pinned", "risky"),
    [(3, (), False), (MANY, (), False), (MANY + 1, (), True), (2, ("1",), True), (2, ("7",), False)],
)
def test_more_than_ten_and_pinned_ones_are_risky(count: int, pinned: tuple[str, ...], risky: bool) -> None:
    assert deletion_of(BUILDS[:count], app_key="app", pinned=pinned).is_risky is risky


@pytest.mark.parametrize(
    ("latest", "pinned", "risky"), [((), (), False), (("1",), (), True), ((), ("1",), True), (("2",), ("3",), False)]
)
def test_of_one_build_the_latest_and_a_pinned_one_are_risky(
    latest: tuple[str, ...], pinned: tuple[str, ...], risky: bool
) -> None:
    assert is_risky_for_one("1", latest=latest, pinned=pinned) is risky
