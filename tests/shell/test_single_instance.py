"""The program that is started again raises the window that is there, and nobody else can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pgyer_desktop.core.accounts.profile import Profile, profile_in
from pgyer_desktop.shell.single_instance import InstanceServer, hand_over
from tests.project.checkout import ROOT

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files and no Unix sockets here")
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
        left = json.loads(profile.instance_file.read_text(encoding="ascii"))
        with Client(left["address"], authkey=bytes.fromhex(left["word"])) as connection:
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


def test_who_does_not_know_the_word_is_not_listened_to(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str]
) -> None:
    address = json.loads(profile.instance_file.read_text(encoding="ascii"))["address"]
    with pytest.raises(AuthenticationError):
        Client(address, authkey=b"guess")
    assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


def _long(connection: Client) -> None:  # type: ignore[valid-type]  # a function that makes connections
    with suppress(BrokenPipeError):  # it may hang up after the first bytes
        connection.send_bytes(b"x" * 100_000)  # type: ignore[attr-defined]  # a connection


def _garbage(connection: Client) -> None:  # type: ignore[valid-type]  # as above
    connection.send_bytes(b'["app"]')  # type: ignore[attr-defined]  # as above


def _silence(_connection: object) -> None:
    """Say nothing at all and go."""


@pytest.mark.parametrize("say", [_long, _garbage, _silence])
def test_what_makes_no_sense_is_not_listened_to(
    qtbot: QtBot, profile: Profile, server: InstanceServer, raised: list[str], say: Callable[[object], None]
) -> None:
    left = json.loads(profile.instance_file.read_text(encoding="ascii"))
    with Client(left["address"], authkey=bytes.fromhex(left["word"])) as connection:
        say(connection)
    assert ended(qtbot, started(profile)) == 0
    assert raised == ["abc"]


@pytest.mark.parametrize("content", ["", "[]", '{"address": 5}', '{"address": "x", "word": "no hex"}', "\x00"])
def test_a_damaged_file_is_as_good_as_none(profile: Profile, content: str) -> None:
    profile.settings_dir.mkdir(parents=True)
    profile.instance_file.write_text(content, encoding="utf-8")
    profile.instance_file.chmod(0o600)
    assert not hand_over(profile)


def test_a_profile_that_cannot_be_written_only_costs_this(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "file").write_text("somebody's", encoding="utf-8")
    assert not InstanceServer(profile_in(tmp_path / "file")).listen()
