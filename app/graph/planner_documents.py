"""A request's text, read once: parsed, limited, validated, and its operations measured."""

from dataclasses import dataclass
from hashlib import sha256

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from app.graph.planner_inputs import Inputs, inputs_of
from app.graph.planner_limits import MAX_TEXT, MAX_TOKENS
from app.graph.planner_measures import Limits, Measure, Measuring

_RULES = (*specified_rules, OneOfInputValidationRule)


@dataclass(frozen=True, slots=True)
class Document:
    """A request's text, once parsed, limited and validated; `errors` when it may not be executed."""

    ast: DocumentNode | None
    measuring: Measuring | None
    errors: tuple[GraphQLError, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document, with what it was measured to be."""

    document: Document
    node: OperationDefinitionNode
    measure: Measure
    inputs: Inputs

    @property
    def reads(self) -> bool:
        return self.node.operation is OperationType.QUERY

    @property
    def name(self) -> str | None:
        return self.node.name.value if self.node.name else None


def operation_of(document: Document, measuring: Measuring, node: OperationDefinitionNode) -> Operation:
    """One operation of a valid document."""
    inputs = inputs_of(measuring.schema, node.variable_definitions or ())
    return Operation(document, node, measuring.operation(node), inputs)


def document_of(schema: GraphQLSchema, text: str) -> Document:
    """The text, parsed, limited and validated."""
    try:
        ast = parse(text, max_tokens=MAX_TOKENS, max_source_length=MAX_TEXT)
    except GraphQLError as error:
        return Document(None, None, (error,))
    limited = validate(schema, ast, [Limits])
    errors = [error for error in limited if error.original_error] or limited
    errors = errors or validate(schema, ast, _RULES)
    return Document(ast, Measuring(schema, ast), tuple(errors))


def document_id(text: str) -> str:
    """What a persisted document is known by."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"
