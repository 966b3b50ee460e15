"""A window on the graph for analysts: Neo4j Browser speaks Bolt to it, and it makes every transaction a read.

Neo4j Community has one role, which may do everything, so what only reads has to be kept to reading on the
way: the server refuses a write in a transaction whose mode is "r". Browser speaks Bolt over WebSocket, and so
does this window, and nothing else.
"""

import asyncio
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from app.graph.packed import Malformed, reading

_MAGIC = b"\x60\x60\xb0\x17"
# Bolt 5.0 to 5.4 and 4.4: Browser knows them, and none of them negotiates in more than one step.
_VERSIONS = b"\x00\x04\x04\x05" + b"\x00\x00\x04\x04" + bytes(8)
_MAX_MESSAGE = 1 << 20  # bytes that a client may send as one message: a statement and its parameters
_CHUNK = 0xFFFF


async def open_window(uri: str, host: str, port: int, origins: Sequence[str]) -> None:
    """Serves until cancelled. Only pages of `origins` may connect: else any site in a browser here could."""
    address = urlsplit(uri)

    async def handle(client: ServerConnection) -> None:
        reader, writer = await asyncio.open_connection(address.hostname, address.port or 7687)
        try:
            async with asyncio.TaskGroup() as tasks:
                answers = tasks.create_task(_answer(reader, client))
                await _ask(client, writer)
                answers.cancel()
        except* (ConnectionClosed, ConnectionError, Malformed):
            await client.close()
        finally:
            writer.close()

    allowed = [Origin(origin) for origin in origins]
    async with serve(handle, host, port, origins=allowed, max_size=_MAX_MESSAGE, compression=None) as server:
        await server.serve_forever()


async def _ask(client: ServerConnection, writer: asyncio.StreamWriter) -> None:
    """Passes on what the client sends, transactions as reads."""
    sent = bytearray()
    greeted = False
    async for frame in client:
        sent += frame if isinstance(frame, bytes) else b""
        if not greeted and len(sent) >= 20:
            if not sent.startswith(_MAGIC):
                raise Malformed("no Bolt")
            writer.write(_MAGIC + _VERSIONS)
            greeted, sent = True, sent[20:]
        if greeted:
            for message in _messages(sent):
                writer.write(_chunked(reading(message)))
        if len(sent) > _MAX_MESSAGE:
            raise Malformed("too long")
        await writer.drain()


async def _answer(reader: asyncio.StreamReader, client: ServerConnection) -> None:
    while data := await reader.read(65536):
        await client.send(data)
    await client.close()


def _messages(sent: bytearray) -> Iterator[bytes]:
    """Takes complete messages off the front: chunks of a 2-byte length and so many bytes, to an empty one."""
    message, at = bytearray(), 0
    while len(sent) >= at + 2:
        size = int.from_bytes(sent[at : at + 2], "big")
        if len(sent) < at + 2 + size:
            return
        message += sent[at + 2 : at + 2 + size]
        at += 2 + size
        if size == 0:
            if message:
                yield bytes(message)
            del sent[:at]
            message, at = bytearray(), 0


def _chunked(message: bytes) -> bytes:
    parts = (message[at : at + _CHUNK] for at in range(0, len(message), _CHUNK))
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts) + b"\x00\x00"
