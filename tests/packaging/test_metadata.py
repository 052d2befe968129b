"""The packages' metadata: desktop entry, AppStream, plist, version resource, manifest, installers, icons, licences.

What only another system can do (compile the installer, sign, make an image) is checked there by the release workflow.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import plistlib
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from packaging.markers import Marker

from pgyer_desktop import __version__
from pgyer_desktop.core.accounts.profile import APP_NAME
from pgyer_desktop.core.base.keystore import SERVICE
from tests.project.checkout import ROOT, script

PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
WINDOWS = PACKAGING / "windows"
ICONS = ROOT / "resources" / "app"
DESKTOP = LINUX / "pgyer-desktop.desktop"
METAINFO = LINUX / "pgyer-desktop.metainfo.xml"
ISS = WINDOWS / "pgyer-desktop.iss"

plist = script("macos/plist")
image = script("macos/package")
version_info = script("windows/version_info")
sbom = script("sbom")
licences = script("licences")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="for Linux")


def tool(name: str) -> str:
    """The path of a checking program, or a skip that says which one is missing."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - checking programs and our own script
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=50, **options
    )


def xml(path: Path) -> ET.Element:
    return ET.parse(path).getroot()  # noqa: S314 - our own file


# Linux: desktop entry and AppStream


def desktop_entry() -> dict[str, str]:
    lines = DESKTOP.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    return dict(line.split("=", 1) for line in lines[1:])


def test_the_desktop_entry_validates() -> None:
    done = run(tool("desktop-file-validate"), DESKTOP)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_desktop_entry_names_the_program_its_icon_and_its_windows() -> None:
    entry = desktop_entry()
    assert entry["Type"] == "Application"
    assert entry["Exec"] == entry["TryExec"] == entry["Icon"] == "pgyer-desktop"
    # What Qt gives its X11 windows as their class, and Wayland's as their id.
    source = (ROOT / "pgyer_desktop" / "app.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{DESKTOP.stem}")' in source
    assert f'setApplicationName("{entry["StartupWMClass"]}")' in source
    assert entry["Terminal"] == "false"


def test_the_desktop_entry_speaks_chinese_too() -> None:
    entry = desktop_entry()
    for key in ("Comment", "Keywords", "GenericName"):
        assert entry[key]
        assert re.search("[\u4e00-\u9fff]", entry[f"{key}[zh_CN]"])


def test_the_appstream_metadata_validates() -> None:
    done = run(tool("appstreamcli"), "validate", "--no-net", METAINFO)
    assert done.returncode == 0, done.stdout


def test_the_appstream_metadata_says_what_a_software_centre_needs() -> None:
    root = xml(METAINFO)
    assert root.attrib == {"type": "desktop-application"}
    assert root.findtext("id") == plist.BUNDLE_ID
    assert root.findtext("launchable") == DESKTOP.name
    assert root.findtext("project_license") == "MIT"
    content_rating = root.find("content_rating")
    assert content_rating is not None
    assert content_rating.get("type") == "oars-1.1"
    languages = [summary.get("{http://www.w3.org/XML/1998/namespace}lang") for summary in root.findall("summary")]
    assert languages == [None, "zh_CN"]
    description = root.find("description")
    assert description is not None
    assert "unofficial" in "".join(description.itertext())


def test_the_newest_release_in_the_appstream_metadata_is_this_version() -> None:
    newest = xml(METAINFO).find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", newest.get("date") or "")


def test_no_metadata_points_to_a_web_page_of_its_own() -> None:
    # There is none yet; an invented one would be dead, or somebody else's.
    for path in (DESKTOP, METAINFO, ISS):
        assert re.findall(r"https?://\S+", path.read_text(encoding="utf-8-sig")) == []


# Linux: the install script


