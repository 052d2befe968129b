"""Gives a build on: its page as a link, a QR code or in a browser, and the message about it.

Must not ask the service anything.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.core.base.names import name_of
from pgyer_desktop.core.sharing import links
from pgyer_desktop.core.sharing.message import Template, TemplateError, message
from pgyer_desktop.ui.state.browser import open_outside
from pgyer_desktop.ui.state.handlers import handles_open
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_CHINESE: Final = QLocale.Language.Chinese


class SharingFlow(QObject):
    """What happens when a build is to be given on."""

    def __init__(self, state: WindowState, window: QWidget) -> None:
        super().__init__(window)
        self._state = state
        self._window = window

    @handles_open(Action.SHOW_QR)
    def show_qr(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Show the build's page as a QR code."""
        from pgyer_desktop.ui.sharing.qr_dialog import QrDialog

        dialog = QrDialog(opened.title, builds[0], self._window)
        dialog.copy_requested.connect(lambda: self.copy_link(opened, builds))
        dialog.show_once()

    @handles_open(Action.COPY_LINK)
    def copy_link(self, _opened: Open, builds: tuple[Build, ...]) -> None:
        """Copy the address of the build's page."""
        QGuiApplication.clipboard().setText(links.build_page(builds[0].build_key))
        self._state.teller.say(self.tr("The link to {build} has been copied.").format(build=name_of(builds[0])))

    @handles_open(Action.COPY_MESSAGE)
    def copy_message(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Copy the message about the build."""
        try:
            text = message(self._template(opened), opened.app, builds[0], now=datetime.now(UTC))
        except TemplateError as exc:
            self._state.teller.warn(Topic.WRITE, exc.problem.text)
            return
        QGuiApplication.clipboard().setText(text)
        self._state.teller.say(self.tr("The message about {build} has been copied.").format(build=name_of(builds[0])))

    @handles_open(Action.EDIT_MESSAGE)
    def edit_message(self, opened: Open, builds: tuple[Build, ...]) -> None:
        """Show the message about the build, and its template to be edited."""
        from pgyer_desktop.ui.sharing.message_dialog import HandoverDialog

        state = self._state
        dialog = HandoverDialog(self._window, opened.app, builds[0], self._template(opened))

        def keep(template: Template) -> None:
            state.accounts.book.remember(opened.account.id, lambda kept: replace(kept, template=template))
            state.unsaved.note()

        dialog.template_saved.connect(keep)
        dialog.show_once()

    @handles_open(Action.OPEN_PAGE)
    def open_page(self, _opened: Open, builds: tuple[Build, ...]) -> None:
        """Open the build's page in a browser."""
        if open_outside(links.build_page(builds[0].build_key), self._window, self._state.teller.tell_unopened):
            self._state.teller.settle(Topic.LINK)

    def _template(self, opened: Open) -> Template:
        template = self._state.accounts.book.settings(opened.account.id).template
        return template if template is not None else Template("zh_CN" if QLocale().language() == _CHINESE else "en")
