r"""Keeps the Qt Linguist files in step with the sources: `python packaging/translate.py --update` or `--check`.

`--update` collects the texts of `pgyer_desktop` into `resources/translations/*.ts` and compiles those to `*.qm`; both
are committed, so that a build needs no Qt tools. English is there for its plurals alone, and those that end in "(s)"
are filled in. `--check` changes nothing and fails when a text is missing, left over, unfinished or wrong.

The sources are read with `ast`, because pyside6-lupdate (6.11) scans tokens and does not understand Python. Marked are:

- `self.tr("text")`, `self.tr("text", "comment")`, and `self.tr("%n build(s)", "", n)`: the third positional argument
  makes it a plural. The context is the innermost class around the call.
- `translate("Context", "text")`, and with a comment and a count as third and fourth positional arguments a plural.
  Any function of that name will do, which is how `core` marks its texts without Qt.
- Literals only; "a" "b" may be joined.
- PySide6's `self.tr` finds no plural that belongs to a base class: there the text stays English. Plurals in a class
  that others derive from use `translate("TheClass", "%n build(s)", "", n)`.

It must not be imported by the program.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import itertools
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
FORMS = {"en": 2, "zh_CN": 1}
"""The languages, and how many forms a plural has in each."""
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n")
REGULAR_PLURAL = re.compile(r"(\w)\((e?s)\)")
APPLICATIONS = frozenset({"QCoreApplication", "QGuiApplication", "QApplication"})


class ToolError(Exception):
    """A Qt tool failed; the message is what it printed."""


@dataclass(frozen=True, slots=True, order=True)
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

    def marked(self) -> Marked:
        """What every module of the program marks."""
        found = Marked()
        for path in sorted((self.root / "pgyer_desktop").rglob("*.py")):
            found.read(path.relative_to(self.root).as_posix(), path.read_text(encoding="utf-8"))
        return found


# The files


def lrelease(ts: Path, qm: Path) -> None:
    """Compile `ts` to `qm`. Raises `ToolError`: pyside6-lrelease failed."""
    # The Qt tool behind PySide6's script: the script would load PySide6 first, which takes longer.
    package = importlib.util.find_spec("PySide6")
    places = [*((package and package.submodule_search_locations) or ()), sysconfig.get_path("scripts")]
    tool = shutil.which("lrelease", path=places[0]) or shutil.which("pyside6-lrelease", path=places[-1])
    command = [tool or "pyside6-lrelease", "-silent", str(ts), "-qm", str(qm)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise ToolError(f"lrelease failed:\n{done.stdout}{done.stderr}")


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


def write_ts(path: Path, language: str, messages: Iterable[Message]) -> None:
    """Write a .ts file as Linguist does, without line numbers, so that changes elsewhere leave it as it is."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    for context, inside in itertools.groupby(messages, key=lambda message: message.key.context):
        lines += ["<context>", f"    <name>{_escaped(context)}</name>"]
        for message in inside:
            lines += [f"    {line}" for line in _written(message)]
        lines.append("</context>")
    path.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8", newline="\n")


def _written(message: Message) -> Iterator[str]:
    forms = [_escaped(form) for form in message.forms]
    state = f' type="{message.state}"' if message.state else ""
    yield '<message numerus="yes">' if message.key.plural else "<message>"
    yield f"    <source>{_escaped(message.key.source)}</source>"
    if message.key.comment:
        yield f"    <comment>{_escaped(message.key.comment)}</comment>"
    if message.key.plural:
        yield f"    <translation{state}>"
        yield from (f"        <numerusform>{form}</numerusform>" for form in forms)
        yield "    </translation>"
    else:
        yield f"    <translation{state}>{forms[0]}</translation>"
    yield "</message>"


def _escaped(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})


# Update


def update(files: Translations) -> None:
    """Bring the .ts files and the .qm files up to date. Raises `ToolError`: a Qt tool failed."""
    files.folder.mkdir(parents=True, exist_ok=True)
    marked = files.marked()
    for language in FORMS:
        ts = files.ts(language)
        known = {message.key: message for message in read_ts(ts) if any(message.forms)} if ts.is_file() else {}
        messages = [known.get(key, new) for key, new in marked.messages(language).items()]
        write_ts(ts, language, messages)
        lrelease(ts, ts.with_suffix(".qm"))
        left = sum(message.state != "" for message in messages)
        print(f"{ts.name}: {len(messages)} texts, {left} unfinished")


