"""Opens every dialog, and the window, on a screen of some size, and prints what of them is out of reach there.

`python -m tests.ui.widgets.dialog.on_screen WIDTH HEIGHT SCALE LANGUAGE [FOLDER]`, in the screen's own pixels, such as
1366 768 1.5 zh_CN; with a folder, pictures of them go there. A process of its own, because a screen is what a program
begins with. The screen is Qt's off-screen one; its bottom belongs to a task bar as tall as that of Windows.
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
    from PySide6.QtWidgets import QApplication, QDialog, QWidget

TASK_BAR: Final = 48
TITLE_BAR: Final = 40
"""Logical pixels; about what windows have above them on the three systems. Off screen, Qt draws none."""
_EDGES: Final = 10
_SLACK: Final = 1  # where a scale is no whole number


def main() -> None:
    """Open them all; prints a list of complaints as JSON, and how many were opened."""
    width, height, scale, language = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    pictures = Path(sys.argv[5]) if len(sys.argv) > 5 else None
    with tempfile.TemporaryDirectory() as folder:
        screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height - round(TASK_BAR * scale)}
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        Path(folder, "screens.json").write_text(json.dumps({"screens": [screen]}), encoding="ascii")
        os.chdir(folder)  # Qt takes what stands behind a colon, as in a path of Windows, for another argument
        os.environ["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"
        os.environ["QT_SCALE_FACTOR"] = str(scale)
        print(json.dumps(_complaints(language, Path(folder), pictures)))  # noqa: T201 - what it is for
        os.chdir(Path(__file__).parent)


def _complaints(language: str, folder: Path, pictures: Path | None) -> list[str]:
    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.ui.base.event_loop import QtEventLoop
    from tests.ui.widgets.gallery import light_palette

    app = QApplication([])
    app.setStyle("Fusion")
    app.setPalette(light_palette())
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: QtEventLoop(app)) as runner:
        return runner.run(_look_at_all(app, language, folder, pictures))


async def _look_at_all(app: QApplication, language: str, folder: Path, pictures: Path | None) -> list[str]:
    from pgyer_desktop.ui.base.file_saver import FileSaver, Wanted
    from pgyer_desktop.ui.base.i18n import Language
    from tests.ui.rig import opened, windowed
    from tests.ui.stub_client import StubClient
    from tests.ui.widgets.dialog.large import all_dialogs

    found: list[str] = []

    def look(name: str, window: QWidget) -> None:
        found.extend(f"{name}: {what}" for what in _out_of_reach(window, app.primaryScreen()))
        if pictures is not None:
            window.grab().save(str(pictures / f"{name}.png"))

    async with opened() as rig, windowed(rig, folder, language=Language(language)) as (window, person, _):
        await asyncio.sleep(0.05)
        look("welcome", window)
        for name, make in all_dialogs().items():
            dialog = make()
            dialog.setParent(window, dialog.windowFlags())
            dialog.open()
            await asyncio.sleep(0.02)
            look(name, dialog)
            _hide(dialog)
        for name, dialog in _grown():
            dialog.setParent(window, dialog.windowFlags())
            dialog.open()
            await asyncio.sleep(0.02)
            room = app.primaryScreen().availableGeometry()
            dialog.move(dialog.x(), max(room.top(), room.bottom() - dialog.frameGeometry().height()))
            _grow(dialog)
            await asyncio.sleep(0.05)
            look(name, dialog)
            _hide(dialog)
        person.trigger("actionActivity")
        await asyncio.sleep(0.05)
        (activity,) = (widget for widget in app.topLevelWidgets() if widget.objectName() == "activityView")
        look("activity", activity)
        activity.close()
        if sys.platform != "win32":  # Windows has a dialog of its own, which people see in place of Qt's
            wanted = Wanted("Export 40 builds of Harbour", "Export 40 builds", "pgyer")
            FileSaver(window).ask(wanted, lambda _: lambda: b"")
            export = await person.dialog("exportDialog")
            await asyncio.sleep(0.05)
            look("export", export)
            export.reject()
        await rig.add_account("Acme", StubClient(harbour=40))
        rig.state.accounts.start()
        await rig.quiet()
        person.select(0)
        await asyncio.sleep(0.05)
        look("builds", window)
    return found


def _grown() -> Iterator[tuple[str, QDialog]]:
    """Dialogs that become taller while they are open."""
    from tests.ui.widgets.dialog.gallery import dialogs

    for name in ("account", "check_start", "crash", "add_app"):
        yield f"{name}_grown", dialogs()[name]()


def _grow(dialog: QDialog) -> None:
    from pgyer_desktop.ui.accounts.account_dialog import AccountDialog
    from pgyer_desktop.ui.accounts.add_app_dialog import AddAppDialog
    from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog
    from pgyer_desktop.ui.help.crash_dialog import CrashDialog
    from tests.ui.widgets.dialog.gallery import made_answer

    if isinstance(dialog, AccountDialog):
        dialog.offer_session("The keyring is locked, and nobody knows why. " * 8)
    elif isinstance(dialog, AddAppDialog):
        dialog.show_problem("The app could not be added, and nobody knows why. " * 8)
    elif isinstance(dialog, CheckUpdateDialog):
        dialog.show_answer(made_answer())
    elif isinstance(dialog, CrashDialog):
        dialog.add_another()


def _hide(dialog: QDialog) -> None:
    dialog.hide()  # whatever it would say to being closed
    dialog.deleteLater()


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
        spare = screen.availableGeometry().height() - window.height() - TITLE_BAR
        if area.objectName() == "dialogPage" and area.verticalScrollBar().isVisible() and spare > _SLACK:
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
