"""Makes the disk image for macOS: signs `dist/Pgyer Desktop.app`, packs it, and has Apple notarise it.

    python packaging/macos/package.py

Signing and notarising need what only a member of Apple's developer programme has. They are set up by two variables and
skipped, loudly, without them:

- `PGYER_SIGN_IDENTITY`: the name of a "Developer ID Application" certificate in the keychain (`security find-identity
  -v -p codesigning` lists them). Without it the program is signed ad hoc, as macOS on Apple silicon runs nothing else.
- `PGYER_NOTARY_PROFILE`: the name that `xcrun notarytool store-credentials NAME` keeps the Apple account under. The
  password is in the keychain; this script never sees it.

Why `entitlements.plist` holds what it holds (it cannot say so itself: macOS has refused entitlements with comments):

- `allow-unsigned-executable-memory`: keyring and truststore reach the Keychain through ctypes, which makes callbacks in
  memory of its own where Python brings its own libffi; without the entitlement such a Python freezes or crashes
  (https://github.com/pyinstaller/pyinstaller/issues/8099).
- not `disable-library-validation`: every library inside is signed with the same identity as the program.
- not `allow-jit`: the regular expressions of Qt fall back to interpreting, and there is no QML.
- not the sandbox, nor any resource: the program needs the network and the Keychain, which need none.

Must not be imported by the program. Everything but `main` can be called on any system.
"""

from __future__ import annotations

import argparse
import os
import platform
import plistlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
APP_NAME = "Pgyer Desktop.app"
AD_HOC = "-"
_MACH_O = frozenset(bytes.fromhex(magic) for magic in ("feedface", "cefaedfe", "feedfacf", "cffaedfe", "cafebabe"))
"""How a program or library begins: 32 and 64 bits in both byte orders, and several of them in one file."""
_TRIES = 5


class PackageError(Exception):
    """The image was not made. `str()` says why."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs and who notarises. Names only, no secret."""

    identity: str
    """A certificate's name, or `AD_HOC`."""
    notary_profile: str
    """A profile's name; empty: do not notarise."""

    @property
    def signed(self) -> bool:
        """Whether a certificate stands behind the signature."""
        return self.identity != AD_HOC


def credentials(environ: Mapping[str, str]) -> Credentials:
    """What the variables name.

    Raises `PackageError`: notarising without a certificate, which Apple refuses after minutes.
    """
    identity = environ.get("PGYER_SIGN_IDENTITY", "").strip() or AD_HOC
    profile = environ.get("PGYER_NOTARY_PROFILE", "").strip()
    if profile and identity == AD_HOC:
        raise PackageError(
            "PGYER_NOTARY_PROFILE is set but PGYER_SIGN_IDENTITY is not: Apple notarises signed programs"
        )
    return Credentials(identity, profile)


