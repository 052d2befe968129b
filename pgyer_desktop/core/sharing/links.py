"""Links that are safe to show, copy, open and put in a QR code.

Built from keys alone. The service's own `downloadURL` carries the API key and is billed; nothing here can make one.
"""

from __future__ import annotations

import re

from pgyer_desktop.api.addresses import SITE_BASE

_SLUG = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")


def build_page(build_key: str) -> str:
    """The page of exactly this build, where a phone installs it. Raises ValueError for what is no build key."""
    return _page(build_key)


def app_page(shortcut: str) -> str:
    """The app's short link, which always offers its latest build. Raises ValueError for what is no slug."""
    return _page(shortcut)


def console_keys_page() -> str:
    """Where an account's owner finds the API key."""
    return f"{SITE_BASE}/account/api"


def _page(slug: str) -> str:
    if not _SLUG.match(slug):
        raise ValueError("not a build key or short link")
    return f"{SITE_BASE}/{slug}"