def unpacked(folder: Path, program: bytes = b"#!/bin/sh\necho started\n") -> Path:
    """What the tarball unpacks to, with a stand-in for the program."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "library.txt").write_text("1", encoding="utf-8")
    (folder / "pgyer-desktop").write_bytes(program)
    (folder / "pgyer-desktop").chmod(0o755)
    shutil.copy(LINUX / "install.sh", folder / "install.sh")
    share = folder / "share"
    for source, target in (
        (DESKTOP, share / "applications" / DESKTOP.name),
        (METAINFO, share / "metainfo" / f"{plist.BUNDLE_ID}.metainfo.xml"),
        (ICONS / "icon-48.png", share / "icons/hicolor/48x48/apps/pgyer-desktop.png"),
        (ICONS / "icon.svg", share / "icons/hicolor/scalable/apps/pgyer-desktop.svg"),
    ):
        target.parent.mkdir(parents=True)
        shutil.copy(source, target)
    return folder


def install(home: Path, folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    if "stdin" not in options:
        options["stdin"] = subprocess.DEVNULL
    return run("sh", folder / "install.sh", *arguments, env=environment, **options)


def everything_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def make_data(home: Path) -> list[Path]:
    data = [home / place / APP_NAME for place in (".config", ".cache", ".local/state")]
    for folder in data:
        folder.mkdir(parents=True)
        (folder / "kept").write_text("mine", encoding="utf-8")
    return data


def test_the_install_script_is_sound() -> None:
    done = run(tool("shellcheck"), "-s", "sh", LINUX / "install.sh")
    assert done.returncode == 0, done.stdout


@on_linux
def test_installing_puts_everything_where_desktops_look(tmp_path: Path) -> None:
    home = tmp_path / "a home"
    done = install(home, unpacked(tmp_path / "unpacked"))
    assert done.returncode == 0, done.stderr
    program = home / ".local/share/pgyer-desktop/pgyer-desktop"
    assert (home / ".local/bin/pgyer-desktop").resolve() == program
    entry = (home / ".local/share/applications/pgyer-desktop.desktop").read_text(encoding="utf-8")
    assert f'\nExec="{program}"\nTryExec={program}\n' in entry
    assert "[zh_CN]" in entry
    assert (home / ".local/share/icons/hicolor/48x48/apps/pgyer-desktop.png").is_file()
    assert (home / ".local/share/icons/hicolor/scalable/apps/pgyer-desktop.svg").is_file()
    assert (home / f".local/share/metainfo/{plist.BUNDLE_ID}.metainfo.xml").is_file()
    assert run(program).stdout == "started\n"


@on_linux
def test_installing_again_leaves_nothing_of_the_old_program(tmp_path: Path) -> None:
    home = tmp_path / "home"
    install(home, unpacked(tmp_path / "old"))
    newer = unpacked(tmp_path / "new")
    (newer / "_internal" / "library.txt").rename(newer / "_internal" / "other.txt")
    assert install(home, newer).returncode == 0
    program = home / ".local/share/pgyer-desktop"
    assert everything_in(program) == everything_in(newer)
    assert not program.with_name("pgyer-desktop.new").exists()


@on_linux
def test_a_folder_that_is_not_the_program_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    theirs = home / ".local/share/pgyer-desktop/precious"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine", encoding="utf-8")
    folder = unpacked(tmp_path / "unpacked")
    for arguments in ((), ("--uninstall",)):
        done = install(home, folder, *arguments)
        assert done.returncode == 1
        assert "is not an installed Pgyer Desktop" in done.stderr
    assert everything_in(home) == {".local/share/pgyer-desktop/precious"}


@on_linux
def test_uninstalling_without_a_terminal_keeps_the_data_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = unpacked(tmp_path / "unpacked")
    install(home, folder)
    data = make_data(home)
    done = install(home, home / ".local/share/pgyer-desktop", "--uninstall")
    assert done.returncode == 0, done.stderr
    assert everything_in(home) == {f"{folder.relative_to(home).as_posix()}/kept" for folder in data}
    assert all(str(folder) in done.stdout for folder in data)


@on_linux
@pytest.mark.parametrize(("answer", "kept"), [("y", False), ("", True), ("n", True), ("yesterday", True)])
def test_uninstalling_asks_about_the_data(tmp_path: Path, answer: str, *, kept: bool) -> None:
    home = tmp_path / "home"
    folder = unpacked(tmp_path / "unpacked")
    install(home, folder)
    data = make_data(home)
    try:
        ours, its = os.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo-terminals here: {error.strerror}")
    try:
        os.write(ours, answer.encode() + b"\n")
        done = install(home, folder, "--uninstall", stdin=its)
    finally:
        os.close(ours)
        os.close(its)
    assert done.returncode == 0, done.stderr
    assert "API keys are not among them" in done.stdout
    assert [path.exists() for path in data] == [kept] * 3
    assert not (home / ".local/share/pgyer-desktop").exists()


@on_linux
def test_a_running_program_is_not_replaced(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = unpacked(tmp_path / "unpacked", Path(tool("sleep")).read_bytes())
    assert install(home, folder).returncode == 0
    program = home / ".local/share/pgyer-desktop/pgyer-desktop"
    with subprocess.Popen([program, "40"]) as running:  # noqa: S603 - a copy of `sleep`
        try:
            for arguments in ((), ("--uninstall",)):
                done = install(home, folder, *arguments)
                assert done.returncode == 1
                assert "is running" in done.stderr
        finally:
            running.kill()
    assert install(home, folder, "--uninstall").returncode == 0


# macOS


def test_the_plist_loads_and_holds_this_version() -> None:
    loaded = plistlib.loads(plistlib.dumps(plist.info_plist(__version__)))
    assert loaded["CFBundleShortVersionString"] == loaded["CFBundleVersion"] == __version__
    assert loaded["NSRequiresAquaSystemAppearance"] is False
    assert loaded["NSHighResolutionCapable"] is True
    assert loaded["LSApplicationCategoryType"] == "public.app-category.developer-tools"
    assert loaded["LSMinimumSystemVersion"] == "13.0"
    assert loaded["CFBundleLocalizations"] == ["en", "zh_CN"]
    assert re.fullmatch(r"[A-Za-z0-9.-]+", loaded["CFBundleIdentifier"])


def test_a_version_before_a_release_keeps_to_numbers_where_apple_wants_them() -> None:
    assert plist.info_plist("1.2.3rc1")["CFBundleVersion"] == "1.2.3"
    with pytest.raises(ValueError, match="three numbers"):
        plist.info_plist("1.2")


def test_the_entitlements_weaken_one_protection_and_hold_no_comment() -> None:
    path = PACKAGING / "macos" / "entitlements.plist"
    assert plistlib.loads(path.read_bytes()) == {"com.apple.security.cs.allow-unsigned-executable-memory": True}
    assert b"<!--" not in path.read_bytes()


def bundle(folder: Path) -> Path:
    """A program for macOS with a framework and libraries, none of which runs."""
    app = folder / "Pgyer Desktop.app"
    qt = app / "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework"
    for path in (
        app / "Contents/MacOS/pgyer-desktop",
        app / "Contents/Frameworks/libpython3.12.dylib",
        app / "Contents/Frameworks/PySide6/QtCore.abi3.so",
        qt / "Versions/A/QtCore",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex("cffaedfe") + b"code")
    (app / "Contents/Frameworks/data.txt").write_text("no code", encoding="utf-8")
    (app / "Contents/Info.plist").write_bytes(plistlib.dumps({"CFBundleExecutable": "pgyer-desktop"}))
    return app


def test_what_is_inside_is_signed_before_what_contains_it(tmp_path: Path) -> None:
    app = bundle(tmp_path)
    order = [path.relative_to(tmp_path).as_posix() for path in image.to_sign(app)]
    frameworks = "Pgyer Desktop.app/Contents/Frameworks"
    assert order == [
        f"{frameworks}/PySide6/QtCore.abi3.so",
        f"{frameworks}/libpython3.12.dylib",
        f"{frameworks}/PySide6/Qt/lib/QtCore.framework",
        "Pgyer Desktop.app",
    ]


def test_only_the_program_gets_the_entitlements_and_only_with_a_certificate(tmp_path: Path) -> None:
    app = bundle(tmp_path)
    library = app / "Contents/Frameworks/libpython3.12.dylib"
    certificate = "Developer ID Application: Acme"
    assert "--entitlements" in image.sign_command(app, app, certificate)
    assert "runtime" in image.sign_command(library, app, certificate)
    assert "--entitlements" not in image.sign_command(library, app, certificate)
    # The hardened runtime would refuse libraries that are signed ad hoc.
    assert "runtime" not in image.sign_command(app, app, image.AD_HOC)


def test_what_was_skipped_is_said_with_what_it_needs() -> None:
    words = " ".join(image.skipped(image.credentials({})))
    for needed in ("NOT SIGNED", "PGYER_SIGN_IDENTITY", "NOT NOTARISED", "PGYER_NOTARY_PROFILE"):
        assert needed in words
    both = {"PGYER_SIGN_IDENTITY": "Developer ID Application: Acme", "PGYER_NOTARY_PROFILE": "acme"}
    assert image.skipped(image.credentials(both)) == []


def test_notarising_without_a_signature_is_refused_at_once() -> None:
    with pytest.raises(image.PackageError, match="PGYER_SIGN_IDENTITY"):
        image.credentials({"PGYER_NOTARY_PROFILE": "acme"})


@pytest.mark.skipif(sys.platform == "darwin", reason="would make the image")
def test_making_the_image_elsewhere_says_why_it_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    assert image.main([]) == 1
    assert "only on macOS" in capsys.readouterr().err


# Windows: version resource, manifest, installer


def called(node: ast.expr) -> Any:
    """The value of a version resource's text, every call as (name, positional values, named values)."""
    if isinstance(node, ast.Call):
        assert isinstance(node.func, ast.Name)
        named = {keyword.arg: called(keyword.value) for keyword in node.keywords}
        return node.func.id, [called(argument) for argument in node.args], named
    if isinstance(node, ast.List):
        return [called(element) for element in node.elts]
    return ast.literal_eval(node)


