"""Saved questions to the update check of an app: what they ask, whether they can be asked, and what was answered.

Answers are kept as far as they say which build is offered and how; there is no room for a link in them, so the one that
carries the key and costs money can be neither shown nor opened from here. Must not know where cases are saved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from pgyer_desktop.api import Build
from pgyer_desktop.api.errors import HttpStatusError, KeyRejectedError, PgyerError, RateLimitedError
from pgyer_desktop.api.escaping import escape_invisible
from pgyer_desktop.core.base.error_messages import explain
from pgyer_desktop.core.base.names import name_of, short
from pgyer_desktop.core.base.redaction import struck
from pgyer_desktop.core.base.retry import again
from pgyer_desktop.core.base.words import Text, translate

if TYPE_CHECKING:
    from pgyer_desktop.api import UpdateCheck

MAX_CASES: Final = 20
"""Cases of one app. Each is a request, and they are all asked after every promotion."""
MAX_NAME: Final = 60
MAX_FIELD: Final = 128
"""Characters of a version or a channel key, as in the single check."""
_NUMBER: Final = re.compile(r"[0-9]{1,18}\Z")
_TOO_MANY: Final = 429

Say: TypeAlias = Callable[[Text], str]
Question: TypeAlias = tuple[str, str, str]
"""Version, Pgyer build, channel key."""


@dataclass(frozen=True, slots=True)
class CheckCase:
    """An imagined device: what is installed on it, and which channel it follows. "" where it does not say.

    Any value can be made, so that no settings file is too odd to be read; `mistake` tells which can be asked.
    """

    name: str
    version: str = ""
    """`buildVersion`, "1.0"."""
    pgyer_build: str = ""
    """`buildBuildVersion`, digits."""
    channel: str = ""
    """`channelKey`."""

    @property
    def question(self) -> Question:
        """What is asked, whatever it is called."""
        return self.version, self.pgyer_build, self.channel

    @property
    def compares(self) -> bool:
        """Whether it names what the device has; else nothing can be new or not."""
        return bool(self.version or self.pgyer_build)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case at `when`: a build that is offered, an answer that names none, or an `error`."""

    case: CheckCase
    when: datetime
    build: Build | None = None
    """What is offered, as far as it has a name and a key."""
    is_new: bool | None = None
    """None where no version was sent, or the service does not say."""
    forced: bool | None = None
    """None likewise."""
    error: Text | None = None
    """Why there is no answer, and what now."""


class Asker(Protocol):
    """Who can ask: a session, or a client."""

    async def check_update(self, app_key: str, *, version: str, pgyer_build: str, channel: str) -> UpdateCheck:
        """`app/check`. Raises `PgyerError`."""


# Making cases


def cleaned(case: CheckCase) -> CheckCase:
    """`case` without blanks around its fields, its name on one line."""
    # Half a surrogate pair (a cut emoji) could not be written to the settings.
    name = " ".join(case.name.encode("utf-8", "replace").decode().split())
    return CheckCase(name, case.version.strip(), case.pgyer_build.strip(), case.channel.strip())


def current_user(name: str, build: Build) -> CheckCase:
    """The case of somebody who has `build` now, asking by its version and Pgyer's number of it."""
    number = str(build.pgyer_build) if build.pgyer_build is not None and build.pgyer_build >= 0 else ""
    return CheckCase(name, build.version, number)


def usual(latest: Build | None, names: tuple[str, str, str]) -> tuple[CheckCase, ...]:
    """The cases that most apps want: a device without the app, one with an old version, one with `latest`.

    `names` in that order, in the person's language. Without `latest` the last one is missing.
    """
    nothing, old, current = names
    cases = (CheckCase(nothing), CheckCase(old, version="1.0"))
    return cases if latest is None else (*cases, current_user(current, latest))


def mistake(case: CheckCase, others: Iterable[CheckCase] = ()) -> Text | None:
    """Why `case` can be neither kept beside `others` nor asked; None where it can."""
    wrong = _name_mistake(case.name, tuple(others))
    if wrong is not None:
        return wrong
    if not _is_line(case.version):
        return translate("check_cases", "A version is one line of {most} characters at most.").fill(most=MAX_FIELD)
    if case.pgyer_build and not _NUMBER.match(case.pgyer_build):
        return translate("check_cases", "A Pgyer build is a whole number of 18 digits at most, such as 45.")
    if not _is_line(case.channel):
        return translate("check_cases", "A channel key is one line of {most} characters at most.").fill(most=MAX_FIELD)
    return None


