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
    app.setProperty(_OURS, scheme is not Qt.ColorScheme.Unknown and hints.colorScheme() is not scheme)
    app.setProperty(_DARK_OURS, appearance is Appearance.DARK)
    _mend()
    if not app.property(_FOLLOWS):
        # The colours themselves may come after it.
        hints.colorSchemeChanged.connect(lambda: QTimer.singleShot(0, app, _mend))
        app.setProperty(_FOLLOWS, True)


_OURS: Final = "paletteOfAppearance"
_DARK_OURS: Final = "paletteOfAppearanceIsDark"
_FOLLOWS: Final = "coloursFollowTheScheme"
_FIELDS: Final = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton")
_BUTTONS: Final = ("QPushButton",)
_EDGE: Final = 3.8
"""Contrast of a field's edge with the window: what blends into its corners takes some of it."""
_DARKER: Final = 140
"""Fusion paints an edge in the window's colour, made darker by this: in the dark nobody would see it."""


def _mend() -> None:
    """Have all that Fusion paints contrast with what is behind it, whatever colours the platform has given."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    given = QPalette()  # nothing of its own: the platform's
    if app.property(_OURS):
        given = _dark() if app.property(_DARK_OURS) else app.style().standardPalette()
    app.setPalette(given)
    mended = theme.legible(app.palette(), onto=given)
    if mended is not None:
        app.setPalette(mended)
    edge_fields()


def edge_fields() -> None:
    """Have fields and check boxes show: another colour of the window for their edges alone.

    So it is for buttons that are told from the window by nothing else, as in high contrast.
    """
    palette = QApplication.palette()
    window, button = palette.color(_Role.Window), palette.color(_Role.Button)
    edge, ring = theme.readable(window.darker(_DARKER), window, ratio=_EDGE), theme.accent(palette)
    edged = QPalette(palette)
    edged.setColor(_Role.Window, edge.lighter(_DARKER))
    for kind in _BUTTONS:
        _set_palette(edged if button == window else palette, kind)
    if theme.is_dark(palette):
        edged.setColor(_Role.Highlight, ring)
        edged.setColor(_Role.HighlightedText, theme.on_fill(ring))
    for kind in _FIELDS:
        _set_palette(edged, kind)


def _set_palette(palette: QPalette, kind: str) -> None:
    QApplication.setPalette(palette, kind)  # type: ignore[arg-type]  # takes only text, whatever it is told to be


def _dark() -> QPalette:
    palette = QPalette()
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED))
    return palette
