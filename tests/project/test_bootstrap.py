"""The bootstrap's decisions: which uv, where uv looks for a Python, what is said when something is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.checkout import ROOT, script

bootstrap = script("bootstrap")
on_posix = pytest.mark.skipif(os.name == "nt", reason="programs are shell scripts here")


def fake_program(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="ascii")
    path.chmod(0o755)
    return path


def test_a_python_is_looked_for_beside_the_running_one_then_on_the_path_then_in_pyenv_newest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    for version in ("3.11.7", "3.13.0", "2.7.18"):
        (tmp_path / ".pyenv" / "versions" / version / "bin").mkdir(parents=True)
    folders = bootstrap.search_path("/opt/bin", tmp_path).split(os.pathsep)
    assert Path(sys.base_prefix) in (Path(folders[0]), Path(folders[0]).parent)
    assert folders[1] == "/opt/bin"
    pyenv = [Path(folder).parent.name for folder in folders if tmp_path in Path(folder).parents]
    assert pyenv == ["3.13.0", "3.11.7"]


@on_posix
@pytest.mark.parametrize(
    ("printed", "version"),
    [
        ("uv 0.13.9 (x86_64-unknown-linux-gnu)", (0, 13, 9)),
        ("uv 0.4.30", (0, 4, 30)),
        ("pyenv: uv: not found", ()),
        ("", ()),
    ],
)
def test_the_version_of_uv_is_read_from_what_it_prints(tmp_path: Path, printed: str, version: tuple[int, ...]) -> None:
    assert bootstrap.ask_uv(str(fake_program(tmp_path / "uv", f"echo '{printed}'"))) == version
    assert bootstrap.ask_uv(str(tmp_path / "missing")) == ()


@on_posix
def test_a_uv_on_the_path_is_used_unless_it_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tmp_path / "tools"
    ours = fake_program(tools / "bin" / "uv", f"echo uv {bootstrap.UV_VERSION}")
    monkeypatch.setattr(bootstrap, "TOOLS", tools)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.get_uv() == str(ours)
    theirs = fake_program(tmp_path / "uv", "echo uv 0.4.30")
    assert bootstrap.get_uv() == str(ours)
    fake_program(theirs, f"echo uv {bootstrap.UV_VERSION}")
    assert bootstrap.get_uv() == str(theirs)


@on_posix
@pytest.mark.parametrize(
    ("answers", "python", "said"),
    [
        ("echo /opt/python", "/opt/python", ""),
        ('case "$*" in sync*) exit 1; esac; echo /opt/python', "/opt/python", "could not install the packages"),
        ("exit 2", bootstrap.PYTHONS, "There is no Python 3.11 to 3.14"),
    ],
)
def test_uv_gets_the_python_that_was_found_and_when_it_fails_a_second_chance_and_then_a_sentence(
    answers: str, python: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("UV_PYTHON", "UV_SYSTEM_CERTS"):
        monkeypatch.delenv(name, raising=False)
    log = tmp_path / "log"
    uv = fake_program(tmp_path / "uv", f'echo "$UV_PYTHON $UV_SYSTEM_CERTS $*" >> {log}', answers)
    if said:
        with pytest.raises(bootstrap.SetUpError, match=said):
            bootstrap.sync(str(uv), tmp_path / "environment", ["--no-dev"])
    else:
        bootstrap.sync(str(uv), tmp_path / "environment", ["--no-dev"])
    asked = log.read_text(encoding="ascii").splitlines()[1:]
    assert asked == [f"{python}  sync --locked --no-dev", f"{python} true sync --locked --no-dev"][: 2 if said else 1]


@on_posix
def test_the_python_that_runs_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)  # no .venv
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".tools" / "bin"))
    if uv is None or bootstrap.ask_uv(uv) < bootstrap.UV_OLDEST:
        pytest.skip("uv is not installed")
    assert bootstrap.find_python(uv)


def test_what_a_person_set_for_uv_stays_and_another_projects_environment_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = {"UV_INDEX_URL": "https://mirror.example", "UV_LINK_MODE": "hardlink", "VIRTUAL_ENV": "elsewhere"}
    for name, value in mine.items():
        monkeypatch.setenv(name, value)
    result = bootstrap.uv_environment()
    assert result["UV_INDEX_URL"] == "https://mirror.example"
    assert result["UV_LINK_MODE"] == "hardlink"
    assert "VIRTUAL_ENV" not in result
    assert result["UV_PROJECT_ENVIRONMENT"] == str(ROOT / ".venv")


@pytest.mark.parametrize(
    ("environ", "system", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "darwin", False),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, "linux", True),
    ],
)
def test_a_display_is_expected_where_there_should_be_one(
    environ: dict[str, str],
    system: str,
    expected: bool,
) -> None:
    assert bootstrap.has_display(environ, system) is expected


def test_a_wrong_verb_explains_itself_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["frobnicate"]) == 2
    assert bootstrap.main([]) == 2
    assert "demo|test" in capsys.readouterr().out


def test_what_follows_two_dashes_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def record(extra: list[str]) -> int:
        given.append(extra)
        return 3

    monkeypatch.setitem(bootstrap.VERBS, "test", record)
    assert bootstrap.main(["test", "--", "-k", "x"]) == 3
    assert bootstrap.main(["test", "-x"]) == 3
    assert given == [["-k", "x"], ["-x"]]


def test_a_missing_thing_ends_in_a_sentence_and_not_in_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(extra: list[str]) -> int:
        raise bootstrap.SetUpError("Install this and that.")

    monkeypatch.setitem(bootstrap.VERBS, "demo", refuse)
    assert bootstrap.main(["demo"]) == 1
    assert "Install this and that." in capsys.readouterr().out


def test_the_file_parses_on_the_oldest_python_that_may_start_it() -> None:
    import ast

    source = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=bootstrap.OLDEST_TO_START)


@on_posix
def test_ci_runs_the_test_command_from_the_root_whatever_the_current_folder(tmp_path: Path) -> None:
    fake = fake_program(tmp_path / "bin" / "python3", 'echo "$PWD: $*"')
    environ = {**os.environ, "PATH": f"{fake.parent}:{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S603 - our own script
        [str(ROOT / ".ci" / "run"), "-x"], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    commands = [line for line in done.stdout.splitlines() if line.startswith(str(ROOT))]
    assert commands == [f"{ROOT}: packaging/bootstrap.py test -x", f"{ROOT}: tests/windows/lab.py test -x"]
