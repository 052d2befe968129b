"""Icons come few at once, the visible first, decoded within limits, and once."""

from __future__ import annotations

import asyncio
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from pgyer_desktop.api.client import Reply
from pgyer_desktop.api.errors import HttpStatusError
from pgyer_desktop.core.builds.icons import IconError, IconStore
from pgyer_desktop.ui.base import icon_loader
from pgyer_desktop.ui.base.icon_loader import AT_ONCE, IconLoader, decode
from tests.helpers import waiting

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.usefixtures("qapp")


def picture(kind: str = "PNG", side: int = 120) -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(20, 120, 140))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(content.data())


def huge_png(side: int = 60_000) -> bytes:
    """The head of a picture that claims to be huge."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))


def key(number: int) -> str:
    return f"{number:032x}"


class Network:
    """Answers icons when the gate is open and remembers who was asked, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.body = picture()
        self.missing: set[str] = set()

    async def fetch(self, url: str) -> Reply:
        name = url.split("?", maxsplit=1)[0].rsplit("/", 1)[1]
        self.asked.append(name)
        await self.gate.wait()
        if name in self.missing:
            raise HttpStatusError("127.0.0.1", 404)
        return Reply(200, "image/png", self.body)

    def store(self) -> IconStore:
        return IconStore(None, self.fetch)


async def until(loader: IconLoader, *fields: str) -> None:
    async with asyncio.timeout(5):
        while any(loader.pixmap(field) is None for field in fields):  # noqa: ASYNC110 - painting asks just so
            await asyncio.sleep(0.002)


async def settle() -> None:
    await asyncio.sleep(0.02)


@pytest.mark.parametrize("kind", ["PNG", "JPG", "WEBP"])
def test_pictures_are_scaled_down_to_what_is_shown(kind: str) -> None:
    image = decode(picture(kind, 512))
    assert (image.width(), image.height()) == (120, 120)
    assert decode(picture(kind, 48)).width() == 48


@pytest.mark.parametrize(
    "data",
    [huge_png(), picture(side=1100), picture()[:60], b"<svg/>", b"\x89PNG\r\n\x1a\nnothing", b""],
    ids=["claims to be huge", "too large", "cut off", "svg", "head only", "empty"],
)
def test_what_is_no_small_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(IconError):
        decode(data)


async def test_an_icon_is_there_after_it_was_requested(qapp: QApplication) -> None:
    network = Network()
    network.gate.set()
    loader = IconLoader(store=network.store())
    ready: list[str] = []
    loader.icon_ready.connect(ready.append)
    assert loader.pixmap(key(1)) is None
    loader.request([key(1), key(1), ""])
    await until(loader, key(1))
    assert ready == [key(1)]
    loader.request([key(1)])
    await settle()
    assert network.asked == [key(1)]
    await loader.aclose()


async def test_a_few_are_under_way_at_once_and_what_is_no_longer_visible_is_never_started() -> None:
    network = Network()
    loader = IconLoader(store=network.store())
    loader.request([key(n) for n in range(20)])
    await settle()
    assert network.asked == [key(n) for n in range(AT_ONCE)]

    loader.request([key(n) for n in range(100, 104)])
    network.gate.set()
    await until(loader, key(103))
    await settle()
    assert network.asked[AT_ONCE:] == [key(n) for n in range(100, 104)]
    await loader.aclose()


async def test_places_do_not_drop_each_others_icons_and_the_last_to_ask_comes_first() -> None:
    network = Network()
    loader = IconLoader(store=network.store())
    loader.request([key(n) for n in range(AT_ONCE + 2)])
    await settle()
    loader.request([key(50)], place="details")
    network.gate.set()
    await until(loader, key(50), key(AT_ONCE + 1))
    assert network.asked[AT_ONCE] == key(50)
    await loader.aclose()


async def test_requests_wait_for_the_store() -> None:
    network = Network()
    network.gate.set()
    loader = IconLoader()
    loader.request([key(1)])
    await settle()
    assert network.asked == []
    loader.set_store(network.store())
    await until(loader, key(1))
    await loader.aclose()


async def test_a_missing_icon_is_asked_for_again_only_after_a_reload() -> None:
    network = Network()
    network.gate.set()
    network.missing = {key(1)}
    loader = IconLoader(store=network.store())
    for _ in range(3):
        loader.request([key(1)])
        await settle()
    assert network.asked == [key(1)]
    network.missing = set()
    loader.reload()
    await until(loader, key(1))
    await loader.aclose()


async def test_a_broken_picture_holds_up_no_other() -> None:
    network = Network()
    network.gate.set()
    network.body = network.body[:60]
    loader = IconLoader(store=network.store())
    loader.request([key(n) for n in range(AT_ONCE * 2)])
    await waiting.until(lambda: len(network.asked) == AT_ONCE * 2)
    await loader.aclose()


async def test_memory_is_bounded_by_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icon_loader, "KEPT_IN_MEMORY", 2)
    network = Network()
    network.gate.set()
    loader = IconLoader(store=network.store())
    for number in (1, 2):
        loader.request([key(number)])
        await until(loader, key(number))
    loader.pixmap(key(1))
    loader.request([key(3)])
    await until(loader, key(3))
    assert loader.pixmap(key(2)) is None
    assert loader.pixmap(key(1)) is not None
    await loader.aclose()


async def test_closing_leaves_nothing_under_way() -> None:
    network = Network()
    loader = IconLoader(store=network.store())
    loader.request([key(n) for n in range(20)])
    await settle()
    await loader.aclose()
    loader.request([key(30)])
    await settle()
    assert len(network.asked) == AT_ONCE
