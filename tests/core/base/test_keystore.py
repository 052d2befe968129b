"""Keys are kept by every store alike; no failure of a keyring shows a key, or is taken for another one."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import threading
import traceback
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.base import keystore
from pgyer_desktop.core.base.keystore import (
    SERVICE,
    KeyringStore,
    KeyStore,
    KeyStoreError,
    KeyStoreLockedError,
    KeyStoreMissingError,
    KeyStoreRefusedError,
    MemoryStore,
)
from tests.core.base.key_store_contract import KeyStoreContract
from tests.core.base.keyrings import (
    Chain,
    DroppingKeyring,
    HangingKeyring,
    RaisingKeyring,
    ReadOnlyKeyring,
    SlowKeyring,
    TalkativeKeyring,
    WorkingKeyring,
    looks_like,
    made,
)
from tests.helpers.waiting import until
from tests.project.checkout import ROOT

SECRET = "feedc0de" * 4
KEY = ApiKey(SECRET)

Use = Callable[[KeyringBackend], KeyringStore]


def run(command: list[str], *, environ: dict[str, str]) -> str:
    """What the command printed; the end of its complaints where it failed."""
    done = subprocess.run(  # noqa: S603 - our own code
        command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip()[-2000:]


def run_python(code: str) -> str:
    """What the code printed in a process of its own, which chooses its keyring by itself."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON_KEYRING")}
    return run([sys.executable, "-c", code], environ=environ)


@pytest.fixture
def use() -> Iterator[Use]:
    """Makes a back end the one that the library hands out, until the test ends."""
    before = keyring.get_keyring()

    def chosen(backend: KeyringBackend) -> KeyringStore:
        keyring.set_keyring(backend)
        return KeyringStore()

    yield chosen
    keyring.set_keyring(before)


class TestMemoryStore(KeyStoreContract):
    @pytest.fixture
    def store(self) -> KeyStore:
        return MemoryStore()


class TestKeyringStore(KeyStoreContract):
    @pytest.fixture
    def store(self, use: Use) -> KeyStore:
        return use(WorkingKeyring())


class TestKeyringStoreBehindAChain(KeyStoreContract):
    @pytest.fixture
    def store(self, use: Use) -> KeyStore:
        return use(Chain([ReadOnlyKeyring(), made(null.Keyring), WorkingKeyring(), WorkingKeyring()]))


# The real Secret Service of Linux desktops.


@pytest.mark.secret_service
@pytest.mark.usefixtures("secret_service")
class TestSecretService(KeyStoreContract):
    @pytest.fixture
    def store(self, use: Use) -> KeyStore:
        from keyring.backends import SecretService

        return use(made(SecretService.Keyring))

    async def test_the_key_is_found_under_the_name_of_the_program(self, store: KeyStore, account: str) -> None:
        import secretstorage

        await store.put(account, KEY)
        bus = secretstorage.dbus_init()
        collection = secretstorage.get_default_collection(bus)
        found = list(collection.search_items({"service": SERVICE, "username": account}))
        labels = [item.get_label() for item in found]
        secrets = [item.get_secret() for item in found]
        attributes = [str(item.get_attributes()) for item in found]
        bus.close()
        await store.remove(account)

        assert SERVICE == "pgyer-desktop"
        assert secrets == [SECRET.encode()]
        assert SERVICE in labels[0]
        assert SECRET not in labels[0] + attributes[0]

    def test_the_library_chooses_it_by_itself(self) -> None:
        code = "from pgyer_desktop.core.base.keystore import _backends, _name; print(*(_name(b) for b in _backends()))"
        assert "keyring.backends.SecretService.Keyring" in run_python(code).split()


# The real Credential Manager of Windows.


