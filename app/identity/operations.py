"""What people decide about identity, and when it cannot hold. Pure: an operation either changes the ledger
or is refused.

Rules and refusal codes: design page "identity", "What people do with it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from app.access.sealing import mask
from app.errors import NotAllowed
from app.identity import pins
from app.identity.cluster import Decision, decide
from app.identity.evidence import UNSAID, Pair, Said, pair_of
from app.identity.ledger import Ledger
from app.identity.normalise import normalise
from app.identity.parts import Parts
from app.identity.policy import Blocked
from app.identity.rule import ACTIVE, Rule
from app.identity.screen import wellformed
from app.identity.sighting import Seen


class Refused(NotAllowed):
    """The operation cannot hold; nothing was stored. `code` says why, `field` which part of the operation
    it is about.
    """

    def __init__(self, code: str, message: str, field: tuple[str, ...] = ()) -> None:
        super().__init__(message, code=code, field=field)


Deciding = Callable[[Ledger], Decision]
"""How the components of now are found: all of a whole ledger, or those of the part that the live service
has opened.
"""


def operate(
    ledger: Ledger,
    name: str,
    fields: Mapping[str, Any],
    at: int,
    said: Said = UNSAID,
    deciding: Deciding = decide,
) -> None:
    """Run one operation at a time in microseconds. Raises `Refused`."""
    if name not in OPERATIONS:
        raise Refused(
            "UNKNOWN_OPERATION", f"no operation is called {name!r}: {', '.join(OPERATIONS)}", ("op",)
        )
    OPERATIONS[name](ledger, fields, at, said, deciding)


def named(ledger: Ledger, identifier: Any, path: str) -> Seen:
    """The identifier that an operation names. Raises `Refused` for what cannot be one."""
    given = identifier if isinstance(identifier, Mapping) else {}
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in ledger.policy.kinds:
        raise Refused("UNKNOWN_KIND", f"the policy has no kind {kind!r}", (path, "kind"))
    if not wellformed(given.get("value")):
        raise Refused("MALFORMED_VALUE", "a text of at most 1,024 characters is needed", (path, "value"))
    scope = given.get("scope")
    return Seen(
        kind, "*" if scope is None else str(scope), normalise(ledger.policy.kinds[kind], given["value"]), 0
    )


def stored_keys(ledger: Ledger, seen: Seen) -> list[str]:
    """The stored identifiers that a value names: itself, by its hash, or the hashes of it that came without
    it.
    """
    key = ledger.lookup(seen)
    if key in ledger.identifiers:
        return [key]
    return [
        form for form in ledger.form_keys(seen.kind, seen.scope, seen.value) if form in ledger.identifiers
    ]


def stored(ledger: Ledger, identifier: Any, path: str) -> str:
    """The stored identifier that an operation names. Raises `Refused` NOT_FOUND."""
    seen = named(ledger, identifier, path)
    key = ledger.lookup(seen)
    if key not in ledger.identifiers:
        raise Refused("NOT_FOUND", f"no {seen.kind} like that is stored", (path,))
    return key


def known_or_to_come(ledger: Ledger, identifier: Any, path: str) -> list[str]:
    """What a pin hangs on: an identifier that may come only later, or the hashes of it that came before."""
    seen = named(ledger, identifier, path)
    key = ledger.lookup(seen)
    if key in ledger.tombstones and ledger.tombstones[key].restored is None:
        raise Refused("NOT_FOUND", f"the {seen.kind} was erased", (path,))
    return stored_keys(ledger, seen) or [key]


def pinned_pairs(ledger: Ledger, fields: Mapping[str, Any]) -> list[Pair]:
    """The pairs that a pin between two identifiers holds for. Raises `Refused` for one identifier given
    twice.
    """
    ends = [known_or_to_come(ledger, fields.get(path), path) for path in ("a", "b")]
    if set(ends[0]) & set(ends[1]):
        raise Refused("NOT_FOUND", "an identifier and itself", ("b",))
    return [pair_of(a, b) for a in ends[0] for b in ends[1]]


def link(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """Two identifiers are of one person. Refused when the union of their people would not be valid now."""
    ends = [named(ledger, fields.get(path), path) for path in ("a", "b")]
    for seen, path in zip(ends, ("a", "b"), strict=True):
        keys = stored_keys(ledger, seen)
        if ledger.names_nobody(seen.kind, seen.value) or any(ledger.identifiers[key].blocked for key in keys):
            raise Refused("BLOCKED", f"the {seen.kind} identifies nobody", (path,))
    a, b = (stored(ledger, fields.get(path), path) for path in ("a", "b"))
    for key, path in ((a, "a"), (b, "b")):
        if not ledger.live(key) or a == b:
            raise Refused("NOT_FOUND", "expired, or the identifier itself", (path,))
    _check_union(ledger, deciding(ledger), a, b)
    pins.link(ledger, pair_of(a, b), at, said)


def shown(ledger: Ledger, key: str) -> str:
    """An identifier as a message may name it: `kind:value`, masked where the kind is personal."""
    one = ledger.identifiers[key]
    return f"{one.kind}:{mask(one.kind, one.value)}" if ledger.policy.kinds[one.kind].pii else one.display


def _check_union(ledger: Ledger, decision: Decision, a: str, b: str) -> None:
    for code, held in (("SHARED", decision.shared), ("NEUTRAL", decision.neutral)):
        for key, path in ((a, "a"), (b, "b")):
            if key in held:
                raise Refused(code, f"{shown(ledger, key)} is {code.lower()} and joins nobody", (path,))
    people = [decision.resolution.components[decision.component[key]] for key in (a, b)]
    partners: dict[str, list[str]] = {}
    for one, two in ledger.nevers:
        partners.setdefault(one, []).append(two)
        partners.setdefault(two, []).append(one)
    parts = Parts(Rule(ledger.policy), decision.nodes, partners)
    for component in people:
        for key in component:
            parts.join(component[0], key)
    verdict = parts.refusal({parts.find(a), parts.find(b)})
    if verdict.reason != ACTIVE:
        blockers = ", ".join(shown(ledger, key) for key in verdict.blocked_by)
        raise Refused(verdict.reason, f"the two people cannot be one: {blockers}", ("a", "b"))


def unlink(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """Take a pair apart, or every pair that an identifier has."""
    if fields.get("identifier") is not None:
        keys = stored_keys(ledger, named(ledger, fields["identifier"], "identifier"))
        pairs = [pair for key in keys for pair in pins.pairs_of(ledger, key)]
    else:
        pairs = pinned_pairs(ledger, fields)
    if not pairs:
        raise Refused("NOT_FOUND", "nothing joins it to anything", ("identifier",))
    pins.unlink(ledger, pairs, at, said)


def never_link(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """Two identifiers are never of one person; either may come only later."""
    for pair in pinned_pairs(ledger, fields):
        pins.never_link(ledger, pair, at, said)


def block(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """A value, or what matches a pattern, identifies nobody."""
    pins.block(ledger, blocked_entry(ledger, fields))


def blocked_entry(ledger: Ledger, fields: Mapping[str, Any]) -> Blocked:
    """What a block names. Raises `Refused` for an unknown kind, and for what is neither a value nor a
    pattern.
    """
    kind, value, pattern = fields.get("kind"), fields.get("value"), fields.get("pattern")
    if not isinstance(kind, str) or (kind != "*" and kind not in ledger.policy.kinds):
        raise Refused("UNKNOWN_KIND", f"the policy has no kind {kind!r}", ("kind",))
    if (value is None) == (pattern is None) or not wellformed(pattern if value is None else value):
        raise Refused(
            "MALFORMED_VALUE", "give a value or a pattern, a text of at most 1,024 characters", ("value",)
        )
    try:
        return Blocked.model_validate(
            {
                "kind": kind,
                "values": [value] if pattern is None else [],
                "patterns": [pattern] if pattern else [],
            }
        )
    except ValidationError as error:
        raise Refused("MALFORMED_VALUE", error.errors()[0]["msg"], ("pattern",)) from None


def erase(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """Delete an identifier, or all of a person's, and drop them from every observation from now on."""
    if fields.get("person") is not None:
        pins.erase(ledger, person_keys(ledger, stored(ledger, fields["person"], "person"), deciding), at)
        return
    seen = named(ledger, fields.get("identifier"), "identifier")
    own = [ledger.lookup(seen), *ledger.form_keys(seen.kind, seen.scope, seen.value)]
    pins.erase(ledger, own, at, group=own[0])


