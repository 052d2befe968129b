"""What Wine does differently from Windows: the tests that are skipped there, and only there, each with its reason."""

from __future__ import annotations

import ctypes
import os

import pytest

MOST = 12
"""More would mean that it is not Windows any more on which the suite runs."""

_LOCKING = "Wine reports a region that is locked elsewhere as error 0, where Windows denies access (msvcrt.locking)"
_DEVICES = "under Wine the devices of the machine below can be opened as files, which Windows does not have"

SKIPPED = {
    "tests/core/activity/test_journal.py::test_another_program_that_holds_the_file_for_long_is_told": _LOCKING,
    "tests/core/activity/test_journal.py::test_two_programs_at_once_do_not_tear_each_others_lines": _LOCKING,
    "tests/core/base/test_file_lock.py::test_what_one_holds_no_other_gets_until_it_lets_go": _LOCKING,
    "tests/core/base/test_file_lock.py::test_closing_the_file_lets_go": _LOCKING,
    "tests/core/activity/test_journal.py::test_what_swallows_lines_is_no_journal": _DEVICES,
    "tests/core/activity/test_journal.py::test_a_device_without_end_does_not_hang_the_start": _DEVICES,
    "tests/ui/builds/test_table.py::test_nothing_is_cut_beside_the_details_panel[600]": (
        "Wine has no Segoe UI, and the font in its place is wider"
    ),
}
"""By the names that pytest gives them, with a parameter's where only that one is meant."""


def under_wine() -> bool:
    """Whether this is Wine and not Windows."""
    return os.name == "nt" and hasattr(getattr(ctypes, "windll").ntdll, "wine_get_version")  # noqa: B009 - for mypy


def skip(items: list[pytest.Item]) -> None:
    """Mark those of `items` that Wine cannot pass. Raises `pytest.UsageError` where they are more than `MOST`."""
    reasons = [(item, SKIPPED.get(item.nodeid) or SKIPPED.get(item.nodeid.partition("[")[0])) for item in items]
    spared = [(item, reason) for item, reason in reasons if reason is not None]
    if len(spared) > MOST:
        raise pytest.UsageError(f"{len(spared)} tests would be skipped on Wine, and {MOST} are the most")
    for item, reason in spared:
        item.add_marker(pytest.mark.skip(reason=f"Wine: {reason}"))
