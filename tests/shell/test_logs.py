"""The log tells what happened and never a secret, whatever was passed to it."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from pgyer_desktop.shell import logs

KEY = "0123456789abcdefABCDEF9876543210"


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Takes off what `logs.start` puts on the root logger."""
    root = logging.getLogger()
    handlers, level, raising = list(root.handlers), root.level, logging.raiseExceptions
    levels = {name: logging.getLogger(name).level for name in ("asyncio", "qasync", "httpx", "httpcore", "keyring")}
    yield
    for handler in [added for added in root.handlers if added not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.raiseExceptions = raising
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing of note", "nothing of note"),
        (f"the key {KEY}.", "the key [redacted]."),
        (KEY, "[redacted]"),
        (f"x{KEY}x key_{KEY}_", "x[redacted]x key_[redacted]_"),
        (f"{KEY}{KEY}", "[redacted]"),
        ("_api_key=made-up&buildKey=b", "_api_key=[redacted]&buildKey=b"),
        ("_API_KEY = made-up", "_API_KEY = [redacted]"),
        ("b'_api_key=made-up&page=1'", "b'_api_key=[redacted]&page=1'"),
        ("{'_api_key': 'made-up', 'page': '1'}", "{'_api_key': '[redacted]', 'page': '1'}"),
        ('{"buildPassword":"plums-7731","page":1}', '{"buildPassword":"[redacted]","page":1}'),
        ('{"password": "plums"}', '{"password": "[redacted]"}'),
        ("userKey=abc;appKey=d", "userKey=[redacted];appKey=d"),
        (
            f"https://www.pgyer.com/apiv2/app/install?_api_key={KEY}&amp;buildKey=b",
            "https://www.pgyer.com/apiv2/app/install?_api_key=[redacted]&amp;buildKey=b",
        ),
        (f"?next=install%3F_api_key%3D{KEY}%26x", "?next=install%3F_api_key%[redacted]%26x"),
        ("https://cdn.example.com/a.png?sig=abc/def==&t=1", "https://cdn.example.com/a.png?sig=[redacted]&t=1"),
    ],
)
def test_whatever_looks_like_a_secret_is_struck_out(text: str, expected: str) -> None:
    assert logs.redacted(text) == expected


def test_versions_times_sizes_and_short_numbers_stay() -> None:
    text = "2025-03-12 15:30:00 INFO Harbour 1.4.5 (145) #45, 160450548 bytes, page 3 of 1001, status 502"
    assert logs.redacted(text) == text


def format_record(message: str, *arguments: object, **more: object) -> str:
    record = logging.makeLogRecord({"msg": message, "args": arguments, "levelno": 30, "levelname": "WARNING", **more})
    return logs.RedactingFormatter("%(levelname)s %(message)s").format(record)


def test_arguments_are_redacted_as_well() -> None:
    form = {"_api_key": "made-up", "buildKey": KEY}
    assert format_record("Sent %s to %s", form, f"/{KEY}") == (
        "WARNING Sent {'_api_key': '[redacted]', 'buildKey': '[redacted]'} to /[redacted]"
    )


def test_tracebacks_are_redacted_with_their_causes() -> None:
    cause = KeyError(f"no such header: {KEY}")
    error = RuntimeError("form _api_key=made-up")
    error.__cause__ = cause
    with pytest.raises(RuntimeError) as caught:
        raise error
    text = format_record("It failed", exc_info=caught._excinfo, stack_info=f"locals: {KEY}")
    assert "Traceback" in text
    assert "RuntimeError: form _api_key=[redacted]" in text
    assert "no such header: [redacted]" in text
    assert KEY not in text
    assert "made-up" not in text


def test_the_log_goes_to_its_file_without_secrets(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "logs" / "pgyer-desktop.log"
    logs.start(file, debug=False)
    logging.getLogger("pgyer_desktop.test").info("云帆 opened with %s", KEY)
    logging.getLogger("pgyer_desktop.test").debug("too much")
    text = file.read_text(encoding="utf-8")
    assert "INFO pgyer_desktop.test: 云帆 opened with [redacted]" in text
    assert "too much" not in text


def test_a_debug_log_holds_more_but_nothing_of_the_noisy_libraries(tmp_path: Path) -> None:
    file = tmp_path / "pgyer-desktop.log"
    logs.start(file, debug=True)
    logging.getLogger("pgyer_desktop.test").debug("in detail")
    for name in ("httpx", "httpcore", "keyring.backend", "asyncio", "qasync"):
        logging.getLogger(name).info("POST https://www.pgyer.com")
    text = file.read_text(encoding="utf-8")
    assert "in detail" in text
    assert "POST" not in text


def test_warnings_go_to_standard_error_without_secrets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(tmp_path / "pgyer-desktop.log", debug=False)
    _warn_unless_expected(f"odd: {KEY}")
    logging.getLogger("pgyer_desktop.test").info("of no concern")
    said = capsys.readouterr().err
    assert "WARNING pgyer_desktop.test: odd: [redacted]" in said
    assert "of no concern" not in said


def _warn_unless_expected(text: str) -> None:
    """Hands a warning to the handlers of `logs.start` alone, past those that look for unexpected warnings."""
    record = logging.LogRecord("pgyer_desktop.test", logging.WARNING, __file__, 1, text, None, None)
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, logs.RedactingFormatter):
            handler.handle(record)


