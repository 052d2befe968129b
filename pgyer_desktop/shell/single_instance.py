"""One window per profile: whoever starts the program again raises the window that is there.

The running program leaves a file in its profile, for its user alone, that says where it listens (a Unix socket or a
named pipe) and holds a word made up for this run; who does not know the word is not listened to. So other users can
neither reach it nor stand in for it. What goes over it is "show yourself" and an App Key, never an API key.

The standard library's connections, because Qt's would load its network module, for a megabyte and some time before
the first paint; nothing is loaded where no program runs. Whatever fails, the program opens a window of its own: two
windows on one profile do each other no harm. Must not decide what raising a window means.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.private_files import close_to_others, make_folder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection, Listener

    from pgyer_desktop.core.accounts.profile import Profile

_WAIT_SECONDS: Final = 2.0
"""A program that does not answer by then hangs, and is left alone."""
_ANSWER_SECONDS: Final = 1.5
_MOST_BYTES: Final = 1024
_SHOWN: Final = b"shown"


if sys.platform == "win32":

    def _let_come_forward(pipe: int) -> None:
        """Give the program at the other end the right to raise its window.

        Windows gives it to the program that the person has just started, and only flashes the window of any other.
        """
        import ctypes

        process = listening_process(pipe)
        if process:
            ctypes.windll.user32.AllowSetForegroundWindow(process)

    def listening_process(pipe: int) -> int:
        """The id of the process at the other end of a pipe; 0 where the system does not say."""
        import ctypes
        from ctypes import wintypes

        found = wintypes.ULONG()
        ask = ctypes.windll.kernel32.GetNamedPipeServerProcessId
        return found.value if ask(wintypes.HANDLE(pipe), ctypes.byref(found)) else 0

else:

    def _let_come_forward(_socket: int) -> None:
        """Other systems let a program raise its own window."""


def hand_over(profile: Profile, *, app_key: str = "") -> bool:
    """Have the program that runs on this profile show its window, with this app. False: none runs, or none answers."""
    found = _where(profile.instance_file)
    if found is None:
        return False
    address, word = found
    shown: list[bool] = []

    def ask() -> None:
        from multiprocessing import AuthenticationError
        from multiprocessing.connection import Client

        with suppress(OSError, EOFError, AuthenticationError), Client(address, authkey=word) as connection:
            _let_come_forward(connection.fileno())
            connection.send_bytes(json.dumps({"app": app_key}).encode())
            shown.append(connection.recv_bytes(_MOST_BYTES) == _SHOWN)

    thread = threading.Thread(target=ask, name="hand over", daemon=True)
    thread.start()
    thread.join(_WAIT_SECONDS)
    return shown == [True]


def _where(file: Path) -> tuple[str, bytes] | None:
    """What a running program has left. None: nothing, or nothing of this user's."""
    try:
        data = busy_files.read(file)
        if os.name != "nt" and (file.stat().st_uid != os.getuid() or file.stat().st_mode & 0o077):
            return None
        found = json.loads(data)
        return str(found["address"]), bytes.fromhex(found["word"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


class InstanceServer(QObject):
    """Listens for programs that are started later. Close with `close()`.

    Signals:
        raise_requested: the window is wanted. arg: the App Key of the app that is to show; "" for whichever does.
    """

    raise_requested = Signal(str)
    _asked = Signal(str, object)

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        import secrets  # with much behind it, and wanted by whoever listens only

        super().__init__(parent)
        self._file = profile.instance_file
        self._word = secrets.token_bytes(32)
        self._listener: Listener | None = None
        self._folder: Path | None = None
        self._over = False
        # Emitted in the thread that listens, received in this one.
        self._asked.connect(self._on_asked)

    def listen(self) -> bool:
        """Begin to listen; False where that cannot be, which costs nothing but this convenience."""
        import secrets
        import tempfile
        from multiprocessing.connection import Listener

        try:
            if os.name == "nt":
                address = rf"\\.\pipe\pgyer-desktop-{secrets.token_hex(16)}"
            else:
                # Short, because a socket's path may have some hundred bytes only; and for this user alone.
                self._folder = Path(tempfile.mkdtemp(prefix="pgyer-", dir=_runtime_folder()))
                address = str(self._folder / "s")
            self._listener = Listener(address, authkey=self._word)
            close_to_others(Path(address))
            self._leave_word(address)
        except OSError:
            if self._listener is not None:
                self._listener.close()
                self._listener = None
            self.close()
            return False
        threading.Thread(target=self._serve, args=(self._listener,), name="instances", daemon=True).start()
        return True

    def close(self) -> None:
        """Stop listening. A file that another program has written meanwhile stays."""
        self._over = True
        found = _where(self._file)
        if found is not None and found[1] == self._word:
            with suppress(OSError):
                busy_files.remove(self._file)
        if self._listener is not None:
            address, self._listener = str(self._listener.address), None
            self._wake(address)
        if self._folder is not None:
            for file in (self._folder / "s", self._folder):
                with suppress(OSError):
                    file.rmdir() if file is self._folder else file.unlink()
            self._folder = None

    def _leave_word(self, address: str) -> None:
        make_folder(self._file.parent)
        busy_files.remove(self._file)  # of a program that crashed: nobody has answered there
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self._file, flags, 0o600), "w", encoding="ascii") as out:
            json.dump({"address": address, "word": self._word.hex()}, out)

    def _wake(self, address: str) -> None:
        """Connect once, so that the thread stops waiting: no other way works on every system."""
        from multiprocessing import AuthenticationError
        from multiprocessing.connection import Client

        def call() -> None:
            with suppress(OSError, EOFError, AuthenticationError):
                Client(address, authkey=self._word).close()

        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(_WAIT_SECONDS)

    def _serve(self, listener: Listener) -> None:
        from multiprocessing import AuthenticationError

        with suppress(OSError), listener:
            while not self._over:
                # One that does not know the word, or breaks off, is not listened to.
                with suppress(AuthenticationError, EOFError, ConnectionError), listener.accept() as connection:
                    if not self._over:
                        self._answer(connection)

    def _answer(self, connection: Connection[bytes, bytes]) -> None:
        try:
            if not connection.poll(_ANSWER_SECONDS):
                return
            asked = json.loads(connection.recv_bytes(_MOST_BYTES))
            app_key = str(asked["app"])
        except (ValueError, KeyError, TypeError, OSError):
            return
        done = threading.Event()
        self._asked.emit(app_key, done)
        # Whoever asks opens a window of its own when this one hangs.
        connection.send_bytes(_SHOWN if done.wait(_ANSWER_SECONDS) else b"")

    def _on_asked(self, app_key: str, done: threading.Event) -> None:
        self.raise_requested.emit(app_key)
        done.set()


def _runtime_folder() -> str | None:
    """Where sockets belong on Linux, where it is this user's alone; None: where temporary files are."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    with suppress(OSError):
        about = Path(folder).stat()
        if folder and about.st_uid == os.getuid() and not about.st_mode & 0o077:
            return folder
    return None
