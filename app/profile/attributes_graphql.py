"""The resolved attributes of a person as callers read them.

A caller of all brands reads what is stored on the person. For a caller of some the same rules decide among
the accounts that it may see, when it asks. Names are masked for callers without the scope pii:read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import strawberry

from app.access.sealing import mask_name
from app.context import Context
from app.graph.planner_fields import Found, list_elsewhere, search_elsewhere, stored
from app.graph.planner_scalars import Value
from app.graph.planner_shapes import global_id
from app.profile.attribute_rules import field_of
from app.profile.attributes import Resolved, Word
from app.profile.words import Holder, Words, resolving
from app.rules.graphql import DependentWhere

_FILE = "Person.attributes"


@strawberry.type(description="The identifier that a word hangs on.")
class WordIdentifier:
    id: strawberry.ID = strawberry.field(description="Its global id, for `node`.")
    kind: str = strawberry.field(description="Its kind: member; of a correction any.")
    scope: str = strawberry.field(description="The brand or app that it belongs to; `*` without one.")
    display: str = strawberry.field(description="Its name, masked where it is personal.")


@strawberry.type(description="What one account says of an attribute, or somebody corrected, and did not win.")
class AttributeCandidate:
    value: Value = strawberry.field(description="The value; a day as text, a name masked without pii:read.")
    source: str | None = strawberry.field(description="Who said it; of a correction, who made it.")
    at: datetime = strawberry.field(description="When it was said.")
    corrected: bool = strawberry.field(description="Whether it is a correction by hand, and not the newest.")
    identifier: WordIdentifier = strawberry.field(description="What it hangs on.")


@strawberry.type(description="An attribute of a person, with where its value comes from and what it beat.")
class ResolvedAttribute:
    name: str = strawberry.field(description="name, gender, birthday, city, or a declared one.")
    value: Value = strawberry.field(description="The value; a day as text, a name masked without pii:read.")
    source: str | None = strawberry.field(description="Who said it; of a correction, who made it.")
    at: datetime = strawberry.field(description="When it was said.")
    corrected: bool = strawberry.field(description="Whether it was corrected by hand, which outranks all.")
    reason: str | None = strawberry.field(description="Why it was corrected, in their words.")
    identifier: WordIdentifier = strawberry.field(description="What it hangs on.")
    candidates: list[AttributeCandidate] = strawberry.field(
        description="All other words, the best first: also those that say the same."
    )


def _all(context: Context, _: Mapping[str, Any]) -> Found:
    return Found({"stored": None, "fields": resolving().fields})


def _of(name: str) -> Callable[[Context, Mapping[str, Any]], Found]:
    """The stored value alone: a name sealed or masked."""

    def found(context: Context, _: Mapping[str, Any]) -> Found:
        own = {"name": "sealedName" if context.may("pii:read") else "nameMasked"}
        return Found({"stored": own.get(name, field_of(name)), "fields": resolving().fields})

    return found


def _one(name: str) -> Callable[[Context, Any], Any]:
    def made(context: Context, cell: Any) -> Any:
        if isinstance(cell, list):
            own = resolving()
            found = own.resolved(own.words(context.keyring, cell)).get(name)
            return None if found is None else _shown(context, name, found.value)
        return context.keyring.unseal(bytes(cell)) if isinstance(cell, bytes | bytearray) else _plain(cell)

    return made


def _attributes(context: Context, cells: list[Any]) -> list[dict[str, Any]]:
    own = resolving()
    words = own.words(context.keyring, cells)
    return [_told(context, words, name, one) for name, one in own.resolved(words).items()]


def _told(context: Context, words: Words, name: str, one: Resolved) -> dict[str, Any]:
    told = _word(context, words, name, one.value, one.word)
    beaten = [_word(context, words, name, value, word) for value, word in one.beaten]
    return told | {"name": name, "reason": one.word.reason, "candidates": beaten}


def _word(context: Context, words: Words, name: str, value: Any, word: Word) -> dict[str, Any]:
    return {
        "value": _shown(context, name, value),
        "source": word.source,
        "at": _time(word.at),
        "corrected": word.corrected,
        "identifier": _identifier(word.key, words.holders[word.key]),
    }


def _identifier(key: str, holder: Holder) -> dict[str, str]:
    own = {"kind": holder.kind, "scope": holder.scope, "display": holder.display}
    return own | {"id": global_id("Identifier", key)}


def _shown(context: Context, name: str, value: Any) -> Any:
    if name == "name" and not context.may("pii:read"):
        return mask_name(str(value))
    return _plain(value)


def _plain(value: Any) -> Any:
    """A day as text, also of the database's own type."""
    return value if isinstance(value, str | bool | int | float) else value.isoformat()[:10]


def _time(at: int) -> str:
    """Microseconds since 1970 as other times leave the database: without zeros at the end."""
    text = (
        datetime.fromtimestamp(at // 1_000_000, UTC)
        .replace(microsecond=at % 1_000_000, tzinfo=None)
        .isoformat()
    )
    return (text.rstrip("0") if "." in text else text) + "Z"


def _like(
    kinds: list[str] | None = strawberry.UNSET, where: DependentWhere | None = strawberry.UNSET
) -> Any: ...


@strawberry.type
class Known:
    """What is known of a person, out of all that member accounts say and what was corrected by hand."""

    name: str | None = stored(
        "The name; masked for callers without the scope pii:read.",
        look_up=_of("name"),
        make=_one("name"),
        file=_FILE,
    )
    gender: str | None = stored(
        "`male`, `female`, or as the source said it.", look_up=_of("gender"), make=_one("gender"), file=_FILE
    )
    birthday: date | None = stored(
        "The birthday.", look_up=_of("birthday"), make=_one("birthday"), file=_FILE
    )
    city: str | None = stored("The city.", look_up=_of("city"), make=_one("city"), file=_FILE)
    attributes: list[ResolvedAttribute] = stored(
        "All resolved attributes that have a value, those of the deployment included, each with its source, "
        "its time and the words that it beat.",
        look_up=_all,
        make=_attributes,
    )
    dependents: Any = stored(
        "Babies, pets, appliances and what else the person looks after, of some kinds or of all. One that "
        "several sources registered is shown once. `where` tests each as the condition `dependent` of a rule "
        "does.",
        of=list_elsewhere("Dependent", "app.dependents.graphql"),
        arguments=_like,
        search=search_elsewhere("dependents", "app.segments.filtering"),
    )
