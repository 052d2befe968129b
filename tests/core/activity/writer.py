"""A program that appends to a journal until it is stopped, for tests that stop it hard.

    python -m tests.core.activity.writer FILE COUNT [FILE_SIZE_LIMIT]

Writes the id of each intent to standard output once it is on the disk; ends each one too, and writes that as "=" and
the id. What could not be recorded is written as "!", the reason and the id.
"""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import count
from pathlib import Path

from pgyer_desktop.core.activity.journal import Journal, JournalError
from tests.core.activity.values import deletion, done


def _tell(text: str) -> None:
    os.write(1, f"{text}\n".encode())


async def append(file: Path, times: int) -> None:
    """Record and end `times` deletions; 0: without end."""
    journal = Journal.open(file)
    for _ in range(times) if times else count():
        intent = deletion()
        try:
            await journal.record(intent)
            _tell(intent.id)
            await journal.end(done(intent))
            _tell(f"={intent.id}")
        except JournalError as exc:
            _tell(f"!{exc.reason.value} {intent.id}")


if __name__ == "__main__":
    if len(sys.argv) > 3:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    asyncio.run(append(Path(sys.argv[1]), int(sys.argv[2])))
