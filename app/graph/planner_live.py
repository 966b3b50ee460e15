"""Subscriptions: a connection of the graph that is read on, from a cursor, whenever there is more of it.

    subscription { changes(after: $a, types: [MERGED]) { cursor node { oneId } } }

is answered by pages of the query of the same name, each planned once and one statement:

    query { changes(after: $__after, first: $__first, types: [MERGED]) { edges { cursor node { oneId } } … } }

Nothing is kept for a subscriber but how far it has come: what it has not been sent yet is in the graph, so a
slow one costs no memory, and none misses or repeats a line. Whether there is more is looked up once for all.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationType,
    VariableNode,
    Visitor,
    print_ast,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields
from graphql.execution.values import VariableValues, get_argument_values

from app.errors import BadInput, NotAllowed, OneIdError
from app.graph.planner_documents import Operation
from app.graph.planner_errors import unexpected
from app.graph.planner_fields import Asking
from app.graph.planner_limits import check_variables
from app.graph.planner_requests import Refused, Requests, refused
from app.graph.planner_sent import Sent

PAGE = 50
"""Lines that are read at once for one subscriber."""
MOST = 1_000
"""Subscriptions that one process serves."""

Vouch = Callable[[], Asking | None]
"""Who a request is from, now; None for a caller that nobody vouches for, or no more."""
Beyond = Callable[[int | None, frozenset[str] | None], Awaitable[int]]
"""Waits until there is something after a number, of some types where they are given, and returns up to which
number there is. Without a number: returns at once.
"""


@dataclass(frozen=True, slots=True)
class Following:
    """A subscription as a query: its text, its response key, and where and for what it begins."""

    text: str
    key: str
    field: str
    after: str | None
    types: frozenset[str] | None


@dataclass(slots=True)
class Live:
    """The subscriptions of one process."""

    requests: Requests
    vouch: Vouch
    beyond: Beyond
    most: int = MOST
    active: int = 0
    _pages: Requests = field(init=False)

    def __post_init__(self) -> None:
        self._pages = Requests(self.requests.schema)  # texts made here, so of no use to ask only for some

    async def answers(self, sent: Sent) -> AsyncGenerator[dict[str, Any], None]:
        """The answers to one request: one for a query or a mutation, and of a subscription without an end.

        An answer without `data` says why there are none, or no more.
        """
        try:
            text = sent.query if sent.query is not None else self.requests.text(sent.document_id)
            following = self._following(text, sent)
            if following is None:
                yield await self.requests.answer(text, sent.variables, sent.operation_name, self._asking())
                return
            if self.active >= self.most:
                raise BadInput(f"{self.most} subscriptions are served already", code="TOO_MANY_SUBSCRIPTIONS")
            self.active += 1
            try:
                async for answer in self._lines(following, dict(sent.variables or {})):
                    yield answer
            finally:
                self.active -= 1
        except Refused as refusal:
            yield refusal.answer()
        except OneIdError as error:
            yield refused(error)
        except Exception as error:  # whatever it is, whoever listens is told that there is no more
            yield {"errors": [unexpected(error)]}

    async def _lines(
        self, following: Following, variables: dict[str, Any]
    ) -> AsyncGenerator[dict[str, Any], None]:
        place = f"Query.{following.field}"
        if following.after is None:
            number = await self.beyond(None, None)
        else:
            number = self._asking().open_cursor(place, following.after)[0]
        more, until = False, number
        while True:
            if not more:
                until = await self.beyond(number, following.types)
            asking = self._asking()
            variables |= {"__after": asking.seal_cursor(place, [number]), "__first": PAGE}
            answer = await self._pages.answer(following.text, variables, None, asking)
            page = (answer.get("data") or {}).get(following.key)
            if page is None:
                yield {"errors": answer["errors"]}
                return
            for line in _split(following.key, page["edges"], answer.get("errors", ())):
                yield line
            if page["edges"]:
                number = asking.open_cursor(place, page["pageInfo"]["endCursor"])[0]
            more = page["pageInfo"]["hasNextPage"]
            if not more:
                # Every line up to there was looked at, also those that it does not ask for.
                number = max(number, until)

    def _asking(self) -> Asking:
        """Who asks, at this moment: who has lost a right meanwhile is not told more."""
        asking = self.vouch()
        if asking is None:
            raise NotAllowed("this service answers callers that it knows", code="UNAUTHENTICATED")
        return asking

    def _following(self, text: str, sent: Sent) -> Following | None:
        """The request as a query of pages; None where it is no subscription."""
        operation = self.requests.operation(text, sent.operation_name)
        if operation.node.operation is not OperationType.SUBSCRIPTION:
            return None
        given = dict(sent.variables or {})
        check_variables(given)
        coerced = operation.inputs.coerced(given)
        if isinstance(coerced, list):
            raise Refused(tuple(coerced), "BAD_USER_INPUT")
        return following_of(self.requests, operation, coerced)


def following_of(requests: Requests, operation: Operation, variables: VariableValues) -> Following:
    """The subscription as the query that gives its pages."""
    measuring = operation.document.measuring
    root = requests.schema.subscription_type
    assert measuring is not None  # noqa: S101 - it has been refused otherwise
    assert root is not None  # noqa: S101 - the document is valid
    details = {name: FragmentDetails(one) for name, one in measuring.fragments.items()}
    collected = collect_fields(requests.schema, details, variables, root, operation.node)
    ((key, fields),) = collected.grouped_field_set.items()  # validation saw to it that there is one
    nodes = [one.node for one in fields]
    arguments = get_argument_values(root.fields[nodes[0].name.value], nodes[0], variables)
    types = arguments.get("types")
    return Following(
        _text(operation, nodes, key, measuring.fragments),
        key,
        nodes[0].name.value,
        arguments.get("after"),
        None if types is None else frozenset(str(getattr(one, "value", one)) for one in types),
    )


def _text(
    operation: Operation, nodes: list[FieldNode], key: str, fragments: Mapping[str, FragmentDefinitionNode]
) -> str:
    kept = [one for one in nodes[0].arguments or () if one.name.value != "after"]
    selections = [one.selection_set for one in nodes if one.selection_set]
    used = _Used(fragments)
    for node in (*kept, *selections):
        used.look(node)
    declared = [
        print_ast(one)
        for one in operation.node.variable_definitions or ()
        if one.variable.name.value in used.variables
    ]
    asked = " ".join(["after: $__after", "first: $__first", *map(print_ast, kept)])
    edges = " ".join(f"edges {print_ast(one)}" for one in selections)
    page = f"{key}: {nodes[0].name.value}({asked}) {{ {edges} pageInfo {{ hasNextPage endCursor }} }}"
    head = " ".join(["$__after: String", "$__first: Int", *declared])
    return "\n".join([f"query ({head}) {{ {page} }}", *map(print_ast, used.fragments.values())])


class _Used(Visitor):
    """The variables and the fragments that something uses, also those that fragments use."""

    def __init__(self, known: Mapping[str, FragmentDefinitionNode]) -> None:
        super().__init__()
        self._known = known
        self.variables: set[str] = set()
        self.fragments: dict[str, FragmentDefinitionNode] = {}

    def look(self, node: Node) -> None:
        """Takes in what the node uses."""
        visit(node, self)

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:
        name = node.name.value
        if name not in self.fragments:
            self.fragments[name] = self._known[name]
            self.look(self._known[name])


def _split(
    key: str, edges: list[dict[str, Any]], errors: Iterable[dict[str, Any]]
) -> Iterable[dict[str, Any]]:
    """A page as an answer for each line, with the errors that are that line's."""
    for place, edge in enumerate(edges):
        own = [
            {name: value for name, value in error.items() if name != "locations"}
            | {"path": [key, *error["path"][3:]]}
            for error in errors
            if list(error.get("path", ()))[:3] == [key, "edges", place]
        ]
        yield {"data": {key: edge}} | ({"errors": own} if own else {})
