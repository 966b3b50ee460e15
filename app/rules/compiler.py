"""A rule as one statement of Cypher: the only Python with Cypher in it beside the read planner.

    rule ─▶ condition about (p:Person)   every leaf is one boolean, never null, that walks from the person
         ─▶ where to start               given people, a tag, a list, birthdays, …, or all people
         ─▶ what is asked                count, page, among given people, each condition on its own

Every value of the rule is in the one parameter `$p`; the text depends on the rule's shape alone, so that
the plan is made once. Only active people are ever found; a caller of some brands finds those whom its
brands know.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.rules import compiler_facts as facts
from app.rules import compiler_orders as orders
from app.rules import compiler_people as people
from app.rules import compiler_standing as standing
from app.rules import compiler_tags as tags
from app.rules.compiler_anchors import anchor
from app.rules.model import Path, Rule, nodes
from app.rules.statement import Settings, Statement

SECONDS = 30.0
"""How long an evaluation may take before the database ends it."""


@dataclass(frozen=True)
class Compiled:
    """A statement: `reader.compiled(text, params, timeout=SECONDS)` runs it."""

    text: str
    params: dict[str, Any]


def condition(statement: Statement, rule: Rule) -> str:
    """The rule as a boolean about the person `p`: true or false, never null."""
    key = rule.key
    if key == "segment":
        return condition(statement, expanded(rule, statement.settings.segments))
    if key in ("all", "any"):
        return _grouped(" AND " if key == "all" else " OR ", [condition(statement, one) for one in rule.body])
    if key == "not":
        return f"NOT {condition(statement, rule.body)}"
    if key == "everyone":
        return "true"
    return _LEAVES[key](statement, rule.body)


def expanded(rule: Rule, segments: Mapping[str, Rule]) -> Rule:
    """The rule with the rules of the segments that it uses in their places."""
    if rule.key in ("all", "any"):
        parts = tuple(expanded(one, segments) for one in rule.body)
        return Rule(all_=parts) if rule.key == "all" else Rule(any_=parts)
    if rule.key == "not":
        return Rule(not_=expanded(rule.body, segments))
    if rule.key == "segment":
        inside = expanded(segments[rule.body.key], segments)
        return inside if rule.body.in_ else Rule(not_=inside)
    return rule


def _grouped(joint: str, conditions: Sequence[str]) -> str:
    return f"({joint.join(conditions)})"


_LEAVES: dict[str, Callable[[Statement, Any], str]] = {
    "attribute": people.attribute,
    "identifier": people.identifier,
    "member": people.account,
    "card": people.account,
    "order": orders.order,
    "dependent": people.dependent,
    "tag": tags.tag,
    "touch": facts.touch,
    "consent": facts.consent,
    "event": facts.event,
    "sequence": facts.sequence,
    "anniversary": standing.anniversary,
    "lifecycle": standing.lifecycle,
    "rfm": standing.rfm,
    "list": standing.on_list,
}


def count(rule: Rule, settings: Settings) -> Compiled:
    """How many people match, exactly: one row with `n`."""
    statement = Statement(settings)
    return _compiled(statement, f"{found(statement, rule)} RETURN count(p) AS n")


def count_at_most(rule: Rule, settings: Settings, most: int) -> Compiled:
    """How many people match, not counted further than `most`: one row with `n`."""
    statement = Statement(settings)
    limit = f"LIMIT toInteger({statement.named('most', most)})"
    return _compiled(statement, f"{found(statement, rule)} WITH p {limit} RETURN count(p) AS n")


def page(rule: Rule, settings: Settings, *, first: int, after: str | None = None) -> Compiled:
    """The OneIDs of the `first` people who match, in order, after that of the page before: rows with
    `oneId`.
    """
    statement = Statement(settings)
    after_there = f"p.oneId > {statement.named('after', after or '')}"
    text = found(statement, rule, after_there, in_order=True)
    limit = f"LIMIT toInteger({statement.named('first', first)})"
    return _compiled(statement, f"{text} RETURN p.oneId AS oneId ORDER BY oneId {limit}")


def everybody(rule: Rule, settings: Settings) -> Compiled:
    """The OneIDs of all people who match, in no order: rows with `oneId`."""
    statement = Statement(settings)
    return _compiled(statement, f"{found(statement, rule)} RETURN p.oneId AS oneId")


def among(rule: Rule, settings: Settings, one_ids: Sequence[str]) -> Compiled:
    """Who of these people match: rows with `oneId`."""
    statement = Statement(settings)
    text = f"{given_people(statement, one_ids)} AND {condition(statement, rule)} RETURN p.oneId AS oneId"
    return _compiled(statement, text)


def explained(rule: Rule, settings: Settings, one_ids: Sequence[str]) -> Compiled:
    """Of each of these people, each condition: rows with `oneId` and `holds`, booleans in the order of
    `nodes`.
    """
    statement = Statement(settings)
    given = given_people(statement, one_ids)
    holds, names = columns(statement, [one for _, one in nodes(rule)], "p")
    return _compiled(statement, f"{given} {holds} RETURN p.oneId AS oneId, {names} AS holds")


def columns(statement: Statement, rules: Sequence[Rule], about: str) -> tuple[str, str]:
    """Each rule as a column of its own, and the list of them: what a condition aggregates may stand in a
    WHERE, and not in a RETURN. `about` are the variables that the conditions are about.
    """
    conditions = [condition(statement, rule) for rule in rules]
    pieces = [
        f"CALL ({about}) {{ WITH {about} WHERE {one} RETURN count(*) > 0 AS holds{place} }}"
        for place, one in enumerate(conditions)
    ]
    return " ".join(pieces), f"[{', '.join(f'holds{place}' for place in range(len(rules)))}]"


def counts(rules: Sequence[Rule], settings: Settings) -> Compiled:
    """How many people match each of the rules, such as those of `nodes`: one row with `counts`, in their
    order.
    """
    statement = Statement(settings)
    pieces = [
        f"CALL () {{ {found(statement, one)} RETURN count(p) AS n{place} }}"
        for place, one in enumerate(rules)
    ]
    names = ", ".join(f"n{place}" for place in range(len(rules)))
    return _compiled(statement, f"{' '.join(pieces)} RETURN [{names}] AS counts")


def paths(rule: Rule) -> list[Path]:
    """The path of every condition, in the order of `explained` and of `nodes`."""
    return [path for path, _ in nodes(rule)]


def _compiled(statement: Statement, text: str) -> Compiled:
    return Compiled(text, {"p": statement.values})


def _active(statement: Statement) -> list[str]:
    known = statement.seen_identifier("known")
    return [
        "p.status = 'ACTIVE'",
        *([f"EXISTS {{ (p)<-[:IDENTIFIES]-(known) WHERE {known[0]} }}"] if known else []),
    ]


def given_people(statement: Statement, one_ids: Sequence[str]) -> str:
    given = statement.named("people", list(one_ids))
    return (
        f"UNWIND {given} AS given MATCH (p:Person {{oneId: given}}) USING INDEX SEEK p:Person(oneId) "
        f"WHERE {' AND '.join(_active(statement))}"
    )


def found(statement: Statement, rule: Rule, *more: str, in_order: bool = False) -> str:
    """The clauses that leave every matching person once, as `p`."""
    start = anchor(expanded(rule, statement.settings.segments), statement.settings.sizes)
    conditions = [*_active(statement), *more]
    clauses = "" if start.build is None else start.build(statement)
    rest = [] if start.rest is None else [condition(statement, start.rest)]
    if not clauses:
        return f"MATCH (p:Person) WHERE {' AND '.join([*conditions, *rest])}"
    found = f"{clauses} WITH DISTINCT p WHERE {' AND '.join(conditions)}"
    if in_order:  # what is left is looked at in the order of the page, and no further than the page is long
        found += " WITH p ORDER BY p.oneId"
    elif rest:
        found += " WITH p"
    return f"{found} WHERE {rest[0]}" if rest else found
