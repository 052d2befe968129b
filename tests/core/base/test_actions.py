"""One definition and one rule for everything that can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.base.actions import BUILD_ACTIONS, MOST_SELECTED, Action, Situation, why_not

OLD, LATEST, NEW = Build("old"), Build("latest"), Build("new")
READY = Situation(has_account=True, has_app=True, latest_keys=frozenset({"latest"}), latest_known=True)


def given(*selection: Build, **changes: object) -> Situation:
    return replace(READY, selection=selection, **changes)  # type: ignore[arg-type]  # each test names real fields


def test_every_action_is_defined_once() -> None:
    ids = [action.value.id for action in Action.__members__.values()]
    assert ids == list(dict.fromkeys(ids))
    assert len(ids) == len(Action)


def test_no_two_actions_share_a_shortcut() -> None:
    shortcuts = [shortcut for action in Action for shortcut in action.value.shortcuts]
    assert len(shortcuts) == len(set(shortcuts))


@pytest.mark.parametrize("action", list(Action))
def test_the_rule_knows_every_action_in_an_empty_window(action: Action) -> None:
    reason = why_not(action, Situation())
    always = {
        Action.ADD_ACCOUNT, Action.MANAGE_ACCOUNTS, Action.FIND_ACCOUNTS, Action.SHOW_DETAILS, Action.COMPACT_ROWS,
        Action.ACTIVITY, Action.GO_TO, Action.SETTINGS, Action.CHECK_FOR_UPDATES, Action.ABOUT, Action.QUIT,
        Action.SHORTCUTS, Action.LOG_FOLDER, Action.REPORT, Action.JOBS, Action.NEXT_PART,
        Action.PREVIOUS_PART, Action.ACCESSIBILITY,
    }  # fmt: skip
    assert (reason is None) is (action in always)
    assert reason is None or reason.source.endswith(".")


@pytest.mark.parametrize("action", list(Action))
def test_without_its_key_an_account_can_only_be_asked_for_again(action: Action) -> None:
    reason = why_not(action, Situation(no_key=True, stored=True, selection=(OLD,), selected_count=1))
    empty = why_not(action, Situation())
    if action is Action.REFRESH:
        assert reason is None
    elif empty is None or action in {Action.PREVIOUS_PAGE, Action.NEXT_PAGE}:
        assert reason == empty
    else:
        assert reason is not None
        assert "key of this account is not here" in reason.source


@pytest.mark.parametrize("action", [Action.SWITCH_APP, Action.ADD_APP, Action.REFRESH])
def test_nobody_is_told_to_connect_the_account_that_is_being_opened(action: Action) -> None:
    reason = why_not(action, Situation(opening=True))
    assert reason is not None
    assert "still being opened" in reason.source


OF_OTHER_NUMBERS = {Action.COMPARE, Action.DELETE, Action.RETURN_LATEST, Action.PIN}


@pytest.mark.parametrize("action", [action for action in BUILD_ACTIONS if action not in OF_OTHER_NUMBERS])
def test_an_action_on_a_build_wants_exactly_one(action: Action) -> None:
    assert why_not(action, given()) is not None
    assert why_not(action, given(OLD, NEW)) is not None


def test_several_builds_are_deleted_unless_something_is_under_way_or_forbidden() -> None:
    assert why_not(Action.DELETE, given(OLD, NEW)) is None
    assert why_not(Action.DELETE, given(OLD, NEW, busy_keys=frozenset({"other"}))) is not None
    assert why_not(Action.DELETE, given(OLD, NEW, read_only=True)) is not None
    assert why_not(Action.DELETE, given(OLD, NEW, stored=True)) is not None


def test_two_builds_are_compared_and_no_other_number() -> None:
    assert why_not(Action.COMPARE, given()) is not None
    assert why_not(Action.COMPARE, given(OLD)) is not None
    assert why_not(Action.COMPARE, given(OLD, NEW)) is None
    assert why_not(Action.COMPARE, given(OLD, NEW, LATEST)) is not None


def test_more_than_can_be_worked_on_is_said() -> None:
    reason = why_not(Action.DELETE, given(selected_count=MOST_SELECTED + 1))
    assert reason is not None
    assert "at most" in reason.source


def test_groups_are_of_all_builds() -> None:
    assert why_not(Action.GROUP, given()) is not None
    assert why_not(Action.GROUP, given(all_builds=True)) is None


@pytest.mark.parametrize("action", [Action.CHECK_UPDATE, Action.SHOW_QR, Action.COPY_LINK, Action.DELETE])
def test_what_can_be_done_with_any_build(action: Action) -> None:
    assert why_not(action, given(OLD)) is None
    assert why_not(action, given(LATEST)) is None


def test_the_latest_is_not_made_latest_again_and_no_other_is_cleared() -> None:
    assert why_not(Action.SET_LATEST, given(LATEST)) is not None
    assert why_not(Action.SET_LATEST, given(OLD)) is None
    assert why_not(Action.CLEAR_LATEST, given(LATEST)) is None
    assert why_not(Action.CLEAR_LATEST, given(OLD)) is not None


def test_one_of_several_that_are_marked_can_be_made_the_only_one() -> None:
    several = given(LATEST, latest_keys=frozenset({"latest", "old"}))
    assert why_not(Action.SET_LATEST, several) is None
    assert why_not(Action.CLEAR_LATEST, several) is None


def test_where_nobody_knows_what_is_latest_clearing_is_offered() -> None:
    assert why_not(Action.CLEAR_LATEST, given(OLD, latest_keys=frozenset(), latest_known=False)) is None


@pytest.mark.parametrize("action", list(Action))
def test_only_changes_wait_for_a_change_of_the_same_build(action: Action) -> None:
    busy = given(OLD, busy_keys=frozenset({"old"}))
    if action in {Action.SET_LATEST, Action.CLEAR_LATEST, Action.DELETE}:
        assert why_not(action, busy) is not None
        assert why_not(action, given(OLD, busy_keys=frozenset({"new"}))) == why_not(action, given(OLD))
    else:
        assert why_not(action, busy) == why_not(action, given(OLD))


def test_paging_ends_at_both_ends() -> None:
    assert why_not(Action.PREVIOUS_PAGE, given(page=1, page_count=3)) is not None
    assert why_not(Action.PREVIOUS_PAGE, given(page=2, page_count=3)) is None
    assert why_not(Action.NEXT_PAGE, given(page=3, page_count=3)) is not None
    assert why_not(Action.NEXT_PAGE, given(page=2, page_count=3)) is None
