"""What of one person each condition of a rule looks at: whether it holds, the facts, and what they come to.

Whether a condition holds is the compiler's own text; the facts are what the same clauses leave, in the same
statement, so that the two cannot disagree. A saved segment in the rule is followed into its own rule: its
conditions come after it, under its path.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.rules import compiler_people as people
from app.rules import compiler_standing as standing
from app.rules.compiler import columns, condition, given_people
from app.rules.compiler_facts import chained, consents, events, touches
from app.rules.compiler_orders import TIMES, selected
from app.rules.compiler_tags import tag
from app.rules.conditions import CardCondition, DependentCondition, MemberCondition
from app.rules.conditions_facts import SequenceCondition
from app.rules.model import Path, Rule, nodes
from app.rules.parts import Test
from app.rules.statement import Settings, Statement

SHOWN = 20
"""How many facts of a condition are shown, the newest first."""


class Entry(NamedTuple):
    """One condition of a rule, and where it stands."""

    path: Path
    rule: Rule


@dataclass(frozen=True)
class Explaining:
    """A statement with one row: `holds`, a boolean for each entry; `found`, for each [how many facts,
    the shown ones as [type, key], what is measured or stored], null of what looks at none.
    """

    text: str
    params: dict[str, Any]
    entries: Sequence[Entry]


def entries(rule: Rule, settings: Settings, path: Path = ()) -> Iterator[Entry]:
    """Every condition from the top, those of saved segments after the segment."""
    for here, node in nodes(rule, path):
        yield Entry(here, node)
        if node.key == "segment":
            yield from entries(settings.segments[node.body.key], settings, here)


def explaining(rule: Rule, settings: Settings, one_id: str) -> Explaining:
    """Everything about one person, in one statement."""
    statement = Statement(settings)
    all_ = list(entries(rule, settings))
    holds, names = columns(statement, [one.rule for one in all_], "p")
    pieces, found = [], []
    for place, one in enumerate(all_):
        build = _FACTS.get(one.rule.key)
        if build is None:
            found.append("null")
            continue
        clauses, value = build(statement, one.rule.body), _measured(statement, one.rule)
        pieces.append(
            f"CALL (p) {{ {clauses} RETURN count(*) AS total{place}, "
            f"collect(fact)[..{SHOWN}] AS facts{place} }}"
        )
        if value.startswith("COLLECT "):
            inner = value.removeprefix("COLLECT ")
            pieces.append(f"CALL (p) {{ CALL (p) {inner} RETURN head(collect(v)) AS value{place} }}")
        else:
            pieces.append(f"CALL (p) {{ WITH p, {value} AS v RETURN v AS value{place} }}")
        found.append(f"[total{place}, facts{place}, value{place}]")
    given = given_people(statement, [one_id])
    text = f"{given} {holds} {' '.join(pieces)} RETURN {names} AS holds, [{', '.join(found)}] AS found"
    return Explaining(text, {"p": statement.values}, all_)


def _measured(statement: Statement, rule: Rule) -> str:
    """What the condition tests, where it is not how many facts there are."""
    body = rule.body
    if rule.key == "attribute":
        return _attribute(statement, body.name)
    if rule.key == "rfm":
        return _of_profile(statement, body.brand, "[{0}.recency, {0}.frequency, {0}.monetary]")
    if rule.key == "lifecycle":
        where = standing.profile(statement, body.brand)
        start = "MATCH (p)-[:IN_STAGE]->(s)" if where is None else f"MATCH {where} MATCH (c)-[:IN_STAGE]->(s)"
        return f"COLLECT {{ {start} RETURN s.stage AS v LIMIT 1 }}"
    if rule.key == "anniversary" and body.of == "birthday":
        return "p.birthday"
    if rule.key not in ("order", "touch", "event") or body.measure == "COUNT":
        return "null"
    tested = body.model_copy(update={"is_": Test(exists=True)})
    condition(statement, rule.model_copy(update={rule.said()[0]: tested}))
    measured = statement.measured
    return measured if measured.startswith("COLLECT ") else f"head({measured})"


def _attribute(statement: Statement, name: str) -> str:
    if name in people.AGES.values():
        return "p.birthday"
    if name == "name":
        return "null"  # a personal value: the person itself shows it, to those who may see it
    return f"p[{statement.put(name if name in ('gender', 'city', 'birthday') else f'a_{name}')}]"


def _of_profile(statement: Statement, brand: str | None, value: str) -> str:
    where = standing.profile(statement, brand)
    if where is None:
        return value.format("p")
    return f"COLLECT {{ MATCH {where} RETURN {value.format('c')} AS v LIMIT 1 }}"


def _newest(clauses: str, variable: str, type_: str, time: str) -> str:
    """What the clauses leave, each fact once, the newest first."""
    return (
        f"{clauses} WITH DISTINCT {variable} AS it, {time} AS at ORDER BY at DESC, it.key "
        f"WITH [{type_}, it.key] AS fact"
    )


def _orders(statement: Statement, body: Any) -> str:
    return _newest(selected(statement, body), "o", "'Order'", TIMES[body.time_of])


def _touches(statement: Statement, body: Any) -> str:
    return _newest(touches(statement, body, []), "f", "'Touch'", "f.at")


def _events(statement: Statement, body: Any) -> str:
    return _newest(events(statement, body, []), "f", "'Event'", "f.at")


def _consents(statement: Statement, body: Any) -> str:
    """The latest alone is what counts; of one instant the refusal."""
    latest = f"{consents(statement, body)} WITH f ORDER BY f.at DESC, f.granted, f.key LIMIT 1"
    return f"{latest} WITH ['Consent', f.key] AS fact"


def _where(walk: str, conditions: Sequence[str]) -> str:
    return f"MATCH {walk}{' WHERE ' if conditions else ''}{' AND '.join(conditions)}"


def _accounts(statement: Statement, body: MemberCondition | CardCondition) -> str:
    label = "Member" if isinstance(body, MemberCondition) else "Card"
    like = [f"i:{label}", *statement.seen_identifier("i"), *people.account_like(statement, body.where)]
    return _newest(_where("(p)<-[:IDENTIFIES]-(i)", like), "i", f"'{label}'", "i.lastSeen")


def _dependents(statement: Statement, body: DependentCondition) -> str:
    like = [*people.shown(statement), *people.dependent_like(statement, body.where)]
    return _newest(_where(people.DEPENDENTS, like), "d", "'Dependent'", "d.said")


def _identifiers(statement: Statement, body: Any) -> str:
    like = people.identifier_like(statement, body)
    return _newest(_where("(p)<-[:IDENTIFIES]-(i)", like), "i", "'Identifier'", "i.lastSeen")


def _listed(statement: Statement, body: Any) -> str:
    walk = "(p)<-[:IDENTIFIES]-(i)-[:ON_LIST]->(l)"
    on = [f"l.key IN {statement.texts(body.key)}"]
    return _newest(_where(walk, on), "i", "'Identifier'", "i.lastSeen")


def _anniversaries(statement: Statement, body: Any) -> str:
    if body.of == "birthday":
        return "UNWIND [] AS fact WITH fact"
    walk, conditions = standing.returning(statement, body)
    if body.of == "joinedAt":
        return _newest(_where(walk, conditions), "i", "'Member'", "i.lastSeen")
    return _newest(_where(walk, conditions), "d", "'Dependent'", "d.said")


def _tags(statement: Statement, body: Any) -> str:
    """The tag itself where it is carried as the condition says."""
    carried = body.model_copy(update={"has": True})
    tagged = f"WITH p WHERE {tag(statement, carried)} UNWIND {statement.texts(body.key)} AS key"
    found = "MATCH (t:Tag {key: key}) USING INDEX SEEK t:Tag(key)"
    return f"{tagged} {found} WITH DISTINCT ['Tag', t.key] AS fact"


def _chain(statement: Statement, body: SequenceCondition) -> str:
    """The facts of one chain that takes the steps: the latest that there is."""
    return chained(statement, body, _fact)


def _fact(step: Any) -> str:
    if step.order:
        return "['Order', o.key]"
    return "['Touch', f.key]" if step.touch else "['Event', f.key]"


_FACTS: dict[str, Callable[[Statement, Any], str]] = {
    "attribute": lambda statement, body: "UNWIND [] AS fact WITH fact",
    "lifecycle": lambda statement, body: "UNWIND [] AS fact WITH fact",
    "rfm": lambda statement, body: "UNWIND [] AS fact WITH fact",
    "identifier": _identifiers,
    "member": _accounts,
    "card": _accounts,
    "order": _orders,
    "dependent": _dependents,
    "tag": _tags,
    "touch": _touches,
    "consent": _consents,
    "event": _events,
    "sequence": _chain,
    "anniversary": _anniversaries,
    "list": _listed,
}
