"""Which of the window's notices shows: one at a time, one per topic, the last raised first.

With what their buttons do.

Must not write sentences: they come from `core.base.error_messages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pgyer_desktop.core.base.error_messages import Remedy
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.core.base.error_messages import Notice
    from pgyer_desktop.ui.accounts.flow import AccountFlow
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.help.update_watch import UpdateWatch
    from pgyer_desktop.ui.history.flow import HistoryFlow
    from pgyer_desktop.ui.state.window_state import WindowState
    from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner


class NoticeBoard(QObject):
    """Keeps the notices that are not settled or closed yet and shows them in the banner.

    Signals:
        remedy_requested: the notice's button was pressed. args: Topic, Notice.
        dismissed: a person closed the notice. arg: Topic.
    """

    remedy_requested = Signal(object, object)
    dismissed = Signal(object)

    def __init__(self, banner: NoticeBanner) -> None:
        super().__init__(banner)
        self._banner = banner
        self._notices: dict[Topic, Notice] = {}
        banner.action_triggered.connect(self._on_action)
        banner.closed.connect(self._on_closed)

    def show_notice(self, topic: Topic, notice: Notice) -> None:
        """Show `notice` in place of the one about the same topic, over those about others."""
        self._notices.pop(topic, None)
        self._notices[topic] = notice
        self._update(aloud=True)

    def settle(self, topic: Topic) -> None:
        """Take the notice about `topic` away."""
        if self._notices.pop(topic, None) is not None:
            self._update()

    def _on_action(self, key: str) -> None:
        topic = Topic(key)
        notice = self._notices.get(topic)
        if notice is not None:
            self.remedy_requested.emit(topic, notice)

    def _on_closed(self, key: str) -> None:
        self._notices.pop(Topic(key), None)
        self._update()
        self.dismissed.emit(Topic(key))

    def _update(self, *, aloud: bool = False) -> None:
        if not self._notices:
            self._banner.clear()
            return
        topic, notice = next(reversed(self._notices.items()))
        words = {
            # Beside what became of a change, "Retry" would sound as if that were made once more.
            Remedy.RETRY: self.tr("Read again") if topic in {Topic.WRITE, Topic.UNSETTLED} else self.tr("Retry"),
            Remedy.STOP: self.tr("Stop"),
            Remedy.OPEN_ACCOUNT: self.tr("Open account…"),
            Remedy.SESSION_KEY: self.tr("Enter key…"),
            Remedy.FIND_ACCOUNTS: self.tr("Find my accounts"),
            Remedy.ALLOW: self.tr("Allow"),
            Remedy.OPEN_RELEASE: self.tr("Open page"),
            Remedy.SHOW_REPORT: self.tr("Show report"),
            Remedy.COPY_LINK: self.tr("Copy link"),
            Remedy.GUARDS: self.tr("Guard rails…"),
        }
        self._banner.show_notice(
            text=say(notice.text),
            severity=notice.severity,
            action_text=words.get(notice.remedy),
            key=topic.value,
            aloud=aloud,
        )


class Remedies(QObject):
    """Does what the notices' buttons say."""

    def __init__(
        self,
        board: NoticeBoard,
        state: WindowState,
        icons: IconLoader,
        accounts: AccountFlow,
        history: HistoryFlow,
        updates: UpdateWatch | None,
        show_jobs: Callable[[], None],
    ) -> None:
        super().__init__(board)
        self._show_jobs = show_jobs
        self._history = history
        self._state = state
        self._icons = icons
        self._of_accounts: dict[Remedy, Callable[[], None]] = {
            Remedy.OPEN_ACCOUNT: accounts.replace_key_of_current,
            Remedy.SESSION_KEY: accounts.replace_key_of_current,
            Remedy.FIND_ACCOUNTS: accounts.find,
            Remedy.GUARDS: accounts.guard_current,
        }
        self._updates = updates
        board.remedy_requested.connect(self._on_remedy)
        board.dismissed.connect(self._on_dismissed)

    def _on_remedy(self, topic: Topic, notice: Notice) -> None:
        remedy = notice.remedy
        if remedy is Remedy.COPY_LINK:
            QGuiApplication.clipboard().setText(notice.link)
            self._state.teller.say(self.tr("The link has been copied."))
        elif remedy is Remedy.SHOW_REPORT:
            self._show_jobs()
            self._state.teller.settle(topic)
        elif topic is Topic.UPDATES:
            if self._updates is not None:
                self._updates.act(remedy)
        elif remedy in self._of_accounts:
            self._of_accounts[remedy]()
        elif remedy is Remedy.STOP:
            (self._state.changes.settling.stop if topic is Topic.UNSETTLED else self._state.page.stop_reading)()
        elif topic is Topic.APPS:
            self._state.accounts.load_apps()
        elif topic is Topic.HISTORY:
            self._history.load()
        else:
            if topic in {Topic.WRITE, Topic.UNSETTLED}:
                self._state.teller.settle(topic)
            if topic is Topic.UNSETTLED:
                self._state.changes.settling.go_on()
            self._icons.reload()
            self._state.page.retry()

    def _on_dismissed(self, topic: Topic) -> None:
        if topic is Topic.UPDATES and self._updates is not None:
            self._updates.dismiss()
