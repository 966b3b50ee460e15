"""Conditions on orders: which are selected, which of their lines count, and what is measured of them.

Every condition is one EXISTS about the person `p` that is already found; it walks from the person along its
identifiers, whose orders are few, and names no label there, so that no plan can start from all orders
instead.
"""

import re

from app.money import minor_digits
from app.rules.compiler_measures import Measure, held
from app.rules.conditions_facts import OrderCondition, OrderLike, OrderStep, OrderWhere
from app.rules.statement import Statement, forms
from app.rules.testing import NUMBER, money, no, tested
from app.rules.windows import Span, span

BOUGHT = ("PAID", "SHIPPED", "COMPLETED")
TIMES = {
    "PAID": "o.at",
    "ORDERED": "o.placedAt",
    "SHIPPED": "o.shippedAt",
    "COMPLETED": "o.completedAt",
    "REFUNDED": "o.refundedAt",
}
WHOLE = {
    "amount": "o.netMinor",
    "discount": "o.discountMinor",
    "refunded": "o.refundedMinor",
    "quantity": "o.quantity",
}
OF_LINES = {name: name for name in WHOLE}
_LINES = (
    "sum(l.netMinor) AS amount, sum(l.discountMinor) AS discount, "
    "sum(l.refundedMinor) AS refunded, sum(l.quantity) AS quantity"
)
_REDUCED = re.sub(r"sum\((l\.\w+)\)", r"reduce(n = 0, l IN ls | n + \1)", _LINES)
_MEASURED = {"AMOUNT": "amount", "DISCOUNT": "discount", "REFUND": "refunded", "QUANTITY": "quantity"}
WALK = "(p)<-[:IDENTIFIES]-(i)<-[:PLACED_BY]-(o)"


def order(statement: Statement, condition: OrderCondition) -> str:
    """Whether the measure over the person's selected orders passes the test."""
    matched = selected(statement, condition)
    return held(statement, matched, measured(statement, condition), condition.is_)


def selected(statement: Statement, condition: OrderCondition) -> str:
    """The clauses that leave the orders that the measure is of, as `o`."""
    where, measure = condition.where, condition.measure
    within = span(condition.within, statement.clock)
    filters = [
        *during(statement, TIMES[condition.time_of], within),
        *standing(statement, where, measure),
    ]
    return _matched(statement, condition, filters, of_lines(where, _of_what(measure)))


def _of_what(measure: str) -> str | None:
    """The amounts or pieces that a measure is of; None of other measures."""
    return _MEASURED.get(measure.partition("_")[2]) if measure[:3] in ("SUM", "AVG", "MIN", "MAX") else None


def by_lines(condition: OrderCondition) -> bool:
    """Whether amounts or pieces of some lines alone are asked, or measured."""
    return of_lines(condition.where, _of_what(condition.measure))


def of_lines(where: OrderLike, what: str | None) -> bool:
    """Whether amounts or pieces are asked, and of some lines alone; `what` is what is measured of them."""
    asked = what is not None or any(getattr(where, name) for name in WHOLE)
    return asked and bool(where.product or where.category)


def during(statement: Statement, time: str, within: Span) -> list[str]:
    """That the time lies in the window. There is always an end: what happens after asOf does not exist."""
    start = [] if within.start is None else [f"{time} >= {statement.put(within.start)}"]
    return [*start, f"{time} < {statement.put(within.end)}"]


def standing(statement: Statement, where: OrderWhere, measure: str) -> list[str]:
    """State and currency: bought, in the deployment's currency, unless the rule says others."""
    refunds = ("REFUNDED",) if measure.endswith("_REFUND") else ()
    statuses: tuple[str, ...] = where.status or (*BOUGHT, *refunds)
    currencies = where.currency or (statement.settings.currency,)
    return [f"o.status IN {statement.put(list(statuses))}", f"o.currency IN {statement.texts(*currencies)}"]


def _matched(statement: Statement, condition: OrderCondition, filters: list[str], apart: bool) -> str:
    """The clauses that leave the selected orders, as `o`, and what their lines that count come to."""
    where = condition.where
    known = ["(i.factsFrom IS NULL OR o.at >= i.factsFrom)", *statement.seen("o")]
    rest = [*filters, *like(statement, where, lines_apart=apart)]
    if condition.pick is None:
        clauses = f"MATCH {WALK} WHERE {' AND '.join([*known, *rest])}"
    else:
        clauses = f"{_picked(statement, condition.pick, known)} WITH o WHERE {' AND '.join(rest)}"
    if apart:
        lines = f"MATCH (o)-[l:CONTAINS]->(q) WHERE {' AND '.join(line(statement, where))}"
        if statement.aggregates:
            clauses += f" {lines} WITH o, {_LINES}"
        else:
            clauses += f" WITH o, COLLECT {{ {lines} RETURN l }} AS ls WHERE size(ls) > 0 WITH o, {_REDUCED}"
        values = amounts(statement, where, OF_LINES)
        clauses += f" WHERE {' AND '.join(values)}" if values else ""
    return clauses


