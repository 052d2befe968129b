"""What the program makes is its user's alone: all of it, while it runs, after its end, and after it was killed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.accounts.profile import Profile, own_profile, profile_in
from pgyer_desktop.core.cleanup import plan_file
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.store import HistoryStore
from pgyer_desktop.shell.crashes import CrashTrace
from pgyer_desktop.shell.program import _close_to_others
from pgyer_desktop.ui.base.file_saver import FileSaver
from tests.core.cleanup.test_plan_file import some_plan
from tests.e2e.test_closing import ended, process
from tests.helpers.modes import on_posix, umask
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve_blocking
from tests.helpers.waiting import until

pytestmark = on_posix

WORK = """state.changes.write(state.accounts.open, Write.DELETE, build)
    while not program.journal.entries or not program.journal.entries[0].settled or state.page.loading:
        await asyncio.sleep(0.01)
    settings = Path({profile!r}) / "settings.json"
    icons = Path({profile!r}) / "cache" / "icons"
    while not (settings.exists() and icons.exists() and list(icons.iterdir())):
        await asyncio.sleep(0.01)
    import logging
    logging.getLogger().handlers[-1].maxBytes = 10
    logging.getLogger("x").warning("one line")
    logging.getLogger("x").warning("another file")
    print("there", flush=True)
"""
STAY = "    await asyncio.sleep(60)"
QUIT = "    QTimer.singleShot(0, QCoreApplication.quit)"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def open_to_others(folder: Path) -> dict[str, str]:
    """What below `folder` anybody else may do anything with, and folders without a right of their owner."""
    wanted = {True: 0o700, False: 0o600}
    return {
        str(path.relative_to(folder)): f"{mode(path):o}"
        for path in (folder, *folder.rglob("*"))
        if mode(path) != (wanted[path.is_dir()] if not path.is_socket() else 0o700)
    }


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_everything_in_the_profile_of_a_real_session_is_this_users_alone(
    tmp_path: Path, mask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, runtime = tmp_path / "deep" / "profile", tmp_path / "r"
    runtime.mkdir(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    with umask(mask), serve_blocking(SandboxApp(SandboxService())) as server:
        running = process(server.api_url, server.icon_url, profile, WORK.format(profile=str(profile)) + STAY)
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "there\n"
            names = {path.name for path in profile.rglob("*")}
            assert {"history.sqlite3", "history.sqlite3-wal", "history.sqlite3-shm"} < names
            assert {"settings.json", "journal.jsonl", "instance.json", "icons", "pgyer-desktop.log.1"} < names
            assert open_to_others(tmp_path / "deep") == {}
            assert [path.name for path in runtime.glob("*/*")] == ["s"]
            assert open_to_others(runtime) == {}
        finally:
            running.kill()
            ended(running)
        assert open_to_others(tmp_path / "deep") == {}

        again = process(server.api_url, server.icon_url, profile, QUIT.strip())
        assert ended(again)[0] == 0
    assert (profile / "cache" / "first-view.png").exists()
    assert open_to_others(tmp_path / "deep") == {}


def old_profile(profile: Profile) -> None:
    """As earlier versions made it, on a computer with the usual umask."""
    with umask(0o022):
        for folder in (profile.settings_dir, profile.cache_dir, profile.log_dir, profile.icons_dir):
            folder.mkdir(parents=True, exist_ok=True)
        for file in (profile.settings_file, profile.journal_file, profile.log_file, profile.first_view_file):
            file.write_text("", encoding="ascii")
        for name in ("settings.damaged-20260101-000000.json", "history.sqlite3-wal", "history.damaged-2026.sqlite3"):
            (profile.settings_dir / name).write_text("", encoding="ascii")
        (profile.cache_dir / "demo-journal.jsonl").write_text("", encoding="ascii")
        for name in ("crash-20260101-000000.log", "pgyer-desktop.log.2"):
            (profile.log_dir / name).write_text("", encoding="ascii")
        (profile.settings_dir / "notes.txt").write_text("the person's own", encoding="ascii")


def test_what_earlier_versions_made_is_closed_and_the_persons_own_folder_is_left_and_said(tmp_path: Path) -> None:
    profile = profile_in(tmp_path / "mine")
    old_profile(profile)
    told = _close_to_others(profile)
    assert told is not None
    assert "can look into the folder" in told.source
    assert dict(told.values)["folder"] == str(tmp_path / "mine")
    mine = tmp_path / "mine"
    assert open_to_others(mine) == {".": "755", "cache": "755", "logs": "755", "notes.txt": "644"}
    mine.chmod(0o711)  # others can go through it, and have to know what there is
    assert _close_to_others(profile) is None


def test_the_programs_own_folders_are_closed_and_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, name in (("XDG_CONFIG_HOME", "c"), ("XDG_CACHE_HOME", "k"), ("XDG_STATE_HOME", "s"), ("HOME", "h")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    profile = own_profile()
    assert profile.settings_dir.is_relative_to(tmp_path)
    old_profile(profile)
    (profile.settings_dir / "notes.txt").unlink()
    assert _close_to_others(profile) is None
    for folder in (profile.settings_dir, profile.cache_dir, profile.log_dir):
        assert open_to_others(folder) == {}


def test_a_link_in_the_place_of_the_programs_folder_leads_to_the_persons_own(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles"
    target.mkdir(0o755)
    target.chmod(0o755)
    (tmp_path / "link").symlink_to(target)
    found = Profile(tmp_path / "link", tmp_path / "cache", tmp_path / "logs")
    assert _close_to_others(found) is not None
    assert mode(target) == 0o755


def test_a_history_that_others_could_read_is_closed_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    with umask(0o000):
        path = tmp_path / "history.sqlite3"
        HistoryStore.open(path).close()
        path.chmod(0o644)
        store = HistoryStore.open(path)
        try:
            AppHistory(store, "a", "b").doubt_latest(())
            assert {file.name: mode(file) for file in tmp_path.iterdir()} == dict.fromkeys(
                ("history.sqlite3", "history.sqlite3-wal", "history.sqlite3-shm"), 0o600
            )
        finally:
            store.close()


def test_a_history_that_is_kept_until_the_end_only_is_this_users_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    with umask(0o000):
        store = HistoryStore.open(tmp_path / "file" / "history.sqlite3")
        try:
            assert store.temporary
            assert open_to_others(store.path.parent) == {}
        finally:
            store.close()


def test_the_trace_of_a_crash_is_this_users_alone(tmp_path: Path) -> None:
    with umask(0o000), CrashTrace(tmp_path / "logs"):
        assert open_to_others(tmp_path / "logs") == {}


async def test_what_a_person_exports_has_the_permissions_of_their_own_files(tmp_path: Path, qapp: object) -> None:
    window = QWidget()
    saver = FileSaver(window)
    saved: list[str] = []
    saver.saved.connect(saved.append)
    with umask(0o022):
        saver.save(tmp_path / "builds.csv", lambda: b"version\n")
        await until(lambda: bool(saved))
        plan_file.save(tmp_path / "plan.cleanup.json", some_plan())
    await saver.aclose()
    window.deleteLater()
    assert {path.name: f"{mode(path):o}" for path in tmp_path.iterdir()} == {  # noqa: ASYNC240 - a look
        "builds.csv": "644",
        "plan.cleanup.json": "644",
    }
