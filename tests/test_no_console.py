"""Started without a console, as from a shortcut, the program works, and says what it has to say where it is seen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pgyer_desktop import __version__
from tests.helpers.windows_desktop import has_desktop

ROOT = Path(__file__).parents[1]
SECONDS = 120
BARE = """
import runpy, sys
for name in ("stdin", "stdout", "stderr"):
    setattr(sys, name, None)
sys.argv = ["pgyer-desktop", *sys.argv[1:]]
runpy.run_module("pgyer_desktop", run_name="__main__")
"""
"""What such a start looks like to Python on every system."""


def bare(*arguments: str, folder: Path) -> int:
    """Start without standard streams. The exit code."""
    names = ("TMPDIR", "TEMP", "TMP", "XDG_RUNTIME_DIR")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **dict.fromkeys(names, str(folder))}
    command = [sys.executable, "-c", BARE, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, timeout=SECONDS, check=False).returncode  # noqa: S603 - ours


def test_the_self_test_passes_without_any_stream_and_leaves_its_picture(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    assert bare("--selftest", str(picture), folder=tmp_path) == 0
    assert picture.stat().st_size > 10_000
    assert [path.name for path in tmp_path.iterdir()] == [picture.name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows shows a message box; see the next test")
@pytest.mark.parametrize(("argument", "code"), [("--version", 0), ("--help", 0), ("--nonsense", 2)])
def test_what_nobody_can_be_told_is_no_reason_to_fail(tmp_path: Path, argument: str, code: int) -> None:
    assert bare(argument, folder=tmp_path) == code


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _WM_CLOSE = 0x0010
    _user32 = ctypes.windll.user32
    _callback = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)

    def _text(window: int) -> str:
        text = ctypes.create_unicode_buffer(4096)
        _user32.SendMessageW(wintypes.HWND(window), 0x000D, 4096, text)
        return text.value

    def _boxes(process: int) -> dict[int, str]:
        """The message boxes of a process, with what they say."""
        found: dict[int, str] = {}

        def on_window(window: int, _: int) -> bool:
            owner, kind = wintypes.DWORD(), ctypes.create_unicode_buffer(64)
            _user32.GetWindowThreadProcessId(wintypes.HWND(window), ctypes.byref(owner))
            _user32.GetClassNameW(wintypes.HWND(window), kind, 64)
            if owner.value == process and kind.value == "#32770":
                words: list[str] = [_text(window)]

                def on_child(child: int, _: int) -> bool:
                    words.append(_text(child))
                    return True

                _user32.EnumChildWindows(wintypes.HWND(window), _callback(on_child), 0)
                found[window] = "\n".join(words)
            return True

        _user32.EnumWindows(_callback(on_window), 0)
        return found

    @pytest.mark.skipif(not has_desktop(), reason="no desktop to show a box on: set DISPLAY")
    def test_what_is_asked_or_wrong_on_the_command_line_stands_in_a_box() -> None:
        program = Path(sys.executable).with_name("pythonw.exe")
        for argument, code, words in (
            ("--version", 0, f"pgyer-desktop {__version__}"),
            ("--help", 0, "--profile DIR"),
            ("--nonsense", 2, "unrecognized arguments: --nonsense"),
        ):
            command = [str(program), "-m", "pgyer_desktop", argument]
            process = subprocess.Popen(command, cwd=ROOT, creationflags=subprocess.DETACHED_PROCESS)  # noqa: S603 - ours
            try:
                give_up = time.monotonic() + SECONDS
                while not (boxes := _boxes(process.pid)) and process.poll() is None and time.monotonic() < give_up:
                    time.sleep(0.05)
                ((box, said),) = boxes.items()
                assert said.startswith("Pgyer Desktop")
                assert words in said
                _user32.PostMessageW(wintypes.HWND(box), _WM_CLOSE, 0, 0)
                assert process.wait(SECONDS) == code
            finally:
                process.kill()
                process.wait()
