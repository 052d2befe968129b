"""The table keeps the selection on its build, fits its columns, asks for menus and icons, and waits calmly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QImage, QMouseEvent, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem, QToolTip

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.builds.columns import COLUMNS, ColumnLayout
from pgyer_desktop.core.builds.edge import Edge
from pgyer_desktop.core.builds.visits import Seen
from pgyer_desktop.core.history.search import Query, parse
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.builds.delegate import BuildDelegate
from pgyer_desktop.ui.builds.header import BuildHeader
from pgyer_desktop.ui.builds.model import BADGES_ROLE, KEY_ROLE, BuildModel
from pgyer_desktop.ui.builds.table import LOADING_DELAY_MS, BuildTable
from pgyer_desktop.ui.widgets.row_inks import RowInks, RowKind
from tests.ui.builds.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
NUMBERS = {column.key: number for number, column in enumerate(COLUMNS)}


class Icons(IconLoader):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []

    def request(self, icon_fields: Sequence[str], *, place: str = "table") -> None:
        assert place == "table"
        self.asked.append(tuple(icon_fields))

    def pixmap(self, icon_field: str) -> QPixmap | None:
        assert icon_field.startswith("icon") or not icon_field
        return None


def query(text: str) -> Query:
    """What is found by `text`."""
    return parse(text, now=datetime.now(UTC)).query


def builds(count: int = 20, *, first: int = 100) -> list[Build]:
    return [
        Build(
            f"key{first - n}",
            name="Harbour",
            version=f"1.{first - n}.0",
            build_number=str(first - n),
            pgyer_build=first - n,
            size=160_500_000 + n,
            created=NOW - timedelta(days=10 * n),
            downloads=12_345,
            icon=f"icon{n:029x}",
        )
        for n in range(count)
    ]


@pytest.fixture
def icons(qtbot: QtBot) -> Icons:
    return Icons()


@pytest.fixture
def table(qtbot: QtBot, icons: Icons) -> BuildTable:
    table = BuildTable(BuildModel(now=lambda: NOW), icons)
    qtbot.addWidget(table)
    table.resize(780, 600)
    table.show()
    page_of(table).set_page(builds(), frozenset({"key98"}), page_id=("harbour", 1))
    return table


def header_of(table: BuildTable) -> BuildHeader:
    """The table's header, as what it is."""
    header = table.horizontalHeader()
    assert isinstance(header, BuildHeader)
    return header


def tooltip(table: BuildTable, row: int) -> str:
    """What hovering over a version shows."""
    delegate = table.itemDelegate()
    assert isinstance(delegate, BuildDelegate)
    return delegate.tooltip(table.model().index(row, NUMBERS["version"]), 600)


def click(table: BuildTable, row: int) -> None:
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, row))


def middle(table: BuildTable, row: int, column: str = "version") -> QPoint:
    return table.visualRect(table.model().index(row, NUMBERS[column])).center()


def test_it_has_the_names_that_scripts_look_for(table: BuildTable) -> None:
    assert table.objectName() == "buildTable"
    assert table.accessibleName() == "Builds"
    assert table.model().index(0, 0).data(KEY_ROLE) == "key100"


def test_a_click_selects_the_row_and_tells_the_build(table: BuildTable) -> None:
    seen: list[Build | None] = []
    table.selection_changed.connect(lambda: seen.append(table.selection.single))
    click(table, 2)
    assert [build.build_key for build in seen if build is not None] == ["key98"]
    assert table.selection.single == seen[0]


def test_the_selection_follows_its_build_when_rows_arrive(table: BuildTable) -> None:
    click(table, 2)
    seen: list[Build | None] = []
    table.selection_changed.connect(lambda: seen.append(table.selection.single))
    page_of(table).set_page([Build("new"), *builds(19)], frozenset(), page_id=("harbour", 1))
    assert [index.row() for index in table.selectionModel().selectedRows()] == [3]
    assert seen == []  # the very same build: nothing to tell


