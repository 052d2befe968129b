"""Every button of a dialog and every entry of a menu has a letter of its own, in both languages."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from pgyer_desktop.ui.base.i18n import Language, Translators
from pgyer_desktop.ui.base.named import access_key, choose_key, plain, with_access_key
from tests.ui.rig import content_of, opened, windowed
from tests.ui.widgets.dialog.found import shown
from tests.ui.widgets.dialog.large import all_dialogs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no access keys")
LANGUAGES = [Language.ENGLISH, Language.CHINESE]


@pytest.fixture(params=LANGUAGES)
def language(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Language]:
    translators = Translators()
    translators.use(request.param)
    yield request.param
    translators.use(Language.ENGLISH)


@pytest.mark.parametrize("name", sorted(all_dialogs()))
def test_every_button_of_a_dialog_has_its_letter(qtbot: QtBot, language: Language, name: str) -> None:
    dialog = all_dialogs()[name]()
    shown(qtbot, dialog)
    qtbot.wait(10)
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.text()]
    keys = {one.objectName(): access_key(one.text()) for one in buttons}
    assert all(keys.values()), keys
    assert len({*keys.values()}) == len(keys), keys
    if language is Language.CHINESE:
        read = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in buttons]
        assert not [words for words in read if re.search(r"\([A-Z]\)", words)], "the letter is shown, not read out"
        assert all(one.text().rstrip("…").endswith(")") for one in buttons if not plain(one.text()).isascii())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_entry_of_a_menu_has_its_letter(qapp: QApplication, tmp_path: Path, language: Language) -> None:
    async with opened() as rig, windowed(rig, tmp_path, language=language) as (window, _person, _):
        menus = [menu for menu in window.findChildren(QMenu) if not menu.isEmpty()]
        assert {"fileMenu", "buildMenu", "viewMenu", "helpMenu", "moreMenu", "columnsMenu", "sortMenu"} <= {
            menu.objectName() for menu in menus
        }
        for menu in menus:
            entries = [entry for entry in menu.actions() if not entry.isSeparator()]
            keys = [access_key(entry.text()) for entry in entries]
            assert all(keys), [entry.text() for entry in entries]
            assert len({*keys}) == len(keys), (menu.objectName(), [entry.text() for entry in entries])
        for action in content_of(window).actions.by_id.values():
            assert "&" not in action.iconText()
            assert not action.iconText().endswith(")")


@pytest.mark.parametrize(
    ("words", "letter", "shown"),
    [
        ("Set latest…", "S", "&Set latest…"),
        ("Clear latest…", "L", "Clear &latest…"),
        ("Unpin", "O", "Unpin(&O)"),
        ("Save && close", "C", "Save && &close"),
        ("设为最新版本…", "S", "设为最新版本(&S)…"),
        ("复制 API Key", "K", "复制 API Key(&K)"),
        ("版本\t{version}", "V", "版本(&V)\t{version}"),
        ("Close", "", "Close"),
    ],
)
def test_a_letter_is_marked_in_the_words_or_follows_them(words: str, letter: str, shown: str) -> None:
    assert with_access_key(words, letter) == shown
    assert access_key(shown) == letter
    assert plain(shown) == words.replace("&&", "&")


def test_the_first_letters_come_first_and_no_letter_twice() -> None:
    taken = {"S"}
    assert [choose_key("Set latest", taken) for _ in range(3)] == ["L", "E", "T"]
    assert choose_key("accountSave", {"A"}) == "S"
    assert choose_key("x", {"X"}) == ""
