"""Walks through the main job on the demo, with the window's own widgets, and says what it saw: `--selftest`.

What a packager runs, and what the demo does on a machine without a display. Uses nothing but what a person can reach.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QTableView, QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPixmap

    from pgyer_desktop.ui.window.main_window import MainWindow

_SECONDS = 20.0
"""How long any one thing may take, on a slow machine."""
_FEWEST_COLOURS = 20
"""A window with words in it has many more, by the smoothing of the letters alone."""
_Kind = TypeVar("_Kind", bound=QObject)


class SelfTestError(Exception):
    """Something that a person would have expected did not happen."""


async def walk(window: MainWindow, picture: Path | None) -> int:
    """Do the main job once. 0 if everything happened that should, else 1; `picture` is written either way."""
    try:
        await _Walk(window).all(picture)
    except SelfTestError as exc:
        _say(f"FAILED: {exc}")
        if picture is not None:
            with suppress(SelfTestError):  # which has just been said, if it is about the picture
                _grab(window, picture)
        return 1
    _say("ok")
    return 0


class _Walk:
    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._table = self._find(QTableView, "buildTable")

    async def all(self, picture: Path | None) -> None:
        self._check_files()
        await self._check_machine()
        await self._until(lambda: self._rows() > 1, "the first app's builds show")
        _say(f"{self._window.windowTitle()}: {self._rows()} builds on page 1, latest is {self._latest()}")
        await self._page()
        before = self._latest()
        target = next(row for row in range(self._rows()) if row not in self._latest_rows())
        key, name = self._key(target), self._version(target)
        await self._confirm("actionSetLatest", target)
        await self._until(lambda: [self._key(row) for row in self._latest_rows()] == [key], f"{name} is marked latest")
        _say(f"set latest: {before} -> {name}")
        await self._check_update(target)
        await self._clear_latest()
        await self._delete()
        self._table.selectRow(min(1, self._rows() - 1))
        await asyncio.sleep(0.5)  # icons and the details panel, for the picture only
        if _colours(self._window.grab()) < _FEWEST_COLOURS:
            raise SelfTestError("the window paints nothing")
        if picture is not None:
            _grab(self._window, picture)
            _say(f"picture: {picture}")

    async def _check_machine(self) -> None:
        from pgyer_desktop.api.transport import system_tls
        from pgyer_desktop.core.base.keystore import found_keyrings
        from pgyer_desktop.core.sharing.workbook import SheetWords, workbook

        tls = system_tls()
        if tls.verify_mode is not ssl.CERT_REQUIRED:
            raise SelfTestError("certificates are not checked")
        _say(f"trust store: {type(tls).__module__}")
        made = await asyncio.to_thread(workbook, [["Version"], ["1.10"]], SheetWords("Builds", ""))
        if not made.startswith(b"PK"):
            raise SelfTestError("no workbook can be written")
        _say("workbook: xlsxwriter")
        usable, looked_for = await found_keyrings()
        # A machine without a keyring is no fault of the program; one that holds no back end to look for is.
        if not looked_for:
            raise SelfTestError("no keyring back end is inside")
        _say(f"keyring: {', '.join(usable)}" if usable else f"no keyring here; looked for {', '.join(looked_for)}")

    def _check_files(self) -> None:
        from PySide6.QtGui import QImageReader

        from pgyer_desktop.ui.base import resources

        formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
        missing = {"jpeg", "png", "webp", "svg"} - formats
        if missing:
            raise SelfTestError(f"image formats are missing: {', '.join(sorted(missing))}")
        for size in (16, 256):
            if resources.app_icon().pixmap(size, size).isNull():
                raise SelfTestError(f"the icon of the program is missing at {size} pixels")
        if _colours(resources.icon("latest").pixmap(32, 32)) < 2:
            raise SelfTestError("icons are drawn empty")
        self._check_translations()

    def _check_translations(self) -> None:
        """Load our Chinese translation and Qt's, and translate one text with each."""
        from PySide6.QtCore import QLibraryInfo, QTranslator

        from pgyer_desktop.ui.base import resources

        ours, qts = QTranslator(), QTranslator()
        theirs = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not ours.load("pgyer_desktop_zh_CN", str(resources.translations_dir())):
            raise SelfTestError("the Chinese translation is missing")
        if not ours.translate("BuildModel", "Latest", "badge on a build"):
            raise SelfTestError("the Chinese translation is empty")
        if not qts.load("qtbase_zh_CN", theirs) or not qts.translate("QPlatformTheme", "Cancel"):
            raise SelfTestError("Qt's own Chinese is missing")
        _say("translations: en, zh_CN")

    async def _page(self) -> None:
        first = self._key(0)
        self._click("pageNext")
        await self._until(lambda: self._rows() > 0 and self._key(0) != first, "page 2 shows")
        _say(f"page 2: {self._rows()} builds")
        self._click("pageFirst")
        await self._until(lambda: self._rows() > 0 and self._key(0) == first, "page 1 shows again")

    async def _check_update(self, row: int) -> None:
        self._table.selectRow(row)
        self._action("actionCheckUpdate")
        dialog = await self._dialog("checkUpdateDialog")
        result = self._find(QWidget, "checkResult", dialog)
        await self._until(lambda: bool(result.accessibleName()), "the check is answered")
        _say(f"check update: {result.accessibleName()}")
        dialog.reject()

    async def _clear_latest(self) -> None:
        (row,) = self._latest_rows()
        key, name = self._key(row), self._version(row)
        await self._confirm("actionClearLatest", row)
        await self._until(
            lambda: key not in {self._key(r) for r in self._latest_rows()}, f"{name} is no longer marked latest"
        )
        _say(f"clear latest: {name}; now {self._latest() or 'none on this page'}")

    async def _delete(self) -> None:
        row = max(r for r in range(self._rows()) if r not in self._latest_rows())
        key, name = self._key(row), self._version(row)
        await self._confirm("actionDelete", row)
        await self._until(lambda: key not in {self._key(r) for r in range(self._rows())}, f"{name} is gone")
        _say(f"delete: {name} is gone")

    # Hands and eyes

    async def _confirm(self, action: str, row: int) -> None:
        self._table.selectRow(row)
        self._action(action)
        dialog = await self._dialog("confirmDialog")
        self._click("confirmAccept", dialog)

    async def _dialog(self, name: str) -> QDialog:
        def shown() -> QDialog | None:
            found = [w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()]
            return next((w for w in found if isinstance(w, QDialog)), None)

        await self._until(lambda: shown() is not None, f"{name} opens")
        dialog = shown()
        if dialog is None:
            raise SelfTestError(f"{name} closes by itself")
        return dialog

    def _action(self, name: str) -> None:
        action = self._find(QAction, name)
        if not action.isEnabled():
            raise SelfTestError(f"{name} is disabled: {action.statusTip()}")
        action.trigger()

    def _click(self, name: str, parent: QWidget | None = None) -> None:
        button = self._find(QAbstractButton, name, parent)
        if not button.isEnabled():
            raise SelfTestError(f"{name} is disabled")
        button.click()

    def _find(self, kind: type[_Kind], name: str, parent: QWidget | None = None) -> _Kind:
        found = (parent or self._window).findChild(kind, name)
        if found is None:
            raise SelfTestError(f"there is no {name}")
        return found

    async def _until(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + _SECONDS
        while not true():
            if time.monotonic() > end:
                raise SelfTestError(f"{what}: not within {_SECONDS:.0f} s")
            await asyncio.sleep(0.02)

    def _rows(self) -> int:
        return self._table.model().rowCount()

    def _key(self, row: int) -> str:
        return str(self._table.model().index(row, 0).data(Qt.ItemDataRole.UserRole))

    def _version(self, row: int) -> str:
        return str(self._table.model().index(row, 0).data(Qt.ItemDataRole.DisplayRole))

    def _latest_rows(self) -> list[int]:
        return [row for row in range(self._rows()) if self._is_latest(row)]

    def _is_latest(self, row: int) -> bool:
        from pgyer_desktop.ui.builds.model import BADGES_ROLE
        from pgyer_desktop.ui.widgets.icon_cell import Tone

        badges = self._table.model().index(row, 0).data(BADGES_ROLE) or ()
        return any(tone is Tone.ACCENT for _text, tone in badges)

    def _latest(self) -> str:
        return ", ".join(self._version(row) for row in self._latest_rows())


def _colours(picture: QPixmap) -> int:
    image = picture.toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def _grab(window: MainWindow, picture: Path) -> None:
    with suppress(OSError):  # the picture cannot be written then either
        picture.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(picture)):
        raise SelfTestError(f"the picture could not be written to {picture}")


def _say(words: str) -> None:
    if sys.stdout is not None:  # a windowed program on Windows has none
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
