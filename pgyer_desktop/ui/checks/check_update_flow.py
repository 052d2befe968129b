"""Asks what a device with a certain build is offered, in a dialog. Must not keep what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.error_messages import explain
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.state.handlers import handles_open

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build, PgyerError, UpdateCheck
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.teller import Teller


class CheckUpdateFlow(QObject):
    """What happens when an update is to be checked for a build."""

    def __init__(self, teller: Teller, window: QWidget) -> None:
        super().__init__(window)
        self._teller = teller
        self._window = window

    @handles_open(Action.CHECK_UPDATE)
    def check(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Ask what a device with this build, or another one, is offered."""
        from pgyer_desktop.ui.checks.check_update_dialog import CheckUpdateDialog

        dialog = CheckUpdateDialog(opened.title, builds[0], self._window)
        tasks = TaskScope(dialog)

        def on_done(answer: UpdateCheck) -> None:
            dialog.set_busy(busy=False)
            dialog.show_answer(answer)

        def on_error(error: PgyerError) -> None:
            dialog.set_busy(busy=False)
            doing = translate("changes", "Pgyer could not be reached.")
            dialog.show_problem(say(explain(error, doing=doing).text))

        def on_check(version: str, pgyer_build: str, channel: str) -> None:
            dialog.set_busy(busy=True)
            tasks.start(
                "check",
                lambda: opened.session.check_update(
                    opened.app_key, version=version, pgyer_build=pgyer_build, channel=channel
                ),
                on_done=on_done,
                on_error=on_error,
            )

        dialog.check_requested.connect(on_check)
        dialog.copy_link_requested.connect(self._copy)
        dialog.finished.connect(tasks.cancel_all)
        dialog.show_once()
        dialog.check()

    def _copy(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        self._teller.say(self.tr("The link has been copied."))
