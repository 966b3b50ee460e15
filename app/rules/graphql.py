"""The GraphQL input `SegmentRule`, made from the model: one place says what a rule looks like.

A resolver is handed the input as GraphQL coerced it and passes it to `model.parse`, which says what is
wrong with it as it does with JSON.
"""

from collections.abc import Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

import strawberry
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo
from strawberry.types.scalar import ScalarDefinition

from app.graph.planner_scalars import Value
from app.rules import choice, conditions, conditions_facts, model, parts

Pick = NewType("Pick", object)
ValueTest = NewType("ValueTest", object)
Measure = NewType("Measure", str)


def _pick(value: Any) -> Any:
    return value


RULE_SCALARS: dict[object, ScalarDefinition] = {
    Pick: strawberry.scalar(
        name="Pick",
        description="One of a person's bought orders: FIRST, LAST, or a number from 1.",
        serialize=_pick,
        parse_value=_pick,
    ),
    ValueTest: strawberry.scalar(
        name="ValueTest",
        description="What a tag's value must be: a plain value, a list of them, or a Test.",
        serialize=_pick,
        parse_value=_pick,
    ),
    Measure: strawberry.scalar(
        name="Measure",
        description="What is measured of the facts that a condition selects: COUNT, SUM_AMOUNT, LAST_AT …; "
        "what is measured of what is in docs/rules.md.",
        serialize=_pick,
        parse_value=_pick,
    ),
}
"""The scalars that only rules have, for the schema's `scalar_map`."""

# The order's states have an enum where orders are; a rule names it, and needs nothing else of it.
_ORDER_STATUS = Annotated["OrderStatus", strawberry.lazy("app.commerce.graphql")]  # type: ignore[name-defined]  # noqa: F821
_NAMES = {
    model.Rule: "SegmentRule",
    parts.Window: "RuleWindow",
    parts.Test: "RuleTest",
    conditions_facts.Step: "SequenceStep",
    parts.Named: "NamedTest",
    choice.Limit: "SegmentLimit",
    choice.LimitBy: "SegmentLimitBy",
}
_MADE: dict[type[parts.Part], Any] = {}


def _enum(name: str, description: str, **values: str) -> Any:
    members = {one: strawberry.enum_value(one, description=said) for one, said in values.items()}
    made: Any = Enum(name, members)  # type: ignore[misc]
    return strawberry.enum(made, description=description)


_ENUMS = {
    parts.Quantifier: _enum(
        "Quantifier",
        "How many of those like that.",
        SOME="At least one.",
        EVERY="All of those that are looked at, and at least one.",
        NONE="None, also of people without any.",
        COUNT="A number that `count` tests.",
    ),
    parts.TimeOf: _enum(
        "TimeOf",
        "The time of an order that is read.",
        PAID="When it was paid; else when it was ordered.",
        ORDERED="When it was ordered.",
        SHIPPED="When it was sent.",
        COMPLETED="When it was received.",
        REFUNDED="When it was paid back.",
    ),
    parts.AnniversaryOf: _enum(
        "AnniversaryOf",
        "The day that comes back.",
        birthday="The person's birthday.",
        joinedAt="The day that a member account was opened.",
        dependentBirthday="The birthday of a dependent.",
    ),
}
_BY_VALIDATOR: Mapping[Any, Any] = {
    parts.plain: Value,
    parts.true: bool,
    parts.pick: Pick,
    parts.test_or_value: ValueTest,
}


def _of(annotation: Any) -> Any:
    """The GraphQL type of a field of the model."""
    if annotation == parts.OrderStatus:
        return _ORDER_STATUS
    if get_origin(annotation) is Literal:
        return _ENUMS[annotation]
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        by = next((_BY_VALIDATOR[one.func] for one in said if _known(one)), None)
        return _of(inner) if by is None else by
    if get_origin(annotation) in (Union, UnionType):
        (inner,) = (one for one in get_args(annotation) if one is not NoneType)
        return _of(inner)
    if get_origin(annotation) is tuple:
        return list[_of(get_args(annotation)[0])]  # type: ignore[misc]
    return _input(annotation) if issubclass(annotation, parts.Part) else annotation


def _known(said: Any) -> bool:
    return isinstance(said, BeforeValidator) and said.func in _BY_VALIDATOR


def _field(name: str, info: FieldInfo) -> tuple[Any, Any]:
    """The type and definition of a field. What may be left out has no default here: the model knows it."""
    known = [one for one in info.metadata if _known(one)]
    type_ = _BY_VALIDATOR[known[0].func] if known else _of(info.annotation)
    if name == "measure":
        type_ = Measure
    more = {} if info.is_required() else {"default": strawberry.UNSET}
    definition = strawberry.field(name=parts.outside(name), description=info.description, **more)
    return (type_ if info.is_required() else type_ | None), definition


def _input(part: type[parts.Part]) -> Any:
    """The input of a part of the model; one that holds itself is named before it is made."""
    if part in _MADE:
        return _MADE[part]
    name = _NAMES.get(part, part.__name__)
    _MADE[part] = Annotated[name, strawberry.lazy(__name__)]
    fields = {one: _field(one, info) for one, info in part.model_fields.items()}
    space = {one: definition for one, (_, definition) in fields.items()}
    space |= {"__annotations__": {one: type_ for one, (type_, _) in fields.items()}, "__module__": __name__}
    made = strawberry.input(
        type(name, (), space), name=name, description=part.__doc__, one_of=issubclass(part, parts.OneOf)
    )
    globals()[name] = _MADE[part] = made
    return made


SegmentRule: Any = _input(model.Rule)
"""Who: a rule, as an argument of a query or mutation."""

OrderWhere: Any = _input(conditions_facts.OrderWhere)
DependentWhere: Any = _input(conditions.DependentWhere)
RuleWindow: Any = _input(parts.Window)
"""Parts of rules that filter by themselves: what an order is like, what a dependent is like, and when."""

SegmentLimit: Any = _input(choice.Limit)
"""How many of them: a limit, as an argument of a query or mutation."""