def person_keys(ledger: Ledger, key: str, deciding: Deciding) -> set[str]:
    """A person's identifiers, and the expired ones that would be with them if nothing had expired."""
    if not ledger.live(key):
        raise Refused("NOT_FOUND", "it belongs to nobody now", ("person",))
    decision = deciding(ledger)
    person = set(decision.resolution.components[decision.component[key]])
    always = deciding(replace(ledger, expired_at=None))
    around = {always.component[k] for k in person}
    return person | {
        k for number in around for k in always.resolution.components[number] if not ledger.live(k)
    }


def restore(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """Consent has returned: what is dated after this counts again."""
    seen = named(ledger, fields.get("identifier"), "identifier")
    keys = [
        ledger.key_of(seen.kind, seen.scope, seen.value.text),
        *ledger.form_keys(seen.kind, seen.scope, seen.value),
    ]
    stones = [
        ledger.tombstones[key]
        for key in keys
        if key in ledger.tombstones and ledger.tombstones[key].restored is None
    ]
    if not stones:
        raise Refused("NOT_FOUND", f"no {seen.kind} like that was erased", ("identifier",))
    if at < max(stone.erased for stone in stones):
        raise Refused("BAD_TIME", "before the erasure", ("at",))
    pins.restore(ledger, keys, at, said)


def expire(ledger: Ledger, fields: Mapping[str, Any], at: int, said: Said, deciding: Deciding) -> None:
    """An expiry run."""
    pins.expire(ledger, at)


Operation = Callable[[Ledger, Mapping[str, Any], int, Said, Deciding], None]
OPERATIONS: dict[str, Operation] = {
    "link": link,
    "unlink": unlink,
    "neverLink": never_link,
    "block": block,
    "erase": erase,
    "restore": restore,
    "expire": expire,
}
