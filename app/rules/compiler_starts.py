"""Where conditions may start: clauses that leave everybody who can match, each by an index of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor
from typing import Any

from app.rules import compiler_facts as facts
from app.rules import compiler_orders as orders
from app.rules import compiler_people as people
from app.rules.ages import born_before
from app.rules.compiler_measures import at_least_one
from app.rules.conditions import DependentCondition, DependentLike, KeyCondition, TagCondition
from app.rules.conditions_facts import EventStep, OrderCondition, OrderStep, SequenceCondition, TouchStep
from app.rules.parts import Test
from app.rules.statement import Statement
from app.rules.testing import NUMBER, tested
from app.rules.testing_time import MOST_AGE
from app.rules.windows import span

Build = Callable[[Statement], str]

LIST, TAG, BIRTHDAYS, PRODUCTS, CAMPAIGN, TIMES = range(1, 7)
"""Ranks: the smaller, the fewer people it usually leaves."""


@dataclass(frozen=True)
class Start:
    """Where a leaf starts; `exact`: whoever is found matches."""

    rank: int
    build: Build
    exact: bool = False


def _list(body: KeyCondition) -> Start | None:
    def build(statement: Statement) -> str:
        keys = statement.texts(body.key)
        return f"MATCH (l:List) WHERE l.key IN {keys} MATCH (l)<-[:ON_LIST]-(i)-[:IDENTIFIES]->(p:Person)"

    return Start(LIST, build, exact=True) if body.in_ else None


def _tag(body: TagCondition) -> Start | None:
    """Whoever carries it by rule or by hand; whether it still holds is looked at."""

    def build(statement: Statement) -> str:
        found = f"MATCH (t:Tag) USING INDEX SEEK t:Tag(key) WHERE t.key IN {statement.texts(body.key)}"
        ways = ["(t)<-[:TAGGED]-(p:Person)", "(t)<-[:ASSERTED]-(:Identifier)-[:IDENTIFIES]->(p:Person)"]
        if body.include_subordinate:
            theirs = "(:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person)"
            ways += [f"(t)<-[:TAGGED]-{theirs}", f"(t)<-[:ASSERTED]-{theirs}"]
        return f"{found} CALL (t) {{ {' UNION '.join(f'MATCH {way} RETURN p' for way in ways)} }}"

    return Start(TAG, build) if body.has else None


def _dependent(body: DependentCondition) -> Start | None:
    """Dependents of a kind, by birthday."""
    where = body.where
    there = body.quantifier in ("SOME", "EVERY") or (
        body.quantifier == "COUNT" and body.count is not None and _fails_of_nothing(body.count, 0)
    )
    if not there or not where.kind or not _ages(where):
        return None
    exact = body.quantifier == "SOME"

    def build(statement: Statement) -> str:
        first, before = _birthdays(where, statement.clock.today)
        conditions = [f"d.kind IN {statement.texts(*(where.kind or ()))}"]
        conditions += [f"d.birthday >= {statement.put(first)}", f"d.birthday < {statement.put(before)}"]
        counts = [*people.shown(statement), *(people.dependent_like(statement, where) if exact else [])]
        return (
            "MATCH (d:Dependent) USING INDEX SEEK d:Dependent(kind, birthday) "
            f"WHERE {' AND '.join(conditions)} "
            f"MATCH (d)-[of:DEPENDENT_OF]->(i)-[:IDENTIFIES]->(p:Person) WHERE {' AND '.join(counts)}"
        )

    return Start(BIRTHDAYS, build, exact=exact)


def _ages(where: DependentLike) -> list[tuple[str, Test]]:
    """The tests of an age that leave a span of birthdays."""
    said = [(unit, getattr(where, name)) for name, unit in people.AGES.items()]
    return [(unit, test) for unit, test in said if test is not None and _BOUNDED & set(test.said())]


_BOUNDED = {"eq", "gt", "gte", "lt", "lte"}


def _birthdays(where: DependentLike, today: date) -> tuple[date, date]:
    """The first birthday that the tests leave, and the first after them."""
    first, before = date.min, date.max
    for unit, test in _ages(where):
        edge = born_before(today, unit)
        for name in _BOUNDED & set(test.said()):
            number = max(-MOST_AGE, min(MOST_AGE, getattr(test, name)))
            if name in ("gt", "gte", "eq"):
                before = min(before, edge(ceil(number)))
            if name in ("lt", "lte", "eq"):
                first = max(first, edge(floor(number) + 1))
    return first, before


def _fails_of_nothing(test: Test | None, nothing: int | None) -> bool:
    """Whether a test does not hold where there is no fact: of 0, or of a missing value."""
    if test is None:
        return True
    said = {name: getattr(test, name) for name in test.said()}
    if nothing is None:
        return bool(said.keys() - {"ne", "not_in", "exists"}) or said.get("exists") is True
    holds: dict[str, Callable[[Any], bool]] = {
        "eq": lambda one: one == 0,
        "ne": lambda one: one != 0,
        "in_": lambda some: 0 in some,
        "not_in": lambda some: 0 not in some,
        "gt": lambda one: one < 0,
        "gte": lambda one: one <= 0,
        "lt": lambda one: one > 0,
        "lte": lambda one: one >= 0,
        "exists": bool,
    }
    return not all(holds[name](one) for name, one in said.items())


def _needs_one(measure: str, test: Test | None) -> bool:
    """Whether only people who have such a fact can pass."""
    zero = measure in ("COUNT", "SUM_QUANTITY") or measure.startswith("DISTINCT")
    return _fails_of_nothing(test, 0 if zero else None)


def _order(body: OrderCondition) -> Start | None:
    if not _needs_one(body.measure, body.is_):
        return None
    lines = body.where.product or body.where.category or body.where.all_products
    if not lines:
        return _order_times(body)
    counted = body.measure == "COUNT" and body.pick is None and not orders.of_lines(body.where, None)
    counted = counted and bool(body.where.product or body.where.category)

    def build(statement: Statement) -> str:
        start = f"{_of_products(statement, body)} AND {' AND '.join(_during(statement, body))}"
        if not counted:
            return start
        rest = orders.standing(statement, body.where, "COUNT")
        rest += orders.like(statement, body.where, lines_apart=True)
        return f"{start} AND {' AND '.join(rest)}{_counted(statement, 'o', body.is_)}"

    return Start(PRODUCTS, build, exact=counted)


def _of_products(statement: Statement, body: OrderStep) -> str:
    """The orders with a line of those products, as `o`, and whose they are."""
    where = body.where
    if where.product or where.category:
        conditions, by = orders.line(statement, where), "key" if where.product else "category"
    else:
        conditions, by = [f"q.key IN {statement.texts(*(where.all_products or ())[:1])}"], "key"
    return (
        f"MATCH (q:Product) USING INDEX SEEK q:Product({by}) WHERE {' AND '.join(conditions)} "
        "MATCH (q)<-[:CONTAINS]-(o:Order)-[:PLACED_BY]->(i)-[:IDENTIFIES]->(p:Person) "
        "WHERE (i.factsFrom IS NULL OR o.at >= i.factsFrom)"
    )


def _during(statement: Statement, body: OrderStep) -> list[str]:
    time = orders.TIMES[body.time_of] if isinstance(body, OrderCondition) else "o.at"
    return orders.during(statement, time, span(body.within, statement.clock))


def _counted(statement: Statement, fact: str, test: Test | None) -> str:
    """All facts of a person that are meant have been found, so that they can be counted here."""
    if at_least_one(test):
        return ""
    assert test is not None  # noqa: S101 - at least one is what its absence means
    conditions = tested(statement, "v", NUMBER, test)
    return f" WITH p, count(DISTINCT {fact}) AS v WHERE {' AND '.join(conditions)}"


def _order_times(body: OrderStep) -> Start | None:
    """Orders paid since a time: where nothing better is there, and only with a start."""
    paid = not isinstance(body, OrderCondition) or (body.time_of == "PAID" and body.pick is None)
    if not paid or body.within is None or body.within.ever or body.within.until is not None:
        return None

    def build(statement: Statement) -> str:
        return (
            f"MATCH (o:Order) USING INDEX SEEK o:Order(at) WHERE {' AND '.join(_during(statement, body))} "
            "MATCH (o)-[:PLACED_BY]->(:Identifier)-[:IDENTIFIES]->(p:Person)"
        )

    return Start(TIMES + 1, build)


def _touch(body: TouchStep) -> Start | None:
    where = body.where
    by = "campaign" if where.campaign else "channel"
    if not (where.campaign or where.channel) or not _needs_one(*_asked(body)):
        return None

    def build(statement: Statement) -> str:
        named = f"f.{by} IN {statement.texts(*(getattr(where, by)))}"
        happened = orders.during(statement, "f.at", span(body.within, statement.clock))
        rest = [*facts.touch_like(statement, where), *facts.counted(statement, "f")]
        return (
            f"MATCH (f:Touch) USING INDEX SEEK f:Touch({by}, at) WHERE {' AND '.join([named, *happened])} "
            f"MATCH (f)-[:SENT_TO]->(i)-[:IDENTIFIES]->(p:Person) WHERE {' AND '.join(rest)}"
            f"{_if_counted(statement, body)}"
        )

    return Start(CAMPAIGN if where.campaign else TIMES, build, exact=_is_counted(body))


def _event(body: EventStep) -> Start | None:
    if not _needs_one(*_asked(body)):
        return None

    def build(statement: Statement) -> str:
        named = f"f.type IN {statement.texts(body.type)}"
        happened = orders.during(statement, "f.at", span(body.within, statement.clock))
        rest = [*facts.event_like(statement, body), *facts.counted(statement, "f")]
        return (
            f"MATCH (f:Event) USING INDEX SEEK f:Event(type, at) WHERE {' AND '.join([named, *happened])} "
            f"MATCH (f)-[:DONE_BY]->(i)-[:IDENTIFIES]->(p:Person) WHERE {' AND '.join(rest)}"
            f"{_if_counted(statement, body)}"
        )

    return Start(TIMES, build, exact=_is_counted(body))


def _asked(body: Any) -> tuple[str, Test | None]:
    return getattr(body, "measure", "COUNT"), getattr(body, "is_", None)


def _is_counted(body: Any) -> bool:
    return bool(_asked(body)[0] == "COUNT")


def _if_counted(statement: Statement, body: Any) -> str:
    return _counted(statement, "f", _asked(body)[1]) if _is_counted(body) else ""


def _sequence(body: SequenceCondition) -> Start | None:
    """Whoever did the first step."""
    step = body.steps[0]
    if step.order:
        order = step.order
        found = _order(OrderCondition(where=order.where, within=order.within))
    else:
        found = _touch(step.touch) if step.touch else _event(step.event) if step.event else None
    return None if found is None else replace(found, exact=False)


STARTS: dict[str, Callable[[Any], Start | None]] = {
    "list": _list,
    "tag": _tag,
    "dependent": _dependent,
    "order": _order,
    "touch": _touch,
    "event": _event,
    "sequence": _sequence,
}
