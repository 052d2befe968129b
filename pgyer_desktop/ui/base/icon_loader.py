"""Brings apps' icons to the views: a few at once, what is on screen first, decoded off the paint path.

A view asks `pixmap()` while it paints, which never does more than look, and tells `request()` which icons it shows.
Must not make addresses or files (see `core.builds.icons`), and must not paint.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from pgyer_desktop.core.builds.icons import IconError, picture_format
from pgyer_desktop.ui.base.tasks import TaskScope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.core.builds.icons import IconStore

AT_ONCE: Final = 6
"""Icons under way at the same time."""
KEPT_IN_MEMORY: Final = 2000
"""Pixmaps; at most 120 x 120 x 4 bytes each."""
LONGEST_SIDE: Final = 120
"""Pixels. The largest place that shows one is 56 logical pixels, 112 at 200 %."""
MAX_SOURCE_SIDE: Final = 1024
"""Pixels. A picture with more is refused before it is unpacked."""
_MAX_DECODED_MEGABYTES: Final = 16


def decode(data: bytes) -> QImage:
    """The picture, scaled down to `LONGEST_SIDE`. Needs no GUI thread.

    Raises `IconError` for what is no JPEG, PNG, GIF or WebP, is damaged, or is larger than `MAX_SOURCE_SIDE`.
    """
    kind = picture_format(data)
    if kind is None:
        raise IconError("not a JPEG, PNG, GIF or WebP picture")
    content = QByteArray(data)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)  # else Qt tries every plug-in on bytes from elsewhere
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise IconError("a picture without a size")
    if max(size.width(), size.height()) > MAX_SOURCE_SIDE:
        raise IconError(f"a picture of {size.width()} x {size.height()} pixels")
    image = reader.read()
    if image.isNull():
        raise IconError(reader.errorString())
    longest = QSize(LONGEST_SIDE, LONGEST_SIDE)
    if image.width() > LONGEST_SIDE or image.height() > LONGEST_SIDE:
        image = image.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class IconLoader(QObject):
    """Pixmaps by icon field. One per program; close with `aclose()` before the store.

    Signals:
        icon_ready: the pixmap of this icon field (str) is there now.
    """

    icon_ready = Signal(str)

    def __init__(self, parent: QObject | None = None, *, store: IconStore | None = None) -> None:
        super().__init__(parent)
        # For the whole program: a small file can unpack to gigabytes.
        QImageReader.setAllocationLimit(_MAX_DECODED_MEGABYTES)
        self._store = store
        self._tasks = TaskScope(self, expected=(IconError,))
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._active: set[str] = set()
        self._failed: set[str] = set()

    def set_store(self, store: IconStore | None) -> None:
        """Take icons from `store` from now on; None waits for the next. What was asked for before is not lost."""
        self._store = store
        self._failed.clear()
        self._pump()

    def pixmap(self, icon_field: str) -> QPixmap | None:
        """The icon if it is there. Loads nothing."""
        pixmap = self._kept.get(icon_field)
        if pixmap is not None:
            self._kept.move_to_end(icon_field)
        return pixmap

    def request(self, icon_fields: Sequence[str], *, place: str = "table") -> None:
        """Load these, in this order, before what was asked for earlier.

        They replace what `place` (a view) asked for before: of that, what has not been started is dropped.
        """
        self._wanted.pop(place, None)
        if icon_fields:
            self._wanted[place] = tuple(icon_fields)
        self._pump()

    def reload(self) -> None:
        """Try again what failed: the person has asked for a reload."""
        self._failed.clear()
        if self._store is not None:
            self._store.forget_failures()
        self._pump()

    async def aclose(self) -> None:
        """Give up what is under way and load nothing more."""
        self._wanted.clear()
        await self._tasks.aclose()

    def _pump(self) -> None:
        """Start as many as there is room for."""
        store = self._store
        if store is None:
            return
        while len(self._active) < AT_ONCE:
            field = self._next()
            if field is None:
                return
            if not self._start(store, field):
                return

    def _next(self) -> str | None:
        for fields in reversed(self._wanted.values()):
            for field in fields:
                if field and field not in self._kept and field not in self._active and field not in self._failed:
                    return field
        return None

    def _start(self, store: IconStore, field: str) -> bool:
        async def load() -> QImage:
            try:
                data = await store.get(field)
                try:
                    return await asyncio.to_thread(decode, data)
                except IconError:
                    await store.discard(field)
                    raise
            finally:
                self._active.discard(field)

        def on_done(image: QImage) -> None:
            self._kept[field] = QPixmap.fromImage(image)
            while len(self._kept) > KEPT_IN_MEMORY:
                self._kept.popitem(last=False)
            self.icon_ready.emit(field)
            self._pump()

        def on_error(_error: IconError) -> None:
            self._failed.add(field)
            self._pump()

        self._active.add(field)
        started = self._tasks.start(f"icon {field}", load, on_done=on_done, on_error=on_error)
        if not started:
            self._active.discard(field)
        return started
