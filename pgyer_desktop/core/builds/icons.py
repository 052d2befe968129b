"""Fetches the pictures of apps once and keeps them on disk, within bounds.

Knows addresses, files and the first bytes of pictures; decodes nothing. A cache that cannot be read or written costs a
request, never an icon. It starts one task per address itself, because several askers share the request and none of them
may take it along when it is cancelled.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pgyer_desktop.api import PgyerError, addresses
from pgyer_desktop.core.base import busy_files
from pgyer_desktop.core.base.private_files import make_folder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pgyer_desktop.api.client import Reply

DISK_LIMIT_BYTES = 64 * 1024 * 1024
"""Some ten thousand icons of the size that the CDN sends."""

_KEEP_SHARE = 0.9  # what an eviction leaves, so that not every icon after it evicts again
_log = logging.getLogger(__name__)


class IconError(Exception):
    """There is no usable picture for an icon field: none named, not there, not reached, or not a picture."""


def picture_format(data: bytes) -> str | None:
    """What the first bytes say it is: "jpeg", "png", "gif", "webp", or None for anything else (SVG, HTML …)."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return None


@dataclass(slots=True)
class _Request:
    """One request under way and how many wait for it."""

    task: asyncio.Task[bytes]
    askers: int = 0


class IconStore:
    """Pictures by icon field, from disk or the network.

    - `folder`: where they are kept; made when first needed. None keeps none.
    - `fetch`: reads an address (`IconTransport.get`); raises `PgyerError`.
    - `icon_base`: where icon keys lead; checked before by `addresses.checked_base`.
    - `limit_bytes`: how much disk they may take; the longest unused go first.

    Close with `aclose()`.
    """

    def __init__(
        self,
        folder: Path | None,
        fetch: Callable[[str], Awaitable[Reply]],
        *,
        icon_base: str = addresses.ICON_BASE,
        limit_bytes: int = DISK_LIMIT_BYTES,
    ) -> None:
        self._disk = _Disk(folder, limit_bytes) if folder is not None else None
        self._fetch = fetch
        self._base = icon_base
        self._under_way: dict[str, _Request] = {}
        self._failed: set[str] = set()

    async def get(self, icon_field: str) -> bytes:
        """The picture's bytes: JPEG, PNG, GIF or WebP, not decoded.

        Raises `IconError`. What failed is not asked for again before `forget_failures()`.
        """
        url = addresses.icon_url(icon_field, self._base)
        if url is None:
            raise IconError("no icon key and no https address")
        if url in self._failed:
            raise IconError("failed before")
        request = self._under_way.get(url)
        if request is None:
            request = self._under_way[url] = _Request(asyncio.create_task(self._obtain(url), name="icon"))
            request.task.add_done_callback(lambda _task: self._forget(url, request))
        request.askers += 1
        try:
            return await asyncio.shield(request.task)
        finally:
            request.askers -= 1
            if request.askers == 0 and not request.task.done():
                self._forget(url, request)
                request.task.cancel()

    async def discard(self, icon_field: str) -> None:
        """Forget a picture that cannot be decoded, so that it is fetched again after `forget_failures()`."""
        url = addresses.icon_url(icon_field, self._base)
        if url is None:
            return
        self._failed.add(url)
        if self._disk is not None:
            await asyncio.to_thread(self._disk.remove, url)

    def forget_failures(self) -> None:
        """Ask again for what failed: the person has asked for a reload."""
        self._failed.clear()

    async def aclose(self) -> None:
        """Give up what is under way."""
        tasks = [request.task for request in self._under_way.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _forget(self, url: str, request: _Request) -> None:
        if self._under_way.get(url) is request:
            del self._under_way[url]

    async def _obtain(self, url: str) -> bytes:
        if self._disk is not None:
            kept = await asyncio.to_thread(self._disk.read, url)
            if kept is not None:
                return kept
        try:
            data = (await self._fetch(url)).body
        except PgyerError as exc:
            self._failed.add(url)
            raise IconError(str(exc)) from exc
        if picture_format(data) is None:
            self._failed.add(url)
            raise IconError("not a JPEG, PNG, GIF or WebP picture")
        if self._disk is not None:
            await asyncio.to_thread(self._disk.write, url, data)
        return data


class _Disk:
    """Files in one folder, by address; called in threads. Another process may use the same folder."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = threading.Lock()
        self._size: int | None = None  # counted when first written to
        self._complained = False

    def read(self, url: str) -> bytes | None:
        """The kept picture, or None."""
        path = self._path(url)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as exc:
            self._complain("read", exc)
            return None
        if picture_format(data) is None:  # damaged: by a full disk, or by somebody else
            self._remove(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # the time of the last use is what eviction goes by
        return data

    def remove(self, url: str) -> None:
        """Keep it no longer."""
        self._remove(self._path(url))

    def write(self, url: str, data: bytes) -> None:
        """Keep a picture, whole or not at all."""
        try:
            make_folder(self._folder)
            handle, name = tempfile.mkstemp(prefix="new-", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                busy_files.replace(Path(name), self._path(url))
            except OSError:
                self._remove(Path(name))
                raise
            with self._lock:
                self._make_room(len(data))
        except OSError as exc:
            self._complain("written", exc)

    def _make_room(self, added: int) -> None:
        if self._size is not None:
            self._size += added
        if self._size is not None and self._size <= self._limit:
            return
        files: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another process evicts as well
                stat = path.stat()
                files.append((busy_files.past(stat.st_mtime), stat.st_size, path))
        self._size = sum(size for _, size, _ in files)
        if self._size <= self._limit:
            return
        for _, size, path in sorted(files):
            if self._size <= self._limit * _KEEP_SHARE:
                break
            self._remove(path)
            self._size -= size

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as exc:
            self._complain("cleared", exc)

    def _complain(self, what: str, exc: OSError) -> None:
        """Log it, once aloud: a full disk would otherwise fill the log as well."""
        level = logging.DEBUG if self._complained else logging.WARNING
        self._complained = True
        _log.log(level, "The icon cache cannot be %s: %s", what, exc.strerror or type(exc).__name__)
