"""Fixtures of the dialogs' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pgyer_desktop.ui.base.i18n import Language, Translators
from tests.helpers.hearing import listening

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def english(qapp: object) -> Iterator[None]:
    """The window's language, whatever a test before has left and this one makes of it; "1 case" and not "1 case(s)"."""
    translators = Translators()
    translators.use(Language.ENGLISH)
    yield
    translators.use(Language.ENGLISH)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What a screen reader is told of its own accord from now on."""
    return listening(monkeypatch)
