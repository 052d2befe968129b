"""Everything that `python3 packaging/bootstrap.py test` checks, once what it needs is there: the quick checks first.

    uv run --no-sync packaging/checks.py [PYTEST ARGUMENTS]

Without arguments for pytest the program is frozen, too, and tests itself. The first check that fails ends the run.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bootstrap import ROOT, SetUpError, freeze, get_uv, run, say


def checks(extra: Sequence[str]) -> dict[str, Callable[[], int]]:
    """The checks by name, in the order in which they run. Each returns an exit code."""
    steps: dict[str, Callable[[], int]] = {
        "ruff check": partial(run, ["ruff", "check", "."]),
        "ruff format": partial(run, ["ruff", "format", "--check", "."]),
        "mypy": partial(run, ["mypy"]),
        "import contracts": partial(run, ["lint-imports"]),
        "translations": partial(run, [sys.executable, "packaging/translate.py", "--check"]),
    }
    if not extra:  # who picks tests wants an answer soon
        steps["frozen program"] = check_frozen_program
    steps["pytest"] = partial(run_pytest, extra)
    return steps


def check_frozen_program() -> int:
    """Freeze the program, and have what came out test itself as it would run at somebody's home."""
    try:
        code = freeze(get_uv(), ["--only-program"])
    except SetUpError as error:
        say(f"Going on without the frozen program: {error}")
        return 0
    program = ROOT / "dist" / "pgyer-desktop" / ("pgyer-desktop.exe" if os.name == "nt" else "pgyer-desktop")
    if sys.platform == "darwin":
        program = ROOT / "dist" / "Pgyer Desktop.app" / "Contents" / "MacOS" / "pgyer-desktop"
    selftest = [str(program), "--selftest", str(ROOT / "dist" / "selftest.png")]
    bare = home_environment(os.environ)
    if sys.platform.startswith("linux"):
        if shutil.which("xvfb-run") and shutil.which("xauth"):
            selftest = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", *selftest]
        else:
            say("There is no xvfb-run: the packed program tests itself off screen, not in a real window.")
            bare["QT_QPA_PLATFORM"] = "offscreen"
    return code or run(selftest, environ=bare)


def home_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The few variables that a program has when it is double-clicked; nothing of Qt, Python or this project."""
    kept = (
        "HOME PATH LANG LC_ALL TMPDIR USER LOGNAME"  # Linux and macOS
        " SYSTEMROOT SYSTEMDRIVE USERPROFILE APPDATA LOCALAPPDATA TEMP TMP COMSPEC PATHEXT USERNAME"  # Windows
    )
    result = {name: environ[name] for name in kept.split() if name in environ}
    if os.name != "nt":
        result["PATH"] = "/usr/local/bin:/usr/bin:/bin"
        result.setdefault("LANG", "C.UTF-8")
    return result


def with_keyring(command: Sequence[str]) -> list[str]:
    """`command` with a message bus and an unlocked, empty keyring of its own, so that no test meets the person's."""
    unlock = 'echo test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && exec "$@"'
    return ["dbus-run-session", "--", "sh", "-c", unlock, "sh", *command]


def pytest_environment(environ: Mapping[str, str], home: Path, system: str = sys.platform) -> dict[str, str]:
    """The variables for pytest: off screen, and on Linux with folders of its own under `home`."""
    result = {"QT_QPA_PLATFORM": "offscreen", **environ}
    if system.startswith("linux"):
        for name in ("DATA_HOME", "CONFIG_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
            folder = home / name.lower()
            folder.mkdir(mode=0o700, exist_ok=True)  # the runtime folder is refused when others can read it
            result["XDG_" + name] = str(folder)
        result.pop("DBUS_SESSION_BUS_ADDRESS", None)
    return result


def run_pytest(extra: Sequence[str]) -> int:
    """Run the tests, on Linux with a keyring of their own where there can be one."""
    command = [sys.executable, "-m", "pytest", *extra]
    if sys.platform.startswith("linux"):
        if shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon"):
            command = with_keyring(command)
        else:
            say("There is no gnome-keyring or no dbus: the tests of a real keyring skip themselves.")
    # A daemon may still be closing its socket in there.
    with tempfile.TemporaryDirectory(prefix="pgyer-test-", ignore_cleanup_errors=True) as home:
        return run(command, environ=pytest_environment(os.environ, Path(home)))


def main(extra: Sequence[str]) -> int:
    """Run the checks; stop at the first that fails, and end with a table of what ran."""
    lines: list[str] = []
    code = 0
    for name, check in checks(extra).items():
        if code != 0:
            lines.append(f"  not run          {name}")
            continue
        say(f"== {name}")
        started = time.monotonic()
        code = check()
        state = "ok    " if code == 0 else "FAILED"
        lines.append(f"  {state} {time.monotonic() - started:6.1f} s  {name}")
    say("\n".join(["== summary", *lines]))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
