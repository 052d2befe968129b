"""Values are written the way people read them, at any hour, in any zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from pgyer_desktop.api.models import CHINA_TIME, Build, Platform
from pgyer_desktop.ui.base import formatting, i18n

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("english")

BERLIN = timezone(timedelta(hours=1), "CET")
NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = QLocale()
    monkeypatch.setattr(i18n, "_habits", i18n._Habits())  # of whoever runs this, after a test that started a program
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("value", "shown", "spoken"),
    [
        (None, "–", ""),
        (0, "0 bytes", "0 bytes"),
        (10_571_264, "10.6 MB", "10.6 megabytes"),
        (160_450_548, "160.5 MB", "160.5 megabytes"),
        (52_300, "52.3 kB", "52.3 kilobytes"),
        (999_999, "1.0 MB", "1.0 megabytes"),
        (2_500_000_000, "2.5 GB", "2.5 gigabytes"),
    ],
)
def test_sizes_are_decimal_with_one_place(value: int | None, shown: str, spoken: str) -> None:
    assert formatting.size(value) == shown
    assert formatting.spoken_size(value) == spoken


def test_exact_sizes_beyond_two_gigabytes_are_whole() -> None:
    assert formatting.exact_size(4_294_967_296) == "4,294,967,296 bytes"


@pytest.mark.parametrize(
    ("ago", "shown"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=2, minutes=40), "2 h ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(hours=36), "yesterday"),
        (timedelta(hours=37), "13 Jun"),
        (timedelta(days=163), "3 Jan"),
        (timedelta(days=200), "27 Nov 2025"),
        (timedelta(hours=-2), "15 Jun 2026 14:00"),
    ],
)
def test_times_are_relative_until_they_are_days_old(ago: timedelta, shown: str) -> None:
    assert formatting.relative_time(NOW - ago, NOW, zone=UTC) == shown


def test_a_build_of_last_night_is_some_hours_old_and_not_yesterdays() -> None:
    night = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
    assert formatting.relative_time(night - timedelta(hours=2), night, zone=UTC) == "2 h ago"


def test_today_and_yesterday_are_those_of_the_local_zone() -> None:
    early = datetime(2026, 6, 15, 15, 30, tzinfo=UTC)  # 23:30 in China
    when = early - timedelta(hours=16)  # 07:30 in China, still yesterday in London
    assert formatting.relative_time(when, early, zone=CHINA_TIME) == "16 h ago"
    assert formatting.relative_time(when, early, zone=UTC) == "yesterday"


def test_exact_times_name_both_zones() -> None:
    when = datetime(2026, 1, 3, 17, 32, 5, tzinfo=CHINA_TIME)
    assert formatting.exact_times(when, zone=BERLIN) == (
        "3 Jan 2026 10:32:05 (CET)\n3 Jan 2026 17:32:05 (China, UTC+8)"
    )


def test_a_machine_in_china_reads_the_time_once() -> None:
    when = datetime(2026, 1, 3, 17, 32, 5, tzinfo=CHINA_TIME)
    assert formatting.exact_times(when, zone=CHINA_TIME) == "3 Jan 2026 17:32:05 (China, UTC+8)"


def test_plain_times_are_in_the_zone_asked_for() -> None:
    when = datetime(2026, 1, 3, 17, 32, 5, tzinfo=CHINA_TIME)
    assert formatting.date_time(when, zone=BERLIN) == "3 Jan 2026 10:32"
    assert formatting.clock_time(when, zone=BERLIN) == "10:32"
    assert formatting.date_time(None) == "–"


@pytest.mark.parametrize(
    ("text", "shown"), [("1天前", "1天前"), ("0000-00-00 00:00:00", "–"), ("", "–"), (" soon ", "soon")]
)
def test_odd_times_are_shown_as_they_came(text: str, shown: str) -> None:
    build = Build("k", created_text=text)
    assert formatting.uploaded(build, NOW) == shown
    assert formatting.exact_upload(build) == shown


@pytest.mark.parametrize(
    ("platform", "code", "shown"),
    [
        (Platform.IOS, "1", "iOS"),
        (Platform.ANDROID, "2", "Android"),
        (Platform.HARMONYOS, "3", "HarmonyOS"),
        (Platform.UNKNOWN, "9", "Unknown (9)"),
        (Platform.UNKNOWN, "", "Unknown"),
    ],
)
def test_platforms_have_names(platform: Platform, code: str, shown: str) -> None:
    assert formatting.platform(platform, code) == shown


def test_missing_values_are_a_dash() -> None:
    assert {formatting.number(None), formatting.serial(None), formatting.yes_no(None)} == {"–"}
    assert formatting.number(12_345) == "12,345"
    assert formatting.serial(45) == "#45"
    assert (formatting.yes_no(True), formatting.yes_no(False)) == ("Yes", "No")


@pytest.mark.parametrize(
    ("build", "title"),
    [
        (Build("k", version="1.4.5", build_number="145", pgyer_build=45), "1.4.5 (145) · #45"),
        (Build("k", version="1.4.5"), "1.4.5"),
        (Build("k", build_number="145", pgyer_build=45), "145 · #45"),
        (Build("k"), "–"),
    ],
)
def test_a_build_is_named_by_what_is_known(build: Build, title: str) -> None:
    assert formatting.build_title(build) == title


def test_a_row_reads_as_one_sentence() -> None:
    build = Build("k", version="1.4.5", build_number="145", size=10_500_000, created=NOW - timedelta(days=1))
    sentence = formatting.row_sentence(build, NOW, states=("Latest",), zone=UTC)
    assert sentence == "1.4.5, build 145, latest, 10.5 megabytes, yesterday"
    assert formatting.row_sentence(Build("k", version="1.0"), NOW) == "1.0"


def test_as_of_a_moment_to_come_is_unknown() -> None:
    now = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
    assert formatting.since(now - timedelta(hours=2), now, zone=UTC) == "10:00"
    assert formatting.since(now + timedelta(minutes=5), now, zone=UTC) == "12:05"
    assert formatting.since(datetime(2039, 1, 1, tzinfo=UTC), now, zone=UTC) == "an unknown time"
    assert formatting.since(datetime(2023, 1, 1, 8, tzinfo=UTC), now, zone=UTC) == "1 Jan 2023 08:00"
