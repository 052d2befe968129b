"""The letter that a Chinese character begins with in pinyin, for those that are in common use.

Python's own codec for GB 2312 has the 3,755 most common characters in the order of their pinyin: where each letter
begins is all that has to be known. Rarer ones, and those outside of simplified Chinese, have no letter here. A
character that is read in several ways has the letter of one of them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import Final

_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_FIRST: Final = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first character of each letter; no syllable begins with i, u or v."""
_LAST: Final = "座"
"""Behind it come the rarer characters, in the order of their strokes."""


def initial(character: str) -> str:
    """The letter that `character` begins with; "" where that is not known."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    first, last = _borders()
    if len(code) != 2 or not first[0] <= code <= last:
        return ""
    return _LETTERS[bisect_right(first, code) - 1]


@lru_cache(maxsize=1)
def _borders() -> tuple[list[bytes], bytes]:
    """Computed when they are first wanted: the codec takes a millisecond or two to load."""
    return [character.encode("gb2312") for character in _FIRST], _LAST.encode("gb2312")
