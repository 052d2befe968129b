"""Text from elsewhere, with the characters that nobody sees made visible.

Controls, zero-width characters and those that turn the direction of writing can make one name look like another, or a
sentence say what it does not. What the service sends passes here once, so that everything behind may show it as it is.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_LINE_ENDS: Final = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}
_KEPT: Final = frozenset("\n\t\u200d")  # the last one, the joiner, holds many emoji together
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})


def escape_invisible(text: str) -> str:
    r"""`text` with each character that controls, hides or reorders others shown by its code, such as "⟨U+202E⟩".

    Line breaks of every kind become "\n"; tabs stay, and so does the joiner of emoji. A lone surrogate, which can be
    neither written as UTF-8 nor painted, is shown by its code too. Visible text comes back as it is.
    """
    # The usual case, in little time: in a whole history of builds all texts pass here.
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = text.removeprefix("\ufeff")  # at the start a mark of the encoding, and none of the text
    for end, line_feed in _LINE_ENDS.items():
        text = text.replace(end, line_feed)
    return "".join(
        f"⟨U+{ord(character):04X}⟩"
        if character not in _KEPT and unicodedata.category(character) in _UNSEEN
        else character
        for character in text
    )
