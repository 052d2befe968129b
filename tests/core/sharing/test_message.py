"""A message says what its template asks for, in the template's language, and nothing that is secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter
from typing import get_args

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.sharing.message import (
    BUILT_IN,
    MAX_MESSAGE,
    MAX_TEMPLATE,
    PLACES,
    MessageLanguage,
    Template,
    TemplateError,
    message,
    place_words,
    places_in,
    problem_in,
    remembered,
)

NOW = datetime(2025, 3, 12, 7, 30, tzinfo=UTC)
ZONE = timezone(timedelta(hours=8))
APP = KnownApp("b" * 32, "Harbour", "com.acme.harbour", shortcut="harbour")
BUILD = Build(
    build_key="a1" * 16,
    name="Harbour",
    version="1.4.6",
    build_number="146",
    pgyer_build=46,
    platform=Platform.IOS,
    size=10_571_264,
    created=datetime(2025, 1, 3, 9, 30, tzinfo=UTC),
    notes="Tide tables for the whole coast.\nFaster start.",
)
LANGUAGES: tuple[MessageLanguage, ...] = get_args(MessageLanguage)
SECRET = "0f1e2d3c" * 4
"""Looks like a key; nobody's."""

texts = st.text(max_size=80) | st.lists(
    st.sampled_from(
        [*(f"{{{name}}}" for name in PLACES), "{", "}", "{{", "}}", " · ", "\n", ":", " ", "a", "云", "\ud83d"]
    )
).map("".join)


def said(text: Text) -> str:
    """The sentence in English."""
    words = text.source
    for name, value in text.values:
        words = words.replace(f"{{{name}}}", said(value) if isinstance(value, Text) else str(value))
    return words


def written(text: str, build: Build = BUILD, *, language: MessageLanguage = "en", app: KnownApp = APP) -> str:
    return message(Template(language, text), app, build, now=NOW, zone=ZONE)


def wrong(text: str) -> str:
    problem = problem_in(text)
    assert problem is not None
    return said(problem.text)


def test_the_built_in_english_text_says_all_that_a_tester_needs() -> None:
    assert written("") == (
        "Harbour 1.4.6 · build 146 · Pgyer #46\n"
        "iOS · 10.6 MB · uploaded 3 Jan 2025 17:30\n"
        "\n"
        f"This build: https://www.pgyer.com/{BUILD.build_key}\n"
        "Always the latest: https://www.pgyer.com/harbour\n"
        "\n"
        "What's new:\n"
        "Tide tables for the whole coast.\nFaster start."
    )


def test_the_built_in_chinese_text_is_chinese_in_sizes_and_dates_too() -> None:
    build = replace(BUILD, name="云帆", size=812, platform=Platform.HARMONYOS, notes="更快的启动。")
    assert written("", build, language="zh_CN", app=replace(APP, name="云帆")) == (
        "云帆 1.4.6 · 构建号 146 · 蒲公英 #46\n"
        "鸿蒙 · 812 字节 · 2025年1月3日 17:30 上传\n"
        "\n"
        f"此版本：https://www.pgyer.com/{BUILD.build_key}\n"
        "最新版本：https://www.pgyer.com/harbour\n"
        "\n"
        "更新说明：\n"
        "更快的启动。"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_build_that_nothing_is_known_of_only_its_link_is_said(language: MessageLanguage) -> None:
    text = written("", Build(build_key="a1" * 16), language=language, app=KnownApp("b" * 32))
    assert text.count("\n") == 0
    assert text.endswith(f"https://www.pgyer.com/{'a1' * 16}")


@pytest.mark.parametrize("name", PLACES)
def test_every_place_can_be_used_alone_and_has_a_name(name: str) -> None:
    assert written(f"<{{{name}}}>") not in {"<>", ""}
    assert place_words(name).source


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_in_texts_have_nothing_wrong(language: MessageLanguage) -> None:
    assert problem_in(BUILT_IN[language]) is None
    assert Template(language).source == BUILT_IN[language]


# What is left out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{app}\nNotes: {notes}\nBye", "Harbour\nBye"),
        ("{app}\n\n{notes}\n\nBye", "Harbour\n\nBye"),
        ("{app}\n\nWhat's new:\n{notes}\n\nBye", "Harbour\n\nBye"),
        ("{app}\n更新：\n{notes}", "Harbour"),
        ("{app}\nSee:\n{notes}\n{version}", "Harbour\nSee:\n1.4.6"),
        ("{app} · {notes} · {version}", "Harbour · 1.4.6"),
        ("{notes} · {app}", "Harbour"),
        ("Hello · {notes}", ""),
        ("{app} {notes} {version}", "Harbour 1.4.6"),
        ("{app}, notes: {notes}", "Harbour, notes:"),
        ("{app}\n\n\nBye", "Harbour\n\n\nBye"),
        ("Nothing:\n\n{app}", "Nothing:\n\nHarbour"),
    ],
)
def test_what_has_nothing_to_say_is_left_out(text: str, expected: str) -> None:
    build = replace(BUILD, notes="  \n")
    if expected:
        assert written(text, build) == expected
    else:
        with pytest.raises(TemplateError) as refused:
            written(text, build)
        assert "empty" in said(refused.value.problem.text)


