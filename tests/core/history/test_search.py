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
        ("size:>20", (Term(QueryField.SIZE, Op.GREATER, 20 * MB),)),
        ("size:1.5..20", (Term(QueryField.SIZE, Op.GREATER_EQ, 1_500_000), Term(QueryField.SIZE, Op.LESS_EQ, 20 * MB))),
        ("size:10..20KB", (Term(QueryField.SIZE, Op.GREATER_EQ, 10_000), Term(QueryField.SIZE, Op.LESS_EQ, 20_000))),
        ("size:<500b", (Term(QueryField.SIZE, Op.LESS, 500),)),
    ],
)
def test_a_qualifier_is_a_condition(text: str, expected: tuple[Term, ...]) -> None:
    assert terms(text) == expected


def full_width(text: str) -> str:
    """As a Chinese input method writes it when it is set to full width."""
    return "".join("\u3000" if ch == " " else chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text)


@pytest.mark.parametrize(
    "text",
    [
        "version:1.4",
        "version:>=1.4",
        "version:1.4..1.6",
        "-version:1.4",
        "pgyer:#45",
        "size:>20MB",
        "size:10..20KB",
        "downloads:=0",
        "latest:yes",
        "is:latest",
        "platform:ios",
        'notes:"two words"',
        'notes:"two words" login -beta',
        "uploaded:<30d",
        "uploaded:2026-01-31",
    ],
)
def test_full_width_characters_mean_what_the_plain_ones_mean(text: str) -> None:
    assert read(full_width(text)) == read(text)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("notes:“two words”", 'notes:"two words"'),
        ("说明：“两个 词”", 'notes:"两个 词"'),
        ("「two words」 x", '"two words" x'),
        ("『two words』", '"two words"'),
        ("„two words“", '"two words"'),
        ("«two words»", '"two words"'),
        ("size:》20", "size:>20mb"),
        ("size：≥20兆", "size:>=20mb"),
        ("大小：〈20兆字节", "size:<20mb"),
        ("size:=>20㎆", "size:>=20mb"),
        ("size:≦20㎅", "size:<=20kb"),
        ("size:10～20MB", "size:10mb..20mb"),
        ("size:10…20", "size:10mb..20mb"),
        ("大小∶20ＧＢ", "size:20gb"),
        ("－beta", "-beta"),
        ("−beta", "-beta"),
        ("–version:1.4", "-version:1.4"),
        ("version:1。4", "version:1.4"),
        ("版本：１．４", "version:1.4"),
        ("下载：》１０", "downloads:>10"),
        ("上传：《３０天", "uploaded:<30d"),
        ("上传：<3个月", "uploaded:<3m"),
        ("上传：<15分钟", "uploaded:<15min"),
        ("上传：2026年1月", "uploaded:2026-01"),
        ("上传：2026年1月5日", "uploaded:2026-01-05"),
        ("上传时间：2026年", "uploaded:2026"),
        ("uploaded:2026/01/05", "uploaded:2026-01-05"),
        ("uploaded:20260105", "uploaded:2026-01-05"),
        ("uploaded:2026-01～2026-03", "uploaded:2026-01..2026-03"),
    ],
)
def test_what_chinese_keyboards_write_means_what_the_plain_ones_mean(typed: str, plain: str) -> None:
    assert read(typed) == read(plain)


def test_what_is_larger_than_anything_is_compared_all_the_same() -> None:
    assert terms("size:>999999999999999GB") == (Term(QueryField.SIZE, Op.GREATER, 2**63 - 1),)


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
        ("size:20XB", "Without a unit they are MB"),
        ("-uploaded:2026-01", "cannot leave out"),
        ("platform:windows", "ios, android or harmony"),
        ("downloads:many", "Downloads are written"),
    ],
)
def test_what_cannot_be_read_is_explained_and_the_rest_counts(text: str, words: str) -> None:
    assert words in problem(text)
    parsed = parse(f"{text} map", now=NOW)
    assert parsed.query == Query(("map",))
    assert f"{text} map"[parsed.problems[0].start : parsed.problems[0].end] == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("verson:1.4", "version"),
        ("verison:1.4", "version"),
        ("vresoin:1.4", "version"),
        ("szie:>20MB", "size"),
        ("sise：20", "size"),
        ("downlaods:>3", "downloads"),
        ("uplaoded:<3d", "uploaded"),
        ("uplodaed:<3d", "uploaded"),
        ("platfrom:ios", "platform"),
        ("identifer:com", "identifier"),
        ("bundel:com", "bundle"),
        ("lastest:yes", "latest"),
        ("ntoes:x", "notes"),
        ("-notse:x", "notes"),
        ("ｖｅｒｓｏｎ：1", "version"),
        ("版本好：1.4", "版本号"),
        ("上传时闻:今天", "上传时间"),
        ("大晓：>20", "大小"),
    ],
)
def test_a_misspelled_qualifier_is_named_with_the_right_one(typed: str, meant: str) -> None:
    (found,) = parse(typed, now=NOW).problems
    assert dict(found.text.values)["near"] == meant


@pytest.mark.parametrize("whole", ["version:1.4", "-notes:map", "size:>20MB", "platform:ios", "版本号:1", "is:latest"])
def test_what_is_typed_towards_a_qualifier_never_counts_alone(whole: str) -> None:
    name = whole.partition(":")[0]
    for end in range(2 if name.startswith("-") else 1, len(name) + 1):
        parsed = parse(f"map {whole[:end]}", now=NOW)
        assert parsed.otherwise == Query(("map",)), whole[:end]
        assert parsed.towards is not None
        assert parsed.towards.problem.text.source.startswith("Nothing has")
    assert parse(f"map {whole}", now=NOW).towards is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "crash",
        'crash notes:"two ver',
        '"two ver',
        "note" * 9,
        "vers ",
        '"vers',
        "map 1.4",
        "ver-2",
        "#4",
        "version:1.4 x9",
    ],
)
def test_what_is_no_beginning_of_a_qualifier_counts(text: str) -> None:
    assert parse(text, now=NOW).towards is None


@pytest.mark.parametrize(
    "text",
    [
        "https://example.test/x",
        "10:32",
        "ticket:47",
        "c:",
        "game:x",
        "fixes:login",
        "update:yes",
        "issue:12",
        "修复:登录",
    ],
)
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


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("size:>20 MB", "size:>20MB"),
        ("size: >20 mb login", "size:>20mb login"),
        ("-size:> 1.5 GB", "-size:>1.5GB"),
        ("大小： ＞ ２０ 兆", "size:>20MB"),
        ("size > 20 MB", "size:>20MB"),
        ("size>20MB", "size:>20MB"),
        ("大小＞２０兆", "size:>20MB"),
        ("size:20 login", "size:20 login"),
        ("上传：＜30 天", "uploaded:<30d"),
        ("uploaded: 2026", "uploaded:2026"),
        ("version>1.4", "version:>1.4"),
        ("版本≥2 -downloads<3", "version:>=2 -downloads:<3"),
    ],
)
def test_blanks_around_a_number_and_a_colon_left_out_are_read_as_they_are_meant(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@pytest.mark.parametrize("text", ["python>3", "notes>x", "version=1.4", '"size>20MB"', "size", "a:b>c", "20 MB"])
def test_what_is_no_qualifier_without_its_colon_stays_words(text: str) -> None:
    assert not read(text).terms
