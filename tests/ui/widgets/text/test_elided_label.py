"""A label that is cut says the rest when hovered, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_whole_text_is_in_the_tooltip_only_where_it_is_cut(qtbot: QtBot) -> None:
    label = ElidedLabel("com.acme.harbour.preview")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert not label.is_cut()
    assert label.shown_tooltip() == ""
    label.resize(60, 20)
    assert label.is_cut()
    assert "com.acme.harbour.preview" in label.shown_tooltip()
    label.grab()


def test_markup_is_not_read_as_markup(qtbot: QtBot) -> None:
    label = ElidedLabel("<img src='file:///tmp/x'> " * 5)
    qtbot.addWidget(label)
    label.resize(60, 20)
    assert "<img" not in label.shown_tooltip()
    assert "&lt;img" in label.shown_tooltip()


def test_a_tooltip_that_was_set_is_kept(qtbot: QtBot) -> None:
    label = ElidedLabel("as of 10:32")
    qtbot.addWidget(label)
    label.setToolTip("3 January 2025, 10:32:10")
    label.resize(10, 20)
    assert label.shown_tooltip() == "3 January 2025, 10:32:10"


def test_it_can_be_narrower_than_its_text(qtbot: QtBot) -> None:
    label = ElidedLabel("a long line " * 20)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 60 < label.sizeHint().width()