def test_a_selected_build_that_was_read_anew_is_told_again(table: BuildTable) -> None:
    click(table, 2)
    seen: list[Build | None] = []
    table.selection_changed.connect(lambda: seen.append(table.selection.single))
    changed = [Build("key98", version="9"), *builds(2)]
    page_of(table).set_page(changed, frozenset(), page_id=("harbour", 1))
    assert seen == [changed[0]]


def test_a_build_that_went_away_leaves_nothing_selected(table: BuildTable) -> None:
    click(table, 2)
    seen: list[Build | None] = []
    table.selection_changed.connect(lambda: seen.append(table.selection.single))
    page_of(table).set_page(builds(20, first=80), frozenset(), page_id=("harbour", 2))
    assert seen == [None]
    page_of(table).set_page(builds(), frozenset(), page_id=("harbour", 1))
    assert table.selection.single is not None
    assert table.selection.single.build_key == "key98"


@pytest.mark.parametrize(("gone", "stands_on"), [("key98", "key97"), ("key81", "key82")])
def test_when_a_row_goes_the_keyboard_goes_on_at_its_neighbour_and_selects_nothing(
    table: BuildTable, gone: str, stands_on: str
) -> None:
    table.selection.select(gone)
    rest = [build for build in builds() if build.build_key != gone]
    for _ in range(2):
        page_of(table).set_page(rest, frozenset(), page_id=("harbour", 1))
        assert table.currentIndex().data(KEY_ROLE) == stands_on
        assert table.selection.count == 0
    page_of(table).set_page(builds(), frozenset(), page_id=("harbour", 1))
    assert table.selection.single is not None
    assert table.selection.single.build_key == gone


def test_of_several_that_were_to_go_the_keyboard_stands_on_the_first_that_stayed(table: BuildTable) -> None:
    click(table, 2)
    for row in (3, 4, 5):
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, middle(table, row)
        )
    assert table.selection.count == 4
    rest = [build for build in builds() if build.build_key not in {"key98", "key95"}]
    page_of(table).set_page(rest, frozenset(), page_id=("harbour", 1))
    assert [build.build_key for build in table.selection.builds] == ["key97", "key96"]
    assert table.currentIndex().data(KEY_ROLE) == "key97"


def test_a_menu_sorts_as_the_header_does(table: BuildTable) -> None:
    menu = table.columns.sort_menu(table)

    def choose(name: str) -> None:
        menu.aboutToShow.emit()
        {action.objectName(): action for action in menu.actions()}[name].trigger()

    choose("sort_size")
    assert table.columns.save().sort == ("size", False)
    choose("sort_descending")
    assert table.columns.save().sort == ("size", True)
    choose("sort_version")
    assert table.columns.save().sort == ("version", True)
    choose("sort_pgyer")
    assert table.columns.save().sort is None
    menu.aboutToShow.emit()
    assert [action.objectName() for action in menu.actions() if action.isChecked()] == ["sort_pgyer"]


def test_sorting_takes_the_selection_along(table: BuildTable) -> None:
    click(table, 2)
    before = table.selection.single
    table.sortByColumn(NUMBERS["pgyer_build"], Qt.SortOrder.AscendingOrder)
    assert before is not None
    assert table.selection.single == before
    row = table.model().rowCount() - 3
    assert table.selectionModel().selectedRows()[0].row() == row


