"""The program's few settings, applied as they are changed, and where its files are.

The language alone waits for the next start. Must not save anything: it says by signal what was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from pgyer_desktop.core.base.keystore import keyring_name
from pgyer_desktop.ui.base import theme
from pgyer_desktop.ui.base.i18n import Language, in_use, resolved, say
from pgyer_desktop.ui.base.named import named
from pgyer_desktop.ui.state.browser import open_outside
from pgyer_desktop.ui.widgets.buttons import push_button
from pgyer_desktop.ui.widgets.dialog.dialog import Dialog
from pgyer_desktop.ui.widgets.dialog.problem_line import ProblemLine
from pgyer_desktop.ui.widgets.layout import column, fill, row, stretch, wide
from pgyer_desktop.ui.widgets.spoken.announcement import announce
from pgyer_desktop.ui.widgets.spoken.words import explain
from pgyer_desktop.ui.widgets.text.label import Ink, Label, Size
from pgyer_desktop.ui.widgets.text.selectable_text import SelectableText
from pgyer_desktop.ui.window.appearance import Appearance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLayout

    from pgyer_desktop.ui.state.browser import Unopened

_COMBO_WIDTH: Final = 160


class SettingsDialog(Dialog):
    """The settings. They stay open until the person closes them.

    Signals:
        language_chosen: arg: `Language`. It holds from the next start.
        restart_requested: the program is to end and start again, for that.
        appearance_chosen: arg: `Appearance`.
        compact_chosen: arg: whether the table's rows are to be compact (bool).
        updates_chosen: arg: whether to look for newer versions (bool).
    """

    language_chosen = Signal(object)
    restart_requested = Signal()
    appearance_chosen = Signal(object)
    compact_chosen = Signal(bool)
    updates_chosen = Signal(bool)

    def __init__(
        self,
        language: Language,
        *,
        changing: Callable[[], bool],
        compact: bool,
        folders: tuple[Path, Path, Path],
        appearance: Appearance = Appearance.SYSTEM,
        updates: tuple[bool, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`changing`: whether a change or a queue of them is under way; see `update_restart`.

        `folders`: where the settings, the caches and the log are.

        `updates`: whether newer versions are looked for, and the host that is asked; None: that is not offered.
        """
        super().__init__("settingsDialog", parent, width=520)
        self.set_titles(self.tr("Settings"), self.tr("Settings"))
        self._changing = changing
        self._points = False
        self._language = _LanguageChoice(language, self)
        self._language.chosen.connect(self.language_chosen)
        self._language.restart_requested.connect(self._on_restart)
        self.update_restart()
        looks = _combo(
            "appearanceCombo",
            self.tr("Appearance"),
            (self.tr("System", "the system's light or dark"), self.tr("Light"), self.tr("Dark")),
            list(Appearance).index(appearance),
            self,
        )
        looks.activated.connect(lambda index: self.appearance_chosen.emit(list(Appearance)[index]))
        density = _combo("densityCombo", self.tr("Rows"), (self.tr("Normal"), self.tr("Compact")), int(compact), self)
        density.activated.connect(lambda index: self.compact_chosen.emit(index == 1))
        files_label = Label(self, Size.HEADING, text=self.tr("Files"))
        settings = _Folder("settingsFolder", self.tr("Settings"), folders[0], self)
        cache = _Folder("cacheFolder", self.tr("Cache"), folders[1], self)
        log = _Folder("logFolder", self.tr("Log"), folders[2], self)
        words = self.tr("API keys are in {vault}, not in these folders.").format(vault=say(keyring_name()))
        keys = Label(self, Size.CAPTION, Ink.SOFT, text=words)
        self.add_close("settingsCloseButton")
        fill(
            self.body,
            self._language,
            row(self._labelled(looks), self._labelled(density), stretch(), spacing=theme.SPACE_WIDE),
            self._updates(updates),
            column(files_label, settings, cache, log, keys, theme.SPACE_TIGHT),
        )

    def _labelled(self, combo: QComboBox) -> QLayout:
        label = Label(self, Size.HEADING, text=combo.accessibleName())
        label.setBuddy(combo)
        return column(label, combo, theme.SPACE_TIGHT, spacing=theme.SPACE_TIGHT)

    def _updates(self, state: tuple[bool, str] | None) -> QWidget:
        """Whether newer versions of the program are looked for. Hidden where that is not offered."""
        on, host = state if state is not None else (False, "")
        part = QWidget(self)
        label = Label(part, Size.HEADING, text=self.tr("Updates"))
        words = self.tr("{host} is asked, and told nothing but the version in use.").format(host=host)
        hint = Label(part, Size.CAPTION, Ink.SOFT, text=words)
        check = named("updatesCheck", QCheckBox(self.tr("Look once a day for a newer version of this program"), part))
        check.setChecked(on)
        check.setAccessibleDescription(words)
        check.toggled.connect(self.updates_chosen)
        column(label, check, hint, inside=part, margins=(0, 0, 0, theme.SPACE_TIGHT))
        part.setVisible(state is not None)
        return part

    def point_at(self, name: str) -> None:
        """Put the focus, so that it is seen, on the setting that is changed with the widget of this object name."""
        setting = self.findChild(QWidget, name) if name else None
        if setting is not None:
            setting.setFocus(Qt.FocusReason.TabFocusReason)
            self._points = True

    def event(self, event: QEvent) -> bool:
        """Have the focus seen as if it had come by the Tab key: a dialog that becomes the active one forgets that."""
        done = super().event(event)
        if event.type() == QEvent.Type.WindowActivate and self._points:
            QTimer.singleShot(0, self._show_focus)
        return done

    def _show_focus(self) -> None:
        setting = self.focusWidget()
        if setting is not None:
            self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            setting.update()

    def update_restart(self) -> None:
        """Offer the restart, or not during a change. To be called when a change may have begun or ended."""
        self._language.set_changing(changing=self._changing())

    def _on_restart(self) -> None:
        if self._changing():  # has begun since it was offered
            self.update_restart()
            return
        self.accept()
        self.restart_requested.emit()


