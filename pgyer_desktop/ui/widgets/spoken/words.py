"""Text as it is read out: no markup, and none of the characters that stand for something else than a letter."""

from __future__ import annotations

import html
import re
from typing import Final

from pgyer_desktop.ui.widgets.text.plain_text import BEGIN, END

_UNSPOKEN: Final = re.compile("[\u200b\u200c\u2060\ufdd0-\ufdef\ufffc\ufffe\uffff]")
"""Places where a line may break, and Qt's own marks for tables, frames and pictures in a text."""


def spoken(text: str) -> str:
    """`text` without what is no word; of a tooltip that was made safe, what stands in it."""
    if text.startswith(BEGIN) and text.endswith(END):
        text = html.unescape(text.removeprefix(BEGIN).removesuffix(END))
    return _UNSPOKEN.sub("", text).strip()
