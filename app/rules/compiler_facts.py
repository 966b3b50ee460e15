"""Conditions on what happened to the person: messages, behaviours, consents, and sequences of facts.

Like those on orders, each is about the person `p` that is already found, and walks from there without labels.
"""

from collections.abc import Callable, Sequence

from app.rules.compiler_measures import Measure, held
from app.rules.compiler_orders import during, order_step
from app.rules.conditions import ConsentCondition
from app.rules.conditions_facts import (
    EventCondition,
    EventStep,
    NotStep,
    SequenceCondition,
    Step,
    TouchCondition,
    TouchLike,
    TouchStep,
    TouchWhere,
)
from app.rules.statement import Statement
from app.rules.testing import ANY, no, tested
from app.rules.windows import length, span

_TOUCHED = "(p)<-[:IDENTIFIES]-(i)<-[:SENT_TO]-(f)"
_DONE = "(p)<-[:IDENTIFIES]-(i)<-[:DONE_BY]-(f)"
_OF_VALUES = ("SUM", "AVG", "MIN", "MAX")


def counted(statement: Statement, fact: str) -> list[str]:
    """That the fact counts for the person: of a contested identifier, what is told since it is theirs."""
    return [f"(i.factsFrom IS NULL OR {fact}.at >= i.factsFrom)", *statement.seen(fact)]


def touch(statement: Statement, condition: TouchCondition) -> str:
    """Whether the measure over the messages that are meant passes the test."""
    matched = touches(statement, condition, [])
    return held(statement, matched, measured(statement, condition), condition.is_)


def touches(statement: Statement, step: TouchStep, after: Sequence[str]) -> str:
    """The clause that leaves the messages, as `f`."""
    happened = during(statement, "f.at", span(step.within, statement.clock))
    conditions = [*touch_like(statement, step.where), *happened, *after, *counted(statement, "f")]
    return f"MATCH {_TOUCHED} WHERE {' AND '.join(conditions)}"


def touch_like(statement: Statement, where: TouchLike) -> list[str]:
    """What the message `f` is like."""
    names = ("channel", "campaign", "outcome")
    said = ((name, getattr(where, name)) for name in names)
    found = [f"f.{name} IN {statement.texts(*values)}" for name, values in said if values]
    opposite = where.not_ if isinstance(where, TouchWhere) else None
    return found if opposite is None else [*found, no(touch_like(statement, opposite))]


def event(statement: Statement, condition: EventCondition) -> str:
    """Whether the measure over the behaviours that are meant passes the test."""
    matched = events(statement, condition, [])
    return held(statement, matched, measured(statement, condition), condition.is_)


def measured(statement: Statement, step: TouchStep | EventStep) -> Measure:
    """What is measured of the messages or behaviours, as `f`."""
    what = step.measure if isinstance(step, TouchCondition | EventCondition) else "COUNT"
    if not isinstance(step, EventCondition) or what not in _OF_VALUES:
        return Measure(what, time="f.at")
    stored = f"f[{statement.put(f'a_{step.property}')}]"
    number = f"CASE WHEN {stored} IS :: INTEGER NOT NULL | FLOAT NOT NULL THEN toFloat({stored}) END"
    return Measure(what, value=number)


def events(statement: Statement, step: EventStep, after: Sequence[str]) -> str:
    """The clause that leaves the behaviours, as `f`."""
    happened = during(statement, "f.at", span(step.within, statement.clock))
    conditions = [*event_like(statement, step), *happened, *after, *counted(statement, "f")]
    return f"MATCH {_DONE} WHERE {' AND '.join(conditions)}"


def event_like(statement: Statement, step: EventStep) -> list[str]:
    """What the behaviour `f` is like."""
    found = [f"f.type IN {statement.texts(step.type)}"]
    for one in step.where or ():
        found += tested(statement, f"f[{statement.put(f'a_{one.name}')}]", ANY, one.is_)
    return found


def consent(statement: Statement, condition: ConsentCondition) -> str:
    """Whether the latest consent says so; of one instant the refusal. Who was never asked said neither."""
    latest = (
        f"COLLECT {{ {consents(statement, condition)} "
        "RETURN f.granted AS said ORDER BY f.at DESC, said LIMIT 1 }"
    )
    return f"{statement.put([condition.granted])} = {latest}"


