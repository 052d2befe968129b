"""What nobody knows about the real service, or what differs from reply to reply, as switches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Successor(Enum):
    """Which build is the latest once the one that was is cleared or deleted."""

    NOBODY = "none is"
    NEWEST = "the newest upload"
    PREVIOUS = "the one that was the latest before"


class BuildKeyField(Enum):
    """What `app/builds` does with its field `buildKey`."""

    IGNORED = "lists all builds"
    ONLY = "lists this build alone"
    ONLY_IF_THERE = "lists this build alone, and all builds where it is gone"
    EMPTY = "lists none"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the service behaves. The defaults are what was seen, or the plainest guess where nothing was."""

    after_clear: Successor = Successor.NOBODY
    after_delete: Successor = Successor.NOBODY
    """Of the latest build; deleting another changes nothing."""
    several_latest: bool = False
    """Setting the latest leaves the mark of the one before."""
    upload_becomes_latest: bool = True
    clearing_another_fails: bool = False
    """With code 1081, where the build is not the latest."""
    offers_newest_without_latest: bool = True
    """What `check`, and `view` of an app, answer while nothing is the latest; False: code 1009."""
    view_of_gone_shows_another: bool = False
    """`view` of a build that is gone describes what the app offers instead; False: code 1009."""
    builds_with_build_key: BuildKeyField = BuildKeyField.IGNORED
    rows_say_latest: bool = True
    """Rows and descriptions carry `buildIsLastest`, which is not documented."""
    documented_only: bool = False
    """Rows of `builds` carry the ten documented fields alone."""
    numbers_are_strings: bool = True
    list_my_is_array: bool = False
    """The documented shape of `listMy`; False: the one that was seen."""
    empty_data_is_array: bool = False
    """A page without builds has `data: []`, as PHP writes an empty object."""
    escapes_download_url: bool = True
    old_check: bool = False
    """`check` leaves out what older replies did not have."""
    page_size: int = 20
