"""Which builds of an app a clean-up deletes and which it keeps, each with the reasons: rules, plan, frozen plan.

Decides only. Must not read or change the service: running a plan, and asking before, are the business of others, who
call `recheck` immediately before each delete. What is latest, pinned, still being published or of unknown fate is in no
plan, whatever the rules say and whoever chooses by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pgyer_desktop.api import Build
from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.base.names import name_of, short
from pgyer_desktop.core.base.redaction import struck
from pgyer_desktop.core.base.words import Text, translate
from pgyer_desktop.core.builds.keeping import Rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet


class ReasonKind(Enum):
    """Why a build is kept or deleted. The values stand in files; see `plan_file`."""

    LATEST = "is the latest"
    PINNED = "is pinned"
    PUBLISHING = "is still being published"
    UNSETTLED = "a change of it is not settled"
    NEWEST = "among the newest"
    YOUNG = "newer than days"
    AGE_UNKNOWN = "its upload time is not known"
    NEWEST_OF_VERSION = "newest of its version"
    OVER_LIMIT = "more than fit in one run"
    """Only in plans that were saved in 2026 and before; today a run stops after so many and goes on when it is told."""
    KEPT_BY_HAND = "kept by hand"
    NO_RULE = "no rule keeps it"
    CHOSEN_BY_HAND = "chosen by hand"


PROTECTED: Final = frozenset({ReasonKind.LATEST, ReasonKind.PINNED, ReasonKind.PUBLISHING, ReasonKind.UNSETTLED})
"""What nobody can choose to delete."""
BY_RULE: Final = frozenset(
    {
        ReasonKind.NEWEST,
        ReasonKind.YOUNG,
        ReasonKind.AGE_UNKNOWN,
        ReasonKind.NEWEST_OF_VERSION,
        ReasonKind.OVER_LIMIT,
    }
)
"""What keeps a build until it is chosen by hand."""


@dataclass(frozen=True, slots=True)
class PlanReason:
    """One reason, with what it is about."""

    kind: ReasonKind
    number: int | None = None
    """Of `NEWEST` and `OVER_LIMIT` builds, of `YOUNG` days."""
    version: str = ""
    """Of `NEWEST_OF_VERSION`; "" for builds that carry none."""

    @property
    def text(self) -> Text:
        """For the cell of a table, without a full stop."""
        number = self.number or 0
        if self.kind is ReasonKind.NEWEST and number > 1:
            return translate("retention", "Among the newest {number}").fill(number=number)
        if self.kind is ReasonKind.YOUNG:
            return translate("retention", "Newer than %n day(s)", "", number)
        if self.kind is ReasonKind.NEWEST_OF_VERSION and self.version:
            return translate("retention", "Newest of version {version}").fill(version=short(self.version))
        if self.kind is ReasonKind.OVER_LIMIT:
            return translate("retention", "More than {number} in one run").fill(number=number)
        return _REASONS[self.kind]


_REASONS: Final = {
    ReasonKind.LATEST: translate("retention", "Latest"),
    ReasonKind.PINNED: translate("retention", "Pinned locally"),
    ReasonKind.PUBLISHING: translate("retention", "Still being published"),
    ReasonKind.UNSETTLED: translate("retention", "A change of it is not settled"),
    ReasonKind.NEWEST: translate("retention", "The newest"),
    ReasonKind.AGE_UNKNOWN: translate("retention", "Upload time not known"),
    ReasonKind.NEWEST_OF_VERSION: translate("retention", "Newest of those without a version"),
    ReasonKind.KEPT_BY_HAND: translate("retention", "Kept by hand"),
    ReasonKind.NO_RULE: translate("retention", "No rule keeps it"),
    ReasonKind.CHOSEN_BY_HAND: translate("retention", "Chosen by hand"),
}

_LATEST: Final = PlanReason(ReasonKind.LATEST)
_PINNED: Final = PlanReason(ReasonKind.PINNED)
_PUBLISHING: Final = PlanReason(ReasonKind.PUBLISHING)
_UNSETTLED: Final = PlanReason(ReasonKind.UNSETTLED)
_AGE_UNKNOWN: Final = PlanReason(ReasonKind.AGE_UNKNOWN)
_NO_RULE: Final = (PlanReason(ReasonKind.NO_RULE),)
_KEPT_BY_HAND: Final = (PlanReason(ReasonKind.KEPT_BY_HAND),)
_CHOSEN_BY_HAND: Final = (PlanReason(ReasonKind.CHOSEN_BY_HAND),)


class Refusal(Enum):
    """Why there is no plan, or a row of it cannot be changed."""

    INCOMPLETE = "incomplete"
    LATEST_UNKNOWN = "latest unknown"
    CHANGED = "changed"
    """The builds do not fit together: read while somebody changed them."""
    NO_RULE = "no rule"
    NOT_IN_PLAN = "not in plan"
    PROTECTED = "protected"
    NOTHING = "nothing"


class PlanError(Exception):
    """A plan that cannot be made, or a choice that it does not allow. `text` says why, and what to do."""

    def __init__(self, refusal: Refusal, text: Text) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.text = text


@dataclass(frozen=True, slots=True)
class Row:
    """One build and what happens to it."""

    build: Build
    delete: bool
    reasons: tuple[PlanReason, ...]
    """All that apply; never empty."""
    overruled: tuple[PlanReason, ...] = ()
    """The reasons that the rules give for the contrary, where it was chosen by hand."""

    @property
    def by_hand(self) -> bool:
        """Whether somebody has decided against the rules."""
        return bool(self.overruled)

    @property
    def protected(self) -> tuple[PlanReason, ...]:
        """The reasons that nobody can overrule."""
        return tuple(reason for reason in self.reasons if reason.kind in PROTECTED)

    def chosen(self, *, delete: bool) -> Row:
        """The same row as somebody wants it, which is not as it is. Raises `PlanError` where it is never deleted."""
        if delete and self.protected:
            sentence = _NEVER[self.protected[0].kind].fill(build=name_of(self.build))
            raise PlanError(Refusal.PROTECTED, sentence)
        if self.by_hand:
            return Row(self.build, delete, self.overruled)
        return Row(self.build, delete, _CHOSEN_BY_HAND if delete else _KEPT_BY_HAND, self.reasons)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan comes to."""

    delete: int = 0
    keep: int = 0
    freed: int = 0
    """Bytes of what is deleted, as far as sizes are known."""
    unsized: int = 0
    """Builds to delete whose size is not known: more than `freed` is freed then."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every build of an app, in the service's order, kept or to delete. Make one with `plan`."""

    rules: Rules
    rows: tuple[Row, ...]
    made: datetime
    """The time that ages were counted from."""
    totals: Totals
    _places: dict[str, int] = field(repr=False, compare=False)

    @property
    def deletions(self) -> tuple[Row, ...]:
        """What is to be deleted, in the order in which that is done: the oldest first."""
        return tuple(row for row in reversed(self.rows) if row.delete)

    def row(self, build_key: str) -> Row | None:
        """The row of this build."""
        place = self._places.get(build_key)
        return self.rows[place] if place is not None else None

    def with_choice(self, build_key: str, *, delete: bool) -> Plan:
        """The same plan with this one row as somebody wants it; no other row changes.

        Going back to what the rules say takes the choice away. Raises `PlanError` for a build that is never deleted,
        and for one that is not in the plan.
        """
        place = self._places.get(build_key)
        if place is None:
            raise PlanError(Refusal.NOT_IN_PLAN, translate("retention", "This build is not in the plan."))
        row = self.rows[place]
        if row.delete == delete:
            return self
        sign, size = (1 if delete else -1), row.build.size
        totals = Totals(
            delete=self.totals.delete + sign,
            keep=self.totals.keep - sign,
            freed=self.totals.freed + sign * (size or 0),
            unsized=self.totals.unsized + (sign if size is None else 0),
        )
        changed = row.chosen(delete=delete)
        return replace(self, rows=(*self.rows[:place], changed, *self.rows[place + 1 :]), totals=totals)

    def with_choices(self, choices: Mapping[str, bool]) -> Plan:
        """The same plan with all of these choices that it allows: whether to delete, by build key."""
        rows = list(self.rows)
        for build_key, delete in choices.items():
            place = self._places.get(build_key)
            if place is not None and rows[place].delete != delete and not (delete and rows[place].protected):
                rows[place] = rows[place].chosen(delete=delete)
        return replace(self, rows=tuple(rows), totals=_totals(rows)) if choices else self

    def freeze(self, account_id: str, account_name: str, app_key: str, app_name: str, when: datetime) -> FrozenPlan:
        """The plan as it is agreed on at `when` (with its zone), of one app of one account.

        Holds of each build only what identifies it. Raises `PlanError` where nothing is to be deleted.
        """
        _check_zone(when)
        if not self.totals.delete:
            raise PlanError(
                Refusal.NOTHING,
                translate("retention", "Nothing is to be deleted. Change the rules, or choose builds by hand."),
            )
        return FrozenPlan(
            account_id=account_id,
            account_name=_clean(account_name),
            app_key=app_key,
            app_name=_clean(app_name),
            when=when,
            made=self.made,
            rules=self.rules,
            rows=tuple(_frozen(row) for row in self.rows),
        )


