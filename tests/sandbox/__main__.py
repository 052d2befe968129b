"""Serves the sandbox on a port of this machine until Ctrl-C, to try the program against: `python -m tests.sandbox`."""

from __future__ import annotations

import argparse
import sys
import threading

import uvicorn

from pgyer_desktop.sandbox import APPS, DEMO_KEY
from tests.helpers.sandbox import SandboxApp, SandboxService

_HOST = "127.0.0.1"


def main() -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.sandbox", description="Serve a made-up Pgyer.")
    parser.add_argument("--port", type=int, default=8765, help="port on this machine (default: %(default)s)")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="delay of every reply")
    parser.add_argument("--extra-apps", type=int, default=0, metavar="N", help="add N small apps, at most 4000")
    parser.add_argument(
        "--arrive", type=float, default=0.0, metavar="SECONDS", help="make a new build arrive this often"
    )
    options = parser.parse_args()
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
