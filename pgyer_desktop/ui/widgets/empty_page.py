"""The calm page for when there is nothing to show: one picture or none, one line, one sentence, the button that helps.

Must not decide what helps: it shows the words it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.layout import column, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.manner import GROUP
from pgyer_desktop.ui.widgets.text.icon_label import IconLabel
from pgyer_desktop.ui.widgets.text.label import Ink, SaidAround, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

MAX_TEXT_WIDTH: Final = 420
"""In logical pixels: longer lines are hard to read, however wide the window is."""
_APP_ICON_SIDE: Final = 72


class EmptyPage(QWidget):
    """One line, one sentence and up to two buttons in the middle of the page.

    Signals:
        primary_requested: the first button was pressed.
        secondary_requested: the second button was pressed.
    """

    manner = GROUP

    primary_requested = Signal()
    secondary_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyPage")
        self._icon = IconLabel(self)
        self._title = named("emptyTitle", SaidAround(self, Size.TITLE))
        self._text = named("emptyText", SaidAround(self, ink=Ink.SOFT))
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.primary_button = QPushButton(self)
        """For a caller to name: `setObjectName`."""
        self.primary_button.setObjectName("emptyPrimary")
        self.primary_button.setDefault(True)
        self.primary_button.clicked.connect(self.primary_requested)
        self.secondary_button = push_button("emptySecondary", "", self)
        """For a caller to name: `setObjectName`."""
        self.secondary_button.clicked.connect(self.secondary_requested)

        buttons = row(stretch(), self.primary_button, self.secondary_button, stretch())

        middle = QWidget(self)
        middle.setMaximumWidth(theme.at_font(MAX_TEXT_WIDTH, self.font()))
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column(
            row(stretch(), self._icon, stretch()),
            theme.SPACE_GROUP,
            self._title,
            theme.SPACE,
            self._text,
            theme.SPACE_WIDE,
            buttons,
            inside=middle,
            spacing=0,
        )

        across = row(stretch(1), wide(middle, 1000), stretch(1), spacing=0)
        # A little above the middle is where the eye takes the middle to be.
        column(stretch(4), across, stretch(5), inside=self, margins=theme.SPACE_WIDE)

    def set_content(
        self,
        icon_name: str,
        title: str,
        text: str = "",
        button_text: str = "",
        secondary_text: str = "",
    ) -> None:
        """Show this and nothing of what showed before, without the parts that are empty.

        `icon_name` is one of `resources`; the words are plain text.
        """
        self._icon.setVisible(bool(icon_name))
        if icon_name:
            self._icon.show_icon(icon_name, Ink.SOFT, side=theme.ICON_LARGE)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        for button, word in ((self.primary_button, button_text), (self.secondary_button, secondary_text)):
            button.setText(word)
            button.setAccessibleName(word)
            button.setVisible(bool(word))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def set_picture(self, picture: QIcon) -> None:
        """Show `picture` in its own colours in place of the icon, until the content is set again."""
        self._icon.show_icon(picture, side=_APP_ICON_SIDE)
        self._icon.show()
