"""Says for whom the program can be used: what was tried with what, and what is known not to work. Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill
from pgyer_desktop.ui.widgets.text.label import Label, Size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AccessibilityDialog(Dialog):
    """The statement. What it says is what the tests do: whoever tries something else writes it here.

    It stays open until the person closes it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accessibilityDialog", parent, width=560)
        words = self.tr("Accessibility")
        self.set_titles(words, words)
        parts = (
            (
                self.tr("What was tried"),
                self.tr(
                    "Keyboard: connecting, promoting, going back and cleaning up by keys alone, in English and Chinese."
                ),
                self.tr(
                    "Screen reader: on Linux, what the accessibility bus (AT-SPI) is told. Every window and dialog is"
                    " searched for what has no name or role."
                ),
                self.tr(
                    "Sight: contrast measured in the pixels, light and dark; texts of 18 points, and twice the size on"
                    " a small screen."
                ),
            ),
            (
                self.tr("What was not tried"),
                self.tr(
                    "No screen reader itself: neither Orca on Linux, NVDA or Narrator on Windows, nor VoiceOver on"
                    " macOS. Windows' UI Automation and magnifiers were not tried either."
                ),
            ),
            (
                self.tr("What is known not to work"),
                self.tr(
                    "What is told of its own accord, such as an error or the end of a queue, may be passed over by"
                    " older screen readers. It stays in the window or in Activity."
                ),
                self.tr("A QR code is for cameras. “Copy link” gives the same address as text."),
            ),
        )
        for number, (title, *sentences) in enumerate(parts):
            heading = Label(self, Size.HEADING, text=title)
            texts = [
                named(f"accessibility{number}{place}", Label(self, text=text)) for place, text in enumerate(sentences)
            ]
            fill(self.body, column(heading, *texts, spacing=theme.SPACE_TIGHT))
        self.add_close("accessibilityCloseButton").setFocus()
