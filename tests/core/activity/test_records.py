"""Records come back from their lines as they were, whatever is in them, except for what nobody may see."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgyer_desktop.api.errors import ConnectionLostError, NotFoundError
from pgyer_desktop.api.models import CHINA_TIME, ApiKey, Build
from pgyer_desktop.core.activity.outcome import Outcome, Write, WriteResult
from pgyer_desktop.core.activity.records import (
    INTENDED,
    Ending,
    Entry,
    Intended,
    Intent,
    Line,
    NamedBuild,
    NotARecordError,
    decoded,
    encoded,
    ending,
    intent,
)
from tests.core.activity.strategies import endings, intents
from tests.core.activity.values import APP_KEY, BUILD, OTHER, WHEN, deletion, done

# A slow machine is no fault of the journal's.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CANARY = "0123456789abcdef" * 2


@calmly
@given(intents)
def test_an_intent_comes_back_as_it_was_from_one_line_of_valid_json(record: Intent) -> None:
    line = encoded(record)
    assert b"\n" not in line
    json.loads(line.decode("utf-8"))
    assert decoded(line) == Line(intent=record)


@calmly
@given(endings)
def test_an_ending_comes_back_as_it_was(record: Ending) -> None:
    line = encoded(record)
    assert b"\n" not in line
    assert decoded(line) == Line(ending=record)


def test_a_build_keeps_its_time_with_its_zone() -> None:
    read = decoded(encoded(deletion())).intent
    assert read is not None
    assert read.build == BUILD
    assert read.build.created is not None
    assert read.build.created.utcoffset() == CHINA_TIME.utcoffset(None)


@calmly
@given(st.binary(max_size=300))
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(NotARecordError):
        decoded(data)


@pytest.mark.parametrize(
    "line",
    [
        b"", b"null", b"[]", b"7", b"{}", b'{"other":1}',
        b'{"version":"1"}', b'{"intent":{}}', b'{"ending":{"intent":1}}',
        b"[" * 100_000, b'{"version":' + b"9" * 5000 + b"}", b"\xff\xfe", b'{"intent":null}', b"NaN",
    ],
)  # fmt: skip
def test_json_that_is_no_record_is_refused(line: bytes) -> None:
    with pytest.raises(NotARecordError):
        decoded(line)


def test_a_record_with_wrong_types_or_times_or_ids_is_refused() -> None:
    good = json.loads(encoded(deletion()))
    for name, wrong in [
        ("id", "x"), ("id", "A" * 32), ("id", "a" * 32 + "\n"), ("when", "2025-03-12T07:30:05"), ("when", "yesterday"),
        ("when", "2025-03-12T07:30:05+08:00"), ("write", "rename"), ("build", {}), ("app_key", None), ("before", "b"),
    ]:  # fmt: skip
        with pytest.raises(NotARecordError):
            decoded(json.dumps({"intent": {**good["intent"], name: wrong}}).encode())


def test_fields_that_a_later_version_added_do_not_matter() -> None:
    good = json.loads(encoded(deletion()))
    good["intent"]["colour"] = "green"
    good["intent"]["build"]["rating"] = 5
    read = decoded(json.dumps(good).encode()).intent
    assert read is not None
    assert read.build == BUILD


@pytest.mark.parametrize("when", [datetime(2025, 1, 1), WHEN.astimezone(CHINA_TIME)])  # noqa: DTZ001 - that is the point
def test_a_time_that_is_not_in_utc_cannot_be_recorded(when: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        replace(deletion(), when=when)
    with pytest.raises(ValueError, match="UTC"):
        Ending("a" * 32, when, Outcome.DONE)


def test_new_intents_have_ids_of_their_own_the_time_in_utc_and_say_what_was_intended() -> None:
    for write in Write:
        made = [
            intent(write, BUILD, account_id="a", account_name="A", app_key=APP_KEY, app_name="H", before=None)
            for _ in range(2)
        ]
        assert made[0].id != made[1].id
        assert made[0].when.tzinfo is UTC
        assert datetime.now(UTC) - made[0].when < timedelta(minutes=1)
        assert made[0].intended is INTENDED[write]
    assert set(INTENDED.values()) == set(Intended)


def test_the_ending_of_a_result_carries_the_services_words_and_what_was_seen() -> None:
    refused = WriteResult(Write.DELETE, BUILD, Outcome.NOT_DONE, NotFoundError(1009, "No such build"), latest=BUILD)
    made = ending("a" * 32, refused, when=WHEN.astimezone(CHINA_TIME))
    assert made == Ending(
        "a" * 32, WHEN, Outcome.NOT_DONE, 1009, "No such build", "NotFoundError", NamedBuild("b" * 32, "1.4.5 (145)")
    )
    lost = WriteResult(Write.DELETE, BUILD, Outcome.UNKNOWN, ConnectionLostError("localhost"))
    assert ending("a" * 32, lost, when=WHEN) == Ending("a" * 32, WHEN, Outcome.UNKNOWN, error="ConnectionLostError")
    unseen = WriteResult(Write.DELETE, BUILD, Outcome.UNKNOWN, read_error=NotFoundError(1009, "Gone"))
    assert ending("a" * 32, unseen, when=WHEN) == Ending("a" * 32, WHEN, Outcome.UNKNOWN, error="NotFoundError")


def test_the_first_ending_that_knows_counts_and_the_writes_own_before_one_that_was_found_by_reading() -> None:
    record = deletion()
    unknown, later = done(record, Outcome.UNKNOWN), done(record, Outcome.UNKNOWN, after=5)
    settled = done(record, Outcome.NOT_DONE, after=9, by_reading=True)
    own = done(record, Outcome.DONE, after=10)
    again = done(record, Outcome.CONTRADICTED, after=11, by_reading=True)

    def counts(*found: Ending) -> Ending | None:
        return Entry(record, found).ending

    assert counts() is None
    assert counts(unknown, later) == later
    assert counts(unknown, settled) == settled
    assert counts(settled, unknown) == settled
    assert counts(settled, again) == settled
    assert counts(settled, own) == own
    assert counts(own, again, unknown) == own
    assert not Entry(record).settled
    assert Entry(record).outcome is Outcome.UNKNOWN
    assert not Entry(record, (unknown,)).settled
    assert Entry(record, (unknown, settled)).settled


def types_within(kind: Any) -> set[Any]:
    found = {kind}
    for part in getattr(kind, "__args__", ()):
        found |= types_within(part)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            found |= types_within(hints[field.name])
    return found


def test_there_is_no_place_for_a_key_in_any_record() -> None:
    kinds = types_within(Line)
    assert {Intent, Ending, Build, NamedBuild} <= kinds
    assert ApiKey not in kinds
    names = {field.name for kind in kinds if is_dataclass(kind) for field in fields(kind)}
    assert {name for name in names if "key" in name} == {"app_key", "build_key"}
    assert not {name for name in names for secret in ("password", "url", "token", "secret") if secret in name.lower()}


LEAKS = [
    f"https://www.pgyer.com/apiv2/app/install?_api_key={CANARY}&buildKey=b",
    f"https://www.pgyer.com/apiv2/app/install?buildKey=b&amp;_api_key={CANARY}",
    f'{{"_api_key": "{CANARY}"}}',
    f"_API_KEY : {CANARY}",
    f"userKey={CANARY}",
    f"buildPassword={CANARY}",
    f"https://cdn.example.com/x.ipa?a=b&sig={CANARY}",
    f"https://cdn.example.com/x.ipa?a=b&amp;sig={CANARY}",
]


@pytest.mark.parametrize("text", LEAKS)
def test_a_secret_in_any_text_of_the_service_is_struck_out(text: str) -> None:
    build = replace(BUILD, name=text, notes=f"See {text} for more", extra=(("note", text),))
    for line in (encoded(deletion(build)), encoded(Ending("a" * 32, WHEN, Outcome.NOT_DONE, 1, text, text))):
        assert CANARY.encode() not in line
        assert b"[redacted]" in line
        decoded(line)
    read = decoded(encoded(deletion(build))).intent
    assert read is not None
    assert read.build.notes.startswith("See ")
    assert read.build.build_key == BUILD.build_key


def test_a_message_names_no_key_but_those_of_its_own_build_and_app() -> None:
    message = f"{CANARY.upper()} may not delete {BUILD.build_key} at ?k={CANARY}"
    line = encoded(Ending("a" * 32, WHEN, Outcome.NOT_DONE, 1, message), known_keys={BUILD.build_key})
    read = decoded(line).ending
    assert read is not None
    assert read.message == f"[redacted] may not delete {BUILD.build_key} at ?k=[redacted]"
    assert CANARY.encode() not in line.lower()


def test_ordinary_words_are_left_alone() -> None:
    notes = "Sign in with password: swordfish. Commit " + "9f" * 20 + ". design=2, config: sig"
    read = decoded(encoded(deletion(replace(BUILD, notes=notes)))).intent
    assert read is not None
    assert read.build.notes == notes
    assert OTHER in (read.before or ())
