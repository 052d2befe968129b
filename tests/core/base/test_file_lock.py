"""One program at a time has a file; closing it, or its end, lets the next one have it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pgyer_desktop.core.base.file_lock import try_lock, unlock

CONTENT = b"one line\n"


@pytest.fixture
def handles(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The same file, opened twice: locks are told apart by who opened it."""
    file = tmp_path / "shared"
    file.write_bytes(CONTENT)
    with ExitStack() as stack:
        yield tuple(stack.enter_context(file.open("r+b", buffering=0)).fileno() for _ in range(2))  # type: ignore[misc]


def test_what_one_holds_no_other_gets_until_it_lets_go(handles: tuple[int, int]) -> None:
    one, other = handles
    assert try_lock(one)
    assert not try_lock(other)
    unlock(one)
    assert try_lock(other)


def test_closing_the_file_lets_go(handles: tuple[int, int], tmp_path: Path) -> None:
    with (tmp_path / "shared").open("rb") as passing:
        assert try_lock(passing.fileno())
        assert not try_lock(handles[0])
    assert try_lock(handles[0])


def test_what_is_in_a_locked_file_can_be_read(handles: tuple[int, int]) -> None:
    one, other = handles
    assert try_lock(one)
    assert os.read(other, 100) == CONTENT
