"""The language of the Find field: words in any order, and qualifiers such as `version:1.4 size:>20MB uploaded:<30d`.

Reads what was typed into a `Query`, explains what it cannot read, and says what could be typed next. Must not look at
builds (see `match`), and never raises: whatever is typed finds something, or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.history.plain import plain_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class QueryField(Enum):
    """What a qualifier looks at. The value is its English name."""

    VERSION = "version"
    BUILD = "build"
    PGYER = "pgyer"
    SIZE = "size"
    UPLOADED = "uploaded"
    DOWNLOADS = "downloads"
    LATEST = "latest"
    PUBLISHING = "publishing"
    NAME = "name"
    FILE = "file"
    IDENTIFIER = "id"
    NOTES = "notes"
    KEY = "key"
    PLATFORM = "platform"


class Op(Enum):
    """How a field is compared with a value."""

    HAS = "has"
    IS = "="
    STARTS = "starts"
    """A version whose first parts are these: 1.4 for 1.4.5, and not for 1.40."""
    LESS = "<"
    LESS_EQ = "<="
    GREATER = ">"
    GREATER_EQ = ">="


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. Sizes are bytes, times have a zone, texts are plain (see `plain`)."""

    field: QueryField
    op: Op
    value: str | int | bool | datetime
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of it must be true of a build. Words are plain (see `plain`)."""

    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every build passes."""
        return not (self.words or self.not_words or self.terms)

    def narrows(self, other: Query) -> bool:
        """Whether all builds whose text has the words of this have those of `other` too; terms do not count."""
        return all(any(word in longer for longer in self.words) for word in other.words) and all(
            any(shorter in word for shorter in self.not_words) for word in other.not_words
        )


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """What could not be read: the place in the text, and why. The rest of the query counts all the same."""

    start: int
    end: int
    text: Text


@dataclass(frozen=True, slots=True)
class Towards:
    """That the last word may be the beginning of a qualifier: what counts where no build has it, and what is said."""

    query: Query
    problem: QueryProblem


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query, and what of the text is not in it."""

    query: Query
    problems: tuple[QueryProblem, ...]
    towards: Towards | None = None

    @property
    def otherwise(self) -> Query | None:
        """What counts where no build has the last word; None: nothing is found then."""
        return self.towards.query if self.towards is not None else None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be typed in place of the text from `start` to `end`, and what it means."""

    insert: str
    start: int
    end: int
    title: Text


_NAMES: Final = {
    **{field.value: field for field in QueryField},
    "identifier": QueryField.IDENTIFIER,
    "bundle": QueryField.IDENTIFIER,
    "upload": QueryField.UPLOADED,
    "date": QueryField.UPLOADED,
    "download": QueryField.DOWNLOADS,
    "note": QueryField.NOTES,
    "版本": QueryField.VERSION,
    "版本号": QueryField.VERSION,
    "构建号": QueryField.BUILD,
    "蒲公英": QueryField.PGYER,
    "蒲公英构建号": QueryField.PGYER,
    "大小": QueryField.SIZE,
    "上传": QueryField.UPLOADED,
    "上传时间": QueryField.UPLOADED,
    "日期": QueryField.UPLOADED,
    "时间": QueryField.UPLOADED,
    "下载": QueryField.DOWNLOADS,
    "下载次数": QueryField.DOWNLOADS,
    "最新": QueryField.LATEST,
    "最新版本": QueryField.LATEST,
    "发布中": QueryField.PUBLISHING,
    "名称": QueryField.NAME,
    "文件": QueryField.FILE,
    "包名": QueryField.IDENTIFIER,
    "标识": QueryField.IDENTIFIER,
    "说明": QueryField.NOTES,
    "更新说明": QueryField.NOTES,
    "密钥": QueryField.KEY,
    "平台": QueryField.PLATFORM,
}
_LONGEST_NAME: Final = 20
"""Of what could be meant for one of them."""
_IS: Final = {
    "latest": QueryField.LATEST,
    "publishing": QueryField.PUBLISHING,
    "最新": QueryField.LATEST,
    "发布中": QueryField.PUBLISHING,
}
_NATURAL: Final = frozenset({QueryField.VERSION, QueryField.BUILD})
_NUMBERS: Final = frozenset({QueryField.PGYER, QueryField.DOWNLOADS})
_COMPARABLE: Final = _NATURAL | _NUMBERS | {QueryField.SIZE, QueryField.UPLOADED}
_FLAGS: Final = frozenset({QueryField.LATEST, QueryField.PUBLISHING})
_YES: Final = frozenset({"yes", "y", "true", "1", "是"})
_NO: Final = frozenset({"no", "n", "false", "0", "否"})
_PLATFORMS: Final = {
    "ios": "ios", "iphone": "ios", "苹果": "ios", "android": "android", "安卓": "android",
    "harmony": "harmonyos", "harmonyos": "harmonyos", "鸿蒙": "harmonyos",
}  # fmt: skip
_UNITS: Final = {
    "": 10**6, "b": 1, "byte": 1, "bytes": 1, "字节": 1, "k": 10**3, "千字节": 10**3, "兆": 10**6, "兆字节": 10**6,
    "吉": 10**9, "吉字节": 10**9, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9,
    "kib": 2**10, "mib": 2**20, "gib": 2**30,
}  # fmt: skip
_MOST_BYTES: Final = 2**63 - 1
"""What the history's file can compare."""
_AGES: Final = {
    "s": 1, "min": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "m": 30 * 86_400, "y": 365 * 86_400,
    "秒": 1, "分": 60, "分钟": 60, "小时": 3600, "时": 3600, "日": 86_400, "天": 86_400, "周": 7 * 86_400,
    "星期": 7 * 86_400, "月": 30 * 86_400, "个月": 30 * 86_400, "年": 365 * 86_400,
}  # fmt: skip


