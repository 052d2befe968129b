"""The next start begins with how the window was left; what must not be seen again is not kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from pgyer_desktop.core.accounts.profile import profile_in
from pgyer_desktop.core.base.error_messages import Notice, Remedy, Severity
from pgyer_desktop.core.base.keystore import MemoryStore
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.options import Options
from pgyer_desktop.shell.program import Program
from pgyer_desktop.ui.state.page import Scene
from pgyer_desktop.ui.state.teller import Topic
from pgyer_desktop.ui.window.main_window import MainWindow
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect
from tests.helpers.sandbox import SandboxApp, SandboxService
from tests.helpers.sandbox_server import serve
from tests.helpers.waiting import until
from tests.ui.rig import content_of


async def test_it_is_kept_where_builds_show_shown_again_and_forgotten_with_the_account(
    tmp_path: Path, service: SandboxService, qapp: object
) -> None:
    profile, keys = profile_in(tmp_path), MemoryStore()
    file = profile.first_view_file
    async with serve(SandboxApp(service)) as server:
        options = Options(api_url=server.api_url, icon_url=server.icon_url)

        async def begin() -> tuple[Program, MainWindow]:
            window = MainWindow(file)
            window.resize(700, 500)  # the screen of the tests is small
            window.show()
            assert (window.findChild(QWidget, "firstView") is not None) == file.exists()
            program = Program(options, profile, keys, window)
            await program.prepare()
            program.start()
            picture = window.findChild(QWidget, "firstView")
            assert picture is None or program.state.page.scene is Scene.OPENING
            await until(lambda: window.findChild(QWidget, "firstView") is None)
            return program, window

        program, window = await begin()
        window.resize(700, 500)
        await connect(Person(window))
        await until(lambda: content_of(window).is_calm)
        window.close()
        await program.aclose()
        assert file.exists()

        program, window = await begin()
        await until(lambda: content_of(window).is_calm)
        account = program.state.accounts.account
        assert account is not None
        await program.book.remove(account.id)
        program.state.accounts.accounts_changed.emit()
        assert not file.exists()
        notice = Notice(Text("test", "Something is wrong"), Severity.WARNING, Remedy.NONE)
        program.state.teller.tell(Topic.WRITE, notice)
        assert not content_of(window).is_calm
        window.close()
        await program.aclose()
        assert not file.exists()
