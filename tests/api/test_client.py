"""Each operation is one POST to its path with exactly its fields."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from urllib.parse import quote

import pytest

from pgyer_desktop.api.client import Client, Reply
from pgyer_desktop.api.errors import KeyRejectedError, MalformedReplyError
from pgyer_desktop.api.models import ApiKey


class Recorder:
    """A transport that notes what it is given and answers with one reply."""

    host = "pgyer.test"

    def __init__(self, data: object) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []
        self.body = json.dumps({"code": 0, "message": "", "data": data}).encode()

    async def post(self, path: str, form: Mapping[str, str]) -> Reply:
        self.sent.append((path, dict(form)))
        return Reply(200, "application/json", self.body)


BUILD = {"buildKey": "harbour46", "buildVersion": "1.4.6"}

OPERATIONS: dict[str, tuple[Callable[[Client], Awaitable[object]], str, dict[str, str], object]] = {
    "list apps": (lambda c: c.list_apps(), "/app/listMy", {"page": "1"}, {"list": [], "total": "0"}),
    "list apps, a later page": (lambda c: c.list_apps(7), "/app/listMy", {"page": "7"}, []),
    "list builds": (lambda c: c.list_builds("app1"), "/app/builds", {"appKey": "app1", "page": "1"}, {"list": []}),
    "list builds, a later page": (
        lambda c: c.list_builds("app1", 3),
        "/app/builds",
        {"appKey": "app1", "page": "3"},
        {"list": []},
    ),
    "view": (
        lambda c: c.view_build("app1", "harbour46"),
        "/app/view",
        {"appKey": "app1", "buildKey": "harbour46"},
        BUILD,
    ),
    "check without a version": (lambda c: c.check_update("app1"), "/app/check", {"appKey": "app1"}, BUILD),
    "check": (
        lambda c: c.check_update("app1", version="1.4.5", pgyer_build="45", channel="beta"),
        "/app/check",
        {"appKey": "app1", "buildVersion": "1.4.5", "buildBuildVersion": "45", "channelKey": "beta"},
        BUILD,
    ),
    "set latest": (lambda c: c.set_latest("b1"), "/app/setNewestVersion", {"buildKey": "b1"}, None),
    "clear latest": (lambda c: c.clear_latest("b1"), "/app/cancelNewestVersion", {"buildKey": "b1"}, None),
    "delete": (lambda c: c.delete_build("b1"), "/app/buildDelete", {"buildKey": "b1"}, None),
}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_an_operation_is_one_form_with_the_key_and_its_fields(name: str) -> None:
    ask, path, fields, data = OPERATIONS[name]
    transport = Recorder(data)
    await ask(Client(transport, ApiKey("made-up-key")))
    assert transport.sent == [(path, {"_api_key": "made-up-key", **fields})]


def test_nothing_here_can_delete_a_whole_app() -> None:
    assert not [name for name in dir(Client) if "delete" in name and name != "delete_build"]


async def test_a_reply_about_another_build_says_nothing_of_this_one() -> None:
    with pytest.raises(MalformedReplyError, match="another build"):
        await Client(Recorder(BUILD), ApiKey("made-up-key")).view_build("app1", "harbour45")


async def test_a_key_that_comes_back_is_struck_out_wherever_it_stands_in_a_reply() -> None:
    echo = {**BUILD, "buildName": "for made-up-key", "buildUpdateDescription": "a?k=made-up-key", "note": "made-up-key"}
    found = await Client(Recorder(echo), ApiKey("made-up-key")).view_build("app1", "harbour46")
    assert "made-up-key" not in repr(found)
    assert (found.name, found.notes, dict(found.extra)["note"]) == ("for [key]", "a?k=[key]", "[key]")


async def test_a_key_that_comes_back_in_a_refusal_is_struck_out_too() -> None:
    refusing = Recorder(None)
    refusing.body = json.dumps({"code": 1002, "message": "no such key: made-up-key"}).encode()
    with pytest.raises(KeyRejectedError) as refused:
        await Client(refusing, ApiKey("made-up-key")).list_apps()
    assert "made-up-key" not in f"{refused.value!r} {vars(refused.value)}"


HEX = sha256(b"made up").hexdigest()[:32]
ESCAPED = "".join(f"\\u{ord(character):04x}" for character in HEX)
IN_BASE_64 = base64.b64encode(f"k={HEX}".encode()).decode()
PERCENT = quote("".join(f"%{ord(character):02x}" for character in HEX))


@pytest.mark.parametrize("written", [HEX, HEX.upper(), ESCAPED, ESCAPED.replace("\\", "\\\\"), PERCENT, IN_BASE_64])
async def test_a_key_is_struck_out_after_a_reply_was_read_in_its_names_too(written: str) -> None:
    service = Recorder(None)
    row = f'{{"buildKey":"b1","buildName":"x {written}","note {written}":"y","buildVersion":"{written}"}}'
    client = Client(service, ApiKey(HEX))
    service.body = f'{{"code":0,"data":{{"list":[{row}]}}}}'.encode()
    (listed,) = (await client.list_builds("a")).builds
    service.body = f'{{"code":0,"data":{row}}}'.encode()
    viewed = await client.view_build("a", "b1")
    for found in (listed, viewed):
        assert found.name.startswith("x ")
        assert "[key]" in found.name
        assert "[key]" in found.version
        assert [name for name, _ in found.extra if HEX in name.lower()] == []
        assert not any(secret in repr(found) for secret in (HEX, HEX.upper(), ESCAPED, PERCENT, IN_BASE_64[4:40]))


async def test_a_key_of_digits_is_struck_out_as_a_number_too() -> None:
    digits = str(7**40)[:32]
    echo = {**BUILD, "buildName": int(digits), "note": int(digits), "buildFileSize": int(digits)}
    found = await Client(Recorder(echo), ApiKey(digits)).view_build("app1", "harbour46")
    assert digits not in repr(found)
    assert found.name == "[key]"


async def test_a_build_whose_key_is_the_api_key_is_none() -> None:
    with pytest.raises(MalformedReplyError):
        await Client(Recorder({"list": [{"buildKey": HEX.upper()}]}), ApiKey(HEX)).list_builds("app1")
