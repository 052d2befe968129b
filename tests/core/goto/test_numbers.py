"""Builds are found by what they are called, of the open app all and of others the newest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.api.models import Build, BuildPage
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.goto import numbers
from pgyer_desktop.core.goto.letters import typed
from pgyer_desktop.core.goto.numbers import AppNumbers, about_builds, ranked, read_numbers
from pgyer_desktop.core.goto.whereabouts import page_of
from pgyer_desktop.core.history.account_history import History
from pgyer_desktop.core.history.store import HistoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NOW = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    store = HistoryStore.open(tmp_path / "history.sqlite3")
    yield History(store, "acme")
    store.close()


def build(number: int, *, version: str = "") -> Build:
    return Build(
        f"key{number}",
        version=version or f"1.4.{number}",
        build_number=str(100 + number),
        pgyer_build=number,
        name="99 Luftballons",
        notes="1.4.999 is about to come",
    )


def keep(history: History, app: str, page: int, rows: Sequence[Build], *, pages: int = 9) -> None:
    history.of(app).absorb(BuildPage(page, pages, tuple(rows), 0), NOW)


def found(history: History, text: str, *, open_key: str = "harbour") -> list[str]:
    apps = [KnownApp("harbour", "Harbour"), KnownApp("lantern", "Lantern"), KnownApp("never", "Never opened")]
    hits = []
    for about in read_numbers(history, apps, open_key):
        words = about_builds(typed(text), about.app.name)
        hits += [(worst, about, row) for worst, row in ranked(words, about, 0, len(about.ids))] if words else []
    hits.sort(key=lambda hit: hit[0])
    return [f"{about.app.name} {history.of(about.app.app_key).builds([row])[0].build_key}" for _, about, row in hits]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1.4.3", ["Harbour key3"]),
        ("103", ["Harbour key3"]),
        ("3", ["Harbour key3"]),
        ("#3", ["Harbour key3"]),
        ("1.4", ["Harbour key4", "Harbour key3", "Harbour key2"]),
        ("10", ["Harbour key4", "Harbour key3", "Harbour key2"]),
        ("har 1.4.3", ["Harbour key3"]),
        ("har", []),
        ("lan 1.4.3", []),
        ("99", []),
        ("1.4.9", []),
        ("beta", []),
        ("1.4.3 104", []),
        ("1.4.3 103", ["Harbour key3"]),
    ],
)
def test_a_build_is_found_by_its_version_and_its_numbers(history: History, text: str, keys: list[str]) -> None:
    keep(history, "harbour", 1, [build(4), build(3), build(2)])
    assert found(history, text) == keys


def test_the_exact_one_comes_first_and_then_the_newest(history: History) -> None:
    keep(history, "harbour", 1, [build(12), build(11), build(10), build(1)])
    assert found(history, "1") == [f"Harbour key{n}" for n in (1, 12, 11, 10)]
    assert found(history, "1.4.1") == [f"Harbour key{n}" for n in (1, 12, 11, 10)]


def test_letters_in_a_version_are_found_wherever_they_stand(history: History) -> None:
    keep(history, "harbour", 1, [build(4, version="2.0-nightly.20"), build(3)])
    assert found(history, "nightly") == found(history, "NIGHTLY.2") == ["Harbour key4"]


def test_other_apps_are_searched_as_far_as_their_newest(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "MOST_OF_OTHERS", 2)
    for app in ("harbour", "lantern"):
        keep(history, app, 1, [build(4), build(3), build(2)])
    assert found(history, "102") == ["Harbour key2"]
    assert found(history, "104") == ["Harbour key4", "Lantern key4"]
    assert found(history, "lan 104") == ["Lantern key4"]
    assert found(history, "102", open_key="lantern") == ["Lantern key2"]


def test_a_build_without_numbers_is_no_trouble(history: History) -> None:
    keep(history, "harbour", 1, [Build("bare", notes="7")])
    assert found(history, "7") == []


def test_the_builds_of_a_slice_are_those_of_the_slice() -> None:
    about = AppNumbers(KnownApp("a"), range(10), [f"\n{n}\n\n\n" for n in range(10)])
    assert [row for _, row in ranked(("7",), about, 0, 5)] == []
    assert [row for _, row in ranked(("7",), about, 5, 99)] == [7]


async def test_the_page_of_a_build_is_told_where_it_is_certain(history: History) -> None:
    keep(history, "harbour", 1, [build(9), build(8), build(7)])
    keep(history, "harbour", 2, [build(6), build(5), build(4)])
    about = history.of("harbour")
    assert [await page_of(about, f"key{n}") for n in (9, 7, 6, 4)] == [1, 1, 2, 2]
    assert await page_of(about, "key3") is None


async def test_the_page_of_a_build_below_a_gap_is_not_certain(history: History) -> None:
    keep(history, "harbour", 1, [build(90), build(89), build(88)])
    keep(history, "harbour", 20, [build(6), build(5), build(4)], pages=30)
    about = history.of("harbour")
    assert await page_of(about, "key89") == 1
    assert await page_of(about, "key5") is None