@pytest.mark.parametrize("in_the_way", ["a file where the folder should be", "a folder where the file should be"])
def test_a_file_that_cannot_be_written_is_mentioned_once_and_the_program_goes_on(
    tmp_path: Path, in_the_way: str, capsys: pytest.CaptureFixture[str], allowed_logs: list[str]
) -> None:
    allowed_logs.append("pgyer_desktop")
    if in_the_way.startswith("a file"):
        (tmp_path / "logs").write_text("")
        file = tmp_path / "logs" / "pgyer-desktop.log"
    else:
        file = tmp_path / "pgyer-desktop.log"
        file.mkdir()
    logs.start(file, debug=False)
    logging.getLogger("pgyer_desktop.test").info("first")
    logging.getLogger("pgyer_desktop.test").warning("second")
    said = capsys.readouterr().err
    assert said.count("There will be no log file") == 1
    assert "second" in said
    assert "Traceback" not in said


def test_a_log_that_fails_later_does_not_show_what_it_could_not_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(record: logging.LogRecord) -> bool:
        raise OSError(5, "the disk was taken away", record.getMessage())

    logs.start(tmp_path / "pgyer-desktop.log", debug=False)
    (handler,) = (h for h in logging.getLogger().handlers if isinstance(h, RotatingFileHandler))
    monkeypatch.setattr(handler, "shouldRollover", gone)
    logging.getLogger("pgyer_desktop.test").info("the key is %s", KEY)
    assert KEY not in capsys.readouterr().err


def test_a_program_without_a_console_logs_to_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    logs.start(tmp_path / "pgyer-desktop.log", debug=False)
    logging.getLogger("pgyer_desktop.test").info("still here")
    monkeypatch.undo()
    assert "still here" in (tmp_path / "pgyer-desktop.log").read_text(encoding="utf-8")


def test_the_log_cannot_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_FILE_BYTES", 2_000)
    logs.start(tmp_path / "pgyer-desktop.log", debug=False)
    for number in range(200):
        logging.getLogger("pgyer_desktop.test").info("line %d of many that say the same thing", number)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 4
    assert max(sizes) <= 2_000


def test_a_log_that_cannot_be_rotated_goes_on_in_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pgyer-desktop.log"
    rename = os.rename
    tried: list[str] = []

    def held(source: str, target: str) -> None:
        tried.append(str(source))
        if Path(source) == file:
            raise PermissionError(13, "another window has it open")
        rename(source, target)

    monkeypatch.setattr("pgyer_desktop.shell.logs._FILE_BYTES", 200)
    assert logs.start(file, debug=False) is None
    older = [file.with_name(f"{file.name}.{number}") for number in (1, 2, 3)]
    for path in older:
        path.write_text(path.name, encoding="utf-8")
    monkeypatch.setattr("os.rename", held)
    monkeypatch.setattr(Path, "replace", lambda path, target: held(str(path), str(target)))
    for number in range(20):
        logging.getLogger("pgyer_desktop.test").info("line %s of many that do not fit", number)
    monkeypatch.undo()
    text = file.read_text(encoding="utf-8")
    assert "line 0 of" in text
    assert "line 19 of" in text
    assert len(tried) == 1, "not tried again for each line"
    assert [path.read_text(encoding="utf-8") for path in older] == [path.name for path in older]


def test_a_log_that_is_rotated_keeps_its_lines_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pgyer-desktop.log"
    monkeypatch.setattr("pgyer_desktop.shell.logs._FILE_BYTES", 200)
    assert logs.start(file, debug=False) is None
    for number in range(6):
        logging.getLogger("pgyer_desktop.test").info("line %s of many that do not fit into one file", number)
    logs.stop()
    names = [f"{file.name}.2", f"{file.name}.1", file.name]
    written = "".join((tmp_path / name).read_text(encoding="utf-8") for name in names)
    found = re.findall(r"line (\d) of", written)
    assert found == sorted(found)
    assert found[-1] == "5"
    assert not file.with_name(f"{file.name}.0").exists()


def test_that_there_is_no_log_is_handed_on_to_be_said_in_the_window(tmp_path: Path, allowed_logs: list[str]) -> None:
    allowed_logs.append("pgyer_desktop")
    (tmp_path / "logs").write_text("")
    problem = logs.start(tmp_path / "logs" / "pgyer-desktop.log", debug=False)
    assert problem is not None
    assert dict(problem.values)["folder"] == str(tmp_path / "logs")


def test_a_log_that_was_closed_is_open_nowhere_and_takes_what_comes_after(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "pgyer-desktop.log"
    logs.start(file, debug=False)
    logging.getLogger("pgyer_desktop").info("before")
    logs.stop()
    file.rename(tmp_path / "moved.log")  # Windows renames no open file
    logging.getLogger("pgyer_desktop").info("after")
    logs.stop()
    assert "before" in (tmp_path / "moved.log").read_text(encoding="utf-8")
    assert "after" in file.read_text(encoding="utf-8")
