"""Makes the list of what is inside the frozen program (SBOM, CycloneDX 1.6, JSON), for `build.py`.

The Python packages come from `uv export`, so from `uv.lock`, without a network. Added here: the licences that the
installed packages declare, the hash of the very wheel that was used, Python with the libraries in it, Qt, the
bootloader of PyInstaller and, on Linux, the libraries that PyInstaller took from this system. The Python and the
environment that it runs in are read, so they have to be those that the program is frozen with.

The same inputs give the same bytes: sorted, no time but that of `SOURCE_DATE_EPOCH`. No address of a package registry
is in it; mirrors differ, hashes do not. Must not be imported by the program.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import platform
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "pgyer-desktop"
SPEC_VERSION = "1.6"
Json = dict[str, Any]
_NAMESPACE = uuid.UUID("a4d2a0d6-92a8-4f0e-9c3c-5f4f3a2b6c11")
_SPDX = re.compile(r"\(?[A-Za-z0-9.+-]+\)?( (OR|AND|WITH) \(?[A-Za-z0-9.+-]+\)?)*")

INSIDE_PYTHON = (
    ("openssl", "Apache-2.0", "ssl", "OPENSSL_VERSION"),
    ("sqlite", "blessing", "sqlite3", "sqlite_version"),
    ("zlib", "Zlib", "zlib", "ZLIB_RUNTIME_VERSION"),
    ("expat", "MIT", "pyexpat", "EXPAT_VERSION"),
    ("libffi", "MIT", "_ctypes", ""),
    ("bzip2", "bzip2-1.0.6", "_bz2", ""),
    ("xz", "0BSD", "_lzma", ""),
)
"""Libraries that Python brings: name, licence, the module they are in, and where that says their version."""


class SbomError(Exception):
    """The list cannot be made. `str()` says why."""


def exported(uv: str) -> Json:
    """What `uv export` says of the locked run-time dependencies, of every platform.

    Raises `SbomError`: uv is missing or failed.
    """
    command = [
        uv, "export", "--quiet", "--frozen", "--offline", "--no-dev", "--project", str(ROOT),
        "--format", "cyclonedx1.5", "--preview-features", "sbom-export",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    except OSError as error:
        raise SbomError(f"{uv} did not start: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        raise SbomError(f"uv export failed: {error.stderr.decode('utf-8', 'replace').strip()}") from error
    bom: Json = json.loads(done.stdout)
    return bom


def applies(found: Json) -> bool:
    """Whether a component of `uv export` is for this system and this Python."""
    for entry in found.get("properties", ()):
        if entry["name"] == "uv:package:marker":
            return Marker(entry["value"]).evaluate()
    return True


def package_component(found: Json) -> Json:
    """One Python package: what uv says of it, without addresses, and with the licence and wheel that are installed.

    Raises `SbomError`: another version than the locked one is installed, or none.
    """
    name, version = str(found["name"]), str(found["version"])
    try:
        installed = metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise SbomError(
            f"{name} {version} is locked but not installed: run this in the program's environment"
        ) from error
    if installed.version != version:
        raise SbomError(f"{name} {version} is locked but {installed.version} is installed: run `uv sync --locked`")
    made = component("library", name, version, purl=str(found["purl"])) | {"licenses": licences(installed)}
    digest = wheel_hash(found, installed)
    return made | ({"hashes": [digest]} if digest is not None else {})


def component(kind: str, name: str, version: str, licence: str = "", *, purl: str = "", description: str = "") -> Json:
    """An entry of the list, without what is empty. `licence` is an SPDX expression."""
    purl = purl or f"pkg:generic/{name}" + (f"@{version}" if version else "")
    entry = {
        "type": kind,
        "bom-ref": purl,
        "name": name,
        "version": version,
        "description": description,
        "licenses": [{"expression": licence}] if licence else None,
        "purl": purl,
    }
    return {key: value for key, value in entry.items() if value}


def licences(installed: metadata.Distribution) -> list[Json]:
    """The licence that a package declares, in CycloneDX's words: an SPDX expression, or a name where it is none."""
    fields = installed.metadata
    declared = next((fields[name] for name in ("License-Expression", "License") if name in fields), "")
    if _SPDX.fullmatch(declared):
        return [{"expression": declared}]
    classified = [
        entry.rpartition(" :: ")[2] for entry in fields.get_all("Classifier") or () if entry.startswith("License :: ")
    ]
    names = classified or [declared.partition("\n")[0]]
    return [{"license": {"id": "MIT"} if name == "MIT License" else {"name": name}} for name in names if name]


