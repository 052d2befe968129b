"""The message that hands a build over to others: a template with named places, and the text that comes of it.

The renderer knows its places and nothing else: no attributes, no formats, no code, so that a template that came from
elsewhere can do no more than be wrong. What it makes is read by others: keys, signatures, install passwords and billed
links are struck out of it, whether the service sent them or they stand in the template. Must not know the language of
the window: a message is in the language of its template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from pgyer_desktop.api import Platform
from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.base.names import short, size_text
from pgyer_desktop.core.base.redaction import STRUCK, struck
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.sharing import links

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from pgyer_desktop.api import Build
    from pgyer_desktop.core.builds.apps import KnownApp

MAX_TEMPLATE: Final = 4000
"""Characters of a template."""
MAX_MESSAGE: Final = 40_000
"""Characters of a message. Release notes have 20,000 at most, and may be asked for twice."""

MessageLanguage: TypeAlias = Literal["en", "zh_CN"]

PLACES: Final = (
    "app",
    "version",
    "build",
    "pgyer_build",
    "platform",
    "size",
    "uploaded",
    "link",
    "short_link",
    "notes",
    "date",
)
"""The names of all places, in the order in which they are offered."""

BETWEEN: Final = " · "
"""Separates the parts of a line: one whose places are all empty is left out with its separator."""

# In their own language whatever the window's is, so they are not for translation.
_ENGLISH: Final = """\
{app} {version} · build {build} · Pgyer {pgyer_build}
{platform} · {size} · uploaded {uploaded}

This build: {link}
Always the latest: {short_link}

What's new:
{notes}"""

_CHINESE: Final = """\
{app} {version} · 构建号 {build} · 蒲公英 {pgyer_build}
{platform} · {size} · {uploaded} 上传

此版本：{link}
最新版本：{short_link}

更新说明：
{notes}"""

BUILT_IN: Final[Mapping[MessageLanguage, str]] = {"en": _ENGLISH, "zh_CN": _CHINESE}

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NO_TIME: Final = "0000-00-00"
_LONGEST_SHOWN: Final = 40
_BRACES: Final = re.compile(r"\{\{|\}\}|\}|\{(?P<name>[^{}\n]*)(?P<closed>\}?)")

# A key has 32 hex digits; in "%3D" and the digits that follow there is no boundary, so longer runs are struck as well.
_HEX: Final = re.compile(r"[0-9a-f]{32,}", re.IGNORECASE)
_COMMIT_LENGTHS: Final = frozenset({40, 64})
# Looked for from the beginning of a word only, else a long text without blanks takes the square of its length.
_BILLED: Final = re.compile(r"(?<![^\s\"'<>])[^\s\"'<>]*?\bapp/install\b[^\s\"'<>]*", re.IGNORECASE)
_LINKED: Final = re.compile(
    r"((?:\bdownloadURL[\"']?\s*[=:]|[?&;]password\s*=|(?:_api_key|userKey|buildPassword|sig)%3D)"
    r"[\"']?\s*[\"']?)[^\s\"'&,;}]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Template:
    """What a message is made from. `text` "" means the built-in one.

    Any value can be made, so that no settings file is too odd to be read; `problem_in` tells which can be used.
    """

    language: MessageLanguage = "en"
    text: str = ""

    @property
    def source(self) -> str:
        """The text itself, of the built-in template too."""
        return self.text or BUILT_IN[self.language]


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """Why a template cannot be used, and which of its characters (from `start`, before `end`) are to blame.

    Both are 0 where it is the whole.
    """

    text: Text
    start: int = 0
    end: int = 0


class TemplateError(Exception):
    """A template that no message can be made from; `problem` says why."""

    def __init__(self, problem: TemplateProblem) -> None:
        super().__init__("the template cannot be used")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Piece:
    """Plain text, or a place: then `text` is its name. `start` and `end` count the template's characters."""

    text: str
    start: int
    end: int
    is_place: bool = False


def problem_in(text: str) -> TemplateProblem | None:
    """What is wrong with this text of a template, or None."""
    try:
        _pieces(text)
    except TemplateError as exc:
        return exc.problem
    return None


