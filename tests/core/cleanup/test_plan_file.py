"""A plan comes out of its file as it went in, and a file that is anything else says what it is and what now."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pgyer_desktop.api.models import CHINA_TIME, Build
from pgyer_desktop.core.builds.keeping import Rules
from pgyer_desktop.core.cleanup import plan_file
from pgyer_desktop.core.cleanup.plan_file import PlanFileError, PlanFileProblem, decoded, encoded, load, save
from pgyer_desktop.core.cleanup.retention import FrozenPlan, PlanReason, ReasonKind, plan
from tests.core.cleanup.strategies import NOW, TEXTS, History, choices, histories, moderate, rules, with_choices

Content = dict[str, Any]


def some_plan(**changes: Any) -> FrozenPlan:
    builds = tuple(
        replace(
            Build(
                f"{place:032x}",
                name="云帆",
                version=f"1.{5 - place}",
                build_number=str(145 - place),
                pgyer_build=45 - place,
                size=10_500_000 + place,
                created=datetime(2025, 3, 1, 10, 0, tzinfo=CHINA_TIME) - timedelta(days=place),
            ),
            **changes,
        )
        for place in range(6)
    )
    made = plan(builds, Rules(newest=3), latest_keys={f"{0:032x}"}, complete=True, now=NOW)
    made = made.with_choice(f"{5:032x}", delete=False).with_choice(f"{1:032x}", delete=True)
    return made.freeze("acme", "Acme", "a" * 32, "云帆", datetime(2025, 3, 12, 16, 0, tzinfo=CHINA_TIME))


def edited(how: Callable[[Content], object], *, again: bool) -> bytes:
    """A plan's file after `how`; with `again`, its checksum calculated anew by somebody who means to."""
    value = json.loads(encoded(some_plan()))
    how(value)
    if again:
        rest = {name: inner for name, inner in value.items() if name not in {"format", "version", "checksum"}}
        value["checksum"] = plan_file._checksum(rest)
    return json.dumps(value).encode()


def problem(data: bytes) -> PlanFileProblem:
    with pytest.raises(PlanFileError) as refused:
        decoded(data, file="plan.json")
    assert ("file", "plan.json") in refused.value.text.values
    assert refused.value.text.source.endswith(".")
    return refused.value.problem


def test_a_saved_plan_is_the_same_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "云帆.json"
    save(path, some_plan())
    assert load(path) == some_plan()
    assert [entry.name for entry in path.parent.iterdir()] == ["云帆.json"]


def test_people_can_read_the_file() -> None:
    text = encoded(some_plan()).decode()
    assert text.startswith('{\n  "format": "pgyer-desktop-cleanup",\n  "version": 1,\n  "checksum": "sha256:')
    assert text.endswith("}\n")
    value = json.loads(text)
    assert value["account"] == {"id": "acme", "name": "Acme"}
    assert value["app"] == {"key": "a" * 32, "name": "云帆"}
    assert (value["planned"], value["frozen"]) == ("2025-03-12T07:30:00+00:00", "2025-03-12T16:00:00+08:00")
    assert value["rules"] == {"newest": 3, "days": None, "newest_of_version": False}
    assert value["totals"] == {"delete": 3, "keep": 3, "freed": 31_500_008, "unsized": 0}
    assert [build["delete"] for build in value["builds"]] == [False, True, False, True, True, False]
    assert value["builds"][1] == {
        "delete": True,
        "build_key": f"{1:032x}",
        "name": "云帆",
        "version": "1.4",
        "build_number": "144",
        "pgyer_build": 44,
        "size": 10_500_001,
        "created": "2025-02-28T10:00:00+08:00",
        "created_text": "",
        "reasons": [{"reason": "chosen by hand"}],
        "overruled": [{"reason": "among the newest", "number": 3}],
    }
    assert value["checksum"] == plan_file.checksum(some_plan())


def test_nothing_but_what_identifies_builds_is_in_the_file() -> None:
    data = encoded(some_plan(notes="Only for us", shortcut="hrb0", icon="0123", extra=(("buildPassword", "1234"),)))
    assert not any(word in data for word in (b"Only for us", b"hrb0", b"0123", b"1234"))


