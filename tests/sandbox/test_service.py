from __future__ import annotations

from typing import Any

import pytest

from pgyer_desktop.sandbox import APPS, DEMO_KEY, ServiceError
from tests.helpers.sandbox import SandboxService


def ask(service: SandboxService, operation: str, **fields: str) -> dict[str, Any]:
    reply: dict[str, Any] = {**service.answer(operation, {"_api_key": DEMO_KEY, **fields})}
    return reply


def page(service: SandboxService, slug: str, number: int = 1) -> list[dict[str, Any]]:
    reply = ask(service, "builds", appKey=service.app_key(slug), page=str(number))
    assert reply["code"] == 0
    rows: list[dict[str, Any]] = reply["data"]["list"]
    return rows


def latest_in_rows(service: SandboxService, slug: str) -> list[str]:
    return [row["buildKey"] for row in page(service, slug) if row["buildIsLastest"] == "1"]


def test_the_first_app_has_three_pages_and_its_second_newest_build_is_latest(service: SandboxService) -> None:
    apps = ask(service, "listMy")["data"]["list"]
    assert (apps[0]["buildName"], apps[0]["buildIdentifier"]) == ("Harbour", "com.acme.harbour")
    pages = [page(service, "harbour", number) for number in (1, 2, 3, 4)]
    assert [len(rows) for rows in pages] == [20, 20, 17, 0]
    assert [row["buildIsLastest"] for row in pages[0]] == ["2", "1", *["2"] * 18]
    assert len({row["buildKey"] for rows in pages for row in rows}) == 57


def test_rows_carry_what_real_rows_carry_and_numbers_are_text(service: SandboxService) -> None:
    row = page(service, "yunfan")[0]
    assert set(row) == {
        "buildKey", "buildType", "buildFileName", "buildFileSize", "buildName", "buildVersion", "buildVersionNo",
        "buildUpdateDescription", "buildBuildVersion", "buildIdentifier", "buildLauncherActivity", "buildIcon",
        "buildIsDisplayInHistory", "buildIsLastest", "buildIsPublishComplete", "buildCreated",
        "buildExtendsIsPublish", "buildExtendsTimingDate", "buildDownloadCount",
    }  # fmt: skip
    assert row["buildType"] == "2"
    assert row["buildFileSize"].isdecimal()
    assert row["buildBuildVersion"] == "75"
    assert isinstance(row["buildDownloadCount"], int)


def test_the_documented_app_sends_numbers_and_nothing_about_latest(service: SandboxService) -> None:
    row = page(service, "millpond")[0]
    assert isinstance(row["buildBuildVersion"], int)
    assert "buildIsLastest" not in row
    check = ask(service, "check", appKey=service.app_key("millpond"))["data"]
    assert check["buildKey"] == page(service, "millpond")[2]["buildKey"]


