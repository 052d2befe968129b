"""Exports the builds that the window shows, filtered and in order, or those of them that are selected.

Must not read the service: what is not known is not in the file, and the file says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pgyer_desktop.ui.base.file_saver import FileSaver, Format, Make, Wanted, format_of
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.history.export import About
    from pgyer_desktop.ui.state.teller import Teller


@dataclass(frozen=True, slots=True)
class Shown:
    """What is exported: `builds` is called in another thread."""

    builds: Callable[[], Iterable[Build]]
    count: int
    about: About


class ExportFlow(QObject):
    """What happens when an export is wanted."""

    def __init__(self, teller: Teller, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._saver = FileSaver(window)
        self._saver.saved.connect(teller.say)
        self._saver.failed.connect(lambda text: teller.warn(Topic.EXPORT, text))

    async def aclose(self) -> None:
        """Finish what is being written."""
        await self._saver.aclose()

    def export(self, shown: Shown) -> None:
        """Ask where to, and write."""
        from pgyer_desktop.core.history.export import as_csv, as_json, as_xlsx, words

        about, count = shown.about, self._window.locale().toString(shown.count)

        def make(path: Path) -> Make:
            if format_of(path) is Format.JSON:
                return lambda: as_json(shown.builds(), about)
            said, as_table = words(say), as_xlsx if format_of(path) is Format.XLSX else as_csv
            return lambda: as_table(shown.builds(), about, said, zone=None)

        if about.selection:
            title = self.tr("Export the selection: %n build(s)", "", shown.count)
            button = self.tr("Export the selection ({n})")
        elif about.covers == "page":
            title = self.tr("Export everything listed on this page: %n build(s)", "", shown.count)
            button = self.tr("Export all listed ({n})")
        else:
            title = self.tr("Export everything listed: %n build(s)", "", shown.count)
            button = self.tr("Export all listed ({n})")
        wanted = Wanted(title, button.format(n=count), "pgyer-builds", about.app.name)
        self._saver.ask(wanted, make)
