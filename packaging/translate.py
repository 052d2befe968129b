r"""Keeps the Qt Linguist files in step with the sources: `python packaging/translate.py --update` or `--check`.

`--update` collects the texts of `pgyer_desktop` into `resources/translations/*.ts` and compiles those to `*.qm`; both
are committed, so that a build needs no Qt tools. English is there for its plurals alone, and those that end in "(s)"
are filled in. `--check` changes nothing and fails when a text is missing, left over, unfinished or wrong.

pyside6-lupdate (6.11) scans tokens; it does not understand Python. What it takes, and what it does not, was found by
trying, and `--check` reads the sources once more with `ast` to name every text that it missed or misfiled:

- `self.tr("text")`, `self.tr("text", "comment")`, and `self.tr("%n build(s)", "", n)`: the third positional argument
  makes it a plural. The context is the innermost class around the call.
- `translate("Context", "text")`, and with a comment and a count as third and fourth positional arguments a plural.
  Any function of that name will do, which is how `core` marks its texts without Qt.
- `QT_TRANSLATE_NOOP("Context", "text")`, never a plural. `QT_TRANSLATE_N_NOOP` and `QT_TRANSLATE_NOOP3` are not seen.
- Literals only; "a" "b" may be joined. An f-string, a text inside an f-string, `\N{...}`, a context by name, keyword
  arguments and the second branch of `a if x else b` are lost or come out wrong.
- After `QCoreApplication.translate("C", "text")` it files the next `self.tr` under "QCoreApplication.self". So bind
  `translate = QCoreApplication.translate` first and call that.
- PySide6's `self.tr` finds no plural that belongs to a base class: there the text stays English. Plurals in a class
  that others derive from use `translate("TheClass", "%n build(s)", "", n)`.

It must not be imported by the program.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "zh_CN")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n")
REGULAR_PLURAL = re.compile(r"(\w)\((e?s)\)")
APPLICATIONS = frozenset({"QCoreApplication", "QGuiApplication", "QApplication"})


class ToolError(Exception):
    """A Qt tool failed; the message is what it printed."""


@dataclass(frozen=True, slots=True)
class Key:
    """What tells one text from another in a .ts file."""

    context: str
    source: str
    comment: str
    plural: bool

    def __str__(self) -> str:
        plural = " (plural)" if self.plural else ""
        return f'{self.context}: "{self.source}"{plural}'


@dataclass(frozen=True, slots=True)
class Message:
    """One text of a .ts file with its translations; `state` is "", "unfinished", "vanished" or "obsolete"."""

    key: Key
    forms: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Translations:
    """The files of one checkout."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where .ts and .qm lie."""
        return self.root / "resources" / "translations"

    def ts(self, language: str) -> Path:
        """The Linguist file of `language`."""
        return self.folder / f"pgyer_desktop_{language}.ts"

    def sources(self) -> list[Path]:
        """Every module of the program, in a stable order, relative to the root."""
        return sorted(path.relative_to(self.root) for path in (self.root / "pgyer_desktop").rglob("*.py"))


# The tools


def _program(name: str) -> str:
    """The Qt tool behind PySide6's script `name`: the script would load PySide6 first, which takes longer."""
    package = importlib.util.find_spec("PySide6")
    places = (package.submodule_search_locations if package else None) or []
    for place in places:
        found = shutil.which(name.removeprefix("pyside6-"), path=place)
        if found:
            return found
    return shutil.which(name, path=sysconfig.get_path("scripts")) or name


