"""A screen reader on Linux is told what happens: over the real accessibility bus, each thing once.

All that is said stands in `read_aloud.en.txt` and `.zh.txt`, to be written anew and read where it changes. These
are not compared: what is polite waits, and comes sooner or later.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_NEEDS = ("xvfb-run", "dbus-run-session")
_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not all(map(shutil.which, _NEEDS)) or not _SERVICE.exists(),
    reason="needs Xvfb, a session bus of its own and the accessibility bus (at-spi2-core) of a Linux desktop",
)
def test_what_happens_is_told_over_the_accessibility_bus() -> None:
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", "dbus-run-session", "--"]
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment["QT_QPA_PLATFORM"] = "xcb"
    done = subprocess.run(  # noqa: S603 - our own code
        [*screen, sys.executable, "-m", "tests.e2e.read_aloud"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    if "could not load the Qt platform plugin" in done.stderr.casefold().replace("could not find or ", ""):
        pytest.skip("Qt has no X11 here: libraries of xcb are missing")
    told = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr[-2000:]
    for beginning in (
        "urgent: Pgyer refused this key (1002).",
        "urgent: The builds of Harbour could not be read.",
        "polite: 1 found in ",
        "polite: Nothing found in ",
        "polite: 1.7.0 (156) is the latest now, verified at ",
        "polite: Deleting 0 of 5",
        "polite: 5 builds deleted",
        "polite: Lantern, Android",
        "focus: cell 1.7.5, build 161, ",
        "focus: cell 1.7.4, build 160, latest, ",
        "focus: cell 1.5.1, build 141, ",
    ):
        heard = sum(line.startswith(beginning) for line in told)
        # The focus can come to a row again; what is said of its own accord is said once.
        assert heard == 1 or (heard and beginning.startswith("focus")), (beginning, told)
    assert not [line for line in told if "<" in line or "\ufdd0" in line]
