"""Strikes the service's secrets out of texts before they are kept: its own names for them, as they stand in links.

For values that are written to files of ours. What the log writes has stricter rules of its own (`logs`).
"""

from __future__ import annotations

import re
from typing import Final

STRUCK: Final = "[redacted]"

# The service's own names for secrets, as they stand in its links and forms.
_NAMED: Final = re.compile(
    r"((?:\b_api_key|\buserKey|\bbuildPassword|\bsig(?=[\"']?=))[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+", re.IGNORECASE
)


def struck(text: str) -> str:
    """`text` without the values of what the service calls a key, an install password or a signature."""
    return _NAMED.sub(rf"\1{STRUCK}", text)
