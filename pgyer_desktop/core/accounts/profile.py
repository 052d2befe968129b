"""Where this run keeps its files: settings, caches, logs. Never the key, which is in the keyring.

Knows folders only; what is in the files is the business of whoever writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

APP_NAME = "pgyer-desktop"


@dataclass(frozen=True, slots=True)
class Profile:
    """The folders of one run. They are made when something is written, not before."""

    settings_dir: Path
    cache_dir: Path
    log_dir: Path

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


def own_profile() -> Profile:
    """The folders that the operating system has for this user's programs."""
    import platformdirs  # not needed with a folder of one's own, and slow to load

    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Profile(dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path)


def profile_in(folder: Path) -> Profile:
    """Everything under `folder`, apart from every other run."""
    folder = folder.expanduser().absolute()
    return Profile(folder, folder / "cache", folder / "logs")


def demo_profile() -> Profile:
    """The demo's own folders, so that trying it leaves real accounts and settings alone."""
    own = own_profile()
    return Profile(own.settings_dir / "demo", own.cache_dir / "demo", own.log_dir / "demo")