def test_the_version_resource_says_who_and_which_version_in_both_languages() -> None:
    text = version_info.version_info(__version__)
    _name, _values, parts = called(ast.parse(text, mode="eval").body)
    numbers = (*(int(number) for number in __version__.split(".")), 0)
    assert parts["ffi"][2]["filevers"] == parts["ffi"][2]["prodvers"] == numbers
    strings, variables = parts["kids"]
    tables = {table[1][0]: dict(entry[1] for entry in table[1][1]) for table in strings[1][0]}
    assert set(tables) == {"040904b0", "080404b0"}
    assert variables[1][0][0][1] == ["Translation", [0x0409, 1200, 0x0804, 1200]]
    for table in tables.values():
        assert table["ProductVersion"] == table["FileVersion"] == __version__
        assert table["OriginalFilename"] == "pgyer-desktop.exe"
        assert table["ProductName"] == table["FileDescription"] == "Pgyer Desktop"


def test_the_version_resource_is_one_that_pyinstaller_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PyInstaller", reason="PyInstaller is not installed")
    compat = importlib.import_module("PyInstaller.compat")
    monkeypatch.setattr(compat, "win32api", None, raising=False)  # imported everywhere, used on Windows only
    try:
        reader = importlib.import_module("PyInstaller.utils.win32.versioninfo")
    except ImportError as error:
        pytest.skip(f"PyInstaller's reader does not load here: {error}")
    read = eval(version_info.version_info(__version__), dict(vars(reader)))  # noqa: S307 - what PyInstaller does
    assert "Pgyer Desktop".encode("utf-16-le") in read.toRaw()


