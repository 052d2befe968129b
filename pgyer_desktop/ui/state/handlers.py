"""Who does what an action is for: each has one method somewhere in a flow, marked with `@handles` or `@handles_open`.

Asks the action's rule first, and hands over what is open and selected. Must not know any flow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from pgyer_desktop.core.base.actions import Action, is_railed, why_not
from pgyer_desktop.core.base.error_messages import Remedy
from pgyer_desktop.ui.base.i18n import say
from pgyer_desktop.ui.state.teller import Topic

if TYPE_CHECKING:
    from pgyer_desktop.api import Build
    from pgyer_desktop.ui.state.open import Open
    from pgyer_desktop.ui.state.window_state import WindowState

_Plain = TypeVar("_Plain", bound=Callable[..., None])
_MARK: Final = "handled_action"


def handles(action: Action) -> Callable[[_Plain], _Plain]:
    """Mark a method without arguments as what is done for `action`."""
    return lambda method: _marked(method, action, needs_open=False)


def handles_open(action: Action) -> Callable[[_Plain], _Plain]:
    """Mark a method as what is done for `action`: it is handed what is open (`Open`) and the selected builds."""
    return lambda method: _marked(method, action, needs_open=True)


def _marked(method: _Plain, action: Action, *, needs_open: bool) -> _Plain:
    setattr(method, _MARK, (action, needs_open))
    return method


class Handlers:
    """The methods of one window's flows by the actions that they are for."""

    def __init__(self, state: WindowState) -> None:
        self._state = state
        self._plain: dict[Action, Callable[[], None]] = {}
        self._open: dict[Action, Callable[[Open, tuple[Build, ...]], None]] = {}

    @property
    def handled(self) -> frozenset[Action]:
        """The actions that somebody does."""
        return frozenset(self._plain) | frozenset(self._open)

    def register(self, *flows: object) -> None:
        """Take up the marked methods of these."""
        for flow in flows:
            for name, method in vars(type(flow)).items():
                mark = getattr(method, _MARK, None)
                if mark is None:
                    continue
                action, needs_open = mark
                if action in self.handled:
                    raise ValueError(f"{action} is handled twice")
                (self._open if needs_open else self._plain)[action] = getattr(flow, name)

    def run(self, action: Action) -> None:
        """Do what `action` is for if its rule allows it now, else tell the person why not."""
        situation = self._state.situation.now()
        reason = why_not(action, situation)
        if reason is not None:
            if is_railed(action, situation):
                self._state.teller.warn(Topic.RAILS, reason, Remedy.GUARDS)
            else:
                self._state.teller.decline(say(reason))
            return
        if action in self._plain:
            self._plain[action]()
            return
        opened = self._state.accounts.open
        if opened is not None:
            builds = situation.selection or (situation.shown if action.value.on_shown else ())
            self._open[action](opened, builds)
