"""The panel says everything known of a build, leads to exactly that build, and offers what the menus offer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QTextEdit, QWidget

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.builds.columns import COLUMNS_BY_KEY
from pgyer_desktop.core.history.search import parse
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.builds.details_panel import DetailsPanel
from pgyer_desktop.ui.sharing.qr_code import QrCode
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.selectable_text import FieldList
from tests.ui.widgets.gallery import dark_palette

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
KEY = "0123456789abcdef0123456789abcdef"
BUILD = Build(
    KEY,
    name="Harbour",
    version="1.4.5",
    build_number="145",
    pgyer_build=45,
    platform=Platform.ANDROID,
    type_code="2",
    size=10_571_264,
    identifier="com.acme.harbour",
    icon="abcdef0123456789abcdef0123456789",
    created=NOW - timedelta(hours=2),
    latest=True,
    notes="Fixes\n\n<b>Two</b> lines",
    file_name="harbour-1.4.5-with-a-name-that-has-no-place-to-break-and-goes-on.apk",
    publish_complete=True,
    downloads=12,
    in_history=False,
    launcher_activity="com.acme.harbour.MainActivity",
    extra=(("buildExtendsIsPublish", "1"), ("todayDownloadCount", "7"), ("buildUpdated", "0000-00-00 00:00:00")),
)


@pytest.fixture
def panel(qtbot: QtBot) -> DetailsPanel:
    panel = DetailsPanel(IconLoader(), now=lambda: NOW)
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    return panel


def child(panel: DetailsPanel, kind: type[QWidget], name: str) -> QWidget:
    found = panel.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def fields(panel: DetailsPanel) -> dict[str, str]:
    found = child(panel, FieldList, "detailsFields")
    assert isinstance(found, FieldList)
    return dict(found.fields)


def said(panel: DetailsPanel, name: str) -> str:
    label = child(panel, QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def actions_for(parent: QWidget) -> dict[Action, QAction]:
    return {action: QAction(action.value.title.source, parent) for action in Action}


def test_without_a_selection_it_says_what_to_do(panel: DetailsPanel) -> None:
    panel.show_build(None, latest=False, app_name="")
    label = child(panel, QLabel, "detailsEmpty")
    assert isinstance(label, QLabel)
    assert label.isVisible()
    assert label.text() == "Select a build to see its details"


def test_everything_known_is_there(panel: DetailsPanel) -> None:
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    known = fields(panel)
    assert known["Version"] == "1.4.5"
    assert known["Pgyer build"] == "#45"
    assert known["Platform"] == "Android"
    assert known["Size"].startswith("10.6 MB (")
    assert known["Uploaded"].startswith("2 h ago\n")
    assert "China, UTC+8" in known["Uploaded"]
    assert known["In history"] == "No"
    assert known["Publishing"] == "Complete"
    assert known["Build Key"] == KEY
    assert known["File"] == BUILD.file_name
    assert known["Launcher"] == BUILD.launcher_activity
    assert known["Downloads today"] == "7"
    assert not [name for name in known if name.startswith(("build", "app")) or name == "Updated"]
    assert {BUILD.identifier, BUILD.icon} <= set(known.values())


def test_a_build_of_which_little_is_known_shows_what_is_missing(panel: DetailsPanel) -> None:
    panel.show_build(Build("k", created_text="1天前"), latest=False, app_name="云帆")
    known = fields(panel)
    assert (known["Size"], known["Downloads"], known["Uploaded"]) == ("–", "–", "1天前")
    assert "In history" not in known
    title = child(panel, ElidedLabel, "detailsTitle")
    assert isinstance(title, ElidedLabel)
    assert title.text() == "云帆"
    assert said(panel, "detailsScan") == "Scan to install exactly this build"


def test_the_code_and_the_link_lead_to_exactly_this_build(panel: DetailsPanel) -> None:
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    code = child(panel, QrCode, "qrCode")
    assert isinstance(code, QrCode)
    assert code.text == fields(panel)["Link"] == f"https://www.pgyer.com/{KEY}"
    assert said(panel, "detailsScan") == "Scan to install exactly 1.4.5 (145)"
    panel.show_build(replace(BUILD, build_key="no key/../x"), latest=True, app_name="Harbour")
    assert not code.isVisible()


def test_notes_keep_their_lines_and_are_never_rich(panel: DetailsPanel) -> None:
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    notes = child(panel, QTextEdit, "detailsNotes")
    assert isinstance(notes, QTextEdit)
    assert notes.toPlainText() == "Fixes\n\n<b>Two</b> lines"
    assert notes.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_of_long_notes_the_first_lines_come_first(panel: DetailsPanel) -> None:
    long = "What changed\n\n" + "\n".join(f"- Entry {number}" for number in range(1, 10))
    panel.show_build(replace(BUILD, notes=long), latest=True, app_name="Harbour")
    notes, more = child(panel, QTextEdit, "detailsNotes"), child(panel, QPushButton, "detailsNotesAll")
    assert isinstance(notes, QTextEdit)
    assert isinstance(more, QPushButton)
    assert notes.toPlainText().split("\n") == [f"•\u2002Entry {number}" for number in (1, 2, 3)]
    assert more.isVisible()
    assert more.text() == "Show all 9"
    more.click()
    assert notes.toPlainText().count("•") == 9
    assert not more.isVisible()
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    panel.show_build(replace(BUILD, notes=long), latest=True, app_name="Harbour")
    assert more.isVisible(), "another build begins anew"


def test_what_was_searched_for_is_marked_in_the_notes_however_far_down(panel: DetailsPanel) -> None:
    long = "\n".join(f"- Entry {number}" for number in range(1, 10))
    panel.set_query(parse("entry 7", now=NOW).query)
    panel.show_build(replace(BUILD, notes=long), latest=True, app_name="Harbour")
    notes = child(panel, QTextEdit, "detailsNotes")
    assert isinstance(notes, QTextEdit)
    assert marked(notes) == ["Entry"] * 6 + ["Entry", "7", "Entry", "Entry"]
    panel.show_build(replace(BUILD, notes="🚢🚢 sails 7"), latest=True, app_name="Harbour")
    assert marked(notes) == ["7"]
    panel.set_query(parse("", now=NOW).query)
    assert marked(notes) == []


def marked(notes: QTextEdit) -> list[str]:
    """The words with a ground of their own."""
    html = notes.document().toHtml()
    return re.findall(r'background-color:#\w+;">([^<]*)</span>', html)


def test_badges_are_words_for_screen_readers_too(panel: DetailsPanel) -> None:
    badges = child(panel, QWidget, "detailsBadges")
    panel.show_build(replace(BUILD, publish_complete=False), latest=True, app_name="Harbour")
    assert badges.accessibleName() == "Latest, Publishing"
    panel.show_build(BUILD, latest=False, app_name="Harbour")
    assert not badges.isVisible()


def test_nothing_is_wider_than_the_panel(panel: DetailsPanel) -> None:
    panel.set_actions(actions_for(panel))
    panel.show_build(BUILD, latest=True, app_name="Harbour " * 20)
    QApplication.processEvents()
    scroll = child(panel, QScrollArea, "detailsScroll")
    assert isinstance(scroll, QScrollArea)
    page = scroll.widget()
    assert page is not None
    assert page.width() <= scroll.viewport().width()
    assert page.minimumSizeHint().width() <= scroll.viewport().width()
    for button in page.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width() or not button.text()
    text = child(panel, FieldList, "detailsFields")
    assert isinstance(text, FieldList)
    assert text.document().idealWidth() <= text.viewport().width()
    assert text.document().size().height() <= text.height()


def test_buttons_are_the_program_s_actions(panel: DetailsPanel) -> None:
    actions = actions_for(panel)
    done: list[str] = []
    for id_, action in actions.items():
        action.triggered.connect(lambda _checked=False, name=id_.value.id: done.append(name))
    panel.set_actions(actions)
    panel.show_build(BUILD, latest=False, app_name="Harbour")
    QApplication.processEvents()
    names = ("CopyLink", "CopyMessage", "ShowQr", "SetLatest", "CheckUpdate", "Delete")
    for name in names:
        QTest.mouseClick(child(panel, QPushButton, f"details{name}"), Qt.MouseButton.LeftButton)
    assert done == [f"action{name}" for name in names]


def test_the_latest_can_be_cleared_and_not_set_and_no_button_stands_out(panel: DetailsPanel) -> None:
    panel.set_actions(actions_for(panel))
    accented = child(panel, QPushButton, "detailsSetLatest")
    accent = accented.palette().color(QPalette.ColorRole.Accent)

    def stands_out() -> list[str]:
        shown = [button for button in panel.findChildren(QPushButton) if button.isVisible()]
        return [b.objectName() for b in shown if b.grab().toImage().pixelColor(10, b.height() // 2) == accent]

    panel.show_build(BUILD, latest=False, app_name="Harbour")
    QApplication.processEvents()
    assert stands_out() == ["detailsSetLatest"]
    assert not child(panel, QPushButton, "detailsClearLatest").isVisible()
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    assert not accented.isVisible()
    assert child(panel, QPushButton, "detailsClearLatest").isVisible()
    assert stands_out() == []


def test_the_latest_shows_while_nothing_is_selected_and_nothing_changes_it(panel: DetailsPanel) -> None:
    panel.set_actions(actions_for(panel))
    panel.show_latest(BUILD, "Harbour")
    assert said(panel, "detailsTitle") == "1.4.5 (145)"
    assert said(panel, "detailsSubtitle") == "#45 · what users get now"
    shown = {button.objectName() for button in panel.findChildren(QPushButton) if button.isVisible()}
    assert shown == {"detailsCopyLink", "detailsCopyMessage", "detailsShowQr"}
    panel.show_latest(None, "Harbour")
    assert child(panel, QLabel, "detailsEmpty").isVisible()


def test_delete_stands_apart_below_what_scrolls(panel: DetailsPanel) -> None:
    panel.set_actions(actions_for(panel))
    panel.resize(300, 320)
    panel.show_build(BUILD, latest=False, app_name="Harbour")
    QApplication.processEvents()
    delete, scroll = child(panel, QPushButton, "detailsDelete"), child(panel, QScrollArea, "detailsScroll")
    assert not scroll.isAncestorOf(delete)
    assert delete.mapTo(panel, QPoint()).y() >= scroll.geometry().bottom()
    assert panel.rect().contains(delete.mapTo(panel, delete.rect().bottomRight()))


def test_the_three_numbers_say_what_they_are(panel: DetailsPanel) -> None:
    panel.show_build(BUILD, latest=False, app_name="Harbour")
    text = child(panel, FieldList, "detailsFields")
    assert isinstance(text, FieldList)
    told = text.toPlainText()
    hints = [COLUMNS_BY_KEY[key].hint for key in ("version", "build_number", "pgyer_build")]
    assert [hint.source for hint in hints if hint is not None and hint.source in told] == [
        "What users see",
        "The developer's own count",
        "Pgyer's count of uploads",
    ]


@pytest.mark.parametrize("points", [9, 16, 24])
def test_nothing_scrolls_sideways_in_any_size_of_letters(panel: DetailsPanel, points: int) -> None:
    font = panel.font()
    font.setPointSize(points)
    panel.setFont(font)
    panel.set_actions(actions_for(panel))
    panel.resize(320, 600)
    panel.show_build(BUILD, latest=False, app_name="Harbour")
    QApplication.processEvents()
    scroll = child(panel, QScrollArea, "detailsScroll")
    assert isinstance(scroll, QScrollArea)
    page = scroll.widget()
    assert page is not None
    assert page.width() <= scroll.viewport().width()
    for button in page.findChildren(QPushButton):
        assert not button.isVisible() or button.width() >= button.sizeHint().width()
        assert button.mapTo(page, button.rect().topRight()).x() <= page.width() - 8


def test_a_disabled_button_says_why(panel: DetailsPanel) -> None:
    actions = actions_for(panel)
    panel.set_actions(actions)
    panel.show_build(BUILD, latest=False, app_name="Harbour")
    actions[Action.SET_LATEST].setEnabled(False)
    actions[Action.SET_LATEST].setToolTip("This build is the latest already.")
    button = child(panel, QPushButton, "detailsSetLatest")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "This build is the latest already."


def test_a_build_read_anew_stays_where_it_was_scrolled_to(panel: DetailsPanel) -> None:
    panel.resize(300, 300)
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    QApplication.processEvents()
    scroll = child(panel, QScrollArea, "detailsScroll")
    assert isinstance(scroll, QScrollArea)
    scroll.verticalScrollBar().setValue(80)
    panel.show_build(replace(BUILD, downloads=13), latest=True, app_name="Harbour")
    assert scroll.verticalScrollBar().value() == 80
    panel.show_build(replace(BUILD, build_key="other"), latest=False, app_name="Harbour")
    assert scroll.verticalScrollBar().value() == 0


def test_it_follows_the_palette(panel: DetailsPanel) -> None:
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    before = fields(panel)
    panel.setPalette(dark_palette())
    assert fields(panel) == before
    assert not panel.grab().isNull()


def test_of_several_builds_it_says_how_many_and_how_big(panel: DetailsPanel) -> None:
    panel.set_actions(actions_for(panel))
    panel.show_several((BUILD, replace(BUILD, build_key="other", size=None)), 2)
    assert said(panel, "selectionTitle").startswith("2 build")
    assert "without 1 build" in said(panel, "selectionSize")
    code = child(panel, QrCode, "qrCode")
    assert not code.isVisibleTo(panel)
    panel.show_several((), 5000)
    assert said(panel, "selectionTitle").startswith("5000 build")
    assert "At most" in said(panel, "selectionSize")
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    assert code.isVisibleTo(panel)


def test_buttons_that_stand_side_by_side_take_the_room_of_one_row(qtbot: QtBot) -> None:
    panel = DetailsPanel(IconLoader(), now=lambda: NOW)
    qtbot.addWidget(panel)
    panel.set_actions({id_: QAction("最新版本…", panel) for id_ in Action})
    panel.resize(320, 700)
    panel.show()
    panel.show_latest(BUILD, "Harbour")  # nothing is selected: the buttons are hidden
    QApplication.processEvents()
    panel.show_build(BUILD, latest=True, app_name="Harbour")
    QApplication.processEvents()
    button = child(panel, QPushButton, "detailsCheckUpdate")
    row = button.parentWidget()
    assert row is not None
    assert row.height() == button.height()


def test_what_is_left_out_leaves_no_gap(panel: DetailsPanel) -> None:
    words = {Action.SET_LATEST: "Set the latest…", Action.CLEAR_LATEST: "Clear the latest…"}
    panel.set_actions({action: QAction(words.get(action, "Check it…"), panel) for action in Action})
    (heading,) = (label for label in panel.findChildren(QLabel) if label.text() == "Release notes")

    def below(widget: QWidget) -> int:
        QApplication.processEvents()
        end = widget.mapTo(panel, QPoint(0, widget.height())).y()
        return heading.mapTo(panel, QPoint(0, 0)).y() - end

    panel.resize(380, 700)
    panel.show_build(None, latest=False, app_name="Harbour")
    panel.show_latest(BUILD, "Harbour")
    assert below(child(panel, QWidget, "detailsScan")) <= 20
    for latest in (True, False, True):
        panel.show_build(BUILD, latest=latest, app_name="Harbour")
        assert below(child(panel, QWidget, "detailsCheckUpdate")) <= 20
