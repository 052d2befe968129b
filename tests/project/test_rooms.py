"""Which rooms load what: `api` and `core` work without Qt, and a start imports little before the first paint."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.project.checkout import ROOT, files

MOST_MODULES = 14
"""In one folder, without `__init__` and sub-packages: what one still takes in at a glance."""

HEAVY = ("PySide6", "httpx", "keyring", "qasync", "segno", "uvicorn", "xlsxwriter")


def modules_under(room: str) -> list[str]:
    folder = ROOT / "pgyer_desktop" / room
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in folder.rglob("*.py"))
    return sorted(name.removesuffix(".__init__") for name in names)


def loaded_by(modules: list[str]) -> set[str]:
    """Which of the heavy libraries a fresh Python has loaded after importing `modules`."""
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    code += f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)  # noqa: S603 - our own code
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_api_loads_no_qt_and_no_keyring_and_http_only_in_its_transport() -> None:
    modules = modules_under("api")
    assert loaded_by(modules) <= {"httpx"}
    assert loaded_by([name for name in modules if name != "pgyer_desktop.api.transport"]) == set()


def test_core_loads_no_qt_no_http_and_no_keyring() -> None:
    assert loaded_by(modules_under("core")) == set()


def test_the_sandbox_loads_none_of_our_libraries() -> None:
    assert loaded_by(modules_under("sandbox")) == set()


def imported_by(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def within(names: set[str], *rooms: str) -> set[str]:
    return {name for name in names if any(name == room or name.startswith(f"{room}.") for room in rooms)}


def test_the_look_alike_of_the_tests_shares_no_code_with_the_program_nor_with_its_sandbox() -> None:
    lookalike, sandbox = ROOT / "tests" / "lookalike", ROOT / "pgyer_desktop" / "sandbox"
    service = [path for path in lookalike.glob("*.py") if not path.name.startswith("test_")]
    assert "server.py" in {path.name for path in service}
    for path in service:
        names = imported_by(path)
        assert not within(names, "pgyer_desktop"), path
        assert within(names, "tests") == within(names, "tests.lookalike"), path
    for path in [*sandbox.glob("*.py"), *(ROOT / "tests" / "sandbox").glob("*.py")]:
        assert not within(imported_by(path), "tests.lookalike"), path
    assert loaded_by(["tests.lookalike"]) == set()


def test_the_command_line_is_read_before_anything_heavy_is_loaded() -> None:
    assert loaded_by(["pgyer_desktop.__main__"]) == set()


def test_every_module_of_the_program_says_what_it_is_for() -> None:
    ours = [path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / "pgyer_desktop")]
    assert ours
    silent = [str(path) for path in ours if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("pgyer_desktop", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def wings_of(side: str) -> set[str]:
    folder = ROOT / "pgyer_desktop" / side
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_no_folder_has_more_modules_than_one_takes_in_at_a_glance() -> None:
    folders = [path.parent for path in (ROOT / "pgyer_desktop").rglob("__init__.py")]
    sizes = {str(folder.relative_to(ROOT)): len(list(folder.glob("*.py"))) - 1 for folder in folders}
    assert {name: size for name, size in sizes.items() if size > MOST_MODULES} == {}


@pytest.mark.parametrize("side", ["core", "ui"])
def test_the_contracts_the_page_of_wings_and_the_folders_say_the_same(side: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = [c["layers"] for c in contracts if c["name"] == f"the wings of {side}"]
    in_contract = {wing.strip() for layer in layers for wing in layer.split("|")}
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in row.split("|")[1:4]] for row in re.findall(r"^\| `\w+` \|.*$", page, re.MULTILINE)
    ]
    column = 1 if side == "core" else 2
    in_page = {row[0].strip("`") for row in rows if row[column]}
    assert wings_of(side) == in_contract == in_page
    (line,) = re.findall(rf"^- in `{side}`: (.*)$", page, re.MULTILINE)
    assert line.split("; ") == layers


def test_a_wing_of_core_that_people_see_has_one_of_the_same_name_in_ui() -> None:
    assert wings_of("core") <= wings_of("ui")
