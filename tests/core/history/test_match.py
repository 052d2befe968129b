"""A query finds the same builds row by row and in the history's file, and marks what it found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgyer_desktop.api.models import Build, BuildPage, Platform
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.match import condition_of, have_words, haystack, marks, matches, sortable
from pgyer_desktop.core.history.search import Query, parse
from pgyer_desktop.core.history.store import HistoryStore

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


def build(number: int, version: str = "1.4.5", **more: object) -> Build:
    given_: dict[str, object] = {
        "build_key": f"key{number}",
        "version": version,
        "build_number": str(100 + number),
        "pgyer_build": number,
        "name": "Harbour",
        "notes": "Fixes the map",
        "size": number * 10**6,
        "created": NOW - timedelta(days=50 - number),
        "platform": Platform.IOS,
        "downloads": number % 7,
        "latest": False,
    }
    return Build(**{**given_, **more})  # type: ignore[arg-type]  # each test names real fields


BUILDS = (
    build(9, "2.0", notes="Anmeldung GROẞ", publish_complete=False),
    build(8, "1.40"),
    build(7, "1.10.0-beta"),
    build(6, "1.4.5", latest=True),
    build(5, "1.4", downloads=None, size=None),
    build(4, "1.3.9", platform=Platform.ANDROID, name="云帆"),
    build(3, "", build_number="", created=None, created_text="1天前"),
    build(2, "1.4-rc.2", file_name="harbour-RC.ipa"),
    build(1, "1.2", notes="修复：ＶＩＰ“支付”　２０％"),
)
TEXTS = (
    "map", "MAP fixes", "harbour -beta", "1.4", "#7", "云帆", "groß", "version:1.4", "-version:1.4", "version:>1.4",
    "version:1.4..1.10", "version:=1.4", "build:105", "build:>105", "pgyer:6", "pgyer:>5", "size:>5MB", "size:<5MB",
    "-size:>5MB", "uploaded:<45d", "uploaded:>45d", "uploaded:2026-04", "-uploaded:<45d", "latest:yes", "latest:no",
    "-latest:yes", "publishing:yes", "publishing:no", "downloads:>3", "downloads:0", "platform:android", "name:云",
    "notes:ANMELDUNG", "file:rc", "key:key7", "id:com", "map version:1.4 size:>5MB", "1天前",
    "vip", "ＶＩＰ", "修复:vip", "修复：ＶＩＰ", "20%", "notes:“支付”", "file:ＲＣ", "size:<999999999999999GB",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HistoryStore]:
    made = HistoryStore.open(tmp_path / "history.sqlite3")
    AppHistory(made, "acme", "app").absorb(BuildPage(1, 1, BUILDS), NOW)
    yield made
    made.close()


def query(text: str) -> Query:
    parsed = parse(text, now=NOW)
    assert not parsed.problems
    return parsed.query


def found_in_file(store: HistoryStore, wanted: Query) -> list[str]:
    where, values = condition_of(wanted)
    ids, texts = AppHistory(store, "acme", "app").haystacks()
    allowed = set(AppHistory(store, "acme", "app").query(where=where, values=values) if where else ids)
    found = [row for row, has in zip(ids, have_words(wanted, texts), strict=True) if has and row in allowed]
    return [build.build_key for build in AppHistory(store, "acme", "app").builds(found)]


@pytest.mark.parametrize("text", TEXTS)
def test_the_page_and_the_file_find_the_same(store: HistoryStore, text: str) -> None:
    wanted = query(text)
    expected = [b.build_key for b in BUILDS if matches(wanted, b, latest=b.latest is True)]
    assert found_in_file(store, wanted) == expected
    assert 0 < len(expected) < len(BUILDS) or text in {"id:com", "notes:ANMELDUNG"}, "the example says something"


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("version:1.4", ["1.4.5", "1.4", "1.4-rc.2"]),
        ("version:>1.4", ["2.0", "1.40", "1.10.0-beta", "1.4.5", "1.4-rc.2"]),
        ("version:1.4..1.10", ["1.4.5", "1.4", "1.4-rc.2"]),
        ("version:=1.4", ["1.4"]),
    ],
)
def test_versions_are_compared_part_by_part(text: str, versions: list[str]) -> None:
    assert [b.version for b in BUILDS if matches(query(text), b, latest=False)] == versions


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("0123456789.ab-", max_size=8), min_size=2, max_size=2))
def test_a_sortable_text_sorts_as_its_numbers_say(texts: list[str]) -> None:
    from pgyer_desktop.core.builds.columns import natural_key

    one, other = (
        [(kind, number, "" if kind == 0 else letters) for kind, number, letters in natural_key(t)] for t in texts
    )
    assert (sortable(texts[0]) < sortable(texts[1])) is (one < other)


def test_what_was_found_is_marked_wherever_it_stands() -> None:
    assert marks(query("map"), "A map of Maps") == [(2, 5), (9, 12)]
    assert marks(query("ap ma"), "map") == [(0, 3)]
    assert marks(query("version:1.4 -beta"), "1.4.1.4 beta") == [(0, 3), (4, 7)]
    assert marks(query("strasse"), "Die Straße") == [(4, 10)]
    assert marks(query("size:>5MB"), "5MB") == []
    assert marks(query("ｖｉｐ“支付”"), "修复：ＶＩＰ“支付”") == [(3, 9)]


@given(st.text("aAbBßİ ", max_size=12), st.text("abßi", min_size=1, max_size=3))
def test_marks_lie_in_the_text_in_order_and_hold_every_word(text: str, word: str) -> None:
    wanted = Query((word.casefold(),))
    found = marks(wanted, text)
    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    assert bool(found) is (word.casefold() in "".join(c.casefold() for c in text))


some_words = st.lists(st.text("abc", max_size=3), max_size=3).map(tuple)


@given(some_words, some_words, some_words, some_words, st.text("abc ", max_size=12))
def test_what_a_narrower_query_finds_the_other_finds_too(
    words: tuple[str, ...], nots: tuple[str, ...], fewer: tuple[str, ...], fewer_nots: tuple[str, ...], text: str
) -> None:
    query, other = Query(words, nots), Query(fewer, fewer_nots)
    if query.narrows(other) and have_words(query, [text]) == [True]:
        assert have_words(other, [text]) == [True]


def test_another_letter_or_another_word_narrows() -> None:
    assert Query(("crash", "wallet")).narrows(Query(("cra",)))
    assert Query(("crash",), ("a",)).narrows(Query(("crash",), ("beta",)))
    assert not Query(("cra",)).narrows(Query(("crash",)))
    assert not Query(("crash",)).narrows(Query(("crash",), ("beta",)))
    assert not Query(("crash",), ("beta",)).narrows(Query(("crash",), ("b",)))
    assert Query().narrows(Query())


def test_a_haystack_holds_the_day_of_the_place_where_it_is_read() -> None:
    late = build(1, created=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    assert "2026-01-31" in haystack(late, UTC)
