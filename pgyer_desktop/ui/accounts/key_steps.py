"""How one comes by an API key, step by step, with the link to the page that shows it.

Must not open the page.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.widgets.dialog.link_button import LinkButton
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size


class KeySteps(QWidget):
    """Three numbered steps.

    Signals:
        page_requested: open the page that shows the key.
    """

    page_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        page = LinkButton("accountHelpButton", self.tr("Account › API"), self, picture="external-link")
        explain(page, self.tr("Opens Pgyer in the browser"))
        page.clicked.connect(self.page_requested)
        what = self._words(self.tr("API Key", "as Pgyer writes it"), Size.HEADING)
        steps = (
            self._step(1, self.tr("Sign in to Pgyer and open {page}"), "{page}", page),
            self._step(2, self.tr("Copy the {key} there"), "{key}", what),
            self._step(3, self.tr("Come back and paste it")),
        )
        for words in self.findChildren(Label):
            words.setFixedHeight(page.sizeHint().height())  # rows of one height, whatever stands in them
        column(*steps, inside=self, spacing=0)

    def _step(self, number: int, sentence: str, place: str = "", part: QWidget | None = None) -> QLayout:
        """The sentence with `part` where its `place` is."""
        before, _, after = sentence.partition(place) if place else (sentence, "", "")
        space = QFontMetrics(self.font()).horizontalAdvance(" ")
        step = row(self._words(str(number), ink=Ink.SOFT), theme.SPACE_GROUP, spacing=0)
        if before:
            fill(step, self._words(before.rstrip()), space if before.endswith(" ") else 0)
        if part is not None:
            fill(step, part)
        if after:
            fill(step, space if after.startswith(" ") else 0, self._words(after.lstrip()))
        fill(step, stretch())
        return step

    def _words(self, text: str, size: Size = Size.BODY, ink: Ink = Ink.PLAIN) -> Label:
        words = Label(self, size, ink, text=text)
        words.setWordWrap(False)
        words.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return words
