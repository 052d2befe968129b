"""What goes wrong, and what a colleague does in between: planned by operation and count."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

JSON = "application/json; charset=utf-8"
HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over the socket."""

    body: bytes
    status: int = 200
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    behind: bytes = b""
    """Sent behind the body, and not counted in its length."""


class Sends(Enum):
    """What a fault sends."""

    NOTHING = "the connection is closed without a byte"
    ANOTHER = "another reply"
    HALF = "half of the true reply"
    TRUTH = "the true reply, and then the connection is closed without a word"
    ALTERED = "the true reply, altered on the way"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request. `carried_out`: the service does all the same what it was asked to do."""

    sends: Sends
    carried_out: bool
    reply: Reply | None = None
    alter: Callable[[Reply], Reply] = lambda reply: reply


LOST_REQUEST = Fault(Sends.NOTHING, carried_out=False)
LOST_REPLY = Fault(Sends.NOTHING, carried_out=True)
CUT_SHORT = Fault(Sends.HALF, carried_out=True)
STALE_CONNECTION = Fault(Sends.TRUTH, carried_out=True)
"""The next request on this connection finds it closed."""


def gateway(status: int = 502, *, carried_out: bool = False) -> Fault:
    """A gateway's page instead of the service's reply."""
    page = f"<html><head><title>{status}</title></head><body><h1>{status} from the gateway</h1></body></html>"
    return Fault(Sends.ANOTHER, carried_out, Reply(page.encode(), status, HTML))


def refused(code: int, message: str = "made-up refusal", *, carried_out: bool = False) -> Fault:
    """An error of the service's own."""
    return Fault(Sends.ANOTHER, carried_out, Reply(json.dumps({"code": code, "message": message}).encode()))


def rate_limited() -> Fault:
    """Too many requests within the hour."""
    return refused(1098, "made-up: too many requests this hour")


def garbage(body: bytes = b'\x00\xff{"code": 0, ', *, carried_out: bool = False) -> Fault:
    """Bytes that are no JSON, or not the JSON that was wanted, said to be JSON."""
    return Fault(Sends.ANOTHER, carried_out, Reply(body))


def altered(alter: Callable[[Reply], Reply]) -> Fault:
    """The true reply as a gateway makes it; the service has done what it was asked to do."""
    return Fault(Sends.ALTERED, carried_out=True, alter=alter)


def said_to_be(encoding: str, pack: Callable[[bytes], bytes] = bytes) -> Fault:
    """The true reply with a Content-Encoding, which may be no more than a word."""
    return altered(lambda reply: replace(reply, body=pack(reply.body), headers={"Content-Encoding": encoding}))


def with_more_behind(behind: bytes) -> Fault:
    """The true reply, and bytes behind it that its length does not count; the connection stays open."""
    return altered(lambda reply: replace(reply, behind=behind))


def tells_of_no_rows(data: object) -> Fault:
    """A success whose data is no page: neither rows nor a word of there being none."""
    return Fault(Sends.ANOTHER, carried_out=False, reply=Reply(json.dumps({"code": 0, "data": data}).encode()))


def redirected(to: str) -> Fault:
    """A redirect, on which a form is lost."""
    return Fault(Sends.ANOTHER, carried_out=False, reply=Reply(b"", 302, HTML, {"Location": to}))


@dataclass(slots=True)
class _Turn:
    operation: str
    skip: int
    times: int
    fault: Fault | None
    action: Callable[[], object] | None


class Script:
    """What is planned, in the order in which it was planned. The first that fits a request is what happens to it."""

    def __init__(self) -> None:
        self._turns: list[_Turn] = []
        self._lock = threading.Lock()

    def fail(self, operation: str, fault: Fault, *, times: int = 1, skip: int = 0) -> None:
        """Have `times` requests for `operation` ("" for any) go wrong, after `skip` that do not."""
        with self._lock:
            self._turns.append(_Turn(operation, skip, times, fault, None))

    def before(self, operation: str, action: Callable[[], object], *, skip: int = 0) -> None:
        """Have a colleague do something just before a request for `operation` is looked at, after `skip` others."""
        with self._lock:
            self._turns.append(_Turn(operation, skip, 1, None, action))

    def left(self) -> int:
        """How many of the planned events have not happened yet."""
        with self._lock:
            return sum(turn.times for turn in self._turns)

    def next(self, operation: str) -> Fault | None:
        """Let happen what is planned for the next request; the fault that befalls it."""
        actions: list[Callable[[], object]] = []
        fault: Fault | None = None
        with self._lock:
            for turn in self._turns:
                if turn.operation not in {"", operation} or not turn.times or (turn.fault and fault):
                    continue
                if turn.skip:
                    turn.skip -= 1
                    continue
                turn.times -= 1
                if turn.action is not None:
                    actions.append(turn.action)
                fault = turn.fault or fault
            self._turns = [turn for turn in self._turns if turn.times]
        for action in actions:
            action()
        return fault