@pytest.mark.parametrize("selected", [5, None])
def test_sorting_leaves_the_keyboard_where_it_stood(table: BuildTable, selected: int | None) -> None:
    if selected is not None:
        click(table, selected)
    selection = table.selectionModel()
    selection.setCurrentIndex(table.model().index(2, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    table.sortByColumn(NUMBERS["pgyer_build"], Qt.SortOrder.AscendingOrder)
    assert table.currentIndex().row() == table.model().rowCount() - 3
    assert (table.selection.single is None) == (selected is None)


def test_a_filter_that_hides_the_selection_gives_it_back(table: BuildTable) -> None:
    click(table, 2)
    page_of(table).set_filter(query("1.99"))
    assert table.selection.single is None
    page_of(table).set_filter(query(""))
    assert table.selection.single is not None


def test_sorting_keeps_the_selection(table: BuildTable) -> None:
    click(table, 0)
    table.horizontalHeader().setSortIndicator(NUMBERS["pgyer_build"], Qt.SortOrder.AscendingOrder)
    assert table.selection.single is not None
    assert table.selection.single.build_key == "key100"
    assert table.selectionModel().selectedRows()[0].row() == 19


def test_the_third_click_on_a_header_returns_to_the_service_s_order(table: BuildTable) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(NUMBERS["size"]) + 20, 10)
    orders = []
    for _ in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        orders.append((table.columns.save().sort, table.model().index(0, 0).data(KEY_ROLE)))
    assert orders == [(("size", False), "key100"), (("size", True), "key81"), (None, "key100")]


def test_reading_the_same_page_again_keeps_the_scroll_position(table: BuildTable) -> None:
    table.verticalScrollBar().setValue(120)
    page_of(table).set_page([Build("new"), *builds(19)], frozenset(), page_id=("harbour", 1))
    assert table.verticalScrollBar().value() == 120
    page_of(table).set_page(builds(20, first=80), frozenset(), page_id=("harbour", 2))
    assert table.verticalScrollBar().value() == 0


def test_enter_and_double_click_activate_once(table: BuildTable) -> None:
    seen: list[Build] = []
    table.activated_build.connect(seen.append)
    click(table, 1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert [build.build_key for build in seen] == ["key99"]
    click(table, 3)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 3))
    assert [build.build_key for build in seen] == ["key99", "key97"]


def test_a_right_click_selects_the_row_before_it_asks_for_the_menu(table: BuildTable) -> None:
    seen: list[tuple[QPoint, str]] = []
    table.menu_requested.connect(
        lambda place: seen.append((place, table.selection.single.build_key if table.selection.single else ""))
    )
    place = middle(table, 4)
    on_screen = table.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, on_screen)
    QApplication.sendEvent(table.viewport(), event)
    assert seen == [(on_screen, "key96")]


def test_a_right_click_below_the_rows_asks_for_nothing(table: BuildTable) -> None:
    page_of(table).set_page(builds(1), frozenset())
    seen: list[QPoint] = []
    table.menu_requested.connect(seen.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(50, 400), QPoint(50, 400))
    QApplication.sendEvent(table.viewport(), event)
    assert seen == []


def test_the_menu_key_asks_for_the_menu_of_the_selected_row_else_of_the_current_one(table: BuildTable) -> None:
    seen: list[QPoint] = []
    table.selectionModel().clear()
    table.menu_requested.connect(seen.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table.viewport(), event)
    assert seen == []
    click(table, 2)
    table.clearSelection()
    for _ in range(2):
        QApplication.sendEvent(table.viewport(), event)
        assert table.selection.single is not None
        assert table.selection.single.build_key == "key98"
        row = table.visualRect(table.model().index(2, 0))
        assert table.viewport().mapFromGlobal(seen[-1]).y() == row.bottom()


@pytest.mark.parametrize("width", [780, 600])
def test_nothing_is_cut_beside_the_details_panel(table: BuildTable, width: int) -> None:
    table.resize(width, 560)
    delegate = table.itemDelegate()
    assert table.horizontalScrollBar().maximum() == 0
    for column, wanted in enumerate(COLUMNS):
        if wanted.shown:
            for row in range(20):
                index = table.model().index(row, column)
                assert delegate.sizeHint(QStyleOptionViewItem(), index).width() <= table.columnWidth(column), wanted.key


def test_a_wide_window_gives_back_what_a_narrow_one_took(table: BuildTable) -> None:
    before = [table.columnWidth(column) for column in header_of(table).shown()]
    table.resize(560, 560)
    assert table.columnWidth(0) < before[0]
    table.resize(780, 560)
    assert [table.columnWidth(column) for column in header_of(table).shown()] == before
    assert table.columns.save().widths == ()


