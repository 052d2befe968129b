"""The questions that are asked before something is changed, in words.

Must not ask (see `confirm_dialog`) and must not decide whether something may be done (see `core.base.actions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pgyer_desktop.core.base.keystore import keyring_name
from pgyer_desktop.core.base.names import LONGEST, as_typed, name_of, short
from pgyer_desktop.core.builds.note_line import whole_lines
from pgyer_desktop.core.changes.deletion import Stay
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.builds.listing.rows import ListedBuild
from pgyer_desktop.ui.builds.model import build_badges
from pgyer_desktop.ui.changes.question import Notes, Question, Side

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.changes.deletion import Deletion
    from pgyer_desktop.core.changes.promotion import Promotion

translate = QCoreApplication.translate


def set_latest_question(
    account_name: str,
    app_name: str,
    promotion: Promotion,
    *,
    current_text: str = "",
    type_version: bool = False,
    production: bool = False,
) -> Question:
    """Whether `promotion.target` is to be what users are offered.

    Where it is not known what they are offered now, `current_text` says why. `production`: real users depend on the
    account, which is a reason to type the version.
    """
    warnings = [say(text) for text in promotion.warnings]
    if type_version and production:
        warnings.append(translate("confirmations", "This account is marked Production, so the version is typed."))
    target, current = promotion.target, promotion.current
    verb, title = translate("confirmations", "Set latest"), translate("confirmations", "Set {build} as the latest?")
    if promotion.returns:
        verb, title = translate("confirmations", "Go back"), translate("confirmations", "Go back to {build}?")
    return Question(
        action=verb,
        title=title.format(build=name_of(target)),
        accept=verb,
        lead=translate(
            "confirmations",
            "{app} in account {account}: users and channels that follow the latest build are offered this one from now"
            " on.",
        ).format(app=app_name, account=account_name),
        columns=(
            Side(
                translate("confirmations", "Latest now"),
                current,
                current_text or translate("confirmations", "Not known"),
            ),
            Side(translate("confirmations", "Will be latest"), target),
        ),
        app_name=app_name,
        facts=_promotion_facts(promotion),
        notes=_promotion_notes(promotion),
        warnings=tuple(warnings),
        typed=_word_of(target) if type_version else "",
        railed=type_version,
    )


def clear_latest_question(account_name: str, app_name: str, build: Build) -> Question:
    """Whether the mark is to be taken from `build`."""
    return Question(
        action=translate("confirmations", "Clear latest"),
        title=translate("confirmations", "Clear latest from {build}?").format(build=name_of(build)),
        accept=translate("confirmations", "Clear latest"),
        lead=translate(
            "confirmations",
            "{app} in account {account}: Pgyer then decides what users are offered. The list shows it afterwards.",
        ).format(app=app_name, account=account_name),
        columns=(
            Side(translate("confirmations", "Latest now"), build),
            Side(translate("confirmations", "Will be latest"), words=translate("confirmations", "What Pgyer decides")),
        ),
        app_name=app_name,
    )


def delete_question(
    account_name: str,
    app_name: str,
    build: Build,
    *,
    is_latest: bool,
    is_pinned: bool = False,
    type_version: bool = False,
) -> Question:
    """Whether `build` is to be gone for ever."""
    warnings = []
    if is_latest:
        warnings.append(
            translate("confirmations", "This is the latest build. Without it, Pgyer decides what users are offered.")
        )
    if is_pinned:
        warnings.append(translate("confirmations", "This build is pinned on this computer."))
    size = formatting.size(build.size)
    if build.size is not None:
        size = f"{size} ({formatting.exact_size(build.size)})"
    return Question(
        action=translate("confirmations", "Delete build"),
        title=translate("confirmations", "Delete {build}?").format(build=name_of(build)),
        accept=translate("confirmations", "Delete build"),
        lead=translate("confirmations", "Deleting cannot be undone."),
        facts=(
            (translate("confirmations", "Account"), account_name),
            (translate("confirmations", "App"), app_name),
            (translate("confirmations", "Version"), short(build.version) or formatting.NOTHING),
            (translate("confirmations", "Build number"), short(build.build_number) or formatting.NOTHING),
            (translate("confirmations", "Pgyer build"), formatting.serial(build.pgyer_build)),
            (translate("confirmations", "Uploaded"), formatting.exact_upload(build)),
            (translate("confirmations", "Size"), size),
        ),
        subject=build,
        app_name=app_name,
        warnings=tuple(warnings),
        typed=_word_of(build) if type_version else "",
        danger=True,
        railed=type_version,
    )


def delete_builds_question(
    account_name: str, app_name: str, deletion: Deletion, *, most: int, type_count: bool = False
) -> Question:
    """Whether all that `deletion` says goes is to be gone for ever; at most `most` go in one run."""
    count = len(deletion.goes)
    lead = translate("confirmations", "{app}, in account {account}. Deleting cannot be undone.").format(
        app=app_name, account=account_name
    )
    warnings = []
    if count > most:
        words = translate(
            "confirmations",
            "This account deletes at most %n build(s) in one run, then waits for you.",
            "",
            most,
        )
        warnings.append(words)
    if deletion.pinned:
        words = translate("confirmations", "Among them are %n pinned build(s).", "", len(deletion.pinned))
        warnings.append(words)
    words = translate("confirmations", "Delete %n build(s)", "", count)
    return Question(
        action=translate("confirmations", "Delete builds"),
        title=translate("confirmations", "Delete %n build(s)?", "", count),
        accept=words,
        lead=lead,
        app_name=app_name,
        builds=tuple(
            ListedBuild(build, tuple(build_badges(build, latest=False, pinned=build.build_key in deletion.pinned)))
            for build in reversed(deletion.goes)  # the oldest goes first, the newest is read first
        ),
        stays=_what_stays(deletion),
        warnings=tuple(warnings),
        typed=str(count) if type_count else "",
        danger=True,
        railed=type_count or count > most,
    )


def _what_stays(deletion: Deletion) -> tuple[tuple[str, tuple[ListedBuild, ...]], ...]:
    """The builds that stay, under a sentence for each reason."""
    found = []
    for reason in Stay:
        builds = [build for build, why in deletion.stays if why is reason]
        if not builds:
            continue
        rows = tuple(
            ListedBuild(
                build,
                tuple(build_badges(build, latest=reason is Stay.LATEST, unsettled=reason is Stay.UNSETTLED)),
            )
            for build in builds
        )
        found.append((_sentence(reason, builds), rows))
    return tuple(found)


def _sentence(reason: Stay, builds: list[Build]) -> str:
    """Why these stay."""
    count, name = len(builds), name_of(builds[0])
    if reason is Stay.LATEST:
        if count == 1:
            return translate("confirmations", "{build} is the latest and stays.").format(build=name)
        return translate("confirmations", "%n builds are marked latest and stay.", "", count)
    if reason is Stay.UNSETTLED:
        if count == 1:
            return translate("confirmations", "{build} stays: it is not known yet how its last change ended.").format(
                build=name
            )
        return translate(
            "confirmations", "%n builds stay: it is not known yet how their last changes ended.", "", count
        )
    if count == 1:
        return translate("confirmations", "{build} belongs to another app and stays.").format(build=name)
    return translate("confirmations", "%n builds belong to another app and stay.", "", count)


def remove_account_question(account_name: str, *, stops: bool = False) -> Question:
    """Whether an account and its key are to be forgotten here; `stops`: a queue of deletes of it, too."""
    told = translate("confirmations", "Builds of it are being deleted. That is stopped; what has not begun stays.")
    return Question(
        action=translate("confirmations", "Remove account"),
        title=translate("confirmations", "Remove {account}?").format(account=account_name),
        accept=translate("confirmations", "Remove account"),
        lead=translate(
            "confirmations",
            "Its API key is removed from {vault}. Nothing changes on Pgyer, and the account can be connected again with"
            " its key.",
        ).format(vault=say(keyring_name())),
        warnings=(told,) if stops else (),
        danger=True,
    )


def stop_question(left: str) -> Question:
    """Whether to stop deleting and quit; `left` says what is done and what is left."""
    told = translate("confirmations", "The delete that is under way is finished first. What has not begun stays.")
    return Question(
        translate("confirmations", "Quit"),
        translate("confirmations", "Stop deleting and quit?"),
        translate("confirmations", "Stop and quit"),
        lead=left,
        warnings=(told,),
    )


def drop_plan_question(choices: int) -> Question:
    """Whether a plan is to be closed in which so many builds were chosen by hand."""
    close = translate("confirmations", "Close plan")
    return Question(
        close,
        translate("confirmations", "Close the plan and lose %n choice(s)?", "", choices),
        close,
        lead=translate(
            "confirmations",
            "What was chosen by hand is kept only in a plan that is saved. Nothing on Pgyer changes.",
        ),
        danger=True,
    )


def _promotion_facts(promotion: Promotion) -> tuple[tuple[str, str], ...]:
    """How much bigger and younger it is."""
    facts: list[tuple[str, str]] = []
    growth, younger = promotion.growth, promotion.younger_by
    if growth is not None:
        sign = "+" if growth > 0 else "−" if growth < 0 else "±"
        facts.append((translate("confirmations", "Size"), f"{sign}{formatting.size(abs(growth))}"))
    if younger is not None:
        span = formatting.span(abs(younger))
        words = (
            translate("confirmations", "{span} older").format(span=span)
            if younger.total_seconds() < 0
            else translate("confirmations", "{span} newer").format(span=span)
        )
        facts.append((translate("confirmations", "Age"), words))
    return tuple(facts)


def _promotion_notes(promotion: Promotion) -> tuple[str, Notes]:
    """What the notes between the two say, under a title; nothing where there are none."""
    builds = promotion.between or (() if promotion.goes_back else (promotion.target,))
    parts = tuple((formatting.build_title(build), _lines_of(build.notes)) for build in builds if build.notes.strip())
    if not parts:
        return "", ()
    title = (
        translate("confirmations", "What users lose")
        if promotion.goes_back
        else translate("confirmations", "What users get")
    )
    return title, parts


def _lines_of(notes: str) -> tuple[str, ...]:
    """The lines that say something; whatever begins the entries of a list, here it is one sign."""
    return tuple(f"• {line.text}" if line.level else line.text for line in whole_lines(notes) if line.text)


def _word_of(build: Build) -> str:
    """What is typed to confirm: the version as it looks, else the next thing that tells this build from others."""
    for word in (as_typed(build.version), as_typed(build.build_number)):
        if word and len(word) <= LONGEST:
            return word
    return str(build.pgyer_build) if build.pgyer_build is not None else build.build_key
