"""Conditions on tags: carried once, by hand before by rule, by the person or through a dependent."""

from app.rules.compiler_people import DEPENDENTS, live, shown
from app.rules.conditions import TagCondition
from app.rules.statement import Statement
from app.rules.testing import tested
from app.rules.testing_time import DECLARED, TIME

# What observations say of tags is stored as the text that it was; by hand and by rule it is of its type.
_NUMBER = "'[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?'"
_DAY = "'(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'"
_LAST_OF_MONTH = (
    "(date({year: toInteger(left(a.value, 4)), month: toInteger(substring(a.value, 5, 2)), day: 1}) "
    "+ duration('P1M') - duration('P1D')).day"
)
_LARGEST = 2**53
_VALUE = (
    "CASE t.valueType "
    "WHEN 'NUMBER' THEN CASE WHEN a.value IS :: STRING NOT NULL THEN CASE "
    f"WHEN a.value =~ {_NUMBER} AND abs(toFloat(a.value)) < {_LARGEST} THEN toFloat(a.value) END "
    "ELSE a.value END "
    f"WHEN 'DATE' THEN CASE WHEN a.value =~ {_DAY} THEN CASE "
    f"WHEN toInteger(right(a.value, 2)) <= {_LAST_OF_MONTH} THEN a.value END END "
    "ELSE a.value END"
)
"""The value that `a` says, as the tag `t` has values: a number, a day as text. What is none is missing."""


def tag(statement: Statement, condition: TagCondition) -> str:
    """Whether the person carries the tag, or also a dependent; as asked."""
    keys = statement.texts(condition.key)
    carried = _carried_by_person(statement, condition, keys)
    if condition.include_subordinate:
        theirs = _carried_by_dependent(statement, condition, keys)
        conditions = " AND ".join([*shown(statement), theirs])
        carried = f"({carried} OR EXISTS {{ MATCH {DEPENDENTS} WHERE {conditions} RETURN 1 }})"
    return carried if condition.has else f"NOT {carried}"


def _carried_by_person(statement: Statement, condition: TagCondition, keys: str) -> str:
    by_hand = f"(p)<-[:IDENTIFIES]-(i)-[a:ASSERTED]->(t) WHERE t.key IN {keys} AND {asserted(statement)}"
    return _carried(statement, condition, "p", keys, by_hand)


def asserted(statement: Statement) -> str:
    """That what `a` says of the identifier `i` by hand holds for its person."""
    return " AND ".join(["(i.factsFrom IS NULL OR a.since >= i.factsFrom)", *live(statement)])


def _carried_by_dependent(statement: Statement, condition: TagCondition, keys: str) -> str:
    by_hand = f"(d)-[a:ASSERTED]->(t) WHERE t.key IN {keys} AND {' AND '.join(live(statement))}"
    return _carried(statement, condition, "d", keys, by_hand)


def _carried(statement: Statement, condition: TagCondition, end: str, keys: str, by_hand: str) -> str:
    """A tag is carried once: by hand before by rule, then the latest; its value and time are those of that
    one.
    """
    by_rule = f"({end})-[a:TAGGED]->(t) WHERE t.key IN {keys}"
    tests = [
        *(tested(statement, "value", DECLARED, condition.value) if condition.value is not None else []),
        *(tested(statement, "since", TIME, condition.since) if condition.since is not None else []),
    ]
    if not tests:
        return f"(EXISTS {{ {by_hand} }} OR EXISTS {{ {by_rule} }})"
    said = f"{_VALUE} AS value, a.value AS told, a.since AS since"
    return (
        f"EXISTS {{ CALL ({end}) {{ MATCH {by_hand} RETURN {said}, 0 AS place "
        f"UNION ALL MATCH {by_rule} RETURN {said}, 1 AS place }} "
        f"WITH value, since ORDER BY place, since DESC, told LIMIT 1 WHERE {' AND '.join(tests)} RETURN 1 }}"
    )
