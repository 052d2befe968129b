"""Text that came from elsewhere, made safe for the places where Qt would read it as HTML.

A tooltip that starts with a tag is rendered as rich text, which may load files and follow links. This must be the way
in which names, notes and messages of the service reach a tooltip.
"""

from __future__ import annotations

import html
from typing import Final

MOST: Final = 2000
"""Characters of a tooltip; one that is larger than the screen cannot be read anyway."""
BEGIN: Final = '<span style="white-space: pre-wrap">'
END: Final = "</span>"


def plain_tooltip(text: str) -> str:
    """`text` for `setToolTip` and `QToolTip.showText`: shown letter by letter, wrapped, cut after `MOST`."""
    if not text:
        return ""
    if len(text) > MOST:
        text = f"{text[:MOST]}…"
    return f"{BEGIN}{html.escape(text)}{END}"
