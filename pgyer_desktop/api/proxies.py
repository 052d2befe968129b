"""Which proxy stands between this computer and an address, as its settings name it.

Those of the environment count, else on Windows and macOS those of the system, as the standard library reads them (no
scripts for automatic configuration). They change while the program runs, with a VPN for instance, so they are worth
asking again. Must not open a connection. Asking may wait for a name server, so it belongs in a thread.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from pgyer_desktop.api.addresses import is_loopback
from pgyer_desktop.api.errors import ProxySettingError

_SCHEMES: Final = {"http", "https", "socks5", "socks5h"}


def proxy_for(url: str) -> str | None:
    """The address of the proxy for `url`; None: there is none, as always for this same machine.

    Raises `ProxySettingError` where one is named that cannot be used.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host):
        return None
    settings = getproxies()
    named = settings.get(parts.scheme) or settings.get("all")
    if not named or proxy_bypass(parts.netloc):
        return None
    return _checked(named.strip(), host)


def shown(proxy: str) -> str:
    """`proxy` without the user name and password that may stand in it."""
    scheme, mark, place = proxy.rpartition("://")
    return scheme + mark + place.rpartition("@")[2].rstrip("/")


def _checked(named: str, host: str) -> str:
    scheme, mark, place = named.rpartition("://")
    scheme = scheme.lower() if mark else "http"
    if scheme == "socks":
        scheme = "socks5"  # what desktops mean by it
    proxy = f"{scheme}://{place}"
    try:
        parts = urlsplit(proxy)
        known = scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no such port, or half an IPv6 address
        known = False
    if not known:
        raise ProxySettingError(host, proxy=shown(named))
    return proxy
