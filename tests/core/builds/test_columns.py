"""Numbers sort as numbers, versions part by part, and every documented field has its column."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.builds.columns import COLUMNS, COLUMNS_BY_KEY, natural_key


def ordered(key: str, *builds: Build) -> list[str]:
    return [build.build_key for build in sorted(builds, key=COLUMNS_BY_KEY[key].sort_key)]


def test_keys_are_unique_and_the_first_column_carries_the_icon() -> None:
    assert len(COLUMNS_BY_KEY) == len(COLUMNS)
    assert COLUMNS[0].key == "version"
    assert COLUMNS[0].shown


def test_every_documented_field_is_reachable() -> None:
    assert {
        "version", "build_number", "pgyer_build", "size", "created", "name", "platform", "identifier", "icon",
        "build_key",
    } <= set(COLUMNS_BY_KEY)  # fmt: skip


def test_nine_comes_before_twenty_eight() -> None:
    assert ordered("pgyer_build", Build("b", pgyer_build=28), Build("a", pgyer_build=9)) == ["a", "b"]
    assert ordered("build_number", Build("b", build_number="28"), Build("a", build_number="9")) == ["a", "b"]


def test_versions_sort_part_by_part() -> None:
    versions = ["1.0", "1.0.1", "1.9", "1.10", "1.28-beta2", "1.28-beta10", "2"]
    assert [b.version for b in sorted((Build(v, version=v) for v in reversed(versions)),
                                      key=COLUMNS_BY_KEY["version"].sort_key)] == versions  # fmt: skip


def test_what_is_missing_comes_last() -> None:
    assert ordered("size", Build("none"), Build("small", size=1), Build("zero", size=0)) == ["zero", "small", "none"]
    assert ordered("version", Build("none"), Build("one", version="1")) == ["one", "none"]
    when = datetime(2026, 1, 2, tzinfo=UTC)
    assert ordered("created", Build("none"), Build("then", created=when)) == ["then", "none"]


def test_every_pair_of_values_can_be_compared() -> None:
    builds = [
        Build("a"),
        Build("b", version="1.0", build_number="x1", size=1, platform=Platform.IOS, in_history=True, notes="n"),
        Build("c", version="beta", build_number="1", size=0, platform=Platform.UNKNOWN, in_history=False, notes="5"),
    ]
    for column, (one, other) in itertools.product(COLUMNS, itertools.permutations(builds, 2)):
        assert (column.sort_key(one) < column.sort_key(other)) in {True, False}


@given(st.text(), st.text(), st.text())
def test_natural_order_is_an_order_for_any_texts(one: str, two: str, three: str) -> None:
    keys = sorted(natural_key(text) for text in (one, two, three))
    assert keys[0] <= keys[1] <= keys[2]
