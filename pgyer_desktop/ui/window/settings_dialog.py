"""The program's few settings, applied as they are changed, and where its files are.

Must not save anything: it says by signal what was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QPushButton, QWidget

from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import Language
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size
from pgyer_desktop.ui.widgets.text.selectable_text import SelectableText

if TYPE_CHECKING:
    from pathlib import Path

_COMBO_WIDTH: Final = 160


class SettingsDialog(Dialog):
    """Stays open until the person closes it.

    Signals:
        language_chosen: arg: `Language`.
        compact_chosen: arg: whether the table's rows are to be compact (bool).
        updates_chosen: arg: whether to look for newer versions (bool).
    """

    language_chosen = Signal(object)
    compact_chosen = Signal(bool)
    updates_chosen = Signal(bool)

    def __init__(
        self,
        language: Language,
        *,
        compact: bool,
        folders: tuple[Path, Path],
        updates: tuple[bool, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`folders`: where the settings and where the caches are.

        `updates`: whether newer versions are looked for, and the host that is asked; None: that is not offered.
        """
        super().__init__("settingsDialog", parent, width=520)
        self._language_label = Label(self, Size.HEADING)
        self._language = QComboBox(self)
        self._language.setObjectName("languageCombo")
        for choice in Language:
            self._language.addItem("", choice)
        self._language.setCurrentIndex(list(Language).index(language))
        self._language.setMinimumWidth(_COMBO_WIDTH)
        self._language_label.setBuddy(self._language)
        self._table_label = Label(self, Size.HEADING)
        self._compact = QCheckBox(self)
        self._compact.setObjectName("compactRowsCheck")
        self._compact.setChecked(compact)
        self._updates = _Updates(updates, self)
        self._files_label = Label(self, Size.HEADING)
        self._settings_folder = _Folder("settingsFolder", folders[0], self)
        self._cache_folder = _Folder("cacheFolder", folders[1], self)
        self._keys = Label(self, Size.CAPTION, Ink.SOFT)
        self._close = self.add_button("settingsCloseButton", QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setDefault(True)

        fill(
            self.body,
            column(self._language_label, row(self._language, stretch()), theme.SPACE_TIGHT),
            column(self._table_label, row(self._compact, stretch()), theme.SPACE_TIGHT),
            self._updates,
            column(self._files_label, self._settings_folder, self._cache_folder, self._keys, theme.SPACE_TIGHT),
        )

        self._language.activated.connect(self._on_language_activated)
        self._compact.toggled.connect(self.compact_chosen)
        self._updates.chosen.connect(self.updates_chosen)
        self._retranslate()

    def _on_language_activated(self, index: int) -> None:
        self.language_chosen.emit(list(Language)[index])

    def _retranslate(self) -> None:
        self.set_titles(self.tr("Settings"), self.tr("Settings"))
        self._language_label.setText(self.tr("Language"))
        self._language.setAccessibleName(self.tr("Language"))
        # The languages in their own words, so that whoever cannot read this one finds the way back.
        for index, words in enumerate((self.tr("System", "the system's language"), "English", "中文")):
            self._language.setItemText(index, words)
        self._table_label.setText(self.tr("Builds"))
        self._compact.setText(self.tr("Compact rows"))
        self._updates.set_words()
        self._files_label.setText(self.tr("Files"))
        self._settings_folder.set_words(self.tr("Settings"))
        self._cache_folder.set_words(self.tr("Cache"))
        self._keys.setText(self.tr("API keys are in the system's keyring, not in these folders."))
        self._close.setText(self.tr("Close"))


class _Updates(QWidget):
    """Whether newer versions of the program are looked for. Hidden where that is not offered.

    Signals:
        chosen: arg: whether they are to be (bool).
    """

    chosen = Signal(bool)

    def __init__(self, state: tuple[bool, str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        on, self._host = state if state is not None else (False, "")
        self._label = Label(self, Size.HEADING)
        self._check = QCheckBox(self)
        self._check.setObjectName("updatesCheck")
        self._check.setChecked(on)
        self._hint = Label(self, Size.CAPTION, Ink.SOFT)
        column(self._label, self._check, self._hint, inside=self, margins=(0, 0, 0, theme.SPACE_TIGHT))
        self._check.toggled.connect(self.chosen)
        self.setVisible(state is not None)

    def set_words(self) -> None:
        """Say everything in the language that is on."""
        self._label.setText(self.tr("Updates"))
        self._check.setText(self.tr("Look once a day for a newer version of this program"))
        self._hint.setText(self.tr("{host} is asked, and told nothing but the version in use.").format(host=self._host))
        self._check.setAccessibleDescription(self._hint.text())


class _Folder(QWidget):
    """A folder's name, its path to select, and a button that opens it."""

    def __init__(self, name: str, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self._label = Label(self, ink=Ink.SOFT)
        self._text = SelectableText(self)
        self._text.setObjectName(f"{name}Path")
        self._text.set_text(str(path))
        self._open = QPushButton(self)
        self._open.setObjectName(f"{name}Button")
        self._open.setAutoDefault(False)
        self._open.clicked.connect(self._on_open)
        words = column(self._label, self._text, spacing=theme.SPACE_TIGHT)
        row(wide(words), self._open, inside=self, spacing=theme.SPACE_GROUP)

    def set_words(self, label: str) -> None:
        """Name the folder."""
        self._label.setText(label)
        self._text.setAccessibleName(label)
        self._open.setText(self.tr("Open folder"))
        self._open.setAccessibleName(self.tr("Open folder: {folder}").format(folder=label))
        there = self._path.is_dir()
        self._open.setEnabled(there)
        self._open.setToolTip("" if there else self.tr("There is nothing in it yet."))

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
