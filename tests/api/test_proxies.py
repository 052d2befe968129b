"""Requests through the proxies that a computer's settings name: real ones, broken ones, and settings that change."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager, suppress

import httpx
import pytest

from pgyer_desktop.api import errors, transport
from pgyer_desktop.api.errors import Delivery
from pgyer_desktop.api.proxies import proxy_for, shown
from pgyer_desktop.api.transport import ApiTransport, IconTransport, get_once
from tests.helpers.faulty_server import faulty, free_port, raw, whole

FAR = "http://pgyer.invalid/apiv2"
"""An address that no name server knows: whatever answers got the request from a proxy."""
FORM = {"_api_key": "made-up-key"}
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SOCKS_PROXY", "NO_PROXY")

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    """A server that talks as it is told; its port."""
    writers: list[asyncio.StreamWriter] = []

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await server.wait_closed()
        await asyncio.sleep(0)


def socks_to(port: int, asked: list[bytes], *, password: bytes = b"") -> Talk:
    """SOCKS 5 (RFC 1928, 1929) that leads everybody to one port, and notes for which hosts and users it was asked."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version, count = await reader.readexactly(2)
        assert version == 5
        methods = await reader.readexactly(count)
        wanted = 2 if password else 0
        assert wanted in methods
        writer.write(bytes((5, wanted)))
        if password:
            await reader.readexactly(1)
            user, given = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in range(2)]
            asked.append(user)
            writer.write(bytes((1, 0 if given == password else 1)))
        _version, command, _zero, kind = await reader.readexactly(4)
        assert (command, kind) == (1, 3)  # connect, to a name
        asked.append(await reader.readexactly((await reader.readexactly(1))[0]))
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        there, back = await asyncio.open_connection("127.0.0.1", port)
        back.write(await reader.readuntil(b"made-up-key"))
        writer.write(await there.readuntil(b"through"))
        await writer.drain()
        back.close()

    return talk


