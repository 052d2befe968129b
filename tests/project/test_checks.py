"""What `bootstrap.py test` runs: the order, and what the tests and the frozen program get of a person's machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.project.checkout import script

checks = script("checks")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """The commands and their variables, none of which is run: each fails with 5."""
    runs: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], environ: dict[str, str]) -> int:
        runs.append((command, environ))
        return 5

    monkeypatch.setattr(checks, "run", run)
    monkeypatch.setattr(checks, "get_uv", lambda: "uv")
    monkeypatch.setattr(checks, "freeze", lambda _uv, _arguments: 0)
    return runs


def test_the_checks_run_the_quick_ones_first_and_freeze_nothing_for_who_picks_tests() -> None:
    quick = ["ruff check", "ruff format", "mypy", "import contracts", "translations"]
    assert list(checks.checks([])) == [*quick, "frozen program", "pytest"]
    assert list(checks.checks(["-k", "pages"])) == [*quick, "pytest"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service is Linux's")
@pytest.mark.parametrize("there", [True, False])
def test_pytest_gets_what_follows_and_a_keyring_of_its_own_where_there_can_be_one(
    there: bool, ran: list[tuple[list[str], Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks.shutil, "which", lambda name: name if there else None)
    assert checks.checks(["-k", "pages"])["pytest"]() == 5
    command, _environ = ran[0]
    assert command[-3:] == ["pytest", "-k", "pages"]
    assert (command[0] == "dbus-run-session") is there
    assert ("skip themselves" in capsys.readouterr().out) is not there


def test_on_linux_the_tests_get_folders_of_their_own_and_not_the_persons_bus(tmp_path: Path) -> None:
    environ = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus", "HOME": "home"}
    result = checks.pytest_environment(environ, tmp_path, "linux")
    assert Path(result["XDG_DATA_HOME"]).parent == tmp_path
    assert Path(result["XDG_RUNTIME_DIR"]).is_dir()
    assert "DBUS_SESSION_BUS_ADDRESS" not in result
    assert result["QT_QPA_PLATFORM"] == "offscreen"


def test_a_platform_chosen_by_the_person_is_kept(tmp_path: Path) -> None:
    assert checks.pytest_environment({"QT_QPA_PLATFORM": "xcb"}, tmp_path, "win32") == {"QT_QPA_PLATFORM": "xcb"}


def test_the_first_failing_check_ends_the_run_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = {"first": lambda: 0, "second": lambda: 4, "third": lambda: 0}
    monkeypatch.setattr(checks, "checks", lambda _extra: steps)
    assert checks.main(["-k", "some"]) == 4
    summary = capsys.readouterr().out.split("== summary")[1].splitlines()
    assert [line.split()[0] + " " + line.split()[-1] for line in summary if line] == [
        "ok first",
        "FAILED second",
        "not third",
    ]


def test_the_packed_program_tests_itself_with_none_of_a_developers_variables(
    ran: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    developers = {"PYTHONPATH": ".", "QT_DEBUG_PLUGINS": "1", "VIRTUAL_ENV": "x", "DBUS_SESSION_BUS_ADDRESS": "unix:"}
    environ = {"HOME": "home", "PATH": "/opt/bin:/usr/bin", **developers}
    given = checks.home_environment(environ)
    assert set(given) <= {"HOME", "PATH", "LANG"}
    assert given["HOME"] == "home"
    for name, value in developers.items():
        monkeypatch.setenv(name, value)
    assert checks.check_frozen_program() == 5
    command, environ = ran[0]
    assert "--selftest" in command
    assert not set(developers) & set(environ)


def test_a_program_that_cannot_be_frozen_here_is_told_and_fails_nothing_and_one_that_fails_to_freeze_does(
    ran: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_uv: str, _arguments: list[str]) -> int:
        raise checks.SetUpError("There is no objdump.")

    monkeypatch.setattr(checks, "freeze", refuse)
    assert checks.check_frozen_program() == 0
    assert "There is no objdump." in capsys.readouterr().out
    monkeypatch.setattr(checks, "freeze", lambda _uv, _arguments: 3)
    assert checks.check_frozen_program() == 3
    assert ran == []
