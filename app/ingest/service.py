"""Observations in: what the mutation and the import call.

Each observation is accepted or rejected on its own, with a code. What is accepted is stored whole, with
identifiers, evidence and facts in one unit of work, or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from app.commerce.facts import Shops
from app.commerce.products import Products
from app.context import Context
from app.errors import BadInput
from app.identity.service import Identity
from app.identity.sighting import Notice
from app.ingest.facts import Facts
from app.ingest.fitness import odd
from app.ingest.model import Observation, from_input
from app.ingest.problems import Malformed
from app.ingest.subjects import not_stored, refusal

MOST = 1000  # observations in one call


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


class Ingest:
    """Observations into one graph. One a process, so that the shops and products it knows cost nothing."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.shops, self.products = Shops(), Products()

    async def take(
        self,
        observations: Mapping[int, Observation],
        brands: frozenset[str] | None = None,
        patience: float = 10.0,
    ) -> IngestResult:
        """Take observations in, each under the number that answers name it by, in one unit of work.

        `brands` are those that the caller writes for, None: all. Raises Unavailable when the database does
        not come round for `patience` seconds.
        """
        refused = await self._refused(observations, brands)
        numbers = [number for number in observations if number not in refused]
        if not numbers:
            return IngestResult(0, [_told(*one) for one in sorted(refused.items())])
        fit = [observations[number] for number in numbers]
        facts = Facts(self.identity, self.shops, self.products, fit)
        observed = await self.identity.observe(fit, facts.write, patience)
        facts.remember()
        refused |= {numbers[index]: notice for index, notice in observed.rejected.items()}
        warnings = [
            _told(numbers[index], notice)
            for index, kept in observed.keys.items()
            for notice in (
                *observed.warnings.get(index, ()),
                *not_stored(fit[index], kept),
                *odd(fit[index]),
                *facts.warnings.get(index, ()),
            )
        ]
        return IngestResult(
            accepted=len(observations) - len(refused),
            rejected=[_told(*one) for one in sorted(refused.items())],
            warnings=warnings,
            pending=observed.written.pending,
            one_ids=sorted(observed.written.one_ids),
        )

    async def _refused(
        self, observations: Mapping[int, Observation], brands: frozenset[str] | None
    ) -> dict[int, Notice]:
        """What is rejected before identity sees it."""
        shops = {shop["key"] for one in observations.values() if (shop := one.get("shop"))}
        await self.shops.learn(self.identity.graph.reader(), shops)
        found = (
            (number, refusal(one, self.identity.state.policy, self.shops, brands))
            for number, one in observations.items()
        )
        return {number: notice for number, notice in found if notice is not None}


_INGESTS: WeakKeyDictionary[Identity, Ingest] = WeakKeyDictionary()


async def ingest(context: Context, observations: Sequence[Mapping[str, Any]]) -> IngestResult:
    """Take a caller's observations in, at most a thousand; each is accepted or rejected on its own.

    Raises BadInput (TOO_MANY_OBSERVATIONS), Unavailable.
    """
    if len(observations) > MOST:
        raise BadInput(
            f"{len(observations):,} observations, at most {MOST:,} are taken in one call",
            code="TOO_MANY_OBSERVATIONS",
            field=("observations",),
            suggestion="send them in parts, or import a file of them",
        )
    shaped: dict[int, Observation] = {}
    rejected: list[Rejection] = []
    for index, given in enumerate(observations):
        try:
            shaped[index] = from_input(given)
        except Malformed as error:
            rejected.append(malformed(index, error))
    into = _INGESTS.setdefault(context.identity, Ingest(context.identity))
    taken = await into.take(shaped, context.caller.brands)
    return replace(taken, rejected=sorted([*rejected, *taken.rejected], key=lambda one: one.index))


def malformed(number: int, error: Malformed) -> Rejection:
    """The rejection of what has not the shape of an observation."""
    return Rejection(number, error.id, "BAD_USER_INPUT", str(error), error.field)


def _told(number: int, notice: Notice) -> Rejection:
    return Rejection(number, notice.id, notice.code, notice.message, notice.field)
