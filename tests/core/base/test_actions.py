"""One definition and one rule for everything that can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.base.actions import (
    ACTIONS,
    BUILD_ACTIONS,
    MOST_SELECTED,
    WRITES,
    ActionId,
    Situation,
    why_not,
)

OLD, LATEST, NEW = Build("old"), Build("latest"), Build("new")
READY = Situation(has_account=True, has_app=True, latest_keys=frozenset({"latest"}), latest_known=True)


def given(*selection: Build, **changes: object) -> Situation:
    return replace(READY, selection=selection, **changes)  # type: ignore[arg-type]  # each test names real fields


def test_every_action_is_defined_once() -> None:
    assert [action.id for action in ACTIONS] == list(dict.fromkeys(action.id for action in ACTIONS))
    assert {action.id for action in ACTIONS} == set(ActionId)


def test_no_two_actions_share_a_shortcut() -> None:
    shortcuts = [shortcut for action in ACTIONS for shortcut in action.shortcuts]
    assert len(shortcuts) == len(set(shortcuts))


@pytest.mark.parametrize("action", list(ActionId))
def test_the_rule_knows_every_action_in_an_empty_window(action: ActionId) -> None:
    reason = why_not(action, Situation())
    always = {
        ActionId.ADD_ACCOUNT, ActionId.MANAGE_ACCOUNTS, ActionId.SHOW_DETAILS, ActionId.COMPACT_ROWS,
        ActionId.ACTIVITY, ActionId.SETTINGS, ActionId.CHECK_FOR_UPDATES, ActionId.ABOUT, ActionId.QUIT,
    }  # fmt: skip
    assert (reason is None) is (action in always)
    assert reason is None or reason.source.endswith(".")


@pytest.mark.parametrize("action", [ActionId.SWITCH_APP, ActionId.ADD_APP, ActionId.REFRESH])
def test_nobody_is_told_to_connect_the_account_that_is_being_opened(action: ActionId) -> None:
    reason = why_not(action, Situation(opening=True))
    assert reason is not None
    assert "still being opened" in reason.source


OF_OTHER_NUMBERS = {ActionId.COMPARE, ActionId.DELETE, ActionId.RETURN_LATEST, ActionId.PIN}


@pytest.mark.parametrize("action", [action.id for action in BUILD_ACTIONS if action.id not in OF_OTHER_NUMBERS])
def test_an_action_on_a_build_wants_exactly_one(action: ActionId) -> None:
    assert why_not(action, given()) is not None
    assert why_not(action, given(OLD, NEW)) is not None


def test_several_builds_are_deleted_unless_something_is_under_way_or_forbidden() -> None:
    assert why_not(ActionId.DELETE, given(OLD, NEW)) is None
    assert why_not(ActionId.DELETE, given(OLD, NEW, busy_keys=frozenset({"other"}))) is not None
    assert why_not(ActionId.DELETE, given(OLD, NEW, read_only=True)) is not None
    assert why_not(ActionId.DELETE, given(OLD, NEW, kept=True)) is not None


def test_two_builds_are_compared_and_no_other_number() -> None:
    assert why_not(ActionId.COMPARE, given()) is not None
    assert why_not(ActionId.COMPARE, given(OLD)) is not None
    assert why_not(ActionId.COMPARE, given(OLD, NEW)) is None
    assert why_not(ActionId.COMPARE, given(OLD, NEW, LATEST)) is not None


def test_more_than_can_be_worked_on_is_said() -> None:
    reason = why_not(ActionId.DELETE, given(selected_count=MOST_SELECTED + 1))
    assert reason is not None
    assert "at most" in reason.source


def test_groups_are_of_all_builds() -> None:
    assert why_not(ActionId.GROUP, given()) is not None
    assert why_not(ActionId.GROUP, given(all_builds=True)) is None


@pytest.mark.parametrize("action", [ActionId.CHECK_UPDATE, ActionId.SHOW_QR, ActionId.COPY_LINK, ActionId.DELETE])
def test_what_can_be_done_with_any_build(action: ActionId) -> None:
    assert why_not(action, given(OLD)) is None
    assert why_not(action, given(LATEST)) is None


def test_the_latest_is_not_made_latest_again_and_no_other_is_cleared() -> None:
    assert why_not(ActionId.SET_LATEST, given(LATEST)) is not None
    assert why_not(ActionId.SET_LATEST, given(OLD)) is None
    assert why_not(ActionId.CLEAR_LATEST, given(LATEST)) is None
    assert why_not(ActionId.CLEAR_LATEST, given(OLD)) is not None


def test_one_of_several_that_are_marked_can_be_made_the_only_one() -> None:
    several = given(LATEST, latest_keys=frozenset({"latest", "old"}))
    assert why_not(ActionId.SET_LATEST, several) is None
    assert why_not(ActionId.CLEAR_LATEST, several) is None


def test_where_nobody_knows_what_is_latest_clearing_is_offered() -> None:
    assert why_not(ActionId.CLEAR_LATEST, given(OLD, latest_keys=frozenset(), latest_known=False)) is None


@pytest.mark.parametrize("action", list(ActionId))
def test_only_changes_wait_for_a_change_of_the_same_build(action: ActionId) -> None:
    busy = given(OLD, busy_keys=frozenset({"old"}))
    if action in WRITES:
        assert why_not(action, busy) is not None
        assert why_not(action, given(OLD, busy_keys=frozenset({"new"}))) == why_not(action, given(OLD))
    else:
        assert why_not(action, busy) == why_not(action, given(OLD))


def test_paging_ends_at_both_ends() -> None:
    assert why_not(ActionId.PREVIOUS_PAGE, given(page=1, page_count=3)) is not None
    assert why_not(ActionId.PREVIOUS_PAGE, given(page=2, page_count=3)) is None
    assert why_not(ActionId.NEXT_PAGE, given(page=3, page_count=3)) is not None
    assert why_not(ActionId.NEXT_PAGE, given(page=2, page_count=3)) is None
