"""A keyring that the library takes, for processes that are told to use it. Nothing else may load it."""

from __future__ import annotations

from tests.core.base.keyrings import WorkingKeyring


class Keyring(WorkingKeyring):
    """Works in memory."""

    priority = 0.1
