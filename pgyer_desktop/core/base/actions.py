"""What can be done, as data: one row per action, with the rule that says whether it can be done now, or why not.

Menu bar, context menu, toolbar, shortcuts and details panel are all built from `Action`. What an action does is the one
method of a flow that `@handles` it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.base.names import short
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from pgyer_desktop.api import Build

MOST_SELECTED: Final = 2000
"""Builds that can be worked on together."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rule looks at: the open app, the selection, and what is known and under way."""

    has_account: bool = False
    has_app: bool = False
    searchable: bool = False
    """Whether builds are known that can be looked through, also while the account is not open."""
    opening: bool = False
    """Whether builds show whose account is still being opened."""
    no_key: bool = False
    """Whether the account's key could not be had: what was read earlier may show."""
    selection: tuple[Build, ...] = ()
    shown: tuple[Build, ...] = ()
    """The build that is shown while none is selected: it can be given on, and no more than that."""
    selected_count: int = 0
    """Greater than what `selection` holds where more are selected than can be worked on."""
    latest_keys: frozenset[str] = frozenset()
    latest_known: bool = False
    """False where neither the rows nor `check` said which build is latest."""
    previous_latest: str = ""
    """Build key of what was the latest before the one that is, by the journal; "" where it does not tell."""
    previous_name: str = ""
    """What that one is called; "" where nobody knows."""
    busy_keys: frozenset[str] = field(default=frozenset())
    """Builds with a write under way."""
    unsettled_keys: frozenset[str] = field(default=frozenset())
    """Builds of which nobody knows how their last change ended."""
    failed_keys: frozenset[str] = field(default=frozenset())
    """Builds that were to be deleted with others and were not, because it failed."""
    pinned: bool = False
    """Whether all selected builds are pinned."""
    queueing: bool = False
    """Whether a queue deletes builds of the open app."""
    stored: bool = False
    """Whether what shows was read earlier, and the service has not been reached since."""
    read_only: bool = False
    """Whether the account's guard rails forbid changes."""
    all_builds: bool = False
    """Whether all builds show rather than one page."""
    page: int = 1
    page_count: int = 1


Rule = Callable[[Situation], Text | None]
"""Why something cannot be done now, or None where it can."""


# What the rules are made of


def _first_of(*rules: Rule) -> Rule:
    """The first reason of these, in their order."""

    def rule(now: Situation) -> Text | None:
        return next((reason for reason in (one(now) for one in rules) if reason is not None), None)

    return rule


def _unless(holds: Callable[[Situation], bool], reason: Text) -> Rule:
    """Speaks against it unless something holds."""

    def rule(now: Situation) -> Text | None:
        return None if holds(now) else reason

    return rule


def _always(_now: Situation) -> Text | None:
    return None


_opened: Final = _unless(
    lambda now: not now.opening,
    translate("actions", "The account is still being opened. The system may be asking for its key."),
)
_keyless: Final = _unless(
    lambda now: not now.no_key,
    translate("actions", "The key of this account is not here. Enter it under Accounts, or refresh to try again."),
)
_connected: Final = _unless(lambda now: now.has_account, translate("actions", "Connect an account first."))
_app_open: Final = _unless(lambda now: now.has_app, translate("actions", "Choose an app first."))
_READ_ONLY: Final = translate(
    "actions", 'This account is read-only here. "Guard rails…" in the File menu changes that.'
)
_writable: Final = _unless(lambda now: not now.read_only, _READ_ONLY)
_fresh: Final = _unless(
    lambda now: not now.stored,
    translate("actions", "What shows was read earlier. Refresh before you change anything."),
)
_few_enough: Final = _unless(
    lambda now: now.selected_count <= MOST_SELECTED,
    translate("actions", "Select at most {most} builds.").fill(most=MOST_SELECTED),
)
_any: Final = _unless(lambda now: bool(now.selection), translate("actions", "Select a build first."))
_one: Final = _unless(lambda now: len(now.selection) == 1, translate("actions", "Select a single build."))
_one_in_sight: Final = _unless(
    lambda now: len(now.selection or now.shown) == 1, translate("actions", "Select a single build.")
)
_any_in_sight: Final = _unless(
    lambda now: bool(now.selection or now.shown), translate("actions", "Select a build first.")
)
_two: Final = _unless(lambda now: len(now.selection) == 2, translate("actions", "Select two builds to compare them."))
_not_busy: Final = _unless(
    lambda now: now.selection[0].build_key not in now.busy_keys,
    translate("actions", "A change of this build is still under way."),
)
_settled: Final = _unless(
    lambda now: now.selection[0].build_key not in now.unsettled_keys,
    translate("actions", "It is not known yet how the last change of this build ended. Refresh to find out."),
)
_all_free: Final = _unless(lambda now: not now.busy_keys, translate("actions", "A change is still under way."))
_no_queue: Final = _unless(
    lambda now: not now.queueing, translate("actions", "Builds of this app are being deleted already. See Jobs.")
)
# Several builds may be flagged; then making one of them the only one is a change worth offering.
_not_the_latest: Final = _unless(
    lambda now: now.latest_keys != {now.selection[0].build_key},
    translate("actions", "This build is the latest already."),
)
_perhaps_the_latest: Final = _unless(
    lambda now: not now.latest_known or now.selection[0].build_key in now.latest_keys,
    translate("actions", "This build is not the latest."),
)
_previous_known: Final = _unless(
    lambda now: bool(now.previous_latest),
    translate("actions", "It is not known which build was the latest before this one."),
)
_in_pages: Final = _unless(lambda now: not now.all_builds, translate("actions", "All builds are in one list."))
_in_one_list: Final = _unless(lambda now: now.all_builds, translate("actions", "Show all builds first."))
_not_first: Final = _unless(lambda now: now.has_app and now.page > 1, translate("actions", "This is the first page."))
_not_last: Final = _unless(
    lambda now: now.has_app and now.page < now.page_count, translate("actions", "This is the last page.")
)

