"""GraphQL over HTTP as a bare ASGI endpoint: the usual router spends more time on a look-up than the look-up
does.
"""

import json
from collections.abc import Callable
from typing import Any

from pydantic_core import to_json
from starlette.types import Receive, Scope, Send
from strawberry.http.ides import get_graphql_ide_html

from app.graph.planner_fields import Asking
from app.graph.planner_limits import MAX_BODY
from app.graph.planner_requests import Requests

_JSON = b"application/json"
_GRAPHQL = b"application/graphql-response+json"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

Vouch = Callable[[], Asking | None]
"""Who a request is from, and what it carries; None for a caller that nobody vouches for."""


class Refusal(Exception):
    """A request that is no GraphQL request: its HTTP status, a code and a sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class GraphQLEndpoint:
    """POST answers a request, GET shows GraphiQL. `loopback`: names of this machine alone are served."""

    def __init__(self, requests: Requests, vouch: Vouch, *, loopback: bool) -> None:
        self._requests = requests
        self._vouch = vouch
        self._loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        kind = _GRAPHQL if _GRAPHQL in headers.get(b"accept", b"") else _JSON
        try:
            self._check_host(headers)
            if scope["method"] == "GET":
                page = get_graphql_ide_html(graphql_ide="graphiql").encode()
                return await _respond(send, 200, b"text/html; charset=utf-8", page)
            if scope["method"] != "POST":
                raise Refusal(405, "METHOD_NOT_ALLOWED", "POST a request, or GET the page")
            answer = await self._answer(headers, receive)
        except Refusal as refusal:
            body = to_json({"errors": [{"message": str(refusal), "extensions": {"code": refusal.code}}]})
            return await _respond(send, refusal.status, kind, body)
        refused = kind is _GRAPHQL and "data" not in answer
        return await _respond(send, 400 if refused else 200, kind, to_json(answer))

    async def _answer(self, headers: dict[bytes, bytes], receive: Receive) -> dict[str, Any]:
        asking = self._vouch()
        if asking is None:
            raise Refusal(401, "UNAUTHENTICATED", "this service answers callers that it knows")
        if not headers.get(b"content-type", b"").startswith(_JSON):
            raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "send application/json")
        if int(headers.get(b"content-length", b"0")) > MAX_BODY:
            raise _too_large()
        query, variables, name = _request(await _body(receive))
        return await self._requests.answer(query, variables, name, asking)

    def _check_host(self, headers: dict[bytes, bytes]) -> None:
        """A page on the internet must not reach a service without authentication by renaming this machine."""
        if not self._loopback:
            return
        host = headers.get(b"host", b"").decode("latin-1")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name not in _LOOPBACK:
            raise Refusal(403, "FORBIDDEN_HOST", "development mode answers localhost alone")


async def _body(receive: Receive) -> bytes:
    chunks, size = [], 0
    while True:
        message = await receive()
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            raise _too_large()
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def _too_large() -> Refusal:
    return Refusal(413, "BODY_TOO_LARGE", f"a request has at most {MAX_BODY} bytes")


def _request(body: bytes) -> tuple[str, dict[str, Any] | None, str | None]:
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "BAD_REQUEST", "the body is not JSON") from None
    if not isinstance(request, dict) or not isinstance(request.get("query"), str):
        raise Refusal(400, "BAD_REQUEST", "the body is an object with a text `query`")
    variables, name = request.get("variables"), request.get("operationName")
    if not isinstance(variables, dict | None) or not isinstance(name, str | None):
        raise Refusal(400, "BAD_REQUEST", "`variables` is an object, `operationName` a text")
    return request["query"], variables, name


async def _respond(send: Send, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
