"""Hears what a screen reader is told of the program's own accord, where no screen reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.ui.widgets.spoken import announcement

if TYPE_CHECKING:
    import pytest
    from PySide6.QtWidgets import QWidget


def listening(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is said from now on: "urgent" or "polite", and the words."""
    said: list[tuple[str, str]] = []

    def listen(_widget: QWidget, words: str, urgent: bool) -> None:
        said.append(("urgent" if urgent else "polite", words))

    monkeypatch.setattr(announcement, "_send", listen)
    return said