# The rules

_not_open: Final = _first_of(_opened, _keyless)
_has_account: Final = _first_of(lambda now: None if now.has_account else _not_open(now), _connected)
_has_app: Final = _first_of(lambda now: None if now.has_app else _not_open(now), _app_open)
_searchable: Final = _first_of(lambda now: None if now.searchable else _has_app(now))
_some_builds: Final = _first_of(_has_app, _few_enough, _any)
_one_build: Final = _first_of(_some_builds, _one)
_build_in_sight: Final = _first_of(_has_app, _few_enough, _any_in_sight, _one_in_sight)
_two_builds: Final = _first_of(_some_builds, _two)
_change_one: Final = _first_of(_one_build, _writable, _not_busy, _settled, _fresh)
_change_many: Final = _first_of(_some_builds, _no_queue, _all_free, _writable, _fresh)
_set_latest: Final = _first_of(_change_one, _not_the_latest)
_clear_latest: Final = _first_of(_change_one, _perhaps_the_latest)
_return_latest: Final = _first_of(_has_app, _writable, _fresh, _previous_known)
_clean_up: Final = _first_of(_has_app, _no_queue, _writable, _fresh)
_previous_page: Final = _first_of(_in_pages, _not_first)
_next_page: Final = _first_of(_in_pages, _not_last)
_group: Final = _first_of(_has_app, _in_one_list)


def _refresh(now: Situation) -> Text | None:
    return None if now.no_key else _has_app(now)  # it asks the keyring again


def _delete(now: Situation) -> Text | None:
    return _change_many(now) if len(now.selection) > 1 else _change_one(now)


# The actions


class Menu(Enum):
    """The menu that an action stands in."""

    FILE = "file"
    BUILD = "build"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Row:
    """What there is to know of an action but what it does.

    `id` is the object name that scripts and tests find it by. `group` numbers apart: a line is drawn in menus where it
    changes. `shortcuts` are Qt's portable names or a standard key's name ("Refresh"), the first is shown. `on_build`
    actions also stand in the context menu; `on_shown` ones take what is shown where nothing is selected. `role` and
    `theme_icon` are Qt's names for what an action is on a system.
    """

    id: str
    menu: Menu
    group: int
    title: Text
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    rule: Rule = _always
    on_build: bool = False
    danger: bool = False
    on_shown: bool = False
    checkable: bool = False
    in_more_menu: bool = False
    role: str = "NoRole"
    theme_icon: str = ""


