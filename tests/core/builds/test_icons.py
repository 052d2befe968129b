"""One request per picture, kept on disk within bounds, and nothing that is no picture."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.api.client import Reply
from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.builds.icons import IconError, IconStore, picture_format

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n" + b"made up"
KEY = "0123456789abcdef0123456789abcdef"
BASE = "http://127.0.0.1:9/icons"


class Network:
    """Answers addresses and counts how often it was asked."""

    def __init__(self, body: bytes = PNG) -> None:
        self.body = body
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.cancelled = 0
        self.missing = False

    async def fetch(self, url: str) -> Reply:
        self.asked.append(url)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.missing:
            raise HttpStatusError("127.0.0.1", 404)
        return Reply(200, "image/png", self.body)


def store_of(network: Network, folder: Path | None = None, *, limit: int = 10_000) -> IconStore:
    return IconStore(folder, network.fetch, icon_base=BASE, limit_bytes=limit)


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0.001)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xff\xd8\xff\xe0 rest", "jpeg"),
        (PNG, "png"),
        (b"GIF89a rest", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<!DOCTYPE html><html>", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_what_a_picture_is(data: bytes, name: str | None) -> None:
    assert picture_format(data) == name


async def test_the_address_follows_the_documented_rule_below_the_given_base() -> None:
    network = Network()
    assert await store_of(network).get(KEY) == PNG
    assert network.asked == [
        f"{BASE}/0/1/2/3/4/{KEY}?x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg",
    ]


async def test_a_full_https_address_is_used_as_it_is() -> None:
    network = Network()
    await store_of(network).get("https://icons.example.com/harbour.png")
    assert network.asked == ["https://icons.example.com/harbour.png"]


@pytest.mark.parametrize("field", ["", "http://icons.example.com/a.png", "../../../etc/passwd", "file:///a.png"])
async def test_what_names_no_icon_is_never_asked_for(field: str) -> None:
    network = Network()
    with pytest.raises(IconError):
        await store_of(network).get(field)
    assert network.asked == []


async def test_however_many_ask_there_is_one_request() -> None:
    network = Network()
    store = store_of(network)
    network.gate.clear()
    asking = [asyncio.ensure_future(store.get(KEY)) for _ in range(20)]
    await settle()
    network.gate.set()
    assert await asyncio.gather(*asking) == [PNG] * 20
    assert len(network.asked) == 1


async def test_cancelling_one_asker_leaves_the_request_to_the_others() -> None:
    network = Network()
    store = store_of(network)
    network.gate.clear()
    one, two = (asyncio.ensure_future(store.get(KEY)) for _ in range(2))
    await settle()
    one.cancel()
    await settle()
    network.gate.set()
    assert await two == PNG
    assert one.cancelled()
    assert (len(network.asked), network.cancelled) == (1, 0)


async def test_a_request_that_nobody_waits_for_is_given_up() -> None:
    network = Network()
    store = store_of(network)
    network.gate.clear()
    one = asyncio.ensure_future(store.get(KEY))
    await settle()
    one.cancel()
    await settle()
    assert network.cancelled == 1
    network.gate.set()
    assert await store.get(KEY) == PNG


async def test_what_failed_is_asked_for_again_only_after_a_reload() -> None:
    network = Network()
    store = store_of(network)
    network.missing = True
    for _ in range(3):
        with pytest.raises(IconError):
            await store.get(KEY)
    assert len(network.asked) == 1

    network.missing = False
    store.forget_failures()
    assert await store.get(KEY) == PNG
    assert len(network.asked) == 2


async def test_a_web_page_in_place_of_a_picture_is_refused_and_not_kept(tmp_path: Path) -> None:
    network = Network(b"<html>captive portal</html>")
    with pytest.raises(IconError):
        await store_of(network, tmp_path).get(KEY)
    assert files_in(tmp_path) == []


async def test_a_kept_picture_needs_no_request(tmp_path: Path) -> None:
    network = Network()
    folder = tmp_path / "deep" / "icons"
    await store_of(network, folder).get(KEY)
    assert await store_of(network, folder).get(KEY) == PNG
    assert len(network.asked) == 1
    (file,) = files_in(folder)
    assert len(file.name) == 64


async def test_a_damaged_file_is_replaced(tmp_path: Path) -> None:
    network = Network()
    await store_of(network, tmp_path).get(KEY)
    (file,) = files_in(tmp_path)
    file.write_bytes(b"")
    assert await store_of(network, tmp_path).get(KEY) == PNG
    assert file.read_bytes() == PNG


async def test_the_longest_unused_make_room_for_the_new(tmp_path: Path) -> None:
    network = Network(PNG + bytes(985))  # 1000 bytes each
    store = store_of(network, tmp_path, limit=3000)
    keys = [f"{n}{KEY[1:]}" for n in range(4)]
    for age, key in enumerate(keys[:3]):
        await store.get(key)
        newest = max(files_in(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1_000_000 + age, 1_000_000 + age))
    await store.get(keys[0])  # used again: now the newest
    await store.get(keys[3])
    assert sum(path.stat().st_size for path in files_in(tmp_path)) <= 3000

    network.asked.clear()
    await store.get(keys[0])
    await store.get(keys[3])
    assert network.asked == []
    await store.get(keys[1])
    assert len(network.asked) == 1


async def test_icons_of_a_day_to_come_make_room_first(tmp_path: Path) -> None:
    network = Network(PNG + bytes(985))
    store = store_of(network, tmp_path, limit=3000)
    keys = [f"{n}{KEY[1:]}" for n in range(4)]
    for key in keys[:2]:
        await store.get(key)
    for path in files_in(tmp_path):
        os.utime(path, (2_200_000_000, 2_200_000_000))
    for key in keys[2:]:
        await store.get(key)
    network.asked.clear()
    for key in keys[2:]:
        await store_of(network, tmp_path, limit=3000).get(key)
    assert network.asked == []


async def test_a_folder_that_cannot_be_used_costs_no_icon(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop.core.builds.icons")
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    network = Network()
    store = store_of(network, blocked / "icons")
    assert await store.get(KEY) == PNG
    assert await store.get("9" + KEY[1:]) == PNG
    assert "cannot be" in caplog.text


async def test_closing_gives_up_what_is_under_way() -> None:
    network = Network()
    store = store_of(network)
    network.gate.clear()
    asking = asyncio.ensure_future(store.get(KEY))
    await settle()
    await store.aclose()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert network.cancelled == 1
