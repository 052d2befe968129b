"""What a clean-up keeps: its rules, and rules with a name.

Values only, so that they can be remembered. Must not decide about a build: `core.cleanup.retention` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

MOST_DAYS: Final = 36_500
MOST_BUILDS: Final = 1_000_000
MOST_POLICIES: Final = 100
MOST_POLICY_NAME: Final = 60
"""Characters of a policy's name."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is kept; what no rule keeps is deleted. Raises ValueError for numbers out of range.

    A build stays if any rule keeps it.
    """

    newest: Annotated[int, msgspec.Meta(ge=1, le=MOST_BUILDS)] | None = None
    """The newest of all; None: no such rule."""
    days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)] | None = None
    """All younger than so many days; None: no such rule."""
    newest_of_version: bool = False
    """The newest build of each version."""

    def __post_init__(self) -> None:
        """Refuse numbers that would keep nothing, or that no date and no spin box can hold."""
        for value, largest in ((self.newest, MOST_BUILDS), (self.days, MOST_DAYS)):
            if value is not None and not 1 <= value <= largest:
                raise ValueError(f"a rule's number is between 1 and {largest}")

    @property
    def keep_anything(self) -> bool:
        """Whether there is any rule."""
        return self.newest is not None or self.days is not None or self.newest_of_version


USUAL_RULES: Final = Rules(newest=20, days=30)
"""Of an app that has never been cleaned up: they find something where there is something to find."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules with a name, for any app."""

    name: Annotated[str, msgspec.Meta(pattern=r"\S")]
    rules: Rules


@dataclass(frozen=True, slots=True)
class AppRules:
    """The rules that an app was cleaned up by last."""

    app_key: str
    rules: Rules
    policy: str = ""
    """The name of the policy that they come from; "" where they are the app's own."""


def policy_of(policies: tuple[Policy, ...], name: str) -> Policy | None:
    """The policy with this name."""
    return next((policy for policy in policies if policy.name == name), None)


def with_policy(policies: tuple[Policy, ...], policy: Policy) -> tuple[Policy, ...]:
    """`policies` with this one in the place of the one with its name, or at its place by name."""
    others = without_policy(policies, policy.name)
    return tuple(sorted((*others, policy), key=lambda one: one.name.casefold()))[:MOST_POLICIES]


def without_policy(policies: tuple[Policy, ...], name: str) -> tuple[Policy, ...]:
    """`policies` without the one with this name."""
    return tuple(policy for policy in policies if policy.name != name)
