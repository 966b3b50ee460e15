"""Where conditions on what happened may start: at products, shops, campaigns, or at a stretch of time.

All facts of a person that are meant are found there, so that most measures can be taken where they are found,
of everybody at once, instead of walking back to them from each person.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app.rules import compiler_facts as facts
from app.rules import compiler_orders as orders
from app.rules.compiler_measures import Measure, aggregate, at_least_one, fails_of_nothing
from app.rules.compiler_starts import (
    CAMPAIGN,
    ORDERS,
    PRODUCTS,
    SHOPS,
    TIMES,
    Build,
    Start,
    degree,
    within,
)
from app.rules.conditions_facts import (
    EventStep,
    OrderCondition,
    SequenceCondition,
    Step,
    TouchStep,
)
from app.rules.parts import Test, Window
from app.rules.statement import Statement
from app.rules.testing import sure, tested
from app.rules.windows import span


def _needs_one(measure: str, test: Test | None) -> bool:
    """Whether only people who have such a fact can pass."""
    zero = measure in ("COUNT", "SUM_QUANTITY") or measure.startswith("DISTINCT")
    return fails_of_nothing(test, 0 if zero else None)


def _one_aggregate(measure: str) -> bool:
    """Whether the facts alone give it, by one aggregate."""
    return measure not in ("DISTINCT_PRODUCTS", "DISTINCT_SHOPS") and not measure.endswith("INTERVAL_DAYS")


def _measured(statement: Statement, measure: Measure, test: Test | None, again: str = "") -> str:
    """The test of the measure over all facts of each person. `again` is the fact where it may have been
    found twice; it counts once.
    """
    if measure.what == "COUNT" and at_least_one(test):
        return ""
    value, kind = aggregate(statement, measure)
    assert test is not None  # noqa: S101 - at least one is what its absence means
    once = f" WITH DISTINCT p, {again}" if again else ""
    return f"{once} WITH p, {value} AS v WHERE {sure(tested(statement, 'v', kind, test))}"


def _order(body: OrderCondition) -> list[Start]:
    """Orders by their products, their shops, or the time they were paid."""
    if not _needs_one(body.measure, body.is_):
        return []
    where = body.where
    found = [_at_products(body)] if where.product or where.category or where.all_products else []
    found += [_at_shops(body)] if where.shop else []
    if body.time_of == "PAID" and body.pick is None and _has_start(body.within):
        found.append(_at_times(body))
    return found


def _has_start(window: Window | None) -> bool:
    return window is not None and not window.ever and window.until is None


def _ordered(body: OrderCondition, rank: int, found: Build, way: str, size: Build) -> Start:
    """The orders that are meant, by `way` of what is found, whose they are, and the measure of them."""
    where = body.where
    apart = rank == PRODUCTS and bool(where.product or where.category)
    left = where.model_copy(update={"shop": None}) if rank == SHOPS else where
    exact = body.pick is None and not orders.by_lines(body) and _one_aggregate(body.measure)

    def build(statement: Statement) -> str:
        rest = [
            "(i.factsFrom IS NULL OR o.at >= i.factsFrom)",
            *statement.seen("o"),
            *([] if rank == ORDERS else _during(statement, body)),
            *orders.standing(statement, where, body.measure),
            *orders.like(statement, left, lines_apart=apart),
        ]
        start = f"{found(statement)} MATCH {way}(o)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person)"
        start += f" WHERE {' AND '.join(rest)}"
        if not exact:
            return start
        again = "o" if rank == PRODUCTS else ""
        return start + _measured(statement, orders.measured(statement, body), body.is_, again)

    return Start(rank, build, size, 4, exact)


def _during(statement: Statement, body: OrderCondition) -> list[str]:
    return orders.during(statement, orders.TIMES[body.time_of], span(body.within, statement.clock))


def _at_products(body: OrderCondition) -> Start:
    """Orders with a line of the products, or of the first of those that they must all have."""
    where = body.where
    by = "key" if where.product or not where.category else "category"

    def found(statement: Statement) -> str:
        said = orders.line(statement, where) or [
            f"q.key IN {statement.texts(*(where.all_products or ())[:1])}"
        ]
        return f"MATCH (q:Product) USING INDEX SEEK q:Product({by}) WHERE {' AND '.join(said)}"

    def size(statement: Statement) -> str:
        return degree(found(statement), "COUNT { (q)<-[:CONTAINS]-() }")

    return _ordered(body, PRODUCTS, found, "(q)<-[:CONTAINS]-", size)


def _at_shops(body: OrderCondition) -> Start:
    def found(statement: Statement) -> str:
        shops = statement.texts(*(body.where.shop or ()))
        return f"MATCH (s:Shop) USING INDEX SEEK s:Shop(key) WHERE s.key IN {shops}"

    def size(statement: Statement) -> str:
        return degree(found(statement), "COUNT { (s)<-[:PLACED_AT]-() }")

    return _ordered(body, SHOPS, found, "(s)<-[:PLACED_AT]-", size)


def _at_times(body: OrderCondition) -> Start:
    """Orders paid since a time."""

    def found(statement: Statement) -> str:
        return f"MATCH (o:Order) USING INDEX SEEK o:Order(at) WHERE {' AND '.join(_during(statement, body))}"

    return _ordered(body, ORDERS, found, "", lambda one: within(found(one), "Order"))


def _touch(body: TouchStep) -> list[Start]:
    """Messages of a campaign, or over a channel, in a stretch of time."""
    where, found = body.where, list[Start]()
    if not _needs_one(*_asked(body)):
        return found
    for rank, by in ((CAMPAIGN, "campaign"), (TIMES, "channel")):
        if values := getattr(where, by):
            found.append(_happened(body, rank, "Touch", by, values, "SENT_TO"))
    return found


def _event(body: EventStep) -> list[Start]:
    """Behaviours of a type, in a stretch of time."""
    return (
        [_happened(body, TIMES, "Event", "type", [body.type], "DONE_BY")] if _needs_one(*_asked(body)) else []
    )


def _asked(body: Any) -> tuple[str, Test | None]:
    return getattr(body, "measure", "COUNT"), getattr(body, "is_", None)


def _happened(
    body: TouchStep | EventStep, rank: int, label: str, by: str, values: Sequence[str], hung: str
) -> Start:
    measure, test = _asked(body)
    exact = _one_aggregate(measure)

    def found(statement: Statement) -> str:
        named = f"f.{by} IN {statement.texts(*values)}"
        happened = orders.during(statement, "f.at", span(body.within, statement.clock))
        where = " AND ".join([named, *happened])
        return f"MATCH (f:{label}) USING INDEX SEEK f:{label}({by}, at) WHERE {where}"

    def build(statement: Statement) -> str:
        like = (
            facts.touch_like(statement, body.where)
            if isinstance(body, TouchStep)
            else facts.event_like(statement, body)
        )
        rest = " AND ".join([*like, *facts.counted(statement, "f")])
        start = f"{found(statement)} MATCH (f)-[:{hung}]->(i)-[:IDENTIFIES]->(p:Person) WHERE {rest}"
        return start + (_measured(statement, facts.measured(statement, body), test) if exact else "")

    return Start(rank, build, lambda one: within(found(one), label), 3, exact)


def _sequence(body: SequenceCondition) -> list[Start]:
    """Whoever did the first step, with the chains from there; or one of the others that must be done."""
    first, *others = [_of_step(step) for step in body.steps]
    found = [replace(one, build=_chained(body, one.build), exact=True) for one in first]
    step = body.steps[0].order
    if step and orders.of_lines(step.where, None):  # a start leaves out what is asked of some lines alone
        found = [replace(one, exact=False) for one in first]
    return found + [replace(one, exact=False) for some in others for one in some]


def _of_step(step: Step) -> list[Start]:
    if step.order:
        return _order(OrderCondition(where=step.order.where, within=step.order.within))
    if step.touch:
        return _touch(step.touch)
    return _event(step.event) if step.event else []


def _chained(body: SequenceCondition, build: Build) -> Build:
    return lambda statement: build(statement) + facts.chain(statement, body, "p, ")


STARTS: dict[str, Callable[[Any], list[Start]]] = {
    "order": _order,
    "touch": _touch,
    "event": _event,
    "sequence": _sequence,
}
