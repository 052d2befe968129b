"""The look-alike has everything that the service's documentation names, and its oddities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.lookalike import Behaviour, BuildKeyField, Lookalike, Successor, furnished
from tests.lookalike.asking import code, data, get, post

Serve = Callable[..., Lookalike]


def words(text: str) -> set[str]:
    return set(text.split())


DOCUMENTED_ROW = words(
    "buildKey buildType buildFileSize buildName buildVersion buildVersionNo buildBuildVersion buildIdentifier buildIcon"
    " buildCreated"
)
SEEN_IN_ROWS = words(
    "buildIsLastest buildFileName buildUpdateDescription buildIsPublishComplete buildDownloadCount"
    " buildIsDisplayInHistory buildLauncherActivity buildExtendsIsPublish buildExtendsTimingDate"
)
DOCUMENTED_CHECK = words(
    "buildBuildVersion forceUpdateVersion forceUpdateVersionNo needForceUpdate downloadURL appURl buildHaveNewVersion"
    " buildVersionNo buildVersion buildDescription buildUpdateDescription appKey buildKey buildName buildIcon"
    " buildFileKey buildFileSize"
)
SEEN_IN_LIST_MY = words(
    "appKey buildKey buildName buildVersion buildVersionNo buildBuildVersion buildShortcutUrl buildIdentifier"
    " buildFileSize buildCreated buildIcon buildDescription buildScreenshots buildPassword isMerged"
)
SEEN_IN_VIEW = DOCUMENTED_ROW | words(
    "buildIsLastest buildUpdateDescription buildShortcutUrl buildQRCodeURL appKey iconUrl todayDownloadCount"
    " appExpiredDate otherApps buildPassword buildAdhocUuids mergeAppInfo"
)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a service of the wanted behaviour, which ends with the test."""
    with ExitStack() as stack:

        def started(**behaviour: Any) -> Lookalike:
            return stack.enter_context(Lookalike(furnished(Behaviour(**behaviour))))

        yield started