@dataclass(frozen=True)
class FrozenPlan:
    """A plan that does not change any more: what was agreed on, to be saved, reviewed and run.

    Not slotted, so that what is counted is counted once. See `plan_file` for its file.
    """

    account_id: str
    account_name: str
    app_key: str
    app_name: str
    when: datetime
    """When it was frozen."""
    made: datetime
    """The time that ages were counted from."""
    rules: Rules
    rows: tuple[Row, ...]
    """Every build of the app at that time, in the service's order; of each only what identifies it."""

    @cached_property
    def deletions(self) -> tuple[Row, ...]:
        """What is to be deleted, in the order in which that is done: the oldest first."""
        return tuple(row for row in reversed(self.rows) if row.delete)

    @cached_property
    def totals(self) -> Totals:
        """What it comes to."""
        return _totals(self.rows)


def plan(
    builds: Sequence[Build],
    rules: Rules,
    *,
    latest_keys: AbstractSet[str] | None,
    pinned: AbstractSet[str] = frozenset(),
    unsettled: AbstractSet[str] = frozenset(),
    complete: bool,
    now: datetime,
) -> Plan:
    """Decide about every build of an app. `builds` is its whole history in the service's order, newest first.

    `latest_keys` are the builds that the service calls latest *and* the one that `check` offers; None where that is not
    known, empty only where the service was asked and offers none. Rows that carry the mark themselves count as well.
    `pinned` and `unsettled` (a change of it is under way, or nobody knows how it ended) are build keys, and may name
    builds that are gone. `complete` says whether every build is in `builds`. `now` has its zone.

    Raises `PlanError` on a history that is not complete or does not fit together, where the latest is not known, and
    without any rule.
    """
    _check_zone(now)
    if not complete:
        raise PlanError(
            Refusal.INCOMPLETE,
            translate(
                "retention", "Not all builds of this app are known yet. Load the whole history, then plan the clean-up."
            ),
        )
    if latest_keys is None:
        raise PlanError(
            Refusal.LATEST_UNKNOWN,
            translate(
                "retention",
                "It is not known which build is the latest, so none can be safe from the clean-up. Refresh, then plan"
                " it.",
            ),
        )
    if not rules.keep_anything:
        raise PlanError(Refusal.NO_RULE, translate("retention", "No rule says what to keep. Choose at least one rule."))
    places = {build.build_key: place for place, build in enumerate(builds)}
    if len(places) != len(builds) or not all(key in places for key in latest_keys):
        raise PlanError(
            Refusal.CHANGED,
            translate(
                "retention",
                "The builds of this app changed while they were read. Load the whole history again, then plan the"
                " clean-up.",
            ),
        )
    rows = tuple(
        Row(build, delete=not reasons, reasons=reasons or _NO_RULE)
        for build, reasons in zip(builds, _kept_by(builds, rules, latest_keys, pinned, unsettled, now), strict=True)
    )
    return Plan(rules, rows, now, _totals(rows), places)


