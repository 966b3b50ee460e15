"""The job that writes files of people that were asked for, one after the other, and takes away old ones."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

import structlog

from app.errors import OneIdError
from app.identity.service import Identity
from app.jobs.lease import Fenced, Held, claim, kept
from app.rules.model import parse_json
from app.segments import export_asked, exporting
from app.segments.export_asked import KEPT, Export
from app.segments.export_columns import About, columns
from app.segments.exporting import Asked
from app.segments.preview import Evaluation

NAME = "export-people"
LEASE = 30_000  # milliseconds

log = structlog.get_logger(__name__)


async def export_waiting(identity: Identity) -> Mapping[str, int]:
    """Write everything that waits; nothing while another process does."""
    if not await export_asked.waiting(identity.graph.reader()):
        return {}
    lease = await claim(identity.graph, NAME, milliseconds=LEASE)
    if isinstance(lease, Held):
        return {}
    fenced = Identity(Fenced(identity.graph, lease), identity.keyring, identity.state)
    counts: Counter[str] = Counter()
    async with kept(identity.graph, lease):
        for one in await export_asked.waiting(identity.graph.reader()):
            counts["written" if await _written(fenced, one) else "failed"] += 1
    return counts


class Exporter:
    """The exporting part of one process."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def tick(self) -> int:
        """Writes what waits; returns how many files came of it."""
        return sum((await export_waiting(self._identity)).values())

    async def close(self) -> None:
        """Nothing is held between two ticks."""


async def drop_expired(identity: Identity, now: datetime) -> int:
    """Take away the files whose time has passed; returns how many."""
    old = await export_asked.expired(identity.graph.reader(), now)
    for one in old:
        await export_asked.drop(identity.graph, one)
    return len(old)


async def _written(identity: Identity, one: Export) -> bool:
    graph = identity.graph
    folder = export_asked.folder(graph)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        asked, done = await _asked(identity, one), 0

        async def seen(count: int) -> None:
            nonlocal done
            done += count
            await export_asked.tell(graph, one.key, rows=done)

        total = await exporting.size(graph.reader(), asked)
        await export_asked.tell(graph, one.key, status="RUNNING", rows=0, total=total)
        rows = await exporting.write(graph.reader(), asked, folder / one.file, seen)
        said = {"status": "DONE", "rows": rows}
    except OneIdError as error:
        if error.code == "LEASE_LOST":
            raise
        log.warning("export_failed", export=one.key, error=error.code)
        said = {"status": "FAILED", "error": f"{error.code}: {error.message}"}
    await export_asked.tell(graph, one.key, **said, expiresAt=datetime.now(UTC) + KEPT)
    return said["status"] == "DONE"


async def _asked(identity: Identity, one: Export) -> Asked:
    policy, brands = identity.state.policy, one.brands
    evaluation = await Evaluation.of(
        identity.graph.reader(),
        policy,
        parse_json(one.rule),
        keyring=identity.keyring,
        as_of=one.at,
        zone=one.zone,
        brands=brands,
        choice=one.choice,
    )
    if evaluation.wrong:
        first = evaluation.wrong[0]
        raise OneIdError(first.message, code=first.code)
    about = About(identity.keyring, one.pii, evaluation.settings.currency)
    chosen = columns(one.columns, policy, brands)
    return Asked(evaluation.rule, evaluation.settings, chosen, about, one.format, one.bom, one.choice)
