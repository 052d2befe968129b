"""Composition root: builds the parts, runs the loop, and closes everything in order.

Loaded once the window has been painted; the HTTP library and the keyring load when they are needed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QMessageLogContext,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)

from pgyer_desktop.api import ApiKey
from pgyer_desktop.api.feed import read_feed
from pgyer_desktop.core.accounts.accounts import AccountBook
from pgyer_desktop.core.accounts.profile import Profile
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.activity.journal import Journal, JournalError
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.keystore import KeyringStore, KeyStore, MemoryStore
from pgyer_desktop.core.base.private_files import close_to_others, is_open_to_others
from pgyer_desktop.core.base.releases import feed_of
from pgyer_desktop.core.base.words import stated, translate
from pgyer_desktop.shell import logs
from pgyer_desktop.shell.connections import Connections, Histories
from pgyer_desktop.shell.crashes import CrashTrace, crash_notice, keep_out_of_core_dumps
from pgyer_desktop.shell.error_teller import ErrorTeller
from pgyer_desktop.shell.restart import start_again
from pgyer_desktop.shell.single_instance import InstanceServer
from pgyer_desktop.shell.unexpected import UnexpectedErrors
from pgyer_desktop.ui.base.application import Application
from pgyer_desktop.ui.base.event_loop import QtEventLoop
from pgyer_desktop.ui.base.i18n import Language, Translators, in_use, say
from pgyer_desktop.ui.base.icon_loader import IconLoader
from pgyer_desktop.ui.base.memory import GuiThreadCollector
from pgyer_desktop.ui.base.tasks import close_all
from pgyer_desktop.ui.help.update_watch import UpdateWatch
from pgyer_desktop.ui.state.settings_saver import SettingsSaver
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.state.window_state import new_state
from pgyer_desktop.ui.window import appearance
from pgyer_desktop.ui.window.content import WindowContent
from pgyer_desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager

    from pgyer_desktop.api.transport import AsgiApp
    from pgyer_desktop.core.accounts.accounts import Account
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.changes.session import Session
    from pgyer_desktop.options import Options

_log = logging.getLogger(__name__)


def run(options: Options, profile: Profile, qt_app: Application, window: MainWindow, *, painted: float) -> int:
    """Furnish the window and run to the end. The exit code.

    `painted` is when the window was painted first, in seconds since 1970, for the log.
    """
    with ExitStack() as stack:
        keep_out_of_core_dumps()  # before there is a key in the memory
        stack.callback(logs.stop)  # the last of all: whoever wants to delete the profile can
        open_folder = _close_to_others(profile)
        troubles = _troubles(
            logs.start(profile.log_file, debug=options.debug), stack.enter_context(CrashTrace(profile.log_dir)).last
        )
        if open_folder is not None:
            troubles[Topic.FOLDER] = Notice(open_folder, Severity.INFO, Remedy.NONE)
        _log.debug("First paint at %.3f", painted)
        qInstallMessageHandler(_on_qt_message)
        errors = stack.enter_context(UnexpectedErrors())
        collector = GuiThreadCollector()
        stack.callback(collector.stop)
        with asyncio.Runner(loop_factory=lambda: QtEventLoop(qt_app)) as runner:
            return runner.run(_main(options, profile, qt_app, window, errors, troubles))


def _troubles(log_problem: Text | None, crash: Path | None) -> dict[Topic, Notice]:
    """What a person is to be told of the start, before there is a window to tell it in."""
    found: dict[Topic, Notice] = {}
    if log_problem is not None:
        found[Topic.LOG] = Notice(log_problem, Severity.INFO, Remedy.NONE)
    if crash is not None:
        found[Topic.CRASH] = crash_notice(crash)
    return found


def _close_to_others(profile: Profile) -> Text | None:
    """Have what earlier versions made be this user's alone. What the person is told of a folder of their own."""
    with suppress(OSError):  # a profile that cannot be read is told of by whoever needs it
        for path in profile.made_files():
            close_to_others(path)
    if not profile.given:
        for folder in (profile.settings_dir, profile.cache_dir, profile.log_dir):
            close_to_others(folder)
    if not is_open_to_others(profile.settings_dir):
        return None
    return translate(
        "app",
        "Other people who use this computer can look into the folder {folder}. It is yours and is left as it is; what"
        " the program writes there only you can read. Close the folder to others if they should not see it at all.",
    ).fill(folder=str(profile.settings_dir))


