"""The faults of the table: what goes wrong with a request or its reply, and what that means. No test in here."""

from __future__ import annotations

import copy
import gzip
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tests.helpers.gate import ICON, Exchange, Play, Road

LISTS: Final = frozenset({"listMy", "builds"})
READS: Final = LISTS | {"view", "check"}
WRITES: Final = frozenset({"setNewestVersion", "cancelNewestVersion", "buildDelete"})
API: Final = READS | WRITES
EVERYTHING: Final = API | {ICON}

SUCCESS: Final = b'{"code":0,"message":"Done, or so it says"}'

DOCUMENTED_CODES: Final = (
    1001, 1002, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1018, 1022, 1049, 1054, 1055, 1081, 1098, 1216, 1246, 1247,
    1249,
)  # fmt: skip
"""Source: the service's list of codes; 1098 (too many requests within the hour) is its sister service's."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table.

    - `play`: what is done with the request where it arrives at all.
    - `road`: where it is sent.
    - `on`: which operations it makes sense for.
    - `harmless`: the reads that can make sense of the reply all the same.
    - `arrives`: whether the service can have done what it was asked; a write is tried both ways then.
    - `early`: it strikes before the request has been read to its end.
    - `says_success`: what a write is told.
    - `refusal`: the service itself says no, so a write is believed not to have been made unless a read shows it; a
      delete, which cannot be undone, only where a read shows that.
    """

    name: str
    play: Play
    road: Road = Road.USUAL
    on: frozenset[str] = EVERYTHING
    harmless: frozenset[str] = frozenset()
    arrives: bool = True
    early: bool = False
    says_success: bool = False
    refusal: bool = False

    def __str__(self) -> str:
        return self.name


def faults_of(operation: str) -> tuple[Fault, ...]:
    """The rows that make sense for an operation."""
    return tuple(fault for fault in FAULTS if operation in fault.on)


# Ways to answer.


async def _nothing(_exchange: Exchange) -> None:
    raise AssertionError("a request arrived that cannot arrive")


def _body(body: bytes, *, status: str = "200 OK", content_type: str = "application/json", headers: str = "") -> Play:
    async def play(exchange: Exchange) -> None:
        await exchange.reply(body, status=status, content_type=content_type, headers=headers)

    return play


def _page(status: str, headers: str = "") -> Play:
    text = f"<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
    return _body(text.encode(), status=status, content_type="text/html", headers=headers)


def _json(reply: object) -> Play:
    return _body(json.dumps(reply).encode())


def _cut(data: bytes, *, reset: bool = False) -> Play:
    """Exactly these bytes, and then the end."""

    async def play(exchange: Exchange) -> None:
        await exchange.raw(data)
        exchange.reset() if reset else exchange.close()

    return play


def _hang(data: bytes) -> Play:
    """Exactly these bytes, and then nothing for ever."""

    async def play(exchange: Exchange) -> None:
        await exchange.raw(data)
        await exchange.hang()

    return play


async def _reset(exchange: Exchange) -> None:
    exchange.reset()


