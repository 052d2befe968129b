"""What stands beside a build's icon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.widgets.build_heading import BuildHeading
from pgyer_desktop.ui.widgets.icon_cell import Tone
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Size


@pytest.fixture
def heading(qtbot: QtBot) -> Iterator[BuildHeading]:
    host = QWidget()
    qtbot.addWidget(host)
    made = BuildHeading("card", IconLoader(), host, icon_side=40, size=Size.HEADING, lines=3)
    host.show()
    yield made
    host.close()


def shown(heading: BuildHeading) -> list[str]:
    return [label.text() for label in heading.findChildren(QLabel) if label.isVisible()]


def test_lines_that_say_nothing_take_no_room(heading: BuildHeading) -> None:
    heading.set_words("1.4.6", "", "Build 46", "10 MB")
    assert shown(heading) == ["1.4.6", "Build 46", "10 MB"]
    heading.set_words("1.4.7")
    assert shown(heading) == ["1.4.7"]


def test_badges_are_words_for_screen_readers_and_hidden_where_there_are_none(heading: BuildHeading) -> None:
    badges = heading.findChild(QWidget, "cardBadges")
    assert badges is not None
    assert not badges.isVisible()
    heading.set_badges(("Latest", Tone.ACCENT), ("Publishing", Tone.NEUTRAL))
    assert badges.isVisible()
    assert badges.accessibleName() == "Latest, Publishing"
    heading.set_badges()
    assert not badges.isVisible()


def test_of_a_long_version_the_build_number_stays_to_be_read(heading: BuildHeading) -> None:
    heading.set_words("4.16.0-nightly.20261129 (19988)")
    heading.resize(200, 60)
    QCoreApplication.processEvents()
    title = heading.findChild(ElidedLabel, "cardTitle")
    assert title is not None
    assert title.is_cut()
    assert title.shown_line().startswith("4.")
    assert title.shown_line().endswith("88)")
