"""What each documented operation answers: from form fields to the reply's JSON.

Written from the description of the service alone. Knows no sockets.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from tests.lookalike.behaviour import BuildKeyField
from tests.lookalike.clock import written
from tests.lookalike.stock import Account, App, Build
from tests.lookalike.world import NotLatestError, NotThereError, World

Fields = Mapping[str, str]
Data = dict[str, object]

YES, NO = "1", "2"
"""How the service writes the answer to most of its "is it so" fields. Both are true to a careless program."""
NEVER = "0000-00-00 00:00:00"
DOCUMENTED = (
    "buildKey",
    "buildType",
    "buildFileSize",
    "buildName",
    "buildVersion",
    "buildVersionNo",
    "buildBuildVersion",
    "buildIdentifier",
    "buildIcon",
    "buildCreated",
)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the service's addresses lead. Without a slash at the end."""

    api: str
    icons: str
    pages: str


class RefusedError(Exception):
    """An error of the service's own. Comes with HTTP 200 and without `data`."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def icon_path(icon: str) -> str:
    """Where an icon lies below the icons' address."""
    return "/".join([*icon[:5], icon])


def as_php_writes(reply: Mapping[str, object]) -> bytes:
    r"""JSON with `\/` and `\uXXXX`."""
    return json.dumps(reply, separators=(",", ":")).replace("/", r"\/").encode("ascii")


TEXTS = {"message", "buildName", "buildFileName", "buildVersion", "buildDescription", "buildUpdateDescription"}
"""What a person wrote, or reads."""


