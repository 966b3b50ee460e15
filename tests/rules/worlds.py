"""Small random people whose facts lie on the edges: local midnights, month ends, leap days, ties, nothing.

``people(r, edges, count)`` is plain code over a ``random.Random``, for one moment of evaluation; rules for
them are in tests/rules/worlds_rules.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.rules.oracle_facts import BOUGHT
from tests.rules.oracle_time import Clock, moved

Json = dict[str, Any]
ZONES = ("Asia/Shanghai", "America/New_York", "Africa/Cairo", "America/Sao_Paulo", "Asia/Kathmandu", "UTC")
MOMENTS = (
    "2024-03-10T15:00:00+00:00",  # New York: the day that has 23 hours
    "2024-11-03T04:00:00+00:00",  # New York: midnight of the day that has 25
    "2024-04-27T12:00:00.000001+00:00",  # Cairo: the day before starts at one o'clock
    "2018-11-05T01:59:59+00:00",  # Sao Paulo: the day before starts at one o'clock
    "2024-02-29T16:00:00+00:00",  # midnight in Shanghai, on a leap day elsewhere
    "2025-02-28T23:30:00+00:00",
    "2024-12-31T15:59:59+00:00",
    "2025-03-31T00:00:00+00:00",
)
SEGMENTS: dict[str, Json] = {
    "buyers": {"order": {}},
    "others": {"all": [{"segment": {"key": "buyers", "in": False}}, {"event": {"type": "v"}}]},
}
"""Saved segments, that rules may use."""
SECOND = timedelta(seconds=1)
BACK = ("0d", "1d", "2d", "1w", "2w", "30d", "31d", "1m", "2m", "3m", "1y")
CATEGORIES = {"A": "food", "B": "food", "C": "toy", "D": None}
PRODUCTS = tuple(CATEGORIES)
STATUSES = (*BOUGHT, "PAID", "PAID", "CREATED", "CANCELLED", "REFUNDED")
AMOUNTS = ("0", "0.01", "0.05", "10", "33.33", "33.34", "100", "100.00", "50")
CHANNELS, CAMPAIGNS, OUTCOMES = ("SMS", "EMAIL", "sms"), ("spring", "autumn"), ("SENT", "FAILED")
TYPES, NAMES = ("v", "v", "w"), ("x", "y")
VALUES = (0, 1, 2, 2.5, 0.333333, -1, 1e6, "1", "a", "Ab", "", True, False)
CITIES = ("上海", "S\u00e3o Paulo", "Sa\u0303o Paulo", "sao paulo")
FULL_NAMES = (
    "王小明",
    "王小红",
    "欧阳 小明",
    "LI Ming",
    "Li Ming",
    "Jos\u00e9 Li",
    "Jose\u0301 Li",
    "ガンダ",
    "ｶﾞﾝﾀﾞ",
)
GENDERS, LEVELS = ("F", "M"), ("gold", "silver")
BRANDS = {"b1": "s1", "b2": "s2"}
KINDS, TIERS = ("BABY", "PET"), ("low", "high")
TYPES_OF_TAGS = {"score": "NUMBER", "visited": "DATE"}
TAGS = ("vip", "tier", "old", *TYPES_OF_TAGS)
SCORES = (
    "0",
    "10",
    "9",
    "+2.5",
    "-1",
    "1e1",
    ".333333",
    "0.3333334",
    "abc",
    "1,5",
    "0x10",
    "NaN",
    "5d",
    "1e99",
)
VISITS = ("2024-02-29", "2023-02-29", "2024-2-9", "0000-01-01", "2024-04-31", "20240301", "2024-03-01T00:00Z")
SPECIES, WEIGHTS = ("cat", "dog"), (0, 1, 2.5, 12)
STAGES, LISTS = ("new", "active", "lost"), ("uploaded", "blocked")
CURRENCIES = ("CNY",) * 6 + ("EUR", "JPY")


@dataclass(frozen=True)
class Edges:
    """The instants and days at which something turns for rules that are evaluated at one moment."""

    moment: datetime
    instants: tuple[datetime, ...]
    days: tuple[date, ...]

    @classmethod
    def of(cls, moment: datetime, zones: tuple[str, ...]) -> "Edges":
        clocks = [Clock(moment, ZoneInfo(zone)) for zone in zones]
        starts = [clock.start(clock.back(length)) for clock in clocks for length in BACK]
        starts += [moment - timedelta(hours=hours) for hours in (0, 1, 24, 72, 168)]
        starts += [clocks[0].start(clocks[0].today + timedelta(days=1))]
        near = [start + off for start in starts for off in (timedelta(), -SECOND, timedelta(microseconds=1))]
        days = {moved(clock.today, length, sign) for clock in clocks for length in BACK for sign in (1, -1)}
        return cls(moment, tuple(near), tuple(sorted(days)))


def people(r: Random, edges: Edges, count: int, prefix: str = "") -> dict[str, Json]:
    """So many people by name."""
    return {f"{prefix}p{number}": person(r, edges) for number in range(count)}


def person(r: Random, edges: Edges) -> Json:
    """One of them: a few facts of some kinds, or none."""
    found: Json = {}
    agreed = account(r, edges)
    parts: dict[str, Callable[[], Any]] = {
        "members": lambda: accounts(r, edges, agreed),
        "cards": lambda: [a_card(r, edges) for _ in range(r.randint(1, 3))],
        "orders": lambda: [order(r, edges, place) for place in range(r.choice((1, 2, 3, 4, 6)))],
        "dependents": lambda: [dependent(r, edges) for _ in range(r.choice((1, 1, 2, 3)))],
        "touches": lambda: [touch(r, edges) for _ in range(r.choice((1, 1, 2, 4)))],
        "events": lambda: [event(r, edges) for _ in range(r.choice((1, 2, 3, 5)))],
        "consents": lambda: [consent(r, edges) for _ in range(r.choice((1, 2, 3)))],
        "tags": lambda: tags(r, edges),
        "identifiers": lambda: [
            r.choice((["oaid", f"o{r.randint(0, 10**9)}"], ["douyin", f"d{r.random()}"]))
        ],
        "lists": lambda: [name for name in LISTS if r.random() < 0.5],
        "stages": lambda: {brand: r.choice(STAGES) for brand in ("*", *BRANDS) if r.random() < 0.6},
        "scores": lambda: {brand: scores(r) for brand in ("*", *BRANDS) if r.random() < 0.6},
    }
    for name, make in parts.items():
        if r.random() < (0.8 if name in ("orders", "events") else 0.5):
            found[name] = make()
    return found


def instant(r: Random, edges: Edges) -> str:
    """Mostly on an edge; now and then after the moment of evaluation."""
    if r.random() < 0.7:
        return r.choice(edges.instants).isoformat()
    return (edges.moment - timedelta(hours=r.randint(-30, 24 * 100))).isoformat()


def by(r: Random) -> Json:
    return {"by": r.randint(0, 1)}


def maybe(r: Random, likely: float = 0.6, **values: Any) -> Json:
    """Each of them or not."""
    return {name: value for name, value in values.items() if r.random() < likely}


def born(r: Random, edges: Edges) -> str:
    """A birthday: an edge so many years ago, often in a leap year, sometimes still to come."""
    day, years = r.choice(edges.days), r.choice((0, 0, 1, 2, 4, 18, 36))
    if r.random() < 0.15:
        return r.choice(("2020-02-29", "2016-02-29", "2023-12-31", "2024-01-31"))
    return moved(day, f"{years}y", -1).isoformat()


def account(r: Random, edges: Edges) -> Json:
    """What the accounts of a person agree on."""
    said = {"gender": r.choice(GENDERS), "city": r.choice(CITIES), "name": r.choice(FULL_NAMES)}
    return maybe(r, **said, birthday=born(r, edges))


def accounts(r: Random, edges: Edges, agreed: Json) -> list[Json]:
    found = []
    for brand in r.sample(sorted(BRANDS), r.choice((1, 1, 2))):
        own = maybe(r, level=r.choice(LEVELS), joinedAt=instant(r, edges)) | {"points": r.choice((0, 1, 100))}
        said = own | {name: value for name, value in agreed.items() if r.random() < 0.8}
        found.append({"brand": brand, "said": said} | maybe(r, 0.5, shop=BRANDS[brand]))
    return found


def a_card(r: Random, edges: Edges) -> Json:
    brand = r.choice(sorted(BRANDS))
    said = {"points": r.choice((0, 1, 100))} | maybe(
        r,
        level=r.choice(LEVELS),
        status=r.choice(("VALID", "LOST")),
        validFrom=r.choice(edges.days).isoformat(),
        validTo=r.choice(edges.days).isoformat(),
    )
    return {"brand": brand, "said": said} | maybe(r, 0.5, shop=BRANDS[brand])


def order(r: Random, edges: Edges, place: int) -> Json:
    """An order with none to four lines; a product may come twice."""
    lines = [line(r) for _ in range(r.choice((0, 1, 1, 2, 3, 4)))]
    refunds = sum(cents(one.get("refunded", "0")) for one in lines)
    amount = sum(cents(one["amount"]) for one in lines) if lines else cents(r.choice(AMOUNTS))
    amount += r.choice((0, 0, 0, 0, 1000))  # what it costs to send it
    times = maybe(
        r, 0.6, paidAt=instant(r, edges), orderedAt=instant(r, edges), shippedAt=instant(r, edges)
    ) | maybe(r, 0.3, completedAt=instant(r, edges), refundedAt=instant(r, edges))
    brand = r.choice((None, *BRANDS))
    where = {"brand": brand} | maybe(r, 0.7, shop=BRANDS[brand]) if brand else {}
    money = maybe(r, 0.4, discount=r.choice(AMOUNTS), refunded=money_of(r.randint(0, max(amount, refunds))))
    found = {
        "said": instant(r, edges),
        "status": r.choice(STATUSES),
        "amount": money_of(amount),
        "lines": lines,
    }
    found |= times | where | money | by(r) | {"key": f"{r.choice('abc')}{place}"}
    return in_currency(found, r.choice(CURRENCIES))


def line(r: Random) -> Json:
    product, amount = r.choice(PRODUCTS), r.choice(AMOUNTS)
    own = money_of(r.randint(0, cents(amount)))
    category = {"category": CATEGORIES[product]} if CATEGORIES[product] else {}
    return (
        {"product": product, "amount": amount}
        | category
        | maybe(r, 0.3, quantity=r.randint(0, 3), refunded=own)
    )


def in_currency(found: Json, currency: str) -> Json:
    """The yen has no smaller unit: its amounts are whole."""
    if currency == "JPY":
        for one in (found, *found["lines"]):
            one |= {name: str(cents(one[name])) for name in ("amount", "discount", "refunded") if name in one}
    return found | {"currency": currency}


def cents(amount: str) -> int:
    whole, _, part = amount.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def money_of(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def dependent(r: Random, edges: Edges) -> Json:
    kind = r.choice(KINDS)
    found: Json = {"kind": kind} | by(r) | maybe(r, gender=r.choice(GENDERS))
    found |= maybe(r, 1 if kind == "BABY" else 0.6, birthday=born(r, edges))  # a baby's is required
    if kind == "PET":
        day = r.choice(edges.days).isoformat()
        found["attributes"] = maybe(r, species=r.choice(SPECIES), weight=r.choice(WEIGHTS), vaccinated=day)
    if r.random() < 0.5:
        found["tags"] = [
            {"key": key, "at": instant(r, edges)} | value_of(r, edges, key) for key in some(r, TAGS)
        ]
    return found


def some(r: Random, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if r.random() < 0.5]


def value_of(r: Random, edges: Edges, key: str) -> Json:
    values = {"tier": TIERS, "score": SCORES, "visited": (*VISITS, *(day.isoformat() for day in edges.days))}
    return {"value": r.choice(values[key])} if key in values and r.random() < 0.9 else {}


def tags(r: Random, edges: Edges) -> list[Json]:
    """Each tag at most once by each of two identifiers, at different times."""
    found = []
    for key in some(r, TAGS):
        times = r.sample(edges.instants, 2)
        if times[0] == times[1]:
            times.pop()
        for which, at in enumerate(times[: r.randint(1, 2)]):
            found.append({"key": key, "at": at.isoformat(), "by": which} | value_of(r, edges, key))
    return found


def touch(r: Random, edges: Edges) -> Json:
    said = {"channel": r.choice(CHANNELS)} | maybe(
        r, campaign=r.choice(CAMPAIGNS), outcome=r.choice(OUTCOMES)
    )
    return said | {"at": instant(r, edges)} | by(r)


def event(r: Random, edges: Edges) -> Json:
    properties = {name: r.choice(VALUES) for name in NAMES if r.random() < 0.7}
    return {"type": r.choice(TYPES), "at": instant(r, edges), "properties": properties} | by(r)


def consent(r: Random, edges: Edges) -> Json:
    at = r.choice(edges.instants[:4]).isoformat()
    said = {"channel": r.choice(CHANNELS[:2]), "purpose": r.choice(("marketing", "service"))}
    return said | {"granted": r.random() < 0.6, "at": at} | by(r)


def scores(r: Random) -> dict[str, int]:
    return {name: r.randint(1, 5) for name in ("recency", "frequency", "monetary")}


def a_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
