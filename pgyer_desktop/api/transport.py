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
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import truststore

from pgyer_desktop import __version__
from pgyer_desktop.api import errors
from pgyer_desktop.api.addresses import is_loopback
from pgyer_desktop.api.client import Reply
from pgyer_desktop.api.errors import Delivery

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
        self._client = _new_client(self._host, app)
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
            _streamed(self._client, "POST", self._base + path, host=self._host, form=form) as response,
        ):
            body = await _read(response, limit=MAX_REPLY_BYTES, host=self._host)
            return Reply(response.status_code, response.headers.get("content-type", ""), body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class IconTransport:
    """Fetches icons. It has never seen a key and keeps no cookies. Close with `aclose()`."""

    def __init__(self, base: str, *, app: AsgiApp | None = None) -> None:
        self._client = _new_client(urlsplit(base).hostname or "", app)
        self._slots = asyncio.Semaphore(_ICONS_AT_ONCE)

    async def get(self, url: str) -> Reply:
        """Read `url`, at most `MAX_ICON_BYTES`.

        Raises `TransportError`, `ReplyTooLargeError` or, unless the status is 200, `errors.HttpStatusError`.
        """
        host = urlsplit(url).hostname or url
        async with self._slots, _deadline(host), _streamed(self._client, "GET", url, host=host) as response:
            if response.status_code != 200:
                raise errors.HttpStatusError(host, response.status_code)
            body = await _read(response, limit=MAX_ICON_BYTES, host=host)
            return Reply(response.status_code, response.headers.get("content-type", ""), body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


async def get_once(url: str, *, limit: int, seconds: float) -> bytes:
    """Read `url` over a connection of its own: at most `limit` bytes, unpacked, within `seconds`. Knows no key.

    Raises `TransportError`, `ReplyTooLargeError`, `errors.RedirectedError` or, unless the status is 200,
    `errors.HttpStatusError`.
    """
    host = urlsplit(url).hostname or url
    async with (
        _new_client(host, None) as client,
        _deadline(host, seconds),
        _streamed(client, "GET", url, host=host) as response,
    ):
        status = response.status_code
        if 300 <= status < 400:
            raise errors.RedirectedError(host, status)
        if status != 200:
            raise errors.HttpStatusError(host, status)
        return await _read(response, limit=limit, host=host)


class _NoCookies(httpx.Cookies):
    """Forgets every cookie: nothing here needs one, and one would tie icons to an account."""

    def extract_cookies(self, response: httpx.Response) -> None:
        del response


def _new_client(host: str, app: AsgiApp | None) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=6, keepalive_expiry=20.0)
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=True) if app is not None else None,
        verify=system_tls(),
        follow_redirects=False,
        # A company's proxy settings count, but never between us and this same machine.
        trust_env=app is None and not is_loopback(host),
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=TOTAL_SECONDS),
        limits=limits,
        headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip"},
    )
    client._cookies = _NoCookies()  # noqa: SLF001 - the public setter copies into a plain jar
    return client


@asynccontextmanager
async def _deadline(host: str, seconds: float | None = None) -> AsyncIterator[None]:
    seconds = TOTAL_SECONDS if seconds is None else seconds
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as exc:
        raise errors.TimeoutReachedError(host, f"no whole reply within {seconds:.0f} s") from exc


@asynccontextmanager
async def _streamed(
    client: httpx.AsyncClient, method: str, url: str, *, host: str, form: Mapping[str, str] | None = None
) -> AsyncIterator[httpx.Response]:
    with _translated(host):
        async with client.stream(method, url, data=dict(form) if form is not None else None) as response:
            yield response


@contextmanager
def _translated(host: str) -> Iterator[None]:
    """Turn the HTTP library's exceptions into ours, and say whether the request can have arrived."""
    try:
        yield
    except httpx.ConnectTimeout as exc:
        raise errors.TimeoutReachedError(host, "no connection in time", delivery=Delivery.NOT_SENT) from exc
    except httpx.PoolTimeout as exc:
        raise errors.TimeoutReachedError(host, "too many requests at once", delivery=Delivery.NOT_SENT) from exc
    except httpx.TimeoutException as exc:
        raise errors.TimeoutReachedError(host, "no answer in time") from exc
    except (httpx.ConnectError, httpx.ProxyError) as exc:
        raise _connect_error(host, exc) from exc
    except httpx.UnsupportedProtocol as exc:
        raise errors.AddressError(host, "not an http address") from exc
    except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, ssl.SSLError) as exc:
        raise errors.ConnectionLostError(host, type(exc).__name__) from exc


def _connect_error(host: str, exc: BaseException) -> errors.TransportError:
    """What kept a connection from being made; looks through the chain of causes, as the library keeps it."""
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "handshake failed"
            return errors.TlsError(host, str(reason), delivery=Delivery.NOT_SENT)
        if isinstance(cause, socket.gaierror):
            return errors.HostNotFoundError(host, delivery=Delivery.NOT_SENT)
        cause = cause.__cause__ or cause.__context__
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