@moderate
@given(histories(), rules, choices, TEXTS, TEXTS)
def test_any_plan_comes_back_as_it_was(
    known: History, asked: Rules, wanted: list[tuple[int, bool]], account: str, app: str
) -> None:
    made = with_choices(known.plan(asked), wanted)
    assume(made.totals.delete)
    fixed = made.freeze("acme", account, "a" * 32, app, NOW)
    data = encoded(fixed)
    back = decoded(data, file="plan.json")
    assert back == fixed
    assert back.totals == made.totals
    assert [row.build.build_key for row in back.deletions] == [row.build.build_key for row in made.deletions]
    assert encoded(back) == data


@moderate
@given(st.binary(max_size=200))
def test_other_files_are_no_plans(data: bytes) -> None:
    assert problem(data) is PlanFileProblem.NOT_A_PLAN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"format": "pgyer-desktop-activity", "version": 1}',
        b"[" * 100_000,
        b"\xff\xd8\xff",
    ],
)
def test_even_files_that_look_a_little_like_it_are_no_plans(data: bytes) -> None:
    assert problem(data) is PlanFileProblem.NOT_A_PLAN


def test_a_file_without_an_end_is_no_plan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    save(path, some_plan())
    monkeypatch.setattr(plan_file, "MOST_BYTES", 100)
    with pytest.raises(PlanFileError) as refused:
        load(path)
    assert refused.value.problem is PlanFileProblem.NOT_A_PLAN


@moderate
@given(st.integers(100, len(encoded(some_plan())) - 3))
def test_a_plan_that_was_cut_off_is_damaged(length: int) -> None:
    assert problem(encoded(some_plan())[:length]) is PlanFileProblem.DAMAGED


@moderate
@given(st.data())
def test_no_single_edit_goes_unnoticed(data: st.DataObject) -> None:
    """Whatever value is changed, taken away or added, wherever it stands."""
    value = json.loads(encoded(some_plan()))
    at: Any = value
    while True:
        step = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else list(range(len(at)))))
        if not isinstance(at[step], dict | list) or not at[step] or data.draw(st.integers(0, 5)) == 0:
            break
        at = at[step]
    before = json.dumps(value, sort_keys=True)
    how = data.draw(st.sampled_from(["change", "remove", "add"]))
    if how == "change":
        at[step] = data.draw(
            st.sampled_from([None, True, False, 0, 1, 3, -1, 0.5, "", "1.4", "among the newest", [], {}])
        )
    elif how == "remove":
        del at[step]
    elif isinstance(at, dict):
        at["more"] = data.draw(st.integers(0, 3))
    else:
        at.append(at[step])
    assume(json.dumps(value, sort_keys=True) != before)
    with pytest.raises(PlanFileError) as refused:
        decoded(json.dumps(value).encode(), file="plan.json")
    assert refused.value.problem in set(PlanFileProblem) - {PlanFileProblem.UNREADABLE, PlanFileProblem.UNWRITABLE}


def test_a_decision_that_was_edited_is_told_as_a_change() -> None:
    assert problem(edited(lambda v: v["builds"][0].update(delete=True), again=False)) is PlanFileProblem.CHANGED
    assert problem(edited(lambda v: v["builds"].pop(), again=False)) is PlanFileProblem.CHANGED
    assert problem(encoded(some_plan()).replace(b"Acme", b"Bcme")) is PlanFileProblem.CHANGED


def test_spaces_line_ends_and_what_editors_do_to_a_file_are_no_change() -> None:
    data = encoded(some_plan())
    assert decoded(json.dumps(json.loads(data)).encode(), file="") == some_plan()
    assert decoded(data.replace(b"\n", b"\r\n"), file="") == some_plan()
    assert decoded(b"\xef\xbb\xbf" + data, file="") == some_plan()


def test_a_plan_of_a_newer_format_is_left_to_a_newer_program() -> None:
    assert problem(edited(lambda v: v.update(version=2, builds="elsewhere"), again=False)) is PlanFileProblem.NEWER