def _kept_by(
    builds: Sequence[Build],
    rules: Rules,
    latest_keys: AbstractSet[str],
    pinned: AbstractSet[str],
    unsettled: AbstractSet[str],
    now: datetime,
) -> Iterator[tuple[PlanReason, ...]]:
    """Everything that keeps each build, in the order of `ReasonKind`; nothing for those that no rule keeps."""
    newest = rules.newest or 0
    among_newest = PlanReason(ReasonKind.NEWEST, newest)
    age = timedelta(days=rules.days) if rules.days is not None else None
    young = PlanReason(ReasonKind.YOUNG, rules.days)
    versions: set[str] = set()
    for place, build in enumerate(builds):
        key = build.build_key
        reasons: list[PlanReason] = []
        if build.latest or key in latest_keys:
            reasons.append(_LATEST)
        if key in pinned:
            reasons.append(_PINNED)
        if build.publish_complete is False:
            reasons.append(_PUBLISHING)
        if key in unsettled:
            reasons.append(_UNSETTLED)
        if place < newest:
            reasons.append(among_newest)
        if age is not None:
            created = build.created
            if created is None or created.tzinfo is None:
                # Perhaps uploaded a minute ago: nothing says that it is old.
                reasons.append(_AGE_UNKNOWN)
            elif now - created < age:
                reasons.append(young)
        if rules.newest_of_version and build.version not in versions:
            versions.add(build.version)
            reasons.append(PlanReason(ReasonKind.NEWEST_OF_VERSION, version=build.version))
        yield tuple(reasons)