def _measured(field: QueryField, units: Iterable[str]) -> str:
    """The pattern of a qualifier whose number may have blanks around it, as the window itself writes "10.6 MB"."""
    names = "|".join(sorted((name for name, known in _NAMES.items() if known is field), key=len, reverse=True))
    written = "|".join(sorted(filter(None, units), key=len, reverse=True))
    return rf"(?:{names})\s*(?::|(?=[<>≥≤≧≦]))\s*(?:[<>=≥≤≧≦]{{1,2}}\s*)?[\d.]+(?:\s*(?:{written}))?(?!\S)"


# All of them read plain characters: see `plain_signs`.
_TOKEN: Final = re.compile(
    rf"-?(?P<measured>{_measured(QueryField.SIZE, _UNITS)}|{_measured(QueryField.UPLOADED, _AGES)})"
    r'|-?(?:[^\s":]+:)?"[^"]*"?|\S+',
    re.IGNORECASE,
)
_WITHOUT_COLON: Final = re.compile(r"(-?)([^\W\d_]\w*)([<>≥≤≧≦].*)", re.DOTALL)
_QUALIFIED: Final = re.compile(r"(?P<minus>-?)(?P<name>[^\W\d_][\w]*):(?P<rest>.*)", re.DOTALL)
_COMPARISON: Final = re.compile(r"(>=|<=|=>|=<|≥|≤|≧|≦|[<>=])?(.*)", re.DOTALL)
_OPS: Final = {
    ">": Op.GREATER, ">=": Op.GREATER_EQ, "=>": Op.GREATER_EQ, "≥": Op.GREATER_EQ, "≧": Op.GREATER_EQ,
    "<": Op.LESS, "<=": Op.LESS_EQ, "=<": Op.LESS_EQ, "≤": Op.LESS_EQ, "≦": Op.LESS_EQ, "=": Op.IS,
}  # fmt: skip
_RANGE: Final = re.compile(r"\.\.+|…+")
_WIDE_RANGE: Final = re.compile(r"\.\.+|…+|~")  # in a version "~" stands for something else
_SIZE: Final = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)([^\d.]*)")
_AGE: Final = re.compile(r"(\d{1,6})([^\d\W]+)")
_DAY: Final = re.compile(r"(\d{4})年?(?:[-/.]?(\d{1,2})月?(?:[-/.]?(\d{1,2})日?)?)?")
_FLIPPED: Final = {
    Op.LESS: Op.GREATER, Op.LESS_EQ: Op.GREATER_EQ, Op.GREATER: Op.LESS, Op.GREATER_EQ: Op.LESS_EQ,
    Op.IS: Op.GREATER_EQ,
}  # fmt: skip


