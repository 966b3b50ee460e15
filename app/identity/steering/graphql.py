"""What people decide about identity, as mutations. A refusal is a `userErrors` entry and stores nothing."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import strawberry

from app.context import Context
from app.graph.planner_fields import Found, answered, list_elsewhere, stored
from app.identity.graphql import IdentifierInput, PersonBy, UserError
from app.identity.operations import Refused
from app.identity.steering import decisions
from app.identity.steering.refusals import advice
from app.identity.steering.service import WORDS, Answer, steer

_SCOPE = "identity:write"


@strawberry.type(description="An identifier that an erasure takes away, as everybody may see it.")
class ErasedIdentifier:
    kind: str = strawberry.field(description="Its kind.")
    scope: str = strawberry.field(description="The brand or app that it belongs to; `*` without one.")
    display: str = strawberry.field(description="Its name, masked where it is personal.")


@strawberry.type(description="What an erasure takes away, or would take away.")
class Erasure:
    identifiers: list[ErasedIdentifier] = strawberry.field(description="The identifiers.")
    evidence: int = strawberry.field(description="Pairs of identifiers seen together.")
    decisions: int = strawberry.field(description="Links, unlinks and never-links.")
    facts: int = strawberry.field(description="Orders, messages, events and the like that hang on them.")
    operations: int = strawberry.field(description="Operations of the audit trail that lose what they say.")


def _people(context: Context, arguments: Mapping[str, Any]) -> Found:
    return Found({"oneIds": list(arguments["one_ids"]) if context.may("profile:read") else []})


@strawberry.type(description="What became of an operation.")
class IdentityPayload:
    operation: strawberry.ID | None = strawberry.field(
        description="Its id, for `undo`; null when it was refused, and of a dry run."
    )
    people: Any = stored(
        "The people that it concerned, as they are now; none without the scope profile:read.",
        of=list_elsewhere("Person", "app.profile.graphql"),
        look_up=_people,
    )
    pending: bool = strawberry.field(
        description="Whether a cluster was too large to be decided at once; a job does."
    )
    erasure: Erasure | None = strawberry.field(description="What an erasure took, or would take.")
    user_errors: list[UserError] = strawberry.field(description="Why it was refused; nothing was stored.")
    given: strawberry.Private[Mapping[str, Any]]


def payload(answer: Answer) -> IdentityPayload:
    """The answer of an operation as callers get it."""
    return IdentityPayload(
        operation=None if answer.operation is None else strawberry.ID(answer.operation),
        people=None,
        pending=answer.pending,
        erasure=_erasure(answer.erasure),
        user_errors=[_error(no) for no in answer.problems],
        given={"one_ids": answer.one_ids},
    )


def _erasure(found: decisions.Erasure | None) -> Erasure | None:
    if found is None:
        return None
    identifiers = [ErasedIdentifier(kind=k, scope=s, display=name) for k, s, name in found.identifiers]
    return Erasure(
        identifiers=identifiers,
        evidence=found.evidence,
        decisions=found.decisions,
        facts=found.facts,
        operations=found.operations,
    )


def _error(no: Refused) -> UserError:
    return UserError(field=list(no.field), code=no.code, message=no.message, suggestion=advice(no))


def _mutation(name: str, description: str, arguments: Any) -> Any:
    """The mutation that runs one operation."""

    async def run(context: Context, **given: Any) -> IdentityPayload:
        if context.caller.brands is not None:
            no = Refused("FORBIDDEN", "identity is decided for all brands together")
            return payload(Answer(problems=[no]))
        reason, dry_run = given.pop("reason"), bool(given.pop("dryRun", False))
        fields = {word: _plain(given.get(word)) for words in WORDS[name] for word in words}
        if "operation" in fields:
            fields["operation"] = operation_id(fields["operation"])
        by = context.caller.name
        return payload(await steer(context.identity, name, fields, by, reason, dry_run=dry_run))

    return answered(run, description, of=IdentityPayload, arguments=arguments, scope=_SCOPE)


def _plain(value: Any) -> Any:
    """An input as plain values: a scope that was not said is `*`."""
    if isinstance(value, Mapping):
        plain = {key: _plain(item) for key, item in value.items()}
        return plain | {"scope": plain.get("scope") or "*"} if "kind" in plain else plain
    return value


def operation_id(given: str) -> str:
    """An operation's id, also of the global id that `node` takes."""
    try:
        typename, _, key = b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return given
    return key if typename == "Operation" else given


def _link(a: IdentifierInput, b: IdentifierInput, reason: str) -> Any: ...


def _unlink(
    reason: str,
    identifier: IdentifierInput | None = strawberry.UNSET,
    a: IdentifierInput | None = strawberry.UNSET,
    b: IdentifierInput | None = strawberry.UNSET,
) -> Any: ...


def _block(
    kind: str, reason: str, value: str | None = strawberry.UNSET, pattern: str | None = strawberry.UNSET
) -> Any: ...


def _erase(
    reason: str,
    identifier: IdentifierInput | None = strawberry.UNSET,
    person: PersonBy | None = strawberry.UNSET,
    dry_run: bool = False,
) -> Any: ...


def _restore(identifier: IdentifierInput, reason: str) -> Any: ...


def _undo(operation: strawberry.ID, reason: str) -> Any: ...


def _replace_card(card: IdentifierInput, by: IdentifierInput, reason: str) -> Any: ...


@strawberry.type
class SteeringMutations:
    link: IdentityPayload = _mutation(
        "link", "Says that two identifiers are of one person, if the two people can be one.", _link
    )
    unlink: IdentityPayload = _mutation(
        "unlink",
        "Takes a pair apart, or everything that joins an identifier: what was seen up to now stops counting.",
        _unlink,
    )
    never_link: IdentityPayload = _mutation(
        "neverLink", "Says that two identifiers are never of one person; either may come only later.", _link
    )
    block: IdentityPayload = _mutation(
        "block", "Says that a value, or what a pattern finds, identifies nobody; `*` is every kind.", _block
    )
    erase: IdentityPayload = _mutation(
        "erase",
        "Deletes an identifier, or everything of a person, for good: only `restore` and new observations "
        "bring it back. With `dryRun` it says what would go, and stores nothing.",
        _erase,
    )
    restore: IdentityPayload = _mutation(
        "restore", "Consent has returned: what is observed from now on counts for the identifier.", _restore
    )
    undo: IdentityPayload = _mutation(
        "undo", "Takes an operation back exactly: its people are those of before, under their OneIDs.", _undo
    )
    replace_card: IdentityPayload = _mutation(
        "replaceCard",
        "Moves a lost card to a new number; the old one still leads to the person.",
        _replace_card,
    )
