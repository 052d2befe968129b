"""Collects the licences of everything inside the frozen program into one text, for `build.py`.

What is inside is what the list of `sbom.py` names: a component without a licence text is an error, so nothing is
forgotten. Texts come from the installed packages, from Python, from Debian's copyright files, and from `licences/` for
what is delivered without one (PySide6's wheels, the libraries in Python). It has to run in the environment that the
program is frozen with. `licences/NOTICE.txt`, which opens the text, says how the terms of the LGPL are met.

Must not be imported by the program.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parent / "licences"
DEBIAN_DOCS = Path("/usr/share/doc")
DEBIAN_LICENCES = Path("/usr/share/common-licenses")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_COMMON = re.compile(r"/usr/share/common-licenses/([A-Za-z]+(?:-[\d.]*\d)?)")
_RULE = "=" * 100
_LGPL = ("LGPL-3.0.txt", "GPL-3.0.txt")

Component = dict[str, Any]


class LicenceError(Exception):
    """A licence text is missing. `str()` says of what."""


@dataclass(frozen=True, slots=True)
class Licence:
    """The texts of one component."""

    name: str
    version: str
    terms: str
    """An SPDX expression or a name; empty where only the texts say it."""
    texts: tuple[str, ...]


def terms(component: Component) -> str:
    """What the list says about a component's licence, in one line."""
    words = []
    for entry in component.get("licenses", ()):
        named = entry.get("license", {})
        words.append(str(entry.get("expression") or named.get("id") or named.get("name")))
    return ", ".join(words)


def installed_texts(name: str) -> Iterator[str]:
    """The licence files that a Python package was installed with."""
    try:
        files = metadata.distribution(name).files or ()
    except metadata.PackageNotFoundError as error:
        raise LicenceError(f"{name} is listed but not installed") from error
    for file in sorted(files):
        inside = file.parts[0].endswith(".dist-info") and len(file.parts) > 1
        if inside and _LICENCE_FILE.search(file.name) and file.suffix != ".py":
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


def python_texts() -> Iterator[str]:
    """The licence of the running Python. Systems keep it in different places."""
    short = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = Path(sys.base_prefix)
    places = (Path(sysconfig.get_path("stdlib")), base, base / "share" / "doc" / short)
    for folder in places:
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (folder / name).is_file():
                yield (folder / name).read_text(encoding="utf-8", errors="replace")
                return


def debian_texts(package: str) -> Iterator[str]:
    """The copyright file of an installed Debian package."""
    path = DEBIAN_DOCS / package / "copyright"
    if path.is_file():
        yield path.read_text(encoding="utf-8", errors="replace")


def texts(component: Component) -> Iterator[str]:
    """The licence texts of one component of the list; nothing where none is known."""
    name = str(component["name"])
    purl = str(component.get("purl", ""))
    if purl.startswith("pkg:deb/"):
        yield from debian_texts(name)
    elif name in {"qt", "pyside6-essentials", "shiboken6"}:
        yield from (kept(file) for file in _LGPL)
    elif name == "python":
        yield from python_texts()
    elif name == "openssl":
        yield kept("Apache-2.0.txt")
    elif (KEPT / f"{name}.txt").is_file():
        yield kept(f"{name}.txt")
    elif purl.startswith("pkg:pypi/"):
        yield from installed_texts(purl.removeprefix("pkg:pypi/").partition("@")[0])


def kept(file_name: str) -> str:
    """A text that is kept in the repository."""
    return (KEPT / file_name).read_text(encoding="utf-8")


def collect(bom: Component) -> tuple[Licence, ...]:
    """The licences of every component in `bom`, by name. Raises `LicenceError`: no text was found for some of them."""
    found = []
    missing = []
    for component in sorted(bom["components"], key=lambda entry: str(entry["name"]).lower()):
        name, version = str(component["name"]), str(component.get("version", ""))
        its = tuple(dict.fromkeys(_tidy(text) for text in texts(component)))
        if not its:
            missing.append(f"{name} {version}".strip())
        found.append(Licence(name, version, terms(component), its))
    if missing:
        raise LicenceError("no licence text was found for " + ", ".join(missing))
    return tuple(found)


def common_licences(licences: Iterable[Licence]) -> tuple[Licence, ...]:
    """The licences that Debian's copyright files only point to: their readers may have no Debian."""
    names = {name for licence in licences for text in licence.texts for name in _COMMON.findall(text)}
    return tuple(
        Licence(name, "", "", (_tidy((DEBIAN_LICENCES / name).read_text(encoding="utf-8", errors="replace")),))
        for name in sorted(names)
        if (DEBIAN_LICENCES / name).is_file()
    )


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\f", "\n").split("\n"))
    return "\n".join(lines).strip("\n")


def render(bom: Component, licences: Sequence[Licence], pointed_to: Sequence[Licence]) -> str:
    """The whole file. A text that several components share is printed once."""
    qt = next((entry.version for entry in licences if entry.name == "qt"), "6")
    series = ".".join(qt.split(".")[:2])
    version = str(bom["metadata"]["component"]["version"])
    notice = kept("NOTICE.txt").format(version=version, qt=qt, series=series)
    parts = [_tidy(notice), "", "", "All of it", "---------", ""]
    parts += [
        "  ".join(word for word in (f"{entry.name} {entry.version}".strip().ljust(44), entry.terms) if word).rstrip()
        for entry in licences
    ]
    sharers: dict[str, list[str]] = {}
    for entry in (*licences, *pointed_to):
        for text in entry.texts:
            sharers.setdefault(text, []).append(f"{entry.name} {entry.version}".strip())
    for text, names in sharers.items():
        parts += ["", "", _RULE, *names, _RULE, "", text]
    return "\n".join(parts) + "\n"