class Program:
    """The parts of one run, put together. Needs a running loop and a QApplication.

    Close with `aclose()`, after the window.
    """

    def __init__(
        self,
        options: Options,
        profile: Profile,
        keys: KeyStore,
        window: MainWindow | None = None,
        settings: SettingsFile | None = None,
    ) -> None:
        """`window` is one that shows already and has nothing in it; None: a new one.

        `settings` None: they are read here, which blocks while another program has them open.
        """
        self.settings = settings if settings is not None else SettingsFile(profile.settings_file)
        self.translators = Translators()
        self.translators.use(Language.ENGLISH if options.selftest else Language(self.settings.value.language))
        appearance.apply(appearance.chosen(self.settings.value.appearance))
        self.journal = Journal(profile.journal_file)
        """Everything that was changed. Empty until `prepare()` has read it."""
        self._demo_journal = self.journal if options.demo else Journal(profile.cache_dir / "demo-journal.jsonl")
        self._histories = Histories(
            profile.history_file,
            _demo_history(profile, options),
        )
        self.connections = Connections(
            options.api_url, options.icon_url, profile.icons_dir, _demo_app, self._journal_of, self._histories
        )
        self.book = AccountBook(self.settings, keys, self.connections.verify, self._histories.forget, self._traces)
        self.icons = IconLoader()
        self._prepared = asyncio.Event()
        self.state = new_state(self.book, self._connect, self.connections.local_store)
        # The demo needs no network, so it asks nobody.
        feed = None if options.demo else feed_of(self.settings.value.updates, os.environ)
        self.updates = (
            UpdateWatch(self.settings, feed, read_feed, self.state.teller, self.state.unsaved)
            if feed is not None
            else None
        )
        self.window = window if window is not None else MainWindow()
        content = self.window.furnish(
            lambda: WindowContent(
                self.window, self.state, self.icons, self.settings, profile, self.journal, updates=self.updates
            )
        )
        self.state.page.scene_changed.connect(self.window.show_content)
        self.state.accounts.accounts_changed.connect(self.window.forget_picture)
        self.saver = SettingsSaver(self.settings, self.state.teller)
        self.error_teller = ErrorTeller(self.window)
        self._options = options

        self.state.unsaved.noted.connect(content.remember)
        self.state.unsaved.noted.connect(self.saver.save_soon)
        content.flows.window.restart_requested.connect(self._on_restart_requested)
        content.demo_requested.connect(self.open_demo)
        self.state.page.page_changed.connect(self._on_first_page)

    async def prepare(self) -> None:
        """Read the journal, so that changes are known whose end nobody has seen. No account opens before that."""
        await self.journal.reload()
        self._prepared.set()
        if self.journal.problem is not None:
            self.state.teller.warn(Topic.JOURNAL, self.journal.problem)

    def start(self) -> None:
        """Come back to where the person was, after the window has been painted."""
        if self.settings.problem is not None:
            remedy = Remedy.FIND_ACCOUNTS if self.settings.damaged else Remedy.NONE
            self.state.teller.warn(Topic.SETTINGS, self.settings.problem, remedy)
        if self._options.demo:
            self.open_demo()
        else:
            self.state.accounts.start(app_key=self._options.app_key)
        if self.updates is not None:
            self.updates.start()

    def open_demo(self) -> None:
        """Show the made-up apps, beside whatever accounts there are."""
        from pgyer_desktop.sandbox import DEMO_KEY

        account = self.book.add_demo(say(translate("app", "Demo")), ApiKey(DEMO_KEY))
        self.state.accounts.demo_added()
        self.state.accounts.open_account(account.id, app_key=self._options.app_key if self._options.demo else "")

    def come_forward(self, app_key: str = "") -> None:
        """Show the window over the others, and in it the app with this key where one is given."""
        self.window.come_forward()
        if app_key:
            self.state.accounts.open_app(app_key)

    def on_log_out(self, manager: QSessionManager) -> None:
        """Save now what is saved at the end, which may be too late, and ask the window whether it can close."""
        self.window.content.leave()
        self.saver.save_at_once()
        self.window.on_log_out(manager)

    async def aclose(self) -> None:
        """Close in order: the window, which may ask; then what makes changes; then what those need."""
        await close_all(
            self.window.aclose,
            self._close_updates,
            self._close_state,
            self.icons.aclose,
            self.connections.aclose,
            self._close_journal,
            self._close_settings,
        )
        self.window.deleteLater()

    async def _close_updates(self) -> None:
        if self.updates is not None:
            await self.updates.aclose()

    async def _close_state(self) -> None:
        await self.state.aclose(in_a_hurry=self.window.hurried)

    async def _close_journal(self) -> None:
        with suppress(JournalError):  # it has been told when it happened
            await self.journal.flush()

    async def _close_settings(self) -> None:
        try:
            await self.saver.aclose()
        except OSError as exc:
            _log.warning("The settings could not be saved: %s", exc.strerror)

    async def _connect(self, account: Account, key: ApiKey) -> Session:
        await self._prepared.wait()
        return await self.connections.connect(account, key)

    def _journal_of(self, account: Account) -> Journal:
        """The demo tried beside real accounts keeps its made-up changes apart from theirs."""
        return self._demo_journal if account.demo else self.journal

    async def _traces(self) -> dict[str, str]:
        """The ids of accounts that history and journal know, with their names as far as known."""
        await self._prepared.wait()
        names = dict.fromkeys(await self._histories.account_ids(), "")
        return names | {entry.intent.account_id: entry.intent.account_name for entry in reversed(self.journal.entries)}

    def _on_restart_requested(self) -> None:
        try:
            start_again()
        except OSError as exc:
            text = translate("app", "The program cannot start again by itself ({reason}). Close it and start it.")
            self.state.teller.warn(Topic.SETTINGS, text.fill(reason=stated(exc.strerror)))
            return
        self.window.close()
        self.window.forget_picture()  # it is in the language of before

    def _on_first_page(self) -> None:
        """Log when the first rows were there, to be looked up when somebody reports a slow start."""
        view = self.state.page.view
        if view is not None and view.builds:
            self.state.page.page_changed.disconnect(self._on_first_page)
            QTimer.singleShot(0, self._note_first_rows)

    def _note_first_rows(self) -> None:
        _log.debug("First rows at %.3f", time.time())


