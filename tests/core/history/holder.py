"""Another program that holds a history: a process of its own, as locks within one process do not count."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2].split(";"):
    db.execute(statement).fetchall()
print("held", flush=True)
sys.stdin.readline()
"""

WRITES = "BEGIN IMMEDIATE"
EXCLUSIVE = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"
WITHOUT_WAL = "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE"
HALF_DONE = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = 1; BEGIN EXCLUSIVE; DELETE FROM builds"
HALF_DONE_WITHOUT_WAL = "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN EXCLUSIVE; DELETE FROM builds"


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    """`path` is held in this way until the end of the block."""
    holder = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", HOLD, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
    finally:
        holder.communicate("\n", timeout=60)
