"""The version resource of the Windows program: what Explorer shows under Details.

Returns text in the form that PyInstaller reads (`EXE(version=...)` takes a file of it). Nothing here needs Windows or
PyInstaller.
"""

from __future__ import annotations

import re

NAME = "Pgyer Desktop"
PROGRAM = "pgyer-desktop"
CONTRIBUTORS = "Pgyer Desktop contributors"
LANGUAGES = ((0x0409, "Unofficial desktop client for Pgyer"), (0x0804, "蒲公英的非官方桌面客户端"))
"""Language ids (English, Simplified Chinese) and a line about the program in each."""
UNICODE = 1200


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """`version` as Windows counts: "1.2.3", "1.2.3rc1" and "1.2.3.dev4" are all (1, 2, 3, 0).

    Raises ValueError: it does not begin with three numbers.
    """
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if found is None:
        raise ValueError(f"{version!r} does not begin with three numbers")
    numbers = [int(number) for number in found.groups()]
    if max(numbers) > 0xFFFF:
        raise ValueError(f"{version!r} has a number over 65535, which Windows cannot hold")
    return numbers[0], numbers[1], numbers[2], 0


def version_info(version: str) -> str:
    """The text of a `VSVersionInfo` for `version`, such as "1.2.3"."""
    numbers = four_numbers(version)
    prerelease = re.fullmatch(r"[\d.]+", version) is None
    tables = ",\n        ".join(_table(language, description, version) for language, description in LANGUAGES)
    codes = ", ".join(f"{language}, {UNICODE}" for language, _ in LANGUAGES)
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers},
    prodvers={numbers},
    mask=0x3f,
    flags={0x2 if prerelease else 0x0:#x},
    OS=0x40004,
    fileType=0x1,
    subtype=0x0,
    date=(0, 0)
  ),
  kids=[
    StringFileInfo([
        {tables}
    ]),
    VarFileInfo([VarStruct('Translation', [{codes}])])
  ]
)
"""


def _table(language: int, description: str, version: str) -> str:
    values = {
        "CompanyName": CONTRIBUTORS,
        "FileDescription": NAME,
        "Comments": description,
        "FileVersion": version,
        "InternalName": PROGRAM,
        "LegalCopyright": f"© {CONTRIBUTORS}. MIT licence.",
        "OriginalFilename": f"{PROGRAM}.exe",
        "ProductName": NAME,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in values.items())
    return f"StringTable('{language:04x}{UNICODE:04x}', [{strings}])"
