"""What the service holds: accounts, their apps, and the builds of these. Plain data; the rules are in `world`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

IOS = 1
ANDROID = 2


def made_up(*parts: object) -> str:
    """32 hexadecimal digits, the same for the same `parts`: keys are made when they are needed, never written."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:32]


@dataclass(slots=True)
class Build:
    """One upload. `number` is the package's own, `count` the service's.

    `odd` takes the place of what a row would say, field by field: for values such as "0000-00-00 00:00:00" or null.
    """

    key: str
    count: int
    version: str
    number: str
    size: int
    created: datetime
    icon: str
    notes: str = ""
    file_name: str = ""
    published: bool = True
    downloads: int = 0
    odd: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class App:
    """An app. `builds` are the newest first; `latest` are keys, the one that is offered last."""

    key: str
    name: str
    identifier: str
    platform: int
    shortcut: str
    icon: str
    password: str = ""
    description: str = ""
    builds: list[Build] = field(default_factory=list)
    latest: list[str] = field(default_factory=list)
    """Only `World` may change this; it also keeps `before`."""
    before: list[str] = field(default_factory=list)
    """What was the latest once, the most recent last."""
    count: int = 0
    """How many builds were ever uploaded."""
    channels: dict[str, str] = field(default_factory=dict)
    """Distribution channels: the key of the build that one is pinned to, or "" where it follows the latest."""
    forced_version: str = ""
    forced_number: str = ""


@dataclass(slots=True)
class Account:
    """An account, and the one key that may do everything in it."""

    name: str
    key: str
    apps: list[App] = field(default_factory=list)
