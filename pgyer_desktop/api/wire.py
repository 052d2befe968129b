"""JSON as Pgyer really sends it, into `models`. Every quirk of the service ends here.

Nothing in this module does I/O or raises anything but `errors`. Source of the quirks: recorded replies. Numbers come as
text or as numbers; "2" means no; an empty object comes as PHP's `[]`; times have no zone and mean China Standard Time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from pgyer_desktop.api.addresses import safe_link
from pgyer_desktop.api.bodies import is_web_page
from pgyer_desktop.api.errors import (
    HttpStatusError,
    MalformedReplyError,
    NotJsonError,
    RedirectedError,
    WebPageError,
    service_error,
)
from pgyer_desktop.api.escaping import escape_invisible, without_colours
from pgyer_desktop.api.models import (
    CHINA_TIME,
    AppPage,
    AppSummary,
    Build,
    BuildPage,
    Platform,
    UpdateCheck,
)

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"

_MAX_TEXT = 20_000
_MAX_MESSAGE = 500
_MAX_NUMBER = 2**53
_MAX_PAGES = 1_000_000  # of builds; a count beyond is a lie, and too large for a spin box
_KEY = re.compile(r"[A-Za-z0-9_-]{1,128}\Z")

# Plain fields that `Build` already holds, and those that nobody may see: passwords, links with keys or signatures,
# and the whole of other apps. What is in neither list goes to `Build.extra` if it is a short plain value.
_KNOWN = frozenset({
    "buildKey", "buildType", "buildFileName", "buildFileSize", "buildName", "buildVersion", "buildVersionNo",
    "buildUpdateDescription", "buildBuildVersion", "buildIdentifier", "buildLauncherActivity", "buildIcon",
    "buildIsDisplayInHistory", "buildIsLastest", "buildIsPublishComplete", "buildCreated", "buildDownloadCount",
    "buildShortcutUrl", "appKey", "iconUrl",
})  # fmt: skip
_SECRET = re.compile(r"password|answer|question|url|token|secret|sig|key|udid|uuid", re.IGNORECASE)


def envelope(body: bytes, *, status: int, content_type: str, host: str, struck: Callable[[str], str] = str) -> Json:
    """The `data` of a successful reply (None where there is none). Every text in it has passed `struck`.

    Raises `ServiceError` for the API's own refusals and a `ReplyError` for everything that is not the API's.
    """
    if 300 <= status < 400:
        raise RedirectedError(host, status)
    if not 200 <= status < 300:
        raise HttpStatusError(host, status)
    try:
        reply = _passed(json.loads(body), struck)
    except (ValueError, RecursionError) as exc:
        if is_web_page(body, content_type):
            raise WebPageError(host, status) from exc
        raise NotJsonError(host, status, "not JSON") from exc
    if not isinstance(reply, Mapping):
        raise MalformedReplyError(host, status, "not an object")
    code = _number(reply.get("code"))
    if code is None:
        raise MalformedReplyError(host, status, "no code")
    if code != 0:
        raise service_error(code, _line(reply.get("message"))[:_MAX_MESSAGE])
    return reply.get("data")


def _passed(value: Json, struck: Callable[[str], str]) -> Json:
    if isinstance(value, str):
        return struck(value)
    if isinstance(value, list):
        return [_passed(item, struck) for item in value]
    if isinstance(value, Mapping):
        return {struck(name): _passed(item, struck) for name, item in value.items()}
    if isinstance(value, int) and abs(value) > _MAX_NUMBER:
        return struck(str(value))  # too long for a number, and a key may be digits alone
    return value


def build_page(data: Json, *, number: int, host: str) -> BuildPage:
    """`app/builds`.

    Raises `MalformedReplyError` where no list of rows can be found, none of its rows be read, or a first page is empty
    without saying that there are no builds.
    """
    fields = data if isinstance(data, Mapping) else {}
    count = _count(fields.get("pageCount"))
    count = count if count is not None and count <= _MAX_PAGES else None
    rows = _rows(data, number=number, count=count, most=1, host=host)
    builds: list[Build] = []
    seen: set[str] = set()
    holes: list[int] = []
    for row in rows:
        key = _key(row.get("buildKey")) if isinstance(row, Mapping) else ""
        if not key or not isinstance(row, Mapping):
            holes.append(len(builds))
        elif key not in seen:
            seen.add(key)
            builds.append(build(row))
    if holes and not builds:
        raise MalformedReplyError(host, 200, "no row with a key")
    return BuildPage(number, count, tuple(builds), len(holes), tuple(holes))


def build(row: Mapping[str, Json]) -> Build:
    """One row of `app/builds`, or the data of `app/view`. The caller has seen that it has a build key."""
    file_name = _line(row.get("buildFileName"))
    type_code = _line(row.get("buildType"))
    created_text = _line(row.get("buildCreated"))
    return Build(
        build_key=_key(row.get("buildKey")),
        name=_line(row.get("buildName")),
        version=_line(row.get("buildVersion")),
        build_number=_line(row.get("buildVersionNo")),
        pgyer_build=_count(row.get("buildBuildVersion")),
        platform=_platform(type_code, file_name),
        type_code=type_code,
        size=_count(row.get("buildFileSize")),
        identifier=_line(row.get("buildIdentifier")),
        icon=_line(row.get("buildIcon")),
        created=_time(created_text),
        created_text=created_text,
        latest=_flag(row.get("buildIsLastest")),
        notes=_notes(row.get("buildUpdateDescription")),
        file_name=file_name,
        publish_complete=_flag(row.get("buildIsPublishComplete")),
        downloads=_count(row.get("buildDownloadCount")),
        in_history=_flag(row.get("buildIsDisplayInHistory")),
        launcher_activity=_line(row.get("buildLauncherActivity")),
        shortcut=_shortcut(row.get("buildShortcutUrl")),
        app_key=_key(row.get("appKey")),
        extra=_extra(row),
    )


def app_page(data: Json, *, number: int, host: str) -> AppPage:
    """`app/listMy`: documented as a list of rows, really an object with a list in it. Raises as `build_page` does."""
    fields = data if isinstance(data, Mapping) else {}
    rows = _rows(data, number=number, count=_count(fields.get("total")), most=0, host=host)
    apps = []
    unreadable = 0
    for row in rows:
        key = _key(row.get("appKey")) if isinstance(row, Mapping) else ""
        if not key or not isinstance(row, Mapping):
            unreadable += 1
            continue
        apps.append(
            AppSummary(
                app_key=key,
                name=_line(row.get("buildName")),
                identifier=_line(row.get("buildIdentifier")),
                icon=_line(row.get("buildIcon")),
                platform=_platform(_line(row.get("buildType")), _line(row.get("buildFileName"))),
                shortcut=_shortcut(row.get("buildShortcutUrl")),
                version=_line(row.get("buildVersion")),
                build_number=_line(row.get("buildVersionNo")),
                pgyer_build=_count(row.get("buildBuildVersion")),
                created=_time(_line(row.get("buildCreated"))),
                description=_notes(row.get("buildDescription")),
            )
        )
    if unreadable and not apps:
        raise MalformedReplyError(host, 200, "no row with a key")
    return AppPage(number, tuple(apps), _count(fields.get("total")), unreadable)


def viewed_build(data: Json, *, host: str) -> Build:
    """`app/view`. Raises `MalformedReplyError` where it describes no build."""
    if not isinstance(data, Mapping) or not _key(data.get("buildKey")):
        raise MalformedReplyError(host, 200, "no build in the reply")
    return build(data)


def update_check(data: Json, *, version_sent: bool, host: str) -> UpdateCheck:
    """`app/check`. Raises `MalformedReplyError` where it describes no build."""
    if not isinstance(data, Mapping) or not (_key(data.get("buildKey")) or _line(data.get("buildVersion"))):
        raise MalformedReplyError(host, 200, "no build in the reply")
    return UpdateCheck(
        build_key=_key(data.get("buildKey")),
        app_key=_key(data.get("appKey")),
        name=_line(data.get("buildName")),
        version=_line(data.get("buildVersion")),
        build_number=_line(data.get("buildVersionNo")),
        pgyer_build=_count(data.get("buildBuildVersion")),
        has_new_version=_flag(data.get("buildHaveNewVersion")),
        forced=_flag(data.get("needForceUpdate")),
        force_version=_line(data.get("forceUpdateVersion")),
        force_build_number=_line(data.get("forceUpdateVersionNo")),
        description=_notes(data.get("buildDescription")),
        notes=_notes(data.get("buildUpdateDescription")),
        size=_count(data.get("buildFileSize")),
        icon=_line(data.get("buildIcon")),
        link=safe_link(_line(data.get("appURl"))) or safe_link(_line(data.get("buildShortcutUrl"))),
        version_sent=version_sent,
    )


def _rows(data: Json, *, number: int, count: int | None, most: int, host: str) -> list[Json]:
    """The rows of page `number`; `count` is what the reply says of how many there are.

    A first page is empty only where a list or the count says so, and the count is not above `most`: else a table that
    is full would empty because a reply was. PHP's `[]` says neither. Past the end it is what may come.
    """
    named = data.get("list") if isinstance(data, Mapping) else data
    rows: list[Json] | None = None
    if isinstance(named, list):
        rows = named
    elif isinstance(named, Mapping) and (not named or any(name.isdecimal() for name in named)):
        # PHP turns a list whose first index is missing into an object with numbers for names.
        rows = [item for name, item in named.items() if name.isdecimal()]
    elif not named and count == 0:  # null, or what PHP makes of nothing
        rows = []
    if rows is None:
        raise MalformedReplyError(host, 200, "no list in the reply")
    if rows or number > 1:
        return rows
    if not isinstance(data, Mapping):
        raise MalformedReplyError(host, 200, "neither rows nor a count in the reply")
    if count is not None and count > most:
        raise MalformedReplyError(host, 200, "no rows in the reply, though it counts some")
    return rows


def _text(value: Json) -> str:
    """Several lines of visible text; numbers as written, everything else as nothing."""
    if isinstance(value, bool) or value is None or isinstance(value, Mapping | list):
        return ""
    text = value if isinstance(value, str) else str(value)
    return escape_invisible(text[:_MAX_TEXT])[:_MAX_TEXT]


def _notes(value: Json) -> str:
    """What a person or a script has written, without the colours of the terminal that it came from."""
    return _text(without_colours(value) if isinstance(value, str) else value)


def _line(value: Json) -> str:
    return " ".join(_text(value).split())


def _key(value: Json) -> str:
    text = _line(value)
    return text if _KEY.match(text) else ""


def _number(value: Json) -> int | None:
    """A whole number from a number or decimal text, within what JSON itself can carry exactly."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 16):
            return None
        value = int(text)
    if isinstance(value, float):
        if not value.is_integer():  # also nan and the infinities
            return None
        value = int(value)
    return value if isinstance(value, int) and abs(value) <= _MAX_NUMBER else None


