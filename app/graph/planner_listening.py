"""Whether whoever asked is still there: work that takes long is given up when they are not."""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar
from typing import Any, TypeVar

from starlette.types import Receive

from app.errors import Unavailable

T = TypeVar("T")

_RECEIVE: ContextVar[Receive | None] = ContextVar("receive", default=None)


def listen(receive: Receive) -> None:
    """Remembers how to hear of this request's client."""
    _RECEIVE.set(receive)


async def while_listening(work: Coroutine[Any, Any, T]) -> T:
    """What the work returns; cancelled when the client goes away. Its request must have been read by then."""
    receive = _RECEIVE.get()
    if receive is None:
        return await work
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((working, gone), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Unavailable("whoever asked went away", code="CLIENT_GONE")
        return working.result()
    finally:
        working.cancel()
        gone.cancel()
        await asyncio.gather(working, gone, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
