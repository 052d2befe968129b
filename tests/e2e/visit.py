"""The program as a person starts it, in a process of its own, with somebody at its window who does some errands.

    python -m tests.e2e.visit VISIT ARGUMENTS-OF-THE-PROGRAM...

`VISIT` is a name in `VISITS`. What the person knows comes as JSON on standard input, so that the API key is in no
command line; what the person saw goes as JSON to standard output. The exit code is the program's, or 1 where something
was not as it should be; then the reason is on standard error, with whatever the notice says.

Nothing of the program is replaced: keyring, sockets and files are the real ones. Runs on every system.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtWidgets import QSpinBox

from pgyer_desktop.__main__ import main as run_program
from pgyer_desktop.shell.program import Program
from tests.e2e import errands
from tests.e2e.person import Person
from tests.helpers.waiting import until

Known = dict[str, str]
Seen = dict[str, Any]


async def first(person: Person, known: Known) -> Seen:
    """Connect an account, look at all pages, promote a build, delete one, and end at another app's second page."""
    await until(lambda: person.sees("welcomePage"), seconds=errands.PATIENCE)
    await errands.connect(person, known["key"], name=known["account"])
    pages = await errands.turn_pages(person)
    seen: Seen = {
        "pages": pages,
        "promoted": await errands.set_latest(person, 3),
        "deleted": await errands.delete(person, 5),
    }
    await errands.open_app(person, known["app"])
    shown = person.keys
    person.click("pageNext")
    await until(lambda: person.find(QSpinBox, "pageNumber").value() == 2 and person.keys not in ([], shown))
    return seen | what_shows(person)


async def second(person: Person, known: Known) -> Seen:
    """Come back to where it was, and see what can only be read with the key that was kept: what is new meanwhile."""
    await until(lambda: person.rows > 0, seconds=errands.PATIENCE)
    seen = what_shows(person)
    await errands.open_app(person, known["first app"])
    await until(lambda: known["new"] in person.keys, seconds=errands.PATIENCE)
    return seen | {"notice": person.notice}


async def last(person: Person, known: Known) -> Seen:
    """Come back, and take the account away."""
    await until(lambda: person.rows > 0, seconds=errands.PATIENCE)
    seen = what_shows(person)
    await errands.remove_account(person)
    return seen


VISITS: dict[str, Callable[[Person, Known], Awaitable[Seen]]] = {
    visit.__name__: visit for visit in (first, second, last)
}


def what_shows(person: Person) -> Seen:
    """What a person tells of the window."""
    return {
        "account": errands.named(person, "accountPicker"),
        "app": errands.named(person, "appPicker"),
        "page": person.find(QSpinBox, "pageNumber").value(),
        "keys": person.keys,
        "notice": person.notice,
    }


def main() -> int:
    """Run the program; the visit begins when the program has begun and ends with *Quit*."""
    visit, *arguments = sys.argv[1:]
    known: Known = json.load(sys.stdin)
    seen: list[Seen] = []
    going: list[asyncio.Task[None]] = []
    start = Program.start

    async def go(person: Person) -> None:
        try:
            seen.append(await VISITS[visit](person, known))
        except Exception:  # noqa: BLE001 - whatever it is, the program is to end and the reason to be told
            sys.stderr.write(f"{traceback.format_exc()}\nThe notice: {person.notice!r}\n")
        person.trigger("actionQuit")

    def started(program: Program) -> None:
        start(program)
        going.append(asyncio.ensure_future(go(Person(program.window))))

    Program.start = started  # type: ignore[method-assign, assignment]  # the only foothold that there is
    code = run_program(arguments)
    sys.stdout.write(json.dumps(seen[0] if seen else {}))
    return code or int(not seen)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
