"""Which links may be opened and shared, and which host is this machine."""

from __future__ import annotations

import pytest

from pgyer_desktop.api.addresses import is_loopback, safe_link

GOOD = (
    "https://www.pgyer.com/abcd",
    "https://cdn.example.invalid:8443/icon.png?size=120",
    "https://例子.example.invalid/路径",
)
BAD = {
    "no address": "",
    "words": "not a link",
    "plain http": "http://www.pgyer.com/abcd",
    "a file": "file:///etc/passwd",
    "a script": "javascript:alert(1)",
    "no host": "https:///abcd",
    "a user": "https://somebody@www.pgyer.com/abcd",
    "a user and a password": "https://somebody:secret@www.pgyer.com/abcd",
    "a key": "https://www.pgyer.com/abcd?_api_key=made-up",
    "a key in capitals": "https://www.pgyer.com/abcd?_API_KEY=made-up",
    "a key in other signs": "https://www.pgyer.com/abcd?%5fapi%255Fkey=made-up",
    "a key that was struck out": "https://www.pgyer.com/abcd?k=[key]",
    "an installation in other signs": "https://www.pgyer.com/apiv2/%61pp/%2569nstall?appKey=x",
    "a signature": "https://cdn.example.invalid/x.ipa?sig=made-up",
    "an installation": "https://www.pgyer.com/apiv2/app/install?appKey=x",
    "a space": "https://www.pgyer.com/ab cd",
    "a line feed": "https://www.pgyer.com/ab\ncd",
    "what nobody sees": "https://www.pgyer.com/ab\u202ecd",
    "too long": "https://www.pgyer.com/" + "a" * 2048,
    "a port that is none": "https://www.pgyer.com:99999/abcd",
    "brackets that are none": "https://[www.pgyer.com/abcd",
}


@pytest.mark.parametrize("url", GOOD)
def test_an_https_link_may_be_opened(url: str) -> None:
    assert safe_link(f"  {url}\n") == url


@pytest.mark.parametrize("url", BAD.values(), ids=BAD.keys())
def test_what_may_not_be_opened_or_shared_is_no_link(url: str) -> None:
    assert safe_link(url) == ""


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "127.0.0.1", "127.8.9.10", "::1"])
def test_this_machine_is_known_by_name_and_number(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "pgyer.com", "localhost.pgyer.com", "128.0.0.1", "::2"])
def test_every_other_host_is_not(host: str) -> None:
    assert not is_loopback(host)
