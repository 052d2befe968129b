"""Whatever the machine's formats are, a window's dates and numbers are of its own language, and whole."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QLocale

from pgyer_desktop.ui.base import i18n
from pgyer_desktop.ui.base.i18n import Language, Translators
from tests.project.checkout import ROOT

_CODE = """
import json, sys
from datetime import UTC, datetime
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
from pgyer_desktop.core.base.words import Text
from pgyer_desktop.ui.base import formatting as f, i18n
translators = i18n.Translators()
translators.use(i18n.Language(sys.argv[1]))
when, now = datetime(2026, 8, 3, 15, 4, 5, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
print(json.dumps([
    f.date_time(when, zone=UTC), f.local_time(when, zone=UTC), f.date(when, when, zone=UTC),
    f.date(when, now, zone=UTC), f.clock_time(when, zone=UTC), f.size(10_571_264),
    f.exact_size(10_571_264), f.spoken_size(10_571_264),
    f.number(1_234_567), i18n.say(Text("tests", "{count} of them").fill(count=1_234_567)),
]))
"""
_IN_A_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QSpinBox
app = QApplication([])
from pgyer_desktop.ui.base import i18n
from pgyer_desktop.ui.window.main_window import MainWindow
window = MainWindow()  # before it is known which language that is to be, as in the program
i18n.Translators().use(i18n.Language(sys.argv[1]))
window.furnish(lambda: None)
box = QSpinBox(window)
box.setRange(0, 99999)
box.setValue(12345)
print(box.text(), window.locale().toString(12345))
"""
_MONTH_FIRST = [
    "Aug 3, 2026 15:04", "Aug 3, 2026 15:04:05 (UTC)", "Aug 3", "Aug 3, 2026", "15:04",
    "10.6 MB", "10,571,264 bytes", "10.6 megabytes", "1,234,567", "1,234,567 of them",
]  # fmt: skip
_DAY_FIRST = ["3 Aug 2026 15:04", "3 Aug 2026 15:04:05 (UTC)", "3 Aug", "3 Aug 2026", *_MONTH_FIRST[4:]]
_CHINESE = [
    "2026年8月3日 15:04", "2026年8月3日 15:04:05（UTC）", "8月3日", "2026年8月3日", "15:04",
    "10.6 MB", "10,571,264 字节", "10.6 兆字节", "1,234,567", "1,234,567 of them",
]  # fmt: skip

on_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux takes its formats from the environment"
)


def written(language: Language, variables: str) -> list[str]:
    """What a fresh program writes where the environment has just these variables, as "LANG=en_US LC_TIME=zh_CN"."""
    said: list[str] = json.loads(run(_CODE, language, variables))
    return said


