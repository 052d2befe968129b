"""No class is so large that it has to be read in parts; the few that are larger say why."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from tests.project.checkout import ROOT

MOST_LINES = 350
MOST_METHODS = 35
MOST_ATTRIBUTES = 20
MOST_EXCEPTIONS = 5

EXCEPTIONS = {
    "core/cleanup/queue.py:Batch": "one queue of deletes: its states lock each other, and apart they would call back",
    "core/history/app_history.py:AppHistory": "one app: every statement on its rows in the history file",
    "ui/checks/checks_dialog.py:UpdateChecksDialog": "one form: an attribute for each of its many fields and buttons",
    "ui/sharing/message_dialog.py:HandoverDialog": "one form: an attribute for each of its many fields and buttons",
}
"""What is larger than that, and why it stays whole."""


@dataclass(frozen=True)
class Size:
    """How large a class is."""

    lines: int
    methods: int
    attributes: int
    """Assigned to `self`; signals and the fields of dataclasses are written in the class's body and do not count."""

    @property
    def too_large(self) -> bool:
        return self.lines > MOST_LINES or self.methods > MOST_METHODS or self.attributes > MOST_ATTRIBUTES


def targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


def names_in(target: ast.expr) -> set[str]:
    """The attributes of `self` that an assignment is to."""
    return {
        part.attr
        for part in ast.walk(target)
        if isinstance(part, ast.Attribute)
        and isinstance(part.ctx, ast.Store)
        and isinstance(part.value, ast.Name)
        and part.value.id == "self"
    }


def size_of(node: ast.ClassDef) -> Size:
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
    attributes = {name for part in ast.walk(node) for target in targets(part) for name in names_in(target)}
    return Size((node.end_lineno or node.lineno) - node.lineno + 1, len(methods), len(attributes))


def sizes() -> dict[str, Size]:
    package = ROOT / "pgyer_desktop"
    found: dict[str, Size] = {}
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[f"{path.relative_to(package).as_posix()}:{node.name}"] = size_of(node)
    return found


def test_no_class_is_too_large_but_for_the_few_that_say_why() -> None:
    large = {name: size for name, size in sizes().items() if size.too_large}
    assert {name: size for name, size in large.items() if name not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) == set(large), "an exception that is none any more goes from the list"
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS


def test_what_counts_as_an_attribute() -> None:
    code = (
        "class A:\n    s = 1\n    def f(self):\n        self.a, (self.b, x) = self.c = y\n        self.d.e = self.f\n"
    )
    (node,) = ast.parse(code).body
    assert isinstance(node, ast.ClassDef)
    assert size_of(node) == Size(5, 1, 3)