def wheel_hash(found: Json, installed: metadata.Distribution) -> Json | None:
    """The SHA-256 of the wheel that `installed` came from: the locked one with the same tags."""
    lines = (installed.read_text("WHEEL") or "").splitlines()
    tags = {line.removeprefix("Tag:").strip() for line in lines if line.startswith("Tag:")}
    best: tuple[int, Json] | None = None
    for reference in found.get("externalReferences", ()):
        file_name = str(reference["url"]).rpartition("/")[2]
        if not file_name.endswith(".whl"):
            continue
        wheel_tags = {str(tag) for tag in parse_wheel_filename(file_name)[3]}
        # Names may promise more than the file inside says, or less; the nearest one is it.
        difference = len(wheel_tags ^ tags)
        if wheel_tags & tags and (best is None or difference < best[0]):
            best = (difference, dict(reference["hashes"][0]))
    return best[1] if best else None


def python_component() -> Json:
    """The interpreter itself."""
    description = f"{platform.python_implementation()}, {platform.machine()}, {platform.python_compiler()}"
    return component("platform", "python", platform.python_version(), "PSF-2.0", description=description)


def library_components() -> Iterator[Json]:
    """The libraries that come with Python, with the version where Python knows it."""
    for name, licence, module_name, attribute in INSIDE_PYTHON:
        try:
            module = importlib.import_module(module_name)
        except ImportError:
            continue  # built without it
        numbers = re.search(r"\d+(\.\d+)+", str(getattr(module, attribute, "")))
        yield component("library", name, numbers[0] if numbers else "", licence)


def qt_component(packages: Iterable[Json]) -> Json:
    """Qt, which is inside PySide6 and has its version."""
    version = next(str(package["version"]) for package in packages if package["name"] == "pyside6-essentials")
    description = "Unmodified shared libraries and plug-ins, as they come with PySide6"
    return component("framework", "qt", version, "LGPL-3.0-only", description=description)


def bootloader_components() -> list[Json]:
    """PyInstaller's bootloader, which is the program's executable. Nothing where PyInstaller is not installed."""
    try:
        version = metadata.version("pyinstaller")
    except metadata.PackageNotFoundError:
        return []
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    description = "The executable that starts Python; nothing else of PyInstaller is inside"
    purl = f"pkg:pypi/pyinstaller@{version}"
    return [component("library", "pyinstaller-bootloader", version, licence, purl=purl, description=description)]


def system_libraries(program: Path) -> dict[str, Path]:
    """The shared libraries in a program for Linux that came with no wheel: names without folders, and the files."""
    from_wheels = {
        Path(file).name
        for installed in metadata.distributions()
        for file in installed.files or ()
        if ".so" in str(file)
    }
    found = {}
    for path in sorted(program.rglob("lib*.so*")):
        own = path.name in from_wheels or path.name.startswith("libpython") or path.parent.name == "lib-dynload"
        if path.is_file() and not path.is_symlink() and not own:
            found[path.name] = path
    return found


def system_components(program: Path) -> Iterator[Json]:
    """The Debian packages that `system_libraries` come from, and each library that comes from none."""
    libraries = system_libraries(program)
    owners = debian_owners(libraries)
    packages: dict[str, list[str]] = {}
    for name, path in libraries.items():
        if name in owners:
            packages.setdefault(owners[name], []).append(name)
        else:
            yield {
                "type": "library",
                "bom-ref": f"file:{name}",
                "name": name,
                "description": "Taken from the system that the program was frozen on",
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            }
    for package, (version, architecture) in debian_versions(sorted(packages)).items():
        system = platform.freedesktop_os_release()["ID"]
        purl = f"pkg:deb/{system}/{package}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}"
        description = "Taken from the system that the program was frozen on: " + ", ".join(packages[package])
        yield component("library", package, version, purl=purl, description=description)


