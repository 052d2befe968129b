"""Asks where, and as what, a table is to be saved, and writes it without holding the loop.

Must not know what is in the file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pgyer_desktop.core.base.file_replacement import write_whole
from pgyer_desktop.core.base.words import stated, translate
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.base.tasks import Policy, TaskScope

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Make = Callable[[], bytes]
"""Makes what is in the file, in a thread: it must not say or paint anything. May raise `HistoryError`."""


class Format(Enum):
    """What a file is written as. The value is the end of its name."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


def format_of(path: Path) -> Format:
    """What a file of this name is written as; CSV where the name does not say."""
    return next((one for one in Format if path.suffix.lower() == f".{one.value}"), Format.CSV)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be saved, as the dialog says it."""

    title: str
    """Which things, and how many."""
    button: str
    """The same in few words: some systems show no title."""
    name: str
    """What the proposed file's name begins with."""
    about: str = ""
    """The app that it is all about; "" where it is about several."""


_MOST_BYTES: Final = 120
"""Of an app's name in a file's, which has 255 at most."""
_NOT_IN_NAMES: Final = frozenset('<>:"/\\|?*')
"""What Windows has in no name."""


def in_file_name(text: str) -> str:
    """`text` as a part of a file's name on every system; "" where nothing is left of it."""
    kept = "".join(" " if ch in _NOT_IN_NAMES or not ch.isprintable() else ch for ch in text)
    whole = "-".join(kept.split()).strip(".-")
    return whole.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(".-")


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

    def ask(self, wanted: Wanted, make: Callable[[Path], Make]) -> None:
        """Ask where to save; `make` is asked about the chosen path."""
        filters = {
            self.tr("For spreadsheets: every cell as it stands (*.xlsx)"): Format.XLSX,
            self.tr("For programs: a plain table (*.csv)"): Format.CSV,
            self.tr("For programs: everything that is known (*.json)"): Format.JSON,
        }
        dialog = named("exportDialog", QFileDialog(self._window, wanted.title))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, wanted.button)
        dialog.setNameFilters(list(filters))
        dialog.setDefaultSuffix(Format.XLSX.value)
        day = f"{datetime.now().astimezone():%Y-%m-%d}"
        parts = (wanted.name, in_file_name(wanted.about), f"{day}.{Format.XLSX.value}")
        dialog.selectFile("-".join(part for part in parts if part))

        def on_filter(chosen: str) -> None:
            ending = filters[chosen].value
            dialog.setDefaultSuffix(ending)
            # Qt's own dialog, where the system has none, leaves the name as it is.
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            name = Path(field.text()) if field is not None else Path()
            if field is not None and name.suffix.lower().removeprefix(".") in {one.value for one in Format}:
                field.setText(str(name.with_suffix(f".{ending}")))

        dialog.filterSelected.connect(on_filter)
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
                self.failed.emit(text.fill(file=str(path), reason=stated(error.strerror)))

        self._tasks.start(
            f"save {path}",
            lambda: asyncio.to_thread(lambda: write_whole(path, make(), private=False)),
            policy=Policy.DROP_IF_RUNNING,
            on_done=on_done,
            on_error=on_error,
        )