def test_columns_give_way_to_a_narrow_window_and_come_back(table: BuildTable) -> None:
    header, before = header_of(table), header_of(table).shown()
    seen = []
    for width in range(760, 250, -5):
        table.resize(width, 560)
        assert table.horizontalScrollBar().maximum() == 0, width
        assert header.length() == table.viewport().width()
        shown = [COLUMNS[column].key for column in header.shown()]
        if shown not in seen:
            seen.append(shown)
        delegate, column = table.itemDelegate(), header.shown()[-1]
        for row in range(20):
            index = table.model().index(row, column)
            assert column == 0 or delegate.sizeHint(QStyleOptionViewItem(), index).width() <= table.columnWidth(column)
    all_of_them = ["version", "build_number", "pgyer_build", "size", "created", "downloads"]
    assert seen[:3] == [all_of_them, all_of_them[:5], ["version", "build_number", "size", "created"]]
    assert seen[-1] in (["version"], ["version", "created"])
    assert table.columns.save().hidden == tuple(column.key for column in COLUMNS if not column.shown)
    assert table.columns.save().widths == ()
    menu = table.columns.menu(table)
    assert [action.isChecked() for action in menu.actions()[:6]] == [True] * 6
    menu.actions()[4].setChecked(False)  # is unwanted from now on, however wide the window is
    table.resize(780, 560)
    assert header.shown() == [column for column in before if COLUMNS[column].key != "created"]


def test_what_was_found_shows_in_a_narrow_window_too(table: BuildTable) -> None:
    notes = "New: mark a berth as a favourite with a long press, and everything else that came"
    page_of(table).set_page([Build("k", version="1.0", notes=notes, created=NOW)], frozenset())

    def marked(query: str) -> bool:
        table.set_query(parse(query, now=NOW).query)
        image = table.viewport().grab().toImage()
        colours = {image.pixelColor(x, y).name() for x in range(56, 200) for y in range(40)}
        return any(
            theme.contrast(QColor(name), QColor("white")) < 1.6 and QColor(name).hslSaturation() > 100
            for name in colours
        )

    table.resize(500, 400)
    assert table.columnWidth(0) < 200
    assert [marked(word) for word in ("mark", "long", "else", "nowhere")] == [True, True, True, False]


def test_who_has_added_columns_keeps_them_in_a_narrow_window(table: BuildTable) -> None:
    menu = table.columns.menu(table)
    for action in menu.actions():
        action.setChecked(True)
    table.resize(780, 560)
    assert len(header_of(table).shown()) == len(COLUMNS)
    assert table.horizontalScrollBar().maximum() > 0


def test_the_version_takes_what_the_others_leave(table: BuildTable) -> None:
    others = [table.columnWidth(number) for number in header_of(table).shown()[1:]]
    table.resize(1600, 560)
    header = header_of(table)
    assert header.length() == table.viewport().width()
    assert [table.columnWidth(number) for number in header.shown()[1:]] == others
    header.resizeSection(NUMBERS["size"], 120)
    header.drag_ended.emit()
    assert header.length() == table.viewport().width()
    assert table.columns.save().widths == (("size", 120),)


def test_notes_stand_under_the_version_and_whole_in_the_tooltip(table: BuildTable) -> None:
    noted = Build("k", version="1.0", notes="What changed\n\n- Faster start\n- Fixed a crash", created=NOW)
    page_of(table).set_page([noted, Build("bare", version="1.0", created=NOW)], frozenset())
    model = table.model()
    assert isinstance(model, BuildModel)
    assert model.note(noted) == "Faster start · Fixed a crash"
    image = table.viewport().grab().toImage()
    ratio = image.devicePixelRatio()

    def inked(row: int) -> set[int]:
        """Lines of a row in which something stands right of the icon."""
        top = table.rowViewportPosition(row)
        ground = image.pixelColor(round(58 * ratio), round((top + 1) * ratio))
        return {
            y
            for y in range(40)
            for x in range(56, 120)
            if image.pixelColor(round(x * ratio), round((top + y) * ratio)) != ground
        }

    assert min(inked(0)) < min(inked(1))  # the pair is centred, and a version without notes alone
    assert max(inked(0)) > max(inked(1))
    assert "- Fixed a crash" in tooltip(table, 0)
    assert tooltip(table, 1) == ""


