"""Random tests and windows of rules, over plain ``random.Random``."""

from random import Random
from typing import Any

from tests.rules.worlds import Edges, Json

LENGTHS = ("0d", "1d", "2d", "7d", "1w", "2w", "30d", "1m", "2m", "3m", "1y")
HOURS = ("0h", "1h", "24h", "72h", "168h", "1d", "3d", "1w")


def among(r: Random, values: tuple[Any, ...], orders: bool = True) -> Json:
    """One or two tests of values like these."""
    names = ["eq", "ne", "in", "notIn", "exists"] + ["gt", "gte", "lt", "lte"] * (2 if orders else 0)
    found: Json = {}
    for name in r.sample(names, r.choice((1, 1, 1, 2))):
        found[name] = r.random() < 0.5 if name == "exists" else several(r, values, name in ("in", "notIn"))
    return found


def several(r: Random, values: tuple[Any, ...], many: bool) -> Any:
    return [r.choice(values) for _ in range(r.randint(1, 2))] if many else r.choice(values)


def of_text(r: Random, values: tuple[str, ...]) -> Json:
    if r.random() < 0.6:
        return among(r, values, orders=False)
    value = r.choice(values)
    return {r.choice(("contains", "startsWith", "endsWith")): value[: r.randint(0, 2)] or value[-2:]}


def of_time(r: Random, edges: Edges) -> Json:
    """A test of a day or a time: lengths back and on, days, times with an offset and without."""
    if r.random() < 0.3:
        return {r.choice(("last", "next")): r.choice(LENGTHS)}
    return among(r, tuple(literal(r, edges) for _ in range(3)))


def literal(r: Random, edges: Edges) -> str:
    if r.random() < 0.6:
        return r.choice(edges.days).isoformat() + r.choice(("", "", "", "T00:00:00", "T12:30"))
    return r.choice(edges.instants).isoformat()


def any_of(r: Random, values: tuple[str, ...]) -> Any:
    return r.choice(values) if r.random() < 0.7 else [r.choice(values) for _ in range(2)]


def within(r: Random, edges: Edges) -> Json:
    """A window, or none."""
    if r.random() < 0.3:
        return {}
    form = r.choice(("last", "last", "hours", "between", "from", "until", "ago", "ever"))
    if form in ("last", "hours"):
        return {"within": {"last": r.choice(LENGTHS if form == "last" else HOURS)}}
    if form == "ago":
        return {
            "within": {
                "ago": r.choice((["14d", "7d"], ["1m", "1d"], ["2d", "0d"], ["1y", "2w"], ["2m", "1m"]))
            }
        }
    if form == "between":
        days = sorted(r.choice(edges.days).isoformat() for _ in range(2))
        times = [one.isoformat() for one in sorted(r.choice(edges.instants) for _ in range(2))]
        return {"within": {"between": r.choice((days, times))}}
    return {"within": {form: True if form == "ever" else literal(r, edges)}}
