"""Where people stand, kept as the rules say: stages for the group and each brand, and places on journeys.

    rules ──> which hold (one statement for the group, one for each brand)    outside of the unit
    lock the people, read where they stand ─┐
    decide (pure)                            ├─  one unit of work
    write the difference, with its lines   ─┘

The stages of a brand are those of people who have a profile with it; its rules look at that brand's facts
alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.feed import lines
from app.graph.queries import read_query, write_query
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.lifecycle import scoring
from app.lifecycle.declared import GROUP, Lifecycle, Stage, declared
from app.lifecycle.journeys import Journey, journeys
from app.lifecycle.standing import Facts, Held, Moves, Standing, journey_key, stage_key
from app.rules.compiler import SECONDS
from app.rules.compiler_due import due
from app.rules.compiler_held import gathered, held
from app.rules.due import calendar
from app.rules.model import Rule
from app.rules.names import named
from app.rules.statement import Settings
from app.rules.windows import Clock
from app.settings import settings

_PEOPLE = read_query("lifecycle/people")
_BRANDS = read_query("lifecycle/brands")
_DEFINE = write_query("lifecycle/define")
_STANDING = write_query("lifecycle/standing")
_STAGES = write_query("lifecycle/stages_store")
_JOURNEYS = write_query("lifecycle/journeys_store")


async def refresh(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Counter[str]:
    """Bring the stages, scores and places of some people to what is declared, as of a moment.

    Scores are by the bounds of the whole base as the daily job last left them. Returns what changed.
    """
    changed = await stand(identity, one_ids, as_of)
    changed["scores"] = await scoring.rescore(identity, one_ids, as_of)
    return changed


async def stand(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Counter[str]:
    """The stages and the places alone. Returns how many `stages` and `places` changed."""
    people, own = sorted(set(one_ids)), settings()
    reader, known, ways = identity.graph.reader(), declared(), journeys()
    asked = {"one_ids": people, "currency": own.currency, "as_of": as_of}
    facts = {row["one_id"]: row for row in await reader.rows(_PEOPLE, rows=asked)}
    evaluation = Evaluation(identity, Clock(as_of, ZoneInfo(own.time_zone)), own.currency)
    holding = await _holding(evaluation, known, ways, facts)
    standing = Standing(known, ways, as_of)

    async def work(writer: Writer) -> Moves:
        moves = Moves()
        for row in await writer.rows(_STANDING, rows={"one_ids": people}):
            if not row["active"] or row["one_id"] in holding:
                standing.decide(row, holding.get(row["one_id"]) if row["active"] else None, moves)
        _write(writer, moves)
        return moves

    moves: Moves = await identity.graph.unit(work)
    kinds = Counter(one["type"] for one in moves.lines)
    return Counter(stages=kinds["STAGE_CHANGED"], places=kinds["JOURNEY_ENTERED"] + kinds["JOURNEY_LEFT"])


def _write(writer: Writer, moves: Moves) -> None:
    if moves.people or moves.profiles:
        writer.send(_STAGES, rows={"people": moves.people, "profiles": moves.profiles})
    if moves.off or moves.on:
        writer.send(_JOURNEYS, rows={"off": moves.off, "on": moves.on})
    lines.write(writer, moves.lines)


class Evaluation:
    """Rules of a deployment's own, evaluated at one moment."""

    def __init__(self, identity: Identity, clock: Clock, currency: str) -> None:
        self.identity, self.clock, self.currency = identity, clock, currency

    async def holds(
        self, rules: Sequence[Rule], brand: str | None, one_ids: Sequence[str]
    ) -> dict[str, list[bool]]:
        """Of each active one of these people, which rules hold, by the facts of a brand or by all."""
        if not one_ids or not rules:
            return {}
        reader, keyring = self.identity.graph.reader(), self.identity.keyring
        evaluated = Settings(self.clock, self.currency, None if brand is None else [brand])
        evaluated = await named(reader, keyring, rules, evaluated, people=one_ids)
        found = await gathered(reader, held(rules, evaluated, one_ids))
        return {row["key"]: row["holds"] for row in found}


async def _holding(
    evaluation: Evaluation, known: Lifecycle, ways: Sequence[Journey], facts: Mapping[str, Mapping[str, Any]]
) -> dict[str, Held]:
    """What holds of each person."""
    customers: defaultdict[str, list[str]] = defaultdict(list)
    for one_id, row in facts.items():
        for brand in (GROUP, *row["brands"]):
            customers[brand].append(one_id)
    stages: defaultdict[str, dict[str, Stage]] = defaultdict(dict)
    for brand, one_ids in sorted(customers.items()):
        of = known.stages_of(brand)
        found = await evaluation.holds([one.rule for one in of], None if brand == GROUP else brand, one_ids)
        for one_id, holds in found.items():
            stages[one_id][brand] = next(stage for stage, one in zip(of, holds, strict=True) if one)
    places: defaultdict[str, dict[str, list[bool]]] = defaultdict(dict)
    for journey in ways:
        rules = [*(stage.rule for stage in journey.stages), *([journey.exit] if journey.exit else [])]
        for one_id, holds in (await evaluation.holds(rules, journey.brand, list(facts))).items():
            here = holds[: len(journey.stages)]
            places[one_id][journey.key] = [False] * len(here) if journey.exit and holds[-1] else here
    return {
        one_id: Held(stages[one_id], places[one_id], Facts(facts[one_id]["contact"], facts[one_id]["bought"]))
        for one_id in stages
    }


async def define(identity: Identity) -> None:
    """Write down the declared stages, with names and order: of the group, of each brand, of journeys."""
    known = declared()
    brands = [row["key"] for row in await identity.graph.reader().rows(_BRANDS)]
    stages: list[dict[str, Any]] = [
        {
            "key": stage_key(brand, one.key),
            "stage": one.key,
            "brand": brand,
            "name": one.name,
            "place": one.place,
        }
        for brand in (GROUP, *brands)
        for one in known.stages_of(brand)
    ]
    places: list[dict[str, Any]] = [
        {
            "key": journey_key(journey.key, one.key),
            "journey": journey.key,
            "journey_name": journey.name,
            "stage": one.key,
            "brand": journey.brand,
            "name": one.name,
            "place": one.place,
        }
        for journey in journeys()
        for one in journey.stages
    ]
    await identity.graph.unit(
        lambda writer: writer.rows(_DEFINE, rows={"stages": stages, "journeys": places})
    )


async def due_days(identity: Identity, one_ids: Sequence[str], as_of: datetime) -> Mapping[str, date]:
    """The first day after today on which a stage or a place of these people may be another by the calendar
    alone.
    """
    own, known = settings(), declared()
    stages = [one.rule for of in known.stages.values() for one in of]
    places = [one.rule for journey in journeys() for one in journey.stages]
    leaving = [journey.exit for journey in journeys() if journey.exit is not None]
    evaluated = Settings(Clock(as_of, ZoneInfo(own.time_zone)), own.currency)
    rules = calendar(*stages, *places, *leaving)
    found = await due(identity.graph.reader(), rules, evaluated, one_ids, timeout=SECONDS)
    return {one_id: day for one_id, day in found.items() if day is not None}