def test_values_are_never_read_as_templates() -> None:
    assert written("{notes}", replace(BUILD, notes="{app} {{ }} {nowhere} · ")) == "{app} {{ }} {nowhere} ·"


def test_doubled_braces_are_braces() -> None:
    assert written("{{app}} {{{app}}}") == "{app} {Harbour}"


@pytest.mark.parametrize(
    ("size", "english", "chinese"),
    [
        (1, "1 byte", "1 字节"),
        (999, "999 bytes", "999 字节"),
        (1000, "1.0 kB", "1.0 kB"),
        (999_949, "999.9 kB", "999.9 kB"),
        (999_950, "1.0 MB", "1.0 MB"),
        (10_571_264, "10.6 MB", "10.6 MB"),
        (5 * 10**12, "5.0 TB", "5.0 TB"),
    ],
)
def test_sizes_are_written_as_the_window_writes_them(size: int, english: str, chinese: str) -> None:
    build = replace(BUILD, size=size)
    assert written("{size}", build) == english
    assert written("{size}", build, language="zh_CN") == chinese


def test_odd_upload_times_are_written_as_they_came() -> None:
    assert written("{uploaded}", replace(BUILD, created=None, created_text="1天前")) == "1天前"
    with pytest.raises(TemplateError):
        written("{uploaded}", replace(BUILD, created=None, created_text="0000-00-00 00:00:00"))
    for odd in (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)):
        for offset in (-12, 14):
            built = replace(BUILD, created=odd)
            zone = timezone(timedelta(hours=offset))
            assert message(Template("en", "{uploaded}"), APP, built, now=NOW, zone=zone)


