"""Bodies of replies: unpacked as far as they are packed, whatever their heads say; and which of them are web pages.

Must not read more than it may: a few packed bytes can hold gigabytes. Knows no HTTP library.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

_GZIP: Final = b"\x1f\x8b"
_HEADS: Final = (_GZIP, b"x\x01", b"x^", b"x\x9c", b"x\xda")
"""The first two bytes of what gzip and zlib pack; no JSON and no web page begins so."""
_ANY_HEAD: Final = 47
"""For zlib: the head of either, with whatever window."""
_PACKINGS: Final = {"gzip", "x-gzip", "deflate"}
_MOST_LAYERS: Final = 2


class BodyTooLargeError(Exception):
    """More than may be read, packed or unpacked."""


class DamagedBodyError(Exception):
    """Packed, and broken or cut off."""


class Body:
    """A body that comes in piece by piece.

    What the head says of packings is no more than a hint: gateways announce gzip and send nothing, or what is plain,
    and others announce what is no packing at all. So a layer is taken off where one was announced and is there.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is what Content-Encoding says; `limit` holds for the bytes that come and for those that result."""
        announced = sum(name.strip().lower() in _PACKINGS for name in encoding.split(","))
        self._layers = [_Layer(limit) for _ in range(min(announced, _MOST_LAYERS))]
        self._limit = limit
        self._come = 0
        self._body = bytearray()

    def take(self, piece: bytes) -> None:
        """One more piece. Raises `BodyTooLargeError` or `DamagedBodyError`."""
        self._come += len(piece)
        for layer in self._layers:
            piece = layer.unpacked(piece)
        self._body += piece
        if max(self._come, len(self._body)) > self._limit:
            raise BodyTooLargeError

    def end(self) -> bytes:
        """The whole body. Raises `DamagedBodyError` where something is missing."""
        rest = b""
        for layer in self._layers:
            rest = layer.unpacked(rest) + layer.end()
        return bytes(self._body + rest)


class _Layer:
    """Unpacks what is packed, and hands on what is not; which of them it is, the first two bytes say."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._head: bytes | None = b""
        """What has come while that was not enough to decide; None: it is decided."""
        self._inflate: zlib._Decompress | None = None

    def unpacked(self, piece: bytes) -> bytes:
        """What comes of one more piece. Raises `BodyTooLargeError` or `DamagedBodyError`."""
        if self._head is not None:
            self._head += piece
            if len(self._head) < len(_GZIP):
                return b""
            piece, self._head = self._head, None
            if piece.startswith(_HEADS):
                self._inflate = zlib.decompressobj(_ANY_HEAD)
        if self._inflate is None:
            return piece
        found = bytearray()
        while piece:
            try:
                found += self._inflate.decompress(piece, self._left + 1 - len(found))
            except zlib.error as exc:
                raise DamagedBodyError from exc
            if len(found) > self._left:
                raise BodyTooLargeError
            piece = self._inflate.unused_data
            if not piece.startswith(_GZIP):
                break
            self._inflate = zlib.decompressobj(_ANY_HEAD)  # several packings may stand one behind the other
        self._left -= len(found)
        return bytes(found)

    def end(self) -> bytes:
        """What was held back. Raises `DamagedBodyError` where something is missing."""
        if self._inflate is not None and not self._inflate.eof:
            raise DamagedBodyError
        return self._head or b""


# Web pages.

_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|frameset|iframe|form|center|div|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_NOTICE: Final = re.compile(rb"\s*<(?:br|b|font|table)\b", re.IGNORECASE)
"""What PHP writes before a reply when it has something to complain of, and calls HTML."""
_LOOKED_AT: Final = 4096


def is_web_page(body: bytes, content_type: str = "") -> bool:
    """Whether `body`, which is no JSON, is a page for people: a gateway's, or that of a network that wants a sign-in.

    Text in whatever encoding is none, nor JSON behind PHP's complaints, even if it is said to be HTML.
    """
    start = body[:_LOOKED_AT].replace(b"\0", b"")  # of UTF-16
    if _PAGE.match(start):
        return True
    return "html" in content_type.lower() and start.lstrip().startswith(b"<") and not _NOTICE.match(start)
