"""Whatever arrives: an answer or one of our errors, and never a latest that the row did not claim."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgyer_desktop.api import wire
from pgyer_desktop.api.errors import MalformedReplyError, PgyerError

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


ODD = (
    "", "0", "1", "2", "-1", "true", "[]", "0000-00-00 00:00:00", "2026-01-02 10:00:00", "9999-12-31 23:59:59", "1天前",
    "9" * 30, "²", "\ud800", "\u202e1.4", "https://www.pgyer.com/x", "key46", "../../etc", "<html>", "x" * 3000,
    0, 1, 2, -1, 10**30, 1e300, float("nan"), float("inf"), True, False, None,
)  # fmt: skip


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
    try:
        page = wire.build_page({"list": list(sent)}, number=1, host=HOST)
    except MalformedReplyError:  # there were rows, and no key in any of them
        assert sent
        return
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


def arbitrary(dice: random.Random, depth: int = 3) -> wire.Json:
    """A value of any shape, made some hundred times faster than the strategies above make theirs."""
    kind = dice.random()
    if depth == 0 or kind < 0.4:
        return dice.choice(ODD)
    if kind < 0.75:
        return {
            dice.choice(NAMES) if dice.random() < 0.9 else f"n{dice.randrange(99)}": arbitrary(dice, depth - 1)
            for _ in range(dice.randrange(8))
        }
    return [arbitrary(dice, depth - 1) for _ in range(dice.randrange(5))]


def test_ten_thousand_replies_are_an_answer_or_one_of_our_errors_and_never_a_wrong_latest() -> None:
    seed = 2025 if settings().derandomize else random.randrange(10**9)  # noqa: S311 - what fails shows its seed
    print(f"seed {seed}")  # noqa: T201 - shown only where it fails
    dice = random.Random(seed)  # noqa: S311 - no secret is made of it
    answers = 0
    for _ in range(10_000):
        rows: list[wire.Json] = [
            {"buildKey": f"key{dice.randrange(9)}", "buildIsLastest": dice.choice(ODD)}
            | {dice.choice(NAMES[1:]): arbitrary(dice) for _ in range(dice.randrange(6))}
            for _ in range(dice.randrange(4))
        ]
        data: wire.Json = {"list": rows, "pageCount": dice.choice(ODD)} if dice.random() < 0.5 else arbitrary(dice)
        reply = {
            "code": dice.choice((0, "0", 1009)) if dice.random() < 0.9 else dice.choice(ODD),
            "data": data,
            "message": dice.choice(ODD),
        }
        body = json.dumps(reply).encode()
        if dice.random() < 0.1:
            body = body[: dice.randrange(len(body) + 1)]
        try:
            read = wire.envelope(body, status=200, content_type="application/json", host=HOST)
            page = wire.build_page(read, number=1, host=HOST)
        except PgyerError:
            continue
        answers += 1
        sent = read.get("list") or [] if isinstance(read, dict) else read  # the rows alone are an answer, too
        first: dict[str, object] = {}
        for row in sent.values() if isinstance(sent, dict) else sent:  # type: ignore[union-attr]  # or it had no rows
            if isinstance(row, dict):
                first.setdefault(str(row.get("buildKey")).strip(), row.get("buildIsLastest"))
        for build in page.builds:
            says = first.get(build.build_key)
            assert bool(build.latest) is (str(says).strip().lower() in {"1", "true"}), body
        ours(lambda read=read: wire.app_page(read, number=1, host=HOST))  # type: ignore[misc]  # bound at once
        ours(lambda read=read: wire.update_check(read, version_sent=True, host=HOST))  # type: ignore[misc]
    assert answers > 2_000, "most of it was no reply at all"