def rows(service: Lookalike, app: str = "Kettle", **form: str | int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data(service, "app/builds", appKey=service.world.app(app).key, **form)["list"]
    return found


def test_a_page_of_builds_has_every_documented_field_and_those_that_were_seen(serve: Serve) -> None:
    service = serve()
    page = data(service, "app/builds", appKey=service.world.app("Kettle").key, page=2)
    assert (page["pageCount"], page["currentPage"], len(page["list"])) == (3, 2, 20)
    for row in page["list"]:
        assert set(row) == DOCUMENTED_ROW | SEEN_IN_ROWS
    assert {row["buildType"] for row in rows(service)} == {"1"}
    assert {row["buildType"] for row in rows(service, "渡轮时刻 Ferry")} == {"2"}


def test_pages_are_one_based_the_newest_first_and_past_the_end_is_an_empty_list(serve: Serve) -> None:
    service = serve()
    numbers = [int(row["buildBuildVersion"]) for page in (1, 2, 3) for row in rows(service, page=page)]
    assert numbers == list(range(47, 0, -1))
    assert rows(service) == rows(service, page=1) == rows(service, page=0) == rows(service, page="x")
    assert data(service, "app/builds", appKey=service.world.app("Kettle").key, page=4) == {
        "pageCount": 3,
        "currentPage": 4,
        "list": [],
    }
    assert rows(service, "Empty shelf") == []
    assert len(rows(serve(page_size=7))) == 7


def test_numbers_are_strings_or_numbers(serve: Serve) -> None:
    numeric = ("buildType", "buildFileSize", "buildBuildVersion")
    assert {type(rows(serve())[0][name]) for name in numeric} == {str}
    assert {type(rows(serve(numbers_are_strings=False))[0][name]) for name in numeric} == {int}


def test_the_latest_is_marked_with_one_and_the_others_with_two(serve: Serve) -> None:
    service = serve()
    assert [row["buildIsLastest"] for row in rows(service)] == ["1", *["2"] * 19]
    assert all("buildIsLastest" not in row for row in rows(serve(rows_say_latest=False)))
    assert all(set(row) == DOCUMENTED_ROW for row in rows(serve(documented_only=True)))


def test_a_build_that_is_being_published_says_so_and_becomes_no_latest(serve: Serve) -> None:
    service = serve()
    app = service.world.app("Kettle")
    before = list(app.latest)
    fresh = service.world.upload(app, "2.0", published=False)
    assert rows(service)[0]["buildKey"] == fresh.key
    assert rows(service)[0]["buildIsPublishComplete"] == "2"
    assert rows(service)[1]["buildIsPublishComplete"] == "1"
    assert app.latest == before


def test_odd_values_take_the_place_of_a_field_wherever_it_is(serve: Serve) -> None:
    service = serve()
    build = service.world.app("Kettle").builds[0]
    build.odd = {"buildCreated": "1天前", "buildFileSize": None, "buildAdhocUuids": []}
    row = rows(service)[0]
    assert (row["buildCreated"], row["buildFileSize"]) == ("1天前", None)
    assert "buildAdhocUuids" not in row
    assert data(service, "app/view", buildKey=build.key)["buildAdhocUuids"] == []


def test_an_empty_page_may_be_an_array_where_an_object_was_documented(serve: Serve) -> None:
    service = serve(empty_data_is_array=True)
    assert data(service, "app/builds", appKey=service.world.app("Kettle").key, page=9) == []
    assert len(rows(service)) == 20


@pytest.mark.parametrize(("field", "expected"), [("IGNORED", 20), ("ONLY", 1), ("EMPTY", 0)])
def test_what_builds_does_with_a_build_key_is_a_switch(serve: Serve, field: str, expected: int) -> None:
    service = serve(builds_with_build_key=BuildKeyField[field])
    key = service.world.app("Kettle").builds[30].key
    found = rows(service, buildKey=key)
    assert len(found) == expected
    assert (key in {row["buildKey"] for row in found}) == (field == "ONLY")


@pytest.mark.parametrize(("field", "expected"), [("ONLY", 0), ("ONLY_IF_THERE", 20)])
def test_where_the_build_that_is_asked_for_is_gone_the_list_is_empty_or_whole(
    serve: Serve, field: str, expected: int
) -> None:
    service = serve(builds_with_build_key=BuildKeyField[field])
    key = service.world.app("Kettle").builds[30].key
    assert [row["buildKey"] for row in rows(service, buildKey=key)] == [key]
    service.world.delete(key)
    assert len(rows(service, buildKey=key)) == expected


def test_list_my_comes_in_both_shapes_with_the_password_of_each_page(serve: Serve) -> None:
    listed = data(serve(), "app/listMy")
    assert set(listed) == {"list", "total", "page"}
    assert (listed["total"], listed["page"]) == ("3", 1)
    assert [row["buildName"] for row in listed["list"]] == ["Kettle", "渡轮时刻 Ferry", "Empty shelf"]
    assert listed["list"][0]["buildPassword"] == "open-the-lid"
    assert all(set(row) >= SEEN_IN_LIST_MY for row in listed["list"])
    assert data(serve(list_my_is_array=True), "app/listMy") == listed["list"]


def test_view_describes_a_build_or_what_the_app_offers(serve: Serve) -> None:
    service = serve()
    app = service.world.app("Kettle")
    build = app.builds[5]
    told = data(service, "app/view", appKey=app.key, buildKey=build.key)
    assert set(told) >= SEEN_IN_VIEW
    assert (told["buildKey"], told["appKey"], told["buildPassword"]) == (build.key, app.key, "open-the-lid")
    assert told == data(service, "app/view", buildKey=build.key)
    assert told["otherApps"][0]["buildCreated"].endswith("天前")
    assert data(service, "app/view", appKey=app.key)["buildKey"] == app.latest[0]


def test_what_view_answers_for_a_build_that_is_gone_is_a_switch(serve: Serve) -> None:
    for another in (False, True):
        service = serve(view_of_gone_shows_another=another)
        app = service.world.app("Kettle")
        gone = app.builds[5].key
        service.world.delete(gone)
        if another:
            assert data(service, "app/view", appKey=app.key, buildKey=gone)["buildKey"] == app.latest[0]
        else:
            assert code(service, "app/view", appKey=app.key, buildKey=gone) == 1009


def test_check_has_every_documented_field_and_the_key_in_its_download_address(serve: Serve) -> None:
    service = serve()
    account, app = service.world.accounts[0], service.world.app("Kettle")
    told = data(service, "app/check", appKey=app.key)
    assert set(told) == DOCUMENTED_CHECK
    assert told["buildKey"] == app.latest[0]
    assert told["buildHaveNewVersion"] is False
    assert "&amp;" in told["downloadURL"]
    plain = data(serve(escapes_download_url=False), "app/check", appKey=app.key)["downloadURL"]
    assert parse_qs(urlsplit(plain).query)["_api_key"] == [account.key]
    assert isinstance(told["buildFileSize"], str)
    assert told["buildIcon"].startswith(service.icon_url)
    old = data(serve(old_check=True), "app/check", appKey=app.key)
    assert DOCUMENTED_CHECK - set(old) == {"appURl", "buildDescription", "needForceUpdate"}


def test_check_knows_something_new_only_where_a_version_was_sent(serve: Serve) -> None:
    service = serve()
    app = service.world.app("Kettle")
    latest = app.builds[0]
    app.forced_version = "1.2.0"
    same = data(service, "app/check", appKey=app.key, buildVersion=latest.version, buildBuildVersion=latest.count)
    older = data(service, "app/check", appKey=app.key, buildVersion="1.0.1", buildBuildVersion=1)
    assert (same["buildHaveNewVersion"], same["needForceUpdate"]) == (False, False)
    assert (older["buildHaveNewVersion"], older["needForceUpdate"]) == (True, True)
    assert older["buildShortcutUrl"] == f"{service.address}/kettle"


def test_a_channel_follows_the_latest_or_is_pinned(serve: Serve) -> None:
    service = serve()
    app = service.world.app("Kettle")
    service.world.promote(app.builds[3].key)
    offered = {
        name: data(service, "app/check", appKey=app.key, channelKey=name)["buildKey"] for name in ("testers", "museum")
    }
    assert offered == {"testers": app.builds[3].key, "museum": app.builds[-1].key}
    assert code(service, "app/check", appKey=app.key, channelKey="nobody") == 1009


def test_set_clear_and_delete_answer_without_data_and_change_that_build(serve: Serve) -> None:
    service = serve()
    app = service.world.app("Kettle")
    first, fourth = app.builds[0].key, app.builds[3].key
    assert post(service, "app/setNewestVersion", buildKey=fourth).json == {"code": 0, "message": "Set successfully"}
    assert app.latest == [fourth]
    assert post(service, "app/cancelNewestVersion", buildKey=fourth).json == {
        "code": 0,
        "message": "Cleared successfully",
    }
    assert app.latest == []
    assert post(service, "app/buildDelete", buildKey=first).json == {"code": 0, "message": ""}
    assert first not in {build.key for build in app.builds}
    assert code(service, "app/buildDelete", buildKey=first) == 1009


@pytest.mark.parametrize("change", ["cancelNewestVersion", "buildDelete"])
@pytest.mark.parametrize("successor", Successor)
def test_what_is_latest_afterwards_is_a_switch(serve: Serve, change: str, successor: Successor) -> None:
    service = serve(after_clear=successor, after_delete=successor)
    app = service.world.app("Kettle")
    newest, older, chosen = app.builds[0].key, app.builds[9].key, app.builds[4].key
    service.world.promote(older)
    service.world.promote(chosen)
    assert post(service, f"app/{change}", buildKey=chosen).json["code"] == 0
    expected = {Successor.NOBODY: [], Successor.NEWEST: [newest], Successor.PREVIOUS: [older]}[successor]
    assert app.latest == expected


def test_several_may_be_the_latest(serve: Serve) -> None:
    service = serve(several_latest=True, upload_becomes_latest=False)
    app = service.world.app("Kettle")
    for row in (2, 7):
        post(service, "app/setNewestVersion", buildKey=app.builds[row].key)
    assert [row for row, found in enumerate(rows(service)) if found["buildIsLastest"] == "1"] == [2, 7]
    assert data(service, "app/check", appKey=app.key)["buildKey"] == app.builds[7].key


def test_clearing_what_is_not_the_latest_may_be_an_error(serve: Serve) -> None:
    for fails, expected in ((False, 0), (True, 1081)):
        service = serve(clearing_another_fails=fails)
        assert code(service, "app/cancelNewestVersion", buildKey=service.world.app("Kettle").builds[5].key) == expected


def test_what_is_offered_while_nothing_is_the_latest_is_a_switch(serve: Serve) -> None:
    for newest in (True, False):
        service = serve(offers_newest_without_latest=newest)
        app = service.world.app("Kettle")
        service.world.clear(app.latest[0])
        if newest:
            assert data(service, "app/check", appKey=app.key)["buildKey"] == app.builds[0].key
        else:
            assert code(service, "app/check", appKey=app.key) == 1009


def test_errors_come_by_their_codes_with_status_200_and_without_data(serve: Serve) -> None:
    service = serve()
    theirs = service.world.app("Orchard & Sons <beta>")
    assert code(service, "app/listMy", key="") == 1001
    assert code(service, "app/listMy", key="f" * 32) == 1002
    assert code(service, "app/view") == 1008
    assert code(service, "app/builds", appKey="nobody's") == 1009
    assert code(service, "app/builds", appKey=theirs.key) == 1009
    assert code(service, "app/buildDelete", buildKey=theirs.builds[0].key) == 1009
    assert code(service, "app/builds") == 1010
    assert code(service, "app/setNewestVersion") == 1011
    assert code(service, "app/deleteApp", appKey=service.world.app("Kettle").key) == 1081
    assert len(theirs.builds) == 9
    alive = get(service, "/apiv2")
    assert (alive.status, alive.json["code"]) == (200, 1001)


def test_replies_are_escaped_as_php_does(serve: Serve) -> None:
    service = serve()
    body = post(service, "app/check", appKey=service.world.app("渡轮时刻 Ferry").key).body
    assert rb"\/" in body
    assert rb"\u6e21" in body
    assert body.isascii()


def test_upload_times_are_chinas_and_follow_the_clock(serve: Serve) -> None:
    service = serve()
    app = service.world.app("Kettle")
    one = service.world.upload(app, "3.0")
    service.world.clock.advance(timedelta(hours=5))
    two = service.world.upload(app, "3.1")
    assert two.created - one.created == timedelta(hours=5)
    assert one.created.utcoffset() == timedelta(hours=8)
    assert rows(service)[0]["buildCreated"] == two.created.strftime("%Y-%m-%d %H:%M:%S")


def test_another_seed_makes_other_keys() -> None:
    one, other = furnished(seed="one"), furnished(seed="other")
    for first, second in zip(one.accounts, other.accounts, strict=True):
        assert first.key != second.key
        assert len(first.key) == 32
        assert set(first.key) <= set("0123456789abcdef")
    assert furnished(seed="one").accounts == one.accounts