def _tool(name: str, arguments: Sequence[str | Path], folder: Path) -> None:
    command = [_program(name), *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise ToolError(f"{name} failed:\n{done.stdout}{done.stderr}")


def lupdate(files: Translations, language: str, ts: Path, *, drop_obsolete: bool) -> None:
    """Collect the texts of the sources into `ts`.

    Raises:
        ToolError: pyside6-lupdate failed.

    """
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "sources.lst"
        names.write_text("".join(f"{path.as_posix()}\n" for path in files.sources()), encoding="utf-8")
        # Without line numbers and in alphabetical order, a change in the sources changes nothing else in the file.
        options: list[str | Path] = [f"@{names}", "-silent", "-locations", "none", "-sort-messages"]
        options += ["-source-language", "en", "-target-language", language]
        if drop_obsolete:
            options.append("-no-obsolete")
        if language == "en":
            options.append("-pluralonly")
        _tool("pyside6-lupdate", [*options, "-ts", ts], files.root)


def lrelease(ts: Path, qm: Path) -> None:
    """Compile `ts` to `qm`.

    Raises:
        ToolError: pyside6-lrelease failed.

    """
    _tool("pyside6-lrelease", ["-silent", ts, "-qm", qm], ts.parent)


def read_ts(path: Path) -> list[Message]:
    """The texts of a .ts file, in its order."""
    return [
        _message(context.findtext("name", ""), element)
        for context in ET.parse(path).getroot().iter("context")  # noqa: S314 - our own file
        for element in context.iter("message")
    ]


def _message(context: str, element: ET.Element) -> Message:
    plural = element.get("numerus") == "yes"
    key = Key(context, element.findtext("source", ""), element.findtext("comment", ""), plural)
    translation = element.find("translation")
    if translation is None:
        return Message(key, (), "unfinished")
    forms = tuple(form.text or "" for form in translation.iter("numerusform")) if plural else (translation.text or "",)
    return Message(key, forms, translation.get("type", ""))


# Update


def update(files: Translations) -> None:
    """Bring the .ts files and the .qm files up to date.

    Raises:
        ToolError: a Qt tool failed.

    """
    files.folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        ts = files.ts(language)
        lupdate(files, language, ts, drop_obsolete=True)
        if language == "en":
            fill_regular_plurals(ts)
        lrelease(ts, ts.with_suffix(".qm"))
        left = sum(message.state != "" for message in read_ts(ts))
        print(f"{ts.name}: {len(read_ts(ts))} texts, {left} unfinished")


def english_forms(source: str) -> tuple[str, str] | None:
    """Singular and plural of "%n build(s)". None: the source does not end its nouns in "(s)" or "(es)"."""
    if not REGULAR_PLURAL.search(source):
        return None
    return REGULAR_PLURAL.sub(r"\1", source), REGULAR_PLURAL.sub(r"\1\2", source)


def fill_regular_plurals(ts: Path) -> None:
    """Fill in the empty English plurals that follow from their source; what somebody has written is kept."""
    # Text by text and not through an XML writer, so that the file keeps the form that lupdate gives it.
    text = ts.read_text(encoding="utf-8")
    for message in read_ts(ts):
        forms = english_forms(message.key.source)
        if message.state != "unfinished" or any(message.forms) or forms is None:
            continue
        source = f"<source>{_escaped(message.key.source)}</source>"
        pattern = re.compile(
            re.escape(source) + r"((?:\s*<(comment|extracomment)>[^<]*</\2>)*\s*)"
            r'<translation type="unfinished">(\s*)<numerusform></numerusform>(\s*)<numerusform></numerusform>'
        )
        one, many = (_escaped(form) for form in forms)

        def filled(found: re.Match[str], source: str = source, one: str = one, many: str = many) -> str:
            between, _, first, second = found.groups()
            return (
                f"{source}{between}<translation>"
                f"{first}<numerusform>{one}</numerusform>{second}<numerusform>{many}</numerusform>"
            )

        text = pattern.sub(filled, text, count=1)
    ts.write_text(text, encoding="utf-8", newline="\n")


def _escaped(text: str) -> str:
    """`text` as lupdate writes it."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;")):
        text = text.replace(character, entity)
    return text


# Check


def check(files: Translations) -> list[str]:
    """Everything that is wrong with the translations, a sentence each.

    Raises:
        ToolError: a Qt tool failed.

    """
    marked = Marked()
    for path in files.sources():
        marked.read(path.as_posix(), (files.root / path).read_text(encoding="utf-8"))
    problems = marked.problems()
    absent = [files.ts(language).name for language in LANGUAGES if not files.ts(language).is_file()]
    if absent:
        return [*problems, *(f"{name} is missing" for name in absent)]
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            problems += _check_language(files, language, marked, Path(folder))
    return problems


def _check_language(files: Translations, language: str, marked: Marked, folder: Path) -> Iterator[str]:
    ts = files.ts(language)
    fresh = folder / ts.name
    shutil.copyfile(ts, fresh)
    lupdate(files, language, fresh, drop_obsolete=False)
    committed = {message.key for message in read_ts(ts)}
    now = read_ts(fresh)
    found = {message.key for message in now if message.state not in ("vanished", "obsolete")}
    expected = {key: place for key, place in marked.places.items() if key.plural or language != "en"}
    for key, place in expected.items():
        if key not in found:
            elsewhere = sorted(other.context for other in found if other.source == key.source)
            filed = f"files it under {', '.join(elsewhere)}" if elsewhere else "does not see it"
            yield f"{place}: lupdate {filed}: {key}"
    for key in sorted(found - expected.keys(), key=str):
        yield f"{ts.name}: lupdate finds what no call marks: {key}"
    for message in now:
        if message.key not in found:
            yield f"{ts.name}: no longer in the sources: {message.key}"
        elif message.key not in committed:
            yield f"{ts.name}: missing: {message.key}"
        else:
            yield from (f"{ts.name}: {problem}: {message.key}" for problem in wrong_in(message, language))
    qm = ts.with_suffix(".qm")
    compiled = folder / qm.name
    lrelease(ts, compiled)
    if not qm.is_file() or qm.read_bytes() != compiled.read_bytes():
        yield f"{qm.name} is not what {ts.name} compiles to"


def wrong_in(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation, in a few words each."""
    if message.state:
        yield message.state
    if not message.forms or not all(form.strip() for form in message.forms):
        yield "empty"
        return
    wanted = Counter(PLACEHOLDER.findall(message.key.source))
    for index, form in enumerate(message.forms):
        got = Counter(PLACEHOLDER.findall(form))
        if language == "en" and index == 0:
            got["%n"] = wanted["%n"]  # the singular may say "one"
        if +got != +wanted:
            yield f'other placeholders in "{form}"'


# What the sources mark, read with `ast`


class Marked:
    """The texts that calls in the sources mark, and the calls that cannot work."""

    def __init__(self) -> None:
        self.places: dict[Key, str] = {}
        self._wrong: list[str] = []
        self._bases: set[str] = set()
        self._plurals_of_self: list[tuple[str, str]] = []

    def read(self, name: str, text: str) -> None:
        """Take in the module `name` with the source `text`."""
        self._visit(ast.parse(text, filename=name), name, context="", in_fstring=False)

    def problems(self) -> list[str]:
        """The calls that lupdate or PySide6 get wrong whatever the .ts files say."""
        derived = [
            f'{place}: other classes derive from {owner}, where a plural needs translate("{owner}", ...)'
            for place, owner in self._plurals_of_self
            if owner in self._bases
        ]
        return [*self._wrong, *derived]

    def _visit(self, node: ast.AST, name: str, *, context: str, in_fstring: bool) -> None:
        if isinstance(node, ast.ClassDef):
            context = node.name
            self._bases.update(_last_name(base) for base in node.bases)
        elif isinstance(node, ast.Call):
            self._call(node, f"{name}:{node.lineno}", context, in_fstring=in_fstring)
        inside = in_fstring or isinstance(node, ast.JoinedStr)
        for child in ast.iter_child_nodes(node):
            self._visit(child, name, context=context, in_fstring=inside)

    def _call(self, node: ast.Call, place: str, context: str, *, in_fstring: bool) -> None:
        function = node.func
        called = _last_name(function)
        receiver = _last_name(function.value) if isinstance(function, ast.Attribute) else ""
        if called == "tr":
            if receiver != "self":
                self._wrong.append(f'{place}: only self.tr(...) or translate("Context", ...) can be collected')
                return
            plural = len(node.args) > 2
            text, comment = _arguments(node, 0)
        elif called == "QT_TRANSLATE_NOOP" or (called == "translate" and receiver in {"", *APPLICATIONS}):
            if not any(isinstance(argument, ast.Constant) for argument in node.args[:2]):
                return  # a text that was marked elsewhere is being translated here
            plural = len(node.args) > 3 and called == "translate"
            context = _literal(node.args[0]) or ""
            text, comment = _arguments(node, 1)
        else:
            return
        if text is None or not context:
            self._wrong.append(f"{place}: context and text have to be literals")
        elif in_fstring:
            self._wrong.append(f"{place}: lupdate does not look into an f-string")
        elif node.keywords:
            self._wrong.append(f"{place}: lupdate does not know keyword arguments")
        elif "%n" in text and not plural:
            self._wrong.append(f"{place}: the count has to follow a comment, as in {called}(..., text, comment, n)")
        else:
            self.places.setdefault(Key(context, text, comment, plural), place)
            if called == "tr" and plural:
                self._plurals_of_self.append((place, context))


def _arguments(node: ast.Call, position: int) -> tuple[str | None, str]:
    """The text at `position` of the call and the comment after it."""
    text = _literal(node.args[position]) if len(node.args) > position else None
    comment = _literal(node.args[position + 1]) if len(node.args) > position + 1 else None
    return text, comment or ""


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _literal(node.left), _literal(node.right)
        return None if left is None or right is None else left + right
    return None


def _last_name(node: ast.expr) -> str:
    """`c` of `a.b.c`, `a` of `a[b]`; empty for anything else."""
    if isinstance(node, ast.Subscript):
        return _last_name(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else "" if not isinstance(node, ast.Call) else "()"


def _report(problems: Iterable[str]) -> int:
    lines = list(problems)
    for line in lines:
        print(line)
    if lines:
        print(f"{len(lines)} problem(s). `python packaging/translate.py --update` collects and compiles the texts;")
        print("what is unfinished then has to be translated in resources/translations/*.ts, with --update once more.")
        return 1
    print("The translations are complete.")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Run what `arguments` ask for; the result is the exit code."""
    parser = argparse.ArgumentParser(description="Collect, compile and check the translations.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--update", action="store_true", help="collect the texts and compile the translations")
    what.add_argument("--check", action="store_true", help="change nothing; fail when something is missing or wrong")
    options = parser.parse_args(arguments)
    files = Translations(ROOT)
    try:
        if options.check:
            return _report(check(files))
        update(files)
    except ToolError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
