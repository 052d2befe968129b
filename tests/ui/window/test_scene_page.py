"""Where there are no builds, a calm page says why and has the one button that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.ui.base.i18n import Language, Translators
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.window.scene_page import NoMatchesPage, ScenePage, WelcomePage
from tests.ui.rig import Rig, opened
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from pytestqt.qtbot import QtBot

SCENES = [scene for scene in Scene if scene not in {Scene.WELCOME, Scene.BUILDS}]


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[Translators]:
    translators = Translators()
    translators.use(Language.ENGLISH)
    yield translators
    translators.use(Language.ENGLISH)


@pytest.fixture
async def rig(qapp: QApplication) -> AsyncIterator[Rig]:
    async with opened() as rig:
        rig.state.accounts.account = await rig.add_account("Acme & <b>Co</b>", StubClient(harbour=1))
        rig.state.accounts.app = KnownApp("harbour", "Harbour {app}")
        yield rig


@pytest.fixture
async def holder(qtbot: QtBot) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    return holder


def show(rig: Rig, scene: Scene) -> None:
    rig.state.page.scene = scene
    rig.state.page.scene_changed.emit()


def buttons(page: QWidget) -> list[str]:
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]


@pytest.mark.parametrize(
    ("scene", "title", "words"),
    [
        (Scene.OPENING, "", []),
        (Scene.NO_KEY, "The key of Acme & <b>Co</b> is not here", ["Enter key…", "Try again"]),
        (Scene.NO_APPS, "No apps in this account yet", ["Add app by key…", "Refresh"]),
        (Scene.APPS_UNKNOWN, "The apps could not be read", ["Retry", "Add app by key…"]),
        (Scene.NO_BUILDS, "Harbour {app} has no builds yet", ["Refresh"]),
        (Scene.BUILDS_UNKNOWN, "The builds of Harbour {app} could not be read", ["Retry"]),
    ],
)
async def test_each_reason_has_its_words_and_its_buttons(
    rig: Rig, holder: QWidget, scene: Scene, title: str, words: list[str]
) -> None:
    page = ScenePage(rig.state, holder)
    show(rig, scene)
    assert page.accessibleName() == title
    assert page.accessibleDescription()
    assert buttons(page) == words


@pytest.mark.parametrize(
    ("scene", "first", "second"),
    [
        (Scene.NO_KEY, None, Action.REFRESH),
        (Scene.NO_APPS, Action.ADD_APP, Action.REFRESH),
        (Scene.APPS_UNKNOWN, Action.REFRESH, Action.ADD_APP),
        (Scene.NO_BUILDS, Action.REFRESH, None),
        (Scene.BUILDS_UNKNOWN, Action.REFRESH, None),
    ],
)
async def test_the_buttons_ask_for_what_they_say(
    rig: Rig, holder: QWidget, scene: Scene, first: Action | None, second: Action | None
) -> None:
    page = ScenePage(rig.state, holder)
    page.show()
    asked: list[object] = []
    page.action_requested.connect(asked.append)
    page.key_requested.connect(lambda: asked.append("key"))
    show(rig, scene)
    page.primary_button.click()
    assert asked == [first if first is not None else "key"]
    if second is not None:
        page.secondary_button.click()
        assert asked[1:] == [second]


@pytest.mark.parametrize("scene", SCENES)
async def test_each_reason_is_said_in_the_language_that_is_on(
    rig: Rig, holder: QWidget, scene: Scene, english: Translators
) -> None:
    page = ScenePage(rig.state, holder)
    show(rig, scene)

    def words() -> list[str]:
        return [page.accessibleName(), page.accessibleDescription(), *buttons(page)]

    before = words()
    english.use(Language.CHINESE)
    show(rig, scene)
    assert all(one != other for one, other in zip(before, words(), strict=True) if one)


async def test_a_renamed_account_and_another_app_are_named_at_once(rig: Rig, holder: QWidget) -> None:
    page = ScenePage(rig.state, holder)
    show(rig, Scene.NO_BUILDS)
    rig.state.accounts.app = KnownApp("lantern", "", "com.acme.lantern")
    rig.state.accounts.app_changed.emit()
    assert page.accessibleName() == "com.acme.lantern has no builds yet"
    show(rig, Scene.NO_KEY)
    account = rig.state.accounts.account
    assert account is not None
    rig.book.rename(account.id, "Beacon")
    rig.state.accounts.accounts_edited()
    assert page.accessibleName() == "The key of Beacon is not here"


async def test_the_welcome_page_has_two_ways_on(holder: QWidget, english: Translators) -> None:
    page = WelcomePage(holder)
    assert page.primary_button.objectName() == "connectAccountButton"
    assert page.secondary_button.objectName() == "tryDemoButton"
    assert buttons(page) == ["Connect an account", "Try the demo"]
    assert page.primary_button.isDefault()
    assert "unofficial" in page.accessibleDescription()
    english.use(Language.CHINESE)
    page = WelcomePage(holder)
    page.show()
    assert "Pgyer Desktop" in page.accessibleName()
    assert buttons(page) != ["Connect an account", "Try the demo"]


async def test_where_nothing_was_found_one_button_reads_the_rest_or_clears(holder: QWidget) -> None:
    page = NoMatchesPage(holder)
    asked: list[str] = []
    page.rest_requested.connect(lambda: asked.append("rest"))
    page.clear_requested.connect(lambda: asked.append("clear"))
    page.set_covered(everything=False)
    assert buttons(page) == ["Read the rest"]
    page.primary_button.click()
    page.set_covered(everything=False, loading=True)
    assert buttons(page) == ["Clear"]
    page.set_covered(everything=True)
    assert page.accessibleName() == "No build matches"
    assert page.primary_button.objectName() == "clearFilterButton"
    page.primary_button.click()
    assert asked == ["rest", "clear"]
