"""The bootstrap's decisions: which Python, which uv, which system packages, and how the tests are started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.project.checkout import ROOT, script

if TYPE_CHECKING:
    from collections.abc import Sequence

bootstrap = script("bootstrap")
on_posix = pytest.mark.skipif(os.name == "nt", reason="programs are shell scripts here")


def answering(versions: dict[str, tuple[int, int]]) -> object:
    """A stand-in for `describe`: commands in `versions` answer, others do not start."""

    def ask(command: Sequence[str]) -> object:
        version = versions.get(command[0])
        if version is None:
            return None
        return bootstrap.Interpreter(command[0], version, bootstrap.OLDEST <= version <= bootstrap.NEWEST)

    return ask


def fake_program(path: Path, output: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{output}'\n", encoding="ascii")
    path.chmod(0o755)
    return path


def test_the_first_suitable_python_is_chosen() -> None:
    ask = answering({"old": (3, 9), "good": (3, 12), "better": (3, 13)})
    assert bootstrap.choose_python([["old"], ["good"], ["better"]], ask).path == "good"


def test_pythons_that_are_too_old_too_new_or_broken_are_passed_over() -> None:
    ask = answering({"old": (3, 10), "new": (3, 15)})
    assert bootstrap.choose_python([["old"], ["new"], ["broken"]], ask) is None


def test_the_running_python_describes_itself() -> None:
    found = bootstrap.describe([sys.executable])
    assert found.version == sys.version_info[:2]
    assert found.suitable
    assert Path(found.path).exists()


def test_a_program_that_is_no_python_is_no_candidate(tmp_path: Path) -> None:
    assert bootstrap.describe([str(tmp_path / "missing")]) is None


@on_posix
def test_a_program_that_talks_nonsense_is_no_candidate(tmp_path: Path) -> None:
    assert bootstrap.describe([str(fake_program(tmp_path / "python3.12", "pyenv: not found"))]) is None


def test_the_pythons_of_pyenv_are_tried_newest_first_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    for version in ("3.9.18", "3.13.0", "3.11.7", "2.7.18"):
        (tmp_path / ".pyenv" / "versions" / version).mkdir(parents=True)
    commands = [Path(command[0]) for command in bootstrap.python_commands(tmp_path, which=lambda _name: None)]
    versions = [path.parents[1].name for path in commands if ".pyenv" in path.parts]
    assert versions == ["3.13.0", "3.11.7", "3.9.18"]


def test_the_running_python_comes_first_and_then_those_on_the_path(tmp_path: Path) -> None:
    found = list(bootstrap.python_commands(tmp_path, which=lambda name: f"/opt/{name}" if "3.12" in name else None))
    assert found[:2] == [[sys.executable], ["/opt/python3.12"]]


@pytest.mark.parametrize(
    ("output", "version"),
    [
        ("uv 0.13.9 (x86_64-unknown-linux-gnu)", (0, 13, 9)),
        ("uv 0.4.30", (0, 4, 30)),
        ("pyenv: uv: not found", ()),
        ("", ()),
    ],
)
def test_the_version_of_uv_is_read_from_what_it_prints(output: str, version: tuple[int, ...]) -> None:
    assert bootstrap.uv_version(output) == version


def test_an_old_uv_and_no_uv_are_both_too_old() -> None:
    assert bootstrap.uv_version("uv 0.4.30") < bootstrap.UV_OLDEST
    assert bootstrap.uv_version("") < bootstrap.UV_OLDEST
    assert bootstrap.uv_version(f"uv {bootstrap.UV_VERSION}") >= bootstrap.UV_OLDEST


def test_uv_downloads_a_python_only_when_none_was_found() -> None:
    python = bootstrap.Interpreter("/usr/bin/python3", (3, 11), True)
    assert bootstrap.uv_environment({}, python)["UV_PYTHON_DOWNLOADS"] == "never"
    assert bootstrap.uv_environment({}, None)["UV_PYTHON_DOWNLOADS"] == "automatic"


def test_what_a_person_set_for_uv_stays_and_another_projects_environment_does_not() -> None:
    mine = {"UV_INDEX_URL": "https://mirror.example", "UV_LINK_MODE": "hardlink", "VIRTUAL_ENV": "elsewhere"}
    result = bootstrap.uv_environment(mine, None)
    assert result["UV_INDEX_URL"] == "https://mirror.example"
    assert result["UV_LINK_MODE"] == "hardlink"
    assert "VIRTUAL_ENV" not in result
    assert result["UV_PROJECT_ENVIRONMENT"] == str(ROOT / ".venv")


def test_missing_libraries_become_the_packages_that_hold_them_each_once() -> None:
    missing = ["libgthread-2.0.so.0", "libEGL.so.1", "libglib-2.0.so.0"]
    parts = bootstrap.OFFSCREEN_LIBRARIES
    assert bootstrap.packages_for(missing, parts) == ["libglib2.0-0", "libegl1"]
    assert bootstrap.packages_for(missing, parts, "fedora") == ["glib2", "libglvnd-egl"]
    assert bootstrap.packages_for([], parts) == []


def test_every_part_has_a_package_in_each_family() -> None:
    parts = (
        *bootstrap.OFFSCREEN_LIBRARIES,
        *bootstrap.WINDOW_LIBRARIES,
        *bootstrap.TEST_COMMANDS,
        bootstrap.CHINESE_FONT,
    )
    for part in parts:
        assert all((part.debian, part.fedora, part.arch)), part.name


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries are a matter of Linux")
def test_only_libraries_that_do_not_load_count_as_missing() -> None:
    part = bootstrap.SystemPart("libno-such-thing.so.7", "nothing", "nothing", "nothing")
    libc = bootstrap.SystemPart("libc.so.6", "libc6", "glibc", "glibc")
    if not bootstrap.python_in(bootstrap.ENVIRONMENT).exists():
        pytest.skip("there is no .venv")
    assert bootstrap.missing_libraries([part, libc]) == ["libno-such-thing.so.7"]


def test_a_chinese_font_is_recognised_by_its_file_name(tmp_path: Path) -> None:
    (tmp_path / "dejavu").mkdir()
    (tmp_path / "dejavu" / "DejaVuSans.ttf").touch()
    assert not bootstrap.has_chinese_font([tmp_path, tmp_path / "missing"])
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto" / "NotoSansCJK-Regular.ttc").touch()
    assert bootstrap.has_chinese_font([tmp_path])


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


def test_the_checks_run_the_quick_ones_first_and_hand_the_rest_to_pytest() -> None:
    steps = bootstrap.checks(Path("env/bin/python"), ["-k", "pages"])
    names = [step.name for step in steps]
    assert names == ["ruff check", "ruff format", "mypy", "import contracts", "translations", "pytest"]
    assert steps[-1].command[-3:] == ["pytest", "-k", "pages"]
    assert steps[3].command == [str(Path("env/bin/lint-imports"))]


def test_on_linux_the_tests_get_folders_of_their_own_and_not_the_persons_bus(tmp_path: Path) -> None:
    environ = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus", "HOME": "home"}
    result = bootstrap.pytest_environment(environ, tmp_path, "linux")
    assert Path(result["XDG_DATA_HOME"]).parent == tmp_path
    assert Path(result["XDG_RUNTIME_DIR"]).is_dir()
    assert "DBUS_SESSION_BUS_ADDRESS" not in result
    assert result["QT_QPA_PLATFORM"] == "offscreen"


def test_a_platform_chosen_by_the_person_is_kept(tmp_path: Path) -> None:
    assert bootstrap.pytest_environment({"QT_QPA_PLATFORM": "xcb"}, tmp_path, "win32") == {"QT_QPA_PLATFORM": "xcb"}


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


def test_the_first_failing_check_ends_the_run_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def step(name: str, code: int) -> object:
        return bootstrap.Step(name, [sys.executable, "-c", f"raise SystemExit({code})"])

    steps = [step("first", 0), step("second", 4), step("third", 0)]
    monkeypatch.setattr(bootstrap, "set_up", lambda **_options: "uv")
    monkeypatch.setattr(bootstrap, "checks", lambda _python, _extra: steps)
    assert bootstrap.run_tests(["-k", "some"]) == 4
    summary = capsys.readouterr().out.split("== summary")[1].splitlines()
    assert [line.split()[0] + " " + line.split()[-1] for line in summary if line] == [
        "ok first",
        "FAILED second",
        "not third",
    ]


def test_the_packed_program_tests_itself_with_none_of_a_developers_variables() -> None:
    developers = {"PYTHONPATH": ".", "QT_QPA_PLATFORM": "offscreen", "QT_DEBUG_PLUGINS": "1", "VIRTUAL_ENV": "x"}
    environ = {"HOME": "home", "PATH": "/opt/bin:/usr/bin", "DBUS_SESSION_BUS_ADDRESS": "unix:", **developers}
    given = bootstrap.home_environment(environ)
    assert set(given) <= {"HOME", "PATH", "LANG"}
    assert given["HOME"] == "home"
    build, selftest = bootstrap.package_checks(environ, "uv")
    assert build.environ["PGYER_UV"] == "uv"
    assert "--selftest" in selftest.command
    assert not set(developers) & (set(selftest.environ) - {"QT_QPA_PLATFORM"})


def test_the_file_parses_on_the_oldest_python_that_may_start_it() -> None:
    import ast

    source = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=bootstrap.OLDEST_TO_START)


@on_posix
def test_ci_runs_the_test_command_from_the_root_whatever_the_current_folder(tmp_path: Path) -> None:
    fake = fake_program(tmp_path / "bin" / "python3", "unused")
    fake.write_text('#!/bin/sh\necho "$PWD: $*"\n', encoding="ascii")
    environ = {**os.environ, "PATH": f"{fake.parent}:{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S603 - our own script
        [str(ROOT / ".ci" / "run"), "-x"], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    commands = [line for line in done.stdout.splitlines() if line.startswith(str(ROOT))]
    assert commands == [f"{ROOT}: packaging/bootstrap.py test -x", f"{ROOT}: tests/windows/lab.py test -x"]
