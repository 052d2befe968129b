"""Windows' own Python under Wine: the program, its tests, its freezing and its installer without a Windows machine.

    python3 tests/windows/lab.py test [PYTEST ARGUMENTS]   the suite, on a fresh C: drive, off screen
    python3 tests/windows/lab.py run ARGUMENTS             Windows' Python with ARGUMENTS, in the current folder
    python3 tests/windows/lab.py start PROGRAM ARGUMENTS   another program: a path, or one of Wine's own (reg, winecfg)
    python3 tests/windows/lab.py setup                     only what each of these does first

As root, on an x86-64 Debian. What is missing is made once (a minute, 2.3 GB) in a folder outside the checkout, and made
anew when what it is made of changes here; on the machine itself only tools are installed. README.md beside this says
what Wine does differently.

Everything comes from package registries: Wine and fonts as Debian packages into a chroot, checked by apt's signatures;
the locked packages, with the hashes of uv.lock; Python's own DLLs out of a wheel that carries them, and Inno Setup,
with the hashes below. The standard library is that of a CPython of the same minor version on this machine.

The standard library only, and nothing newer than Python 3.11: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import base64
import fcntl
import hashlib
import inspect
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

import bootstrap  # noqa: E402 - found by the line above

PYTHONS = {
    "3.11": "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82",
    "3.12": "f6493e2ecc0d1b7c1556a999556e5278cbc9484fe5fe1e159a1ccc02b870b18f",
    "3.13": "0e505261bb58d8402d0099c291f1a3459acfdd38f3e7d666e72aa2e1ea5dc46f",
}
"""The Pythons there can be, and the SHA-256 of the wheel of `CARRIER` that has each one's DLLs, made by python.org."""
CARRIER = "panda3d==1.10.16"
UV_WHEEL = "6a44b2ed8111d2f60d2b92627c5dccda3f7ed7570b18ce115e569cd68c28246b"
"""SHA-256 of uv's wheel for Windows, of the version in `bootstrap.UV_VERSION`: build.py asks it what is locked."""
INNO_SETUP = "innosetup@6.4.1"
INNO_SETUP_INTEGRITY = "Bh/dNlyyFsFKBGoTf19n1msPnm4Njfb0CWVirw2CV1MSJXYy0ajRI+xjo/Yr9DtZFLLafhnwm1ZsxTu309F8lQ=="
"""SHA-512 of the package, base 64."""
WINES = {
    "trixie": ("amd64", "wine,wine64"),
    # Inno Setup is a 32-bit program, for which Debian has a Wine up to this release.
    "bookworm": ("amd64,i386", "wine,wine64,wine32:i386"),
}
"""The Debian releases whose Wine can be used, with architectures and packages. The tests run on the first."""
COMMON = "locales,fonts-wine,fonts-dejavu-core,fonts-noto-cjk"
DEBIAN = ("Created-By: Packages", "Origin: Debian", "Label: Debian")
"""Which of the mirrors that apt knows has all of Debian: not other people's, nor that of security updates."""
LOCALE = "zh_CN.UTF-8"
"""Without it Wine writes no Chinese names to the disk of a Chinese Windows."""
KINDS = {"test": ("test", "check"), "freeze": ("freeze",)}
"""The environments, and their groups of pyproject.toml: one for the tests, one with nothing of the tests inside."""
TOOLS = {
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "mmdebstrap": "mmdebstrap",
    "objdump": "binutils",
    "Xvfb": "xvfb",
}
WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""Has Linux end a program when the lab ends, even if that is killed."""
UNUSED_SECONDS = 14 * 24 * 3600
"""What has not been used for so long is removed once something takes its place."""
SUITE_SECONDS = 3000
"""How long the suite may take; on a quiet machine of two cores it takes twelve minutes."""
OF_THE_SYSTEM = ("bin", "etc", "lib", "lib64", "sbin", "usr")
"""Folders whose parts cannot be shown to programs under Wine where they would hide Wine's own."""


class LabError(Exception):
    """The lab cannot do it; the message says why and what helps."""


def why_not_here() -> str | None:
    """Why this machine can have no lab at all; None: it can."""
    release = Path("/etc/os-release")
    words = release.read_text(encoding="utf-8").splitlines() if release.exists() else []
    if "ID=debian" not in words or os.uname().machine != "x86_64":
        return "this is no Debian on x86-64"
    if os.geteuid() != 0:
        return "this needs root"
    if shutil.which("unshare") is None:
        return "there is no unshare (util-linux) here"
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode != 0:
        return "this user may not mount anything"
    return None


