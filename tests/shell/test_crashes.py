"""The trace of a crash is set aside once, the last few are kept, and a running program's is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pgyer_desktop.shell import crashes
from pgyer_desktop.shell.crashes import CrashTrace, crash_notice, set_aside
from tests.project.checkout import ROOT

HEADER = "Pgyer Desktop 1.0.0; Python 3.13.1\n"
TRACE = f"{HEADER}Fatal Python error: Segmentation fault\n\nCurrent thread (most recent call first):\n"


def leave(folder: Path, text: str, *, name: str = "running-abc.trace", age: float = 3600.0) -> Path:
    """What a program left behind that ended `age` seconds ago."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    at = time.time() - age
    os.utime(file, (at, at))
    return file


def test_a_trace_is_renamed_and_told_once(tmp_path: Path) -> None:
    left = leave(tmp_path, TRACE)
    kept = set_aside(tmp_path)
    assert kept is not None
    assert kept.name.startswith("crash-")
    assert kept.read_text(encoding="utf-8") == TRACE
    assert not left.exists()
    assert set_aside(tmp_path) is None
    assert kept.exists()


def test_of_several_traces_the_newest_is_told_and_each_is_kept_under_a_name_of_its_own(tmp_path: Path) -> None:
    for number in range(3):
        leave(tmp_path, f"{TRACE}{number}", name=f"running-{number}.trace", age=100.0)
    leave(tmp_path, f"{TRACE}newest", name="running-x.trace", age=10.0)
    kept = set_aside(tmp_path)
    assert kept is not None
    assert kept.read_text(encoding="utf-8").endswith("newest")
    assert len(list(tmp_path.glob("crash-*.log"))) == 4


def test_traces_of_a_day_to_come_push_no_other_out(tmp_path: Path) -> None:
    for number in range(crashes.KEPT):
        leave(tmp_path, TRACE, name=f"crash-2039010{number}-120000.log", age=-400_000_000.0)
    leave(tmp_path, HEADER, name="running-x.trace", age=-400_000_000.0)  # killed, and no crash
    leave(tmp_path, TRACE, age=5.0)
    kept = set_aside(tmp_path)
    assert kept is not None
    assert kept.exists()
    assert len(list(tmp_path.iterdir())) == crashes.KEPT


def test_only_the_last_few_are_kept(tmp_path: Path) -> None:
    for number in range(crashes.KEPT + 3):
        leave(tmp_path, TRACE, name=f"crash-2025010{number}-120000.log", age=1000.0 - number)
    leave(tmp_path, TRACE, age=5.0)
    kept = set_aside(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == crashes.KEPT
    assert kept is not None
    assert kept.name in left
    assert "crash-20250100-120000.log" not in left


def test_a_program_that_was_killed_has_nothing_to_tell(tmp_path: Path) -> None:
    old = leave(tmp_path, HEADER)
    empty = leave(tmp_path, "", name="running-empty.trace")
    young = leave(tmp_path, "", name="running-young.trace", age=1.0)
    assert set_aside(tmp_path) is None
    assert not old.exists()
    assert not empty.exists()
    assert young.exists(), "it may be about to be locked"


def test_what_else_is_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    for name in ("pgyer-desktop.log", "running-notes.txt", "crash.txt"):
        leave(tmp_path, "mine", name=name)
    assert set_aside(tmp_path) is None
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_is_not_there_or_is_none_does_no_harm(tmp_path: Path) -> None:
    assert set_aside(tmp_path / "not there") is None
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with CrashTrace(file) as trace:
        assert trace.last is None
    with CrashTrace(file / "below") as trace:
        assert trace.last is None
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_notice_says_where_the_trace_is(tmp_path: Path) -> None:
    notice = crash_notice(tmp_path / "crash-1.log")
    assert dict(notice.text.values)["file"] == str(tmp_path / "crash-1.log")


CODE = """
import sys, time
from pathlib import Path
from pgyer_desktop.shell.crashes import CrashTrace
with CrashTrace(Path(sys.argv[1])):
    print("running", flush=True)
    {then}
"""


def running(folder: Path, then: str) -> subprocess.Popen[str]:
    """A process that leaves a trace in `folder` where it crashes; it has begun."""
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", CODE.format(then=then), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "running"
    return process


def test_a_running_program_is_not_taken_for_a_crash_even_if_something_stands_in_its_trace(tmp_path: Path) -> None:
    process = running(tmp_path, "sys.stdin.read()")
    try:
        (file,) = tmp_path.glob("running-*.trace")
        with file.open("a", encoding="utf-8") as more:
            more.write("Windows fatal exception: code 0x8001010d\n")
        old = time.time() - 3600
        os.utime(file, (old, old))
        assert set_aside(tmp_path) is None
        assert file.exists()
    finally:
        process.communicate(timeout=120)
    assert process.returncode == 0
    assert list(tmp_path.iterdir()) == [], "a program that ends in order leaves nothing"


@pytest.mark.parametrize("how", ["faulthandler._sigsegv()", "os.abort()"])
def test_a_crash_leaves_its_trace_without_the_values_of_variables(tmp_path: Path, how: str) -> None:
    process = running(tmp_path, f"key = 'plums-7731'; import faulthandler, os; {how}")
    process.communicate(timeout=120)
    assert process.returncode != 0
    kept = set_aside(tmp_path)
    assert kept is not None
    text = kept.read_text(encoding="utf-8")
    assert "Fatal Python error" in text or "fatal exception" in text
    assert 'File "<string>"' in text
    assert "plums" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_program_that_was_killed_leaves_no_crash(tmp_path: Path) -> None:
    process = running(tmp_path, "sys.stdin.read()")
    process.kill()
    process.communicate(timeout=120)
    assert set_aside(tmp_path) is None


RAISED = """
import os, resource, signal
_soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
signal.signal(signal.SIGABRT, signal.SIG_DFL)
{first}
os.abort()
"""
PROTECTED = "from pgyer_desktop.shell.crashes import keep_out_of_core_dumps; keep_out_of_core_dumps()"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of core dumps, and makes none by itself")
def test_a_crash_leaves_no_copy_of_the_memory(tmp_path: Path) -> None:
    def dumps_of(first: str) -> list[Path]:
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", RAISED.format(first=first)]
        subprocess.run(command, cwd=tmp_path, env=environ, check=False, capture_output=True)  # noqa: S603 - ours
        return list(tmp_path.iterdir())

    assert dumps_of(PROTECTED) == []
    if not dumps_of(""):
        pytest.skip("a crash leaves no dump in its folder on this computer anyway")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of core dumps")
def test_the_limit_is_nothing_and_what_services_are_handed_holds_no_memory() -> None:
    say = (
        "import resource, sys; from pathlib import Path\n"
        "found = Path('/proc/self/coredump_filter')\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], int(found.read_text(), 16) if found.exists() else 0)"
    )
    command = [sys.executable, "-c", f"{PROTECTED}\n{say}"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    assert done.stdout == "0 0\n"
