"""How an observation changes a ledger: what of it is admitted, which hashes it shows to be which values, and
what it adds to the evidence.

Pure, like the ledger. Rules: design page "identity", "Policy" and "What people do with it".
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from app.identity.evidence import Evidence, Identifier, Pair, Tombstone, pair_of, together
from app.identity.facts import ACCOUNT, fold
from app.identity.ledger import Ledger
from app.identity.screen import without_own_hashes
from app.identity.sighting import Notice, Seen, Sighting, dropped


def observe(ledger: Ledger, sighting: Sighting) -> Notice | list[Notice]:
    """Take in what was seen together. Returns the warnings, or the notice of a rejection, which stores
    nothing.
    """
    warnings = list(sighting.warnings)
    admitted, buried = [], _buried(ledger, sighting)
    for seen in sighting.identifiers:
        known = ledger.identifiers.get(ledger.lookup(seen))
        if ledger.blocked_by_hand.blocks(seen.kind, seen.value) or (known is not None and known.blocked):
            warnings.append(dropped(sighting.id, seen, "BLOCKED", "the value identifies nobody"))
        elif seen.plain not in buried:
            admitted.append(seen)
    kept = {ledger.lookup(seen): seen for seen in reversed(without_own_hashes(admitted))}
    if sighting.has_facts and not kept:
        return Notice(
            sighting.id,
            "NO_IDENTIFIER",
            "it has facts and no identifier is left to hang them on",
            ("identifiers",),
        )
    for seen in sighting.identifiers:
        _spread_tombstones(ledger, seen)
    for key, seen in kept.items():
        _admit(ledger, key, seen, sighting)
    for a, b in combinations(sorted(kept), 2):
        _see(ledger, (a, b), sighting)
    _learn(ledger, kept, sighting)
    return warnings


def _learn(ledger: Ledger, kept: Collection[str], sighting: Sighting) -> None:
    """Take in what the account among the identifiers says of itledger."""
    if sighting.said:
        for key in kept:
            if ledger.identifiers[key].kind == ACCOUNT:
                fold(ledger.facts.setdefault(key, {}), key, sighting.at, sighting.said, ledger.name_order)


def _buried(ledger: Ledger, sighting: Sighting) -> set[str]:
    """What an erasure drops from an observation: values with a tombstone, and all their forms."""
    if not ledger.tombstones:
        return set()
    gone = [seen for seen in sighting.identifiers if _dropped(ledger, seen, sighting.at)]
    forms = {f"{seen.kind}|{seen.scope}|{form}" for seen in gone for form in seen.value.forms}
    return forms | {seen.plain for seen in gone}


def _dropped(ledger: Ledger, seen: Seen, at: int) -> bool:
    keys = [
        ledger.key_of(seen.kind, seen.scope, seen.value.text),
        *ledger.form_keys(seen.kind, seen.scope, seen.value),
    ]
    return any(key in ledger.tombstones and ledger.tombstones[key].drops(at) for key in keys)


def _spread_tombstones(ledger: Ledger, seen: Seen) -> None:
    """A plain value that meets a tombstone gets one for each form, and what hangs on those forms goes
    too.
    """
    if not ledger.tombstones or not seen.value.forms:
        return
    key = ledger.key_of(seen.kind, seen.scope, seen.value.text)
    keys = [key, *ledger.form_keys(seen.kind, seen.scope, seen.value)]
    met = [ledger.tombstones[k] for k in keys if k in ledger.tombstones]
    if not met or (len({stone.group for stone in met}) == 1 and len(met) == len(keys)):
        return
    lifted = [stone.restored for stone in met if stone.restored is not None]
    restored = max(lifted) if len(lifted) == len(met) else None
    operations = {operation for s in met for operation in s.lifted} if restored is not None else ()
    stone = Tombstone(max(s.erased for s in met), key, restored, tuple(sorted(operations)))
    for k in keys:
        if k not in ledger.identifiers or stone.drops(ledger.identifiers[k].last):
            ledger.forget(k)
        ledger.tombstones[k] = stone


def _admit(ledger: Ledger, key: str, seen: Seen, sighting: Sighting) -> None:
    brands = (sighting.brand,) if sighting.brand else ()
    one = ledger.identifiers.get(key)
    if one is None:
        one = Identifier(key, seen.plain, seen.kind, seen.scope, sighting.at, sighting.at, brands)
        ledger.identifiers[key] = one
    else:
        one.first, one.last = min(one.first, sighting.at), max(one.last, sighting.at)
        one.brands = together(one.brands, brands)
    # Also of one that is known: another hash of it may have led here first, in this very unit of work.
    for form in ledger.form_keys(seen.kind, seen.scope, seen.value):
        if ledger.aliases.get(form) != key:
            _know(ledger, form, key)


def _know(ledger: Ledger, form: str, key: str) -> None:
    """From now on the form is this identifier; what hung on the form moves to it."""
    ledger.aliases[form] = key
    if form in ledger.identifiers or ledger.near.get(form):
        _move(ledger, form, key)


def _see(ledger: Ledger, pair: Pair, sighting: Sighting) -> None:
    at, sources = sighting.at, (sighting.source,) if sighting.source else ()
    brands = (sighting.brand,) if sighting.brand else ()
    ledger.fold(pair, Evidence(at, at, at, sighting.verified, sources, brands))


def _move(ledger: Ledger, old: str, new: str) -> None:
    """Everything that hangs on a hash goes over to its plain value."""
    gone, one = ledger.identifiers.get(old), ledger.identifiers[new]
    if gone is not None:
        one.first, one.last = min(one.first, gone.first), max(one.last, gone.last)
        one.brands = together(one.brands, gone.brands)
    ledger.moved[old] = new
    for other in list(ledger.near.get(old, ())):
        _move_pair(ledger, pair_of(old, other), pair_of(new, other), itself=other == new)
    ledger.drop(old)


def _move_pair(ledger: Ledger, old: Pair, new: Pair, *, itself: bool) -> None:
    both = [ledger.evidence.pop(old, None), ledger.evidence.pop(new, None)]
    links, unlinks, nevers = (
        ledger.links.pop(old, []),
        ledger.unlinks.pop(old, []),
        ledger.nevers.pop(old, []),
    )
    if itself:
        return
    ledger.connect(new)
    if links:
        ledger.links.setdefault(new, []).extend(links)
    if unlinks:
        ledger.unlinks.setdefault(new, []).extend(unlinks)
    if nevers:
        ledger.nevers.setdefault(new, []).extend(nevers)
    for evidence in both:
        if evidence is not None:
            ledger.fold(new, evidence)
