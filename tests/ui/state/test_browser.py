"""A page or folder that no program opens is said with its address, wherever in the program it was to open."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import Shiboken

from pgyer_desktop.ui.base.i18n import Language, say
from pgyer_desktop.ui.state import browser
from pgyer_desktop.ui.state.browser import Unopened, open_outside
from tests.helpers.waiting import until
from tests.project.checkout import ROOT
from tests.ui.rig import opened, windowed
from tests.ui.stub_client import StubClient

KEYS_PAGE = "https://www.pgyer.com/account/api"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was to be opened, on a machine where no program opens anything."""
    urls: list[str] = []

    def open_nothing(url: QUrl) -> bool:
        urls.append(url.toString())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_nothing)
    return urls


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_only_one_module_opens_anything() -> None:
    ways = {"QDesktopServices", "openUrl", "webbrowser", "startfile", "setOpenExternalLinks", "startDetached"}
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pgyer_desktop").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id in ways)
        or (isinstance(node, ast.Attribute) and node.attr in ways)
        or (isinstance(node, ast.alias) and node.name in ways)
    }
    assert found == {"pgyer_desktop/ui/state/browser.py"}


@pytest.mark.usefixtures("english", "qapp")
def test_a_machine_without_a_browser_is_found_out(tmp_path: Path) -> None:
    # Not a stand-in: the platform that the tests run on opens nothing.
    if QGuiApplication.platformName() != "offscreen":
        pytest.skip("this display may have a browser")
    told: list[Unopened] = []
    assert not open_outside(KEYS_PAGE, QObject(), told.append)
    assert not open_outside(tmp_path, QObject(), told.append)
    page, folder = told
    assert (say(page.text), page.link) == (f"No browser opened the page. Its address: {KEYS_PAGE}", KEYS_PAGE)
    assert (say(folder.text), folder.link) == (f"No program opened the folder {tmp_path}", str(tmp_path))


@pytest.mark.usefixtures("qapp")
def test_what_opens_needs_no_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    told: list[Unopened] = []
    assert open_outside(KEYS_PAGE, QObject(), told.append)
    assert open_outside(tmp_path / "with space & ü", QObject(), told.append)
    assert told == []


# On X11 `xdg-open` is there on nearly every machine, and takes every address, also where there is no browser.

Launch = Callable[[str], Path]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no shell scripts and no xdg-open")


@pytest.fixture
def launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Launch]:
    """Makes what opens things here a program that does this. Returns where it writes what it was given."""
    written, program = tmp_path / "given", tmp_path / "xdg-open"

    def made(does: str) -> Path:
        program.write_text(f'#!/bin/sh\necho "$@" > "{written}"\n{does}\n', encoding="utf-8")
        program.chmod(0o700)
        monkeypatch.setattr(browser, "_launcher", lambda: str(program))
        return written

    yield made
    assert not browser._watches


@posix
async def test_a_launcher_that_finds_no_browser_is_told_of_as_soon_as_it_says_so(launch: Launch) -> None:
    given = launch("exit 3")
    told: list[Unopened] = []
    owner = QObject()
    assert open_outside(f"{KEYS_PAGE}?a=ü", owner, told.append)
    assert told == []
    await until(lambda: bool(told))
    assert told[0].link == f"{KEYS_PAGE}?a=ü"
    assert given.read_text(encoding="utf-8") == f"{KEYS_PAGE}?a=%C3%BC\n"


@posix
@pytest.mark.parametrize(("does", "soon"), [("exit 0", 10.0), ("sleep 0.2; exit 1", 0.1)], ids=["well", "much later"])
async def test_one_that_ends_well_or_was_the_browser_itself_needs_no_words(
    launch: Launch, does: str, soon: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_SOON_SECONDS", soon)
    launch(does)
    told: list[Unopened] = []
    owner = QObject()
    assert open_outside(KEYS_PAGE, owner, told.append)
    await until(lambda: not browser._watches)
    assert told == []


@posix
async def test_nothing_is_told_where_there_is_nobody_left_to_tell(launch: Launch) -> None:
    launch("sleep 0.1; exit 4")
    told: list[Unopened] = []
    owner = QObject()
    assert open_outside(KEYS_PAGE, owner, told.append)
    Shiboken.delete(owner)
    await until(lambda: not browser._watches)
    assert told == []


@posix
def test_one_that_cannot_be_started_is_told_of_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "_launcher", lambda: str(tmp_path / "nothing"))
    told: list[Unopened] = []
    assert not open_outside(KEYS_PAGE, QObject(), told.append)
    assert [one.link for one in told] == [KEYS_PAGE]


@posix
async def test_a_builds_page_for_which_there_is_no_browser_is_said_in_the_window(
    launch: Launch, tmp_path: Path
) -> None:
    launch("exit 3")
    async with opened() as rig, windowed(rig, tmp_path) as (_window, person, _):
        await rig.add_account("Acme", StubClient(harbour=2))
        rig.state.accounts.start()
        await until(lambda: person.rows == 2)
        person.select(0)
        person.trigger("actionOpenPage")
        link = f"https://www.pgyer.com/{person.keys[0]}"
        await until(lambda: person.notice == f"No browser opened the page. Its address: {link}")


async def test_a_builds_page_that_does_not_open_is_said_in_the_window(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as rig, windowed(rig, tmp_path) as (_window, person, _):
        await rig.add_account("Acme", StubClient(harbour=2))
        rig.state.accounts.start()
        await until(lambda: person.rows == 2)
        person.select(0)
        link = f"https://www.pgyer.com/{person.keys[0]}"
        person.trigger("actionOpenPage")
        assert asked == [link]
        assert person.notice == f"No browser opened the page. Its address: {link}"
        person.click("noticeRetry")
        assert copied() == link
        assert person.notice, "the link can be copied again"
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
        person.trigger("actionOpenPage")
        assert person.notice == ""


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
async def test_the_page_with_the_keys_that_does_not_open_is_said_in_its_dialog(
    asked: list[str], tmp_path: Path, language: Language
) -> None:
    async with opened() as rig, windowed(rig, tmp_path, language=language) as (_window, person, _):
        person.click("connectAccountButton")
        dialog = await person.dialog("accountDialog")
        person.type_into("accountNameEdit", "Acme", dialog)
        person.click("accountHelpButton", dialog)
        assert asked == [KEYS_PAGE]
        QApplication.processEvents()
        assert KEYS_PAGE in "".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        person.click("accountProblemCopy", dialog)
        assert copied() == KEYS_PAGE
        person.type_into("apiKeyEdit", "0123456789abcdef" * 2, dialog)
        assert not person.sees_in(dialog, "accountProblemCopy")
        dialog.reject()


async def test_a_folder_that_does_not_open_is_said_in_the_settings(asked: list[str], tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    async with opened() as rig, windowed(rig, tmp_path) as (_window, person, _):
        person.trigger("actionSettings")
        dialog = await person.dialog("settingsDialog")
        for name in ("settingsFolder", "cacheFolder"):
            QApplication.processEvents()
            person.click(f"{name}Button", dialog)
            QApplication.processEvents()
            person.click(f"{name}ProblemCopy", dialog)
            assert asked[-1] == QUrl.fromLocalFile(copied()).toString()
        dialog.reject()
