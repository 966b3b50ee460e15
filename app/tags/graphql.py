"""Tags as callers read them: definitions in their tree, what a person carries, and when it came and went."""

import json
from datetime import datetime
from enum import Enum
from typing import Any

import strawberry
from strawberry.scalars import JSON

from app.context import Context
from app.graph.planner_fields import elsewhere, stored
from app.graph.planner_scalars import Value
from app.identity.graphql import ChangeType
from app.rules.name_tests import nameless


@strawberry.enum(description="What the value of a tag is.")
class TagValueType(Enum):
    FLAG = strawberry.enum_value("FLAG", description="It has none: it is carried or not.")
    CHOICE = strawberry.enum_value("CHOICE", description="One of its choices.")
    NUMBER = strawberry.enum_value("NUMBER", description="A number.")
    DATE = strawberry.enum_value("DATE", description="A day.")


@strawberry.enum(description="How a tag is set.")
class TagSetBy(Enum):
    MANUAL = strawberry.enum_value("MANUAL", description="By hand, by file, or by a source.")
    RULE = strawberry.enum_value("RULE", description="By a rule, which also takes it off.")
    COMPUTED = strawberry.enum_value("COMPUTED", description="Its value is a measure that a rule names.")


@strawberry.enum(description="Where it comes from that a tag is carried.")
class TagSource(Enum):
    MANUAL = strawberry.enum_value("MANUAL", description="Somebody set it.")
    IMPORTED = strawberry.enum_value("IMPORTED", description="A source or a file said so.")
    RULE = strawberry.enum_value("RULE", description="A rule matches.")
    COMPUTED = strawberry.enum_value("COMPUTED", description="A measure is its value.")


def _json(context: Context, cell: str) -> Any:
    return json.loads(cell) if context.may("pii:read") else nameless(json.loads(cell))


def _definition(context: Context, cell: str) -> Any:
    """The rule in it is a text of JSON."""
    said = json.loads(cell)
    rule = said.get("rule")
    return said if rule is None else said | {"rule": json.dumps(_json(context, rule), ensure_ascii=False)}


@strawberry.type(description="A definition that a tag has had.")
class TagVersion:
    version: int = stored("Its number, from 1.")
    at: datetime = stored("When it was defined.")
    by: str = stored("Who defined it.")
    reason: str = stored("Why, in their words.")
    definition: JSON = stored("The definition, as JSON.", show=_definition)


@strawberry.type(description="A tag: what it means, and who or what sets it.")
class Tag:
    key: strawberry.ID = stored("Its key, as rules and observations name it.")
    name: str = stored("What people call it.")
    category: list[str] = stored("The categories that it is filed under, from the root down.")
    subject: str = stored("What carries it: PERSON, or a kind of dependent.")
    value_type: TagValueType = stored("What its value is.")
    set_by: TagSetBy = stored("How it is set.")
    choices: list[str] = stored("The values of a CHOICE.")
    rule: JSON | None = stored("The rule that sets it, as JSON: a SegmentRule.", show=_json)
    group: str | None = stored("Its tiers: of those that match, the highest rank is carried.")
    rank: int | None = stored("Its rank among the tiers.")
    valid_for: str | None = stored("How long it lasts when set by hand or a source: 90d, 6m.")
    owner: str | None = stored("Who answers for it.")
    version: int | None = stored("The version in force; null while only a source has named it.")
    defined: bool = stored("Whether somebody defined it; else only a source has named it.")
    pending: bool = stored("Whether people are still taken through what was defined last.")
    size: int | None = stored("How many carry it as of the last refresh; for callers of all brands.")
    versions: list[TagVersion] = stored("Its definitions, the newest first.")


@strawberry.type(description="A category of tags, under those that are before it in its path.")
class TagCategory:
    path: list[str] = stored("Its path, from the root down to itself.")
    name: str = stored("The last of its path.")
    tags: int = stored("How many tags are under it, at any depth.")


@strawberry.type(description="A tag that a person or a dependent carries, with where it comes from.")
class TagAssignment:
    tag: Tag = stored("The tag.")
    value: Value | None = stored("Its value; null of a flag.")
    since: datetime = stored("Since when it is carried.")
    until: datetime | None = stored("When it ends by itself.")
    source: TagSource = stored("Where it comes from.")
    by: str | None = stored("Who set it, or the source that said so.")
    cause: str | None = stored("Why: the reason given, or what made the rule match (RULE, DEFINITION …).")
    dependent: Any = stored(
        "The dependent that carries it; null of the person.",
        of=elsewhere("Dependent", "app.dependents.graphql"),
    )


@strawberry.type(description="A tag that came or went: a line of the change feed.")
class TagChange:
    type: ChangeType = stored("TAG_ADDED or TAG_REMOVED.")
    at: datetime = stored("When.")
    tag: strawberry.ID = stored("The tag's key.")
    one_id: strawberry.ID = stored("The OneID: this person's, or one that was merged into it.")
    cause: str | None = stored("Why: RULE, TIER, CALENDAR, DEFINITION, MANUAL, IMPORTED, EXPIRED, MERGED …")
    by: str | None = stored("Who did it by hand, or the source.")
    reason: str | None = stored("Why, in their words.")
    before: str | None = stored("The value before, of one that changed or went.")
    after: str | None = stored("The value since then.")
    dependent: strawberry.ID | None = stored("The key of the dependent that carried it; null of the person.")


def _tags(subject: str | None = strawberry.UNSET, category: list[str] | None = strawberry.UNSET) -> Any: ...


def _categories(subject: str | None = strawberry.UNSET) -> Any: ...


@strawberry.type
class TagQueries:
    tags: Any = stored(
        "The tags that there are, by category and key: about people, about a kind of dependent, or all.",
        of=list[Tag],
        arguments=_tags,
        scope="profile:read",
    )
    tag_categories: Any = stored(
        "The tree of categories: each follows the one that it is in.",
        of=list[TagCategory],
        arguments=_categories,
        scope="profile:read",
    )