# fmt: off
class Action(Enum):
    """Every action, in the order of the menus."""

    ADD_ACCOUNT = Row("actionAddAccount", Menu.FILE, 1, translate("actions", "Connect an account…"), icon="plus")
    MANAGE_ACCOUNTS = Row("actionManageAccounts", Menu.FILE, 1, translate("actions", "Accounts…"), icon="key",
        in_more_menu=True)
    GUARDS = Row("actionGuards", Menu.FILE, 1, translate("actions", "Guard rails…"), icon="lock", rule=_has_account)
    FIND_ACCOUNTS = Row("actionFindAccounts", Menu.FILE, 1, translate("actions", "Find my accounts"))
    """Those that the settings have lost and the keyring still knows."""
    ADD_APP = Row("actionAddApp", Menu.FILE, 2, translate("actions", "Add app by key…"), icon="plus",
        rule=_has_account)
    GO_TO = Row("actionGoTo", Menu.FILE, 2, translate("actions", "Go to…"), shortcuts=("Ctrl+K",))
    SWITCH_APP = Row("actionSwitchApp", Menu.FILE, 2, translate("actions", "Switch app…"), icon="app",
        shortcuts=("Ctrl+Shift+O",), rule=_has_account)
    EXPORT = Row("actionExport", Menu.FILE, 2, translate("actions", "Export builds…"), icon="export",
        shortcuts=("Ctrl+Shift+S",), rule=_has_app)
    SETTINGS = Row("actionSettings", Menu.FILE, 3, translate("actions", "Settings…"), icon="settings",
        shortcuts=("Preferences", "Ctrl+,"), in_more_menu=True, role="PreferencesRole")
    QUIT = Row("actionQuit", Menu.FILE, 4, translate("actions", "Quit"), shortcuts=("Quit", "Ctrl+Q"),
        role="QuitRole", theme_icon="ApplicationExit")
    SET_LATEST = Row("actionSetLatest", Menu.BUILD, 1, translate("actions", "Set latest…"), icon="latest",
        shortcuts=("Ctrl+L",), rule=_set_latest, on_build=True)
    CLEAR_LATEST = Row("actionClearLatest", Menu.BUILD, 1, translate("actions", "Clear latest…"), icon="latest-off",
        shortcuts=("Ctrl+Shift+L",), rule=_clear_latest, on_build=True)
    RETURN_LATEST = Row("actionReturnLatest", Menu.BUILD, 1, translate("actions", "Go back to the previous latest…"),
        shortcuts=("Ctrl+Shift+B",), rule=_return_latest, on_build=True)
    CHECK_UPDATE = Row("actionCheckUpdate", Menu.BUILD, 2, translate("actions", "Check update…"), icon="update-check",
        shortcuts=("Ctrl+U",), rule=_one_build, on_build=True)
    SHOW_QR = Row("actionShowQr", Menu.BUILD, 3, translate("actions", "Show QR code"), icon="qr",
        shortcuts=("Ctrl+I",), rule=_build_in_sight, on_build=True, on_shown=True)
    COPY_LINK = Row("actionCopyLink", Menu.BUILD, 3, translate("actions", "Copy link"), icon="copy",
        shortcuts=("Ctrl+Shift+C",), rule=_build_in_sight, on_build=True, on_shown=True)
    COPY_MESSAGE = Row("actionCopyMessage", Menu.BUILD, 3, translate("actions", "Copy message"), icon="copy",
        shortcuts=("Ctrl+Shift+M",), rule=_build_in_sight, on_build=True, on_shown=True)
    EDIT_MESSAGE = Row("actionEditMessage", Menu.BUILD, 3, translate("actions", "Edit message…"),
        icon="pencil", rule=_one_build, on_build=True)
    OPEN_PAGE = Row("actionOpenPage", Menu.BUILD, 3, translate("actions", "Open on Pgyer"), icon="external-link",
        shortcuts=("Ctrl+O",), rule=_one_build, on_build=True)
    COMPARE = Row("actionCompare", Menu.BUILD, 3, translate("actions", "Compare two builds"),
        shortcuts=("Ctrl+Shift+D",), rule=_two_builds, on_build=True)
    PIN = Row("actionPin", Menu.BUILD, 4, translate("actions", "Pin on this computer"), shortcuts=("Ctrl+Shift+P",),
        rule=_some_builds, on_build=True)
    DELETE = Row("actionDelete", Menu.BUILD, 4, translate("actions", "Delete…"), icon="trash",
        shortcuts=("Delete", "Ctrl+Backspace"), rule=_delete, on_build=True, danger=True)
    UPDATE_CHECKS = Row("actionUpdateChecks", Menu.BUILD, 5, translate("actions", "Update checks…"),
        shortcuts=("Ctrl+Shift+T",), rule=_has_app)
    CLEAN_UP = Row("actionCleanUp", Menu.BUILD, 5, translate("actions", "Clean up…"), shortcuts=("Ctrl+Shift+K",),
        rule=_clean_up)
    REFRESH = Row("actionRefresh", Menu.VIEW, 1, translate("actions", "Refresh"), icon="refresh",
        shortcuts=("F5", "Ctrl+R"), rule=_refresh)
    FIND = Row("actionFind", Menu.VIEW, 1, translate("actions", "Find builds"), icon="search", shortcuts=("Find",),
        rule=_searchable)
    PREVIOUS_PAGE = Row("actionPreviousPage", Menu.VIEW, 2, translate("actions", "Previous page"),
        icon="page-previous", shortcuts=("Alt+PgUp",), rule=_previous_page)
    NEXT_PAGE = Row("actionNextPage", Menu.VIEW, 2, translate("actions", "Next page"), icon="page-next",
        shortcuts=("Alt+PgDown",), rule=_next_page)
    ALL_BUILDS = Row("actionAllBuilds", Menu.VIEW, 2, translate("actions", "All builds"), shortcuts=("Ctrl+Shift+H",),
        rule=_has_app, checkable=True)
    GROUP = Row("actionGroupByVersion", Menu.VIEW, 2, translate("actions", "Group by version"),
        shortcuts=("Ctrl+Shift+G",), rule=_group, checkable=True)
    SHOW_DETAILS = Row("actionShowDetails", Menu.VIEW, 3, translate("actions", "Details panel"), icon="sidebar",
        shortcuts=("Ctrl+D",), checkable=True, in_more_menu=True)
    COMPACT_ROWS = Row("actionCompactRows", Menu.VIEW, 3, translate("actions", "Compact rows"), checkable=True,
        in_more_menu=True)
    ACTIVITY = Row("actionActivity", Menu.VIEW, 4, translate("actions", "Activity"), icon="activity",
        shortcuts=("Ctrl+J",), in_more_menu=True)
    JOBS = Row("actionJobs", Menu.VIEW, 4, translate("actions", "Jobs"), shortcuts=("Ctrl+Shift+J",))
    NEXT_PART = Row("actionNextPart", Menu.VIEW, 5, translate("actions", "Next part of the window"),
        shortcuts=("F6",))
    PREVIOUS_PART = Row("actionPreviousPart", Menu.VIEW, 5, translate("actions", "Previous part of the window"),
        shortcuts=("Shift+F6",))
    SHORTCUTS = Row("actionShortcuts", Menu.HELP, 1, translate("actions", "Keyboard shortcuts"), shortcuts=("F1",))
    ACCESSIBILITY = Row("actionAccessibility", Menu.HELP, 1, translate("actions", "Accessibility"))
    LOG_FOLDER = Row("actionLogFolder", Menu.HELP, 2, translate("actions", "Open the log's folder"))
    REPORT = Row("actionReport", Menu.HELP, 2, translate("actions", "Report a problem…"))
    CHECK_FOR_UPDATES = Row("actionCheckForUpdates", Menu.HELP, 3, translate("actions", "Check for updates"))
    """Of this program. Hidden where no feed is configured."""
    ABOUT = Row("actionAbout", Menu.HELP, 3, translate("actions", "About Pgyer Desktop"), icon="info",
        in_more_menu=True, role="AboutRole", theme_icon="HelpAbout")
# fmt: on


BUILD_ACTIONS: tuple[Action, ...] = tuple(action for action in Action if action.value.on_build)


_RETURN_TO: Final = translate("actions", "Go back to {build}…")
_UNPIN: Final = translate("actions", "Unpin")


def title_of(action: Action, now: Situation) -> Text:
    """What `action` is called now: the way back names where it leads."""
    if action is Action.PIN and now.pinned:
        return _UNPIN
    if action is Action.RETURN_LATEST and now.previous_name:
        return _RETURN_TO.fill(build=short(now.previous_name))
    return action.value.title


def is_railed(action: Action, now: Situation) -> bool:
    """Whether it is the account's guard rails that speak against `action` now."""
    return why_not(action, now) == _READ_ONLY


def why_not(action: Action, now: Situation) -> Text | None:
    """Why `action` cannot be done now, or None where it can."""
    return action.value.rule(now)
