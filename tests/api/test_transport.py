"""What goes over the wire, and what comes of every way in which that fails; over real sockets."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from pgyer_desktop.api import errors, transport
from pgyer_desktop.api.client import Client
from pgyer_desktop.api.errors import Delivery
from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.api.transport import ApiTransport, IconTransport
from pgyer_desktop.sandbox import DEMO_KEY
from tests.helpers.faulty_server import Answer, FaultyServer, faulty, free_port, raw, whole
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve
from tests.project.checkout import ROOT

FORM = {"_api_key": "made-up-key", "appKey": "app1"}


@asynccontextmanager
async def api(base: str) -> AsyncIterator[ApiTransport]:
    client = ApiTransport(base)
    try:
        yield client
    finally:
        await client.aclose()


async def failed(base: str) -> errors.PgyerError:
    """The error of one request."""
    async with api(base) as client:
        with pytest.raises(errors.PgyerError) as raised:
            await client.post("/app/builds", FORM)
        return raised.value


async def answered(*answers: Answer) -> tuple[errors.PgyerError, FaultyServer]:
    """The error that comes of the answer of a real server, and the server."""
    async with faulty(*answers) as server:
        return await failed(server.base), server


# What is sent.


async def test_a_form_is_posted_once_as_a_form_with_our_name_and_no_cookie() -> None:
    async with faulty(whole(b"{}", headers="Set-Cookie: session=1; Path=/\r\n")) as server, api(server.base) as client:
        reply = await client.post("/app/builds", FORM)
        assert (reply.status, reply.body) == (200, b"{}")
        await client.post("/app/builds", FORM)
        assert len(server.requests) == 2
        for head in server.heads:
            assert head.startswith("post /app/builds http/1.1")
            assert "content-type: application/x-www-form-urlencoded" in head
            assert "user-agent: pgyer-desktop/" in head
            assert "cookie" not in head
            assert "made-up-key" not in head
        assert server.requests[0].endswith(b"\r\n\r\n_api_key=made-up-key&appKey=app1")


async def test_an_icon_is_fetched_without_key_form_and_cookie() -> None:
    async with faulty(whole(b"picture", headers="Set-Cookie: a=b\r\n")) as server:
        icons = IconTransport()
        for _ in range(2):
            assert (await icons.get(f"{server.base}/a/b/icon?x=1")).body == b"picture"
        await icons.aclose()
    for request, head in zip(server.requests, server.heads, strict=True):
        assert head.startswith("get /a/b/icon?x=1 ")
        assert "cookie" not in head
        assert "authorization" not in head
        assert request.endswith(b"\r\n\r\n")


# Nothing was sent.


async def test_nobody_listens() -> None:
    error = await failed(f"http://127.0.0.1:{free_port()}")
    assert type(error) is errors.ConnectionRefusedByHostError
    assert error.delivery is Delivery.NOT_SENT


async def test_a_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    # The resolver of a network without a way out may take its time; what it would say is this.
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    error = await failed("https://no-such-host.invalid")
    assert type(error) is errors.HostNotFoundError
    assert error.delivery is Delivery.NOT_SENT
    assert error.host == "no-such-host.invalid"


async def test_a_server_that_speaks_no_tls() -> None:
    async def speak_plainly(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 at your service\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speak_plainly, "127.0.0.1", 0)
    async with server:
        error = await failed(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert type(error) is errors.TlsError
    assert error.delivery is Delivery.NOT_SENT


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate that nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl command here to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_certificate_that_nobody_vouches_for(self_signed: ssl.SSLContext) -> None:
    async with faulty(whole(), tls=self_signed) as server:
        error = await failed(server.base)
        assert server.requests == []
    assert type(error) is errors.TlsError
    assert error.delivery is Delivery.NOT_SENT


async def test_a_connection_that_takes_too_long_to_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "CONNECT_SECONDS", 0.2)
    # A listener whose queue is full answers no further attempt.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        try:
            error = await failed(f"http://127.0.0.1:{address[1]}")
        finally:
            for filler in fillers:
                filler.close()
    assert type(error) is errors.TimeoutReachedError
    assert error.delivery is Delivery.NOT_SENT


# It may have arrived.


@pytest.mark.parametrize(
    "sent",
    [b"", b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"co'],
    ids=["before the first byte", "in the middle of the body"],
)
async def test_an_answer_that_takes_too_long(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 0.2)
    error, server = await answered(raw(sent, then="hang"))
    assert type(error) is errors.TimeoutReachedError
    assert error.delivery is Delivery.UNKNOWN
    assert len(server.requests) == 1


async def test_a_host_that_drips_bytes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 0.3)

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    error, server = await answered(drip)
    assert type(error) is errors.TimeoutReachedError
    assert error.delivery is Delivery.UNKNOWN
    assert len(server.requests) == 1


@pytest.mark.parametrize("then", ["close", "reset"])
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200",
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"code":0',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"cod\r\n',
        b"this is not http\r\n\r\n",
    ],
    ids=["nothing", "half a status", "half a body", "half the chunks", "no http"],
)
async def test_a_connection_that_breaks(sent: bytes, then: str) -> None:
    error, server = await answered(raw(sent, then=then))
    assert type(error) is errors.ConnectionLostError
    assert error.delivery is Delivery.UNKNOWN
    assert len(server.requests) == 1, "sent again"


async def test_a_redirect_is_not_followed() -> None:
    async with faulty(whole()) as elsewhere:
        moved = whole(b"", status="302 Found", headers=f"Location: {elsewhere.base}/x\r\n")
        async with faulty(moved) as server, api(server.base) as client:
            reply = await client.post("/app/builds", FORM)
            assert reply.status == 302
            with pytest.raises(errors.RedirectedError):
                await Client(client, ApiKey("made-up-key")).list_builds("app1")
        assert elsewhere.requests == []


@pytest.mark.parametrize("status", ["404 Not Found", "429 Too Many Requests", "500 Oops", "503 Busy"])
async def test_a_status_of_a_gateway(status: str) -> None:
    async with faulty(whole(b"<html>", status=status)) as server, api(server.base) as client:
        with pytest.raises(errors.HttpStatusError) as raised:
            await Client(client, ApiKey("made-up-key")).delete_build("b1")
        assert raised.value.delivery is Delivery.UNKNOWN
        assert len(server.requests) == 1


async def test_an_icon_that_is_not_there_is_an_error_whatever_its_body() -> None:
    async with faulty(whole(b"picture", status="404 Not Found")) as server:
        icons = IconTransport()
        with pytest.raises(errors.HttpStatusError):
            await icons.get(f"{server.base}/icon")
        await icons.aclose()


# Bodies.


@pytest.mark.parametrize(
    ("name", "packed"),
    [("gzip", gzip.compress(b'{"code":0}')), ("deflate", zlib.compress(b'{"code":0}')), ("identity", b'{"code":0}')],
)
async def test_a_packed_body_is_unpacked(name: str, packed: bytes) -> None:
    async with faulty(whole(packed, headers=f"Content-Encoding: {name}\r\n")) as server, api(server.base) as client:
        assert (await client.post("/x", FORM)).body == b'{"code":0}'


@pytest.mark.parametrize(
    "name", ["UTF-8", "utf8", "none", "binary", "br", "zstd", "identity, identity", "", " ", "x" * 300, "gzip;q=1"]
)
async def test_a_body_whose_head_names_no_packing_of_ours_is_read_as_it_is(name: str) -> None:
    async with faulty(whole(headers=f"Content-Encoding: {name}\r\n")) as server, api(server.base) as client:
        assert (await client.post("/x", FORM)).body == b'{"code":0}'


@pytest.mark.parametrize("name", ["gzip", "GZIP", "x-gzip", "deflate", "gzip, gzip", "UTF-8, gzip"])
@pytest.mark.parametrize("body", [b"", b"{", b"{}", b'{"code":0}', b"Hj[", b"80", b"H\xc1", b"x"])
async def test_what_is_plain_is_read_so_whatever_packing_was_announced(name: str, body: bytes) -> None:
    async with faulty(whole(body, headers=f"Content-Encoding: {name}\r\n")) as server, api(server.base) as client:
        assert (await client.post("/x", FORM)).body == body


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(gzip.compress(b'{"code":0}')), gzip.compress(b'{"code"') + gzip.compress(b":0}")],
    ids=["twice", "in two parts"],
)
async def test_a_body_is_unpacked_as_often_as_it_was_packed(packed: bytes) -> None:
    async with (
        faulty(whole(packed, headers="Content-Encoding: gzip, gzip\r\n")) as server,
        api(server.base) as client,
    ):
        assert (await client.post("/x", FORM)).body == b'{"code":0}'


@pytest.mark.parametrize("status", ["302 Found", "502 Bad Gateway", "503 Busy", "429 Too Many Requests", "407 Sign in"])
@pytest.mark.parametrize(
    "sent",
    [b"", b"\x1f", b"plain", gzip.compress(b"damaged")[:-9], gzip.compress(b"\0" * 9_000_000)],
    ids=["empty", "one byte", "plain", "damaged", "too large"],
)
async def test_a_gateway_is_told_by_its_status_whatever_its_body_is(status: str, sent: bytes) -> None:
    answer = whole(sent, status=status, headers="Content-Encoding: gzip\r\n")
    async with faulty(answer) as server, api(server.base) as client:
        with pytest.raises((errors.HttpStatusError, errors.RedirectedError)) as raised:
            await Client(client, ApiKey("made-up-key")).list_builds("app1")
        assert raised.value.status == int(status[:3])


@pytest.mark.parametrize(
    "packed", [gzip.compress(b'{"code":0}' * 9)[:-9], gzip.compress(b"x" * 99)[:12] + b"\xff" * 30]
)
async def test_a_damaged_packed_body_is_not_taken_for_whole(packed: bytes) -> None:
    error, _server = await answered(whole(packed, headers="Content-Encoding: gzip\r\n"))
    assert type(error) is errors.ConnectionLostError


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ('{"code":0,"message":"成功"}'.encode("gbk"), ""),
        (b'<br />\n<b>Warning</b>:  oops in <b>/x.php</b> on line <b>7</b><br />\n{"code":0}', "text/html"),
        (b'\nWarning: oops in /x.php on line 7\n{"code":0}', "text/html; charset=UTF-8"),
        (b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', "application/xml"),
        (b"", "text/html"),
        (b"maintenance", "text/html"),
        (b'{"code":0,"data":{"notes":"<html><body>', "application/json"),
        (b'callback({"code":0})', "text/javascript"),
    ],
    ids=["GBK", "PHP's HTML", "PHP's text", "XML", "nothing", "a word", "half a reply", "a script"],
)
async def test_what_is_no_web_page_is_not_called_one(body: bytes, headers: str) -> None:
    async with (
        faulty(whole(body, headers=f"Content-Type: {headers}\r\n" if headers else "")) as server,
        api(server.base) as client,
    ):
        with pytest.raises(errors.NotJsonError) as raised:
            await Client(client, ApiKey("made-up-key")).list_builds("app1")
        assert type(raised.value) is errors.NotJsonError


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html><title>Sign in</title>",
        '<?xml version="1.0" encoding="gbk"?>\n<!-- 登录 -->\n<html>登录'.encode("gbk"),
        "\ufeff<HTML>".encode("utf-16-le"),
        b"<script>top.self.location.href='http://192.0.2.1/'</script>",
        b"<p>Please sign in</p>",
    ],
)
async def test_a_web_page_is_called_one(body: bytes) -> None:
    async with (
        faulty(whole(body, headers="Content-Type: text/html\r\n")) as server,
        api(server.base) as client,
    ):
        with pytest.raises(errors.WebPageError):
            await Client(client, ApiKey("made-up-key")).list_builds("app1")


async def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    assert len(bomb) < 2_000_000
    error, _server = await answered(whole(bomb, headers="Content-Encoding: gzip\r\n"))
    assert type(error) is errors.ReplyTooLargeError


async def test_what_follows_a_packed_body_is_not_read_for_ever() -> None:
    error, _server = await answered(
        whole(gzip.compress(b"{}") + b"x" * (transport.MAX_REPLY_BYTES + 1), headers="Content-Encoding: gzip\r\n")
    )
    assert type(error) is errors.ReplyTooLargeError


async def test_a_bomb_within_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 200_000_000, compresslevel=1), compresslevel=9)
    error, _server = await answered(whole(bomb, headers="Content-Encoding: gzip, gzip\r\n"))
    assert type(error) is errors.ReplyTooLargeError


async def test_a_body_without_end_is_refused_at_the_limit() -> None:
    sent = 0

    async def flood(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while sent < 50_000_000 and not writer.is_closing():
            writer.write(b"x" * 65536)
            sent += 65536
            await writer.drain()
        writer.close()

    error, _server = await answered(flood)
    assert type(error) is errors.ReplyTooLargeError
    assert sent < 30_000_000, "read to its end"


async def test_an_icon_may_be_smaller_only() -> None:
    async with faulty(whole(b"x" * (transport.MAX_ICON_BYTES + 1))) as server:
        icons = IconTransport()
        with pytest.raises(errors.ReplyTooLargeError):
            await icons.get(f"{server.base}/icon")
        await icons.aclose()


# A connection whose reply was not what was announced.

FORGED = b'HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{"code":0,"data":"!"}'


def chunked(body: bytes, behind: bytes) -> Answer:
    """A reply in one chunk, and what stands behind it."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return raw(head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) + behind, then="stay")


