"""Guard rails of one account: what this program makes hard, or refuses, whatever the key allows.

They are this computer's own: the service knows nothing of them. New accounts start careful.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

MOST_DELETES: Final = 2000
"""No account allows more deletes in one run."""


class Colour(Enum):
    """What tells an account from others at a glance. The values stand in the settings."""

    NONE = ""
    RED = "red"
    ORANGE = "orange"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"


@dataclass(frozen=True, slots=True)
class Guards:
    """As they are for a new account. `colour` names a `Colour`; one that is not known is none."""

    colour: str = ""
    read_only: bool = False
    """Nothing can be changed on the service."""
    type_promotions: bool = True
    """The version is typed before a risky promotion; what is risky says `core.changes.promotion`."""
    type_deletes: bool = True
    """A word is typed before a risky delete."""
    production: bool = False
    """Users depend on what this account offers: every promotion in it is risky."""
    most_deletes: int = 50
    """Deletes in one run, 1 to `MOST_DELETES`."""

    @property
    def paint(self) -> Colour:
        """The colour, as far as this version knows it."""
        return next((colour for colour in Colour if colour.value == self.colour), Colour.NONE)

    @property
    def deletes(self) -> int:
        """`most_deletes` within its bounds, whatever stands in the settings."""
        return max(1, min(self.most_deletes, MOST_DELETES))
