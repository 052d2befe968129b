"""Builds leave the program as data: no formula, no secret, and what they are is said with them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timezone

import pytest

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.base import exports
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.history.export import About, as_csv, as_json, as_xlsx, words
from tests.helpers import xlsx

NOON = datetime(2025, 3, 12, 12, 0, tzinfo=UTC)
SECRET = "0123456789abcdef" * 2
BUILD = Build(
    "key1",
    version="1.4.5",
    build_number="145",
    pgyer_build=45,
    size=1000,
    created=NOON,
    platform=Platform.IOS,
    notes=f"=1+1\nsee https://pgyer.test/x?sig={SECRET}",
    extra=(("buildCopy", f"_api_key={SECRET}"),),
)
ABOUT = About(KnownApp("app1", "Harbour"), "all", True, NOON, frozenset({"key1"}), latest_known=True)
SAID = words(lambda text: text.source)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_csv_has_a_row_for_each_build() -> None:
    (one, two) = rows(as_csv([BUILD, Build("key2")], ABOUT, SAID, zone=UTC))
    assert one["Version"] == "1.4.5"
    assert one["Uploaded"] == "2025-03-12 12:00:00+00:00"
    assert one["Platform"] == "iOS"
    assert (one["Latest"], two["Latest"]) == ("Yes", "No")
    assert two["Size in bytes"] == ""


def test_where_it_is_not_known_what_is_latest_nothing_is_said() -> None:
    about = About(ABOUT.app, "page", False, None, frozenset(), latest_known=False)
    assert rows(as_csv([BUILD], about, SAID, zone=UTC))[0]["Latest"] == ""
    value = json.loads(as_json([BUILD], about))
    assert value["builds"][0]["latest"] is None
    assert (value["covers"], value["complete"], value["as_of"]) == ("page", False, None)


def test_json_holds_everything_known() -> None:
    value = json.loads(as_json([BUILD], ABOUT))
    assert value["format"] == "pgyer-desktop-builds"
    assert value["app"] == {"key": "app1", "name": "Harbour"}
    (build,) = value["builds"]
    assert build["build_key"] == "key1"
    assert build["created"] == "2025-03-12T12:00:00Z"
    assert build["latest"] is True


def test_no_secret_leaves_the_program() -> None:
    for data in (as_csv([BUILD], ABOUT, SAID, zone=UTC), as_json([BUILD], ABOUT)):
        assert SECRET.encode() not in data
    (sheet,) = xlsx.read(as_xlsx([BUILD], ABOUT, SAID, zone=UTC))
    assert SECRET not in str(sheet.rows)


def test_in_a_workbook_every_cell_is_text_as_it_stands() -> None:
    builds = [replace(BUILD, version="1.10", build_number="0012"), Build("key2", version="=1+1", notes="@x")]
    (sheet,) = xlsx.read(as_xlsx(builds, ABOUT, SAID, zone=UTC))
    header, first, second = sheet.rows
    assert header == list(SAID.titles)
    assert dict(zip(header, first, strict=True)) | {"Release notes": ""} == {
        **rows(as_csv(builds, ABOUT, SAID, zone=UTC))[0],
        "Release notes": "",
    }
    assert first[:3] == ["1.10", "0012", "45"]
    assert (second[0], dict(zip(header, second, strict=True))["Release notes"]) == ("=1+1", "@x")
    assert sheet.other == []
    assert sheet.name == "Builds"


def test_no_cell_is_a_formula() -> None:
    assert rows(as_csv([BUILD], ABOUT, SAID, zone=UTC))[0]["Release notes"].startswith("'=1+1")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\uff1d1", "\u22121"])
def test_what_a_spreadsheet_could_compute_starts_with_an_apostrophe(text: str) -> None:
    assert exports.cell(text).startswith("'")


@pytest.mark.parametrize("text", ["1.4.5", "", "a=b", "12", "'quoted"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert exports.cell(text) == text


def test_times_that_no_zone_has_are_written_as_they_are() -> None:
    far = Build("key3", created=datetime.max.replace(tzinfo=UTC))
    east = timezone(datetime.resolution * 3600 * 10**6 * 14)
    assert rows(as_csv([far], ABOUT, SAID, zone=east))[0]["Uploaded"].startswith("9999-12-31")
