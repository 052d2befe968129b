"""Reads values out of JSON as far as they are known, and writes what was not known as it stood.

For files that a person, an editor or another version of this program may have changed. Knows dataclasses and JSON, not
what the values mean.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

_Value = TypeVar("_Value")
Instead: TypeAlias = Mapping[tuple[type, str], Callable[[Mapping[str, Any]], object]]
"""What stands for fields that cannot be read, where that is not their default: made from the object they stand in."""

_IDENTITIES: Final = ("id", "app_key", "name")
"""Fields that tell the items of a list apart, the first that there is."""


class UnknownValueError(Exception):
    """A value that is none of its kind."""


def json_of(data: bytes) -> object:
    """What is in a JSON file, whatever an editor or a power cut has done around it. Raises ValueError, RecursionError.

    UTF-8 or UTF-16, with a byte order mark or without; NULs behind the end are dropped.
    """
    text = _text_of(data)
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        # Python's is slower and takes what others write: half of an emoji, a line end within a string.
        return _whole(json.loads(text.encode("utf-8", "replace").decode(), strict=False))


def _text_of(data: bytes) -> str:
    first, second = data[:1], data[1:2]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif first.strip(b"\0") and second == b"\0":
        encoding = "utf-16-le"
    elif first == b"\0" and second.strip(b"\0"):
        encoding = "utf-16-be"
    else:
        encoding = "utf-8"
    if encoding != "utf-8" and len(data) % 2 and data.endswith(b"\0"):
        data = data[:-1]
    return data.decode(encoding).lstrip("\ufeff").rstrip("\0 \t\r\n")


def _whole(value: object) -> object:
    """The same with texts that can be written again: half of a surrogate pair cannot."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return value


@dataclass(slots=True)
class Reader:
    """Reads values of kinds that are dataclasses, tuples of them, and what msgspec knows besides."""

    instead: Instead
    unknown: list[str] = field(default_factory=list)
    """Where what could not be read stands, such as "accounts[0].guards.colour"."""

    def read(self, kind: type[_Value], raw: object, where: str = "") -> _Value:
        """`raw` as one of `kind`, with defaults for what in it is not known. Raises `UnknownValueError`."""
        try:
            return msgspec.convert(raw, kind)
        except (msgspec.ValidationError, RecursionError, OverflowError):
            pass
        if is_dataclass(kind) and isinstance(raw, dict):
            return cast("_Value", self._read_object(kind, raw, where))
        item = _item_kind(kind)
        if item is not None and isinstance(raw, list):
            return cast("_Value", self._read_items(item, raw, where))
        inner = _inner_kind(kind)
        if inner is not None:
            return cast("_Value", self.read(inner, raw, where))
        raise UnknownValueError(where)

    def _read_object(self, kind: type, raw: Mapping[str, object], where: str) -> object:
        values: dict[str, object] = {}
        hints = _hints(kind)
        for one in fields(kind):
            if one.name not in raw:
                continue
            place = f"{where}.{one.name}".lstrip(".")
            try:
                values[one.name] = self.read(hints[one.name], raw[one.name], place)
            except UnknownValueError:
                self.unknown.append(place)
                make = self.instead.get((kind, one.name))
                if make is not None:
                    values[one.name] = make(raw)
        if any(_is_required(one) and one.name not in values for one in fields(kind)):
            raise UnknownValueError(where)
        return kind(**values)

    def _read_items(self, kind: type, raw: list[object], where: str) -> tuple[object, ...]:
        found: list[object] = []
        for number, one in enumerate(raw):
            place = f"{where}[{number}]"
            try:
                found.append(self.read(kind, one, place))
            except UnknownValueError:
                self.unknown.append(place)
        return tuple(found)


def kept(kind: type[_Value], raw: object, before: _Value, now: _Value, instead: Instead) -> object:
    """`now` as JSON's values, where all that is as it was `before` is written as it stood in `raw`.

    `before` is what was read from `raw`. Fields that this version does not know stay, too.
    """
    if now == before:
        return raw
    if is_dataclass(kind) and isinstance(raw, dict) and is_dataclass(now):
        hints = _hints(kind)
        written: dict[str, object] = {}
        for one in fields(kind):
            value, old = getattr(now, one.name), getattr(before, one.name)
            if one.name in raw:
                written[one.name] = kept(hints[one.name], raw[one.name], old, value, instead)
            else:
                written[one.name] = msgspec.to_builtins(value)
        return written | {name: value for name, value in raw.items() if name not in written}
    item = _item_kind(kind)
    if item is not None and isinstance(raw, list) and isinstance(now, tuple):
        return _kept_items(item, raw, now, instead)
    inner = _inner_kind(kind)
    if inner is not None and now is not None and before is not None:
        return kept(inner, raw, before, now, instead)
    return cast("object", msgspec.to_builtins(now))


def _kept_items(kind: type, raw: list[object], now: tuple[object, ...], instead: Instead) -> list[object]:
    known: dict[object, list[tuple[object, object]]] = {}
    unread: list[object] = []
    for one in raw:
        try:
            before: object = Reader(instead).read(kind, one)
        except UnknownValueError:
            unread.append(one)
        else:
            known.setdefault(_identity(before), []).append((one, before))
    written: list[object] = []
    for value in now:
        old = known.get(_identity(value))
        if old and is_dataclass(kind):
            one, before = old.pop(0)
            written.append(kept(kind, one, before, value, instead))
        else:
            written.append(msgspec.to_builtins(value))
    return written + unread


def _identity(value: object) -> object:
    return next((getattr(value, name) for name in _IDENTITIES if hasattr(value, name)), None)


def _is_required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _item_kind(kind: object) -> type | None:
    """X of a `tuple[X, ...]`."""
    parts = get_args(kind)
    return parts[0] if get_origin(kind) is tuple and parts[-1:] == (Ellipsis,) else None


def _inner_kind(kind: object) -> type | None:
    """X of an `X | None`."""
    if get_origin(kind) not in {Union, UnionType}:
        return None
    inner = [part for part in get_args(kind) if part is not NoneType]
    return inner[0] if len(inner) == 1 and len(get_args(kind)) == 2 else None
