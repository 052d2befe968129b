"""What things are called in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pgyer_desktop.api import Platform

if TYPE_CHECKING:
    from pgyer_desktop.api import Build, UpdateCheck

LONGEST: Final = 60
"""Characters of a name in a sentence. Real ones are shorter; what is longer is somebody's joke, or worse."""


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


def short(text: str, most: int = LONGEST) -> str:
    """`text` in at most `most` characters: of what is longer, the middle is left out."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"
