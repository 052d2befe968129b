"""Made-up release notes, in Chinese and English, of every length.

Only text: which build carries which notes is the catalogue's business.
"""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["en", "zh"]

_LINES: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "Tide tables load twice as fast on older phones",
        "Fixed: the list jumped to the top after a refresh",
        "New: mark a berth as a favourite with a long press",
        "Dark mode follows the system again",
        "Fixed a crash when the camera permission was refused",
        "Smaller downloads: images are fetched when they are needed",
        "Search finds names with accents",
        "Signing in remembers the last account",
        "Fixed: notifications arrived twice on some tablets",
        "Better labels for screen readers on the settings page",
        "Offline changes are sent once the connection is back",
        "Charts no longer cut the last day of the month",
        "Test build for the payment team, please try refunds",
        "The first start takes one second less",
    ),
    "zh": (
        "优化首页加载速度，弱网环境下更稳定",
        "修复部分机型上列表滚动卡顿的问题",
        "新增深色模式，跟随系统自动切换",
        "修复退出登录后消息角标未清除的问题",
        "支持长按卡片快速收藏",
        "优化图片缓存，减少流量消耗",
        "修复相机权限被拒绝时的闪退",
        "搜索支持拼音首字母",
        "调整设置页的字号与间距",
        "离线编辑的内容会在联网后自动同步",
        "修复日历跨年显示错误",
        "完善无障碍朗读",
        "提测版本：请重点验证退款流程",
        "更新隐私政策说明",
    ),
}
_HEADINGS: Final[dict[Language, str]] = {"en": "What changed", "zh": "本次更新"}
_MARKUP: Final[dict[Language, str]] = {
    "en": "Plain text, please: <b>not bold</b>, 5 < 6 & 7 > 2, https://example.com/?a=1&b=2",
    "zh": "只是纯文本：<b>这里不加粗</b>，5 < 6 & 7 > 2，https://example.com/?a=1&b=2",
}


def release_notes(language: Language, noise: bytes) -> str:
    """Return notes of none to nine lines; the same `noise` (at least 8 bytes) gives the same notes."""
    lines = _LINES[language]
    kind = noise[0] % 32
    if kind in {0, 1}:
        return ""
    if kind == 2:
        return _MARKUP[language]
    long = kind in {3, 4}
    count = 9 if long else 1 + noise[1] % 4
    # A stride that shares no factor with the number of lines never repeats a line.
    stride = (1, 3, 5, 9)[noise[2] % 4]
    chosen = [lines[(noise[3] + step * stride) % len(lines)] for step in range(count)]
    if count == 1:
        return chosen[0]
    if language == "zh":
        text = "\n".join(f"{number}、{line}" for number, line in enumerate(chosen, start=1))
    else:
        text = "\n".join(f"- {line}" for line in chosen)
    return f"{_HEADINGS[language]}\n\n{text}" if long else text
