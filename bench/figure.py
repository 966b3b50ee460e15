"""A figure: what was measured, what is asked of it, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.ground import Ground


@dataclass(frozen=True, slots=True)
class Figure:
    """One number beside its target; `terms` are the absolute terms behind it, a line each."""

    name: str
    value: float
    target: float
    unit: str
    terms: Sequence[str] = ()
    most: bool = False
    """Whether the target is the most that the number may be; else it is the least."""

    @property
    def reached(self) -> bool:
        """Whether what is asked was reached."""
        return self.value <= self.target if self.most else self.value >= self.target

    def row(self) -> str:
        """Its line of the table."""
        asked = f"at {'most' if self.most else 'least'} {self.target:,g}"
        said = "reached" if self.reached else "missed"
        return f"{self.name:<28} {_short(self.value):>10} {self.unit:<42} {asked:<18} {said}"


Measure = Callable[[Ground], Iterable[Figure]]
"""A module's way of measuring: it says what came out as soon as it is known."""


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3f}"
