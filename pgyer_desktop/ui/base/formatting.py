"""How values are written: sizes, times, numbers, platforms, and a row as a sentence.

Follows the program's language and number habits (`QLocale()`); the current time and the zone are parameters, so that
every function can be tried at any hour and anywhere. Must not know widgets, and must not guess what is missing: that is
a dash.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from pgyer_desktop.api import CHINA_TIME, Platform
from pgyer_desktop.core.base.names import name_of, short
from pgyer_desktop.core.base.words import translate
from pgyer_desktop.ui.base.i18n import month_first, say

if TYPE_CHECKING:
    from datetime import tzinfo

    from pgyer_desktop.api import Build

NOTHING: Final = "–"
"""Stands for what the service did not say."""

_NO_TIME: Final = "0000-00-00"
_MINUTE: Final = 60
_HOUR: Final = 3600
_CLOCK_DRIFT: Final = timedelta(hours=1)
_ROUND_UP_TO: Final = (10**6, 10**9, 10**12)
_HOURS_ACROSS_MIDNIGHT: Final = 6
"""Until then an upload of last night is "5 h ago" and not "yesterday"."""


def number(value: int | None) -> str:
    """`value` with the language's thousands separators."""
    return NOTHING if value is None else QLocale().toString(value)


def serial(value: int | None) -> str:
    """Pgyer's own build number, "#45"."""
    return NOTHING if value is None else f"#{value}"


