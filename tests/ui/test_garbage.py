"""Garbage is collected in the GUI thread only, or Qt crashes."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pgyer_desktop.ui.garbage import GuiThreadCollector, collect_if_due


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
