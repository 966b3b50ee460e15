"""Everything again from the evidence: what is stored is compared with what the rule says, and repaired
where it differs.

`verify` compares and writes nothing, `recompute` repairs. Repairs are units of work like any other (under
locks, decided by the same code), so both may run while the service writes. Stopped in the middle, a
recompute goes on when run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from app.graph.sessions import Writer
from app.identity.batch import INACTIVE, REASONS, Settled, World, settle
from app.identity.evidence import Identifier, Pair
from app.identity.ledger import Ledger
from app.identity.live.register import Cause
from app.identity.live.replay import FOLLOWED
from app.identity.live.stored import MARKS, Stored, read_all
from app.identity.live.unit import Written
from app.identity.rule import ACTIVE
from app.identity.service import Identity
from app.identity.steering.settling import settle as settle_region

CHUNK = 500
"""Identifiers repaired in one unit of work."""

Progress = Callable[[int, int], None]
"""Called with how many identifiers are done, of how many."""

Step = Callable[[Writer, Written], Awaitable[None]]
"""Called at the end of each repairing unit of work, in its transaction."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stored that is not what the rule says. `keys` are the identifiers it is about."""

    what: str
    detail: str
    keys: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """What a comparison found."""

    identifiers: int
    evidence: int
    people: int
    pending: int
    differences: list[Difference]
    written: Written = field(default_factory=Written)
    """What repairing them changed."""

    def counts(self) -> dict[str, int]:
        """How many differences of each kind."""
        return dict(Counter(difference.what for difference in self.differences))


async def verify(identity: Identity) -> Report:
    """Compare what is stored with a full recompute. Writes nothing."""
    await identity.refresh()
    stored = await read_all(identity)
    differences = list(compare(identity, stored))
    return Report(
        len(stored.ledger.identifiers),
        len(stored.ledger.evidence),
        len(stored.owners),
        len(stored.pending),
        differences,
    )


async def recompute(
    identity: Identity, cause: Cause, progress: Progress | None = None, step: Step | None = None
) -> Report:
    """Compare, and repair every difference."""
    report = await verify(identity)
    keys = list(dict.fromkeys(key for difference in report.differences for key in difference.keys))
    for start in range(0, len(keys), CHUNK):
        report.written = report.written.plus(await repair(identity, keys[start : start + CHUNK], cause, step))
        if progress:
            progress(min(start + CHUNK, len(keys)), len(keys))
    return report


async def repair(identity: Identity, keys: list[str], cause: Cause, step: Step | None = None) -> Written:
    """Decide the clusters of these identifiers again, and write what is different."""

    async def work(writer: Writer) -> Written:
        region = identity.region()
        await identity.hold(writer, region, sorted(keys))
        ledger = region.ledger
        for key in keys:
            if key in ledger.identifiers:
                ledger.identifiers[key].blocked = ledger.blocks(ledger.identifiers[key])
        written = await settle_region(identity, writer, region, keys, cause, limit=False)
        if step:
            await step(writer, written)
        return written

    written: Written = await identity.unit(work, patience=60.0)
    return written


# -- comparing ---


def world_of(ledger: Ledger) -> tuple[list[str], list[Pair], World]:
    """A ledger, column by column: the keys and pairs in the order of the columns."""
    keys = list(ledger.identifiers)
    number = {key: index for index, key in enumerate(keys)}
    ones = list(ledger.identifiers.values())
    pairs = [
        pair
        for pair in dict.fromkeys((*ledger.evidence, *ledger.links))
        if pair[0] in number and pair[1] in number
    ]
    edges = [(pair, edge) for pair in pairs if (edge := ledger.edge(pair)) is not None]
    world = World(
        plain=[one.plain for one in ones],
        kinds=[one.kind for one in ones],
        scopes=[one.scope for one in ones],
        live=np.fromiter((not one.blocked and not ledger.expired(one) for one in ones), bool, len(ones)),
        a=np.fromiter((number[pair[0]] for pair, _ in edges), np.int64, len(edges)),
        b=np.fromiter((number[pair[1]] for pair, _ in edges), np.int64, len(edges)),
        first=np.fromiter((edge.first for _, edge in edges), np.int64, len(edges)),
        last=np.fromiter((edge.last for _, edge in edges), np.int64, len(edges)),
        claimed=np.fromiter((edge.claimed for _, edge in edges), bool, len(edges)),
        inferred=np.fromiter((edge.inferred for _, edge in edges), bool, len(edges)),
        linked=np.fromiter(
            (-1 if edge.linked is None else edge.linked for _, edge in edges), np.int64, len(edges)
        ),
        nevers=[(number[a], number[b]) for a, b in ledger.nevers if a in number and b in number],
        traits={
            number[key]: traits for key in ledger.facts if key in number and (traits := ledger.traits(key))
        },
        confidence={i: edge.confidence for i, (_, edge) in enumerate(edges) if edge.inferred},
    )
    return keys, [pair for pair, _ in edges], world


