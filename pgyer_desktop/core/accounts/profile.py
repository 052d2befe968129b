"""Where this run keeps its files: settings, caches, logs. Never the key, which is in the keyring.

Knows folders only; what is in the files is the business of whoever writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "pgyer-desktop"


@dataclass(frozen=True, slots=True)
class Profile:
    """The folders of one run. They are made when something is written, not before."""

    settings_dir: Path
    cache_dir: Path
    log_dir: Path
    given: bool = False
    """Whether the person named the folder: then it is theirs, and not the program's."""

    @property
    def settings_file(self) -> Path:
        """Accounts' names, recent apps, window and columns."""
        return self.settings_dir / "settings.json"

    @property
    def journal_file(self) -> Path:
        """What was changed on the service, and how each change ended. Only ever grows."""
        return self.settings_dir / "journal.jsonl"

    @property
    def history_file(self) -> Path:
        """Every build that was seen. Can be read again from the service, but for builds that are gone."""
        return self.settings_dir / "history.sqlite3"

    @property
    def icons_dir(self) -> Path:
        """App icons from the CDN; may be deleted at any time."""
        return self.cache_dir / "icons"

    @property
    def first_view_file(self) -> Path:
        """How the window looked when it was closed; may be deleted at any time."""
        return self.cache_dir / "first-view.png"

    @property
    def instance_file(self) -> Path:
        """Says where the program that runs on this profile listens. Deleted when the program ends."""
        return self.settings_dir / "instance.json"

    @property
    def log_file(self) -> Path:
        """What the program noted about itself."""
        return self.log_dir / "pgyer-desktop.log"

    def made_files(self) -> Iterator[Path]:
        """The files of this program that are there and say something of the person's apps, whoever made them."""
        for folder, patterns in (
            (self.settings_dir, ("settings*.json", "journal.jsonl", "history*.sqlite3*", "instance.json")),
            (self.cache_dir, ("demo-*", "first-view.png", "icons")),
            (self.log_dir, ("pgyer-desktop.log*", "crash-*.log", "running-*.trace")),
        ):
            for pattern in patterns:
                yield from folder.glob(pattern)


def own_profile() -> Profile:
    """The folders that the operating system has for this user's programs."""
    import platformdirs  # not needed with a folder of one's own, and slow to load

    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Profile(dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path)


def profile_in(folder: Path) -> Profile:
    """Everything under `folder`, apart from every other run."""
    folder = folder.expanduser().absolute()
    return Profile(folder, folder / "cache", folder / "logs", given=True)


def demo_profile() -> Profile:
    """The demo's own folders, so that trying it leaves real accounts and settings alone."""
    own = own_profile()
    return Profile(own.settings_dir / "demo", own.cache_dir / "demo", own.log_dir / "demo")
