"""What the tests of the project share: where it is, which files belong to it, and its scripts as modules."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {".git", ".venv", ".tools", ".freeze", ".hypothesis", "__pycache__", "build", "dist"}


@lru_cache(maxsize=1)
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git tracks or would, else what lies there without the caches."""
    if shutil.which("git") and (ROOT / ".git").exists():
        git = shutil.which("git") or "git"
        listed = subprocess.run(  # noqa: S603 - git itself
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if listed.returncode == 0:  # git refuses a folder that belongs to somebody else
            paths = (ROOT / name for name in listed.stdout.split("\0") if name)
            return tuple(sorted(path for path in paths if path.is_file()))
    return tuple(
        sorted(
            path
            for path in ROOT.rglob("*")
            if path.is_file()
            and not any(part in _NOT_OURS or part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        )
    )


def script(name: str) -> ModuleType:
    """The module `packaging/<name>.py`. By its path: an installed library is called `packaging` too."""
    module_name = f"pgyer_packaging_{name}"
    if module_name in sys.modules:
        return sys.modules[module_name]
    spec = importlib.util.spec_from_file_location(module_name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # dataclasses look their module up while it is being made
    sys.path.insert(0, str(ROOT / "packaging"))  # the scripts import each other
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "packaging"))
    return module
