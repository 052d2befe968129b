"""The program with the real keyring of a Linux desktop, over real sockets."""

from __future__ import annotations

import pytest

from pgyer_desktop.core.base.keystore import KeyringStore
from tests.e2e.conftest import Start
from tests.e2e.person import Person
from tests.e2e.test_main_job import connect
from tests.helpers.sandbox import SandboxService
from tests.helpers.waiting import until
from tests.ui.rig import content_of

pytestmark = [pytest.mark.secret_service, pytest.mark.usefixtures("secret_service")]


async def test_a_key_is_kept_in_the_keyring_from_one_start_to_the_next(start: Start, service: SandboxService) -> None:
    async with start(KeyringStore()) as (program, person):
        await connect(person)
        (account,) = program.book.accounts
        shown = person.keys
    service.forget_requests()
    async with start(KeyringStore()) as (program, person):
        await until(lambda: person.keys == shown)
        assert all(request.fields["_api_key"] is True for request in service.requests if request.method == "POST")
        await remove(account.id, person)
        assert await KeyringStore().get(account.id) is None
        assert person.sees("welcomePage")


async def remove(account_id: str, person: Person) -> None:
    """Take the account and its key away, as a person does."""
    content_of(person.window).flows.accounts.remove(account_id)
    person.click("confirmAccept", await person.dialog("confirmDialog"))
    await until(lambda: person.sees("welcomePage"))
