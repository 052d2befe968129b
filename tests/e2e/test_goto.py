"""Going anywhere by a few letters, against the second look-alike of the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QSpinBox, QWidget

from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.shell.program import Program
from tests.e2e import errands
from tests.e2e.conftest import running
from tests.e2e.person import Person
from tests.helpers.waiting import until
from tests.lookalike import Behaviour, Lookalike, furnished

Start = Callable[[Lookalike], AbstractAsyncContextManager[tuple[Program, Person]]]
Serve = Callable[[Behaviour], Lookalike]

BEHAVIOURS = {
    "as it was seen": Behaviour(),
    "seven a page": Behaviour(page_size=7),
    "rows as documented": Behaviour(documented_only=True, numbers_are_strings=False, list_my_is_array=True),
}


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a service that behaves like this; it ends with the test."""
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(Lookalike(furnished(behaviour)))


@pytest.fixture
def start(tmp_path: Path, qapp: object) -> Start:
    """Starts the program on a service, again and again with the same profile, and closes it as a person does."""
    keys = MemoryStore()
    return lambda service: running(service, tmp_path, keys)


def listed(person: Person) -> list[str]:
    """What the list says, row by row."""
    model = person.find(QListView, "goToList").model()
    return [str(model.index(row, 0).data(int(Qt.ItemDataRole.AccessibleTextRole))) for row in range(model.rowCount())]


async def go_to(person: Person, letters: str) -> None:
    """The letters, and Enter without looking whether anything has been found yet."""
    person.trigger("actionGoTo")
    await until(lambda: person.sees("goToPopup"))
    QTest.keyClicks(person.find(QLineEdit, "goToEdit"), letters)
    QTest.keyClick(person.find(QLineEdit, "goToEdit"), Qt.Key.Key_Return)


async def settled(program: Program) -> None:
    """Wait until nothing is read, and what was read is kept."""
    await until(lambda: not program.state.page.loading and not program.state.tasks.is_running("prefetch"))
    await until(lambda: not any("keep " in key for key in program.state.tasks._current))


@pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=BEHAVIOURS.keys())
async def test_apps_and_builds_are_gone_to_from_anywhere(serve: Serve, start: Start, behaviour: Behaviour) -> None:
    service = serve(behaviour)
    world = service.world
    kettle, ferry = world.app("Kettle"), world.app("渡轮时刻 Ferry")
    size = behaviour.page_size
    wanted = kettle.builds[size + 2]
    async with start(service) as (program, person):
        await errands.connect(person, world.accounts[0].key)
        await until(lambda: len(program.state.accounts.apps) == 3)
        person.click("pageNext")
        await until(lambda: person.keys == [build.key for build in kettle.builds[size : 2 * size]])
        await settled(program)

        await go_to(person, "dlsk")  # the letters of its Chinese characters
        await until(lambda: person.keys == [build.key for build in ferry.builds[:size]])

        await settled(program)
        await go_to(person, f"ket {wanted.number}")
        await until(lambda: [b.build_key for b in program.state.situation.now().selection] == [wanted.key])
        assert person.find(QSpinBox, "pageNumber").value() == 2
        assert person.keys == [build.key for build in kettle.builds[size : 2 * size]]

        asked = len(service.record.all)
        await go_to(person, "clear latest")
        await until(lambda: person.find(QWidget, "goToReason").isVisible() or person.sees("confirmDialog"))
        assert service.record.sent("app/cancelNewestVersion") == []
        assert len(service.record.all) - asked <= 1, "at most a look at the latest"
        for name in ("goToPopup", "confirmDialog"):
            shown = person.window.findChild(QWidget, name)
            if shown is not None:
                shown.close()

    async with start(service) as (program, person):
        await until(lambda: person.rows > 0 and program.state.accounts.session is not None)
        await settled(program)
        person.trigger("actionGoTo")
        await until(lambda: any(f"({wanted.number})" in row for row in listed(person)))
        assert listed(person)[0].startswith("Apps")
        assert "Ferry" in listed(person)[1], "the app that was opened before this one"
        person.find(QWidget, "goToPopup").close()


async def test_a_build_that_has_moved_to_another_page_is_found_there(serve: Serve, start: Start) -> None:
    service = serve(Behaviour(page_size=7))
    world = service.world
    kettle = world.app("Kettle")
    wanted = kettle.builds[24]
    async with start(service) as (program, person):
        await errands.connect(person, world.accounts[0].key)
        for page in (1, 2, 3):  # the next one is read ahead, so this is further
            person.click("pageNext")
            await until(lambda page=page: person.keys[0] == kettle.builds[7 * page].key)  # type: ignore[misc]
            await settled(program)
        assert wanted.key in person.keys
        person.click("pageFirst")
        await until(lambda: person.keys[0] == kettle.builds[0].key)
        await settled(program)
        for count in range(7):
            world.upload(kettle, "2.0.0", number=str(900 + count))
        await go_to(person, f"{wanted.number}")
        await until(lambda: [b.build_key for b in program.state.situation.now().selection] == [wanted.key])
        assert person.find(QAction, "actionAllBuilds").isChecked(), "on its old page it is no more"
        await until(lambda: person.keys[0] == kettle.builds[0].key and len(kettle.builds) == person.rows)
        assert [b.build_key for b in program.state.situation.now().selection] == [wanted.key]
