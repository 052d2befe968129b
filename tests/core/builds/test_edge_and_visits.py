"""Where the edge above the latest lies, and which builds are new since the last visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pgyer_desktop.api.models import Build
from pgyer_desktop.core.accounts.settings import MAX_SEEN, AccountSettings
from pgyer_desktop.core.builds.edge import Edge, edge_on
from pgyer_desktop.core.builds.pages import Latest, LatestSource, PageView
from pgyer_desktop.core.builds.visits import Seen, Visit

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


def view(*latest: str, number: int = 1, unreadable: int = 0, rows: int = 20) -> PageView:
    builds = tuple(Build(f"k{row}") for row in range(rows))
    found = Latest(LatestSource.ROWS, frozenset(latest))
    return PageView("app", number, 3, builds, found, NOW, unreadable)


@pytest.mark.parametrize(
    ("page", "edge"),
    [
        (view("k3"), Edge(3, "k3", 3)),
        (view("k0"), None),  # nothing is newer
        (view(), None),
        (view("k1", "k3"), None),  # nobody knows which of them users get
        (view("elsewhere"), None),
        (view("k3", unreadable=1), Edge(3, "k3", 3, exact=False)),
        (view("k3", number=2), Edge(3, "k3", 20, exact=False)),
        (view("k3", number=2, rows=21), Edge(3, "k3", 20, exact=False)),
        (view("k3", number=2, rows=7), None),
        (view("k3", number=3), None),  # the last page does not tell how long the others are
    ],
)
def test_where_the_edge_lies(page: PageView, edge: Edge | None) -> None:
    assert edge_on(page) == edge


def test_a_build_is_new_by_its_count_or_else_by_its_time() -> None:
    seen = Seen("app").with_builds([Build("a", pgyer_build=7, created=NOW), Build("b", pgyer_build=9), Build("c")])
    assert seen == Seen("app", 9, NOW.timestamp())
    assert seen.is_older_than(Build("d", pgyer_build=10, created=NOW - timedelta(days=9)))
    assert not seen.is_older_than(Build("d", pgyer_build=9, created=NOW + timedelta(days=9)))
    assert seen.is_older_than(Build("d", created=NOW + timedelta(seconds=1)))
    assert not seen.is_older_than(Build("d"))
    assert not Seen("app").is_older_than(Build("d", pgyer_build=1, created=NOW))


def test_a_visit_never_forgets_what_was_seen_before() -> None:
    before = Seen("app", 9, 100.0)
    assert Visit("acc", "app", before).with_builds([Build("a", pgyer_build=3)]).now == before
    assert Visit("acc", "app").with_builds([]).now is None


def test_the_apps_seen_last_are_remembered() -> None:
    account = AccountSettings("id", "Acme")
    for number in range(MAX_SEEN + 5):
        account = account.with_seen(Seen(f"app{number}", number + 1))
    account = account.with_seen(Seen("app9", 77))
    assert len(account.seen) == MAX_SEEN
    assert account.seen_of("app9") == Seen("app9", 77)
    assert account.seen_of("app0") is None
