"""What `transport` reaches for inside the HTTP library, and whether it still has to.

A test that fails here after an update is good news: it says which lines of `transport` can go.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys

import httpx
import pytest

from tests.helpers.faulty_server import faulty, free_port, raw, whole
from tests.project.checkout import ROOT


def printed(program: str, *arguments: str) -> list[str]:
    """The words that a fresh Python prints, which has loaded nothing of ours."""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    return done.stdout.split()


def test_httpx_still_loads_its_command_line_unless_it_is_kept_from_it() -> None:
    """Else the entry for `httpx._main` in `sys.modules` can go, and the imports below it move up to the others."""
    program = """
import sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "httpx._main":
            print(name)

sys.meta_path.insert(0, Watch())
import httpx
import pytest
"""
    assert printed(program) == ["httpx._main"]


def test_httpx_still_leaves_a_part_of_anyio_to_the_first_request() -> None:
    """Else `transport` need not load `anyio._backends._asyncio`: httpx has it from the start, or never takes it."""
    program = """
import asyncio, sys
import httpx
import pytest

def tell():
    print("anyio._backends._asyncio" in sys.modules)

async def main():
    async with httpx.AsyncClient(trust_env=False) as client:
        tell()
        try:
            await client.get(sys.argv[1])
        except httpx.ConnectError:
            tell()

asyncio.run(main())
"""
    assert printed(program, f"http://127.0.0.1:{free_port()}") == ["False", "True"]


def test_httpcore_still_loads_its_socks_part_in_any_case_and_we_do_not() -> None:
    """Else `transport` need not keep it from it, nor put it in its place for those who have such a proxy."""
    program = """
import importlib, sys
importlib.import_module(sys.argv[1])
print("socksio" in sys.modules)
"""
    assert printed(program, "httpcore") == ["True"]
    assert printed(program, "pgyer_desktop.api.transport") == ["False"]


async def test_httpx_still_takes_what_stands_behind_a_reply_for_the_answer_to_the_next_request() -> None:
    """Else `transport` need not look for it, which it does in parts that the library keeps to itself."""
    forged = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
    longer = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue" + forged, then="stay")
    async with faulty(longer, whole(b"true")) as server, httpx.AsyncClient(trust_env=False, verify=False) as client:  # noqa: S501 - no TLS here
        assert [(await client.get(server.base)).text for _ in range(2)] == ["true", "forged"]


@pytest.mark.skipif(sys.platform != "win32", reason="only the loop of Windows takes what comes from the socket unasked")
async def test_httpx_still_sees_nothing_of_what_the_loop_of_windows_holds() -> None:
    """Else `see_what_the_loop_holds` can go from `transport`."""

    async def twice(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
        await asyncio.sleep(0.1)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")

    async with faulty(twice, whole(b"true")) as server, httpx.AsyncClient(trust_env=False, verify=False) as client:  # noqa: S501 - no TLS here
        assert (await client.get(server.base)).text == "1"
        await asyncio.sleep(0.3)
        assert (await client.get(server.base)).text == "forged"
