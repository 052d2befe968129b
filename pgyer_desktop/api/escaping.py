"""Text from elsewhere, with the characters that nobody sees made visible.

Controls, zero-width characters and those that turn the direction of writing can make one name look like another, or a
sentence say what it does not. What the service sends passes here once, so that everything behind may show it as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}
_KEPT: Final = frozenset("\n\t\u200d")  # the last one, the joiner, holds many emoji together
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
_ESCAPE: Final = r"(?:\x1b|␛|\^\[|\\(?:0?33|x1[bB]|e|[uU]0{2,6}1[bB]))"
"""The escape character, as it is, drawn, or written out by a script that should have sent it."""
_COLOURS: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|\Z)"  # colours, moves, what is wiped out
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\x9d\n]*(?:\x07|\x1b\\|\x9c)"  # titles and links
    r"|\x1b(?:[()*+][0-9AB]|[=>78])"  # alphabets and keys
    # Written out, colours alone: whatever else looks like a sequence may be somebody's words.
    rf"|{_ESCAPE}\[[0-9;:]*[mK]"
)


def without_colours(text: str) -> str:
    """`text` without what build logs say to a terminal: colours and the like, which are none of the words."""
    return _COLOURS.sub("", text)


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
