"""Release notes without a heading that says nothing: as one line without bullets, and as lines with their bullets.

Must not cut where a width ends; whoever paints does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SEPARATOR: Final = " · "
_MOST: Final = 600
"""Characters of the line; no row has room for more."""
_READ: Final = 4000
"""Characters of the notes that are looked at."""
_BULLET: Final = re.compile(r"(?:[-*+–—]\s+|[•·●○◦▪■□▸►◆◇✓✔]\s*|\(?\d{1,2}(?:[.)](?!\d)|[、．）])\s*)+")
_ENTRY: Final = re.compile(r"(\s*)(?:[-*+–—]\s+|[•·●○◦▪■□▸►◆◇]\s*)")
_DEEPEST: Final = 3
_HEADINGS: Final = frozenset({
    "what changed", "what's changed", "what's new", "what’s new", "release notes", "changelog", "change log", "changes",
    "notes", "new in this version", "new in this build",
    "本次更新", "更新内容", "更新说明", "更新日志", "版本说明", "更新", "本次更新内容", "新版本特性", "新增内容",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of release notes. `level`: how deep it stands in a list, 1 and more; 0: in none."""

    text: str
    level: int = 0


def whole_lines(notes: str) -> tuple[NoteLine, ...]:
    """All lines, those of a list without the sign before them; no empty one beside a list, at the begin or the end."""
    raw = notes.expandtabs(4).splitlines()
    filled = [line for line in raw if line.strip()]
    if len(filled) > 1 and filled[0].strip("# ").rstrip(" .!。！:：").casefold() in _HEADINGS:
        raw = raw[raw.index(filled[0]) + 1 :]
    found: list[NoteLine] = []
    for line in raw:
        entry = _ENTRY.match(line)
        if entry is not None and line[entry.end() :].strip():
            while found and not found[-1].text:
                found.pop()
            found.append(NoteLine(line[entry.end() :].strip(), min(1 + len(entry[1]) // 2, _DEEPEST)))
        elif line.strip():
            found.append(NoteLine(line.rstrip()))
        elif found and found[-1].text and not found[-1].level:
            found.append(NoteLine(""))
    while found and not found[-1].text:
        found.pop()
    return tuple(found)


def note_lines(notes: str) -> tuple[str, ...]:
    """The lines that say something, each in one piece."""
    text = notes[:_READ]
    raw = [" ".join(line.split()) for line in text.splitlines()]
    filled = [number for number, line in enumerate(raw) if line]
    if len(filled) > 1 and _is_heading(raw, filled[0], filled[1]):
        filled = filled[1:]
    lines = (_BULLET.sub("", raw[number].lstrip("# "), count=1) or raw[number] for number in filled)
    return tuple(lines)


def note_line(notes: str) -> str:
    """All of them as one line; "" where there are none."""
    return SEPARATOR.join(note_lines(notes))[:_MOST]


def _is_heading(raw: list[str], first: int, second: int) -> bool:
    line = raw[first]
    if line.startswith("#") or line.endswith((":", "：")) or line.rstrip(" .!。！").casefold() in _HEADINGS:
        return True
    return second > first + 1 and not _BULLET.match(line) and _BULLET.match(raw[second]) is not None
