"""Queries that nobody thought of: random documents over the schema, answered the same both ways."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import to_json

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_fields import answered_of
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.policy import Policy
from tests.reads.test_identity import global_id
from tests.reads.world import PHONE

ARGUMENTS = {
    "Query.person": ['by: {oneId: "one-1"}', 'by: {oneId: "one-3"}', 'by: {oneId: "x"}',
                     f'by: {{identifier: {{kind: "phone", value: "{PHONE}"}}}}',
                     'by: {identifier: {kind: "cookie", value: "c-1"}}'],
    "Query.people": ["by: []", 'by: [{oneId: "one-2"}, {oneId: "x"}, {oneId: "one-2"}]',
                     'by: [{oneId: "one-4"}, {identifier: {kind: "cookie", value: "c-1"}}]'],
    "Query.node": [f'id: "{global_id(one)}"' for one in (
        "Person:one-1", "Person:one-3", "Change:c-1", "Shop:app-1", "Member:member|beibei|M001",
        "Identifier:cookie|*|c-1", "Brand:beibei", "Card:nothing")],
    "Query.nodes": ["ids: []", "ids: [" + ", ".join(f'"{global_id(one)}"' for one in (
        "Person:one-3", "nothing", "Change:c-4", "Member:member|beibei|M001", "Person:one-1", "Shop:tmall-1",
        "Brand:miaomiao", "Identifier:member|beibei|M001", "Card:card|miaomiao|C001",
        "Member:cookie|*|c-1")) + "]"],
    "Query.brands": ["", "first: 1"],
    "Brand.shops": ["", "first: 1", "first: 0", 'after: "none"'],
    "Identifier.seenWith": ["", "first: 1", "first: 2, states: [ACTIVE]", "states: [SUPPRESSED, PENDING]",
                            "first: $two"],
    "Query.changes": ["", "first: 2", "first: 1, types: [MERGED]", "types: []"],
    "Person.identifiers": ["", 'kinds: ["phone", "card"]', "kinds: $kinds"],
}  # fmt: skip
DIRECTIVES = ["", "", "", "", "@include(if: $yes)", "@skip(if: $yes)", "@skip(if: $no)", "@include(if: true)"]
NODES = [one.name for one in GRAPHQL.get_possible_types(GRAPHQL.type_map["Node"])]  # type: ignore[arg-type]

Draw = Callable[[Any], Any]


def field(draw: Draw, owner: str, name: str, definition: GraphQLField, depth: int) -> str:
    """A field, perhaps under another name, with arguments that are different names' own."""
    given_ = ARGUMENTS.get(f"{owner}.{name}", [""])
    place = draw(st.integers(0, len(given_) - 1))
    # Two uses of one name must ask the same, so where there are arguments an alias tells them apart.
    alias = f"{name}{place}: " if len(given_) > 1 else draw(st.sampled_from(["", f"other_{name}: "]))
    arguments = f"({given_[place]})" if given_[place] else ""
    type_ = get_named_type(definition.type)
    below = "" if is_leaf_type(type_) else selections(draw, type_, depth - 1)
    return f"{alias}{name}{arguments} {draw(st.sampled_from(DIRECTIVES))} {below}"


def selections(draw: Draw, type_: Any, depth: int) -> str:
    """A selection set of a type."""
    parts = ["__typename"]
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.integers(0, 5))
        if kind == 0 and depth > 0:
            directive = draw(st.sampled_from(DIRECTIVES))
            parts.append(f"... {directive} {selections(draw, type_, depth - 1)}")
        elif isinstance(type_, GraphQLInterfaceType):
            name = draw(st.sampled_from(NODES))
            parts.append(f"... on {name} {selections(draw, GRAPHQL.type_map[name], depth)}")
        elif kind == 1 and any(one.name == "Node" for one in type_.interfaces):
            parts.append("... on Node { id }")
        elif kind == 2 and type_.name == "Person":
            parts.append("...OfPerson")
        else:
            fields = {
                n: f for n, f in type_.fields.items() if depth > 0 or is_leaf_type(get_named_type(f.type))
            }
            if fields:
                name = draw(st.sampled_from(sorted(fields)))
                parts.append(field(draw, type_.name, name, fields[name], depth))
    return "{ " + " ".join(parts) + " }"


@st.composite
def documents(draw: Draw) -> str:
    """A document with an operation and a fragment."""
    query, person = GRAPHQL.query_type, GRAPHQL.type_map["Person"]
    assert isinstance(query, GraphQLObjectType)
    assert isinstance(person, GraphQLObjectType)
    spread = selections(draw, person, 1).replace("...OfPerson", "oneId")
    operation = selections(draw, query, 5).removesuffix("}")
    return f"query ({_VARIABLES}) {operation} {_EVERYTHING_USED} }} fragment OfPerson on Person {spread}"


_VARIABLES = '$two: Int = 2, $yes: Boolean = true, $no: Boolean = false, $kinds: [String!] = ["openid"]'
_EVERYTHING_USED = """
  used: person(by: {oneId: "one-1"}) @skip(if: $no) @include(if: $yes) {
    some: identifiers(kinds: $kinds) { kind seenWith(first: $two) { edges { cursor } } } ...OfPerson
  }
"""


def _answered_in(document: str) -> list[str]:
    """The fields in it that a function answers: it may ask the graph by itself."""
    query = GRAPHQL.query_type
    assert query is not None
    names = [name for name, field in query.fields.items() if answered_of(field)]
    return [name for name in names if re.search(rf"\b{name}\b", document)]


async def test_random_queries(small_world: Graph, keyring: Keyring, policy: Policy) -> None:
    """Also with fewer rights, and as one brand sees it."""
    requests = Requests(GRAPHQL)
    callers = [
        Caller("all", SCOPES),
        Caller("masked", frozenset({"profile:read"})),
        Caller("brand", SCOPES, frozenset({"beibei"})),
        Caller("nobody", frozenset()),
    ]
    asked: list[tuple[str, Caller]] = []

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(documents(), st.sampled_from(callers))
    def collect(document: str, caller: Caller) -> None:
        asked.append((document, caller))

    await asyncio.to_thread(collect)
    answered = 0
    for document, caller in asked:
        context = Context(caller, small_world, keyring, policy)
        before = small_world.calls
        planned = await requests.answer(document, None, None, context)
        calls = small_world.calls - before
        ordinary = await requests.answer(document, None, None, context, ordinary=True)
        assert to_json(planned) == to_json(ordinary), document
        assert calls <= 1 + 2 * len(_answered_in(document)), document
        answered += "errors" not in planned
        for error in planned.get("errors", ()):
            assert error["extensions"]["code"] in {
                "FORBIDDEN",
                "BAD_USER_INPUT",
                "INVALID_CURSOR",
                "TOO_EXPENSIVE",
                "TOO_COMPLEX",
                "GRAPHQL_VALIDATION_FAILED",
            }, (document, error)
    assert answered > len(asked) / 4, f"only {answered} of {len(asked)} had an answer"


@pytest.mark.parametrize("document", ["{ __typename }"])
async def test_the_smallest_query_asks_nothing(small_world: Graph, ask: Any, document: str) -> None:
    assert (await ask(document, calls=0))["data"] == {"__typename": "Query"}
