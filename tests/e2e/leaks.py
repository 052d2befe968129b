"""Where a secret could show, and looking for it there: files, texts of every widget and model, codes, the clipboard."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from pgyer_desktop.ui.sharing.qr_code import QrCode

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from tests.helpers.sandbox import SandboxApp

_ROLES = (
    *(int(role) for role in (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
        Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.EditRole,
    )),
    *range(int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 8),
)  # fmt: skip


@dataclass(frozen=True)
class Canaries:
    """What must not be found anywhere, by name."""

    key: str
    password: str
    signature: str
    download: str

    def found_in(self, text: str) -> list[str]:
        """The names of those that `text` gives away, also turned or packed."""
        low = text.lower()
        return [name for name, secret in vars(self).items() if any(form.lower() in low for form in _forms(secret))]


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield secret[::-1]
    yield quote(secret, safe="")
    yield base64.b64encode(secret.encode()).decode().rstrip("=")
    yield secret.encode().hex()


class LeakyService:
    """An ASGI application in front of the sandbox whose replies carry secrets wherever the real ones may, and more."""

    def __init__(self, app: SandboxApp, canaries: Canaries) -> None:
        self._app = app
        self._secrets = {
            "downloadURL": f"{canaries.download}?_api_key={canaries.key}&sig={canaries.signature}",
            "buildPassword": canaries.password,
            "buildInstallType": "2",
            "userKey": canaries.key,
            "buildQRCodeURL": f"https://www.pgyer.com/app/qrcode/x?sig={canaries.signature}",
            "_api_key": canaries.key,
        }

    async def __call__(
        self, scope: MutableMapping[str, Any], receive: Callable[..., Any], send: Callable[..., Any]
    ) -> None:
        """Answer, and put the secrets into whatever is JSON."""
        head: dict[str, Any] = {}
        parts: list[bytes] = []

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                head.update(message)
            elif message["type"] == "http.response.body" and head:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    await self._pass_on(head, b"".join(parts), send)
            else:
                await send(message)

        await self._app(scope, receive, sent)

    async def _pass_on(self, head: dict[str, Any], body: bytes, send: Callable[..., Any]) -> None:
        with suppress(ValueError):  # a picture
            body = json.dumps(self._with_secrets(json.loads(body))).encode()
        headers = [(name, value) for name, value in head["headers"] if name.lower() != b"content-length"]
        await send({**head, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    def _with_secrets(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {**{name: self._with_secrets(inner) for name, inner in value.items()}, **self._secrets}
        return [self._with_secrets(inner) for inner in value] if isinstance(value, list) else value


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and contents of all files, as text where every byte is a character."""
    for path in folder.rglob("*"):
        yield f"name of {path}", path.name
        if path.is_file():
            yield str(path), path.read_bytes().decode("latin-1")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from ((f"{name} in {path}", packed.read(name).decode()) for name in packed.namelist())


def screen() -> Iterator[tuple[str, str]]:
    """Where, and each text that anybody can see, hear, hover over, copy or scan in this program now."""
    yield "clipboard", QGuiApplication.clipboard().text()
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget)):
            where = f"{top.objectName()}/{type(widget).__name__} {widget.objectName()}"
            for text in _texts(widget):
                yield where, text
        for action in top.findChildren(QAction):
            yield action.objectName(), f"{action.text()}\n{action.toolTip()}\n{action.statusTip()}"


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    elif isinstance(widget, QrCode):
        yield widget.text or ""
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        # A list has one, and Qt keeps its count to itself.
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            index = model.index(row, column)
            yield from (repr(index.data(role)) for role in _ROLES)


def leaks(canaries: Canaries, *places: Iterable[tuple[str, str]]) -> list[str]:
    """Where something was found, and what."""
    return [f"{name} in {where}" for place in places for where, text in place for name in canaries.found_in(text)]
