"""What every test gets: a display, the right event loop, and eyes for what is left behind.

Tests of `ui` and end-to-end tests run on the program's own loop, `ui.base.event_loop`; the rest on plain asyncio.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.windows import wine

_QT_ROOMS = {"ui", "e2e"}
_ENDED = itertools.count(1)

# Before anything loads Qt. A developer may choose a real display to look at a test.
if not os.environ.get("QT_QPA_PLATFORM"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
if sys.platform == "win32":
    # Off screen, Qt finds no fonts there by itself.
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "Fonts"))

# The same examples in every run, so that a red run is the work of what was changed. `--hypothesis-profile=explore`
# looks for new ones. How long examples take says nothing on a busy machine.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", _UNTIMED, derandomize=False, print_blob=True)
settings.register_profile("same", _UNTIMED, derandomize=True)
settings.load_profile("same")


def _needs_qt(item: pytest.Item) -> bool:
    parts = Path(item.path).relative_to(Path(__file__).parent).parts
    return parts[0] in _QT_ROOMS


def _qt_loop() -> asyncio.AbstractEventLoop:
    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.ui.base.event_loop import QtEventLoop

    app = QApplication.instance() or QApplication(sys.argv[:1])
    # As the program does: else closing the last window ends the loop under the test.
    app.setQuitOnLastWindowClosed(False)  # type: ignore[attr-defined]  # `instance()` is typed as its base class
    return QtEventLoop(app)


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Which loop an `async def` test runs on."""
    return {"qasync": _qt_loop} if _needs_qt(item) else {"asyncio": asyncio.new_event_loop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what Wine cannot pass, on Wine only."""
    if wine.under_wine():
        wine.skip(items)


def pytest_configure() -> None:
    """As the program does (see `ui.base.memory`): a QObject destroyed in another thread crashes a later test."""
    gc.disable()


@pytest.fixture(autouse=True)
def _no_waiting_for_what_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was accepted and does not show is contradicted at once; who tests the waiting sets the pauses."""
    monkeypatch.setattr("pgyer_desktop.core.changes.writes.PAUSES_SECONDS", ())


@pytest.fixture(autouse=True)
def _garbage_goes_in_the_main_thread() -> Iterator[None]:
    yield
    gc.collect(2 if next(_ENDED) % 25 == 0 else 1)


@pytest.fixture
def allowed_logs() -> list[str]:
    """Names of loggers whose warnings and errors this test expects: append to it."""
    return []


@pytest.fixture(autouse=True)
def _no_unexpected_logs(caplog: pytest.LogCaptureFixture, allowed_logs: list[str]) -> Iterator[None]:
    """A warning that nobody expects fails the test: it would be in a user's log."""
    with caplog.at_level(logging.INFO):
        yield
    for phase in ("setup", "call"):
        unexpected = [
            f"{record.name}: {record.getMessage()}"
            for record in caplog.get_records(phase)
            if record.levelno >= logging.WARNING and not record.name.startswith(tuple(allowed_logs))
        ]
        assert not unexpected, "unexpected log records"


_ASK_SECRET_SERVICE = (
    "import secretstorage as s; b = s.dbus_init(); c = s.get_default_collection(b);"
    " print('locked' if c.is_locked() else 'open'); b.close()"
)


@pytest.fixture(scope="session")
def secret_service() -> None:
    """Skips unless there is a Secret Service of this test run's own: a person's real one is no place for tests."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the Secret Service is Linux's; `packaging/bootstrap.py test` runs these tests there")
    data = os.environ.get("XDG_DATA_HOME", "")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") or not data or not _is_temporary(Path(data)):
        pytest.skip("no session bus and keyring of the tests' own; `packaging/bootstrap.py test` starts them")
    asked = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _ASK_SECRET_SERVICE], capture_output=True, text=True, timeout=60, check=False
    )
    said = asked.stdout.strip() or asked.stderr.strip()
    if said != "open":
        pytest.skip(f"no unlocked Secret Service on the session bus: {said[-200:]}")


def _is_temporary(folder: Path) -> bool:
    return folder.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve())
