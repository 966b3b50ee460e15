"""A receiver of webhooks as a process of its own: an HTTP server that says what it got.

python -m tests.feed.receiving FAIL prints its port, then a line of JSON for every request; the first FAIL
requests are answered with 500. /hang never answers, /away redirects, /never always answers 503.
"""

import asyncio
import json
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from app.settings import ROOT


async def main(failing: int) -> None:
    """Serves until it is killed."""
    left = [failing]

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *rest = head.decode().strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
            body = (await reader.readexactly(int(headers["content-length"]))).decode()
            path = first.split(" ")[1]
            left[0] -= 1
            status = {"/away": "302 Found", "/never": "503 No"}.get(path, "204 No Content")
            status = "500 No" if left[0] >= 0 else status
            print(json.dumps({"path": path, "headers": headers, "body": body, "status": status}), flush=True)
            if path == "/hang":
                await asyncio.sleep(3600)
            location = "Location: /elsewhere\r\n" if path == "/away" else ""
            writer.write(f"HTTP/1.1 {status}\r\n{location}Content-Length: 0\r\n\r\n".encode())
            await writer.drain()

    async def quietly(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass(slots=True)
class Receiving:
    """The process, and what it got so far."""

    process: Process
    port: int
    got: list[dict[str, Any]] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}{path}"

    async def next(self, path: str | None = "/") -> dict[str, Any]:
        """The next request to that path, or to any."""
        assert self.process.stdout is not None
        while True:
            request: dict[str, Any] = json.loads(await asyncio.wait_for(self.process.stdout.readline(), 60))
            self.got.append(request)
            if path in (None, request["path"]):
                return request

    async def numbers(self, count: int, path: str = "/") -> list[int]:
        """The numbers of the next so many lines that were sent there."""
        return [json.loads((await self.next(path))["body"])["number"] for _ in range(count)]


@asynccontextmanager
async def receiving(failing: int = 0) -> AsyncIterator[Receiving]:
    """A receiver; gone at the end."""
    command = [sys.executable, "-m", "tests.feed.receiving", str(failing)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=PIPE)
    assert process.stdout is not None
    try:
        yield Receiving(process, int(await process.stdout.readline()))
    finally:
        process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
