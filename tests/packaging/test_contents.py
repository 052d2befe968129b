"""What goes into the frozen program and what stays out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.checkout import ROOT, script

contents = script("contents")
QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        f"{QT}/plugins/imageformats/libqwebp.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/translations/qtbase_zh_CN.qm",
        f"{QT}/lib/libQt6Gui.so.6",
        "PySide6\\Qt6Widgets.dll",
        "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "libxcb-cursor.so.0",
        "resources/translations/pgyer_desktop_zh_CN.qm",
    ],
)
def test_what_the_program_uses_goes_in(name: str) -> None:
    assert contents.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/egldeviceintegrations/libqeglfs-x11-integration.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/translations/qtmultimedia_zh_CN.qm",
        f"{QT}/lib/libQt6Quick.so.6",
        "PySide6\\Qt6Network.dll",
        "PySide6\\opengl32sw.dll",
        "python3.11/lib-dynload/readline.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_it_does_not_use_stays_out(name: str) -> None:
    assert not contents.is_wanted(name)


def test_a_library_stays_only_where_something_inside_needs_it() -> None:
    needs = {"plugin": {"libA"}, "libA": {"libB"}, "libGtk": {"libPango"}, "libB": {"libA"}}
    assert contents.needed(["plugin", "module"], needs) == {"plugin", "module", "libA", "libB"}


def test_the_programs_own_files_are_there_without_the_sources_of_its_translations() -> None:
    inside = {(folder, Path(path).name) for path, folder in contents.data_files(ROOT)}
    assert ("resources/translations", "pgyer_desktop_zh_CN.qm") in inside
    assert ("resources/icons", "latest.svg") in inside
    assert ("resources/app", "icon.svg") in inside
    assert not [name for _, name in inside if name.endswith((".ts", ".ico", ".icns"))]
