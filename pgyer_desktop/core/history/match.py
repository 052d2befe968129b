"""Which builds a query finds, and what of a text it found.

The whole history is searched in its file (see `condition_of`, `have_words`), a page row by row (`matches`). Both must
find the same. Must not read what was typed (see `search`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from pgyer_desktop.core.builds.columns import natural_key
from pgyer_desktop.core.history.plain import plain
from pgyer_desktop.core.history.search import Op, Query, QueryField, Term

if TYPE_CHECKING:
    from datetime import tzinfo

    from pgyer_desktop.api import Build

_COMPARE: Final[dict[Op, Callable[[Any, Any], bool]]] = {
    Op.IS: operator.eq,
    Op.LESS: operator.lt,
    Op.LESS_EQ: operator.le,
    Op.GREATER: operator.gt,
    Op.GREATER_EQ: operator.ge,
}
_TEXTS: Final[dict[QueryField, Callable[[Build], str]]] = {
    QueryField.NAME: lambda build: build.name,
    QueryField.FILE: lambda build: build.file_name,
    QueryField.IDENTIFIER: lambda build: build.identifier,
    QueryField.NOTES: lambda build: build.notes,
    QueryField.KEY: lambda build: build.build_key,
}
_NATURAL: Final[dict[QueryField, Callable[[Build], str]]] = {
    QueryField.VERSION: lambda build: build.version,
    QueryField.BUILD: lambda build: build.build_number,
}
_VALUES: Final[dict[QueryField, Callable[[Build], object]]] = {
    QueryField.PGYER: lambda build: build.pgyer_build,
    QueryField.SIZE: lambda build: build.size,
    QueryField.UPLOADED: lambda build: build.created,
    QueryField.DOWNLOADS: lambda build: build.downloads,
    QueryField.PLATFORM: lambda build: build.platform.value,
}


def haystack(build: Build, zone: tzinfo | None = None) -> str:
    """What words are looked for in, plain; days in `zone` (None: the machine's)."""
    parts = [
        build.version,
        build.build_number,
        f"#{build.pgyer_build}" if build.pgyer_build is not None else "",
        build.name,
        build.file_name,
        build.identifier,
        build.build_key,
        build.platform.value,
        build.created.astimezone(zone).date().isoformat() if build.created is not None else build.created_text,
        build.notes,
    ]
    return plain("\n".join(parts))


def matches(query: Query, build: Build, *, latest: bool, hay: str | None = None) -> bool:
    """Whether `query` finds `build`; `hay` is its haystack where that is at hand."""
    if query.words or query.not_words:
        hay = haystack(build) if hay is None else hay
        if not all(word in hay for word in query.words) or any(word in hay for word in query.not_words):
            return False
    return all(_holds(term, build, latest=latest) is not term.negated for term in query.terms)


def have_words(query: Query, texts: Sequence[str]) -> list[bool]:
    """Of each text, whether all words of `query` are in it and none of those that must not be."""
    first, *words = query.words or ("",)
    found = list(map(operator.contains, texts, repeat(first)))  # one word, which is usual, takes no step in Python
    for word in words:
        found = [has and word in text for has, text in zip(found, texts, strict=True)]
    for word in query.not_words:
        found = [has and word not in text for has, text in zip(found, texts, strict=True)]
    return found


def condition_of(query: Query) -> tuple[str, tuple[object, ...]]:
    """The conditions of `query` in SQL over the history's builds, and its values; "" where there are none.

    Words are not in it. Column names are this program's own; whatever was typed is a value.
    """
    parts: list[str] = []
    values: list[object] = []
    for term in query.terms:
        sql, given = _sql(term)
        parts.append(f"NOT coalesce({sql}, 0)" if term.negated else f"coalesce({sql}, 0)")
        values += given
    return " AND ".join(parts), tuple(values)


def marks(query: Query, text: str) -> list[tuple[int, int]]:
    """Where in `text` something stands that was searched for: begins and ends, in order, none in another."""
    wanted = {*query.words} | {
        str(term.value) for term in query.terms if not term.negated and term.op in {Op.HAS, Op.STARTS}
    }
    folded, origin = _folded(text)
    found = []
    for word in wanted:
        at = folded.find(word)
        while at >= 0 and word:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def sortable(text: str) -> str:
    """A text that sorts as `natural_key` does: numbers by their value, letters whatever their case."""
    parts = []
    for kind, number, letters in natural_key(text):
        digits = str(number)
        parts.append(f"{kind}{len(digits):02}{digits}" if kind == 0 else f"{kind}{letters}")
    return "\x1f".join(parts)


def _holds(term: Term, build: Build, *, latest: bool) -> bool:  # noqa: PLR0911 - one line for each kind
    if term.field is QueryField.LATEST:
        return latest is term.value
    if term.field is QueryField.PUBLISHING:
        return (build.publish_complete is False) is term.value
    if term.field in _TEXTS:
        return str(term.value) in plain(_TEXTS[term.field](build))
    if term.field in _NATURAL:
        have, wanted = sortable(_NATURAL[term.field](build)), sortable(str(term.value))
        if not have:
            return False
        if term.op is Op.STARTS:
            return have == wanted or have.startswith(f"{wanted}\x1f1")
        return _COMPARE[term.op](have, wanted)
    value = _VALUES[term.field](build)
    return value is not None and _COMPARE[term.op](value, term.value)


_COLUMNS: Final = {
    QueryField.VERSION: "version",
    QueryField.BUILD: "number",
    QueryField.PGYER: "json_extract(data, '$.pgyer_build')",
    QueryField.SIZE: "size",
    QueryField.UPLOADED: "created",
    QueryField.DOWNLOADS: "downloads",
    QueryField.LATEST: "coalesce(latest, 0)",
    QueryField.PUBLISHING: "coalesce(json_extract(data, '$.publish_complete') = 0, 0)",
    QueryField.NAME: "json_extract(data, '$.name')",
    QueryField.FILE: "json_extract(data, '$.file_name')",
    QueryField.IDENTIFIER: "json_extract(data, '$.identifier')",
    QueryField.NOTES: "json_extract(data, '$.notes')",
    QueryField.KEY: "key",
    QueryField.PLATFORM: "json_extract(data, '$.platform')",
}


def _sql(term: Term) -> tuple[str, tuple[object, ...]]:
    column = _COLUMNS[term.field]
    if term.field in _TEXTS:
        return f"instr(plain({column}), ?) > 0", (term.value,)
    if term.field in _NATURAL:
        wanted = sortable(str(term.value))
        if term.op is Op.STARTS:
            prefix = f"{wanted}\x1f1"
            return f"({column} = ? OR substr({column}, 1, ?) = ?)", (wanted, len(prefix), prefix)
        return f"({column} <> '' AND {column} {term.op.value} ?)", (wanted,)
    if isinstance(term.value, datetime):
        return f"{column} {term.op.value} ?", (round(term.value.timestamp() * 1000),)
    value = int(term.value) if isinstance(term.value, bool) else term.value
    return f"{column} {term.op.value} ?", (value,)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """`text` made plain, and for each of its characters the place in `text` that it came from."""
    folded = plain(text)
    if len(folded) == len(text) and text.isascii():
        return folded, range(len(text))
    parts = [plain(character) for character in text]
    origin = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), origin