def test_versions_are_counted_as_windows_does() -> None:
    assert version_info.four_numbers("1.2.3rc1") == (1, 2, 3, 0)
    assert "flags=0x2" in version_info.version_info("1.2.3rc1")
    for wrong in ("1.2", "next", "1.2.70000"):
        with pytest.raises(ValueError, match=re.escape(wrong)):
            version_info.four_numbers(wrong)


def test_the_manifest_asks_for_what_a_modern_program_needs() -> None:
    root = xml(WINDOWS / "pgyer-desktop.manifest")
    found = {element.tag.rpartition("}")[2]: element for element in root.iter()}
    assert found["dpiAwareness"].text == "PerMonitorV2, PerMonitor"
    assert found["longPathAware"].text == "true"
    assert found["activeCodePage"].text == "UTF-8"
    assert found["requestedExecutionLevel"].attrib == {"level": "asInvoker", "uiAccess": "false"}
    assert found["supportedOS"].get("Id") == "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"  # Windows 10 and 11
    identities = {element.get("name"): element.get("version") for element in root.iter() if "name" in element.attrib}
    assert identities["Microsoft.Windows.Common-Controls"] == "6.0.0.0"
    # Windows ignores settings in a namespace that it does not know, and says nothing.
    for name, year in (("dpiAware", 2005), ("dpiAwareness", 2016), ("longPathAware", 2016), ("activeCodePage", 2019)):
        assert found[name].tag == f"{{http://schemas.microsoft.com/SMI/{year}/WindowsSettings}}{name}"


