"""The `Info.plist` of the macOS program: what the Finder, the Dock and Launch Services know about it.

Plain data for PyInstaller's `BUNDLE(info_plist=...)`; needs no macOS.
"""

from __future__ import annotations

import re

BUNDLE_ID = "arpa.home.pgyerdesktop"
"""Belongs to nobody (home.arpa is reserved, RFC 8375). Who publishes under a domain of their own changes it here and in
`linux/pgyer-desktop.metainfo.xml`, once: macOS takes a program with another id for another program."""
NAME = "Pgyer Desktop"
OLDEST_MACOS = "13.0"
"""What Qt 6.11 supports: https://doc.qt.io/qt-6.11/macos.html"""


def info_plist(version: str) -> dict[str, object]:
    """The entries for `version`, such as "1.2.3" or "1.2.3rc1".

    Raises ValueError: it does not begin with three numbers.
    """
    numbers = re.match(r"\d+\.\d+\.\d+", version)
    if numbers is None:
        raise ValueError(f"{version!r} does not begin with three numbers")
    return {
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundlePackageType": "APPL",
        "CFBundleInfoDictionaryVersion": "6.0",
        # Apple allows three numbers and nothing else here; the whole version is in the text below.
        "CFBundleVersion": numbers[0],
        "CFBundleShortVersionString": numbers[0],
        "CFBundleGetInfoString": f"{NAME} {version}, an unofficial desktop client for Pgyer",
        "CFBundleDevelopmentRegion": "en",
        # Without these, macOS shows the system's own menus and dialogs in English only.
        "CFBundleLocalizations": ["en", "zh_CN"],
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        # False: dark windows where the system is dark.
        "NSRequiresAquaSystemAppearance": False,
        "NSSupportsAutomaticGraphicsSwitching": True,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": "© Pgyer Desktop contributors. MIT licence.",
    }
