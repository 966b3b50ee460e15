"""A measurement of health in the graph: stored as a whole, read as the command shows it.

Measuring reads everything, so the service has a process of its own do it (see `app.graph.apart`), and writes
what came out, a few hundred nodes, in one unit of work.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.graph.apart import run_apart
from app.graph.queries import read_query, write_query
from app.graph.sessions import Reader
from app.identity.health.measure import Measurement
from app.identity.service import Identity
from app.settings import settings

_STORE = write_query("identity/health_store")
_LAST = read_query("identity/health_last")

PATIENCE = 3600.0
"""Seconds that measuring may take: a million identifiers take a minute or two."""


async def measure_apart(identity: Identity) -> dict[str, int]:
    """Measure in a process of its own, and store it. Returns how many checks came out how."""
    own = identity.graph.settings or settings()
    out = await run_apart(own, ("health", "--measure"), "", PATIENCE)
    found = Measurement.model_validate_json(out)
    await store(identity, found)
    return {level.lower(): count for level, count in sorted(Counter(c.level for c in found.checks).items())}


async def store(identity: Identity, found: Measurement) -> None:
    """Put a measurement in the place of the last one."""
    health = {name: getattr(found, name) for name in ("seconds", "policy", "identifiers", "people", "pairs")}
    rows = {
        "health": health | {"level": found.level},
        "checks": [check.model_dump() for check in found.checks],
        "rates": [_rate(rate.model_dump()) for rate in found.rates],
    }
    await identity.graph.unit(lambda writer: writer.rows(_STORE, rows=rows))


def _rate(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"key": f"{row['of']} {row['name']}", "reasons": list(row["reasons"])}


async def last(reader: Reader, first: int) -> dict[str, Any] | None:
    """The last measurement with so many findings of each check, as JSON; None before the first."""
    row = await reader.row(_LAST, first=first)
    return None if row is None else dict(row["health"]) | {"checks": row["checks"], "rates": row["rates"]}