def installer() -> dict[str, list[str]]:
    """The installer script's lines by section, without comments and directives; "" is what stands above the first."""
    sections: dict[str, list[str]] = {"": []}
    name = ""
    for line in ISS.read_text(encoding="utf-8-sig").splitlines():
        heading = re.fullmatch(r"\[(\w+)\]", line)
        if heading:
            name = heading[1]
            assert name not in sections
            sections[name] = []
        elif line.strip() and (name == "Code" or not line.startswith((";", "#"))):
            sections[name].append(line)
    return sections


def setup() -> dict[str, str]:
    return dict(line.split("=", 1) for line in installer()["Setup"])


def test_the_installer_has_its_sections_and_needs_no_administrator() -> None:
    assert set(installer()) >= {"Setup", "Languages", "CustomMessages", "Files", "Icons", "Run", "Code"}
    assert setup()["PrivilegesRequired"] == "lowest"
    assert "PrivilegesRequiredOverridesAllowed" not in setup()
    assert not re.search(r"\{(commonpf|pf|sys|win|common\w+)\}|HKLM|runascurrentuser", ISS.read_text(encoding="utf-8"))


def test_the_installer_is_told_its_version_and_closes_a_running_program() -> None:
    assert setup()["AppVersion"] == "{#AppVersion}"
    assert "#error" in ISS.read_text(encoding="utf-8")
    assert setup()["CloseApplications"] == "yes"
    assert setup()["SetupMutex"]  # two at once would unpack into the same folder
    assert re.fullmatch(r"\{\{[0-9A-F-]{36}\}", setup()["AppId"])


def test_every_file_that_the_installer_takes_is_there_or_is_built() -> None:
    assert (WINDOWS / setup()["SetupIconFile"].replace("\\", "/")).is_file()
    defined = dict(re.findall(r'#define (\w+) "([^"]*)"', ISS.read_text(encoding="utf-8-sig")))
    assert (WINDOWS / defined["ProgramDir"].replace("\\", "/")).resolve() == ROOT / "dist" / "pgyer-desktop"
    sources = re.findall(r'Source: "([^"]*)"', "\n".join(installer()["Files"]))
    assert sources == [f"{{#ProgramDir}}\\{part}" for part in ("_internal\\*", "*", "{#Exe}", "{#Exe}")]


def test_the_installer_unpacks_beside_the_old_program_and_renames_once_the_new_one_is_whole() -> None:
    """`tests/windows/try_installer.py` tries it; here is what a change of the script must not lose."""
    *unpacked, program, last = installer()["Files"]
    assert all('DestDir: "{app}\\{#New}' in line for line in (*unpacked, program))
    assert ["AfterInstall" in line for line in (*unpacked, program, last)] == [False, False, True, False]
    assert "AfterInstall: PutInPlace" in program
    # An error that is raised after a file has been installed is shown and forgotten; one of a folder's name is not.
    assert 'DestDir: "{code:ProgramOrFailure}"; Flags: onlyifdoesntexist' in last
    for section in ("Icons", "Run"):
        assert all("{app}\\{#Program}\\{#Exe}" in line for line in installer()[section])


def test_the_installer_touches_no_folder_that_is_not_the_programs() -> None:
    assert not {"InstallDelete", "UninstallDelete"} & set(installer())
    code = "\n".join(installer()["Code"])
    remove = code[code.index("procedure RemoveOurs") :]
    assert "and IsOurs(Name) then" in remove[: remove.index("RemoveAll(Place(Name))")]
    assert code.count("RemoveAll(") == 2
    prepare = code[code.index("function PrepareToInstall") :]
    assert set(re.findall(r"not IsOurs\('\{#(\w+)\}'\)", prepare)) == {"Program", "New", "Old"}


