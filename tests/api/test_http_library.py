"""What `transport` reaches for inside the HTTP library, and whether it still has to.

A test that fails here after an update is good news: it says which lines of `transport` can go.
"""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.faulty_server import free_port


def printed(program: str, *arguments: str) -> list[str]:
    """The words that a fresh Python prints, which has loaded nothing of ours."""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
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
"""
    assert printed(program) == ["httpx._main"]


def test_httpx_still_leaves_a_part_of_anyio_to_the_first_request() -> None:
    """Else `transport` need not load `anyio._backends._asyncio`: httpx has it from the start, or never takes it."""
    program = """
import asyncio, sys
import httpx

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
