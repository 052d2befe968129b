"""What was recorded is there again, whatever happens to the program, the disk and the file."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pgyer_desktop.core.accounts.profile import demo_profile, own_profile, profile_in
from pgyer_desktop.core.activity.journal import Journal, JournalError, JournalFault
from pgyer_desktop.core.activity.outcome import Outcome
from pgyer_desktop.core.activity.records import VERSION, Ending, Entry, Intent, encoded
from pgyer_desktop.core.base import file_lock, line_file
from pgyer_desktop.core.base.line_file import TORN
from pgyer_desktop.core.base.words import Text
from tests.core.activity.values import BUILD, WHEN, deletion, done
from tests.project.checkout import ROOT

on_posix = pytest.mark.skipif(os.name == "nt", reason="limits and mounts are POSIX's")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "journal.jsonl"


@pytest.fixture
def expected_warnings(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.activity.journal")


def content(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def mode(path: Path) -> int:
    return path.stat().st_mode


def remove(path: Path) -> None:
    path.rmdir() if path.is_dir() else path.unlink()


def folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def link(path: Path, target: str) -> Path:
    folder(path.parent)
    path.symlink_to(target)
    return path


def problem(journal: Journal) -> Text | None:
    return journal.problem


def newest(journal: Journal) -> Entry:
    return journal.entries[0]


def ids(journal: Journal) -> list[str]:
    return [entry.intent.id for entry in journal.entries]


async def recorded(path: Path, *intents: Intent) -> Journal:
    journal = Journal.open(path)
    for intent in intents:
        await journal.record(intent)
    return journal


async def test_what_was_recorded_is_there_after_a_restart_the_newest_first(path: Path) -> None:
    first, second = deletion(), deletion(replace(BUILD, version="1.4.6"))
    journal = await recorded(path, first, second)
    await journal.end(done(first))
    for each in (journal, Journal.open(path)):
        assert [entry.intent for entry in each.entries] == [second, first]
        assert each.entries[1].ending == done(first)
        assert each.problem is None


async def test_the_file_is_json_lines_that_begin_with_the_version(path: Path) -> None:
    intent = deletion()
    await (await recorded(path, intent)).end(done(intent))
    lines = [json.loads(line) for line in content(path).decode().splitlines()]
    assert lines[0] == {"version": VERSION}
    assert [next(iter(line)) for line in lines] == ["version", "intent", "ending"]
    assert lines[1]["intent"]["build"]["platform"] == "ios"


def test_nothing_is_written_for_looking(path: Path) -> None:
    journal = Journal.open(path)
    assert journal.entries == ()
    assert problem(journal) is None
    assert not path.parent.exists()


async def test_nothing_is_written_for_flushing_nothing(path: Path) -> None:
    await Journal.open(path).flush()
    assert not path.parent.exists()


async def test_an_intent_is_on_the_disk_before_record_comes_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    real = os.fsync

    def sync(handle: int) -> None:
        real(handle)
        synced.append(content(path))

    monkeypatch.setattr(os, "fsync", sync)
    intent = deletion()
    await recorded(path, intent)
    assert encoded(intent) + b"\n" in synced[0]


async def test_a_record_is_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[bytes] = []
    real = os.write

    def counted(handle: int, data: bytes) -> int:
        writes.append(bytes(data))
        return real(handle, data)

    monkeypatch.setattr(os, "write", counted)
    await recorded(path, deletion(replace(BUILD, notes="云" * 200_000)))
    assert [data for data in writes if b'"intent"' in data] == [content(path)]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a profile's files apart by other means")
async def test_the_file_is_for_its_owner_only(path: Path) -> None:
    await recorded(path, deletion())
    assert mode(path) & 0o077 == 0


async def test_an_intent_is_under_way_until_it_has_ended_and_unknown_after_a_restart(path: Path) -> None:
    intent = deletion()
    journal = await recorded(path, intent)
    assert newest(journal).under_way
    assert journal.unsettled("acme") == ()
    again = Journal.open(path)
    assert not again.entries[0].under_way
    assert again.entries[0].outcome is Outcome.UNKNOWN
    assert [entry.intent for entry in again.unsettled("acme")] == [intent]
    await journal.end(done(intent))
    assert not newest(journal).under_way
    assert newest(journal).settled


async def test_only_the_unsettled_entries_of_the_account_are_asked_for(path: Path) -> None:
    lost, other, fine = deletion(), deletion(account="other"), deletion()
    journal = await recorded(path, lost, other, fine)
    await journal.end(done(lost, Outcome.UNKNOWN))
    await journal.end(done(other, Outcome.UNKNOWN))
    await journal.end(done(fine))
    assert [entry.intent for entry in journal.unsettled("acme")] == [lost]
    assert [entry.intent for entry in journal.unsettled("other")] == [other]
    assert journal.unsettled("nobody") == ()


async def test_an_unknown_write_is_settled_later_and_both_lines_stay(path: Path) -> None:
    intent = deletion()
    await (await recorded(path, intent)).end(done(intent, Outcome.UNKNOWN))
    again = Journal.open(path)
    settled = done(intent, Outcome.NOT_DONE, after=60, by_reading=True)
    await again.end(settled)
    await again.end(done(intent, Outcome.UNKNOWN, after=90, by_reading=True))
    third = Journal.open(path)
    entry = third.entry(intent.id)
    assert entry is not None
    assert entry.ending == settled
    assert [ending.outcome for ending in entry.endings] == [Outcome.UNKNOWN, Outcome.NOT_DONE, Outcome.UNKNOWN]
    assert third.unsettled("acme") == ()
    assert third.entry("0" * 32) is None


async def test_an_ending_reads_the_same_before_and_after_a_restart_without_secrets(path: Path) -> None:
    intent = deletion()
    journal = await recorded(path, intent)
    canary = "0123456789abcdef" * 2
    message = f"{canary} \ud83d has no right to {intent.build.build_key}"
    await journal.end(Ending(intent.id, WHEN, Outcome.NOT_DONE, 1081, message, "ServiceError"))
    assert journal.entries == Journal.open(path).entries
    (ending,) = newest(journal).endings
    assert ending.message == f"[redacted] \ud83d has no right to {intent.build.build_key}"
    assert canary.encode() not in content(path)
    assert canary not in repr(journal.entries)


async def test_a_last_line_that_was_cut_off_anywhere_loses_nothing_before_it_and_nothing_after_it(path: Path) -> None:
    kept, torn, later = deletion(), deletion(replace(BUILD, notes="云帆\n" * 3)), deletion()
    await recorded(path, kept)
    before = content(path)
    await recorded(path, torn)
    whole = content(path)
    for length in range(len(before), len(whole)):
        write(path, whole[:length])
        journal = Journal.open(path)
        complete = length == len(whole) - 1  # nothing but the line's end is missing
        assert ids(journal) == ([torn.id] if complete else []) + [kept.id]
        assert problem(journal) is None
        assert content(path) == whole[:length]
        if length % 25 and length < len(whole) - 3 and length > len(before) + 3:
            continue  # appending is the slow part
        await journal.record(later)
        assert content(path).startswith(whole[:length])
        for each in (journal, Journal.open(path)):
            assert ids(each) == [later.id, *([torn.id] if complete else []), kept.id]
            assert each.problem is None


async def test_a_mark_that_was_cut_off_itself_is_marked_again(path: Path) -> None:
    first, second = deletion(), deletion()
    await recorded(path, first)
    whole = content(path)
    for piece in (b'{"intent":{"id', whole[:-1].splitlines()[-1]):
        for length in range(1, len(TORN) + 1):
            write(path, b'{"version":1}\n' + piece + TORN[:length])
            await recorded(path, second)
            journal = Journal.open(path)
            assert ids(journal) == [second.id, *([first.id] if piece.endswith(b"}") else [])]
            assert problem(journal) is None


async def test_a_version_line_that_was_cut_off_is_written_again(path: Path) -> None:
    intent = deletion()
    await recorded(write(path, b'{"vers'), intent)
    assert content(path).splitlines()[1] == b'{"version":1}'
    assert ids(Journal.open(path)) == [intent.id]


@pytest.mark.parametrize("change", [lambda d: b"\xef\xbb\xbf" + d, lambda d: d.replace(b"\n", b"\r\n"), bytes.rstrip])
async def test_what_an_editor_does_to_the_file_loses_nothing(path: Path, change: Callable[[bytes], bytes]) -> None:
    first, second = deletion(), deletion()
    await recorded(path, first)
    write(path, change(content(path)))
    await recorded(path, second)
    journal = Journal.open(path)
    assert ids(journal) == [second.id, first.id]
    assert problem(journal) is None


DAMAGE = {
    "garbage": bytes(range(256)).replace(b"\n", b""),
    "zeros": bytes(4096),
    "another program's line": b'{"other": true}',
    "nested deeply": b"[" * 100_000,
    "half a record": b'{"intent":{"id":"',
    "a wrong type": b'{"ending":{"intent":7}}',
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
async def test_damage_in_the_middle_is_skipped_and_told_and_everything_else_is_read(path: Path, damage: bytes) -> None:
    first, second = deletion(), deletion()
    await recorded(path, first)
    write(path, content(path) + damage + b"\n")
    await recorded(path, second)
    journal = Journal.open(path)
    assert ids(journal) == [second.id, first.id]
    told = problem(journal)
    assert told is not None
    skipped = dict(told.values)["skipped"]
    assert isinstance(skipped, Text)
    assert skipped.count == 1
    assert dict(skipped.values)["file"] == str(path)
    assert damage in content(path)


async def test_a_file_of_a_newer_version_is_read_where_possible_and_never_written(path: Path) -> None:
    first = deletion()
    await recorded(path, first)
    newer = content(path).replace(b'{"version":1}', b'{"version":2}') + b'{"rollback":{"id":"x"}}\n'
    write(path, newer)
    journal = Journal.open(path)
    assert ids(journal) == [first.id]
    told = problem(journal)
    assert told is not None
    assert "newer version" in told.source
    for attempt in (journal.record(deletion()), journal.end(done(first))):
        with pytest.raises(JournalError) as caught:
            await attempt
        assert caught.value.reason is JournalFault.NEWER
        assert dict(caught.value.text.values)["file"] == str(path)
    assert content(path) == newer


async def test_a_newer_program_that_joins_while_this_one_runs_is_noticed_before_the_next_record(path: Path) -> None:
    journal = await recorded(path, deletion())
    newer = content(path) + b'{"version":2}\n'
    write(path, newer)
    with pytest.raises(JournalError) as caught:
        await journal.record(deletion())
    assert caught.value.reason is JournalFault.NEWER
    assert content(path) == newer
    assert problem(journal) is not None
    assert len(journal.entries) == 1


@pytest.mark.usefixtures("expected_warnings")
async def test_a_folder_in_the_files_place_is_told_and_nothing_can_be_recorded(path: Path) -> None:
    folder(path)
    journal = Journal.open(path)
    assert journal.entries == ()
    assert problem(journal) is not None
    with pytest.raises(JournalError) as caught:
        await journal.record(deletion())
    assert caught.value.reason is JournalFault.DENIED
    assert caught.value.path == path
    assert caught.value.detail
    remove(path)
    assert await journal.reload()
    assert problem(journal) is None
    await journal.record(deletion())


async def test_a_file_in_the_folders_place_means_that_nothing_can_be_recorded(path: Path) -> None:
    path.parent.write_text("not a folder")
    with pytest.raises(JournalError) as caught:
        await Journal(path).record(deletion())
    assert caught.value.reason is JournalFault.DENIED


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EROFS, JournalFault.DENIED),
        (errno.EACCES, JournalFault.DENIED),
        (errno.ENOSPC, JournalFault.FULL),
        (errno.EFBIG, JournalFault.FULL),
        (errno.EIO, JournalFault.OTHER),
    ],
)
async def test_why_nothing_can_be_recorded_is_said_and_what_there_is_stays_readable(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: JournalFault
) -> None:
    first = deletion()
    await recorded(path, first)
    before = content(path)
    real = os.open

    def refuse(name: Any, flags: int, *rest: Any) -> int:
        if flags & os.O_APPEND:
            raise OSError(number, os.strerror(number), str(name))
        return real(name, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    journal = Journal.open(path)
    with pytest.raises(JournalError) as caught:
        await journal.record(deletion())
    assert caught.value.reason is reason
    assert caught.value.detail == os.strerror(number)
    assert isinstance(caught.value.text, Text)
    assert ids(journal) == [first.id]
    assert problem(journal) is None
    assert content(path) == before


@pytest.mark.usefixtures("expected_warnings")
async def test_a_file_that_cannot_be_read_is_told_and_looked_at_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = deletion()
    await recorded(path, first)
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> int:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

        patch.setattr(os, "open", refuse)
        journal = Journal.open(path)
        assert problem(journal) is not None
        assert journal.entries == ()
        with pytest.raises(JournalError):
            await journal.record(deletion())
    assert await journal.reload()
    assert ids(journal) == [first.id]
    assert problem(journal) is None


class FullDisk:
    """Takes some bytes and no more, as a disk does that runs full in the middle of a write."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._write = os.write

    def write(self, handle: int, data: bytes) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._write(handle, bytes(data[: self.room]))
        self.room -= written
        return written


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    full = FullDisk(1 << 40)
    monkeypatch.setattr(os, "write", full.write)
    return full


