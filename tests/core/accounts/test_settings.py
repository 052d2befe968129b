"""What is remembered comes back, and no accident costs more than one run's memory."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import threading
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest

from pgyer_desktop.api.models import ApiKey, Platform
from pgyer_desktop.core.accounts import settings as settings_module
from pgyer_desktop.core.accounts.guards import Guards
from pgyer_desktop.core.accounts.profile import demo_profile, own_profile, profile_in
from pgyer_desktop.core.accounts.settings import (
    MAX_RECENT_APPS,
    MAX_RULES,
    VERSION,
    AccountSettings,
    AppCases,
    Settings,
    SettingsFile,
    WindowSettings,
)
from pgyer_desktop.core.base.file_replacement import write_whole
from pgyer_desktop.core.base.releases import UpdateSettings
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.builds.columns import ColumnLayout
from pgyer_desktop.core.builds.keeping import AppRules, Policy, Rules, with_policy
from pgyer_desktop.core.builds.visits import Seen
from pgyer_desktop.core.checks.cases import CheckCase
from pgyer_desktop.core.sharing.message import Template

HARBOUR = KnownApp("a" * 32, "Harbour", "com.acme.harbour", "b" * 32, Platform.IOS, "harbour")
YUNFAN = KnownApp("c" * 32, "云帆", "com.acme.yunfan", "d" * 32, Platform.HARMONYOS, "yunfan")
FULL = Settings(
    language="zh_CN",
    accounts=(
        AccountSettings("one", "Acme", added=(HARBOUR,), recent=(YUNFAN, HARBOUR), last_page=3),
        AccountSettings("two", "云帆科技 “二”\\"),
    ),
    current_account="two",
    window=WindowSettings("geometry", "splitter", details=False, compact=True, columns=ColumnLayout()),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.json"


@pytest.fixture
def expected_warnings(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.accounts.settings")


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


async def saved(path: Path, value: Settings) -> None:
    file = SettingsFile(path)
    file.change(lambda _: value)
    await file.save()


def content(path: Path) -> bytes:
    return path.read_bytes()


def remove(path: Path) -> None:
    path.unlink()


def names_beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


async def test_everything_comes_back_as_it_was(path: Path) -> None:
    await saved(path, FULL)
    again = SettingsFile(path)
    assert again.value == FULL
    assert again.problem is None
    assert names_beside(path) == ["settings.json"]


async def test_the_file_is_readable_json_of_the_current_version(path: Path) -> None:
    await saved(path, FULL)
    text = content(path).decode()
    values = json.loads(text)
    assert values["version"] == VERSION
    assert values["accounts"][0]["recent"][0]["platform"] == "harmonyos"
    assert len(text.splitlines()) > 20


async def test_without_a_file_there_are_fresh_settings_and_nothing_is_written_for_looking(path: Path) -> None:
    file = SettingsFile(path)
    assert file.value == Settings()
    assert file.problem is None
    assert not path.parent.exists()


async def test_a_file_that_is_nowhere_is_never_written() -> None:
    file = SettingsFile(None)
    file.change(lambda _: FULL)
    await file.save()
    assert file.folder is None
    assert file.value == FULL


DAMAGED = {
    "empty": b"",
    "zeros": bytes(4096),
    "garbage": bytes(range(256)),
    "cut off": b'{"version": 1, "accounts": [{"id": "o',
    "not an object": b"[]",
    "null": b"null",
    "text": b'"settings"',
    "accounts of a wrong type": b'{"version": 1, "accounts": "Acme"}',
    "accounts that are nothing": b'{"version": 1, "accounts": null}',
    "accounts by their ids": b'{"version": 1, "accounts": {"one": {"name": "Acme"}}}',
    "nested without end": b'{"window": ' + b"[" * 200_000,
    # Python 3.14 stops where the stack ends, not at a number of its own.
    "nested deeply": b'{"unknown": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}",
    "not utf-8": '{"current_account": "Größe"}'.encode("latin-1"),
    "utf-16, cut off": '{"version": 1}'.encode("utf-16")[:-3],
    "two in one": b'{"version": 1}{"version": 1}',
}


@pytest.mark.usefixtures("expected_warnings")
@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
async def test_a_damaged_file_is_set_aside_and_never_overwritten(path: Path, data: bytes) -> None:
    file = SettingsFile(written(path, data))
    assert file.value == Settings()
    (aside,) = path.parent.iterdir()
    assert aside != path
    assert ".damaged-" in aside.name
    assert file.problem is not None
    assert str(aside) in dict(file.problem.values).values()

    file.change(lambda _: FULL)
    await file.save()
    assert aside.read_bytes() == data
    assert SettingsFile(path).value == FULL


@pytest.mark.usefixtures("expected_warnings")
def test_files_damaged_within_one_second_are_all_kept(path: Path) -> None:
    path.parent.mkdir(parents=True)
    for number in range(3):
        path.write_bytes(b"damaged %d" % number)
        SettingsFile(path)
    assert sorted(aside.read_bytes() for aside in path.parent.iterdir()) == [b"damaged 0", b"damaged 1", b"damaged 2"]


@pytest.mark.usefixtures("expected_warnings")
async def test_a_damaged_file_that_cannot_be_renamed_is_left_and_nothing_is_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, b"damaged")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    file = SettingsFile(path)
    monkeypatch.undo()
    file.change(lambda _: FULL)
    await file.save()
    assert content(path) == b"damaged"
    assert file.problem is not None
    assert names_beside(path) == ["settings.json"]


ENCODED = {
    "utf-8": lambda text: text.encode(),
    "with a mark": lambda text: text.encode("utf-8-sig"),
    "with two marks": lambda text: b"\xef\xbb\xbf" + text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 of the other end": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "utf-16 of the other end without a mark": lambda text: text.encode("utf-16-be"),
}


@pytest.mark.parametrize("behind", [b"", b"\0", bytes(4096)], ids=["nothing", "NUL", "NULs"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encode", ENCODED.values(), ids=ENCODED.keys())
def test_what_editors_make_of_the_file_is_read_and_written_plainly_again(
    path: Path, encode: Callable[[str], bytes], line_end: str, behind: bytes
) -> None:
    path.parent.mkdir(parents=True)
    plain = msgspec.json.format(msgspec.json.encode(FULL)).decode()
    path.write_bytes(encode(plain.replace("\n", line_end) + line_end) + behind)
    file = SettingsFile(path)
    assert file.value == FULL
    assert file.problem is None
    assert names_beside(path) == ["settings.json"]
    file.change(lambda s: replace(s, language="en"))
    file.save_at_once()
    assert content(path).decode() == plain.replace('"zh_CN"', '"en"')


def test_texts_that_other_writers_leave_are_read(path: Path, allowed_logs: list[str]) -> None:
    data = b"""{"accounts": [{"id": "a", "name": "half \\ud83d of one", "pinned": ["two\nlines"]}],
        "window": {"details": NaN, "\\udead": [["\\ud800"], {"x": "\\udfff"}]}}"""
    allowed_logs.append("pgyer_desktop.core.accounts.settings")
    file = SettingsFile(written(path, data))
    assert [(account.name, account.pinned) for account in file.value.accounts] == [("half ? of one", ("two\nlines",))]
    file.change(lambda s: replace(s, current_account="a"))
    file.save_at_once()
    assert SettingsFile(path).value.current_account == "a"


def places(kind: Any, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in the settings where a value can stand, the first item of each list among them."""
    found: list[tuple[str | int, ...]] = []
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            place = (*where, field.name)
            found += [place, *places(hints[field.name], place)]
    else:
        parts: tuple[Any, ...] = getattr(kind, "__args__", ())
        if parts[-1:] == (Ellipsis,):
            found += [(*where, 0), *places(parts[0], (*where, 0))]
        else:
            for part in parts:
                found += places(part, where) if is_dataclass(part) else []
    return found


