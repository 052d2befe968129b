"""Exports the builds that the window shows, filtered and in order, as CSV or JSON.

Must not read the service: what is not known is not in the file, and the file says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pgyer_desktop.ui.base.file_saver import FileSaver, Make, is_json
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.history.export import About
    from pgyer_desktop.ui.state.teller import Teller


class ExportFlow(QObject):
    """What happens when an export is wanted."""

    def __init__(self, teller: Teller, window: QWidget) -> None:
        super().__init__(window)
        self._saver = FileSaver(window)
        self._saver.saved.connect(teller.say)
        self._saver.failed.connect(lambda text: teller.warn(Topic.EXPORT, text))

    async def aclose(self) -> None:
        """Finish what is being written."""
        await self._saver.aclose()

    def export(self, builds: Callable[[], Iterable[Build]], about: About) -> None:
        """Ask where to, and write; `builds` is called in another thread."""
        from pgyer_desktop.core.history.export import as_csv, as_json, words

        def make(path: Path) -> Make:
            if is_json(path):
                return lambda: as_json(builds(), about)
            said = words(say)
            return lambda: as_csv(builds(), about, said, zone=None)

        self._saver.ask(self.tr("Export builds"), "pgyer-builds", make)