async def _main(
    options: Options,
    profile: Profile,
    qt_app: Application,
    window: MainWindow,
    errors: UnexpectedErrors,
    troubles: dict[Topic, Notice],
) -> int:
    """Build, show, wait for the end, close."""
    asyncio.get_running_loop().set_exception_handler(errors.on_loop_error)
    over = asyncio.Event()
    window.closed.connect(over.set)
    settings = await asyncio.to_thread(SettingsFile, profile.settings_file)
    if over.is_set():  # closed while they were waited for
        return 0
    program = Program(options, profile, MemoryStore() if options.demo else KeyringStore(), window, settings)
    errors.told.connect(program.error_teller.tell)
    qt_app.commitDataRequest.connect(program.on_log_out)
    qt_app.on_quit = window.close
    instances: InstanceServer | None = None
    code = 0
    with _Signals(window.end):
        try:
            program.start()
            await program.prepare()
            for topic, notice in troubles.items():
                program.state.teller.tell(topic, notice)
            instances = None if options.selftest else await _listening(profile, program)
            if options.selftest:
                from pgyer_desktop.shell import selftest

                code = await selftest.walk(window, options.picture) or int(errors.count > 0)
                window.close()
            await over.wait()
        finally:
            qt_app.on_quit = None
            await close_all(partial(_close_instances, instances), program.aclose)
    return code


async def _close_instances(instances: InstanceServer | None) -> None:
    if instances is not None:
        await asyncio.to_thread(instances.close)


async def _listening(profile: Profile, program: Program) -> InstanceServer | None:
    """Listen for a second start of the program. None where that is not possible."""
    await asyncio.to_thread(import_module, "multiprocessing.connection")
    instances = InstanceServer(profile)
    instances.raise_requested.connect(program.come_forward)
    if instances.listen():
        return instances
    _log.info("Programs that are started on this profile later will not find this one.")
    return None


def _demo_history(profile: Profile, options: Options) -> Path:
    """One for each language: the same builds have notes in another one there."""
    if in_use() is Language.CHINESE:
        return profile.cache_dir / "demo-history-zh.sqlite3"
    return profile.history_file if options.demo else profile.cache_dir / "demo-history.sqlite3"


def _demo_app() -> AsgiApp:
    from pgyer_desktop.sandbox import APPS, SandboxApp, SandboxService, in_chinese

    apps = in_chinese() if in_use() is Language.CHINESE else APPS
    return SandboxApp(SandboxService(apps=apps, icons="https://localhost/icons"))


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    """Have what Qt says in the log, where secrets are struck out, instead of on standard error."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    text = message or ""
    # The off-screen platform says so for each window; there is nothing to do about it.
    level = logging.DEBUG if text.startswith("This plugin does not support") else levels.get(kind, logging.ERROR)
    logging.getLogger("qt").log(level, "%s", text)


_ENDING: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)  # Windows has two
)


class _Signals:
    """Has Ctrl-C, SIGTERM and the end of the terminal close the window, so that everything ends in order."""

    def __init__(self, close: Callable[[], object]) -> None:
        self._close = close
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        # Python runs its handlers only when the interpreter is at work, and Qt's loop sleeps outside of it: a byte on
        # this socket wakes it.
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_woken)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno())
        for number in _ENDING:
            if signal.getsignal(number) is signal.SIG_IGN:
                continue  # as "nohup" wants it
            self._before[number] = signal.signal(number, self._on_signal)

    def __exit__(self, *_exc: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_woken(self) -> None:
        with suppress(BlockingIOError):
            self._reader.recv(64)

    def _on_signal(self, _number: int, _frame: object) -> None:
        QTimer.singleShot(0, self._close)
