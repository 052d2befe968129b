"""What the program remembers between two starts, and the one file that it is in.

Values here are shown to nobody's service and hold no key. A value that is not known is defaulted and written back as it
stood. A file that cannot be read is set aside and never overwritten; a file of a newer version is left alone, and this
run remembers nothing.
"""

from __future__ import annotations

import asyncio
import glob
import logging
import re
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal, NoReturn

import msgspec

from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.lenient import Instead, Reader, UnknownValueError, json_of, kept
from pgyer_desktop.core.accounts.salvage import objects_with_id
from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.file_replacement import behind_links, write_whole
from pgyer_desktop.core.base.keystore import keyring_name
from pgyer_desktop.core.base.releases import UpdateSettings
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.columns import ColumnLayout
from pgyer_desktop.core.builds.keeping import AppRules, Policy, Rules
from pgyer_desktop.core.builds.visits import Seen
from pgyer_desktop.core.checks.cases import CheckCase
from pgyer_desktop.core.sharing.message import Template

VERSION = 1
MAX_RECENT_APPS = 12
MAX_PAGE: Final = 1_000_000
MAX_GONE_TO: Final = 20
MAX_SEEN: Final = 200
MAX_RULES: Final = 200
NAME_OF_ID: Final = 8
"""Characters of an account's id that stand for its name where that is not known."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AppCases:
    """The check cases of one app."""

    app_key: str
    cases: tuple[CheckCase, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """One account without its key."""

    id: str
    name: str
    added: tuple[KnownApp, ...] = ()
    """Apps that a person added by their key."""
    recent: tuple[KnownApp, ...] = ()
    """Apps that were opened, the last one first, at most `MAX_RECENT_APPS`."""
    last_page: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 1
    guards: Guards = field(default_factory=Guards)
    template: Template | None = None
    """Of the message that hands a build over; None: the built-in one, in the window's language."""
    pinned: tuple[str, ...] = ()
    """Build keys of those that no clean-up may delete."""
    check_cases: tuple[AppCases, ...] = ()
    gone_to: tuple[str, ...] = ()
    """Builds that were gone to, as "app key/build key", the last one first, at most `MAX_GONE_TO`."""
    seen: tuple[Seen, ...] = ()
    """What was seen of each app at the last visit, the last one first, at most `MAX_SEEN`."""
    clean_up: tuple[AppRules, ...] = ()
    """By what each app was cleaned up, the last one first, at most `MAX_RULES`."""

    def with_pinned(self, keys: Collection[str], *, pinned: bool) -> AccountSettings:
        """The same account with these builds pinned, or no longer."""
        others = tuple(key for key in self.pinned if key not in keys)
        return replace(self, pinned=(*others, *keys) if pinned else others)

    def cases_of(self, app_key: str) -> tuple[CheckCase, ...]:
        """The check cases of an app, in their order."""
        return next((app.cases for app in self.check_cases if app.app_key == app_key), ())

    def with_cases(self, app_key: str, cases: tuple[CheckCase, ...]) -> AccountSettings:
        """The same account with these check cases in place of those that the app had."""
        others = tuple(app for app in self.check_cases if app.app_key != app_key)
        return replace(self, check_cases=(*others, AppCases(app_key, cases)) if cases else others)

    def seen_of(self, app_key: str) -> Seen | None:
        """What was seen of an app; None where it has never been open."""
        return next((seen for seen in self.seen if seen.app_key == app_key), None)

    def with_seen(self, seen: Seen) -> AccountSettings:
        """The same account with this for what was seen of its app."""
        others = tuple(other for other in self.seen if other.app_key != seen.app_key)
        return replace(self, seen=(seen, *others)[:MAX_SEEN])

    def rules_of(self, app_key: str) -> AppRules | None:
        """By what an app was cleaned up last; None where it never was."""
        return next((rules for rules in self.clean_up if rules.app_key == app_key), None)

    def with_rules(self, rules: AppRules) -> AccountSettings:
        """The same account with this for how its app is cleaned up."""
        others = tuple(other for other in self.clean_up if other.app_key != rules.app_key)
        return replace(self, clean_up=(rules, *others)[:MAX_RULES])

    def with_added(self, app: KnownApp) -> AccountSettings:
        """The same account with `app` among those that were added by key."""
        others = tuple(known for known in self.added if known.app_key != app.app_key)
        return replace(self, added=(*others, app))

    def with_recent(self, app: KnownApp) -> AccountSettings:
        """The same account with `app` as the one opened last."""
        others = tuple(known for known in self.recent if known.app_key != app.app_key)
        return replace(self, recent=(app, *others)[:MAX_RECENT_APPS])


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """How the main window was left. `geometry` is Qt's own, as base 64."""

    geometry: str = ""
    splitter: str = ""
    details: bool = True
    compact: bool = False
    all_builds: bool = False
    grouped: bool = False
    columns: ColumnLayout = field(default_factory=ColumnLayout)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered."""

    version: int = VERSION
    language: Literal["system", "en", "zh_CN"] = "system"
    appearance: Literal["system", "light", "dark"] = "system"
    accounts: tuple[AccountSettings, ...] = ()
    current_account: str = ""
    window: WindowSettings = field(default_factory=WindowSettings)
    updates: UpdateSettings = field(default_factory=UpdateSettings)
    gone_to: tuple[str, ...] = ()
    """Actions and settings that were gone to, the last one first, at most `MAX_GONE_TO`; see `core.goto.places`."""
    policies: tuple[Policy, ...] = ()
    """Rules of clean-ups that have a name, of every account."""

    def account(self, account_id: str) -> AccountSettings | None:
        """The account with this id."""
        return next((account for account in self.accounts if account.id == account_id), None)

    def with_account(self, account: AccountSettings) -> Settings:
        """The same settings with `account` in the place of the one with its id, or at the end."""
        if self.account(account.id) is None:
            return replace(self, accounts=(*self.accounts, account))
        return replace(self, accounts=tuple(account if a.id == account.id else a for a in self.accounts))

    def without_account(self, account_id: str) -> Settings:
        """The same settings without that account."""
        current = "" if self.current_account == account_id else self.current_account
        return replace(self, accounts=tuple(a for a in self.accounts if a.id != account_id), current_account=current)


class SettingsFile:
    """The settings in use, and their file.

    `problem` is what a person must be told about the file, or None.
    """

    def __init__(self, path: Path | None) -> None:
        """`path` None: nothing is remembered."""
        self._path = path
        self._writing = threading.Lock()
        self._written: Settings | None = None
        self._raw: object = {}
        self._read = Settings()
        self.damaged = False
        """Whether the file was damaged, so that accounts may be missing."""
        self.problem: Text | None = None
        self.value = self._load()

    @property
    def folder(self) -> Path | None:
        """Where the file is; None where nothing is remembered."""
        return self._path.parent if self._path is not None else None

    def change(self, how: Callable[[Settings], Settings]) -> None:
        """Put `how(value)` in place of the value. `save()` writes it."""
        self.value = how(self.value)

    async def save(self) -> None:
        """Write the value unless the file holds it already. Raises OSError; the old file is whole then."""
        if self._path is not None and self.value != self._written:
            await asyncio.to_thread(self._write_value, self._path)

    def save_at_once(self) -> None:
        """As `save()`, but in this thread: for the end of the session, when there is no time left."""
        if self._path is not None and self.value != self._written:
            self._write_value(self._path)

    def damaged_accounts(self) -> tuple[AccountSettings, ...]:
        """The accounts in the files that were set aside, as far as they can be read; the newest file counts first.

        Blocks. Raises nothing.
        """
        if self._path is None:
            return ()
        found: dict[str, AccountSettings] = {}
        target = behind_links(self._path)
        now = f"{target.stem}{_DAMAGED}{datetime.now().astimezone():%Y%m%d-%H%M%S}~"
        files = target.parent.glob(f"{glob.escape(target.stem)}{_DAMAGED}*")
        # One of a day to come is from a clock that was wrong, and nobody knows how new it is.
        for file in sorted(files, key=lambda file: (file.name <= now, file.name), reverse=True):
            try:
                data = busy_files.read(file)
            except OSError as exc:
                _log.warning("A damaged settings file cannot be read: %s", exc.strerror)
                continue
            for raw in objects_with_id(data):
                try:
                    account = Reader(_INSTEAD).read(AccountSettings, _account_with_two_switches(raw))
                except UnknownValueError:
                    continue
                found.setdefault(account.id, account)
        return tuple(found.values())

    def _write_value(self, path: Path) -> None:
        # A lock between threads: a save that was cancelled goes on in its own, and must not come after the next one.
        with self._writing:
            value = self.value
            if value != self._written:
                values = kept(Settings, self._raw, self._read, value, _INSTEAD)
                write_whole(path, msgspec.json.format(msgspec.json.encode(values)))
                self._written = value

    def _load(self) -> Settings:
        path = self._path
        if path is None:
            return Settings()
        try:
            data = busy_files.read(path)
        except FileNotFoundError:
            return Settings()
        except OSError as exc:
            _log.warning("The settings cannot be read: %s", exc.strerror)
            self._path = None
            self.problem = translate(
                "settings",
                "The settings file {file} cannot be read, and nothing will be remembered this time. Check who may read"
                " it.",
            ).fill(file=str(path))
            return Settings()
        try:
            raw = _with_two_switches(json_of(data))
            if isinstance(raw, dict) and _is_newer(raw.get("version")):
                self._path = None
                self.problem = translate(
                    "settings",
                    "The settings in {file} were written by a newer version of this program. They are left as they"
                    " are, and nothing will be remembered this time. Update the program.",
                ).fill(file=str(path))
                return Settings()
            reader = Reader(_INSTEAD)
            value = _settings_of(raw, reader)
        except (ValueError, RecursionError, UnknownValueError) as exc:
            _log.warning("The settings are damaged: %s", type(exc).__name__)
            self.damaged = True
            self.problem = self._set_aside(path)
            return Settings()
        if reader.unknown:
            self._tell_unknown(path, reader.unknown)
        self._raw, self._read, self._written = raw, value, value
        return value

    def _tell_unknown(self, path: Path, places: list[str]) -> None:
        _log.warning("Values in the settings that this version does not know: %s", ", ".join(places))
        # How the window looks shows by itself; what an account may do, and that it is there, does not.
        if any(_GRAVE.match(place) for place in places):
            self.problem = translate(
                "settings",
                "The settings file {file} has values that this version does not know; the log says which."
                " They stay in the file, and others apply instead. Check the accounts and their guard"
                " rails.",
            ).fill(file=str(path))

    def _set_aside(self, path: Path) -> Text:
        path = behind_links(path)  # a link stays, and leads to the new file
        stem = f"{path.stem}{_DAMAGED}{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        aside = path.with_name(f"{stem}{path.suffix}")
        number = 1
        while aside.exists():
            number += 1
            aside = path.with_name(f"{stem}-{number}{path.suffix}")
        try:
            busy_files.replace(path, aside)
        except OSError as exc:
            _log.warning("The damaged settings cannot be renamed: %s", exc.strerror)
            self._path = None
            return translate(
                "settings",
                "The settings file {file} is damaged, and nothing will be remembered this time. Move it elsewhere.",
            ).fill(file=str(path))
        return translate(
            "settings",
            "The settings file was damaged. It was kept as {file}, and the program starts with new settings. The keys"
            " are still in {vault}, and the program can find the accounts again.",
        ).fill(file=str(aside), vault=keyring_name())


def _with_two_switches(raw: object) -> object:
    """The settings as this version has them. Until 2026 one switch stood for risky promotions and for deletes."""
    if not isinstance(raw, dict) or not isinstance(raw.get("accounts"), list):
        return raw
    return raw | {"accounts": [_account_with_two_switches(one) for one in raw["accounts"]]}


def _account_with_two_switches(raw: object) -> object:
    guards = raw.get("guards") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(guards, dict) or guards.get("type_version") is not False:
        return raw
    return raw | {"guards": {"type_promotions": False, "type_deletes": False} | guards}


def _settings_of(raw: object, reader: Reader) -> Settings:
    """The settings, with defaults for what is not known. Raises `UnknownValueError` where they are none."""
    # Anything but a list in the place of the accounts would be all that is left of them.
    if not isinstance(raw, dict) or not isinstance(raw.get("accounts", []), list):
        raise UnknownValueError("accounts")
    return reader.read(Settings, raw)


def _is_newer(version: object) -> bool:
    return isinstance(version, int | float) and version > VERSION


def _short_id(raw: Mapping[str, object]) -> str:
    return str(raw.get("id", ""))[:NAME_OF_ID]


def _no_rules(_raw: Mapping[str, object]) -> NoReturn:
    raise UnknownValueError("rules")


_DAMAGED: Final = ".damaged-"
_GRAVE: Final = re.compile(r"accounts\[\d+\](\Z|\.(name|guards|pinned)\b)")
_INSTEAD: Final[Instead] = {
    # Who wrote something there wanted an account that is read-only, or that real users depend on.
    **{(Guards, name): (lambda _raw: True) for name in ("read_only", "production")},
    (AccountSettings, "guards"): lambda _raw: Guards(read_only=True),
    (AccountSettings, "name"): _short_id,
    # With one of them missing, the others would delete what somebody wanted to keep.
    **{(Rules, name): _no_rules for name in ("newest", "days", "newest_of_version")},
}
