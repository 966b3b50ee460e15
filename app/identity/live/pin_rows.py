"""What people said of pairs, as rows to write: only what is new or different."""

from __future__ import annotations

from typing import Any

from app.identity.evidence import Link, Never, Pair, Unlink
from app.identity.live.region import Region
from app.identity.live.replay import Outcome
from app.identity.rule import ACTIVE
from app.identity.sighting import moment


def pin_rows(region: Region, outcome: Outcome) -> dict[str, list[Any]]:
    """New pins, also those that went from a hash to its plain value, and changed ones: unlinks that took
    in late sightings, links that won or lost.
    """
    ledger = region.ledger
    every: list[tuple[str, Pair, Link | Unlink | Never]] = [
        *(("PINNED", pair, pin) for pair, links in ledger.links.items() for pin in links),
        *(("UNLINKED", pair, pin) for pair, unlinks in ledger.unlinks.items() for pin in unlinks),
        *(("NEVER_LINKED", pair, pin) for pair, nevers in ledger.nevers.items() for pin in nevers),
    ]
    new: list[dict[str, Any]] = []
    updates: list[dict[str, Any]] = []
    for kind, pair, pin in sorted(every, key=lambda one: (one[1], one[2].run)):
        stored = region.stored_pins.get((kind, pair, pin.run))
        marks = _link_marks(region, outcome, pair, pin)
        if stored != pin or marks != region.link_states.get((pair, pin.run), (None, None)):
            said = dict(zip(("state", "suppressed"), marks, strict=True))
            row = {"a": pair[0], "b": pair[1], "type": kind, "properties": _pin_properties(pin) | said}
            (new if stored is None else updates).append(row)
    return {"pins": new, "pin_updates": updates}


def _link_marks(
    region: Region, outcome: Outcome, pair: Pair, pin: Link | Unlink | Never
) -> tuple[str | None, str | None]:
    """State of a manual link, and the reason when it lost: as decided, else as stored."""
    if not isinstance(pin, Link):
        return None, None
    if pair not in outcome.verdicts or pin != region.ledger.link_that_holds(pair):
        return region.link_states.get((pair, pin.run), (None, None))
    reason = outcome.verdicts[pair].reason
    return ("active", None) if reason == ACTIVE else ("suppressed", reason)


def _pin_properties(pin: Link | Unlink | Never) -> dict[str, Any]:
    """A pin's properties: who said it, when and why; of an unlink, the sightings that it holds."""
    said = {"operation": pin.said.operation, "by": pin.said.by, "reason": pin.said.reason}
    known = {"at": moment(pin.at), "run": pin.run, **said}
    held = pin.evidence if isinstance(pin, Unlink) else None
    if held is None:
        return known
    return known | {
        "firstSeen": moment(held.first),
        "lastSeen": moment(held.last),
        "newest": moment(held.newest),
        "verified": held.verified,
        "sources": list(held.sources),
        "brands": list(held.brands),
        "method": held.method,
        "confidence": held.confidence,
    }
