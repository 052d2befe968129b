"""The sandbox as an ASGI application: routes, forms, HTTP errors and icons.

Speaks HTTP and nothing else; what the replies say is `service`'s business. Works in one process with the client,
through an ASGI transport and without a socket; the tests have a server in front of it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import parse_qsl

from pgyer_desktop.sandbox import icons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pgyer_desktop.sandbox.service import SandboxService
    from pgyer_desktop.sandbox.shapes import JsonObject

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

_API: Final = "/apiv2"
_OPERATIONS: Final = "/apiv2/app/"
_ICONS: Final = "/icons/"
_MAX_FORM: Final = 64 * 1024
_JSON: Final = "application/json; charset=utf-8"
_HTML: Final = "text/html; charset=utf-8"
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `headers` are those besides its type and length."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class _HungUpError(Exception):
    """The client left before the whole request was read."""


class SandboxApp:
    """An ASGI application that answers for a `SandboxService`.

    The API is below `/apiv2`; icons are at the root, as on the service's own host for them, and below `/icons`.
    """

    def __init__(self, service: SandboxService) -> None:
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        try:
            body = await _read(receive)
        except _HungUpError:
            return
        method = str(scope["method"])
        reply = _page(413) if body is None else self._reply(method, str(scope["path"]), _form(scope, body))
        await _send(send, reply, with_body=method != "HEAD")

    def _reply(self, method: str, path: str, fields: Mapping[str, str]) -> Reply:
        if path.rstrip("/") == _API:
            return _json(self.service.answer("", fields if method == "POST" else {}))
        operation = path.removeprefix(_OPERATIONS)
        if operation != path:
            if not self.service.knows(operation):
                return _page(404)
            # A form counts in a POST alone: to anything else the service says that the key is missing.
            return _json(self.service.answer(operation, fields if method == "POST" else {}))
        return self._icon(method, path)

    def _icon(self, method: str, path: str) -> Reply:
        prefix, _, key = path.removeprefix(_ICONS).strip("/").rpartition("/")
        if not self.service.knows_icon(key) or prefix != "/".join(key[:5]):
            return _page(404)
        if method not in {"GET", "HEAD"}:
            return _page(405)
        return Reply(200, "image/png", icons.render(key), {"cache-control": "max-age=2592000"})


async def _read(receive: Receive) -> bytes | None:
    """Return the whole body, None where it is too large to be a form."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _HungUpError
        part = message.get("body", b"")
        size += len(part)
        if size <= _MAX_FORM:
            parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts) if size <= _MAX_FORM else None


def _form(scope: Scope, body: bytes) -> dict[str, str]:
    """Return the form's fields; none where the body is not a form. The last of a repeated field counts, as in PHP."""
    headers = {bytes(name).lower(): bytes(value) for name, value in scope["headers"]}
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind.decode("latin-1") != _FORM:
        return {}
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100))
    except ValueError:
        return {}


def _json(reply: JsonObject) -> Reply:
    # PHP's way: slashes and everything beyond ASCII escaped. A slash can only stand within a string.
    text = json.dumps(reply, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/")
    return Reply(200, _JSON, text.encode("ascii"))


def _page(status: int) -> Reply:
    title = f"{status} {HTTPStatus(status).phrase}"
    head = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n"
    text = f"{head}<body><h1>{title}</h1><p>sandbox gateway</p></body></html>\n"
    return Reply(status, _HTML, text.encode())


async def _send(send: Send, reply: Reply, *, with_body: bool) -> None:
    headers = {"content-type": reply.content_type, "content-length": str(len(reply.body)), **reply.headers}
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": encoded})
    await send({"type": "http.response.body", "body": reply.body if with_body else b""})
