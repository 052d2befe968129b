"""What the system has to have: what counts as missing, and what a person is told who has to install it."""

from __future__ import annotations

import sys

import pytest

from tests.project.checkout import script

system = script("system")
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system packages are a matter of Linux")
COMMANDS = {"apt-get": "sudo apt-get install {}", "dnf": "sudo dnf install {}", "pacman": "sudo pacman -S {}"}


def need(missing: str, name: str) -> object:
    return system.Need(lambda: missing, f"{name}-apt-get one-more", f"{name}-dnf", f"{name}-pacman")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was to be installed, on a machine where nothing can be."""
    asked: list[list[str]] = []
    monkeypatch.setattr(
        system, "NEEDS", {"here": need("", "here"), "qt": need("Qt needs x", "qt"), "b": need("B", "b")}
    )

    def refuse(packages: list[str]) -> str:
        asked.append(packages)
        return "this needs root"

    monkeypatch.setattr(system, "install_packages", refuse)
    return asked


def test_a_need_has_a_package_in_each_family() -> None:
    for name, one in system.NEEDS.items():
        assert all((one.debian, one.fedora, one.arch)), name


def test_what_does_not_load_is_named_and_what_loads_is_not_missing() -> None:
    assert system.missing_library("offscreen") == ""
    assert "libqno-such-plugin.so" in system.missing_library("no-such-plugin")
    assert system.missing_command("sh") == ""
    assert system.missing_command("sh", "no-such-command", "nor-this").endswith(": no-such-command, nor-this")


def test_what_is_there_is_not_installed(installed: list[list[str]]) -> None:
    assert system.main(["--required", "here"]) == 0
    assert installed == []


def test_all_that_is_missing_is_installed_at_once(
    installed: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "install_packages", installed.append)
    assert system.main(["--required", "qt", "here", "b"]) == 0
    assert installed == [["qt-apt-get", "one-more", "b-apt-get", "one-more"]]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("installer", ["apt-get", "dnf", "pacman"])
@pytest.mark.parametrize(("arguments", "code"), [(["--required", "qt"], 1), (["qt"], 0)])
def test_what_cannot_be_installed_is_told_with_the_command_to_type_and_ends_only_what_requires_it(
    installer: str,
    arguments: list[str],
    code: int,
    installed: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name == installer else None)
    assert system.main(arguments) == code
    said = capsys.readouterr().out
    assert "Qt needs x." in said
    assert "this needs root" in said
    assert COMMANDS[installer].format(f"qt-{installer}") in said
    assert ("Going on without" in said) is (code == 0)