class _MistakeError(Exception):
    """A value that its qualifier cannot read."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.source)
        self.text = text


def parse(text: str, *, now: datetime) -> Parsed:
    """Read what was typed. `now` has a zone; days and ages are reckoned in it."""
    text = plain_signs(text)
    words: list[str] = []
    not_words: list[str] = []
    terms: list[Term] = []
    problems: list[QueryProblem] = []
    last = ""
    for found in _TOKEN.finditer(text):
        token = _with_colon("".join(found[0].split()) if found["measured"] else found[0])
        qualified = _QUALIFIED.fullmatch(token)
        if qualified is not None:
            try:
                made = _terms(qualified["name"].casefold(), qualified["rest"], bool(qualified["minus"]), now)
            except _MistakeError as mistake:
                problems.append(QueryProblem(found.start(), found.end(), mistake.text))
                continue
            if made is not None:
                terms += made
                continue
        last = token if found.end() == len(text) else ""
        negated = token.startswith("-") and len(token) > 1
        word = token.removeprefix("-").strip('"').casefold() if negated else token.strip('"').casefold()
        if word:
            (not_words if negated else words).append(word)
    query = Query(tuple(words), tuple(not_words), tuple(terms))
    return Parsed(query, tuple(problems), _towards(last, len(text), query))


def _with_colon(token: str) -> str:
    """`size>20MB` as `size:>20MB`: whoever leaves the colon out means that."""
    found = _WITHOUT_COLON.fullmatch(token)
    if found is None or _NAMES.get(found[2].casefold()) not in _COMPARABLE:
        return token
    return f"{found[1]}{found[2]}:{found[3]}"


def _towards(last: str, end: int, query: Query) -> Towards | None:
    """What counts where no build has `last`, the word being typed: None where it is no qualifier's beginning."""
    found = re.fullmatch(r"(-?)([^\W\d_]\w*)", last)
    if found is None:
        return None
    name = found[2].casefold()
    meant = next((known for known in (*_NAMES, "is") if known.startswith(name)), None) or _nearest(name)
    if meant is None:
        return None
    if found[1]:
        rest = Query(query.words, query.not_words[:-1], query.terms)
    else:
        rest = Query(query.words[:-1], query.not_words, query.terms)
    said = translate("search", "Nothing has “{word}”. Did you mean “{near}:”?").fill(word=found[2], near=meant)
    return Towards(rest, QueryProblem(end - len(last), end, said))


def suggestions(text: str, cursor: int) -> tuple[Suggestion, ...]:
    """What may be typed at the cursor: qualifiers that begin like the word there, or the values of one."""
    text = plain_signs(text)
    start = max(text.rfind(" ", 0, cursor), text.rfind("\t", 0, cursor)) + 1
    word = text[start:cursor].removeprefix("-")
    start = cursor - len(word)
    if not word:
        return ()
    name, colon, value = word.partition(":")
    if not colon:
        low = word.casefold()
        return tuple(
            Suggestion(f"{field.value}:", start, cursor, title)
            for field, title in TITLES.items()
            if field.value.startswith(low) or any(n.startswith(low) for n, f in _NAMES.items() if f is field)
        )
    field = _NAMES.get(name.casefold())
    if field is None:
        return ()
    return tuple(
        Suggestion(f"{name}:{example}", start, cursor, title)
        for example, title in _VALUES.get(field, ())
        if example.startswith(value.casefold()) and example != value.casefold()
    )


def _terms(name: str, rest: str, negated: bool, now: datetime) -> list[Term] | None:
    """The conditions of a qualifier; None where it is none of ours but data. Raises `_MistakeError`."""
    value = rest.strip('"').strip()
    if name in {"is", "是"}:
        flag = _IS.get(value.casefold())
        if flag is None:
            raise _MistakeError(translate("search", "After “is:” comes latest or publishing."))
        return [Term(flag, Op.IS, value=True, negated=negated)]
    field = _NAMES.get(name)
    if field is None:
        near = _nearest(name)
        if near is None or rest.startswith("//"):
            return None
        raise _MistakeError(
            translate("search", "There is no “{name}:”. Did you mean “{near}:”?").fill(name=name, near=near)
        )
    if not value:
        raise _MistakeError(_HINTS[field])
    between = _range_of(field, value)
    if between is not None:
        if negated:
            raise _MistakeError(translate("search", "A minus cannot leave out a range. Use < or >."))
        low, high = between
        made = []
        if low:
            made += _compared(field, f">={low}", now, negated=False)
        if high:
            made += _compared(field, f"<={high}", now, negated=False)
        return made
    return _compared(field, value, now, negated=negated)