def english_forms(source: str) -> tuple[str, str] | None:
    """Singular and plural of "%n build(s)". None: the source does not end its nouns in "(s)" or "(es)"."""
    if not REGULAR_PLURAL.search(source):
        return None
    return REGULAR_PLURAL.sub(r"\1", source), REGULAR_PLURAL.sub(r"\1\2", source)


# Check


def check(files: Translations) -> list[str]:
    """Everything that is wrong with the translations, a sentence each. Raises `ToolError`: a Qt tool failed."""
    marked = files.marked()
    problems = marked.problems()
    absent = [files.ts(language).name for language in FORMS if not files.ts(language).is_file()]
    if absent:
        return [*problems, *(f"{name} is missing" for name in absent)]
    for language in FORMS:
        problems += _check_language(files.ts(language), language, marked.messages(language))
    return problems


def _check_language(ts: Path, language: str, expected: Collection[Key]) -> Iterator[str]:
    known = {message.key: message for message in read_ts(ts)}
    yield from (f"{ts.name}: missing: {key}" for key in expected if key not in known)
    for key, message in known.items():
        if key not in expected:
            yield f"{ts.name}: no longer in the sources: {key}"
        else:
            yield from (f"{ts.name}: {problem}: {key}" for problem in wrong_in(message, language))
    qm = ts.with_suffix(".qm")
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder) / qm.name
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
        self._keys: set[Key] = set()
        self._wrong: list[str] = []
        self._bases: set[str] = set()
        self._plurals_of_self: list[tuple[str, str]] = []

    def read(self, name: str, text: str) -> None:
        """Take in the module `name` with the source `text`."""
        self._visit(ast.parse(text, filename=name), name, context="")

    def messages(self, language: str) -> dict[Key, Message]:
        """The texts that a language has in its .ts file, in its order, as they are before anybody has translated."""
        return {key: _untranslated(key, language) for key in sorted(self._keys) if key.plural or language != "en"}

    def problems(self) -> list[str]:
        """The calls that go wrong whatever the .ts files say."""
        derived = [
            f'{place}: other classes derive from {owner}, where a plural needs translate("{owner}", ...)'
            for place, owner in self._plurals_of_self
            if owner in self._bases
        ]
        return [*self._wrong, *derived]

    def _visit(self, node: ast.AST, name: str, *, context: str) -> None:
        if isinstance(node, ast.ClassDef):
            context = node.name
            self._bases.update(_last_name(base) for base in node.bases)
        elif isinstance(node, ast.Call):
            self._call(node, f"{name}:{node.lineno}", context)
        for child in ast.iter_child_nodes(node):
            self._visit(child, name, context=context)

    def _call(self, node: ast.Call, place: str, context: str) -> None:
        function = node.func
        called = _last_name(function)
        receiver = _last_name(function.value) if isinstance(function, ast.Attribute) else ""
        if called == "tr":
            if receiver != "self":
                self._wrong.append(f'{place}: only self.tr(...) or translate("Context", ...) can be collected')
                return
            plural = len(node.args) > 2
            text, comment = _arguments(node, 0)
        elif called == "translate" and receiver in {"", *APPLICATIONS}:
            if not any(isinstance(argument, ast.Constant) for argument in node.args[:2]):
                return  # a text that was marked elsewhere is being translated here
            plural = len(node.args) > 3
            context = _literal(node.args[0]) or ""
            text, comment = _arguments(node, 1)
        else:
            return
        if text is None or not context:
            self._wrong.append(f"{place}: context and text have to be literals")
        elif node.keywords:
            self._wrong.append(f"{place}: keyword arguments are not read")
        elif "%n" in text and not plural:
            self._wrong.append(f"{place}: the count has to follow a comment, as in {called}(..., text, comment, n)")
        else:
            self._keys.add(Key(context, text, comment, plural))
            if called == "tr" and plural:
                self._plurals_of_self.append((place, context))


def _untranslated(key: Key, language: str) -> Message:
    forms = english_forms(key.source) if language == "en" else None
    if forms is not None:
        return Message(key, forms, "")
    return Message(key, ("",) * (FORMS[language] if key.plural else 1), "unfinished")


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
