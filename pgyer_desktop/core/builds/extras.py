"""What the service says of a build beyond what `api.models.Build` has a place for, as far as it can be said in words.

All of it, by the service's own names, is in the export for programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from pgyer_desktop.api import Build

_WORDS: Final = {
    "buildDescription": translate("extras", "About the app"),
    "buildUpdated": translate("extras", "Updated"),
    "todayDownloadCount": translate("extras", "Downloads today"),
    "appExpiredDate": translate("extras", "Expires"),
}
_NO_TIME: Final = "0000-00-00"


def extras_of(build: Build) -> tuple[tuple[Text, str], ...]:
    """Names and values, in the service's order. What has no words, or is a time that never was, is left out."""
    return tuple(
        (_WORDS[name], value) for name, value in build.extra if name in _WORDS and not value.startswith(_NO_TIME)
    )