@pytest.mark.parametrize(("compact", "width"), [(False, 780), (True, 780), (False, 310)])
def test_the_edge_lies_between_two_rows_and_says_how_many_are_newer(
    table: BuildTable, width: int, *, compact: bool
) -> None:
    model = table.model()
    assert isinstance(model, BuildModel)
    table.resize(width, 560)
    table.set_compact(compact=compact)
    before = table.viewport().grab().toImage()
    model.set_edge(Edge(2, "key98", 2))
    after = table.viewport().grab().toImage()
    height = table.rowHeight(0)
    changed = {
        y
        for y in range(after.height())
        for x in range(0, after.width(), 3)
        if after.pixelColor(x, y) != before.pixelColor(x, y)
    }
    spread = 1 if compact or width < 400 else 9  # no words where they would cover others
    assert changed
    assert 2 * height - spread <= min(changed) <= max(changed) <= 2 * height + spread
    spoken = str(model.index(2, NUMBERS["version"]).data(int(Qt.ItemDataRole.AccessibleTextRole)))
    assert "2 newer than what users get" in spoken
    assert ("2 newer than what users get" in tooltip(table, 2)) == compact
    click(table, 1)  # the label's outline comes with the row beside it, and goes with it
    page_of(table).set_page(builds(3), frozenset({"key98"}), page_id=("harbour", 2))
    assert model.edge is None


def test_what_was_uploaded_since_the_last_visit_is_new(table: BuildTable) -> None:
    model = table.model()
    assert isinstance(model, BuildModel)
    version = [model.index(row, NUMBERS["version"]) for row in range(3)]
    model.set_seen(Seen("harbour", 98))
    assert [[word for word, _ in index.data(BADGES_ROLE)] for index in version] == [["New"], ["New"], ["Latest"]]
    assert ", new," in str(version[0].data(int(Qt.ItemDataRole.AccessibleTextRole)))
    model.set_seen(None)
    assert version[0].data(BADGES_ROLE) == []


def test_the_last_column_fills_the_window(table: BuildTable) -> None:
    table.resize(1600, 560)
    assert table.horizontalHeader().length() == table.viewport().width()


def test_columns_are_saved_and_restored_by_their_keys(table: BuildTable, icons: Icons, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    seen: list[int] = []
    table.columns.changed.connect(lambda: seen.append(1))
    header.resizeSection(NUMBERS["size"], 120)
    header.moveSection(header.visualIndex(NUMBERS["created"]), 1)
    header.setSortIndicator(NUMBERS["size"], Qt.SortOrder.DescendingOrder)
    assert len(seen) == 3
    saved = table.columns.save()
    assert saved.order[:3] == ("version", "created", "build_number")
    assert saved.widths == (("size", 120),)
    assert saved.sort == ("size", True)

    other = BuildTable(BuildModel(now=lambda: NOW), icons)
    qtbot.addWidget(other)
    other.columns.restore(saved)
    assert other.columns.save() == saved


def test_an_odd_layout_is_read_for_what_it_is_worth(table: BuildTable) -> None:
    seen: list[int] = []
    table.columns.changed.connect(lambda: seen.append(1))
    everything = tuple(column.key for column in COLUMNS)
    table.columns.restore(
        ColumnLayout(order=("size", "gone"), hidden=everything, widths=(("size", -5),), sort=("gone", True))
    )
    saved = table.columns.save()
    assert set(saved.order) == set(everything)
    assert not table.isColumnHidden(NUMBERS["version"])
    assert saved.sort is None
    assert seen == []


def test_columns_are_shown_hidden_and_reset_from_the_header(table: BuildTable) -> None:
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(10, 10))
    menu = table.findChild(QMenu, "headerMenu")
    assert menu is not None
    actions = {action.objectName(): action for action in menu.actions()}
    assert actions["column_size"].isChecked()
    assert not actions["column_notes"].isChecked()
    actions["column_size"].trigger()
    actions["column_notes"].trigger()
    assert table.isColumnHidden(NUMBERS["size"])
    assert not table.isColumnHidden(NUMBERS["notes"])
    assert "size" in (table.columns.save().hidden or ())
    actions["actionResetColumns"].trigger()
    assert table.columns.save() == BuildTableDefaults.layout
    menu.close()


