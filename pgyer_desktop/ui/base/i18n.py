"""Languages: which there are, which one is on, and how a sentence from `core` is said in it.

One is chosen at the start and stays until the end: what is on the screen is not written a second time. The only place
that installs translators. Must not format numbers or times (see `formatting`).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from pgyer_desktop.core.base.words import Text
from pgyer_desktop.ui.base import resources

if TYPE_CHECKING:
    from pathlib import Path

_PLACE = re.compile(r"\{(\w+)\}")
_QUOTED = re.compile(r"'[^']*'")
_log = logging.getLogger(__name__)

_translate = QCoreApplication.translate  # by this name, so that the translation tool does not take it for a marked text


class Language(Enum):
    """What can be chosen in the settings. The value is what they remember."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


def say(text: Text) -> str:
    """`text` in the language that is on, with its values filled in."""
    said = _translate(text.context, text.source, text.comment or None, -1 if text.count is None else text.count)
    values = dict(text.values)
    # In one pass: a value may itself hold something in braces, and is data.
    return _PLACE.sub(lambda place: _written(values[place[1]]) if place[1] in values else place[0], said)


def _written(value: str | int | Text) -> str:
    if isinstance(value, Text):
        return say(value)
    return QLocale().toString(value) if isinstance(value, int) else value


def resolved(language: Language) -> Language:
    """What `SYSTEM` means on this machine: Chinese where the system's first known language is Chinese."""
    if language is not Language.SYSTEM:
        return language
    for name in QLocale.system().uiLanguages():
        if name.startswith("zh"):
            return Language.CHINESE
        if name.startswith("en"):
            return Language.ENGLISH
    return Language.ENGLISH


def in_use() -> Language:
    """The language that is on, never `SYSTEM`."""
    return Language.CHINESE if QLocale().language() is QLocale.Language.Chinese else Language.ENGLISH


@dataclass(slots=True)
class _Habits:
    """What the language that is on leaves open."""

    month_first: bool = False


_habits = _Habits()


def month_first() -> bool:
    """Whether the person writes the month before the day, in an English window: "Jan 3" and not "3 Jan"."""
    return _habits.month_first


class Translators:
    """Keeps the program's translators. One per program."""

    def __init__(self) -> None:
        self._installed: list[QTranslator] = []
        self.current: Language | None = None
        """The language that is on, never `SYSTEM`; None before the first `use`."""

    def use(self, language: Language) -> None:
        """Have everything that is written from now on be in `language`. What is written already stays as it is.

        Numbers and times follow the language, as its speakers in the person's country write them; the order of day and
        month is the person's own, where their dates are in that language. Hours are always counted to 24.
        """
        wanted = resolved(language)
        if wanted is self.current:
            return
        self.current = wanted
        QLocale.setDefault(_locale(wanted))
        _habits.month_first = wanted is Language.ENGLISH and _puts_month_first(QLocale.system())
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()
        if wanted is Language.CHINESE:
            self._install(resources.translations_dir() / "pgyer_desktop_zh_CN.qm")
            from_qt = resources.translations_dir() / "qtbase_zh_CN.qm"
            path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(from_qt if from_qt.exists() else type(from_qt)(path) / "qtbase_zh_CN.qm")
        else:
            self._install(resources.translations_dir() / "pgyer_desktop_en.qm")

    def _install(self, file: Path) -> None:
        translator = QTranslator()
        if not translator.load(str(file)):
            _log.warning("The translation %s cannot be read; its texts stay in English.", file.name)
            return
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)


def _locale(language: Language) -> QLocale:
    # Never the system's own: its months may be of one language and its digits of another (LC_TIME, LC_NUMERIC; the
    # regional format of Windows and macOS), and those stand then within a sentence of a third.
    system = QLocale.system()
    wanted = QLocale.Language.Chinese if language is Language.CHINESE else QLocale.Language.English
    if system.language() == wanted:
        return QLocale(wanted, system.territory())
    if language is Language.CHINESE:
        return QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def _puts_month_first(system: QLocale) -> bool:
    """Whether dates of `system`, if they are in English, have the month before the day."""
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    long = QLocale.FormatType.LongFormat
    if any(system.monthName(month, long) != english.monthName(month, long) for month in range(1, 13)):
        return False
    order = _order(system.dateFormat(QLocale.FormatType.ShortFormat))
    # A year in front is an order for machines, which says nothing of how a day is called.
    return (_order(system.dateFormat(long)) if order.startswith("y") else order).replace("y", "") == "Md"


def _order(pattern: str) -> str:
    """The order of year, month and day in a date's pattern, as "dMy"; a weekday's name is none of them."""
    letters = re.sub("d{3,}", "", _QUOTED.sub("", pattern))
    return "".join(sorted("dMy", key=lambda letter: letters.find(letter) % (len(letters) + 1)))
