"""Asks where something is to be saved as CSV or JSON, and writes it without holding the loop.

Must not know what is in the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from pgyer_desktop.core.base.file_replacement import write_whole
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base.tasks import Policy, TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Make = Callable[[], bytes]
"""Makes what is in the file, in a thread: it must not say or paint anything. May raise `HistoryError`."""


class FileSaver(QObject):
    """Saves what one window exports.

    Signals:
        saved: arg: sentence for a toast.
        failed: arg: Text that says what to do.
    """

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = TaskScope(self, expected=(OSError, HistoryError))

    async def aclose(self) -> None:
        """Stop asking; a file that is being written is finished."""
        await self._tasks.aclose()

    def ask(self, title: str, name: str, make: Callable[[Path], Make]) -> None:
        """Ask where to save; `name` begins the proposed file's name, `make` is asked about the chosen path."""
        csv, json = self.tr("Spreadsheet (*.csv)"), self.tr("Data (*.json)")
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName("exportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([csv, json])
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("json" if chosen == json else "csv"))
        dialog.selectFile(f"{name}-{datetime.now().astimezone():%Y-%m-%d}.csv")
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen), make(Path(chosen))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path, make: Make) -> None:
        """Write a file: all of it, or nothing."""

        def on_done(_nothing: None) -> None:
            self.saved.emit(self.tr("Exported to {file}").format(file=path.name))

        def on_error(error: Exception) -> None:
            if isinstance(error, HistoryError):
                text = translate("file_saver", "{file} was not written. {reason}")
                self.failed.emit(text.fill(file=str(path), reason=error.text))
            elif isinstance(error, OSError):
                text = translate("file_saver", "{file} could not be written: {reason}. Choose another place.")
                self.failed.emit(text.fill(file=str(path), reason=error.strerror or type(error).__name__))

        self._tasks.start(
            f"save {path}",
            lambda: asyncio.to_thread(lambda: write_whole(path, make(), private=False)),
            policy=Policy.DROP_IF_RUNNING,
            on_done=on_done,
            on_error=on_error,
        )


def is_json(path: Path) -> bool:
    """Whether a file of this name is to be JSON; else it is CSV."""
    return path.suffix.lower() == ".json"
