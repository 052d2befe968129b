"""Speaks Pgyer's HTTP API and knows every quirk of it.

Nothing here knows Qt, the keyring, settings or the people in front of the window. What leaves this package is a value
from `models` or one of `errors`; what the service really sent never does.

This face hands on the client, the values, the error that all others are, and the module `errors`. Each is loaded when
it is asked for: who only needs to know what a platform is loads no client. It never hands on the transport, which
brings the HTTP library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgyer_desktop.api.client import Client
    from pgyer_desktop.api.errors import PgyerError
    from pgyer_desktop.api.models import (
        CHINA_TIME,
        ApiKey,
        AppPage,
        AppSummary,
        Build,
        BuildPage,
        Platform,
        UpdateCheck,
    )

__all__ = [
    "CHINA_TIME",
    "ApiKey",
    "AppPage",
    "AppSummary",
    "Build",
    "BuildPage",
    "Client",
    "PgyerError",
    "Platform",
    "UpdateCheck",
]

if not TYPE_CHECKING:  # a type checker that saw this would believe in any name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = {"Client": "client", "PgyerError": "errors"}.get(name, "models")
        value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
        return value
