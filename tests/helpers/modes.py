"""Modes of files, which only POSIX has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files: who may read is the folder's")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """What new files have not, within."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)
