"""`python -m pgyer_desktop.sandbox`: the sandbox on a port of this machine, to try the program against.

Needs uvicorn, which is a development dependency: the program itself never opens a port.
"""

from __future__ import annotations

import argparse
import sys
import threading
from typing import TYPE_CHECKING

from pgyer_desktop.sandbox import APPS, DEMO_KEY, SandboxApp, SandboxService

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOST = "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted. Returns 0, or 2 where uvicorn is missing."""
    parser = argparse.ArgumentParser(prog="python -m pgyer_desktop.sandbox", description="Serve a made-up Pgyer.")
    parser.add_argument("--port", type=int, default=8765, help="port on this machine (default: %(default)s)")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="delay of every reply")
    parser.add_argument("--extra-apps", type=int, default=0, metavar="N", help="add N small apps, at most 4000")
    parser.add_argument(
        "--arrive", type=float, default=0.0, metavar="SECONDS", help="make a new build arrive this often"
    )
    options = parser.parse_args(arguments)
    try:
        import uvicorn
    except ModuleNotFoundError:
        sys.stderr.write(
            "The sandbox is served by uvicorn, a development dependency that is not installed.\n"
            "Install the development dependencies (uv sync) and start it again.\n"
        )
        return 2

    base = f"http://{_HOST}:{options.port}"
    service = SandboxService(latency=options.latency, extra_apps=options.extra_apps, icons=f"{base}/icons")
    sys.stdout.write(
        f"A made-up Pgyer answers at {base}/apiv2. Start the program against it with\n\n"
        f"    pgyer-desktop --api-url {base}/apiv2 --icon-url {base}/icons\n\n"
        f"and connect an account with the key {DEMO_KEY}. Ctrl+C ends it.\n"
    )
    sys.stdout.flush()
    if options.arrive > 0:
        threading.Thread(target=_arrive, args=(service, options.arrive), daemon=True).start()
    uvicorn.run(SandboxApp(service), host=_HOST, port=options.port, log_level="warning", access_log=False, ws="none")
    return 0


def _arrive(service: SandboxService, seconds: float) -> None:
    pause = threading.Event()
    while not pause.wait(seconds):
        service.publish_build(APPS[0].key)


if __name__ == "__main__":
    sys.exit(main())
