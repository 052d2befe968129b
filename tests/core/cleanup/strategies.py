"""Arbitrary histories, rules and choices for tests of the clean-up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pgyer_desktop.api.models import CHINA_TIME, Build
from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.cleanup.retention import Plan, PlanError, plan

NOW = datetime(2025, 3, 12, 7, 30, tzinfo=UTC)

moderate = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""They run with all the others, often: few examples at a time find the same in the end."""

TEXTS = st.one_of(
    st.sampled_from(["", "1.0", "1.4.5", "145", "2.0-beta", "云帆", "Harbour"]),
    st.text(max_size=12),
    st.text(st.sampled_from("\ud800\udfff\n\r\u2028\x00\x1f\ufeff\u202e\"'\\{}=,:<>云🚢a_"), max_size=12),
    st.sampled_from(["_api_key=abc", "https://host/?_api_key=0f&x=1", "buildPassword: 1234"]),
)
AGES = st.one_of(
    st.sampled_from([timedelta(days=days) for days in (0, 1, 29, 30, 31, 400)]),
    st.timedeltas(timedelta(days=-2), timedelta(days=500)),
)


@dataclass(frozen=True, slots=True)
class History:
    """What a plan is made from."""

    builds: tuple[Build, ...]
    latest: frozenset[str]
    pinned: frozenset[str]
    unsettled: frozenset[str]

    def plan(self, rules: Rules) -> Plan:
        """The plan for these builds, as of `NOW`."""
        return plan(
            self.builds,
            rules,
            latest_keys=self.latest,
            pinned=self.pinned,
            unsettled=self.unsettled,
            complete=True,
            now=NOW,
        )

    def protected(self, build: Build) -> bool:
        """Whether this build must never be deleted."""
        key = build.build_key
        marked = build.latest is True or key in self.latest
        return marked or key in self.pinned or key in self.unsettled or build.publish_complete is False


_FLAGS = st.sampled_from([None, True, False])
_ROWS = st.builds(
    Build,
    build_key=st.just(""),
    name=TEXTS,
    version=st.sampled_from(["", "1.0", "1.1", "1.2"]) | TEXTS,
    build_number=TEXTS,
    pgyer_build=st.none() | st.integers(0, 2**53),
    size=st.none() | st.integers(0, 2**53),
    created=st.none() | AGES.map(lambda age: (NOW - age).astimezone(CHINA_TIME)),
    created_text=TEXTS,
    latest=st.sampled_from([None, False, False, False, True]),
    publish_complete=st.sampled_from([None, True, True, True, False]),
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Any history, and anything said about its builds."""
    rows = draw(st.lists(_ROWS, max_size=12))
    builds = tuple(replace(row, build_key=f"{place:032x}") for place, row in enumerate(rows))
    keys = [build.build_key for build in builds]
    some = st.frozensets(st.sampled_from(keys), max_size=3) if keys else st.just(frozenset[str]())
    gone = draw(st.sampled_from([frozenset[str](), frozenset({"f" * 32})]))
    return History(builds, draw(some), draw(some) | gone, draw(some) | gone)


numbers_of_builds = st.none() | st.integers(1, 6)
rules = st.builds(
    Rules,
    newest=numbers_of_builds,
    days=st.none() | st.sampled_from([1, 30, 365]),
    newest_of_version=st.booleans(),
).filter(lambda made: made.keep_anything)
choices = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=6)


def with_choices(made: Plan, wanted: list[tuple[int, bool]]) -> Plan:
    """`made` after somebody has tried to make these choices, some of which it may not allow."""
    for place, delete in wanted:
        try:
            made = made.with_choice(f"{place:032x}", delete=delete)
        except PlanError:
            continue
    return made
