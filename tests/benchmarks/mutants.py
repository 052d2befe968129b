"""Small faults put into the program one at a time, and whether its tests notice: `python -m tests.benchmarks.mutants`.

Draws faults by a fixed seed over the rooms below, puts each into a copy of the checkout and runs the tests of its room
there, those of the same name first. Prints those that no test noticed; each wants a test, or a reason why it changes
nothing. `--count` and `--seed` draw others; `--only WORD` takes those in files whose path has it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.project.checkout import ROOT

ROOMS: Final = {
    "pgyer_desktop/api": "tests/api",
    "pgyer_desktop/core/changes": "tests/core/changes",
    "pgyer_desktop/core/cleanup": "tests/core/cleanup",
}
SECONDS: Final = 120.0
"""What takes longer counts as noticed: it hangs."""

_SWAPS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the `number`th node of a file as `ast.walk` meets them, changed in one of two ways."""

    file: str
    number: int
    variant: int

    def made(self, text: str) -> tuple[str, str]:
        """The file with the fault, as Python writes it, and what it is: line, old and new."""
        tree = ast.parse(text)
        node = list(ast.walk(tree))[self.number]
        assert isinstance(node, ast.expr | ast.stmt)
        line, was = node.lineno, ast.unparse(node).splitlines()[0]
        _change(node, self.variant, tree)
        ast.fix_missing_locations(tree)
        now = ast.unparse(node).splitlines()[0]
        return ast.unparse(tree), f"{self.file}:{line}: {was} -> {'(left out)' if now == was else now}"


def mutants_of(file: str, text: str) -> Iterator[Mutant]:
    """Every fault that can be put into a file."""
    for number, node in enumerate(ast.walk(ast.parse(text))):
        for variant in range(2):
            if isinstance(node, ast.expr | ast.stmt) and _change(copy.deepcopy(node), variant, None):
                yield Mutant(file, number, variant)


def _change(node: ast.expr | ast.stmt, variant: int, tree: ast.Module | None) -> bool:
    """Put a fault into the node, which may stand in `tree`; False where there is none of this kind."""
    match node, variant:
        case ast.Compare(ops=[op, *_]), 0:
            node.ops[0] = _SWAPS[type(op)]()
        case ast.BoolOp(), 0:
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Constant(value=bool(value)), 0:
            node.value = not value
        case ast.Constant(value=int(value)), _ if not isinstance(value, bool):
            node.value = value + 1 if variant else value - 1
        case ast.UnaryOp(op=ast.Not()), 0:
            node.op = ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ((ast.If() | ast.While()), 0):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.IfExp(), 0:
            node.body, node.orelse = node.orelse, node.body
        case ((ast.Expr(value=ast.Call() | ast.Await()) | ast.AugAssign() | ast.Raise() | ast.Continue()), 0):
            return tree is None or _leave_out(tree, node)
        case ast.Return(value=ast.expr()), 0:
            node.value = ast.Constant(None)
        case _:
            return False
    return True


def _leave_out(tree: ast.Module, node: ast.stmt) -> bool:
    for parent in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and node in block:
                block[block.index(node)] = ast.copy_location(ast.Pass(), node)
                return True
    return False


def drawn(count: int, seed: int, only: str) -> list[Mutant]:
    """So many faults, drawn over all files of the rooms."""
    found: list[Mutant] = []
    for room in ROOMS:
        for path in sorted((ROOT / room).glob("*.py")):
            file = path.relative_to(ROOT).as_posix()
            if only in file:
                found += mutants_of(file, path.read_text(encoding="utf-8"))
    return random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311 - the same ones each time


def noticed(mutant: Mutant, source: str, tree: Path) -> bool:
    """Whether the tests of its room fail with this source of the file in `tree`, a copy of the checkout."""
    path = tree / mutant.file
    room = ROOMS[Path(mutant.file).parent.as_posix()]
    tests = sorted(
        (file.relative_to(tree).as_posix() for file in (tree / room).glob("test_*.py")),
        key=lambda name: (Path(mutant.file).stem not in name, name),
    )
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *tests]
    path.write_text(source, encoding="utf-8")
    try:
        done = subprocess.run(command, cwd=tree, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return True
    finally:
        shutil.copyfile(ROOT / mutant.file, path)
    return done.returncode != 0


def main() -> None:
    """Draw, try each, print the survivors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    mutants = drawn(options.count, options.seed, options.only)
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder) / "checkout"
        ignored = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", "build", "dist")
        shutil.copytree(ROOT, tree, ignore=ignored)
        for number, mutant in enumerate(mutants, start=1):
            source, told = mutant.made((ROOT / mutant.file).read_text(encoding="utf-8"))
            if not noticed(mutant, source, tree):
                survivors += 1
                _write(told)
            sys.stderr.write(f"{number} of {len(mutants)}, {survivors} not noticed\r")
    _write(f"{len(mutants) - survivors} of {len(mutants)} were noticed.")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
