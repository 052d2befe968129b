from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from pgyer_desktop.sandbox import APPS, DEMO_KEY
from tests.sandbox.asking import post, request

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tests.helpers.sandbox import SandboxApp, SandboxService


async def test_replies_are_json_with_escaped_slashes_and_ascii_only(app: SandboxApp, service: SandboxService) -> None:
    answer = await post(app, "check", appKey=service.app_key("yunfan"))
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.body.isascii()
    assert rb"https:\/\/www.pgyer.com\/yunfan" in answer.body
    assert rb"\u4e91\u5e06" in answer.body
    assert answer.json["data"]["buildName"] == "云帆"


async def test_the_base_address_without_a_key_answers_1001(app: SandboxApp) -> None:
    for path in ("/apiv2", "/apiv2/"):
        answer = await request(app, "GET", path)
        assert (answer.status, answer.json["code"]) == (200, 1001)


async def test_a_key_counts_only_in_a_posted_form(app: SandboxApp) -> None:
    form = f"_api_key={DEMO_KEY}".encode()
    replies = [
        await request(app, "GET", "/apiv2/app/listMy", query=form),
        await request(app, "POST", "/apiv2/app/listMy", query=form),
        await request(app, "PUT", "/apiv2/app/listMy", form),
        await request(app, "POST", "/apiv2/app/listMy", form, content_type="application/json"),
    ]
    assert [reply.json["code"] for reply in replies] == [1001] * 4
    assert all(DEMO_KEY not in str(record) for record in app.service.requests)


async def test_a_wrong_key_is_refused_with_http_200(app: SandboxApp) -> None:
    answer = await post(app, "listMy", key="another")
    assert (answer.status, answer.json["code"]) == (200, 1002)
    assert "data" not in answer.json


@pytest.mark.parametrize("path", ["/", "/apiv2/app/deleteApp", "/apiv2/app/", "/apiv2/app/view/x", "/elsewhere"])
async def test_anything_else_is_an_html_page_with_404(app: SandboxApp, path: str) -> None:
    answer = await request(app, "POST", path, f"_api_key={DEMO_KEY}".encode())
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_body_too_large_for_a_form_is_refused(app: SandboxApp) -> None:
    answer = await request(app, "POST", "/apiv2/app/listMy", b"x" * 70_000)
    assert answer.status == 413


async def test_icons_are_at_the_root_and_below_icons(app: SandboxApp) -> None:
    key = next(APPS[0].icon_keys())
    path = f"/{'/'.join(key[:5])}/{key}"
    root = await request(app, "GET", path, query=b"x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg")
    below = await request(app, "GET", f"/icons{path}")
    assert (root.status, root.headers["content-type"]) == (200, "image/png")
    assert root.body == below.body
    assert (await request(app, "HEAD", path)).body == b""
    assert (await request(app, "POST", path)).status == 405


async def test_an_icon_at_a_wrong_path_is_not_found(app: SandboxApp) -> None:
    key = next(APPS[0].icon_keys())
    for path in (f"/{key}", f"/0/0/0/0/0/{key}", f"/icons/{key}", "/1/2/3/a/b/123abcdefaaa"):
        assert (await request(app, "GET", path)).status == 404


async def test_requests_are_recorded_without_the_key(app: SandboxApp, service: SandboxService) -> None:
    app_key = service.app_key("harbour")
    await post(app, "builds", appKey=app_key, page="2")
    await post(app, "listMy", key="another")
    first, second = service.requests
    assert (first.method, first.path, first.operation) == ("POST", "/apiv2/app/builds", "builds")
    assert dict(first.fields) == {"_api_key": True, "appKey": app_key, "page": "2"}
    assert dict(second.fields) == {"_api_key": False}
    assert first.headers["user-agent"] == "tests"
    assert service.sent("builds") == (first,)
    service.forget_requests()
    assert service.requests == ()


async def test_a_queued_refusal_hits_once_and_changes_nothing(app: SandboxApp, service: SandboxService) -> None:
    key = service.build_keys(service.app_key("harbour"))[0]
    service.fail_next("/app/buildDelete", code=1098, message="too many requests")
    refused = await post(app, "buildDelete", buildKey=key)
    assert refused.json == {"code": 1098, "message": "too many requests"}
    assert service.build_count(service.app_key("harbour")) == 57
    assert (await post(app, "buildDelete", buildKey=key)).json["code"] == 0


async def test_faults_wait_for_their_path_and_queue_up(app: SandboxApp, service: SandboxService) -> None:
    service.fail_next("/app/check", status=502)
    service.fail_next("/app/listMy", body="<html>hello</html>", content_type="text/html")
    service.fail_next("/app/listMy", status=302, headers={"location": "https://example.com/"})
    service.fail_next("*", status=503, body="busy", content_type="text/plain")
    page, moved, busy = [await post(app, "listMy") for _ in range(3)]
    gateway = await post(app, "check")
    assert (page.status, page.body) == (200, b"<html>hello</html>")
    assert (moved.status, moved.headers["location"]) == (302, "https://example.com/")
    assert (busy.status, busy.headers["content-type"], busy.body) == (503, "text/plain", b"busy")
    assert gateway.status == 502
    assert b"502 Bad Gateway" in gateway.body


async def test_a_delay_alone_keeps_the_answer(app: SandboxApp, service: SandboxService) -> None:
    service.fail_next("/app/listMy", delay=0.05)
    started = time.perf_counter()
    assert (await post(app, "listMy")).json["code"] == 0
    assert time.perf_counter() - started >= 0.04


async def test_a_client_that_leaves_early_is_not_answered(app: SandboxApp) -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app({"type": "http", "method": "POST", "path": "/apiv2", "headers": []}, receive, send)
    assert sent == []


async def test_servers_may_announce_their_start_and_end(app: SandboxApp) -> None:
    events = iter(("lifespan.startup", "lifespan.shutdown"))
    sent: list[str] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": next(events)}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    await app({"type": "lifespan"}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_it_answers_in_process_through_httpx(app: SandboxApp) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://www.pgyer.com") as client:
        reply = await client.post("/apiv2/app/listMy", data={"_api_key": DEMO_KEY, "page": "1"})
    assert reply.json()["data"]["total"] == str(len(APPS))