# What is wrong with a template


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("{versoin}", 0, "Line 1, character 1: there is no place {versoin}. Is {version} meant?"),
        ("a\nb {Version}", 4, "Line 2, character 3: there is no place {Version}. Is {version} meant?"),
        ("{}", 0, "Line 1, character 1: there is no place {}. Insert one from the list."),
        ("{0}", 0, "Line 1, character 1: there is no place {0}. Insert one from the list."),
        ("{app.__class__}", 0, "Line 1, character 1: there is no place {app.__class__}. Insert one from the list."),
        ("{app!r}", 0, "Line 1, character 1: there is no place {app!r}. Is {app} meant?"),
        ("{size:>10}", 0, "Line 1, character 1: there is no place {size:>10}. Is {size} meant?"),
        ("a {app", 2, "Line 1, character 3: this { is not closed. Write {{ where a brace is meant."),
        ("{app\n}", 0, "Line 1, character 1: this { is not closed. Write {{ where a brace is meant."),
        ("{app {version}", 0, "Line 1, character 1: this { is not closed. Write {{ where a brace is meant."),
        ("{app}\n\n}", 7, "Line 3, character 1: this } closes nothing. Write }} where a brace is meant."),
        ("", 0, "There is no text. Write one, or use the built-in one."),
        (" \n", 0, "There is no text. Write one, or use the built-in one."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_with_its_position(text: str, start: int, expected: str) -> None:
    problem = problem_in(text)
    assert problem is not None
    assert said(problem.text) == expected
    assert problem.start == start
    assert places_in(text) == ()


def test_a_template_has_an_end() -> None:
    assert problem_in("x" * MAX_TEMPLATE) is None
    assert "4001 characters" in wrong("x" * (MAX_TEMPLATE + 1))


def test_a_message_has_an_end() -> None:
    with pytest.raises(TemplateError) as refused:
        written("{notes}" * 3, replace(BUILD, notes="n" * (MAX_MESSAGE // 2)))
    assert "more than 40000 characters" in said(refused.value.problem.text)


def test_the_positions_of_places_are_known() -> None:
    text = "{{ {app}\n· {notes}"
    assert [text[start:end] for start, end in places_in(text)] == ["{app}", "{notes}"]


@given(texts, st.sampled_from(LANGUAGES))
@example("{app.__init__.__globals__}", "en")
@example("{:{}}", "en")
@example("%s %(app)s ${app} {app[0]}", "zh_CN")
def test_no_text_makes_the_renderer_fail_otherwise_than_by_its_own_error(text: str, language: MessageLanguage) -> None:
    problem = problem_in(text or BUILT_IN[language])
    refused: TemplateError | None = None
    try:
        result = written(text, language=language)
    except TemplateError as exc:
        refused = exc
    if refused is None:
        assert problem is None
        assert result.encode("utf-8")
    else:
        assert said(refused.problem.text)
        assert 0 <= refused.problem.start <= refused.problem.end <= len(text)
        assert problem in {None, refused.problem}


@given(texts, st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_odd_values_of_the_service_are_no_reason_to_fail(text: str, name: str, version: str, notes: str) -> None:
    build = replace(BUILD, build_key=name, version=version, notes=notes, created_text=name, shortcut=version)
    try:
        result = written(text, build, app=KnownApp(notes, name))
    except TemplateError:
        return
    assert not any(character in result for character in "\u202e\u200b\ud800\x00\r")


def test_characters_that_nobody_sees_are_shown() -> None:
    assert written("{app}\u202e", replace(BUILD), app=replace(APP, name="Har\u200bbour")) == "Har⟨U+200B⟩bour⟨U+202E⟩"


def test_names_are_one_line_and_not_longer_than_sentences_bear() -> None:
    text = written("{app}|{version}", replace(BUILD, version="1\n2"), app=replace(APP, name="x" * 5000))
    assert text.endswith("|1 2")
    assert len(text) < 80


# Nothing secret


SECRET_FORMS = [
    f"_api_key={SECRET}",
    f'"_api_key": "{SECRET}"',
    f"userKey={SECRET}&x=1",
    f"https://www.pgyer.com/x?sig={SECRET}&y=2",
    f"https%3A%2F%2Fwww.pgyer.com%2Fx%3Fsig%3D{SECRET}",
    f"buildPassword: {SECRET}",
    f"https://www.pgyer.com/x?a=1&password={SECRET}",
    f"https://www.pgyer.com/apiv2/app/install?buildKey=1&k={SECRET}",
    f"downloadURL: https://example.com/{SECRET}",
    SECRET,
    f"key:{SECRET}.",
    SECRET.upper(),
]
NAMED_FORMS = [
    "_api_key={}",
    "sig={}",
    "buildPassword={}",
    "x?sig%3D{}",
    "downloadURL={}",
    "https://a.b/app/install?x={}",
]


@pytest.mark.parametrize("form", SECRET_FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_service_sends_that_is_secret_is_struck(form: str, language: MessageLanguage) -> None:
    for build in (
        replace(BUILD, notes=f"New.\n{form}\nBye."),
        replace(BUILD, version=form, build_number=f"{'x' * 40} {form}", created=None, created_text=form),
    ):
        assert SECRET.lower()[-12:] not in written("", build, language=language).lower()
    app = replace(APP, name=f"{'x' * 40} {form}")
    assert SECRET.lower()[-12:] not in written("", language=language, app=app).lower()


@pytest.mark.parametrize("form", SECRET_FORMS)
def test_a_template_with_something_secret_is_refused(form: str) -> None:
    assert wrong(f"{{app}}\n{form}").startswith("Line 2, character ")
    with pytest.raises(TemplateError):
        written(f"{{app}}\n{form}")


@given(
    st.sampled_from(NAMED_FORMS),
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFG0123456789", min_size=12, max_size=20).map(lambda word: f"Zq{word}"),
    st.sampled_from(["name", "version", "build_number", "notes", "created_text"]),
    st.text("ab \n·:{}=&", max_size=70),
    texts,
)
def test_nothing_with_a_secret_name_ever_gets_in(form: str, secret: str, where: str, around: str, text: str) -> None:
    build = replace(BUILD, created=None, **{where: f"{around} {form.format(secret)} {around}"})  # type: ignore[arg-type]  # text fields all
    try:
        assert secret not in written(text, build, app=replace(APP, name=""))
    except TemplateError:
        return


def test_a_value_and_the_template_make_no_secret_together() -> None:
    assert "hunter" not in written("x?{notes}=hunter2", replace(BUILD, notes="buildPassword"))


def test_what_is_no_secret_stays() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    notes = f"Fixes {commit}, design=new; see https://www.pgyer.com/{BUILD.build_key} and {APP.app_key}."
    assert written("{notes}", replace(BUILD, notes=notes)) == notes


def test_long_texts_are_searched_for_secrets_in_no_time() -> None:
    began = perf_counter()
    for run in ("app/instal", "x", "_api_key", "{", " ", "a1", "downloadURL "):
        written("{notes}", replace(BUILD, notes=f"{run}" * (20_000 // len(run))) if run.strip() else BUILD)
    assert perf_counter() - began < 3


# Keeping


@given(st.builds(Template, st.sampled_from(LANGUAGES), texts))
def test_what_is_kept_survives_the_settings(template: Template) -> None:
    saved = remembered(template)
    assert msgspec.json.decode(msgspec.json.encode(saved), type=Template) == saved
    assert remembered(saved) == saved


def test_the_built_in_text_is_kept_as_none() -> None:
    assert remembered(Template("zh_CN", BUILT_IN["zh_CN"] + "\n")) == Template("zh_CN")
    assert remembered(Template("zh_CN", BUILT_IN["en"])).text == BUILT_IN["en"]
