"""The program that is started again raises the window that is there, and nobody else can."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from pgyer_desktop.core.accounts.profile import Profile, profile_in
from pgyer_desktop.shell.single_instance import InstanceServer, _sealed, hand_over
from tests.project.checkout import ROOT

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files and no Unix sockets here")
Hold: TypeAlias = socket.socket
HAND_OVER = """
import sys
from pathlib import Path
from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.shell.single_instance import hand_over
sys.exit(0 if hand_over(profile_in(Path(sys.argv[1])), app_key="abc") else 3)
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return profile_in(tmp_path / "profile")


@pytest.fixture
def server(profile: Profile, qapp: object) -> Iterator[InstanceServer]:
    made = InstanceServer(profile)
    assert made.listen()
    yield made
    made.close()


@pytest.fixture
def raised(server: InstanceServer) -> list[str]:
    keys: list[str] = []
    server.raise_requested.connect(keys.append)
    return keys


def started(profile: Profile) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", HAND_OVER, str(profile.settings_dir)], cwd=ROOT)  # noqa: S603 - ours


def ended(qtbot: QtBot, process: subprocess.Popen[bytes]) -> int | None:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=120_000)
    return process.returncode


def test_a_second_one_raises_the_first_and_says_which_app(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    processes = [started(profile) for _ in range(3)]
    assert [ended(qtbot, process) for process in processes] == [0, 0, 0]
    assert raised == ["abc"] * 3


def test_where_none_runs_nothing_is_loaded_or_waited_for(profile: Profile) -> None:
    assert not hand_over(profile)
    assert not profile.instance_file.exists()


def test_another_profile_is_another_program(
    qtbot: QtBot, tmp_path: Path, server: InstanceServer, raised: list[str]
) -> None:
    assert ended(qtbot, started(profile_in(tmp_path / "other"))) == 3
    assert raised == []


def test_one_that_ended_in_order_is_not_asked(profile: Profile, qapp: object) -> None:
    server = InstanceServer(profile)
    assert server.listen()
    server.close()
    assert not profile.instance_file.exists()
    assert not hand_over(profile)


if sys.platform == "win32":
    from pgyer_desktop.shell.single_instance import listening_process

    def test_who_starts_it_again_knows_which_program_may_raise_its_window(
        profile: Profile, server: InstanceServer
    ) -> None:
        with Client(left_by(profile)[0]) as connection:
            assert listening_process(connection.fileno()) == os.getpid()


def test_what_one_left_that_crashed_is_replaced(profile: Profile, qtbot: QtBot) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from pgyer_desktop.core.accounts.profile import profile_in\n"
        "from pgyer_desktop.shell.single_instance import InstanceServer\n"
        "app = QCoreApplication([])\n"
        "assert InstanceServer(profile_in(Path(sys.argv[1]))).listen()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    command = [sys.executable, "-c", code, str(profile.settings_dir)]
    # Windows has no signals: there the number is the exit code.
    assert abs(subprocess.run(command, cwd=ROOT, check=False).returncode) == 9  # noqa: S603 - ours
    assert profile.instance_file.exists()
    assert not hand_over(profile)
    server = InstanceServer(profile)
    raised: list[str] = []
    server.raise_requested.connect(raised.append)
    assert server.listen()
    assert ended(qtbot, started(profile)) == 0
    server.close()


def test_one_that_hangs_is_left_alone(profile: Profile, server: InstanceServer) -> None:
    begun = time.monotonic()
    assert not hand_over(profile)  # the loop of the first does not run meanwhile
    assert time.monotonic() - begun < 10


@on_posix
def test_what_it_leaves_is_this_users_alone(profile: Profile, server: InstanceServer) -> None:
    about = profile.instance_file.stat()
    assert about.st_mode & 0o077 == 0
    address = Path(json.loads(profile.instance_file.read_text(encoding="ascii"))["address"])
    assert address.parent.stat().st_mode & 0o077 == 0
    assert len(str(address)) < 100


@on_posix
def test_what_others_can_read_or_wrote_is_not_trusted(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    profile.instance_file.chmod(0o644)
    assert ended(qtbot, started(profile)) == 3
    assert raised == []


def left_by(profile: Profile) -> tuple[str, bytes]:
    left = json.loads(profile.instance_file.read_text(encoding="ascii"))
    return left["address"], bytes.fromhex(left["word"])


def said_by_who_knows(address: str, word: bytes, asked: bytes) -> bytes:
    """What is answered to a question that is sealed as it should be."""
    with Client(address) as connection:
        theirs = connection.recv_bytes()
        connection.send_bytes(b"n" * 32 + _sealed(word, b"asks", theirs, b"n" * 32, asked) + asked)
        return connection.recv_bytes()


def test_who_does_not_know_the_word_is_not_listened_to(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    address, word = left_by(profile)
    for guess in (b"guess", b"", bytes(32), word[:-1], word + b"x"):
        with pytest.raises((EOFError, OSError)):
            said_by_who_knows(address, guess, b'{"app": "abc"}')
    assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


def test_what_was_heard_once_cannot_be_said_again(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    address, word = left_by(profile)
    asked = b'{"app": "abc"}'
    with Client(address) as connection:
        heard = b"n" * 32 + _sealed(word, b"asks", connection.recv_bytes(), b"n" * 32, asked) + asked
    with Client(address) as connection:
        connection.recv_bytes()
        connection.send_bytes(heard)
        with pytest.raises((EOFError, OSError)):
            connection.recv_bytes()
    assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


def test_who_stands_in_for_it_learns_nothing_and_is_not_believed(profile: Profile, server: InstanceServer) -> None:
    """Another program that has the address: it is asked, and cannot prove that it knows the word."""
    address, word = left_by(profile)
    server.close()
    heard: list[bytes] = []
    family = "AF_PIPE" if os.name == "nt" else "AF_UNIX"
    if family == "AF_UNIX":
        address = str(profile.settings_dir / "s")
    profile.instance_file.write_text(json.dumps({"address": address, "word": word.hex()}), encoding="ascii")
    profile.instance_file.chmod(0o600)
    with Listener(address, family) as listener:

        def pretend() -> None:
            with suppress(OSError, EOFError), listener.accept() as connection:
                connection.send_bytes(bytes(32))
                heard.append(connection.recv_bytes())
                connection.send_bytes(heard[0][32:64])

        thread = threading.Thread(target=pretend, daemon=True)
        thread.start()
        assert not hand_over(profile, app_key="abc")
        thread.join(5)
    assert heard
    assert word not in heard[0]


def raw(address: str, data: bytes) -> Hold:
    """Bytes as they are, on a socket; what is done with it afterwards is up to the caller."""
    connection = socket.socket(socket.AF_UNIX)  # type: ignore[attr-defined,unused-ignore]  # not on Windows
    connection.connect(address)  # waits for room among those that wait to be accepted
    connection.settimeout(20)
    with suppress(OSError):  # it may have hung up already
        connection.sendall(data)
    return connection


BYTES = {
    "twelve of them": b"x" * 12,
    "nothing": b"",
    "one": b"\0",
    "half a length": b"\0\0",
    "no length": bytes(4),
    "a negative length": b"\xff\xff\xff\xfe" + b"x" * 8,
    "a longer length follows": b"\xff\xff\xff\xff" + b"\0" * 8,
    "the longest length": b"\x7f\xff\xff\xff" + b"x" * 5000,
    "more than announced": b"\0\0\0\x01" + b"x" * 100,
    "less than announced": b"\0\0\x04\0" + b"x" * 100,
    "a message without a seal": b"\0\0\0\x05hello",
    "the old greeting": b"\0\0\0\x0b#CHALLENGE#",
    "a web browser": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a megabyte": os.urandom(1 << 20),
}


@on_posix
@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES.keys())
@pytest.mark.parametrize("stays", [False, True], ids=["hangs up", "stays"])
def test_any_bytes_leave_it_listening(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str], data: bytes, *, stays: bool
) -> None:
    with raw(left_by(profile)[0], data) as connection:
        if stays:
            assert ended(qtbot, started(profile)) == 0
        else:
            connection.close()
            assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


@on_posix
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=80), max_size=4))
def test_no_bytes_whatever_end_it(server: InstanceServer, profile: Profile, pieces: list[bytes]) -> None:
    address, _word = left_by(profile)
    with raw(address, b"") as connection:
        for piece in pieces:
            with suppress(OSError):
                connection.sendall(piece)
    assert any(thread.name == "instances" and thread.is_alive() for thread in threading.enumerate())


