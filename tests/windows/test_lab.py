"""The lab without Wine: what it needs to know of the project and of the machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

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


def test_every_download_of_the_lab_has_a_hash() -> None:
    text = LAB.read_text(encoding="utf-8")
    assert len(re.findall(r'"[0-9a-f]{64}"', text)) == 4
    assert '"--require-hashes"' in text
    assert re.search(r'INNO_SETUP_INTEGRITY = "[A-Za-z0-9+/]{86}=="', text)
