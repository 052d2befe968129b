"""Walks what a screen reader reads of a window, and finds what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

_Role = QAccessible.Role
_Text = QAccessible.Text
_Relation = QAccessible.RelationFlag

_UNSAID: Final = {_Role.NoRole, _Role.Client, _Role.Border}
"""What Qt calls a widget of which it knows nothing: right for what only holds others."""
_HOLDERS: Final = {
    *_UNSAID,
    _Role.Grouping,
    _Role.LayeredPane,
    _Role.Pane,
    _Role.Splitter,
    _Role.Grip,
    _Role.ScrollBar,
    _Role.Separator,
    _Role.MenuBar,
}
"""These need no name unless the focus can be on them."""
_REPEATS: Final = {_Role.StaticText, _Role.Graphic, _Role.Grouping, _Role.Client, _Role.Dialog}
"""What must not say what the name or the description around it says already."""
_ROWS: Final = {_Role.Table, _Role.List, _Role.Tree}
_MOST_CELLS: Final = 60
_MARKUP: Final = re.compile(r"</?(?:span|b|i|u|p|br|a|img|html|body|div|qt|table)\b[^>]*>", re.IGNORECASE)
_NO_CHARACTER: Final = re.compile("[\ufdd0-\ufdef\ufffc\ufffe\uffff]")


class Node(NamedTuple):
    """One thing that is read, below those that it is in."""

    interface: QAccessibleInterface
    above: tuple[QAccessibleInterface, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.interface.text(_Text.Name).replace("\u200b", "").strip()

    @property
    def description(self) -> str:
        """What is said of it besides."""
        return self.interface.text(_Text.Description).strip()

    @property
    def object(self) -> QObject | None:
        """The widget; None for a row or a cell."""
        found: QObject | None = self.interface.object()
        return found

    def __repr__(self) -> str:
        # The widgets may be gone when a failure is written down, and Qt's own `repr` would read them.
        return "Node"

    def __str__(self) -> str:
        what = self.object
        own = f" {type(what).__name__} {what.objectName()}" if what is not None else ""
        return f"{self.interface.role().name} {self.name!r}{own}"


def nodes(widget: QWidget) -> Iterator[Node]:
    """Everything below and with `widget` that is read now; of lists the first rows."""
    root = QAccessible.queryAccessibleInterface(widget)
    yield from _walk(Node(root, ()))


def _walk(node: Node) -> Iterator[Node]:
    interface = node.interface
    if isinstance(node.object, QComboBox):
        yield node  # its list is Qt's own, and read when it is open
        return
    if not interface.state().invisible:
        yield node
    count = interface.childCount()
    for place in range(min(count, _MOST_CELLS) if interface.role() in _ROWS else count):
        child: QAccessibleInterface | None = interface.child(place)
        if child is not None and child.isValid() and not isinstance(child.object(), QMenu):
            yield from _walk(Node(child, (*node.above, interface)))


def spoken(widget: QWidget) -> list[str]:
    """What is read of `widget`, a line for each thing; for people to read."""
    return [f"{'  ' * len(node.above)}{node} {node.description!r}" for node in nodes(widget)]


def faults(widget: QWidget) -> list[str]:
    """What is wrong with what is read of `widget`; empty where nothing is."""
    return [f"{node}: {fault}" for node in nodes(widget) for fault in _faults_of(node)]


def _faults_of(node: Node) -> Iterator[str]:
    role, focusable = node.interface.role(), bool(node.interface.state().focusable)
    own, name, description = node.object, node.name, node.description
    inner = own is not None and own.objectName().startswith("qt_")
    empty = isinstance(own, QLabel) and not own.text() and own.pixmap().isNull()
    if not name and not empty and (focusable or role not in _HOLDERS):
        yield "it has no name"
    if isinstance(own, QLabel) and _words(own.text()) not in _words(name):
        yield f"it shows {own.text()!r}, which is not read"
    if isinstance(own, QComboBox) and not own.accessibleName() and not _related(node, _Relation.Label):
        yield "it has no name, only a value"
    if role in _UNSAID and not inner and (focusable or _is_a_thing(node)):
        yield "it has no role: give its class a manner"
    for words in (name, description, node.interface.text(_Text.Value)):
        if _NO_CHARACTER.search(words):
            yield f"a noncharacter is read: {words[:60]!a}"
        if _MARKUP.search(words):
            yield f"markup is read: {words[:60]!r}"
    if name and description == name:
        yield "its description says its name again"
    if name and role in _REPEATS and not _related(node, _Relation.Labelled | _Relation.Label):
        for one in node.above:
            if name in {one.text(_Text.Name).strip(), one.text(_Text.Description).strip()}:
                yield f"said twice: {one.role().name} around it says so too"


def _is_a_thing(node: Node) -> bool:
    """Whether it is nothing that holds others, and there is something to be seen of it."""
    own = node.object
    return (
        isinstance(own, QWidget)
        and node.interface.childCount() == 0
        and not own.findChildren(QWidget)
        and own.layout() is None
        and own.width() > 0
        and own.height() > 0
        and not isinstance(own.parentWidget(), QMenu)
    )


def _words(text: str) -> str:
    """Letters and digits, for signs are read as what they mean."""
    return " ".join(re.findall(r"\w+", text.replace("\u200b", "")))


def _related(node: Node, how: QAccessible.RelationFlag) -> bool:
    """Whether it has a label, or is one."""
    return bool(node.interface.relations(how))