def isl(path: Path) -> dict[tuple[str, str], str]:
    """The messages of an Inno Setup language by section and name."""
    section, found = "", {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.startswith("["):
            section = line
        elif "=" in line and not line.startswith(";") and section != "[LangOptions]":
            name, _, text = line.partition("=")
            found[section, name] = text
    return found


def test_the_chinese_messages_of_setup_are_there_and_chinese() -> None:
    """That none is missing is what the compiler says, which warns of each."""
    messages = isl(WINDOWS / "ChineseSimplified.isl")
    assert len(messages) > 270
    assert '"ChineseSimplified.isl"' in "\n".join(installer()["Languages"])
    same = {"HelpTextNote", "BeveledLabel", "AboutSetupNote", "TranslatorNote", "ComponentSize1", "ComponentSize2"}
    same |= {"UninstallDisplayNameMark", "UninstallDisplayNameMarks"}
    plain = {name for (_section, name), text in messages.items() if not re.search(r"[\u4e00-\u9fff]", text)}
    assert plain <= same
    assert not [name for (_s, name), text in messages.items() if re.search(r"[\u4e00-\u9fff][,:;?!]", text)]


def test_the_installer_script_is_balanced() -> None:
    text = ISS.read_text(encoding="utf-8-sig")
    opened = len(re.findall(r"^\s*#(?:if|ifdef|ifndef)\b", text, re.MULTILINE))
    assert opened == len(re.findall(r"^\s*#endif\b", text, re.MULTILINE)) > 0
    for name, lines in installer().items():
        body = "\n".join(lines)
        assert body.replace("{{", "{", 1 if name == "Setup" else 0).count("{") == body.count("}"), name
        assert body.count("(") == body.count(")") or name == "CustomMessages", name
    code = re.sub(r"//[^\n]*|'[^'\n]*'", "", "\n".join(installer()["Code"]))
    assert "'" not in code
    assert len(re.findall(r"\b(?:begin|try)\b", code)) == len(re.findall(r"\bend\b", code))


def test_the_installer_speaks_english_and_chinese_with_the_same_messages() -> None:
    messages: dict[str, dict[str, str]] = {"en": {}, "zh": {}}
    for line in installer()["CustomMessages"]:
        name, _, text = line.partition("=")
        language, _, key = name.partition(".")
        messages[language][key] = text
    english, chinese = messages["en"], messages["zh"]
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert set(re.findall(r"%\d", text)) == set(re.findall(r"%\d", chinese[key])), key
    text = ISS.read_text(encoding="utf-8-sig")
    used = set(re.findall(r"\{cm:(\w+)", text)) | set(re.findall(r"(?:CustomMessage|Agreed)\('(\w+)'", text))
    assert used == english.keys()
    assert ISS.read_bytes().startswith(b"\xef\xbb\xbf")  # older compilers read the Chinese wrongly without it


def test_uninstalling_asks_about_the_data_and_never_removes_it_silently() -> None:
    code = "\n".join(installer()["Code"])
    step = code[code.index("procedure CurUninstallStepChanged") :]
    # Elsewhere only folders of the program's own are deleted.
    assert set(re.findall(r"DelTree\(([^,]+),", code)) == {"Folder", "Folder + '\\' + Found.Name", "Data"}
    assert code.count("RemoveData(Data)") == step.count("RemoveData(Data)") == 1
    assert code.count("RemoveKeys(Keys)") == step.count("RemoveKeys(Keys)") == 1
    for question, removal in (("Agreed('RemoveData'", "RemoveData(Data)"), ("Agreed('RemoveKeys'", "RemoveKeys(Keys)")):
        assert step.index("UninstallSilent()") < step.index("exit") < step.index(question) < step.index(removal)
    assert "MB_YESNO or MB_DEFBUTTON2) = IDYES" in code
    text = ISS.read_text(encoding="utf-8-sig")
    assert f'#define Data "{{localappdata}}\\{APP_NAME}"' in text
    assert f'#define Service "{SERVICE}"' in text


def test_there_is_a_start_menu_entry_and_no_desktop_icon_unless_it_is_asked_for() -> None:
    menu, desktop = installer()["Icons"]
    assert "{autoprograms}" in menu
    assert "Tasks:" not in menu
    assert "{autodesktop}" in desktop
    assert "Tasks: desktopicon" in desktop
    assert "Flags: unchecked" in installer()["Tasks"][0]


# Icons


def png_side(data: bytes) -> int:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width == height
    return int(width)


def ico_sides(data: bytes) -> list[int]:
    """The sides of the pictures in a Windows icon, as the pictures themselves say."""
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind) == (0, 1)
    sides = []
    for index in range(count):
        width, height, _, _, _, bits, size, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * index)
        picture = data[offset : offset + size]
        assert len(picture) == size
        assert bits == 32
        side = png_side(picture) if picture[:4] == b"\x89PNG" else struct.unpack_from("<i", picture, 4)[0]
        assert (width or 256, height or 256) == (side, side)
        sides.append(side)
    return sides


