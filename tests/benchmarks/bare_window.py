"""The floor of `start_up`: a bare main window with a table of 20 rows, and nothing of this project.

Prints when it was painted first, in seconds since 1970, and with `--stay` goes on until it is ended.
"""

import sys
import time

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Rows(QAbstractTableModel):
    """Twenty rows of six cells."""

    def rowCount(self, _parent: object = None) -> int:
        """Twenty."""
        return 20

    def columnCount(self, _parent: object = None) -> int:
        """Six."""
        return 6

    def data(self, index: object, role: int = 0) -> str | None:
        """A word."""
        return "1.4.6 (146)" if role == Qt.ItemDataRole.DisplayRole else None


class Watch(QObject):
    """Waits for the first paint."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Tell once it is done."""
        if event.type() == QEvent.Type.Paint:
            table.viewport().removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False


def tell() -> None:
    """Print the time."""
    sys.stdout.write(f"{time.time():.3f}\n")
    sys.stdout.flush()
    if "--stay" not in sys.argv:
        app.quit()


app = QApplication(sys.argv[:1])
window = QMainWindow()
table = QTableView()
rows = Rows()
table.setModel(rows)
window.setCentralWidget(table)
window.resize(1100, 720)
watch = Watch()
table.viewport().installEventFilter(watch)
window.show()
sys.exit(app.exec())
