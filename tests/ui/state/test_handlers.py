"""An action is done by the method that is marked with it, where its rule allows it and something is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.core.base.actions import Action
from pgyer_desktop.ui.state.handlers import Handlers, handles, handles_open
from tests.ui.rig import opened
from tests.ui.stub_client import StubClient

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pgyer_desktop.api.models import Build
    from pgyer_desktop.ui.state.open import Open


class Flow:
    """Notes what is wanted of it."""

    def __init__(self) -> None:
        self.done: list[object] = []

    @handles(Action.ABOUT)
    def about(self) -> None:
        self.done.append("about")

    @handles_open(Action.COPY_LINK)
    def copy(self, opened: Open, builds: tuple[Build, ...]) -> None:
        self.done.append((opened.app_key, [build.build_key for build in builds]))


async def test_what_is_open_and_selected_is_handed_over_and_the_rule_is_asked_first(qapp: QApplication) -> None:
    async with opened() as rig:
        flow, handlers = Flow(), Handlers(rig.state)
        handlers.register(flow)
        assert handlers.handled == {Action.ABOUT, Action.COPY_LINK}
        handlers.run(Action.ABOUT)
        handlers.run(Action.COPY_LINK)
        assert flow.done == ["about"], "no app is open"
        await rig.add_account("Acme", StubClient(harbour=2))
        rig.state.accounts.start()
        await rig.shows("harbour2", "harbour1")
        handlers.run(Action.COPY_LINK)
        assert flow.done == ["about"], "nothing is selected"
        view = rig.state.page.view
        assert view is not None
        rig.state.situation.select(view.builds[1:])
        handlers.run(Action.COPY_LINK)
        assert flow.done == ["about", ("harbour", ["harbour1"])]
        with pytest.raises(ValueError, match="twice"):
            handlers.register(Flow())
