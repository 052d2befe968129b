"""The way of a build's key from a click to the request is the one that CONTRIBUTING lists, and it is short."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import pgyer_desktop
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.ui.base.tasks import TaskScope
from pgyer_desktop.ui.changes import confirm_dialog
from tests.e2e.conftest import Start
from tests.e2e.test_main_job import connect
from tests.helpers.waiting import until
from tests.project.checkout import ROOT

MOST_MODULES = 14
MOST_RETURNS = 3

_PACKAGE = Path(pgyer_desktop.__file__).parent
_TASKS = "ui/base/tasks.py"
_WITHOUT_BUILDS = ("ui/window/", "ui/base/actions.py", "ui/base/event_loop.py")
"""What a click comes through before anybody asks which build it is for."""


def modules_on_the_stack() -> list[str]:
    """The program's modules from the outermost call to here."""
    frames = (Path(frame.f_code.co_filename) for frame, _ in traceback.walk_stack(sys._getframe()))
    ours = [file.relative_to(_PACKAGE).as_posix() for file in frames if file.is_relative_to(_PACKAGE)]
    return [name for name in reversed(ours) if not name.startswith(_WITHOUT_BUILDS)]


def listed() -> tuple[list[str], set[str]]:
    """The way in CONTRIBUTING, and every module that stands in it."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d+\. `\w+(?:\.\w+)?` \(`([\w/]+\.py)`\)", page, re.MULTILINE)
    text = page[page.index("1. `Handlers.run`") : page.index("An action is one row")]
    return steps, set(re.findall(r"`([\w/]+\.py)`", text))


async def test_the_way_of_a_key_to_the_request_is_the_listed_one(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []

    def note_calls(holder: Any, name: str, *, matters: Callable[..., bool] = lambda *_args: True) -> None:
        original = getattr(holder, name)

        def noting(*args: Any, **named: Any) -> Any:
            if matters(*args):
                stack = modules_on_the_stack()
                # A task goes on where it was started: that is no other call.
                walked.extend(stack[1:] if stack[0] == _TASKS else stack)
                walked.append(Path(sys.modules[original.__module__].__file__ or "").relative_to(_PACKAGE).as_posix())
            return original(*args, **named)

        monkeypatch.setattr(holder, name, noting)

    async with start() as (_program, person):
        await connect(person)
        (before,) = person.latest
        target = next(key for key in person.keys if key != before)
        person.select(person.keys.index(target))
        note_calls(TaskScope, "start", matters=lambda _self, key, *_rest: key in {"question 1", f"write {target}"})
        note_calls(confirm_dialog, "ask")
        note_calls(ApiTransport, "post", matters=lambda _self, path, *_rest: path.endswith("setNewestVersion"))
        person.trigger("actionSetLatest")
        person.click("confirmAccept", await person.dialog("confirmDialog"))
        await until(lambda: person.latest == [target])

    way = [name for name, _ in groupby(walked)]
    steps, named = listed()
    assert "\n".join(way) == "\n".join(steps)
    assert len(way) - len(set(way)) <= MOST_RETURNS
    assert len(named) <= MOST_MODULES
