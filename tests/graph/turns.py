"""A proxy in front of a server that counts how often the client speaks and then waits: its round trips."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class Turns:
    """`count`: round trips so far. `uri`: the address to use instead of the server's own."""

    uri: str = ""
    count: int = 0
    speaker: str = ""


@asynccontextmanager
async def counted(uri: str) -> AsyncIterator[Turns]:
    """Turns of one connection at a time to a server of this machine; closes them at the end."""
    scheme, host, port = uri.replace("//", "").split(":")
    turns = Turns()
    opened: list[asyncio.StreamWriter] = []

    async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter, who: str) -> None:
        while data := await source.read(65536):
            turns.count += who == "client" and turns.speaker != who
            turns.speaker = who
            target.write(data)
        target.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection(host, int(port))
        opened.extend((writer, up_writer))
        await asyncio.gather(pump(reader, up_writer, "client"), pump(up_reader, writer, "server"))

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        turns.uri = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield turns
    for writer in opened:
        writer.close()
