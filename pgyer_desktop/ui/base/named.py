"""What widgets are called: by scripts and tests, by screen readers where no text says it, and by a letter with Alt."""

from __future__ import annotations

import re
import sys
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtWidgets import QWidget

_Widget = TypeVar("_Widget", bound="QWidget")
_KEY: Final = re.compile(r"\(&([A-Za-z])\)|&([A-Za-z])")
_NAMED_HERE: Final = "namedWithoutKey"
_WORD: Final = re.compile(r"[A-Z]?[a-z]+")


def named(name: str, widget: _Widget, words: str = "") -> _Widget:
    """Return `widget` with `name` as its object name and, where given, `words` as its accessible name."""
    widget.setObjectName(name)
    if words:
        widget.setAccessibleName(words)
    return widget


class Labelled(Protocol):
    """A button or the entry of a menu."""

    def text(self) -> str:
        """What stands on it."""

    def setText(self, text: str) -> None:
        """Have this stand on it."""

    def objectName(self) -> str:
        """What scripts call it: English in every language."""


def give_access_keys(things: Iterable[Labelled], taken: set[str] | None = None) -> None:
    """Give each of these that has none a letter of its own, which chooses it under Alt; see `with_access_key`.

    It is one of its words or, where they are not in Latin letters or lack a free one, of its object name. `taken` are
    letters that others have; those that are given are added.
    """
    taken = set() if taken is None else taken
    things = [one for one in things if plain(one.text())]
    without = []
    for one in things:
        letter = access_key(one.text())
        if letter:
            taken.add(letter)
        else:
            without.append(one)
    for one in without:
        words, name = one.text(), one.objectName().removesuffix("Button")
        key = choose_key(words, taken) if _is_latin(words) else ""
        one.setText(with_access_key(words, key or choose_key(name, taken) or choose_key(ascii_uppercase, taken)))
        _name_without_key(one, words)


def _name_without_key(one: Labelled, words: str) -> None:
    """Have no letter in brackets read out, which stands behind words that are not Latin."""
    if isinstance(one, QAbstractButton) and (not one.accessibleName() or one.property(_NAMED_HERE)):
        one.setProperty(_NAMED_HERE, True)
        one.setAccessibleName(plain(words))


def choose_key(hint: str, taken: set[str]) -> str:
    """The letter that `hint` suggests, other than those that are `taken`, to which it is added; "" for none."""
    letter = next((letter for letter in _letters(hint) if letter not in taken), "")
    taken.update(letter)
    return letter


def with_access_key(words: str, letter: str) -> str:
    """`words`, in which "&&" stands for "&", with a sign before this letter; where they lack it, it follows them.

    "&Set latest…", and in Chinese "设为最新版本(&S)…". macOS has no such keys.
    """
    if not letter or sys.platform == "darwin":
        return words
    shown, tab, behind = words.partition("\t")
    if _is_latin(shown):
        found = re.search(rf"\b{letter}", shown, re.IGNORECASE) or re.search(letter, shown, re.IGNORECASE)
        if found is not None:
            return f"{shown[: found.start()]}&{shown[found.start() :]}{tab}{behind}"
    bare = shown.rstrip("…")
    return f"{bare}(&{letter}){shown[len(bare) :]}{tab}{behind}"


def access_key(words: str) -> str:
    """The letter that chooses what has these words, in upper case; "" for none."""
    found = _KEY.search(words.replace("&&", ""))
    return (found[1] or found[2]).upper() if found is not None else ""


def plain(words: str) -> str:
    """The words as they were without the letter, and with "&" for "&&"."""
    whole = words.replace("&&", "\0")
    return _KEY.sub(lambda found: found[2] or "", whole).replace("\0", "&")


def _is_latin(words: str) -> bool:
    return all(ord(letter) < 0x2E80 for letter in words)


def _letters(hint: str) -> Iterator[str]:
    """The first letters of its words, then the others; of an object name what stands last says most."""
    is_name = hint.isidentifier() and re.search(r"[a-z][A-Z]|_", hint) is not None
    words = _WORD.findall(hint)[::-1] if is_name else re.findall(r"[A-Za-z]+", hint)
    for word in words:
        yield word[0].upper()
    for word in words:
        yield from word[1:].upper()
