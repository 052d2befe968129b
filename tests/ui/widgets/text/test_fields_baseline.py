"""Names and values of a list of fields stand on one line, in whatever script each is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.ui.widgets.text.selectable_text import FieldList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _first_lines(fields: FieldList) -> list[str]:
    """The first line of each field as it is laid out, and no more of it."""
    layout = fields.document().documentLayout()
    found, block = [], fields.document().firstBlock()
    while block.isValid():
        layout.blockBoundingRect(block)  # has it laid out
        line = block.layout().lineAt(0)
        if "\t" in block.text():
            found.append(block.text()[: line.textLength()])
        block = block.next()
    return found


@pytest.mark.parametrize("points", [9, 13, 20])
def test_a_name_and_its_value_stand_on_one_line(qtbot: QtBot, points: int) -> None:
    fields = FieldList()
    qtbot.addWidget(fields)
    font = fields.font()
    font.setPointSize(points)
    fields.setFont(font)
    fields.resize(400, 300)
    fields.show()
    shown = (("版本号", "1.7.5"), ("Version", "云帆 1.7"), ("大小", "12 MB"), ("上传时间", "昨天"), ("Å", "ปู่"))
    fields.set_fields(shown, [("版本号", "用户看到的版本")])
    assert _first_lines(fields) == [f"{name}\t{value}" for name, value in shown]
    assert fields.document().size().height() <= fields.height()


def test_a_long_key_begins_beside_its_name_and_is_read_and_copied_exactly(qtbot: QtBot) -> None:
    fields = FieldList()
    qtbot.addWidget(fields)
    fields.resize(260, 300)
    fields.show()
    key = "0123456789abcdef" * 4
    fields.set_fields((("Build key", key), ("Uploaded", "today\n3 Jan 2025")))
    (first, second) = _first_lines(fields)
    assert first.startswith("Build key\t01234567")
    assert second == "Uploaded\ttoday"
    assert fields.toPlainText() == f"Build key\t{key}\nUploaded\ttoday\n3 Jan 2025"
    fields.selectAll()
    assert fields.createMimeDataFromSelection().text() == fields.toPlainText()
