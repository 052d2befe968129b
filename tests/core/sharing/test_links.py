"""Links lead to pages only, and are made of keys only."""

from __future__ import annotations

import pytest

from pgyer_desktop.core.sharing import links


def test_the_page_of_exactly_one_build() -> None:
    assert links.build_page("harbour46") == "https://www.pgyer.com/harbour46"
    assert links.app_page("harb") == "https://www.pgyer.com/harb"


@pytest.mark.parametrize(
    "key",
    ["", "a/b", "../x", "a?b=1", "https://evil.test/x", "a b", "a\n", "app/install?_api_key=x", "é", "x" * 129, "a#b"],
)
def test_what_is_no_key_makes_no_link(key: str) -> None:
    with pytest.raises(ValueError, match="not a build key"):
        links.build_page(key)
    with pytest.raises(ValueError, match="not a build key"):
        links.app_page(key)