def default_box() -> Path:
    """Where everything goes: `PGYER_WINDOWS_LAB`, else a folder in the user's cache."""
    given = os.environ.get("PGYER_WINDOWS_LAB")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given).absolute() if given else cache / "pgyer-desktop-windows-lab"


class Lab:
    """What is made once, in one folder: Wine, Pythons, environments, C: drives."""

    def __init__(self, box: Path, python: str, wine: str) -> None:
        self.box = box
        self.python = python
        self.wine = wine
        self.root = box
        """A Debian with Wine, to be used as the root folder, once it has been set up."""
        self.template = box
        """A C: drive as it is when new (a prefix, in Wine's words), once it has been set up."""
        self.base = box
        """A Windows' Python without packages, once it has been set up."""
        self.tag = python.replace(".", "")
        self._environments: dict[str, Path] = {}

    def environment(self, kind: str) -> Path:
        """The folder of a Python with the packages of `kind`, which has been set up."""
        return self._environments[kind]

    # Making what is missing

    def set_up(self, kinds: Sequence[str] = ("test",), *, inno_setup: bool = False) -> None:
        """Make what is not there yet. Raises `LabError`."""
        self.box.mkdir(parents=True, exist_ok=True)
        native = [path.read_text(encoding="utf-8") for path in sorted((HERE / "native").iterdir())]
        with locked(self.box / "lock"):  # two runs may start at the same time
            self._install_tools()
            uv = bootstrap.get_uv()
            self.root = self._once(f"wine-{self.wine}", (WINES[self.wine], COMMON, LOCALE), self._make_wine)
            compiling = inspect.getsource(self._compile)
            python = (PYTHONS[self.python], native, compiling, standard_library(self.python)[1])
            self.base = self._once(f"python-{self.python}", python, self._make_python, uv)
            for kind in kinds:
                packages = (self._locked_packages(kind, uv), self.base.name, UV_WHEEL)
                made = self._once(f"{kind}-{self.python}", packages, self._make_environment, kind, uv, packages[0])
                self._environments[kind] = made
            self.template = self._once(f"drive-{self.wine}", (self.root.name, native), self._make_drive)
            if inno_setup:
                self._once("innosetup", INNO_SETUP_INTEGRITY, _fetch_inno_setup)

    def _once(self, name: str, recipe: object, make: Callable[..., None], *more: object) -> Path:
        """Have `make` fill a folder, whole or not at all, unless it is there.

        The folder's name ends in the hash of what it is made of, so that one of another checkout stays, which may be
        in use.
        """
        text = json.dumps([recipe, inspect.getsource(make)])
        folder = self.box / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        if not folder.exists():
            say(f"lab: {name}")
            new = folder.with_name(f"{folder.name}.new")
            _remove(new)
            new.mkdir(parents=True)
            make(new, *more)
            new.rename(folder)
            for other in self.box.glob(f"{name}-*"):
                if other != folder and time.time() - other.stat().st_mtime > UNUSED_SECONDS:
                    _remove(other)
        os.utime(folder)
        return folder

    def _install_tools(self) -> None:
        packages = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
        problem = bootstrap.install_packages(packages) if packages else None
        if problem is not None:
            raise LabError(f"{', '.join(packages)} could not be installed: {problem}")

    def _make_wine(self, folder: Path) -> None:
        architectures, packages = WINES[self.wine]
        targets = _output(["apt-get", "indextargets", "--format", "$(REPO_URI)", *DEBIAN]).split()
        if not targets:
            raise LabError("apt knows no mirror of Debian; run `apt-get update` once")
        command = ["mmdebstrap", "--quiet", "--variant=apt", "--mode=root", "--components=main"]
        command += [f"--architectures={architectures}", f"--include={packages},{COMMON}"]
        command += ["--aptopt=APT::Install-Recommends false", self.wine, str(folder), targets[0].rstrip("/")]
        _run(command)
        _run(["chroot", str(folder), "localedef", "-i", "zh_CN", "-f", "UTF-8", LOCALE])

    def _make_python(self, folder: Path, uv: str) -> None:
        library, _version = standard_library(self.python)
        carrier = folder / "carrier"
        self._install(uv, carrier, f"{CARRIER} --hash=sha256:{PYTHONS[self.python]}\n")
        (folder / "DLLs").mkdir()
        for part in (carrier / "deploy_libs").iterdir():
            name = part.name
            # Windows has the former; the latter are Tk's, and those of a Python without its lock.
            if name.startswith("api-ms-win-") or re.match(r"(_tkinter|tcl|tk)|.*t-win_amd64|.*\.cp\d+t", name):
                continue
            if part.suffix in {".pyd", ".dll"}:
                part.rename((folder / "DLLs" if part.suffix == ".pyd" else folder) / name)
        shutil.rmtree(carrier)
        left_out = shutil.ignore_patterns("site-packages", "__pycache__", "lib-dynload", "config-3*", "test", "*.so")
        shutil.copytree(library, folder / "Lib", ignore=left_out, symlinks=False)
        (folder / "Lib" / "site-packages").mkdir(exist_ok=True)
        self._compile(folder)

    def _compile(self, folder: Path) -> None:
        """Make python.exe, pythonw.exe, the stable ABI's python3.dll, and an ICU that Wine lacks."""
        source = HERE / "native"
        resources, empty, exports = folder / "python.res", folder / "empty.c", folder / "python3.def"
        _run(["x86_64-w64-mingw32-windres", str(source / "python.rc"), "-O", "coff", "-o", str(resources)], source)
        compiler = ["x86_64-w64-mingw32-gcc", "-O2", "-s"]
        program = [*compiler, "-municode", f'-DPYTHON_DLL=L"python{self.tag}.dll"', str(source / "python.c")]
        _run([*program, str(resources), "-o", str(folder / "python.exe")])
        _run([*program, str(resources), "-DWINDOWED", "-mwindows", "-o", str(folder / "pythonw.exe")])
        listing = _output(["x86_64-w64-mingw32-objdump", "-p", str(folder / f"python{self.tag}.dll")])
        names = re.findall(r"^\t\[ *\d+\][^\n]*?\b(_?Py\w+)$", listing, re.MULTILINE)
        lines = [f"{name} = python{self.tag}.{name}\n" for name in names]
        exports.write_text("LIBRARY python3.dll\nEXPORTS\n" + "".join(lines), encoding="ascii")
        empty.write_text(
            "int DllMainCRTStartup(void *a, unsigned b, void *c) { (void)a; (void)b; (void)c; return 1; }\n",
            encoding="ascii",
        )
        library = [*compiler, "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup"]
        _run([*library, str(empty), str(exports), "-o", str(folder / "python3.dll")])
        _run([*library, str(source / "icuuc.c"), "-o", str(folder / "icuuc.dll")])

    def _locked_packages(self, kind: str, uv: str) -> str:
        export = [uv, "export", "--quiet", "--frozen", "--no-header", "--no-emit-project", "--no-default-groups"]
        return _output([*export, *(f"--group={group}" for group in KINDS[kind])], ROOT)

    def _make_environment(self, folder: Path, kind: str, uv: str, packages: str) -> None:
        _run(["cp", "-al", f"{self.base}/.", str(folder)])
        self._install(uv, folder / "Lib" / "site-packages", packages)
        if kind == "freeze":
            self._install(uv, folder / "uv", f"uv=={bootstrap.UV_VERSION} --hash=sha256:{UV_WHEEL}\n")

    def _install(self, uv: str, into: Path, requirements: str) -> None:
        """Install wheels for Windows whose hashes stand in `requirements`."""
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(requirements)
            file.flush()
            command = [uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
            command += ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", self.python]
            _run([*command, "--link-mode", "copy", "--target", str(into), "-r", file.name])

    def _make_drive(self, folder: Path) -> None:
        # Wine writes its registry when its last program has ended and some seconds have passed.
        for command in (["wineboot", "--init"], ["winecfg", "-v", "win10"], ["wineserver", "-w"]):
            if self.execute(command, folder, environ={}, timeout=300, output=subprocess.DEVNULL) != 0:
                raise LabError(f"{command[0]} failed")
        windows = folder / "drive_c" / "windows"
        shutil.copy(self.base / "icuuc.dll", windows / "system32")
        fonts = self.root / "usr" / "share" / "fonts"
        for font in ("truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf"):
            shutil.copy(fonts / font, windows / "Fonts")
        shutil.copy(fonts / "opentype" / "noto" / "NotoSansCJK-Regular.ttc", windows / "Fonts")

    # Running something

    @contextmanager
    def drive(self, name: str = "") -> Iterator[Path]:
        """A C: drive: the one with this name, which stays, or without a name a fresh one that goes afterwards."""
        drives = self.box / "drives"
        drives.mkdir(exist_ok=True)
        for left in drives.glob("fresh-*"):  # by a run that was killed
            if not Path("/proc", left.name.split("-")[1]).exists():
                self.execute(["wineserver", "-k"], left / "c", environ={}, timeout=60, output=subprocess.DEVNULL)
                _remove(left)
        kept = drives / f"{self.wine}-{name}"
        folder = kept if name else Path(tempfile.mkdtemp(prefix=f"fresh-{os.getpid()}-", dir=drives)) / "c"
        with locked(drives / f"{kept.name}.lock") if name else nullcontext():
            if not folder.exists():
                new = Path(f"{folder}.new")
                _remove(new)
                _run(["cp", "-a", str(self.template), str(new)])
                new.rename(folder)
            last = "-k"
            try:
                # Its server says what its programs left open when it ends: to nobody, where it is started like this.
                self.execute(["wineserver", "-p3"], folder, environ={}, output=subprocess.DEVNULL)
                yield folder
                last = "-w" if name else "-k"
            finally:
                self.execute(["wineserver", last], folder, environ={}, timeout=60)
                if not name:
                    _remove(folder.parent)

    def execute(
        self,
        command: Sequence[str],
        drive: Path,
        *,
        environ: Mapping[str, str],
        timeout: float | None = None,
        output: int | None = None,
    ) -> int:
        """Run a Windows program, or one of Wine's own, in the current folder. Its exit code; 124: it took too long.

        It sees the current folder, the checkout, the box, the temporary folder and the devices, and of the devices
        nothing that it could delete.
        """
        here = Path.cwd()
        hidden = self.root / here.relative_to("/")
        if here == Path("/") or (here.parts[1] in OF_THE_SYSTEM and hidden.exists() and any(hidden.iterdir())):
            raise LabError(f"programs under Wine cannot be shown {here}; go to another folder")
        home = self.box / "home"
        (home / "run").mkdir(parents=True, exist_ok=True, mode=0o700)
        # Wine's sockets are in the temporary folder, whatever the variables say.
        seen = [Path("/dev"), Path("/proc"), Path("/sys"), Path("/tmp"), self.box, ROOT, here]  # noqa: S108
        places = [(shlex.quote(str(path)), shlex.quote(f"{self.root}{path}")) for path in dict.fromkeys(seen)]
        mounts = [f"mkdir -p {there} && mount --rbind {ours} {there}" for ours, there in places]
        # A program that deletes NUL must not delete /dev/null.
        mounts += [f"mount -o remount,bind,ro {places[0][1]}"]
        first = [] if command[0] == "wineserver" else ["wine"]
        inside = shlex.join(["chroot", str(self.root), "/usr/bin/env", "-C", str(here), *first, *command])
        script = " && ".join([*mounts, f"exec {inside}"])
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
        variables = {
            **ours,
            **x_authority(home),
            "WINEPREFIX": str(drive),
            "WINEDEBUG": "-all",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "LC_ALL": os.environ.get("PGYER_WINDOWS_LOCALE", "C.UTF-8"),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            **environ,
        }
        # Wine keeps QT_* from Windows programs; what comes as WINEQT_* they see as QT_*.
        variables |= {f"WINE{name}": value for name, value in variables.items() if name.startswith("QT_")}
        process = subprocess.Popen(
            [*WITH_US, "unshare", "--mount", "--propagation", "private", "sh", "-c", script],
            env=variables,
            start_new_session=True,
            stdout=output,
            stderr=output,
        )
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            say(f"{' '.join(command[:2])} did not end within {timeout:.0f} s and is ended")
            return 124
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@cache
def standard_library(minor: str) -> tuple[Path, str]:
    """The standard library of a CPython of this minor version here, with what only Windows uses, and its version.

    Raises `LabError`.
    """
    homes = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    candidates = [sys.executable, f"python{minor}", *(str(path) for path in homes.glob(f"{minor}.*/bin/python"))]
    ask = f"import platform, sys, sysconfig; assert sys.version_info[:2] == {tuple(map(int, minor.split('.')))}"
    for python in candidates:
        command = [python, "-c", f"{ask}; print(platform.python_version(), sysconfig.get_path('stdlib'))"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except OSError:
            continue
        version, _, folder = done.stdout.strip().partition(" ")
        if done.returncode == 0 and Path(folder, "asyncio", "windows_events.py").exists():
            return Path(folder), version
    raise LabError(f"there is no whole CPython {minor} here, whose standard library is wanted; install one")


def default_python() -> str:
    """The newest Python whose standard library is here. Raises `LabError`."""
    for minor in reversed(PYTHONS):
        with suppress(LabError):
            standard_library(minor)
            return minor
    raise LabError(f"there is no whole CPython here of {', '.join(PYTHONS)}, whose standard library is wanted")


def x_authority(home: Path) -> dict[str, str]:
    """What lets programs under Wine, whose home is `home`, use the screen that this user may use."""
    given = Path(os.environ.get("XAUTHORITY") or Path.home() / ".Xauthority")
    if not given.is_file():
        return {}
    shutil.copyfile(given, home / "authority")
    return {"XAUTHORITY": str(home / "authority")}


@contextmanager
def screen(*, wanted: bool, own: bool) -> Iterator[dict[str, str]]:
    """The variables of a screen where one is wanted: the one that is there, or one of its `own` without windows.

    It outlives the programs of the C: drive.
    """
    if not wanted or (os.environ.get("DISPLAY") and not own):
        yield {}
        return
    command = [*WITH_US, "Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield {"DISPLAY": f":{server.stdout.readline().strip()}"}
        finally:
            server.terminate()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock that no other run holds; wait for it."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def windows_path(path: Path) -> str:
    """How programs under Wine call a file of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def _fetch_inno_setup(folder: Path) -> None:
    if shutil.which("npm") is None:
        raise LabError("npm is missing, which brings Inno Setup")
    name = _output(["npm", "pack", "--silent", INNO_SETUP], folder).strip()
    archive = folder / name
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != INNO_SETUP_INTEGRITY:
        raise LabError(f"{INNO_SETUP} is not what it was: its SHA-512 is {found}")
    _run(["tar", "-xzf", str(archive), "-C", str(folder), "--strip-components=1"])
    archive.unlink()


def _remove(folder: Path) -> None:
    """Delete a folder, if it is there. Raises OSError: something in it could not be deleted."""
    if folder.exists():
        shutil.rmtree(folder)


def _run(command: Sequence[str], folder: Path | None = None) -> None:
    _output(command, folder)


def _output(command: Sequence[str], folder: Path | None = None) -> str:
    """What a command of this machine prints. Raises `LabError` where it fails. Whatever it starts ends with it."""
    with subprocess.Popen(
        [*WITH_US, *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            printed, told = process.communicate()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        last = "\n".join((printed + told).splitlines()[-8:])
        raise LabError(f"{command[0]} failed:\n{last}")
    return printed


def say(text: str) -> None:
    """Print at once: the programs started in between write to the same place."""
    print(text, flush=True)


def _end(number: int, _frame: object) -> NoReturn:
    """End with the programs under Wine, and without their drive."""
    sys.exit(128 + number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say. The exit code; 75 where this machine can have no lab."""
    parser = argparse.ArgumentParser(description="Windows' own Python under Wine", allow_abbrev=False)
    parser.add_argument("--python", choices=PYTHONS, help="the newest that this machine has, where none is given")
    parser.add_argument("--wine", choices=WINES, default="trixie", help="the Debian release whose Wine is used")
    parser.add_argument("--kind", choices=KINDS, default="test", help="the environment that `run` uses")
    parser.add_argument("--drive", default="", help="keep the C: drive under this name; without it, a fresh one")
    parser.add_argument("--inno-setup", action="store_true", help="have Inno Setup too (in the folder `innosetup-…`)")
    parser.add_argument("verb", choices=("setup", "test", "run", "start"))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    if options.verb == "start" and not options.rest:
        parser.error("start which program?")
    reason = why_not_here()
    if reason is not None:
        say(f"There can be no Windows lab here: {reason}.")
        return 75
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _end)
    try:
        lab = Lab(default_box(), options.python or default_python(), options.wine)
        lab.set_up([options.kind], inno_setup=options.inno_setup)
        if options.verb == "setup":
            say(f"The lab is in {lab.box}")
            return 0
        python = str(lab.environment(options.kind) / "python.exe")
        environ: dict[str, str] = {}
        command, timeout = [python, *options.rest], None
        if options.kind == "freeze":
            environ["PGYER_UV"] = windows_path(lab.environment("freeze") / "uv" / "bin" / "uv.exe")
        if options.verb == "start":
            command = options.rest
        elif options.verb == "test":
            command = [python, "-m", "pytest", "-p", "no:cacheprovider", *(options.rest or ["-q"])]
            # Our own windows are off screen; message boxes of Windows want a screen all the same.
            environ, timeout = {"QT_QPA_PLATFORM": "offscreen"}, SUITE_SECONDS
            os.chdir(ROOT)
        testing = options.verb == "test"
        quiet = os.environ.get("QT_QPA_PLATFORM") == "offscreen" and not testing
        with screen(wanted=not quiet, own=testing) as shown, lab.drive(options.drive) as drive:
            code = lab.execute(command, drive, environ={**environ, **shown}, timeout=timeout)
            return 1 if testing and code == 75 else code  # which says that there can be no lab
    except (LabError, bootstrap.SetUpError) as error:
        say(f"lab: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
