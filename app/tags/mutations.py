"""What people do with tags, as mutations: define and retire, set and take off. A refusal stores nothing."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import strawberry

from app.context import Context
from app.errors import BadInput, OneIdError
from app.graph.planner_fields import Found, answered, list_elsewhere, nullable, stored
from app.graph.planner_scalars import Value
from app.identity.graphql import PersonBy, UserError
from app.identity.live.lookup import lookup_keys
from app.rules.model import RuleMalformed
from app.tags import defining
from app.tags.assigning import ALL_BRANDS, Said, Sought, assign, remove
from app.tags.defining import Defined
from app.tags.graphql import Tag
from app.tags.inputs import TagDefinitionInput, definition_of, errors
from app.tags.model import Problem
from app.tags.words import checking, kind_names

_SCOPE = "segment:write"


def _tag(_: Context, arguments: Mapping[str, Any]) -> Found:
    return Found({"key": arguments["key"]})


@strawberry.type(description="What became of a definition.")
class TagPayload:
    tag: Any = stored(
        "The tag as it is now; null when it was refused.",
        of=nullable(Tag),
        look_up=_tag,
    )
    pending: bool = strawberry.field(
        description="Whether people are still to be taken through it: the job refresh-tags does."
    )
    user_errors: list[UserError] = strawberry.field(description="Why it was refused; nothing was stored.")
    given: strawberry.Private[Mapping[str, Any]]


def _people(context: Context, arguments: Mapping[str, Any]) -> Found:
    return Found({"oneIds": list(arguments["one_ids"]) if context.may("profile:read") else []})


@strawberry.type(description="What became of a tag that was set or taken off.")
class TaggedPayload:
    changed: bool = strawberry.field(description="Whether it is carried otherwise than before.")
    people: Any = stored(
        "The people that it is about, as they are now; none without the scope profile:read.",
        of=list_elsewhere("Person", "app.profile.graphql"),
        look_up=_people,
    )
    user_errors: list[UserError] = strawberry.field(description="Why it was refused; nothing was stored.")
    given: strawberry.Private[Mapping[str, Any]]


async def tag_define(
    context: Context, tag: Mapping[str, Any], reason: str, version: int | None = None
) -> TagPayload:
    """Defines a tag, or changes it."""
    if no := _all_brands(context):
        return _defined(Defined(problems=(no,)))
    try:
        given = definition_of(tag)
    except RuleMalformed as error:
        message = "; ".join(f"{'.'.join(one.field)}: {one.message}" for one in error.problems)
        raise BadInput(message, field=("tag", "rule", *error.field), suggestion=error.suggestion) from None
    forbidden = frozenset() if context.may("pii:read") else frozenset({"name"})
    done = await defining.define(
        context.identity,
        given,
        context.caller.name,
        reason,
        kinds=kind_names(),
        check=await checking(context.identity, given.rule, forbidden),
        version=version,
    )
    return _defined(done, at=("tag",))


async def tag_delete(context: Context, key: str, reason: str) -> TagPayload:
    """Takes a tag out of use."""
    if no := _all_brands(context):
        return _defined(Defined(problems=(no,)))
    return _defined(await defining.retire(context.identity, key, context.caller.name, reason))


def _all_brands(context: Context) -> Problem | None:
    if context.caller.brands is None:
        return None
    return Problem((), "FORBIDDEN", "tags are defined for all brands together")


def _defined(done: Defined, at: tuple[str, ...] = ()) -> TagPayload:
    own = ("reason", "version", "key") if not at else ("reason", "version")
    found = [
        Problem(
            no.field if no.field[:1] and no.field[0] in own else (*at, *no.field),
            no.code,
            no.message,
            no.allowed,
            no.suggestion,
        )
        for no in done.problems
    ]
    key = done.tag.key if done.tag else None
    return TagPayload(tag=None, pending=done.pending, user_errors=errors(found), given={"key": key})


async def tag_assign(context: Context, tag: str, **given: Any) -> TaggedPayload:
    """Sets a tag by hand."""
    said, sought, problems = _asked(context, given)
    if problems or sought is None:
        return _tagged(problems)
    done = await assign(context.identity, tag, [(sought, given.get("value"))], said)
    return _tagged([done]) if isinstance(done, Problem) else _done(done.changed, done.one_ids, done.refused)


async def tag_remove(context: Context, tag: str, **given: Any) -> TaggedPayload:
    """Takes a tag off that was set by hand or by a source."""
    said, sought, problems = _asked(context, given)
    if problems or sought is None:
        return _tagged(problems)
    done = await remove(context.identity, tag, [sought], said)
    return _tagged([done]) if isinstance(done, Problem) else _done(done.changed, done.one_ids, done.refused)


def _done(changed: int, one_ids: Iterable[str], refused: Mapping[int, Problem]) -> TaggedPayload:
    return _tagged(refused.values(), changed=bool(changed), one_ids=sorted(one_ids))


def _tagged(
    problems: Iterable[Problem], *, changed: bool = False, one_ids: Iterable[str] = ()
) -> TaggedPayload:
    found = errors(problems)
    return TaggedPayload(
        changed=changed, people=None, user_errors=found, given={"one_ids": [] if found else list(one_ids)}
    )


def _asked(context: Context, given: Mapping[str, Any]) -> tuple[Said, Sought | None, list[Problem]]:
    """Who says it and of whom, and everything that is wrong with the words."""
    problems, brands, now = [], context.caller.brands, datetime.now(UTC)
    reason, until, brand = given["reason"], given.get("until"), given.get("brand")
    if not reason.strip():
        problems.append(Problem(("reason",), "REASON_REQUIRED", "a reason is needed"))
    if until is not None and (until if until.tzinfo else until.replace(tzinfo=UTC)) <= now:
        problems.append(Problem(("until",), "OUT_OF_RANGE", "it ends before it begins"))
    if brands is not None:
        brand = brand or (next(iter(brands)) if len(brands) == 1 else None)
        if brand not in brands:
            allowed = tuple(sorted(brands))
            problems.append(Problem(("brand",), "FORBIDDEN", "say for which of your brands", allowed))
    person, dependent = given.get("person"), given.get("dependent")
    if (person is None) == (dependent is None):
        problems.append(Problem(("person",), "ONE_OF", "give a person or a dependent"))
    try:
        sought = None if problems else _sought(context, person, dependent)
    except OneIdError as error:
        sought = None
        problems.append(Problem(("person", "identifier", "kind"), error.code, error.message))
    said = Said(
        context.caller.name,
        reason.strip(),
        now,
        brand or ALL_BRANDS,
        until,
        brands=None if brands is None else sorted(brands),
    )
    return said, sought, problems


def _sought(context: Context, person: Mapping[str, Any] | None, dependent: str | None) -> Sought:
    if person is None:
        return Sought(dependent=dependent)
    if person.get("oneId") is not None:
        return Sought(one_id=person["oneId"])
    if person.get("identifier") is None:
        raise BadInput("a person is named by its OneID or an identifier here", code="ONE_OF")
    one = person["identifier"]
    keys = lookup_keys(context.policy, context.keyring, one["kind"], one.get("scope") or "*", one["value"])
    return Sought(keys=keys)


def _define(tag: TagDefinitionInput, reason: str, version: int | None = strawberry.UNSET) -> Any: ...


def _delete(key: strawberry.ID, reason: str) -> Any: ...


def _assign(
    tag: strawberry.ID,
    reason: str,
    person: PersonBy | None = strawberry.UNSET,
    dependent: strawberry.ID | None = strawberry.UNSET,
    value: Value | None = strawberry.UNSET,
    until: datetime | None = strawberry.UNSET,
    brand: str | None = strawberry.UNSET,
) -> Any: ...


def _remove(
    tag: strawberry.ID,
    reason: str,
    person: PersonBy | None = strawberry.UNSET,
    dependent: strawberry.ID | None = strawberry.UNSET,
) -> Any: ...


@strawberry.type
class TagMutations:
    tag_define: TagPayload = answered(
        tag_define,
        "Defines a tag, or changes it: every version is kept. With `version`, only if that one is in force.",
        of=TagPayload,
        arguments=_define,
        scope=_SCOPE,
    )
    tag_delete: TagPayload = answered(
        tag_delete,
        "Takes a tag out of use: nobody carries it any more. Refused while a rule asks about it.",
        of=TagPayload,
        arguments=_delete,
        scope=_SCOPE,
    )
    tag_assign: TaggedPayload = answered(
        tag_assign,
        "Sets a tag of a person or a dependent by hand; rules never take it off.",
        of=TaggedPayload,
        arguments=_assign,
        scope=_SCOPE,
    )
    tag_remove: TaggedPayload = answered(
        tag_remove,
        "Takes off a tag that was set by hand or by a source; what they said up to now does not bring it "
        "back.",
        of=TaggedPayload,
        arguments=_remove,
        scope=_SCOPE,
    )
