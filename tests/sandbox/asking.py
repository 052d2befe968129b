"""Calls the sandbox the way an ASGI server does, without one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pgyer_desktop.sandbox import DEMO_KEY

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tests.helpers.sandbox import SandboxApp


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole reply; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        reply: dict[str, Any] = json.loads(self.body)
        return reply


async def request(
    app: SandboxApp,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    query: bytes = b"",
    content_type: str = "application/x-www-form-urlencoded",
) -> Answer:
    """Send one request and collect the reply."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(b"content-type", content_type.encode()), (b"user-agent", b"tests")],
    }
    await app(scope, receive, send)
    start, *parts = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(part["body"] for part in parts))


async def post(app: SandboxApp, operation: str, *, key: str | None = DEMO_KEY, **fields: str) -> Answer:
    """Post one operation's form, with the key unless `key` is None."""
    form = fields if key is None else {"_api_key": key, **fields}
    return await request(app, "POST", f"/apiv2/app/{operation}", urlencode(form).encode())
