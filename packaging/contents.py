"""What is inside the frozen program, and why: modules, libraries, plug-ins and files.

PyInstaller takes what the imports lead to, and all that its hooks for Qt think of. This is what has to be named, and
what is taken out again. Used by `pgyer-desktop.spec`; needs neither PyInstaller nor Qt. Must not be imported by the
program.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

HIDDEN_IMPORTS = (
    # Loaded by name, through entry points: the keyrings of the three systems.
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.null",
    # Asked for by httpx when it is there; loaded when a request is first made.
    "anyio._backends._asyncio",
)

EXCLUDED_MODULES = (
    # For developers: nothing in the program imports them, but something behind its libraries may, if it can.
    "tkinter",
    "unittest",
    "pydoc",
    "doctest",
    "test",
    "pip",
    "setuptools",
    "pkg_resources",
    "rich",
    "click",
    "pygments",
    "trio",
    "h2",
    "brotli",
    "zstandard",
    "numpy",
    "PIL",
    "attr",
    "yaml",
    "tomli_w",
    # Qt's modules that no window of ours uses.
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtTest",
    "PySide6.QtSql",
    "PySide6.QtPrintSupport",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtUiTools",
    "PySide6.QtXml",
    "PySide6.QtConcurrent",
    "PySide6.QtNetwork",
    "PySide6.QtDBus",
)

UNWANTED_HOOKS = frozenset({"pyi_rth_multiprocessing", "pyi_rth_inspect", "pyi_rth_pkgutil"})
"""What PyInstaller would run first, before the program: for processes of `multiprocessing`, of which there are none,
for the source of functions, which is not inside, and for lists of modules, which nobody makes. They load much.
"""

PLUGINS = {
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "platforminputcontexts": ("compose", "ibus"),
    "platformthemes": ("xdgdesktopportal",),
    "styles": ("macstyle", "windowsvista", "modernwindowsstyle"),
    "iconengines": ("svgicon",),
    "imageformats": ("qjpeg", "qwebp", "qsvg", "qico", "qgif"),
}
"""Plug-ins by folder, as parts of their file names.

`offscreen` is for `--selftest` on a machine without a display; the image formats are those that the icons come in;
`platforminputcontexts` is how Chinese is typed under X11. The GTK theme stays out because it loads all of GTK at the
start; the rest serves what the program does not do: OpenGL, screens without a window system, Qt's own network.
"""

LIBRARIES = re.compile(
    r"""
    (?:lib)?Qt6(?:Core|Gui|Widgets|Svg|DBus|XcbQpa|WaylandClient|WlShellIntegration)(?:\.|$)
    """,
    re.VERBOSE,
)
"""Of Qt's own libraries: what the modules and the plug-ins above need."""

_TRANSLATIONS = ("qtbase_zh_CN.qm", "qtbase_en.qm")
"""Qt's own words (standard buttons, menus of text fields), in the languages that the program has."""

LEFT_OUT = ("libxcb.so.1", "libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libOpenGL.so.0", "libGLdispatch.so.0")
"""Linux: Qt does not load without these, machines without a desktop lack them, and PyInstaller leaves them out.

It does so for programs that draw with the machine's graphics driver, which has to match. This one draws by itself: the
GL libraries only have to be there, and hand on to whatever driver there is.
"""

_UNUSED = re.compile(
    r"(?:^|/)(?:readline|_codecs_(?:jp|kr|tw|hk|iso2022)|_curses|_curses_panel|_tkinter|nis|ossaudiodev|spwd|audioop|_test\w*)\."
)


def is_wanted(name: str) -> bool:
    """Whether a file that PyInstaller found goes in. `name` is its place in the program, on whatever system."""
    path = name.replace("\\", "/")
    file = path.rpartition("/")[2]
    if "/translations/" in path and path.endswith(".qm") and "PySide6" in path:
        return file in _TRANSLATIONS
    if "PySide6" in path and "/plugins/" in path:
        folder = path.partition("/plugins/")[2].partition("/")[0]
        return any(part in file for part in PLUGINS.get(folder, ()))
    if re.search(r"(?:lib)?Qt6\w+\.", file) or file.endswith("_conf.dll"):
        return LIBRARIES.match(file) is not None
    if "/qml/" in path or file.startswith(("opengl32sw", "d3dcompiler")):
        return False
    return _UNUSED.search(path) is None


def needed(wanted: Iterable[str], needs: Mapping[str, Collection[str]]) -> set[str]:
    """`wanted` and all that they need, through `needs`: by name, the names that it links to.

    What PyInstaller found for a plug-in that was taken out again stays out with it.
    """
    found = set(wanted)
    look = list(found)
    while look:
        for name in needs.get(look.pop(), ()):
            if name not in found:
                found.add(name)
                look.append(name)
    return found


def data_files(root: Path) -> list[tuple[str, str]]:
    """The program's own files, each with its folder inside. The sources of the translations stay out."""
    resources = root / "resources"
    found = [(str(file), "resources/icons") for file in sorted((resources / "icons").glob("*.svg"))]
    found += [(str(file), "resources/translations") for file in sorted((resources / "translations").glob("*.qm"))]
    found += [(str(file), "resources/app") for file in sorted((resources / "app").glob("icon*.png"))]
    found.append((str(resources / "app" / "icon.svg"), "resources/app"))
    return found
