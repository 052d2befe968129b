"""Exports say what was recorded, to people, spreadsheets and programs; none of it runs or reads as anything else."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgyer_desktop.api.models import CHINA_TIME, Build
from pgyer_desktop.core.activity.export import FIELDS, JSON_FORMAT, JSON_VERSION, as_csv, as_json, as_markdown
from pgyer_desktop.core.activity.names import (
    INTENDED_WORDS,
    NONE,
    NOT_KNOWN,
    OUTCOME_WORDS,
    WRITE_WORDS,
    latest_words,
    outcome_words,
)
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.activity.records import Ending, Entry, Intended, Intent, NamedBuild, decoded, encoded
from pgyer_desktop.core.base.words import Text
from tests.core.activity.strategies import builds, endings, intents
from tests.core.activity.values import BUILD, OTHER, WHEN, deletion, done

# A slow machine is no fault of the journal's.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

BOM = b"\xef\xbb\xbf"
CANARY = "0123456789abcdef" * 2


def say(text: Text) -> str:
    """As the window does it, in English."""
    said = text.source
    for name, value in text.values:
        said = said.replace(f"{{{name}}}", say(value) if isinstance(value, Text) else str(value))
    return said


def chinese(text: Text) -> str:
    """Stands for a language of other signs, some of which mean something to a spreadsheet."""
    return f"＝{text.source}"


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def entry_of(build: Build = BUILD, *found: Ending) -> Entry:
    return Entry(deletion(build), found)


REFUSED = Ending("f" * 32, WHEN + timedelta(seconds=2), Outcome.NOT_DONE, 1009, "No such build", "NotFoundError", OTHER)


def test_a_ticket_says_what_was_done_to_what_and_how_it_ended() -> None:
    entry = entry_of(BUILD, REFUSED)
    assert as_markdown(entry, say=say) == (
        "### Delete `1.4.5 (145)`\n"
        "\n"
        "- When: `2025-03-12 07:30:05+00:00`\n"
        "- Account: `Acme`\n"
        "- App: `Harbour`\n"
        "- Action: Delete\n"
        "- Version: `1.4.5`\n"
        "- Build number: `145`\n"
        "- Pgyer build: `45`\n"
        "- Latest before: `1.4.4 (144)`\n"
        "- Intended: Is deleted\n"
        "- Latest afterwards: `1.4.4 (144)`\n"
        "- Outcome: Not done\n"
        "- Known since: `2025-03-12 07:30:07+00:00`\n"
        "- Pgyer's code: `1009`\n"
        "- Pgyer's message: `No such build`\n"
        "- Error: Pgyer did not find it\n"
        "- Uploaded: `2025-03-11 02:00:00+00:00`\n"
        "- Size in bytes: `10500000`\n"
        "- Identifier: `com.acme.harbour`\n"
        f"- Build Key: `{'b' * 32}`\n"
        f"- Record: `{entry.intent.id}`\n"
        "\n"
        "Release notes:\n"
        "\n"
        "```text\n"
        "Fixes:\n"
        "- the map\n"
        "- 云帆 🚢\n"
        "```\n"
    )


def test_what_is_not_known_is_said_and_what_is_empty_is_left_out_of_a_ticket() -> None:
    entry = Entry(deletion(Build("b" * 32), before=None))
    text = as_markdown(entry, say=say)
    assert text.startswith(f"### Delete `{'b' * 32}`\n")
    assert "- Outcome: Unknown\n" in text
    assert "- Latest before: Not known\n" in text
    assert "Size" not in text
    assert "Release notes" not in text
    assert "- Outcome: Under way\n" in as_markdown(replace(entry, under_way=True), say=say)


def test_times_are_told_in_the_zone_that_was_asked_for() -> None:
    assert "2025-03-12 15:30:05+08:00" in as_markdown(entry_of(), say=say, zone=CHINA_TIME)
    (row,) = rows(as_csv([entry_of()], say=say, zone=CHINA_TIME))
    assert row["When"] == "2025-03-12 15:30:05+08:00"
    assert row["Uploaded"] == "2025-03-11 10:00:00+08:00"


def test_a_time_that_does_not_exist_in_a_zone_is_told_in_its_own() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=CHINA_TIME)
    (row,) = rows(as_csv([entry_of(replace(BUILD, created=last))], say=say, zone=timezone(timedelta(hours=9))))
    assert row["Uploaded"] == "9999-12-31 23:59:59+08:00"


def test_a_time_that_could_not_be_read_is_told_as_it_came() -> None:
    (row,) = rows(as_csv([entry_of(replace(BUILD, created=None, created_text="1天前"))], say=say))
    assert row["Uploaded"] == "1天前"


MARKUP = [
    "[Click](https://evil.example.com)",
    "<img src=x onerror=alert(1)>",
    "**bold** _it_ ~~no~~ #12 @everyone !x! GH-1",
    "https://evil.example.com www.evil.example.com",
    "`",
    "``` ",
    "a`b``c```d",
    "`x` <b>`y`",
    "line one\n\n# Heading\n- item",
    "\r\r# Heading",
    "&lt;b&gt; &amp;",
    "a\u2028# b",
    "$$x$$ \\`<b>",
    "    ",
]


def stripped_of_code(markdown: str) -> str:
    """What Markdown would act on: everything outside of code, found as its specification says."""
    text = re.sub(r"^(`{3,})text\n.*?\n\1$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", text)


@pytest.mark.parametrize("hostile", MARKUP)
def test_no_markup_is_made_of_what_the_service_sent(hostile: str) -> None:
    build = replace(BUILD, version=hostile, build_number="", name=hostile, identifier=hostile, notes=hostile)
    intent = replace(deletion(build), account_name=hostile, app_name=hostile, before=(NamedBuild("b", hostile),))
    entry = Entry(intent, (replace(REFUSED, message=hostile, observed=NamedBuild("b", hostile)),))
    plain = Entry(deletion(replace(BUILD, notes="x")), (REFUSED,))
    left = stripped_of_code(as_markdown(entry, say=say))
    expected = stripped_of_code(as_markdown(plain, say=say))
    # Only the places of missing values may differ: nothing of a hostile value is outside of code.
    assert set(left.split()) <= set(expected.split())


@calmly
@given(st.text(st.sampled_from("`ab \n~"), max_size=30))
def test_no_run_of_backticks_gets_out_of_its_code(text: str) -> None:
    entry = entry_of(replace(BUILD, notes=f"{text}<b>", identifier=f"{text}<b>{text}"))
    assert "<b>" not in stripped_of_code(as_markdown(entry, say=say))


@calmly
@given(intents, endings)
def test_a_ticket_and_a_table_can_be_made_of_everything_and_show_every_character_that_hides(
    intent: Intent, ending: Ending
) -> None:
    entry = Entry(intent, (ending,))
    for text in (as_markdown(entry, say=say), as_csv([entry], say=say).decode("utf-8-sig")):
        text.encode("utf-8")
        hidden = {ch for ch in text if unicodedata.category(ch) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert hidden <= set("\r\n\t\u200d")


def test_bidirectional_overrides_and_controls_are_shown_by_their_code() -> None:
    entry = entry_of(replace(BUILD, identifier="com.\u202eemca\u0007"))
    assert "- Identifier: `com.⟨U+202E⟩emca⟨U+0007⟩`\n" in as_markdown(entry, say=say)
    (row,) = rows(as_csv([entry], say=say))
    assert row["Identifier"] == "com.⟨U+202E⟩emca⟨U+0007⟩"


def test_a_table_has_a_row_per_entry_under_translated_titles() -> None:
    data = as_csv(
        [entry_of(BUILD, REFUSED), entry_of(replace(BUILD, name='A "quoted", name\r\nin two lines'))], say=say
    )
    assert data.startswith(BOM + b'"When","Account",')
    assert data.endswith(b"\r\n")
    first, second = rows(data)
    assert list(first) == [field.title.source for field in FIELDS]
    assert first["Outcome"] == "Not done"
    assert first["Size in bytes"] == "10500000"
    assert first["Pgyer's code"] == "1009"
    assert first["Release notes"] == BUILD.notes
    assert second["Name"] == 'A "quoted", name\nin two lines'
    assert second["Known since"] == ""
    assert second["Outcome"] == "Unknown"
    assert rows(as_csv([], say=say)) == []


def test_every_cell_is_quoted_as_rfc_4180_says() -> None:
    data = as_csv([entry_of(replace(BUILD, name='";=1+1;"', notes="a\nb"))], say=say).removeprefix(BOM)
    cell = rb'"(?:[^"]|"")*"'
    assert re.fullmatch(rb"(?:%b(?:,%b)*\r\n)+" % (cell, cell), data)
    assert b'"";=1+1;""' in data


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://evil.example.com","x")', "=cmd|' /C calc'!A0", " =1", "\t=1",
    "\r=1", "\n=1", "\r\n=1", "\u00a0=1", "\u3000=1", "＝1", "＋1", "－1", "＠x", "\u3000＝1", "﹢1", "﹣1", "﹫x",
    "\u22121", "\u200d=1", "\t", "\tx", "--1", "=" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_runs_as_a_formula(formula: str) -> None:
    build = replace(BUILD, version=formula, name=formula, notes=formula, identifier=formula, build_number=formula)
    intent = replace(deletion(build), account_name=formula, app_name=formula, before=(NamedBuild("b", formula),))
    entry = Entry(intent, (replace(REFUSED, message=formula, observed=NamedBuild("b", formula)),))
    (row,) = rows(as_csv([entry], say=say))
    for title in ("Version", "Name", "Account", "App", "Release notes", "Latest before", "Pgyer's message"):
        assert row[title].startswith("'"), title
        assert row[title][1:] == formula.replace("\r\n", "\n").replace("\r", "\n")


@calmly
@given(st.lists(builds, max_size=3), endings)
def test_no_cell_of_anything_begins_like_a_formula(some: list[Build], ending: Ending) -> None:
    data = as_csv([Entry(deletion(build), (ending,)) for build in some], say=chinese)
    for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert len(line) == len(FIELDS)
        for cell in line:
            start = unicodedata.normalize("NFKC", cell.lstrip())[:1]
            assert start not in set("=+-@\u2212")


def test_harmless_text_and_numbers_stay_as_they_are() -> None:
    (row,) = rows(as_csv([entry_of(replace(BUILD, name="云帆 = 1", version="1.0-rc+1", identifier="a@b"))], say=say))
    assert (row["Name"], row["Version"], row["Identifier"]) == ("云帆 = 1", "1.0-rc+1", "a@b")


def test_json_is_as_documented() -> None:
    intent = deletion()
    unknown = done(intent, Outcome.UNKNOWN)
    settled = Ending(intent.id, WHEN + timedelta(minutes=1), Outcome.DONE, observed=OTHER, by_reading=True)
    value = json.loads(as_json([Entry(intent, (unknown, settled)), Entry(deletion(before=None), under_way=True)]))
    assert (value["format"], value["version"]) == (JSON_FORMAT, JSON_VERSION)
    first, second = value["entries"]
    assert list(first) == [
        "id", "when", "account", "app", "write", "intended", "build", "latest_before", "outcome", "settled",
        "under_way", "ending", "endings",
    ]  # fmt: skip
    assert first["id"] == intent.id
    assert datetime.fromisoformat(first["when"]) == WHEN
    assert first["account"] == {"id": "acme", "name": "Acme"}
    assert first["app"] == {"key": "a" * 32, "name": "Harbour"}
    assert (first["write"], first["intended"], first["outcome"]) == ("delete", "deleted", "done")
    assert set(first["build"]) == {field.name for field in fields(Build)}
    assert first["build"]["created"] == "2025-03-11T10:00:00+08:00"
    assert first["build"]["notes"] == BUILD.notes
    assert first["build"]["extra"] == [["buildExtendsOne", "x"], ["buildExtendsTwo", ""]]
    assert first["latest_before"] == [{"build_key": OTHER.build_key, "name": OTHER.name}]
    assert first["ending"] == first["endings"][1]
    assert first["ending"] == {
        "when": "2025-03-12T07:31:05.250000Z", "outcome": "done", "code": None, "message": "", "error": "",
        "observed": {"build_key": OTHER.build_key, "name": OTHER.name}, "by_reading": True,
    }  # fmt: skip
    assert len(first["endings"]) == 2
    assert (second["latest_before"], second["ending"], second["endings"]) == (None, None, [])
    assert (second["outcome"], second["settled"], second["under_way"]) == ("unknown", False, True)


@calmly
@given(intents, endings)
def test_json_holds_everything_as_it_came_in_valid_utf_8(intent: Intent, ending: Ending) -> None:
    (entry,) = json.loads(as_json([Entry(intent, (ending,))]).decode("utf-8"))["entries"]
    assert entry["build"]["notes"] == intent.build.notes
    assert entry["build"]["extra"] == [list(pair) for pair in intent.build.extra]
    assert entry["ending"]["message"] == ending.message


def test_no_secret_of_a_reply_gets_through_the_journal_into_an_export() -> None:
    leak = f"https://www.pgyer.com/apiv2/app/install?_api_key={CANARY}&buildKey=x&sig={CANARY} buildPassword={CANARY}"
    build = replace(BUILD, name=leak, notes=leak, file_name=leak, extra=(("note", leak),))
    intent = decoded(encoded(replace(deletion(build), app_name=leak))).intent
    ending = decoded(encoded(replace(REFUSED, message=f"{leak} {CANARY}"))).ending
    assert intent is not None
    assert ending is not None
    entry = Entry(intent, (ending,))
    for text in (as_markdown(entry, say=say), as_csv([entry], say=say).decode(), as_json([entry]).decode()):
        assert "[redacted]" in text
        assert CANARY not in text


def test_every_value_has_words() -> None:
    assert set(WRITE_WORDS) == set(Write)
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(INTENDED_WORDS) == set(Intended)
    assert latest_words(None) is NOT_KNOWN
    assert latest_words(()) is NONE
    assert latest_words((OTHER, NamedBuild("k"))) == "1.4.4 (144), k"
    assert latest_words(OTHER) == "1.4.4 (144)"
    assert outcome_words(entry_of(BUILD, done(deletion()))) is OUTCOME_WORDS[Outcome.DONE]
    assert WHEN.tzinfo is UTC
