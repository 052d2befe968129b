from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.sandbox import APPS, DEMO_KEY, keys
from pgyer_desktop.sandbox import service as sandbox_service
from pgyer_desktop.sandbox.catalog import CHINA, App, Build, build_of, in_chinese
from tests.helpers.sandbox import SandboxService


@given(st.integers(0, keys.MAX_APPS - 1), st.integers(0, (1 << 20) - 1))
def test_a_build_key_is_read_back(app_number: int, serial: int) -> None:
    key = keys.build_key(app_number, serial)
    assert len(key) == 32
    assert keys.read_build_key(key) == (app_number, serial)


@given(st.text(max_size=40))
def test_any_other_text_is_no_build_key(text: str) -> None:
    assert keys.read_build_key(text) is None


def test_a_changed_build_key_is_no_build_key() -> None:
    key = keys.build_key(3, 7)
    assert keys.read_build_key(("0" if key[0] != "0" else "1") + key[1:]) is None


def test_the_demo_key_has_the_shape_of_a_real_one_and_is_seen_to_be_none() -> None:
    assert DEMO_KEY == "facade00facade00facade00facade00"


def test_slugs_shortcuts_keys_and_names_are_unique() -> None:
    for values in ([app.slug for app in APPS], [app.shortcut for app in APPS], [app.name for app in APPS]):
        assert len(set(values)) == len(APPS)
    assert len({key for app in APPS for key in app.icon_keys()}) == sum(len(list(app.icon_keys())) for app in APPS)


@pytest.mark.parametrize("hour", [0, 9, 15, 23])
def test_newer_builds_were_uploaded_later(hour: int) -> None:
    now = datetime(2025, 3, 12, hour, 5, tzinfo=CHINA)
    for number, app in enumerate(APPS):
        times = [build_of(app, number, serial, now=now).created for serial in app.serials()[:600]]
        assert times == sorted(times, reverse=True), app.slug
        assert not times or times[0] < now


def test_in_chinese_the_apps_are_the_same_but_for_what_people_read() -> None:
    now = datetime(2025, 3, 12, 15, 30, tzinfo=CHINA)
    for number, (app, other) in enumerate(zip(APPS, in_chinese(), strict=True)):
        assert replace(other, name=app.name, description=app.description, language=app.language) == app
        assert any("\u4e00" <= ch <= "\u9fff" for ch in other.name)
        for serial in app.serials()[:40]:
            build, read = (build_of(one, number, serial, now=now) for one in (app, other))
            assert replace(read, notes=build.notes) == build
            assert not read.notes or any("\u4e00" <= ch <= "\u9fff" for ch in read.notes)
    assert len({app.name for app in in_chinese()}) == len(APPS)


def test_the_sandbox_is_the_same_on_every_start() -> None:
    now = datetime(2025, 3, 12, 15, 30, tzinfo=CHINA)
    first, second = (SandboxService(now=now) for _ in range(2))
    form = {"_api_key": DEMO_KEY, "appKey": first.app_key("harbour"), "page": "2"}
    assert first.answer("builds", form) == second.answer("builds", form)


def test_only_the_builds_of_the_asked_page_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counting(app: App, app_number: int, serial: int, *, now: datetime) -> Build:
        made.append(serial)
        return build_of(app, app_number, serial, now=now)

    monkeypatch.setattr(sandbox_service, "build_of", counting)
    service = SandboxService()
    assert made == []
    service.answer("builds", {"_api_key": DEMO_KEY, "appKey": service.app_key("granary"), "page": "900"})
    assert len(made) == 20
