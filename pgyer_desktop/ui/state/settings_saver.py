"""Writes the settings a moment after they changed, and before the program ends."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pgyer_desktop.core.base.words import stated, translate
from pgyer_desktop.ui.base.tasks import Policy, TaskScope
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from pgyer_desktop.core.accounts.settings import SettingsFile
    from pgyer_desktop.ui.state.teller import Teller

_log = logging.getLogger(__name__)

_DELAY_MS = 500
"""Dragging a column changes the settings many times a second."""


class SettingsSaver(QObject):
    """Saves the settings file when told that something changed. That it fails is told once, until it works again."""

    def __init__(self, settings: SettingsFile, teller: Teller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._teller = teller
        self._tasks = TaskScope(self, expected=(OSError,))
        self._told = False
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._on_time)

    def save_soon(self) -> None:
        """Save within half a second."""
        if not self._timer.isActive():
            self._timer.start()

    def save_at_once(self) -> None:
        """Save here and now: the session ends, and Windows may end the process as soon as this one has answered."""
        try:
            self._settings.save_at_once()
        except OSError as exc:
            _log.warning("The settings could not be saved at the end of the session: %s", exc.strerror)

    async def aclose(self) -> None:
        """Save what is not saved yet. Raises OSError where that fails."""
        self._timer.stop()
        await self._tasks.aclose()
        await self._settings.save()

    def _on_time(self) -> None:
        started = self._tasks.start(
            "save",
            self._settings.save,
            policy=Policy.DROP_IF_RUNNING,
            on_done=self._on_saved,
            on_error=self._on_failed,
        )
        if not started:
            self._timer.start()

    def _on_saved(self, _result: None) -> None:
        self._told = False

    def _on_failed(self, error: OSError) -> None:
        if self._told:
            return
        self._told = True
        text = translate(
            "settings", "The settings could not be saved in {folder}: {reason}. They apply until the program is closed."
        ).fill(folder=str(self._settings.folder), reason=stated(error.strerror))
        self._teller.warn(Topic.SETTINGS, text)