def is_mach_o(path: Path) -> bool:
    """Whether `path` is a program or library of macOS, by its first bytes."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in _MACH_O


def to_sign(app: Path) -> Iterator[Path]:
    """What has to be signed, inner things before those that contain them: codesign seals what it finds inside.

    `codesign --deep` would do it in one call, but Apple advises against it: it gives the entitlements to everything.
    """
    frameworks = sorted(app.rglob("*.framework"), key=_depth, reverse=True)
    files = sorted((path for path in app.rglob("*") if is_mach_o(path)), key=_depth, reverse=True)
    main = app / "Contents" / "MacOS"
    for path in files:
        # A framework's own library and the main program are signed with the folder that they stand for.
        if path.parent != main and not _is_framework_binary(path):
            yield path
    yield from (path for path in files if path.parent == main and path.name != _main_name(app))
    yield from (path for path in frameworks if not path.is_symlink())
    yield app


def _depth(path: Path) -> tuple[int, str]:
    return len(path.parts), str(path)


def _is_framework_binary(path: Path) -> bool:
    return any(parent.suffix == ".framework" and parent.stem == path.name for parent in path.parents)


def _main_name(app: Path) -> str:
    with (app / "Contents" / "Info.plist").open("rb") as file:
        return str(plistlib.load(file)["CFBundleExecutable"])


def sign_command(path: Path, app: Path, identity: str) -> list[str]:
    """How `path` in `app` is signed. The hardened runtime and a time stamp need a certificate."""
    command = ["codesign", "--force", "--sign", identity]
    if identity != AD_HOC:
        command += ["--timestamp", "--options", "runtime"]
        if path == app:
            command += ["--entitlements", str(HERE / "entitlements.plist")]
    return [*command, str(path)]


def verify_command(app: Path) -> list[str]:
    """Fails where anything in `app` is not signed or was changed afterwards."""
    return ["codesign", "--verify", "--deep", "--strict", "--verbose=2", str(app)]


def image_command(folder: Path, image: Path) -> list[str]:
    """How `folder` becomes the compressed `image`. LZMA: the smallest, and every macOS that Qt runs on reads it."""
    return [
        "hdiutil", "create", "-volname", "Pgyer Desktop", "-srcfolder", str(folder), "-fs", "HFS+",
        "-format", "ULMO", "-ov", "-quiet", str(image),
    ]  # fmt: skip


def notary_commands(image: Path, profile: str) -> list[list[str]]:
    """How `image` is sent to Apple, waited for, and marked, so that it opens without a network too."""
    return [
        ["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, "--wait", "--timeout", "30m"],
        ["xcrun", "stapler", "staple", str(image)],
        ["xcrun", "stapler", "validate", str(image)],
    ]


def skipped(who: Credentials) -> list[str]:
    """What was not done, and what it would take."""
    lines = []
    if not who.signed:
        lines += [
            "NOT SIGNED: the program has an ad-hoc signature only. macOS will refuse to open it after a download until",
            "it is allowed under System Settings, Privacy & Security. To sign: get a 'Developer ID Application'",
            "certificate, put it into the keychain and set PGYER_SIGN_IDENTITY to its name.",
        ]
    if not who.notary_profile:
        lines += [
            "NOT NOTARISED: Apple has not checked this image, so macOS warns about it. To notarise: run",
            "`xcrun notarytool store-credentials NAME` once and set PGYER_NOTARY_PROFILE to NAME. Signing comes first.",
        ]
    return lines


def run(command: Sequence[str], *, tries: int = 1) -> None:
    """Run `command`, again when it fails and `tries` allow.

    Raises `PackageError`: it failed every time, or is not there.
    """
    for left in reversed(range(tries)):
        try:
            code = subprocess.run(command, check=False).returncode
        except OSError as error:
            raise PackageError(f"{command[0]} did not start: {error.strerror}") from error
        if code == 0:
            return
        if left:
            time.sleep(3)
    raise PackageError(f"{' '.join(command[:3])} failed with exit code {code}; what it said is above")


def package(app: Path, image: Path, who: Credentials) -> None:
    """Sign `app` in place and make `image` of it.

    Raises `PackageError`: this is not macOS, or a step failed; no image is left.
    """
    if platform.system() != "Darwin":
        raise PackageError("codesign and hdiutil are only on macOS")
    if not app.is_dir():
        raise PackageError(f"{app} is not there: build the program first")
    for path in to_sign(app):
        run(sign_command(path, app, who.identity))
    run(verify_command(app))
    image.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            stage = Path(folder)
            shutil.copytree(app, stage / app.name, symlinks=True)
            (stage / "Applications").symlink_to("/Applications")
            # hdiutil is "busy" now and then while Spotlight looks at the new volume.
            run(image_command(stage, image), tries=_TRIES)
        if who.signed:
            run(["codesign", "--force", "--timestamp", "--sign", who.identity, str(image)])
        if who.notary_profile:
            for command in notary_commands(image, who.notary_profile):
                run(command)
    except PackageError:
        image.unlink(missing_ok=True)
        raise


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the image; 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(description="Make the disk image for macOS")
    parser.add_argument("--app", type=Path, default=ROOT / "dist" / APP_NAME, help="the program (default: %(default)s)")
    image = ROOT / "dist" / f"pgyer-desktop-macos-{platform.machine()}.dmg"
    parser.add_argument("--output", type=Path, default=image, help="the image (default: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        who = credentials(os.environ)
        package(options.app, options.output, who)
    except PackageError as error:
        print(f"package.py: {error}", file=sys.stderr)
        return 1
    print(f"Made {options.output}")
    lines = skipped(who)
    if lines:
        bar = "!" * 100
        print(bar, *lines, bar, sep="\n", file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS"):  # shown on the run's first page
            print(f"::warning title=macOS package::{' '.join(lines)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