async def test_a_disk_that_runs_full_within_a_line_loses_nothing_before_it_and_the_next_line_is_whole(
    path: Path, disk: FullDisk
) -> None:
    first = deletion()
    journal = await recorded(path, first)
    before = content(path)
    for room in (0, 1, 100, len(TORN) + 1 + len(encoded(first))):
        disk.room = room
        with pytest.raises(JournalError) as caught:
            await journal.record(deletion())
        assert caught.value.reason is JournalFault.FULL
        assert content(path).startswith(before)
    disk.room = 1 << 40
    later = deletion()
    await journal.record(later)
    again = Journal.open(path)
    assert again.problem is None
    assert {first.id, later.id} <= set(ids(again))
    # The last attempt lacked nothing but the line's end: it is there, and says that nothing was sent.
    (refused,) = [entry for entry in again.entries if entry.intent.id not in {first.id, later.id}]
    assert refused.outcome is Outcome.NOT_DONE
    assert refused.ending is not None
    assert refused.ending.error == "JournalError"


async def test_an_ending_that_finds_no_room_is_known_here_and_written_later(path: Path, disk: FullDisk) -> None:
    intent = deletion()
    journal = await recorded(path, intent)
    disk.room = 20
    with pytest.raises(JournalError):
        await journal.end(done(intent))
    assert newest(journal).settled
    assert [entry.intent for entry in Journal.open(path).unsettled("acme")] == [intent]
    with pytest.raises(JournalError):
        await journal.flush()
    disk.room = 1 << 40
    await journal.flush()
    before = content(path)
    await journal.flush()
    assert content(path) == before
    assert Journal.open(path).entries[0].endings == (done(intent),)
    assert Journal.open(path).problem is None