def _totals(rows: Sequence[Row]) -> Totals:
    sizes = [row.build.size for row in rows if row.delete]
    return Totals(len(sizes), len(rows) - len(sizes), sum(size or 0 for size in sizes), sizes.count(None))


_NEVER: Final = {
    ReasonKind.LATEST: translate(
        "retention", "{build} is the latest. No plan deletes it; make another build the latest first."
    ),
    ReasonKind.PINNED: translate("retention", "{build} is pinned. Unpin it first, then plan the clean-up again."),
    ReasonKind.PUBLISHING: translate(
        "retention", "{build} is still being published. Wait until Pgyer has finished, then plan the clean-up again."
    ),
    ReasonKind.UNSETTLED: translate(
        "retention", "It is not known yet how the last change of {build} ended. Refresh to find out."
    ),
}


# Freezing


def _frozen(row: Row) -> Row:
    return Row(_frozen_build(row.build), row.delete, _clean_reasons(row.reasons), _clean_reasons(row.overruled))


def _frozen_build(build: Build) -> Build:
    """What identifies `build`, and nothing else."""
    return Build(
        build_key=build.build_key,
        name=_clean(build.name),
        version=_clean(build.version),
        build_number=_clean(build.build_number),
        pgyer_build=build.pgyer_build,
        size=build.size,
        created=build.created if build.created is not None and build.created.tzinfo is not None else None,
        created_text=_clean(build.created_text),
    )


def _clean_reasons(reasons: tuple[PlanReason, ...]) -> tuple[PlanReason, ...]:
    if not any(reason.version for reason in reasons):
        return reasons
    return tuple(replace(reason, version=_clean(reason.version)) for reason in reasons)


def _clean(text: str) -> str:
    """Fit for a file that is handed round: without the service's secrets and without unseen characters."""
    if text.isascii() and text.isprintable() and "=" not in text and ":" not in text:
        return text  # nothing to strike out, and the rest takes long for many builds
    return struck(escape_invisible(text))


