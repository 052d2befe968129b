"""Servers that speak no HTTP, or more of it than anybody asked for: one of our errors or an answer, in good time."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from pgyer_desktop.api import errors, transport
from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import Delivery, PgyerError
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.api.transport import ApiTransport, IconTransport, get_once
from tests.helpers.faulty_server import faulty, raw, whole

BODY = b'{"code":0,"data":{"list":[{"buildKey":"b1"}]}}'
OK = b"HTTP/1.1 200 OK\r\n"

BROKEN = {
    "two lengths": OK + b"Content-Length: 5\r\nContent-Length: 46\r\n\r\n" + BODY,
    "a length below nothing": OK + b"Content-Length: -1\r\n\r\n" + BODY,
    "a length in words": OK + b"Content-Length: many\r\n\r\n" + BODY,
    "a length of 400 digits": OK + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n" + BODY,
    "a chunk below nothing": OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n",
    "a chunk of 400 digits": OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 400 + b"\r\nabc",
    "a transfer that nobody knows": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + BODY,
    "a status of two digits": b"HTTP/1.1 99 Odd\r\n\r\n",
    "a status of four digits": b"HTTP/1.1 2000 Odd\r\n\r\n",
    "no version": b"200 OK\r\n\r\n" + BODY,
    "HTTP/0.9": BODY,
    "HTTP/2": b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18,
    "another protocol": b"220 mail.example ESMTP\r\n250 go on\r\n",
    "TLS": b"\x15\x03\x01\x00\x02\x02\x46",
    "a head without end": OK + b"X: " + b"y" * 300_000,
    "heads without end": OK + b"X: y\r\n" * 60_000,
    "a head with nothing in its name": OK + b": y\r\n\r\n" + BODY,
    "a head with a zero": OK + b"X: \0\r\n\r\n" + BODY,
    "switching to another protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + BODY,
}
FINE = {
    "no reason": b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY,
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
    "no length": OK + b"\r\n" + BODY,
    "to be continued": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n" + OK + b"\r\n" + BODY,
    "the same length twice": OK + b"Content-Length: %d, %d\r\n\r\n" % (len(BODY), len(BODY)) + BODY,
    "a chunk with a note, and heads behind": OK
    + b"Transfer-Encoding: chunked\r\n\r\n%x;note=1\r\n" % len(BODY)
    + BODY
    + b"\r\n0\r\nX: y\r\n\r\n",
    "heads in Chinese": OK + "X: 登录\r\nContent-Length: %d\r\n\r\n".encode() % len(BODY) + BODY,
    "a mark of UTF-8": OK + b"\r\n\xef\xbb\xbf" + BODY,
    "UTF-16": OK + b"\r\n" + BODY.decode().encode("utf-16"),
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 1.0)
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 2.0)


async def asked(data: bytes) -> object:
    async with faulty(raw(data)) as server:
        carrier = ApiTransport(server.base)
        try:
            return await Client(carrier, ApiKey("made-up-key")).list_builds("app1")
        finally:
            await carrier.aclose()
            assert len(server.requests) == 1


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
async def test_what_is_no_http_is_one_of_our_errors(data: bytes) -> None:
    with pytest.raises(PgyerError) as raised:
        await asked(data)
    assert raised.value.delivery is Delivery.UNKNOWN


@pytest.mark.parametrize("data", FINE.values(), ids=FINE.keys())
async def test_what_is_odd_http_is_an_answer(data: bytes) -> None:
    page = await asked(data)
    assert "b1" in repr(page)


async def test_heads_of_more_to_come_without_end_are_given_up() -> None:
    async def hint(writer: asyncio.StreamWriter) -> None:
        while not writer.is_closing():
            writer.write(b"HTTP/1.1 103 Hints\r\n\r\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    began = time.monotonic()
    async with faulty(hint) as server:
        carrier = ApiTransport(server.base)
        with pytest.raises(errors.TimeoutReachedError):
            await carrier.post("/x", {})
        await carrier.aclose()
    assert time.monotonic() - began < 10


async def test_a_reply_before_anything_was_asked_answers_nothing() -> None:
    """On a connection that was kept: what came unasked closes it."""

    async def twice(writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"Content-Length: 1\r\n\r\n1")
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(OK + b"Content-Length: 6\r\n\r\nforged")
        await writer.drain()

    async with faulty(twice, whole(b"true")) as server:
        carrier = ApiTransport(server.base)
        assert (await carrier.post("/x", {})).body == b"1"
        await asyncio.sleep(0.3)
        assert (await carrier.post("/x", {})).body == b"true"
        await carrier.aclose()


@pytest.mark.parametrize(
    "address",
    [
        "https://a..b",
        "https://xn--",
        f"https://{'x' * 64}.example",
        "https://ho st",
        "https://-",
        "https://*",
        "http://",
    ],
)
async def test_an_address_of_which_there_can_be_none_is_one_of_our_errors(address: str) -> None:
    carrier, icons = ApiTransport(address), IconTransport()
    with pytest.raises(PgyerError) as raised:
        await carrier.post("/x", {})
    assert raised.value.delivery is Delivery.NOT_SENT
    with pytest.raises(PgyerError):
        await icons.get(f"{address}/icon")
    with pytest.raises(PgyerError):
        await get_once(f"{address}/feed", limit=10, seconds=5)
    await carrier.aclose()
    await icons.aclose()


@pytest.mark.parametrize("names", [("buildKey",), ("code",), ("data", "list"), ("message",)])
async def test_a_key_in_a_place_where_nobody_expects_it_is_no_part_of_an_error(names: tuple[str, ...]) -> None:
    key = "made-up-key-of-somebody"
    value: object = key
    for name in reversed(names):
        value = {name: value}
    async with faulty(whole(json.dumps({"code": 1002, **value}).encode(), status=f"200 {key}")) as server:  # type: ignore[dict-item]  # it is one
        carrier = ApiTransport(server.base)
        with pytest.raises(PgyerError) as raised:
            await Client(carrier, ApiKey(key)).list_builds("app1")
        await carrier.aclose()
    assert key not in f"{raised.value!r} {vars(raised.value)}"


REFUSED_WAY = {
    "hints without end": b"HTTP/1.1 103 Hints\r\n\r\n" * 3,
    "no HTTP": b"SSH-2.0-made-up\r\n",
    "a head without end": OK + b"X: " + b"y" * 300_000,
    "a redirect": b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n",
    "a way with a page on it": OK + b"Content-Length: 6\r\n\r\n<html>",
    "a way that ends at once": OK + b"\r\n",
    "a status of four digits": b"HTTP/1.1 2000 Odd\r\n\r\n",
}


@pytest.mark.parametrize("data", REFUSED_WAY.values(), ids=REFUSED_WAY.keys())
async def test_a_proxy_that_does_anything_else_gets_no_key_and_is_one_of_our_errors(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    async with faulty(raw(data)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.base)
        carrier = ApiTransport("https://pgyer.invalid/apiv2")
        with pytest.raises(errors.TransportError) as raised:
            await carrier.post("/x", {"_api_key": "made-up-key"})
        await carrier.aclose()
        assert b"made-up-key" not in b"".join(proxy.requests)
        assert len(proxy.requests) == 1
    assert raised.value.delivery is Delivery.NOT_SENT
