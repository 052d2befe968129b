"""What may not lie in the repository: keys, paths of somebody's machine. And what must: what README promises."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import pairwise

from tests.project.checkout import ROOT, files, script

TEXT = {
    ".py", ".md", ".toml", ".lock", ".yml", ".yaml", ".cfg", ".ini", ".txt", ".ts", ".svg", ".json", ".sh", ".ps1",
    ".iss", ".desktop", ".plist", ".spec", ".xml", "",
}  # fmt: skip
# Built from pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(
    "|".join((r"/" + r"home/\w+", r"/" + r"Users/\w+", r"/" + r"root/", r"/" + r"work/", r"[A-Z]:\\" + r"Users\\\w"))
)
HEX_32 = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")


def made_up(text: str) -> bool:
    """Whether 32 hex digits are plainly no key: few different digits, a short pattern repeated, or counting up."""
    low = text.lower()
    if len(set(low)) <= 8:
        return True
    if any(low == (low[:size] * 32)[:32] for size in (1, 2, 4, 8, 16)):
        return True
    digits = [int(digit, 16) for digit in low]
    steps = Counter((after - before) % 16 for before, after in pairwise(digits))
    return steps.most_common(1)[0][1] >= 20


def texts() -> dict[str, str]:
    result = {}
    for path in files():
        if path.suffix in TEXT and path.name != "uv.lock":
            result[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    assert len(result) > 20
    return result


def test_random_digits_are_told_from_made_up_ones() -> None:
    assert made_up("0123456789abcdef" * 2)
    assert made_up("a" * 32)
    assert made_up("deadbeef" * 4)
    assert not made_up("9f86d081884c7d65" + "9a2feaa0c55ad015")


def test_no_file_holds_what_could_be_a_key() -> None:
    found = [
        f"{name}: {key[:6]}…" for name, text in texts().items() for key in HEX_32.findall(text) if not made_up(key)
    ]
    assert found == []


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    found = [f"{name}: {path}" for name, text in texts().items() for path in MACHINE_PATH.findall(text)]
    assert found == []


def test_every_text_file_ends_its_lines_as_git_keeps_them() -> None:
    crlf = [path for path in files() if path.suffix in TEXT and b"\r\n" in path.read_bytes()]
    # A checkout on Windows may have converted what .gitattributes leaves to git.
    assert [path for path in crlf if path.suffix in {".py", ".ts", ".sh"} or path.name == "run"] == []


def test_the_readme_commands_are_the_verbs_of_the_bootstrap_and_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    bootstrap = script("bootstrap")
    for verb in ("demo", "test"):
        assert f"python3 packaging/bootstrap.py {verb}" in readme
        assert verb in bootstrap.VERBS
    assert "python3 packaging/bootstrap.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_file_that_the_readme_and_the_guide_point_to_is_there() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "packaging/README.md"):
        page = ROOT / name
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        missing = [link for link in links if not (page.parent / link).exists()]
        assert missing == [], f"{name} points to what is not there"


def test_the_bootstrap_accepts_exactly_the_pythons_that_the_project_declares() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert declared == script("bootstrap").PYTHONS


def test_the_workflows_run_the_oldest_and_newest_python_that_are_declared_and_none_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    workflows = ROOT / ".github" / "workflows"
    tested = set(re.findall(r'python: "(3\.\d+)"', (workflows / "test.yml").read_text(encoding="utf-8")))
    packed = set(re.findall(r'python-version: "(3\.\d+)"', (workflows / "release.yml").read_text(encoding="utf-8")))
    assert {declared[0], declared[-1]} <= tested <= set(declared)
    assert len(packed) == 1
    assert packed <= tested
    assert project["requires-python"] == f">={declared[0]},<3.{int(declared[-1].split('.')[1]) + 1}"


def test_the_changelog_has_a_place_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (Unreleased|\[?\d+\.\d+\.\d+)", changelog, re.MULTILINE)
