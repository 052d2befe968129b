"""How long a queue of deletes takes for each build, as a multiple of the latency that is measured in the same run.

`python -m tests.benchmarks.deletes [LATENCY_MS] [BUILDS]`: against the second look-alike, which lets each reply wait so
long, and each new connection as well before it is heard (to a service far away that is what TCP and TLS cost). Prints
what was asked for each build. Loopback and a disk of this machine: what is no wait for the service is ours.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api.models import Build
from pgyer_desktop.api.transport import ApiTransport
from pgyer_desktop.core.builds.apps import KnownApp
from pgyer_desktop.core.cleanup.queue import Batch
from pgyer_desktop.core.cleanup.queue_report import RowState
from tests.e2e.batch_writer import session_on
from tests.lookalike import ANDROID, Behaviour, Lookalike, World

if TYPE_CHECKING:
    from pgyer_desktop.core.changes.session import Session

_UPLOADS: Final = 90
_SAMPLES: Final = 9
_WAYS: Final = {
    "the latest on another page, no flag needed but the row's": (Behaviour(), False),
    "the latest on the same page": (Behaviour(), True),
    "rows without flags": (Behaviour(rows_say_latest=False), False),
}


async def _latency(session: Session, app_key: str) -> float:
    """What one answer takes on a connection that is open."""
    times = []
    for _ in range(_SAMPLES):
        begun = time.perf_counter()
        await session.builds.find_latest(app_key)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


async def _measure(name: str, behaviour: Behaviour, *, near: bool, latency: float, count: int, queues: int) -> str:
    world = World(behaviour)
    account = world.add_account("Workshop")
    apps = [world.add_app(account, f"App {n}", ANDROID, shortcut=f"app{n}") for n in range(queues)]
    for app in apps:
        for number in range(_UPLOADS):
            world.upload(app, f"1.{number}")
    with Lookalike(world) as service, tempfile.TemporaryDirectory() as folder:
        service.latency = service.set_up = latency
        transport = ApiTransport(service.api_url)
        session = session_on(transport, account.key, Path(folder))
        batches = []
        for app in apps:
            doomed = app.builds[1 : count + 1] if near else app.builds[-count:]
            builds = [Build(one.key, version=one.version, pgyer_build=one.count) for one in reversed(doomed)]
            batches.append(Batch(session, KnownApp(app.key, app.name), builds, page=1 if near else 5))
        measured = await _latency(session, apps[0].key)
        service.record.forget()
        service.connections = 0
        begun = time.perf_counter()
        reports = await asyncio.gather(*(batch.run() for batch in batches))
        each = (time.perf_counter() - begun) / (count * queues)
        await transport.aclose()
        asked = Counter(request.operation.removeprefix("app/") for request in service.record.all)
        opened = service.connections
    deleted = sum(len(report.of(RowState.DELETED)) for report in reports)
    costs = ", ".join(f"{number / deleted:.2f} {what}" for what, number in asked.most_common())
    return (
        f"{name}: {each:.3f} s a build, {each / measured:.1f} times the latency ({measured * 1000:.0f} ms); "
        f"{deleted} deleted, for each {costs}, {opened / deleted:.2f} new connections"
    )


def main() -> int:
    """Measure and print."""
    latency = float(sys.argv[1]) / 1000 if len(sys.argv) > 1 else 0.08
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 18
    runs = [(name, behaviour, near, 1) for name, (behaviour, near) in _WAYS.items()]
    runs.append(("two apps of one account", Behaviour(), False, 2))
    for name, behaviour, near, queues in runs:
        line = asyncio.run(
            _measure(name, behaviour, near=near, latency=latency, count=min(count, _UPLOADS - 1), queues=queues)
        )
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
