"""The declared kinds of dependents as callers read them: what a front end needs to make a form of."""

from typing import Any

import strawberry

from app.context import Context
from app.dependents.kinds import declared
from app.dependents.model import OWN, Attribute, Kind


@strawberry.type(description="An attribute that a kind of dependent declares.")
class DependentKindAttribute:
    name: str = strawberry.field(description="Its name.")
    type: str = strawberry.field(description="text, number, date, choice or list.")
    choices: list[str] = strawberry.field(description="What may be chosen, of a choice.")
    required: bool = strawberry.field(description="Whether it should always be said.")


@strawberry.type(description="A value that is worked out of a dependent.")
class DependentKindComputed:
    name: str = strawberry.field(description="Its name.")
    rule: str = strawberry.field(description="How it is worked out, as it is declared.")


@strawberry.type(description="A kind of dependent, as `schema/dependents.yaml` declares it.")
class DependentKind:
    key: strawberry.ID = strawberry.field(description="What observations call it: BABY …")
    title: str = strawberry.field(description="What people call it.")
    label: str = strawberry.field(description="The second label of its nodes.")
    natural_key: list[str] = strawberry.field(
        description="What makes two registrations on one person the same dependent; none: they never are."
    )
    attributes: list[DependentKindAttribute] = strawberry.field(
        description="name, gender, birthday, then what the kind declares."
    )
    computed: list[DependentKindComputed] = strawberry.field(description="What is worked out.")


async def all_kinds(_: Context, **__: Any) -> list[DependentKind]:
    """Every kind, in the order of the declaration."""
    return [_kind(key, one) for key, one in declared().kinds.items()]


def _kind(key: str, one: Kind) -> DependentKind:
    own = {name: Attribute(type="date" if name == "birthday" else "text") for name in OWN}
    return DependentKind(
        key=strawberry.ID(key),
        title=one.title or key.capitalize(),
        label=one.label,
        natural_key=list(one.natural_key),
        attributes=[
            DependentKindAttribute(
                name=name, type=attribute.type, choices=list(attribute.choices), required=name in one.required
            )
            for name, attribute in (own | one.attributes).items()
        ],
        computed=[
            DependentKindComputed(name=name, rule=_rule(value)) for name, value in one.computed.items()
        ],
    )


def _rule(value: Any) -> str:
    parts = value.model_dump(exclude_none=True)
    return "; ".join(f"{name}: {_text(part)}" for name, part in parts.items() if part not in ((), None))


def _text(part: Any) -> str:
    return ", ".join(part) if isinstance(part, tuple) else str(part)
