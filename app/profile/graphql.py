"""A person as callers see one: OneID, identifiers, member accounts and cards."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

import strawberry

from app.context import Context
from app.graph.planner_fields import Found, elsewhere, list_elsewhere, stored
from app.graph.planner_pages import Connection
from app.graph.planner_scalars import Value
from app.identity.graphql import Identifier, IdentityChange, Node, PersonBy
from app.profile import derive as _derive  # noqa: F401 - follows every unit of work
from app.profile import service
from app.profile.attributes_graphql import Known
from app.profile.behaviour_graphql import Behaviour
from app.profile.near_graphql import Near
from app.profile.standing_graphql import Standing

_SHOP = elsewhere("Shop", "app.commerce.graphql")
_BRAND = elsewhere("Brand", "app.commerce.graphql")
_TAGS = "app.tags.graphql"


@strawberry.enum(description="Whether a OneID names somebody now.")
class PersonStatus(Enum):
    ACTIVE = strawberry.enum_value("ACTIVE", description="It names a person.")
    MERGED = strawberry.enum_value("MERGED", description="It was merged; `mergedInto` is the survivor.")
    ERASED = strawberry.enum_value("ERASED", description="The person was erased.")


def _unsealed(context: Context, cell: bytes) -> str:
    name: str = context.keyring.unseal(cell)
    return name


@strawberry.type(description="Something that a source declared, under a name of its own.")
class Attribute:
    name: str = stored("The source's name for it.")
    value: Value = stored("What it said.")


@strawberry.type(description="A member account of one brand's programme.")
class Member(Node):
    display: str = stored("The member number, masked where it is personal.")
    identifier: Identifier = stored("The account as an identifier.")
    person: "Person | None" = stored("The living person that holds it.")
    brand: Any = stored("The brand whose programme it is.", of=_BRAND)
    shop: Any = stored("The shop that issued it.", of=_SHOP)
    name: str | None = stored("The member's name, for callers with the scope pii:read.", show=_unsealed)
    gender: str | None = stored("As the source said it.")
    birthday: date | None = stored("As the source said it.")
    city: str | None = stored("As the source said it.")
    level: str | None = stored("The programme's level.")
    points: int | None = stored("Points on the account.")
    joined_at: datetime | None = stored("When the account was opened.")
    source: str | None = stored("Who said all this.")
    attributes: list[Attribute] = stored("What else the source declared, by name.")


@strawberry.type(description="A membership card.")
class Card(Node):
    display: str = stored("The card number, masked where it is personal.")
    identifier: Identifier = stored("The card as an identifier.")
    person: "Person | None" = stored("The living person that holds it.")
    brand: Any = stored("The brand that issued it.", of=_BRAND)
    shop: Any = stored("The shop that issued it.", of=_SHOP)
    replaced_by: "Card | None" = stored("The card that it moved to when it was lost.")
    level: str | None = stored("The card's level.")
    points: int | None = stored("Points on the card.")
    valid_from: date | None = stored("The first day that it is valid.")
    valid_to: date | None = stored("The last day that it is valid.")
    status: str | None = stored("As the source said it.")
    attributes: list[Attribute] = stored("What else the source declared, by name.")


def _carried(include_subordinate: bool = False) -> Any: ...


def _tag_history(tag: strawberry.ID | None = strawberry.UNSET) -> Any: ...


def _kinds(kinds: list[str] | None = strawberry.UNSET) -> Any: ...


@strawberry.type(description="A person: one component of identifiers, named by a OneID that lasts.")
class Person(Node, Known, Behaviour, Near, Standing):
    one_id: strawberry.ID = stored("The OneID.")
    status: PersonStatus = stored("Whether the OneID names somebody now.")
    merged_into: "Person | None" = stored("The survivor, of a merged OneID.")
    former_one_ids: list[strawberry.ID] = stored(
        "OneIDs that were merged into this one; they still lead here."
    )
    since: datetime = stored("When the OneID was minted.")
    identifiers: Any = stored(
        "The identifiers that the person holds, by kind.", of=list[Identifier], arguments=_kinds
    )
    members: list[Member] = stored("Member accounts, over all brands.")
    cards: list[Card] = stored("Membership cards, over all brands.")
    shops: Any = stored(
        "Shops and apps that know the person.", of=list_elsewhere("Shop", "app.commerce.graphql")
    )
    history: list[IdentityChange] = stored(
        "What happened to the OneID and to those merged into it, oldest first."
    )
    tags: Any = stored(
        "The tags that the person carries, each once: by hand before by rule, then the latest.",
        of=list_elsewhere("TagAssignment", _TAGS),
        arguments=_carried,
    )
    tag_history: Any = stored(
        "When tags came and went, and why, oldest first; those of dependents, too.",
        of=list_elsewhere("TagChange", _TAGS),
        arguments=_tag_history,
    )


@strawberry.type(description="A page of people.")
class PersonConnection(Connection[Person]):
    pass


def _node(id: strawberry.ID) -> Any: ...


def _nodes(ids: list[strawberry.ID]) -> Any: ...


def _person(by: PersonBy) -> Any: ...


def _people(by: list[PersonBy]) -> Any: ...


def _look_up_node(_: Context, arguments: Mapping[str, Any]) -> Found:
    return service.node(arguments["id"])


def _look_up_nodes(_: Context, arguments: Mapping[str, Any]) -> Found:
    return service.nodes(arguments["ids"])


async def _search_person(context: Context, arguments: Mapping[str, Any]) -> Found:
    return await service.person(context, arguments["by"])


async def _search_people(context: Context, arguments: Mapping[str, Any]) -> Found:
    return await service.people(context, arguments["by"])


@strawberry.type
class ProfileQueries:
    node: Any = stored(
        "Anything by its global id; a merged person answers itself, with the status MERGED.",
        of=Node | None,
        arguments=_node,
        look_up=_look_up_node,
        scope="profile:read",
    )
    nodes: Any = stored(
        "At most a thousand things by their global ids, in their order; null where nothing is.",
        of=list[Node | None],
        arguments=_nodes,
        look_up=_look_up_nodes,
        scope="profile:read",
        size="ids",
    )
    person: Any = stored(
        "The living person of a OneID, an identifier or an order; null when nobody has it.",
        of=Person | None,
        arguments=_person,
        search=_search_person,
        scope="profile:read",
    )
    people: Any = stored(
        "At most a thousand people in one read: in the order that they are asked in, null where nobody is.",
        of=list[Person | None],
        arguments=_people,
        search=_search_people,
        scope="profile:read",
        size="by",
    )
