"""A Pgyer look-alike with made-up apps: what the demo and the tests run against.

Answers the seven operations and the icons as the service does, quirks included; keeps nothing after the process ends.
Standard library only, no Qt and nothing else of this program: shared code would share its mistakes with the client.
"""

from pgyer_desktop.sandbox.asgi import SandboxApp
from pgyer_desktop.sandbox.catalog import APPS, in_chinese
from pgyer_desktop.sandbox.service import DEMO_KEY, PAGE_SIZE, SandboxService, ServiceError

__all__ = ["APPS", "DEMO_KEY", "PAGE_SIZE", "SandboxApp", "SandboxService", "ServiceError", "in_chinese"]
