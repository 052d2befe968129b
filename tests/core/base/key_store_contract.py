"""What every key store must do. A test class derives from `KeyStoreContract` and brings the store."""

from __future__ import annotations

import uuid

import pytest

from pgyer_desktop.api.models import ApiKey
from pgyer_desktop.core.base.keystore import KeyStore

KEYS = {
    "as the service makes them": "0123456789abcdef" * 2,
    "one character": "k",
    "the longest": "k" * 256,
    "quotes and escapes": "a\"b'c\\d`e$f%g&h=i",
    "brackets": "<key>{x}[y](z)",
    "separators": "a/b:c;d,e|f#g?h@i!j*k+l~m^n_o-p.q",
}


class KeyStoreContract:
    """The contract. Account ids are new each time, so that a store may be one that others use as well."""

    @pytest.fixture
    def store(self) -> KeyStore:
        raise NotImplementedError

    @pytest.fixture
    def account(self) -> str:
        return f"test-{uuid.uuid4().hex}"

    async def test_what_was_put_comes_back(self, store: KeyStore, account: str) -> None:
        await store.put(account, ApiKey("made-up"))
        assert await store.get(account) == ApiKey("made-up")
        assert await store.get(account) == ApiKey("made-up")
        await store.remove(account)

    @pytest.mark.parametrize("secret", KEYS.values(), ids=KEYS.keys())
    async def test_a_key_of_odd_characters_comes_back_whole(self, store: KeyStore, account: str, secret: str) -> None:
        await store.put(account, ApiKey(secret))
        found = await store.get(account)
        await store.remove(account)
        assert found is not None
        assert found.reveal() == secret

    async def test_an_account_that_it_has_never_heard_of_has_no_key(self, store: KeyStore, account: str) -> None:
        assert await store.get(account) is None

    async def test_a_second_key_takes_the_place_of_the_first(self, store: KeyStore, account: str) -> None:
        await store.put(account, ApiKey("first"))
        await store.put(account, ApiKey("second"))
        assert await store.get(account) == ApiKey("second")
        await store.remove(account)
        assert await store.get(account) is None

    async def test_putting_the_same_key_again_changes_nothing(self, store: KeyStore, account: str) -> None:
        await store.put(account, ApiKey("same"))
        await store.put(account, ApiKey("same"))
        assert await store.get(account) == ApiKey("same")
        await store.remove(account)

    async def test_what_was_removed_is_gone_and_can_be_put_again(self, store: KeyStore, account: str) -> None:
        await store.put(account, ApiKey("made-up"))
        await store.remove(account)
        assert await store.get(account) is None
        await store.put(account, ApiKey("again"))
        assert await store.get(account) == ApiKey("again")
        await store.remove(account)

    async def test_removing_what_is_not_there_is_no_error(self, store: KeyStore, account: str) -> None:
        await store.remove(account)
        await store.remove(account)

    async def test_two_accounts_do_not_meet(self, store: KeyStore, account: str) -> None:
        other = f"{account}-2"
        await store.put(account, ApiKey("one"))
        await store.put(other, ApiKey("two"))
        assert await store.get(account) == ApiKey("one")
        assert await store.get(other) == ApiKey("two")
        await store.remove(account)
        assert await store.get(account) is None
        assert await store.get(other) == ApiKey("two")
        await store.remove(other)
