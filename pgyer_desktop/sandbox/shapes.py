"""How the service writes an app or a build into a reply: field names, numbers as text, odd values.

Every function returns plain JSON values and decides nothing: what is latest, what exists and what is an error is
`service`'s business. The shapes follow recorded replies; every value is made up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from pgyer_desktop.sandbox import keys
from pgyer_desktop.sandbox.catalog import ANDROID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgyer_desktop.sandbox.catalog import App, Build

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"

_SITE: Final = "https://www.pgyer.com"
_YES: Final = "1"
_NO: Final = "2"
_TIME: Final = "%Y-%m-%d %H:%M:%S"
_NEVER: Final = "0000-00-00 00:00:00"


def _icon(base: str, key: str) -> str:
    """Return the full address of an icon, "" for an app that has none."""
    style = "x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg"
    return f"{base}/{'/'.join(key[:5])}/{key}?{style}" if key else ""


def _flag(*, yes: bool) -> str:
    """Return the service's "1" for yes and "2" for no."""
    return _YES if yes else _NO


def build_row(app: App, build: Build, *, latest: bool) -> JsonObject:
    """Return a row of `builds`."""
    if app.documented:
        return {
            "buildKey": build.key,
            "buildType": int(app.platform),
            "buildFileSize": build.size,
            "buildName": app.name,
            "buildVersion": build.version,
            "buildVersionNo": build.number,
            "buildBuildVersion": build.serial,
            "buildIdentifier": app.identifier,
            "buildIcon": build.icon,
            "buildCreated": build.created.strftime(_TIME),
        }
    row: JsonObject = {
        "buildKey": build.key,
        "buildType": app.platform,
        "buildFileName": app.file_name_of(build.version),
        "buildFileSize": str(build.size),
        "buildName": app.name,
        "buildVersion": build.version,
        "buildVersionNo": build.number,
        "buildUpdateDescription": build.notes,
        "buildBuildVersion": str(build.serial),
        "buildIdentifier": app.identifier,
        "buildLauncherActivity": f"{app.identifier}.MainActivity" if app.platform == ANDROID else "",
        "buildIcon": build.icon,
        "buildIsDisplayInHistory": _YES,
        "buildIsLastest": _flag(yes=latest),
        "buildIsPublishComplete": _flag(yes=build.complete),
        "buildCreated": build.created.strftime(_TIME),
        "buildExtendsIsPublish": _YES,
        "buildExtendsTimingDate": _NEVER,
        "buildDownloadCount": build.downloads,
    }
    if app.odd:
        row.update(_ODDITIES[build.serial % len(_ODDITIES)])
    return row


# What rows of the odd app carry in place of the usual, by serial number.
_ODDITIES: Final[tuple[JsonObject, ...]] = (
    {"buildCreated": _NEVER},
    {"buildCreated": "1天前"},
    {"buildCreated": "", "buildFileSize": ""},
    {"buildCreated": None, "buildUpdateDescription": None, "buildFileName": None},
    {"buildExtends": "[]", "buildFileSize": 160_450_548, "buildDownloadCount": "12"},
    {"buildIcon": "", "buildIdentifier": None, "buildLauncherActivity": None},
    {"buildExtends": [], "buildVersionNo": "", "buildDownloadCount": None},
)


def app_row(app: App, build: Build | None) -> JsonObject:
    """Return a row of `listMy`; `build` is the one that stands for the app, None where it has none."""
    row: JsonObject = {
        "appKey": app.key,
        "buildKey": build.key if build else "",
        "buildType": app.platform,
        "buildName": app.name,
        "buildVersion": build.version if build else "",
        "buildVersionNo": build.number if build else "",
        "buildBuildVersion": str(build.serial) if build else "",
        "buildShortcutUrl": app.shortcut,
        "buildIdentifier": app.identifier,
        "buildFileSize": str(build.size) if build else "",
        "buildCreated": build.created.strftime(_TIME) if build else _NEVER,
        "buildIcon": build.icon if build else next(app.icon_keys(), ""),
        "buildDescription": app.description,
        "buildScreenshots": "",
        "buildPassword": app.visitor_code,
        "isMerged": 2,
    }
    return row


