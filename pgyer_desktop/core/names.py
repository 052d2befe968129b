"""What things are called in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgyer_desktop.api.models import Build


def name_of(build: Build) -> str:
    """A build as sentences name it: "1.4.5 (145)", else by what there is."""
    if build.version and build.build_number:
        return f"{build.version} ({build.build_number})"
    if build.version or build.build_number:
        return build.version or build.build_number
    return f"#{build.pgyer_build}" if build.pgyer_build is not None else build.build_key
