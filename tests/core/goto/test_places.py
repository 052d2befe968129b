"""Apps come first and settings last, the best of each kind before the others, and before those what was used last."""

from __future__ import annotations

import pytest

from pgyer_desktop.core.goto.letters import typed
from pgyer_desktop.core.goto.places import SECTIONS, Kind, Place, Places, in_order, key_of, parts_of, used_again

ALL = (
    Place(Kind.SETTING, "languageCombo", "Language"),
    Place(Kind.ACTION, "actionDelete", "Delete…"),
    Place(Kind.ACTION, "actionShowDetails", "Details panel"),
    Place(Kind.ACTION, "actionCopyLink", "Copy link"),
    Place(Kind.APP, "delta", "Delta", "com.acme.delta"),
    Place(Kind.APP, "lantern", "Lantern", "com.acme.lantern"),
)


def found(letters: str, *used: str) -> list[str]:
    ranked = Places(ALL, used).ranked(typed(letters))
    return [place.id for place in in_order(pair for pair in ranked if pair is not None)]


def test_kinds_follow_each_other_whatever_fits_best() -> None:
    assert found("l") == ["lantern", "actionCopyLink", "languageCombo"]
    assert found("del") == ["delta", "actionDelete"]


def test_no_letters_offer_everything() -> None:
    assert found("") == [
        "delta",
        "lantern",
        "actionDelete",
        "actionShowDetails",
        "actionCopyLink",
        "languageCombo",
    ]


def test_what_was_used_last_comes_before_what_fits_as_well() -> None:
    assert found("de", "action:actionShowDetails", "action:actionDelete")[1:] == ["actionShowDetails", "actionDelete"]
    assert found("acme", "app:lantern") == ["lantern", "delta"]
    assert found("", "action:actionCopyLink")[2] == "actionCopyLink"


def test_what_fits_better_comes_before_what_was_used() -> None:
    assert found("delete", "app:delta") == ["actionDelete"]
    assert found("l", "action:actionCopyLink")[0] == "lantern"


def test_a_key_is_its_parts() -> None:
    for kind in Kind:
        assert parts_of(key_of(kind, "a:b/c")) == (kind, "a:b/c")
        assert kind in SECTIONS
    with pytest.raises(ValueError, match="planet"):
        parts_of("planet:mars")


def test_what_is_used_again_moves_to_the_front_and_the_oldest_goes() -> None:
    assert used_again(("a", "b", "c"), "b", 3) == ("b", "a", "c")
    assert used_again(("a", "b", "c"), "d", 3) == ("d", "a", "b")