def debian_owners(names: Iterable[str]) -> dict[str, str]:
    """Which installed Debian package each library is in. Empty on systems without dpkg."""
    dpkg = shutil.which("dpkg-query")
    patterns = [f"*/{name}" for name in names]
    if dpkg is None or not patterns:
        return {}
    # Exits with 1 when one of the names is in no package; the others are printed all the same.
    done = subprocess.run([dpkg, "--search", *patterns], capture_output=True, text=True, check=False)
    owners: dict[str, str] = {}
    for line in sorted(done.stdout.splitlines()):
        package, _, path = line.partition(": ")
        if path.startswith(("/lib/", "/usr/lib/")) and path.count("/") <= 4 and not package.startswith("diversion "):
            owners.setdefault(path.rpartition("/")[2], package.partition(",")[0].partition(":")[0])
    return owners


def debian_versions(packages: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Version and architecture of installed Debian packages."""
    if not packages:
        return {}
    form = "${Package}\t${Version}\t${Architecture}\n"
    done = subprocess.run(["dpkg-query", "--show", "-f", form, *packages], capture_output=True, text=True, check=False)
    rows = (line.split("\t") for line in sorted(done.stdout.splitlines()))
    return {package: (version, architecture) for package, version, architecture in rows}


def make(bom: Json, version: str, program: Path | None, environ: Mapping[str, str]) -> Json:
    """The whole list, from what `exported` returned. Raises `SbomError`: the environment is not the locked one."""
    wanted = [found for found in bom["components"] if applies(found)]
    packages = [package_component(found) for found in wanted]
    python, qt, bootloader = python_component(), qt_component(packages), bootloader_components()
    inside_python = list(library_components())
    system = list(system_components(program)) if program else []
    about = "Unofficial desktop client for Pgyer's version management"
    root = component("application", PROJECT, version, "MIT", description=about)

    references = {old["bom-ref"]: new["bom-ref"] for old, new in zip(wanted, packages, strict=True)}
    references[bom["metadata"]["component"]["bom-ref"]] = root["bom-ref"]
    needs: dict[str, set[str]] = {}
    for entry in bom["dependencies"]:
        if entry["ref"] in references:
            on = entry.get("dependsOn", ())
            needs[references[entry["ref"]]] = {references[old] for old in on if old in references}
    needs[root["bom-ref"]] |= {found["bom-ref"] for found in (python, *bootloader)}
    needs[python["bom-ref"]] = {library["bom-ref"] for library in inside_python}
    for package in packages:
        if package["name"] == "pyside6-essentials":
            needs[package["bom-ref"]].add(qt["bom-ref"])

    components = [*packages, python, qt, *inside_python, *bootloader, *system]
    components.sort(key=lambda found: str(found["bom-ref"]))
    uv = {"type": "application", "name": "uv", "version": bom["metadata"]["tools"][0]["version"]}
    head: Json = {"tools": {"components": [uv]}, "component": root}
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        head["timestamp"] = datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    result: Json = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC_VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "version": 1,
        "metadata": head,
        "components": components,
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(needs.get(reference, ()))}
            for reference in sorted(found["bom-ref"] for found in (root, *components))
        ],
    }
    # A name for exactly this content, so that the same content has the same name.
    result["serialNumber"] = f"urn:uuid:{uuid.uuid5(_NAMESPACE, json.dumps(result, sort_keys=True))}"
    return result


def dump(bom: Json) -> str:
    """`bom` as the text of the file."""
    return json.dumps(bom, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def project_version() -> str:
    """The program's version, read from the source: importing it here could find another one."""
    source = (ROOT / "pgyer_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    if found is None:
        raise SbomError("pgyer_desktop/__init__.py has no __version__")
    return found[1]
