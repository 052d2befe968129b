"""Carries forms and icons over HTTP. The only importer of httpx, so it is loaded when first needed, in a thread.

Never follows a redirect (the form would be lost), never retries, never logs a form. Every exception of the HTTP library
ends here as one of `errors`.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import truststore

from pgyer_desktop import __version__
from pgyer_desktop.api import errors
from pgyer_desktop.api.addresses import is_loopback
from pgyer_desktop.api.client import Reply
from pgyer_desktop.api.errors import Delivery
from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.api.proxies import proxy_for, shown

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, MutableMapping
    from types import ModuleType

    AsgiApp = Callable[
        [
            MutableMapping[str, Any],
            Callable[[], Awaitable[MutableMapping[str, Any]]],
            Callable[[MutableMapping[str, Any]], Awaitable[None]],
        ],
        Awaitable[None],
    ]

# Where another program of the same environment has brought rich, httpx loads it for a command line of its own: that
# doubled the time and the memory it takes. It goes without where that module cannot be had.
sys.modules.setdefault("httpx._main", cast("ModuleType", None))
import httpx  # noqa: E402
import socksio  # noqa: E402

# httpx leaves this to the first request, which would hold the loop for it.
with suppress(ImportError):
    import_module("anyio._backends._asyncio")

# httpx logs every URL at INFO. Ours carry no key, but a log of everything a person looks at is not wanted either.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
TOTAL_SECONDS = 60.0
"""Between two bytes `READ_SECONDS` may pass; a host that drips bytes for ever is given up after this."""

MAX_REPLY_BYTES = 8 * 1024 * 1024
MAX_ICON_BYTES = 1024 * 1024

_API_AT_ONCE = 6
_ICONS_AT_ONCE = 6
_PROXY_SECONDS: Final = 2.0
"""For so long a look at the proxy settings counts: whoever switches a VPN on and says "Retry" is heard."""
_AGENT = f"pgyer-desktop/{__version__}"


def system_tls() -> ssl.SSLContext:
    """A TLS context that trusts what the operating system trusts, as the browser on the same machine does."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class ApiTransport:
    """Posts forms to one base address.

    `app` answers the requests in this process instead of the network (the demo). Close with `aclose()`.
    """

    def __init__(self, base: str, *, app: AsgiApp | None = None) -> None:
        self._base = base
        self._host = urlsplit(base).hostname or base
        self._clients = _Clients(app)
        self._slots = asyncio.Semaphore(_API_AT_ONCE)

    @property
    def host(self) -> str:
        """The host that answers, for messages."""
        return self._host

    async def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """Send `form` once and read the whole reply, at most `MAX_REPLY_BYTES` unpacked.

        Raises `errors.TransportError` or `errors.ReplyTooLargeError`.
        """
        async with (
            self._slots,
            _deadline(self._host),
            self._clients.streamed("POST", self._base + path, form=form) as response,
        ):
            body = await _read(response, limit=MAX_REPLY_BYTES, host=self._host)
            return Reply(response.status_code, response.headers.get("content-type", ""), body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._clients.aclose()


class IconTransport:
    """Fetches icons. It has never seen a key and keeps no cookies. Close with `aclose()`."""

    def __init__(self, *, app: AsgiApp | None = None) -> None:
        self._clients = _Clients(app)
        self._slots = asyncio.Semaphore(_ICONS_AT_ONCE)

    async def get(self, url: str) -> Reply:
        """Read `url`, at most `MAX_ICON_BYTES`.

        Raises `TransportError`, `ReplyTooLargeError` or, unless the status is 200, `errors.HttpStatusError`.
        """
        host = urlsplit(url).hostname or url
        async with self._slots, _deadline(host), self._clients.streamed("GET", url) as response:
            if response.status_code != 200:
                raise errors.HttpStatusError(host, response.status_code)
            body = await _read(response, limit=MAX_ICON_BYTES, host=host)
            return Reply(response.status_code, response.headers.get("content-type", ""), body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._clients.aclose()


async def get_once(url: str, *, limit: int, seconds: float) -> bytes:
    """Read `url` over a connection of its own: at most `limit` bytes, unpacked, within `seconds`. Knows no key.

    Raises `TransportError`, `ReplyTooLargeError`, `errors.RedirectedError` or, unless the status is 200,
    `errors.HttpStatusError`.
    """
    host = urlsplit(url).hostname or url
    async with aclosing(_Clients()) as clients, _deadline(host, seconds), clients.streamed("GET", url) as response:
        status = response.status_code
        if 300 <= status < 400:
            raise errors.RedirectedError(host, status)
        if status != 200:
            raise errors.HttpStatusError(host, status)
        return await _read(response, limit=limit, host=host)


class _Clients:
    """The clients of one purpose: one for each proxy that stood between, made in a thread when it is first needed.

    `app` answers in this process instead.
    """

    def __init__(self, app: AsgiApp | None = None) -> None:
        self._app = app
        self._timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=TOTAL_SECONDS)
        self._made: dict[str | None, httpx.AsyncClient] = {}
        self._making = asyncio.Lock()
        self._looked: dict[str, tuple[float, str | None]] = {}
        """For each host when its proxy was looked up, and what was found."""

    @asynccontextmanager
    async def streamed(
        self, method: str, url: str, *, form: Mapping[str, str] | None = None
    ) -> AsyncIterator[httpx.Response]:
        """The response to a request that is sent once, its body not read yet. Raises `errors.TransportError`."""
        proxy = await self._proxy_for(url)
        client = await self._client(proxy)
        with _translated(urlsplit(url).hostname or url, proxy):
            async with client.stream(method, url, data=dict(form) if form is not None else None) as response:
                yield response

    async def aclose(self) -> None:
        """Close the connections."""
        async with self._making:
            for client in self._made.values():
                await client.aclose()

    async def _proxy_for(self, url: str) -> str | None:
        parts = urlsplit(url)
        if self._app is not None or is_loopback(parts.hostname or ""):
            return None
        place = f"{parts.scheme}://{parts.netloc}"
        looked = self._looked.get(place)
        if looked is None or time.monotonic() - looked[0] > _PROXY_SECONDS:
            looked = time.monotonic(), await asyncio.to_thread(proxy_for, url)
            self._looked[place] = looked
        return looked[1]

    async def _client(self, proxy: str | None) -> httpx.AsyncClient:
        async with self._making:
            if proxy not in self._made:
                self._made[proxy] = await asyncio.to_thread(_new_client, proxy, self._app, self._timeout)
            return self._made[proxy]


def _new_client(proxy: str | None, app: AsgiApp | None, timeout: httpx.Timeout) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=6, keepalive_expiry=20.0)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=True) if app is not None else None,
        verify=system_tls(),
        proxy=_proxy(proxy) if proxy is not None else None,
        follow_redirects=False,
        trust_env=False,
        timeout=timeout,
        limits=limits,
        headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip"},
        # From nobody: nothing here needs one, and one would tie icons to an account.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )


