"""Opens every dialog, and the window, on a screen of some size, and prints what of them is out of reach there.

`python -m tests.ui.widgets.dialog.on_screen WIDTH HEIGHT SCALE POINTS LANGUAGE [FOLDER]`, in the screen's own pixels,
such as 1366 768 1.5 0 zh_CN; with a folder, pictures of them go there. POINTS is how large text is, 0 as usual. A
process of its own, because a screen is what a program begins with. The screen is Qt's off-screen one; its bottom
belongs to a task bar as tall as that of Windows.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QApplication, QWidget

TASK_BAR: Final = 48
TITLE_BAR: Final = 40
"""Logical pixels; about what windows have above them on the three systems. Off screen, Qt draws none."""
_EDGES: Final = 10
_QTS_OWN: Final = {"export"}
_LOW: Final = 400
_LARGE: Final = 14
"""Where Qt's own dialog has no room, or cuts words of its own."""
_MAY_BE_CUT: Final = ("checksTable", "pageStatus", "activityList")
"""Names that people and services give, and what is said elsewhere as well; their tooltips have them whole."""
_SLACK: Final = 1  # where a scale is no whole number


def main() -> None:
    """Open them all; prints a list of complaints as JSON, and how many were opened."""
    width, height, scale, points, language = (*map(float, sys.argv[1:5]), sys.argv[5])
    pictures = Path(sys.argv[6]) if len(sys.argv) > 6 else None
    with tempfile.TemporaryDirectory() as folder:
        screen = {"name": "one", "x": 0, "y": 0, "width": round(width), "height": round(height - TASK_BAR * scale)}
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        Path(folder, "screens.json").write_text(json.dumps({"screens": [screen]}), encoding="ascii")
        os.chdir(folder)  # Qt takes what stands behind a colon, as in a path of Windows, for another argument
        os.environ["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"
        os.environ["QT_SCALE_FACTOR"] = str(scale)
        print(json.dumps(_complaints(language, points, Path(folder), pictures)))  # noqa: T201 - what it is for
        os.chdir(Path(__file__).parent)


def _complaints(language: str, points: float, folder: Path, pictures: Path | None) -> list[str]:
    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.ui.base.event_loop import QtEventLoop
    from tests.ui.widgets.gallery import light_palette

    app = QApplication([])
    app.setStyle("Fusion")
    app.setPalette(light_palette())
    if points:
        font = app.font()
        font.setPointSizeF(points)
        app.setFont(font)
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QtEventLoop(app)) as runner:
        return runner.run(_look_at_all(app, language, folder, pictures))


async def _look_at_all(app: QApplication, language: str, folder: Path, pictures: Path | None) -> list[str]:
    from PySide6.QtCore import Qt

    from pgyer_desktop.ui.base.i18n import Language
    from tests.helpers.painted import cut_words, words_over_words
    from tests.ui.every_window import look_at_all

    found: list[str] = []

    low = app.primaryScreen().availableGeometry().height() < _LOW
    crowded = low or app.font().pointSizeF() > _LARGE

    def look(name: str, window: QWidget) -> None:
        if name in _QTS_OWN and crowded:
            return
        if window.windowType() is not Qt.WindowType.Popup:
            found.extend(f"{name}: {what}" for what in _out_of_reach(window, app.primaryScreen()))
        if name not in _QTS_OWN:
            found.extend(f"{name}: {what}" for what in cut_words(window) if not _may_be_cut(what))
            found.extend(f"{name}: {what}" for what in words_over_words(window))
        if pictures is not None:
            window.grab().save(str(pictures / f"{name}.png"))

    await look_at_all(folder, Language(language), look)
    return found


def _may_be_cut(what: str) -> bool:
    return any(f" in {name} is cut" in what for name in _MAY_BE_CUT)


def _out_of_reach(window: QWidget, screen: QScreen) -> Iterator[str]:
    """What a person at this screen could not see or click of `window`."""
    from PySide6.QtWidgets import QLabel

    yield from _beyond(window, screen)
    yield from _badly_scrolled(window, screen)
    yield from _cut(window)
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.hasHeightForWidth() and label.height() < label.heightForWidth(label.width()):
            yield f"words are cut: {label.text()[:40]!r}"


def _beyond(window: QWidget, screen: QScreen) -> Iterator[str]:
    room = screen.availableGeometry()
    if not room.contains(window.frameGeometry()):
        yield f"stands at {_said(window.frameGeometry())} on a screen of {_said(room)}"
    if window.width() + _EDGES > room.width() + _SLACK or window.height() + TITLE_BAR > room.height() + _SLACK:
        yield f"is {window.width()}x{window.height()}, with its frame too large for {room.width()}x{room.height()}"


def _badly_scrolled(window: QWidget, screen: QScreen) -> Iterator[str]:
    from PySide6.QtWidgets import QScrollArea

    for area in window.findChildren(QScrollArea):
        page = area.widget()
        if area.isVisible() and page is not None and page.width() > area.viewport().width():
            yield f"{area.objectName()} scrolls sideways: {page.width()} in {area.viewport().width()}"
        line = max(_SLACK, window.fontMetrics().height())  # with the bar beside it, it may wrap to one less
        spare = screen.availableGeometry().height() - window.height() - TITLE_BAR
        if area.objectName() == "dialogPage" and area.verticalScrollBar().isVisible() and spare > line:
            yield f"scrolls, while there are {spare} pixels left on the screen"


def _cut(window: QWidget) -> Iterator[str]:
    """What cannot be seen whole, also where it is scrolled to; the row of buttons, without that."""
    from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QScrollArea

    for box in window.findChildren(QDialogButtonBox):
        for button in box.findChildren(QPushButton):
            if button.isVisible() and not _is_whole(button):
                yield f"{button.objectName()} among its buttons is cut"
    for widget in _used(window):
        for area in window.findChildren(QScrollArea):
            page = area.widget()
            if page is not None and page.isAncestorOf(widget):
                middle = widget.mapTo(page, widget.rect().center())
                area.ensureVisible(middle.x(), middle.y(), widget.width() // 2 + 1, widget.height() // 2 + 1)
        if not _is_whole(widget):
            yield f"{widget.objectName() or type(widget).__name__} cannot be had whole: {_said(widget.geometry())}"


def _used(window: QWidget) -> Iterator[QWidget]:
    """What takes keys or clicks, but for what scrolls or holds others, of which a part is enough."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QWidget

    for widget in window.findChildren(QWidget):
        kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit)
        if isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
            continue
        if widget.isVisible() and isinstance(widget, kinds) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield widget


def _is_whole(widget: QWidget) -> bool:
    from PySide6.QtGui import QRegion

    hint = widget.minimumSizeHint().boundedTo(widget.maximumSize())
    squeezed = widget.width() < hint.width() or widget.height() < hint.height()
    return not squeezed and QRegion(widget.rect()).subtracted(widget.visibleRegion()).isEmpty()


def _said(rect: object) -> str:
    return str(rect).removeprefix("PySide6.QtCore.QRect")


if __name__ == "__main__":
    main()
