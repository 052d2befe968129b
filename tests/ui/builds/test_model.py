"""What the table says of builds, how it sorts and filters them, and that a selection survives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.builds.columns import COLUMNS
from pgyer_desktop.core.history.search import Query, parse
from pgyer_desktop.ui.builds.model import BADGES_ROLE, BUILD_ROLE, KEY_ROLE, BuildModel
from pgyer_desktop.ui.widgets.icon_cell import Tone
from tests.ui.builds.pages import page_in

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
NUMBERS = {column.key: number for number, column in enumerate(COLUMNS)}
BUILDS = (
    Build("k3", version="1.10", build_number="28", pgyer_build=3, size=10_600_000, created=NOW, downloads=9,
          notes="Fixes the login\nand the map", name="Harbour", platform=Platform.IOS, in_history=True),
    Build("k2", version="1.9", build_number="9", pgyer_build=2, size=None, created=NOW - timedelta(days=1),
          downloads=100, file_name="harbour.apk", platform=Platform.UNKNOWN, type_code="9", publish_complete=False),
    Build("k1", version="1.2", build_number="10", pgyer_build=1, size=9_000, created_text="1天前",
          identifier="com.acme.harbour"),
)  # fmt: skip


class Clock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model(clock: Clock) -> Iterator[BuildModel]:
    model = BuildModel(now=clock)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page_in(model).set_page(BUILDS, frozenset({"k2"}))
    yield model
    del tester


def query(text: str) -> Query:
    """What is found by `text`."""
    return parse(text, now=datetime.now(UTC)).query


def text(model: BuildModel, row: int, column: str, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
    return model.data(model.index(row, NUMBERS[column]), role)


def keys(model: BuildModel) -> list[object]:
    return [text(model, row, "version", KEY_ROLE) for row in range(model.rowCount())]


def test_cells_are_written_for_people(model: BuildModel) -> None:
    row = [text(model, 0, key) for key in ("version", "build_number", "pgyer_build", "size", "created", "downloads")]
    assert row == ["1.10", "28", "#3", "10.6 MB", "just now", "9"]
    assert text(model, 1, "size") == "–"
    assert text(model, 1, "platform") == "Unknown (9)"
    assert text(model, 2, "created") == "1天前"
    assert text(model, 0, "notes") == "Fixes the login and the map"
    assert [text(model, row, "in_history") for row in range(2)] == ["Yes", "–"]


def test_every_cell_answers_the_row_s_build_and_key(model: BuildModel) -> None:
    for column in range(model.columnCount()):
        assert model.data(model.index(1, column), KEY_ROLE) == "k2"
        assert model.data(model.index(1, column), BUILD_ROLE) is BUILDS[1]


def test_numbers_stand_right(model: BuildModel) -> None:
    role = int(Qt.ItemDataRole.TextAlignmentRole)
    right = int(Qt.AlignmentFlag.AlignRight)
    for column in COLUMNS:
        alignment = text(model, 0, column.key, role)
        assert isinstance(alignment, int)
        assert bool(alignment & right) is column.kind.right_aligned


def test_badges_stand_beside_the_version_alone(model: BuildModel) -> None:
    assert text(model, 0, "version", BADGES_ROLE) == []
    assert text(model, 1, "version", BADGES_ROLE) == [("Latest", Tone.ACCENT), ("Publishing", Tone.WARNING)]
    assert text(model, 1, "size", BADGES_ROLE) == []
    model.set_busy_keys({"k1"})
    assert text(model, 2, "version", BADGES_ROLE) == [("Changing…", Tone.NEUTRAL)]


def test_several_latest_builds_are_shown_as_they_are(model: BuildModel) -> None:
    page_in(model).set_page(BUILDS, frozenset({"k1", "k3"}))
    marked = [bool(text(model, row, "version", BADGES_ROLE)) for row in range(3)]
    assert marked == [True, True, True]  # k2 is publishing


def test_tooltips_hold_exact_values_and_are_never_rich(model: BuildModel) -> None:
    role = int(Qt.ItemDataRole.ToolTipRole)
    assert "China, UTC+8" in str(text(model, 0, "created", role))
    assert "10600000 bytes" in str(text(model, 0, "size", role)).replace(",", "")
    page_in(model).set_page([replace(BUILDS[0], name="<b>x</b>")], frozenset())
    assert "&lt;b&gt;" in str(text(model, 0, "name", role))
    assert "login\nand" in str(text(model, 0, "notes", role))


def test_the_tooltip_says_what_is_unknown_of_a_build_that_is_marked_so(model: BuildModel) -> None:
    role = int(Qt.ItemDataRole.ToolTipRole)
    words = "It is not known yet how the last change of this build ended."
    assert words not in str(text(model, 0, "version", role))
    model.set_busy_keys((), {"k1"})
    told = [words in str(text(model, row, "version", role)) for row in range(3)]
    assert told.count(True) == 1


def test_a_row_reads_as_one_sentence(model: BuildModel) -> None:
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    assert text(model, 0, "version", role) == "1.10, build 28, 10.6 megabytes, just now"
    assert str(text(model, 1, "version", role)).startswith("1.9, build 9, latest, publishing, ")
    assert text(model, 0, "size", role) == "Size 10.6 MB"


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        ("version", ["k1", "k2", "k3"]),
        ("build_number", ["k2", "k1", "k3"]),
        ("pgyer_build", ["k1", "k2", "k3"]),
    ],
)
def test_numbers_sort_as_numbers(model: BuildModel, column: str, ascending: list[str]) -> None:
    model.sort(NUMBERS[column], Qt.SortOrder.AscendingOrder)
    assert keys(model) == ascending
    model.sort(NUMBERS[column], Qt.SortOrder.DescendingOrder)
    assert keys(model) == ascending[::-1]
    model.sort(-1)
    assert keys(model) == ["k3", "k2", "k1"]


def test_what_is_missing_comes_last_both_ways(model: BuildModel) -> None:
    model.sort(NUMBERS["size"], Qt.SortOrder.AscendingOrder)
    assert keys(model) == ["k1", "k3", "k2"]
    model.sort(NUMBERS["size"], Qt.SortOrder.DescendingOrder)
    assert keys(model) == ["k3", "k1", "k2"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("LOGIN", ["k3"]),
        ("map fixes", ["k3"]),
        ("login apk", []),
        ("#2", ["k2"]),
        ("com.acme", ["k1"]),
        ("1天前", ["k1"]),
        ("2026-06-1", ["k3", "k2"]),
        ("harbour", ["k3", "k2", "k1"]),
        ("  ", ["k3", "k2", "k1"]),
    ],
)
def test_the_filter_looks_everywhere_for_every_word(model: BuildModel, words: str, found: list[str]) -> None:
    page_in(model).set_filter(query(words))
    assert keys(model) == found
    assert (model.shown_count, page_in(model).total) == (len(found), 3)


def test_filter_and_order_outlast_the_page(model: BuildModel) -> None:
    page_in(model).set_filter(query("harbour"))
    model.sort(NUMBERS["pgyer_build"], Qt.SortOrder.AscendingOrder)
    page_in(model).set_page([*BUILDS, Build("k0", pgyer_build=0)], frozenset())
    assert keys(model) == ["k1", "k2", "k3"]
    page_in(model).set_filter(query(""))
    assert keys(model) == ["k0", "k1", "k2", "k3"]


def test_the_same_rows_are_repainted_and_others_reset(model: BuildModel) -> None:
    seen: list[str] = []
    model.modelReset.connect(lambda: seen.append("reset"))
    model.dataChanged.connect(lambda *_: seen.append("changed"))
    page_in(model).set_page([replace(build, downloads=1) for build in BUILDS], frozenset({"k3"}))
    assert seen == ["changed"]
    assert text(model, 0, "downloads") == "1"
    page_in(model).set_page(BUILDS[1:], frozenset())
    assert seen == ["changed", "reset"]


def test_relative_times_move_on(model: BuildModel, clock: Clock) -> None:
    assert text(model, 0, "created") == "just now"
    clock.now += timedelta(minutes=3)
    assert text(model, 0, "created") == "just now"
    model.refresh_times()
    assert text(model, 0, "created") == "3 min ago"


def test_rows_are_found_by_key(model: BuildModel) -> None:
    assert model.row_of("k1") == 2
    assert model.row_of("gone") is None
    assert model.build_at(2) is BUILDS[2]
    assert model.build_at(9) is None