def saying(data: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(data)
        await writer.drain()

    return talk


async def posted(base: str = FAR) -> bytes:
    """The body of the reply to one request."""
    client = ApiTransport(base)
    try:
        return (await client.post("/app/builds", FORM)).body
    finally:
        await client.aclose()


async def failed(base: str = FAR) -> errors.ProxyError:
    """The error of one request, for which the proxy is to blame."""
    with pytest.raises(errors.ProxyError) as raised:
        await posted(base)
    assert raised.value.delivery is Delivery.NOT_SENT
    assert raised.value.host == "pgyer.invalid"
    return raised.value


# httpcore leaves the connection to a SOCKS proxy open that it could not come to terms with, until the proxy closes it.
not_closed_by_httpcore = pytest.mark.filterwarnings(
    "ignore:.*unclosed", "ignore::pytest.PytestUnraisableExceptionWarning"
)


# Through a proxy.


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_a_request_goes_through_the_proxy_that_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async with faulty(whole(b"through")) as proxy:
        monkeypatch.setenv(name, f"127.0.0.1:{proxy.port}" if name == "HTTP_PROXY" else proxy.base)
        assert await posted() == b"through"
        assert proxy.heads[0].startswith("post http://pgyer.invalid/apiv2/app/builds ")
        icons = IconTransport()
        assert (await icons.get("http://pgyer.invalid/icon")).body == b"through"
        await icons.aclose()
        assert await get_once("http://pgyer.invalid/feed", limit=100, seconds=10) == b"through"
    assert len(proxy.requests) == 3


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "SOCKS5", "socks"])
async def test_a_socks_proxy_is_asked_for_the_host_by_its_name(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    asked: list[bytes] = []
    async with faulty(whole(b"through")) as server, listening(socks_to(server.port, asked)) as port:
        monkeypatch.setenv("all_proxy", f"{scheme}://127.0.0.1:{port}/")
        assert await posted() == b"through"
    assert asked == [b"pgyer.invalid"]
    assert server.heads[0].startswith("post /apiv2/app/builds ")


@not_closed_by_httpcore
async def test_a_socks_proxy_gets_the_user_name_and_password_of_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    async with faulty(whole(b"through")) as server, listening(socks_to(server.port, asked, password=b"pw")) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://somebody:pw@127.0.0.1:{port}")
        assert await posted() == b"through"
        monkeypatch.setenv("ALL_PROXY", f"socks5://somebody:wrong@127.0.0.1:{port}")
        error = await failed()
    assert asked[:2] == [b"somebody", b"pgyer.invalid"]
    assert error.proxy == f"socks5://127.0.0.1:{port}"
    assert "wrong" not in f"{error} {error.detail} {error.proxy}"


async def test_no_proxy_for_this_machine_nor_for_a_host_that_is_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with faulty(whole()) as proxy, faulty(whole(b"direct")) as server:
        monkeypatch.setenv("ALL_PROXY", proxy.base)
        assert await posted(server.base) == b"direct"
        monkeypatch.setenv("NO_PROXY", "example.com,.invalid")
        client = ApiTransport(FAR)
        with pytest.raises(errors.HostNotFoundError):
            await client.post("/x", FORM)
        await client.aclose()
        assert proxy.requests == []


async def test_settings_that_change_count_without_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_PROXY_SECONDS", 0.0)
    async with faulty(whole(b"first")) as first, faulty(whole(b"second")) as second:
        client = ApiTransport(FAR)
        monkeypatch.setenv("HTTP_PROXY", "socks4://127.0.0.1:1")
        with pytest.raises(errors.ProxySettingError):
            await client.post("/x", FORM)
        for proxy, body in ((first, b"first"), (second, b"second"), (first, b"first")):
            monkeypatch.setenv("HTTP_PROXY", proxy.base)
            assert (await client.post("/x", FORM)).body == body
        await client.aclose()


# A proxy that does not do it.


async def test_a_proxy_that_nobody_runs_is_named() -> None:
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        for scheme in ("http", "socks5"):
            patch.setenv("ALL_PROXY", f"{scheme}://somebody:secret@127.0.0.1:{port}")
            error = await failed()
            assert error.proxy == f"{scheme}://127.0.0.1:{port}"
            assert "secret" not in f"{error} {error.detail}"
        patch.setenv("ALL_PROXY", "http://proxy.invalid:8080")
        assert (await failed()).proxy == "http://proxy.invalid:8080"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("407 Proxy \x1b[31mAuthentication Required", errors.ProxySignInError),
        ("407", errors.ProxySignInError),
        ("401 Unauthorized", errors.ProxySignInError),
        ("403 Forbidden", errors.ProxyRefusedError),
        ("405 Method Not Allowed", errors.ProxyRefusedError),
        ("451 Unavailable", errors.ProxyRefusedError),
        ("502 Bad Gateway", errors.ProxyError),
        ("302 Found", errors.ProxyError),
    ],
)
async def test_a_proxy_that_does_not_connect_us_says_why(
    monkeypatch: pytest.MonkeyPatch, status: str, kind: type[errors.ProxyError]
) -> None:
    refusal = f"HTTP/1.1 {status}\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n".encode()
    async with faulty(raw(refusal)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.base.replace("//", "//somebody:secret@"))
        error = await failed("https://pgyer.invalid/apiv2")
    assert type(error) is kind
    assert error.proxy == proxy.base
    assert error.detail.startswith(status[:3])
    assert "\x1b" not in error.detail
    assert len(proxy.requests) == 1
    assert proxy.heads[0].startswith("connect pgyer.invalid:443 ")
    assert b"made-up-key" not in b"".join(proxy.requests)


