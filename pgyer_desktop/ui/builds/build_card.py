"""One build in a few lines beside its icon: what is latest now, or what will be.

Must not judge builds: it shows the one it is given, or the words for where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from pgyer_desktop.ui.base import formatting, theme
from pgyer_desktop.ui.widgets.build_heading import BuildHeading
from pgyer_desktop.ui.widgets.layout import at_top, column, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.manner import SENTENCE
from pgyer_desktop.ui.widgets.text.icon_label import IconLabel
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.base.icon_loader import IconLoader

_ICON_SIDE: Final = 40


class BuildCard(QWidget):
    """A caption, and below it a build or `words`. Reads as one sentence."""

    manner = SENTENCE

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
        title = Label(self, Size.CAPTION, Ink.SOFT, text=caption)
        if build is None:
            sign = IconLabel(self)
            sign.show_icon("latest-off", Ink.SOFT)
            sign.setFixedSize(_ICON_SIDE, _ICON_SIDE)
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            instead = Label(self, text=words)
            instead.setMinimumHeight(_ICON_SIDE)
            instead.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setAccessibleName(f"{caption}: {words}")
            column(title, row(at_top(sign), wide(instead), spacing=theme.SPACE_GROUP), stretch(), inside=self)
        else:
            head = BuildHeading(place, icons, self, icon_side=_ICON_SIDE, size=Size.HEADING, lines=4)
            head.set_build(build, app_name)
            version, *facts = self._words_of(build)
            head.set_words(version, *facts)
            self.setAccessibleName(", ".join([f"{caption}: {version}", *facts]))
            column(title, head, stretch(), inside=self)

    def _words_of(self, build: Build) -> list[str]:
        version = build.version or build.build_number or formatting.NOTHING
        facts = [
            self.tr("Build {number}").format(number=build.build_number) if build.build_number else "",
            self.tr("Pgyer build {number}").format(number=formatting.serial(build.pgyer_build))
            if build.pgyer_build is not None
            else "",
            formatting.size(build.size) if build.size is not None else "",
            # `check` describes builds without their time.
            formatting.date_time(build.created) if build.created else formatting.odd_time(build.created_text),
        ]
        return [version, *(fact for fact in facts if fact and fact != formatting.NOTHING)]
