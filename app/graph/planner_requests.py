"""A GraphQL request from its text to its answer: parsed, limited and planned once, then one statement each
time.

What the graph alone answers is read from its row; everything else (mutations, introspection, errors) is
completed by the ordinary executor, over the same row. Both give the same answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
    get_operation_ast,
)
from graphql.execution.values import VariableValues

from app.errors import BadInput, OneIdError
from app.graph.planner_documents import Document, Operation, document_id, document_of, operation_of
from app.graph.planner_errors import formatted
from app.graph.planner_fields import Asking
from app.graph.planner_kept import Kept
from app.graph.planner_limits import check_variables
from app.graph.planner_measures import cost_of
from app.graph.planner_operations import Compiler
from app.graph.planner_plans import Plan


def _weight(query: str) -> int:
    """One for each thousand characters: a parsed document takes a hundred times its text, and more."""
    return 1 + len(query) // 1_000


@dataclass(slots=True)
class Requests:
    """The schema's requests. Texts and plans are kept between them, bounded.

    persisted: by text, the operations that are always there: no other text makes room in their place.
    only_persisted: every other text is refused before it is read.
    """

    schema: GraphQLSchema
    persisted: Mapping[str, Operation] = field(default_factory=dict)
    only_persisted: bool = False
    documents: Kept[Document] = field(default_factory=lambda: Kept[Document](1_000))
    operations: Kept[Operation] = field(default_factory=lambda: Kept[Operation](1_000))
    plans: Kept[Plan] = field(default_factory=lambda: Kept[Plan](1_000))
    persisted_plans: Kept[Plan] = field(default_factory=lambda: Kept[Plan](1_000))
    _texts: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._texts = {document_id(text): text for text in self.persisted}

    def text(self, named: str) -> str:
        """The persisted document of that id. Raises BadInput, in the words that Apollo's clients wait for."""
        if named not in self._texts:
            raise BadInput("PersistedQueryNotFound", code="PERSISTED_QUERY_NOT_FOUND")
        return self._texts[named]

    def reads(self, named: str) -> bool:
        """Whether the persisted document of that id changes nothing; an unknown one does not."""
        return named not in self._texts or self.persisted[self._texts[named]].reads

    async def answer(
        self,
        query: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        asking: Asking,
        *,
        ordinary: bool = False,
    ) -> dict[str, Any]:
        """The response to one request: `data`, `errors`, `extensions`.

        ordinary: lets the ordinary executor complete even what needs no completing; for the tests that
        compare.
        """
        try:
            operation = self.operation(query, operation_name)
            if operation.node.operation is OperationType.SUBSCRIPTION:
                raise BadInput(
                    "a subscription is answered over a WebSocket, or as server-sent events",
                    code="SUBSCRIPTION_NOT_STREAMED",
                    suggestion="open a WebSocket (graphql-transport-ws), or accept text/event-stream",
                )
            given = dict(variables or {})
            check_variables(given)
            coerced = self._coerced(operation, given)
            cost = cost_of(operation.measure, coerced.coerced)
        except Refused as refusal:
            return refusal.answer()
        except OneIdError as error:
            return refused(error)
        root: Any = None
        if operation.reads:
            tree = await self._plan(query, operation, coerced, asking.scopes).answer(asking, coerced)
            if tree.complete and not ordinary:
                return {"data": tree.values, "extensions": {"cost": cost}}
            root = tree.values
        result = await self._executed(operation, given, root, asking)
        errors = [formatted(error) for error in result.errors or ()]
        if result.data is None and not any("path" in error for error in errors):
            return {"errors": errors}  # it was not executed at all
        answer: dict[str, Any] = {"data": result.data}
        if errors:
            answer["errors"] = errors
        return answer | {"extensions": {"cost": cost}}

    def operation(self, query: str, name: str | None) -> Operation:
        """The operation that a text asks for. Raises Refused or BadInput."""
        if known := self.persisted.get(query):
            if name and name != known.name:
                raise BadInput(f"no operation is called {name}", code="UNKNOWN_OPERATION")
            return known
        if self.only_persisted:
            raise BadInput(
                "this service answers persisted queries alone",
                code="PERSISTED_QUERY_REQUIRED",
                suggestion="send a `documentId` in place of the text",
            )
        document = self.documents.get(query, lambda: document_of(self.schema, query), _weight(query))
        if document.errors or document.ast is None or document.measuring is None:
            raise Refused(document.errors, "GRAPHQL_VALIDATION_FAILED")
        ast, measuring = document.ast, document.measuring

        def chosen() -> Operation:
            node = get_operation_ast(ast, name)
            if node is None:
                which = (
                    f"no operation is called {name}"
                    if name
                    else "`operationName` says which of several operations"
                )
                raise BadInput(which, code="UNKNOWN_OPERATION")
            return operation_of(document, measuring, node)

        return self.operations.get((query, name), chosen, _weight(query))

    def _coerced(self, operation: Operation, given: dict[str, Any]) -> VariableValues:
        if not operation.node.variable_definitions:
            return _NO_VARIABLES
        if not operation.reads:
            return VariableValues({}, given)  # the executor coerces them: a thousand observations, once
        coerced = operation.inputs.coerced(given)
        if isinstance(coerced, list):
            raise Refused(tuple(coerced), "BAD_USER_INPUT")
        return coerced

    def _plan(
        self, query: str, operation: Operation, variables: VariableValues, scopes: frozenset[str]
    ) -> Plan:
        used = sorted(operation.measure.variables)
        key = (query, operation.name, scopes, *(variables.coerced.get(variable) for variable in used))
        measuring = operation.document.measuring
        assert measuring is not None  # noqa: S101 - it has been refused otherwise
        compiler = Compiler(self.schema, measuring.fragments, operation.node, variables, scopes)
        kept = self.persisted_plans if query in self.persisted else self.plans
        return kept.get(key, compiler.plan, _weight(query))

    async def _executed(
        self, operation: Operation, variables: dict[str, Any], root: Any, asking: Asking
    ) -> ExecutionResult:
        assert operation.document.ast is not None  # noqa: S101 - it has been refused otherwise
        result = execute(self.schema, operation.document.ast, root, asking, variables, operation.name)
        return await result if isawaitable(result) else result


def refused(error: OneIdError) -> dict[str, Any]:
    """The answer to a request that is refused as a whole."""
    return {"errors": [formatted(GraphQLError(error.message, original_error=error))]}


class Refused(Exception):
    """The request was not executed."""

    def __init__(self, errors: tuple[GraphQLError, ...], code: str) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = errors
        self.code = code

    def answer(self) -> dict[str, Any]:
        """What the caller is told."""
        return {"errors": [formatted(error, self.code) for error in self.errors]}


_NO_VARIABLES = VariableValues({}, {})
