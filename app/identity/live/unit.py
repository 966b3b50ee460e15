"""One unit of work on identity: what was decided, as rows to write. Only differences are written.

The order is always: claim and read a region (`region`), change its ledger, decide (`replay`), name the
components (`register`), store the differences (here).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.graph.queries import write_query
from app.graph.sessions import Writer
from app.identity.evidence import Evidence, Pair
from app.identity.live.pin_rows import pin_rows
from app.identity.live.region import PROPOSED, Flags, Region
from app.identity.live.register import Cause, Register, marked_people, person_rows, register
from app.identity.live.replay import FOLLOWED, Outcome
from app.identity.rule import ACTIVE
from app.identity.sighting import micros

_STORE = write_query("identity/store")
_OF_PAIRS = ("links", "updates", "states", "pins", "pin_updates")


@dataclass(slots=True)
class Written:
    """What a unit of work came to: the people its identifiers belong to now, and whether some are still to
    be replayed.
    """

    one_ids: set[str] = field(default_factory=set)
    pending: bool = False
    rows: int = 0
    moved: list[dict[str, Any]] = field(default_factory=list)
    """Identifiers that belong to somebody else now: key, OneID before and after (None: nobody)."""
    changes: Counter[str] = field(default_factory=Counter)
    """How many lines of each type the change feed got."""
    forgotten: list[str] = field(default_factory=list)
    """The operations whose payload was emptied, since what they were about is erased."""

    def plus(self, other: Written) -> Written:
        """Both together, of the steps of one operation."""
        return Written(
            self.one_ids | other.one_ids,
            self.pending or other.pending,
            self.rows + other.rows,
            self.moved + other.moved,
            self.changes + other.changes,
            self.forgotten + other.forgotten,
        )


async def store(writer: Writer, region: Region, outcome: Outcome, cause: Cause) -> Written:
    """Write what is different now, in one statement."""
    people = register(region, outcome)
    rows = {
        "identifiers": _identifiers(region),
        "flags": _flags(region, outcome),
        **_evidence_rows(region, outcome),
        **pin_rows(region, outcome),
        **person_rows(region, people, cause),
    }
    count, bounded = sum(map(len, rows.values())), _bounded(region, outcome, rows)
    if count or bounded:
        marked = {"marked": marked_people(rows, people), "bounded": bounded}
        writer.send(_STORE, at=micros(cause.at), rows=rows | marked)
    touched = people.people_of(region.ledger.moved.get(key, key) for key in region.claimed)
    return Written(touched, bool(outcome.pending), count, _moved(rows, people), _types(rows["changes"]))


def _moved(rows: dict[str, list[Any]], people: Register) -> list[dict[str, Any]]:
    joined = {row["key"]: row["one_id"] for row in rows["joins"]}
    keys = sorted({*joined, *rows["leaves"]})
    return [{"key": key, "before": people.held.get(key), "after": joined.get(key)} for key in keys]


def _types(changes: list[dict[str, Any]]) -> Counter[str]:
    return Counter(change["type"] for change in changes)


# -- identifiers and evidence ---


def _identifiers(region: Region) -> list[dict[str, Any]]:
    changed = [
        one for key, one in region.ledger.identifiers.items() if one != region.stored_identifiers.get(key)
    ]
    return [
        {"key": one.key, "first": one.first, "last": one.last, "brands": list(one.brands)}
        for one in sorted(changed, key=lambda one: one.key)
    ]


def _flags(region: Region, outcome: Outcome) -> list[dict[str, Any]]:
    contested = {
        key for pair, verdict in outcome.verdicts.items() if verdict.reason in FOLLOWED for key in pair
    }
    rows = []
    for key, one in region.ledger.identifiers.items():
        before = region.flags.get(key, Flags())
        # A neighbour that should have expired is left to the run that decides its cluster with it.
        decided = key in outcome.decided or key not in region.stored_identifiers
        after = Flags(
            shared=outcome.shared.get(key, before.shared),
            expired=region.ledger.expired(one) if decided else before.expired,
            blocked=one.blocked if decided else before.blocked,
            pending=key in outcome.pending or (before.pending and key not in outcome.decided),
            contested=key in contested if key in outcome.decided else before.contested,
        )
        if after != before:
            marks = {
                name: getattr(after, name) or None
                for name in ("shared", "expired", "blocked", "pending", "contested")
            }
            rows.append({"key": key, **marks})
    return sorted(rows, key=lambda row: row["key"])


def _bounded(region: Region, outcome: Outcome, rows: dict[str, list[Any]]) -> list[str]:
    """The contested identifiers, also those that were, of which the evidence may be otherwise now: from when
    on their facts count is read off it anew.
    """
    flagged = {row["key"]: bool(row["contested"]) for row in rows["flags"]}
    contested = {key for key, flags in region.flags.items() if flags.contested}
    contested |= {key for key, now in flagged.items() if now}
    contested = {region.ledger.moved.get(key, key) for key in contested}
    pairs = [(row["a"], row["b"]) for name in _OF_PAIRS for row in rows[name]] + rows["gone"]
    touched = {key for pair in pairs for key in pair} | flagged.keys() | outcome.decided
    return sorted(contested & touched & region.ledger.identifiers.keys())


def _state(region: Region, outcome: Outcome, pair: Pair) -> tuple[str, str | None]:
    """The state and reason that a pair has now: as decided, else as stored, else pending."""
    ledger = region.ledger
    for key in pair:
        one = ledger.identifiers[key]
        if one.blocked or ledger.expired(one):
            return "inactive", "BLOCKED" if one.blocked else "EXPIRED"
    if pair in outcome.verdicts:
        reason = outcome.verdicts[pair].reason
        return ("active", None) if reason == ACTIVE else ("suppressed", reason)
    stored = region.stored.get(pair)
    return ("pending", None) if stored is None or stored.state == PROPOSED else (stored.state, stored.reason)


def _evidence_rows(region: Region, outcome: Outcome) -> dict[str, list[Any]]:
    ledger = region.ledger
    links, updates, states = [], [], []
    for pair, evidence in sorted(ledger.evidence.items()):
        stored, now = region.stored.get(pair), _state(region, outcome, pair)
        if stored is None:
            links.append(_link(pair, evidence, *now))
        elif evidence != stored.evidence:
            updates.append(_link(pair, evidence, *now))
        elif now != (stored.state, stored.reason):
            states.append({"a": pair[0], "b": pair[1], "state": now[0], "reason": now[1]})
    proposals = _proposals(region)
    for pair, evidence in sorted(proposals.items()):
        stored = region.stored.get(pair)
        if stored is None or evidence != stored.evidence or stored.state != PROPOSED:
            (links if stored is None else updates).append(_link(pair, evidence, PROPOSED, None))
    gone = [
        list(pair)
        for pair in sorted(region.stored)
        if pair not in ledger.evidence and pair not in proposals and _both(region, pair)
    ]
    return {"links": links, "updates": updates, "states": states, "gone": gone}


def _proposals(region: Region) -> dict[Pair, Evidence]:
    """What is still proposed: whatever was seen or decided of a pair takes its proposal's place."""
    ledger = region.ledger
    judged = (ledger.evidence, ledger.links, ledger.unlinks, ledger.nevers)
    return {
        pair: evidence
        for pair, evidence in region.proposals.items()
        if not any(pair in held for held in judged) and _both(region, pair)
    }


def _both(region: Region, pair: Pair) -> bool:
    return all(key in region.ledger.identifiers for key in pair)


def _link(pair: Pair, evidence: Evidence, state: str, reason: str | None) -> dict[str, Any]:
    return {
        "a": pair[0],
        "b": pair[1],
        "first": evidence.first,
        "last": evidence.last,
        "newest": evidence.newest,
        "verified": evidence.verified,
        "sources": list(evidence.sources),
        "brands": list(evidence.brands),
        "method": evidence.method,
        "confidence": evidence.confidence,
        "rule": evidence.rule,
        "state": state,
        "reason": reason,
    }