def _combo(name: str, title: str, words: tuple[str, ...], index: int, parent: QWidget) -> QComboBox:
    combo = named(name, QComboBox(parent), title)
    combo.addItems(words)
    combo.setCurrentIndex(index)
    combo.setMinimumWidth(_COMBO_WIDTH)
    return combo


class _LanguageChoice(QWidget):
    """The choice of a language. For another one than now: a sentence that says when it holds, and the restart.

    Signals:
        chosen: arg: `Language`.
        restart_requested: the person does not want to wait for the next start.
    """

    chosen = Signal(object)
    restart_requested = Signal()

    def __init__(self, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        label = Label(self, Size.HEADING, text=self.tr("Language"))
        self._combo = named("languageCombo", QComboBox(self), label.text())
        # The languages in their own words, so that whoever cannot read this one finds the way back.
        for choice, words in zip(
            Language, (self.tr("System", "the system's language"), "English", "中文"), strict=True
        ):
            self._combo.addItem(words, choice)
        self._combo.setCurrentIndex(list(Language).index(language))
        self._combo.setMinimumWidth(_COMBO_WIDTH)
        label.setBuddy(self._combo)
        self._remark = named("languageRemark", Label(self, Size.CAPTION, Ink.SOFT))
        self._remark.setText(self.tr("The language changes the next time the program is started."))
        self._restart = push_button("restartButton", self.tr("Restart now"), self)
        column(
            label,
            row(self._combo, self._restart, stretch()),
            self._remark,
            inside=self,
            spacing=theme.SPACE_TIGHT,
            margins=(0, 0, 0, theme.SPACE_TIGHT),
        )
        self._combo.activated.connect(self._on_activated)
        self._restart.clicked.connect(self.restart_requested)
        self._show_what_waits(language)

    def set_changing(self, *, changing: bool) -> None:
        """Offer the restart only while nothing is being changed."""
        self._restart.setEnabled(not changing)
        explain(self._restart, self.tr("A change is under way. Wait until it has ended.") if changing else "")

    def _on_activated(self, index: int) -> None:
        language = list(Language)[index]
        self._show_what_waits(language)
        if not self._remark.isHidden():
            announce(self, self._remark.text())
        self.chosen.emit(language)

    def _show_what_waits(self, language: Language) -> None:
        waits = resolved(language) is not in_use()
        self._remark.setVisible(waits)
        self._restart.setVisible(waits)


class _Folder(QWidget):
    """A folder's name, its path to select, and a button that opens it or says that no program did."""

    def __init__(self, name: str, label: str, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        text = named(f"{name}Path", SelectableText(self), label)
        text.set_text(str(path))
        button = push_button(f"{name}Button", self.tr("Open folder"), self)
        button.setAccessibleName(self.tr("Open folder: {folder}").format(folder=label))
        button.setEnabled(path.is_dir())
        explain(button, "" if button.isEnabled() else self.tr("There is nothing in it yet."))
        button.clicked.connect(self._on_open)
        above = Label(self, ink=Ink.SOFT, text=label)
        above.setBuddy(text)
        words = column(above, text, spacing=theme.SPACE_TIGHT)
        self._problem = ProblemLine(f"{name}Problem", self)
        across = row(wide(words), button, spacing=theme.SPACE_GROUP)
        column(across, self._problem, inside=self, spacing=theme.SPACE_TIGHT)

    def _on_open(self) -> None:
        if open_outside(self._path, self, self._tell):
            self._problem.clear()

    def _tell(self, unopened: Unopened) -> None:
        self._problem.show_text(say(unopened.text), Ink.WARNING, link=unopened.link)
