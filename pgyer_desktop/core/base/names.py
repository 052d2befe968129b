"""What things are called in sentences, and what of a name a person can type."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api import Platform

if TYPE_CHECKING:
    from pgyer_desktop.api import Build, UpdateCheck

LONGEST: Final = 60
"""Characters of a name in a sentence. Real ones are shorter; what is longer is somebody's joke, or worse."""

_CODE: Final = re.compile(r"⟨U\+[0-9A-F]{4,6}⟩")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
_BLANK: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Letters and marks that nobody sees, beside the characters of the kinds above."""
_BY_ANOTHER_KEY: Final = str.maketrans({
    "\u2800": " ", "。": ".", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "“": '"', "”": '"', "‘": "'", "’": "'",
})  # fmt: skip
"""As an input method writes what the plain keys say."""
_UNITS: Final = ("kB", "MB", "GB", "TB", "PB", "EB")

PLATFORM_NAMES: Final = {
    Platform.IOS: "iOS",
    Platform.ANDROID: "Android",
    Platform.HARMONYOS: "HarmonyOS",
    Platform.UNKNOWN: "",
}
"""Proper names, the same in every language; "" where the service named none that is known."""


def name_of(build: Build | UpdateCheck) -> str:
    """A build as sentences name it: "1.4.5 (145)", else by what there is."""
    version, number = short(build.version), short(build.build_number)
    if version and number:
        return f"{version} ({number})"
    if version or number:
        return version or number
    return f"#{build.pgyer_build}" if build.pgyer_build is not None else build.build_key


def as_typed(text: str) -> str:
    """`text` as a plain keyboard writes what a person sees of it; two texts that look the same are the same then.

    Wide characters become plain ones, and of what cannot be seen nothing is left, neither as it came nor as its code.
    "" where there is nothing to be seen.
    """
    plain = unicodedata.normalize("NFKC", _CODE.sub("", text)).translate(_BY_ANOTHER_KEY)
    seen = (one for one in _BLANK.sub("", plain) if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    return " ".join("".join(seen).split())


def size_text(size: int) -> str:
    """`size` bytes in decimal units, as the window and the stores count: "10.6 MB", "999 B"."""
    if size < 1000:
        return f"{size} B"
    tenths, unit = 0, ""
    for power, unit in enumerate(_UNITS, start=1):  # noqa: B007 - the last one tried is the one that is written
        tenths = (size * 10 + 1000**power // 2) // 1000**power
        if tenths < 10_000:
            break
    return f"{tenths // 10}.{tenths % 10} {unit}"


def short(text: str, most: int = LONGEST) -> str:
    """`text` in at most `most` characters: of what is longer, the middle is left out."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"
