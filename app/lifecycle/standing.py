"""Where somebody stands, decided against what is stored: stages and journeys, as rows to write and lines of
the feed. Pure.

Times are microseconds since 1970, as the statements give them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from app.feed.lines import Line, line
from app.identity.sighting import micros, moment
from app.lifecycle.declared import GROUP, Lifecycle, Stage
from app.lifecycle.journeys import Journey, JourneyStage


def stage_key(brand: str, stage: str) -> str:
    """The key of a stage of a brand, or of the group."""
    return f"lifecycle|{brand}|{stage}"


def journey_key(journey: str, stage: str) -> str:
    """The key of a stage of a journey."""
    return f"{journey}|{stage}"


@dataclass(frozen=True)
class Facts:
    """What one person's facts say: first contact and purchases in their order, each with its brand."""

    contact: int | None
    bought: Sequence[tuple[int, str]]

    def at(self, stage: JourneyStage, brand: str | None) -> int | None:
        """Since when the person is at the stage by its own account; None where that is not declared, or not
        known.
        """
        if not stage.at:
            return self.contact if stage.at == 0 else None
        times = [at for at, of in self.bought if brand is None or of == brand]
        return times[stage.at - 1] if len(times) >= stage.at else None


@dataclass(frozen=True)
class Held:
    """What holds of one person: the first stage by brand (`*`: the group), and of each journey which rules
    do.
    """

    stages: Mapping[str, Stage]
    journeys: Mapping[str, Sequence[bool]]
    facts: Facts


@dataclass
class Moves:
    """What is different: rows to write, and the lines that tell of it."""

    people: list[dict[str, Any]] = field(default_factory=list)
    profiles: list[dict[str, Any]] = field(default_factory=list)
    off: list[dict[str, Any]] = field(default_factory=list)
    on: list[dict[str, Any]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """One refresh: what is declared, and the moment that it is for."""

    lifecycle: Lifecycle
    journeys: Sequence[Journey]
    as_of: datetime
    cause: str = "RULE"

    def decide(self, row: Mapping[str, Any], held: Held | None, moves: Moves) -> None:
        """Add to the moves what is different of one person; `held` is None of one that is no longer a
        person.
        """
        stages: dict[str, str] = dict(row["stages"])
        wanted = held.stages if held is not None else {}
        # A profile that came or went since the rules were looked at is for the next refresh.
        there = {GROUP, *row["brands"]}
        for brand in sorted(there & (wanted.keys() | stages.keys())):
            self._stage(row, brand, stages.get(brand), wanted.get(brand), moves)
        for journey in self.journeys:
            self._journey(row, journey, held, moves)
        self._undeclared(row, moves)

    def _stage(
        self, row: Mapping[str, Any], brand: str, before: str | None, now: Stage | None, moves: Moves
    ) -> None:
        after = None if now is None else now.key
        if before == after or (after is None and row["active"]):
            return
        group, one_id = brand == GROUP, row["one_id"]
        (moves.people if group else moves.profiles).append(
            {
                "holder": one_id if group else f"{one_id}|{brand}",
                "key": stage_key(brand, after or ""),
                "stage": after,
                "brand": brand,
                "name": now and now.name,
                "place": now and now.place,
                "since": self.as_of,
                "from": before,
            }
        )
        if after is not None:  # who was merged or erased has a line that says so
            moves.lines.append(
                line(
                    "STAGE_CHANGED",
                    one_id,
                    self.cause,
                    self.as_of,
                    before=before,
                    after=after,
                    stage=after,
                    brand=None if group else brand,
                )
            )

    def _journey(self, row: Mapping[str, Any], journey: Journey, held: Held | None, moves: Moves) -> None:
        holds = held.journeys.get(journey.key) if held is not None else None
        if held is not None and holds is None:
            return
        places = {stage: (since, came) for key, stage, since, came in row["places"] if key == journey.key}
        reached = {stage: at for key, stage, at in row["reached"] if key == journey.key}
        before = next(iter(places), None)
        wanted: dict[str, int] = {}
        for stage, one in zip(journey.stages, holds or (), strict=False):
            if one and held is not None:
                at = held.facts.at(stage, journey.brand)
                wanted[stage.key] = reached.get(stage.key, self._now) if at is None else min(at, self._now)
        after = next((stage.key for stage in reversed(journey.stages) if stage.key in wanted), None)
        self._write(row["one_id"], journey, places, reached, wanted, after, moves)
        if before != after and row["active"]:
            self._tell(row["one_id"], journey, before, after, moves)

    def _write(
        self,
        one_id: str,
        journey: Journey,
        places: Mapping[str, tuple[int, str | None]],
        reached: Mapping[str, int],
        wanted: Mapping[str, int],
        after: str | None,
        moves: Moves,
    ) -> None:
        before, (since, came) = next(iter(places.items()), (None, (0, None)))
        stages = {stage.key: stage for stage in journey.stages}
        for key in sorted({*places, *reached, *wanted}):
            stays = key == after == before and since == wanted.get(key)
            kept = key in reached and reached[key] == wanted.get(key)
            off = {"at": key in places and not stays, "reached": key in reached and not kept}
            if any(off.values()):
                moves.off.append({"one_id": one_id, "key": journey_key(journey.key, key), **off})
            arrives, enters = key == after and not stays, key in wanted and not kept
            if not (arrives or enters):
                continue
            stage = stages[key]
            at = moment(wanted[key])
            moves.on.append(
                {
                    "one_id": one_id,
                    "key": journey_key(journey.key, key),
                    "journey": journey.key,
                    "journey_name": journey.name,
                    "stage": key,
                    "brand": journey.brand,
                    "name": stage.name,
                    "place": stage.place,
                    "at": {"since": at, "from": came if before == key else before} if arrives else None,
                    "reached": at if enters else None,
                }
            )

    def _tell(
        self, one_id: str, journey: Journey, before: str | None, after: str | None, moves: Moves
    ) -> None:
        """Leaving one stage and entering the next are a line each."""
        for type_, stage in (("JOURNEY_LEFT", before), ("JOURNEY_ENTERED", after)):
            if stage is not None:
                moves.lines.append(
                    line(
                        type_,  # type: ignore[arg-type]
                        one_id,
                        self.cause,
                        self.as_of,
                        before=before,
                        after=after,
                        stage=stage,
                        journey=journey.key,
                        brand=journey.brand,
                    )
                )

    def _undeclared(self, row: Mapping[str, Any], moves: Moves) -> None:
        """Off journeys that there are no longer."""
        known = {journey.key for journey in self.journeys}
        for name in ("places", "reached"):
            for journey, stage, *_ in row[name]:
                if journey not in known:
                    off = {"at": name == "places", "reached": name == "reached"}
                    moves.off.append({"one_id": row["one_id"], "key": journey_key(journey, stage), **off})

    @cached_property
    def _now(self) -> int:
        return micros(self.as_of)