def _name_mistake(name: str, others: tuple[CheckCase, ...]) -> Text | None:
    if not name:
        return translate("check_cases", "Enter a name first.")
    if len(name) > MAX_NAME or not _is_line(name):
        return translate("check_cases", "A name is one line of {most} characters at most.").fill(most=MAX_NAME)
    if any(other.name.casefold() == name.casefold() for other in others):
        text = translate("check_cases", "There is a case named {name} already. Choose another name.")
        return text.fill(name=name)
    if len(others) >= MAX_CASES:
        return translate("check_cases", "An app has {most} cases at most. Remove one first.").fill(most=MAX_CASES)
    return None


def _is_line(text: str) -> bool:
    return len(text) <= MAX_FIELD and escape_invisible(text) == text and "\n" not in text and "\t" not in text


# Asking


async def run(
    asker: Asker,
    app_key: str,
    cases: Sequence[CheckCase],
    on_result: Callable[[Result], None],
    *,
    on_ask: Callable[[CheckCase], None] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> tuple[Result, ...]:
    """Ask all `cases`, one after the other, and tell each result as it comes.

    A case that fails has its error for a result and the others go on; only where the service does not want to be asked
    any more (the key is not accepted, there were too many requests) the rest get the same error without being asked.
    `on_ask` is told each case before it is asked. May be cancelled at any time: what was told stays true.
    """
    results: list[Result] = []
    ended: PgyerError | None = None
    for case in cases:
        wrong = mistake(case)
        if wrong is not None:
            result = Result(case, now(), error=wrong)
        elif ended is not None:
            result = Result(case, now(), error=_why(ended))
        else:
            if on_ask is not None:
                on_ask(case)
            try:
                result = _result(case, await _answer(asker, app_key, case), now())
            except PgyerError as error:
                result = Result(case, now(), error=_why(error))
                ended = error if _is_for_all(error) else None
        results.append(result)
        on_result(result)
    return tuple(results)


async def _answer(asker: Asker, app_key: str, case: CheckCase) -> UpdateCheck:
    version, pgyer_build, channel = case.question
    return await again(lambda: asker.check_update(app_key, version=version, pgyer_build=pgyer_build, channel=channel))


def _result(case: CheckCase, answer: UpdateCheck, when: datetime) -> Result:
    build = Build(
        answer.build_key,
        version=answer.version,
        build_number=answer.build_number,
        pgyer_build=answer.pgyer_build,
    )
    if not case.compares:
        return Result(case, when, build if name_of(build) else None)
    return Result(case, when, build if name_of(build) else None, answer.has_new_version, answer.forced)


def _is_for_all(error: PgyerError) -> bool:
    too_many = isinstance(error, HttpStatusError) and error.status == _TOO_MANY
    return too_many or isinstance(error, KeyRejectedError | RateLimitedError)


def _why(error: PgyerError) -> Text:
    return explain(error, doing=translate("check_cases", "This case could not be checked.")).text


# Saying


def asked_words(case: CheckCase) -> Text:
    """What a case asks: "version 1.0, channel beta"."""
    parts = []
    if case.version:
        parts.append(translate("check_cases", "version {version}").fill(version=short(case.version)))
    if case.pgyer_build:
        parts.append(translate("check_cases", "Pgyer build #{number}").fill(number=case.pgyer_build))
    if case.channel:
        parts.append(translate("check_cases", "channel {channel}").fill(channel=short(case.channel)))
    return _listed(parts) if parts else translate("check_cases", "no version")


def offered_words(result: Result) -> Text:
    """Which build is offered, with Pgyer's number: "1.4.6 (146) · #46"."""
    if result.error is not None:
        return translate("check_cases", "Not checked")
    if result.build is None:
        return translate("check_cases", "No build is named")
    return _exact_name(result.build)


def update_words(result: Result) -> Text:
    """Whether that is new and forced: "New, not forced". The reason where there is no answer."""
    if result.error is not None:
        return result.error
    if not result.case.compares:
        return translate("check_cases", "No version to compare with")
    return _listed([_new_words(result.is_new), *_forced_words(result)])


def difference(before: Result | None, after: Result) -> Text | None:
    """What was different `before`: "Before: 1.4.5 (145), not forced".

    None where nothing is known to have changed: the first time, where the case asked something else then, and where
    there is no answer either time. What one of the two answers does not say is no change. Where there is no answer now
    it says what was known before, which need not have changed; see `has_changed`.
    """
    if before is None or before.case.question != after.case.question:
        return None
    if before.error is not None or after.error is not None:
        if before.error is not None and after.error is not None:
            return None
        parts = [offered_words(before)]
        if before.error is None and before.case.compares:
            parts.append(update_words(before))
    else:
        parts = _changed(before, after)
    return translate("check_cases", "Before: {what}").fill(what=_listed(parts)) if parts else None


def has_changed(before: Result | None, after: Result) -> bool:
    """Whether it is known that something changed: a check that failed tells nothing."""
    return after.error is None and difference(before, after) is not None


def as_text(
    app_name: str, rows: Iterable[tuple[CheckCase, Result | None, Text | None]], *, say: Say, zone: tzinfo | None = None
) -> str:
    """Cases with their results and what `difference` says of each, for a chat or a ticket.

    Said by `say`, times in `zone` (None: the machine's). Ends with a line break; holds no secret.
    """
    lines = [say(translate("check_cases", "Update checks: {app}").fill(app=escape_invisible(app_name)))]
    for case, result, change in rows:
        head = translate("check_cases", "{case} ({asked})").fill(case=case.name, asked=asked_words(case))
        lines.append(f"- {_one_line(say(head))}")
        if result is None:
            unchecked = translate("check_cases", "Not checked yet")
            lines.append(f"  {say(unchecked)}")
            continue
        lines.append(f"  {_one_line(say(offered_words(result)))}")
        lines.append(f"  {_one_line(say(update_words(result)))}")
        if change is not None:
            known = result.error is None
            changed = translate("check_cases", "Changed. {before}").fill(before=change) if known else change
            lines.append(f"  {_one_line(say(changed))}")
        when = result.when.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        checked = translate("check_cases", "Checked {time}").fill(time=when)
        lines.append(f"  {say(checked)}")
    return struck("\n".join(lines)) + "\n"


def _changed(before: Result, after: Result) -> list[Text]:
    parts: list[Text] = []
    if _identity(before.build) != _identity(after.build):
        if before.build is None or after.build is None:
            parts.append(offered_words(before))
        elif _exact_name(before.build) == _exact_name(after.build):
            parts.append(translate("check_cases", "another upload of the same version"))
        elif name_of(before.build) == name_of(after.build):
            parts.append(_exact_name(before.build))
        else:
            parts.append(_as_it_is(name_of(before.build)))
    if None not in {before.is_new, after.is_new} and before.is_new != after.is_new:
        parts.append(_new_words(before.is_new))
    if None not in {before.forced, after.forced} and before.forced != after.forced:
        parts += _forced_words(before, always=True)
    return parts


def _identity(build: Build | None) -> tuple[str, str, str, int | None] | None:
    """What tells two builds apart: the key, and where one has none, the names."""
    if build is None:
        return None
    if build.build_key:
        return build.build_key, "", "", None
    return "", build.version, build.build_number, build.pgyer_build


def _exact_name(build: Build) -> Text:
    name = name_of(build)
    if build.pgyer_build is None or not (build.version or build.build_number):
        return _as_it_is(name)
    return translate("check_cases", "{build} · #{number}").fill(build=name, number=str(build.pgyer_build))


def _new_words(is_new: bool | None) -> Text:
    if is_new is None:
        return translate("check_cases", "not said whether new")
    return translate("check_cases", "new") if is_new else translate("check_cases", "no update")


def _forced_words(result: Result, *, always: bool = False) -> list[Text]:
    """Whether it is forced. Where nothing is new, that it is not goes without saying, unless `always`."""
    if result.forced is None or not (result.forced or result.is_new or always):
        return []
    return [translate("check_cases", "forced") if result.forced else translate("check_cases", "not forced")]


def _as_it_is(words: str) -> Text:
    """A name of the service, which is the same in every language."""
    return Text("check_cases", "{words}").fill(words=words)


def _listed(parts: Sequence[Text]) -> Text:
    whole = parts[0]
    for part in parts[1:]:
        whole = translate("check_cases", "{first}, {second}", "parts of a list").fill(first=whole, second=part)
    return whole


def _one_line(text: str) -> str:
    return " ".join(text.split())
