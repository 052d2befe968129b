"""Freezes the program and packs it for the system that this runs on: `python3 packaging/bootstrap.py package`.

    python packaging/build.py [--only-program]

| system  | what is left in `dist/` besides the folder `pgyer-desktop` |
|---------|-------------------------------------------------------------|
| Linux   | `pgyer-desktop-VERSION-linux-ARCH.tar.xz`, with `install.sh` inside |
| Windows | the installer, where Inno Setup is there, and a `.zip` of the folder |
| macOS   | `Pgyer Desktop.app` and a `.dmg` of it |

and beside each of them the list of what is inside (`.cdx.json`) and `SHA256SUMS.txt`. Run it with the Python of the
environment `.freeze`, which holds the locked run-time packages, PyInstaller and nothing else: whatever is installed may
get inside. The same source, lock file, Python and system libraries give the same files; `build-info.json` inside names
them.

Must not be imported by the program.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

import licences
import sbom
from windows.version_info import version_info

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
DIST = ROOT / "dist"
WORK = ROOT / "build" / "freeze"
NAME = "pgyer-desktop"
APP_ID = "arpa.home.pgyerdesktop"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Sides in pixels of the pictures that go into the icon theme."""
_OLDEST_ZIP = 315_532_800
"""1980-01-01: a zip file knows no time before."""


class BuildError(Exception):
    """The package cannot be made. `str()` says why."""


