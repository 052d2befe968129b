"""An app's icon with a title beside it, and below that softer lines and badges.

Must not know what the words mean: it is told them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.widgets.build_icon import BuildIcon
from pgyer_desktop.ui.widgets.dialog.badge import Badges
from pgyer_desktop.ui.widgets.layout import at_top, column, row, stretch, wide
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader
    from pgyer_desktop.ui.widgets.icon_cell import Tone


class BuildHeading(QWidget):
    """The heading of a panel or a card. Words that do not fit are cut; their tooltip shows them whole.

    The title is cut in its middle: the end of it, the build number, tells builds of a long version apart.

    Its parts are named after it: `<name>Title`, `<name>Subtitle` (the first line), `<name>Badges`.
    """

    def __init__(
        self, name: str, icons: IconLoader, parent: QWidget, *, icon_side: int, size: Size = Size.TITLE, lines: int = 1
    ) -> None:
        """`name` is also its place among those that ask the loader for icons; `lines` is the most it can show."""
        super().__init__(parent)
        self._icon = BuildIcon(icons, icon_side, name, self)
        self._title = named(f"{name}Title", ElidedLabel("", self, size, mode=Qt.TextElideMode.ElideMiddle))
        self._lines = [ElidedLabel("", self, ink=Ink.SOFT) for _ in range(lines)]
        self._lines[0].setObjectName(f"{name}Subtitle")
        self._badges = Badges(f"{name}Badges", self)
        self._badges.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._badges.hide()
        self._first = row(self._title, stretch(), spacing=theme.SPACE)
        self._words = column(stretch(), self._first, *self._lines, self._badges, stretch(), spacing=theme.SPACE_TIGHT)
        row(at_top(self._icon), wide(self._words), inside=self, spacing=theme.SPACE_GROUP)

    def set_build(self, build: Build | None, app_name: str) -> None:
        """Show the icon of `build`, an upload of the app with this name; None: nothing."""
        self._icon.set_build(build, app_name)

    def set_words(self, title: str, *lines: str) -> None:
        """Show these; lines that say nothing take no room."""
        self._title.setText(title)
        said = [line for line in lines if line]
        for number, label in enumerate(self._lines):
            label.setText(said[number] if number < len(said) else "")
            label.setVisible(number < len(said))
        self._place_badges()

    def set_badges(self, *badges: tuple[str, Tone]) -> None:
        """Show these words, each in its colour, or no badges: beside the title where there is room, else below."""
        self._badges.set_badges(*badges)
        self._badges.setVisible(bool(badges))
        self._place_badges()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the badges where there is room for them."""
        super().resizeEvent(event)
        self._place_badges()

    def _place_badges(self) -> None:
        room = self.width() - self._icon.width() - theme.SPACE_GROUP - theme.SPACE
        beside = self._title.sizeHint().width() + self._badges.sizeHint().width() <= room
        if beside == (self._first.indexOf(self._badges) >= 0):
            return
        policy = QSizePolicy.Policy.Fixed if beside else QSizePolicy.Policy.Ignored
        self._badges.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        if beside:
            self._words.removeWidget(self._badges)
            self._first.insertWidget(1, self._badges)
        else:
            self._first.removeWidget(self._badges)
            self._words.insertWidget(self._words.count() - 1, self._badges)
