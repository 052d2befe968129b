"""What was asked of the sandbox, and what shall go wrong with the next answer. For tests.

Plain records: keeping and applying them is the business of `service` and `asgi`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request as it arrived.

    `fields` are the form's; in place of the key `_api_key` holds whether it was the right one. Header names are in
    lower case. `query` is what stood behind the question mark. The key itself is in none of them: where it should
    not have been sent at all it reads `[key]`.
    """

    method: str
    path: str
    fields: Mapping[str, str | bool]
    headers: Mapping[str, str]
    query: str = ""

    @property
    def operation(self) -> str:
        """The last part of the path: "builds", "setNewestVersion" or an icon's key."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong once. See `SandboxService.fail_next`."""

    path: str
    code: int | None = None
    message: str = ""
    status: int | None = None
    body: bytes | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    delay: float = 0.0
    drop_reply: bool = False

    def hits(self, path: str) -> bool:
        """Whether a request for `path` meets this fault."""
        return self.path == "*" or path.endswith(self.path)

    @property
    def answers(self) -> bool:
        """Whether the fault replaces the answer, so that the request changes nothing."""
        return self.code is not None or self.status is not None or self.body is not None