@on_posix
def test_many_that_never_finish_hold_nobody_up_for_long(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    address, _word = left_by(profile)
    held = [raw(address, b"\0\0\0\x10ab") for _ in range(7)]
    try:
        assert ended(qtbot, started(profile)) == 0, "there is room for one more"
        assert raised == ["abc"]
        qtbot.waitUntil(lambda: all(hung_up_on(one) for one in held), timeout=20_000)
    finally:
        for one in held:
            one.close()


def hung_up_on(connection: Hold) -> bool:
    connection.setblocking(False)
    try:
        while connection.recv(4096):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


@on_posix
def test_hundreds_of_connections_at_once_pass(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    address, _word = left_by(profile)
    over = threading.Event()

    def flood() -> None:
        while not over.is_set():
            with suppress(OSError):
                raw(address, b"x" * 12).close()

    threads = [threading.Thread(target=flood, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    over.set()
    for thread in threads:
        thread.join(30)
    assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


@on_posix
def test_too_many_open_files_are_waited_out(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = server._listener
    assert listener is not None
    accept = listener.accept
    refused: list[int] = []

    def refuse() -> object:
        if len(refused) < 5:
            refused.append(1)
            accept().close()
            raise OSError(errno.EMFILE, "Too many open files")
        return accept()

    monkeypatch.setattr(listener, "accept", refuse)
    for _ in range(6):
        with suppress(OSError):
            raw(left_by(profile)[0], b"").close()
    qtbot.waitUntil(lambda: len(refused) == 5, timeout=20_000)
    assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


@on_posix
@pytest.mark.parametrize("held", [0, 1, 8, 30])
def test_it_closes_soon_whoever_is_connected(profile: Profile, qapp: object, held: int) -> None:
    server = InstanceServer(profile)
    assert server.listen()
    address, _word = left_by(profile)
    connections = []
    for _ in range(held):
        one = socket.socket(socket.AF_UNIX)
        one.setblocking(False)
        with suppress(BlockingIOError):
            one.connect(address)
        connections.append(one)
    begun = time.monotonic()
    server.close()
    assert time.monotonic() - begun < 4
    assert not profile.instance_file.exists()
    assert not Path(address).parent.exists()
    for one in connections:
        one.close()


@pytest.mark.parametrize(
    "asked",
    [
        b"",
        b'["app"]',
        b"{}",
        b'{"app":' + b"[" * 800,
        b"\xff",
        b'{"app": 5}',
        b'{"app": "\\udcff"}',
        b"null",
        b"x" * 3000,
    ],
)
def test_what_makes_no_sense_is_not_done(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str], asked: bytes
) -> None:
    answers: list[bytes] = []

    def ask() -> None:
        with suppress(OSError, EOFError):
            answers.append(said_by_who_knows(*left_by(profile), asked))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=20_000)
    assert ended(qtbot, started(profile)) == 0
    assert raised in (["abc"], ["5", "abc"], ["?", "abc"])


DAMAGED = (
    "",
    "[]",
    "null",
    "\x00",
    '{"address": 5}',
    '{"address": "x", "word": "no hex"}',
    '{"address": "", "word": "00"}',
)


@pytest.mark.parametrize("content", [*DAMAGED, '{"address": "x", "word": ""}', "[" * 100_000])
def test_a_damaged_file_is_as_good_as_none(profile: Profile, content: str) -> None:
    profile.settings_dir.mkdir(parents=True)
    profile.instance_file.write_text(content, encoding="utf-8")
    profile.instance_file.chmod(0o600)
    assert not hand_over(profile)


def test_a_profile_that_cannot_be_written_only_costs_this(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "file").write_text("somebody's", encoding="utf-8")
    assert not InstanceServer(profile_in(tmp_path / "file")).listen()
