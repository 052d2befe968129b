"""How a write ended, by evidence: what the service replied and what a read afterwards shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pgyer_desktop.api.errors import Delivery

if TYPE_CHECKING:
    from pgyer_desktop.api import Build, PgyerError
    from pgyer_desktop.core.base.words import Text
    from pgyer_desktop.core.builds.pages import PageView


class Outcome(Enum):
    """What is known about a write."""

    DONE = "done"
    """A read shows it."""
    NOT_DONE = "not done"
    """The service refused it, it was never sent, or a read shows that it did not happen."""
    UNKNOWN = "unknown"
    """Neither the reply nor a read could tell."""
    CONTRADICTED = "contradicted"
    """The service said that it succeeded, and a read shows that it did not."""


class Write(Enum):
    """The three changes that can be made to a build."""

    SET_LATEST = "set latest"
    CLEAR_LATEST = "clear latest"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """How `write` on `build` ended.

    `error` is what answered the write, where it was no success; `read_error` why it could not be looked at afterwards.
    `after` is the page as it was read after the write, `latest` the build that the service calls latest then, where
    exactly one is known.
    """

    write: Write
    build: Build
    outcome: Outcome
    error: PgyerError | None = None
    read_error: PgyerError | None = None
    after: PageView | None = None
    latest: Build | None = None
    unrecorded: Text | None = None
    """Why the journal does not hold this ending yet."""


def judged(write: Write, error: PgyerError | None, *, seen: bool | None) -> Outcome:
    """The outcome from the reply and the read.

    `error` is None for a reply that says success; `seen` is what the read shows, None where it could not tell. What is
    seen counts for more than what was replied: a refusal is believed where nothing is seen to speak against it, but
    not that of a delete, which cannot be undone.
    """
    if error is not None and error.delivery is Delivery.NOT_SENT:
        return Outcome.NOT_DONE
    if seen is None:
        refused = error is not None and error.delivery is Delivery.ANSWERED and write is not Write.DELETE
        return Outcome.NOT_DONE if refused else Outcome.UNKNOWN
    if seen:
        return Outcome.DONE
    return Outcome.CONTRADICTED if error is None else Outcome.NOT_DONE
