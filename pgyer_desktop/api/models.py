"""What Pgyer's replies say, as values.

They hold what the service sent, read but not judged: `latest=None` means that the row did not say. No value here has
room for an install password, a `downloadURL` or a signature, so none can be shown, stored or copied by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum

CHINA_TIME = timezone(timedelta(hours=8), "CST")
"""The zone of every time that the service sends without one. It has had no daylight saving since 1991."""


class ApiKey:
    """An account's API key, which can delete everything the account ever uploaded.

    It never shows itself: `repr`, `str`, formatting and pickling give none of it. `reveal()` is called where the POST
    body and the keyring entry are made, and nowhere else.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        secret = secret.strip()
        if not secret or len(secret) > 256 or not secret.isascii() or not secret.isprintable() or " " in secret:
            msg = "An API key is one word of letters and digits."
            raise ValueError(msg)
        self._secret = secret

    def reveal(self) -> str:
        """The key itself."""
        return self._secret

    def __repr__(self) -> str:
        return "ApiKey(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ApiKey) and other._secret == self._secret

    def __hash__(self) -> int:
        return hash((ApiKey, self._secret))

    def __reduce__(self) -> str:
        msg = "An API key is not pickled."
        raise TypeError(msg)


class Platform(Enum):
    """What a build runs on, from `buildType`."""

    IOS = "ios"
    ANDROID = "android"
    HARMONYOS = "harmonyos"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Build:
    """One upload: a row of `app/builds`, or the reply of `app/view`.

    Source: the service's page on version management, and recorded replies. Text fields are "" where nothing came.
    """

    build_key: str
    name: str = ""
    version: str = ""
    """`buildVersion`: the marketing version, "1.4.5"."""
    build_number: str = ""
    """`buildVersionNo`: the package's own number, "145". Text, because Android and iOS both allow odd ones."""
    pgyer_build: int | None = None
    """`buildBuildVersion`: the service's own count, shown as #45."""
    platform: Platform = Platform.UNKNOWN
    type_code: str = ""
    """`buildType` as it came, for what `platform` cannot say."""
    size: int | None = None
    """Bytes."""
    identifier: str = ""
    """Bundle identifier or package name."""
    icon: str = ""
    """Icon key, or a full URL."""
    created: datetime | None = None
    """Upload time with its zone; None where the service sent none that can be read."""
    created_text: str = ""
    """Upload time as it came, for odd ones such as "1天前"."""
    latest: bool | None = None
    """The row's own flag; None where the row does not carry it."""
    notes: str = ""
    """`buildUpdateDescription`: release notes, several lines."""
    file_name: str = ""
    publish_complete: bool | None = None
    """False while the service still works on the upload; None where it does not say."""
    downloads: int | None = None
    in_history: bool | None = None
    """Whether the service shows it on the app's history page."""
    launcher_activity: str = ""
    """Android's entry point."""
    shortcut: str = ""
    """Slug of the app's short link; only `view` sends it."""
    app_key: str = ""
    """Only `view` sends it."""
    extra: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Other plain fields of the row, by the service's names, secrets and links left out."""


@dataclass(frozen=True, slots=True)
class BuildPage:
    """One page of an app's builds as the service counts pages (from 1, newest first)."""

    number: int
    page_count: int | None
    """What the service says; None where it does not."""
    builds: tuple[Build, ...]
    unreadable: int = 0
    """Rows that carried no build key, which is all that makes a row usable."""
    holes: tuple[int, ...] = ()
    """In front of which of `builds` they stand, by position; their number: behind the last."""


@dataclass(frozen=True, slots=True)
class AppSummary:
    """One app: a row of `app/listMy`, whose build fields describe its newest build."""

    app_key: str
    name: str = ""
    identifier: str = ""
    icon: str = ""
    platform: Platform = Platform.UNKNOWN
    shortcut: str = ""
    version: str = ""
    build_number: str = ""
    pgyer_build: int | None = None
    created: datetime | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class AppPage:
    """One page of the account's apps. The service sends no reliable page count."""

    number: int
    apps: tuple[AppSummary, ...]
    total: int | None
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class UpdateCheck:
    """What `app/check` told: which build a client is offered.

    `downloadURL` is read by nothing: it carries the API key and opening it is billed.
    """

    build_key: str
    app_key: str = ""
    name: str = ""
    version: str = ""
    build_number: str = ""
    pgyer_build: int | None = None
    has_new_version: bool | None = None
    """Meaningless when no version was sent (see `version_sent`)."""
    forced: bool | None = None
    force_version: str = ""
    force_build_number: str = ""
    description: str = ""
    notes: str = ""
    size: int | None = None
    icon: str = ""
    link: str = ""
    """`appURl` or `buildShortcutUrl`: an https page that is safe to share, or ""."""
    version_sent: bool = False
    """Whether the question named a version, without which there is nothing to compare."""