def icns_sides(data: bytes) -> dict[str, int]:
    """The sides of the pictures in a macOS icon by their kind."""
    magic, length = struct.unpack_from(">4sI", data)
    assert (magic, length) == (b"icns", len(data))
    sides = {}
    offset = 8
    while offset < length:
        kind, size = struct.unpack_from(">4sI", data, offset)
        sides[kind.decode("ascii")] = png_side(data[offset + 8 : offset + size])
        offset += size
    assert offset == length
    return sides


def test_the_windows_icon_has_every_size_that_windows_draws() -> None:
    assert set(ico_sides((ICONS / "icon.ico").read_bytes())) >= {16, 20, 24, 32, 40, 48, 64, 256}


def test_the_macos_icon_has_every_size_twice_as_dense_too() -> None:
    expected = {
        "ic11": 32, "ic12": 64, "ic07": 128, "ic13": 256, "ic08": 256, "ic14": 512, "ic09": 512, "ic10": 1024,
    }  # fmt: skip
    assert icns_sides((ICONS / "icon.icns").read_bytes()) == expected


def test_the_pictures_for_linux_are_as_large_as_they_are_named() -> None:
    sides = {int(path.stem.removeprefix("icon-")): png_side(path.read_bytes()) for path in ICONS.glob("icon-*.png")}
    assert all(named == side for named, side in sides.items())
    assert set(sides) >= {16, 24, 32, 48, 64, 128, 256, 512}
    assert xml(ICONS / "icon.svg").tag.endswith("svg")


# SBOM and licences


