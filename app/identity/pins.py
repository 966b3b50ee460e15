"""What people decide about identifiers, as it changes a ledger: pins that a recompute never deletes.

Pure; whether an operation may hold at all is `app.identity.operations`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.identity.evidence import Link, Never, Pair, Said, Tombstone, Unlink, pair_of
from app.identity.ledger import Ledger
from app.identity.normalise import Blocklist
from app.identity.policy import Blocked


def pairs_of(ledger: Ledger, key: str) -> list[Pair]:
    """The pairs that an unlink of the identifier takes apart: those with evidence, or a link that
    holds.
    """
    pairs = (pair_of(key, other) for other in ledger.near.get(key, ()))
    return sorted(pair for pair in pairs if pair in ledger.evidence or ledger.link_that_holds(pair))


def unlink(ledger: Ledger, pairs: Iterable[Pair], at: int, said: Said) -> int:
    """Take pairs apart. Returns the time the unlink holds for: never before the newest sighting of its
    pairs.
    """
    pairs = list(pairs)
    until = max([at, *(ledger.evidence[pair].newest for pair in pairs if pair in ledger.evidence)])
    run = ledger.next_run()
    for pair in pairs:
        ledger.unlinks.setdefault(pair, []).append(Unlink(until, run, ledger.evidence.pop(pair, None), said))
        ledger.connect(pair)
    return until


def link(ledger: Ledger, pair: Pair, at: int, said: Said) -> None:
    """Two identifiers are of one person."""
    ledger.links.setdefault(pair, []).append(Link(at, ledger.next_run(), said))
    ledger.connect(pair)


def never_link(ledger: Ledger, pair: Pair, at: int, said: Said) -> None:
    """Two identifiers are never of one person."""
    ledger.nevers.setdefault(pair, []).append(Never(at, ledger.next_run(), said))
    ledger.connect(pair)


def block(ledger: Ledger, entry: Blocked) -> None:
    """Values that identify nobody from now on; those that are stored are taken out."""
    ledger.by_hand = (*ledger.by_hand, entry)
    ledger.blocked_by_hand = Blocklist(ledger.policy, ledger.by_hand)
    for one in ledger.identifiers.values():
        one.blocked = one.blocked or ledger.blocks(one)


def erase(ledger: Ledger, keys: Iterable[str], at: int, group: str | None = None) -> None:
    """Forget identifiers, and leave a tombstone for each of their forms; the time of an erasure only
    grows.
    """
    for key in list(keys):
        for form in ledger.same(key):
            ledger.forget(form)
            before = ledger.tombstones.get(form)
            erased = at if before is None else max(at, before.erased)
            ledger.tombstones[form] = Tombstone(erased, group or key)


def restore(ledger: Ledger, keys: Iterable[str], at: int, said: Said) -> None:
    """Lift the tombstones of these forms, and of all known to be the same, for observations after `at`."""
    groups = {ledger.tombstones[key].group for key in keys if key in ledger.tombstones}
    for key, stone in ledger.tombstones.items():
        if stone.group in groups and stone.restored is None:
            ledger.tombstones[key] = replace(stone, restored=at, lifted=(said.operation,))


def expire(ledger: Ledger, at: int) -> None:
    """An expiry run: identifiers unseen for their kind's ttl at this time are out until seen again."""
    ledger.expired_at = at if ledger.expired_at is None else max(ledger.expired_at, at)
