"""Names and notes of the service are data: nothing is made of them, and however long they are, the layout holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QToolTip, QWidget

from pgyer_desktop.api.models import UpdateCheck
from pgyer_desktop.ui.widgets.text.plain_text import plain_tooltip
from tests.e2e.person import Person
from tests.helpers.waiting import until
from tests.ui.rig import Rig, opened, windowed
from tests.ui.stub_client import StubClient

MARKUP = '<a href="file:///etc/passwd">1.4.5</a><img src="https://elsewhere.test/x.png"><h1>Big</h1> [x](https://a.b)'
LONG_WORD = "W" * 10_000
LONG_TEXT = "long name " * 1_000
HOSTILE = [MARKUP, LONG_WORD, LONG_TEXT, "长" * 10_000]


def hostile(text: str) -> StubClient:
    """A service whose every text is `text`."""
    client = StubClient(harbour=3)
    client.builds["harbour"] = [
        replace(
            build,
            name=text,
            version=text,
            build_number=text,
            identifier=text,
            notes=text,
            file_name=text,
            created=None,
            created_text=text,
            launcher_activity=text,
            type_code=text,
            extra=(("buildDescription", text),),
        )
        for build in client.builds["harbour"]
    ]
    return client


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with opened() as found:
        yield found


async def shown(rig: Rig, client: StubClient) -> None:
    account = await rig.add_account("Acme", client)
    rig.state.accounts.accounts_edited()
    rig.state.accounts.switch_account(account.id)
    await until(lambda: bool(rig.rows) and not rig.state.page.loading)
    await rig.quiet()


def fits(widget: QWidget) -> None:
    """Whether a window fits a small screen, and its buttons are in it."""
    assert widget.width() <= 1100, widget.objectName()
    assert widget.height() <= 760, (widget.objectName(), widget.height())
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible() and button.window() is widget:
            place = button.mapTo(widget, QPoint(0, 0))
            assert widget.rect().contains(place), button.objectName()


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "one long word", "long", "long Chinese"])
async def test_no_window_grows_with_what_the_service_sends(rig: Rig, tmp_path: Path, text: str) -> None:
    client = hostile(text)
    async with windowed(rig, tmp_path) as (window, person, _):
        least, width = window.minimumSizeHint(), window.width()
        await shown(rig, client)
        person.select(0)
        await asyncio.sleep(0.05)
        assert window.minimumSizeHint().width() <= max(least.width(), 900)
        assert window.minimumSizeHint().height() <= max(least.height(), 600)
        assert window.width() == width
        assert len(window.windowTitle()) < 200
        client.latest["harbour"] = set()
        for row, action in ((0, "actionDelete"), (1, "actionSetLatest"), (0, "actionClearLatest")):
            person.select(row)
            person.trigger(action)
            dialog = await person.dialog("confirmDialog")
            await asyncio.sleep(0.05)
            fits(dialog)
            dialog.reject()
            await person.gone("confirmDialog")
        for action, name in (("actionCheckUpdate", "checkUpdateDialog"), ("actionShowQr", "qrDialog")):
            person.trigger(action)
            dialog = await person.dialog(name)
            await asyncio.sleep(0.05)
            if not dialog.isFullScreen():  # as the code is, on purpose
                fits(dialog)
            await the_check(person, dialog)
            dialog.reject()
            await person.gone(name)


async def the_check(person: Person, dialog: QDialog) -> None:
    """Ask what a device is offered, where the dialog is the one for that."""
    if dialog.objectName() != "checkUpdateDialog":
        return
    await until(lambda: bool(person.find(QWidget, "checkResult", dialog).accessibleName()))
    await asyncio.sleep(0.05)
    fits(dialog)


async def test_no_rich_text_and_no_link_is_made_of_it(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (window, person, _):
        await shown(rig, hostile(MARKUP))
        person.select(0)
        person.trigger("actionDelete")
        await person.dialog("confirmDialog")
        await asyncio.sleep(0.05)
        labels = [label for top in QApplication.topLevelWidgets() for label in top.findChildren(QLabel)]
        assert any(MARKUP[:20] in label.text() for label in labels), "the text is somewhere"
        for label in labels:
            assert label.textFormat() is Qt.TextFormat.PlainText or "<" not in label.text(), label.objectName()
            assert not label.openExternalLinks()
        for widget in window.findChildren(QWidget):
            tooltip = widget.toolTip()
            assert "<" not in tooltip or tooltip.startswith("<span style"), tooltip
        (await person.dialog("confirmDialog")).reject()


async def test_hovering_over_a_cell_shows_the_markup_and_not_its_effect(rig: Rig, tmp_path: Path) -> None:
    async with windowed(rig, tmp_path) as (_window, person, _):
        await shown(rig, hostile(MARKUP))
        place = person.table.visualRect(person.index(0)).center()
        event = QHelpEvent(QHelpEvent.Type.ToolTip, place, person.table.viewport().mapToGlobal(place))
        QApplication.sendEvent(person.table.viewport(), event)
        assert "&lt;a href=" in QToolTip.text()
        assert "<a href=" not in QToolTip.text()
        QToolTip.hideText()


def test_a_tooltip_is_no_larger_than_can_be_read() -> None:
    assert len(plain_tooltip(LONG_WORD)) < 3_000
    assert plain_tooltip(LONG_WORD).endswith("…</span>")


async def test_a_delete_of_the_latest_asks_for_a_word_that_can_be_typed(rig: Rig, tmp_path: Path) -> None:
    client = hostile(LONG_WORD)
    async with windowed(rig, tmp_path) as (_window, person, _):
        await shown(rig, client)
        person.select(0)
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        word = str(client.builds["harbour"][0].pgyer_build)
        assert not person.find(QAbstractButton, "confirmAccept", dialog).isEnabled()
        QTest.keyClicks(person.find(QWidget, "confirmText", dialog), word)
        assert person.find(QAbstractButton, "confirmAccept", dialog).isEnabled()
        dialog.reject()


def test_an_update_check_has_room_for_no_link_that_is_not_ours() -> None:
    assert "link" in UpdateCheck.__slots__  # and what is put there went through `safe_link`, which has its own tests
