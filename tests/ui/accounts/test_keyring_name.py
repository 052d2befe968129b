"""The keyring has the name that people know from their system, in every sentence and in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtWidgets import QLabel

from pgyer_desktop.core.base import keystore
from pgyer_desktop.core.base.error_messages import explain_keystore
from pgyer_desktop.core.base.keystore import (
    KeyStoreConfigurationError,
    KeyStoreLockedError,
    KeyStoreMissingError,
    KeyStoreRefusedError,
)
from pgyer_desktop.ui.accounts.account_dialog import AccountDialog, Mode
from pgyer_desktop.ui.base.i18n import Language, Translators, say
from pgyer_desktop.ui.changes.confirmations import remove_account_question
from tests.project.checkout import ROOT
from tests.ui.widgets.dialog.found import edit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMES = {
    "darwin": ("the Keychain", "钥匙串"),
    "win32": ("Windows Credential Manager", "凭据管理器"),
    "linux": ("the keyring", "密钥环"),
    "freebsd14": ("the keyring", "密钥环"),
}
ANY = re.compile(r"key ?ring|key ?chain|credential manager|钥匙串|凭据管理器|密钥环", re.IGNORECASE)


@pytest.fixture(params=NAMES)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(keystore, "_SYSTEM", request.param)
    return str(request.param)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_each_sentence_says_what_the_system_calls_it(qtbot: QtBot, system: str, language: Language) -> None:
    translators = Translators()
    translators.use(language)
    try:
        dialog = AccountDialog(Mode.CONNECT)
        qtbot.addWidget(dialog)
        sentences = [
            edit(dialog, "apiKeyEdit").accessibleDescription(),
            remove_account_question("Acme").lead,
            *(say(explain_keystore(kind("…")).text) for kind in (KeyStoreMissingError, KeyStoreLockedError)),
            say(explain_keystore(KeyStoreRefusedError("it failed")).text),
        ]
        assert sentences[0] in {label.text() for label in dialog.findChildren(QLabel)}
    finally:
        translators.use(Language.ENGLISH)
    name = NAMES[system][language is Language.CHINESE]
    for sentence in sentences:
        assert re.search(re.escape(name), sentence, re.IGNORECASE), sentence
        assert {found.casefold() for found in ANY.findall(sentence)} == {
            found.casefold() for found in ANY.findall(name)
        }, sentence
        assert sentence[0].isupper() or language is Language.CHINESE, "the first letter of a sentence"


def test_a_wrong_setting_of_the_library_names_no_keyring_of_any_system() -> None:
    for named in (None, "", "some.Backend"):
        assert not ANY.search(say(explain_keystore(KeyStoreConfigurationError("here", named)).text))


def test_no_sentence_calls_it_by_a_name_of_its_own() -> None:
    tree = ET.parse(ROOT / "resources/translations/pgyer_desktop_zh_CN.ts")  # noqa: S314 - our own file
    fixed = [
        f"{context.findtext('name')}: {text}"
        for context in tree.iter("context")
        if context.findtext("name") != "keystore"
        for message in context.iter("message")
        for text in (message.findtext("source") or "", message.findtext("translation") or "")
        if ANY.search(re.sub(r"\{\w+\}", "", text))
    ]
    assert fixed == []
