"""The second evaluator and the live graph beside each other, on random people."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from app.graph.sessions import Graph
from app.identity.service import Identity
from tests.rules import worlds
from tests.rules.live import Population, asking, stored
from tests.rules.oracle import World, matches
from tests.rules.oracle_facts import Person
from tests.rules.population import person_of
from tests.rules.worlds import Edges

Json = dict[str, Any]
GROUPS = ("all", "any", "not")


@dataclass(frozen=True)
class Sides:
    """People of whom the graph and the evaluator are asked the same."""

    said: Mapping[str, Json]
    people: Mapping[str, Person]
    population: Population
    edges: Edges
    zones: tuple[str, ...]

    def world(self, zone: str) -> World:
        return World.at(self.edges.moment, zone, segments=worlds.SEGMENTS)

    async def differing(self, rule: Json, zone: str) -> dict[str, str]:
        """Name of a person -> who alone says that it matches."""
        live = set(await self.population.matching(rule, self.edges.moment, zone, self.people))
        text = {name for name, one in self.people.items() if matches(rule, one, self.world(zone))}
        return dict.fromkeys(live - text, "graph") | dict.fromkeys(text - live, "evaluator")

    async def smallest(self, rule: Json, zone: str) -> Json:
        """A part of a rule on which they differ, that has no such part."""
        ((kind, body),) = rule.items()
        parts = body if kind in ("all", "any") else [body] if kind == "not" else []
        for part in parts:
            if await self.differing(part, zone):
                return await self.smallest(part, zone)
        return rule


async def sides(graph: Graph, identity: Identity, r: Random, count: int, prefix: str) -> Sides:
    """So many random people for a random moment and two time zones, stored."""
    moment = worlds.a_moment(r.choice(worlds.MOMENTS))
    zones = tuple(r.sample(worlds.ZONES, 2))
    edges = Edges.of(moment, zones)
    said = worlds.people(r, edges, count, prefix)
    people = {name: person_of(name, one) for name, one in said.items()}
    one_ids = await stored(graph, identity, said)
    return Sides(said, people, Population(one_ids, asking(graph, identity.keyring)), edges, zones)
