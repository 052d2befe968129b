"""Whatever arrives: an answer or one of our errors, and never a latest that the row did not claim."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgyer_desktop.api import wire
from pgyer_desktop.api.errors import PgyerError

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "pgyer.test"
NAMES = (
    "buildKey", "buildType", "buildFileName", "buildFileSize", "buildName", "buildVersion", "buildVersionNo",
    "buildUpdateDescription", "buildBuildVersion", "buildIdentifier", "buildIcon", "buildIsDisplayInHistory",
    "buildIsLastest", "buildIsPublishComplete", "buildCreated", "buildDownloadCount", "buildShortcutUrl", "appKey",
    "list", "data", "pageCount", "total", "code", "message", "buildHaveNewVersion", "needForceUpdate", "appURl",
)  # fmt: skip

odd: st.SearchStrategy[object] = st.sampled_from(
    ["", "0", "1", "2", "-1", "true", "[]", "0000-00-00 00:00:00", "2026-01-02 10:00:00", "9999-12-31 23:59:59",
     "1天前", "9" * 30, "²", "\ud800", "https://www.pgyer.com/x", "key46", 0, 1, 2, -1, 10**30, 1e300, True, False,
     None, [], {}]
)  # fmt: skip
values = st.recursive(
    odd | st.text(max_size=20) | st.floats() | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner,
                                                                max_size=8),
    max_leaves=25,
)  # fmt: skip
rows = st.dictionaries(st.sampled_from(NAMES), values, max_size=8)
thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ours(read: Callable[[], object]) -> object:
    """What came of it, None where it was one of our errors; everything else fails the test."""
    try:
        return read()
    except PgyerError:
        return None


@thorough
@given(st.binary(max_size=400), st.integers(min_value=100, max_value=599))
def test_any_bytes(body: bytes, status: int) -> None:
    ours(lambda: wire.envelope(body, status=status, content_type="", host=HOST))


@thorough
@given(values)
def test_any_json(reply: object) -> None:
    body = json.dumps(reply).encode()
    ours(lambda: wire.envelope(body, status=200, content_type="application/json", host=HOST))


@thorough
@given(values)
def test_any_data_in_any_place(data: wire.Json) -> None:
    ours(lambda: wire.build_page(data, number=1, host=HOST))
    ours(lambda: wire.app_page(data, number=1, host=HOST))
    ours(lambda: wire.viewed_build(data, host=HOST))
    ours(lambda: wire.update_check(data, version_sent=True, host=HOST))


@thorough
@given(st.lists(rows, max_size=5))
def test_a_build_is_latest_only_where_its_row_says_so(sent: list[dict[str, wire.Json]]) -> None:
    page = wire.build_page({"list": list(sent)}, number=1, host=HOST)
    claimed = {
        str(row.get("buildKey")).strip()
        for row in sent
        if str(row.get("buildIsLastest")).strip().lower() in {"1", "true"}
    }
    assert {build.build_key for build in page.builds if build.latest} <= claimed
    assert len(page.builds) + page.unreadable <= len(sent)


@thorough
@given(rows)
def test_what_was_read_can_be_shown_and_written(row: dict[str, wire.Json]) -> None:
    page = wire.build_page({"list": [{**row, "buildKey": "key46"}]}, number=1, host=HOST)
    (build,) = page.builds
    for text in (build.name, build.version, build.notes, build.identifier, build.icon, build.created_text):
        text.encode("utf-8")
        assert "\x00" not in text
    if build.created is not None:
        build.created.astimezone().isoformat()
