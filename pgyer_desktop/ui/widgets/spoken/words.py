"""Text as it is read out: no markup, nothing twice, and none of the characters that are no letters."""

from __future__ import annotations

import html
import re
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QWidget

from pgyer_desktop.ui.widgets.text.plain_text import BEGIN, END, plain_tooltip

_UNSPOKEN: Final = re.compile("[\u200b\u200c\u2060\ufdd0-\ufdef\ufffc\ufffe\uffff]")
"""Places where a line may break, and Qt's own marks for tables, frames and pictures in a text."""

_LINE: Final = 80
"""Longer tooltips wrap."""
_NONE: Final = " "
"""A description of nothing, in whose place Qt reads no tooltip and no placeholder."""


def spoken(text: str) -> str:
    """`text` without what is no word; of a tooltip that was made safe, what stands in it."""
    if text.startswith(BEGIN) and text.endswith(END):
        text = html.unescape(text.removeprefix(BEGIN).removesuffix(END))
    return _UNSPOKEN.sub("", text).strip()


def explain(widget: QWidget, text: str) -> None:
    """Have `text`, plain, as the tooltip of `widget` and its description; "": neither.

    Where the widget is called just that, it is not said twice: without a description of its own, Qt reads the tooltip,
    markup and all.
    """
    safe = len(text) <= _LINE and "<" not in text
    widget.setToolTip(text if safe else plain_tooltip(text))
    describe(widget, text)


def describe(widget: QWidget, text: str) -> None:
    """Have `text` as the description of `widget`, or none where that is its name; see `explain`."""
    name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    widget.setAccessibleDescription(text if text and text != name else _NONE)