def epoch() -> int:
    """The time of all packed files, in seconds since 1970: `SOURCE_DATE_EPOCH`, else that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return int(given)
    try:
        done = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return int(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return _OLDEST_ZIP  # an unpacked source without its history


def freeze(version: str, *, script: Path | None = None, into: Path = DIST) -> Path:
    """Run PyInstaller and return the program's folder; `script` freezes that one in place of the program.

    Raises `BuildError`: it failed; it has printed why.
    """
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "version_info.txt").write_text(version_info(version), encoding="utf-8")
    environ = {
        **os.environ,
        "PGYER_FREEZE_WORK": str(WORK),
        "PGYER_FREEZE_VERSION": version,
        # Sets of strings are stored in the order of their hashes.
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(epoch()),
    }
    if script is not None:
        environ["PGYER_FREEZE_BARE"] = str(script)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--workpath", str(WORK), "--distpath", str(into), str(HERE / "pgyer-desktop.spec")]
    if subprocess.run(command, env=environ, cwd=ROOT, check=False).returncode != 0:
        raise BuildError("PyInstaller failed; the reason is above")
    return into / (NAME if script is None else "bare-window")


def add_papers(program: Path, version: str) -> None:
    """Put what has to be delivered with the program beside it: licences, the list of what is inside, how it was built.

    Raises `BuildError`: something inside has no licence text.
    """
    given = os.environ.get("PGYER_UV") or os.environ.get("UV")  # the latter is set by `uv run`
    uv = given or shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    inside = program if sys.platform.startswith("linux") else None
    bom = sbom.make(sbom.exported(uv), version, inside, {**os.environ, "SOURCE_DATE_EPOCH": str(epoch())})
    (program / f"{NAME}.cdx.json").write_text(sbom.dump(bom), encoding="utf-8", newline="\n")
    found = licences.collect(bom)
    text = licences.render(bom, found, licences.common_licences(found))
    (program / "THIRD-PARTY-LICENSES.txt").write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(ROOT / "LICENSE", program / "LICENSE")
    about = json.dumps(build_info(version), indent=2, sort_keys=True) + "\n"
    (program / "build-info.json").write_text(about, encoding="utf-8", newline="\n")


def build_info(version: str) -> dict[str, str]:
    """What decides what the files hold, besides the list of what is inside."""
    lock = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
    info = {
        "version": version,
        "source_date_epoch": str(epoch()),
        "uv_lock_sha256": lock,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "pyinstaller": metadata.version("pyinstaller"),
        "pyside6": metadata.version("PySide6-Essentials"),
        "system": f"{platform.system()} {platform.machine()}",
    }
    if sys.platform.startswith("linux"):
        info["libc"] = " ".join(platform.libc_ver())
        info["distribution"] = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    return info


def add_linux_files(program: Path) -> None:
    """Put beside the program what `install.sh` installs."""
    share = program / "share"
    shutil.rmtree(share, ignore_errors=True)
    (share / "applications").mkdir(parents=True)
    (share / "metainfo").mkdir()
    shutil.copyfile(HERE / "linux" / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    shutil.copyfile(HERE / "linux" / f"{NAME}.metainfo.xml", share / "metainfo" / f"{APP_ID}.metainfo.xml")
    for side in ICON_SIZES:
        folder = share / "icons" / "hicolor" / f"{side}x{side}" / "apps"
        folder.mkdir(parents=True)
        shutil.copyfile(ROOT / "resources" / "app" / f"icon-{side}.png", folder / f"{NAME}.png")
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "app" / "icon.svg", scalable / f"{NAME}.svg")
    shutil.copy2(HERE / "linux" / "install.sh", program / "install.sh")


def tarball(program: Path, archive: Path) -> None:
    """Pack a folder: sorted, of nobody, with one time, so that the same files give the same bytes."""
    when = epoch()

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = when
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        lzma.open(archive, "wb", preset=6) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in [program, *sorted(program.rglob("*"))]:
            name = f"{archive.name.removesuffix('.tar.xz')}/{path.relative_to(program).as_posix()}"
            tar.add(path, name.removesuffix("/."), recursive=False, filter=plain)


def zip_archive(program: Path, archive: Path) -> None:
    """Pack a folder as `tarball` does, for Windows."""
    stamp = zipfile.ZipInfo().date_time
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(program.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{NAME}/{path.relative_to(program).as_posix()}", stamp)
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())


def checksums(files: Iterable[Path], into: Path) -> None:
    """Write what `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files)]
    into.write_text("".join(lines), encoding="ascii", newline="\n")


def pack(program: Path, version: str) -> list[Path]:
    """Make what people download, for this system. Raises `BuildError`: a step failed."""
    if sys.platform == "darwin":
        image = DIST / f"{NAME}-{version}-macos-{platform.machine()}.dmg"
        _run([sys.executable, str(HERE / "macos" / "package.py"), "--output", str(image)])
        return [image]
    if sys.platform == "win32":
        archive = DIST / f"{NAME}-{version}-windows-x64.zip"
        zip_archive(program, archive)
        compiler = shutil.which("ISCC") or shutil.which(r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe")
        if compiler is None:
            print("!!! Inno Setup 6 is not installed: no installer was made, only the .zip", file=sys.stderr)
            return [archive]
        _run([compiler, "/Q", f"/DAppVersion={version}", str(HERE / "windows" / f"{NAME}.iss")])
        return [archive, DIST / f"{NAME}-{version}-windows-x64-setup.exe"]
    archive = DIST / f"{NAME}-{version}-linux-{platform.machine()}.tar.xz"
    tarball(program, archive)
    return [archive]


def _run(command: Sequence[str]) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise BuildError(f"{Path(command[0]).name} failed; the reason is above")


def build(version: str, *, only_program: bool) -> None:
    """Everything. Raises `BuildError`: a step failed."""
    program = freeze(version)
    # macOS runs what is in the bundle; the folder that it was made from is of no use.
    inside = DIST / "Pgyer Desktop.app" / "Contents" / "Resources" if sys.platform == "darwin" else program
    add_papers(inside, version)
    if sys.platform.startswith("linux"):
        add_linux_files(program)
    if only_program:
        print(f"The program is in {program}")
        return
    made = pack(program, version)
    # Beside the others' in one folder of downloads.
    bom = made[0].with_name(re.sub(r"\.(tar\.xz|zip|dmg)$", ".cdx.json", made[0].name))
    shutil.copyfile(inside / f"{NAME}.cdx.json", bom)
    checksums([*made, bom], DIST / "SHA256SUMS.txt")
    for file in made:
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(description="Freeze the program and pack it for this system")
    parser.add_argument("--only-program", action="store_true", help="leave the folder with the program, pack nothing")
    options = parser.parse_args(arguments)
    try:
        build(sbom.project_version(), only_program=options.only_program)
    except (BuildError, sbom.SbomError, licences.LicenceError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
