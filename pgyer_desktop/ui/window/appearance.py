"""Light or dark, as the person wants it: the system's choice, or one of its own.

The platform does it where it can. Bare X sessions, which know nothing of light and dark, get Fusion's palette in the
colours that it has on such platforms. Must not colour any widget: those follow the palette.
"""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from pgyer_desktop.ui.base import theme


class Appearance(Enum):
    """What the window is to look like. The values stand in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_SCHEMES: Final = {
    Appearance.SYSTEM: Qt.ColorScheme.Unknown,
    Appearance.LIGHT: Qt.ColorScheme.Light,
    Appearance.DARK: Qt.ColorScheme.Dark,
}
_Role = QPalette.ColorRole
_DARK: Final = {
    _Role.Window: "#323232",
    _Role.WindowText: "#f0f0f0",
    _Role.Base: "#242424",
    _Role.AlternateBase: "#2b2b2b",
    _Role.Text: "#f0f0f0",
    _Role.Button: "#3c3c3c",
    _Role.ButtonText: "#f0f0f0",
    _Role.BrightText: "#ffffff",
    _Role.ToolTipBase: "#3f3f36",
    _Role.ToolTipText: "#f0f0f0",
    _Role.PlaceholderText: "#a0a0a0",
    _Role.Light: "#5a5a5a",
    _Role.Midlight: "#4b4b4b",
    _Role.Mid: "#282828",
    _Role.Dark: "#1e1e1e",
    _Role.Shadow: "#000000",
    _Role.Highlight: "#0067c0",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#60cdff",
    _Role.Link: "#60cdff",
    _Role.LinkVisited: "#c9a0ff",
}
_DISABLED: Final = "#8a8a8a"


def chosen(value: str) -> Appearance:
    """The appearance of this value; the system's for one that is not known."""
    return next((one for one in Appearance if one.value == value), Appearance.SYSTEM)


def chosen_in(settings_file: Path) -> Appearance:
    """What was chosen, for the first picture of a start: the settings are loaded only after it."""
    try:
        found = json.loads(settings_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return Appearance.SYSTEM  # whoever loads them says what is wrong
    return chosen(str(found.get("appearance", ""))) if isinstance(found, dict) else Appearance.SYSTEM


def apply(appearance: Appearance) -> None:
    """Have all windows look like that, at once and from now on."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    hints, scheme = app.styleHints(), _SCHEMES[appearance]
    hints.setColorScheme(scheme)
    if app.style().name().lower() != "fusion":
        return
    if scheme is Qt.ColorScheme.Unknown or hints.colorScheme() is scheme:
        if app.property(_OURS):
            app.setPalette(QPalette())
            app.setProperty(_OURS, False)
    else:
        app.setPalette(_dark() if appearance is Appearance.DARK else app.style().standardPalette())
        app.setProperty(_OURS, True)
    _edge_fields()
    if not app.property(_FOLLOWS):
        # The colours themselves may come after it.
        hints.colorSchemeChanged.connect(lambda: QTimer.singleShot(0, app, _edge_fields))
        app.setProperty(_FOLLOWS, True)


_OURS: Final = "paletteOfAppearance"
_FOLLOWS: Final = "edgesFollowTheScheme"
_EDGED: Final = "fieldsHaveEdges"
_FIELDS: Final = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton")
_EDGE: Final = 0.5
"""How much of the text's colour is in the edge of a field in the dark: three to one against the window."""
_DARKER: Final = 140
"""Fusion paints an edge in the window's colour, made darker by this: in the dark nobody would see it."""


def _edge_fields() -> None:
    """Have fields and check boxes show in Fusion's dark: lighter is the window's colour for their edges alone."""
    app, palette = QApplication.instance(), QApplication.palette()
    dark = theme.is_dark(palette)
    if app is None or not (dark or app.property(_EDGED)):
        return  # the fields follow all the rest
    app.setProperty(_EDGED, dark)
    if dark:
        text, window, ring = palette.color(_Role.WindowText), palette.color(_Role.Window), theme.accent(palette)
        palette.setColor(_Role.Window, theme.blend(text, window, _EDGE).lighter(_DARKER))
        palette.setColor(_Role.Highlight, ring)
        palette.setColor(_Role.HighlightedText, theme.on_fill(ring))
    for field in _FIELDS:
        QApplication.setPalette(palette, field)  # type: ignore[arg-type]  # takes only text, whatever it is told to be


def _dark() -> QPalette:
    palette = QPalette()
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED))
    return palette
