"""Which addresses the program talks to, and the rule that makes an icon's address from its key.

Source: the service's page on version management ("buildIconPath is the first five characters joined by /").
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from pgyer_desktop.api.errors import AddressError

API_BASE = "https://www.pgyer.com/apiv2"
ICON_BASE = "https://cdn-app-icon2.pgyer.com"
SITE_BASE = "https://www.pgyer.com"

_ICON_KEY = re.compile(r"[A-Za-z0-9_-]{5,128}\Z")
_NO_LINK = ("_api_key", "[key]", "sig=", "/app/install")
"""In small letters: keys, also those that were struck out, signatures, and what is billed."""
_ICON_STYLE = "x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg"


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its name or number, without asking any name server."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def checked_base(address: str) -> str:
    """`address` without a trailing slash.

    Raises `AddressError` for anything but https, or http to this machine: the key would travel in the clear.
    """
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError as exc:
        raise AddressError(address, "not an address") from exc
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressError(address, "an address begins with https:// and names a host")
    if parts.scheme == "http" and not is_loopback(host):
        raise AddressError(address, "plain http would send the key unprotected; use https")
    if parts.username is not None or parts.query or parts.fragment:
        raise AddressError(address, "an address has no user name, query or fragment")
    return address


def icon_url(icon: str, base: str = ICON_BASE) -> str | None:
    """The address of a build's icon, or None where `icon` is neither an icon key nor an https URL.

    A key is letters, digits, `-` and `_` only, so that it can name no other path or host.
    """
    icon = icon.strip()
    if _ICON_KEY.match(icon):
        return f"{base}/{'/'.join(icon[:5])}/{icon}?{_ICON_STYLE}"
    return safe_link(icon) or None


def safe_link(url: str) -> str:
    """`url` if it is an https address that can be opened and shared, else "".

    Links that carry a key or a signature, or that install (which is billed), are refused.
    """
    url = url.strip()
    if len(url) > 2048 or any(ch.isspace() or not ch.isprintable() for ch in url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme != "https" or not host or parts.username is not None:
        return ""
    lowered = url.lower()
    while (plain := unquote(lowered).lower()) != lowered:  # it ends: each time some signs are fewer
        lowered = plain
    if any(sign in lowered for sign in _NO_LINK):
        return ""
    return url
