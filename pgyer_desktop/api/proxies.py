"""Which proxy stands between this computer and an address, as its settings name it.

Those of the environment count, else on Windows and macOS those of the system, as the standard library reads them (no
scripts for automatic configuration). They change while the program runs, with a VPN for instance, so they are worth
asking again. Must not open a connection. Asking may wait for a name server, so it belongs in a thread.
"""

from __future__ import annotations

import logging
import os
import re
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import getproxies, proxy_bypass

from pgyer_desktop.api.addresses import is_loopback
from pgyer_desktop.api.errors import ProxySettingError
from pgyer_desktop.api.escaping import escape_invisible

_SCHEMES: Final = {"http", "https", "socks5", "socks5h"}
_MOST_SHOWN: Final = 200
_LONGEST_NAME: Final = 255
"""Bytes of a user name or password that SOCKS 5 can carry."""
_AT: Final = re.compile("@|%40|\N{FULLWIDTH COMMERCIAL AT}|\N{SMALL COMMERCIAL AT}")
"""What ends a password, or was meant to."""

_log = logging.getLogger(__name__)


def proxy_for(url: str) -> str | None:
    """The address of the proxy for `url`; None: there is none, as always for this same machine.

    Raises `ProxySettingError` where one is named that cannot be used. Only an entry in the list of exceptions that
    cannot be read is passed over.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host):
        return None
    kind, named = _named(parts.scheme)
    if not kind or _is_excepted(parts.netloc):
        return None
    # What macOS keeps as its SOCKS proxy comes with the scheme of another kind.
    value = f"socks5://{named.rpartition('://')[2]}" if kind == "socks" and named.startswith("http://") else named
    proxy = _usable(value.strip(), socks=kind == "socks")
    if proxy is None:
        raise of_no_use(url)
    return proxy


def of_no_use(url: str) -> ProxySettingError:
    """That the proxy which the settings name for `url` cannot be used."""
    parts = urlsplit(url)
    kind, named = _named(parts.scheme)
    return ProxySettingError(parts.hostname or "", proxy=shown(named.strip()), setting=_variable(kind, named))


def _named(scheme: str) -> tuple[str, str]:
    """Which setting names a proxy for addresses of this scheme, and what stands in it; both "" where none does."""
    settings = getproxies()
    kind = next((kind for kind in (scheme, "all", "socks") if settings.get(kind, "").strip()), "")
    return kind, settings.get(kind, "")


def shown(proxy: str) -> str:
    """`proxy` without the user name and password that may stand in it, and without what is no part of an address."""
    scheme, mark, rest = proxy.partition("://")
    if not mark:
        scheme, rest = "", proxy
    place = re.split(r"[/?#\\]", _AT.split(rest)[-1].lstrip("/"), maxsplit=1)[0]
    return " ".join(escape_invisible(f"{scheme}{mark}{place}").split())[:_MOST_SHOWN]


def _is_excepted(place: str) -> bool:
    try:
        return bool(proxy_bypass(place))
    except Exception as exc:  # noqa: BLE001 - on Windows the exceptions are patterns, and anything may come of them
        _log.info("The list of hosts that need no proxy cannot be read: %s", type(exc).__name__)
        return False


def _usable(named: str, *, socks: bool) -> str | None:
    """The address as it is used; None where it is of a kind that we do not speak, or none that can be read."""
    scheme, mark, place = named.partition("://")
    if not mark:
        scheme, place = "socks5" if socks else "http", named
        if ":/" in named:
            return None  # no host "socks5" is meant by "socks5:/host"
    if any(map(_AT.search, re.split(r"[/?#]", place)[1:])):
        return None  # of a password that holds such a sign; what stands before it is no host then
    scheme = scheme.lower()
    if scheme == "socks":
        scheme = "socks5"  # what desktops mean by it
    proxy = f"{scheme}://{place}"
    try:
        parts = urlsplit(proxy)
        known = scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no such port, or half an IPv6 address
        return None
    if scheme.startswith("socks"):
        names = (unquote_to_bytes(name or "") for name in (parts.username, parts.password))
        known = known and all(len(name) <= _LONGEST_NAME for name in names)
    return proxy if known else None


def _variable(kind: str, value: str) -> str:
    """The environment variable that says so; "": it is the system's settings that do."""
    wanted = f"{kind}_proxy"
    names = (name for name in sorted(os.environ, reverse=True) if name.lower() == wanted)
    return next((name for name in names if os.environ[name] == value), "")
