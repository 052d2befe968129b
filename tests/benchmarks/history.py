"""How fast all builds of an app are found, sorted, grouped, scrolled, opened and loaded.

`python -m tests.benchmarks.history`

Each figure stands beside its floor, measured in the same run, as a ratio: machines differ and are noisy. The floor is
what the same job costs with nothing around it, such as a list of strings and a bare table. Sizes may be given
(`... history 1000 20000`); `--load` loads a history of 20,000 builds as well, which takes half a minute.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QApplication, QTableView

from pgyer_desktop.api.client import Client
from pgyer_desktop.api.models import ApiKey, Build, BuildPage, Platform
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.history.account_history import History
from pgyer_desktop.core.history.app_history import AppHistory
from pgyer_desktop.core.history.load import AT_ONCE, HistoryLoader
from pgyer_desktop.core.history.match import haystack
from pgyer_desktop.core.history.store import HistoryStore
from pgyer_desktop.sandbox import DEMO_KEY
from pgyer_desktop.ui.base.event_loop import QtEventLoop
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.base.memory import GuiThreadCollector
from pgyer_desktop.ui.builds.model import BuildModel
from pgyer_desktop.ui.builds.page_list import PageRows
from pgyer_desktop.ui.builds.table import BuildTable
from pgyer_desktop.ui.history.flow import HistoryFlow
from pgyer_desktop.ui.state.open import Open
from pgyer_desktop.ui.state.teller import Teller
from tests.benchmarks.soak import memory_mb
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve_blocking

SIZES: Final = (1_000, 20_000, 100_000)
TIMES: Final = 7
"""How often each figure is taken; the median counts."""
STEPS: Final = 1_000
LATENCY: Final = 0.05
WORDS: Final = ("crash", "wallet", "harbour", "panel", "1.12", "offline")
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)


@dataclass(slots=True)
class Stalls:
    """The longest time for which nobody else had a turn on the loop, in seconds, and during what."""

    what: str = ""
    longest: dict[str, float] = field(default_factory=dict)

    async def watch(self) -> None:
        """Ask for a turn all the time, until cancelled."""
        before = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            if self.what:
                self.longest[self.what] = max(self.longest.get(self.what, 0.0), now - before - 0.001)
            before = now


STALLS: Final = Stalls()


def build(serial: int) -> Build:
    """A build as real ones are."""
    topics = ("start-up", "crash in the wallet", "dark mode", "offline maps", "panel", "translations")
    minor, patch = divmod(serial // 8, 10)
    return Build(
        f"{serial:032x}",
        app_key="app",
        name="Harbour",
        version=f"{1 + minor // 100}.{minor % 100}.{patch}",
        build_number=str(serial),
        pgyer_build=serial,
        size=10_000_000 + serial * 7919 % 5_000_000,
        created=datetime(2025, 3, 1, tzinfo=UTC) - timedelta(minutes=37 * (200_000 - serial)),
        downloads=serial * 31 % 400,
        notes=f"- Fixed: {topics[serial % 6]} ({serial * 17 % 9973})\n- Better {topics[serial * 5 % 6]}",
        identifier="com.acme.harbour",
        file_name=f"harbour-{serial}.ipa",
        platform=Platform.IOS,
        latest=False,
    )


class BareModel(QAbstractTableModel):
    """Rows of strings, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Sequence[str]] = []

    def show(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 6

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        return self.rows[index.row()][index.column()] if role == _DISPLAY else None


class StubState(QObject):
    """As much of a window's state as `HistoryFlow` looks at: all of its parts in one."""

    app_changed = Signal()
    session_changed = Signal()
    history_changed = Signal()

    def __init__(self, history: History) -> None:
        super().__init__()
        session = SimpleNamespace(history=history, loader=lambda _app_key: None)
        self.open = Open(cast("Any", None), cast("Any", session), KnownApp("app", "Harbour"))
        self.teller = Teller()
        self.accounts = self.page = self.tasks = self

    def know_latest(self, keys: frozenset[str]) -> None:
        """Nobody asks."""


class Bench:
    """The program's table and a bare one, over the same builds."""

    def __init__(self, store: HistoryStore, size: int) -> None:
        self.size = size
        self.history = History(store, "acme")
        self.model = BuildModel()
        self.table = BuildTable(self.model, IconLoader())
        self.bare_model = BareModel()
        self.bare = QTableView()
        self.bare.setModel(self.bare_model)
        self.bare.verticalHeader().hide()
        self.bare.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        for view in (self.table, self.bare):
            view.resize(900, 700)
            view.show()
        self.bare.verticalHeader().setDefaultSectionSize(self.table.verticalHeader().defaultSectionSize())
        self.bare_rows = [
            (b.version, b.build_number, f"#{b.pgyer_build}", f"{(b.size or 0) / 1e6:.1f} MB", "3 days ago", "12")
            for b in map(build, range(size, 0, -1))
        ]
        self.haystacks = [haystack(build(serial)) for serial in range(size, 0, -1)]
        self.state = StubState(self.history)
        self.flow = HistoryFlow(cast("Any", self.state))
        self.state.app_changed.emit()

    async def shown(self, change: Callable[[], object]) -> float:
        """Seconds from a change to the painted rows."""
        found = asyncio.Event()
        self.flow.rows_changed.connect(found.set)
        begun = time.perf_counter()
        change()
        await found.wait()
        assert self.flow.rows is not None
        self.table.show_rows(self.flow.rows, frozenset(), "all")
        self.table.viewport().repaint()
        took = time.perf_counter() - begun
        self.flow.rows_changed.disconnect(found.set)
        await asyncio.sleep(0.02)
        return took

    def bare_shown(self, make: Callable[[], Sequence[Sequence[str]]]) -> float:
        """Seconds that the bare table needs for what `make` makes."""
        begun = time.perf_counter()
        self.bare_model.show(make())
        self.bare.viewport().repaint()
        return time.perf_counter() - begun

    def filtered(self, word: str) -> list[tuple[str, ...]]:
        """The rows whose text holds a word."""
        return [row for row, text in zip(self.bare_rows, self.haystacks, strict=True) if word in text]

    def scrolled(self, view: QTableView) -> list[float]:
        """Seconds of each of many steps."""
        bar = view.verticalScrollBar()
        step = view.verticalHeader().defaultSectionSize()
        bar.setValue(0)
        view.viewport().repaint()
        took: list[float] = []
        for number in range(1, STEPS + 1):
            begun = time.perf_counter()
            bar.setValue(number * step)
            view.viewport().repaint()
            took.append(time.perf_counter() - begun)
        return took


def sorted_rows(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """A list of strings in order, as rows."""
    return [(text,) * 6 for text in sorted(texts)]


def tell(line: str) -> None:
    """Say it now: who measures watches."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def say(size: int, what: str, ours: float, floor: float, aim: float, *, unit: float = 1e3) -> None:
    """Print one line of the table."""
    stall = STALLS.longest.get(f"{size} {what}", 0.0) * 1e3
    missed = "" if ours <= floor * aim else "  <- misses the aim"
    tell(
        f"{size:>8,}  {what:<28} {ours * unit:>9.2f} ms  floor {floor * unit:>9.2f} ms"
        f"  {ours / floor:>6.2f}x  (aim {aim}x)  stall {stall:>5.1f} ms{missed}"
    )


async def median(what: str, take: Callable[[], Awaitable[float]], times: int = TIMES) -> float:
    """The median of several takes, while the loop is watched."""
    taken: list[float] = []
    for _ in range(times):
        gc.collect()
        await asyncio.sleep(0.01)
        STALLS.what = what
        taken.append(await take())
        STALLS.what = ""
        await asyncio.sleep(0.01)
    return statistics.median(taken)


async def measure(bench: Bench) -> None:
    """Take all figures of one size."""
    size = bench.size

    async def opened() -> float:
        bench.flow.set_on(on=False)
        bench.table.show_rows(PageRows(()), frozenset())
        await asyncio.sleep(0.02)
        return await bench.shown(lambda: bench.flow.set_on(on=True))

    before = memory_mb()
    await opened()
    await bench.shown(lambda: bench.flow.set_order(("size", True)))
    await bench.shown(lambda: bench.flow.set_grouped(on=True))
    await bench.shown(lambda: bench.flow.set_filter("crash"))
    grown = (memory_mb() - before) * 1e6 / size
    tell(f"{size:>8,}  memory, all of it used       {grown:>9.0f} bytes a build  (aim 600 at 100,000)")
    await bench.shown(lambda: bench.flow.set_filter(""))
    await bench.shown(lambda: bench.flow.set_grouped(on=False))
    await bench.shown(lambda: bench.flow.set_order(None))
    ours = await median(f"{size} opening", opened)
    few = bench.bare_rows[:40]
    say(size, "opening", ours, statistics.median(bench.bare_shown(lambda: few) for _ in range(TIMES)), 2.0)

    # A keystroke: letter by letter, and back to nothing.
    words = [word[:end] for word in WORDS for end in range(1, len(word) + 1)]
    floors = [bench.bare_shown(partial(bench.filtered, word)) for word in words]
    took = [
        await median(f"{size} keystroke", partial(bench.shown, partial(bench.flow.set_filter, word)), 1)
        for word in words
    ]
    say(size, "keystroke", statistics.median(took), statistics.median(floors), 1.5)
    await bench.shown(lambda: bench.flow.set_filter(""))

    for column, number in (("version", 0), ("size", 3), ("notes", 0)):
        texts = bench.haystacks if column == "notes" else [row[number] for row in bench.bare_rows]
        floor = statistics.median(bench.bare_shown(partial(sorted_rows, texts)) for _ in range(TIMES))
        what = f"sort by {column}"

        async def sorted_(column: str = column) -> float:
            await bench.shown(lambda: bench.flow.set_order((column, False)))
            assert bench.flow._finder is not None
            bench.flow._finder._sorted = None
            return await bench.shown(lambda: bench.flow.set_order((column, True)))

        say(size, what, await median(f"{size} {what}", sorted_), floor, 1.5)
    await bench.shown(lambda: bench.flow.set_order(None))

    def in_groups() -> list[tuple[str, ...]]:
        groups: dict[str, list[tuple[str, ...]]] = {}
        for row in bench.bare_rows:
            groups.setdefault(row[0], []).append(row)
        return [row for version, rows in groups.items() for row in ((version,) * 6, *rows)]

    async def grouped(*, anew: bool) -> float:
        if anew:
            assert bench.flow._finder is not None
            bench.flow._finder._versions = None
        took = await bench.shown(lambda: bench.flow.set_grouped(on=True))
        await bench.shown(lambda: bench.flow.set_grouped(on=False))
        return took

    floor = statistics.median(bench.bare_shown(in_groups) for _ in range(TIMES))
    for what, anew in (("group by version", True), ("group by version again", False)):
        say(size, what, await median(f"{size} {what}", partial(grouped, anew=anew)), floor, 1.5)

    bench.bare_model.show(bench.bare_rows)
    bare = bench.scrolled(bench.bare)
    ours_steps = bench.scrolled(bench.table)
    STALLS.longest[f"{size} scroll, p99"] = max(ours_steps)
    say(size, "scroll, p50", statistics.median(ours_steps), statistics.median(bare), 1.3)
    say(size, "scroll, p99", statistics.quantiles(ours_steps, n=100)[98], statistics.quantiles(bare, n=100)[98], 1.3)


def _serve(pipe: Connection) -> None:
    with serve_blocking(SandboxApp(SandboxService(latency=LATENCY))) as server:
        pipe.send(server.api_url)
        pipe.recv()


@contextmanager
def slow_service() -> Iterator[str]:
    """The look-alike in a process of its own, every reply of which takes `LATENCY` seconds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join(5)


def _granary() -> tuple[str, int]:
    """The app to load, and how many pages it has."""
    service = SandboxService()
    app_key = service.app_key("granary")
    return app_key, ceil(len(service.build_keys(app_key)) / 20)


async def measure_load(folder: Path) -> None:
    """Load an app of 20,000 builds."""
    app_key, pages = _granary()
    gc.collect()
    gc.freeze()
    with slow_service() as url:
        transport = await asyncio.to_thread(ApiTransport, url)  # as the program does
        store = await asyncio.to_thread(HistoryStore.open, folder / "load.sqlite3")
        loader = HistoryLoader(Client(transport, ApiKey(DEMO_KEY)), AppHistory(store, "acme", app_key))
        STALLS.what = "20000 load all"
        begun = time.perf_counter()
        coverage = await loader.load(lambda _progress: None)
        took = time.perf_counter() - begun
        STALLS.what = ""
        assert coverage.complete, coverage
        await transport.aclose()
        await asyncio.to_thread(store.close)
    say(20_000, "load all", took, ceil(pages / AT_ONCE) * LATENCY, 1.2)


def filled(file: Path, size: int) -> HistoryStore:
    """A history of so many builds."""
    store = HistoryStore.open(file)
    rows = [build(serial) for serial in range(size, 0, -1)]
    pages = [
        BuildPage(number + 1, ceil(size / 1000), tuple(rows[number * 1000 : (number + 1) * 1000]))
        for number in range(ceil(size / 1000))
    ]
    AppHistory(store, "acme", "app").absorb_all([(page, datetime.now(UTC)) for page in pages])
    AppHistory(store, "acme", "app").link([(rows[-1].build_key, None)], datetime.now(UTC))
    return store


async def run(sizes: list[int], *, load: bool) -> None:
    """Take and print all figures."""
    watch = asyncio.ensure_future(STALLS.watch())
    collector = GuiThreadCollector()  # as the program does
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            store = await asyncio.to_thread(filled, Path(folder) / f"{size}.sqlite3", size)
            bench = Bench(store, size)
            gc.collect()
            gc.freeze()  # the program does so once it is loaded; here, what is measured against is out of the way too
            await measure(bench)
            gc.unfreeze()
            await bench.flow.aclose()
            bench.table.show_rows(PageRows(()), frozenset())
            bench.table.close()
            bench.bare.close()
            await asyncio.to_thread(store.close)
        if load:
            await measure_load(Path(folder))
    collector.stop()
    watch.cancel()
    what, longest = max(STALLS.longest.items(), key=lambda item: item[1])
    tell(f"longest stall of the loop: {longest * 1e3:.1f} ms ({what}; aim 16 ms)")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    with asyncio.Runner(loop_factory=lambda: QtEventLoop(app)) as runner:
        runner.run(run(numbers or list(SIZES), load="--load" in sys.argv or not numbers))
