"""Observations in: what the mutation and the import call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.context import Context
from app.identity.screen import Notice
from app.identity.service import Observed


@dataclass(frozen=True, slots=True)
class Rejection:
    """An observation that was not taken, or taken with a warning."""

    index: int
    id: str | None
    code: str
    message: str
    field: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of some observations."""

    accepted: int
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Rejection] = field(default_factory=list)
    pending: bool = False
    one_ids: list[str] = field(default_factory=list)


async def ingest(context: Context, observations: Sequence[Mapping[str, Any]]) -> IngestResult:
    """Takes observations in, all in one unit of work; each is accepted or rejected on its own."""
    observed: Observed = await context.identity.observe(observations)
    rejected = [_told(index, notice) for index, notice in sorted(observed.rejected.items())]
    return IngestResult(
        accepted=len(observations) - len(rejected),
        rejected=rejected,
        warnings=list(_warnings(observed)),
        pending=observed.written.pending,
        one_ids=sorted(observed.written.one_ids),
    )


def _warnings(observed: Observed) -> Iterator[Rejection]:
    for index, notices in sorted(observed.warnings.items()):
        for notice in notices:
            yield _told(index, notice)


def _told(index: int, notice: Notice) -> Rejection:
    return Rejection(index, notice.id, notice.code, notice.message, notice.field)
