"""What people type and paste, against the second look-alike: keys, words to find, what a spreadsheet makes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLineEdit, QWidget

from tests.e2e import errands
from tests.e2e.conftest import running
from tests.e2e.person import Person
from tests.helpers import xlsx
from tests.helpers.waiting import until
from tests.lookalike import Behaviour, Lookalike, furnished

MB = 10**6


@pytest.fixture
def service() -> Iterator[Lookalike]:
    """A service whose first account has an app with builds that spreadsheets and searches stumble over."""
    world = furnished(Behaviour(page_size=50))
    app = world.add_app(world.accounts[0], "Tram", 2, shortcut="Tram")
    world.upload(app, "1.1", number="0012", size=10 * MB, notes="=1+1", downloads=3)
    world.upload(app, "1.10", number="12", size=30 * MB, notes="修复：ＶＩＰ“支付 宝”", downloads=30)
    world.upload(app, "2.0", number="1e5", size=200_000, notes="http://example.test\nfixes login", downloads=0)
    with Lookalike(world) as service:
        yield service


@asynccontextmanager
async def started(service: Lookalike, folder: Path) -> AsyncIterator[Person]:
    async with running(service, folder) as (_program, person):
        yield person


async def paste(person: Person, text: str, dialog: QDialog) -> None:
    """Replace what the key field holds by what was copied elsewhere."""
    QGuiApplication.clipboard().setText(text)
    field = person.find(QLineEdit, "apiKeyEdit", dialog)
    field.clear()
    field.paste()


def said(person: Person, dialog: QDialog) -> str:
    """What the dialog says under the field."""
    return person.find(QWidget, "accountProblem", dialog).accessibleName()


async def test_a_key_is_asked_about_before_pgyer_is_and_a_refused_one_was_refused(
    service: Lookalike, tmp_path: Path, qapp: object
) -> None:
    key = service.world.accounts[0].key
    async with started(service, tmp_path) as person:
        person.click("connectAccountButton")
        dialog = await person.dialog("accountDialog")
        save = person.find(QAbstractButton, "accountSaveButton", dialog)
        for text, words in (
            ("https://www.pgyer.com/account/api", "That is a link."),
            ("my-key", "That is not an API key"),
            (key[:30], "and this has 30. Is this it?"),
            (f"{key[:20]}\n{key[20:]}", "came in pieces"),
            (f"App Key {'ab' * 16} API Key {key}", f"ends in {key[-4:]}. Is this it?"),
        ):
            await paste(person, text, dialog)
            assert words in said(person, dialog)
            assert not save.isEnabled()
        await paste(person, f"API Key：{'f' * 32}。", dialog)
        assert service.record.all == ()
        person.click("accountSaveButton", dialog)
        await until(lambda: "Pgyer refused this key (1002)" in said(person, dialog))
        assert "could not be checked" not in said(person, dialog)
        await paste(person, f"curl -d _api_key={key} -d page=1", dialog)
        assert "The key was found in what was pasted" in said(person, dialog)
        person.click("accountSaveButton", dialog)
        await until(lambda: person.rows > 0)
    assert {request.account for request in service.record.of("app/builds")} == {service.world.accounts[0].name}


@pytest.mark.parametrize("all_builds", [False, True], ids=["a page", "all builds"])
async def test_what_is_typed_finds_what_is_meant(
    service: Lookalike, tmp_path: Path, qapp: object, all_builds: bool
) -> None:
    async with started(service, tmp_path) as person:
        await errands.connect(person, service.world.accounts[0].key)
        await errands.open_app(person, "Tram")
        if all_builds:
            person.trigger("actionAllBuilds")
        await until(lambda: person.rows == 3)
        field = person.find(QLineEdit, "filterEdit")

        async def found(text: str) -> list[str]:
            field.setText(text)
            expected = FOUND[text]
            await until(lambda: [person.build(row).version for row in range(person.rows)] == expected)
            return expected

        for text, expected in FOUND.items():
            assert await found(text) == expected, text


FOUND = {
    "大小：＞２０": ["1.10"],
    "size:>20": ["1.10"],
    "size:《20": ["2.0", "1.1"],
    "size:<300KB": ["2.0"],
    "vers": ["2.0", "1.10", "1.1"],
    "ｖｅｒｓｉｏｎ：１．１０": ["1.10"],
    "version：“1.10”": ["1.10"],
    "说明：“支付 宝”": ["1.10"],
    "vip": ["1.10"],
    "ＶＩＰ": ["1.10"],
    "「fixes login」": ["2.0"],
    "－login －vip": ["1.1"],
    "下载：≥３": ["1.10", "1.1"],
    "下载：０～１０": ["2.0", "1.1"],
    "szie:>20": ["2.0", "1.10", "1.1"],
    "nothing of it": [],
}
"""What is typed, and the versions of what it finds, from the top."""


async def test_a_spreadsheet_shows_what_the_list_shows(service: Lookalike, tmp_path: Path, qapp: object) -> None:
    async with started(service, tmp_path) as person:
        await errands.connect(person, service.world.accounts[0].key)
        await errands.open_app(person, "Tram")
        person.trigger("actionExport")
        dialog = person.find(QFileDialog, "exportDialog")
        assert dialog.windowTitle() == "Export everything listed on this page: 3 builds"
        assert "(*.xlsx)" in dialog.selectedNameFilter()
        name = person.find(QLineEdit, "fileNameEdit", dialog).text()
        assert name.startswith("pgyer-builds-Tram-2")
        assert name.endswith(".xlsx")
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(name)
        dialog.accept()
        await until((tmp_path / name).exists)
    (sheet,) = xlsx.read((tmp_path / name).read_bytes())
    assert [row[:2] for row in sheet.rows[1:]] == [["2.0", "1e5"], ["1.10", "12"], ["1.1", "0012"]]
    notes = sheet.rows[0].index("Release notes")
    assert [row[notes] for row in sheet.rows[1:]] == [
        "http://example.test\nfixes login",
        "修复：ＶＩＰ“支付 宝”",
        "=1+1",
    ]
    assert (sheet.other, sheet.formats, sheet.frozen_rows) == ([], {"@"}, 1)