def locked_for_here() -> set[str]:
    """The run-time packages that uv.lock has for this system, found by walking it: another way than sbom.py's."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    packages = {package["name"]: package for package in lock["package"]}

    def needed(name: str, extras: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        optional = packages[name].get("optional-dependencies", {})
        for entry in (*packages[name].get("dependencies", ()), *(e for extra in extras for e in optional[extra])):
            if "marker" not in entry or Marker(entry["marker"]).evaluate():
                yield entry["name"], tuple(entry.get("extra", ()))

    found: set[tuple[str, tuple[str, ...]]] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [("pgyer-desktop", ())]
    while waiting:
        for one in needed(*waiting.pop()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return {name for name, _extras in found}


def find_uv() -> str:
    bootstrap = script("bootstrap")
    ours = ROOT / ".tools" / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    for candidate in (shutil.which("uv"), str(ours)):
        if candidate and bootstrap.ask_uv(candidate) >= bootstrap.UV_OLDEST:
            return candidate
    pytest.skip("uv is not installed")


@pytest.fixture(scope="module")
def exported() -> Any:
    return sbom.exported(find_uv())


@pytest.fixture(scope="module")
def bom(exported: Any) -> Any:
    return sbom.make(exported, __version__, None, {})


def test_the_sbom_names_exactly_the_locked_run_time_packages_with_their_versions(bom: Any) -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    versions = {package["name"]: package.get("version") for package in lock["package"]}
    found = {
        entry["name"]: entry["version"]
        for entry in bom["components"]
        if entry.get("purl", "").startswith("pkg:pypi/") and entry["name"] != "pyinstaller-bootloader"
    }
    assert found == {name: versions[name] for name in locked_for_here()}


def test_the_sbom_has_python_qt_and_the_libraries_in_python(bom: Any) -> None:
    versions = {entry["name"]: entry.get("version") for entry in bom["components"]}
    assert versions["python"] == ".".join(str(number) for number in sys.version_info[:3])
    assert versions["qt"] == versions["pyside6-essentials"]
    assert {"openssl", "sqlite", "zlib", "libffi"} <= versions.keys()


def test_the_sbom_is_well_formed(bom: Any) -> None:
    assert (bom["bomFormat"], bom["specVersion"], bom["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", bom["serialNumber"])
    references = [entry["bom-ref"] for entry in bom["components"]]
    assert references == sorted(set(references))
    root = bom["metadata"]["component"]
    assert root["version"] == __version__
    known = {root["bom-ref"], *references}
    assert {entry["ref"] for entry in bom["dependencies"]} == known
    assert len(bom["dependencies"]) == len(known)
    for entry in bom["dependencies"]:
        assert set(entry["dependsOn"]) <= known - {entry["ref"]}
    for entry in bom["components"]:
        assert entry["type"] in {"library", "framework", "platform"}
        assert entry["licenses"], entry["name"]
        assert all(re.fullmatch(r"[0-9a-f]{64}", each["content"]) for each in entry.get("hashes", ()))


def test_every_component_is_reached_from_the_program(bom: Any) -> None:
    needs = {entry["ref"]: entry["dependsOn"] for entry in bom["dependencies"]}
    reached: set[str] = set()
    waiting = [bom["metadata"]["component"]["bom-ref"]]
    while waiting:
        reference = waiting.pop()
        if reference not in reached:
            reached.add(reference)
            waiting += needs[reference]
    assert reached == set(needs)


def test_the_sbom_has_the_hash_of_the_wheel_that_is_installed(bom: Any) -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    packages = [entry for entry in bom["components"] if entry["name"] in locked_for_here()]
    for entry in packages:
        assert f'.whl", hash = "sha256:{entry["hashes"][0]["content"]}"' in lock, entry["name"]


def test_the_sbom_names_no_registry(bom: Any) -> None:
    addresses = set(re.findall(r"https?://[^/\"]+", sbom.dump(bom)))
    assert addresses == {"http://cyclonedx.org"}


def test_the_same_inputs_give_the_same_sbom(exported: Any) -> None:
    first, second = (sbom.dump(sbom.make(exported, "1.0.0", None, {})) for _ in range(2))
    assert first == second
    assert "timestamp" not in first
    dated = sbom.make(exported, "1.0.0", None, {"SOURCE_DATE_EPOCH": "0"})
    assert dated["metadata"]["timestamp"] == "1970-01-01T00:00:00Z"
    assert dated["serialNumber"] != json.loads(first)["serialNumber"]


def test_another_version_than_the_locked_one_is_no_sbom(exported: Any) -> None:
    changed = json.loads(json.dumps(exported))
    component = next(entry for entry in changed["components"] if entry["name"] == "httpx")
    component["version"] = "0.0.1"
    with pytest.raises(sbom.SbomError, match=r"httpx 0\.0\.1 is locked but"):
        sbom.make(changed, "1.0.0", None, {})


@on_linux
def test_libraries_that_came_from_the_system_are_listed(tmp_path: Path) -> None:
    (tmp_path / "libnobody-knows.so.1").write_bytes(b"code")
    (tmp_path / "libshiboken6.abi3.so.6.11").write_bytes(b"from a wheel")
    (entry,) = sbom.system_components(tmp_path)
    assert entry["name"] == "libnobody-knows.so.1"
    with pytest.raises(licences.LicenceError, match=r"libnobody-knows\.so\.1"):
        licences.collect({"components": [entry]})


def test_the_licences_cover_every_component(bom: Any) -> None:
    found = licences.collect(bom)
    assert {entry.name for entry in found} == {entry["name"] for entry in bom["components"]}
    for entry in found:
        assert all(len(text) > 60 for text in entry.texts), entry.name
    text = licences.render(bom, found, ())
    for name in locked_for_here():
        assert re.search(rf"^{re.escape(name)} \d", text, re.MULTILINE), name


def test_the_licences_meet_the_terms_of_the_lgpl(bom: Any) -> None:
    found = licences.collect(bom)
    text = licences.render(bom, found, ())
    qt = next(entry.version for entry in found if entry.name == "qt")
    assert "{" not in text[: text.index("All of it")]
    for needed in (
        f"Qt {qt} and PySide6 {qt}",
        "unmodified shared libraries",
        "replace them with builds of your own",
        f"https://download.qt.io/official_releases/qt/{'.'.join(qt.split('.')[:2])}/{qt}/",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "GNU GENERAL PUBLIC LICENSE",
    ):
        assert needed in text
    # Shared by PySide6, Shiboken and Qt, and printed once.
    assert text.count("This version of the GNU Lesser General Public License incorporates") == 1
