"""Sets the project up and runs it: `python3 packaging/bootstrap.py demo|test|package [-- arguments]`, fresh cloned.

    demo     start the program on made-up data; without a display, walk through it and leave a picture
    test     run every check and every test
    package  freeze the program and pack it for this system, into dist/

It gets uv, which finds or downloads a Python and installs the locked packages, and on Linux the system libraries that
Qt needs. What is there already is left alone, so a second run is quick. What follows `--` is handed on: to the program
for `demo`, to pytest for `test`, to `build.py` for `package`.

The standard library only, and nothing newer than Python 3.8, because this file runs before anything is installed. It
must not install anything outside `.tools`, `.venv` and `.freeze` except system packages, and must not touch the
settings of pip and uv: mirrors, proxies and certificates are the person's own.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
ENVIRONMENT = ROOT / ".venv"
FREEZER = ROOT / ".freeze"
"""An environment without the packages for testing: whatever is installed may get inside the frozen program."""

OLDEST_TO_START = (3, 8)
"""The oldest Python that can run this file."""
PYTHONS = ">=3.11,<3.15"
"""What the program runs on; `requires-python` in pyproject.toml says the same."""
UV_VERSION = "0.13.9"
UV_OLDEST = (0, 12)
"""A uv that is there already is used from this version on; an older one does not know the lock file's format."""


class SetUpError(Exception):
    """Something is missing that this file cannot put right; the message says what to do."""


# uv, and what it installs


