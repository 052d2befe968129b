"""The program in processes of its own, one start after the other, with the system's own keyring and real sockets.

The same test on Linux (Secret Service) and on Windows (Credential Manager). A person's own keyring is no place for it:
on Linux it wants one of the tests' own, on Windows it runs only under Wine or where `CI` is set.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pgyer_desktop.core.base.keystore import KeyringStore, found_keyrings
from tests.lookalike import Lookalike, furnished
from tests.lookalike.record import IN_FORM
from tests.project.checkout import ROOT
from tests.windows import wine

pytestmark = pytest.mark.timeout(300)

KEYRINGS = {"linux": "keyring.backends.SecretService.", "win32": "keyring.backends.Windows."}
"""Where the system keeps secrets itself."""

Seen = dict[str, Any]


@pytest.fixture
def keyring_for_tests(request: pytest.FixtureRequest) -> None:
    """Skips where only a person's own keyring is."""
    if sys.platform == "win32":
        # The credentials under Wine are those of a folder for tests.
        if not wine.under_wine() and not os.environ.get("CI"):
            pytest.skip("the Credential Manager of this Windows is a person's own; set CI=1 on a machine for tests")
    elif sys.platform == "linux":
        request.getfixturevalue("secret_service")
    else:
        pytest.skip("only a person's own keychain is here; this test runs on Linux and Windows")


class Visitor:
    """Starts the program again and again on one profile, with a folder for temporary files that can be searched."""

    def __init__(self, folder: Path, service: Lookalike, key: str) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self._service = service
        self._known = {"key": key, "account": "Workshop", "first app": "Kettle", "app": "Ferry"}
        self.said = b""
        """All that the program wrote to its standard output and error."""

    def __call__(self, visit: str, **known: str) -> Seen:
        """One start of the program, to its end. What the person saw."""
        temporary = self.folder / "temporary"
        temporary.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.e2e.visit", visit, "--debug", "--profile", str(self.profile)]
        command += ["--api-url", self._service.api_url, "--icon-url", self._service.icon_url]
        done = subprocess.run(  # noqa: S603 - our own code
            command,
            cwd=ROOT,
            input=json.dumps({**self._known, **known}).encode(),
            capture_output=True,
            timeout=200,
            check=False,
            env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))},
        )
        self.said += done.stdout + done.stderr
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        seen: Seen = json.loads(done.stdout)
        return seen

    def accounts(self) -> list[str]:
        """The ids of the accounts that the profile remembers."""
        settings = json.loads((self.profile / "settings.json").read_text(encoding="utf-8"))
        return [account["id"] for account in settings["accounts"]]


@pytest.fixture
def service() -> Iterator[Lookalike]:
    with Lookalike(furnished(seed=uuid.uuid4().hex)) as running:
        yield running


@pytest.fixture
def visitor(keyring_for_tests: None, tmp_path: Path, service: Lookalike) -> Iterator[Visitor]:
    """Leaves no key of the test behind in the keyring, however the test ends."""
    visitor = Visitor(tmp_path, service, service.world.accounts[0].key)
    yield visitor
    if (visitor.profile / "settings.json").exists():
        for account in visitor.accounts():
            asyncio.run(KeyringStore().remove(account))


def test_an_account_is_there_again_in_the_next_process_and_its_key_is_in_no_file(
    visitor: Visitor, service: Lookalike
) -> None:
    key = service.world.accounts[0].key
    kettle, ferry = service.world.app("Kettle"), service.world.app("渡轮时刻 Ferry")
    before = [build.key for build in kettle.builds]

    seen = visitor("first")
    assert seen["pages"] == [before[:20], before[20:40], before[40:]]
    assert kettle.latest == [seen["promoted"]]
    assert set(before) - {build.key for build in kettle.builds} == {seen["deleted"]}
    assert service.record.sent("app/setNewestVersion") == [seen["promoted"]]
    assert service.record.sent("app/buildDelete") == [seen["deleted"]]
    shown = {name: seen[name] for name in ("account", "app", "page", "keys", "notice")}
    assert "Workshop" in shown["account"]
    assert "Ferry" in shown["app"]
    assert (shown["page"], shown["notice"]) == (2, "")
    assert shown["keys"] == [build.key for build in ferry.builds[20:]]
    (account,) = visitor.accounts()
    (keyring, *_others), _all = asyncio.run(found_keyrings())
    assert keyring.startswith(KEYRINGS[sys.platform])
    assert kept(account) == key

    service.record.forget()
    new = service.world.upload(kettle, "7.0").key
    assert visitor("second", new=new) == shown
    assert {request.account for request in service.record.of("app/builds")} == {"Workshop"}

    removed = visitor("last")
    assert "Kettle" in removed["app"]
    assert (removed["account"], removed["notice"]) == (shown["account"], "")
    assert visitor.accounts() == []
    assert kept(account) is None

    for request in service.record.all:
        assert request.key_seen_in <= {IN_FORM}, request
    assert files_with(key, visitor.folder) == []
    assert kettle.password, "listMy and view tell it in clear"
    assert not [path for path in visitor.folder.rglob("*") if path.is_file() and in_clear(kettle.password, path)]
    assert service.record.of("app/install") == (), "that would be billed"
    assert not holds(visitor.said, key)
    assert (visitor.profile / "logs").is_dir(), "there is a log, and it was searched"


def kept(account: str) -> str | None:
    """The key that the system's keyring has for an account."""
    found = asyncio.run(KeyringStore().get(account))
    return found.reveal() if found is not None else None


def files_with(key: str, folder: Path) -> list[Path]:
    """Every file under `folder` that holds the key, in whichever form."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if holds(path.read_bytes(), key) or holds(str(path).encode(), key)]


def in_clear(words: str, file: Path) -> bool:
    """Whether a file holds these words."""
    data = file.read_bytes()
    return words.encode() in data or words.encode("utf-16-le") in data


def holds(data: bytes, key: str) -> bool:
    """Whether the key is in `data`: plain, in capitals, as UTF-16, as the bytes it stands for, or in base64."""
    plain = key.encode()
    forms = [plain, plain.upper(), bytes.fromhex(key)]
    forms += [form.decode().encode(code) for form in (plain, plain.upper()) for code in ("utf-16-le", "utf-16-be")]
    # What stands before it moves it within the groups of three bytes; the first and the last of them are left out.
    forms += [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
    return any(form in data for form in forms)


@pytest.mark.parametrize(
    "packed",
    [
        lambda key: key.encode(),
        lambda key: key.upper().encode(),
        lambda key: key.encode("utf-16-le"),
        lambda key: b"\0" + key.encode("utf-16-be"),
        bytes.fromhex,
        lambda key: base64.b64encode(b"Authorization=" + key.encode() + b"&page=1"),
        lambda key: base64.b64encode(b"_api_key=" + key.encode()),
        lambda key: base64.b64encode(b"a key: " + key.encode() + b"."),
    ],
)
def test_the_search_finds_a_key_in_every_form(packed: Any, tmp_path: Path) -> None:
    key = furnished().accounts[0].key
    (tmp_path / "harmless").write_bytes(b"a" * 100)
    assert files_with(key, tmp_path) == []
    (tmp_path / "leak").write_bytes(b"before " + packed(key) + b" after")
    assert files_with(key, tmp_path) == [tmp_path / "leak"]
