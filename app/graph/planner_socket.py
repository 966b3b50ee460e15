"""GraphQL over a WebSocket: the protocol graphql-transport-ws, as a bare ASGI endpoint beside the one for
HTTP.

Every operation of a socket is a task that sends its answers as they come; a send waits while the client does
not read, and with it the task, so nothing piles up here. What ends, and however it ends, cancels the tasks.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Scope, Send

from app.graph.planner_errors import written
from app.graph.planner_limits import MAX_BODY
from app.graph.planner_live import Live
from app.graph.planner_sent import Refusal, sent_in_message

PROTOCOL = "graphql-transport-ws"
PATIENCE = 10.0  # seconds until a client has to have said who it is
MOST = 50  # operations of one socket at a time

_FORBIDDEN, _BAD_REQUEST, _UNAUTHORIZED = 4403, 4400, 4401
_WRONG_PROTOCOL, _TOO_LATE, _TWICE, _INIT_TWICE = 4406, 4408, 4409, 4429
_REASONS = {
    _FORBIDDEN: "Forbidden",
    _BAD_REQUEST: "Bad request",
    _UNAUTHORIZED: "Unauthorized",
    _WRONG_PROTOCOL: "Subprotocol not acceptable",
    _TOO_LATE: "Connection initialisation timeout",
    _INIT_TWICE: "Too many initialisation requests",
}

Allowed = Callable[[dict[bytes, bytes]], bool]
"""Whether a page with these headers (`host`, `origin`) may open a socket."""


class Closing(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason or _REASONS[code]


@dataclass(frozen=True, slots=True)
class GraphQLSocket:
    """One endpoint. patience: seconds that a client has to begin the protocol."""

    live: Live
    allowed: Allowed
    patience: float = PATIENCE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        await receive()
        if not self.allowed(dict(scope["headers"])):
            return await send({"type": "websocket.close", "code": _FORBIDDEN})  # the handshake is refused
        known = PROTOCOL in scope.get("subprotocols", ())
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL if known else None})
        conversation = _Conversation(self.live, receive, send)
        try:
            if not known:
                raise Closing(_WRONG_PROTOCOL)
            await conversation.run(self.patience)
        except Closing as closing:
            await send({"type": "websocket.close", "code": closing.code, "reason": closing.reason})
        finally:
            await conversation.end()
        return None


@dataclass(slots=True)
class _Conversation:
    """One socket once it is open."""

    live: Live
    receive: Receive
    send: Send
    known: bool = False
    running: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self, patience: float) -> None:
        """Takes messages until the client goes. Raises Closing."""
        try:
            async with asyncio.timeout(patience):
                while not self.known:
                    if not await self._next():
                        return
        except TimeoutError:
            raise Closing(_TOO_LATE) from None
        while await self._next():
            pass

    async def end(self) -> None:
        """Ends every operation."""
        tasks = list(self.running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _next(self) -> bool:
        """Takes one message; False when the client is gone."""
        event = await self.receive()
        if event["type"] == "websocket.disconnect":
            return False
        text = event.get("text") or ""
        try:
            message = json.loads(text) if len(text) <= MAX_BODY else None
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise Closing(_BAD_REQUEST)
        await self._take(message)
        return True

    async def _take(self, message: dict[str, Any]) -> None:
        take: Callable[[dict[str, Any]], Awaitable[None]] | None = {
            "connection_init": self._begin,
            "ping": self._pong,
            "pong": self._nothing,
            "subscribe": self._subscribe,
            "complete": self._complete,
        }.get(str(message.get("type")))
        if take is None:
            raise Closing(_BAD_REQUEST)
        await take(message)

    async def _begin(self, _: dict[str, Any]) -> None:
        if self.known:
            raise Closing(_INIT_TWICE)
        if self.live.vouch() is None:
            raise Closing(_FORBIDDEN)
        self.known = True
        await self._tell({"type": "connection_ack"})

    async def _pong(self, _: dict[str, Any]) -> None:
        await self._tell({"type": "pong"})

    async def _nothing(self, _: dict[str, Any]) -> None:
        pass

    async def _complete(self, message: dict[str, Any]) -> None:
        if task := self.running.pop(str(message.get("id")), None):
            task.cancel()

    async def _subscribe(self, message: dict[str, Any]) -> None:
        if not self.known:
            raise Closing(_UNAUTHORIZED)
        name = message.get("id")
        if not isinstance(name, str) or not name:
            raise Closing(_BAD_REQUEST)
        if name in self.running:
            raise Closing(_TWICE, f"Subscriber for {name[:50]} already exists")
        if len(self.running) >= MOST:
            raise Closing(_BAD_REQUEST, f"At most {MOST} operations at a time")
        self.running[name] = asyncio.create_task(self._operation(name, message.get("payload")))

    async def _operation(self, name: str, payload: Any) -> None:
        try:
            sent = sent_in_message(payload)
        except Refusal as refusal:
            error = {"message": str(refusal), "extensions": {"code": refusal.code}}
            return await self._refuse(name, [error])
        async with aclosing(self.live.answers(sent)) as answers:
            async for answer in answers:
                if "data" not in answer:
                    return await self._refuse(name, answer["errors"])
                await self._tell({"id": name, "type": "next", "payload": answer})
        if self.running.pop(name, None):
            await self._tell({"id": name, "type": "complete"})
        return None

    async def _refuse(self, name: str, errors: list[dict[str, Any]]) -> None:
        self.running.pop(name, None)
        await self._tell({"id": name, "type": "error", "payload": errors})

    async def _tell(self, message: dict[str, Any]) -> None:
        await self.send({"type": "websocket.send", "text": written(message).decode()})
