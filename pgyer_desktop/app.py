"""The beginning of a run: shows the window first, then loads everything else and hands over to `program`.

What is imported at the top is what the first paint needs.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop

from pgyer_desktop import __version__
from pgyer_desktop.core.accounts.profile import Profile, demo_profile, own_profile, profile_in
from pgyer_desktop.options import Options
from pgyer_desktop.shell.restart import wait_for_old
from pgyer_desktop.shell.single_instance import hand_over
from pgyer_desktop.ui.base import resources
from pgyer_desktop.ui.base.application import Application
from pgyer_desktop.ui.window import appearance
from pgyer_desktop.ui.window.main_window import MainWindow

_PAINT_SECONDS: Final = 1.0
"""A window that is not painted by then (started minimised) will not be waited for."""

_WINDOW_ICON: Final = 64
"""Largest side of the windows' icon, in pixels."""

_TO_LOAD: Final = (
    "asyncio",
    "qasync",
    "msgspec",
    "pgyer_desktop.core.accounts.settings",
    "pgyer_desktop.core.changes.session",
    "pgyer_desktop.core.history.store",
    "pgyer_desktop.shell.connections",
    "pgyer_desktop.ui.builds.table",
    "pgyer_desktop.ui.builds.details_panel",
    "pgyer_desktop.ui.state.window_state",
    "pgyer_desktop.ui.changes.flow",
    "pgyer_desktop.ui.accounts.flow",
    "pgyer_desktop.ui.window.builds_page",
    "pgyer_desktop.ui.window.content",
    "pgyer_desktop.shell.program",
)
"""What the program consists of, in pieces: between two of them the window moves, paints and closes."""


def run(options: Options) -> int:
    """Run the program to its end, or show the window of the one that runs already. The exit code."""
    wait_for_old()
    with ExitStack() as stack:
        profile = _profile(options, stack)
        if not options.selftest and hand_over(profile, app_key=options.app_key):
            return 0
        qt_app = Application(sys.argv[:1])
        _set_up(qt_app)
        appearance.apply(appearance.chosen_in(profile.settings_file))
        window = MainWindow(profile.first_view_file)
        window.show()
        _wait_for_paint(qt_app, window)
        painted = time.time()
        for name in _TO_LOAD:
            if window.over:  # closed before there was anything in it
                return 0
            import_module(name)
            qt_app.processEvents()
        from pgyer_desktop.shell import program

        gc.freeze()  # no collection needs to look at what has been loaded
        return program.run(options, profile, qt_app, window, painted=painted)


def _profile(options: Options, stack: ExitStack) -> Profile:
    if options.profile is not None:
        return profile_in(options.profile)
    if options.selftest:
        # Neither depends on what was done before nor leaves anything behind, but for what a virus scanner has open.
        folder = tempfile.TemporaryDirectory(prefix="pgyer-desktop-", ignore_cleanup_errors=True)
        return profile_in(Path(stack.enter_context(folder)))
    return demo_profile() if options.demo else own_profile()


def _set_up(qt_app: Application) -> None:
    qt_app.setApplicationName("pgyer-desktop")
    qt_app.setApplicationDisplayName("Pgyer Desktop")
    qt_app.setApplicationVersion(__version__)
    qt_app.setDesktopFileName("pgyer-desktop")
    qt_app.setWindowIcon(resources.app_icon(_WINDOW_ICON))
    # The loop ends when everything is closed, not when the window is.
    qt_app.setQuitOnLastWindowClosed(False)


def _wait_for_paint(qt_app: Application, window: MainWindow) -> None:
    """Have the window painted, so that nothing slow comes before it. The loop of the program does not run yet."""
    seen: list[bool] = []
    window.painted.connect(lambda: seen.append(True))
    end = time.monotonic() + _PAINT_SECONDS
    while not seen and time.monotonic() < end and not window.over:
        qt_app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    qt_app.processEvents()  # what it painted goes to the screen
