"""Settings are written soon, once, and a failure is told once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.settings_saver import SettingsSaver
from pgyer_desktop.ui.state.teller import Teller
from tests.helpers.waiting import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.core.base.error_messages import Notice


class Disk(SettingsFile):
    """Counts, waits and fails as it is told."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.saves = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: OSError | None = None

    async def save(self) -> None:
        self.saves += 1
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        await super().save()

    def touch(self, current: str) -> None:
        self.change(lambda s: replace(s, current_account=current))


@pytest.fixture
async def disk(tmp_path: Path, qapp: QApplication) -> Disk:
    return Disk(tmp_path / "settings.json")


@pytest.fixture
async def saver(disk: Disk) -> AsyncIterator[SettingsSaver]:
    saver = SettingsSaver(disk, Teller())
    saver._timer.setInterval(20)
    yield saver
    disk.error = None
    disk.gate.set()
    await saver.aclose()


def on_disk(disk: Disk) -> str:
    assert disk.folder is not None
    return SettingsFile(disk.folder / "settings.json").value.current_account


async def test_many_changes_are_one_save(disk: Disk, saver: SettingsSaver) -> None:
    for number in range(20):
        disk.touch(f"a{number}")
        saver.save_soon()
    assert disk.saves == 0
    await until(lambda: disk.saves == 1 and on_disk(disk) == "a19")
    await asyncio.sleep(0.08)
    assert disk.saves == 1


async def test_half_a_second_is_the_longest_wait_however_busy_it_is(disk: Disk) -> None:
    saver = SettingsSaver(disk, Teller())
    assert saver._timer.interval() == 500
    saver._timer.setInterval(40)
    for number in range(12):
        disk.touch(f"a{number}")
        saver.save_soon()
        await asyncio.sleep(0.01)
    assert disk.saves >= 1
    await saver.aclose()


async def test_closing_saves_what_is_not_saved_yet(disk: Disk) -> None:
    saver = SettingsSaver(disk, Teller())
    disk.touch("last")
    saver.save_soon()
    await saver.aclose()
    assert on_disk(disk) == "last"


async def test_a_change_during_a_save_is_saved_after_it(disk: Disk, saver: SettingsSaver) -> None:
    disk.gate.clear()
    disk.touch("first")
    saver.save_soon()
    await until(lambda: disk.saves == 1)
    disk.touch("second")
    saver.save_soon()
    await asyncio.sleep(0.08)
    assert disk.saves == 1, "two never write at once"
    disk.gate.set()
    # The save that was held up may write both; a timer that is left would fire when no loop runs any more.
    await until(lambda: on_disk(disk) == "second" and not saver._timer.isActive())


async def test_closing_waits_for_the_save_under_way(disk: Disk) -> None:
    saver = SettingsSaver(disk, Teller())
    saver._timer.setInterval(0)
    disk.gate.clear()
    disk.touch("first")
    saver.save_soon()
    await until(lambda: disk.saves == 1)
    closing = asyncio.ensure_future(saver.aclose())
    await asyncio.sleep(0.02)
    assert not closing.done()
    disk.gate.set()
    await closing
    assert on_disk(disk) == "first"


async def test_a_failure_is_told_once_until_it_works_again(disk: Disk, saver: SettingsSaver) -> None:
    told: list[Notice] = []
    saver._teller.notice_raised.connect(lambda _topic, notice: told.append(notice))
    disk.error = OSError(28, "No space left on device")
    for saves in (1, 2):
        disk.touch(f"a{saves}")
        saver.save_soon()
        await until(lambda saves=saves: disk.saves == saves)  # type: ignore[misc]  # a default binds the loop's value
        await asyncio.sleep(0.02)
    assert len(told) == 1
    assert str(disk.folder) in say(told[0].text)
    assert "No space left on device" in say(told[0].text)

    disk.error = None
    saver.save_soon()
    await until(lambda: on_disk(disk) == "a2")
    disk.error = OSError("nothing to say")
    disk.touch("a3")
    saver.save_soon()
    await until(lambda: len(told) == 2)
    assert "no reason was given" in say(told[1].text)


async def test_closing_hands_a_failure_to_the_caller(disk: Disk) -> None:
    saver = SettingsSaver(disk, Teller())
    disk.error = OSError(30, "Read-only file system")
    with pytest.raises(OSError, match="Read-only"):
        await saver.aclose()
