"""The questions that are asked before something is changed, in words.

Must not ask (see `confirm_dialog`) and must not decide whether something may be done (see `core.base.actions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pgyer_desktop.core.base.names import LONGEST, as_typed, name_of, short
from pgyer_desktop.ui.base import formatting
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.changes.confirm_dialog import Question, Side

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.core.changes.promotion import Promotion

translate = QCoreApplication.translate


def set_latest_question(
    account_name: str,
    app_name: str,
    promotion: Promotion,
    *,
    current_text: str = "",
    type_version: bool = False,
) -> Question:
    """Whether `promotion.target` is to be what users are offered.

    Where it is not known what they are offered now, `current_text` says why.
    """
    target, current = promotion.target, promotion.current
    return Question(
        title=translate("confirmations", "Set {build} as the latest?").format(build=name_of(target)),
        accept=translate("confirmations", "Set latest"),
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
        warnings=tuple(say(text) for text in promotion.warnings),
        typed=_word_of(target) if type_version else "",
    )


def clear_latest_question(account_name: str, app_name: str, build: Build) -> Question:
    """Whether the mark is to be taken from `build`."""
    return Question(
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
    account_name: str, app_name: str, build: Build, *, is_latest: bool, type_version: bool = False
) -> Question:
    """Whether `build` is to be gone for ever; of the latest one the version has to be typed in any case."""
    warnings = []
    if is_latest:
        warnings.append(
            translate("confirmations", "This is the latest build. Pgyer decides what users are offered without it.")
        )
    size = formatting.size(build.size)
    if build.size is not None:
        size = f"{size} ({formatting.exact_size(build.size)})"
    return Question(
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
        typed=_word_of(build) if is_latest or type_version else "",
        danger=True,
    )


def remove_account_question(account_name: str) -> Question:
    """Whether an account and its key are to be forgotten here."""
    return Question(
        title=translate("confirmations", "Remove {account}?").format(account=account_name),
        accept=translate("confirmations", "Remove account"),
        lead=translate(
            "confirmations",
            "Its API key is removed from this computer's keyring. Nothing changes on Pgyer, and the account can be"
            " connected again with its key.",
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


def _promotion_notes(promotion: Promotion) -> tuple[str, str]:
    """What the notes between the two say, under a title; "" where there are none."""
    builds = promotion.between or (() if promotion.goes_back else (promotion.target,))
    parts = [f"{formatting.build_title(build)}\n{build.notes.strip()}" for build in builds if build.notes.strip()]
    if not parts:
        return "", ""
    title = (
        translate("confirmations", "What users lose")
        if promotion.goes_back
        else translate("confirmations", "What users get")
    )
    return title, "\n\n".join(parts)


def _word_of(build: Build) -> str:
    """What is typed to confirm: the version as it looks, else the next thing that tells this build from others."""
    for word in (as_typed(build.version), as_typed(build.build_number)):
        if word and len(word) <= LONGEST:
            return word
    return str(build.pgyer_build) if build.pgyer_build is not None else build.build_key
