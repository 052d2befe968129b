"""Release notes as one line, for a row that has room for one: without bullets, and without a heading that says nothing.

Must not cut where a width ends; whoever paints does that.
"""

from __future__ import annotations

import re
from typing import Final

SEPARATOR: Final = " · "
_MOST: Final = 600
"""Characters of the line; no row has room for more."""
_READ: Final = 4000
"""Characters of the notes that are looked at."""
_BULLET: Final = re.compile(r"(?:[-*+–—]\s+|[•·●○◦▪■□▸►◆◇✓✔]\s*|\(?\d{1,2}(?:[.)](?!\d)|[、．）])\s*)+")
_HEADINGS: Final = frozenset({
    "what changed", "what's changed", "what's new", "what’s new", "release notes", "changelog", "change log", "changes",
    "notes", "new in this version", "new in this build",
    "本次更新", "更新内容", "更新说明", "更新日志", "版本说明", "更新", "本次更新内容", "新版本特性", "新增内容",
})  # fmt: skip


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
