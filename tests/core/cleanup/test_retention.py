"""A clean-up deletes what no rule keeps and nobody needs, and says why of each build."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.models import CHINA_TIME, Build
from pgyer_desktop.core.builds.keeping import MOST_BUILDS, MOST_DAYS, Rules
from pgyer_desktop.core.cleanup.retention import (
    PROTECTED,
    FrozenPlan,
    Plan,
    PlanError,
    PlanReason,
    ReasonKind,
    Refusal,
    Row,
    Seen,
    SkipKind,
    Totals,
    plan,
    recheck,
)
from tests.core.cleanup.strategies import NOW, History, choices, histories, moderate, rules, with_choices

HARBOUR = "a" * 32


def history(count: int = 10, *, latest: int = 0) -> History:
    """So many builds, one a day, two of each version, the newest first."""
    builds = tuple(
        Build(
            f"{place:032x}",
            name="Harbour",
            version=f"1.{(count - 1 - place) // 2}",
            build_number=str(count - place),
            pgyer_build=count - place,
            size=1000 + place,
            created=(NOW - timedelta(days=place)).astimezone(CHINA_TIME),
            latest=place == latest,
            publish_complete=True,
        )
        for place in range(count)
    )
    return History(builds, frozenset({builds[latest].build_key}), frozenset(), frozenset())


def deleted(made: Plan) -> list[int]:
    return [place for place, row in enumerate(made.rows) if row.delete]


def kinds(row: Row) -> list[ReasonKind]:
    return [reason.kind for reason in row.reasons]


def key(place: int) -> str:
    return f"{place:032x}"


# Rules


def test_the_newest_stay_and_the_rest_goes() -> None:
    assert deleted(history().plan(Rules(newest=4))) == [4, 5, 6, 7, 8, 9]


def test_what_is_younger_than_so_many_days_stays_and_what_is_just_as_old_goes() -> None:
    assert deleted(history().plan(Rules(days=4))) == [4, 5, 6, 7, 8, 9]


def test_the_newest_of_each_version_stays() -> None:
    assert deleted(history().plan(Rules(newest_of_version=True))) == [1, 3, 5, 7, 9]


def test_a_build_without_a_known_upload_time_may_be_young() -> None:
    known = history(3)
    odd = replace(known, builds=(*known.builds[:2], replace(known.builds[2], created=None, created_text="1天前")))
    made = odd.plan(Rules(days=1))
    assert deleted(made) == [1]
    assert kinds(made.rows[2]) == [ReasonKind.AGE_UNKNOWN]


def test_an_upload_from_the_future_of_a_slow_clock_is_young() -> None:
    known = history(2)
    early = replace(known, builds=(known.builds[0], replace(known.builds[1], created=NOW + timedelta(days=400))))
    assert deleted(early.plan(Rules(days=1))) == []


def test_each_reason_that_keeps_a_build_is_told() -> None:
    known = history()
    made = replace(known, pinned=frozenset({key(0)}), unsettled=frozenset({key(0)})).plan(Rules(3, 2, True))
    assert made.rows[0].reasons == (
        PlanReason(ReasonKind.LATEST),
        PlanReason(ReasonKind.PINNED),
        PlanReason(ReasonKind.UNSETTLED),
        PlanReason(ReasonKind.NEWEST, 3),
        PlanReason(ReasonKind.YOUNG, 2),
        PlanReason(ReasonKind.NEWEST_OF_VERSION, version="1.4"),
    )
    assert made.rows[9].reasons == (PlanReason(ReasonKind.NO_RULE),)


def test_all_that_are_called_latest_stay_be_it_by_their_mark_or_by_what_is_offered() -> None:
    known = history(latest=7)
    made = replace(known, latest=frozenset({key(8)})).plan(Rules(newest=1))
    assert deleted(made) == [1, 2, 3, 4, 5, 6, 9]
    assert kinds(made.rows[7]) == kinds(made.rows[8]) == [ReasonKind.LATEST]


def test_what_is_still_being_published_stays_and_what_does_not_say_so_may_go() -> None:
    known = history(4)
    first, second, third, fourth = known.builds
    third, fourth = replace(third, publish_complete=False), replace(fourth, publish_complete=None)
    made = replace(known, builds=(first, second, third, fourth)).plan(Rules(newest=1))
    assert deleted(made) == [1, 3]
    assert kinds(made.rows[2]) == [ReasonKind.PUBLISHING]


def test_totals_count_bytes_and_builds_of_unknown_size() -> None:
    known = history(4)
    odd = replace(known, builds=(*known.builds[:3], replace(known.builds[3], size=None)))
    assert odd.plan(Rules(newest=2)).totals == Totals(delete=2, keep=2, freed=1002, unsized=1)


def test_an_app_without_builds_has_an_empty_plan() -> None:
    made = plan((), Rules(newest=1), latest_keys=frozenset(), complete=True, now=NOW)
    assert (made.rows, made.totals) == ((), Totals())


@pytest.mark.parametrize("number", [0, -1, MOST_BUILDS + 1])
def test_numbers_that_make_no_sense_are_no_rules(number: int) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        Rules(newest=number)
    with pytest.raises(ValueError, match="between 1 and"):
        Rules(days=number if number < 1 else MOST_DAYS + 1)


def test_the_largest_numbers_can_be_planned_with() -> None:
    assert deleted(history().plan(Rules(newest=MOST_BUILDS, days=MOST_DAYS))) == []


# Refusals


def test_nothing_is_planned_on_an_incomplete_history() -> None:
    with pytest.raises(PlanError) as refused:
        plan(history().builds, Rules(newest=1), latest_keys={key(0)}, complete=False, now=NOW)
    assert refused.value.refusal is Refusal.INCOMPLETE
    assert "Load the whole history" in refused.value.text.source


def test_nothing_is_planned_where_the_latest_is_not_known() -> None:
    with pytest.raises(PlanError) as refused:
        plan(history().builds, Rules(newest=1), latest_keys=None, complete=True, now=NOW)
    assert refused.value.refusal is Refusal.LATEST_UNKNOWN


def test_nothing_is_planned_without_a_rule() -> None:
    with pytest.raises(PlanError) as refused:
        history().plan(Rules())
    assert refused.value.refusal is Refusal.NO_RULE


def test_nothing_is_planned_where_the_latest_is_not_among_the_builds() -> None:
    with pytest.raises(PlanError) as refused:
        replace(history(), latest=frozenset({"f" * 32})).plan(Rules(newest=1))
    assert refused.value.refusal is Refusal.CHANGED


def test_nothing_is_planned_where_a_build_stands_twice() -> None:
    known = history()
    with pytest.raises(PlanError) as refused:
        replace(known, builds=(*known.builds, known.builds[3])).plan(Rules(newest=1))
    assert refused.value.refusal is Refusal.CHANGED


def test_a_time_without_its_zone_is_an_error_of_the_program() -> None:
    naive = datetime(2025, 3, 12)  # noqa: DTZ001 - this is what is refused
    with pytest.raises(ValueError, match="zone"):
        plan((), Rules(newest=1), latest_keys=frozenset(), complete=True, now=naive)
    with pytest.raises(ValueError, match="zone"):
        history().plan(Rules(newest=1)).freeze("acme", "Acme", HARBOUR, "Harbour", naive)


# By hand


def test_a_row_can_be_chosen_by_hand_and_says_what_was_overruled() -> None:
    made = history().plan(Rules(newest=4)).with_choice(key(3), delete=True)
    assert made.rows[3].reasons == (PlanReason(ReasonKind.CHOSEN_BY_HAND),)
    assert made.rows[3].overruled == (PlanReason(ReasonKind.NEWEST, 4),)
    assert made.totals == Totals(delete=7, keep=3, freed=sum(1000 + place for place in range(3, 10)))


def test_a_row_can_be_kept_by_hand() -> None:
    made = history().plan(Rules(newest=4)).with_choice(key(9), delete=False)
    assert made.rows[9].reasons == (PlanReason(ReasonKind.KEPT_BY_HAND),)
    assert made.rows[9].by_hand
    assert deleted(made) == [4, 5, 6, 7, 8]


def test_going_back_to_what_the_rules_say_is_no_choice() -> None:
    made = history().plan(Rules(newest=7))
    for place, delete in ((9, False), (8, False), (3, True), (4, True)):
        other = made.with_choice(key(9), delete=False).with_choice(key(8), delete=False)
        changed = other.with_choice(key(place), delete=delete)
        back = changed.with_choice(key(place), delete=not delete)
        assert back.rows[place] == made.rows[place]
    assert made.with_choice(key(9), delete=True) is made


@pytest.mark.parametrize(
    ("which", "words"),
    [
        (0, "is the latest"),
        (6, "is pinned"),
        (7, "still being published"),
        (8, "last change"),
    ],
)
def test_what_is_protected_cannot_be_chosen(which: int, words: str) -> None:
    known = history()
    builds = list(known.builds)
    builds[7] = replace(builds[7], publish_complete=False)
    made = History(tuple(builds), known.latest, frozenset({key(6)}), frozenset({key(8)})).plan(Rules(newest=2))
    with pytest.raises(PlanError) as refused:
        made.with_choice(key(which), delete=True)
    assert refused.value.refusal is Refusal.PROTECTED
    assert words in refused.value.text.source
    assert ("build", f"1.{(9 - which) // 2} ({10 - which})") in refused.value.text.values
    assert made.with_choice(key(which), delete=False) is made


def test_choices_are_made_again_as_far_as_they_are_allowed() -> None:
    made = history().plan(Rules(newest=5)).with_choices({key(0): True, key(3): True, key(9): False, "gone": True})
    assert deleted(made) == [3, 5, 6, 7, 8]
    assert [row.by_hand for row in made.rows] == [place in {3, 9} for place in range(10)]
    assert made.with_choices({}) is made


def test_a_build_that_is_not_in_the_plan_cannot_be_chosen() -> None:
    with pytest.raises(PlanError) as refused:
        history().plan(Rules(newest=2)).with_choice("f" * 32, delete=True)
    assert refused.value.refusal is Refusal.NOT_IN_PLAN


# Freezing


def frozen(made: Plan) -> FrozenPlan:
    return made.freeze("acme", "Acme", HARBOUR, "Harbour", NOW)


def test_a_frozen_plan_holds_every_row_and_only_what_identifies_builds() -> None:
    known = history()
    builds = tuple(replace(build, notes="Secret plans", extra=(("a", "b"),)) for build in known.builds)
    made = replace(known, builds=builds).plan(Rules(newest=4)).with_choice(key(2), delete=True)
    fixed = frozen(made)
    assert fixed.totals == made.totals
    assert [row.build.build_key for row in fixed.deletions] == [row.build.build_key for row in made.deletions]
    assert [(row.delete, row.reasons, row.overruled) for row in fixed.rows] == [
        (row.delete, row.reasons, row.overruled) for row in made.rows
    ]
    assert fixed.rows[9].build == Build(
        key(9), name="Harbour", version="1.0", build_number="1", pgyer_build=1, size=1009, created=builds[9].created
    )


def test_a_plan_that_deletes_nothing_is_not_frozen() -> None:
    with pytest.raises(PlanError) as refused:
        frozen(history().plan(Rules(newest=10)))
    assert refused.value.refusal is Refusal.NOTHING


def test_a_frozen_plan_holds_no_secret_and_no_unseen_character() -> None:
    known = history(3)
    odd = replace(known.builds[2], version="1.0 _api_key=0123", created_text="\u202e1天前", name="buildPassword=x")
    fixed = (
        replace(known, builds=(*known.builds[:2], odd)).plan(Rules(newest=1)).freeze("a", "Ac\u200bme", "b", "", NOW)
    )
    assert fixed.account_name == "Ac⟨U+200B⟩me"
    assert fixed.rows[2].build.version == "1.0 _api_key=[redacted]"
    assert fixed.rows[2].build.created_text == "⟨U+202E⟩1天前"
    assert fixed.rows[2].build.name == "buildPassword=[redacted]"


# Running


def oldest() -> tuple[Row, Build]:
    known = history()
    return frozen(known.plan(Rules(newest=4))).deletions[0], known.builds[9]


def seen(build: Build | None) -> Seen:
    return Seen(build, frozenset({key(0)}))


def test_a_build_that_is_as_it_was_is_deleted() -> None:
    row, build = oldest()
    assert recheck(row, seen(build), app_key=HARBOUR) is None
    assert recheck(row, seen(replace(build, app_key=HARBOUR, downloads=5, notes="New")), app_key=HARBOUR) is None


def test_what_the_service_does_not_say_any_more_is_no_difference() -> None:
    row, build = oldest()
    assert recheck(row, seen(Build(build.build_key)), app_key=HARBOUR) is None


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        (seen(None), SkipKind.GONE),
        (seen(history().builds[8]), SkipKind.GONE),
        (seen(replace(oldest()[1], app_key="b" * 32)), SkipKind.OTHER_APP),
        (seen(replace(oldest()[1], version="1.1")), SkipKind.OTHER_UPLOAD),
        (seen(replace(oldest()[1], build_number="2")), SkipKind.OTHER_UPLOAD),
        (seen(replace(oldest()[1], pgyer_build=11)), SkipKind.OTHER_UPLOAD),
        (seen(replace(oldest()[1], size=1)), SkipKind.OTHER_UPLOAD),
        (seen(replace(oldest()[1], latest=True)), SkipKind.LATEST),
        (Seen(replace(oldest()[1], latest=True), None), SkipKind.LATEST),
        (Seen(oldest()[1], frozenset({key(0), key(9)})), SkipKind.LATEST),
        (Seen(oldest()[1], None), SkipKind.LATEST_UNKNOWN),
        (Seen(oldest()[1], frozenset(), pinned=frozenset({key(9)})), SkipKind.PINNED),
        (seen(replace(oldest()[1], publish_complete=False)), SkipKind.PUBLISHING),
        (Seen(oldest()[1], frozenset(), unsettled=frozenset({key(9)})), SkipKind.UNSETTLED),
    ],
)
def test_a_build_that_has_changed_is_skipped_and_says_why(now: Seen, kind: SkipKind) -> None:
    skip = recheck(oldest()[0], now, app_key=HARBOUR)
    assert skip is not None
    assert skip.kind is kind
    assert skip.text.source.endswith(".")


def test_another_upload_is_told_by_what_differs() -> None:
    row, build = oldest()
    skip = recheck(row, seen(replace(build, pgyer_build=11)), app_key=HARBOUR)
    assert skip is not None
    assert dict(skip.text.values) == {"planned": "#1", "now": "#11"}


def test_a_version_that_was_made_safe_for_the_file_is_still_the_same() -> None:
    known = history(3)
    odd = replace(known.builds[2], version="1.0\u200b_api_key=0123", build_number="\u202e5")
    row = frozen(replace(known, builds=(*known.builds[:2], odd)).plan(Rules(newest=1))).rows[2]
    assert recheck(row, seen(odd), app_key=HARBOUR) is None


def test_a_row_that_the_plan_keeps_is_never_asked_about() -> None:
    made = history().plan(Rules(newest=4))
    with pytest.raises(ValueError, match="keeps"):
        recheck(made.rows[0], seen(made.rows[0].build), app_key=HARBOUR)


# Words


def test_every_reason_has_its_words_and_its_number() -> None:
    said = {kind: PlanReason(kind, 7, "1.4").text for kind in ReasonKind}
    assert all(text.context == "retention" and not text.source.endswith(".") for text in said.values())
    assert len({text.source for text in said.values()}) == len(ReasonKind)
    assert said[ReasonKind.YOUNG].count == 7
    assert said[ReasonKind.NEWEST].values == (("number", 7),)
    assert said[ReasonKind.NEWEST_OF_VERSION].values == (("version", "1.4"),)
    assert PlanReason(ReasonKind.NEWEST, 1).text.source == "The newest"
    assert not PlanReason(ReasonKind.NEWEST_OF_VERSION).text.values


def test_a_version_without_an_end_stays_out_of_the_reason() -> None:
    ((_, version),) = PlanReason(ReasonKind.NEWEST_OF_VERSION, version="1" * 500).text.values
    assert len(str(version)) == 60


# Any history and any rules


@moderate
@given(histories(), rules, choices)
def test_what_is_protected_is_in_no_plan_whatever_is_chosen(
    known: History, asked: Rules, wanted: list[tuple[int, bool]]
) -> None:
    made = with_choices(known.plan(asked), wanted)
    assert [row.build for row in made.rows] == list(known.builds)
    for row in made.rows:
        assert not (row.delete and known.protected(row.build))
        assert row.delete == (kinds(row)[0] in {ReasonKind.NO_RULE, ReasonKind.CHOSEN_BY_HAND})
        assert bool(row.protected) == known.protected(row.build)


@moderate
@given(histories(), rules, choices)
def test_the_sums_are_right(known: History, asked: Rules, wanted: list[tuple[int, bool]]) -> None:
    made = with_choices(known.plan(asked), wanted)
    gone = [row.build for row in made.rows if row.delete]
    assert made.totals == Totals(
        delete=len(gone),
        keep=len(known.builds) - len(gone),
        freed=sum(build.size or 0 for build in gone),
        unsized=sum(build.size is None for build in gone),
    )
    assert list(made.deletions) == [row for row in made.rows if row.delete][::-1]


@moderate
@given(histories(), rules, rules)
def test_more_rules_never_delete_more(known: History, some: Rules, others: Rules) -> None:
    more = Rules(
        newest=max(some.newest or 0, others.newest or 0) or None,
        days=max(some.days or 0, others.days or 0) or None,
        newest_of_version=some.newest_of_version or others.newest_of_version,
    )
    assert set(deleted(known.plan(more))) <= set(deleted(known.plan(some)))


@moderate
@given(histories(), rules, st.integers(0, 12))
def test_one_more_pin_never_deletes_more(known: History, asked: Rules, place: int) -> None:
    pinned = replace(known, pinned=known.pinned | {key(place)})
    assert pinned.plan(asked).totals.delete <= known.plan(asked).totals.delete


def holds(  # noqa: PLR0911 - one answer for each kind
    reason: PlanReason, place: int, known: History, asked: Rules
) -> bool:
    """Whether `reason` is true, found out in the plainest way."""
    build = known.builds[place]
    match reason.kind:
        case ReasonKind.LATEST:
            return build.latest is True or build.build_key in known.latest
        case ReasonKind.PINNED:
            return build.build_key in known.pinned
        case ReasonKind.PUBLISHING:
            return build.publish_complete is False
        case ReasonKind.UNSETTLED:
            return build.build_key in known.unsettled
        case ReasonKind.NEWEST:
            return asked.newest is not None and build in known.builds[: asked.newest]
        case ReasonKind.YOUNG:
            return asked.days is not None and build.created is not None and build.created + timedelta(asked.days) > NOW
        case ReasonKind.AGE_UNKNOWN:
            return asked.days is not None and build.created is None
        case ReasonKind.NEWEST_OF_VERSION:
            return asked.newest_of_version and build.version not in {b.version for b in known.builds[:place]}
        case ReasonKind.NO_RULE:
            return not any(
                holds(PlanReason(kind), place, known, asked) for kind in ReasonKind if kind is not ReasonKind.NO_RULE
            )
        case _:
            return False


def expected(place: int, known: History, asked: Rules) -> tuple[PlanReason, ...]:
    """Every reason that is true of the build, with its data."""
    found = [kind for kind in ReasonKind if holds(PlanReason(kind), place, known, asked)]
    numbers = {ReasonKind.NEWEST: asked.newest, ReasonKind.YOUNG: asked.days}
    version = known.builds[place].version
    return tuple(
        PlanReason(kind, numbers.get(kind), version if kind is ReasonKind.NEWEST_OF_VERSION else "") for kind in found
    )


@moderate
@given(histories(), rules, choices)
def test_each_reason_is_true_and_none_is_missing(known: History, asked: Rules, wanted: list[tuple[int, bool]]) -> None:
    made = with_choices(known.plan(asked), wanted)
    for place, row in enumerate(made.rows):
        by_rules = expected(place, known, asked)
        if not row.by_hand:
            assert row.reasons == by_rules
            continue
        assert place in {chosen for chosen, _delete in wanted}
        assert row.overruled == by_rules
        assert row.reasons == (PlanReason(ReasonKind.CHOSEN_BY_HAND if row.delete else ReasonKind.KEPT_BY_HAND),)


@moderate
@given(histories(), rules, choices, st.integers(0, 12), st.booleans())
def test_a_choice_changes_one_row_and_can_be_taken_back(
    known: History, asked: Rules, wanted: list[tuple[int, bool]], place: int, delete: bool
) -> None:
    before = with_choices(known.plan(asked), wanted)
    after = with_choices(before, [(place, delete)])
    assert [i for i, row in enumerate(after.rows) if row != before.rows[i]] in ([], [place])
    assert after == before or with_choices(after, [(place, not delete)]) == before


@moderate
@given(histories(), rules, choices)
def test_nothing_changed_means_nothing_skipped_and_what_is_protected_now_is_skipped(
    known: History, asked: Rules, wanted: list[tuple[int, bool]]
) -> None:
    made = with_choices(known.plan(asked), wanted)
    for row in made.deletions:
        assert recheck(row, Seen(row.build, known.latest, known.pinned, known.unsettled), app_key=HARBOUR) is None
        only = frozenset({row.build.build_key})
        for now in (
            Seen(row.build, only),
            Seen(row.build, only - only, only),
            Seen(row.build, only - only, only - only, only),
        ):
            assert recheck(row, now, app_key=HARBOUR) is not None


def test_protection_is_what_nobody_can_overrule() -> None:
    assert {kind.name for kind in PROTECTED} == {"LATEST", "PINNED", "PUBLISHING", "UNSETTLED"}


def test_a_hundred_thousand_builds_are_planned_while_nobody_notices() -> None:
    known = history(100_000)
    started = time.perf_counter()
    made = known.plan(Rules(newest=20, days=30, newest_of_version=True))
    changed = made.with_choice(key(99_999), delete=False)
    # Some 0.2 s; the limit is for a machine that is busy with something else.
    assert time.perf_counter() - started < 5
    assert changed.totals.delete == made.totals.delete - 1
