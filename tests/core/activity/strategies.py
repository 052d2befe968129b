"""Arbitrary records for tests of the journal, with something in every field that there is."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from pgyer_desktop.api.models import Build, Platform
from pgyer_desktop.core.activity.records import Ending, Intent, NamedBuild

_TEXTS = st.one_of(
    st.text(max_size=40),
    # Half surrogate pairs, line ends of every kind, controls, quotes, formulas, the file's own marks.
    st.text(
        st.sampled_from("\ud800\udfff\n\r\u2028\u2029\x00\x1f\x7f\x85\ufeff\u202e\"'\\{}~torn=+-@＝,;|`<>云🚢"),
        max_size=40,
    ),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=5), st.integers(1000, 4000)),
).map(lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass"))  # whole pairs joined
_MOMENTS = st.datetimes(
    datetime(2001, 1, 2),  # noqa: DTZ001 - the zone is given beside it
    datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.one_of(
        st.just(UTC), st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    ),
)
_NUMBERS = st.none() | st.integers(-(2**53), 2**53)
_FLAGS = st.none() | st.booleans()
_BY_TYPE: dict[str, st.SearchStrategy[object]] = {
    "str": _TEXTS,
    "int | None": _NUMBERS,
    "bool | None": _FLAGS,
    "datetime | None": st.none() | _MOMENTS,
    "Platform": st.sampled_from(Platform),
    "tuple[tuple[str, str], ...]": st.lists(st.tuples(_TEXTS, _TEXTS), max_size=4).map(tuple),
}
builds = st.builds(Build, **{field.name: _BY_TYPE[str(field.type)] for field in fields(Build)})
"""With something arbitrary in every field that there is."""
named_builds = st.builds(NamedBuild, _TEXTS, _TEXTS)
_IDS = st.uuids().map(lambda value: value.hex)
intents = st.builds(
    Intent,
    id=_IDS,
    when=_MOMENTS.map(lambda moment: moment.astimezone(UTC)),
    account_id=_TEXTS,
    account_name=_TEXTS,
    app_key=_TEXTS,
    app_name=_TEXTS,
    build=builds,
    before=st.none() | st.lists(named_builds, max_size=3).map(tuple),
)
endings = st.builds(
    Ending,
    intent=_IDS,
    when=_MOMENTS.map(lambda moment: moment.astimezone(UTC)),
    code=_NUMBERS,
    message=_TEXTS.filter(lambda text: not re.search("[0-9a-fA-F]{32}", text)),  # would be struck out
    error=_TEXTS,
    observed=st.none() | named_builds,
)
