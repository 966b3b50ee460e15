"""Conditions on what happened to the person: messages, behaviours, consents, and sequences of facts.

Like those on orders, each is about the person `p` that is already found, and walks from there without labels.
"""

from collections.abc import Sequence

from app.rules.compiler_measures import Measure, held
from app.rules.compiler_orders import during, order_step
from app.rules.conditions import ConsentCondition
from app.rules.conditions_facts import (
    EventCondition,
    EventStep,
    NotStep,
    SequenceCondition,
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
    return held(
        statement, touches(statement, condition, []), Measure(condition.measure, time="f.at"), condition.is_
    )


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
    matched, measure = events(statement, condition, []), Measure(condition.measure, time="f.at")
    if condition.measure in _OF_VALUES:
        stored = f"f[{statement.put(f'a_{condition.property}')}]"
        number = f"CASE WHEN {stored} IS :: INTEGER NOT NULL | FLOAT NOT NULL THEN toFloat({stored}) END"
        measure = Measure(condition.measure, value=number)
    return held(statement, matched, measure, condition.is_)


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
    """Whether some chain of facts takes the steps in time order.

    For each first fact the earliest next one leaves most room, so one look for each further step is enough;
    before a negated step the latest of the last step leaves least room for what must not happen.
    """
    *before, last = condition.steps
    steps = [*before, *([] if last.not_ else [last])]
    clauses, time = f"{taken(statement, steps[0], [])} ", time_of(steps[0])
    exact = length(condition.within)
    assert exact is not None  # noqa: S101 - checked
    seconds = statement.put(int(exact.exact.total_seconds()))
    clauses += f"WITH DISTINCT {time} AS t, {time} + duration({{seconds: {seconds}}}) AS over"
    for place, step in enumerate(steps[1:], start=2):
        which = "max" if last.not_ and place == len(steps) else "min"
        time = time_of(step)
        inner = taken(statement, step, [f"{time} > t", f"{time} <= over"])
        clauses += (
            f" CALL (p, t, over) {{ {inner} RETURN {which}({time}) AS next }}"
            " WITH next AS t, over WHERE next IS NOT NULL"
        )
    if last.not_:
        time = time_of(last.not_)
        never = taken(statement, last.not_, [f"{time} > t", f"{time} <= over"])
        passed = f"over < {statement.put(statement.clock.now)}"
        clauses += f" WITH t, over WHERE {passed} AND NOT EXISTS {{ {never} RETURN 1 }}"
    return f"EXISTS {{ {clauses} RETURN 1 }}"


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
