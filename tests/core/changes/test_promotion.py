"""What a promotion changes is said before it is made, and what was before it is known afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import Entry, NamedBuild, ending, intent
from pgyer_desktop.core.changes.promotion import Promotion, previous_latest

NOON = datetime(2025, 3, 12, 12, 0, tzinfo=UTC)
NOW = Build("now", version="1.4.5", pgyer_build=45, size=1000, created=NOON, identifier="a.b", platform=Platform.IOS)
NEXT = replace(NOW, build_key="next", version="1.4.6", pgyer_build=46, size=1500, created=NOON + timedelta(hours=2))


def warnings(target: Build, current: Build | None = NOW) -> str:
    return " ".join(text.source for text in Promotion(current, target).warnings)


def test_an_ordinary_step_forward_warns_of_nothing() -> None:
    promotion = Promotion(NOW, NEXT)
    assert promotion.warnings == ()
    assert promotion.growth == 500
    assert promotion.younger_by == timedelta(hours=2)
    assert not promotion.goes_back


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": "1.4.4"}, "version goes down"),
        ({"version": "1.10", "pgyer_build": 44}, "older than the latest"),
        ({"version": "1.4.5", "pgyer_build": 44}, "older than the latest"),
        ({"identifier": "a.c"}, "identifier changes"),
        ({"platform": Platform.ANDROID}, "platform differs"),
        ({"publish_complete": False}, "still publishing"),
    ],
)
def test_what_is_to_be_looked_out_for_is_said(changes: dict[str, object], said: str) -> None:
    target = replace(NEXT, **changes)  # type: ignore[arg-type]  # real fields
    assert said in warnings(target)


@pytest.mark.parametrize(
    ("changes", "risky"),
    [
        ({}, False),
        ({"version": "1.4.4"}, True),
        ({"version": "1.4.5", "pgyer_build": 44}, False),
        ({"version": "1.10", "pgyer_build": 44}, False),
        ({"version": ""}, False),
        ({"identifier": "a.c"}, True),
        ({"identifier": ""}, False),
        ({"platform": Platform.ANDROID}, True),
        ({"platform": Platform.UNKNOWN}, False),
        ({"publish_complete": False}, True),
        ({"publish_complete": None}, False),
    ],
)
def test_the_version_is_typed_where_something_is_off_and_never_to_go_back(
    changes: dict[str, object], *, risky: bool
) -> None:
    target = replace(NEXT, **changes)  # type: ignore[arg-type]  # real fields
    assert Promotion(NOW, target).is_risky() is risky
    assert Promotion(NOW, target).is_risky(production=True)
    assert not Promotion(NOW, target, returns=True).is_risky(production=True)
    assert Promotion(None, target).is_risky() is (target.publish_complete is False)


def test_versions_are_compared_part_by_part() -> None:
    assert warnings(replace(NEXT, version="1.10"), replace(NOW, version="1.9")) == ""
    assert "goes down" in warnings(replace(NEXT, version="1.9"), replace(NOW, version="1.10"))


def test_where_nothing_is_known_nothing_is_claimed() -> None:
    promotion = Promotion(None, NEXT)
    assert (promotion.growth, promotion.younger_by, promotion.goes_back, promotion.warnings) == (None, None, False, ())
    promotion = Promotion(Build("a"), Build("b"))
    assert (promotion.growth, promotion.younger_by, promotion.goes_back, promotion.warnings) == (None, None, False, ())


def entry(
    build: Build,
    before: tuple[NamedBuild, ...] | None,
    outcome: Outcome = Outcome.DONE,
    write: Write = Write.SET_LATEST,
) -> Entry:
    begun = intent(
        write, build, account_id="acme", account_name="Acme", app_key="app", app_name="Harbour", before=before
    )
    return Entry(begun, (ending(begun.id, WriteResult(write, build, outcome)),))


def test_the_journal_tells_what_was_the_latest_before() -> None:
    before = NamedBuild("now", "1.4.5 (145)")
    entries = [entry(NEXT, (before,)), entry(NOW, (NamedBuild("old"),))]
    assert previous_latest(entries, "acme", "app", {"next"}) == before
    assert previous_latest(entries, "acme", "app", {"now"}) == NamedBuild("old")


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [entry(NEXT, None)],
        [entry(NEXT, (NamedBuild("a"), NamedBuild("b")))],
        [entry(NEXT, (NamedBuild("now"),), Outcome.NOT_DONE)],
        [entry(NEXT, (NamedBuild("now"),), write=Write.DELETE)],
        [entry(NEXT, (NamedBuild("next"),))],
    ],
)
def test_where_the_journal_does_not_tell_there_is_no_way_back(entries: list[Entry]) -> None:
    assert previous_latest(entries, "acme", "app", {"next"}) is None


def test_of_other_apps_and_of_several_latest_nothing_is_taken() -> None:
    entries = [entry(NEXT, (NamedBuild("now"),))]
    assert previous_latest(entries, "other", "app", {"next"}) is None
    assert previous_latest(entries, "acme", "app2", {"next"}) is None
    assert previous_latest(entries, "acme", "app", {"next", "now"}) is None
    assert previous_latest(entries, "acme", "app", {"elsewhere"}) is None