def compare(identity: Identity, stored: Stored) -> Iterator[Difference]:
    """What is stored otherwise than the rule says, cluster by cluster."""
    keys, pairs, world = world_of(stored.ledger)
    settled = settle(identity.state.rule, world)
    yield from _compare_identifiers(stored, keys, pairs, settled)
    yield from _compare_evidence(stored, pairs, settled)
    yield from _compare_people(identity, stored, keys, settled)


def _compare_identifiers(
    stored: Stored, keys: list[str], pairs: list[Pair], settled: Settled
) -> Iterator[Difference]:
    numbers = {REASONS.index(reason) for reason in FOLLOWED}
    losing = zip(pairs, settled.verdict.tolist(), strict=True)
    contested = {key for pair, number in losing if number in numbers for key in pair}
    bounds = _bounds(stored.ledger, pairs, settled, contested)
    for key, shared in zip(keys, settled.shared.tolist(), strict=True):
        one = stored.ledger.identifiers[key]
        now = (shared, stored.ledger.expired(one), one.blocked, key in contested, False)
        if stored.flags[key] != now:
            before = _marks(stored.flags[key])
            yield Difference("identifier", f"{key} is {_marks(now)}, stored as {before}", (key,))
        if bounds.get(key) != stored.facts_from.get(key):
            yield Difference(
                "identifier", f"{key} is contested, and its facts count from another time", (key,)
            )


def _bounds(ledger: Ledger, pairs: list[Pair], settled: Settled, contested: set[str]) -> dict[str, int]:
    """From when on the facts of contested identifiers count: the first sighting of their oldest active
    evidence, or the time of a link by hand.
    """
    bounds: dict[str, int] = {}
    for pair, number in zip(pairs, settled.verdict.tolist(), strict=True):
        if number == REASONS.index(ACTIVE) and not contested.isdisjoint(pair):
            seen, link = ledger.evidence.get(pair), ledger.link_that_holds(pair)
            first = min([one.first for one in [seen] if one] + [one.at for one in [link] if one])
            for key in contested.intersection(pair):
                bounds[key] = min(first, bounds.get(key, first))
    return bounds


def _marks(flags: Iterable[bool]) -> str:
    return " and ".join(name for name, on in zip(MARKS, flags, strict=True) if on) or "unmarked"


def _compare_evidence(stored: Stored, pairs: list[Pair], settled: Settled) -> Iterator[Difference]:
    for pair, number in zip(pairs, settled.verdict.tolist(), strict=True):
        if pair not in stored.states:
            continue
        before, now = stored.states[pair], _state(stored.ledger, pair, number)
        if before != now:
            yield Difference(
                "evidence", f"{pair[0]} and {pair[1]}: {_said(now)}, stored as {_said(before)}", pair
            )


def _state(ledger: Ledger, pair: Pair, number: int) -> tuple[str, str | None]:
    if number == INACTIVE:
        first = next(key for key in pair if not ledger.live(key))
        return "inactive", "BLOCKED" if ledger.identifiers[first].blocked else "EXPIRED"
    reason = REASONS[number]
    return ("active", None) if reason == ACTIVE else ("suppressed", reason)


def _said(state: tuple[str, str | None]) -> str:
    return state[0] if state[1] is None else f"{state[0]} ({state[1]})"


def _compare_people(
    identity: Identity, stored: Stored, keys: list[str], settled: Settled
) -> Iterator[Difference]:
    components: dict[int, list[str]] = {}
    for key, number in zip(keys, settled.component.tolist(), strict=True):
        if number >= 0:
            components.setdefault(number, []).append(key)
        elif stored.people[key]:
            yield Difference("person", f"{key} takes no part, and identifies {stored.people[key]}", (key,))
    homes: dict[str, int] = {}
    for number, members in components.items():
        held = {one_id for key in members for one_id in stored.people[key]}
        one_id = next(iter(held)) if len(held) == 1 else None
        whole = one_id is not None and all(len(stored.people[key]) == 1 for key in members)
        if not whole or homes.setdefault(one_id or "", number) != number:
            yield Difference(
                "person",
                f"{len(members)} identifiers are one person, stored as {sorted(held)}",
                tuple(members),
            )
            continue
        best = min(members, key=lambda key: _standing(identity, stored.ledger.identifiers[key]))
        if stored.owners.get(one_id or "") != best:
            yield Difference(
                "owner", f"{best} owns {one_id}, stored as {stored.owners.get(one_id or '')}", tuple(members)
            )
    for one_id in stored.misled:
        yield Difference("register", f"{one_id} is merged and leads to nobody living", ())


def _standing(identity: Identity, one: Identifier) -> tuple[int, int, str]:
    return identity.state.policy.kinds[one.kind].rank, one.first, one.plain
