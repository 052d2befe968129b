"""What a person comes for, one errand after the other, by object names alone: against whichever service there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QSpinBox, QTreeWidget, QWidget

from tests.e2e.person import Person
from tests.helpers.waiting import until

PATIENCE = 60.0
"""Seconds; a process that has just begun loads what it needs meanwhile."""


async def connect(person: Person, key: str, *, name: str = "Workshop") -> None:
    """From the welcome page to the first app's builds."""
    person.click("connectAccountButton")
    dialog = await person.dialog("accountDialog")
    person.type_into("accountNameEdit", name, dialog)
    person.type_into("apiKeyEdit", key, dialog)
    person.click("accountSaveButton", dialog)
    await until(lambda: person.rows > 0, seconds=PATIENCE)
    await person.gone("accountDialog")


async def open_app(person: Person, words: str) -> None:
    """Another app, found in the picker by a few letters of its name."""
    await until(person.find(QAction, "actionSwitchApp").isEnabled, seconds=PATIENCE)
    shown = person.keys
    person.trigger("actionSwitchApp")
    search = person.find(QLineEdit, "appPickerSearch")
    QTest.keyClicks(search, words)
    QTest.keyClick(search, Qt.Key.Key_Return)
    await until(lambda: words.lower() in named(person, "appPicker").lower() and person.keys not in ([], shown))


async def turn_pages(person: Person) -> list[list[str]]:
    """To the next page, the last one, and back to the first. The keys on all that were seen, each page once."""
    number = person.find(QSpinBox, "pageNumber")
    seen = [person.keys]
    for button in ("pageNext", "pageLast"):
        before = person.keys
        if number.value() == number.maximum():
            break
        person.click(button)
        await until(lambda before=before: person.rows > 0 and person.keys != before)  # type: ignore[misc]
        seen.append(person.keys)
    person.click("pageFirst")
    await until(lambda: person.keys == seen[0] and number.value() == 1)
    return seen


async def set_latest(person: Person, row: int) -> str:
    """Promote the build in a row. Its key, once the window shows that it is the latest."""
    key = await ask("actionSetLatest", person, row)
    await until(lambda: key in person.latest)
    return key


async def clear_latest(person: Person, row: int) -> str:
    """Take the mark from the build in a row. Its key, once the window shows it without."""
    key = await ask("actionClearLatest", person, row)
    await until(lambda: key not in person.latest)
    return key


async def delete(person: Person, row: int) -> str:
    """Delete the build in a row. Its key, once the window shows it no more."""
    key = await ask("actionDelete", person, row)
    await until(lambda: key not in person.keys)
    return key


async def ask(action: str, person: Person, row: int) -> str:
    """Choose an action on the build in a row and accept what is asked, typing what is to be typed. The build's key."""
    person.select(row)
    key = person.keys[row]
    person.trigger(action)
    dialog = await person.dialog("confirmDialog")
    person.click("confirmAccept", dialog)
    await person.gone("confirmDialog")
    return key


async def remove_account(person: Person) -> None:
    """Take the one account away; its key goes from the keyring with it."""
    person.trigger("actionManageAccounts")
    accounts = await person.dialog("accountsDialog")
    assert person.find(QTreeWidget, "accountsList", accounts).topLevelItemCount() == 1
    person.click("accountsRemoveButton", accounts)
    person.click("confirmAccept", await person.dialog("confirmDialog"))
    await until(lambda: person.sees("welcomePage"), seconds=PATIENCE)


def named(person: Person, name: str) -> str:
    """What a screen reader says of a widget."""
    return person.find(QWidget, name).accessibleName()
