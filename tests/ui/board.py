"""Takes pictures of table and details over the sandbox: `python -m tests.ui.board FOLDER [RATIO]`.

For looking at, not a test. Off screen unless QT_QPA_PLATFORM says otherwise.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path


async def _board(folder: Path) -> None:  # noqa: PLR0915 - a script from top to bottom
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QWidget

    from pgyer_desktop.api.client import Client
    from pgyer_desktop.api.models import ApiKey
    from pgyer_desktop.api.transport import ApiTransport, IconTransport
    from pgyer_desktop.core.actions import ACTIONS, Situation, why_not
    from pgyer_desktop.core.builds import BuildReader
    from pgyer_desktop.core.icons import IconStore
    from pgyer_desktop.sandbox import DEMO_KEY, SandboxApp, SandboxService
    from pgyer_desktop.ui import resources
    from pgyer_desktop.ui.build_model import BuildModel
    from pgyer_desktop.ui.build_table import BuildTable
    from pgyer_desktop.ui.details_panel import DetailsPanel
    from pgyer_desktop.ui.i18n import Language, Translators, say
    from pgyer_desktop.ui.icon_loader import IconLoader
    from tests.ui.widgets.gallery import dark_palette, light_palette

    translators = Translators()
    translators.use(Language.ENGLISH)
    service = SandboxService()
    slug = os.environ.get("BOARD_APP", "harbour")
    base = "https://sandbox.example"
    transport = ApiTransport(f"{base}/apiv2", app=SandboxApp(service))
    icon_transport = IconTransport(f"{base}/icons", app=SandboxApp(service))
    reader = BuildReader(Client(transport, ApiKey(DEMO_KEY)))
    app_key = service.app_key(slug)
    service.publish_build(app_key, publishing=True)
    view = await reader.read(app_key, 1)
    store = IconStore(None, icon_transport.get, icon_base=f"{base}/icons")
    icons = IconLoader(store=store)
    for theme_name, palette in (("light", light_palette()), ("dark", dark_palette())):
        QApplication.setPalette(palette)
        for width, height, details_width in ((1100, 720, 320), (900, 600, 300)):
            window = QWidget()
            window.resize(width, height)
            layout = QHBoxLayout(window)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
            model = BuildModel()
            table = BuildTable(model, icons)
            details = DetailsPanel(icons)
            details.setFixedWidth(details_width)
            layout.addWidget(table, 1)
            layout.addWidget(details)
            actions = {}
            chosen = view.builds[2]
            situation = Situation(
                has_account=True, has_app=True, selection=(chosen,), latest_keys=view.latest.keys, latest_known=True
            )
            for action in ACTIONS:
                actions[action.id] = QAction(resources.icon(action.icon or "info"), say(action.title), window)
                reason = why_not(action.id, situation)
                actions[action.id].setEnabled(reason is None)
                actions[action.id].setToolTip(say(reason) if reason is not None else say(action.title))
            details.set_actions(actions)
            window.show()
            table.set_loading(loading=True)
            await asyncio.sleep(0.3)
            QApplication.processEvents()
            window.grab().save(str(folder / f"loading-{width}-{theme_name}.png"))
            table.set_loading(loading=False)
            table.set_page(view.builds, view.latest.keys, page_id=1)
            table.select_key(chosen.build_key)
            details.show_build(chosen, latest=chosen.build_key in view.latest.keys, app_name="Harbour")
            table.setFocus()
            for _ in range(30):
                await asyncio.sleep(0.02)
                QApplication.processEvents()
            window.grab().save(str(folder / f"board-{width}-{theme_name}.png"))
            scroll = details.findChild(QScrollArea)
            assert isinstance(scroll, QScrollArea)
            bar = scroll.verticalScrollBar()
            bar.setValue(bar.maximum())
            table.set_compact(compact=True)
            table.horizontalHeader().setSortIndicator(2, table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
            QApplication.processEvents()
            window.grab().save(str(folder / f"compact-{width}-{theme_name}.png"))
            window.close()
    await icons.aclose()
    await store.aclose()
    await transport.aclose()
    await icon_transport.aclose()


def main() -> None:
    """Save them into the folder that the first argument names; the second is the device pixel ratio."""
    from PySide6.QtWidgets import QApplication

    if len(sys.argv) < 2:
        raise SystemExit("python -m tests.ui.board FOLDER [RATIO]")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2] if len(sys.argv) > 2 else "1"
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setStyle("Fusion")
    asyncio.run(_board(folder))


if __name__ == "__main__":
    main()
