"""The main job, end to end: from an API key to a promoted build, over real sockets, with real clicks."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QSpinBox, QWidget

from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.ui.widgets.pickers.button import PickerButton
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until

WRITES = ("setNewestVersion", "cancelNewestVersion", "buildDelete")


def written(service: SandboxService) -> dict[str, int]:
    """How often each write was sent."""
    return {name: len(service.sent(name)) for name in WRITES}


def files_under(folder: Path) -> list[Path]:
    """Every file that the program has written."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def connect(person: Person, *, name: str = "Acme", key: str = DEMO_KEY) -> None:
    """Go from the welcome page to the first app's builds."""
    person.click("connectAccountButton")
    dialog = await person.dialog("accountDialog")
    person.type_into("accountNameEdit", name, dialog)
    person.type_into("apiKeyEdit", key, dialog)
    person.click("accountSaveButton", dialog)
    await person.gone("accountDialog")
    await until(lambda: person.rows > 0)


async def test_a_person_goes_from_an_api_key_to_a_promoted_build(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        assert person.sees("welcomePage")
        await connect(person)
        assert person.rows == 20
        assert person.find(PickerButton, "accountPicker").accessibleName() == "Account: Acme"
        (before,) = person.latest
        await go_through_three_pages(person)
        promoted = await set_latest(person, service)
        await check_update_of(before, person)
        await clear_latest(promoted, person, service)
        await refuse_a_delete_and_delete(person, service)
        assert person.notice == ""


async def go_through_three_pages(person: Person) -> None:
    """Next, last, and back to the first."""
    first = person.keys
    number = person.find(QSpinBox, "pageNumber")
    person.click("pageNext")
    await until(lambda: number.value() == 2 and person.keys != first)
    second = person.keys
    person.click("pageLast")
    await until(lambda: number.value() == 3 and person.keys not in (first, second))
    assert not set(first) & set(second) & set(person.keys)
    person.click("pageFirst")
    await until(lambda: person.keys == first)


async def set_latest(person: Person, service: SandboxService) -> str:
    """Promote the first build that is not the latest. Its key."""
    (before,) = person.latest
    row = next(row for row, key in enumerate(person.keys) if key != before)
    person.select(row)
    target = person.keys[row]
    assert person.sees("detailsPanel")
    person.trigger("actionSetLatest")
    dialog = await person.dialog("confirmDialog")
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert person.build(row).version in words
    assert person.build(person.keys.index(before)).version in words
    person.click("confirmAccept", dialog)
    await until(lambda: person.latest == [target])
    assert written(service) == {"setNewestVersion": 1, "cancelNewestVersion": 0, "buildDelete": 0}
    return target


async def check_update_of(build_key: str, person: Person) -> None:
    """Ask what a device with this build is offered."""
    person.select(person.keys.index(build_key))
    person.trigger("actionCheckUpdate")
    dialog = await person.dialog("checkUpdateDialog")
    result = person.find(QWidget, "checkResult", dialog)
    await until(lambda: bool(result.accessibleName()))
    shown = " ".join(widget.accessibleName() for widget in dialog.findChildren(QWidget))
    assert DEMO_KEY not in shown
    dialog.reject()
    await person.gone("checkUpdateDialog")


async def clear_latest(build_key: str, person: Person, service: SandboxService) -> None:
    """Take the mark away again; the service decides what follows."""
    person.select(person.keys.index(build_key))
    person.trigger("actionClearLatest")
    dialog = await person.dialog("confirmDialog")
    person.click("confirmAccept", dialog)
    await until(lambda: build_key not in person.latest)
    assert written(service) == {"setNewestVersion": 1, "cancelNewestVersion": 1, "buildDelete": 0}


async def refuse_a_delete_and_delete(person: Person, service: SandboxService) -> None:
    """Cancel is believed; accepting deletes exactly that build, once."""
    doomed = next(key for key in reversed(person.keys) if key not in person.latest)
    person.select(person.keys.index(doomed))
    person.trigger("actionDelete")
    dialog = await person.dialog("confirmDialog")
    person.click("confirmCancel", dialog)
    await person.gone("confirmDialog")
    assert written(service)["buildDelete"] == 0
    assert doomed in person.keys
    person.trigger("actionDelete")
    dialog = await person.dialog("confirmDialog")
    person.click("confirmAccept", dialog)
    await until(lambda: doomed not in person.keys)
    assert written(service) == {"setNewestVersion": 1, "cancelNewestVersion": 1, "buildDelete": 1}
    assert service.sent("buildDelete")[0].fields["buildKey"] == doomed


async def test_every_request_has_the_documented_form_and_the_key_goes_nowhere_else(
    start: Start, service: SandboxService, tmp_path: Path
) -> None:
    async with start() as (_program, person):
        await connect(person)
        await until(lambda: sum(request.method == "GET" for request in service.requests) > 0)
        person.select(0)
        person.trigger("actionCopyLink")
        assert DEMO_KEY not in QGuiApplication.clipboard().text()
        assert QGuiApplication.clipboard().text().endswith(person.keys[0])
    for request in service.requests:
        # The service's own record shows where the right key was: True in its field, "[key]" wherever else.
        assert "[key]" not in repr(request)
        if request.method == "GET":
            assert not request.fields
        else:
            assert request.method == "POST"
            assert request.path.startswith("/apiv2/app/")
            assert request.fields["_api_key"] is True
            assert request.headers["content-type"] == "application/x-www-form-urlencoded"
            assert "cookie" not in request.headers
            assert request.query == ""
    icons = Counter(request.path for request in service.requests if request.method == "GET")
    assert max(icons.values()) == 1, "an icon was asked for twice"
    assert files_under(tmp_path)
    assert not [path for path in files_under(tmp_path) if DEMO_KEY.encode() in path.read_bytes()]


async def test_the_next_start_comes_back_to_account_app_and_page(start: Start, service: SandboxService) -> None:
    keys = MemoryStore()
    async with start(keys) as (program, person):
        await connect(person)
        picker = person.find(PickerButton, "appPicker")
        program.state.accounts.open_app(service.app_key("lantern"))
        await until(lambda: "Lantern" in picker.accessibleName() and person.rows > 0)
        person.click("pageNext")
        await until(lambda: person.find(QSpinBox, "pageNumber").value() == 2 and not program.state.page.loading)
        shown = person.keys

    async with start(keys) as (_program, person):
        assert not person.sees("welcomePage")
        await until(lambda: person.keys == shown)
        assert "Lantern" in person.find(PickerButton, "appPicker").accessibleName()
        assert person.find(QSpinBox, "pageNumber").value() == 2


async def test_a_wrong_key_is_refused_in_the_dialog_and_nothing_is_kept(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        person.click("connectAccountButton")
        dialog = await person.dialog("accountDialog")
        person.type_into("accountNameEdit", "Acme", dialog)
        person.type_into("apiKeyEdit", "0123456789abcdef" * 2, dialog)
        person.click("accountSaveButton", dialog)
        save = person.find(QAbstractButton, "accountSaveButton", dialog)
        await until(lambda: len(service.requests) == 1 and save.isEnabled())
        said = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert "Pgyer refused this key (1002)" in said
        assert "could not be checked" not in said
        assert program.book.accounts == ()
        dialog.reject()
        await person.gone("accountDialog")
        assert person.sees("welcomePage")


async def test_an_error_shows_in_the_banner_and_what_was_on_screen_stays(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        shown = person.keys
        service.fail_next("builds", status=502, body=b"<html>Bad Gateway</html>", content_type="text/html")
        person.trigger("actionRefresh")
        await until(lambda: bool(person.notice))
        assert "502" in person.notice
        assert person.keys == shown
        person.click("noticeRetry")
        await until(lambda: not person.notice)
        assert person.keys == shown


async def test_a_rejected_key_leads_to_the_accounts_page(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        service.fail_next("builds", code=1055, message="The api key has been reset")
        person.trigger("actionRefresh")
        await until(lambda: bool(person.notice))
        person.click("noticeRetry")
        dialog = await person.dialog("accountDialog")
        dialog.reject()


async def test_a_slow_old_page_never_overwrites_a_new_one(start: Start, service: SandboxService) -> None:
    async with start() as (program, person):
        await connect(person)
        first = person.keys
        await until(lambda: not program.state.tasks.is_running("prefetch"))
        program.state.accounts.session.builds.forget_ahead()  # type: ignore[union-attr]  # connected above
        service.fail_next("builds", delay=0.6)
        person.click("pageNext")
        person.click("pageNext")
        await until(lambda: person.find(QSpinBox, "pageNumber").value() == 3 and person.keys != first)
        last = person.keys
        await until(lambda: len(service.sent("builds")) >= 3)
        await asyncio.sleep(0.9)
        assert person.keys == last


async def test_a_double_click_on_delete_deletes_once(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        doomed = next(key for key in reversed(person.keys) if key not in person.latest)
        person.select(person.keys.index(doomed))
        service.fail_next("buildDelete", delay=0.3)
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        accept = person.find(QAbstractButton, "confirmAccept", dialog)
        accept.click()
        accept.click()
        await until(lambda: doomed not in person.keys)
        assert written(service)["buildDelete"] == 1


async def test_deleting_the_latest_wants_its_version_typed(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        (latest,) = person.latest
        row = person.keys.index(latest)
        version = person.build(row).version
        person.select(row)
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        accept = person.find(QAbstractButton, "confirmAccept", dialog)
        assert not accept.isEnabled()
        person.type_into("confirmText", version + "x", dialog)
        assert not accept.isEnabled()
        person.type_into("confirmText", version, dialog)
        person.click("confirmAccept", dialog)
        await until(lambda: latest not in person.keys)
        assert written(service)["buildDelete"] == 1


async def test_a_lost_reply_is_settled_by_reading_and_never_sent_again(start: Start, service: SandboxService) -> None:
    async with start() as (_program, person):
        await connect(person)
        doomed = next(key for key in reversed(person.keys) if key not in person.latest)
        person.select(person.keys.index(doomed))
        service.fail_next("buildDelete", drop_reply=True)
        person.trigger("actionDelete")
        dialog = await person.dialog("confirmDialog")
        person.click("confirmAccept", dialog)
        await until(lambda: doomed not in person.keys)
        assert written(service)["buildDelete"] == 1
        assert person.notice == ""


async def test_the_demo_from_the_welcome_page_touches_neither_the_network_nor_the_settings(
    start: Start, service: SandboxService, tmp_path: Path
) -> None:
    async with start() as (program, person):
        person.click("tryDemoButton")
        await until(lambda: person.rows > 0)
        assert service.requests == ()
    (settings,) = [path for path in files_under(tmp_path) if path.name == "settings.json"]
    assert DEMO_KEY not in settings.read_text(encoding="utf-8")
    assert program.settings.value.accounts == ()
