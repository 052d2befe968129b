"""A sentence is said whole in the language that is on, and what it carries stays data."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

import pgyer_desktop.core
from pgyer_desktop.core.base.actions import Action, Situation, why_not
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.columns import COLUMNS
from pgyer_desktop.ui.base import i18n, resources
from pgyer_desktop.ui.base.i18n import Language, Translators, resolved, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PROPER = {"App Key", "Build Key", "Pgyer"}
"""Names, which may be the same in Chinese."""

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def translators() -> Iterator[Translators]:
    translators = Translators()
    translators.use(Language.ENGLISH)
    yield translators
    translators.use(Language.ENGLISH)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= ch <= "\u9fff" for ch in text)


def texts_in(value: object) -> Iterator[Text]:
    """Every text in a value of `core`, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts_in(part))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (text for part in value for text in texts_in(part))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (text for field in fields(value) for text in texts_in(getattr(value, field.name)))


# Saying


def test_named_places_are_filled_and_unknown_ones_are_left(translators: Translators) -> None:
    text = Text("tests", "{who} took {count} of {what}").fill(who="Harbour", count=1234)
    assert say(text) == "Harbour took 1,234 of {what}"


def test_braces_in_a_value_are_data(translators: Translators) -> None:
    text = Text("tests", "{app} in {account}").fill(app="{account}", account="{app} {0} %n {")
    assert say(text) == "{account} in {app} {0} %n {"


def test_braces_in_the_value_of_a_nested_text_are_data_too(translators: Translators) -> None:
    inner = Text("tests", "{app} failed.").fill(app="{second}")
    assert say(Text("tests", "{first} {second}").fill(first=inner, second="Now what?")) == "{second} failed. Now what?"


def test_the_last_value_of_a_place_counts() -> None:
    assert say(Text("tests", "{a}").fill(a="one").fill(a="two")) == "two"


def test_texts_in_texts_are_said_in_the_language_that_is_on(translators: Translators) -> None:
    inner = translate("state", "The builds of {app} could not be read.").fill(app="云帆 {app}")
    text = translate("messages", "{first} {second}", "two sentences").fill(
        first=inner, second=translate("messages", "Check the network connection.")
    )
    assert say(text) == "The builds of 云帆 {app} could not be read. Check the network connection."
    translators.use(Language.CHINESE)
    said = say(text)
    assert "云帆 {app}" in said
    assert "network" not in said
    assert "could not" not in said


def test_plurals_follow_the_number_and_the_language(translators: Translators) -> None:
    def builds(count: int) -> str:
        return QCoreApplication.translate("Foot", "%n build(s) on this page", "", count)

    assert builds(1) == "1 build on this page"
    assert builds(20) == "20 builds on this page"
    translators.use(Language.CHINESE)
    assert is_chinese(builds(1))
    assert "build" not in builds(20)


def test_a_counted_text_without_a_translation_still_shows_its_number(translators: Translators) -> None:
    assert say(Text("tests", "%n left", count=12)) == "12 left"


# Languages


def test_switching_works_in_both_directions_as_often_as_one_likes(translators: Translators) -> None:
    text = translate("actions", "Refresh")
    for _ in range(3):
        translators.use(Language.CHINESE)
        assert say(text) == "刷新"
        assert QLocale().language() is QLocale.Language.Chinese
        translators.use(Language.ENGLISH)
        assert say(text) == "Refresh"
        assert QLocale().language() is QLocale.Language.English
    assert len(translators._installed) == 1


def test_qts_own_words_follow_too(translators: Translators, qtbot: QtBot) -> None:
    translators.use(Language.CHINESE)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    button = box.button(QDialogButtonBox.StandardButton.Cancel)
    assert isinstance(button, QPushButton)
    assert is_chinese(button.text())


@pytest.mark.parametrize(
    ("languages", "wanted"),
    [
        (["zh-Hans-CN", "en-US"], Language.CHINESE),
        (["zh-TW"], Language.CHINESE),
        (["en-GB", "zh-CN"], Language.ENGLISH),
        (["de-DE", "zh-CN"], Language.CHINESE),
        (["fr-FR"], Language.ENGLISH),
        ([], Language.ENGLISH),
    ],
)
def test_the_systems_first_known_language_is_followed(
    monkeypatch: pytest.MonkeyPatch, languages: list[str], wanted: Language
) -> None:
    class System:
        @staticmethod
        def uiLanguages() -> list[str]:
            return languages

    class Locale:
        system = System

    monkeypatch.setattr(i18n, "QLocale", Locale)
    assert resolved(Language.SYSTEM) is wanted
    assert resolved(Language.CHINESE) is Language.CHINESE


def test_a_translation_that_is_missing_is_logged_and_english_stays(
    translators: Translators,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    allowed_logs: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    allowed_logs.append("pgyer_desktop.ui.base.i18n")
    monkeypatch.setattr(resources, "translations_dir", lambda: tmp_path)
    translators.use(Language.CHINESE)
    assert say(translate("actions", "Refresh")) == "Refresh"
    assert "pgyer_desktop_zh_CN.qm" in caplog.text
    monkeypatch.undo()


# Completeness


def test_every_action_and_column_has_chinese_words(translators: Translators) -> None:
    translators.use(Language.CHINESE)
    for action in Action:
        assert is_chinese(say(action.value.title)), action.value.title.source
        reason = why_not(action, Situation())
        assert reason is None or is_chinese(say(reason))
    for column in COLUMNS:
        assert say(column.title) != column.title.source or column.title.source in PROPER, column.title.source
        assert column.hint is None or is_chinese(say(column.hint))


def test_every_text_that_core_holds_has_chinese_words(translators: Translators) -> None:
    translators.use(Language.CHINESE)
    found: set[Text] = set()
    for info in pkgutil.walk_packages(pgyer_desktop.core.__path__, "pgyer_desktop.core."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            found.update(texts_in(value))
    assert len(found) > 30
    assert {text.source for text in found if say(text) == text.source} <= PROPER
