"""Whether Windows has a desktop here, for tests of real windows. Wine has none without a display."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    def has_desktop() -> bool:
        """Whether a window of Windows' own can be made."""
        user32 = ctypes.windll.user32
        user32.CreateWindowExW.restype = wintypes.HWND
        window = user32.CreateWindowExW(0, "STATIC", "", 0, 0, 0, 9, 9, None, None, None, None)
        if window:
            user32.DestroyWindow(wintypes.HWND(window))
        return bool(window)

else:

    def has_desktop() -> bool:
        """Other systems have no windows of this kind."""
        return False
