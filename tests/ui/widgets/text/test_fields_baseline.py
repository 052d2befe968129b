"""Names and values of a list of fields stand on one line, in whatever script each is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QTextCursor, QTextTable

from pgyer_desktop.ui.widgets.text.selectable_text import FieldList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _baselines(fields: FieldList) -> list[tuple[float, float]]:
    """Where the first line of each name and each value stands."""
    layout = fields.document().documentLayout()
    cursor = QTextCursor(fields.document())
    cursor.setPosition(1)
    table = cursor.currentTable()
    assert isinstance(table, QTextTable)

    def of(row: int, column: int) -> float:
        block = table.cellAt(row, column).firstCursorPosition().block()
        top = layout.blockBoundingRect(block).y()  # has it laid out
        lines = block.layout()
        assert lines.lineCount() > 0
        line = lines.lineAt(0)
        return top + line.y() + line.ascent()

    return [(of(row, 0), of(row, 1)) for row in range(table.rows())]


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
    found = _baselines(fields)
    assert len(found) == len(shown)
    for (name, value), words in zip(found, shown, strict=True):
        assert abs(name - value) < 0.51, words
    assert fields.document().size().height() <= fields.height()
