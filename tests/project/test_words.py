"""What people read is in their words: no class, no field of the service, one kind of dash."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from pgyer_desktop.api import errors
from pgyer_desktop.core.activity.names import ERROR_WORDS
from pgyer_desktop.core.base.error_messages import _OWN_DETAILS
from pgyer_desktop.ui.base.formatting import NOTHING
from tests.project.checkout import ROOT, script

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "pgyer_desktop"
FOR_NO_SENTENCE = {
    "api/__init__.py",  # what an import that fails is told
    "api/transport.py",  # `str()` of a lost connection, for the log
    "core/activity/records.py",  # the record; `names.error_words` says it
    "core/activity/journal.py",  # the same
    "core/base/keystore.py",  # `str()` of an error, for the log; `error_messages` says it
    "shell/error_report.py",  # the details of a report
    "ui/window/main_window.py",
}
IDENTIFIER = re.compile(r"\b[a-z]+[A-Z]\w*|\b[A-Z]\w*[a-z]Error\b|\b[a-z]+_[a-z_]+\b")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def texts() -> list[str]:
    """Everything in English that can show, and is translated."""
    return sorted({key.source for key in script("translate").Translations(ROOT).marked().messages("zh_CN")})


def logged(tree: ast.Module) -> set[ast.AST]:
    """All that stands in a call on a logger, or in an error that no sentence is made of."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    inside = [call for call in calls if "_log" in ast.unparse(call.func) or "getLogger" in ast.unparse(call.func)]
    return {node for call in inside for node in ast.walk(call)}


def test_no_name_of_a_class_is_put_into_a_sentence() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        if name not in FOR_NO_SENTENCE
        for skipped in [logged(tree)]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"__name__", "__qualname__"} and node not in skipped
    ]
    assert not found, "use `words.stated`"


def test_the_fields_that_the_service_added_are_shown_in_words_alone() -> None:
    users = {name for name, tree in sources() for node in ast.walk(tree) if _reads_extra(node)}
    assert users <= {"core/builds/extras.py", "core/base/redaction.py"}


def _reads_extra(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "extra"


def test_no_text_names_what_only_programmers_know() -> None:
    assert not [text for text in texts() if IDENTIFIER.search(re.sub(r"\{\w+\}|\w+:|macOS", "", text))]


def test_every_error_that_is_recorded_has_words() -> None:
    def kinds(base: type[Exception]) -> Iterator[str]:
        for kind in base.__subclasses__():
            yield kind.__name__
            yield from kinds(kind)

    abstract = {"TransportError", "ReplyError"}
    assert {kind for kind in kinds(errors.PgyerError) if kind not in abstract} <= ERROR_WORDS.keys()


def test_what_api_says_in_an_error_that_people_read_can_be_translated() -> None:
    shown = {"AddressError", "ProxyError", "TlsError"}
    said = {
        part.value
        for name, tree in sources()
        if name.startswith("api/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in shown
        for part in node.args
        if isinstance(part, ast.Constant) and part.value
    }
    assert said == _OWN_DETAILS.keys()


def test_there_is_one_kind_of_dash() -> None:
    assert NOTHING == "–"
    assert not [text for text in texts() if "—" in text or re.search(r" -{1,2} ", text)]


def test_what_ends_in_an_ellipsis_is_no_sentence() -> None:
    assert not [text for text in texts() if "..." in text or re.search(r"[.!?]…| …$", text)]
