"""Garbage is collected in the GUI thread only, or Qt crashes."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pgyer_desktop.ui.base.memory import BUSY_MS, CALM_MS, GuiThreadCollector, collect_if_due


class Cycle(QObject):
    """Only the collector can take it away, and it remembers in which thread that was."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def automatic() -> Iterator[None]:
    """Python's own collection, as it is when the program starts."""
    before = gc.isenabled()
    gc.enable()
    yield
    if not before:
        gc.disable()


@pytest.fixture
def by_hand() -> Iterator[None]:
    """No collection but those that are asked for."""
    before = gc.isenabled()
    gc.disable()
    yield
    if before:
        gc.enable()


@pytest.mark.usefixtures("automatic")
def test_a_worker_thread_that_allocates_much_collects_nothing(qtbot: QtBot) -> None:
    collector = GuiThreadCollector()
    ended: list[int] = []
    kept: list[list[int]] = []
    weakref.finalize(Cycle(), lambda: ended.append(threading.get_ident()))

    def allocate() -> None:
        kept.extend([] for _ in range(200_000))  # containers are what counts towards a collection

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert not ended
    gc.collect()
    assert ended == [threading.get_ident()]
    collector.stop()
    assert gc.isenabled()


@pytest.mark.usefixtures("by_hand")
def test_a_collection_is_due_when_pythons_own_threshold_is_reached(qtbot: QtBot) -> None:
    gc.collect()
    assert collect_if_due() is None
    kept: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 100)]
    assert collect_if_due() == 0
    assert kept


@pytest.mark.usefixtures("automatic")
def test_it_collects_often_while_much_is_allocated_and_seldom_afterwards(qtbot: QtBot) -> None:
    collector = GuiThreadCollector()
    kept: list[list[int]] = []
    assert collector.interval_ms == CALM_MS

    def is_busy() -> bool:
        kept.extend([] for _ in range(gc.get_threshold()[0] + 100))
        return collector.interval_ms == BUSY_MS

    qtbot.waitUntil(is_busy)
    qtbot.waitUntil(lambda: collector.interval_ms == CALM_MS)
    collector.stop()


@pytest.mark.usefixtures("by_hand")
def test_everything_is_collected_only_when_that_is_asked_for(qtbot: QtBot) -> None:
    gc.collect()
    first, second, third = gc.get_threshold()
    gc.set_threshold(first, 1, 1)
    try:
        for _ in range(3):
            gc.collect(0)
            gc.collect(1)
        for _ in range(2):
            gc.collect(0)
        assert gc.get_count()[2] > 1
        assert collect_if_due(oldest=1) == 1
        assert collect_if_due() == 2
    finally:
        gc.set_threshold(first, second, third)
