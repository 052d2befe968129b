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
from collections.abc import AsyncIterator
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


@pytest.mark.parametrize("name", ["br", "zstd", "gzip, gzip", "x" * 300])
async def test_a_body_packed_in_a_way_that_was_not_asked_for_is_refused(name: str) -> None:
    error, _server = await answered(whole(b"????", headers=f"Content-Encoding: {name}\r\n"))
    assert type(error) is errors.NotJsonError


@pytest.mark.parametrize("damaged", [gzip.compress(b'{"code":0}' * 9)[:-9], b"no gzip at all"])
async def test_a_damaged_packed_body_is_not_taken_for_whole(damaged: bytes) -> None:
    error, _server = await answered(whole(damaged, headers="Content-Encoding: gzip\r\n"))
    assert type(error) is errors.ConnectionLostError


async def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    assert len(bomb) < 2_000_000
    error, _server = await answered(whole(bomb, headers="Content-Encoding: gzip\r\n"))
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
