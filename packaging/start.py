"""What the frozen program begins with: PyInstaller wants a script, not a module."""

from __future__ import annotations

import sys

from pgyer_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
