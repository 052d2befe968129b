"""Which rooms load what: `api` and `core` work without Qt, and a start imports little before the first paint."""

from __future__ import annotations

import ast
import subprocess
import sys

from tests.project.checkout import ROOT, files

HEAVY = ("PySide6", "httpx", "keyring", "qasync", "segno", "uvicorn")


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
    assert loaded_by([name for name in modules_under("sandbox") if not name.endswith("__main__")]) == set()


def test_the_command_line_is_read_before_anything_heavy_is_loaded() -> None:
    assert loaded_by(["pgyer_desktop.__main__"]) == set()


def test_every_module_of_the_program_says_what_it_is_for() -> None:
    ours = [path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / "pgyer_desktop")]
    assert ours
    silent = [str(path) for path in ours if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []
