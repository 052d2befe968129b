"""Strikes the service's secrets out of texts before they are kept: its own names for them, as they stand in links.

For values that are written to files of ours. What the log writes has stricter rules of its own (`logs`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from pgyer_desktop.api import Build

STRUCK: Final = "[redacted]"

# The service's own names for secrets, as they stand in its links and forms.
_NAMED: Final = re.compile(
    r"((?:\b_api_key|\buserKey|\bbuildPassword|\bsig(?=[\"']?=))[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+", re.IGNORECASE
)


def struck(text: str) -> str:
    """`text` without the values of what the service calls a key, an install password or a signature."""
    # A function, not a template: for those Python looks for a module at each call, which takes longer than the rest.
    return _NAMED.sub(lambda found: f"{found[1]}{STRUCK}", text)


def clean(build: Build) -> dict[str, object]:
    """Everything known of `build` by its names, as JSON takes it, texts without secrets."""
    fields: dict[str, object] = msgspec.to_builtins(build)
    texts = {name: struck(value) for name, value in fields.items() if isinstance(value, str)}
    return {**fields, **texts, "extra": [(name, struck(value)) for name, value in build.extra]}
