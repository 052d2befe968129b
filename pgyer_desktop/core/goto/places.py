"""What one can go to but builds: apps, actions and settings, and which of them letters name.

Must not look at the history (see `numbers`), and must not go anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.goto.letters import Letters, Name, name, rank


class Kind(Enum):
    """What something to go to is, in the order in which they are offered."""

    APP = "app"
    BUILD = "build"
    ACTION = "action"
    SETTING = "setting"


SETTINGS: Final = {
    "languageCombo": translate("goto", "Language"),
    "appearanceCombo": translate("goto", "Appearance"),
    "densityCombo": translate("goto", "Density of the rows"),
    "updatesCheck": translate("goto", "Look for newer versions of this program"),
    "settingsFolderButton": translate("goto", "Folder of the settings"),
    "cacheFolderButton": translate("goto", "Folder of the cache"),
    "logFolderButton": translate("goto", "Folder of the log"),
}
"""The settings by the object names of what they are changed with in their dialog."""


@dataclass(frozen=True, slots=True)
class Place:
    """An app, an action or a setting. `also` is what it can be found by besides its title, words between spaces."""

    kind: Kind
    id: str
    title: str
    also: str = ""

    @property
    def key(self) -> str:
        """Names it among all places."""
        return key_of(self.kind, self.id)


def key_of(kind: Kind, place: str) -> str:
    """What names a place among all of them."""
    return f"{kind.value}:{place}"


def parts_of(key: str) -> tuple[Kind, str]:
    """The kind and the id in a key of `key_of`. Raises ValueError for what is none."""
    kind, _, place = key.partition(":")
    return Kind(kind), place


class Places:
    """Some hundred places, ready to be searched with each letter."""

    def __init__(self, places: Iterable[Place], used: Sequence[str] = ()) -> None:
        """`places` in their usual order; `used` are the keys of those that were gone to, the last one first."""
        order = {key: number for number, key in reversed(list(enumerate(used)))}
        found = sorted(places, key=lambda place: order.get(place.key, len(order)))
        self._names: list[tuple[Place, Name]] = [(place, name(place.title, place.also)) for place in found]

    def ranked(self, letters: Letters) -> Iterator[tuple[int, Place] | None]:
        """Each place that `letters` name with its rank, and None for each other one; for whoever works in slices."""
        for place, named in self._names:
            found = rank(letters, named)
            yield None if found is None else (found, place)


def in_order(found: Iterable[tuple[int, Place]]) -> list[Place]:
    """Apps first and settings last, and among those of one kind the best first; else as `Places` had them."""
    kinds = list(Kind)
    return [place for _, place in sorted(found, key=lambda pair: (kinds.index(pair[1].kind), pair[0]))]


def used_again(used: Sequence[str], key: str, most: int) -> tuple[str, ...]:
    """What was gone to, the last one first, after going to `key`."""
    return (key, *(other for other in used if other != key))[:most]


SECTIONS: Final[dict[Kind, Text]] = {
    Kind.APP: translate("goto", "Apps"),
    Kind.BUILD: translate("goto", "Builds"),
    Kind.ACTION: translate("goto", "Actions"),
    Kind.SETTING: translate("goto", "Settings"),
}
