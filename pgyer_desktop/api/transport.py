"""Carries forms and icons over HTTP. The only importer of httpx, so it is loaded when first needed, in a thread.

Never follows a redirect (the form would be lost), never retries, never logs a form. Every exception of the HTTP library
ends here as one of `errors`.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import ssl
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import truststore

from pgyer_desktop import __version__
from pgyer_desktop.api import errors
from pgyer_desktop.api.addresses import is_loopback
from pgyer_desktop.api.bodies import Body, BodyTooLargeError, DamagedBodyError
from pgyer_desktop.api.client import WRITES, Reply
from pgyer_desktop.api.errors import Delivery
from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.api.proxies import of_no_use, proxy_for, shown
from pgyer_desktop.api.waking import WakeWatch

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

# The library would load its SOCKS part in any case; few have such a proxy, and `_new_client` loads it for them.
_without_socks = "socksio" not in sys.modules
if _without_socks:
    sys.modules["socksio"] = cast("ModuleType", None)
import httpcore  # noqa: E402

if _without_socks:
    del sys.modules["socksio"]

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
_KEPT_OPEN = 6
_PROXY_SECONDS: Final = 2.0
"""For so long a look at the proxy settings counts: whoever switches a VPN on and says "Retry" is heard."""
_AGENT = f"pgyer-desktop/{__version__}"


def system_tls() -> ssl.SSLContext:
    """A TLS context that trusts what the operating system trusts, as the browser on the same machine does."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class ApiTransport:
    """Posts forms to one base address.

    `app` answers the requests in this process instead of the network (the demo). `watch` tells when the machine has
    slept: no connection from before that is used again. Close with `aclose()`.
    """

    def __init__(self, base: str, *, app: AsgiApp | None = None, watch: WakeWatch | None = None) -> None:
        self._base = base
        self._host = urlsplit(base).hostname or base
        self._clients = _Clients(app, watch)
        # What is sent once must not suffer from a connection that died while it was kept, nor from what a reply before
        # has left on it.
        self._apart = _Clients(app, most_kept=0)
        self._slots = asyncio.Semaphore(_API_AT_ONCE)

    @property
    def host(self) -> str:
        """The host that answers, for messages."""
        return self._host

    async def post(self, path: str, form: Mapping[str, str]) -> Reply:
        """Send `form` once and read the whole reply, at most `MAX_REPLY_BYTES`, packed or unpacked.

        A status other than 2xx says it all: the body is left out then. Raises `errors.TransportError` or
        `errors.ReplyTooLargeError`.
        """
        clients = self._apart if path in WRITES else self._clients
        async with (
            self._slots,
            _deadline(self._host) as way,
            clients.streamed("POST", self._base + path, way, form=form) as response,
        ):
            whole = 200 <= response.status_code < 300
            body = await _read(response, limit=MAX_REPLY_BYTES, host=self._host) if whole else b""
            return Reply(response.status_code, response.headers.get("content-type", ""), body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._clients.aclose()
        await self._apart.aclose()


class IconTransport:
    """Fetches icons. It has never seen a key and keeps no cookies. Close with `aclose()`."""

    def __init__(self, *, app: AsgiApp | None = None, watch: WakeWatch | None = None) -> None:
        self._clients = _Clients(app, watch)
        self._slots = asyncio.Semaphore(_ICONS_AT_ONCE)

    async def get(self, url: str) -> Reply:
        """Read `url`, at most `MAX_ICON_BYTES`.

        Raises `TransportError`, `ReplyTooLargeError` or, unless the status is 200, `errors.HttpStatusError`.
        """
        host = urlsplit(url).hostname or url
        async with self._slots, _deadline(host) as way, self._clients.streamed("GET", url, way) as response:
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
    async with (
        aclosing(_Clients()) as clients,
        _deadline(host, seconds) as way,
        clients.streamed("GET", url, way) as response,
    ):
        status = response.status_code
        if 300 <= status < 400:
            raise errors.RedirectedError(host, status)
        if status != 200:
            raise errors.HttpStatusError(host, status)
        return await _read(response, limit=limit, host=host)


@dataclass(slots=True)
class _Kept:
    """A client, with the connections that it keeps open."""

    client: httpx.AsyncClient
    users: int = 0
    """Requests under way on it."""
    given_up: bool = False
    """None is to be made on it any more; it is closed when the last one is over."""


class _Clients:
    """The clients of one purpose: one for each proxy that stood between, made in a thread when it is first needed.

    A client is given up where a connection of it died, and all of them when the machine has slept: what else they kept
    open is likely to be dead as well, and each would have to be waited for. `app` answers in this process instead.
    `most_kept` is how many connections a client keeps open.
    """

    def __init__(
        self, app: AsgiApp | None = None, watch: WakeWatch | None = None, *, most_kept: int = _KEPT_OPEN
    ) -> None:
        self._app = app
        self._most_kept = most_kept
        self._watch = watch or WakeWatch()
        self._timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=TOTAL_SECONDS)
        self._made: dict[str | None, _Kept] = {}
        self._given_up: list[_Kept] = []
        self._making = asyncio.Lock()
        self._looked: dict[str, tuple[float, str | None]] = {}
        """For each host when its proxy was looked up, and what was found."""

    @asynccontextmanager
    async def streamed(
        self, method: str, url: str, way: _Way, *, form: Mapping[str, str] | None = None
    ) -> AsyncIterator[httpx.Response]:
        """The response to a request that is sent once, its body not read yet. Raises `errors.TransportError`."""
        host = urlsplit(url).hostname or url
        if self._watch.woke():
            self._give_up(*self._made)
            self._looked.clear()
        if self._app is not None:
            way.delivery = Delivery.UNKNOWN  # nobody tells how far it has come
        proxy = way.proxy = await self._proxy_for(url)
        kept = await self._client(url, proxy)
        kept.users += 1
        try:
            with _translated(host, proxy, way):
                async with kept.client.stream(
                    method, url, data=dict(form) if form is not None else None, extensions={"trace": way.note}
                ) as response:
                    yield response
        except errors.TransportError as exc:
            if exc.delivery is Delivery.UNKNOWN and self._made.get(proxy) is kept:
                self._give_up(proxy)
            raise
        finally:
            kept.users -= 1
            await self._close_unused()

    async def aclose(self) -> None:
        """Close the connections."""
        async with self._making:
            for kept in (*self._made.values(), *self._given_up):
                await kept.client.aclose()

    def _give_up(self, *proxies: str | None) -> None:
        for proxy in proxies:
            kept = self._made.pop(proxy)
            kept.given_up = True
            self._given_up.append(kept)

    async def _close_unused(self) -> None:
        for kept in [kept for kept in self._given_up if not kept.users]:
            self._given_up.remove(kept)
            await kept.client.aclose()

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

    async def _client(self, url: str, proxy: str | None) -> _Kept:
        async with self._making:
            if proxy not in self._made:
                client = await asyncio.to_thread(_new_client, url, proxy, self._app, self._timeout, self._most_kept)
                self._made[proxy] = _Kept(client)
            return self._made[proxy]


