"""What people are told: notices that stay, each about a topic, and toasts that pass. One for each window.

Everybody who has something to tell is given it; who shows it follows its signals. Must not write sentences: they come
from `core.base.error_messages` and from whoever tells.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.api import PgyerError
from pgyer_desktop.core.activity.journal import JournalError
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity, explain, explain_keystore, joined
from pgyer_desktop.core.base.keystore import KeyStoreError
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.history.store import HistoryError
from pgyer_desktop.ui.base.tasks import TaskScope

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.ui.state.browser import Unopened

_log = logging.getLogger(__name__)

EXPECTED: Final = (PgyerError, KeyStoreError, JournalError, HistoryError)
"""The errors of ours that are told in words; every other one is a fault of the program."""


class Topic(Enum):
    """What a notice is about. A newer notice of a topic replaces the older one, and its success clears it."""

    KEY = "key"
    APPS = "apps"
    BUILDS = "builds"
    LATEST = "latest"
    WRITE = "write"
    RAILS = "rails"
    """The account's guard rails forbid a change."""
    UNSEEN = "unseen"
    """A change was accepted and does not show yet."""
    JOBS = "jobs"
    """A queue of deletes has ended, and not all went."""
    UNSETTLED = "unsettled"
    """Nobody knows how a change ended; it is read again."""
    SETTINGS = "settings"
    JOURNAL = "journal"
    HISTORY = "history"
    EXPORT = "export"
    LOG = "log"
    FOLDER = "folder"
    CRASH = "crash"
    UPDATES = "updates"
    """Newer releases of this program."""
    LINK = "link"
    """A page that was to open in a browser."""
    OTHER = "other"
    """What failed and has no topic of its own."""


_OF_THE_PROGRAM = frozenset(
    {
        Topic.SETTINGS,
        Topic.JOURNAL,
        Topic.HISTORY,
        Topic.EXPORT,
        Topic.LOG,
        Topic.FOLDER,
        Topic.CRASH,
        Topic.UPDATES,
        Topic.JOBS,
    }
)
"""These have nothing to do with the account that is on."""
_OF_CHANGES = frozenset({Topic.WRITE, Topic.UNSEEN, Topic.UNSETTLED})
"""What is told of these may be otherwise than what a toast says of a build."""


class Teller(QObject):
    """Hands on what is told.

    Signals:
        notice_raised: args: Topic, Notice.
        notice_settled: arg: Topic whose trouble is over.
        succeeded: arg: sentence for a toast.
        declined: arg: sentence for a toast that says why something cannot be done now.
        taken_back: the toast about a build is no longer to show: a notice says otherwise.
    """

    notice_raised = Signal(object, object)
    notice_settled = Signal(object)
    succeeded = Signal(str)
    declined = Signal(str)
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said_about = ""
        self._about: dict[Topic, str] = {}

    def tell(self, topic: Topic, notice: Notice, *, about: str = "") -> None:
        """Tell of `topic`, in place of what was told of it before. `about`: the key of the build that it is about."""
        self._about[topic] = about
        if self._said_about and (topic is Topic.WRITE or (topic in _OF_CHANGES and about == self._said_about)):
            self._said_about = ""
            self.taken_back.emit()
        self.notice_raised.emit(topic, notice)

    def warn(self, topic: Topic, text: Text, remedy: Remedy = Remedy.NONE) -> None:
        """Tell of `topic` with a warning."""
        self.tell(topic, Notice(text, Severity.WARNING, remedy))

    def settle(self, topic: Topic) -> None:
        """Take back what was told of `topic`: its trouble is over."""
        self.notice_settled.emit(topic)

    def settle_about(self, topic: Topic, build_key: str) -> None:
        """Take back what was told of `topic` if it was about this build."""
        if self._about.get(topic) == build_key:
            self.settle(topic)

    def settle_account(self) -> None:
        """Take back what was told of the account that is on, because it is left."""
        for topic in Topic:
            if topic not in _OF_THE_PROGRAM:
                self.settle(topic)

    def say(self, sentence: str, *, about: str = "") -> None:
        """Tell in a toast what succeeded. `about`: the key of the build that was changed."""
        self._said_about = about
        self.succeeded.emit(sentence)

    def decline(self, reason: str) -> None:
        """Tell in a toast why what a person wants cannot be done now."""
        self._said_about = ""
        self.declined.emit(reason)

    def fail(self, topic: Topic, doing: Text, error: Exception, remedy: Remedy = Remedy.NONE) -> None:
        """Tell that `doing` failed, and why; see `explained`."""
        self.tell(topic, explained(error, doing, remedy))

    def failure(self, topic: Topic, doing: Text, remedy: Remedy = Remedy.NONE) -> Callable[[Exception], None]:
        """What a task does with an expected error: tell that `doing` failed."""
        return lambda error: self.fail(topic, doing, error, remedy)

    def tell_unopened(self, unopened: Unopened, topic: Topic = Topic.LINK) -> None:
        """Tell that a page or a folder could not be opened, and offer its address."""
        self.tell(topic, Notice(unopened.text, Severity.WARNING, Remedy.COPY_LINK, unopened.link))

    def tasks(self, parent: QObject) -> TaskScope:
        """A scope whose tasks may fail with any of `EXPECTED`; what nobody handles otherwise is told here."""

        def on_error(error: Exception) -> None:
            notice = explained(error, translate("teller", "Something that was to be done failed."))
            # Nobody knows here what could be tried again.
            known = notice if notice.remedy is not Remedy.RETRY else replace(notice, remedy=Remedy.NONE)
            self.tell(Topic.OTHER, known)

        return TaskScope(parent, expected=EXPECTED, on_error=on_error)


def explained(error: Exception, doing: Text, remedy: Remedy = Remedy.NONE) -> Notice:
    """That `doing` failed, and why, in words; `error` is one of `EXPECTED`. `remedy` counts where it names none."""
    _log.info("%s: %s", type(error).__name__, error)  # the words for people leave out what only a report needs
    if isinstance(error, PgyerError):
        return explain(error, doing=doing)
    if isinstance(error, KeyStoreError):
        return explain_keystore(error)
    text = joined(doing, error.text) if isinstance(error, HistoryError | JournalError) else doing
    return Notice(text, Severity.WARNING, remedy)


def not_kept() -> Text:
    """What is said in front of why the history could not be written or read."""
    return translate("state", "What was read is not kept on this computer.")
