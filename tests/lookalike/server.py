"""The service on a socket of this machine, in threads of its own: the program talks to it as to the real one."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from tests.lookalike.answers import Answers, Site, icon_path, with_echo
from tests.lookalike.faults import HTML, Fault, Reply, Script, Sends
from tests.lookalike.pictures import icon
from tests.lookalike.record import IN_FORM, Record, Request
from tests.lookalike.world import World, furnished

API: Final = "/apiv2"
ICONS: Final = "/icons"
STRUCK_OUT: Final = "(an API key)"
_MOST_BYTES: Final = 1_000_000


class Lookalike:
    """The running service; a context manager. `port` 0: whichever is free."""

    def __init__(self, world: World | None = None, *, port: int = 0) -> None:
        self.world = world or furnished()
        self.record = Record()
        self.script = Script()
        self.latency = 0.0
        """Seconds that each reply waits."""
        self.set_up = 0.0
        """Seconds that go by on a new connection before it is heard, as far away, where TCP and TLS take their time."""
        self.echo: Callable[[str], str] | None = None
        """How the service writes a request's own key into the texts of its replies; None: it keeps it to itself."""
        self.lost = 0
        """Requests that came on a connection which is no more; nobody ever hears of them."""
        self.connections = 0
        """How many were made."""
        self.over = threading.Event()
        self._server = _Server(self, port)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.api_url = self.address + API
        self.icon_url = self.address + ICONS
        self.answers = Answers(self.world, Site(self.api_url, self.icon_url, self.address))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="look-alike")

    def __enter__(self) -> Lookalike:
        self._thread.start()
        return self

    @property
    def open(self) -> int:
        """How many connections are open."""
        return self._server.open

    def fall_asleep(self) -> None:
        """Nobody hears any more what is sent on the connections that are open now; new ones work.

        So it is after a night in which the machine slept: what stood in between has forgotten them.
        """
        self._server.leave(Leaves.DEAF)

    def close_at_next_request(self) -> None:
        """The connections that are open now are closed when something is sent on them, before it is read."""
        self._server.leave(Leaves.CLOSING)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class Leaves(Enum):
    """What becomes of a connection that is left to itself."""

    DEAF = "nothing that is sent on it arrives"
    CLOSING = "it is closed when something is sent on it"


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for them, so that none outlives its test
    allow_reuse_address = False
    request_queue_size = 64

    def __init__(self, service: Lookalike, port: int) -> None:
        self.service = service
        self._open: set[socket.socket] = set()
        self._left: dict[socket.socket, Leaves] = {}
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open.add(request)
            self.service.connections += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open.discard(request)
            self._left.pop(request, None)
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is a client's good right; all else is a fault of ours, and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as above

    @property
    def open(self) -> int:
        """How many connections are open."""
        with self._lock:
            return len(self._open)

    def leave(self, how: Leaves) -> None:
        """Leave the open connections to themselves."""
        with self._lock:
            self._left.update(dict.fromkeys(self._open, how))

    def left(self, connection: socket.socket) -> Leaves | None:
        """What becomes of a connection; None: it is as good as any."""
        with self._lock:
            return self._left.get(connection)

    def hang_up(self) -> None:
        """Wake the threads that wait for the next request of a connection."""
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the other side was first


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "look-alike"
    sys_version = ""
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        """As the library does it, and not at once where the service is far away."""
        super().setup()
        if self.server.service.set_up:
            self.server.service.over.wait(self.server.service.set_up)

    def handle_one_request(self) -> None:
        """As the library does it, unless the connection was left to itself meanwhile."""
        assert isinstance(self.connection, socket.socket)
        began = self.rfile.peek(1)  # type: ignore[attr-defined]  # it is a buffered reader
        left = self.server.left(self.connection)
        if left is None or not began:
            super().handle_one_request()
            return
        self.server.service.lost += 1
        self.close_connection = True
        if left is Leaves.DEAF:
            self.server.service.over.wait()

    def do_POST(self) -> None:
        """An operation of the API."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _MOST_BYTES:
            self.close_connection = True
            self._send(Reply(b"", HTTPStatus.LENGTH_REQUIRED, HTML))
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True  # whoever sent it has hung up in the middle: nothing was asked
            return
        form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)) if form else {}
        self._serve(fields)

    def do_GET(self) -> None:
        """An icon; of the API, whether it lives."""
        self._serve({})

    def _serve(self, fields: Mapping[str, str]) -> None:
        service = self.server.service
        path = urlsplit(self.path).path
        if path.startswith(ICONS + "/"):
            operation = "icon"
        else:
            operation = path.removeprefix(API + "/") if path.startswith(API + "/") else path
        key = fields.get("_api_key", "")
        rest = {name: value for name, value in fields.items() if name != "_api_key"}
        service.record.note(self._noted(operation, key, rest))
        fault = service.script.next(operation)
        if service.latency:
            service.over.wait(service.latency)
        true: Reply | None = None
        if fault is None or fault.carried_out:
            true = self._true(operation, path, key, rest)
        self._reply(true, fault)

    def _true(self, operation: str, path: str, key: str, fields: Mapping[str, str]) -> Reply:
        """What the service answers where nothing goes wrong."""
        if operation == "icon":
            name = path.rpartition("/")[2]
            known = {app.icon for account in self.server.service.world.accounts for app in account.apps}
            if name in known and path == f"{ICONS}/{icon_path(name)}":
                return Reply(icon(name), kind="image/jpeg")
        elif path == API or path.startswith(API + "/"):
            # A GET has no form: it hears that the key is missing, and whoever asks that knows that the service lives.
            service = self.server.service
            body = service.answers(operation, key if self.command == "POST" else "", fields)
            return Reply(with_echo(body, service.echo(key)) if service.echo is not None and key else body)
        return Reply(b"<html><title>404</title></html>", HTTPStatus.NOT_FOUND, HTML)

    def _reply(self, true: Reply | None, fault: Fault | None) -> None:
        if fault is None:
            assert true is not None
            self._send(true)
            return
        if fault.sends in {Sends.NOTHING, Sends.HALF, Sends.TRUTH}:
            self.close_connection = True
        if fault.sends is Sends.ANOTHER:
            assert fault.reply is not None
            self._send(fault.reply)
        elif fault.sends is not Sends.NOTHING:
            assert true is not None
            self._send(fault.alter(true), half=fault.sends is Sends.HALF)

    def _send(self, reply: Reply, *, half: bool = False) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) // 2] if half else reply.body + reply.behind)

    def _noted(self, operation: str, key: str, fields: Mapping[str, str]) -> Request:
        world = self.server.service.world
        keys = {account.key for account in world.accounts}
        account = world.account_of(key)
        headers = {name.lower(): value for name, value in self.headers.items()}

        def held(text: str) -> bool:
            return any(known in text.lower() for known in keys)

        places = {
            IN_FORM: account is not None,
            "another field": any(map(held, [*fields, *fields.values()])),
            "address": held(self.path),
            "headers": any(map(held, headers.values())),
        }
        return Request(
            operation=operation if not held(operation) else STRUCK_OUT,
            method=self.command,
            path=self.path if not held(self.path) else STRUCK_OUT,
            fields={name: STRUCK_OUT if held(value) else value for name, value in fields.items()},
            headers={name: STRUCK_OUT if held(value) else value for name, value in headers.items()},
            account=account.name if account else "",
            key_seen_in=frozenset(place for place, seen in places.items() if seen),
            at=datetime.now(UTC),
        )

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the library
        """Say nothing: `Record` has it all, without keys."""