async def _flood(exchange: Exchange) -> None:
    """50 MB that are announced as such."""
    chunk = b" " * 65536
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n")
    for _ in range(52_428_800 // len(chunk)):
        if exchange.writer.is_closing():
            return
        await exchange.raw(chunk)


async def _endless_chunks(exchange: Exchange) -> None:
    """As much as anybody takes, without saying how much it will be."""
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(800):
        if exchange.writer.is_closing():
            return
        await exchange.raw(b"10000\r\n" + b" " * 65536 + b"\r\n")


@cache
def _bomb() -> bytes:
    return gzip.compress(b"\0" * 200_000_000, compresslevel=1)


async def _gzip_bomb(exchange: Exchange) -> None:
    await exchange.reply(_bomb(), headers="Content-Encoding: gzip\r\n")


async def _half_of_the_usual(exchange: Exchange) -> None:
    """The healthy reply, cut in the middle, with a length that agrees with what is left."""
    text = json.dumps(exchange.healthy()).encode()
    await exchange.reply(text[: len(text) // 2])


# Ways to spoil a healthy reply.


def _spoilt(spoil: Callable[[Any], Any]) -> Play:
    """The healthy reply's `data`, changed."""

    async def play(exchange: Exchange) -> None:
        reply = copy.deepcopy(exchange.healthy())
        if reply["code"] == 0:
            reply["data"] = spoil(reply["data"])
        await exchange.reply(json.dumps(reply).encode())

    return play


async def _no_data(exchange: Exchange) -> None:
    reply = exchange.healthy()
    await exchange.reply(json.dumps({name: value for name, value in reply.items() if name != "data"}).encode())


def _rows(data: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data.get("list", [data])
    return rows


def _in_rows(spoil: Callable[[str, Any], Any], *, keys_too: bool = False) -> Play:
    """Each field of each row, changed by name and value; what names the build or app stays unless `keys_too`."""

    def spoil_rows(data: Any) -> Any:
        for row in _rows(data):
            for name in tuple(row):
                if keys_too or name not in {"buildKey", "appKey"}:
                    row[name] = spoil(name, row[name])
        return data

    return _spoilt(spoil_rows)


def _only_keys(data: Any) -> Any:
    for row in _rows(data):
        for name in tuple(row):
            if name not in {"buildKey", "appKey"}:
                del row[name]
    return data


def _wrong_type(name: str, value: Any) -> Any:
    del name
    return {"list": [value]} if isinstance(value, str) else [[value]]


def _absurd(name: str, value: Any) -> Any:
    """Numbers that nothing can be. What is latest stays as it is, so that a wrong one shows."""
    if name == "buildIsLastest":
        return value
    if isinstance(value, str) and not value.isdecimal():
        return value
    return ("9" * 400, 10**40, -1, "-7", 1.5, "1e400", True)[len(name) % 7]


def _nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def _pages(count: Any) -> Play:
    return _spoilt(lambda data: {**data, "pageCount": count, "total": count})


async def _shifted(exchange: Exchange) -> None:
    """An upload came between any two pages: each begins with the last row of the one before, and loses its own."""
    reply = copy.deepcopy(exchange.healthy())
    number = int(exchange.fields.get("page", "1"))
    if number > 1 and reply["data"]["list"]:
        before = exchange.healthy(page=str(number - 1))["data"]["list"]
        reply["data"]["list"] = [*before[-1:], *reply["data"]["list"][:-1]]
    await exchange.reply(json.dumps(reply).encode())


# Pictures that are none.


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def _picture(name: str, body: bytes, content_type: str = "image/png") -> Fault:
    return Fault(name, _body(body, content_type=content_type), on=frozenset({ICON}))


def _statuses() -> Iterable[Fault]:
    for status in ("301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"):
        yield Fault(status, _page(status, "Location: /elsewhere\r\n"))
    for status in ("400 Bad", "401 Who", "403 No", "404 Not Found", "407 Proxy", "413 Too Large", "451 Law"):
        yield Fault(status, _page(status))
    yield Fault("429 with Retry-After", _page("429 Too Many Requests", "Retry-After: 3600\r\n"))
    for status in ("500 Oops", "501 What", "502 Bad Gateway", "503 Busy", "504 Time-out"):
        yield Fault(status, _page(status))
    # A gateway that answers in the API's own manner is still a gateway.
    yield Fault("500 with a success in it", _body(SUCCESS, status="500 Oops"))
    yield Fault("204", _cut(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"))


def _codes() -> Iterable[Fault]:
    for code in DOCUMENTED_CODES:
        reply = {"code": code, "message": "words of the service"}
        name = "rate limit, 1098" if code == 1098 else f"code {code}"
        yield Fault(name, _json(reply), on=API, refusal=True)
    yield Fault("an unknown code", _json({"code": 4242, "message": "never heard"}), on=API, refusal=True)
    yield Fault("a code without words", _json({"code": 4243}), on=API, refusal=True)
    yield Fault("a negative code", _json({"code": -1, "message": "system error"}), on=API, refusal=True)
    yield Fault("a refusal with its code as text", _json({"code": "1081", "message": "no"}), on=API, refusal=True)
    yield Fault(
        "a refusal with markup", _json({"code": 4244, "message": "<b>no</b>\u202e\x07 way"}), on=API, refusal=True
    )


def _envelopes() -> Iterable[Fault]:
    wrong: Mapping[str, bytes] = {
        "a wrong envelope": b'{"result":"ok","status":200}',
        "a list for an envelope": b'[{"code":0}]',
        "null": b"null",
        "a text for an envelope": b'"0"',
        "an empty object": b"{}",
        "code null": b'{"code":null,"message":"","data":{}}',
        "code true": b'{"code":true}',
        "code of words": b'{"code":"zero"}',
        "code half": b'{"code":0.5}',
        "code a list": b'{"code":[0]}',
        "code beyond numbers": b'{"code":1e999}',
        "code of 400 digits": b'{"code":' + b"9" * 400 + b"}",
        "code of 5,000 digits": b'{"code":' + b"9" * 5000 + b"}",
    }
    for name, body in wrong.items():
        yield Fault(name, _body(body), on=API)
    yield Fault("code as text", _string_code, on=API, harmless=READS, says_success=True)


async def _string_code(exchange: Exchange) -> None:
    # A write carries out nothing here: whether it does is the table's other dimension.
    reply = exchange.healthy() if exchange.operation in READS else json.loads(SUCCESS)
    await exchange.reply(json.dumps({**reply, "code": "0"}).encode())


def _data() -> Iterable[Fault]:
    yield Fault("no data", _no_data, on=READS)
    wrong: Mapping[str, Any] = {"data null": None, "data an empty object": {}, "data text": "text", "data true": True}
    for name, data in wrong.items():
        yield Fault(name, _json({"code": 0, "message": "", "data": data}), on=READS)
    # As PHP writes an object without fields: it tells of no rows, so it empties no table.
    yield Fault("data an empty list", _json({"code": 0, "message": "", "data": []}), on=READS)
    yield Fault(
        "rows counted and not sent",
        _spoilt(lambda data: {**data, "list": [], "pageCount": "2", "total": "2"}),
        on=LISTS,
    )
    yield Fault("data as a list of itself", _spoilt(lambda data: [data]), on=READS)
    yield Fault("the list null", _spoilt(lambda data: {**data, "list": None}), on=LISTS)
    yield Fault("the list a text", _spoilt(lambda data: {**data, "list": "[]"}), on=LISTS)
    yield Fault("rows alone, without pages", _spoilt(lambda data: data["list"]), on=LISTS, harmless=LISTS)
    yield Fault("rows that are null", _spoilt(lambda data: {**data, "list": [None] * 20}), on=LISTS)
    yield Fault("keys alone", _spoilt(_only_keys), on=READS, harmless=READS)
    yield Fault("fields null", _in_rows(lambda _name, _value: None), on=READS, harmless=READS)
    yield Fault("fields null, keys too", _in_rows(lambda _name, _value: None, keys_too=True), on=READS)
    yield Fault("fields of wrong types", _in_rows(_wrong_type), on=READS, harmless=READS)
    yield Fault("fields of wrong types, keys too", _in_rows(_wrong_type, keys_too=True), on=READS)
    yield Fault("absurd numbers", _in_rows(_absurd), on=READS, harmless=READS)
    yield Fault("another build", _spoilt(lambda data: {**data, "buildKey": "another1"}), on=frozenset({"view"}))
    for count in (0, -5, 1, 10**15, "many", None, [3]):
        yield Fault(f"a page count of {count}", _pages(count), on=LISTS, harmless=LISTS)
    yield Fault("a list that shifts from page to page", _shifted, on=LISTS, harmless=LISTS)


FAULTS: Final[tuple[Fault, ...]] = (
    Fault("refused", _nothing, Road.REFUSED, arrives=False),
    Fault("no such host", _nothing, Road.NO_SUCH_HOST, arrives=False),
    Fault("no TLS", _nothing, Road.NO_TLS, arrives=False),
    Fault("self-signed", _nothing, Road.SELF_SIGNED, arrives=False),
    Fault("timeout at connect", _nothing, Road.SILENT, arrives=False),
    Fault("timeout at the first byte", _hang(b""), Road.IMPATIENT),
    Fault("timeout in the head", _hang(b"HTTP/1.1 200 OK\r\nContent-"), Road.IMPATIENT),
    Fault("timeout in the body", _hang(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"code":0'), Road.IMPATIENT),
    Fault("reset before the request", _nothing, Road.RESET, arrives=False),
    Fault("reset during the request", _reset, arrives=False, early=True),
    Fault("reset after the request", _reset),
    Fault("reset in the reply", _cut(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"code":0,', reset=True)),
    Fault("closed without a reply", _cut(b"")),
    Fault("truncated", _cut(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"code":0,"message":""}')),
    Fault("truncated chunks", _cut(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"cod\r\n')),
    Fault("a truncated text", _half_of_the_usual, on=READS),
    Fault("a truncated success", _body(SUCCESS[:-3]), on=WRITES),
    Fault("no HTTP", _cut(b"220 at your service\r\n\r\n")),
    Fault("a head of garbage", _cut(b"HTTP/1.1 200 OK\r\n\x00\xff\xfe: \x01\r\n\r\n")),
    *_statuses(),
    Fault("HTML with 200", _page("200 OK")),
    Fault("HTML that calls itself JSON", _body(b"<html><body>Sign in</body></html>")),
    Fault("empty", _body(b"")),
    Fault("garbage", _body(bytes(range(256)) * 8)),
    Fault("a gzip bomb", _gzip_bomb),
    Fault("a damaged gzip", _body(gzip.compress(SUCCESS)[:-9], headers="Content-Encoding: gzip\r\n")),
    # Both are read as they are: a success without data, and without having been one.
    Fault("gzip that is none", _body(SUCCESS, headers="Content-Encoding: gzip\r\n"), says_success=True),
    Fault("packed in an unknown way", _body(SUCCESS, headers="Content-Encoding: br\r\n"), says_success=True),
    Fault("50 MB", _flood),
    Fault("50 MB in chunks", _endless_chunks),
    Fault("deep nesting", _body(_nested(100_000)), on=API),
    Fault("deep nesting in a success", _body(b'{"code":0,"data":' + _nested(100_000) + b"}"), on=API),
    *_envelopes(),
    *_data(),
    *_codes(),
    # A success that is no more than a word: for writes, where the service has not done it.
    Fault("a success", _body(SUCCESS), on=WRITES, says_success=True),
    Fault("a success with a list for data", _body(b'{"code":0,"data":[]}'), on=WRITES, says_success=True),
    Fault("a refusal as an icon", _json({"code": 1002, "message": "no"}), on=frozenset({ICON})),
    _picture("an SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "image/svg+xml"),
    _picture("half a picture", _png(120, 120, b"\0" * 43320)[:60]),
    _picture("a picture of 60,000 x 60,000", _png(60_000, 60_000, b"\0" * 1000)),
    _picture("a picture of 1,100 x 1", _png(1_100, 1, b"\0" * 3301)),
    _picture("a picture without a size", _png(0, 0, b"")),
    _picture("the first bytes of a picture", b"\x89PNG\r\n\x1a\n"),
    _picture("a picture that calls itself HTML", b"\xff\xd8\xffnot really", "text/html"),
)
