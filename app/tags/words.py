"""What rules of tags may name: what the deployment declares, and what is in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from app.dependents import kinds
from app.identity.policy import Policy
from app.identity.service import Identity
from app.profile import attribute_rules
from app.rules.check import problems
from app.rules.model import Rule
from app.rules.names import told
from app.rules.vocabulary import Declared, TagWord, Type, read_vocabulary
from app.settings import settings
from app.tags.defining import CheckRule
from app.tags.definitions import Definitions
from app.tags.model import Problem

_DEPENDENT: Mapping[str, Type] = {
    "text": "text",
    "number": "number",
    "date": "date",
    "choice": "choice",
    "list": "list",
}


def declared(policy: Policy) -> Declared:
    """What the deployment's files say that people, their dependents and their identifiers have."""
    people = attribute_rules.declared()
    return Declared(
        attributes={name: people.type_of(name) for name in people.rules},
        kinds={
            name: {attribute: _DEPENDENT[one.type] for attribute, one in kind.attributes.items()}
            for name, kind in kinds.declared().kinds.items()
        },
        identifiers=sorted(policy.kinds),
        currency=settings().currency,
    )


def kind_names() -> tuple[str, ...]:
    """The kinds of dependents that a tag may be about."""
    return tuple(kinds.declared().kinds)


async def checking(identity: Identity, rule: Rule | None, forbidden: frozenset[str]) -> CheckRule:
    """What says what is wrong with the rule, given the tags and segments that there are when it is written.

    forbidden: attributes that the caller may not ask about.
    """
    rules = [] if rule is None else [rule]
    said = declared(identity.state.policy)
    reader = identity.graph.reader()
    known = await read_vocabulary(reader, *rules, declared=said)
    asked = [] if "name" in forbidden else rules
    _, beyond = await told(reader, identity.keyring, asked, known.settings(datetime.now(UTC), "UTC"))

    def check(one: Rule, now: Definitions) -> list[Problem]:
        tags = {key: TagWord(tag.subject, tag.value_type) for key, tag in now.tags.items()}
        there = replace(known, tags=tags, segments=now.segments)
        clock = now.evaluation(datetime.now(UTC)).clock
        found = problems(one, there, clock, forbidden=forbidden) or beyond
        return [Problem(no.field, no.code, no.message, no.allowed, no.suggestion) for no in found]

    return check
