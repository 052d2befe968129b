"""What a damaged settings file still says of the accounts is read, and nothing that it does not say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgyer_desktop.core.accounts.salvage import objects_with_id

ACCOUNTS: list[dict[str, Any]] = [
    {
        "id": "a" * 32,
        "name": 'Acme "the first" \\',
        "recent": [{"app_key": "k", "name": "Harbour"}],
        "pinned": ["x", "y"],
    },
    {"id": "b" * 32, "name": "云帆", "guards": {"read_only": True, "colour": "red"}, "pinned": ["z"]},
]
WHOLE = json.dumps({"version": 1, "accounts": ACCOUNTS, "window": {}}, indent=2, ensure_ascii=False).encode()


def test_a_whole_file_is_read_whole() -> None:
    assert objects_with_id(WHOLE) == ACCOUNTS


@pytest.mark.parametrize("cut", range(0, len(WHOLE), 7))
def test_of_a_file_that_was_cut_off_all_is_read_that_stands_there(cut: int) -> None:
    found = objects_with_id(WHOLE[:cut])
    for have, want in zip(found, ACCOUNTS, strict=False):
        assert have["id"] == want["id"]
        assert have.items() <= want.items() or set(have) <= set(want)
        assert have.get("name") in {want["name"], None}
        assert set(have.get("pinned", ())) <= set(want["pinned"])
    if cut > WHOLE.index(b'"window"'):
        assert found == ACCOUNTS


@pytest.mark.parametrize("start", range(0, len(WHOLE) - 40, 11))
@pytest.mark.parametrize("hole", [bytes(16), b"\xff" * 9, b'"', b"{", b"}", b"\\", b"\n"], ids=repr)
def test_a_hole_costs_the_account_that_it_is_in_at_most(start: int, hole: bytes) -> None:
    second = WHOLE.index(b'"id"', WHOLE.index(b'"id"') + 1)
    data = WHOLE[:start] + hole + WHOLE[start + len(hole) :]
    found = objects_with_id(data)
    if start + len(hole) < WHOLE.index(b'"accounts"'):
        assert found == ACCOUNTS
    if start > second and len(hole) == 1:
        assert found[0] == ACCOUNTS[0]
    for one in found:
        assert one["id"]


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b'{"accounts": [{"id": "a", "name": "Acme",}, {"id": "b", "name": "Bay"},]}', ["Acme", "Bay"]),
        (b'// mine\n{"accounts": [{ "id" : "a", "name": "Acme" // ours\n}]}', ["Acme"]),
        ('{"accounts": [{"id": "a", "name": "云帆"}'.encode("gb18030"), ["云帆"]),
        ('{"accounts": [{"id": "a", "name": "云帆"}'.encode("utf-16"), ["云帆"]),
        (b'{"accounts": [{"id": 5, "name": "Acme"}, {"id": "", "name": "Bay"}, {"id": null}', []),
        (
            b'{"accounts": [{"added": [{"app_key": "k"}], "id": "a", "name": "Acme"}, {"guards": {}, "id": "b"',
            ["Acme", None],
        ),
        (
            b'{"accounts": [{"name": "a } and a { in it", "id": "a"}, {"x": "{{", "id": "b", "name": "Bay"}]',
            ["a } and a { in it", "Bay"],
        ),
        (b"", []),
        (bytes(5000), []),
        (b'{"id": ' + b"[" * 100_000, []),
        (b'{"id": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000, []),
    ],
    ids=range(11),
)
def test_what_people_and_accidents_make_of_it(data: bytes, names: list[str]) -> None:
    assert [one.get("name") for one in objects_with_id(data)] == names


@given(st.binary(max_size=300), st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_any_bytes_are_survived(noise: bytes, start: int, end: int) -> None:
    assert all(isinstance(one["id"], str) for one in objects_with_id(WHOLE[:start] + noise + WHOLE[end:]))