def _range_of(field: QueryField, value: str) -> tuple[str, str] | None:
    """Begin and end of a range, either of which may be ""; None where it is none."""
    if field not in _COMPARABLE:
        return None
    dots = (_RANGE if field in _NATURAL else _WIDE_RANGE).search(value)
    if dots is None:
        return None
    low, high = value[: dots.start()], value[dots.end() :]
    if field is QueryField.SIZE and re.fullmatch(r"[\d.]+", low):
        low += re.sub(r"^[\d.]+", "", high)  # "10..20KB" begins at 10 KB
    return low, high


def _compared(field: QueryField, value: str, now: datetime, *, negated: bool) -> list[Term]:  # noqa: PLR0911 - one a kind
    found = _COMPARISON.fullmatch(value)
    sign, operand = (found[1], found[2].strip()) if found is not None else (None, value)
    op = _OPS[sign] if sign else None
    if not operand:
        raise _MistakeError(_HINTS[field])
    low = operand.casefold()
    if field is QueryField.UPLOADED:
        made = [Term(field, o, moment, negated) for o, moment in _times(op, low, now)]
        if negated and len(made) > 1:
            raise _MistakeError(translate("search", "A minus cannot leave out a range. Use < or >."))
        return made
    if field in _FLAGS:
        if low not in _YES | _NO:
            raise _MistakeError(_HINTS[field])
        return [Term(field, Op.IS, low in _YES, negated)]
    if field is QueryField.SIZE:
        return [Term(field, op or Op.GREATER_EQ, _size(low), negated)]
    if field in _NUMBERS:
        digits = low.removeprefix("#")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 15):
            raise _MistakeError(_HINTS[field])
        return [Term(field, op or Op.IS, int(digits), negated)]
    if field in _NATURAL:
        return [Term(field, op or Op.STARTS, low, negated)]
    if op is not None:
        raise _MistakeError(_HINTS[field])
    if field is QueryField.PLATFORM:
        platform = next((code for name, code in _PLATFORMS.items() if name.startswith(low)), None)
        if platform is None:
            raise _MistakeError(_HINTS[field])
        return [Term(field, Op.IS, platform, negated)]
    return [Term(field, Op.HAS, low, negated)]


def _size(text: str) -> int:
    found = _SIZE.fullmatch(unicodedata.normalize("NFKC", text).casefold().replace(" ", ""))  # "㎆" is one character
    if found is None or found[2] not in _UNITS:
        raise _MistakeError(_HINTS[QueryField.SIZE])
    return min(round(float(found[1]) * _UNITS[found[2]]), _MOST_BYTES)


def _times(op: Op | None, text: str, now: datetime) -> Iterator[tuple[Op, datetime]]:
    """Conditions on the moment of the upload. An age counts backwards: younger than 30 days is later than then."""
    age = _AGE.fullmatch(text)
    if age is not None and age[2] in _AGES and not (age[2] == "年" and len(age[1]) == 4):
        try:
            then = now - timedelta(seconds=int(age[1]) * _AGES[age[2]])
        except OverflowError:
            raise _MistakeError(_HINTS[QueryField.UPLOADED]) from None
        yield _FLIPPED[op or Op.LESS], then
        return
    begin, end = _day(text, now)
    if op is None or op is Op.IS:
        yield Op.GREATER_EQ, begin
        yield Op.LESS, end
    elif op is Op.GREATER:
        yield Op.GREATER_EQ, end
    elif op is Op.LESS_EQ:
        yield Op.LESS, end
    else:
        yield op, begin


def _day(text: str, now: datetime) -> tuple[datetime, datetime]:
    """Begin and end of a day, a month or a year."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if text in {"today", "今天"}:
        return today, today + timedelta(days=1)
    if text in {"yesterday", "昨天"}:
        return today - timedelta(days=1), today
    found = _DAY.fullmatch(text)
    if found is None:
        raise _MistakeError(_HINTS[QueryField.UPLOADED])
    try:
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        begin = today.replace(year=year, month=month or 1, day=day or 1)
        if day:
            return begin, begin + timedelta(days=1)
        following = (year + 1, 1) if not month or month == 12 else (year, month + 1)
        return begin, begin.replace(year=following[0], month=following[1])
    except (ValueError, OverflowError):
        raise _MistakeError(_HINTS[QueryField.UPLOADED]) from None


def _nearest(name: str) -> str | None:
    """The qualifier that was probably meant, in the language that it was typed in; None where it is like none."""
    if len(name) > _LONGEST_NAME:
        return None
    found = [known for known in _NAMES if _is_like(name, known)]
    return min(found, key=lambda known: (_slips(name, known), abs(len(name) - len(known))), default=None)


def _is_like(name: str, known: str) -> bool:
    if name.isascii() is not known.isascii() or len(name) < (3 if name.isascii() else 2):
        return False
    if not name.isascii():
        return name[0] == known[0] and (name.startswith(known) or _slips(name, known) <= 1)
    if len(known) >= 4 and (known.startswith(name) or name.startswith(known[:4])):
        return True
    if len(known) <= 4 and name[0] != known[0]:
        return False  # "game" is no "name"
    return len(known) > 2 and _slips(name, known) <= (2 if len(known) >= 7 else 1)


def _slips(one: str, other: str) -> int:
    """How many letters were left out, added, changed or swapped with the next one, at the least."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one):
        above, before, row = before, row, [at + 1]
        for to, wanted in enumerate(other):
            least = min(before[to + 1] + 1, row[to] + 1, before[to] + (letter != wanted))
            if at and to and letter == other[to - 1] and one[at - 1] == wanted:
                least = min(least, above[to - 1] + 1)
            row.append(least)
    return row[-1]


