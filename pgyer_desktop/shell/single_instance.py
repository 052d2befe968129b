"""One window per profile: whoever starts the program again raises the window that is there.

The running program leaves a file in its profile, for its user alone, that says where it listens (a Unix socket or a
named pipe) and holds a word made up for this run. Each end proves to the other that it knows the word, without saying
it; who does not is not listened to. So other users can neither reach it nor stand in for it. What goes over it is "show
yourself" and an App Key, never an API key. Messages are short and have to come soon: nothing that is sent, or not sent,
keeps others from being heard or the program from its end.

The standard library's connections, because Qt's would load its network module, for a megabyte and some time before
the first paint; nothing is loaded where no program runs. Whatever fails, the program opens a window of its own: two
windows on one profile do each other no harm. Must not decide what raising a window means.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import struct
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QObject, Signal

from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.private_files import close_to_others, make_folder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection, Listener

    from pgyer_desktop.core.accounts.profile import Profile

    _Wire: TypeAlias = Connection[bytes, bytes]

_log = logging.getLogger(__name__)

_WAIT_SECONDS: Final = 2.0
"""A program that does not answer by then hangs, and is left alone."""
_ANSWER_SECONDS: Final = 1.5
_MOST_BYTES: Final = 1024
"""Of one message. Whoever announces a longer one is not listened to."""
_NONCE_BYTES: Final = 32
_AT_ONCE: Final = 8
"""Conversations; further ones wait for the end of one of these, which is near."""
_PAUSE_SECONDS: Final = 0.1
_ASKS: Final = b"asks"
_SHOWN: Final = b"shown"
_LENGTH: Final = struct.Struct("!i")
"""What stands in front of a message in a socket; see `multiprocessing.connection`."""


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


def _receive(connection: _Wire, until: float) -> bytes:
    """One message that is there by `until`, on the monotonic clock. Raises OSError or EOFError.

    `Connection.recv_bytes` waits as long as it takes for the rest of a message that was begun in a socket.
    """
    if sys.platform == "win32":
        if not connection.poll(max(0.0, until - time.monotonic())):
            raise TimeoutError
        return bytes(connection.recv_bytes(_MOST_BYTES))
    (length,) = _LENGTH.unpack(_read(connection, _LENGTH.size, until))
    if not 0 <= length <= _MOST_BYTES:
        raise OSError(errno.EMSGSIZE, os.strerror(errno.EMSGSIZE))
    return _read(connection, length, until)


def _read(connection: _Wire, size: int, until: float) -> bytes:
    data = b""
    while len(data) < size:
        if not connection.poll(max(0.0, until - time.monotonic())):
            raise TimeoutError
        piece = os.read(connection.fileno(), size - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def _sealed(word: bytes, *parts: bytes) -> bytes:
    """What only somebody who knows the word can make of these."""
    import hmac

    return hmac.digest(word, b"".join(_LENGTH.pack(len(part)) + part for part in parts), "sha256")


def hand_over(profile: Profile, *, app_key: str = "") -> bool:
    """Have the program that runs on this profile show its window, with this app. False: none runs, or none answers."""
    found = _where(profile.instance_file)
    if found is None:
        return False
    address, word = found
    shown: list[bool] = []

    # What is loaded is no part of the wait: a computer that is busy loads slowly.
    import hmac  # noqa: F401 - `_sealed` uses it
    from multiprocessing.connection import Client

    until = time.monotonic() + _WAIT_SECONDS

    def ask() -> None:
        with suppress(OSError, EOFError, ValueError), Client(address) as connection:
            _let_come_forward(connection.fileno())
            shown.append(_ask(connection, word, app_key, until))

    thread = threading.Thread(target=ask, name="hand over", daemon=True)
    thread.start()
    thread.join(_WAIT_SECONDS)
    return shown == [True]


def _same(one: bytes, other: bytes) -> bool:
    import hmac

    return hmac.compare_digest(one, other)


def _ask(connection: _Wire, word: bytes, app_key: str, until: float) -> bool:
    """Whether the program at the other end has shown its window. Both ends prove that they know the word."""
    theirs, ours = _receive(connection, until), os.urandom(_NONCE_BYTES)
    asked = json.dumps({"app": app_key}).encode()
    connection.send_bytes(ours + _sealed(word, _ASKS, theirs, ours, asked) + asked)
    return _same(_receive(connection, until), _sealed(word, _SHOWN, ours))


def _where(file: Path) -> tuple[str, bytes] | None:
    """What a running program has left. None: nothing, or nothing of this user's."""
    try:
        data = busy_files.read(file)
        if os.name != "nt" and (file.stat().st_uid != os.getuid() or file.stat().st_mode & 0o077):
            return None
        found = json.loads(data)
        address, word = found["address"], bytes.fromhex(found["word"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return (address, word) if isinstance(address, str) and address and word else None


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
        self._address = ""
        self._folder: Path | None = None
        self._over = False
        self._room = threading.BoundedSemaphore(_AT_ONCE)
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
            self._address = address
            self._listener = Listener(address, backlog=_AT_ONCE)
            close_to_others(Path(address))
            self._leave_word(address)
            threading.Thread(target=self._serve, args=(self._listener,), name="instances", daemon=True).start()
        except Exception as exc:  # noqa: BLE001 - it is a convenience, and no reason not to start
            _log.info("Nothing can listen for another start: %s", exc)
            if self._listener is not None:
                with suppress(OSError):
                    self._listener.close()
                self._listener = None
            self.close()
            return False
        return True

    def close(self) -> None:
        """Stop listening. A file that another program has written meanwhile stays."""
        self._over = True
        found = _where(self._file)
        if found is not None and found[1] == self._word:
            with suppress(OSError):
                busy_files.remove(self._file)
        if self._listener is not None:
            self._listener = None
            self._wake(self._address)  # not the listener's own: it may be closed already
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
        from multiprocessing.connection import Client

        def call() -> None:
            with suppress(OSError, EOFError, ValueError):
                Client(address).close()

        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(_WAIT_SECONDS)

    def _serve(self, listener: Listener) -> None:
        """Take whoever connects, until it is over: each is heard in a thread of its own, so that none is in the way."""
        with suppress(OSError), listener:
            while not self._over:
                if not self._room.acquire(timeout=_PAUSE_SECONDS):
                    continue
                try:
                    connection = listener.accept()
                    threading.Thread(target=self._hear, args=(connection,), name="instance", daemon=True).start()
                except Exception as exc:  # noqa: BLE001 - nothing that somebody connects with ends this
                    self._room.release()
                    if not self._over:
                        _log.debug("A connection was not taken: %s", exc)
                        time.sleep(_PAUSE_SECONDS)  # too many files are open, or the like: that passes

    def _hear(self, connection: _Wire) -> None:
        """Answer one that knows the word; one that does not, makes no sense or dawdles is hung up on."""
        try:
            with connection:
                if not self._over:
                    self._answer(connection)
        except Exception as exc:  # noqa: BLE001 - whatever was sent
            _log.debug("A connection was dropped: %s", type(exc).__name__)
        finally:
            self._room.release()

    def _answer(self, connection: _Wire) -> None:
        until = time.monotonic() + _ANSWER_SECONDS
        ours = os.urandom(_NONCE_BYTES)
        connection.send_bytes(ours)
        said = _receive(connection, until)
        theirs, seal, asked = said[:_NONCE_BYTES], said[_NONCE_BYTES : 2 * _NONCE_BYTES], said[2 * _NONCE_BYTES :]
        if not _same(seal, _sealed(self._word, _ASKS, ours, theirs, asked)):
            return
        app_key = str(json.loads(asked)["app"]).encode("utf-8", "replace").decode()
        done = threading.Event()
        self._asked.emit(app_key, done)
        # Whoever asks opens a window of its own when this one hangs.
        if done.wait(_ANSWER_SECONDS):
            connection.send_bytes(_sealed(self._word, _SHOWN, theirs))

    def _on_asked(self, app_key: str, done: threading.Event) -> None:
        if not self._over:
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