def _check_zone(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError("a time has its zone")


# Running


class SkipKind(Enum):
    """What has changed since the plan was made."""

    GONE = "gone"
    OTHER_APP = "other app"
    OTHER_UPLOAD = "other upload"
    LATEST_UNKNOWN = "latest unknown"
    LATEST = "latest"
    PINNED = "pinned"
    PUBLISHING = "publishing"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Skip:
    """Why a build of the plan is not deleted after all."""

    kind: SkipKind
    text: Text
    """A sentence that stands beside the build's name."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A build of the plan as it is immediately before its delete.

    `build` is None where it is gone. `latest` are the keys of what the service calls latest and offers, None where that
    is not known. `pinned` and `unsettled` are build keys.
    """

    build: Build | None
    latest: AbstractSet[str] | None
    pinned: AbstractSet[str] = frozenset()
    unsettled: AbstractSet[str] = frozenset()


def recheck(row: Row, seen: Seen, *, app_key: str) -> Skip | None:
    """Why this build of a plan for `app_key` must not be deleted now; None where nothing speaks against it.

    Raises ValueError for a row that the plan keeps.
    """
    if not row.delete:
        raise ValueError("the plan keeps this build")
    build = seen.build
    if build is None or build.build_key != row.build.build_key:
        return Skip(SkipKind.GONE, _SKIPS[SkipKind.GONE])
    difference = _difference(row.build, build)
    if difference is not None:
        return Skip(SkipKind.OTHER_UPLOAD, difference)
    kind = _spared(build, seen, app_key)
    return Skip(kind, _SKIPS[kind]) if kind is not None else None


def _spared(build: Build, seen: Seen, app_key: str) -> SkipKind | None:
    key = build.build_key
    checks = (
        # A delete names no app: the key of another app's build would work as well.
        (SkipKind.OTHER_APP, bool(build.app_key) and build.app_key != app_key),
        (SkipKind.LATEST, bool(build.latest) or (seen.latest is not None and key in seen.latest)),
        (SkipKind.LATEST_UNKNOWN, seen.latest is None),
        (SkipKind.PINNED, key in seen.pinned),
        (SkipKind.PUBLISHING, build.publish_complete is False),
        (SkipKind.UNSETTLED, key in seen.unsettled),
    )
    return next((kind for kind, applies in checks if applies), None)


_SKIPS: Final = {
    SkipKind.GONE: translate("retention", "It was gone already: deleted by somebody else meanwhile."),
    SkipKind.OTHER_APP: translate("retention", "It belongs to another app than the plan."),
    SkipKind.LATEST_UNKNOWN: translate("retention", "It could not be found out which build is the latest now."),
    SkipKind.LATEST: translate("retention", "It has become the latest since the plan was made."),
    SkipKind.PINNED: translate("retention", "It has been pinned since the plan was made."),
    SkipKind.PUBLISHING: translate("retention", "Pgyer is still publishing it."),
    SkipKind.UNSETTLED: translate("retention", "It is not known yet how its last change ended."),
}


def _difference(planned: Build, now: Build) -> Text | None:
    """In which field the upload is another one than in the plan. What only one of the two says is no difference."""
    then, today = _frozen_build(planned), _frozen_build(now)  # both as files hold them
    if then.version and today.version and then.version != today.version:
        return translate("retention", "It is not the upload of the plan: its version was {planned} and is {now}.").fill(
            planned=short(then.version), now=short(today.version)
        )
    if then.build_number and today.build_number and then.build_number != today.build_number:
        return translate(
            "retention", "It is not the upload of the plan: its build number was {planned} and is {now}."
        ).fill(planned=short(then.build_number), now=short(today.build_number))
    if then.pgyer_build is not None and today.pgyer_build is not None and then.pgyer_build != today.pgyer_build:
        return translate(
            "retention", "It is not the upload of the plan: its Pgyer build was {planned} and is {now}."
        ).fill(planned=f"#{then.pgyer_build}", now=f"#{today.pgyer_build}")
    if then.size is not None and today.size is not None and then.size != today.size:
        return translate(
            "retention", "It is not the upload of the plan: its size was {planned} bytes and is {now} bytes."
        ).fill(planned=then.size, now=today.size)
    return None
