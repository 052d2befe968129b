"""A page for a table, or for a model without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgyer_desktop.ui.builds.model import BuildModel
from pgyer_desktop.ui.builds.page_list import PageList

if TYPE_CHECKING:
    from pgyer_desktop.ui.builds.table import BuildTable


def page_in(model: BuildModel) -> PageList:
    """The page that a model shows."""
    found = model.findChild(PageList)
    return found if found is not None else PageList(model, lambda rows, latest, _id: model.show_rows(rows, latest))


def page_of(table: BuildTable) -> PageList:
    """The page that a table shows."""
    model = table.model()
    assert isinstance(model, BuildModel)
    found = model.findChild(PageList)
    return found if found is not None else PageList(model, table.show_rows)