def run(code: str, language: Language, variables: str) -> str:
    """What `code` prints, told `language`, where the environment has just these variables."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))}
    theirs |= dict(part.split("=") for part in variables.split())
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, language.value],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=theirs, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@on_linux
@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ("LANG=en_US.UTF-8", _MONTH_FIRST),
        ("LANG=en_GB.UTF-8", _DAY_FIRST),
        ("LANG=C.UTF-8", _DAY_FIRST),
        ("LANG=en_US.UTF-8 LC_TIME=zh_CN.UTF-8", _DAY_FIRST),
        ("LANG=zh_CN.UTF-8 LANGUAGE=en_US:zh_CN", _DAY_FIRST),
        ("LANG=en_US.UTF-8 LC_TIME=ar_EG.UTF-8", _DAY_FIRST),
        ("LANG=en_US.UTF-8 LC_NUMERIC=ar_EG.UTF-8", _MONTH_FIRST),
        ("LANG=en_US.UTF-8 LC_NUMERIC=fa_IR.UTF-8 LC_TIME=fa_IR.UTF-8", _DAY_FIRST),
        ("LC_ALL=ar_EG.UTF-8", _DAY_FIRST),
        ("LANG=en_US.UTF-8 LC_TIME=en_GB.UTF-8", _DAY_FIRST),
        ("LANG=en_GB.UTF-8 LC_TIME=en_US.UTF-8", _MONTH_FIRST),
        ("LANG=en_US.UTF-8 LC_TIME=en_CA.UTF-8", _MONTH_FIRST),
        ("LANG=en_US.UTF-8 LC_TIME=en_ZA.UTF-8", _DAY_FIRST),
        ("LANG=en_US.UTF-8 LC_TIME=de_DE.UTF-8 LC_NUMERIC=de_DE.UTF-8", _DAY_FIRST),
    ],
)
def test_an_english_window_is_english_throughout(variables: str, wanted: list[str]) -> None:
    assert written(Language.ENGLISH, variables) == wanted


@on_linux
@pytest.mark.parametrize(
    "variables",
    [
        "LANG=zh_CN.UTF-8",
        "LANG=zh_TW.UTF-8",
        "LANG=zh_CN.UTF-8 LC_TIME=en_US.UTF-8",
        "LANG=zh_CN.UTF-8 LC_TIME=ar_EG.UTF-8 LC_NUMERIC=fa_IR.UTF-8",
        "LANG=en_US.UTF-8",
        "LANG=C.UTF-8",
    ],
)
def test_a_chinese_window_is_chinese_throughout(variables: str) -> None:
    assert written(Language.CHINESE, variables) == _CHINESE


@on_linux
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_numbers_in_boxes_are_of_the_windows_language_too(language: Language) -> None:
    assert run(_IN_A_WINDOW, language, "LANG=en_US.UTF-8 LC_NUMERIC=ar_EG.UTF-8") == "12345 12,345\n"


@on_linux
def test_the_persons_country_keeps_its_numbers() -> None:
    assert written(Language.ENGLISH, "LANG=en_IN.UTF-8")[-2] == "12,34,567"
    assert written(Language.ENGLISH, "LANG=en_DE.UTF-8")[5] == "10,6 MB"


# As Windows and macOS hand the person's settings over: patterns and names, whatever the environment says.


class System:
    """A system whose formats somebody has set."""

    def __init__(self, short: str, long: str = "dddd, d MMMM yyyy", months: str = "en_GB") -> None:
        self._formats = {QLocale.FormatType.ShortFormat: short, QLocale.FormatType.LongFormat: long}
        self._months = QLocale(months)

    def dateFormat(self, which: QLocale.FormatType) -> str:
        return self._formats[which]

    def monthName(self, month: int, which: QLocale.FormatType) -> str:
        return self._months.monthName(month, which)


@pytest.mark.parametrize(
    ("system", "first"),
    [
        (System("M/d/yyyy"), True),
        (System("dd/MM/yyyy", "dddd, MMMM d, yyyy"), False),
        (System("d. M. yy"), False),
        (System("ddd dd/MM/yyyy"), False),
        (System("dddd M/d/yy"), True),
        (System("yyyy-MM-dd"), False),
        (System("yyyy-MM-dd", "MMMM d, yyyy"), True),
        (System("yyyy-MM-dd", "d 'of' MMMM yyyy"), False),
        (System("yyyy-MM-dd", "'Md' d MMMM yyyy"), False),
        (System("M/d/yyyy", months="zh_CN"), False),
        (System("M/d/yyyy", months="ar_EG"), False),
        (System(""), False),
    ],
)
def test_the_order_of_day_and_month_is_the_persons(system: System, first: bool) -> None:
    assert i18n._puts_month_first(system) is first  # type: ignore[arg-type]  # as much of a QLocale as it asks


@pytest.mark.usefixtures("qapp")
def test_no_language_is_given_the_systems_own_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    translators = Translators()
    with monkeypatch.context() as patched:
        patched.setattr(i18n, "_puts_month_first", lambda _system: True)
        for language in (Language.ENGLISH, Language.CHINESE):
            translators.use(language)
            assert QLocale().zeroDigit() == "0"
            assert re.fullmatch(r"(zh|en)_[A-Z]{2}", QLocale().name())
            assert i18n.month_first() is (language is Language.ENGLISH)
    translators.use(Language.ENGLISH)
