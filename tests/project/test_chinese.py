"""What of good Chinese can be checked without reading it: spaces, signs, ends of sentences, words of the glossary."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.project.checkout import ROOT, script

translate = script("translate")
MESSAGES = [
    message for message in translate.read_ts(translate.Translations(ROOT).ts("zh_CN")) if message.key.source != "Pgyer"
]
CHINESE = "[\u4e00-\u9fff]"
LATIN = r"[A-Za-z0-9#]"
SENTENCES = {
    ("HandoverDialog", "{rule}"), ("HistoryBar", "{found}"), ("HistoryBar", "{place}"), ("batch", "{reason}"),
    ("check_cases", "{before}"), ("file_saver", "{reason}"), ("journal", "{skipped}"), ("messages", "{first}"),
    ("reports", "{doing}"), ("reports", "{found}"), ("reports", "{reason}"), ("reports", "{told}"),
}  # fmt: skip
"""Places for texts of our own that are Chinese, by context."""
CHINESE_PLACES = ("{vault}", "{Vault}", "保留{what}")
"""The same in whatever context."""
QUOTED = re.compile(r"“[^”]*”|&amp;|\(&[A-Z]\)|\(\*\.\w+\)|\(\{pattern\}\)")
"""What is typed as it stands, and what Qt reads."""


def prose(message: Any) -> str:
    """The translation without what is quoted, and without what is no prose (patterns of dates, filters of files)."""
    if message.key.comment.endswith("for QLocale"):
        return ""
    return QUOTED.sub("", " | ".join(message.forms))


def wrong_spaces(message: Any) -> object:
    text = prose(message)
    for context, place in SENTENCES:
        text = text.replace(place, "" if context == message.key.context else place)
    for place in CHINESE_PLACES:
        text = text.replace(place, "")
    plain = re.sub(r"\{\w+\}|%n", "1", text)
    return re.search(f"{CHINESE}{LATIN}|{LATIN}{CHINESE}|  | [，。：；？！（）]|[，。：；？！（）] ", plain)


def wrong_signs(message: Any) -> object:
    half = rf"{CHINESE} ?[,;:?!()\"']|[,;:?!(\"'] ?{CHINESE}|[.]$|\.\.\."
    dashes = rf"{CHINESE} ?–|– ?{CHINESE}|--|(?<!—)—(?!—)|……"
    return re.search(f"{half}|{dashes}", prose(message))


def wrong_end(message: Any) -> object:
    ends = {".": "。", "?": "？", "…": "…", ":": "："}
    wanted = ends.get(message.key.source.rstrip()[-1], "")  # what stands between two sentences ends in a space
    return any((form[-1] if form[-1] in "。？…：！" else "") != wanted for form in message.forms)


def forbidden_words() -> set[str]:
    """What the last column of the glossary forbids, unless it is the word for something else."""
    rows = [
        line.strip("| ").split("|") for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines() if "|" in line
    ]
    rows = [[cell.strip() for cell in row] for row in rows[2:]]
    wanted = {word for row in rows for word in re.split(r"[,，] ?", row[1])}
    banned = {word for row in rows if len(row) > 3 for word in re.split(r"[,，] ?", row[3]) if re.search(CHINESE, word)}
    return banned - wanted


def wrong_words(message: Any) -> object:
    return [word for word in (*forbidden_words(), "你") if word in "".join(message.forms)]


@pytest.mark.parametrize("rule", [wrong_spaces, wrong_signs, wrong_end, wrong_words])
def test_every_chinese_text(rule: Callable[[Any], object]) -> None:
    found = [(message.key.context, message.key.source, *message.forms) for message in MESSAGES if rule(message)]
    assert not found, "\n".join(map(str, found))


def test_the_glossary_forbids_something() -> None:
    assert {"清除最新版本", "账户", "标识"} <= forbidden_words()


@pytest.mark.parametrize(
    ("rule", "source", "chinese"),
    [
        (wrong_spaces, "{n} builds", "有{n}个版本"),
        (wrong_spaces, "Key", "输入API Key"),
        (wrong_spaces, "Yes.", "是 。"),
        (wrong_signs, "Yes, it is", "是的,没错"),
        (wrong_signs, "None (yet)", "没有(暂时)"),
        (wrong_signs, "One - two", "一 – 二"),
        (wrong_end, "Delete…", "删除"),
        (wrong_end, "It is gone.", "已删除"),
        (wrong_words, "Account", "账户"),
    ],
)
def test_the_rules_find_what_is_wrong(rule: Callable[[Any], object], source: str, chinese: str) -> None:
    assert rule(translate.Message(translate.Key("tests", source, "", plural=False), (chinese,), ""))
