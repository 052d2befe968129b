"""Sets the project up and runs it: `python3 packaging/bootstrap.py demo`, `... test` or `... package`, fresh cloned.

It finds a Python, gets uv into `.tools`, installs the locked packages into `.venv` and, on Linux, the system libraries
that Qt needs; then it shows the demo, runs all the checks, or packs the program for this system. What is there already
is left alone, so a second run is quick and quiet. What follows `--` is handed on: to the program for `demo`, to pytest
for `test`, to `build.py` for `package`.

The standard library only, and nothing newer than Python 3.8, because this file runs before anything is installed. It
must not install anything outside `.tools`, `.venv` and `.freeze` except system packages, and must not touch the
settings of pip and uv: mirrors, proxies and certificates are the person's own.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
ENVIRONMENT = ROOT / ".venv"
FREEZER = ROOT / ".freeze"
"""An environment without the packages for testing: whatever is installed may get inside the frozen program."""
PICTURE = "pgyer-desktop-demo.png"
"""What `demo` leaves in the current folder on a machine without a display."""

OLDEST_TO_START = (3, 8)
"""The oldest Python that can run this file."""
OLDEST = (3, 11)
NEWEST = (3, 14)
"""The Pythons that the program runs on; `requires-python` in pyproject.toml says the same."""
UV_VERSION = "0.13.9"
UV_OLDEST = (0, 12)
"""A uv found on PATH is used from this version on; an older one does not know the lock file's format."""

USAGE = """usage: python3 packaging/bootstrap.py demo|test|package [-- extra arguments]

  demo     start the program on made-up data; without a display, walk through it and leave a picture
  test     run every check and every test
  package  freeze the program and pack it for this system, into dist/
"""


class SetUpError(Exception):
    """Something is missing that this file cannot put right; the message says what to do."""


class Interpreter(NamedTuple):
    """A Python that answered: its program file, its version and whether PySide6 has packages for it."""

    path: str
    version: tuple[int, int]
    suitable: bool


class SystemPart(NamedTuple):
    """A library (soname) or a command, and the package that holds it in each family of Linux distributions."""

    name: str
    debian: str
    fedora: str
    arch: str


