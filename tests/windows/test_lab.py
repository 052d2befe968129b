"""The lab without Wine: what it needs to know of the project and of the machine."""

from __future__ import annotations

import ast
import importlib
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.project.checkout import ROOT
from tests.windows import wine

LAB = ROOT / "tests" / "windows" / "lab.py"


def test_every_test_that_wine_is_spared_is_there_and_there_are_few() -> None:
    for name, reason in wine.SKIPPED.items():
        file, _, function = name.partition("[")[0].partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert function in {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert reason


class _Item:
    """What `wine.skip` sees of a test."""

    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid
        self.reasons: list[str] = []

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.reasons.append(mark.kwargs["reason"])


def test_a_name_counts_once_for_each_of_its_parameters() -> None:
    name = next(name for name in wine.SKIPPED if "[" not in name)
    items = [_Item(f"{name}[{number}]") for number in range(wine.MOST)]
    other = _Item("tests/windows/test_lab.py::test_something_else")
    wine.skip([*items, other])  # type: ignore[list-item]
    assert all(item.reasons for item in items)
    assert not other.reasons
    with pytest.raises(pytest.UsageError, match="13 tests"):
        wine.skip([*items, _Item(f"{name}[one more]")])  # type: ignore[list-item]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows needs no lab")
def test_a_machine_that_can_have_no_lab_says_so_in_one_line_and_a_code_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "unshare").write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    (tmp_path / "unshare").chmod(0o755)
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, str(LAB), "setup"],
        env={"PATH": str(tmp_path), "PGYER_WINDOWS_LAB": str(tmp_path / "box")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 75
    assert re.fullmatch(r"There can be no Windows lab here: [^\n]+\.\n", done.stdout)
    assert not (tmp_path / "box").exists()


def lab() -> ModuleType:
    """The lab's module."""
    if sys.platform == "win32":
        pytest.skip("Windows needs no lab")
    return importlib.import_module("tests.windows.lab")


def test_what_the_lab_has_made_stays_while_it_is_made_of_the_same(tmp_path: Path) -> None:
    here = lab().Lab(tmp_path, "3.11", "trixie")
    made: list[Path] = []

    def make(folder: Path, word: str) -> None:
        made.append(folder)
        (folder / word).touch()

    folders = [here._once("wine", recipe, make, "word") for recipe in ("one", "one", "another")]
    assert len(made) == 2
    assert folders[0] == folders[1] != folders[2]
    assert all((folder / "word").exists() for folder in folders), "another checkout may use it"

    def fail(_folder: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        here._once("wine", "a third", fail)
    assert sorted(path for path in tmp_path.iterdir() if path.suffix != ".new") == sorted(set(folders))


def test_what_was_not_used_for_long_goes_when_something_takes_its_place(tmp_path: Path) -> None:
    here = lab().Lab(tmp_path, "3.11", "trixie")

    def make(folder: Path) -> None:
        (folder / "something").touch()

    old, other = here._once("wine", "one", make), here._once("python", "one", make)
    for folder in (old, other):
        os.utime(folder, (1, 1))
    new = here._once("wine", "another", make)
    assert sorted(tmp_path.iterdir()) == sorted([other, new])


def test_a_drive_whose_copy_was_broken_off_is_copied_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = lab().Lab(tmp_path, "3.11", "trixie")
    monkeypatch.setattr(here, "execute", lambda *_given, **_named: 0)
    here.template = tmp_path / "template"
    here.template.mkdir()
    (here.template / "system.reg").touch()
    (tmp_path / "drives" / "trixie-kept.new" / "half").mkdir(parents=True)
    with here.drive("kept") as drive:
        assert [path.name for path in drive.iterdir()] == ["system.reg"]


def test_a_folder_that_would_hide_wines_own_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = lab().Lab(tmp_path, "3.11", "trixie")
    here.root = tmp_path / "root"
    (here.root / "usr" / "bin" / "wine").mkdir(parents=True)
    for folder in ("/", "/usr/bin"):
        monkeypatch.chdir(folder)
        with pytest.raises(lab().LabError, match="go to another folder"):
            here.execute(["python.exe"], tmp_path, environ={})


def test_to_start_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        lab().main(["start"])
    assert "start which program?" in capsys.readouterr().err


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_a_lab_that_is_ended_leaves_no_drive(tmp_path: Path, signal_number: int) -> None:
    """As a person who gives up, or a build server, ends it: with the programs that it started."""
    lab()
    script = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.windows import lab
class Here(lab.Lab):
    def execute(self, command, *_rest, **_more):
        if command[0] == "sleep":
            print("started", flush=True)
            lab.subprocess.run(command)
        return 0
    def set_up(self, *_rest, **_more):
        self.template = self.box / "template"
        self.template.mkdir(parents=True)
        self._environments["test"] = self.box
lab.Lab, lab.why_not_here = Here, lambda: None
lab.default_box, lab.default_python = lambda: Path({str(tmp_path / "box")!r}), lambda: "3.11"
sys.exit(lab.main(["start", "sleep", "50"]))
"""
    with subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", script], env={**os.environ, "DISPLAY": ":0"}, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        assert len(list((tmp_path / "box" / "drives").iterdir())) == 1
        running.send_signal(signal_number)
        assert running.wait(120) != 0
    assert not list((tmp_path / "box" / "drives").iterdir())


def test_every_download_of_the_lab_has_a_hash() -> None:
    text = LAB.read_text(encoding="utf-8")
    assert len(re.findall(r'"[0-9a-f]{64}"', text)) == 4
    assert '"--require-hashes"' in text
    assert re.search(r'INNO_SETUP_INTEGRITY = "[A-Za-z0-9+/]{86}=="', text)
