"""GraphQL as server-sent events: each answer an event, over a POST that stays open (graphql-sse, distinct
connections).
"""

import asyncio
from contextlib import aclosing, suppress

from starlette.types import Send

from app.errors import Unavailable
from app.graph.planner_errors import written
from app.graph.planner_listening import while_listening
from app.graph.planner_live import Live
from app.graph.planner_sent import Sent

KIND = b"text/event-stream"
_BEAT = 15.0  # seconds between signs of life, so that nobody between takes the connection for dead


async def stream(live: Live, sent: Sent, send: Send) -> None:
    """Sends the answers to one request until there are no more, or whoever asked is gone."""
    headers = [(b"content-type", KIND), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    with suppress(Unavailable):  # whoever asked went away
        await while_listening(_answers(live, sent, send))


async def _answers(live: Live, sent: Sent, send: Send) -> None:
    beating = asyncio.create_task(_beat(send))
    try:
        async with aclosing(live.answers(sent)) as answers:
            async for answer in answers:
                await _event(send, b"event: next\ndata: " + written(answer) + b"\n\n")
                if "data" not in answer:
                    break
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
    await _event(send, b"event: complete\ndata:\n\n", more=False)


async def _beat(send: Send) -> None:
    while True:
        await _event(send, b":\n\n")
        await asyncio.sleep(_BEAT)


async def _event(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})