def with_echo(body: bytes, written: str) -> bytes:
    """The reply with the key of its request, as it is `written` here, behind each of its texts."""

    def echoed(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            return {inner: echoed(item, inner) for inner, item in value.items()}
        if isinstance(value, list):
            return [echoed(item) for item in value]
        return f"{value} {written}" if name in TEXTS and isinstance(value, str) else value

    reply = echoed(json.loads(body))
    assert isinstance(reply, dict)
    return as_php_writes(reply)


class Answers:
    """Answers for one world at one site."""

    def __init__(self, world: World, site: Site) -> None:
        self._world = world
        self._site = site
        self._operations: dict[str, Callable[[Account, Fields], Data]] = {
            "app/builds": self._builds,
            "app/setNewestVersion": self._set_latest,
            "app/cancelNewestVersion": self._clear_latest,
            "app/check": self._check,
            "app/buildDelete": self._delete,
            "app/listMy": self._list_my,
            "app/view": self._view,
        }

    def __call__(self, operation: str, key: str, fields: Fields) -> bytes:
        """The reply to a form without its key."""
        with self._world.alone():
            try:
                return as_php_writes({"code": 0, **self._answer(operation, key, fields)})
            except RefusedError as exc:
                return as_php_writes({"code": exc.code, "message": str(exc)})

    def _answer(self, operation: str, key: str, fields: Fields) -> Data:
        if not key:
            raise RefusedError(1001, "no _api_key came")
        account = self._world.account_of(key)
        if account is None:
            raise RefusedError(1002, "this _api_key is not valid")
        answer = self._operations.get(operation)
        if answer is None:
            raise RefusedError(1081, "illegal request")
        try:
            return answer(account, fields)
        except NotThereError:
            raise RefusedError(1009, "app not found") from None
        except NotLatestError:
            raise RefusedError(1081, "illegal request") from None

    # The operations

    def _builds(self, account: Account, fields: Fields) -> Data:
        app = self._app_of(account, fields)
        behaviour = self._world.behaviour
        builds = list(app.builds)
        if fields.get("buildKey"):
            if behaviour.builds_with_build_key is BuildKeyField.EMPTY:
                builds = []
            elif behaviour.builds_with_build_key is not BuildKeyField.IGNORED:
                alone = [build for build in builds if build.key == fields["buildKey"]]
                only = behaviour.builds_with_build_key is BuildKeyField.ONLY
                builds = alone if alone or only else builds
        page = _page(fields)
        size = behaviour.page_size
        rows = [self._row(app, build) for build in builds[(page - 1) * size : page * size]]
        if not rows and behaviour.empty_data_is_array:
            return {"message": "", "data": []}
        return {"message": "", "data": {"pageCount": -(-len(builds) // size), "currentPage": page, "list": rows}}

    def _set_latest(self, account: Account, fields: Fields) -> Data:
        self._world.promote(_build_key(fields), account)
        return {"message": "Set successfully"}

    def _clear_latest(self, account: Account, fields: Fields) -> Data:
        self._world.clear(_build_key(fields), account)
        return {"message": "Cleared successfully"}

    def _delete(self, account: Account, fields: Fields) -> Data:
        self._world.delete(_build_key(fields), account)
        return {"message": ""}

    def _list_my(self, account: Account, fields: Fields) -> Data:
        page = _page(fields)
        size = self._world.behaviour.page_size
        rows = [self._app_row(app) for app in account.apps[(page - 1) * size : page * size]]
        if self._world.behaviour.list_my_is_array:
            return {"message": "", "data": rows}
        return {"data": {"list": rows, "total": str(len(account.apps)), "page": page}}

    def _view(self, account: Account, fields: Fields) -> Data:
        if not fields.get("appKey") and not fields.get("buildKey"):
            raise RefusedError(1008, "buildKey and appKey are both empty")
        if not fields.get("buildKey"):
            app = self._app_of(account, fields)
            return {"message": "", "data": self._description(app, self._world.offered(app))}
        try:
            app, build = self._named(account, fields)
        except NotThereError:
            if not self._world.behaviour.view_of_gone_shows_another:
                raise
            app = self._app_of(account, fields)
            build = self._world.offered(app)
        return {"message": "", "data": self._description(app, build)}

    def _check(self, account: Account, fields: Fields) -> Data:
        app = self._app_of(account, fields)
        build = self._world.offered(app)
        channel = fields.get("channelKey")
        if channel:
            if channel not in app.channels:
                raise NotThereError(channel)
            if app.channels[channel]:
                _app, build = self._world.find(app.channels[channel], account)
        version, count = fields.get("buildVersion"), fields.get("buildBuildVersion")
        # How the service compares is not documented. Without a version it says false, whatever there is.
        newer = bool(version) and (version != build.version or (bool(count) and count != str(build.count)))
        behaviour = self._world.behaviour
        # As the real one: it has the account's key in it, and calling it costs money.
        download = f"{self._site.api}/app/install?" + urlencode({"_api_key": account.key, "buildKey": build.key})
        data: Data = {
            "buildBuildVersion": self._number(build.count),
            "forceUpdateVersion": app.forced_version,
            "forceUpdateVersionNo": app.forced_number,
            "needForceUpdate": newer and bool(app.forced_version),
            "downloadURL": html.escape(download) if behaviour.escapes_download_url else download,
            "appURl": f"{self._site.pages}/{build.key}",
            "buildHaveNewVersion": newer,
            "buildVersionNo": build.number,
            "buildVersion": build.version,
            "buildDescription": app.description,
            "buildUpdateDescription": build.notes,
            "appKey": app.key,
            "buildKey": build.key,
            "buildName": app.name,
            "buildIcon": self._icon_url(build.icon),
            "buildFileKey": build.file_name,
            "buildFileSize": str(build.size),
        }
        if newer:
            data["buildShortcutUrl"] = f"{self._site.pages}/{app.shortcut}"
        if behaviour.old_check:
            for name in ("appURl", "buildDescription", "needForceUpdate"):
                del data[name]
        return {"message": "", "data": {**data, **_shared(data, build)}}

    # The rows

    def _row(self, app: App, build: Build) -> Data:
        """A build in the list of `builds`. It says neither the app's key nor its page."""
        row = self._documented(app, build)
        if not self._world.behaviour.documented_only:
            row |= {
                "buildFileName": build.file_name,
                "buildUpdateDescription": build.notes,
                "buildLauncherActivity": "" if not build.file_name.endswith("apk") else f"{app.identifier}.Start",
                "buildIsDisplayInHistory": YES,
                "buildIsPublishComplete": YES if build.published else NO,
                "buildExtendsIsPublish": YES,
                "buildExtendsTimingDate": NEVER,
                "buildDownloadCount": build.downloads,
                **self._mark(app, build),
            }
        return {**row, **_shared(row, build)}

    def _documented(self, app: App, build: Build) -> Data:
        return {
            "buildKey": build.key,
            "buildType": self._number(app.platform),
            "buildFileSize": self._number(build.size),
            "buildName": app.name,
            "buildVersion": build.version,
            "buildVersionNo": build.number,
            "buildBuildVersion": self._number(build.count),
            "buildIdentifier": app.identifier,
            "buildIcon": build.icon,
            "buildCreated": written(build.created),
        }

    def _mark(self, app: App, build: Build) -> Data:
        if not self._world.behaviour.rows_say_latest:
            return {}
        return {"buildIsLastest": YES if build.key in app.latest else NO}

    def _app_row(self, app: App) -> Data:
        """An app in `listMy`, with its newest build. The password of its page is in it, in clear."""
        newest = app.builds[0] if app.builds else None
        return {
            "appKey": app.key,
            "buildKey": newest.key if newest else "",
            "buildType": self._number(app.platform),
            "buildName": app.name,
            "buildVersion": newest.version if newest else "",
            "buildVersionNo": newest.number if newest else "",
            "buildBuildVersion": self._number(newest.count if newest else 0),
            "buildShortcutUrl": app.shortcut,
            "buildIdentifier": app.identifier,
            "buildFileSize": self._number(newest.size if newest else 0),
            "buildCreated": written(newest.created) if newest else NEVER,
            "buildIcon": app.icon,
            "buildDescription": app.description,
            "buildScreenshots": "",
            "buildPassword": app.password,
            "isMerged": 2,
        }

    def _description(self, app: App, build: Build) -> Data:
        """All that `view` tells."""
        expires = written(build.created + timedelta(days=730))
        others = [other for other in app.builds if other.count < build.count]
        data: Data = {
            **self._documented(app, build),
            **self._mark(app, build),
            "appKey": app.key,
            "buildIsFirst": "1" if build is app.builds[-1] else "0",
            "buildFileName": build.file_name,
            "buildPassword": app.password,
            "buildQrcodeShowAppIcon": YES,
            "buildVersionType": "1",
            "buildDescription": app.description,
            "buildUpdateDescription": build.notes,
            "buildScreenshots": "",
            "buildScreenshotsUrl": [],
            "buildShortcutUrl": app.shortcut,
            "buildQRCodeURL": f"{self._site.pages}/qr/{build.key}",
            "buildSignatureType": "0",
            "buildAdhocUuids": "[]",
            "buildInstallType": "2" if app.password else "1",
            "buildManuallyBlocked": NO,
            "buildIsPlaceholder": NO,
            "buildIsPublishComplete": YES if build.published else NO,
            "buildCates": "",
            "buildUpdated": written(build.created),
            "buildFollowed": "0",
            "buildDownloadCount": build.downloads,
            "todayDownloadCount": build.downloads,
            "iconUrl": self._icon_url(build.icon),
            "isOwner": 1,
            "isJoin": 2,
            "isMerged": 2,
            "mergeAppInfo": None,
            "canPayDownload": 1,
            "appExpiredDate": expires,
            "appExpiredStatus": 2,
            "isImmediatelyExpired": False,
            "appAutoSync": YES,
            "appIsTestFlight": NO,
            "appInstallStartDate": "0000-00-00",
            "appInstallEndDate": "0000-00-00",
            "otherAppsCount": str(len(others)),
            "otherApps": [
                {
                    "buildKey": other.key,
                    "buildName": app.name,
                    "buildVersion": other.version,
                    "buildBuildVersion": self._number(other.count),
                    "buildIdentifier": app.identifier,
                    "buildCreated": f"{max(1, (self._world.clock.now - other.created).days)}天前",
                    "buildUpdateDescription": other.notes,
                }
                for other in others[:3]
            ],
        }
        return {**data, **_shared(data, build)}

    # Small parts

    def _app_of(self, account: Account, fields: Fields) -> App:
        key = fields.get("appKey")
        if not key:
            raise RefusedError(1010, "no appKey came")
        for app in account.apps:
            if app.key == key:
                return app
        raise NotThereError(key)

    def _named(self, account: Account, fields: Fields) -> tuple[App, Build]:
        """The build that a form names; where it names an app too, one of that app's."""
        app, build = self._world.find(fields["buildKey"], account)
        if fields.get("appKey") not in {None, "", app.key}:
            raise NotThereError(build.key)
        return app, build

    def _icon_url(self, icon: str) -> str:
        return f"{self._site.icons}/{icon_path(icon)}?x-oss-process=image/resize,m_lfit,h_120,w_120/format,jpg"

    def _number(self, value: int) -> object:
        return str(value) if self._world.behaviour.numbers_are_strings else value


def _shared(data: Data, build: Build) -> Data:
    """The odd values of a build, where the reply has their fields."""
    return {name: value for name, value in build.odd.items() if name in data}


def _build_key(fields: Fields) -> str:
    key = fields.get("buildKey")
    if not key:
        raise RefusedError(1011, "no buildKey came")
    return key


def _page(fields: Fields) -> int:
    """The page that was asked for. 1-based; whatever is no page is the first."""
    text = fields.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1
