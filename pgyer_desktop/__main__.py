"""Reads the command line and hands over to `app`. Nothing heavy is imported before the arguments are known."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from pgyer_desktop import __version__
from pgyer_desktop.api.addresses import API_BASE, ICON_BASE, checked_base
from pgyer_desktop.api.errors import AddressError
from pgyer_desktop.options import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import SupportsWrite

_INFORMATION: Final = 0x40
_IN_FRONT: Final = 0x10000
"""What Windows calls MB_ICONINFORMATION and MB_SETFOREGROUND."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. The exit code: 0, 1 where `--selftest` found a fault, 2 for a command line that is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A folder's name that the console's code page lacks is no reason to end.
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        api_url = checked_base(given.api_url or os.environ.get("PGYER_API_URL") or API_BASE)
        icon_url = checked_base(given.icon_url or os.environ.get("PGYER_ICON_URL") or ICON_BASE)
    except AddressError as exc:
        parser.error(str(exc))

    options = Options(
        demo=given.demo or given.selftest is not None,
        profile=given.profile,
        app_key=given.app.encode("utf-8", "replace").decode(),  # bytes of another encoding are half of something
        api_url=api_url,
        icon_url=icon_url,
        debug=given.debug,
        selftest=given.selftest is not None,
        picture=Path(given.selftest) if given.selftest else None,
    )
    # What is loaded now stays until the end: looking for garbage in it is a tenth of the time that starting takes. Once
    # the program runs it collects at times of its own (see `ui.base.memory`).
    gc.disable()
    try:
        from pgyer_desktop import app

        return app.run(options)
    finally:
        gc.enable()


class _Parser(argparse.ArgumentParser):
    """Says what it has to say in a message box where there is no console, as when Windows starts it from a shortcut."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, in one piece, and end."""
        self.exit(2, f"{self.format_usage()}{self.prog}: error: {message}\n")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if sys.platform == "win32" and sys.stdout is None and sys.stderr is None:
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, message, "Pgyer Desktop", _INFORMATION | _IN_FRONT)
        elif file is not None or sys.stderr is not None:  # Python 3.11.2, which Debian 12 has, does not ask
            super()._print_message(message, file)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="pgyer-desktop", description="Unofficial desktop client for Pgyer's version management.")
    parser.add_argument("--demo", action="store_true", help="show made-up apps; no account, network or keyring needed")
    parser.add_argument("--profile", metavar="DIR", type=Path, help="keep settings and caches (never the key) in DIR")
    parser.add_argument("--app", metavar="APPKEY", default="", help="open the app with this App Key")
    parser.add_argument("--api-url", metavar="URL", help="base address of the API (or PGYER_API_URL)")
    parser.add_argument("--icon-url", metavar="URL", help="base address of the icons (or PGYER_ICON_URL)")
    parser.add_argument("--debug", action="store_true", help="log more; keys are never logged")
    parser.add_argument(
        "--selftest",
        metavar="PNG",
        nargs="?",
        const="",
        help="walk through the demo, write a picture if asked, exit with 0 or 1",
    )
    parser.add_argument("--version", action="version", version=f"pgyer-desktop {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
