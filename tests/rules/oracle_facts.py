"""What is known of one person, as plain values: the facts that the second evaluator reads."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

BOUGHT = ("PAID", "SHIPPED", "COMPLETED")
DIGITS = {"CNY": 2, "EUR": 2, "JPY": 0, "KWD": 3}


@dataclass(frozen=True)
class Line:
    """One product of an order; `discount` and `refunded` are its shares of the order's. Minor units."""

    product: str
    category: str | None
    quantity: int
    amount: int
    discount: int
    refunded: int


@dataclass(frozen=True)
class Order:
    """An order as it stands. `times` by what is asked for: PAID falls back to ordered, that to `said`."""

    key: str
    brand: str | None
    shop: str | None
    platform: str | None
    status: str
    currency: str
    times: dict[str, datetime]
    amount: int
    discount: int
    refunded: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tag:
    """A tag as it was set once: by hand, or by a rule."""

    key: str
    value: Any
    since: datetime
    by_hand: bool = True


@dataclass(frozen=True)
class Dependent:
    """A baby, a pet, an appliance."""

    kind: str
    gender: str | None
    birthday: date | None
    attributes: dict[str, Any]
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class Occurrence:
    """A touch, an event or a consent: when, and what it says."""

    at: datetime
    says: dict[str, Any]


@dataclass
class Person:
    """One person, whatever identifiers the facts came through."""

    attributes: dict[str, Any] = field(default_factory=dict)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    dependents: list[Dependent] = field(default_factory=list)
    touches: list[Occurrence] = field(default_factory=list)
    events: list[Occurrence] = field(default_factory=list)
    consents: list[Occurrence] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    stages: dict[str, str] = field(default_factory=dict)
    scores: dict[str, dict[str, int]] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)


def shares(total: int, weights: list[int]) -> list[int]:
    """A sum shared by weight: rounded down, the units left to the largest remainder, then the earlier."""
    if not sum(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    given = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(given)]:
        given[place] += 1
    return given
