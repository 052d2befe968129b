"""Builds by their version, build number or Pgyer build: of the open app all that are known, of others the newest.

Reading blocks, and is for threads; searching is plain text work, for whoever does it in slices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.goto.letters import fits, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pgyer_desktop.core.builds.apps import KnownApp
    from pgyer_desktop.core.goto.letters import Letters
    from pgyer_desktop.core.history.account_history import History

MOST_OF_OTHERS: Final = 500
"""Builds of an app that is not open; who wants an older one opens it."""
WORST: Final = 2
_LEAST_INSIDE: Final = 3
_THREE_LINES: Final = re.compile(r"(?:[^\n]*\n){3}")


@dataclass(frozen=True, slots=True)
class AppNumbers:
    """What the builds of an app are called, newest first.

    Of each the id of its row, and version, build number and Pgyer build, casefolded, each between line breaks.
    """

    app: KnownApp
    ids: Sequence[int]
    texts: Sequence[str]


def read_numbers(history: History, apps: Sequence[KnownApp], open_key: str) -> list[AppNumbers]:
    """What the builds of these apps are called, as far as that is kept here. Blocks; raises `HistoryError`."""
    found = []
    for app in apps:
        ids, texts = history.of(app.app_key).haystacks(None if app.app_key == open_key else MOST_OF_OTHERS)
        if ids:
            found.append(AppNumbers(app, ids, [_called(text) for text in texts]))
    return found


def _called(haystack: str) -> str:
    """What a build is called, of all that is searched of it: the first three lines; see `history.match`."""
    lines = _THREE_LINES.match(haystack)
    return f"\n{lines[0] if lines is not None else haystack}"


def about_builds(letters: Letters, app_title: str) -> tuple[str, ...]:
    """The words that name a build of this app rather than the app itself; none where all name the app.

    A word with a digit is about a build: whoever types one for an app finds that app all the same.
    """
    named = name(app_title)
    return tuple(
        word for word in letters.words if any(map(str.isdigit, word)) or not (fits(word, named) or word in named.title)
    )


def ranked(words: Sequence[str], numbers: AppNumbers, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Rank (0 for best, `WORST` for worst) and row id of the builds from `start` to before `stop` that `words` name."""
    wanted = [_wanted(word) for word in words]
    for at in range(start, min(stop, len(numbers.ids))):
        text, worst = numbers.texts[at], 0
        for begins, begins_serial, inside in wanted:
            # Written out: it is done for each of many thousand builds with each letter that is typed.
            if begins not in text and begins_serial not in text:
                if not inside or inside not in text:
                    break
                worst = 2
            elif worst == 0 and f"{begins}\n" not in text and f"{begins_serial}\n" not in text:
                worst = 1
        else:
            yield worst, numbers.ids[at]


def _wanted(word: str) -> tuple[str, str, str]:
    """What begins a line of a text that `word` begins, as it is and as a Pgyer build, and what may be inside of one."""
    begins = f"\n{word}"
    inside = "" if word.isdigit() or len(word) < _LEAST_INSIDE else word
    return begins, begins if word.startswith("#") else f"\n#{word}", inside
