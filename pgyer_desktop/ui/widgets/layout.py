"""Rows and columns, written as what stands in them, in its order.

Between the parts may stand a number, which is a gap of so many pixels. Must not know what a part shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pgyer_desktop.ui.base import theme

_Box = TypeVar("_Box", bound=QBoxLayout)
_ANYWHERE: Final = Qt.AlignmentFlag(0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part that takes `stretch` shares of the room that is left, or stands at one end of the room it gets."""

    what: QWidget | QLayout | None
    stretch: int = 0
    at: Qt.AlignmentFlag = _ANYWHERE


Part: TypeAlias = "QWidget | QLayout | Placed | int"
Margins: TypeAlias = "int | tuple[int, int, int, int]"
"""Of all sides, or left, top, right and bottom."""


def wide(what: QWidget | QLayout, shares: int = 1, *, at: Qt.AlignmentFlag = _ANYWHERE) -> Placed:
    """A part that takes the room that is left."""
    return Placed(what, shares, at)


def at_top(what: QWidget) -> Placed:
    """A part that is no taller than it has to be, at the top of its row."""
    return Placed(what, at=Qt.AlignmentFlag.AlignTop)


def stretch(shares: int = 0) -> Placed:
    """The room that is left where no part is `wide`, or its share of it."""
    return Placed(None, shares)


def row(*parts: Part, inside: QWidget | None = None, spacing: int = theme.SPACE, margins: Margins = 0) -> QHBoxLayout:
    """The parts side by side. They fill the widget `inside`, or are a part of another layout."""
    return _filled(QHBoxLayout(), parts, inside, spacing, margins)


def column(
    *parts: Part, inside: QWidget | None = None, spacing: int = theme.SPACE, margins: Margins = 0
) -> QVBoxLayout:
    """The parts one below the other; otherwise as `row`."""
    return _filled(QVBoxLayout(), parts, inside, spacing, margins)


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """Add the parts behind what the layout has already."""
    for part in parts:
        if isinstance(part, int):
            layout.addSpacing(part)
            continue
        placed = part if isinstance(part, Placed) else Placed(part)
        if isinstance(placed.what, QWidget):
            layout.addWidget(placed.what, placed.stretch, placed.at)
        elif placed.what is not None:
            layout.addLayout(placed.what, placed.stretch)
        else:
            layout.addStretch(placed.stretch)


def _filled(layout: _Box, parts: tuple[Part, ...], inside: QWidget | None, spacing: int, margins: Margins) -> _Box:
    if inside is not None:
        inside.setLayout(layout)
    layout.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    layout.setSpacing(spacing)
    fill(layout, *parts)
    return layout
