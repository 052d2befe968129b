"""That something has changed which the program remembers, whatever it is: an account, a page, the width of a column.

Must not save it: whoever does follows the signal.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Unsaved(QObject):
    """Is told of everything that is to be saved.

    Signals:
        noted: something to be remembered has changed.
    """

    noted = Signal()

    def note(self) -> None:
        """Have saved what has changed."""
        self.noted.emit()
