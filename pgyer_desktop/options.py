"""What the command line said. Read by `__main__`, used by `app` and `program`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """The command line. `picture`: where `--selftest` leaves one."""

    api_url: str
    icon_url: str
    demo: bool = False
    profile: Path | None = None
    app_key: str = ""
    debug: bool = False
    selftest: bool = False
    picture: Path | None = None
