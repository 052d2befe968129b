"""Made-up records for tests of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pgyer_desktop.api.models import CHINA_TIME, Build, Platform
from pgyer_desktop.core.activity.outcome import Outcome, Write
from pgyer_desktop.core.activity.records import Ending, Intent, NamedBuild, intent

WHEN = datetime(2025, 3, 12, 7, 30, 5, 250_000, tzinfo=UTC)
APP_KEY = "a" * 32

BUILD = Build(
    build_key="b" * 32,
    name="Harbour",
    version="1.4.5",
    build_number="145",
    pgyer_build=45,
    platform=Platform.IOS,
    type_code="1",
    size=10_500_000,
    identifier="com.acme.harbour",
    icon="c" * 32,
    created=datetime(2025, 3, 11, 10, 0, tzinfo=CHINA_TIME),
    created_text="2025-03-11 10:00:00",
    latest=True,
    notes="Fixes:\n- the map\n- 云帆 🚢",
    file_name="harbour.ipa",
    publish_complete=True,
    downloads=12,
    in_history=False,
    launcher_activity="com.acme.Main",
    shortcut="harbour",
    app_key=APP_KEY,
    extra=(("buildExtendsOne", "x"), ("buildExtendsTwo", "")),
)
OTHER = NamedBuild("d" * 32, "1.4.4 (144)")


def deletion(
    build: Build = BUILD, *, account: str = "acme", before: tuple[NamedBuild, ...] | None = (OTHER,)
) -> Intent:
    return intent(
        Write.DELETE,
        build,
        account_id=account,
        account_name="Acme",
        app_key=APP_KEY,
        app_name="Harbour",
        before=before,
        when=WHEN,
    )


def done(intent: Intent, outcome: Outcome = Outcome.DONE, *, after: int = 1, by_reading: bool = False) -> Ending:
    """The ending of `intent`, `after` seconds later."""
    return Ending(intent.id, WHEN + timedelta(seconds=after), outcome, by_reading=by_reading)
