"""Listens on the accessibility bus of a Linux desktop, as a screen reader does, and keeps what it would say.

Speaks D-Bus by itself, because the packages that screen readers use are not Python's. Works beside the program that it
listens to, in a thread of its own. Of a run of its own only: see `tests.e2e.read_aloud`.
"""

from __future__ import annotations

import threading
from typing import Any, Final

from jeepney import (  # type: ignore[import-untyped]  # comes with what reads the keyring
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

_BUS: Final = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
_SWITCH: Final = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.freedesktop.DBus.Properties")
_REGISTRY: Final = "org.a11y.atspi.Registry"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_URGENT: Final = 2
_SECONDS: Final = 5


class Listener:
    """Keeps announcements and what gets the focus, a line for each."""

    def __init__(self) -> None:
        session = open_dbus_connection("SESSION")
        address = session.send_and_get_reply(new_method_call(_BUS, "GetAddress"), timeout=_SECONDS).body[0]
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            asked = new_method_call(_SWITCH, "Set", "ssv", ("org.a11y.Status", name, ("b", True)))
            session.send_and_get_reply(asked, timeout=_SECONDS)
        session.close()
        self.lines: list[str] = []
        """What was said, from the beginning."""
        self._asking = open_dbus_connection(address)
        self._hearing = open_dbus_connection(address)
        registry = DBusAddress("/org/a11y/atspi/registry", bus_name=_REGISTRY, interface=_REGISTRY)
        for event in ("object:announcement", "object:state-changed:focused", "object:active-descendant-changed"):
            asked = new_method_call(registry, "RegisterEvent", "sass", (event, [], ""))
            self._hearing.send_and_get_reply(asked, timeout=_SECONDS)
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        self._hearing.send_and_get_reply(message_bus.AddMatch(rule), timeout=_SECONDS)
        self._over = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear no more."""
        self._over = True
        self._thread.join(_SECONDS)
        self._asking.close()
        self._hearing.close()

    def _listen(self) -> None:
        while not self._over:
            try:
                message = self._hearing.receive(timeout=0.2)
            except TimeoutError:
                continue
            fields, body = message.header.fields, message.body
            kind = fields.get(HeaderFields.member)
            if kind == "Announcement":
                self.lines.append(f"{'urgent' if body[1] == _URGENT else 'polite'}: {body[3][1]}")
            elif kind == "StateChanged" and body[0] == "focused" and body[1]:
                self._note_focus(str(fields[HeaderFields.sender]), str(fields[HeaderFields.path]))

    def _note_focus(self, sender: str, path: str) -> None:
        try:
            role = self._ask(sender, path, _ACCESSIBLE, "GetRoleName")[0]
            name, description = (self._property(sender, path, which) for which in ("Name", "Description"))
        except (TimeoutError, LookupError):
            return  # it is gone already
        words = f"focus: {role} {name}"
        if description.strip():
            words += f" ({description})"
        if not self.lines or self.lines[-1] != words:
            self.lines.append(words)

    def _property(self, sender: str, path: str, name: str) -> str:
        return str(self._ask(sender, path, "org.freedesktop.DBus.Properties", "Get", "ss", (_ACCESSIBLE, name))[0][1])

    def _ask(
        self,
        sender: str,
        path: str,
        interface: str,
        method: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
    ) -> Any:
        asked = new_method_call(DBusAddress(path, bus_name=sender, interface=interface), method, signature, body)
        reply = self._asking.send_and_get_reply(asked, timeout=_SECONDS)
        if reply.header.message_type is MessageType.error:
            raise LookupError(reply.body)
        return reply.body
