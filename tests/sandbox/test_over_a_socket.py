from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from pgyer_desktop.sandbox import APPS, DEMO_KEY
from tests.helpers.sandbox_server import serve, serve_blocking

if TYPE_CHECKING:
    from tests.helpers.sandbox import SandboxApp, SandboxService


async def test_it_answers_over_a_real_socket(app: SandboxApp, service: SandboxService) -> None:
    async with serve(app) as server, httpx.AsyncClient(trust_env=False) as client:
        reply = await client.post(f"{server.api_url}/app/listMy", data={"_api_key": DEMO_KEY})
        assert reply.json()["code"] == 0
        key = reply.json()["data"]["list"][0]["buildIcon"]
        icon = await client.get(f"{server.icon_url}/{'/'.join(key[:5])}/{key}?x-oss-process=image")
        assert (icon.status_code, icon.headers["content-type"]) == (200, "image/png")
    assert not server.running
    assert [request.method for request in service.requests] == ["POST", "GET"]


async def test_a_dropped_reply_ends_the_connection_after_the_write(app: SandboxApp, service: SandboxService) -> None:
    app_key = APPS[0].key
    form = {"_api_key": DEMO_KEY, "buildKey": service.build_keys(app_key)[0]}
    service.fail_next("/app/buildDelete", drop_reply=True)
    async with serve(app) as server, httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.post(f"{server.api_url}/app/buildDelete", data=form)
        assert (await client.post(f"{server.api_url}/app/buildDelete", data=form)).json()["code"] == 1009
    assert service.build_count(app_key) == 56


def test_tests_without_a_loop_are_served_too(app: SandboxApp) -> None:
    with serve_blocking(app) as server, httpx.Client(trust_env=False) as client:
        assert client.get(server.api_url).json()["code"] == 1001
