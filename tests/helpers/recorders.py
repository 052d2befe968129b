"""Recorders for sessions in tests, each on a journal of its own."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from pgyer_desktop.core.accounts.accounts import Account
from pgyer_desktop.core.activity.journal import Journal
from pgyer_desktop.core.changes.recorder import Recorder

_FOLDER = tempfile.TemporaryDirectory(prefix="pgyer-desktop-journals-")  # goes with the test run
_NUMBERS = itertools.count(1)


def new_recorder(account: Account | None = None, *, journal: Journal | None = None) -> Recorder:
    """A recorder of `account` on `journal`, or on an empty one in a file that nobody else uses."""
    if journal is None:
        journal = Journal.open(Path(_FOLDER.name) / f"journal-{next(_NUMBERS)}.jsonl")
    return Recorder(journal, account or Account("account1", "Acme"))
