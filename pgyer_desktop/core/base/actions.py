"""What can be done, as data: one definition per action and one rule that says whether it can be done now, or why not.

Menu bar, context menu, toolbar, shortcuts and details panel are all built from `ACTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from pgyer_desktop.api import Build


class ActionId(Enum):
    """Every action. The value is the object name that scripts and tests find it by."""

    SET_LATEST = "actionSetLatest"
    CLEAR_LATEST = "actionClearLatest"
    RETURN_LATEST = "actionReturnLatest"
    CHECK_UPDATE = "actionCheckUpdate"
    UPDATE_CHECKS = "actionUpdateChecks"
    SHOW_QR = "actionShowQr"
    COPY_LINK = "actionCopyLink"
    COPY_MESSAGE = "actionCopyMessage"
    EDIT_MESSAGE = "actionEditMessage"
    OPEN_PAGE = "actionOpenPage"
    COMPARE = "actionCompare"
    PIN = "actionPin"
    DELETE = "actionDelete"
    CLEAN_UP = "actionCleanUp"
    EXPORT = "actionExport"
    REFRESH = "actionRefresh"
    ADD_ACCOUNT = "actionAddAccount"
    MANAGE_ACCOUNTS = "actionManageAccounts"
    ADD_APP = "actionAddApp"
    SWITCH_APP = "actionSwitchApp"
    FIND = "actionFind"
    NEXT_PAGE = "actionNextPage"
    PREVIOUS_PAGE = "actionPreviousPage"
    ALL_BUILDS = "actionAllBuilds"
    GROUP = "actionGroupByVersion"
    SHOW_DETAILS = "actionShowDetails"
    COMPACT_ROWS = "actionCompactRows"
    ACTIVITY = "actionActivity"
    SETTINGS = "actionSettings"
    CHECK_FOR_UPDATES = "actionCheckForUpdates"
    """Of this program. Hidden where no feed is configured."""
    ABOUT = "actionAbout"
    QUIT = "actionQuit"


class Menu(Enum):
    """The menu that an action stands in."""

    FILE = "file"
    BUILD = "build"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `shortcuts` are Qt's portable names or a standard key's name ("Refresh"), the first is shown.

    `group` numbers apart: a line is drawn in menus where it changes. `on_build` actions also stand in the context menu.
    """

    id: ActionId
    menu: Menu
    group: int
    title: Text
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    on_build: bool = False
    danger: bool = False
    checkable: bool = False


