"""How scores come about and what they are called: the part `rfm` of `schema/lifecycle.yaml`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.lifecycle.reading import Key, Part, Words, twice
from app.lifecycle.scores import BOUNDS, Bounds, Scores
from app.money import minor_digits
from app.rules.windows import length


def _range(value: Any) -> Any:
    """One score, or the first and the last of several."""
    ends = [value, value] if isinstance(value, int) and not isinstance(value, bool) else value
    fits = isinstance(ends, list | tuple) and len(ends) == 2 and all(type(one) is int for one in ends)
    if not fits or not 1 <= ends[0] <= ends[1] <= 5:
        raise PydanticCustomError("score", "a score from 1 to 5 is needed, or two in order, such as [4, 5]")
    return tuple(ends)


def _ascending(value: Any) -> Any:
    whole = isinstance(value, list | tuple) and all(type(one) is int and one >= 0 for one in value)
    if not whole or len(value) != BOUNDS or sorted(set(value)) != list(value):
        raise PydanticCustomError("bounds", "four whole numbers are needed, each greater than the one before")
    return tuple(value)


def _money(value: Any) -> Any:
    """Amounts as decimal text or whole numbers: a float would have been rounded before anybody looked."""
    try:
        fits = isinstance(value, list | tuple) and all(
            isinstance(one, str) or type(one) is int for one in value
        )
        amounts = [Decimal(one) for one in value] if fits else []
        fits = len(amounts) == BOUNDS and all(one.is_finite() and one >= 0 for one in amounts)
    except InvalidOperation:
        fits = False
    if not fits or sorted(set(amounts)) != amounts:
        raise PydanticCustomError(
            "bounds", 'four amounts are needed, as text such as "99.90", each greater than the one before'
        )
    return tuple(amounts)


def _long(value: Any) -> Any:
    if not isinstance(value, str) or length(value) is None:
        raise PydanticCustomError("length", "a length of time is needed, such as 365d, 12m or 2y")
    return value


Range = Annotated[Any, BeforeValidator(_range)]
Whole = Annotated[Any, BeforeValidator(_ascending)]
Amounts = Annotated[Any, BeforeValidator(_money)]
Long = Annotated[Any, BeforeValidator(_long)]


class RfmSegment(Part):
    """A name for some scores: who has all of them."""

    key: Key
    name: Words | None = None
    recency: Range = (1, 5)
    frequency: Range = (1, 5)
    monetary: Range = (1, 5)

    def has(self, scores: Scores) -> bool:
        """Whether somebody with these scores is called so."""
        ends = (self.recency, self.frequency, self.monetary)
        return all(first <= one <= last for one, (first, last) in zip(scores, ends, strict=True))


class Rfm(Part):
    """How scores come about. `bounds` needs all three bounds, `quantiles` has none.

    within: only orders paid in so long count; without it all.
    """

    by: Literal["quantiles", "bounds"] = "quantiles"
    within: Long | None = None
    recency: Whole = None
    frequency: Whole = None
    monetary: Amounts = None
    segments: Annotated[tuple[RfmSegment, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Rfm:
        given = [name for name in ("recency", "frequency", "monetary") if getattr(self, name) is not None]
        wrong = []
        if self.by == "bounds" and len(given) < 3:
            wrong.append("by bounds: `recency`, `frequency` and `monetary` are needed")
        if self.by == "quantiles" and given:
            wrong.append(
                f"by quantiles: {', '.join(given)} would not be looked at; leave it out, or say `by: bounds`"
            )
        wrong += [f"segments: {key} is there twice" for key in twice([one.key for one in self.segments])]
        if wrong:
            raise PydanticCustomError("rfm", "{wrong}", {"wrong": "; ".join(wrong)})
        return self

    def fixed(self, currency: str) -> Bounds | None:
        """The declared bounds, money in minor units, rounded down; None by quantiles."""
        if self.by == "quantiles":
            return None
        digits = minor_digits(currency)
        return Bounds(self.recency, self.frequency, tuple(int(one.scaleb(digits)) for one in self.monetary))

    def named(self, scores: Scores) -> str | None:
        """What somebody with these scores is called: the first that has them."""
        return next((one.key for one in self.segments if one.has(scores)), None)


def nameless(segments: Sequence[RfmSegment]) -> Scores | None:
    """The first scores that no segment has."""
    every = (Scores(*one) for one in product(range(1, 6), repeat=3))
    return next((scores for scores in every if not any(one.has(scores) for one in segments)), None)


def over(rfm: Mapping[str, Any], brand: Mapping[str, Any]) -> dict[str, Any]:
    """What a brand says over what the file says; bounds and quantiles are not mixed."""
    kept = {name: value for name, value in rfm.items() if name in ("segments", "within") or "by" not in brand}
    return {**kept, **brand}
