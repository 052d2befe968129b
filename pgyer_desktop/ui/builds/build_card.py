"""One build in a few lines beside its icon: what is latest now, or what will be.

Must not judge builds: it shows the one it is given, or the words for where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pgyer_desktop.ui.base import formatting, resources, theme
from pgyer_desktop.ui.widgets.build_icon import BuildIcon
from pgyer_desktop.ui.widgets.layout import at_top, column, row, stretch, wide
from pgyer_desktop.ui.widgets.text.elided_label import ElidedLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size, inked, sized
from pgyer_desktop.ui.widgets.text.selectable_text import quiet

if TYPE_CHECKING:
    from pgyer_desktop.api.models import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_ICON_SIDE: Final = 40


class BuildCard(QWidget):
    """A caption, and below it a build or `words`. Reads as one sentence."""

    def __init__(
        self,
        caption: str,
        build: Build | None,
        words: str,
        app_name: str,
        icons: IconLoader,
        place: str,
        parent: QWidget,
    ) -> None:
        """`words` stand where `build` is None; `place` names the card to the icon loader."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._caption, self._build = caption, build
        title = Label(self, Size.CAPTION, Ink.SOFT)
        title.setText(caption)
        self._version: ElidedLabel | None = None
        self._lines: list[ElidedLabel] = []
        self._sign: QLabel | None = None
        if build is None:
            self._sign = QLabel(self)
            self._sign.setFixedSize(_ICON_SIDE, _ICON_SIDE)
            self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            instead = Label(self)
            instead.setText(words)
            instead.setMinimumHeight(_ICON_SIDE)
            instead.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            picture: QWidget = self._sign
            lines = column(instead, stretch(), spacing=theme.SPACE_TIGHT)
        else:
            icon = BuildIcon(icons, _ICON_SIDE, place, self)
            icon.set_build(build, app_name)
            picture = icon
            self._version = ElidedLabel("", self)
            self._lines = [ElidedLabel("", self) for _ in range(4)]
            lines = column(self._version, *self._lines, stretch(), spacing=theme.SPACE_TIGHT)
        content = row(at_top(picture), wide(lines), spacing=theme.SPACE_GROUP)
        column(title, wide(content), inside=self)
        if build is None:
            self.setAccessibleName(f"{caption}: {words}")
        self._retranslate()
        self._update_look()

    def _retranslate(self) -> None:
        build = self._build
        if build is None or self._version is None:
            return
        self._version.setText(build.version or build.build_number or formatting.NOTHING)
        facts = [
            self.tr("Build {number}").format(number=build.build_number) if build.build_number else "",
            self.tr("Pgyer build {number}").format(number=formatting.serial(build.pgyer_build))
            if build.pgyer_build is not None
            else "",
            formatting.size(build.size) if build.size is not None else "",
            # `check` describes builds without their time.
            formatting.date_time(build.created) if build.created else formatting.odd_time(build.created_text),
        ]
        facts = [fact for fact in facts if fact and fact != formatting.NOTHING]
        for number, line in enumerate(self._lines):
            line.setText(facts[number] if number < len(facts) else "")
            line.setVisible(number < len(facts))
        self.setAccessibleName(", ".join([f"{self._caption}: {self._version.text()}", *facts]))

    def _update_look(self) -> None:
        soft = inked(self.palette(), Ink.SOFT)
        if self._version is not None:
            self._version.setFont(sized(self.font(), Size.HEADING))
        for line in self._lines:
            quiet(line, soft)
        if self._sign is not None:
            pixmap = resources.tinted_pixmap("latest-off", theme.ICON_MEDIUM, soft, self.devicePixelRatioF())
            self._sign.setPixmap(pixmap)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, palette and font while running."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._update_look()
        super().changeEvent(event)