def _new_client(
    url: str, proxy: str | None, app: AsgiApp | None, timeout: httpx.Timeout, most_kept: int
) -> httpx.AsyncClient:
    """A client for `url`. Raises `errors.TransportError`; the library's constructors raise all kinds of things."""
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=most_kept, keepalive_expiry=20.0)
    try:
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
    except Exception as exc:
        if proxy is not None and not isinstance(exc, ssl.SSLError):
            raise of_no_use(url) from None  # their words may hold the password
        raise errors.TlsError(urlsplit(url).hostname or url, delivery=Delivery.NOT_SENT) from exc


def _proxy(address: str) -> httpx.Proxy:
    if address.startswith("socks"):
        httpcore.AsyncSOCKSProxy = import_module("httpcore._async.socks_proxy").AsyncSOCKSProxy  # type: ignore[misc]
    return httpx.Proxy(address, ssl_context=system_tls() if address.startswith("https:") else None)


class _Way:
    """How far a request has come."""

    def __init__(self) -> None:
        self.delivery = Delivery.NOT_SENT
        """Unknown from the moment at which the first byte of it may be on its way to the service."""
        self.at_proxy = True
        """Whether, where there is a proxy, it is still with that."""
        self.proxy: str | None = None

    async def note(self, event: str, details: Mapping[str, Any]) -> None:
        """What the library is about to do, as it names it."""
        if event == "http11.send_request_headers.started" and details["request"].method != b"CONNECT":
            self.delivery = Delivery.UNKNOWN
        if event in {"proxy.start_tls.started", "socks.start_tls.started"}:
            self.at_proxy = False


