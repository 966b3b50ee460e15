"""Which of several rules hold of some people, or of their dependents, in one statement: for tags.

A rule about a dependent is a rule about its people in which `dependent` and `anniversary` mean this one
alone: the conditions walk to a `d`, and here `d` is given. So there is one compiler, and one meaning.

What is found comes as the list `found` of one row: a driver takes as long for a row as the database does to
decide it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.graph.sessions import Reader
from app.rules.compiler import SECONDS, Compiled, columns, condition
from app.rules.compiler_people import shown
from app.rules.model import Rule
from app.rules.parts import Test
from app.rules.statement import Settings, Statement

_GATHERED = "RETURN collect(one) AS found"


async def gathered(reader: Reader, asked: Compiled) -> list[Mapping[str, Any]]:
    """What one of these statements finds. Raises TimedOut."""
    rows = await reader.compiled(asked.text, asked.params, timeout=SECONDS)
    found: list[Mapping[str, Any]] = rows[0]["found"]
    return found


def held(rules: Sequence[Rule], settings: Settings, one_ids: Sequence[str]) -> Compiled:
    """Of each active one of these people, which rules hold: maps with `key` (the OneID) and `holds`."""
    statement = Statement(settings)
    given = statement.named("given", list(one_ids))
    holds, names = columns(statement, rules, "p")
    text = (
        f"UNWIND {given} AS given MATCH (p:Person {{oneId: given}}) USING INDEX SEEK p:Person(oneId) "
        f"WHERE p.status = 'ACTIVE' {holds} WITH {{key: given, holds: {names}}} AS one {_GATHERED}"
    )
    return Compiled(text, {"p": statement.values})


def held_of_dependents(rules: Sequence[Rule], settings: Settings, one_ids: Sequence[str]) -> Compiled:
    """Of each dependent that these people have, which rules hold: maps with `key` (the dependent's), `kind`
    and `holds`, one for each of the people whose it is, also of those who are not among the given.
    """
    statement = Statement(settings)
    given = statement.named("given", list(one_ids))
    counts = " AND ".join(shown(statement))
    holds, names = columns(statement, rules, "p, d")
    text = (
        f"UNWIND {given} AS given "
        "MATCH (:Person {oneId: given})<-[:IDENTIFIES]-()<-[:DEPENDENT_OF]-(d:Dependent) "
        "WITH DISTINCT d MATCH (d)-[:DEPENDENT_OF]->()-[:IDENTIFIES]->(p:Person) WHERE p.status = 'ACTIVE' "
        "WITH DISTINCT d, p "
        f"WHERE EXISTS {{ (p)<-[:IDENTIFIES]-(i)<-[of:DEPENDENT_OF]-(d) WHERE {counts} }} "
        f"{holds} WITH {{key: d.key, kind: d.kind, holds: {names}}} AS one {_GATHERED}"
    )
    return Compiled(text, {"p": statement.values})


def measured(rules: Sequence[Rule], settings: Settings, one_ids: Sequence[str]) -> Compiled:
    """Of each active one of these people, what the conditions measure where they hold, else null: maps with
    `key` and `holds`, as the database has it. Each rule is one condition with a measure that one aggregate
    gives: not the shortest or longest interval.
    """
    statement = Statement(settings)
    given = statement.named("given", list(one_ids))
    values = []
    for place, rule in enumerate(rules):
        holds = condition(statement, rule)
        condition(statement, _with_test(rule))
        values.append(
            f"CALL (p) {{ WITH p WHERE {holds} CALL (p) {statement.measured.removeprefix('COLLECT ')} "
            f"RETURN head(collect(v)) AS value{place} }}"
        )
    names = ", ".join(f"value{place}" for place in range(len(rules)))
    text = (
        f"UNWIND {given} AS given MATCH (p:Person {{oneId: given}}) USING INDEX SEEK p:Person(oneId) "
        f"WHERE p.status = 'ACTIVE' {' '.join(values)} "
        f"WITH {{key: given, holds: [{names}]}} AS one {_GATHERED}"
    )
    return Compiled(text, {"p": statement.values})


def _with_test(rule: Rule) -> Rule:
    """The same condition with a test that needs its value."""
    body = rule.body.model_copy(update={"is_": Test(exists=True)})
    return rule.model_copy(update={rule.said()[0]: body})
