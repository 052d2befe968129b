"""What can still be read of the accounts in a settings file that is damaged: cut off, overwritten in places, mistyped.

Looks for what an account begins with and reads from there as far as that makes sense. Must not know what an account is.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_MARKS: Final = re.compile(r'[{}]|"id"\s*:')
_STRING: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_TRIES: Final = 20
"""Faults in one account that are cut away with all that follows them."""
_MOST_BYTES: Final = 16 << 20
_ENDS: Final = {"{": "}", "[": "]"}


def objects_with_id(data: bytes) -> list[dict[str, Any]]:
    """The JSON objects that begin with an id, each as far as it can be read; ids that are no text are left out."""
    text = _decoded(data[:_MOST_BYTES])
    begins = _begins(text)
    found = []
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=False):
        value = _read(text[begin:end])
        if value is not None and isinstance(value.get("id"), str) and value["id"]:
            found.append(value)
    return found


def _begins(text: str) -> list[int]:
    """Where the objects begin that have an id. It stands first, unless something has sorted what is in the file."""
    # No brace within a string counts, as far as strings can be told from what is between them.
    plain = _STRING.sub(lambda found: "~" * len(found[0]), text)
    begins: dict[int, None] = {}
    still_open: list[int] = []
    for match in _MARKS.finditer(text):
        place = match.start()
        if plain[place] == "{":
            still_open.append(place)
        elif plain[place] == "}":
            del still_open[-1:]
        elif text[place] == '"' and still_open:
            begins[still_open[-1]] = None
    return list(begins)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):  # the latter is what editors of Chinese Windows call ANSI
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return data.decode("utf-8", "replace")


def _read(text: str) -> dict[str, Any] | None:
    for _try in range(_TRIES):
        mended = _closed(text)
        if mended is None:
            return None
        try:
            value = json.loads(mended, strict=False)
        except json.JSONDecodeError as exc:
            text = text[: min(exc.pos, len(mended) - 1)]
        except RecursionError:
            return None
        else:
            return value if isinstance(value, dict) else None
    return None


def _closed(text: str) -> str | None:
    """The object that `text` begins with: up to its end, or up to its last whole value and closed there."""
    still_open: list[str] = []
    whole = depth = 0
    in_string = escaped = named = False
    for place, character in enumerate(text):
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
            if not in_string and (named or still_open[-1:] == ["]"]):
                whole, depth = place + 1, len(still_open)
        elif character == '"':
            in_string = True
        elif character == ":":
            named = True
        elif character in _ENDS:
            named = False
            still_open.append(_ENDS[character])
        elif character == "," and still_open:
            named = False
            whole, depth = place, len(still_open)
        elif still_open and character == still_open[-1]:
            still_open.pop()
            whole, depth = place + 1, len(still_open)
            if not still_open:
                break
    # Whatever was closed since would have been a whole value, so the outer ones are as they were there.
    return text[:whole] + "".join(reversed(still_open[:depth])) if whole else None