def size(value: int | None) -> str:
    """`value` bytes as "10.6 MB": decimal units, as the service and the stores count."""
    if value is None:
        return NOTHING
    for limit in _ROUND_UP_TO:
        if limit * 0.99995 <= value < limit:
            value = limit  # Qt would write "1,000.0 kB"
    return QLocale().formattedDataSize(value, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def exact_size(value: int | None) -> str:
    """`value` bytes, every one of them: "10,571,264 bytes"."""
    if value is None:
        return NOTHING
    # Not %n, which cannot be more than 2,147,483,647.
    return say(translate("formatting", "{count} bytes")).format(count=QLocale().toString(value))


def yes_no(value: bool | None) -> str:
    """`value` as a word."""
    if value is None:
        return NOTHING
    return say(translate("formatting", "Yes")) if value else say(translate("formatting", "No"))


def platform(value: Platform, type_code: str = "") -> str:
    """The platform's name; for one that the service added since, its code as it came: "Unknown (9)"."""
    if value is Platform.IOS:
        return "iOS"
    if value is Platform.ANDROID:
        return "Android"
    if value is Platform.HARMONYOS:
        return say(translate("formatting", "HarmonyOS"))
    if type_code:
        return say(translate("formatting", "Unknown ({code})")).format(code=type_code)
    return say(translate("formatting", "Unknown"))


def build_title(build: Build) -> str:
    """What names a build everywhere: "1.4.5 (145) · #45", without the parts that are missing."""
    words = name_of(build) if build.version or build.build_number else NOTHING
    return words if build.pgyer_build is None else f"{words} · {serial(build.pgyer_build)}"


def heading_words(version: str, builds: int, total: int) -> tuple[str, str]:
    """What stands in the heading of a version: its name, and how many builds of what size there are."""
    count = say(translate("formatting", "%n build(s)", "", builds))
    words = f"{count} · {size(total)}" if total else count
    return version or say(translate("formatting", "No version")), words


def clock_time(when: datetime, *, zone: tzinfo | None = None) -> str:
    """The time of day in `zone` (default: the machine's), "10:32"."""
    return _written(when.astimezone(zone), say(translate("formatting", "HH:mm", "time of day, for QLocale")))


def since(when: datetime, now: datetime | None = None, *, zone: tzinfo | None = None) -> str:
    """The time of day of a moment today, date and time of any other: for "as of".

    A moment to come was told by a clock that was wrong: nobody knows when it was.
    """
    now = now or datetime.now(UTC)
    if when > now + _CLOCK_DRIFT:
        return say(translate("formatting", "an unknown time", "behind: as of"))
    today = now.astimezone(zone).date()
    return clock_time(when, zone=zone) if when.astimezone(zone).date() == today else date_time(when, zone=zone)


def date_time(when: datetime | None, *, zone: tzinfo | None = None) -> str:
    """Date and time in `zone` (default: the machine's), "3 Jan 2026 10:32"."""
    if when is None:
        return NOTHING
    return _written(
        when.astimezone(zone), say(translate("formatting", "d MMM yyyy HH:mm", "date and time, for QLocale"))
    )


def date(when: datetime, now: datetime, *, zone: tzinfo | None = None) -> str:
    """The day in `zone`: "3 Jan", and with its year where that is not the current one."""
    local = when.astimezone(zone)
    if local.year == now.astimezone(zone).year:
        return _written(local, say(translate("formatting", "d MMM", "day of this year, for QLocale")))
    return _written(local, say(translate("formatting", "d MMM yyyy", "day of another year, for QLocale")))


def days(first: datetime, last: datetime, now: datetime | None = None, *, zone: tzinfo | None = None) -> str:
    """From which day to which, "10 Jun – 1 Oct"; one day where they are the same."""
    now = now or datetime.now(UTC)
    begin, end = date(first, now, zone=zone), date(last, now, zone=zone)
    if begin == end:
        return begin
    return say(translate("formatting", "{first} – {last}", "from one day to another")).format(first=begin, last=end)


def relative_time(when: datetime | None, now: datetime, *, zone: tzinfo | None = None) -> str:
    """How long ago, short enough for a column: "just now", "5 min ago", "2 h ago", "yesterday", then the day."""
    seconds = 0.0 if when is None else (now - when).total_seconds()
    if when is None or seconds < -_MINUTE:  # later than our clock: one of the two is wrong, so no arithmetic
        return date_time(when, zone=zone)
    if seconds < _MINUTE:
        return say(translate("formatting", "just now"))
    minutes, hours = int(seconds // _MINUTE), int(seconds // _HOUR)
    if seconds < _HOUR:
        return say(translate("formatting", "%n min ago", "", minutes))
    if _counts_in_hours(when, now, zone):
        return say(translate("formatting", "%n h ago", "", hours))
    return say(translate("formatting", "yesterday")) if _is_yesterday(when, now, zone) else date(when, now, zone=zone)


def span(length: timedelta) -> str:
    """How long something is: "5 minutes", "3 hours", "12 days"."""
    seconds = length.total_seconds()
    if seconds < _HOUR:
        return say(translate("formatting", "%n minute(s)", "", int(seconds // _MINUTE)))
    if seconds < 2 * 24 * _HOUR:
        return say(translate("formatting", "%n hour(s)", "", int(seconds // _HOUR)))
    return say(translate("formatting", "%n day(s)", "", int(seconds // (24 * _HOUR))))


def spoken_time(when: datetime | None, now: datetime, *, zone: tzinfo | None = None) -> str:
    """As `relative_time`, in whole words for a screen reader; "" for None."""
    if when is None:
        return ""
    seconds = (now - when).total_seconds()
    minutes, hours = int(seconds // _MINUTE), int(seconds // _HOUR)
    if _MINUTE <= seconds < _HOUR:
        return say(translate("formatting", "%n minute(s) ago", "", minutes))
    if seconds >= _HOUR and _counts_in_hours(when, now, zone):
        return say(translate("formatting", "%n hour(s) ago", "", hours))
    return relative_time(when, now, zone=zone)


def local_time(when: datetime, *, zone: tzinfo | None = None) -> str:
    """The exact time in `zone` (default: the machine's) with the zone's name: "3 Jan 2026 10:32:05 (CET)"."""
    local = when.astimezone(zone)
    return say(translate("formatting", "{time} ({zone})")).format(time=_exact(local), zone=_zone_name(local))


def china_time(when: datetime) -> str:
    """The exact time as Pgyer's own pages write it: "3 Jan 2026 17:32:05 (China, UTC+8)"."""
    name = say(translate("formatting", "China, UTC+8"))
    return say(translate("formatting", "{time} ({zone})")).format(time=_exact(when.astimezone(CHINA_TIME)), zone=name)


def exact_times(when: datetime, *, zone: tzinfo | None = None) -> str:
    """The exact time, local and China, a line each; one line where the machine is in China's zone."""
    if when.astimezone(zone).utcoffset() == CHINA_TIME.utcoffset(None):
        return china_time(when)
    return f"{local_time(when, zone=zone)}\n{china_time(when)}"


def uploaded(build: Build, now: datetime, *, zone: tzinfo | None = None) -> str:
    """When it was uploaded, relative; a time that cannot be read as it came ("1天前")."""
    if build.created is None:
        return odd_time(build.created_text)
    return relative_time(build.created, now, zone=zone)


def exact_upload(build: Build, *, zone: tzinfo | None = None) -> str:
    """When it was uploaded, exactly, in one or two lines; a time that cannot be read as it came."""
    if build.created is None:
        return odd_time(build.created_text)
    return exact_times(build.created, zone=zone)


def odd_time(text: str) -> str:
    """A time that could not be read: as it came, unless it is the service's way of saying that there is none."""
    text = short(text.strip())
    return NOTHING if not text or text.startswith(_NO_TIME) else text


def spoken_size(value: int | None) -> str:
    """`value` bytes in whole words for a screen reader: "10.5 megabytes"; "" for None."""
    if value is None:
        return ""
    if value < 1000:
        return exact_size(value)
    for limit, unit in (
        (1e6, say(translate("formatting", "{amount} kilobytes"))),
        (1e9, say(translate("formatting", "{amount} megabytes"))),
    ):
        # Compared as rounded, so that 999,999 bytes are one megabyte and not a thousand kilobytes.
        amount = round(value / limit * 1000, 1)
        if amount < 1000:
            return unit.format(amount=QLocale().toString(amount, "f", 1))
    return say(translate("formatting", "{amount} gigabytes")).format(amount=QLocale().toString(value / 1e9, "f", 1))


def row_sentence(build: Build, now: datetime, *, states: tuple[str, ...] = (), zone: tzinfo | None = None) -> str:
    """A row as it is read out: "1.4.5, build 145, latest, 10.5 megabytes, yesterday".

    `states` are the words of its badges.
    """
    parts = [build.version or build.name]
    if build.build_number:
        parts.append(say(translate("formatting", "build {number}")).format(number=build.build_number))
    parts += [state.lower() for state in states]
    parts.append(spoken_size(build.size))
    when = spoken_time(build.created, now, zone=zone) or odd_time(build.created_text)
    parts.append("" if when == NOTHING else when)
    separator = say(translate("formatting", ", ", "between the parts of a row that is read out"))
    return separator.join(part for part in parts if part)


def read_on(*sentences: str) -> str:
    """Sentences without their full stops, one behind the other as they are read out."""
    separator = say(translate("formatting", ". ", "between two sentences that are read out"))
    return separator.join(sentence for sentence in sentences if sentence)


def _counts_in_hours(when: datetime, now: datetime, zone: tzinfo | None) -> bool:
    same_day = when.astimezone(zone).date() == now.astimezone(zone).date()
    return same_day or now - when < timedelta(hours=_HOURS_ACROSS_MIDNIGHT)


def _is_yesterday(when: datetime, now: datetime, zone: tzinfo | None) -> bool:
    return when.astimezone(zone).date() == now.astimezone(zone).date() - timedelta(days=1)


def _exact(local: datetime) -> str:
    return _written(local, say(translate("formatting", "d MMM yyyy HH:mm:ss", "exact date and time, for QLocale")))


def _written(local: datetime, pattern: str) -> str:
    """`local` as it stands on the wall: Qt gets no zone, so that it converts nothing."""
    day = QDate(local.year, local.month, local.day)
    time = QTime(local.hour, local.minute, local.second)
    if month_first():  # only where the window is English, whose patterns these are
        pattern = pattern.replace("d MMM yyyy", "MMM d, yyyy").replace("d MMM", "MMM d")
    return QLocale().toString(QDateTime(day, time), pattern)


def _zone_name(local: datetime) -> str:
    name = local.tzname()
    if name:
        return name
    return f"UTC{local:%z}"
