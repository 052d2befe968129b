"""What widgets are called: by scripts and tests, and by screen readers where no text on the widget says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_Widget = TypeVar("_Widget", bound="QWidget")


def named(name: str, widget: _Widget, words: str = "") -> _Widget:
    """Return `widget` with `name` as its object name and, where given, `words` as its accessible name."""
    widget.setObjectName(name)
    if words:
        widget.setAccessibleName(words)
    return widget