@not_closed_by_httpcore
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x05\x02", errors.ProxySignInError),
        (b"\x05\xff", errors.ProxySignInError),
        (b"\x05\x00\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00", errors.ProxyRefusedError),
        (b"\x05\x00\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00", errors.ProxyError),
    ],
    ids=["wants a user name", "takes no method", "a rule", "no such host"],
)
async def test_a_socks_proxy_that_does_not_connect_us_says_why(
    monkeypatch: pytest.MonkeyPatch, data: bytes, kind: type[errors.ProxyError]
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(data[:2])
        if data[2:]:
            await reader.read(300)
            writer.write(data[2:])
        await writer.drain()

    async with listening(talk) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        assert type(await failed()) is kind


@not_closed_by_httpcore
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x05",
        b"\x05\xff",
        b"\x05\x02",
        b"\x04\x5a",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x05\x00\x05\x05\x00\x01",
    ],
    ids=["nothing", "half", "no method", "another method", "SOCKS 4", "a web server", "refused"],
)
async def test_a_socks_proxy_that_answers_anything_else_is_named(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    async with listening(saying(data)) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        assert (await failed()).proxy == f"socks5://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("socks4://127.0.0.1:1080", "socks4://127.0.0.1:1080"),
        ("socks4a://somebody:secret@127.0.0.1:1080", "socks4a://127.0.0.1:1080"),
        ("ftp://somebody:secret@host:1", "ftp://host:1"),
        ("quic://host:1", "quic://host:1"),
        ("http://host:port", "http://host:port"),
        ("http://host:99999", "http://host:99999"),
        ("http://host:0", "http://host:0"),
        ("http://[::1", "http://[::1"),
        ("http://", "http://"),
        ("://host:1", "://host:1"),
        (":8080", ":8080"),
        ("//host:1", "host:1"),
        ("socks5:/host:1", "socks5:"),
        ("http://user:12/secret@host:1", "http://host:1"),
        ("user:12/secret@host:1", "host:1"),
        ("http://user:12?secret@host:1", "http://host:1"),
        ('"http://127.0.0.1:7890"', '"http://127.0.0.1:7890"'),
        ("http=127.0.0.1:80;https=127.0.0.1:81", "http=127.0.0.1:80;https=127.0.0.1:81"),
        ("http://\u202egnp.exe:1", "http://⟨U+202E⟩gnp.exe:1"),
        ("http://user:p://secret@host:1", "http://host:1"),
        ("http://user:pa/secret@host:1", "http://host:1"),
        ("http://user:pa#secret@host:x", "http://host:x"),
        ("http://user:secret%40host:x", "http://host:x"),
        ("http://user:secret\uff20host:1", "http://host:1"),
        ("user:secret@host:x", "host:x"),
        ("ftp://host:1\r\nNo: such", "ftp://host:1 No: such"),
        ("ftp://host:1/path?password=secret", "ftp://host:1"),
        (f"socks5://{'u' * 256}:secret@host:1", "socks5://host:1"),
        (f"socks5://user:{'secret' * 43}@host:1", "socks5://host:1"),
        ("ftp://" + "h" * 5000, "ftp://" + "h" * 194),
    ],
)
async def test_a_setting_that_is_of_no_use_is_told_by_its_name_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, setting: str, told: str
) -> None:
    async with faulty(whole(b"direct")) as server:
        monkeypatch.setattr("pgyer_desktop.api.transport.is_loopback", lambda _host: False)
        monkeypatch.setattr("pgyer_desktop.api.proxies.is_loopback", lambda _host: False)
        for name in ("all_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, setting)
            client = ApiTransport(server.base)
            with pytest.raises(errors.ProxySettingError) as raised:
                await client.post("/x", FORM)
            await client.aclose()
            assert raised.value.proxy == told
            # Windows knows the names of variables in capitals only.
            assert raised.value.setting == (name.upper() if os.name == "nt" else name)
            assert raised.value.delivery is Delivery.NOT_SENT
            assert "secret" not in f"{raised.value!r} {vars(raised.value)} {raised.value.__cause__!r}"
        assert server.connections == 0


async def mute(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()  # until the other side gives up


async def hanging_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


@not_closed_by_httpcore
async def test_a_proxy_that_says_nothing_is_no_service_that_did_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 0.2)
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 0.6)
    for talk in (mute, hanging_up):
        async with listening(talk) as port:
            monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
            error = await failed("https://pgyer.invalid/apiv2")
            assert error.proxy == f"http://127.0.0.1:{port}"