def _proxy(address: str) -> httpx.Proxy:
    return httpx.Proxy(address, ssl_context=system_tls() if address.startswith("https:") else None)


@asynccontextmanager
async def _deadline(host: str, seconds: float | None = None) -> AsyncIterator[None]:
    seconds = TOTAL_SECONDS if seconds is None else seconds
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as exc:
        raise errors.TimeoutReachedError(host, f"no whole reply within {seconds:.0f} s") from exc


@contextmanager
def _translated(host: str, proxy: str | None) -> Iterator[None]:
    """Turn the HTTP library's exceptions into ours, and say whether the request can have arrived."""
    try:
        yield
    except httpx.ConnectTimeout as exc:
        raise errors.TimeoutReachedError(host, "no connection in time", delivery=Delivery.NOT_SENT) from exc
    except httpx.PoolTimeout as exc:
        raise errors.TimeoutReachedError(host, "too many requests at once", delivery=Delivery.NOT_SENT) from exc
    except httpx.TimeoutException as exc:
        raise errors.TimeoutReachedError(host, "no answer in time") from exc
    except httpx.ConnectError as exc:
        raise _connect_error(host, proxy, exc) from exc
    except httpx.ProxyError as exc:
        raise _proxy_error(host, proxy, str(exc)) from exc
    except (socksio.SOCKSError, AssertionError) as exc:
        # The library asserts what a SOCKS proxy has to answer, before anything is sent through it.
        if proxy is None:
            raise
        raise _proxy_error(host, proxy, "its answer could not be understood") from exc
    except httpx.UnsupportedProtocol as exc:
        raise errors.AddressError(host, "not an http address") from exc
    except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, ssl.SSLError) as exc:
        raise errors.ConnectionLostError(host, type(exc).__name__) from exc


def _proxy_error(host: str, proxy: str | None, detail: str) -> errors.ProxyError:
    """`detail` may be the proxy's own words."""
    return errors.ProxyError(host, escape_invisible(detail)[:80], proxy=shown(proxy or ""))


def _connect_error(host: str, proxy: str | None, exc: BaseException) -> errors.TransportError:
    """What kept a connection from being made; looks through the chain of causes, as the library keeps it."""
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "handshake failed"
            return errors.TlsError(host, str(reason), delivery=Delivery.NOT_SENT)
        if proxy is None and isinstance(cause, socket.gaierror):
            return errors.HostNotFoundError(host, delivery=Delivery.NOT_SENT)
        cause = cause.__cause__ or cause.__context__
    if proxy is not None:
        return _proxy_error(host, proxy, "")
    return errors.ConnectionRefusedByHostError(host, delivery=Delivery.NOT_SENT)


async def _read(response: httpx.Response, *, limit: int, host: str) -> bytes:
    """The body, unpacked, refusing more than `limit` bytes before they exist (a small gzip can hold gigabytes)."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    inflate = zlib.decompressobj(47) if encoding in {"gzip", "deflate", "x-gzip"} else None
    if inflate is None and encoding not in {"identity", ""}:
        raise errors.NotJsonError(host, response.status_code, f"packed as {encoding[:20]}")
    body = bytearray()
    chunks = cast("AsyncGenerator[bytes]", response.aiter_raw())
    try:
        async for chunk in chunks:
            try:
                body += inflate.decompress(chunk, limit + 1 - len(body)) if inflate is not None else chunk
            except zlib.error as exc:
                raise errors.ConnectionLostError(host, "the packed reply is damaged") from exc
            if len(body) > limit:
                raise errors.ReplyTooLargeError(host, response.status_code, f"more than {limit} bytes")
    finally:
        # In this order, and not left to the interpreter: qasync has no hooks for generators that are given up, and the
        # library's, of a response still open, would be closed where they cannot wait.
        await response.aclose()
        await chunks.aclose()
    if inflate is not None and not inflate.eof:
        raise errors.ConnectionLostError(host, "the packed reply is cut off")
    return bytes(body)