def longer(body: bytes, behind: bytes) -> Answer:
    """A reply that is longer than it says."""
    return raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body + behind, then="stay")


@pytest.mark.parametrize("behind", [b"\n", b"}", b"x" * 100_000, FORGED, FORGED[:20], b"HTTP/1.1 100 Continue\r\n\r\n"])
@pytest.mark.parametrize("kind", [longer, chunked])
async def test_what_stands_behind_a_reply_is_no_answer_to_the_next_request(
    kind: Callable[[bytes, bytes], Answer], behind: bytes
) -> None:
    answers = kind(b'{"code":0}', behind), whole(b'{"code":0,"data":"true"}')
    async with faulty(*answers) as server, api(server.base) as client:
        assert (await client.post("/read", FORM)).body == b'{"code":0}'
        assert (await client.post("/write", FORM)).body == b'{"code":0,"data":"true"}'
        assert [head.split()[1] for head in server.heads] == ["/read", "/write"]
        assert server.connections == 2


async def test_a_reply_without_a_body_that_has_one_spoils_nothing_either() -> None:
    answers = raw(b"HTTP/1.1 204 No Content\r\n\r\n" + FORGED, then="stay"), whole(b"true")
    async with faulty(*answers) as server, api(server.base) as client:
        assert (await client.post("/x", FORM)).body == b""
        assert (await client.post("/x", FORM)).body == b"true"
        assert server.connections == 2


