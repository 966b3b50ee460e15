"""The conditions of rules as filters of what a read finds: dependents, lines of a product, people.

The read says where it looks, and a `Condition` stands in it as one boolean about what it has found. The tests
are those of rules, compiled by the same functions.
"""

from collections.abc import Sequence

from app.graph.planner_conditions import Condition
from app.rules import compiler_orders as orders
from app.rules.compiler import Compiled, condition, expanded, found
from app.rules.compiler_people import dependent_like
from app.rules.conditions import DependentWhere
from app.rules.conditions_facts import OrderStep
from app.rules.model import Rule, nodes
from app.rules.statement import Settings, Statement
from app.rules.testing import sure
from app.rules.windows import span

_LINE = {
    "amount": "l.netMinor",
    "discount": "l.discountMinor",
    "refunded": "l.refundedMinor",
    "quantity": "l.quantity",
}


def dependents(where: DependentWhere, settings: Settings) -> Condition:
    """What a dependent is like: about `it`."""
    statement = Statement(settings, aggregates=False)
    return _condition(statement, dependent_like(statement, where), {"d": "it"})


def lines(step: OrderStep, settings: Settings) -> Condition:
    """What an order `o` with a line `l` of the product `q` is like; amounts are those of that line."""
    statement, where = Statement(settings, aggregates=False), step.where
    said = [
        *orders.during(statement, orders.TIMES["PAID"], span(step.within, statement.clock)),
        *orders.standing(statement, where, "COUNT"),
        *orders.line(statement, where),
        *orders.like(statement, where, lines_apart=True),
        *orders.amounts(statement, where, _LINE),
    ]
    return _condition(statement, said, {"o": "o", "l": "l", "q": "q"})


def people(rule: Rule, settings: Settings) -> Condition:
    """Whether the person `p` matches the rule."""
    statement = Statement(settings, aggregates=False)
    whole = expanded(rule, settings.segments)
    size = sum(node.key not in ("all", "any", "not") for _, node in nodes(whole))
    return _condition(statement, [condition(statement, whole)], {"p": "p"}, size)


def some(rule: Rule, settings: Settings, most: int) -> Compiled:
    """The OneIDs of those who match the rule, at most so many, in no order: rows with `oneId`."""
    statement = Statement(settings)
    limit = f"LIMIT toInteger({statement.named('most', most)})"
    text = f"{found(statement, rule)} RETURN p.oneId AS oneId {limit}"
    return Compiled(text, {"p": statement.values})


def _condition(statement: Statement, said: Sequence[str], about: dict[str, str], size: int = 1) -> Condition:
    return Condition(sure(said), statement.values, about, size)
