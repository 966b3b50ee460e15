"""What a caller sent: a document's text, or the id of a persisted one, in a body or in a URL."""

import json
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from starlette.types import Receive

from app.graph.planner_limits import MAX_BODY

_PARAMETERS = 20
"""More than any client sends; a URL of thousands is not worth taking apart."""


class Refusal(Exception):
    """A request that is no GraphQL request: its HTTP status, a code and a sentence.

    allow: the methods that would do, of a 405.
    """

    def __init__(self, status: int, code: str, message: str, *, allow: bytes | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.allow = allow


class Sent(NamedTuple):
    """One request: the document's text or, where that is None, its id."""

    query: str | None
    document_id: str
    variables: dict[str, Any] | None
    operation_name: str | None


async def body_of(receive: Receive) -> bytes:
    """The whole body. Raises Refusal as soon as it is too large."""
    chunks, size = [], 0
    while True:
        message = await receive()
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            raise too_large()
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def too_large() -> Refusal:
    """For more than a request may weigh."""
    return Refusal(413, "BODY_TOO_LARGE", f"a request has at most {MAX_BODY} bytes")


def sent_in_body(body: bytes) -> Sent:
    """What a POST says. Raises Refusal."""
    request = _json(body, "the body")
    if not isinstance(request, dict):
        raise _bad("the body is an object with a text `query`, or a `documentId`")
    return _sent(request)


def sent_in_url(parameters: bytes) -> Sent | None:
    """What a GET says; None when it says nothing of a document. Raises Refusal."""
    if len(parameters) > MAX_BODY:
        raise too_large()
    try:
        found = dict(parse_qsl(parameters.decode("ascii"), errors="strict", max_num_fields=_PARAMETERS))
    except ValueError:
        raise _bad("the URL's parameters are not UTF-8, or too many") from None
    if not found.keys() & {"query", "documentId", "extensions"}:
        return None
    request: dict[str, Any] = dict(found)
    for name in found.keys() & {"variables", "extensions"}:
        request[name] = _json(found[name], f"`{name}`")
    return _sent(request)


def sent_in_message(payload: Any) -> Sent:
    """What a message of a socket says. Raises Refusal."""
    if not isinstance(payload, dict):
        raise _bad("the payload is an object with a text `query`, or a `documentId`")
    return _sent(payload)


def _sent(request: dict[str, Any]) -> Sent:
    query, variables, name = (request.get(key) for key in ("query", "variables", "operationName"))
    if not isinstance(variables, dict | None) or not isinstance(name, str | None):
        raise _bad("`variables` is an object, `operationName` a text")
    if query is not None:
        if not isinstance(query, str):
            raise _bad("`query` is a text")
        return Sent(query, "", variables, name)
    return Sent(None, _document_id(request), variables, name)


def _document_id(request: dict[str, Any]) -> str:
    """`documentId`, or what Apollo's clients say in its place."""
    document_id, extensions = request.get("documentId"), request.get("extensions")
    if document_id is None and isinstance(extensions, dict):
        persisted = extensions.get("persistedQuery")
        if isinstance(persisted, dict) and persisted.get("version") == 1:
            checksum = persisted.get("sha256Hash")
            document_id = f"sha256:{checksum}" if isinstance(checksum, str) else None
    if not isinstance(document_id, str):
        raise _bad(
            "a request has a text `query`, a `documentId`, or in `extensions`"
            ' a `persistedQuery` {"version": 1, "sha256Hash": …}'
        )
    return document_id


def _json(text: str | bytes, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _bad(f"{what} is not JSON") from None


def _bad(message: str) -> Refusal:
    return Refusal(400, "BAD_REQUEST", message)
