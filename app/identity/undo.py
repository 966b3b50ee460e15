"""Taking one operation back. Pure: what it pinned goes, and everything that follows from that comes back.

An undo lifts what the operation itself decided and decides nothing of its own: a link's pin goes, an unlink's
sightings are folded back, a restored tombstone holds again. What cannot be joined then shows as suppressed,
like any other evidence. An erasure keeps nothing that could be brought back, and an undo is done again by
doing the operation again. Rule: design page "identity", "What people do with it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.identity.evidence import Link, Never, Pair, Tombstone, Unlink
from app.identity.ledger import Ledger
from app.identity.normalise import Blocklist
from app.identity.operations import Refused, blocked_entry

Pin = TypeVar("Pin", Link, Unlink, Never)


@dataclass(frozen=True, slots=True)
class Past:
    """An operation that ran: the id that its pins carry, its name, what it was given, whether it was
    undone.
    """

    id: str
    name: str
    fields: Mapping[str, Any]
    undone: bool = False


def undo(ledger: Ledger, past: Past | None) -> None:
    """Take an operation back. Raises `Refused`; nothing has changed then.

    NOT_FOUND (there is none), NOT_UNDOABLE (an erasure, an undo), ALREADY_UNDONE, NOTHING_LEFT (what it
    decided has been erased since).
    """
    if past is None:
        raise Refused("NOT_FOUND", "no operation has this id", ("operation",))
    if past.name not in TAKES_BACK:
        raise Refused("NOT_UNDOABLE", f"{past.name} cannot be undone", ("operation",))
    if past.undone:
        raise Refused("ALREADY_UNDONE", "it has been undone already", ("operation",))
    if not TAKES_BACK[past.name](ledger, past):
        raise Refused("NOTHING_LEFT", "what it decided has been erased since", ("operation",))


def _taken(ledger: Ledger, pins: dict[Pair, list[Pin]], operation: str) -> list[tuple[Pair, Pin]]:
    """Take an operation's pins out of the ledger."""
    taken = [(pair, pin) for pair, held in pins.items() for pin in held if pin.said.operation == operation]
    for pair, pin in taken:
        pins[pair].remove(pin)
        if not pins[pair]:
            del pins[pair]
    for pair, _ in taken:
        _loosen(ledger, pair)
    return taken


def _loosen(ledger: Ledger, pair: Pair) -> None:
    """Two identifiers between which nothing is left are no neighbours."""
    a, b = pair
    if not any(pair in held for held in (ledger.evidence, ledger.links, ledger.unlinks, ledger.nevers)):
        ledger.near[a].discard(b)
        ledger.near[b].discard(a)


def _link(ledger: Ledger, past: Past) -> bool:
    return bool(_taken(ledger, ledger.links, past.id))


def _unlink(ledger: Ledger, past: Past) -> bool:
    """The sightings that it held go back to their pairs, or to a later unlink that holds for their newest.

    They were added up, so they go back as one.
    """
    taken = _taken(ledger, ledger.unlinks, past.id)
    for pair, pin in taken:
        if pin.evidence is not None:
            ledger.connect(pair)
            ledger.fold(pair, pin.evidence)
    return bool(taken)


def _never_link(ledger: Ledger, past: Past) -> bool:
    return bool(_taken(ledger, ledger.nevers, past.id))


def _block(ledger: Ledger, past: Past) -> bool:
    """What it took out takes part again; what it kept out was never stored."""
    entry = blocked_entry(ledger, past.fields)
    entries = list(ledger.by_hand)
    if entry not in entries:
        return False
    entries.remove(entry)
    ledger.by_hand = tuple(entries)
    ledger.blocked_by_hand = Blocklist(ledger.policy, ledger.by_hand)
    for one in ledger.identifiers.values():
        one.blocked = ledger.blocks(one)
    return True


def _restore(ledger: Ledger, past: Past) -> bool:
    """The tombstones hold again, and what has come since is erased as they would have had it."""
    stones = {key: stone for key, stone in ledger.tombstones.items() if past.id in stone.lifted}
    for key, stone in stones.items():
        ledger.forget(key)
        ledger.tombstones[key] = Tombstone(stone.erased, stone.group)
    return bool(stones)


TAKES_BACK: dict[str, Callable[[Ledger, Past], bool]] = {
    "link": _link,
    "replaceCard": _link,
    "unlink": _unlink,
    "neverLink": _never_link,
    "block": _block,
    "restore": _restore,
}
"""What can be undone; each takes it out of the ledger and says whether there was anything."""