OFFSCREEN_LIBRARIES = (
    SystemPart("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    SystemPart("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    SystemPart("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    SystemPart("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    SystemPart("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    SystemPart("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    SystemPart("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
)
"""Without these Qt does not even load."""

WINDOW_LIBRARIES = (
    SystemPart("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    SystemPart("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    SystemPart("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    SystemPart("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    SystemPart("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
)
"""Without these Qt opens no window under X11. Its own message names libxcb-cursor0 whichever is missing."""

TEST_COMMANDS = (
    SystemPart("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
    SystemPart("dbus-run-session", "dbus", "dbus-daemon", "dbus"),
    SystemPart("xvfb-run", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    SystemPart("xauth", "xauth", "xorg-x11-xauth", "xorg-xauth"),
)
"""The tests run without these, but those of a real keyring skip themselves."""

CHINESE_FONT = SystemPart("a Chinese font", "fonts-wqy-microhei", "google-noto-sans-cjk-fonts", "noto-fonts-cjk")
CHINESE_FONT_NAMES = ("cjk", "wqy", "sourcehan", "droidsansfallback", "uming", "ukai", "simsun", "msyh", "pingfang")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")

DESCRIBE = (
    "import json, sys, sysconfig;"
    "good = sys.maxsize > 2**32 and sys.implementation.name == 'cpython'"
    " and not sysconfig.get_config_var('Py_GIL_DISABLED');"
    "print(json.dumps([sys.executable, sys.version_info[0], sys.version_info[1], good]))"
)
MISSING_LIBRARIES = """
import ctypes, json, sys
missing = []
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        missing.append(name)
print(json.dumps(missing))
"""
FIND_PYTHON_LIBRARY = """
import sys
from PyInstaller.depend.bindepend import get_python_library_path
from PyInstaller.exceptions import PythonLibraryNotFoundError
try:
    get_python_library_path()
except PythonLibraryNotFoundError:
    print("%d.%d" % sys.version_info[:2])
"""
"""Prints the version of Python if PyInstaller misses its shared library. Debian packs that apart from Python."""
OPEN_DISPLAY = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


# Python


def describe(command: Sequence[str]) -> Interpreter | None:
    """Ask the Python that `command` starts what it is. None: it does not start (a pyenv shim may point at nothing)."""
    try:
        done = subprocess.run(
            [*command, "-c", DESCRIBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True
        )
        path, major, minor, good = json.loads(done.stdout.decode("utf-8", "replace"))
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(path, (major, minor), bool(good) and OLDEST <= (major, minor) <= NEWEST)


def python_in(environment: Path) -> Path:
    """The Python of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def program_in(environment: Path, name: str) -> Path:
    """A console program of a virtual environment."""
    return python_in(environment).parent / (name + ".exe" if os.name == "nt" else name)


def python_commands(home: Path, which: Callable[[str], str | None] = shutil.which) -> Iterable[list[str]]:
    """Every command that may start a Python, the likeliest first: the running one, PATH, `py`, pyenv's own."""
    yield [sys.executable]
    versions = [f"{OLDEST[0]}.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    for version in versions:
        found = which("python" + version)
        if found:
            yield [found]
    launcher = which("py")
    if launcher and os.name == "nt":
        for version in versions:
            yield [launcher, "-" + version]
    root = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    # 3.9 must not sort after 3.13, hence by number.
    for folder in sorted((root / "versions").glob("3.*"), key=_release, reverse=True):
        yield [str(folder / "bin" / "python")]
    for folder in sorted((root / "pyenv-win" / "versions").glob("3.*"), key=_release, reverse=True):
        yield [str(folder / "python.exe")]
    for version in versions:
        yield [f"/Library/Frameworks/Python.framework/Versions/{version}/bin/python{version}"]


def _release(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.name.split(".") if part.isdigit())


def choose_python(
    commands: Iterable[Sequence[str]],
    ask: Callable[[Sequence[str]], Interpreter | None] = describe,
) -> Interpreter | None:
    """The first Python that the program can run on. None: there is none on this machine."""
    for command in commands:
        found = ask(command)
        if found is not None and found.suitable:
            return found
    return None


# uv


def uv_version(text: str) -> tuple[int, ...]:
    """The numbers in the output of `uv --version` ("uv 0.13.9 (...)"); empty when it is something else."""
    words = text.split()
    if len(words) < 2 or words[0] != "uv":
        return ()
    return tuple(int(part) for part in words[1].split(".") if part.isdigit())


def ask_uv(uv: str) -> tuple[int, ...]:
    """The version of the program `uv`; empty when it does not start."""
    try:
        done = subprocess.run(
            [uv, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return uv_version(done.stdout.decode("utf-8", "replace"))


def get_uv(python: Interpreter | None) -> str:
    """The path of a good uv: the one on PATH, else our own in `.tools`, which is made when it is not there.

    Raises:
        SetUpError: it could not be installed.

    """
    on_path = shutil.which("uv")
    if on_path and ask_uv(on_path) >= UV_OLDEST:
        return on_path
    ours = str(program_in(TOOLS, "uv"))
    if ask_uv(ours) == uv_version("uv " + UV_VERSION):
        return ours
    say(f"Installing uv {UV_VERSION} into {TOOLS.name} (once)")
    maker = _python_with_venv(python)
    if run([maker, "-m", "venv", "--clear", str(TOOLS)]) != 0:
        raise SetUpError(f"{maker} could not make a virtual environment in {TOOLS}; the reason is above.")
    (TOOLS / ".gitignore").write_text("*\n", encoding="ascii")
    install = [str(python_in(TOOLS)), "-m", "pip", "install", "--quiet", "--only-binary", "uv", f"uv=={UV_VERSION}"]
    if run(install) != 0 and run(install) != 0:
        raise SetUpError(
            f"pip could not install uv {UV_VERSION}; the reason is above. Behind a proxy or with a mirror, set up pip "
            "(pip.conf or PIP_... variables); or install uv yourself: it is used when it is on PATH."
        )
    return ours


def _python_with_venv(python: Interpreter | None) -> str:
    """A Python that can make a virtual environment with pip in it. Debian ships `venv` without that, as a package."""
    candidates = [python.path] if python else []
    candidates.append(sys.executable)
    for candidate in candidates:
        if _has_ensurepip(candidate):
            return candidate
    problem = install_packages(["python3-venv"])
    if problem is None and _has_ensurepip("/usr/bin/python3"):
        return "/usr/bin/python3"
    raise SetUpError(
        "This Python cannot make virtual environments. On Debian and Ubuntu: `sudo apt-get install python3-venv`; "
        "elsewhere install Python from python.org, or install uv: it is used when it is on PATH."
        + (f" (Installing it by itself: {problem}.)" if problem else "")
    )


def _has_ensurepip(python: str) -> bool:
    return run([python, "-c", "import ensurepip, venv"], quiet=True) == 0


def uv_environment(
    environ: Mapping[str, str], python: Interpreter | None, environment: Path = ENVIRONMENT
) -> dict[str, str]:
    """The variables for uv: ours for where and how; what a person set about indexes, proxies and downloads stays."""
    result = dict(environ)
    result.pop("VIRTUAL_ENV", None)  # another project's active environment is none of ours, and uv warns about it
    result["UV_PROJECT_ENVIRONMENT"] = str(environment)
    # Cache and project are often on two file systems, where uv's hard links fail with a warning.
    result.setdefault("UV_LINK_MODE", "copy")
    # uv does not see every Python (pyenv's for one) and would rather download one than use what was found here.
    result.setdefault("UV_PYTHON_DOWNLOADS", "never" if python else "automatic")
    return result


def sync(uv: str, python: Interpreter | None, *, tests: bool) -> None:
    """Bring `.venv` to what uv.lock says; `tests` with the packages that only the checks need.

    Raises:
        SetUpError: uv failed; it has printed why.

    """
    # Inexact: `demo` after `test` must not throw the test packages out again.
    _sync(uv, python, ENVIRONMENT, ["--inexact"] if tests else ["--inexact", "--no-dev"])


def sync_freezer(uv: str, python: Interpreter | None) -> None:
    """Bring `.freeze` to what uv.lock says: what the program needs, PyInstaller, and nothing else.

    Raises:
        SetUpError: uv failed; it has printed why.

    """
    _sync(uv, python, FREEZER, ["--no-dev", "--group", "freeze", "--no-install-project"])


def _sync(uv: str, python: Interpreter | None, environment: Path, options: Sequence[str]) -> None:
    command = [uv, "sync", "--locked", *options]
    command += ["--python", python.path if python else f"{NEWEST[0]}.{NEWEST[1] - 1}"]
    environ = uv_environment(os.environ, python, environment)
    if python_in(environment).exists() and run([*command, "--check"], environ=environ, quiet=True) == 0:
        return
    say(f"Installing the locked packages into {environment.name}")
    if run(command, environ=environ) == 0:
        return
    say("Once more, with the certificates of the system")  # networks with their own authority
    environ.setdefault("UV_SYSTEM_CERTS", "true")
    environ.setdefault("UV_NATIVE_TLS", "true")
    if run(command, environ=environ) == 0:
        return
    if python is None:
        raise SetUpError(
            f"There is no Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} (64 bit) here and uv could not "
            "download one. Install one from python.org or with the system's package manager, and run this again."
        )
    raise SetUpError("uv could not install the packages; the reason is above.")


# System packages (Linux)


def packages_for(missing: Iterable[str], parts: Sequence[SystemPart], family: str = "debian") -> list[str]:
    """The packages of a distribution `family` that hold the `missing` parts, each once, in the order of `parts`."""
    wanted = set(missing)
    return list(dict.fromkeys(getattr(part, family) for part in parts if part.name in wanted))


def missing_libraries(parts: Sequence[SystemPart]) -> list[str]:
    """The libraries of `parts` that `.venv`'s Python, which has to load them, cannot load."""
    command = [str(python_in(ENVIRONMENT)), "-c", MISSING_LIBRARIES, *(part.name for part in parts)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=True)
        return [str(name) for name in json.loads(done.stdout.decode("ascii", "replace"))]
    except (OSError, subprocess.SubprocessError, ValueError):
        return []  # then the program's own start says what is wrong


def has_chinese_font(folders: Iterable[Path]) -> bool:
    """Whether a font with Chinese characters lies in `folders`; without one every character is drawn as a box."""
    fonts = (path.name.lower() for folder in folders for path in folder.rglob("*.[to]t[fc]"))
    return any(known in name for name in fonts for known in CHINESE_FONT_NAMES)


def freezer_parts() -> list[SystemPart]:
    """What PyInstaller needs on Linux and is missing: the Python in a shared library, which Debian packs apart."""
    missing = []
    if shutil.which("objdump") is None:
        missing.append(SystemPart("objdump", "binutils", "binutils", "binutils"))
    command = [str(python_in(FREEZER)), "-c", FIND_PYTHON_LIBRARY]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    version = done.stdout.decode("ascii", "replace").strip()
    if version:
        missing.append(SystemPart(f"libpython{version}.so.1.0", f"libpython{version}", "python3-libs", "python"))
    return missing


def prepare_freezer() -> None:
    """Install what PyInstaller needs of the system.

    Raises:
        SetUpError: it is missing and could not be installed.

    """
    if not sys.platform.startswith("linux"):
        return
    parts = freezer_parts()
    packages = [part.debian for part in parts]
    problem = install_packages(packages) if parts else None
    if problem is not None:
        raise SetUpError(
            f"PyInstaller needs {', '.join(part.name for part in parts)}. Run this, then start again:\n  "
            + install_command(packages, parts)
        )


def install_command(packages: Sequence[str], missing: Sequence[SystemPart]) -> str:
    """The command that a person has to type to get `packages` on this distribution."""
    wanted = [part.name for part in missing]
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(packages)
    if shutil.which("dnf"):
        return "sudo dnf install " + " ".join(packages_for(wanted, missing, "fedora"))
    if shutil.which("pacman"):
        return "sudo pacman -S " + " ".join(packages_for(wanted, missing, "arch"))
    return "install what holds " + ", ".join(wanted)


def root_prefix() -> list[str] | None:
    """What to put before a command to run it as root without a question. None: that cannot be done."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run(["sudo", "-n", "true"], quiet=True) == 0:
        return ["sudo", "-n"]
    return None


def install_packages(packages: Sequence[str]) -> str | None:
    """Install Debian packages. None: done; otherwise a few words why not."""
    if not shutil.which("apt-get"):
        return "there is no apt-get here"
    prefix = root_prefix()
    if prefix is None:
        return "this needs root, and sudo would ask for a password"
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    apt += ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    say("Installing system packages: " + " ".join(packages))
    for attempt in range(2):
        if attempt:
            time.sleep(3)
        # One broken source makes `update` fail while the others are fine, so its failure alone decides nothing.
        _run_showing_failure([*apt, "update"])
        if _run_showing_failure([*apt, "install", "-y", "--no-install-recommends", *packages]) == 0:
            return None
    return "apt-get failed"


def _run_showing_failure(command: Sequence[str]) -> int:
    """Run quietly; show the end of what it said when it failed. apt prints a page even with -qq."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        for line in done.stdout.decode("utf-8", "replace").splitlines()[-8:]:
            say("  " + line)
    return done.returncode


def prepare_linux(*, tests: bool, display: bool) -> None:
    """Install the system libraries and commands that are missing.

    Raises:
        SetUpError: something that Qt cannot do without is missing and could not be installed.

    """
    parts = (*OFFSCREEN_LIBRARIES, *WINDOW_LIBRARIES, *TEST_COMMANDS, CHINESE_FONT)
    needed = missing_libraries((*OFFSCREEN_LIBRARIES, *WINDOW_LIBRARIES) if display else OFFSCREEN_LIBRARIES)
    wanted: list[str] = []
    if tests:
        wanted += [name for name in missing_libraries(WINDOW_LIBRARIES) if name not in needed]
        wanted += [part.name for part in TEST_COMMANDS if shutil.which(part.name) is None]
    if not has_chinese_font(Path(folder).expanduser() for folder in FONT_FOLDERS):
        wanted.append(CHINESE_FONT.name)
    if needed and _install_parts(needed, parts) is not None:
        missing = [part for part in parts if part.name in needed]
        raise SetUpError(
            f"Qt needs {', '.join(needed)}. Run this, then start again:\n  "
            + install_command(packages_for(needed, parts), missing)
        )
    if wanted and root_prefix() is not None and _install_parts(wanted, parts) is None:
        return
    for name in wanted:
        one = [part for part in parts if part.name == name]
        say(f"Going on without {name} ({install_command(packages_for([name], parts), one)})")


def _install_parts(names: Sequence[str], parts: Sequence[SystemPart]) -> str | None:
    return install_packages(packages_for(names, parts))


# The two verbs


def has_display(environ: Mapping[str, str], system: str = sys.platform) -> bool:
    """Whether a window can be expected to show: Windows and macOS always, elsewhere by the usual variables."""
    if environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    if system in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run_demo(extra: Sequence[str]) -> int:
    """Show the demo. Without a display: walk through it off screen, say what was done, and leave a picture."""
    linux = sys.platform.startswith("linux")
    display = has_display(os.environ)
    set_up(tests=False, display=display)
    python = str(python_in(ENVIRONMENT))
    if display and linux and run([python, "-c", OPEN_DISPLAY], quiet=True) != 0:
        # A variable left over from a session that is gone.
        say("The display does not answer (QT_DEBUG_PLUGINS=1 makes Qt say why).")
        display = False
    if display:
        return run([python, "-m", "pgyer_desktop", "--demo", *extra])
    say("There is no display: the demo runs off screen.")
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    picture = Path.cwd() / PICTURE
    code = run([python, "-m", "pgyer_desktop", "--selftest", str(picture), *extra], environ=environ)
    if code == 0 and picture.is_file():
        say(f"The picture is {picture}")
    return code


class Step(NamedTuple):
    """One check of the test run."""

    name: str
    command: list[str]
    environ: dict[str, str] | None = None
    """The variables it gets, and no others; None: ours."""


def checks(python: Path, extra: Sequence[str]) -> list[Step]:
    """The checks in the order in which they run: the quick ones first."""
    run_module = [str(python), "-m"]
    imports = python.parent / ("lint-imports.exe" if python.suffix else "lint-imports")
    return [
        Step("ruff check", [*run_module, "ruff", "check", "."]),
        Step("ruff format", [*run_module, "ruff", "format", "--check", "."]),
        Step("mypy", [*run_module, "mypy"]),
        Step("import contracts", [str(imports)]),
        Step("translations", [str(python), "packaging/translate.py", "--check"]),
        Step("pytest", [*run_module, "pytest", *extra]),
    ]


def package_checks(environ: Mapping[str, str], uv: str, system: str = sys.platform) -> list[Step]:
    """Freeze the program, and have what came out test itself as it would run at somebody's home."""
    name = "pgyer-desktop.exe" if system == "win32" else "pgyer-desktop"
    program = ROOT / "dist" / "pgyer-desktop" / name
    if system == "darwin":
        program = ROOT / "dist" / "Pgyer Desktop.app" / "Contents" / "MacOS" / name
    build = [str(python_in(FREEZER)), str(ROOT / "packaging" / "build.py"), "--only-program"]
    selftest = [str(program), "--selftest", str(ROOT / "dist" / "selftest.png")]
    bare = home_environment(environ)
    if system.startswith("linux"):
        if shutil.which("xvfb-run") and shutil.which("xauth"):
            selftest = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", *selftest]
        else:
            say("There is no xvfb-run: the packed program tests itself off screen, not in a real window.")
            bare["QT_QPA_PLATFORM"] = "offscreen"
    return [Step("package", build, {**environ, "PGYER_UV": uv}), Step("selftest of the package", selftest, bare)]


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
        folders = {
            "XDG_DATA_HOME": "data",
            "XDG_CONFIG_HOME": "config",
            "XDG_CACHE_HOME": "cache",
            "XDG_STATE_HOME": "state",
            "XDG_RUNTIME_DIR": "run",
        }
        for variable, name in folders.items():
            folder = home / name
            folder.mkdir(mode=0o700, exist_ok=True)  # the runtime folder is refused when others can read it
            result[variable] = str(folder)
        result.pop("DBUS_SESSION_BUS_ADDRESS", None)
    return result


def run_tests(extra: Sequence[str]) -> int:
    """Run every check; stop at the first that fails, and end with a table of what ran."""
    uv = set_up(tests=True, display=False)
    steps = checks(python_in(ENVIRONMENT), extra)
    if not extra:  # who picks tests wants an answer soon
        try:
            _set_up_freezer(uv)
            steps[-1:-1] = package_checks(os.environ, uv)
        except SetUpError as error:
            say(f"Going on without packing the program: {error}")
    lines: list[str] = []
    code = 0
    home = Path(tempfile.mkdtemp(prefix="pgyer-test-"))
    for step in steps:
        if code != 0:
            lines.append(f"  not run          {step.name}")
            continue
        say(f"== {step.name}")
        started = time.monotonic()
        code = _run_step(step, home)
        state = "ok    " if code == 0 else "FAILED"
        lines.append(f"  {state} {time.monotonic() - started:6.1f} s  {step.name}")
    shutil.rmtree(home, ignore_errors=True)  # a daemon may still be closing its socket in there
    say("== summary")
    for line in lines:
        say(line)
    return code


def _run_step(step: Step, home: Path) -> int:
    if step.name != "pytest":
        return run(step.command, environ=step.environ, folder=ROOT)
    command = step.command
    if sys.platform.startswith("linux"):
        if shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon"):
            command = with_keyring(command)
        else:
            say("There is no gnome-keyring or no dbus: the tests of a real keyring skip themselves.")
    return run(command, environ=pytest_environment(os.environ, home), folder=ROOT)


def run_package(extra: Sequence[str]) -> int:
    """Freeze the program and pack it for this system."""
    uv = set_up(tests=False, display=False)
    _set_up_freezer(uv)
    environ = {**os.environ, "PGYER_UV": uv}
    return run([str(python_in(FREEZER)), str(ROOT / "packaging" / "build.py"), *extra], environ=environ, folder=ROOT)


def _set_up_freezer(uv: str) -> None:
    sync_freezer(uv, choose_python([[str(python_in(ENVIRONMENT))]]))
    prepare_freezer()


def set_up(*, tests: bool, display: bool) -> str:
    """Everything that has to be there before the program or the tests can start. The path of uv.

    Raises:
        SetUpError: something is missing that cannot be put right here.

    """
    # An environment that exists keeps its Python: another one would mean installing everything again.
    commands = [[str(python_in(ENVIRONMENT))], *python_commands(Path.home())]
    python = choose_python(commands)
    if python is None:
        say(f"Found no Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} (64 bit); asking uv for one.")
    uv = get_uv(python)
    sync(uv, python, tests=tests)
    if sys.platform.startswith("linux"):
        prepare_linux(tests=tests, display=display)
    return uv


def run(
    command: Sequence[str],
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    quiet: bool = False,
) -> int:
    """Run `command` to its end and return its exit code; 127 when it cannot be started."""
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, env=environ, cwd=folder, stdout=output, stderr=output)
    except OSError as error:
        if not quiet:
            say(f"{command[0]} cannot be started: {error}")
        return 127


def say(text: str) -> None:
    """Print at once: the programs started in between write to the same place."""
    print(text, flush=True)


VERBS = {"demo": run_demo, "test": run_tests, "package": run_package}


def main(arguments: Sequence[str]) -> int:
    """Run the verb in `arguments`; the result is the exit code."""
    if sys.version_info[:2] < OLDEST_TO_START:
        say(f"This is Python {platform.python_version()}. Start it with Python 3.8 or newer; 3.11 to 3.14 is best.")
        return 2
    if not arguments or arguments[0] not in VERBS:
        say(USAGE)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    extra = list(arguments[1:])
    if extra and extra[0] == "--":
        del extra[0]
    try:
        return VERBS[arguments[0]](extra)
    except SetUpError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
