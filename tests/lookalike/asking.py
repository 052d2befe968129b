"""A client for the tests of the look-alike: plain HTTP, with no idea of what is right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.lookalike import Lookalike


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back."""

    status: int
    kind: str
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def send(connection: HTTPConnection, operation: str, /, **form: str | int) -> Heard:
    """Post a form on a connection that stays open."""
    connection.request(
        "POST", f"/apiv2/{operation}", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
    )
    reply = connection.getresponse()
    return Heard(reply.status, reply.headers["Content-Type"], reply.read())


def connect(service: Lookalike) -> HTTPConnection:
    """A connection; whoever asks for it closes it."""
    return HTTPConnection(urlsplit(service.address).netloc, timeout=10)


def post(service: Lookalike, operation: str, /, key: str | None = None, **form: str | int) -> Heard:
    """Post a form with the first account's key, or with another."""
    connection = connect(service)
    try:
        sent = service.world.accounts[0].key if key is None else key
        return send(connection, operation, _api_key=sent, **form)
    finally:
        connection.close()


def data(service: Lookalike, operation: str, /, **form: str | int) -> Any:
    """The data of a reply that must be a success."""
    heard = post(service, operation, None, **form)
    assert heard.status == 200
    assert heard.json["code"] == 0, heard.json
    return heard.json["data"]


def code(service: Lookalike, operation: str, /, key: str | None = None, **form: str | int) -> int:
    """The code of a reply without data."""
    heard = post(service, operation, key, **form)
    assert heard.status == 200
    assert "data" not in heard.json
    found: int = heard.json["code"]
    return found


def get(service: Lookalike, path: str) -> Heard:
    """Fetch an address of the service."""
    connection = connect(service)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        return Heard(reply.status, reply.headers["Content-Type"], reply.read())
    finally:
        connection.close()
