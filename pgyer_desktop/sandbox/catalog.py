"""The made-up apps and their builds.

An app is a line of facts; its builds are worked out from their number when somebody asks, so an app of 20,000
builds costs as much to start as one of three. Knows nothing of requests, replies or what has been changed
since the start: that is `service`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

from pgyer_desktop.sandbox import keys
from pgyer_desktop.sandbox.notes import Language, release_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CHINA: Final = timezone(timedelta(hours=8))
"""The service's own time: replies carry it without a zone."""

IOS: Final = "1"
ANDROID: Final = "2"
HARMONY: Final = "3"
UNKNOWN_TYPE: Final = "9"
"""A type that no document names, for what a client does with tomorrow's platforms."""

_SUFFIXES: Final = {IOS: "ipa", ANDROID: "apk", HARMONY: "hap"}


@dataclass(frozen=True, slots=True)
class Versions:
    """How an app counts: which version and build number its n-th upload has.

    `patches` versions make a minor one, `minors` minor ones a major one, and `uploads` builds share a version.
    The templates know {major}, {minor}, {patch}, {serial}, {code} (as Android's version code) and {plus}
    (the serial plus 100).
    """

    major: int = 1
    minors: int = 10
    patches: int = 8
    uploads: int = 1
    version: str = "{major}.{minor}.{patch}"
    number: str = "{serial}"

    def of(self, serial: int) -> tuple[str, str]:
        """Return `(version, build number)` of the upload with this serial number, from 1."""
        rest, patch = divmod(serial // self.uploads, self.patches)
        step, minor = divmod(rest, self.minors)
        major = self.major + step
        values = {
            "major": major,
            "minor": minor,
            "patch": patch,
            "serial": serial,
            "code": major * 10_000 + minor * 100 + patch,
            "plus": serial + 100,
        }
        return self.version.format(**values), self.number.format(**values)


@dataclass(frozen=True, slots=True)
class App:
    """One made-up app: what never changes while the sandbox runs.

    `latest` counts back from the newest upload (0 is the newest itself). `recent` are the ages in hours of the
    newest uploads; older ones follow about every `every` hours. `gaps` are serial numbers that somebody deleted
    long ago. `forced` is the serial below which devices must update. `channels` maps a channel's key to the
    serial it is pinned to.
    """

    slug: str
    name: str
    platform: str
    builds: int
    page: str = ""
    """The last part of its page's address; "": the slug."""
    hue: int = 0
    glyph: int = 0
    language: Language = "en"
    latest: tuple[int, ...] = (0,)
    recent: tuple[float, ...] = (5.0,)
    every: float = 60.0
    gaps: frozenset[int] = frozenset()
    versions: Versions = field(default_factory=Versions)
    megabytes: float = 24.0
    description: str = ""
    icon: bool = True
    earlier_icon: tuple[int, int, int] | None = None
    """`(serial, hue, glyph)`: uploads before this serial carry another icon."""
    documented: bool = False
    """Rows as the documentation has them: few fields, numbers as numbers, nothing about latest."""
    odd: bool = False
    """Rows with the odd values that real replies were seen with."""
    newest_is_publishing: bool = False
    forced: int | None = None
    visitor_code: str = ""
    """What visitors must type on the download page; `listMy` sends it in clear as `buildPassword`."""
    channels: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The App Key."""
        return keys.app_key(self.slug)

    @property
    def shortcut(self) -> str:
        """The last part of its page's address."""
        return self.page or self.slug

    @property
    def identifier(self) -> str:
        """The bundle identifier or package name."""
        return f"com.acme.{self.slug}"

    @property
    def top(self) -> int:
        """The serial number of the newest upload at the start, 0 where there is none."""
        return self.builds + len(self.gaps)

    def serials(self) -> list[int]:
        """Return the serial numbers of all uploads at the start, newest first."""
        return [serial for serial in range(self.top, 0, -1) if serial not in self.gaps]

    def icon_key_of(self, serial: int) -> str:
        """Return the icon key of this upload, "" where the app has no icon."""
        if not self.icon:
            return ""
        hue, glyph = self.hue, self.glyph
        if self.earlier_icon is not None and serial < self.earlier_icon[0]:
            _, hue, glyph = self.earlier_icon
        return keys.icon_key(self.slug, hue=hue, glyph=glyph)

    def icon_keys(self) -> Iterator[str]:
        """Yield every icon key that one of the app's uploads may carry."""
        if self.icon:
            yield self.icon_key_of(self.top + 1)
            if self.earlier_icon is not None:
                yield self.icon_key_of(0)

    def file_name_of(self, version: str) -> str:
        """Return the name of the uploaded package."""
        return f"{self.slug}-{version}.{_SUFFIXES.get(self.platform, 'bin')}"


@dataclass(frozen=True, slots=True)
class Build:
    """One upload. `serial` is the service's own counter, sent as `buildBuildVersion`; `size` is in bytes."""

    serial: int
    key: str
    version: str
    number: str
    size: int
    notes: str
    created: datetime
    downloads: int
    icon: str
    complete: bool = True


def build_of(app: App, app_number: int, serial: int, *, now: datetime) -> Build:
    """Work out one upload. Quick: a page of twenty takes well under a millisecond."""
    noise = keys.noise(f"{app.slug}/{serial}")
    version, number = app.versions.of(serial)
    base = app.megabytes * 1_000_000
    size = int(base * (1 + 0.004 * (serial % 120)) + noise[8] * 1_731 + noise[9] * 7)
    age = max(app.top - serial, 0)
    complete = not (app.newest_is_publishing and age == 0)
    return Build(
        serial=serial,
        key=keys.build_key(app_number, serial),
        version=version,
        number=number,
        size=size,
        notes=release_notes(app.language, noise),
        created=_created(app, age, noise, now),
        downloads=(3 if age == 0 else 7 + noise[10] % (12 + 2 * min(age, 60))) if complete else 0,
        icon=app.icon_key_of(serial),
        complete=complete,
    )


def _created(app: App, age: int, noise: bytes, now: datetime) -> datetime:
    """Return when the upload `age` steps behind the newest one came; later uploads are never older."""
    if age < len(app.recent):
        return now - timedelta(hours=app.recent[age])
    steps = age - len(app.recent) + 1
    jitter = 0.7 * noise[11] / 255
    then = now - timedelta(hours=app.recent[-1] + app.every * (steps - jitter))
    if then.date() >= now.date() - timedelta(days=1):
        return then
    # People upload between nine and eight. Squeezing whole days keeps the order.
    midnight = then.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=9) + (then - midnight) * (11 / 24)