@pytest.mark.skipif(sys.platform != "win32", reason="the Credential Manager is Windows'")
class TestCredentialManager(KeyStoreContract):
    @pytest.fixture
    def store(self, use: Use, monkeypatch: pytest.MonkeyPatch) -> KeyStore:
        """Under a name of its own: whoever runs the tests may have keys under the program's."""
        from keyring.backends import Windows

        monkeypatch.setattr(keystore, "SERVICE", f"{SERVICE}-test-{uuid.uuid4().hex}")
        return use(made(Windows.WinVaultKeyring))

    async def test_several_accounts_keep_their_keys_whatever_becomes_of_the_others(self, store: KeyStore) -> None:
        """There is one place per service: the second key moves the first to another, `ID@pgyer-desktop`."""
        names = ("one", "two", "three", "云帆")
        there = {0, 1, 2, 3}
        try:
            for name in (*names, *names):
                await store.put(name, ApiKey("before"))
            for number, name in enumerate(names):
                await store.put(name, ApiKey(f"{number}" * 256))
            for gone in (2, 0, 3, 1):
                await store.remove(names[gone])
                there.remove(gone)
                for number, name in enumerate(names):
                    assert await store.get(name) == (ApiKey(f"{number}" * 256) if number in there else None)
        finally:
            for name in names:
                await store.remove(name)

    async def test_a_key_stays_on_this_computer(self, store: KeyStore) -> None:
        from keyring.backends import Windows

        await store.put("one", KEY)
        found = made(Windows.WinVaultKeyring)._read_credential(keystore.SERVICE)  # type: ignore[attr-defined]
        assert found["Persist"] == 2, "CRED_PERSIST_LOCAL_MACHINE: it does not roam with a domain's profile"
        await store.remove("one")

    async def test_what_was_removed_is_in_neither_of_its_places(self, store: KeyStore) -> None:
        from keyring.backends import Windows

        read = made(Windows.WinVaultKeyring)._read_credential  # type: ignore[attr-defined]  # Windows' own
        for name in ("one", "two", "one", "two"):
            await store.put(name, KEY)
        for name in ("one", "two"):
            await store.remove(name)
        service = keystore.SERVICE
        for target in (service, f"one@{service}", f"two@{service}"):
            assert read(target) is None


_ON_A_LOCKED_COLLECTION = """
import asyncio, secretstorage
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.base.keystore import KeyringStore, KeyStoreError

async def tried(does):
    try:
        await asyncio.wait_for(does, 20)
    except KeyStoreError as exc:
        return f"{type(exc).__name__}({exc})"
    return "no error"

async def main():
    store = KeyringStore()
    await store.put("acme", ApiKey("made-up"))
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()
    print(await tried(store.get("acme")))
    print(await tried(store.put("acme", ApiKey("another"))))
    print(await tried(store.remove("acme")))

asyncio.run(main())
"""


@pytest.mark.secret_service
@pytest.mark.usefixtures("secret_service")
def test_a_real_keyring_that_is_locked_and_stays_so_is_told_as_locked(tmp_path: Path) -> None:
    if not shutil.which("dbus-run-session") or not shutil.which("gnome-keyring-daemon"):
        pytest.skip("no dbus-run-session or no gnome-keyring-daemon to start a keyring that can be locked")
    # A bus and a keyring of its own: what is locked here cannot be unlocked again without a person.
    environ = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        folder = tmp_path / variable.lower()
        folder.mkdir(mode=0o700)
        environ[variable] = str(folder)
    unlock = 'echo test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && exec "$@"'
    command = ["dbus-run-session", "--", "sh", "-c", unlock, "sh", sys.executable, "-c", _ON_A_LOCKED_COLLECTION]
    said = run(command, environ=environ)
    told = said.splitlines()
    assert len(told) == 3, said
    assert all(line.startswith("KeyStoreLockedError(") for line in told), told


# What goes wrong.


async def errors_of_everything(store: KeyStore) -> list[KeyStoreError]:
    found = []
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: store.get("acme"),
        lambda: store.put("acme", KEY),
        lambda: store.remove("acme"),
    ]
    for does in calls:
        with pytest.raises(KeyStoreError) as caught:
            await does()
        found.append(caught.value)
    return found


