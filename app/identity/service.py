"""Identity as the rest of the program uses it: observations in, operations, and what is in force."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from time import monotonic
from typing import Any

from app.access.sealing import Keyring
from app.graph.migrations import require_migrated
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph, Writer
from app.identity.following import follow, moved_people
from app.identity.ledger import Ledger
from app.identity.live import reading
from app.identity.live.claims import claims
from app.identity.live.reading import Moved
from app.identity.live.region import Region
from app.identity.live.register import Cause, now
from app.identity.live.replay import Outcome, Replay
from app.identity.live.state import Stale, State, read_state, state_in_force, store_policy
from app.identity.live.unit import Written, store
from app.identity.observing import observe
from app.identity.screen import screen
from app.identity.sighting import Notice, Seen, Sighting, micros
from app.identity.unusual import account, write_unusual

_TRANSACTIONS = read_query("identity/transactions")
_DISCARD = write_query("identity/discard")

Facts = Callable[[Writer, Mapping[int, Sequence[str]], Set[str], int], Awaitable[None]]
"""Writes the facts of the observations with these indexes, each with its `Observed.keys`, in the same unit;
then come those of the keys that were never seen before, and the unit's time in microseconds since 1970.
"""


@dataclass(slots=True)
class Observed:
    """What became of some observations: rejections and warnings by index, and what was written."""

    rejected: dict[int, Notice] = field(default_factory=dict)
    warnings: dict[int, list[Notice]] = field(default_factory=dict)
    written: Written = field(default_factory=Written)
    keys: dict[int, list[str]] = field(default_factory=dict)
    """Index -> the keys of the identifiers that were kept."""


class Identity:
    """Identity on one graph. Knows what is in force, and notices when another process changes it."""

    def __init__(self, graph: Graph, keyring: Keyring, state: State) -> None:
        self.graph, self.keyring, self.state = graph, keyring, state

    @classmethod
    async def open(cls, graph: Graph, keyring: Keyring, default_policy: Path) -> Identity:
        """Identity under the policy that is in force; the default one becomes so in a new graph.

        Raises MigrationRefused when the graph has not been through all migrations.
        """
        await require_migrated(graph)
        state = await read_state(graph, keyring)
        if state is None:
            text = await asyncio.to_thread(default_policy.read_text, encoding="utf-8")
            await store_policy(graph, text, "oneid", "the policy that the service came with", now())
            state = await state_in_force(graph, keyring)
        return cls(graph, keyring, state)

    async def refresh(self) -> State:
        """Read what is in force again."""
        self.state = await state_in_force(self.graph, self.keyring)
        return self.state

    async def units_in_flight(self, patience: float = 30.0) -> None:
        """Wait for the transactions that run now: they may have read what was in force before.

        One that takes longer than `patience` seconds is left behind, and a reconcile mends what it wrote.
        """
        running = await self._transactions()
        deadline = monotonic() + patience
        while running and monotonic() < deadline:
            await asyncio.sleep(0.02)
            running &= await self._transactions()

    async def _transactions(self) -> set[str]:
        return {row["id"] for row in await self.graph.reader().rows(_TRANSACTIONS)}

    def region(self) -> Region:
        """An empty region under what is in force."""
        return Region(self.state.ledger(self.keyring), self.keyring)

    async def unit(self, work: Callable[[Writer], Awaitable[Any]], patience: float = 10.0) -> Any:
        """A unit of work that starts again when it was overtaken by another one or by a new policy. What
        follows from it is done when it returns.
        """
        last: list[Writer] = []

        async def noted(writer: Writer) -> Any:
            last[:] = [writer]
            return await work(writer)

        while True:
            try:
                done = await self.graph.unit(noted, retry_races=True, patience=patience)
            except Moved:
                continue
            except Stale:
                await self.refresh()
            else:
                await follow(self, last[0].touched)
                return done

    async def claim(
        self, writer: Writer, region: Region, seen: Iterable[Seen], *, observed: bool = True
    ) -> list[str]:
        """Claim identifiers for a unit of work. Raises `Stale` when what is in force has changed.

        Only an observed value takes over its hashes: naming one in an operation does not make it seen.
        """
        plain, hashed = claims(region, seen)
        if not observed:
            plain = [row | {"forms": []} for row in plain]
        keys = await reading.claim(region, writer, plain, hashed)
        if region.epoch != self.state.epoch:
            raise Stale
        return keys

    async def hold(self, writer: Writer, region: Region, keys: Sequence[str]) -> None:
        """Lock and read stored identifiers. Raises `Stale` when what is in force has changed."""
        await reading.hold(region, writer, keys)
        if region.epoch != self.state.epoch:
            raise Stale

    # -- observations ---

    async def observe(
        self, observations: Sequence[Mapping[str, Any]], facts: Facts | None = None, patience: float = 10.0
    ) -> Observed:
        """Take observations in, all in one unit of work; each is accepted or rejected on its own."""

        async def work(writer: Writer) -> Observed:
            return await self._observe(writer, observations, facts)

        observed: Observed = await self.unit(work, patience)
        return observed

    async def _observe(
        self, writer: Writer, observations: Sequence[Mapping[str, Any]], facts: Facts | None
    ) -> Observed:
        observed, sightings, region = Observed(), dict[int, Sighting](), self.region()
        cause = Cause("OBSERVED", now())
        for index, observation in enumerate(observations):
            outcome = screen(self.state.policy, self.state.blocklist, observation, micros(cause.at))
            if isinstance(outcome, Notice):
                observed.rejected[index] = outcome
            else:
                sightings[index] = outcome
        if any(sighting.identifiers for sighting in sightings.values()):
            around = await self._load(writer, region, sightings.values())
            self._fold(region, sightings, observed)
            observed.written = await self._settle(writer, region, around, cause)
            await account(writer, self.keyring, observed.written, cause)
        else:
            self._fold(region, sightings, observed)
            await self._current(observed)
        if facts is not None:
            kept = {key for keys in observed.keys.values() for key in keys}
            await facts(writer, observed.keys, kept - region.stored_identifiers.keys(), micros(cause.at))
        return observed

    async def _current(self, observed: Observed) -> None:
        """Something was refused and nothing claimed: make sure that it was not by a policy of yesterday."""
        before = self.state.epoch
        refused = observed.rejected or observed.warnings
        if refused and (await self.refresh()).epoch != before:
            raise Stale

    async def _load(self, writer: Writer, region: Region, sightings: Iterable[Sighting]) -> set[str]:
        """Read what the sightings touch. Returns what hangs around hashes whose plain value comes now."""
        seen = [one for sighting in sightings for one in sighting.identifiers]
        claimed = await self.claim(writer, region, seen)
        ledger = region.ledger
        pairs = {
            pair
            for sighting in sightings
            for pair in combinations(
                sorted(region.known & {ledger.lookup(one) for one in sighting.identifiers}), 2
            )
        }
        stones = region.stones(form for one in seen for form in all_forms(ledger, one))
        await reading.touch(region, writer, claimed, sorted(pairs), stones)
        movers = [old for old, _ in region.moves]
        if movers:
            people = {region.person_of[key] for key in movers if key in region.person_of}
            await reading.open(region, writer, people, [], movers)
        return {other for key in movers for other in (key, *ledger.near.get(key, ()))}

    def _fold(self, region: Region, sightings: Mapping[int, Sighting], observed: Observed) -> None:
        for index, sighting in sightings.items():
            outcome = observe(region.ledger, sighting)
            if isinstance(outcome, Notice):
                observed.rejected[index] = outcome
            elif outcome:
                observed.warnings[index] = outcome
        for index, sighting in sightings.items():
            if index not in observed.rejected:
                observed.keys[index] = _kept(region.ledger, sighting)

    async def _settle(self, writer: Writer, region: Region, around: set[str], cause: Cause) -> Written:
        """Decide what the sightings changed, by the short cuts where they are exact, and write it."""
        ledger = region.ledger
        seeds = {key for key in {*around, *ledger.moved.values()} if key in ledger.identifiers}
        if not (ledger.moved or ledger.erased):
            seeds = set()
        replay = Replay(region, self.state.rule, limit=self.state.policy.max_cluster)
        await replay.run(writer, seeds, region.shared_among(seeds))
        return await self.write(writer, region, replay.outcome, cause)

    async def write(self, writer: Writer, region: Region, outcome: Outcome, cause: Cause) -> Written:
        """Write what a unit of work decided."""
        forgotten = await write_unusual(writer, region)
        written = await store(writer, region, outcome, cause)
        written.forgotten = forgotten
        writer.touched["people"] |= moved_people(region, written)
        unused = sorted(key for key in region.plain_of if region.claimed_new(key))
        if unused:
            writer.send(_DISCARD, rows={"keys": unused})
        return written


def _kept(ledger: Ledger, sighting: Sighting) -> list[str]:
    """The keys that an observation is filed under: without what a block or an erasure dropped from it."""
    known = {key: ledger.identifiers.get(key) for key in map(ledger.lookup, sighting.identifiers)}
    return sorted(
        key
        for key, one in known.items()
        if one is not None and not one.blocked and one.first <= sighting.at <= one.last
    )


def all_forms(ledger: Ledger, seen: Seen) -> list[str]:
    """The keys of a value and of every form of it."""
    return [ledger.lookup(seen), *ledger.form_keys(seen.kind, seen.scope, seen.value)]
