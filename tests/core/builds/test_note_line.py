"""Notes become one line that begins with what they say."""

from __future__ import annotations

import pytest

from pgyer_desktop.core.builds.note_line import NoteLine, note_line, whole_lines


@pytest.mark.parametrize(
    ("notes", "line"),
    [
        ("", ""),
        (" \n\n", ""),
        ("Faster start", "Faster start"),
        ("- Faster start\n- Fixed: the list jumped", "Faster start · Fixed: the list jumped"),
        ("What changed\n\n- One\n* Two\n• Three", "One · Two · Three"),
        ("## 1.7.5\n1. One\n2) Two", "One · Two"),
        ("本次更新\n\n1、搜索支持拼音首字母\n2、修复闪退", "搜索支持拼音首字母 · 修复闪退"),
        ("更新内容：\n1.修复闪退", "修复闪退"),
        ("New in July:\nOne", "One"),
        ("Sprint 12\n\n- One", "One"),
        ("Sprint 12\n\nOne", "Sprint 12 · One"),
        ("What changed", "What changed"),
        ("1.24.5 is a hotfix\n-5 degrees are shown", "1.24.5 is a hotfix · -5 degrees are shown"),
        ("a\tb\u2028c", "a b · c"),
        ("-\n- One", "- · One"),
    ],
)
def test_notes_as_one_line(notes: str, line: str) -> None:
    assert note_line(notes) == line


def test_notes_without_end_take_no_time_and_little_room() -> None:
    assert len(note_line("- word\n" * 1_000_000)) <= 600


@pytest.mark.parametrize(
    ("notes", "lines"),
    [
        ("", []),
        (" \n\n", []),
        ("One\n\nTwo\n\n", ["One", "", "Two"]),
        ("What changed\n\n- One\n\n- Two\n  * Deeper", [("One", 1), ("Two", 1), ("Deeper", 2)]),
        ("What changed", ["What changed"]),
        ("Sprint 12:\n\n• One\nand more", ["Sprint 12:", ("One", 1), "and more"]),
        ("1. One\n2. Two\n✔ three\n-5 degrees", ["1. One", "2. Two", "✔ three", "-5 degrees"]),
        ("-\n- One", ["-", ("One", 1)]),
    ],
)
def test_notes_as_lines(notes: str, lines: list[str | tuple[str, int]]) -> None:
    assert whole_lines(notes) == tuple(NoteLine(*((one, 0) if isinstance(one, str) else one)) for one in lines)
