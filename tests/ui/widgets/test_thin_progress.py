"""The bar shows long waits only, and costs nothing while it cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pgyer_desktop.ui.widgets.thin_progress import DELAY_MS, ThinProgress

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _bar(qtbot: QtBot) -> tuple[QWidget, ThinProgress]:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    bar = ThinProgress(page)
    layout.addWidget(bar)
    page.resize(300, 60)
    page.show()
    return page, bar


def test_a_short_wait_shows_nothing(qtbot: QtBot) -> None:
    _page, bar = _bar(qtbot)
    bar.start()
    assert not bar.isVisible()
    bar.stop()
    qtbot.wait(DELAY_MS + 50)
    assert not bar.isVisible()


def test_a_long_wait_shows_the_bar_until_it_ends(qtbot: QtBot) -> None:
    _page, bar = _bar(qtbot)
    bar.start()
    qtbot.waitUntil(bar.isVisible)
    assert bar.height() == 2
    bar.start()
    bar.grab()
    bar.stop()
    assert not bar.isVisible()
    assert not bar._frames.isActive()


def test_a_hidden_window_draws_no_frames(qtbot: QtBot) -> None:
    page, bar = _bar(qtbot)
    bar.start()
    qtbot.waitUntil(bar._frames.isActive)
    page.hide()
    assert not bar._frames.isActive()
    page.show()
    assert bar._frames.isActive()


def test_nothing_moves_when_it_appears(qtbot: QtBot) -> None:
    page, bar = _bar(qtbot)
    before = page.sizeHint()
    bar.show()
    assert page.sizeHint() == before
