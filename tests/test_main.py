"""The command line: what is understood, what is refused and how, before anything is shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pgyer_desktop import __version__, app
from pgyer_desktop.__main__ import main
from pgyer_desktop.api.addresses import API_BASE, ICON_BASE
from pgyer_desktop.options import Options
from tests.project.checkout import ROOT


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What the program was started with, instead of starting it."""
    options: list[Options] = []

    def run(given: Options) -> int:
        options.append(given)
        return 7

    monkeypatch.setattr(app, "run", run)
    for variable in ("PGYER_API_URL", "PGYER_ICON_URL"):
        monkeypatch.delenv(variable, raising=False)
    return options


def test_without_arguments_it_is_the_real_service(started: list[Options]) -> None:
    assert main([]) == 7
    assert started == [Options(api_url=API_BASE, icon_url=ICON_BASE)]
    assert (started[0].demo, started[0].selftest, started[0].profile, started[0].app_key) == (False, False, None, "")


def test_every_argument_reaches_the_program(started: list[Options], tmp_path: Path) -> None:
    arguments = ["--demo", "--profile", str(tmp_path), "--app", "a1b2", "--debug"]
    arguments += ["--api-url", "https://pgyer.example.com/apiv2/", "--icon-url", "https://icons.example.com"]
    main(arguments)
    assert started == [
        Options(
            api_url="https://pgyer.example.com/apiv2",
            icon_url="https://icons.example.com",
            demo=True,
            profile=tmp_path,
            app_key="a1b2",
            debug=True,
        )
    ]


def test_an_app_key_of_another_encoding_is_text_that_can_be_written(started: list[Options]) -> None:
    main(["--app", "a1\udcffb2"])
    assert started[0].app_key == "a1?b2"


@pytest.mark.parametrize(("more", "picture"), [([], None), (["out.png"], Path("out.png"))])
def test_the_selftest_runs_on_the_demo_and_leaves_a_picture_if_asked(
    started: list[Options], more: list[str], picture: Path | None
) -> None:
    main(["--selftest", *more])
    (options,) = started
    assert (options.selftest, options.demo, options.picture) == (True, True, picture)


def test_the_environment_replaces_the_addresses(started: list[Options], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGYER_API_URL", "https://pgyer.example.com/apiv2")
    monkeypatch.setenv("PGYER_ICON_URL", "http://127.0.0.1:8080/icons")
    main([])
    assert (started[0].api_url, started[0].icon_url) == (
        "https://pgyer.example.com/apiv2",
        "http://127.0.0.1:8080/icons",
    )


def test_an_argument_goes_before_the_environment(started: list[Options], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGYER_API_URL", "http://not-this-one.example.com")
    main(["--api-url", "https://pgyer.example.com"])
    assert started[0].api_url == "https://pgyer.example.com"


def test_an_empty_variable_is_none(started: list[Options], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGYER_API_URL", "")
    main([])
    assert started[0].api_url == API_BASE


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.8.7", "localhost", "LOCALHOST", "[::1]"])
@pytest.mark.parametrize("option", ["--api-url", "--icon-url"])
def test_plain_http_is_fine_to_this_machine(started: list[Options], option: str, host: str) -> None:
    assert main([option, f"http://{host}:8080/apiv2"]) == 7
    assert f"http://{host}:8080/apiv2" in (started[0].api_url, started[0].icon_url)


REFUSED = [
    ("http://pgyer.example.com/apiv2", "plain http"),
    ("http://127.0.0.1.example.com", "plain http"),
    ("http://localhost.example.com", "plain http"),
    ("http://10.0.0.1", "plain http"),
    ("ftp://pgyer.example.com", "https://"),
    ("pgyer.example.com", "https://"),
    ("https://", "names a host"),
    ("https://name:word@pgyer.example.com", "no user name"),
    ("https://pgyer.example.com?key=x", "no user name, query"),
    ("https://pgyer.example.com:port", "not an address"),
]


@pytest.mark.parametrize(("address", "reason"), REFUSED)
@pytest.mark.parametrize("option", ["--api-url", "--icon-url"])
def test_any_other_address_is_refused_in_a_sentence(
    started: list[Options], capsys: pytest.CaptureFixture[str], option: str, address: str, reason: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([option, address])
    assert ended.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert said[-1].startswith("pgyer-desktop: error: ")
    assert reason in said[-1]
    assert started == []


@pytest.mark.parametrize("variable", ["PGYER_API_URL", "PGYER_ICON_URL"])
def test_an_address_from_the_environment_is_refused_as_well(
    started: list[Options],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
) -> None:
    monkeypatch.setenv(variable, "http://pgyer.example.com")
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "plain http" in capsys.readouterr().err
    assert started == []


def test_there_is_no_argument_for_a_key(started: list[Options], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--api-key", "made-up"])
    assert ended.value.code == 2
    assert started == []
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["--help"])
    described = capsys.readouterr().out
    assert "--profile" in described
    assert "api-key" not in described


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == f"pgyer-desktop {__version__}"


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["--api-url", "http://pgyer.example.com"], 2), (["--nonsense"], 2)]
)
def test_what_ends_at_the_command_line_loads_no_window(arguments: list[str], code: int) -> None:
    program = (
        "import sys\n"
        "from pgyer_desktop.__main__ import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n"
        "    heavy = {'PySide6', 'httpx', 'keyring', 'pgyer_desktop.app'} & set(sys.modules)\n"
        "    print(end.code, sorted(heavy))\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == f"{code} []"


def test_it_starts_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pgyer_desktop", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"pgyer-desktop {__version__}"


def test_the_window_needs_nothing_that_is_slow_to_load() -> None:
    code = (
        "import sys\n"
        "import pgyer_desktop.app\n"
        "slow = {'asyncio', 'qasync', 'msgspec', 'ssl', 'sqlite3', 'httpx', 'keyring', 'platformdirs',\n"
        "        'segno', 'xlsxwriter', 'pgyer_desktop.ui.window.content',\n"
        "        'pgyer_desktop.shell.program'} & set(sys.modules)\n"
        "print(*sorted(slow))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert done.stdout.split() == []
