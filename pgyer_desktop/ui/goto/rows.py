"""What was found to go to, as rows of a picker's list: with icons, shortcuts, and why something cannot be done now."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon, QKeySequence

from pgyer_desktop.api import Platform
from pgyer_desktop.core.base.actions import Action, is_railed, why_not
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.goto.places import SECTIONS, SETTINGS, Kind, Place, key_of
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.named import plain
from pgyer_desktop.ui.state.open import app_title
from pgyer_desktop.ui.widgets.pickers.item import NO_SYMBOL, PickerItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pgyer_desktop.core.base.actions import Situation
    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.ui.base.actions import WindowActions
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.goto.finder import Found, FoundBuild
    from pgyer_desktop.ui.state.window_state import WindowState

_MOST_APPS: Final = 5
"""That are offered before anything is typed."""
ACTIONS: Final = {action.value.id: action for action in Action if action is not Action.GO_TO}
"""What one can go to, by its id."""


class GoToRows(QObject):
    """Names the places of one window, and makes rows of those that were found."""

    def __init__(self, state: WindowState, icons: IconLoader, actions: WindowActions, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._icons = icons
        self._actions = actions
        self._apps: dict[str, KnownApp] = {}
        self.icons_of: dict[str, str] = {}
        """The icons' fields by the keys of the rows that have one."""

    def places(self, apps: Iterable[KnownApp]) -> Iterator[Place]:
        """Everything but builds that can be gone to now: these apps, actions and settings."""
        self._apps = {app.app_key: app for app in apps}
        for app in self._apps.values():
            yield Place(Kind.APP, app.app_key, app_title(app), f"{app.identifier} {app.shortcut} {app.app_key}")
        for name, action in ACTIONS.items():
            qaction = self._actions.by_id[action]
            if qaction.isVisible():
                # Also by its English name, whatever the language: that is what others may have written down.
                yield Place(Kind.ACTION, name, plain(qaction.text()), action.value.title.source)
        updates = self._actions.by_id[Action.CHECK_FOR_UPDATES].isVisible()
        for name, title in SETTINGS.items():
            if updates or name != "updatesCheck":
                yield Place(Kind.SETTING, name, say(title), title.source)

    def rows(self, found: Found) -> list[PickerItem]:
        """The rows of what was found."""
        kinds = Counter(place.kind for place in found.places)
        shown_apps = kinds[Kind.APP] if found.letters.words else min(_MOST_APPS, kinds[Kind.APP])
        places = list(found.places)
        apps, others = places[:shown_apps], places[kinds[Kind.APP] :]
        now, situation = datetime.now(UTC), self._state.situation.now()
        self.icons_of = {}
        heading = self._heading(Kind.APP, shown_apps, kinds[Kind.APP])
        items = [self._app_row(self._apps[place.id], heading) for place in apps if place.id in self._apps]
        heading = self._heading(Kind.BUILD, len(found.builds), found.builds_in_all)
        items += [self._build_row(build, heading, now) for build in found.builds]
        items += [self._row(place, situation) for place in others]
        return items

    def is_railed(self, name: str) -> bool:
        """Whether it is a guard rail that forbids the action."""
        return is_railed(ACTIONS[name], self._state.situation.now())

    def reason(self, name: str) -> str:
        """Why the action with this id cannot be done now; "" where it can."""
        reason = why_not(ACTIONS[name], self._state.situation.now())
        return say(reason) if reason is not None else ""

    def _heading(self, kind: Kind, shown: int, in_all: int) -> str:
        words = say(SECTIONS[kind])
        if shown == in_all:
            return words
        number = self.tr("{what}: {shown} of {all}")
        return number.format(what=words, shown=formatting.number(shown), all=formatting.number(in_all))

    def _icon(self, key: str, field: str) -> QIcon | None:
        if field:
            self.icons_of[key] = field
        pixmap = self._icons.pixmap(field) if field else None
        return QIcon(pixmap) if pixmap is not None else None

    def _app_row(self, app: KnownApp, heading: str) -> PickerItem:
        key, title, opened = key_of(Kind.APP, app.app_key), app_title(app), self._state.accounts.app
        platform = formatting.platform(app.platform) if app.platform is not Platform.UNKNOWN else ""
        return PickerItem(
            key,
            title,
            " · ".join(part for part in (platform, app.identifier) if part and part != title),
            section=heading,
            icon=self._icon(key, app.icon),
            aside=self.tr("open now") if opened is not None and opened.app_key == app.app_key else "",
        )

    def _build_row(self, found: FoundBuild, heading: str, now: datetime) -> PickerItem:
        build, session = found.build, self._state.accounts.session
        latest = session.builds.latest_seen(found.app.app_key) if session is not None else None
        parts = [app_title(found.app), formatting.serial(build.pgyer_build) if build.pgyer_build is not None else ""]
        if latest is not None and latest.build_key == build.build_key:
            parts.append(self.tr("what users get"))
        key = key_of(Kind.BUILD, found.id)
        return PickerItem(
            key,
            name_of(build),
            " · ".join(part for part in parts if part),
            section=heading,
            icon=self._icon(key, build.icon or found.app.icon),
            aside=formatting.uploaded(build, now),
        )

    def _row(self, place: Place, situation: Situation) -> PickerItem:
        heading = say(SECTIONS[place.kind])
        if place.kind is Kind.SETTING:
            return PickerItem(place.key, place.title, section=heading, symbol="settings")
        action = ACTIONS[place.id]
        reason = why_not(action, situation)
        shortcut = self._actions.by_id[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return PickerItem(
            place.key,
            place.title,
            say(reason) if reason is not None else "",
            section=heading,
            symbol=action.value.icon or NO_SYMBOL,
            aside=shortcut,
            refused=reason is not None,
        )