def _count(value: Json) -> int | None:
    number = _number(value)
    return number if number is not None and number >= 0 else None


def _flag(value: Json) -> bool | None:
    """The service's yes: true or "1". Its no: false, "0" and, for most fields, "2". Else: it did not say."""
    if isinstance(value, bool):
        return value
    text = _line(value).lower()
    if text in {"1", "true"}:
        return True
    if text in {"2", "0", "false"}:
        return False
    return None


def _time(text: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
    except ValueError:
        return None
    # Years before the service existed cannot be moved to every zone and mean "none".
    return moment.replace(tzinfo=CHINA_TIME) if moment.year > 2000 else None


def _platform(type_code: str, file_name: str) -> Platform:
    """From `buildType`; 1 and 2 are documented, HarmonyOS's number is not, so the file's ending has a say there."""
    known = {
        "1": Platform.IOS, "ios": Platform.IOS,
        "2": Platform.ANDROID, "android": Platform.ANDROID,
        "3": Platform.HARMONYOS, "harmony": Platform.HARMONYOS, "harmonyos": Platform.HARMONYOS,
    }.get(type_code.lower())  # fmt: skip
    if known is not None:
        return known
    endings = {
        ".ipa": Platform.IOS,
        ".apk": Platform.ANDROID,
        ".hap": Platform.HARMONYOS,
        ".app": Platform.HARMONYOS,
    }
    return next((p for ending, p in endings.items() if file_name.lower().endswith(ending)), Platform.UNKNOWN)


def _shortcut(value: Json) -> str:
    """A short link's slug; some replies send the full URL instead."""
    return _key(_line(value).rstrip("/").rsplit("/", 1)[-1])


def _extra(row: Mapping[str, Json]) -> tuple[tuple[str, str], ...]:
    return tuple(_extra_fields(row.items()))


def _extra_fields(items: Iterable[tuple[str, Json]]) -> Iterable[tuple[str, str]]:
    for name, value in items:
        if name in _KNOWN or _SECRET.search(name) or not isinstance(value, str | int) or isinstance(value, bool):
            continue
        text = _line(value)
        if text and len(text) <= 200 and len(name) <= 64 and "://" not in text:
            yield name, text
