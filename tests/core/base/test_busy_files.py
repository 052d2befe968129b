"""A file that somebody has open for a moment is waited for, and nothing else is."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.core.accounts.settings import Settings, SettingsFile
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.busy_files import retry_while_open
from pgyer_desktop.core.base.file_replacement import write_whole
from pgyer_desktop.core.history.store import HistoryStore
from tests.core.activity.values import deletion

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0
HOLD = """
import ctypes, sys, time
from ctypes import wintypes
create = ctypes.windll.kernel32.CreateFileW
create.restype = wintypes.HANDLE
handle = create(sys.argv[1], 0x80000000, 0, None, 3, 0, None)
assert handle not in (None, wintypes.HANDLE(-1).value)
sys.stdout.write("held\\n")
sys.stdout.flush()
sys.stdin.readline()
time.sleep(float(sys.argv[2]))
"""
"""Opens a file so that nobody else can, and lets go of it some seconds after it has been told to count."""

on_windows = pytest.mark.skipif(sys.platform != "win32", reason="only Windows refuses what another program has open")


@contextmanager
def held(path: Path, seconds: float = SECONDS) -> Iterator[subprocess.Popen[str]]:
    """Have another program hold the file for so many seconds of the block."""
    command = [sys.executable, "-c", HOLD, str(path), str(seconds)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ours
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert holder.stdin is not None
        holder.stdin.write("\n")
        holder.stdin.flush()
        yield holder
    finally:
        holder.kill()
        holder.communicate()


def test_what_passes_by_itself_is_tried_until_it_has(tmp_path: Path) -> None:
    """A real refusal, of a kind that every system knows: a folder is in the way, and goes."""
    source, target = tmp_path / "new", tmp_path / "there"
    source.write_bytes(b"new")
    target.mkdir()
    refused: list[OSError] = []

    def passes(error: OSError) -> bool:
        refused.append(error)
        if len(refused) == 3:
            target.rmdir()
        return True

    retry_while_open(lambda: source.replace(target), passes=passes, pauses=(0.001,) * 5)
    assert len(refused) == 3
    assert target.read_bytes() == b"new"


def test_trying_again_has_an_end_and_the_last_error_is_told(tmp_path: Path) -> None:
    source = tmp_path / "new"
    source.write_bytes(b"new")
    (tmp_path / "there").mkdir()
    tries: list[None] = []

    def call() -> None:
        tries.append(None)
        source.replace(tmp_path / "there")

    with pytest.raises(OSError, match="there"):
        retry_while_open(call, passes=lambda _error: True, pauses=(0.001,) * 5)
    assert len(tries) == 6
    assert 2 < sum(busy_files.PAUSES_SECONDS) < 4


def test_what_does_not_pass_by_itself_is_told_at_once(tmp_path: Path) -> None:
    """No folder in the place of a file becomes one, whatever word the system has for it."""
    tries: list[None] = []

    def call() -> bytes:
        tries.append(None)
        return tmp_path.read_bytes()

    with pytest.raises(OSError, match=r"(?i)denied|directory"):
        retry_while_open(call)
    assert len(tries) == 1


@pytest.mark.parametrize("deeper", ["settings.json", "deep/settings.json"])
def test_a_file_where_a_folder_should_be_is_not_taken_for_a_file_that_is_not_there_yet(
    tmp_path: Path, deeper: str
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        busy_files.read(tmp_path / "taken" / deeper)
    with pytest.raises(FileNotFoundError):
        busy_files.read(tmp_path / "free" / deeper)


def test_a_profile_folder_that_is_a_file_is_told_at_the_start(tmp_path: Path, allowed_logs: list[str]) -> None:
    allowed_logs += ["pgyer_desktop.core.accounts.settings", "pgyer_desktop.core.activity.journal"]
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be", encoding="utf-8")
    settings, journal = SettingsFile(taken / "settings.json"), Journal.open(taken / "journal.jsonl")
    for problem in (settings.problem, journal.problem):
        assert problem is not None
        assert "cannot be read" in problem.source
    with closing(HistoryStore.open(taken / "history.sqlite3")) as history:
        assert history.problem is not None
        assert history.temporary


def _save_settings(path: Path) -> None:
    file = SettingsFile(path)
    file.change(lambda settings: replace(settings, language="zh_CN"))
    asyncio.run(file.save())
    assert SettingsFile(path).value.language == "zh_CN"


def _read_settings(path: Path) -> None:
    file = SettingsFile(path)
    assert file.problem is None
    assert file.value == Settings(language="en")


def _set_settings_aside(path: Path) -> None:
    path_of_damaged = path.with_name("damaged.json")
    file = SettingsFile(path_of_damaged)
    assert file.problem is not None
    assert "was kept as" in file.problem.source


def _save_whole(path: Path) -> None:
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def _journal(path: Path) -> None:
    journal = Journal.open(path)
    assert journal.problem is None
    asyncio.run(journal.record(deletion()))
    assert len(Journal.open(path).entries) == 1


def _history(path: Path) -> None:
    with closing(HistoryStore.open(path)) as store:
        assert store.problem is None
        assert not store.temporary


def _remove(path: Path) -> None:
    busy_files.remove(path)
    assert not path.exists()


@on_windows
@pytest.mark.parametrize(
    ("name", "content", "do"),
    [
        ("settings.json", b'{"version": 1, "language": "en"}', _save_settings),
        ("settings.json", b'{"version": 1, "language": "en"}', _read_settings),
        ("damaged.json", b"damaged", _set_settings_aside),
        ("plan.cleanup.json", b"old", _save_whole),
        ("journal.jsonl", b"", _journal),
        ("history.sqlite3", None, _history),
        ("picture.png", b"old", _remove),
    ],
)
def test_a_file_that_another_program_holds_for_two_seconds_is_waited_for(
    tmp_path: Path, name: str, content: bytes | None, do: Callable[[Path], None], allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.core.accounts.settings")
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    else:
        HistoryStore.open(path).close()
    with held(path) as holder:
        do(path)
        assert holder.wait(120) == 0
    assert list(tmp_path.glob("*.new")) == []


@on_windows
def test_a_file_that_stays_held_is_an_error_and_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"old")
    with held(path, seconds=60), pytest.raises(PermissionError):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
