"""How a dialog comes and goes, and who decides its size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QWidget

from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import fill
from pgyer_desktop.ui.widgets.text.label import Label

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def host() -> Iterator[QWidget]:
    widget = QWidget()
    yield widget
    widget.deleteLater()


def test_one_that_is_shown_once_is_gone_when_it_is_finished(host: QWidget) -> None:
    dialog = Dialog("question", host)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.show_once()
    assert dialog.isVisible()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert gone == [True]


def test_a_size_that_is_left_to_the_person_stays_whatever_the_dialog_says(host: QWidget) -> None:
    dialog = Dialog("rows", host)
    words = Label(dialog)
    fill(dialog.body, words)
    dialog.leave_size_to_person(least=QSize(480, 360), first=QSize(600, 400))
    dialog.open()
    words.setText("one line after the other\n" * 5)
    QCoreApplication.processEvents()
    assert dialog.size() == QSize(600, 400)
    dialog.resize(700, 500)
    QCoreApplication.processEvents()
    assert dialog.size() == QSize(700, 500)
    assert words.height() > 300, "the body has the room"
    dialog.reject()
