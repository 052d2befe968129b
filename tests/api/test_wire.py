"""What Pgyer's replies really look like, each shape with a test. Bodies are made up in the recorded shapes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest

from pgyer_desktop.api import errors, wire
from pgyer_desktop.api.models import Build, Platform, UpdateCheck

HOST = "pgyer.test"


def data_of(reply: object) -> wire.Json:
    """The `data` of a reply that is sent as JSON text."""
    return wire.envelope(json.dumps(reply).encode(), status=200, content_type="application/json", host=HOST)


def envelope(body: bytes, *, status: int = 200, content_type: str = "text/html") -> wire.Json:
    return wire.envelope(body, status=status, content_type=content_type, host=HOST)


def row(**fields: wire.Json) -> dict[str, wire.Json]:
    """A row of `app/builds` as it is recorded: numbers as text, flags as "1" and "2"."""
    return {
        "buildKey": "harbour46",
        "buildType": "1",
        "buildFileName": "harbour.ipa",
        "buildFileSize": "10485760",
        "buildName": "Harbour",
        "buildVersion": "1.4.6",
        "buildVersionNo": "146",
        "buildUpdateDescription": "Fixed\r\nthings",
        "buildBuildVersion": "46",
        "buildIdentifier": "com.acme.harbour",
        "buildLauncherActivity": "",
        "buildIcon": "a1b2c3harbour",
        "buildIsDisplayInHistory": "1",
        "buildIsLastest": "2",
        "buildIsPublishComplete": "1",
        "buildCreated": "2026-01-02 10:00:00",
        "buildDownloadCount": "3",
        **fields,
    }


def read(**fields: wire.Json) -> Build:
    """One row through the whole way."""
    page = wire.build_page(data_of({"code": 0, "message": "", "data": {"list": [row(**fields)]}}), number=1, host=HOST)
    (build,) = page.builds
    return build


def everything_in(value: object) -> Iterator[str]:
    """Every text in a model, however deep, and how it shows itself."""
    yield repr(value)
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from everything_in(getattr(value, field.name))
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from everything_in(inner)


# The envelope.


@pytest.mark.parametrize("code", [0, "0", 0.0])
def test_code_zero_is_success_as_a_number_and_as_text(code: object) -> None:
    assert data_of({"code": code, "message": "", "data": {"list": []}}) == {"list": []}


@pytest.mark.parametrize("reply", [{"code": 0, "message": "Set successfully"}, {"code": 0, "data": None}])
def test_a_write_answers_without_data(reply: object) -> None:
    assert data_of(reply) is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1001, errors.ServiceError),
        (1002, errors.KeyRejectedError),
        (1055, errors.KeyRejectedError),
        (1007, errors.ServiceError),
        (1008, errors.ServiceError),
        (1009, errors.NotFoundError),
        (1010, errors.ServiceError),
        (1011, errors.ServiceError),
        (1012, errors.ServiceError),
        (1013, errors.ServiceError),
        (1018, errors.ServiceError),
        (1022, errors.ServiceError),
        (1049, errors.ServiceError),
        (1054, errors.ServiceError),
        (1081, errors.ServiceError),
        (1098, errors.RateLimitedError),
        (1216, errors.ServiceError),
        (1246, errors.ServiceError),
        (1247, errors.ServiceError),
        (1249, errors.ServiceError),
        (987654, errors.ServiceError),
    ],
)
@pytest.mark.parametrize("as_text", [False, True])
def test_an_error_comes_with_http_200_and_without_data(
    code: int, kind: type[errors.ServiceError], *, as_text: bool
) -> None:
    with pytest.raises(errors.ServiceError) as raised:
        data_of({"code": str(code) if as_text else code, "message": "no such thing"})
    assert type(raised.value) is kind
    assert raised.value.code == code
    assert raised.value.message == "no such thing"
    assert raised.value.delivery is errors.Delivery.ANSWERED


def test_an_errors_message_is_one_line_of_a_sane_length() -> None:
    with pytest.raises(errors.ServiceError) as raised:
        data_of({"code": 1081, "message": "a\nb\x00\x1bc" + "x" * 5000})
    assert raised.value.message.startswith("a b⟨U+0000⟩⟨U+001B⟩c")
    assert len(raised.value.message) == 500


@pytest.mark.parametrize("code", [None, True, "", "zero", 0.5, [], {}, "99999999999999999999", "²"])
def test_a_reply_without_a_code_is_none_of_the_apis(code: object) -> None:
    with pytest.raises(errors.MalformedReplyError):
        data_of({"code": code, "data": {}})


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"null", b"1", b'[{"code": 0}]'])
def test_json_that_is_no_object_is_none_of_the_apis(body: bytes) -> None:
    with pytest.raises(errors.MalformedReplyError):
        envelope(body, content_type="application/json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Sign in</body></html>",
        b'{"code": 0, "data": {"li',
        b"\xff\xfe\x00garbage",
        b"[" * 200_000,
        b'{"code":0}trailing',
    ],
    ids=["empty", "web page", "truncated", "garbage", "nested deeply", "with a tail"],
)
def test_what_is_no_json_is_told_with_its_status(body: bytes) -> None:
    with pytest.raises(errors.NotJsonError) as raised:
        envelope(body)
    assert raised.value.status == 200
    assert raised.value.delivery is errors.Delivery.UNKNOWN


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, errors.RedirectedError),
        (302, errors.RedirectedError),
        (404, errors.HttpStatusError),
        (429, errors.HttpStatusError),
        (500, errors.HttpStatusError),
        (502, errors.HttpStatusError),
    ],
)
def test_a_status_is_told_before_the_body_is_looked_at(status: int, kind: type[errors.ReplyError]) -> None:
    with pytest.raises(kind) as raised:
        envelope(b'{"code": 0, "data": {}}', status=status, content_type="application/json")
    assert raised.value.status == status
    assert raised.value.delivery is errors.Delivery.UNKNOWN


# A page of builds.


def test_numbers_arrive_as_text() -> None:
    build = read()
    assert (build.size, build.pgyer_build, build.downloads) == (10485760, 46, 3)
    assert build.build_number == "146"
    assert build.platform is Platform.IOS


def test_numbers_arrive_as_numbers_too() -> None:
    build = read(buildFileSize=1048, buildBuildVersion=46, buildType=2, buildVersionNo=146, buildDownloadCount=0)
    assert (build.size, build.pgyer_build, build.downloads, build.build_number) == (1048, 46, 0, "146")
    assert build.platform is Platform.ANDROID


@pytest.mark.parametrize("odd", ["", None, "many", "-1", -1, 1.5, "1.5", [], {}, "[]", True, "9" * 40, "١٢"])
def test_what_is_no_number_is_missing_and_not_zero(odd: wire.Json) -> None:
    build = read(buildFileSize=odd, buildBuildVersion=odd, buildDownloadCount=odd)
    assert (build.size, build.pgyer_build, build.downloads) == (None, None, None)


@pytest.mark.parametrize(("flag", "latest"), [("1", True), (1, True), (True, True), ("2", False), (2, False),
                                              (False, False), ("0", False), (0, False)])  # fmt: skip
def test_two_means_no(flag: wire.Json, *, latest: bool) -> None:
    assert read(buildIsLastest=flag).latest is latest
    assert read(buildIsPublishComplete=flag).publish_complete is latest
    assert read(buildIsDisplayInHistory=flag).in_history is latest


@pytest.mark.parametrize("flag", ["", None, "yes", "3", 7, [], {}, "[]"])
def test_a_flag_that_says_neither_is_not_known(flag: wire.Json) -> None:
    assert read(buildIsLastest=flag).latest is None


def test_the_documented_row_has_no_flag_and_no_notes() -> None:
    documented: dict[str, wire.Json] = {
        name: value
        for name, value in row().items()
        if name
        in {
            "buildKey", "buildType", "buildFileSize", "buildName", "buildVersion", "buildVersionNo",
            "buildBuildVersion", "buildIdentifier", "buildIcon", "buildCreated",
        }
    }  # fmt: skip
    (build,) = wire.build_page({"list": [documented]}, number=1, host=HOST).builds
    assert build.latest is None
    assert build.publish_complete is None
    assert build.notes == ""


@pytest.mark.parametrize("marked", [0, 1, 3])
def test_none_one_or_several_rows_may_be_latest(marked: int) -> None:
    rows: list[wire.Json] = [row(buildKey=f"b{n}", buildIsLastest="1" if n < marked else "2") for n in range(5)]
    page = wire.build_page({"list": rows}, number=1, host=HOST)
    assert [build.latest for build in page.builds].count(True) == marked


def test_times_are_china_time() -> None:
    assert read().created == datetime(2026, 1, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0000-00-00 00:00:00", "1天前", "", "[]", "2026-13-01 10:00:00", "yesterday"])
def test_a_time_that_is_none_is_kept_as_it_came(text: str) -> None:
    build = read(buildCreated=text)
    assert build.created is None
    assert build.created_text == text


@pytest.mark.parametrize("nothing", [None, [], {}, ["a"], {"a": 1}, True])
def test_what_should_be_text_and_is_not_is_empty(nothing: wire.Json) -> None:
    build = read(buildName=nothing, buildUpdateDescription=nothing, buildIcon=nothing, buildCreated=nothing)
    assert (build.name, build.notes, build.icon, build.created) == ("", "", "", None)


def test_notes_keep_their_lines_and_show_control_characters() -> None:
    assert (
        read(buildUpdateDescription="one\r\ntwo\rthree\x00\x07\tfour").notes == "one\ntwo\nthree⟨U+0000⟩⟨U+0007⟩\tfour"
    )


def test_colours_of_a_terminal_are_no_part_of_the_notes_and_a_name_hides_none() -> None:
    log = "\x1b[32m✔\x1b[0m built\r\n\x1b[1;31m✘ 2 tests\x1b[0m\u202e"
    build = read(buildUpdateDescription=log, buildName="Har\x1b[8mbour")
    assert build.notes == "✔ built\n✘ 2 tests⟨U+202E⟩"
    assert build.name == "Har⟨U+001B⟩[8mbour"
    check = wire.update_check(
        {"buildKey": "k1", "buildUpdateDescription": log, "buildDescription": log}, version_sent=True, host=HOST
    )
    assert check.notes == check.description == build.notes


def test_escaped_slashes_and_characters_are_read() -> None:
    body = rb'{"code":0,"data":{"list":[{"buildKey":"k1","buildName":"\u4e91\u5e06","buildUpdateDescription":"a\/b"}]}}'
    (build,) = wire.build_page(envelope(body), number=1, host=HOST).builds
    assert (build.name, build.notes) == ("云帆", "a/b")


def test_half_a_surrogate_pair_can_be_shown_and_written() -> None:
    body = rb'{"code":0,"data":{"list":[{"buildKey":"k1","buildName":"cut \ud83d","buildUpdateDescription":"\ude00"}]}}'
    (build,) = wire.build_page(envelope(body), number=1, host=HOST).builds
    assert build.name.encode("utf-8").startswith(b"cut ")
    assert build.notes.encode("utf-8")


@pytest.mark.parametrize(
    ("type_code", "file_name", "platform"),
    [
        ("1", "", Platform.IOS),
        ("2", "", Platform.ANDROID),
        ("9", "", Platform.UNKNOWN),
        ("", "a.ipa", Platform.IOS),
        ("", "a.APK", Platform.ANDROID),
        ("9", "a.hap", Platform.HARMONYOS),
        ("9", "a.app", Platform.HARMONYOS),
        ("2", "a.ipa", Platform.ANDROID),
    ],
)
def test_the_platform_comes_from_the_type_else_from_the_file(
    type_code: str, file_name: str, platform: Platform
) -> None:
    build = read(buildType=type_code, buildFileName=file_name)
    assert build.platform is platform
    assert build.type_code == type_code


def test_rows_without_a_key_are_counted_and_rows_seen_before_left_out() -> None:
    rows: list[wire.Json] = [row(), row(), row(buildKey=""), row(buildKey=None), "text", None, row(buildKey="../x")]
    page = wire.build_page({"list": rows}, number=1, host=HOST)
    assert [build.build_key for build in page.builds] == ["harbour46"]
    assert page.unreadable == 5
    assert page.holes == (1, 1, 1, 1, 1)


@pytest.mark.parametrize(("count", "told"), [("3", 3), (3, 3), (0, 0), ("0", 0), (None, None), ("many", None),
                                             (-1, None), ([], None), (True, None)])  # fmt: skip
def test_the_page_count_is_what_the_service_says(count: wire.Json, told: int | None) -> None:
    page = wire.build_page({"pageCount": count, "currentPage": "2", "list": []}, number=2, host=HOST)
    assert page.page_count == told
    assert page.number == 2


@pytest.mark.parametrize(
    "data",
    [{"list": []}, {"list": {}}, {"list": [], "pageCount": "0"}, {"list": [], "pageCount": 1}, {"pageCount": "0"}],
)
def test_no_rows_come_in_many_ways(data: wire.Json) -> None:
    assert wire.build_page(data, number=1, host=HOST).builds == ()


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"list": None},
        {"list": "[]"},
        {"list": {"error": "busy"}},
        {"list": [None, {"buildName": "keyless"}]},
        {"pageCount": "3", "total": "41"},
        {"list": None, "pageCount": 3, "total": 41},
        {"list": [], "pageCount": "3", "total": "41"},
        {"list": {}, "pageCount": 3, "total": 41},
        {"pageCount": "many", "total": []},
        {"pageCount": "1", "currentPage": "1", "total": "1"},
    ],
)
def test_a_first_page_that_tells_of_no_rows_is_an_error_and_not_an_empty_app_or_account(data: wire.Json) -> None:
    for read in (wire.build_page, wire.app_page):
        with pytest.raises(errors.MalformedReplyError) as refused:
            read(data, number=1, host=HOST)
        assert refused.value.status == 200


@pytest.mark.parametrize("data", [[], {"list": []}, {"list": {}, "pageCount": "3", "total": "41"}])
def test_past_the_end_there_are_no_rows_however_that_is_written(data: wire.Json) -> None:
    assert wire.build_page(data, number=4, host=HOST).builds == ()
    assert wire.app_page(data, number=4, host=HOST).apps == ()


@pytest.mark.parametrize(
    "data", [{"list": []}, {"list": [], "total": "0", "page": 1}, {"total": "0"}, {"list": {}, "total": 0}]
)
def test_an_account_without_apps_says_so(data: wire.Json) -> None:
    assert wire.app_page(data, number=1, host=HOST).apps == ()


def test_a_page_count_that_is_too_large_to_be_real_is_none() -> None:
    page = wire.build_page({"pageCount": 10**15, "list": []}, number=1, host=HOST)
    assert page.page_count is None


def test_a_list_whose_first_index_is_missing_comes_as_an_object() -> None:
    rows: wire.Json = {"list": {"1": {"buildKey": "k1"}, "2": {"buildKey": "k2"}, "total": "2"}}
    assert [b.build_key for b in wire.build_page(rows, number=1, host=HOST).builds] == ["k1", "k2"]


@pytest.mark.parametrize("data", ["text", 7, True, {"list": "text"}, {"list": 7}])
def test_a_list_that_is_none_is_an_error_and_not_empty(data: wire.Json) -> None:
    with pytest.raises(errors.MalformedReplyError):
        wire.build_page(data, number=1, host=HOST)


# Apps.


APP: dict[str, wire.Json] = {
    "buildKey": "harbour46",
    "buildType": "1",
    "buildFileSize": "10485760",
    "buildName": "Harbour",
    "buildPassword": "opensesame",
    "buildVersion": "1.4.6",
    "buildVersionNo": "146",
    "buildBuildVersion": "46",
    "buildIdentifier": "com.acme.harbour",
    "buildIcon": "a1b2c3harbour",
    "buildCreated": "2026-01-02 10:00:00",
    "buildScreenshots": "[]",
    "buildDescription": "Boats",
    "buildShortcutUrl": "harb",
    "isMerged": "2",
    "appKey": "appharbour",
}


@pytest.mark.parametrize("data", [[APP], {"list": [APP], "total": "1", "page": 1}])
def test_the_list_of_apps_comes_as_documented_and_as_it_really_is(data: wire.Json) -> None:
    page = wire.app_page(data, number=1, host=HOST)
    (app,) = page.apps
    assert (app.app_key, app.name, app.identifier) == ("appharbour", "Harbour", "com.acme.harbour")
    assert (app.shortcut, app.icon, app.pgyer_build) == ("harb", "a1b2c3harbour", 46)
    assert page.total == (1 if isinstance(data, dict) else None)


def test_an_apps_row_without_its_key_is_counted() -> None:
    page = wire.app_page([APP, {"buildName": "keyless"}, None], number=1, host=HOST)
    assert len(page.apps) == 1
    assert page.unreadable == 2


# One build.


def test_view_tells_more_than_a_row() -> None:
    build = wire.viewed_build(
        row(buildShortcutUrl="https://www.pgyer.com/harb", appKey="appharbour", todayDownloadCount="2"), host=HOST
    )
    assert (build.shortcut, build.app_key) == ("harb", "appharbour")
    assert ("todayDownloadCount", "2") in build.extra


@pytest.mark.parametrize("data", [None, [], {}, "text", {"buildKey": ""}])
def test_a_view_without_a_build_is_an_error(data: wire.Json) -> None:
    with pytest.raises(errors.MalformedReplyError) as refused:
        wire.viewed_build(data, host=HOST)
    assert refused.value.status == 200


# Check.


def checked(fields: Mapping[str, wire.Json] | None = None, *, version_sent: bool = True) -> UpdateCheck:
    data: dict[str, wire.Json] = {
        "buildBuildVersion": "46",
        "forceUpdateVersion": "",
        "forceUpdateVersionNo": "",
        "needForceUpdate": False,
        "downloadURL": "https://www.pgyer.com/app/install?_api_key=opensesame&amp;buildKey=harbour46",
        "buildHaveNewVersion": True,
        "buildVersionNo": "146",
        "buildVersion": "1.4.6",
        "buildShortcutUrl": "https://www.pgyer.com/harb",
        "buildUpdateDescription": "Fixed things",
        "appKey": "appharbour",
        "buildKey": "harbour46",
        "buildName": "Harbour",
        "buildIcon": "https://icons.pgyer.test/a/1/b/2/c/a1b2c3harbour",
        "buildFileKey": "file46",
        "buildFileSize": "10485760",
        **(fields or {}),
    }
    return wire.update_check(data_of({"code": 0, "data": data}), version_sent=version_sent, host=HOST)


def test_check_tells_what_a_client_is_offered() -> None:
    answer = checked()
    assert (answer.version, answer.build_number, answer.pgyer_build, answer.size) == ("1.4.6", "146", 46, 10485760)
    assert answer.has_new_version is True
    assert answer.forced is False
    assert answer.icon.startswith("https://")
    assert answer.link == "https://www.pgyer.com/harb"


def test_a_forced_update_names_the_version_it_is_forced_below() -> None:
    answer = checked({"needForceUpdate": True, "forceUpdateVersion": "1.4.0", "forceUpdateVersionNo": "140"})
    assert answer.forced is True
    assert (answer.force_version, answer.force_build_number) == ("1.4.0", "140")


def test_older_replies_lack_some_fields() -> None:
    answer = wire.update_check({"buildKey": "k1", "buildVersion": "1.0"}, version_sent=True, host=HOST)
    assert (answer.has_new_version, answer.forced, answer.link, answer.description) == (None, None, "", "")


def test_whether_a_version_was_asked_for_is_remembered() -> None:
    assert checked(version_sent=False).version_sent is False


def test_the_link_of_the_app_is_preferred_and_never_the_one_that_installs() -> None:
    assert checked({"appURl": "https://www.pgyer.com/app46"}).link == "https://www.pgyer.com/app46"
    install = "https://www.pgyer.com/apiv2/app/install?_api_key=opensesame&buildKey=k"
    assert checked({"appURl": install, "buildShortcutUrl": install}).link == ""


@pytest.mark.parametrize("data", [None, [], {}, {"buildName": "only a name"}])
def test_a_check_that_names_no_build_is_an_error(data: wire.Json) -> None:
    with pytest.raises(errors.MalformedReplyError) as refused:
        wire.update_check(data, version_sent=True, host=HOST)
    assert refused.value.status == 200


# What never gets in.


SECRETS: dict[str, wire.Json] = {
    "buildPassword": "opensesame",
    "downloadURL": "https://www.pgyer.com/app/install?_api_key=opensesame&amp;buildKey=k",
    "buildQRCodeURL": "https://www.pgyer.com/app/qrcodeHistory/opensesame",
    "iconUrl": "https://icons.pgyer.test/x?sig=opensesame",
    "userKey": "opensesame",
    "someToken": "opensesame",
    "buildSignature": "opensesame",
    "secretQuestion": "opensesame",
    "otherApps": [{"buildPassword": "opensesame"}],
}


def test_no_password_key_link_or_signature_is_in_any_model() -> None:
    secretive: dict[str, wire.Json] = {**row(), **APP, **SECRETS, "appKey": "appharbour"}
    models: tuple[object, ...] = (
        wire.build_page({"list": [secretive]}, number=1, host=HOST),
        wire.app_page([secretive], number=1, host=HOST),
        wire.viewed_build(secretive, host=HOST),
        checked(SECRETS),
    )
    texts = [text for model in models for text in everything_in(model)]
    assert texts
    assert not [text for text in texts if "opensesame" in text]


def test_other_plain_fields_are_reachable() -> None:
    build = read(buildExtendsFoo="bar", appExpiredDate="2027-01-01", nested={"a": 1}, buildRemarks="x" * 500)
    assert dict(build.extra) == {"buildExtendsFoo": "bar", "appExpiredDate": "2027-01-01"}
