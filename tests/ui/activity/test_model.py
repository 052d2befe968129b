"""The list of what was changed: which entries show, and what a row says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.activity.records import Entry, intent
from pgyer_desktop.ui.activity.model import CAPTION_ROLE, ENTRY_ROLE, ActivityModel, outcome_tone
from pgyer_desktop.ui.widgets.icon_cell import Tone
from tests.core.activity.values import APP_KEY, BUILD, WHEN, deletion, done


def entry(outcome: Outcome | None = Outcome.DONE, *, version: str = "1.4.5", notes: str = "", **more: bool) -> Entry:
    """A deletion of a build of this version."""
    what = deletion(replace(BUILD, version=version, notes=notes))
    return Entry(what, (done(what, outcome),) if outcome is not None else (), **more)


@pytest.fixture
def model(qapp: object) -> ActivityModel:
    made = ActivityModel(now=lambda: WHEN + timedelta(minutes=5))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def test_a_row_says_what_was_done_to_what_where_and_when(model: ActivityModel) -> None:
    model.set_entries((entry(),))
    index = model.index(0)
    assert index.data() == "Delete: 1.4.5 (145)"
    assert index.data(CAPTION_ROLE) == "Harbour · Acme · 5 min ago"
    assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == (
        "Delete: 1.4.5 (145), Done, Harbour · Acme · 5 min ago"
    )
    assert index.data(int(Qt.ItemDataRole.UserRole)) == index.data(ENTRY_ROLE).intent.id


def test_all_words_must_be_found_anywhere_in_the_record_whatever_their_case(model: ActivityModel) -> None:
    map_, other = entry(version="1.4.5", notes="Fixes the map"), entry(version="1.4.3", notes="Fixes the search")
    model.set_entries((map_, other))
    for text, found in (
        ("", [map_, other]),
        ("fixes", [map_, other]),
        ("MAP fixes", [map_]),
        ("1.4.3", [other]),
        ("delete acme", [map_, other]),
        (map_.intent.id, [map_]),
        ("map search", []),
    ):
        model.set_filter(text, None)
        assert list(model.shown) == found, text


def test_what_is_under_way_is_of_no_outcome_yet(model: ActivityModel) -> None:
    finished, unknown, running = entry(), entry(None), entry(None, under_way=True)
    model.set_entries((running, unknown, finished))
    model.set_filter("", Outcome.UNKNOWN)
    assert list(model.shown) == [unknown]
    model.set_filter("", Outcome.DONE)
    assert list(model.shown) == [finished]
    model.set_filter("", None)
    assert list(model.shown) == [running, unknown, finished]


def test_an_ending_that_comes_later_can_be_found_by_its_words(model: ActivityModel) -> None:
    before = entry(None)
    model.set_entries((before,))
    model.set_filter("contradicted", None)
    assert list(model.shown) == []
    after = Entry(before.intent, (done(before.intent, Outcome.CONTRADICTED),))
    model.set_entries((after,))
    assert list(model.shown) == [after]


def test_only_what_needs_care_has_a_colour() -> None:
    assert [outcome_tone(entry(outcome)) for outcome in Outcome] == [
        {
            Outcome.DONE: Tone.NEUTRAL,
            Outcome.NOT_DONE: Tone.NEUTRAL,
            Outcome.UNKNOWN: Tone.WARNING,
            Outcome.CONTRADICTED: Tone.DANGER,
        }[outcome]
        for outcome in Outcome
    ]


def test_promotions_are_called_what_the_menu_calls_them(model: ActivityModel) -> None:
    what = intent(
        Write.SET_LATEST,
        BUILD,
        account_id="acme",
        account_name="Acme",
        app_key=APP_KEY,
        app_name="",
        before=None,
        when=WHEN,
    )
    model.set_entries((Entry(what),))
    assert model.index(0).data() == "Set latest: 1.4.5 (145)"
    assert model.index(0).data(CAPTION_ROLE).startswith(APP_KEY), "an app without a name goes by its key"
