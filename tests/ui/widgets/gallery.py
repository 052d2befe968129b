"""Takes a picture of every small widget, light and dark: `python -m tests.ui.widgets.gallery FOLDER [RATIO]`.

For looking at, not a test. Off screen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QApplication, QWidget


def light_palette() -> QPalette:
    """Fusion's light colours."""
    from PySide6.QtWidgets import QStyleFactory

    return QStyleFactory.create("Fusion").standardPalette()


def dark_palette() -> QPalette:
    """Dark colours like Fusion's; the off-screen platform ignores `setColorScheme`."""
    from PySide6.QtGui import QColor, QPalette

    palette = QPalette(QColor(50, 50, 50))
    role = QPalette.ColorRole
    for which, color in (
        (role.Window, QColor(50, 50, 50)),
        (role.WindowText, QColor(240, 240, 240)),
        (role.Base, QColor(36, 36, 36)),
        (role.AlternateBase, QColor(43, 43, 43)),
        (role.Text, QColor(240, 240, 240)),
        (role.Button, QColor(60, 60, 60)),
        (role.ButtonText, QColor(240, 240, 240)),
        (role.Highlight, QColor(48, 140, 198)),
        (role.HighlightedText, QColor(255, 255, 255)),
        (role.Accent, QColor(48, 140, 198)),
        (role.PlaceholderText, QColor(240, 240, 240, 128)),
    ):
        palette.setColor(which, color)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(120, 120, 120))
    return palette


def high_contrast_palette() -> QPalette:
    """The colours of Windows' "High contrast black"."""
    from PySide6.QtGui import QColor, QPalette

    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    palette = QPalette(black)
    role = QPalette.ColorRole
    for which in (role.Window, role.Base, role.AlternateBase, role.Button, role.ToolTipBase, role.HighlightedText):
        palette.setColor(which, black)
    for which in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText):
        palette.setColor(which, white)
    for which in (role.Highlight, role.Accent):
        palette.setColor(which, QColor(0x1A, 0xEB, 0xFF))
    palette.setColor(role.Link, QColor(0xFF, 0xFF, 0x00))
    palette.setColor(role.PlaceholderText, white)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(0x3F, 0xF2, 0x3F))
    return palette


def _notices() -> QWidget:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from pgyer_desktop.ui.widgets.notice_banner import NoticeBanner, Severity

    page = QWidget()
    page.resize(640, 240)
    layout = QVBoxLayout(page)
    for severity, text, action in (
        (Severity.INFO, "Harbour 1.4.6 arrived while you were away.", "Show it"),
        (Severity.WARNING, "Page 3 of 9 could not be loaded. The builds below are not the whole history.", "Retry"),
        (
            Severity.ERROR,
            (
                "Pgyer did not answer within 30 seconds, so it is not known whether build #45 became the latest. "
                "Look again before you try once more."
            ),
            "Look again",
        ),
        (Severity.INFO, "没有构建被删除。", None),
    ):
        banner = NoticeBanner(page)
        banner.show_notice(text=text, severity=severity, action_text=action, key="gallery")
        layout.addWidget(banner)
    layout.addStretch()
    return page


def _toast() -> QWidget:
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.widgets.toast import Toast

    page = QWidget()
    page.resize(480, 120)
    Toast(page).show_text("Harbour 1.4.5 (145) is now the latest build.")
    return page


def _page_bar() -> QWidget:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from pgyer_desktop.ui.builds.page_bar import PageBar
    from pgyer_desktop.ui.widgets.thin_progress import ThinProgress

    page = QWidget()
    page.resize(640, 100)
    layout = QVBoxLayout(page)
    for current, count in ((2, 3), (1, 1000)):
        bar = PageBar(page)
        bar.set_pages(current, count)
        bar.set_status("20 builds on this page · as of 10:32")
        layout.addWidget(bar)
    progress = ThinProgress(page)
    progress.show()
    layout.addWidget(progress)
    return page


def _qr() -> QWidget:
    from pgyer_desktop.ui.sharing.qr_code import QrCode

    code = QrCode()
    code.resize(176, 176)
    code.set_text("https://example.com/harbour?build=0123456789abcdef0123456789abcdef")
    return code


def _empty() -> QWidget:
    from pgyer_desktop.ui.base import resources
    from pgyer_desktop.ui.widgets.empty_page import EmptyPage

    page = EmptyPage()
    page.resize(640, 400)
    page.set_content(
        "",
        "Welcome to Pgyer Desktop",
        "See the builds of your apps, decide which one people are offered, and clean up old ones.",
        "Connect an account",
        "Try the demo",
    )
    page.set_picture(resources.app_icon())
    return page


def _no_builds() -> QWidget:
    from pgyer_desktop.ui.widgets.empty_page import EmptyPage

    page = EmptyPage()
    page.resize(640, 320)
    page.set_content("inbox", "No builds yet", "Upload the first build of 云帆 on Pgyer, then refresh.", "Refresh")
    return page


def _painted_icon() -> object:
    from PySide6.QtGui import QColor, QIcon, QLinearGradient, QPainter, QPixmap

    pixmap = QPixmap(120, 120)
    painter = QPainter(pixmap)
    gradient = QLinearGradient(0, 0, 120, 120)
    gradient.setColorAt(0, QColor(250, 250, 250))
    gradient.setColorAt(1, QColor(220, 235, 240))
    painter.fillRect(pixmap.rect(), gradient)
    painter.setBrush(QColor(30, 120, 130))
    painter.drawEllipse(30, 30, 60, 60)
    painter.end()
    return QIcon(pixmap)


