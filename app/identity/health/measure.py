"""How the graph is: what is measured, and what each finding asks of an operator.

    columns ──> checks ──> (:Health)-[:CHECKED]->(:HealthCheck)-[:FOUND]->(:Finding)-[:ABOUT]->(:Identifier)

No text of a measurement names an identifier: findings are *about* nodes, so that whoever looks sees names as
they may, and an erasure takes them along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from pydantic import BaseModel, ConfigDict

from app.graph.queries import read_query
from app.identity.health.checks import loose_ends, orphans, pending, shared
from app.identity.health.columns import Columns, read_columns
from app.identity.health.found import ATTENTION, NOTICE, OK, Check, Rate, worst
from app.identity.health.limits import near_limits
from app.identity.health.people import biggest, bridging
from app.identity.health.running import changes, jobs
from app.identity.live.register import now
from app.identity.policy import Policy
from app.identity.service import Identity

_LOOSE = read_query("identity/health_loose")
_RUNNING = read_query("identity/health_running")

RARE, OFTEN = 0.05, 0.20
"""Shares of suppressed pairs from which a kind or a source is told, and from which it needs attention."""
ENOUGH = 50
"""Pairs below which a share says nothing."""


class Measurement(BaseModel):
    """One measurement: everything that is stored of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float
    policy: int
    identifiers: int
    people: int
    pairs: int
    checks: tuple[Check, ...]
    rates: tuple[Rate, ...]

    @property
    def level(self) -> str:
        """The worst level of its checks."""
        return worst(check.level for check in self.checks)


async def measure(identity: Identity) -> Measurement:
    """Measure everything. Reads only; other processes may write meanwhile."""
    start = perf_counter()
    state = await identity.refresh()
    reader = identity.graph.reader()
    columns = await read_columns(reader)
    counts, running = (await reader.rows(_LOOSE))[0], (await reader.rows(_RUNNING))[0]
    rates = [*_by_kind(columns), *_by_source(columns)]
    checks = [check(columns, state.policy) for check in CHECKS]
    checks.append(conflicts(rates))
    checks.append(loose_ends(columns, counts["aliases"], counts["forms"]))
    checks.append(jobs(running["jobs"], now()))
    checks.append(changes(running["unnumbered"], running["waiting_since"], now()))
    return Measurement(
        seconds=round(perf_counter() - start, 3),
        policy=state.version,
        identifiers=len(columns.keys),
        people=len(columns.people),
        pairs=len(columns.a),
        checks=tuple(checks),
        rates=tuple(rates),
    )


CHECKS: tuple[Callable[[Columns, Policy], Check], ...] = (
    biggest,
    bridging,
    near_limits,
    shared,
    pending,
    orphans,
)
"""Those that need the columns and the policy, in the order that they are told in."""


def conflicts(rates: list[Rate]) -> Check:
    """How much evidence loses, of each kind and source."""
    told = [rate for rate in rates if rate.level != OK]
    return Check(
        name="CONFLICTS",
        level=worst(rate.level for rate in rates),
        total=len(told),
        says=(
            f"{len(told)} kinds and sources lose {RARE:.0%} of their evidence or more"
            if told
            else f"no kind and no source loses {RARE:.0%} of its evidence"
        ),
        next="a source that loses much sends identifiers of several people together: see what one record of "
        "it is; a kind that does has a limit that is too low, or is passed around: try another policy",
        command="oneid policy simulate FILE",
    )


def _by_kind(columns: Columns) -> Iterator[Rate]:
    for number, name in enumerate(columns.kinds):
        mine = (columns.kind[columns.a] == number) | (columns.kind[columns.b] == number)
        active = int((mine & (columns.state == 0)).sum())
        reasons = {reason: count for (kind, reason), count in columns.reasons.items() if kind == name}
        yield _rate("KIND", name, active, reasons)


def _by_source(columns: Columns) -> Iterator[Rate]:
    for name in sorted({source for source, _ in columns.sources}):
        active = columns.sources[name, "active"]
        reasons = {reason: n for (source, reason), n in columns.source_reasons.items() if source == name}
        yield _rate("SOURCE", name, active, reasons)


def _rate(of: str, name: str, active: int, reasons: dict[str, int]) -> Rate:
    suppressed = sum(reasons.values())
    share = suppressed / (active + suppressed) if active + suppressed else 0.0
    lost = suppressed - reasons.get("CLAIMED", 0)  # what only a form claims is meant to wait
    known = active + lost
    level = OK if known < ENOUGH or lost < RARE * known else ATTENTION if lost >= OFTEN * known else NOTICE
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    told = tuple(f"{reason} {count}" for reason, count in ordered)
    return Rate(
        of=of,
        name=name,
        active=active,
        suppressed=suppressed,
        share=round(share, 6),
        level=level,
        reasons=told,
    )
