"""Files and folders that the program makes are its user's alone; what a person exports is as their files are."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pgyer_desktop.core.base import private_files
from pgyer_desktop.core.base.file_replacement import write_whole
from tests.helpers.modes import on_posix, umask


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@on_posix
@pytest.mark.parametrize("mask", [0o000, 0o002, 0o022, 0o077])
def test_a_file_of_the_programs_and_the_folders_above_it_are_private(tmp_path: Path, mask: int) -> None:
    tmp_path.chmod(0o755)
    with umask(mask):
        write_whole(tmp_path / "a" / "b" / "file", b"new")
    assert mode(tmp_path / "a" / "b" / "file") == 0o600
    assert mode(tmp_path / "a" / "b") == mode(tmp_path / "a") == 0o700
    assert mode(tmp_path) == 0o755


@on_posix
@pytest.mark.parametrize("mask", [0o000, 0o002, 0o022, 0o027, 0o077])
def test_an_export_has_the_permissions_of_the_persons_new_files(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        (tmp_path / "their own").write_bytes(b"")
        write_whole(tmp_path / "export.csv", b"new", private=False)
        assert mode(tmp_path / "export.csv") == mode(tmp_path / "their own")


@on_posix
@pytest.mark.parametrize("before", [0o600, 0o640, 0o644, 0o664, 0o666, 0o400])
def test_an_export_over_a_file_keeps_that_ones_permissions(tmp_path: Path, before: int) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old")
    path.chmod(before)
    write_whole(path, b"new", private=False)
    assert path.read_bytes() == b"new"
    assert mode(path) == before


@pytest.mark.parametrize("name", ["x" * 200, "云" * 80, "🙂" * 60])
@pytest.mark.parametrize("private", [True, False])
def test_a_name_as_long_as_one_may_be_can_be_written(tmp_path: Path, name: str, *, private: bool) -> None:
    path = tmp_path / name
    write_whole(path, b"new", private=private)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_folders_are_made_as_they_are_wanted(tmp_path: Path) -> None:
    private_files.make_folder(tmp_path / "a" / "b")
    private_files.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsError):
        private_files.make_folder(tmp_path / "file")
    with pytest.raises(OSError, match="file"):
        private_files.make_folder(tmp_path / "file" / "below")


@on_posix
def test_a_link_is_never_followed_to_take_rights_away(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"")
    (tmp_path / "theirs").chmod(0o644)
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    private_files.close_to_others(tmp_path / "link")
    private_files.close_to_others(tmp_path / "missing")
    assert mode(tmp_path / "theirs") == 0o644


@on_posix
@pytest.mark.parametrize(
    ("rights", "is_open"),
    [(0o700, False), (0o711, False), (0o701, False), (0o750, True), (0o755, True), (0o722, True), (0o777, True)],
)
def test_a_folder_is_open_where_others_can_see_what_is_in_it_or_change_it(
    tmp_path: Path, rights: int, *, is_open: bool
) -> None:
    tmp_path.chmod(rights)
    assert private_files.is_open_to_others(tmp_path) is is_open
    assert not private_files.is_open_to_others(tmp_path / "missing")