@pytest.mark.parametrize(
    "backend",
    [
        made(fail.Keyring),
        made(null.Keyring),
        looks_like("keyrings.alt.file"),
        looks_like("keyrings.alt.Windows"),
        looks_like("keyrings.cryptfile.cryptfile"),
        Chain([]),
        Chain([looks_like("keyrings.alt.file"), made(null.Keyring), made(fail.Keyring)]),
    ],
    ids=["fail", "null", "plain file", "registry", "encrypted file", "empty chain", "chain of all these"],
)
async def test_no_keyring_or_one_that_writes_files_is_no_keyring(use: Use, backend: KeyringBackend) -> None:
    for error in await errors_of_everything(use(backend)):
        assert type(error) is KeyStoreMissingError
    assert not getattr(backend, "passwords", {})


async def test_a_chain_is_used_from_its_first_good_keyring_on(use: Use) -> None:
    file, good = looks_like("keyrings.alt.file"), WorkingKeyring()
    store = use(Chain([file, good]))
    await store.put("acme", KEY)
    assert good.passwords == {(SERVICE, "acme"): SECRET}
    assert not getattr(file, "passwords", None)


async def test_a_keyring_that_can_only_be_read_does_not_stand_in_the_way(use: Use) -> None:
    reading, good = ReadOnlyKeyring(), WorkingKeyring()
    store = use(Chain([reading, good]))
    await store.put("acme", KEY)
    assert await store.get("acme") == KEY
    await store.remove("acme")
    assert good.passwords == {}

    with pytest.raises(KeyStoreMissingError):
        await use(reading).put("acme", KEY)


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (keyring.errors.NoKeyringError("none"), KeyStoreMissingError),
        (keyring.errors.KeyringLocked("locked"), KeyStoreLockedError),
        (keyring.errors.InitError("Prompt dismissed.."), KeyStoreLockedError),
        (keyring.errors.PasswordSetError("refused"), KeyStoreRefusedError),
        (keyring.errors.KeyringError("something"), KeyStoreRefusedError),
        (OSError(5, "bus gone"), KeyStoreRefusedError),
        (RuntimeError("recursive"), KeyStoreRefusedError),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), KeyStoreRefusedError),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
async def test_each_failure_comes_as_one_of_ours(use: Use, raised: Exception, told: type[KeyStoreError]) -> None:
    for error in await errors_of_everything(use(RaisingKeyring(raised))):
        assert type(error) is told
        assert str(error)


async def test_a_keyring_that_drops_what_it_is_given_is_found_out(use: Use) -> None:
    store = use(DroppingKeyring())
    with pytest.raises(KeyStoreRefusedError, match="did not keep"):
        await store.put("acme", KEY)
    assert await store.get("acme") is None


@pytest.mark.parametrize("kept", ["", "two words", "schlüssel", "x" * 300])
async def test_what_is_kept_and_is_no_key_is_an_error_and_not_an_empty_key(use: Use, kept: str) -> None:
    backend = WorkingKeyring()
    backend.passwords[SERVICE, "acme"] = kept
    store = use(backend)
    with pytest.raises(KeyStoreRefusedError) as caught:
        await store.get("acme")
    assert not kept or kept not in str(caught.value)
    await store.remove("acme")
    assert backend.passwords == {}


def everything_about(error: BaseException) -> str:
    """All that a crash report with every option on could show of an error, whatever it came from."""
    told = [str(error), repr(error), repr(vars(error))]
    for with_locals in (False, True):
        report = traceback.TracebackException.from_exception(error, capture_locals=with_locals)
        told.append("".join(report.format()))
    behind = {id(error): error}
    waiting = [error]
    while waiting:
        one = waiting.pop()
        for further in (one.__cause__, one.__context__):
            if further is not None and id(further) not in behind:
                behind[id(further)] = further
                waiting.append(further)
    told += [str(one) + repr(one) for one in behind.values()]
    return "\n".join(told)


def test_the_report_used_below_would_show_a_key() -> None:
    def leaking() -> None:
        try:
            TalkativeKeyring().set_password(SERVICE, "acme", SECRET)
        except OSError:
            raise KeyStoreRefusedError("refused") from None

    with pytest.raises(KeyStoreRefusedError) as caught:
        leaking()
    assert SECRET in everything_about(caught.value)