def rich() -> Settings:
    """Settings in which every place is taken, and every list has two items."""
    case, template = CheckCase("one", "1.0", "2", "c"), Template("zh_CN", "{app}")
    account = replace(
        FULL.accounts[0],
        added=(HARBOUR, YUNFAN),
        guards=Guards("red", type_promotions=False, type_deletes=False, most_deletes=7),
        template=template,
        pinned=("k1", "k2"),
        check_cases=(AppCases("a", (case, replace(case, name="two"))), AppCases("b", (case,))),
        seen=(Seen("a", 3, 1.5),),
        clean_up=(AppRules("a", Rules(20, 30), "Nightlies"), AppRules("b", Rules(newest_of_version=True))),
    )
    columns = ColumnLayout(("size", "version"), ("notes", "name"), (("size", 99), ("version", 300)), ("size", True))
    updates = UpdateSettings(
        allowed=True, last_look=datetime(2026, 1, 2, tzinfo=UTC), skipped="1.0", feed="https://a.test"
    )
    return replace(
        FULL,
        accounts=(account, FULL.accounts[1]),
        window=replace(FULL.window, columns=columns),
        updates=updates,
        policies=(Policy("Nightlies", Rules(20, 30)), Policy("Releases", Rules(days=365, newest_of_version=True))),
    )


ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    "",
    "of another version",
    [],
    [[]],
    [None, 7],
    {},
    {"a": {"b": []}},
)