@asynccontextmanager
async def _deadline(host: str, seconds: float | None = None) -> AsyncIterator[_Way]:
    seconds = TOTAL_SECONDS if seconds is None else seconds
    way = _Way()
    try:
        async with asyncio.timeout(seconds):
            yield way
    except TimeoutError as exc:
        if way.proxy is not None and way.at_proxy and way.delivery is Delivery.NOT_SENT:
            raise errors.ProxyError(host, "no answer in time", proxy=shown(way.proxy)) from exc
        detail = f"no whole reply within {seconds:.0f} s"
        raise errors.TimeoutReachedError(host, detail, delivery=way.delivery) from exc


@contextmanager
def _translated(host: str, proxy: str | None, way: _Way) -> Iterator[None]:
    """Turn the HTTP library's exceptions into ours, and say whether the request can have arrived."""
    try:
        yield
    except httpx.ConnectTimeout as exc:
        if proxy is not None and way.at_proxy:
            raise errors.ProxyError(host, "no answer in time", proxy=shown(proxy)) from exc
        raise errors.TimeoutReachedError(host, "no connection in time", delivery=Delivery.NOT_SENT) from exc
    except httpx.PoolTimeout as exc:
        raise errors.TimeoutReachedError(host, "too many requests at once", delivery=Delivery.NOT_SENT) from exc
    except httpx.TimeoutException as exc:
        if proxy is not None and way.delivery is Delivery.NOT_SENT:
            raise errors.ProxyError(host, "no answer in time", proxy=shown(proxy)) from exc
        raise errors.TimeoutReachedError(host, "no answer in time", delivery=way.delivery) from exc
    except httpx.ConnectError as exc:
        raise _connect_error(host, proxy, way, exc) from exc
    except httpx.ProxyError as exc:
        raise _proxy_error(host, proxy, str(exc)) from exc
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as exc:
        raise errors.AddressError(host, "not an http address") from exc
    except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, ssl.SSLError) as exc:
        if proxy is not None and way.delivery is Delivery.NOT_SENT:
            raise errors.ProxyError(host, "it broke off the connection", proxy=shown(proxy)) from exc
        raise errors.ConnectionLostError(host, type(exc).__name__, delivery=way.delivery) from exc
    except Exception as exc:
        # The library asserts what a SOCKS proxy has to answer, before anything is sent through it.
        if proxy is None or not _is_of_socks(exc):
            raise
        raise errors.ProxyError(host, "its answer could not be understood", proxy=shown(proxy)) from exc


def _is_of_socks(exc: Exception) -> bool:
    return isinstance(exc, AssertionError) or type(exc).__module__.startswith("socksio.")


def _proxy_error(host: str, proxy: str | None, said: str) -> errors.ProxyError:
    """What a proxy's refusal means; `said` is the library's word for it, with the status and words of the proxy."""
    kind = next((kind for kind, pattern in _REFUSALS if pattern.match(said)), errors.ProxyError)
    return kind(host, escape_invisible(said).strip()[:80], proxy=shown(proxy or ""))