def test_more_names_within_the_version_do_no_harm() -> None:
    def more(value: Content) -> None:
        value["more"] = 1
        value["builds"][0]["more"] = [1]

    assert decoded(edited(more, again=True), file="") == some_plan()


def test_a_plan_of_before_is_read_whose_limit_kept_builds() -> None:
    def limited(value: Content) -> None:
        value["rules"]["most"] = 3
        value["builds"][2]["reasons"] = [{"reason": "more than fit in one run", "number": 3}]

    found = decoded(edited(limited, again=True), file="")
    assert found.rules == Rules(newest=3)
    assert found.rows[2].reasons == (PlanReason(ReasonKind.OVER_LIMIT, 3),)
    assert found.totals == some_plan().totals


def test_a_name_that_stands_twice_is_damage() -> None:
    data = encoded(some_plan()).replace(b'"delete": true,', b'"delete": false,\n"delete": true,', 1)
    assert problem(data) is PlanFileProblem.DAMAGED


@pytest.mark.parametrize(
    "how",
    [
        lambda v: v.update(version=0),
        lambda v: v.update(version=True),
        lambda v: v.update(version="1"),
        lambda v: v.update(planned="2025-03-12T07:30:00"),
        lambda v: v.update(frozen="yesterday"),
        lambda v: v.update(builds=[]),
        lambda v: v.pop("app"),
        lambda v: v["app"].update(key=""),
        lambda v: v["rules"].update(newest=0),
        lambda v: v["totals"].update(freed=1),
        lambda v: v["builds"].append(v["builds"][0]),
        lambda v: v["builds"][0].update(delete=True),
        lambda v: v["builds"][0].update(delete=1),
        lambda v: v["builds"][0].update(build_key=""),
        lambda v: v["builds"][0].update(build_key="../" + "a" * 20),
        lambda v: v["builds"][0].update(build_key="a" * 32 + "\n"),
        lambda v: v["builds"][0].update(size=-1),
        lambda v: v["builds"][0].update(size=10**30),
        lambda v: v["builds"][0].update(size="10"),
        lambda v: v["builds"][0].update(created="2025-03-12"),
        lambda v: v["builds"][0].update(reasons=[]),
        lambda v: v["builds"][0].update(reasons=[{"reason": "no rule keeps it"}]),
        lambda v: v["builds"][0].update(reasons=[{"reason": "because"}]),
        lambda v: v["builds"][1].update(overruled=[{"reason": "is the latest"}]),
        lambda v: v["builds"][1].update(overruled=[]),
        lambda v: v["builds"][2].update(reasons=[{"reason": "kept by hand"}]),
        lambda v: v["builds"][5].update(overruled=[{"reason": "is pinned"}]),
    ],
)
def test_a_plan_that_no_program_saves_is_damaged_even_with_a_right_checksum(how: Callable[[Content], object]) -> None:
    assert problem(edited(how, again=True)) is PlanFileProblem.DAMAGED


def test_a_checksum_that_is_missing_is_damage() -> None:
    assert problem(edited(lambda v: v.pop("checksum"), again=False)) is PlanFileProblem.DAMAGED


def test_what_is_read_is_made_visible() -> None:
    data = edited(lambda v: v["builds"][0].update(version="1.\u202e4"), again=True)
    assert decoded(data, file="").rows[0].build.version == "1.⟨U+202E⟩4"


def test_times_keep_their_zone() -> None:
    odd = timezone(timedelta(hours=8, minutes=5, seconds=43))
    moment = datetime(2025, 3, 1, 10, 0, 0, 123456, tzinfo=odd)
    back = decoded(encoded(replace(some_plan(created=moment), when=moment)), file="")
    assert back.when == back.rows[0].build.created == moment
    assert back.when.utcoffset() == odd.utcoffset(None)
    assert back.made.utcoffset() == UTC.utcoffset(None)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(PlanFileError) as refused:
            load(path)
        assert refused.value.problem is PlanFileProblem.UNREADABLE
        assert dict(refused.value.text.values)["file"] == str(path)


def test_a_place_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(PlanFileError) as refused:
        save(tmp_path / "file" / "plan.json", some_plan())
    assert refused.value.problem is PlanFileProblem.UNWRITABLE
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
