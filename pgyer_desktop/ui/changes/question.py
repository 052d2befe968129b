"""A question before a change, as data: what is asked, in the words that are shown.

`confirmations` writes it, `confirm_dialog` shows it; it knows nothing of what is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.builds.listing.rows import ListedBuild

Notes = tuple[tuple[str, tuple[str, ...]], ...]
"""The notes of several builds: the name of each, and its lines."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: the `build` that is there, or `words` where none is known."""

    caption: str
    build: Build | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `action` names the window, `title` is the question, `accept` the verb that does it. `columns` are from and to, side
    by side. `subject` has its icon beside the facts. `builds` are what is deleted, `stays` what is not though it was
    selected, under a sentence each. `typed`, if not empty, must be typed as it looks before `accept` can be pressed.
    `danger` is for what cannot be undone: its verb is red, and Enter does nothing before the word is right. `notes` are
    a title and what stands under it. `railed`: the account's guard rails ask for more here, and can be looked at.
    """

    action: str
    title: str
    accept: str
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[Side, Side] | None = None
    subject: Build | None = None
    app_name: str = ""
    builds: tuple[ListedBuild, ...] = ()
    stays: tuple[tuple[str, tuple[ListedBuild, ...]], ...] = ()
    notes: tuple[str, Notes] = ("", ())
    warnings: tuple[str, ...] = ()
    typed: str = ""
    danger: bool = False
    railed: bool = False
