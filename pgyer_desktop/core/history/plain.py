"""What is searched, and what is searched for, in the same plain characters, however they were typed.

Chinese input methods give full-width digits, letters, signs and blanks, quotes and dashes of their own, and 《》 for
the keys < and >; a release note may hold them as well. Must not change how anything is shown.
"""

from __future__ import annotations

from typing import Final

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LIKE: Final = {
    '"': "“”„‟〝〞〟「」『』«»",
    "'": "‘’‚‛",
    ":": "∶︰﹕",
    "-": "‐‑‒–−﹣",
    ".": "。｡",
    "<": "《〈",
    ">": "》〉",
    " ": "\u3000\u00a0",
}
_TABLE: Final = _FULL_WIDTH | {ord(one): plain for plain, others in _LIKE.items() for one in others}


def plain_signs(text: str) -> str:
    """`text` in plain characters, each in the place of the one that it stands for."""
    return text if text.isascii() else text.translate(_TABLE)


def plain(text: str) -> str:
    """`text` as words are looked for: in plain characters, casefolded."""
    return plain_signs(text).casefold()