TITLES: Final = {
    QueryField.VERSION: translate("search", "Version: 1.4, >1.4, 1.4..1.6"),
    QueryField.BUILD: translate("search", "Build number: 145, >140"),
    QueryField.PGYER: translate("search", "Pgyer's own number: 45, >40"),
    QueryField.SIZE: translate("search", "Size: >20MB, 10MB..20MB"),
    QueryField.UPLOADED: translate("search", "Upload: <30d is younger, >2w older, 2026-01 in January"),
    QueryField.DOWNLOADS: translate("search", "Downloads: >10, =0"),
    QueryField.LATEST: translate("search", "The latest build: yes or no"),
    QueryField.PUBLISHING: translate("search", "Still publishing: yes or no"),
    QueryField.NAME: translate("search", "Words from the name"),
    QueryField.FILE: translate("search", "Words from the file name"),
    QueryField.IDENTIFIER: translate("search", "Words from the identifier"),
    QueryField.NOTES: translate("search", "Words from the release notes"),
    QueryField.KEY: translate("search", "A part of the Build Key"),
    QueryField.PLATFORM: translate("search", "Platform: ios, android or harmony"),
}
_HINTS: Final = {
    QueryField.VERSION: translate("search", "Versions are written like version:1.4 or version:>1.4."),
    QueryField.BUILD: translate("search", "Build numbers are written like build:145 or build:>140."),
    QueryField.PGYER: translate("search", "Pgyer's numbers are written like pgyer:45 or pgyer:>40."),
    QueryField.SIZE: translate("search", "Sizes are written like size:>20MB. Without a unit they are MB."),
    QueryField.UPLOADED: translate(
        "search", "Times are written like uploaded:<30d, uploaded:>2w or uploaded:2026-01-31."
    ),
    QueryField.DOWNLOADS: translate("search", "Downloads are written like downloads:>10."),
    QueryField.LATEST: translate("search", "After “latest:” comes yes or no."),
    QueryField.PUBLISHING: translate("search", "After “publishing:” comes yes or no."),
    QueryField.NAME: translate("search", "After “name:” comes a word from the name."),
    QueryField.FILE: translate("search", "After “file:” comes a word from the file name."),
    QueryField.IDENTIFIER: translate("search", "After “id:” comes a word from the identifier."),
    QueryField.NOTES: translate("search", "After “notes:” comes a word from the release notes."),
    QueryField.KEY: translate("search", "After “key:” comes a part of the Build Key."),
    QueryField.PLATFORM: translate("search", "After “platform:” comes ios, android or harmony."),
}
_YES_NO: Final = (
    ("yes", translate("search", "Only those")),
    ("no", translate("search", "All others")),
)
_VALUES: Final = {
    QueryField.LATEST: _YES_NO,
    QueryField.PUBLISHING: _YES_NO,
    QueryField.PLATFORM: tuple(
        (name, translate("search", "Only this platform")) for name in ("ios", "android", "harmony")
    ),
    QueryField.UPLOADED: (
        ("today", translate("search", "Since midnight")),
        ("<7d", translate("search", "In the last seven days")),
        ("<30d", translate("search", "In the last thirty days")),
        (">90d", translate("search", "More than ninety days ago")),
    ),
    QueryField.SIZE: (
        (">20mb", translate("search", "Larger than that")),
        ("<20mb", translate("search", "Smaller than that")),
    ),
}
