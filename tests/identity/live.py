"""A simulated document played on the real graph, and what the graph then says, in the words of `simulate`."""

import json
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from random import Random
from typing import Any

from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.commerce.facts import Shops
from app.commerce.products import Products
from app.graph.sessions import Graph
from app.identity.live import maintenance
from app.identity.live.register import now
from app.identity.live.state import read_state, store_policy
from app.identity.operations import Refused
from app.identity.service import Facts, Identity
from app.identity.sighting import Notice, micros
from app.identity.steering.decisions import Done, run_operation
from app.identity.steering.undoing import undo_operation
from app.ingest.facts import Facts as WrittenFacts

Json = dict[str, Any]

_COMPONENTS = """
MATCH (i:Identifier)-[:IDENTIFIES]->(p:Person)
RETURN p.oneId AS one_id, collect([i.kind, i.scope, i.value, i.sealed]) AS members
"""
_SUPPRESSED = """
MATCH (a:Identifier)-[l:LINKED|PINNED]->(b:Identifier) WHERE l.state = 'suppressed'
RETURN DISTINCT [a.kind, a.scope, a.value, a.sealed] AS a, [b.kind, b.scope, b.value, b.sealed] AS b,
  CASE type(l) WHEN 'PINNED' THEN l.suppressed ELSE l.reason END AS reason
"""
_EMPTY = "MATCH (n) WHERE NOT n:Migration AND NOT n:TestDatabase DETACH DELETE n"
_ANCIENT = datetime(1970, 1, 1, tzinfo=UTC)


async def emptied(graph: Graph) -> None:
    """Empties the graph between the examples of one test; it must be small."""
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(_EMPTY)).consume()


class Player:
    """One document on one graph, which must be empty."""

    def __init__(self, graph: Graph, identity: Identity) -> None:
        self.graph, self.identity = graph, identity
        self.rejected: list[tuple[str, str]] = []
        self.warnings: set[tuple[str, str]] = set()
        self.newest = 0
        self.places: dict[int, int] = {}
        self.done: dict[int, str] = {}
        """Ids of the operations that ran, by their place in the document."""

    @classmethod
    async def under(cls, graph: Graph, policy: Json) -> "Player":
        """A player under a policy, which is put in force."""
        keyring = Keyring("a key for tests")
        await store_policy(graph, json.dumps(policy, ensure_ascii=False), "test", "test", now())
        state = await read_state(graph, keyring)
        assert state is not None
        return cls(graph, Identity(graph, keyring, state))

    async def play(self, document: Json, dice: Random | None = None) -> None:
        """Everything in the document; observations between two operations go in batches of random size, if
        dice are given.
        """
        operations: dict[str, list[Json]] = {}
        self.places = {id(row): place for place, row in enumerate(document.get("operations", []))}
        for operation in document.get("operations", []):
            operations.setdefault(operation["after"], []).append(operation)
        await self._operate("e0", operations)
        rest = list(document["observations"])
        while rest:
            size = dice.randint(1, len(rest)) if dice else 1
            calm = len(list(takewhile(lambda row: row["id"] not in operations, rest[: size - 1])))
            batch, rest = rest[: calm + 1], rest[calm + 1 :]
            await self._observe(batch)
            await self._operate(batch[-1]["id"], operations)

    async def _observe(self, batch: list[Json]) -> None:
        observed = await self.identity.observe(batch, self._facts(batch))
        for index, row in enumerate(batch):
            if index in observed.rejected:
                self.rejected.append((row["id"], observed.rejected[index].code))
            else:
                self.newest = max(self.newest, micros(row["at"]))
            self._warn(observed.warnings.get(index, []))

    def _facts(self, batch: list[Json]) -> Facts | None:
        """What writes down what the accounts say of themselves, where the policy asks."""
        if not self.identity.state.policy.contradictions:
            return None
        names = ("id", "at", "source", "identifiers", "member")
        said: list[Any] = [
            {"source": "test"} | {name: row[name] for name in names if name in row} for row in batch
        ]
        return WrittenFacts(self.identity, Shops(), Products(), said).write

    def _warn(self, notices: list[Notice]) -> None:
        self.warnings |= {(notice.id, notice.code) for notice in notices}

    async def _operate(self, after: str, operations: dict[str, list[Json]]) -> None:
        for row in operations.pop(after, []):
            at = _ANCIENT + timedelta(microseconds=micros(row["at"]) if row.get("at") else self.newest)
            try:
                done = await self._run(row, at)
            except Refused as no:
                self.warnings.add((after, no.code))
            else:
                if done:
                    self.done[self.places[id(row)]] = done.operation

    async def _run(self, row: Json, at: datetime) -> Done | None:
        if row["op"] == "expire":
            await maintenance.expire(self.identity, at)
            return None
        if row["op"] == "undo":
            before = self.done.get(row["operation"], "an operation that never ran")
            return await undo_operation(self.identity, before, "test", "test")
        return await run_operation(self.identity, row["op"], row, "test", "test", at)

    async def answer(self) -> Json:
        """What the graph holds: components, evidence that lost and why, and what was said on the way."""
        people = await self.graph.reader().compiled(_COMPONENTS, {})
        lost = await self.graph.reader().compiled(_SUPPRESSED, {})
        return {
            "components": sorted(sorted(self._shown(*m) for m in row["members"]) for row in people),
            "suppressed": sorted(
                {(*sorted((self._shown(*row["a"]), self._shown(*row["b"]))), row["reason"]) for row in lost}
            ),
            "rejected": self.rejected,
            "warnings": sorted(self.warnings),
        }

    def _shown(self, kind: str, scope: str, value: str | None, sealed: Any) -> str:
        text = self.identity.keyring.unseal(bytes(sealed)) if sealed is not None else value
        return f"{kind}:{text}" if scope == "*" else f"{kind}:{scope}:{text}"


def simulated(found: Json) -> Json:
    """An answer of `simulate` in the same shape."""
    return {
        "components": found["components"],
        "suppressed": sorted((*sorted((row["a"], row["b"])), row["reason"]) for row in found["suppressed"]),
        "rejected": [(row["id"], row["code"]) for row in found["rejected"]],
        "warnings": sorted({(row["id"], row["code"]) for row in found["warnings"]}),
    }