def _picker(query: str) -> QWidget:
    from PySide6.QtGui import QAction, QIcon
    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from pgyer_desktop.ui.base import resources
    from pgyer_desktop.ui.widgets.pickers.button import PickerButton, PickerItem

    picture = _painted_icon()
    assert isinstance(picture, QIcon)
    page = QWidget()
    page.resize(640, 52)
    layout = QHBoxLayout(page)
    accounts = PickerButton("accountPicker", page, with_icons=False)
    accounts.set_items([PickerItem("acme", "Acme")])
    accounts.set_current("acme")
    accounts.set_label("Account")
    apps = PickerButton("appPicker", page, with_subtitle=True)
    apps.set_label("App")
    apps.set_placeholder("Choose an app", "Search apps")
    names = ["Harbour", "Lantern", "云帆", "Meadow", "Quarry", "Signal box", "Tide table", "Workbench", "Harbour beta"]
    items = [
        PickerItem(name, name, f"iOS · com.acme.{n}", f"com.acme.{n}", "Recent", None if n % 3 else picture)
        for n, name in enumerate(names[:3])
    ]
    items += [
        PickerItem(name, name, f"Android · com.acme.{n}", f"com.acme.{n}", "All apps", None if n % 3 else picture)
        for n, name in enumerate(names)
    ]
    apps.set_items(items)
    apps.set_current("Lantern")
    for text, icon in (("Add app by key…", "plus"), ("Refresh", "refresh")):
        action = QAction(resources.icon(icon), text, page)
        action.setObjectName(f"action{text.split(maxsplit=1)[0]}")
        apps.add_footer_action(action)
    layout.addWidget(accounts)
    layout.addWidget(apps)
    layout.addStretch()
    page.show()
    apps.open_popup()
    apps.popup.search.setText(query)
    page.setProperty("popup", apps.popup)
    return page


def _icons_and_badges() -> QWidget:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPalette
    from PySide6.QtWidgets import QWidget

    from pgyer_desktop.ui.widgets.icon_cell import Tone, badge_size, initial_of, paint_app_icon, paint_badge

    picture = _painted_icon()
    assert isinstance(picture, QIcon)
    pixmap = picture.pixmap(120, 120)

    class Sheet(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            painter = QPainter(self)
            palette = self.palette()
            painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
            for row, selected in enumerate((False, True)):
                y = row * 40
                if selected:
                    painter.fillRect(QRect(0, y, self.width(), 40), palette.color(QPalette.ColorRole.Highlight))
                x = 8
                for name in ("Harbour", "Lantern", "云帆", "Meadow"):
                    paint_app_icon(painter, QRect(x, y + 6, 28, 28), None, initial_of(name), palette, name)
                    x += 36
                paint_app_icon(painter, QRect(x, y + 6, 28, 28), pixmap, "", palette, "x")
                paint_app_icon(painter, QRect(x + 36, y + 10, 20, 20), pixmap, "", palette, "x")
                x += 68
                for word, tone in (
                    ("Latest", Tone.ACCENT),
                    ("Publishing", Tone.WARNING),
                    ("Unknown", Tone.NEUTRAL),
                    ("Failed", Tone.DANGER),
                    ("最新版本", Tone.ACCENT),
                ):
                    width = badge_size(word, self.font()).width()
                    rect = QRect(x, y, width, 40)
                    paint_badge(painter, rect, word, tone, palette, self.font(), selected=selected)
                    x += width + 8

    sheet = Sheet()
    sheet.resize(620, 80)
    return sheet


def _icon_sheet() -> QWidget:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

    from pgyer_desktop.ui.base import resources

    page = QWidget()
    layout = QGridLayout(page)
    names = sorted(path.stem for path in (resources.resources_dir() / "icons").glob("*.svg"))
    for number, name in enumerate(names):
        button = QToolButton(page)
        button.setAutoRaise(True)
        button.setIcon(resources.icon(name))
        button.setIconSize(QSize(20, 20))
        button.setEnabled(number % 9 != 8)
        layout.addWidget(button, number // 10, number % 10)
    return page


def _widgets() -> dict[str, Callable[[], QWidget]]:
    return {
        "notices": _notices,
        "toast": _toast,
        "page_bar": _page_bar,
        "qr": _qr,
        "welcome": _empty,
        "no_builds": _no_builds,
        "cells": _icons_and_badges,
        "icons": _icon_sheet,
        "picker": lambda: _picker(""),
        "picker_search": lambda: _picker("har"),
        "picker_nothing": lambda: _picker("zzz"),
    }


def save_all(application: QApplication, folder: Path) -> list[Path]:
    """Save a picture of every widget in both themes."""
    from PySide6.QtWidgets import QWidget

    saved = []
    for theme_name, palette in (("light", light_palette()), ("dark", dark_palette())):
        application.setPalette(palette)
        for name, make in _widgets().items():
            widget = make()
            widget.show()
            for _ in range(5):
                application.processEvents()
            popup = widget.property("popup")
            for part, shown in (("", widget), ("_list", popup)):
                if isinstance(shown, QWidget):
                    path = folder / f"{name}{part}-{theme_name}.png"
                    shown.grab().save(str(path))
                    saved.append(path)
            widget.close()
            widget.deleteLater()
    return saved


def main() -> None:
    """Save them into the folder that the first argument names; the second is the device pixel ratio."""
    from PySide6.QtWidgets import QApplication

    if len(sys.argv) < 2:
        raise SystemExit("python -m tests.ui.widgets.gallery FOLDER [RATIO]")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2] if len(sys.argv) > 2 else "1"
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setStyle("Fusion")
    save_all(application, folder)


if __name__ == "__main__":
    main()