def _picked(statement: Statement, pick: str | int, known: list[str]) -> str:
    """One order of the person's bought ones of any currency, by PAID time, then key."""
    bought = [f"o.at < {statement.put(statement.clock.now)}", f"o.status IN {statement.put(list(BOUGHT))}"]
    way = " DESC" if pick == "LAST" else ""
    skipped = statement.put(min(pick, 2**40) - 1 if isinstance(pick, int) else 0)
    return (
        f"MATCH {WALK} WHERE {' AND '.join([*known, *bought])} "
        f"WITH o ORDER BY o.at{way}, o.key{way} SKIP toInteger({skipped}) LIMIT 1"
    )


def like(statement: Statement, where: OrderLike, *, lines_apart: bool = False) -> list[str]:
    """What the order is like, but for its state and currency, when `lines_apart` also but for what its
    lines say.
    """
    found = []
    if where.shop:
        found.append(f"EXISTS {{ (o)-[:PLACED_AT]->(s) WHERE s.key IN {statement.texts(*where.shop)} }}")
    if where.platform:
        found.append(
            f"EXISTS {{ (o)-[:PLACED_AT]->(s) WHERE s.platform IN {statement.texts(*where.platform)} }}"
        )
    if where.brand:
        found.append(f"o.brand IN {statement.texts(*where.brand)}")
    if where.all_products:
        wanted = statement.put([forms(product) for product in where.all_products])
        found.append(f"all(one IN {wanted} WHERE EXISTS {{ (o)-[:CONTAINS]->(h) WHERE h.key IN one }})")
    if not lines_apart:
        if where.product or where.category:
            # not `q`: a rule that starts at a product has one of that name, and then only that line is asked
            lines = " AND ".join(line(statement, where, "h"))
            found.append(f"EXISTS {{ (o)-[:CONTAINS]->(h) WHERE {lines} }}")
        found += amounts(statement, where, WHOLE)
    opposite = where.not_ if isinstance(where, OrderWhere) else None
    if opposite is not None:
        found.append(no([*_said_standing(statement, opposite), *like(statement, opposite)]))
    return found


def _said_standing(statement: Statement, where: OrderLike) -> list[str]:
    status = [f"o.status IN {statement.put(list(where.status))}"] if where.status else []
    return status + ([f"o.currency IN {statement.texts(*where.currency)}"] if where.currency else [])


def line(statement: Statement, where: OrderLike, of: str = "q") -> list[str]:
    product = [f"{of}.key IN {statement.texts(*where.product)}"] if where.product else []
    return product + ([f"{of}.category IN {statement.texts(*where.category)}"] if where.category else [])


def amounts(statement: Statement, where: OrderLike, at: dict[str, str]) -> list[str]:
    """That amounts and pieces, to be read `at` these expressions, pass their tests."""
    digits = _digits(statement, where)
    kinds = {
        "amount": money(digits),
        "discount": money(digits),
        "refunded": money(digits),
        "quantity": NUMBER,
    }
    return [
        condition
        for name, kind in kinds.items()
        if (test := getattr(where, name)) is not None
        for condition in tested(statement, at[name], kind, test)
    ]


def _digits(statement: Statement, where: OrderLike) -> int:
    """Decimal places of what the rule calls money; the orders that count are of one such currency."""
    return minor_digits((where.currency or (statement.settings.currency,))[0])


def measured(statement: Statement, condition: OrderCondition) -> Measure:
    """What is measured of the orders, as `o`, or of their lines."""
    measure = condition.measure
    what = _of_what(measure)
    if what is not None:
        value = (OF_LINES if of_lines(condition.where, what) else WHOLE)[what]
        digits = None if what == "quantity" else _digits(statement, condition.where)
        return Measure(measure.partition("_")[0], value=value, digits=digits, nothing_is_0=what == "quantity")
    if measure == "DISTINCT_PRODUCTS":
        lines = line(statement, condition.where)
        where = f" WHERE {' AND '.join(lines)}" if lines else ""
        return Measure("DISTINCT", value="q", also=f" MATCH (o)-[:CONTAINS]->(q){where}")
    if measure == "DISTINCT_SHOPS":
        return Measure("DISTINCT", value="s", also=" MATCH (o)-[:PLACED_AT]->(s)")
    return Measure(measure, time=TIMES[condition.time_of])


def order_step(statement: Statement, step: OrderStep, after: list[str]) -> str:
    """The clauses that leave the orders of a step of a sequence, as `o`."""
    condition = OrderCondition(where=step.where, within=step.within)
    where = step.where
    within = span(step.within, statement.clock)
    filters = [*after, *during(statement, "o.at", within), *standing(statement, where, "COUNT")]
    return _matched(statement, condition, filters, of_lines(where, None))
