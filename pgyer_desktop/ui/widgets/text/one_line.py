"""Labels beside each other, whose first lines stand on one baseline: fonts of other scripts are higher.

Must not change what they say or how it looks.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel


def on_one_line(*labels: QLabel) -> None:
    """Move each of these, which begin at one height, down to the lowest; again where a font or a text has changed."""
    found = [_baseline(label) for label in labels]
    lowest = max(found, default=0)
    for label, baseline in zip(labels, found, strict=True):
        label.setContentsMargins(0, lowest - baseline, 0, 0)


def _baseline(label: QLabel) -> int:
    """How far below its upper edge a label's first line stands, in whichever fonts its letters are found."""
    layout = QTextLayout(label.text().partition("\n")[0] or " ", label.font())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(label.width(), label.sizeHint().width()))
    layout.endLayout()
    needed = line.ascent() + line.descent()
    spare = math.ceil(needed) - needed  # a label has whole pixels, and half of what is left is above the letters
    return round(spare / 2 + line.ascent())
