"""One question to the feed, and what comes of every way in which it fails; over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time

import pytest

from pgyer_desktop.api import errors, feed
from pgyer_desktop.api.feed import FEED_BYTES, read_feed
from tests.helpers.faulty_server import Answer, faulty, free_port, raw, whole
from tests.helpers.waiting import until

BODY = b'{"version": "1.2.3"}'


async def failed(*answers: Answer) -> errors.PgyerError:
    """The error that comes of these answers, which is of exactly one request."""
    async with faulty(*answers) as server:
        with pytest.raises(errors.PgyerError) as raised:
            await read_feed(f"{server.base}/feed.json")
        assert len(server.requests) == 1
    return raised.value


async def test_one_get_that_carries_the_programs_name_and_nothing_that_tells_more() -> None:
    async with faulty(whole(BODY, headers="Set-Cookie: a=b\r\n")) as server:
        for _ in range(2):
            assert await read_feed(f"{server.base}/feed.json") == BODY
    for request, head in zip(server.requests, server.heads, strict=True):
        assert request.endswith(b"\r\n\r\n")
        first, *lines = head.split("\r\n")
        assert first == "get /feed.json http/1.1"
        names = {line.partition(":")[0] for line in lines}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert "user-agent: pgyer-desktop/" in head


async def test_a_packed_answer_is_unpacked() -> None:
    async with faulty(whole(gzip.compress(BODY), headers="Content-Encoding: gzip\r\n")) as server:
        assert await read_feed(server.base) == BODY


async def test_a_web_page_is_handed_on_for_the_reader_to_refuse() -> None:
    async with faulty(whole(b"<html>", headers="Content-Type: text/html\r\n")) as server:
        assert await read_feed(server.base) == b"<html>"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "403 Forbidden"])
async def test_any_status_but_200_is_an_error_whatever_the_body_is(status: str) -> None:
    error = await failed(whole(b"" if status.startswith("204") else b"a" * 3 * FEED_BYTES, status=status))
    assert isinstance(error, errors.HttpStatusError)
    assert error.status == int(status[:3])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with faulty(whole(BODY)) as elsewhere:
        error = await failed(whole(b"", status=f"{status} Go", headers=f"Location: {elsewhere.base}/\r\n"))
        assert elsewhere.requests == []
    assert type(error) is errors.RedirectedError


async def test_the_largest_answer_is_read_and_one_byte_more_is_not() -> None:
    async with faulty(whole(b"a" * FEED_BYTES)) as server:
        assert len(await read_feed(server.base)) == FEED_BYTES
    assert type(await failed(whole(b"a" * (FEED_BYTES + 1)))) is errors.ReplyTooLargeError


async def test_a_small_packed_answer_that_holds_much_is_given_up() -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    assert len(bomb) < FEED_BYTES
    error = await failed(whole(bomb, headers="Content-Encoding: gzip\r\n"))
    assert type(error) is errors.ReplyTooLargeError


async def test_an_endless_answer_is_given_up() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"1000\r\n" + b"a" * 0x1000 + b"\r\n")
            await writer.drain()

    assert type(await failed(endless)) is errors.ReplyTooLargeError


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"220 at your service\r\n",
    ],
)
async def test_an_answer_that_is_cut_off_or_garbage_is_a_lost_connection(data: bytes) -> None:
    assert type(await failed(raw(data))) is errors.ConnectionLostError


async def test_a_packed_answer_that_is_cut_off_is_a_lost_connection() -> None:
    error = await failed(whole(gzip.compress(BODY)[:-6], headers="Content-Encoding: gzip\r\n"))
    assert type(error) is errors.ConnectionLostError


def test_it_waits_ten_seconds_at_most() -> None:
    assert feed.FEED_SECONDS == 10.0


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
async def test_a_host_that_stops_answering_is_given_up(begin: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "FEED_SECONDS", 0.3)
    began = time.monotonic()
    assert type(await failed(raw(begin, then="hang"))) is errors.TimeoutReachedError
    assert time.monotonic() - began < 3


async def test_a_host_that_drips_bytes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    monkeypatch.setattr(feed, "FEED_SECONDS", 0.3)
    assert type(await failed(drip)) is errors.TimeoutReachedError


async def test_nobody_listens() -> None:
    with pytest.raises(errors.ConnectionRefusedByHostError):
        await read_feed(f"http://127.0.0.1:{free_port()}/feed.json")


@pytest.mark.parametrize(
    "address", ["http://downloads.acme.test/feed", "ftp://127.0.0.1/feed", "https://a:b@acme.test/", "feed", ""]
)
async def test_an_address_that_is_not_safe_is_refused_before_anything_is_sent(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("something was sent")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(errors.AddressError):
        await read_feed(address)


async def test_giving_up_leaves_nothing_open() -> None:
    async with faulty(raw(b"", then="hang")) as server:
        task = asyncio.create_task(read_feed(server.base))
        await until(lambda: bool(server.requests))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