def at(values: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        values = values[step]
    return values


@pytest.mark.parametrize("place", places(Settings), ids=lambda place: ".".join(map(str, place)))
def test_a_value_that_is_not_known_costs_itself_only_and_stays_as_it_stands(
    tmp_path: Path, place: tuple[str | int, ...], allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.core.accounts.settings")
    before = rich()
    for number, odd in enumerate(ODD):
        path = tmp_path / str(number) / "settings.json"
        values = msgspec.to_builtins(before)
        try:
            at(values, place[:-1])[place[-1]] = odd
        except TypeError:  # an optional object of which this part is none
            continue
        data = json.dumps(values).encode()
        file = SettingsFile(written(path, data))
        if place == ("accounts",) and not isinstance(odd, list):
            assert ".damaged-" in names_beside(path)[0]  # nothing else is left of the accounts
            continue
        if place == ("version",) and isinstance(odd, int | float) and odd > VERSION:
            continue  # of a newer version
        if place[0] != "accounts":
            assert file.value.accounts == before.accounts, odd
        elif place != ("accounts",):
            assert file.value.accounts[-1] == before.accounts[1], odd
        if place[0] != "window":
            assert file.value.window == before.window, odd
        assert names_beside(path) == ["settings.json"]
        # Something else is changed, and another start finds it.
        file.change(
            lambda s: (
                replace(s, updates=replace(s.updates, skipped="9.9"))
                if place[0] != "updates"
                else replace(s, current_account="one")
            )
        )
        file.save_at_once()
        again = json.loads(content(path))
        assert at(again, place) == odd or [odd] == at(again, place[:-1])[-1:] or odd in at(again, place[:-1]), odd
        assert SettingsFile(path).value == file.value


@pytest.mark.usefixtures("expected_warnings")
def test_a_guard_rail_that_is_not_known_is_careful_and_said(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = b'{"accounts": [{"id": "a", "name": "Acme", "guards": {"read_only": "at night", "most_deletes": "few"}}, 5]}'
    file = SettingsFile(written(path, data))
    (account,) = file.value.accounts
    assert account.guards == Guards(read_only=True)
    assert file.problem is not None
    assert "accounts[0].guards.read_only, accounts[0].guards.most_deletes, accounts[1]" in caplog.text
    assert "guards." not in str(file.problem)
    assert not file.damaged

    file.change(lambda s: s.with_account(replace(account, guards=Guards(read_only=False))))
    file.save_at_once()
    guards = json.loads(content(path))["accounts"][0]["guards"]
    assert guards["read_only"] is False
    assert guards["most_deletes"] == "few"


@pytest.mark.usefixtures("expected_warnings")
def test_an_account_that_may_be_marked_production_is_taken_for_one(path: Path) -> None:
    file = SettingsFile(written(path, b'{"accounts": [{"id": "a", "name": "Acme", "guards": {"production": 1}}]}'))
    (account,) = file.value.accounts
    assert account.guards == Guards(production=True)
    assert file.problem is not None


@pytest.mark.usefixtures("expected_warnings")
@pytest.mark.parametrize("guards", ["null", "[]", '"strict"', "7"])
def test_guard_rails_of_which_nothing_can_be_read_let_nothing_be_changed(path: Path, guards: str) -> None:
    file = SettingsFile(written(path, f'{{"accounts": [{{"id": "a", "name": "Acme", "guards": {guards}}}]}}'.encode()))
    assert [account.guards for account in file.value.accounts] == [Guards(read_only=True)]
    assert file.problem is not None


@pytest.mark.usefixtures("expected_warnings")
def test_an_account_whose_name_cannot_be_read_is_still_there(path: Path) -> None:
    file = SettingsFile(written(path, b'{"accounts": [{"id": "0123456789abcdef", "name": {"en": "Acme"}}]}'))
    assert [account.name for account in file.value.accounts] == ["01234567"]


def test_what_a_later_version_added_stays_with_the_account_it_belongs_to(path: Path) -> None:
    data = b"""{"accounts": [{"id": "a", "name": "Acme", "team": "x"}, {"id": "b", "name": "Bay", "team": "y"}],
        "window": {"dock": "left"}}"""
    file = SettingsFile(written(path, data))
    file.change(lambda s: s.without_account("a").with_account(AccountSettings("c", "Cove")))
    file.change(lambda s: s.with_account(AccountSettings("b", "Bay Ltd")))
    file.save_at_once()
    values = json.loads(content(path))
    assert [(account["name"], account.get("team")) for account in values["accounts"]] == [
        ("Bay Ltd", "y"),
        ("Cove", None),
    ]
    assert values["window"] == {"dock": "left"}


def is_link(path: Path) -> bool:
    return path.is_symlink()


def linked(path: Path, target: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target)
    except OSError as exc:
        pytest.skip(f"links cannot be made here: {exc}")
    if not is_link(path):
        pytest.skip("what is made as a link here is none, as under Wine")
    return path


async def test_a_link_stays_and_its_target_is_written(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "synced" / "pgyer.json"
    linked(path, linked(tmp_path / "between.json", target))
    await saved(path, FULL)  # neither the target nor its folder is there yet
    assert is_link(path)
    assert SettingsFile(target).value == FULL
    await saved(path, replace(FULL, language="en"))
    assert is_link(path)
    assert SettingsFile(target).value.language == "en"
    assert names_beside(path) == ["settings.json"]
    assert names_beside(target) == ["pgyer.json"]


@pytest.mark.usefixtures("expected_warnings")
async def test_what_a_link_leads_to_is_set_aside_beside_itself(path: Path, tmp_path: Path) -> None:
    target = written(tmp_path / "synced" / "pgyer.json", b'{"accounts": [{"id": "a", "name": "Acme"}, {')
    linked(path, target)
    file = SettingsFile(path)
    (aside,) = target.parent.iterdir()
    assert aside.name.startswith("pgyer.damaged-")
    assert [account.name for account in file.damaged_accounts()] == ["Acme"]
    await saved(path, FULL)
    assert is_link(path)
    assert SettingsFile(target).value == FULL


@pytest.mark.usefixtures("expected_warnings")
def test_links_in_a_circle_are_told_as_a_file_that_cannot_be_read(path: Path) -> None:
    linked(linked(path, path.with_name("other")).with_name("other"), path)
    file = SettingsFile(path)
    assert file.problem is not None
    assert "cannot be read" in file.problem.source


def test_what_is_left_of_damaged_files_is_read_the_newest_first(path: Path, allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.core.accounts.settings")
    account = AccountSettings("a", "Acme", pinned=("k1",), guards=Guards(read_only=True))
    whole = msgspec.json.format(msgspec.json.encode(Settings(accounts=(account, AccountSettings("b", "Bay")))))
    written(path.with_name("settings.damaged-20260101-000000.json"), b'{"accounts": [{"id": "a", "name": "Old"}, ')
    path.with_name("settings.damaged-20260201-000000.json").write_bytes(whole[: whole.index(b'"Bay"') + 5])
    file = SettingsFile(path)
    to_come = b'{"accounts": [{"id": "a", "name": "Wrong clock"}, {"id": "c", "name": "Cove"}]}'
    path.with_name("settings.damaged-20390101-000000.json").write_bytes(to_come)
    assert file.damaged_accounts() == (account, AccountSettings("b", "Bay"), AccountSettings("c", "Cove"))
    assert SettingsFile(None).damaged_accounts() == ()


NEWER = b'{"version":   2,  "accounts": {"keyed": "in another way"}, "language": "eo"}\r\n'


async def test_a_file_of_a_newer_version_is_left_alone_byte_for_byte(path: Path) -> None:
    file = SettingsFile(written(path, NEWER))
    assert file.value == Settings()
    assert file.problem is not None
    assert "newer" in file.problem.source
    file.change(lambda _: FULL)
    await file.save()
    assert content(path) == NEWER
    assert names_beside(path) == ["settings.json"]


async def test_unknown_fields_are_tolerated(path: Path) -> None:
    data = b'{"version": 1, "colour": [1], "accounts": [{"id": "a", "name": "Acme", "team": {"x": null}}]}'
    file = SettingsFile(written(path, data))
    assert file.value == Settings(accounts=(AccountSettings("a", "Acme"),))
    assert file.problem is None


@pytest.mark.usefixtures("expected_warnings")
async def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    folder_in_its_place = tmp_path / "settings.json"
    folder_in_its_place.mkdir()
    file = SettingsFile(folder_in_its_place)
    assert file.value == Settings()
    assert file.problem is not None
    assert "cannot be read" in file.problem.source
    file.change(lambda _: FULL)
    await file.save()
    assert names_beside(folder_in_its_place) == ["settings.json"]
    assert names_beside(folder_in_its_place / "x") == []


async def test_a_folder_that_cannot_be_made_is_an_os_error_and_the_value_still_counts(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "taken" / "settings.json")
    (tmp_path / "taken").write_text("a file where the folder should be")
    file.change(lambda _: FULL)
    with pytest.raises(OSError, match="taken"):
        await file.save()
    assert file.value == FULL

    (tmp_path / "taken").unlink()
    await file.save()
    assert SettingsFile(tmp_path / "taken" / "settings.json").value == FULL


async def test_a_replace_that_fails_leaves_the_old_file_whole_and_no_litter(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await saved(path, FULL)
    before = content(path)
    file = SettingsFile(path)
    file.change(lambda s: replace(s, language="en"))

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(OSError, match="Read-only"):
            await file.save()
    assert content(path) == before
    assert names_beside(path) == ["settings.json"]

    await file.save()
    assert SettingsFile(path).value.language == "en"


async def test_a_full_disk_leaves_the_old_file_whole_and_no_litter(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await saved(path, FULL)
    before = content(path)
    file = SettingsFile(path)
    file.change(lambda s: replace(s, language="en"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            await file.save()
    assert content(path) == before
    assert names_beside(path) == ["settings.json"]


async def test_saving_writes_nothing_when_nothing_changed(path: Path) -> None:
    await saved(path, FULL)
    file = SettingsFile(path)
    remove(path)  # whatever is written from here on would show
    await file.save()
    file.change(replace)  # an equal value
    await file.save()
    assert names_beside(path) == []


async def test_fresh_settings_are_not_written_over_what_the_next_run_will_find(path: Path) -> None:
    await saved(path, FULL)
    one, other = SettingsFile(path), SettingsFile(path)
    one.change(lambda s: replace(s, language="en"))
    await one.save()
    await other.save()
    assert SettingsFile(path).value.language == "en"


async def test_saves_in_a_row_and_at_once_end_with_the_last_value(path: Path) -> None:
    file = SettingsFile(path)
    saves = []
    for page in range(20):
        file.change(lambda s, page=page: s.with_account(AccountSettings("a", "Acme", last_page=page)))  # type: ignore[misc]  # a default argument keeps this turn's value
        saves.append(asyncio.ensure_future(file.save()))
        if page % 5 == 0:
            await asyncio.sleep(0)
    await asyncio.gather(*saves)
    found = SettingsFile(path).value.account("a")
    assert found is not None
    assert found.last_page == 19
    assert names_beside(path) == ["settings.json"]


async def test_saves_of_one_value_at_once_write_it_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written_to: list[Path] = []
    monkeypatch.setattr(settings_module, "write_whole", lambda target, _: written_to.append(target))
    file = SettingsFile(path)
    file.change(lambda _: FULL)
    await asyncio.gather(*(file.save() for _ in range(5)))
    assert written_to == [path]


async def test_a_cancelled_save_never_comes_after_the_next_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    writing, go_on = threading.Event(), threading.Event()
    really_write = write_whole

    def slow(target: Path, data: bytes) -> None:
        writing.set()
        go_on.wait(60)
        really_write(target, data)

    monkeypatch.setattr(settings_module, "write_whole", slow)
    file.change(lambda s: replace(s, language="en"))
    first = asyncio.ensure_future(file.save())
    await asyncio.to_thread(writing.wait, 10)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    file.change(lambda s: replace(s, language="zh_CN"))
    second = asyncio.ensure_future(file.save())
    await asyncio.sleep(0.05)
    assert not second.done()
    go_on.set()
    await second
    assert SettingsFile(path).value.language == "zh_CN"


def test_recent_apps_are_bounded_with_the_last_one_first_and_none_twice() -> None:
    account = AccountSettings("a", "Acme")
    for number in range(30):
        account = account.with_recent(KnownApp(f"{number:032x}"))
    account = account.with_recent(KnownApp(f"{25:032x}", "renamed"))
    assert len(account.recent) == MAX_RECENT_APPS
    assert account.recent[0].name == "renamed"
    assert len({app.app_key for app in account.recent}) == MAX_RECENT_APPS


def test_the_rules_of_an_app_are_those_of_its_last_clean_up() -> None:
    account = AccountSettings("a", "Acme")
    for number in range(MAX_RULES + 5):
        account = account.with_rules(AppRules(f"app {number}", Rules(newest=number + 1)))
    account = account.with_rules(AppRules("app 100", Rules(days=7), "Nightlies"))
    assert account.rules_of("app 100") == AppRules("app 100", Rules(days=7), "Nightlies")
    assert account.rules_of("app 0") is None
    assert len(account.clean_up) == MAX_RULES


@pytest.mark.usefixtures("expected_warnings")
def test_rules_with_a_number_that_is_not_known_are_none_and_never_delete_more(path: Path) -> None:
    data = b"""{"policies": [{"name": "Nightlies", "rules": {"newest": 20, "days": "a month"}},
        {"name": "Releases", "rules": {"newest": 10, "newest_of_version": true, "weeks": 2}}],
        "accounts": [{"id": "a", "name": "Acme",
            "clean_up": [{"app_key": "k", "rules": {"newest": 0, "days": 30}}]}]}"""
    file = SettingsFile(written(path, data))
    assert file.value.policies == (Policy("Releases", Rules(newest=10, newest_of_version=True)),)
    assert file.value.accounts[0].clean_up == ()
    file.change(lambda s: replace(s, policies=with_policy(s.policies, Policy("Betas", Rules(days=7)))))
    file.save_at_once()
    kept = json.loads(content(path))
    assert [policy["name"] for policy in kept["policies"]] == ["Betas", "Releases", "Nightlies"]
    assert kept["policies"][1]["rules"]["weeks"] == 2
    assert kept["accounts"][0]["clean_up"][0]["rules"]["newest"] == 0


def test_an_app_is_added_once_and_its_newest_description_counts() -> None:
    account = AccountSettings("a", "Acme").with_added(KnownApp("k1")).with_added(KnownApp("k2"))
    assert account.with_added(KnownApp("k1", "Harbour")).added == (KnownApp("k2"), KnownApp("k1", "Harbour"))


def test_accounts_keep_their_order_and_removing_the_current_one_unsets_it() -> None:
    changed = FULL.with_account(replace(FULL.accounts[0], name="Acme Ltd"))
    assert [account.name for account in changed.accounts] == ["Acme Ltd", FULL.accounts[1].name]
    assert changed.without_account("one").current_account == "two"
    assert changed.without_account("two").current_account == ""
    assert changed.without_account("two").account("two") is None


def types_within(kind: Any) -> set[Any]:
    found = {kind}
    for part in getattr(kind, "__args__", ()):
        found |= types_within(part)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in fields(kind):
            found |= types_within(hints[field.name])
    return found


def test_there_is_no_place_for_a_key_in_the_settings() -> None:
    kinds = types_within(Settings)
    assert AccountSettings in kinds
    assert ApiKey not in kinds
    names = {field.name for kind in kinds if is_dataclass(kind) for field in fields(kind)}
    assert {name for name in names if "key" in name or "secret" in name or "token" in name} == {"app_key"}


def test_a_profile_folder_holds_everything_of_its_run(tmp_path: Path) -> None:
    profile = profile_in(tmp_path / "mine")
    for place in (profile.settings_file, profile.icons_dir, profile.log_file):
        assert place.is_relative_to(tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_the_demo_shares_no_file_with_the_own_profile() -> None:
    own, demo = own_profile(), demo_profile()
    assert len({own.settings_file, demo.settings_file, own.icons_dir, demo.icons_dir, own.log_file, demo.log_file}) == 6


def test_a_profile_below_the_home_folder_can_be_given_by_its_tilde() -> None:
    assert profile_in(Path("~") / "pgyer").settings_dir == Path.home() / "pgyer"


@pytest.mark.parametrize("one_switch", [True, False, None])
async def test_the_one_switch_of_before_counts_for_promotions_and_deletes(
    tmp_path: Path, one_switch: bool | None
) -> None:
    path = tmp_path / "settings.json"
    guards = {} if one_switch is None else {"type_version": one_switch}
    path.write_text(json.dumps({"version": 1, "accounts": [{"id": "a", "name": "Acme", "guards": guards}]}))
    file = SettingsFile(path)
    on = one_switch is not False
    assert file.problem is None
    read = file.value.accounts[0].guards
    assert (read.type_promotions, read.type_deletes, read.production) == (on, on, False)
    file.change(lambda s: replace(s, accounts=(replace(s.accounts[0], guards=replace(read, type_deletes=not on)),)))
    await file.save()
    again = SettingsFile(path).value.accounts[0].guards
    assert (again.type_promotions, again.type_deletes) == (on, not on), "what was chosen since counts"