def places_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where places stand in `text`, braces included; nothing where something is wrong with it."""
    try:
        return tuple((piece.start, piece.end) for piece in _pieces(text) if piece.is_place)
    except TemplateError:
        return ()


def remembered(template: Template) -> Template:
    """`template` as it is remembered: a text that is the built-in one is "" and follows it when it changes."""
    # Half a surrogate pair (a cut emoji) could not be written to the settings.
    text = template.text.encode("utf-8", "replace").decode().strip("\n")
    return replace(template, text="" if text == BUILT_IN[template.language] else text)


def place_words(name: str) -> Text:
    """What people call the place `name`, one of `PLACES`."""
    return _PLACE_WORDS[name]


def message(template: Template, app: KnownApp, build: Build, *, now: datetime, zone: tzinfo | None = None) -> str:
    """The text that is handed over; times are in `zone` (default: the machine's).

    Raises `TemplateError`, also where the message would be empty or longer than `MAX_MESSAGE`.
    """
    pieces = _pieces(template.source)
    values = _values(template.language, app, build, now=now, zone=zone)
    length = sum(len(values[piece.text] if piece.is_place else piece.text) for piece in pieces)
    if length > MAX_MESSAGE:
        raise TemplateError(
            TemplateProblem(
                translate("handover", "The message has more than {most} characters. Shorten the text.").fill(
                    most=MAX_MESSAGE
                )
            )
        )
    own = _own(app, build)
    text = _without_secrets(escape_invisible("\n".join(_written(_split(pieces, "\n"), values))).strip(), own)
    if not text:
        raise TemplateError(
            TemplateProblem(
                translate(
                    "handover", "Nothing that the text asks for is known about this build, so the message is empty."
                )
            )
        )
    return text


# Reading a template


def _pieces(text: str) -> tuple[_Piece, ...]:
    """`text` taken apart. Raises TemplateError."""
    if len(text) > MAX_TEMPLATE:
        words = translate("handover", "The text has {count} characters; {most} are allowed. Shorten it.")
        raise TemplateError(TemplateProblem(words.fill(count=len(text), most=MAX_TEMPLATE)))
    if not text.strip():
        raise TemplateError(
            TemplateProblem(translate("handover", "There is no text. Write one, or use the built-in one."))
        )
    pieces = tuple(_scanned(text))
    safe = _without_secrets(text, ())
    if safe != text:
        start = next((at for at, (old, new) in enumerate(zip(text, safe, strict=False)) if old != new), len(safe))
        words = translate(
            "handover",
            "{where}: this looks like a key, a password or a signed link. Others will read the message: take it out.",
        )
        raise TemplateError(_problem(words, text, start, start + 1))
    return pieces


def _scanned(text: str) -> Iterator[_Piece]:
    at = 0
    for found in _BRACES.finditer(text):
        if found.start() > at:
            yield _Piece(text[at : found.start()], at, found.start())
        at = found.end()
        if found[0] in {"{{", "}}"}:
            yield _Piece(found[0][0], found.start(), at)
        elif found[0] == "}":
            words = translate(
                "handover", "{where}: this {brace} closes nothing. Write {double} where a brace is meant."
            )
            raise TemplateError(_problem(words.fill(brace="}", double="}}"), text, at - 1, at))
        else:
            yield _place(text, found)
    if at < len(text):
        yield _Piece(text[at:], at, len(text))


def _place(text: str, found: re.Match[str]) -> _Piece:
    """The place that was found in `text`."""
    start, end, name = found.start(), found.end(), found["name"]
    if not found["closed"]:
        words = translate("handover", "{where}: this {brace} is not closed. Write {double} where a brace is meant.")
        raise TemplateError(_problem(words.fill(brace="{", double="{{"), text, start, end))
    if name in PLACES:
        return _Piece(name, start, end, is_place=True)
    shown = short(escape_invisible(found[0]), _LONGEST_SHOWN)
    import difflib  # only for who has made a mistake

    near = difflib.get_close_matches(name[:_LONGEST_SHOWN].strip().lower(), PLACES, n=1)
    if near:
        words = translate("handover", "{where}: there is no place {place}. Is {other} meant?")
        words = words.fill(place=shown, other=f"{{{near[0]}}}")
    else:
        words = translate("handover", "{where}: there is no place {place}. Insert one from the list.").fill(place=shown)
    raise TemplateError(_problem(words, text, start, end))


def _problem(words: Text, text: str, start: int, end: int) -> TemplateProblem:
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    where = translate("handover", "Line {line}, character {column}").fill(line=line, column=column)
    return TemplateProblem(words.fill(where=where), start, end)


# Writing a message


def _split(pieces: Iterable[_Piece], separator: str) -> list[list[_Piece]]:
    """The pieces between the separators that stand in plain text, which is cut there."""
    parts: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.is_place:
            parts[-1].append(piece)
            continue
        first, *others = piece.text.split(separator)
        parts[-1].append(replace(piece, text=first))
        parts.extend([replace(piece, text=other)] for other in others)
    return parts


def _written(lines: list[list[_Piece]], values: Mapping[str, str]) -> list[str]:
    """What becomes of each line; those that have nothing to say are left out."""
    written = [_line(line, values) for line in lines]
    for at, line in enumerate(lines):
        if _is_heading(line) and _introduces_nothing(written[at + 1 :]):
            written[at] = None
    result: list[str] = []
    gap = False
    for text in written:
        if text is None:
            gap = True
        elif text.strip() or not (gap and (not result or not result[-1].strip())):
            result.append(text)
            gap = gap and not text.strip()
    return result


def _line(pieces: list[_Piece], values: Mapping[str, str]) -> str | None:
    """One line; None where its places are all empty."""
    places = [piece for piece in pieces if piece.is_place]
    filled = [bool(values[piece.text]) for piece in places]
    if places and not any(filled):
        return None
    if all(filled):
        return "".join(values[piece.text] if piece.is_place else piece.text for piece in pieces)
    parts = (_part(part, values) for part in _split(pieces, BETWEEN) if _says(part, values))
    return BETWEEN.join(part for part in parts if part)


def _part(pieces: list[_Piece], values: Mapping[str, str]) -> str:
    written, gap = "", False
    for piece in pieces:
        text = values[piece.text] if piece.is_place else piece.text
        if piece.is_place and not text:
            gap = True
            continue
        # Of two blanks around a place that is empty, one is enough.
        written += text.removeprefix(" ") if gap and written[-1:] in {"", " "} else text
        gap = False
    return written.strip()


def _says(pieces: list[_Piece], values: Mapping[str, str]) -> bool:
    filled = [bool(values[piece.text]) for piece in pieces if piece.is_place]
    return any(filled) or not filled


def _is_heading(line: list[_Piece]) -> bool:
    """Whether a line only says what the ones below are: "What's new:"."""
    return not any(piece.is_place for piece in line) and "".join(p.text for p in line).rstrip().endswith((":", "："))


def _introduces_nothing(below: list[str | None]) -> bool:
    """Whether none of the lines under a heading, up to the next blank line, is left."""
    count = next((at for at, text in enumerate(below) if text is not None), len(below))
    return count > 0 and (count == len(below) or not (below[count] or "").strip())


def _values(
    language: MessageLanguage, app: KnownApp, build: Build, *, now: datetime, zone: tzinfo | None
) -> dict[str, str]:
    """What stands in each place; "" where nothing is known."""
    own = _own(app, build)

    def one_line(text: str) -> str:
        # Struck before it is cut: half a secret could not be told from a word.
        return short(" ".join(_without_secrets(escape_invisible(text), own).split()))

    return {
        "app": one_line(app.name or build.name or app.identifier or build.identifier),
        "version": one_line(build.version),
        "build": one_line(build.build_number),
        "pgyer_build": "" if build.pgyer_build is None else f"#{build.pgyer_build}",
        "platform": _platform(language, build.platform),
        "size": _size(language, build.size),
        "uploaded": _uploaded(language, build, zone) or one_line(_odd_time(build.created_text)),
        "link": _link(links.build_page, build.build_key),
        "short_link": _link(links.app_page, build.shortcut or app.shortcut),
        "notes": _without_secrets(escape_invisible(build.notes), own).strip(),
        "date": _day(language, now.astimezone(zone)),
    }


def _platform(language: MessageLanguage, platform: Platform) -> str:
    if platform is Platform.HARMONYOS:
        return "鸿蒙" if language == "zh_CN" else "HarmonyOS"
    return {Platform.IOS: "iOS", Platform.ANDROID: "Android"}.get(platform, "")


def _size(language: MessageLanguage, value: int | None) -> str:
    if value is None or not 0 <= value < 10**21:
        return ""
    if value < 1000:
        if language == "zh_CN":
            return f"{value} 字节"
        return f"{value} byte" if value == 1 else f"{value} bytes"
    return size_text(value)


def _uploaded(language: MessageLanguage, build: Build, zone: tzinfo | None) -> str:
    if build.created is None:
        return ""
    try:
        local = build.created.astimezone(zone)
    except (OverflowError, OSError, ValueError):  # the first and the last day that there are, in another zone
        local = build.created
    return f"{_day(language, local)} {local:%H:%M}"


def _odd_time(text: str) -> str:
    """A time that could not be read, as it came, unless that says that there is none."""
    return "" if text.strip().startswith(_NO_TIME) else text


def _day(language: MessageLanguage, day: datetime) -> str:
    # Not `strftime`, which writes months in the language of the machine.
    if language == "zh_CN":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _link(make: Callable[[str], str], slug: str) -> str:
    """The address that `make` makes; "" where there is nothing to make one of."""
    try:
        return make(slug)
    except ValueError:
        return ""


# Secrets


def _own(app: KnownApp, build: Build) -> frozenset[str]:
    """The keys that stand in links to this build and app, and are no secret."""
    return frozenset({build.build_key, app.app_key, build.shortcut, app.shortcut})


def _without_secrets(text: str, own: Collection[str]) -> str:
    """`text` without what looks like a key, an install password, a signature or a billed link.

    `own` are keys that may stay.
    """

    def hex_digits(found: re.Match[str]) -> str:
        run = found[0]
        return run if any(run in key for key in own) or len(run) in _COMMIT_LENGTHS else STRUCK

    without = _LINKED.sub(rf"\1{STRUCK}", _BILLED.sub(STRUCK, struck(text)))
    return _HEX.sub(hex_digits, without)


_PLACE_WORDS: Final = {
    "app": translate("handover", "App"),
    "version": translate("handover", "Version"),
    "build": translate("handover", "Build number"),
    "pgyer_build": translate("handover", "Pgyer build"),
    "platform": translate("handover", "Platform"),
    "size": translate("handover", "Size"),
    "uploaded": translate("handover", "Upload time"),
    "link": translate("handover", "Link to this build"),
    "short_link": translate("handover", "Short link, always the latest"),
    "notes": translate("handover", "Release notes"),
    "date": translate("handover", "Today's date"),
}
