"""What is typed into the field is read as it is meant, what cannot be read is explained, and nothing breaks it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.core.history.search import Op, Query, QueryField, Term, parse, suggestions

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
MB = 10**6


def read(text: str) -> Query:
    parsed = parse(text, now=NOW)
    assert parsed.problems == (), parsed.problems
    return parsed.query


def problem(text: str) -> str:
    (found,) = parse(text, now=NOW).problems
    return found.text.source


def terms(text: str) -> tuple[Term, ...]:
    query = read(text)
    assert not query.words
    assert not query.not_words
    return query.terms


def test_words_are_words_in_any_case() -> None:
    assert read("  Login  MAP ") == Query(("login", "map"))
    assert read('"1.4 beta" x') == Query(("1.4 beta", "x"))
    assert read("-beta map") == Query(("map",), ("beta",))
    assert read("") == Query()
    assert read("   ").is_empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version:1.4", (Term(QueryField.VERSION, Op.STARTS, "1.4"),)),
        ("version:=1.4.5", (Term(QueryField.VERSION, Op.IS, "1.4.5"),)),
        ("version:>=1.4", (Term(QueryField.VERSION, Op.GREATER_EQ, "1.4"),)),
        (
            "version:1.4..1.6",
            (Term(QueryField.VERSION, Op.GREATER_EQ, "1.4"), Term(QueryField.VERSION, Op.LESS_EQ, "1.6")),
        ),
        ("-version:1.4", (Term(QueryField.VERSION, Op.STARTS, "1.4", negated=True),)),
        ("build:145", (Term(QueryField.BUILD, Op.STARTS, "145"),)),
        ("pgyer:#45", (Term(QueryField.PGYER, Op.IS, 45),)),
        ("pgyer:>40", (Term(QueryField.PGYER, Op.GREATER, 40),)),
        ("size:>20MB", (Term(QueryField.SIZE, Op.GREATER, 20 * MB),)),
        ("size:1.5gb", (Term(QueryField.SIZE, Op.GREATER_EQ, 1500 * MB),)),
        ("size:<=1MiB", (Term(QueryField.SIZE, Op.LESS_EQ, 2**20),)),
        (
            "size:10MB..20MB",
            (Term(QueryField.SIZE, Op.GREATER_EQ, 10 * MB), Term(QueryField.SIZE, Op.LESS_EQ, 20 * MB)),
        ),
        ("size:..20MB", (Term(QueryField.SIZE, Op.LESS_EQ, 20 * MB),)),
        ("downloads:>10", (Term(QueryField.DOWNLOADS, Op.GREATER, 10),)),
        ("latest:yes", (Term(QueryField.LATEST, Op.IS, value=True),)),
        ("is:latest", (Term(QueryField.LATEST, Op.IS, value=True),)),
        ("publishing:no", (Term(QueryField.PUBLISHING, Op.IS, value=False),)),
        ("platform:harmony", (Term(QueryField.PLATFORM, Op.IS, "harmonyos"),)),
        ("notes:Login", (Term(QueryField.NOTES, Op.HAS, "login"),)),
        ('notes:"two words"', (Term(QueryField.NOTES, Op.HAS, "two words"),)),
        ("id:com.acme", (Term(QueryField.IDENTIFIER, Op.HAS, "com.acme"),)),
        ("大小：＞20MB", (Term(QueryField.SIZE, Op.GREATER, 20 * MB),)),
        ("最新:是", (Term(QueryField.LATEST, Op.IS, value=True),)),
        ("版本:1.4", (Term(QueryField.VERSION, Op.STARTS, "1.4"),)),
    ],
)
def test_a_qualifier_is_a_condition(text: str, expected: tuple[Term, ...]) -> None:
    assert terms(text) == expected


def test_ages_count_backwards_and_days_are_whole() -> None:
    day = datetime(2026, 5, 20, tzinfo=UTC)
    assert terms("uploaded:<30d") == (Term(QueryField.UPLOADED, Op.GREATER, NOW - timedelta(days=30)),)
    assert terms("uploaded:>2w") == (Term(QueryField.UPLOADED, Op.LESS, NOW - timedelta(weeks=2)),)
    assert terms("uploaded:today") == (
        Term(QueryField.UPLOADED, Op.GREATER_EQ, day),
        Term(QueryField.UPLOADED, Op.LESS, day + timedelta(days=1)),
    )
    assert terms("uploaded:2026-01") == (
        Term(QueryField.UPLOADED, Op.GREATER_EQ, datetime(2026, 1, 1, tzinfo=UTC)),
        Term(QueryField.UPLOADED, Op.LESS, datetime(2026, 2, 1, tzinfo=UTC)),
    )
    assert terms("uploaded:2025") == (
        Term(QueryField.UPLOADED, Op.GREATER_EQ, datetime(2025, 1, 1, tzinfo=UTC)),
        Term(QueryField.UPLOADED, Op.LESS, datetime(2026, 1, 1, tzinfo=UTC)),
    )
    assert terms("uploaded:>2026-01-05") == (
        Term(QueryField.UPLOADED, Op.GREATER_EQ, datetime(2026, 1, 6, tzinfo=UTC)),
    )
    assert terms("uploaded:<=2026-12") == (Term(QueryField.UPLOADED, Op.LESS, datetime(2027, 1, 1, tzinfo=UTC)),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("size:big", "Sizes are written"),
        ("size:", "Sizes are written"),
        ("uploaded:2026-13", "Times are written"),
        ("uploaded:99999999y", "Times are written"),
        ("latest:perhaps", "yes or no"),
        ("is:old", "latest or publishing"),
        ("verson:1.4", "Did you mean"),
        ("-uploaded:2026-01", "cannot be left out"),
        ("platform:windows", "ios, android or harmony"),
        ("downloads:many", "Downloads are written"),
    ],
)
def test_what_cannot_be_read_is_explained_and_the_rest_counts(text: str, words: str) -> None:
    assert words in problem(text)
    parsed = parse(f"{text} map", now=NOW)
    assert parsed.query == Query(("map",))
    assert f"{text} map"[parsed.problems[0].start : parsed.problems[0].end] == text


@pytest.mark.parametrize("text", ["https://example.test/x", "10:32", "ticket:47", "c:"])
def test_data_with_a_colon_is_a_word(text: str) -> None:
    assert read(text) == Query((text,))


@given(st.text(st.characters(codec=None), max_size=60) | st.text('versionszlat:<>=.-#"0123456789dMB ', max_size=40))
def test_whatever_is_typed_is_read_and_its_problems_lie_in_it(text: str) -> None:
    parsed = parse(text, now=NOW)
    assert all(0 <= found.start < found.end <= len(text) for found in parsed.problems)
    assert all(word and word == word.casefold() for word in parsed.query.words + parsed.query.not_words)
    for cursor in (0, len(text) // 2, len(text)):
        for offered in suggestions(text, cursor):
            assert 0 <= offered.start <= offered.end == cursor


def test_qualifiers_and_values_are_offered_where_they_fit() -> None:
    assert [s.insert for s in suggestions("map si", 6)] == ["size:"]
    assert [s.insert for s in suggestions("latest:", 7)] == ["latest:yes", "latest:no"]
    assert [s.insert for s in suggestions("map", 3)] == []
    assert suggestions("", 0) == ()
    (offered,) = suggestions("map -siz x", 8)
    assert "map -siz x"[: offered.start] + offered.insert + "map -siz x"[offered.end :] == "map -size: x"
    for offered in suggestions("uploaded:", 9):
        assert parse(offered.insert, now=NOW).problems == ()