class BuildTableDefaults:
    layout = ColumnLayout(
        order=tuple(column.key for column in COLUMNS),
        hidden=tuple(column.key for column in COLUMNS if not column.shown),
    )


def test_the_last_column_that_shows_cannot_be_hidden(table: BuildTable) -> None:
    table.columns.restore(ColumnLayout(hidden=tuple(column.key for column in COLUMNS if column.key != "size")))
    menu = table.columns.menu(table)
    assert {action.objectName() for action in menu.actions() if action.isCheckable() and not action.isEnabled()} == {
        "column_size"
    }


def test_the_header_tells_how_the_page_is_sorted(table: BuildTable) -> None:
    header = table.horizontalHeader()
    assert header.accessibleDescription() == "In Pgyer's order, newest first"
    header.setSortIndicator(NUMBERS["size"], Qt.SortOrder.DescendingOrder)
    assert header.accessibleDescription() == "This page sorted by Size, descending"


def test_placeholders_show_only_when_a_wait_is_long_and_there_are_no_rows(table: BuildTable, qtbot: QtBot) -> None:
    table.set_loading(loading=True)
    qtbot.wait(LOADING_DELAY_MS + 60)
    assert not table.shows_placeholders
    table.set_loading(loading=False)
    page_of(table).set_page([], frozenset())
    table.set_loading(loading=True)
    assert not table.shows_placeholders
    qtbot.waitUntil(lambda: table.shows_placeholders, timeout=20_000)
    table.viewport().grab()
    page_of(table).set_page(builds(), frozenset())
    assert not table.shows_placeholders


def test_icons_are_asked_for_from_the_first_visible_row_on(table: BuildTable, icons: Icons, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(icons.asked) and len(icons.asked[-1]) == 20)
    assert icons.asked[-1][0] == builds()[0].icon
    table.resize(780, 300)
    table.verticalScrollBar().setValue(5 * 40)
    qtbot.waitUntil(lambda: icons.asked[-1][0] == builds()[5].icon)


def test_compact_rows_are_lower(table: BuildTable) -> None:
    assert table.rowHeight(0) == 40
    table.set_compact(compact=True)
    assert table.rowHeight(0) == 28


def test_the_whole_row_under_the_mouse_lights_up(table: BuildTable) -> None:
    before = table.viewport().grab().toImage()
    spot = table.visualRect(table.model().index(3, NUMBERS["downloads"])).topLeft() + QPoint(3, 3)
    place = QPointF(middle(table, 3))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        place,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(table.viewport(), event)
    lit = table.viewport().grab().toImage()
    assert lit.pixelColor(spot) != before.pixelColor(spot)
    QApplication.sendEvent(table.viewport(), QEvent(QEvent.Type.Leave))
    assert table.viewport().grab().toImage().pixelColor(spot) == before.pixelColor(spot)


@pytest.mark.parametrize(
    ("column", "version", "shown"),
    [("version", "1.0", False), ("version", "1.0-" * 30, True), ("created", "1.0", True)],
)
def test_a_tooltip_shows_where_it_says_more_than_the_cell(
    table: BuildTable, monkeypatch: pytest.MonkeyPatch, column: str, version: str, *, shown: bool
) -> None:
    texts: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, *_: texts.append(text))
    page_of(table).set_page([Build("k", version=version, created=NOW)], frozenset())
    place = middle(table, 0, column)
    event = QHelpEvent(QEvent.Type.ToolTip, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)
    full = table.model().index(0, NUMBERS[column]).data(int(Qt.ItemDataRole.ToolTipRole))
    assert texts == [full if shown else ""]


