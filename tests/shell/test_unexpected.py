"""What is told of an error holds no secret and no home folder; what is no error is left alone."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
import weakref
from pathlib import Path

import pytest

from pgyer_desktop.shell.error_report import MAX_CHARACTERS, mark_of, report_of, without_home
from pgyer_desktop.shell.unexpected import UnexpectedErrors

WORD = "plums-7731"
KEY = "0123456789abcdefABCDEF9876543210"


def fail(error: BaseException) -> None:
    raise error


def raised(error: BaseException) -> BaseException:
    """`error` with the traceback of having been raised."""
    with pytest.raises(type(error)) as caught:
        fail(error)
    return caught.value


def test_the_report_names_the_program_and_holds_the_traceback_with_its_causes() -> None:
    error = RuntimeError("form _api_key=made-up")
    error.__cause__ = raised(KeyError(f"no such header: {KEY}"))
    details = report_of(raised(error)).details
    assert details.startswith("Pgyer Desktop ")
    for words in ("Python 3.", "PySide6 6.", "Qt 6.", "Traceback (most recent call last)", "direct cause"):
        assert words in details
    assert "RuntimeError: form _api_key=[redacted]" in details
    assert KEY not in details
    assert "made-up" not in details


def test_the_values_of_variables_are_not_told() -> None:
    def look_up(word: str) -> None:
        raise LookupError(len(word))

    with pytest.raises(LookupError) as caught:
        look_up(WORD)
    assert WORD not in report_of(caught.value).details


def test_the_middle_of_an_endless_traceback_is_left_out() -> None:
    details = report_of(raised(ValueError("x" * 10 * MAX_CHARACTERS))).details
    assert len(details) < MAX_CHARACTERS + 20
    assert "\n[…]\n" in details
    assert details.startswith("Pgyer Desktop ")


def test_the_same_error_at_the_same_place_has_the_same_mark_whatever_it_says() -> None:
    def elsewhere() -> None:
        raise ValueError("one")

    with pytest.raises(ValueError, match="one") as caught:
        elsewhere()
    assert mark_of(raised(ValueError("one"))) == mark_of(raised(ValueError("another")))
    assert mark_of(raised(ValueError("one"))) != mark_of(caught.value)
    assert mark_of(raised(KeyError())) != mark_of(raised(ValueError()))


def test_a_report_does_not_keep_what_was_at_hand() -> None:
    class Thing:
        pass

    def use(thing: Thing) -> None:
        raise ValueError(thing.__class__.__name__)

    thing = Thing()
    gone = weakref.ref(thing)
    try:
        use(thing)
    except ValueError as error:
        report = report_of(error)
    del thing
    gc.collect()
    assert gone() is None
    assert "ValueError: Thing" in report.details


@pytest.mark.parametrize(
    ("home", "text", "expected"),
    [
        ("/srv/rig", 'File "/srv/rig/x/y.py", line 3', 'File "~/x/y.py", line 3'),
        ("/srv/rig", "/srv/deska/x and /srv/rig-2/y", "/srv/deska/x and /srv/rig-2/y"),
        ("/srv/rig", "No such file: '/srv/rig'", "No such file: '~'"),
        ("/", "/usr/lib/python3", "/usr/lib/python3"),
        (r"D:\Profiles\Rig", r"D:\Profiles\Rig\x.py and 'D:\\Profiles\\Rig\\y.py' and D:/Profiles/Rig/z", None),
    ],
)
def test_the_home_folder_is_not_told(
    monkeypatch: pytest.MonkeyPatch, home: str, text: str, expected: str | None
) -> None:
    class Home:
        @staticmethod
        def home() -> str:
            return home

    monkeypatch.setattr("pgyer_desktop.shell.error_report.Path", Home)
    said = without_home(text)
    assert said == expected if expected is not None else "Rig" not in said


def test_a_system_without_a_home_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError("there is no home")

    monkeypatch.setattr(Path, "home", none)
    assert without_home("/a/b") == "/a/b"


def test_hooks_are_there_while_it_is_entered_and_as_they_were_afterwards(allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop.shell.unexpected")
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    with UnexpectedErrors() as errors:
        error = raised(ValueError("one"))
        sys.excepthook(type(error), error, error.__traceback__)
        assert errors.count == 1
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_an_error_that_ends_the_program_is_still_taken_by_its_hook(
    monkeypatch: pytest.MonkeyPatch, allowed_logs: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    allowed_logs.append("pgyer_desktop.shell.unexpected")
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back afterwards
    errors = UnexpectedErrors()
    with pytest.raises(ValueError, match="at the end") as caught, errors:
        raise ValueError("at the end")
    sys.excepthook(caught.type, caught.value, caught.tb)
    assert errors.count == 1
    assert "at the end" in caplog.text


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, asyncio.CancelledError, GeneratorExit])
def test_what_ends_things_on_purpose_is_left_to_python(
    monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    handed_on: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: handed_on.append(kind))
    with UnexpectedErrors() as errors:
        error = raised(kind())
        sys.excepthook(type(error), error, error.__traceback__)
    assert errors.count == 0
    assert handed_on == [kind]


def test_what_the_loop_reports_without_an_error_is_logged_and_no_more(
    allowed_logs: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    allowed_logs.append("pgyer_desktop.shell.unexpected")
    loop = asyncio.new_event_loop()
    with UnexpectedErrors() as errors:
        errors.on_loop_error(loop, {"message": "a task was destroyed"})
        errors.on_loop_error(loop, {"message": "cancelled", "exception": asyncio.CancelledError()})
        assert errors.count == 0
        errors.on_loop_error(loop, {"message": "it failed", "exception": raised(ValueError("one"))})
        assert errors.count == 1
    loop.close()
    assert "a task was destroyed" in caplog.text


def test_the_end_of_a_connection_that_nobody_waits_for_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    with UnexpectedErrors() as errors, caplog.at_level(logging.INFO):
        errors.on_loop_error(loop, {"message": "lost", "exception": raised(ConnectionResetError("reset"))})
        assert errors.count == 0
    loop.close()
    assert "lost: ConnectionResetError" in caplog.text
