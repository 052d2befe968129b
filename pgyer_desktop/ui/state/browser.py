"""Opens pages and folders in other programs. The only place that does: where none opens them, that is to be said."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from shiboken6 import Shiboken

from pgyer_desktop.core.base.words import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgyer_desktop.core.base.words import Text

_LAUNCHER: Final = "xdg-open"
_SOON_SECONDS: Final = 10.0
"""What fails later was a browser that ran meanwhile."""
_watches: Final[set[_Watch]] = set()


@dataclass(frozen=True, slots=True)
class Unopened:
    """What could not be opened: the sentence to be said, and the link or path, which is to be offered for copying."""

    text: Text
    link: str


def open_outside(place: str | Path, owner: QObject, tell: Callable[[Unopened], object]) -> bool:
    """Open a page in the browser, or a folder in the file manager. False: none took it, and `tell` was called.

    On X11 that may be known only some moments later; `tell` is called then unless `owner` is gone.
    """
    if isinstance(place, Path):
        url, link = QUrl.fromLocalFile(str(place)), str(place)
        text = translate("browser", "No program opened the folder {link}")
    else:
        url, link = QUrl(place), place
        text = translate("browser", "No browser opened the page. Its address: {link}")
    unopened = Unopened(text.fill(link=link), link)
    launcher = _launcher()
    if launcher is None:
        opened = QDesktopServices.openUrl(url)
    else:
        opened = _launched(launcher, url, lambda: Shiboken.isValid(owner) and tell(unopened))
    if not opened:
        tell(unopened)
    return opened


def _launcher() -> str | None:
    """What Qt would start here without looking at how it ends; None: Qt knows better.

    On Wayland Qt also hands the browser the right to come to the front, in a sandbox it asks the desktop's portal.
    """
    if QGuiApplication.platformName() != "xcb" or Path("/.flatpak-info").exists() or "SNAP" in os.environ:
        return None
    return shutil.which(_LAUNCHER)


def _launched(launcher: str, url: QUrl, on_failed: Callable[[], object]) -> bool:
    address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603 - the system's own program
            [launcher, address], stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:
        return False
    watch = _Watch(process, on_failed)
    _watches.add(watch)
    watch.start()
    return True


class _Watch(QObject):
    """Waits for the end of a program that opens something, in a thread: it may be the browser itself."""

    _ended = Signal(bool)

    def __init__(self, process: subprocess.Popen[bytes], on_failed: Callable[[], object]) -> None:
        super().__init__()
        self._process = process
        self._on_failed = on_failed
        self._begun = time.monotonic()
        # Emitted in the thread that waits, received in this one.
        self._ended.connect(self._on_ended)

    def start(self) -> None:
        """Begin to wait."""
        threading.Thread(target=self._wait, name="opening", daemon=True).start()

    def _wait(self) -> None:
        failed = self._process.wait() != 0
        self._ended.emit(failed and time.monotonic() - self._begun < _SOON_SECONDS)

    def _on_ended(self, failed: bool) -> None:
        _watches.discard(self)
        if failed:
            self._on_failed()
