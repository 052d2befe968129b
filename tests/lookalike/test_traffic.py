"""What happens on the way to the look-alike: faults, colleagues, and the record of what was asked."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

import pytest

from tests.lookalike import Lookalike, faults
from tests.lookalike.asking import code, connect, data, get, post, send
from tests.lookalike.record import IN_FORM
from tests.project.checkout import ROOT


@pytest.fixture
def service() -> Iterator[Lookalike]:
    with Lookalike() as running:
        yield running


def a_build(service: Lookalike) -> str:
    return service.world.app("Kettle").builds[5].key


def there(service: Lookalike, build_key: str) -> bool:
    return build_key in {build.key for build in service.world.app("Kettle").builds}


@pytest.mark.parametrize(("fault", "carried_out"), [(faults.LOST_REQUEST, False), (faults.LOST_REPLY, True)])
def test_a_lost_request_changes_nothing_and_a_lost_reply_does(
    service: Lookalike, fault: faults.Fault, carried_out: bool
) -> None:
    doomed = a_build(service)
    service.script.fail("app/buildDelete", fault)
    with pytest.raises(http.client.RemoteDisconnected):
        post(service, "app/buildDelete", buildKey=doomed)
    assert there(service, doomed) is not carried_out
    assert service.record.sent("app/buildDelete") == [doomed]
    assert service.script.left() == 0


def test_gateways_errors_garbage_and_redirects_come_instead_of_the_reply(service: Lookalike) -> None:
    key = service.world.app("Kettle").key
    for fault in (faults.gateway(), faults.rate_limited(), faults.garbage(), faults.redirected("http://127.0.0.1:9/")):
        service.script.fail("app/builds", fault)
    page = post(service, "app/builds", appKey=key)
    assert (page.status, page.kind, page.body.startswith(b"<html>")) == (502, "text/html", True)
    assert code(service, "app/builds", appKey=key) == 1098
    with pytest.raises(ValueError, match="Expecting value"):
        _ = post(service, "app/builds", appKey=key).json
    assert post(service, "app/builds", appKey=key).status == 302
    assert post(service, "app/builds", appKey=key).json["code"] == 0


def test_a_gateway_may_fail_after_the_change_was_made(service: Lookalike) -> None:
    doomed = a_build(service)
    service.script.fail("app/buildDelete", faults.gateway(504, carried_out=True))
    assert post(service, "app/buildDelete", buildKey=doomed).status == 504
    assert not there(service, doomed)


def test_a_reply_may_break_off_half_way(service: Lookalike) -> None:
    service.script.fail("app/listMy", faults.CUT_SHORT)
    with pytest.raises(http.client.IncompleteRead):
        post(service, "app/listMy")


def test_a_connection_stays_open_until_it_is_closed_without_a_word(service: Lookalike) -> None:
    key = service.world.accounts[0].key
    connection = connect(service)
    try:
        send(connection, "app/listMy", _api_key=key)
        before = connection.sock
        service.script.fail("app/listMy", faults.STALE_CONNECTION)
        assert send(connection, "app/listMy", _api_key=key).json["code"] == 0
        assert connection.sock is before
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            send(connection, "app/listMy", _api_key=key)
    finally:
        connection.close()


def test_faults_come_by_operation_and_count(service: Lookalike) -> None:
    service.script.fail("app/view", faults.refused(1246), times=2, skip=1)
    asked = [post(service, "app/view", buildKey=a_build(service)).json["code"] for _ in range(5)]
    assert asked == [0, 1246, 1246, 0, 0]
    service.script.fail("", faults.refused(1081))
    assert code(service, "app/listMy") == 1081
    assert data(service, "app/listMy")


def test_a_colleague_uploads_promotes_and_deletes_in_between(service: Lookalike) -> None:
    app = service.world.app("Kettle")
    first, tenth = app.builds[0].key, app.builds[9].key
    service.script.before("app/builds", lambda: service.world.upload(app, "9.9"), skip=1)
    service.script.before("app/builds", lambda: service.world.promote(tenth), skip=1)
    service.script.before("app/builds", lambda: service.world.delete(first), skip=1)
    pages = [data(service, "app/builds", appKey=app.key)["list"] for _ in range(2)]
    assert pages[0][0]["buildKey"] == first
    assert pages[1][0]["buildVersion"] == "9.9"
    assert app.latest == [tenth]
    assert not there(service, first)


def test_half_a_request_is_none(service: Lookalike) -> None:
    doomed = a_build(service)
    form = urlencode({"_api_key": service.world.accounts[0].key, "buildKey": doomed})
    head = f"POST /apiv2/app/buildDelete HTTP/1.1\r\nHost: x\r\nContent-Length: {len(form) + 1}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    place = urlsplit(service.address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall((head + form).encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert service.record.all == ()
    assert there(service, doomed)


def test_latency_ends_with_the_service() -> None:
    def ask(slow: Lookalike) -> None:
        with suppress(OSError, http.client.HTTPException):
            post(slow, "app/listMy")

    with Lookalike() as slow:
        slow.latency = 3600
        asked = threading.Thread(target=ask, args=[slow])
        asked.start()
        while not slow.record.of("app/listMy"):
            slow.over.wait(0.01)
    asked.join()


def test_the_record_says_what_was_asked_where_the_key_was_and_never_the_key(service: Lookalike) -> None:
    account = service.world.accounts[0]
    post(service, "app/builds", appKey="x", note=account.key)
    get(service, f"/apiv2/app/install?_api_key={account.key.upper()}")
    build, install = service.record.all
    assert (build.operation, build.method, build.account) == ("app/builds", "POST", "Workshop")
    assert build.key_seen_in == {IN_FORM, "another field"}
    assert build.fields["appKey"] == "x"
    assert build.headers["content-type"] == "application/x-www-form-urlencoded"
    assert (install.operation, set(install.key_seen_in)) == ("app/install", {"address"})
    assert install.at >= build.at
    assert account.key not in repr(service.record.all).lower()
    service.record.forget()
    assert service.record.all == ()


def test_icons_are_real_pictures_where_the_documentation_says_they_are(service: Lookalike) -> None:
    from PySide6.QtGui import QImage

    key = service.world.app("Kettle").icon
    path = f"/icons/{'/'.join(key[:5])}/{key}?x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg"
    found = get(service, path)
    assert (found.status, found.kind) == (200, "image/jpeg")
    image = QImage.fromData(found.body)
    assert (image.width(), image.height()) == (120, 120)
    assert len({image.pixelColor(x, y).name() for x in range(12, 120, 24) for y in range(12, 120, 24)}) == 2
    assert image.pixelColor(12, 60) == image.pixelColor(108, 60)
    assert get(service, f"/icons/{key}").status == 404
    assert get(service, "/icons/0/0/0/0/0/00000").status == 404


def test_it_runs_by_itself_and_says_how_to_start_the_program_on_it() -> None:
    command = [sys.executable, "-m", "tests.lookalike"]
    with subprocess.Popen(  # noqa: S603 - our own code
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}
    ) as running:
        assert running.stdout is not None
        first, second = running.stdout.readline(), running.stdout.readline()
        running.kill()
    assert "--api-url http://127.0.0.1:" in first
    assert "made-up API key of Workshop: " in second
