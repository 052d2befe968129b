"""Opens pages and folders in other programs. The only place that does: where none opens them, that is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pgyer_desktop.core.base.words import translate

if TYPE_CHECKING:
    from pgyer_desktop.core.base.words import Text


@dataclass(frozen=True, slots=True)
class Unopened:
    """What could not be opened: the sentence to be said, and the link or path, which is to be offered for copying."""

    text: Text
    link: str


def open_outside(place: str | Path) -> Unopened | None:
    """Open a page in the browser, or a folder in the file manager. None: some program took it."""
    if isinstance(place, Path):
        url, link = QUrl.fromLocalFile(str(place)), str(place)
        text = translate("browser", "No program opened the folder {link}")
    else:
        url, link = QUrl(place), place
        text = translate("browser", "No browser opened the page. Its address is {link}")
    return None if QDesktopServices.openUrl(url) else Unopened(text.fill(link=link), link)
