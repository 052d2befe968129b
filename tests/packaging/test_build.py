"""What `build.py` packs: the same files give the same bytes, and nothing of the machine is in them."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.project.checkout import script

build = script("build")


def program(folder: Path) -> Path:
    """A made-up program."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "pgyer-desktop").write_bytes(b"#!/bin/sh\n")
    (folder / "pgyer-desktop").chmod(0o700)
    (folder / "_internal" / "data").write_bytes(b"data" * 100)
    (folder / "_internal" / "data").chmod(0o600)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_two_tarballs_of_the_same_files_are_the_same_and_name_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    archives: list[Path] = []
    for name in ("one", "two"):
        folder = program(tmp_path / name / "pgyer-desktop")
        os.utime(folder / "pgyer-desktop", (1, len(archives) + 5))
        archive = tmp_path / name / "pgyer-desktop-1.0.0-linux-x86_64.tar.xz"
        build.tarball(folder, archive)
        archives.append(archive)
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with tarfile.open(archives[0]) as tar:
        entries = {entry.name: entry for entry in tar.getmembers()}
    top = "pgyer-desktop-1.0.0-linux-x86_64"
    assert set(entries) == {top, f"{top}/_internal", f"{top}/_internal/data", f"{top}/pgyer-desktop"}
    assert {(entry.uid, entry.uname, entry.mtime) for entry in entries.values()} == {(0, "", 1_700_000_000)}
    assert entries[f"{top}/pgyer-desktop"].mode == 0o755
    assert entries[f"{top}/_internal/data"].mode == 0o644


def test_two_zip_files_of_the_same_files_are_the_same(tmp_path: Path) -> None:
    archives: list[Path] = []
    for name in ("one", "two"):
        folder = program(tmp_path / name / "pgyer-desktop")
        archives.append(tmp_path / f"{name}.zip")
        build.zip_archive(folder, archives[-1])
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as packed:
        assert sorted(packed.namelist()) == ["pgyer-desktop/_internal/data", "pgyer-desktop/pgyer-desktop"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs sha256sum or shasum")
def test_the_checksums_are_those_that_the_usual_tool_checks(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    build.checksums([file], tmp_path / "SHA256SUMS.txt")
    tool = ["shasum", "-a", "256"] if sys.platform == "darwin" else ["sha256sum"]
    command = [*tool, "--check", "SHA256SUMS.txt"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0  # noqa: S603 - a usual tool


def test_what_the_menu_needs_lies_where_the_install_script_looks(tmp_path: Path) -> None:
    folder = program(tmp_path / "pgyer-desktop")
    build.add_linux_files(folder)
    build.add_linux_files(folder)  # a second build into the same folder
    share = folder / "share"
    assert (share / "applications" / "pgyer-desktop.desktop").is_file()
    assert (share / "metainfo" / f"{build.APP_ID}.metainfo.xml").is_file()
    assert (share / "icons" / "hicolor" / "48x48" / "apps" / "pgyer-desktop.png").is_file()
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / "pgyer-desktop.svg").is_file()
    assert os.name == "nt" or os.access(folder / "install.sh", os.X_OK)