async def test_a_line_that_may_not_have_reached_the_disk_is_not_acknowledged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = deletion()
    journal = Journal.open(path)
    with monkeypatch.context() as patch:

        def fail(_handle: int) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        patch.setattr(os, "fsync", fail)
        with pytest.raises(JournalError):
            await journal.record(intent)
    await journal.reload()
    assert newest(journal).outcome is Outcome.NOT_DONE
    await journal.flush()
    assert Journal.open(path).entries[0].outcome is Outcome.NOT_DONE


async def test_refused_intents_that_never_reached_the_file_leave_nothing_there(path: Path, disk: FullDisk) -> None:
    journal = await recorded(path, deletion())
    before = content(path)
    disk.room = 0
    for _ in range(5):
        with pytest.raises(JournalError):
            await journal.record(deletion())
    disk.room = 1 << 40
    await journal.flush()
    assert content(path) == before


async def test_calling_off_a_record_means_that_it_was_not_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = await recorded(path, deletion())
    go_on, arrived = threading.Event(), threading.Event()
    real = os.write

    def slow(handle: int, data: bytes) -> int:
        arrived.set()
        assert go_on.wait(60)
        return real(handle, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", slow)
        started, waiting = deletion(), deletion()
        tasks = [asyncio.ensure_future(journal.record(started))]
        assert await asyncio.to_thread(arrived.wait, 10)
        tasks.append(asyncio.ensure_future(journal.record(waiting)))
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        go_on.set()
    await journal.flush()
    for each in (journal, Journal.open(path)):
        entry = each.entry(started.id)
        assert entry is not None
        assert entry.outcome is Outcome.NOT_DONE
        assert each.entry(waiting.id) is None


async def test_the_loop_and_the_window_go_on_while_the_disk_is_slow(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = deletion()
    journal = await recorded(path, first)
    go_on, arrived = threading.Event(), threading.Event()
    real = os.fsync

    def slow(handle: int) -> None:
        arrived.set()
        assert go_on.wait(60)
        real(handle)

    monkeypatch.setattr(os, "fsync", slow)
    task = asyncio.ensure_future(journal.record(deletion()))
    assert await asyncio.to_thread(arrived.wait, 10)
    assert ids(journal) == [first.id]
    assert problem(journal) is None
    go_on.set()
    await task
    assert len(journal.entries) == 2


async def test_another_program_that_holds_the_file_for_long_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = await recorded(path, deletion())
    before = content(path)
    monkeypatch.setattr(line_file, "_LOCK_SECONDS", 0.05)
    handle = os.open(path, os.O_RDWR)
    try:
        assert file_lock.try_lock(handle)
        with pytest.raises(JournalError) as caught:
            await journal.record(deletion())
        assert caught.value.reason is JournalFault.BUSY
        assert content(path) == before
        file_lock.unlock(handle)
        await journal.record(deletion())
    finally:
        os.close(handle)


async def test_lines_of_another_window_are_picked_up(path: Path) -> None:
    first, second = deletion(), deletion()
    mine = await recorded(path, first)
    other = await recorded(path, second)
    assert ids(mine) == [first.id]
    assert await mine.reload()
    assert ids(mine) == [second.id, first.id]
    assert not mine.entries[0].under_way
    assert not await mine.reload()
    await other.end(done(second))
    third = deletion()
    await mine.record(third)
    assert ids(mine) == [third.id, second.id, first.id]
    assert mine.entries[1].settled


async def test_reloading_reads_only_what_is_new(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = await recorded(path, *(deletion() for _ in range(20)))
    size = len(content(path))
    intent = deletion()
    await recorded(path, intent)
    read = 0
    real = os.read

    def counted(handle: int, length: int) -> bytes:
        nonlocal read
        data = real(handle, length)
        read += len(data)
        return data

    monkeypatch.setattr(os, "read", counted)
    assert await journal.reload()
    assert read == len(content(path)) - size


@pytest.mark.parametrize("gone", [True, False])
async def test_a_file_that_was_removed_or_replaced_meanwhile_is_begun_anew(path: Path, *, gone: bool) -> None:
    first, second = deletion(), deletion()
    journal = await recorded(path, first)
    if gone:
        remove(path)
        await journal.reload()
    else:
        write(path, b"")
    await journal.record(second)
    assert content(path).startswith(b'{"version":1}\n')
    assert ids(Journal.open(path)) == [second.id]
    assert ids(journal) == [second.id, first.id]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device")
async def test_what_swallows_lines_is_no_journal(path: Path) -> None:
    link(path, "/dev/null")
    with pytest.raises(JournalError):
        await Journal.open(path).record(deletion())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
async def test_a_device_without_end_does_not_hang_the_start(path: Path) -> None:
    link(path, "/dev/full")
    journal = Journal.open(path)
    with pytest.raises(JournalError):
        await journal.record(deletion())


def writer(path: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.core.activity.writer", str(path), *(str(argument) for argument in arguments)]


@pytest.mark.timeout(600)  # a busy machine needs its time to start a program fifty times
def test_killing_the_program_at_any_instant_loses_nothing_that_was_acknowledged(path: Path) -> None:
    """Many times, into one and the same file."""
    chance = random.Random(20250312)  # noqa: S311 - the same instants every time, as far as the machine allows
    recorded: list[str] = []
    ended: set[str] = set()
    times = 20 if sys.platform == "win32" else 50  # where a start takes ten times as long
    for _ in range(times):
        with subprocess.Popen(writer(path, 0), stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:  # noqa: S603
            assert program.stdout is not None
            first = program.stdout.readline()
            time.sleep(chance.uniform(0, 0.03))
            program.kill()
            told = [line for line in [first, *program.stdout] if line.endswith("\n")]
        assert told
        recorded += [line.strip() for line in told if line[0] not in "=!"]
        ended |= {line.strip()[1:] for line in told if line[0] == "="}
        assert not [line for line in told if line[0] == "!"]

        journal = Journal.open(path)
        assert problem(journal) is None
        found = {entry.intent.id: entry for entry in journal.entries}
        assert set(recorded) <= set(found)
        assert all(found[each].outcome is Outcome.DONE for each in ended)
        assert all(entry.intent.build == BUILD for entry in journal.entries)
    # At most one each time was written and not acknowledged any more.
    assert len(found) - len(recorded) <= times
    in_order = [each for each in reversed(ids(journal)) if each in set(recorded)]
    assert in_order == recorded


def test_two_programs_at_once_do_not_tear_each_others_lines(path: Path) -> None:
    programs = [
        subprocess.Popen(writer(path, 250), stdout=subprocess.PIPE, text=True, cwd=ROOT)  # noqa: S603 - ours
        for _ in range(2)
    ]
    told = [program.communicate(timeout=200)[0].split() for program in programs]
    assert all(len(lines) == 500 for lines in told)
    lines = content(path).splitlines()
    assert len(lines) == 1 + 2 * 500  # the version once, and 500 records each
    for line in lines:
        json.loads(line)
    journal = Journal.open(path)
    assert problem(journal) is None
    for each in told:
        mine = [line for line in each if line[0] != "="]
        assert [entry for entry in reversed(ids(journal)) if entry in set(mine)] == mine
    assert all(entry.outcome is Outcome.DONE for entry in journal.entries)


@on_posix
def test_a_limit_on_the_files_size_costs_what_is_behind_it_and_nothing_else(path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - ours
        writer(path, 12, 8000), capture_output=True, text=True, cwd=ROOT, check=True, timeout=120
    )
    told = done.stdout.splitlines()
    acknowledged = {line for line in told if line[0] not in "=!"}
    assert acknowledged
    assert any(line.startswith("!full ") for line in told)
    assert len(content(path)) == 8000
    assert acknowledged <= set(ids(Journal.open(path)))
    more = subprocess.run(writer(path, 3), capture_output=True, text=True, cwd=ROOT, check=True, timeout=120)  # noqa: S603
    journal = Journal.open(path)
    assert problem(journal) is None
    assert acknowledged | {line for line in more.stdout.splitlines() if line[0] != "="} <= set(ids(journal))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a small file system of Linux")
def test_a_disk_that_is_really_full_and_has_room_again_later(tmp_path: Path) -> None:
    shell = shutil.which("unshare")
    if shell is None:
        pytest.skip("unshare is not installed")
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    file = disk / "journal.jsonl"
    append = " ".join(f"'{part}'" for part in writer(file, 40))
    few = " ".join(f"'{part}'" for part in writer(file, 3))
    script = (
        f"mount -t tmpfs -o size=64k tmpfs '{disk}' || exit 77; head -c 32768 /dev/zero > '{disk}/filler'; "
        f"{append}; rm '{disk}/filler'; echo +; {few}; cp '{file}' '{copy}'"
    )
    ran = subprocess.run(  # noqa: S603 - ours
        [shell, "--map-root-user", "--mount", "sh", "-c", script],
        capture_output=True, text=True, cwd=ROOT, check=False, timeout=200,
    )  # fmt: skip
    if not copy.exists() and (ran.returncode == 77 or "unshare" in ran.stderr):
        pytest.skip("mounting is not permitted here")
    assert ran.returncode == 0, ran.stderr
    full, _, later = ran.stdout.partition("+\n")
    assert "!full " in full
    assert "!" not in later
    acknowledged = {line for line in ran.stdout.splitlines() if line[0] not in "=!+"}
    journal = Journal.open(copy)
    assert problem(journal) is None
    assert acknowledged <= set(ids(journal))
    assert len(acknowledged) > 10


async def test_twenty_thousand_entries_are_all_there(path: Path) -> None:
    intents = [deletion() for _ in range(20_000)]
    lines = [encoded(VERSION)]
    for intent in intents:
        lines += [encoded(intent), encoded(done(intent))]
    write(path, b"\n".join(lines) + b"\n")
    journal = Journal.open(path)
    assert len(journal.entries) == 20_000
    assert newest(journal).intent == intents[-1]
    assert all(entry.settled for entry in journal.entries)
    assert problem(journal) is None


def test_the_journal_is_in_the_profile_and_not_shared_with_the_demo(tmp_path: Path) -> None:
    assert profile_in(tmp_path).journal_file.parent == tmp_path
    assert own_profile().journal_file != demo_profile().journal_file