ACTIONS: tuple[Action, ...] = (
    Action(ActionId.ADD_ACCOUNT, Menu.FILE, 1, translate("actions", "Connect an account…"), "plus"),
    Action(ActionId.MANAGE_ACCOUNTS, Menu.FILE, 1, translate("actions", "Accounts…"), "key"),
    Action(ActionId.ADD_APP, Menu.FILE, 2, translate("actions", "Add app by key…"), "plus"),
    Action(ActionId.SWITCH_APP, Menu.FILE, 2, translate("actions", "Switch app…"), "app", ("Ctrl+K",)),
    Action(ActionId.EXPORT, Menu.FILE, 2, translate("actions", "Export builds…"), "export", ("Ctrl+Shift+E",)),
    Action(ActionId.SETTINGS, Menu.FILE, 3, translate("actions", "Settings…"), "settings", ("Preferences", "Ctrl+,")),
    Action(ActionId.QUIT, Menu.FILE, 4, translate("actions", "Quit"), "", ("Quit", "Ctrl+Q")),
    Action(ActionId.SET_LATEST, Menu.BUILD, 1, translate("actions", "Set latest…"), "latest", ("Ctrl+L",),
           on_build=True),
    Action(ActionId.CLEAR_LATEST, Menu.BUILD, 1, translate("actions", "Clear latest…"), "latest-off",
           ("Ctrl+Shift+L",), on_build=True),
    Action(ActionId.RETURN_LATEST, Menu.BUILD, 1, translate("actions", "Return to previous latest…"), "",
           ("Ctrl+Shift+B",), on_build=True),
    Action(ActionId.CHECK_UPDATE, Menu.BUILD, 2, translate("actions", "Check update…"), "update-check", ("Ctrl+U",),
           on_build=True),
    Action(ActionId.SHOW_QR, Menu.BUILD, 3, translate("actions", "Show QR code"), "qr", ("Ctrl+I",), on_build=True),
    Action(ActionId.COPY_LINK, Menu.BUILD, 3, translate("actions", "Copy link"), "copy", ("Ctrl+Shift+C",),
           on_build=True),
    Action(ActionId.COPY_MESSAGE, Menu.BUILD, 3, translate("actions", "Copy message"), "copy", ("Ctrl+Shift+M",),
           on_build=True),
    Action(ActionId.EDIT_MESSAGE, Menu.BUILD, 3, translate("actions", "Message to hand over…"), "pencil", (),
           on_build=True),
    Action(ActionId.OPEN_PAGE, Menu.BUILD, 3, translate("actions", "Open on Pgyer"), "external-link", ("Ctrl+O",),
           on_build=True),
    Action(ActionId.COMPARE, Menu.BUILD, 3, translate("actions", "Compare two builds"), "", ("Ctrl+Shift+D",),
           on_build=True),
    Action(ActionId.PIN, Menu.BUILD, 4, translate("actions", "Pin on this computer"), "", ("Ctrl+Shift+P",),
           on_build=True),
    Action(ActionId.DELETE, Menu.BUILD, 4, translate("actions", "Delete…"), "trash", ("Delete", "Ctrl+Backspace"),
           on_build=True, danger=True),
    Action(ActionId.UPDATE_CHECKS, Menu.BUILD, 5, translate("actions", "Update checks…"), "", ("Ctrl+Shift+U",)),
    Action(ActionId.CLEAN_UP, Menu.BUILD, 5, translate("actions", "Clean up…"), "", ("Ctrl+Shift+K",)),
    Action(ActionId.REFRESH, Menu.VIEW, 1, translate("actions", "Refresh"), "refresh", ("F5", "Ctrl+R")),
    Action(ActionId.FIND, Menu.VIEW, 1, translate("actions", "Find builds"), "search", ("Find",)),
    Action(ActionId.PREVIOUS_PAGE, Menu.VIEW, 2, translate("actions", "Previous page"), "page-previous",
           ("Alt+PgUp",)),
    Action(ActionId.NEXT_PAGE, Menu.VIEW, 2, translate("actions", "Next page"), "page-next", ("Alt+PgDown",)),
    Action(ActionId.ALL_BUILDS, Menu.VIEW, 2, translate("actions", "All builds"), "", ("Ctrl+Shift+H",),
           checkable=True),
    Action(ActionId.GROUP, Menu.VIEW, 2, translate("actions", "Group by version"), "", ("Ctrl+Shift+G",),
           checkable=True),
    Action(ActionId.SHOW_DETAILS, Menu.VIEW, 3, translate("actions", "Details panel"), "sidebar", ("Ctrl+D",),
           checkable=True),
    Action(ActionId.COMPACT_ROWS, Menu.VIEW, 3, translate("actions", "Compact rows"), "", (), checkable=True),
    Action(ActionId.ACTIVITY, Menu.VIEW, 4, translate("actions", "Activity"), "activity", ("Ctrl+J",)),
    Action(ActionId.CHECK_FOR_UPDATES, Menu.HELP, 1, translate("actions", "Check for updates…")),
    Action(ActionId.ABOUT, Menu.HELP, 1, translate("actions", "About Pgyer Desktop"), "info"),
)  # fmt: skip

ACTIONS_BY_ID = {action.id: action for action in ACTIONS}

_NO_APP: Final = translate("actions", "Choose an app first.")
_OPENING: Final = translate("actions", "The account is still being opened. The system may be asking for its key.")
_READ_ONLY: Final = translate("actions", "This account is read-only here. Its guard rails are under Accounts.")
_KEPT: Final = translate("actions", "This is what was read earlier. Changes need Pgyer to be reached: refresh first.")

MOST_SELECTED: Final = 2000
"""Builds that can be worked on together."""

WRITES = frozenset({ActionId.SET_LATEST, ActionId.CLEAR_LATEST, ActionId.DELETE})
"""Actions that change something on the service."""

BUILD_ACTIONS: tuple[Action, ...] = tuple(action for action in ACTIONS if action.on_build)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rule looks at: the open app, the selection, and what is known and under way."""

    has_account: bool = False
    has_app: bool = False
    opening: bool = False
    """Whether builds show whose account is still being opened."""
    selection: tuple[Build, ...] = ()
    selected_count: int = 0
    """Greater than what `selection` holds where more are selected than can be worked on."""
    latest_keys: frozenset[str] = frozenset()
    latest_known: bool = False
    """False where neither the rows nor `check` said which build is latest."""
    previous_latest: str = ""
    """Build key of what was the latest before the one that is, by the journal; "" where it does not tell."""
    busy_keys: frozenset[str] = field(default=frozenset())
    """Builds with a write under way."""
    unsettled_keys: frozenset[str] = field(default=frozenset())
    """Builds of which nobody knows how their last change ended."""
    failed_keys: frozenset[str] = field(default=frozenset())
    """Builds that were to be deleted with others and were not, because it failed."""
    kept: bool = False
    """Whether what shows was read earlier, and the service has not been reached since."""
    read_only: bool = False
    """Whether the account's guard rails forbid changes."""
    all_builds: bool = False
    """Whether all builds show rather than one page."""
    page: int = 1
    page_count: int = 1