def ask_uv(uv: str) -> tuple[int, ...]:
    """The version of the program `uv`; empty when it does not start or is something else."""
    try:
        printed = subprocess.check_output([uv, "--version"], stderr=subprocess.DEVNULL, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ()
    found = re.match(rb"uv (\d+)\.(\d+)\.(\d+)", printed)
    return tuple(int(part) for part in found.groups()) if found else ()


def get_uv() -> str:
    """The path of a good uv: the one on PATH, else our own in `.tools`.

    Raises `SetUpError`: it could not be installed.
    """
    binaries = str(TOOLS / ("Scripts" if os.name == "nt" else "bin"))
    for found in (shutil.which("uv"), shutil.which("uv", path=binaries)):
        if found and ask_uv(found) >= UV_OLDEST:
            return found
    say(f"Installing uv {UV_VERSION} into {TOOLS.name} (once)")
    maker = sys.executable
    if run([maker, "-c", "import ensurepip, venv"], quiet=True) != 0:
        maker = "/usr/bin/python3"  # Debian has this part of Python in a package of its own
        problem = install_packages(["python3-venv"])
        if problem is not None:
            raise SetUpError(
                "This Python cannot make virtual environments. On Debian and Ubuntu: `sudo apt-get install "
                "python3-venv`; elsewhere install Python from python.org, or install uv: it is used when it is on "
                f"PATH. (Installing it by itself: {problem}.)"
            )
    if run([maker, "-m", "venv", "--clear", str(TOOLS)]) != 0:
        raise SetUpError(f"{maker} could not make a virtual environment in {TOOLS}; the reason is above.")
    pip = [shutil.which("python", path=binaries) or "python", "-m", "pip"]
    install = [*pip, "install", "--quiet", "--only-binary", "uv", f"uv=={UV_VERSION}"]
    if run(install) != 0 and run(install) != 0:
        raise SetUpError(
            f"pip could not install uv {UV_VERSION}; the reason is above. Behind a proxy or with a mirror, set up pip "
            "(pip.conf or PIP_... variables); or install uv yourself: it is used when it is on PATH."
        )
    return str(shutil.which("uv", path=binaries))


def uv_environment(environment: Path = ENVIRONMENT) -> dict[str, str]:
    """The variables for uv: ours for where and how; what a person set about indexes, proxies and Pythons stays."""
    result = dict(os.environ)
    result.pop("VIRTUAL_ENV", None)  # another project's active environment is none of ours, and uv warns about it
    result["UV_PROJECT_ENVIRONMENT"] = str(environment)
    # Cache and project are often on two file systems, where uv's hard links fail with a warning.
    result.setdefault("UV_LINK_MODE", "copy")
    return result


def search_path(path: str, home: Path) -> str:
    """PATH with the folders where uv would not look for a Python: the running one's, pyenv's, python.org's."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    installed = [*pyenv.glob("versions/3.*/bin"), *pyenv.glob("pyenv-win/versions/3.*")]
    installed += Path("/Library/Frameworks/Python.framework/Versions").glob("3.*/bin")
    # uv takes the first that fits. By name: 3.9 stands before 3.13 then, and does not fit.
    others = [str(folder) for folder in sorted(installed, reverse=True)]
    running = Path(sys.base_prefix) / ("" if os.name == "nt" else "bin")
    return os.pathsep.join([str(running), path, *others])


def find_python(uv: str) -> str | None:
    """The Python of `.venv`, else the first here that the program can run on. None: there is none."""
    # PySide6 has packages for CPython with its lock, and none for 32 bits, which Windows may have beside 64.
    bits = "-any-x86_64" if platform.machine() in ("AMD64", "x86_64") else ""
    command = [uv, "python", "find", "--no-python-downloads", f"cpython-{PYTHONS}+gil{bits}"]
    environ = {**uv_environment(), "PATH": search_path(os.environ.get("PATH", ""), Path.home())}
    found = subprocess.run(
        command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    return os.fsdecode(found.stdout).strip() or None


def sync(uv: str, environment: Path, options: Sequence[str]) -> None:
    """Bring an environment to what uv.lock says. Raises `SetUpError`: uv failed; it has printed why."""
    python = find_python(uv)
    if python is None:
        say("Found no Python 3.11 to 3.14 (64 bit); asking uv for one.")
    environ = uv_environment(environment)
    environ.setdefault("UV_PYTHON", python or PYTHONS)
    command = [uv, "sync", "--locked", *options]
    if run(command, environ=environ) == 0:
        return
    say("Once more, with the certificates of the system")  # networks with their own authority
    if run(command, environ={"UV_SYSTEM_CERTS": "true", **environ}) == 0:
        return
    if python is None:
        raise SetUpError(
            "There is no Python 3.11 to 3.14 (64 bit) here and uv could not download one. Install one from python.org "
            "or with the system's package manager, and run this again."
        )
    raise SetUpError("uv could not install the packages; the reason is above.")


# System packages (Linux)


def install_packages(packages: Sequence[str]) -> str | None:
    """Install Debian packages. None: done; otherwise a few words why not."""
    if not shutil.which("apt-get"):
        return "there is no apt-get here"
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root and (not shutil.which("sudo") or run(["sudo", "-n", "true"], quiet=True) != 0):
        return "this needs root, and sudo would ask for a password"
    apt = [*([] if root else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    say("Installing system packages: " + " ".join(packages))
    for _attempt in range(2):
        # One broken source makes `update` fail while the others are fine, so its failure alone decides nothing.
        for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            # apt prints a page even with -qq; the end of it is what matters when it failed.
            done = subprocess.run([*apt, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            if done.returncode != 0:
                say("\n".join(done.stdout.decode("utf-8", "replace").splitlines()[-8:]))
        if done.returncode == 0:
            return None
    return "apt-get failed"


def provide(uv: str, environment: Path, *needs: str) -> None:
    """Have `system.py` install on Linux what the system lacks of `needs`.

    Raises `SetUpError`: something is missing that cannot be done without.
    """
    command = [uv, "run", "--no-sync", "packaging/system.py", *needs]
    if sys.platform.startswith("linux") and run(command, environ=uv_environment(environment)) != 0:
        raise SetUpError("Something of the system is missing that cannot be done without; see above.")


def set_up(*, tests: bool, display: bool = False) -> str:
    """Everything that has to be there before the program or the tests can start. The path of uv.

    Raises `SetUpError`: something is missing that cannot be put right here.
    """
    uv = get_uv()
    # Inexact: `demo` after `test` must not throw the test packages out again.
    sync(uv, ENVIRONMENT, ["--inexact"] if tests else ["--inexact", "--no-dev"])
    provide(uv, ENVIRONMENT, "--required", "qt", *(["x11"] if display else []))
    provide(uv, ENVIRONMENT, "font", *(["x11", "tests"] if tests else []))
    return uv


# The three verbs


def has_display(environ: Mapping[str, str], system: str = sys.platform) -> bool:
    """Whether a window can be expected to show: Windows and macOS always, elsewhere by the usual variables."""
    if environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    return system in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run_demo(extra: Sequence[str]) -> int:
    """Show the demo. Without a display: walk through it off screen, say what was done, and leave a picture."""
    display = has_display(os.environ)
    uv = set_up(tests=False, display=display)
    environ = uv_environment()
    here = Path.cwd()
    python = [uv, "run", "--project", str(ROOT), "--no-sync", "python"]
    if display and sys.platform.startswith("linux"):
        opening = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
        display = run([*python, "-c", opening], environ=environ, quiet=True) == 0
        if not display:  # a variable left over from a session that is gone
            say("The display does not answer (QT_DEBUG_PLUGINS=1 makes Qt say why).")
    if display:
        return run([*python, "-m", "pgyer_desktop", "--demo", *extra], environ=environ, folder=here)
    say("There is no display: the demo runs off screen.")
    environ["QT_QPA_PLATFORM"] = "offscreen"
    picture = here / "pgyer-desktop-demo.png"
    code = run([*python, "-m", "pgyer_desktop", "--selftest", str(picture), *extra], environ=environ, folder=here)
    if code == 0 and picture.is_file():
        say(f"The picture is {picture}")
    return code


def run_tests(extra: Sequence[str]) -> int:
    """Run every check."""
    uv = set_up(tests=True)
    return run([uv, "run", "--no-sync", "packaging/checks.py", *extra], environ=uv_environment())


def run_package(extra: Sequence[str]) -> int:
    """Freeze the program and pack it for this system."""
    return freeze(set_up(tests=False), extra)


def freeze(uv: str, arguments: Sequence[str]) -> int:
    """Run `build.py` in `.freeze`. Raises `SetUpError`: something is missing that cannot be put right here."""
    sync(uv, FREEZER, ["--no-dev", "--group", "freeze", "--no-install-project"])
    provide(uv, FREEZER, "--required", "objdump", "libpython")
    command = [uv, "run", "--no-sync", "packaging/build.py", *arguments]
    return run(command, environ=uv_environment(FREEZER))


def run(
    command: Sequence[str], *, environ: Mapping[str, str] | None = None, folder: Path = ROOT, quiet: bool = False
) -> int:
    """Run `command` to its end and return its exit code."""
    shown = subprocess.DEVNULL if quiet else None
    return subprocess.call(command, env=environ, cwd=folder, stdout=shown, stderr=shown)


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
        say(str(__doc__))
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
