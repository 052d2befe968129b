"""How long the program takes to start, how large it is and how much memory it has, beside a bare window of PySide6.

`python -m tests.benchmarks.start_up [ROUNDS]`, on Linux; under `xvfb-run` for real windows, else off screen. With the
frozen program in `dist/` and `.freeze` beside it (`bootstrap.py package` makes both) the frozen figures are added:
the bare window is frozen in the same way then.

Each figure is the smallest of all rounds, which alternate between the program and its floor, so that a noisy machine
disturbs both alike; the ratio is what counts. The time is from the start of the process to the first paint, and to the
first rows of a history that is known. The program starts as it does every day: with an account whose key is in a real
keyring (of the benchmark's own), a history, and a service on a socket of this machine.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.accounts.accounts import AccountBook, VerifiedKey
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.base.keystore import KeyringStore
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve_blocking
from tests.project.checkout import ROOT, script

checks = script("checks")
BARE: Final = ROOT / "tests" / "benchmarks" / "bare_window.py"
PROGRAM: Final = ROOT / "dist" / "pgyer-desktop"
FREEZER: Final = ROOT / ".freeze" / "bin" / "python"
_SECONDS: Final = 60.0
_AGAIN: Final = "PGYER_DESKTOP_BENCHMARK"


@dataclass(slots=True)
class Figures:
    """Seconds and bytes, the smallest that were seen."""

    paint: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def environment() -> dict[str, str]:
    """A display or none, and byte code that is kept, as everywhere but on some developers' machines."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if not environ.get("DISPLAY"):
        environ["QT_QPA_PLATFORM"] = "offscreen"
    return environ


def memory_of(process: subprocess.Popen[str]) -> float:
    """What the process alone holds, in megabytes: pages that others share count in part."""
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else float("nan")


def run_bare(command: list[str], into: Figures) -> None:
    """Start the bare window once."""
    begun = time.time()
    process = subprocess.Popen([*command, "--stay"], stdout=subprocess.PIPE, text=True, env=environment(), cwd=ROOT)  # noqa: S603 - ours
    assert process.stdout is not None
    into.paint.append(float(process.stdout.readline()) - begun)
    time.sleep(1.0)
    into.memory.append(memory_of(process))
    process.terminate()
    process.wait(_SECONDS)
    process.stdout.close()


async def connect(profile: Path) -> None:
    """Have a profile with one account, whose key is in the keyring."""
    settings = SettingsFile(profile_in(profile).settings_file)

    async def never(_key: ApiKey) -> None:
        raise AssertionError("the key is not verified here")

    book = AccountBook(settings, KeyringStore(), never)  # type: ignore[arg-type]
    await book.add("Team", VerifiedKey(ApiKey(DEMO_KEY)))
    await settings.save()


def run_program(command: list[str], profile: Path, server: SandboxServer, into: Figures) -> None:
    """Start the program once, and read in its log when what was there."""
    log = profile / "logs" / "pgyer-desktop.log"
    log.unlink(missing_ok=True)
    options = ["--api-url", server.api_url, "--icon-url", server.icon_url, "--debug", "--profile", str(profile)]
    begun = time.time()
    process = subprocess.Popen([*command, *options], env=environment(), cwd=ROOT, text=True)  # noqa: S603 - ours
    marks: dict[str, float] = {}
    while len(marks) < 2 and time.time() < begun + _SECONDS:
        time.sleep(0.05)
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        marks = {name: float(at) for name, at in re.findall(r"First (paint|rows) at ([\d.]+)", text)}
    into.paint.append(marks["paint"] - begun)
    into.rows.append(marks["rows"] - begun)
    time.sleep(1.5)  # icons and the details panel
    into.memory.append(memory_of(process))
    process.terminate()
    process.wait(_SECONDS)


def packed_size(folder: Path) -> float:
    """Megabytes of the folder as people download it."""
    with tempfile.TemporaryDirectory() as place:
        archive = Path(place) / "packed.tar.xz"
        with tarfile.open(archive, "w:xz", preset=3) as tar:
            tar.add(folder, folder.name)
        return archive.stat().st_size / 1e6


def freeze_bare(into: Path) -> Path:
    """Freeze the bare window with the program's own recipe."""
    code = (
        "import sys; sys.path.insert(0, 'packaging'); import build; from pathlib import Path;"
        "build.freeze('0.0.0', script=Path(sys.argv[1]), into=Path(sys.argv[2]))"
    )
    command = [str(FREEZER), "-c", code, str(BARE), str(into)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    return into / "bare-window"


def tell(name: str, ours: float, floor: float, unit: str, aim: float) -> None:
    """One line."""
    sys.stdout.write(
        f"{name:44} {ours:8.3f} {unit:3} floor {floor:8.3f} {unit:3} ratio {ours / floor:5.2f}  aim {aim}\n"
    )


def compare(title: str, ours: list[str], bare: list[str], rounds: int, aims: tuple[float, float, float]) -> None:
    """Start both by turns and print what came out."""
    program, floor = Figures(), Figures()
    with tempfile.TemporaryDirectory() as place, serve_blocking(SandboxApp(SandboxService())) as server:
        profile = Path(place)
        asyncio.run(connect(profile))
        run_program(ours, profile, server, Figures())  # reads the history, writes byte code and the first view
        run_bare(bare, Figures())
        for _ in range(rounds):
            run_bare(bare, floor)
            run_program(ours, profile, server, program)
    tell(f"{title}: first paint", min(program.paint), min(floor.paint), "s", aims[0])
    tell(f"{title}: first rows of a known history", min(program.rows), min(floor.paint), "s", aims[1])
    tell(f"{title}: memory with 20 rows", min(program.memory), min(floor.memory), "MB", aims[2])


def with_own_keyring() -> None:
    """Start this again with a message bus, a keyring and folders of its own, unless that has been done."""
    if _AGAIN in os.environ:
        return
    with tempfile.TemporaryDirectory() as home:
        environ = {**checks.pytest_environment(os.environ, Path(home)), _AGAIN: "1"}
        if "DISPLAY" in environ and "QT_QPA_PLATFORM" not in os.environ:
            del environ["QT_QPA_PLATFORM"]
        command = [sys.executable, "-m", "tests.benchmarks.start_up", *sys.argv[1:]]
        done = subprocess.run(checks.with_keyring(command), env=environ, cwd=ROOT, check=False)  # noqa: S603 - ours
    sys.exit(done.returncode)


def main() -> None:
    """Run everything that can be run here."""
    with_own_keyring()
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    python = sys.executable
    compare("from source", [python, "-m", "pgyer_desktop"], [python, str(BARE)], rounds, (1.25, 1.5, 1.2))
    program = PROGRAM / "pgyer-desktop"
    if not program.exists() or not FREEZER.exists():
        sys.stdout.write("The frozen program is not in dist/: run `python packaging/bootstrap.py package` first.\n")
        return
    with tempfile.TemporaryDirectory() as place:
        bare = freeze_bare(Path(place))
        compare("frozen", [str(program)], [str(bare / "bare-window")], rounds, (1.1, 1.5, 1.2))
        papers = shutil.ignore_patterns("share", "*.txt", "*.json", "install.sh", "LICENSE")
        alone = Path(place) / "alone"
        shutil.copytree(PROGRAM, alone, ignore=papers, symlinks=True)
        tell("frozen: packed", packed_size(alone), packed_size(bare), "MB", 1.15)


if __name__ == "__main__":
    main()