@pytest.mark.parametrize(
    "backend",
    [
        TalkativeKeyring(),
        RaisingKeyring(OSError(SECRET)),
        RaisingKeyring(keyring.errors.InitError(SECRET)),
        RaisingKeyring(keyring.errors.KeyringLocked(SECRET)),
        RaisingKeyring(keyring.errors.NoKeyringError(SECRET)),
        DroppingKeyring(),
    ],
    ids=lambda backend: type(backend).__name__,
)
async def test_no_error_of_a_keyring_shows_the_key(
    use: Use, backend: KeyringBackend, caplog: pytest.LogCaptureFixture
) -> None:
    store = use(backend)
    with pytest.raises(KeyStoreError) as caught:
        await store.put("acme", KEY)
    assert SECRET not in everything_about(caught.value)
    assert SECRET not in caplog.text


async def test_an_error_while_reading_does_not_show_the_key_either(use: Use) -> None:
    backend = TalkativeKeyring()
    backend.passwords[SERVICE, "acme"] = SECRET
    with pytest.raises(KeyStoreRefusedError) as caught:
        await use(backend).get("acme")
    assert SECRET not in everything_about(caught.value)


# Time.


async def test_a_slow_keyring_does_not_keep_the_loop_from_turning(use: Use) -> None:
    store = use(SlowKeyring(0.15))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.005)
            ticks += 1

    ticking = asyncio.ensure_future(tick())
    await store.put("acme", KEY)  # 0.15 s to write and as long to read it back
    ticking.cancel()
    assert ticks >= 5


async def test_who_waits_for_a_hanging_keyring_can_give_up(use: Use) -> None:
    backend = HangingKeyring()
    store = use(backend)
    reading = asyncio.ensure_future(store.get("acme"))
    await until(backend.asked.is_set)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    backend.answer.set()  # the late answer meets nobody, and nothing complains
    await until(backend.answered.is_set)
    await until(lambda: not any(thread.name == "keyring" for thread in threading.enumerate()))
    await asyncio.sleep(0)


async def test_another_call_does_not_wait_behind_a_hanging_one(use: Use) -> None:
    backend = HangingKeyring()
    store = use(backend)
    reading = asyncio.ensure_future(store.get("acme"))
    await until(backend.asked.is_set)
    other = WorkingKeyring()
    await use(other).put("other", KEY)
    assert not reading.done()
    backend.answer.set()
    assert await reading is None


def test_the_keyring_library_is_loaded_at_the_first_call_only() -> None:
    code = """
import asyncio, os, sys
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
from pgyer_desktop.core.base.keystore import KeyringStore, KeyStoreMissingError
store = KeyringStore()
print("keyring" in sys.modules)
try:
    asyncio.run(store.get("acme"))
except KeyStoreMissingError:
    print("keyring" in sys.modules)
"""
    assert run_python(code).split() == ["False", "True"]


def test_a_keyring_library_that_cannot_be_loaded_is_no_keyring() -> None:
    code = """
import asyncio, sys
sys.modules["keyring"] = None
from pgyer_desktop.core.base.keystore import KeyringStore, KeyStoreMissingError
try:
    asyncio.run(KeyringStore().get("acme"))
except KeyStoreMissingError as exc:
    print(exc)
"""
    assert "cannot be loaded" in run_python(code)


def test_the_program_ends_while_a_keyring_hangs() -> None:
    code = """
import asyncio, threading, keyring
from pgyer_desktop.core.base.keystore import KeyringStore
from tests.core.base.keyrings import HangingKeyring
backend = HangingKeyring()
keyring.set_keyring(backend)
async def main():
    reading = asyncio.ensure_future(KeyringStore().get("acme"))
    await asyncio.to_thread(backend.asked.wait, 10)
    print("ending", flush=True)
asyncio.run(main())
print(backend.answered.is_set())
"""
    assert run_python(code).split() == ["ending", "False"]