_REFUSALS: Final[tuple[tuple[type[errors.ProxyError], re.Pattern[str]], ...]] = (
    # Also where SOCKS lets nobody in without a user name, or nobody with this one.
    (errors.ProxySignInError, re.compile(r"40[17]\b|Invalid username|Requested .* but got (?:USER|NO ACC|GSSAPI)")),
    (errors.ProxyRefusedError, re.compile(r"4\d\d\b|.*not allowed by ruleset")),
)


def _connect_error(host: str, proxy: str | None, way: _Way, exc: BaseException) -> errors.TransportError:
    """What kept a connection from being made; looks through the chain of causes, as the library keeps it."""
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = str(getattr(cause, "verify_message", "") or cause.reason or "handshake failed")
            if proxy is not None and way.at_proxy:
                return errors.ProxyError(host, reason, proxy=shown(proxy))
            return errors.TlsError(host, reason, delivery=Delivery.NOT_SENT)
        if proxy is None and isinstance(cause, socket.gaierror):
            return errors.HostNotFoundError(host, delivery=Delivery.NOT_SENT)
        cause = cause.__cause__ or cause.__context__
    if proxy is not None:
        return errors.ProxyError(host, proxy=shown(proxy))
    return errors.ConnectionRefusedByHostError(host, delivery=Delivery.NOT_SENT)


async def _read(response: httpx.Response, *, limit: int, host: str) -> bytes:
    """The body, unpacked, refusing more than `limit` bytes before they exist (a small gzip can hold gigabytes)."""
    if "network_stream" in response.extensions:
        see_what_the_loop_holds(response.extensions["network_stream"])
    body = Body(response.headers.get("content-encoding", ""), limit)
    pieces = cast("AsyncGenerator[bytes]", aiter(cast("httpx.AsyncByteStream", response.stream)))
    try:
        async for piece in pieces:
            body.take(piece)
        if _has_more(response):
            # What stands behind the reply would be taken for the answer to the next request.
            await response.extensions["network_stream"].aclose()
        return body.end()
    except BodyTooLargeError as exc:
        raise errors.ReplyTooLargeError(host, response.status_code, f"more than {limit} bytes") from exc
    except DamagedBodyError as exc:
        raise errors.ConnectionLostError(host, "the packed reply is damaged or cut off") from exc
    finally:
        # In this order, and not left to the interpreter: qasync has no hooks for generators that are given up, and the
        # library's, of a response still open, would be closed where they cannot wait.
        await response.aclose()
        await pieces.aclose()


def see_what_the_loop_holds(connection: Any) -> None:
    """Have the HTTP library use `connection` no more once something has come on it unasked, or its end.

    It looks at the socket. The loop of Windows has taken it from there already, and hands it on with the next request.
    """
    if "get_extra_info" in vars(connection):
        return
    inner: Any = getattr(connection, "_stream", None)
    asked = connection.get_extra_info
    while hasattr(inner, "transport_stream"):  # what TLS stands on
        inner = inner.transport_stream
    loop_side = getattr(inner, "_transport", None)

    def get_extra_info(info: str) -> object:
        held = info == "is_readable" and getattr(loop_side, "_pending_data_length", -1) != -1
        return held or asked(info)

    connection.get_extra_info = get_extra_info


def _has_more(response: httpx.Response) -> bool:
    """Whether more has come on a connection than the reply that was announced, or its end; what comes later closes it.

    The HTTP library keeps those bytes to itself, and so does TLS.
    """
    inner: object = response.stream
    for name in ("_stream", "_httpcore_stream", "_stream", "_connection", "_h11_state"):
        inner = getattr(inner, name, None)
    if getattr(inner, "trailing_data", (b"",))[0]:
        return True
    connection = response.extensions.get("network_stream")
    tls = connection.get_extra_info("ssl_object") if connection is not None else None
    try:
        return tls is not None and tls.read(1) is not None  # a byte, or that the other side has said goodbye
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        return True
