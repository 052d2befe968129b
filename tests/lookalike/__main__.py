"""Runs the look-alike by itself until Ctrl-C: `python -m tests.lookalike [--port N] [--latency SECONDS]`."""

from __future__ import annotations

import argparse
import secrets
import sys
from contextlib import suppress

from tests.lookalike.server import Lookalike
from tests.lookalike.world import furnished


def main() -> int:
    """Serve, and print where and with which keys; these are made up anew by each start."""
    parser = argparse.ArgumentParser(prog="python -m tests.lookalike", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="which port of this machine (default: a free one)")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that each reply waits")
    given = parser.parse_args()
    with Lookalike(furnished(seed=secrets.token_hex(8)), port=given.port) as service:
        service.latency = given.latency
        lines = [f"python -m pgyer_desktop --api-url {service.api_url} --icon-url {service.icon_url} --profile FOLDER"]
        lines += [f"made-up API key of {account.name}: {account.key}" for account in service.world.accounts]
        sys.stdout.write("\n".join([*lines, "Ctrl-C ends it.", ""]))
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            service.over.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