_CODE = "{code}"

APPS: Final[tuple[App, ...]] = (
    # The one that people meet first: three pages, and the latest build is not the newest.
    App(
        "harbour",
        "Harbour",
        IOS,
        57,
        hue=148,
        glyph=0,
        latest=(1,),
        recent=(2.2, 26.0, 74.0, 98.5),
        every=70.0,
        gaps=frozenset({7, 19, 20, 44}),
        versions=Versions(number="{plus}"),
        megabytes=9.6,
        description="Tides, berths and weather for small boats.",
        earlier_icon=(18, 122, 8),
        channels={"partners": 52},
    ),
    App(
        "yunfan",
        "云帆",
        ANDROID,
        75,
        hue=4,
        glyph=1,
        language="zh",
        recent=(0.6, 20.0, 29.0),
        every=44.0,
        versions=Versions(major=2, number=_CODE),
        megabytes=38.2,
        description="团队文件，随时同步。",
    ),
    App(
        "lantern",
        "Lantern",
        ANDROID,
        500,
        hue=28,
        glyph=2,
        latest=(3,),
        recent=(1.1, 6.0, 25.0),
        every=17.0,
        versions=Versions(major=1, minors=12, patches=10, uploads=4),
        megabytes=61.0,
    ),
    App(
        "xingtu",
        "星图",
        HARMONY,
        33,
        hue=186,
        glyph=6,
        language="zh",
        recent=(3.4, 51.0),
        versions=Versions(number=_CODE, patches=6),
        megabytes=45.7,
        description="在手机上认识星空。",
    ),
    App(
        "granary",
        "Granary Nightly",
        ANDROID,
        20_000,
        hue=78,
        glyph=5,
        latest=(12,),
        recent=(0.2, 1.9, 4.0),
        every=2.1,
        versions=Versions(
            minors=20, patches=1, uploads=260, version="{major}.{minor}.0-nightly.{serial}", number="{serial}"
        ),
        megabytes=112.0,
    ),
    # The newest upload is still being published.
    App(
        "shanque",
        "山雀阅读",
        IOS,
        24,
        hue=56,
        glyph=9,
        language="zh",
        latest=(1,),
        recent=(0.05, 47.0),
        newest_is_publishing=True,
        megabytes=27.3,
    ),
    # Rows as documented: which build is latest, only `check` tells.
    App(
        "millpond",
        "Millpond",
        IOS,
        28,
        hue=128,
        glyph=3,
        latest=(2,),
        documented=True,
        versions=Versions(major=3, patches=5),
        megabytes=18.4,
    ),
    # No build is latest.
    App("kitefield", "Kite Field", ANDROID, 12, page="kites", hue=238, glyph=12, latest=(), megabytes=15.2),
    # Devices older than #30 are forced to update.
    App(
        "songguo",
        "松果手账",
        ANDROID,
        41,
        hue=16,
        glyph=15,
        language="zh",
        latest=(1,),
        forced=30,
        versions=Versions(major=4, number=_CODE),
        megabytes=33.9,
        description="记录每一天。",
    ),
    App(
        "orchard",
        "Orchard Kitchen 果园厨房",
        IOS,
        45,
        hue=248,
        glyph=10,
        versions=Versions(major=2, version="{major}.{minor}", number="{major}.{minor}.{patch}.{serial}"),
        megabytes=52.6,
        visitor_code="plums-7731",
    ),
    App(
        "firstlight",
        "First Light",
        IOS,
        1,
        hue=34,
        glyph=7,
        recent=(170.0,),
        versions=Versions(version="1.0", number="1"),
        megabytes=7.1,
        description="One build, so far.",
    ),
    App("newquay", "新渡口", IOS, 0, hue=170, glyph=8, language="zh", latest=()),
    App(
        "ferrydesk",
        "Ferry Desk: boarding, luggage and lost property for the night crossing (internal)",
        ANDROID,
        36,
        hue=200,
        glyph=11,
        latest=(4,),
        megabytes=140.8,
    ),
    App(
        "signalbox",
        "Signal Box",
        UNKNOWN_TYPE,
        5,
        hue=110,
        glyph=13,
        megabytes=88.0,
    ),
    # Odd values in the rows: dates that are none, sizes that are empty, nulls.
    App("oddments", "拾遗 Oddments", ANDROID, 14, hue=214, glyph=4, odd=True, latest=(6,)),
    # Two builds say that they are latest.
    App("tworivers", "Two Rivers", IOS, 9, hue=138, glyph=14, latest=(0, 3), megabytes=21.0),
    # A name with markup in it, and no icon.
    App("quill", "Quill & <i>Ink</i>", ANDROID, 3, icon=False, megabytes=4.2),
    # Exactly one page, and one page and a row: where "step back after deleting the last row" happens.
    App("papercrane", "Paper Crane", IOS, 20, page="crane", hue=100, glyph=12, megabytes=12.5),
    App("maitian", "麦田", ANDROID, 21, hue=40, glyph=13, language="zh", megabytes=29.9),
)
"""Every made-up app, in the order in which `listMy` names them."""