def test_a_wide_window_shows_all_of_a_long_version(table: BuildTable) -> None:
    page_of(table).set_page([Build("k", version="2026.11.23-nightly+build.123456789", created=NOW)], frozenset())
    table.resize(560, 560)
    assert table.columnWidth(0) < 320
    table.resize(1400, 560)
    assert table.columnWidth(0) > 320
    table.horizontalHeader().resizeSection(0, 120)
    table.resize(1600, 560)
    assert table.columnWidth(0) == 120


def longest_run(image: QImage, rect: QRect, ink: QColor) -> int:
    """Pixels of this colour in a row, at most."""
    longest = 0
    for y in range(rect.top(), rect.bottom() + 1):
        run = 0
        for x in range(rect.left(), rect.right() + 1):
            run = run + 1 if image.pixelColor(x, y).rgb() == ink.rgb() else 0
            longest = max(longest, run)
    return longest


def test_what_was_found_is_underlined_on_a_selected_row_and_has_a_ground_on_others(table: BuildTable) -> None:
    click(table, 4)
    table.set_query(query("1.9"))
    image = table.viewport().grab().toImage()
    cell = table.visualRect(table.model().index(4, NUMBERS["version"]))
    palette = table.palette()
    palette.setCurrentColorGroup(QPalette.ColorGroup.Active if table.hasFocus() else QPalette.ColorGroup.Inactive)
    inks = RowInks().of(palette, RowKind.SELECTED if table.hasFocus() and table.isActiveWindow() else RowKind.UNFOCUSED)
    found = table.fontMetrics().horizontalAdvance("1.9")
    assert longest_run(image, cell, inks.text) >= found - 1
    other = cell.translated(0, table.rowHeight(4))
    ground = theme.mark(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base))
    assert longest_run(image, cell, ground) == 0
    assert longest_run(image, other, ground) >= found - 1
    assert longest_run(image, other, palette.color(QPalette.ColorRole.Text)) < found - 1, "no line there"


def test_the_notes_begin_shortly_before_what_was_found_where_it_would_be_cut_off(table: BuildTable) -> None:
    notes = "A berth can be marked as a favourite, and all of them show in one list that opens with a long press"
    page_of(table).set_page([replace(build, notes=notes) for build in builds(3)], frozenset(), page_id=("harbour", 2))
    table.set_query(query("long"))
    cell = table.visualRect(table.model().index(1, NUMBERS["version"]))
    assert cell.width() < table.fontMetrics().horizontalAdvance(notes)
    palette = table.palette()
    ground = theme.mark(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base))
    assert longest_run(table.viewport().grab().toImage(), cell, ground) > 16


def heard(table: BuildTable) -> str:
    """What a screen reader says of the cell that the keyboard is on."""
    return str(table.currentIndex().data(int(Qt.ItemDataRole.AccessibleTextRole)))


def test_keys_move_rows_and_a_row_is_one_sentence_wherever_it_was_clicked(table: BuildTable) -> None:
    table.setFocus()
    for column in ("size", "version", "build_number"):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 2, column))
        assert table.currentIndex().row() == 2
        assert heard(table).startswith(str(table.currentIndex().siblingAtColumn(NUMBERS["version"]).data()))
    sentences = []
    for key, row in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, table.model().rowCount() - 1),
        (Qt.Key.Key_Up, table.model().rowCount() - 2),
    ):
        QTest.keyClick(table, key)
        assert table.currentIndex().row() == row, key
        assert [index.row() for index in table.selectionModel().selectedRows()] == [row], key
        sentences.append(heard(table))
    assert len(set(sentences)) == 4, "four rows, and none of it of a cell"
    assert all(", build " in sentence for sentence in sentences)


def test_shift_and_end_take_all_rows_below(table: BuildTable) -> None:
    table.setFocus()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle(table, 3, "size"))
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    rows = sorted(index.row() for index in table.selectionModel().selectedRows())
    assert rows == list(range(3, table.model().rowCount()))


def test_where_the_version_is_hidden_the_first_column_says_the_row(table: BuildTable) -> None:
    hidden = ("version", *(column.key for column in COLUMNS if not column.shown))
    table.columns.restore(ColumnLayout(hidden=hidden))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert not table.isColumnHidden(table.currentIndex().column())
    assert ", build " in heard(table)