@pytest.mark.parametrize("pause", [0.0, 0.2])
async def test_what_comes_later_or_in_a_record_of_its_own_spoils_nothing(
    self_signed: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pause: float
) -> None:
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    monkeypatch.setattr(transport, "system_tls", lambda: trusting)

    async def in_two(writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"code":0}')
        if pause:
            await writer.drain()
            await asyncio.sleep(pause / 2)
        writer.write(FORGED)
        await writer.drain()

    async with faulty(in_two, whole(b"true"), tls=self_signed) as server, api(server.base) as client:
        assert (await client.post("/x", FORM)).body == b'{"code":0}'
        await asyncio.sleep(pause)
        assert (await client.post("/x", FORM)).body == b"true"
        assert server.connections == 2


async def test_a_reply_as_it_was_announced_keeps_its_connection(
    self_signed: ssl.SSLContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    monkeypatch.setattr(transport, "system_tls", lambda: trusting)
    for tls in (None, self_signed):
        async with faulty(whole(), tls=tls) as server, api(server.base) as client:
            for _ in range(3):
                await client.post("/x", FORM)
            assert (len(server.requests), server.connections) == (3, 1)


# The whole way.


async def test_all_seven_operations_against_the_look_alike() -> None:
    service = SandboxService()
    async with serve(SandboxApp(service)) as server, api(server.api_url) as carrier:
        client = Client(carrier, ApiKey(DEMO_KEY))
        apps = (await client.list_apps()).apps
        assert apps
        key = service.app_key("harbour")
        page = await client.list_builds(key)
        assert len(page.builds) == 20
        target, doomed = page.builds[0], page.builds[5]
        assert (await client.view_build(key, target.build_key)).version == target.version
        await client.set_latest(target.build_key)
        assert (await client.check_update(key)).build_key == target.build_key
        await client.clear_latest(target.build_key)
        await client.delete_build(doomed.build_key)
        with pytest.raises(errors.NotFoundError):
            await client.view_build(key, doomed.build_key)


async def test_no_error_carries_the_key_or_the_form() -> None:
    error, _server = await answered(raw(b""))
    chain: BaseException | None = error
    while chain is not None:
        assert "made-up-key" not in f"{chain!r} {chain}"
        chain = chain.__cause__ or chain.__context__


# What it costs the loop.


async def test_the_first_request_loads_nothing_on_the_loop() -> None:
    """What httpx leaves for later is loaded in a thread, as `transport` itself is."""
    program = """
import asyncio, sys, threading
from pgyer_desktop.api.transport import ApiTransport

class Watch:
    loaded = []

    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            self.loaded.append(name)

async def main():
    client = ApiTransport(sys.argv[1])
    await asyncio.to_thread(int)  # the loop's own part of having threads
    sys.meta_path.insert(0, Watch())
    reply = await client.post("/app/listMy", {})
    print(reply.status, Watch.loaded)
    await client.aclose()

asyncio.run(main())
"""
    async with serve(SandboxApp(SandboxService())) as server:
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program, server.api_url],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.split(maxsplit=1) == ["200", "[]\n"]
