"""The code can be scanned: right modules, quiet zone, dark on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import segno
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QGuiApplication
from PySide6.QtTest import QTest

from pgyer_desktop.ui.sharing.qr_code import QrCode
from tests.ui.widgets.gallery import dark_palette

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

LINK = "https://example.com/harbour?build=0123456789abcdef"


def _modules(image: QImage, module: int) -> list[list[int]]:
    """What a reader sees, quiet zone included."""
    across = image.width() // module
    start = (image.width() - across * module) // 2 + module // 2
    return [
        [int(image.pixelColor(start + x * module, start + y * module).lightness() < 128) for x in range(across)]
        for y in range(across)
    ]


def _expected(text: str) -> list[list[int]]:
    return [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]


def test_it_is_dark_on_white_in_a_dark_window(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.setPalette(dark_palette())
    code.resize(180, 180)
    code.set_text(LINK)
    shown = code.grab().toImage()
    colors = {shown.pixelColor(x, 90).name() for x in range(8, 172)}
    assert colors == {"#000000", "#ffffff"}
    assert shown.pixelColor(6, 6) == QColor("white")


def test_what_is_on_screen_is_made_of_whole_pixels(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.set_text(LINK)
    code.resize(code.sizeHint())
    expected = _expected(LINK)
    module = code.width() // len(expected)
    shown = code.grab().toImage().copy(0, 0, module * len(expected), module * len(expected))
    assert _modules(shown, module) == expected


def test_without_a_text_it_is_an_empty_plate(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.resize(180, 180)
    empty = code.grab().toImage()
    code.set_text(LINK)
    assert code.grab().toImage() != empty
    code.set_text(None)
    assert code.text is None
    assert code.grab().toImage() == empty


def test_a_text_that_fits_no_code_is_refused_and_the_old_one_stays(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.set_text(LINK)
    with pytest.raises(ValueError, match=r"."):
        code.set_text("x" * 5000)
    assert code.text == LINK


def test_a_page_of_a_build_takes_four_pixels_a_module(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.set_text("https://www.pgyer.com/" + "0123456789abcdef" * 2)
    assert code.sizeHint() == QSize(164, 164)


def test_it_is_copied_and_dragged_out_as_a_picture_that_can_be_scanned(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.set_text(LINK)
    with qtbot.waitSignal(code.picture_copied):
        code.copy_picture.trigger()
    expected = _expected(LINK)
    copied = QGuiApplication.clipboard().image()
    assert _modules(copied, copied.width() // len(expected)) == expected

    dragged: list[tuple[bool, str]] = []

    def drop(drag: QDrag, *_actions: object) -> Qt.DropAction:
        dragged.append((drag.mimeData().hasImage(), drag.mimeData().text()))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    code.show()
    QTest.mousePress(code, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    QTest.mouseMove(code, QPoint(42, 40))
    assert not dragged
    QTest.mouseMove(code, QPoint(90, 90))
    assert dragged == [(True, LINK)]


def test_without_a_text_there_is_nothing_to_copy(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    assert not code.isEnabled()