def why_not(action: ActionId, now: Situation) -> Text | None:
    """Why `action` cannot be done now, or None where it can."""
    rules = {ActionId.RETURN_LATEST: _return_rule, ActionId.CLEAN_UP: _clean_up_rule}
    if action in rules:
        return rules[action](now)
    if action in {a.id for a in BUILD_ACTIONS}:
        return _build_rule(action, now)
    if action in {ActionId.ADD_APP, ActionId.SWITCH_APP} and not now.has_account:
        return _OPENING if now.opening else translate("actions", "Connect an account first.")
    on_app = {
        ActionId.REFRESH,
        ActionId.FIND,
        ActionId.ALL_BUILDS,
        ActionId.GROUP,
        ActionId.EXPORT,
        ActionId.UPDATE_CHECKS,
    }
    if action in on_app and not now.has_app:
        return _no_app(now)
    if action is ActionId.GROUP and not now.all_builds:
        return translate("actions", "Show all builds first.")
    return _page_rule(action, now) if action in {ActionId.PREVIOUS_PAGE, ActionId.NEXT_PAGE} else None


def _no_app(now: Situation) -> Text:
    return _OPENING if now.opening else _NO_APP


def _return_rule(now: Situation) -> Text | None:
    if not now.has_app:
        return _no_app(now)
    if now.read_only:
        return _READ_ONLY
    if now.kept:
        return _KEPT
    if not now.previous_latest:
        return translate("actions", "The journal knows of no other build that was the latest before this one.")
    return None


def _page_rule(action: ActionId, now: Situation) -> Text | None:
    if now.all_builds:
        return translate("actions", "All builds are in one list.")
    if action is ActionId.PREVIOUS_PAGE and (not now.has_app or now.page <= 1):
        return translate("actions", "This is the first page.")
    if action is ActionId.NEXT_PAGE and (not now.has_app or now.page >= now.page_count):
        return translate("actions", "This is the last page.")
    return None


def _build_rule(action: ActionId, now: Situation) -> Text | None:
    if not now.has_app:
        return _no_app(now)
    if now.selected_count > MOST_SELECTED:
        return translate("actions", "Select at most {most} builds.").fill(most=MOST_SELECTED)
    if not now.selection:
        return translate("actions", "Select a build first.")
    if action in {ActionId.COMPARE, ActionId.PIN}:
        return (
            None
            if action is ActionId.PIN or len(now.selection) == 2
            else translate("actions", "Select two builds to compare them.")
        )
    if len(now.selection) > 1:
        return _many_rule(action, now)
    (build,) = now.selection
    return (_write_rule(build, now) if action in WRITES else None) or _latest_rule(action, build, now)


def _many_rule(action: ActionId, now: Situation) -> Text | None:
    if action is not ActionId.DELETE:
        return translate("actions", "Select a single build.")
    return translate("actions", "A change is still under way.") if now.busy_keys else _change_rule(now)


def _clean_up_rule(now: Situation) -> Text | None:
    return _change_rule(now) if now.has_app else _no_app(now)


def _change_rule(now: Situation) -> Text | None:
    return _READ_ONLY if now.read_only else _KEPT if now.kept else None


def _write_rule(build: Build, now: Situation) -> Text | None:
    if now.read_only:
        return _READ_ONLY
    if build.build_key in now.busy_keys:
        return translate("actions", "A change of this build is still under way.")
    if build.build_key in now.unsettled_keys:
        return translate("actions", "It is not known yet how the last change of this build ended. Refresh to find out.")
    if now.kept:
        return _KEPT
    return None


def _latest_rule(action: ActionId, build: Build, now: Situation) -> Text | None:
    is_latest = build.build_key in now.latest_keys
    # Several builds may be flagged; then making one of them the only one is a change worth offering.
    if action is ActionId.SET_LATEST and is_latest and len(now.latest_keys) == 1:
        return translate("actions", "This build is the latest already.")
    if action is ActionId.CLEAR_LATEST and now.latest_known and not is_latest:
        return translate("actions", "This build is not the latest.")
    return None