def view(app: App, build: Build, *, latest: bool, others: Sequence[Build], other_count: int, icons: str) -> JsonObject:
    """Return the data of `view`.

    `others` are a few earlier builds, `other_count` how many there are, `icons` is the address of the icons.
    """
    created = build.created.strftime(_TIME)
    return {
        **build_row(app, build, latest=latest),
        "buildIsFirst": "0",
        "buildPassword": app.visitor_code,
        "buildQrcodeShowAppIcon": "1",
        "buildVersionType": "1",
        "buildDescription": app.description,
        "buildScreenshots": "",
        "buildShortcutUrl": app.shortcut,
        "buildSignatureType": "0",
        "buildIsAcceptFeedback": "1",
        "buildIsUploadCrashlog": "1",
        "buildAdhocUuids": "[]",
        "buildInstallType": "1",
        "buildManuallyBlocked": "2",
        "buildIsPlaceholder": "2",
        "buildCates": "",
        "buildUpdated": created,
        "buildQRCodeURL": f"{_SITE}/app/qrcodeHistory/{keys.noise(build.key).hex()}",
        "isOwner": 1,
        "isJoin": 2,
        "appExpiredDate": (build.created + timedelta(days=730)).strftime(_TIME),
        "isImmediatelyExpired": False,
        "appExpiredStatus": 2,
        "otherApps": [_other(app, other) for other in others],
        "otherAppsCount": str(other_count),
        "todayDownloadCount": build.downloads % 7,
        "appKey": app.key,
        "appAutoSync": "1",
        "appInstallStartDate": "0000-00-00",
        "appInstallEndDate": "0000-00-00",
        "appInstallQuestion": "",
        "appInstallAnswer": "",
        "isMerged": 2,
        "mergeAppInfo": [] if app.odd else None,
        "canPayDownload": 1,
        "iconUrl": _icon(icons, build.icon),
        "buildScreenshotsUrl": [],
    }


def _other(app: App, build: Build) -> JsonObject:
    return {
        "buildKey": build.key,
        "buildName": app.name,
        "buildVersion": build.version,
        "buildBuildVersion": str(build.serial),
        "buildIdentifier": app.identifier,
        "buildCreated": "1天前",
        "buildUpdateDescription": build.notes,
    }


def check(
    app: App, build: Build, *, newer: bool, forced: bool, force_from: Build | None, api_key: str, icons: str
) -> JsonObject:
    """Return the data of `check`: `build` is what the device is offered.

    `force_from` is the build below which devices must update, None where the app forces nothing. The download
    address carries the key and an escaped ampersand, as on the service. `icons` is the address of the icons.
    """
    data: JsonObject = {
        "buildBuildVersion": build.serial if app.documented else str(build.serial),
        "forceUpdateVersion": force_from.version if force_from else "",
        "forceUpdateVersionNo": force_from.number if force_from else "",
        "needForceUpdate": forced,
        "downloadURL": f"{_SITE}/apiv2/app/install?_api_key={api_key}&amp;buildKey={build.key}",
        "appURl": f"{_SITE}/{app.shortcut}",
        "buildHaveNewVersion": newer,
        "buildVersionNo": build.number,
        "buildVersion": build.version,
        "buildDescription": app.description,
        "buildUpdateDescription": build.notes,
        "appKey": app.key,
        "buildKey": build.key,
        "buildName": app.name,
        "buildIcon": build.icon if app.documented else _icon(icons, build.icon),
        "buildFileKey": f"{keys.noise(f'file/{build.key}').hex()}{_suffix(app, build)}",
        "buildFileSize": str(build.size),
    }
    if newer and not app.documented:
        data["buildShortcutUrl"] = f"{_SITE}/{app.shortcut}"
    return data


def _suffix(app: App, build: Build) -> str:
    return "." + app.file_name_of(build.version).rpartition(".")[2]
