"""Sentences as data: marked for translation here, translated by the `ui`, so that `core` needs no Qt.

`packaging/translate.py` collects calls of a function named `translate` with literal arguments; `fill()` adds the values
later.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English with what is needed to say it in another language.

    `source` holds named places such as "{host}", filled from `values`; "%n" stands for `count`. Values that are texts
    themselves are translated first.
    """

    context: str
    source: str
    comment: str = ""
    count: int | None = None
    values: tuple[tuple[str, str | int | Text], ...] = field(default=())

    def fill(self, **values: str | int | Text) -> Text:
        """The same sentence with values for its named places."""
        return replace(self, values=(*self.values, *values.items()))


def stated(reason: str | None) -> str | Text:
    """The system's own `reason`, or that it gave none: what a person is told in place of the name of a class."""
    return reason or translate("words", "no reason was given")


def translate(context: str, source: str, comment: str = "", count: int | None = None) -> Text:
    """Mark `source` for translation. Write literals only: the translation tool reads the source, not the program."""
    return Text(context, source, comment, count)