# What chooses the keyring in place of the library.

ASK = """
import asyncio
from pgyer_desktop.core.base.error_messages import explain_keystore
from pgyer_desktop.core.base.keystore import KeyringStore, KeyStoreError
from pgyer_desktop.ui.base.i18n import say
for does in (lambda s: s.get("acme"), lambda s: s.remove("acme")):
    try:
        asyncio.run(does(KeyringStore()))
        print("worked")
    except KeyStoreError as exc:
        print(say(explain_keystore(exc).text))
"""
WORKING = "tests.core.base.chosen_keyring.Keyring"


def asked(folder: Path, config: bytes | None = None, **variables: str) -> list[str]:
    """What is said of the keyring in a process of its own, for reading and for removing a key."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON_KEYRING")}
    environ |= {"XDG_CONFIG_HOME": str(folder), "LOCALAPPDATA": str(folder)} | variables
    if config is not None:
        file = config_file(folder)
        file.parent.mkdir(parents=True)
        file.write_bytes(config)
    return run([sys.executable, "-c", ASK], environ=environ).splitlines()


def config_file(folder: Path) -> Path:
    return folder / ("Python Keyring" if os.name == "nt" else "python_keyring") / "keyringrc.cfg"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("", "names nothing."),
        ("  ", "names nothing."),
        ("nosuch", "names nosuch, which cannot be used here"),
        ("nosuch.backend.Keyring", "names nosuch.backend.Keyring, which cannot be used here"),
        ("keyring.backends.SecretService.Nothing", "names keyring.backends.SecretService.Nothing, which cannot"),
        ("os.path", "names os.path, which cannot"),
        ("keyring.backends.null.Keyring", "names keyring.backends.null.Keyring, which cannot be used here"),
        ("keyring.backends.fail.Keyring", "names keyring.backends.fail.Keyring, which cannot be used here"),
        ("tests.core.base.keyrings.WorkingKeyring", "names tests.core.base.keyrings.WorkingKeyring, which cannot"),
    ],
)
def test_a_keyring_that_is_chosen_and_cannot_be_used_is_named_with_who_chose_it(
    tmp_path: Path, named: str, words: str
) -> None:
    for said in (
        asked(tmp_path, PYTHON_KEYRING_BACKEND=named),
        asked(tmp_path, f"[backend]\ndefault-keyring={named}\n".encode()),
    ):
        assert len(said) == 2
        where = "PYTHON_KEYRING_BACKEND" if "PYTHON_KEYRING" in said[0] else str(config_file(tmp_path))
        for line in said:
            assert f"{where}, which says where keys are kept, {words}" in line
            assert "Correct or remove it and try again" in line


@pytest.mark.parametrize(
    "config",
    [
        b"default-keyring=x\n",
        b"[backend\n",
        b"\xff\xfe[backend]",
        bytes(64),
        b"[backend]\n[backend]\n",
        b"[backend]\nx",
    ],
)
def test_a_file_that_makes_no_sense_is_named(tmp_path: Path, config: bytes) -> None:
    for line in asked(tmp_path, config):
        assert f"{config_file(tmp_path)}, which says where keys are kept, cannot be read." in line


@pytest.mark.parametrize(
    "config", [None, b"", b"\n\n", b"[backend]\n", b"[other]\nx=1\n", b"[backend]\nkeyring-path=/x\n"]
)
def test_a_file_that_chooses_nothing_leaves_the_choice_to_the_library(tmp_path: Path, config: bytes | None) -> None:
    chosen = asked(tmp_path, config, PYTHON_KEYRING_BACKEND=WORKING)
    assert chosen == ["worked", "worked"]
    config_file(tmp_path).unlink(missing_ok=True)
    for line in asked(tmp_path / "other", config):
        assert "configuration" not in line


def test_the_right_choice_is_taken(tmp_path: Path) -> None:
    assert asked(tmp_path, f"[backend]\ndefault-keyring = {WORKING}\n".encode()) == ["worked", "worked"]