def consents(statement: Statement, condition: ConsentCondition) -> str:
    """The clause that leaves what was said for the channel and purpose, as `f`."""
    conditions = [
        f"f.channel IN {statement.texts(condition.channel)}",
        f"f.purpose IN {statement.texts(condition.purpose)}",
        *counted(statement, "f"),
    ]
    return f"MATCH (p)<-[:IDENTIFIES]-(i)<-[:GIVEN_BY]-(f) WHERE {' AND '.join(conditions)}"


def sequence(statement: Statement, condition: SequenceCondition) -> str:
    """Whether some chain of facts takes the steps in time order."""
    first = taken(statement, condition.steps[0], [])
    return f"EXISTS {{ {first}{chain(statement, condition)} RETURN 1 }}"


def chain(statement: Statement, condition: SequenceCondition, kept: str = "") -> str:
    """The clauses that leave, of the facts of the first step, those from which a chain takes the others.

    For each first fact the earliest next one leaves most room, so one look for each further step is enough;
    before a negated step the latest of the last step leaves least room for what must not happen. `kept` is
    what is kept beside the time.
    """
    first, *between, last = condition.steps
    time = time_of(first)
    clauses = f" WITH DISTINCT {kept}{time} AS t, {time} + {_long(statement, condition)} AS over"
    for place, step in enumerate(between, start=1):
        which = " DESC" if last.not_ and place == len(between) else ""
        looked = f"{_next(statement, step)} RETURN {time_of(step)} AS next ORDER BY next{which} LIMIT 1"
        clauses += f" CALL (p, t, over) {{ {looked} }} WITH {kept}next AS t, over"
    return f"{clauses} WITH {kept}t, over WHERE {_ended(statement, last)}"


def chained(statement: Statement, condition: SequenceCondition, shown: Callable[[Step], str]) -> str:
    """The clauses that leave the facts of the latest of these chains, as `shown` shows each, last first."""
    first, *others = condition.steps
    time, last = time_of(first), others[-1]
    clauses = f"{taken(statement, first, [])} WITH {time} AS t, "
    clauses += f"{time} + {_long(statement, condition)} AS over, [{shown(first)}] AS chain"
    for step, after in zip(others, [*others[1:], None], strict=True):
        if not step.not_:
            way = " DESC" if after and after.not_ else ""
            clauses += (
                f" CALL (p, t, over) {{ {_next(statement, step)} WITH {time_of(step)} AS next, "
                f"{shown(step)} AS one ORDER BY next{way}, one LIMIT 1 RETURN next, one }} "
                "WITH next AS t, over, chain + [one] AS chain"
            )
    clauses += f" WITH t, over, chain WHERE {_ended(statement, last)}" if last.not_ else ""
    return f"{clauses} WITH t, chain ORDER BY t DESC LIMIT 1 UNWIND reverse(chain) AS fact WITH fact"


def _long(statement: Statement, condition: SequenceCondition) -> str:
    """How long a chain may take."""
    exact = length(condition.within)
    assert exact is not None  # noqa: S101 - checked
    return f"duration({{seconds: {statement.put(int(exact.exact.total_seconds()))}}})"


def _ended(statement: Statement, last: Step) -> str:
    """That the last step is taken; of a negated one, that it was not, and cannot be any more."""
    there = f"EXISTS {{ {_next(statement, last.not_ or last)} RETURN 1 }}"
    return f"over < {statement.put(statement.clock.now)} AND NOT {there}" if last.not_ else there


def _next(statement: Statement, step: NotStep) -> str:
    """The clause that leaves the facts of a step after the time of the one before."""
    time = time_of(step)
    return taken(statement, step, [f"{time} > t", f"{time} <= over"])


def time_of(step: NotStep) -> str:
    """The time of a step's fact."""
    return "o.at" if step.order else "f.at"


def taken(statement: Statement, step: NotStep, after: list[str]) -> str:
    """The clauses that leave the facts of a step, as `o` or `f`."""
    if step.order:
        return order_step(statement, step.order, after)
    if step.touch:
        return touches(statement, step.touch, after)
    assert step.event is not None  # noqa: S101 - a step has exactly one key
    return events(statement, step.event, after)