@not_closed_by_httpcore
@pytest.mark.parametrize("greeting", [b"", b"\x05", b"\x05\x00"])
async def test_a_socks_proxy_that_falls_silent_is_no_service_that_did_not_answer(
    monkeypatch: pytest.MonkeyPatch, greeting: bytes
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting[:1])
        await asyncio.sleep(0.05)
        writer.write(greeting[1:])
        await mute(reader, writer)

    monkeypatch.setattr(transport, "TOTAL_SECONDS", 0.3)
    async with listening(talk) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        assert str(port) in (await failed("https://pgyer.invalid/apiv2")).proxy


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves connections beyond the backlog waiting")
@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_cannot_be_connected_to_in_time_is_no_service_that_did_not_answer(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setattr(transport, "CONNECT_SECONDS", 0.2)
    with ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{full.getsockname()[1]}")
        assert str(full.getsockname()[1]) in (await failed("https://pgyer.invalid/apiv2")).proxy


async def test_a_proxy_that_speaks_no_tls_is_told_to_be_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        monkeypatch.setenv("ALL_PROXY", f"https://127.0.0.1:{port}")
        assert (await failed("https://pgyer.invalid/apiv2")).proxy == f"https://127.0.0.1:{port}"


async def test_a_service_behind_a_proxy_that_speaks_no_tls_is_no_fault_of_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await reader.read(3)
        writer.write(b"plain text\r\n")
        await writer.drain()

    async with listening(talk) as port:
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
        with pytest.raises(errors.TlsError) as raised:
            await posted("https://pgyer.invalid/apiv2")
    assert raised.value.delivery is Delivery.NOT_SENT


@pytest.mark.parametrize(
    "host", ["ho st", "a..b", "xn--", "x" * 64 + ".example", "-", "*", "none", "%zz", "\u4ee3\u7406.invalid"]
)
@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_a_proxy_of_which_there_can_be_none_is_named_and_not_passed_by(
    monkeypatch: pytest.MonkeyPatch, scheme: str, host: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://somebody:secret@{host}:1")
    error = await failed()
    assert error.proxy == f"{scheme}://{host}:1"


@pytest.mark.parametrize("value", ["", " ", "\t"])
async def test_a_setting_that_is_blank_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    async with faulty(whole(b"through")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", value)
        monkeypatch.setenv("ALL_PROXY", proxy.base)
        assert await posted() == b"through"


async def test_icons_and_the_feed_go_by_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://127.0.0.1:1")
    icons = IconTransport()
    with pytest.raises(errors.ProxySettingError):
        await icons.get("http://pgyer.invalid/icon")
    await icons.aclose()
    with pytest.raises(errors.ProxySettingError):
        await get_once("http://pgyer.invalid/feed", limit=100, seconds=10)


async def test_whatever_the_librarys_constructor_raises_stays_within_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (ImportError, ValueError, httpx.InvalidURL, UnicodeEncodeError, OSError, RuntimeError, KeyError):

        def refuse(*_args: object, error: type[Exception] = error, **_kwargs: object) -> None:
            raise error("utf-8", "", 0, 1, "") if error is UnicodeEncodeError else error("secret")

        with monkeypatch.context() as patch:
            patch.setattr(httpx, "AsyncClient", refuse)
            client = ApiTransport(FAR)
            with pytest.raises(errors.TlsError):
                await client.post("/x", FORM)
            patch.setenv("ALL_PROXY", "http://somebody:secret@host:1")
            with pytest.raises(errors.ProxySettingError) as raised:
                await get_once(FAR, limit=100, seconds=10)
            assert (raised.value.setting, raised.value.proxy) == ("ALL_PROXY", "http://host:1")
            await client.aclose()


# What the settings except.


@pytest.mark.parametrize(
    "unreadable",
    [
        "[",
        "[::1",
        "::1/x",
        "http://[",
        "*.[",
        "10.0.0.0/99",
        "(",
        "\\",
        "%zz",
        "xn--",
        "a" * 300,
        "\udcff",
        "//",
        "@:99999",
    ],
)
async def test_an_entry_that_cannot_be_read_is_passed_over_and_no_other(
    monkeypatch: pytest.MonkeyPatch, unreadable: str
) -> None:
    async with faulty(whole(b"through")) as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.base)
        monkeypatch.setenv("NO_PROXY", f"{unreadable}, , other.invalid")
        assert await posted() == b"through"
        monkeypatch.setenv("NO_PROXY", f"{unreadable},pgyer.invalid")
        with pytest.raises(errors.HostNotFoundError):
            await posted()
    assert len(proxy.requests) == 1


async def test_a_list_of_exceptions_that_cannot_be_read_at_all_excepts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows its entries are patterns, and one may be none."""

    def unreadable(_host: str) -> bool:
        raise re.error("unterminated character set")

    monkeypatch.setattr("pgyer_desktop.api.proxies.proxy_bypass", unreadable)
    async with faulty(whole(b"through")) as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.base)
        assert await posted() == b"through"


# What the settings say.


def test_the_settings_of_the_system_count_where_the_environment_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows keeps them: socks alone stands for SOCKS 4 there."""
    monkeypatch.setattr(
        "pgyer_desktop.api.proxies.getproxies", lambda: {"https": "http://127.0.0.1:7890", "http": "socks4://host:1"}
    )
    assert proxy_for("https://pgyer.invalid/x") == "http://127.0.0.1:7890"
    assert proxy_for("https://127.0.0.1/x") is None
    with pytest.raises(errors.ProxySettingError):
        proxy_for("http://pgyer.invalid/x")


@pytest.mark.parametrize(
    ("settings", "used"),
    [
        ({"socks": "http://127.0.0.1:1080"}, "socks5://127.0.0.1:1080"),
        ({"socks": "127.0.0.1:1080"}, "socks5://127.0.0.1:1080"),
        ({"socks": "socks5h://127.0.0.1:1080"}, "socks5h://127.0.0.1:1080"),
        ({"socks": "http://127.0.0.1:1080", "https": "http://127.0.0.1:7890"}, "http://127.0.0.1:7890"),
    ],
)
def test_a_socks_proxy_alone_as_macos_keeps_it_is_not_passed_by(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], used: str
) -> None:
    monkeypatch.setattr("pgyer_desktop.api.proxies.getproxies", lambda: settings)
    assert proxy_for("https://pgyer.invalid/x") == used


def test_the_systems_settings_have_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pgyer_desktop.api.proxies.getproxies", lambda: {"https": "socks4://host:1"})
    with pytest.raises(errors.ProxySettingError) as raised:
        proxy_for("https://pgyer.invalid/x")
    assert raised.value.setting == ""


def test_the_standard_library_is_asked_for_the_settings() -> None:
    """Its two functions are what knows the registry and the System Configuration framework."""
    assert proxy_for.__globals__["getproxies"] is urllib.request.getproxies
    assert proxy_for.__globals__["proxy_bypass"] is urllib.request.proxy_bypass


def test_user_name_and_password_are_not_shown() -> None:
    assert shown("socks5://a:b@host:1/") == "socks5://host:1"
    assert shown("http://a:p@ss@host") == "http://host"
    assert shown("host:1") == "host:1"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_this_machine_is_never_asked_through_a_proxy(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid:3128")
    assert proxy_for(f"http://{host}:8000/apiv2") is None
    assert proxy_for(FAR) is not None
