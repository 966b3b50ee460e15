"""Finding people, as callers ask for it."""

from collections.abc import Mapping
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, stored
from app.profile.graphql import PersonConnection
from app.profile.search import At, Page, search
from app.profile.search_text import Position

_FIELD = "Query.searchPeople"
_PAGE = 20


def _arguments(text: str, first: int | None = _PAGE, after: str | None = strawberry.UNSET) -> Any: ...


async def _search(context: Context, arguments: Mapping[str, Any]) -> Found:
    text, first, after = (arguments.get(name) for name in ("text", "first", "after"))
    assert isinstance(text, str)  # noqa: S101 - the schema says so
    first = _PAGE if first is None else first
    if first < 1:
        raise BadInput("`first` is at least 1", field=("first",))
    at = At() if after is None else opened(context, text, after)
    page = await search(context, text, first, at)
    return _found(page, _of(context, text), None if after is None else _place(at, _of(context, text)))


def _found(page: Page, of: str, after: list[Any] | None) -> Found:
    """The page for the planner: a row behind the last says that there is more."""
    rows = [*page.hits, *page.hits[-1:]] if page.more else page.hits
    return Found(
        {
            "oneIds": [hit.one_id for hit in rows],
            "places": [_place(hit.at, of) for hit in rows],
            "first": len(page.hits),
            "after": after,
        }
    )


def _place(at: At, of: str) -> list[Any]:
    """What a cursor holds: where the search stands, and of which text."""
    return [int(at.position.match), at.position.place, at.width, of]


def cursor_of(context: Context, text: str, at: At) -> str:
    """What leads on from there, as a caller gets it."""
    return context.seal_cursor(_FIELD, _place(at, _of(context, text)))


def opened(context: Context, text: str, after: str) -> At:
    """Where such a cursor leads. Raises BadInput (INVALID_CURSOR), also for that of another text."""
    match, place, width, of = context.open_cursor(_FIELD, after)
    if of != _of(context, text):
        raise BadInput("this cursor is of another text", code="INVALID_CURSOR", field=("after",))
    return At(Position(match, place), width)


def _of(context: Context, text: str) -> str:
    digest: str = context.keyring.digest("/search", "cursor", text)
    return digest[:16]


@strawberry.type
class SearchQueries:
    search_people: Any = stored(
        "People whom a text finds, the best match first: a OneID, any identifier or the number of an order "
        "as a whole; the beginning of a member or card number of any brand; with the scope pii:read also a "
        "name or any part of one, and the last four or more digits of a phone. Within the brands that the "
        "caller may see.",
        of=PersonConnection,
        arguments=_arguments,
        search=_search,
        scope="profile:read",
    )
