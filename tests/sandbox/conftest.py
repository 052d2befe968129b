from __future__ import annotations

from datetime import datetime

import pytest

from pgyer_desktop.sandbox.catalog import CHINA
from tests.helpers.sandbox import SandboxApp, SandboxService


@pytest.fixture
def service() -> SandboxService:
    return SandboxService(now=datetime(2025, 3, 12, 15, 30, tzinfo=CHINA))


@pytest.fixture
def app(service: SandboxService) -> SandboxApp:
    return SandboxApp(service)
