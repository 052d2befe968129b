"""What `pgyer_desktop.api` hands on, and what it does not load for that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pgyer_desktop import api
from pgyer_desktop.api import errors, models
from tests.project.checkout import ROOT


def loaded_after(program: str) -> list[str]:
    """Which modules of `api` a fresh Python has loaded after `program`."""
    program += "\nimport sys\nprint(*sorted(name for name in sys.modules if name.startswith('pgyer_desktop.api.')))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    return done.stdout.replace("pgyer_desktop.api.", "").split()


def test_every_value_is_handed_on() -> None:
    public = {name for name, value in vars(models).items() if getattr(value, "__module__", "") == models.__name__}
    assert {*public, "CHINA_TIME", "Client", "PgyerError"} == set(api.__all__)
    for name in public:
        assert getattr(api, name) is getattr(models, name)
    assert api.PgyerError is errors.PgyerError


def test_each_is_loaded_when_it_is_asked_for() -> None:
    assert loaded_after("import pgyer_desktop.api") == []
    assert loaded_after("from pgyer_desktop.api import Platform") == ["models"]
    assert loaded_after("from pgyer_desktop.api import errors") == ["errors"]


def test_the_transport_is_not_handed_on() -> None:
    assert "transport" not in loaded_after("from pgyer_desktop.api import *")


def test_a_name_that_is_not_there_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="has no attribute"):
        api.Biuld  # type: ignore[attr-defined]  # noqa: B018