@pytest.mark.parametrize(
    ("slug", "count"), [("newquay", 0), ("firstlight", 1), ("lantern", 500), ("granary", 20_000), ("maitian", 21)]
)
def test_apps_of_every_size(service: SandboxService, slug: str, count: int) -> None:
    reply = ask(service, "builds", appKey=service.app_key(slug))["data"]
    assert reply["pageCount"] == -(-count // 20)
    assert len(reply["list"]) == min(count, 20)
    last = page(service, slug, max(reply["pageCount"], 1))
    assert len(last) == (count - 1) % 20 + 1 if count else last == []


def test_every_platform_and_an_unknown_one_are_there() -> None:
    assert {app.platform for app in APPS} == {"1", "2", "3", "9"}


def test_some_apps_have_no_latest_build_or_two(service: SandboxService) -> None:
    assert latest_in_rows(service, "kitefield") == []
    assert len(latest_in_rows(service, "tworivers")) == 2


def test_odd_rows_carry_odd_values(service: SandboxService) -> None:
    rows = page(service, "oddments")
    created = [row["buildCreated"] for row in rows]
    assert {"0000-00-00 00:00:00", "1天前", "", None} < set(created)
    assert {"", 160_450_548} < {row["buildFileSize"] for row in rows}
    assert "[]" in [row.get("buildExtends") for row in rows]


def test_list_my_is_paged_and_says_how_many_there_are() -> None:
    service = SandboxService(extra_apps=300)
    seen: list[str] = []
    for number in range(1, 30):
        data = ask(service, "listMy", page=str(number))["data"]
        assert set(data) == {"list", "total", "page"}
        assert (data["total"], data["page"]) == (str(300 + len(APPS)), number)
        if not data["list"]:
            break
        seen += [row["appKey"] for row in data["list"]]
    assert len(seen) == len(set(seen)) == 300 + len(APPS)


def test_list_my_shows_the_latest_build_and_passwords_in_clear(service: SandboxService) -> None:
    rows = {row["appKey"]: row for row in ask(service, "listMy")["data"]["list"]}
    harbour = rows[service.app_key("harbour")]
    assert harbour["buildKey"] == latest_in_rows(service, "harbour")[0]
    assert harbour["buildShortcutUrl"] == "harbour"
    assert rows[service.app_key("orchard")]["buildPassword"]
    assert rows[service.app_key("newquay")]["buildKey"] == ""


def test_set_latest_makes_a_build_the_only_latest_one(service: SandboxService) -> None:
    target = page(service, "tworivers")[5]["buildKey"]
    assert ask(service, "setNewestVersion", buildKey=target) == {"code": 0, "message": "Set successfully"}
    assert latest_in_rows(service, "tworivers") == [target]


def test_a_build_that_is_still_publishing_cannot_become_latest(service: SandboxService) -> None:
    newest = page(service, "shanque")[0]
    assert newest["buildIsPublishComplete"] == "2"
    assert ask(service, "setNewestVersion", buildKey=newest["buildKey"])["code"] == 1247
    service.finish_publishing(newest["buildKey"])
    assert ask(service, "setNewestVersion", buildKey=newest["buildKey"])["code"] == 0


def test_after_a_clear_the_newest_other_complete_build_is_latest(service: SandboxService) -> None:
    newest, second, *_ = [row["buildKey"] for row in page(service, "harbour")]
    assert ask(service, "cancelNewestVersion", buildKey=second)["message"] == "Cleared successfully"
    assert latest_in_rows(service, "harbour") == [newest]
    ask(service, "cancelNewestVersion", buildKey=newest)
    assert latest_in_rows(service, "harbour") == [second]
    newest, second, third, *_ = [row["buildKey"] for row in page(service, "shanque")]
    ask(service, "cancelNewestVersion", buildKey=second)
    assert latest_in_rows(service, "shanque") == [third]


def test_clearing_the_only_build_leaves_none_latest(service: SandboxService) -> None:
    ask(service, "cancelNewestVersion", buildKey=page(service, "firstlight")[0]["buildKey"])
    assert latest_in_rows(service, "firstlight") == []


def test_clearing_a_build_that_is_not_latest_changes_nothing(service: SandboxService) -> None:
    before = latest_in_rows(service, "harbour")
    assert ask(service, "cancelNewestVersion", buildKey=page(service, "harbour")[0]["buildKey"])["code"] == 0
    assert latest_in_rows(service, "harbour") == before


def test_a_deleted_build_is_gone_and_rows_move_up(service: SandboxService) -> None:
    victim, follower = page(service, "maitian")[19]["buildKey"], page(service, "maitian", 2)[0]["buildKey"]
    assert ask(service, "buildDelete", buildKey=victim) == {"code": 0, "message": ""}
    assert page(service, "maitian")[19]["buildKey"] == follower
    assert page(service, "maitian", 2) == []
    assert ask(service, "buildDelete", buildKey=victim)["code"] == 1009


def test_deleting_the_latest_build_makes_the_newest_one_latest(service: SandboxService) -> None:
    newest, second, *_ = [row["buildKey"] for row in page(service, "harbour")]
    ask(service, "buildDelete", buildKey=second)
    assert service.latest_keys(service.app_key("harbour")) == (newest,)


def test_deleting_every_build_leaves_an_empty_app(service: SandboxService) -> None:
    for key in service.build_keys(service.app_key("quill")):
        assert ask(service, "buildDelete", buildKey=key)["code"] == 0
    assert page(service, "quill") == []
    assert ask(service, "check", appKey=service.app_key("quill"))["code"] == 1009


def test_an_arriving_build_moves_every_page_and_is_not_latest(service: SandboxService) -> None:
    app_key = service.app_key("harbour")
    before, latest = service.build_keys(app_key), service.latest_keys(app_key)
    arrived = service.publish_build(app_key, version="9.9.0", notes="Fresh", publishing=True)
    assert service.build_keys(app_key) == (arrived, *before)
    assert service.latest_keys(app_key) == latest
    row = page(service, "harbour")[0]
    assert (row["buildVersion"], row["buildUpdateDescription"]) == ("9.9.0", "Fresh")
    assert (row["buildIsPublishComplete"], row["buildCreated"]) == ("2", "2025-03-12 15:30:01")
    assert int(row["buildBuildVersion"]) == 62


def test_builds_arrive_in_an_empty_app_too(service: SandboxService) -> None:
    key = service.publish_build(service.app_key("newquay"))
    assert [row["buildKey"] for row in page(service, "newquay")] == [key]


def test_nothing_can_be_published_to_an_unknown_app(service: SandboxService) -> None:
    with pytest.raises(ServiceError):
        service.publish_build("nobody")


def test_view_answers_for_the_latest_build_or_for_the_one_named(service: SandboxService) -> None:
    app_key = service.app_key("harbour")
    oldest = service.build_keys(app_key)[-1]
    latest = ask(service, "view", appKey=app_key)["data"]
    assert (latest["buildKey"], latest["buildIsLastest"]) == (service.latest_keys(app_key)[0], "1")
    assert (latest["buildShortcutUrl"], latest["buildAdhocUuids"], latest["mergeAppInfo"]) == ("harbour", "[]", None)
    named = ask(service, "view", appKey=app_key, buildKey=oldest)["data"]
    assert (named["buildKey"], named["buildIsLastest"], named["otherApps"]) == (oldest, "2", [])
    assert ask(service, "view", appKey=service.app_key("lantern"), buildKey=oldest)["code"] == 1009


def test_check_without_a_version_says_not_new_but_what_is_latest(service: SandboxService) -> None:
    data = ask(service, "check", appKey=service.app_key("harbour"))["data"]
    assert data["buildHaveNewVersion"] is False
    assert "buildShortcutUrl" not in data
    assert data["buildKey"] == service.latest_keys(service.app_key("harbour"))[0]
    assert data["buildIcon"].startswith("https://cdn-app-icon2.pgyer.com/")
    assert data["downloadURL"].endswith(f"?_api_key={DEMO_KEY}&amp;buildKey={data['buildKey']}")
    assert (data["forceUpdateVersion"], data["needForceUpdate"]) == ("", False)


@pytest.mark.parametrize(
    ("fields", "newer"),
    [
        ({"buildBuildVersion": "59"}, True),
        ({"buildBuildVersion": "60"}, False),
        ({"buildBuildVersion": "9"}, True),
        ({"buildVersion": "0.9"}, True),
        ({"buildVersion": "1.9.0"}, False),
        # The Pgyer build decides where both are sent.
        ({"buildVersion": "0.1", "buildBuildVersion": "61"}, False),
    ],
)
def test_check_compares_numbers(service: SandboxService, fields: dict[str, str], newer: bool) -> None:
    data = ask(service, "check", appKey=service.app_key("harbour"), **fields)["data"]
    assert data["buildHaveNewVersion"] is newer
    assert data.get("buildShortcutUrl") == ("https://www.pgyer.com/harbour" if newer else None)


def test_check_forces_only_builds_below_the_line(service: SandboxService) -> None:
    app_key = service.app_key("songguo")
    old = ask(service, "check", appKey=app_key, buildBuildVersion="29")["data"]
    recent = ask(service, "check", appKey=app_key, buildBuildVersion="30")["data"]
    assert (old["needForceUpdate"], recent["needForceUpdate"]) == (True, False)
    assert old["forceUpdateVersion"] == recent["forceUpdateVersion"] != ""
    assert recent["buildHaveNewVersion"] is True


def test_a_channel_can_be_pinned_to_a_build(service: SandboxService) -> None:
    app_key = service.app_key("harbour")
    pinned = ask(service, "check", appKey=app_key, channelKey="partners")["data"]
    assert pinned["buildBuildVersion"] == "52"
    ask(service, "buildDelete", buildKey=pinned["buildKey"])
    follows = ask(service, "check", appKey=app_key, channelKey="partners")["data"]
    assert follows["buildKey"] == service.latest_keys(app_key)[0]


@pytest.mark.parametrize(
    ("operation", "fields", "code"),
    [
        ("builds", {"_api_key": ""}, 1001),
        ("builds", {"_api_key": "wrong"}, 1002),
        ("builds", {}, 1010),
        ("builds", {"appKey": "nobody"}, 1009),
        ("check", {}, 1010),
        ("view", {}, 1008),
        ("view", {"buildKey": "nothing"}, 1010),
        ("setNewestVersion", {}, 1011),
        ("cancelNewestVersion", {"buildKey": "nothing"}, 1009),
        ("buildDelete", {"buildKey": "0" * 32}, 1009),
        ("", {}, 1081),
    ],
)
def test_refusals_have_a_code_a_message_and_no_data(
    service: SandboxService, operation: str, fields: dict[str, str], code: int
) -> None:
    reply = ask(service, operation, **fields)
    assert reply["code"] == code
    assert reply["message"]
    assert "data" not in reply


@pytest.mark.parametrize("number", ["0", "-3", "two", "", "１"])
def test_a_page_that_is_no_number_is_the_first(service: SandboxService, number: str) -> None:
    data = ask(service, "builds", appKey=service.app_key("harbour"), page=number)["data"]
    assert data["currentPage"] == 1
    assert len(data["list"]) == 20
