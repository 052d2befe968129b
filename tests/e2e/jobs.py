"""The Jobs view, as a person finds it: what runs and what ran, and what stands behind each build."""

from __future__ import annotations

from pgyer_desktop.ui.builds.listing.view import BuildList
from pgyer_desktop.ui.jobs.window import JobsWindow
from tests.e2e.person import Person
from tests.helpers.waiting import until


async def jobs(person: Person) -> JobsWindow:
    """Open the view while, or after, something runs."""
    person.trigger("actionJobs")
    await until(lambda: any(one.shown is not None for one in person.window.findChildren(JobsWindow)))
    return person.find(JobsWindow, "jobsView")


async def ended(person: Person, seconds: float = 60) -> JobsWindow:
    """Open the view and wait until the job in it has ended."""
    view = await jobs(person)
    await until(lambda: view.shown is not None and view.shown.over, seconds=seconds)
    return view


def states(person: Person, view: JobsWindow) -> list[str]:
    """What has become of each build: the word of its pill and the whole reason behind it."""
    rows = person.find(BuildList, "jobsRows", view).rows
    return [": ".join([*(word for word, _ in row.pills), row.reason]) for row in rows]
