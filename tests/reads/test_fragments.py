"""The fragment files: each understood by Neo4j, found by an index, used by a field; and the fields."""

from pathlib import Path

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_leaf_type

from app.api import GRAPHQL
from app.errors import QueryFileInvalid
from app.graph.planner_fields import stored_of
from app.graph.planner_fragments import Fragment, fragments, parse
from app.graph.planner_uses import SHARED
from app.graph.sessions import Graph
from tests.graph.plans import operators, scans

LABELS = {
    "UploadedList": "List",
    "IdentityChange": "Change",
    "TagChange": "Change",
    "PolicyVersion": "Policy",
    "Recipient": "Order",
}
"""GraphQL types that are called otherwise in the graph."""
KEYS = {
    "Person": "oneId",
    "Change": "id",
    "IdentityChange": "id",
    "TagChange": "id",
    "Operation": "id",
    "PolicyVersion": "version",
}
"""What nodes of a GraphQL type are found by, where it is no key."""
MAPS = {"Attribute", "Evidence", "Proposal", "TagAssignment", "TagCategory"}
"""GraphQL types that are no nodes."""
ROWS = {
    "WhyStep",
    "WhyDecision",
    "WhyBlocker",
    "WhyNextStep",
    "OrderLine",
    "Journey",
    "TimelineItem",
    "Guardian",
    "Neighbour",
    "Shared",
    "Alike",
    "Path",
    "PathStep",
    "SegmentMembership",
    "ExplainedCondition",
}
"""GraphQL types of rows that an answer brings along."""
ROOTS = (
    *("Query", "IngestPayload", "IdentityPayload", "TagPayload", "TaggedPayload"),
    *("SegmentPreview", "SegmentPayload", "ListPayload"),
    *("Why", "WhyNot", "Explanation"),
)
"""GraphQL types whose fields start a statement."""

OBJECTS = [
    type_
    for type_ in GRAPHQL.type_map.values()
    if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
]


def alone(fragment: Fragment) -> str:
    """A statement that is the fragment and nothing else."""
    value = f"RETURN {fragment.value}{fragment.tail}"
    if fragment.this is None:
        return f"{fragment.body}\n{value}"
    if fragment.this in ROWS:
        found = "WITH $some AS this"
    elif fragment.this in MAPS:
        pair = "MATCH (near:Identifier {key: $some})-[link:LINKED]-(far)"
        found = f"{pair} WITH link {{.*, other: far, a: near, b: far}} AS this"
    else:
        key = KEYS.get(fragment.this, "key")
        label = LABELS.get(fragment.this, fragment.this)
        keyed = "Identifier" if label in ("Member", "Card") else label
        found = f"MATCH (this:{keyed} {{{key}: $some}})"
    return f"{found}\nWITH this\n{fragment.body}\n{value}" if fragment.body else f"{found}\n{value}"


@pytest.mark.parametrize("name", fragments())
async def test_explained(migrated: Graph, name: str) -> None:
    assert not scans(await operators(migrated, alone(fragments()[name])))


def test_every_file_answers_a_field() -> None:
    fields = {f"{type_.name}.{name}" for type_ in OBJECTS for name, f in type_.fields.items() if stored_of(f)}
    roots = {name for name in fields if name.split(".")[0] in ROOTS}
    unused = {
        name
        for name in fragments()
        if name not in fields and not name.startswith(tuple(f"{r}." for r in roots))
    }
    assert unused == set()


def test_every_field_of_the_graph_is_answered() -> None:
    """A field that leads to objects has a file; only a property needs none."""
    for type_ in OBJECTS:
        for name, field in type_.fields.items():
            told = stored_of(field)
            if told is None or is_leaf_type(get_named_type(field.type)):
                continue
            files = [
                f for f in fragments() if f == f"{type_.name}.{name}" or f.startswith(f"{type_.name}.{name}.")
            ]
            assert files, f"cypher/fields/{type_.name}.{name}.cypher is missing"
            for file in files:
                assert told.make is not None or fragments()[file].it in GRAPHQL.type_map


def test_fragments_fit_their_fields() -> None:
    for name, fragment in fragments().items():
        owner, field, *_ = name.split(".")
        type_ = GRAPHQL.type_map[owner]
        assert isinstance(type_, GraphQLObjectType)
        assert fragment.this == (None if owner in ROOTS else owner), name
        named = get_named_type(type_.fields[field].type)
        told = stored_of(type_.fields[field])
        assert told is not None
        if isinstance(named, GraphQLInterfaceType):
            possible = {one.name for one in GRAPHQL.get_possible_types(named)}
            assert fragment.it == named.name if fragment.type else fragment.it in possible, name
        elif fragment.cursor is None:
            plain = is_leaf_type(named) or told.make is not None
            assert fragment.it == (None if plain else named.name), name
        if fragment.params - SHARED and told.look_up is None and told.search is None:
            assert fragment.params - SHARED == type_.fields[field].args.keys(), name


def test_every_type_and_field_is_described() -> None:
    for type_ in GRAPHQL.type_map.values():
        if type_.name.startswith("__") or type_.name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        assert type_.description, type_.name
        parts = getattr(type_, "fields", getattr(type_, "values", {}))
        for name, part in parts.items():
            assert part.description, f"{type_.name}.{name}"


@pytest.mark.parametrize(
    "text",
    [
        "// this: Person\nMATCH (it) RETURN it",
        "// it: Person\n// params: a STRING\nMATCH (it)\nRETURN it",
        "// it: Person\nMATCH (it {key: $key})\nRETURN it",
        "MATCH (it)\nRETURN it",
        "// it: Person\nMATCH (it)\nRETURN it.name",
        "// this: Person\nMATCH (this)",
        "// it: Person\n// locals: key\nUNWIND [1] AS key\nMATCH (it {key: key})\nRETURN it",
    ],
)
def test_a_bad_file_is_refused(text: str) -> None:
    with pytest.raises(QueryFileInvalid):
        parse("Person.x", text)


def test_a_file_is_taken_apart(tmp_path: Path) -> None:
    fragment = parse(
        "Person.x",
        "// What.\n// this: Person\n// it: Card\n// params: n INTEGER\n// locals: a, b\n// cursor: it.k\n"
        "MATCH (this)-[a]->(b)-->(it)\nRETURN it ORDER BY it.k DESC, b.x LIMIT $n",
    )
    assert (fragment.body, fragment.value, fragment.tail) == (
        "MATCH (this)-[a]->(b)-->(it)",
        "it",
        " ORDER BY it.k DESC, b.x LIMIT $n",
    )
    assert (fragment.params, fragment.locals, fragment.cursor) == ({"n"}, ("a", "b"), "it.k")
    assert parse("Person.y", "// this: Person\nRETURN this.a + this.b").expression
