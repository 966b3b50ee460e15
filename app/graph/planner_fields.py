"""How a GraphQL field says that it lives in the graph: one line in a Strawberry type.

    one_id: strawberry.ID = stored("The OneID.")              the property `oneId` of the node
    cards: list[Card] = stored("Membership cards.")           `cypher/fields/Person.cards.cypher` says where

A field with a fragment file is answered by it; one without is the property of its own name. `show` turns what
the database holds into what callers see (an unsealed value), `look_up` turns arguments into the fragment's
parameters.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

import strawberry
from graphql import GraphQLField
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from app.errors import NotAllowed
from app.graph.sessions import Reader


class Asking(Protocol):
    """Who asks, as far as the planner needs to know; a request's context is one."""

    @property
    def scopes(self) -> frozenset[str]:
        """What the caller may do; part of the key that a plan is kept under."""

    @property
    def as_of(self) -> datetime:
        """The one moment that the whole request is answered for."""

    def reader(self) -> Reader:
        """Where the statement is sent."""

    def seal_cursor(self, field: str, values: Sequence[Any]) -> str:
        """A page's position, unreadable, good for this field alone."""

    def open_cursor(self, field: str, cursor: str) -> list[Any]:
        """What was sealed; raises BadInput for any other text."""

    def shared(self) -> Mapping[str, Any]:
        """Parameters that any fragment may declare: `brands` (None: all), `pii`, `asOf`, the deployment's
        `zone` and `homeCurrency`.
        """


@dataclass(frozen=True, slots=True)
class Found:
    """Where to look for a root field: its fragment's parameters, and which file where there are several.

    variant: None when there is nowhere to look, and the answer is null.
    refused: errors by their place in a list, for items that cannot be looked up.
    """

    params: Mapping[str, Any]
    variant: str | None = ""
    refused: Mapping[int, Exception] = field(default_factory=dict)


LookUp = Callable[[Any, Mapping[str, Any]], Found]
Search = Callable[[Any, Mapping[str, Any]], Awaitable[Found]]
Show = Callable[[Any, Any], Any]
Make = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the planner knows of a field besides its name and type."""

    look_up: LookUp | None = None
    show: Show | None = None
    scope: str | None = None
    size: str | None = None
    search: Search | None = None
    make: Make | None = None
    file: str | None = None

    def refusal(self, scopes: frozenset[str]) -> NotAllowed | None:
        """What a caller with these scopes is told in the field's place; None where it may have it."""
        if self.scope is None or self.scope in scopes:
            return None
        return NotAllowed(f"this needs the scope {self.scope}", code="FORBIDDEN")


Resolve = Callable[..., Awaitable[Any]]
_STORED = "stored"
_RESOLVE = "resolve"


def stored(
    description: str,
    *,
    of: Any = None,
    arguments: Callable[..., Any] | None = None,
    look_up: LookUp | None = None,
    show: Show | None = None,
    scope: str | None = None,
    size: str | None = None,
    search: Search | None = None,
    make: Make | None = None,
    file: str | None = None,
) -> Any:
    """A field that the planner answers from the graph.

    description: for the schema. of: the type, where the annotation cannot say it (a type of another
    capability). arguments: a function whose parameters, annotations and defaults are the field's arguments;
    never called. look_up: (asking, arguments) -> Found; without it, arguments are the fragment's parameters
    by name. show: (asking, cell) -> value, for a cell that is not null. scope: what the caller must be
    allowed; checked when the plan is made. size: the argument that says how many rows come (a number, or a
    list), for the cost; else a list counts as ten. search: a look_up that may ask the graph first, and may
    give a parameter that is a boolean a `Condition` of its own.
    make: (asking, what the fragment returns) -> the value, for what Cypher cannot say: of an object a mapping
    of its fields by their names in GraphQL, of a list a list of those; times as text. file: the fragment,
    where several fields share one.
    """
    told = Stored(look_up, show, scope, size, search, make, file)
    resolver: Any = arguments
    return strawberry.field(
        resolver=resolver, graphql_type=of, description=description, metadata={_STORED: told}
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """What the planner knows of a field that a function answers."""

    resolve: Resolve
    scope: str
    own: str | None = None


def answered(
    resolve: Resolve,
    description: str,
    *,
    of: Any,
    arguments: Callable[..., Any],
    scope: str,
    own: str | None = None,
) -> Any:
    """A field that a function answers: `await resolve(context, **arguments)`, inputs as coerced dicts.

    own: below an object of the graph, the argument that is its `key`.
    """
    resolver: Any = arguments
    told = Answered(resolve, scope, own)
    return strawberry.field(
        resolver=resolver, graphql_type=of, description=description, metadata={_RESOLVE: told}
    )


def elsewhere(name: str, module: str) -> Any:
    """A type of a capability that this one does not import, or not yet: for `of`, nullable; found by its
    name.
    """
    named: Any = LazyType(name, module)
    return StrawberryOptional(named)


def list_elsewhere(name: str, module: str) -> Any:
    """A list of such a type."""
    named: Any = LazyType(name, module)
    return StrawberryList(named)


def search_elsewhere(name: str, module: str) -> Search:
    """A search of a capability that this one does not import; found by its name when it is first asked."""

    async def search(asking: Any, arguments: Mapping[str, Any]) -> Found:
        found: Found = await getattr(import_module(module), name)(asking, arguments)
        return found

    return search


def nullable(of: Any) -> Any:
    """The type, or null."""
    return StrawberryOptional(of)


def stored_of(field: GraphQLField) -> Stored | None:
    """The declaration of a schema's field; None for one that does not live in the graph."""
    found = _metadata(field).get(_STORED)
    return found if isinstance(found, Stored) else None


def answered_of(field: GraphQLField) -> Answered | None:
    """The declaration of an `answered` field; None for any other."""
    found = _metadata(field).get(_RESOLVE)
    return found if isinstance(found, Answered) else None


def _metadata(field: GraphQLField) -> Mapping[Any, Any]:
    definition = field.extensions.get("strawberry-definition")
    return definition.metadata if isinstance(definition, StrawberryField) else {}