_IN_CHINESE: Final[Mapping[str, tuple[str, str]]] = {
    "harbour": ("小港湾", "小船用的潮汐、泊位和天气。"),
    "lantern": ("提灯夜读", ""),
    "granary": ("谷仓每日构建", ""),
    "millpond": ("磨坊池塘", ""),
    "kitefield": ("风筝坡", ""),
    "orchard": ("果园厨房", ""),
    "firstlight": ("初晓", "目前只有一个版本。"),
    "ferrydesk": ("渡轮服务台：夜航的登船、行李与失物招领（仅供内部使用）", ""),
    "signalbox": ("信号小站", ""),
    "oddments": ("拾遗", ""),
    "tworivers": ("两河口", ""),
    "quill": ("羽笔 & <i>墨水</i>", ""),
    "papercrane": ("折纸鹤", ""),
}
"""Name and description of those that are in English above."""


def in_chinese(apps: tuple[App, ...] = APPS) -> tuple[App, ...]:
    """The same apps for people who read Chinese: what they are called and what their notes say, and nothing else."""
    return tuple(
        replace(
            app,
            name=_IN_CHINESE.get(app.slug, (app.name, ""))[0],
            description=_IN_CHINESE.get(app.slug, ("", app.description))[1],
            language="zh",
        )
        for app in apps
    )
