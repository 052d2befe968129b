"""Walks what a screen reader reads of a window, and finds what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

_Role = QAccessible.Role
_Text = QAccessible.Text

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


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is read, below those that it is in.

    A copy: PySide confuses an interface that is kept with what comes to lie in its place once its widget is gone.
    """

    role: QAccessible.Role
    name: str
    description: str
    value: str
    focusable: bool
    labelled: bool
    """Whether it has a label."""
    labels: bool
    """Whether it is the label of something."""
    leaf: bool
    object: QObject | None
    """The widget; None for a row or a cell."""
    above: tuple[Node, ...]

    def __str__(self) -> str:
        what = self.object
        own = f" {type(what).__name__} {what.objectName()}" if what is not None else ""
        return f"{self.role.name} {self.name!r}{own}"


def _copied(interface: QAccessibleInterface, above: tuple[Node, ...]) -> Node:
    return Node(
        role=interface.role(),
        name=interface.text(_Text.Name).replace("\u200b", "").strip(),
        description=interface.text(_Text.Description).strip(),
        value=interface.text(_Text.Value),
        focusable=bool(interface.state().focusable),
        labelled=bool(interface.relations(QAccessible.RelationFlag.Label)),
        labels=bool(interface.relations(QAccessible.RelationFlag.Labelled)),
        leaf=interface.childCount() == 0,
        object=interface.object(),
        above=above,
    )


def nodes(widget: QWidget) -> list[Node]:
    """Everything below and with `widget` that is read now; of lists the first rows."""
    return list(_walk(QAccessible.queryAccessibleInterface(widget), ()))


def _walk(interface: QAccessibleInterface, above: tuple[Node, ...]) -> Iterator[Node]:
    node = _copied(interface, above)
    if isinstance(node.object, QComboBox):
        yield node  # its list is Qt's own, and read when it is open
        return
    if not interface.state().invisible:
        yield node
    count = interface.childCount()
    for place in range(min(count, _MOST_CELLS) if node.role in _ROWS else count):
        child: QAccessibleInterface | None = interface.child(place)
        if child is not None and child.isValid() and not isinstance(child.object(), QMenu):
            yield from _walk(child, (*above, node))


def spoken(widget: QWidget) -> list[str]:
    """What is read of `widget`, a line for each thing; for people to read."""
    return [f"{'  ' * len(node.above)}{node} {node.description!r}" for node in nodes(widget)]


def faults(widget: QWidget) -> list[str]:
    """What is wrong with what is read of `widget`; empty where nothing is."""
    return [f"{node}: {fault}" for node in nodes(widget) for fault in _faults_of(node)]


def _faults_of(node: Node) -> Iterator[str]:
    role, name, own = node.role, node.name, node.object
    inner = own is not None and own.objectName().startswith("qt_")
    empty = isinstance(own, QLabel) and not own.text() and own.pixmap().isNull()
    if not name and not empty and (node.focusable or role not in _HOLDERS):
        yield "it has no name"
    if isinstance(own, QLabel) and _words(own.text()) not in _words(name):
        yield f"it shows {own.text()!r}, which is not read"
    if isinstance(own, QComboBox) and not own.accessibleName() and not node.labelled:
        yield "it has no name, only a value"
    if role in _UNSAID and not inner and (node.focusable or _is_a_thing(node)):
        yield "it has no role: give its class a manner"
    for words in (name, node.description, node.value):
        if _NO_CHARACTER.search(words):
            yield f"a noncharacter is read: {words[:60]!a}"
        if _MARKUP.search(words):
            yield f"markup is read: {words[:60]!r}"
    if name and node.description == name:
        yield "its description says its name again"
    if name and role in _REPEATS and not node.labelled and not node.labels:
        for one in node.above:
            if name in {one.name, one.description}:
                yield f"said twice: {one.role.name} around it says so too"


def _is_a_thing(node: Node) -> bool:
    """Whether it is nothing that holds others, and there is something to be seen of it."""
    own = node.object
    return (
        isinstance(own, QWidget)
        and node.leaf
        and not own.findChildren(QWidget)
        and own.layout() is None
        and own.width() > 0
        and own.height() > 0
    )


def _words(text: str) -> str:
    """Letters and digits, for signs are read as what they mean."""
    return " ".join(re.findall(r"\w+", text.replace("\u200b", "")))
