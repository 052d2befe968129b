"""A started program beside a look-alike service on a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.accounts.settings import SettingsFile
from pgyer_desktop.core.base.keystore import KeyStore, MemoryStore
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.window.content import WindowContent
from tests.e2e.person import Person
from tests.helpers.hearing import listening
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import SandboxServer, serve
from tests.lookalike import Lookalike


@pytest.fixture
def service() -> SandboxService:
    """The service's state, to look at and to change behind the program's back."""
    return SandboxService()


@pytest.fixture
async def server(service: SandboxService) -> AsyncIterator[SandboxServer]:
    """The service on a socket."""
    async with serve(SandboxApp(service)) as running:
        yield running


Start = Callable[..., AbstractAsyncContextManager[tuple[Program, Person]]]


@asynccontextmanager
async def running(
    service: SandboxServer | Lookalike,
    folder: Path,
    keys: KeyStore | None = None,
    *,
    on_prepared: Callable[[Program], object] = lambda _program: None,
    language: Language | None = None,
) -> AsyncIterator[tuple[Program, Person]]:
    """The program on a service, with its profile below `folder`; it is closed as a person does.

    To be closed within the test: between a test and the end of its fixtures no loop runs that tasks could live on. What
    a test that failed leaves open is ended before, without a question that nobody would answer.
    """
    options = Options(api_url=service.api_url, icon_url=service.icon_url)
    profile = profile_in(folder / "profile")
    settings = SettingsFile(profile.settings_file)
    if language is not None:
        settings.change(lambda known: replace(known, language=language.value))
    program = Program(options, profile, keys if keys is not None else MemoryStore(), settings=settings)
    program.window.show()
    await program.prepare()
    on_prepared(program)
    program.start()
    try:
        yield program, Person(program.window)
    finally:
        _end_what_is_open(program)
        program.window.close()
        await program.aclose()


def _end_what_is_open(program: Program) -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.done(QDialog.DialogCode.Rejected)
    content = program.window.content
    if isinstance(content, WindowContent):
        content.flows.batches.stop()
        content.closing.insist()


@pytest.fixture
def start(server: SandboxServer, tmp_path: Path, qapp: object) -> Start:
    """Starts the program on the server, and closes it as a person does."""
    return lambda keys=None: running(server, tmp_path, keys)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What a screen reader is told of its own accord from now on."""
    return listening(monkeypatch)
