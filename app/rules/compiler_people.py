"""Conditions on who the person is: attributes, identifiers, accounts, cards, dependents."""

from collections.abc import Callable, Sequence

from app.rules.ages import born_before
from app.rules.conditions import (
    AttributeCondition,
    CardCondition,
    CardLike,
    DependentCondition,
    DependentLike,
    DependentWhere,
    IdentifierCondition,
    MemberCondition,
    MemberLike,
)
from app.rules.name_tests import anything, looked_up, positive
from app.rules.parts import Part, Test
from app.rules.statement import Statement
from app.rules.testing import CITY, GENDER, NUMBER, Kind, no, sure, tested
from app.rules.testing_time import DATE, DECLARED, TIME, counted_back
from app.rules.windows import Clock

_RESOLVED = {"gender": GENDER, "city": CITY, "birthday": DATE}
AGES = {"age_days": "ageDays", "age_months": "ageMonths", "age_years": "ageYears"}
DEPENDENTS = "(p)<-[:IDENTIFIES]-(i)<-[of:DEPENDENT_OF]-(d)"
# The same dependent registered twice on one person is shown once; only while the person holds both.
_SHOWN = "NOT EXISTS { (d)-[:SAME_AS]->()-[:DEPENDENT_OF]->()-[:IDENTIFIES]->(p) }"


def age(clock: Clock, unit: str) -> Kind:
    """Ages are tests of the birthday."""
    return counted_back(born_before(clock.today, unit))


def attribute(statement: Statement, condition: AttributeCondition) -> str:
    """Whether the person's resolved attribute passes the test."""
    name = condition.name
    if name in AGES.values():
        return sure(tested(statement, "p.birthday", age(statement.clock, name), condition.is_))
    if name == "name":
        return _name(statement, condition.is_)
    if name in _RESOLVED:
        return _stored(statement, f"p.{name}", _RESOLVED[name], condition.is_)
    return sure(tested(statement, f"p[{statement.put(f'a_{name}')}]", DECLARED, condition.is_))


def _stored(statement: Statement, value: str, kind: Kind, test: Test) -> str:
    """The same as `sure`, in words that the planner can put in the order of what they leave: a test that a
    missing value fails is of those who have it.
    """
    conditions = tested(statement, value, kind, test)
    if test.ne is not None or test.not_in is not None or test.exists is False:
        return sure(conditions)
    return f"({' AND '.join([f'{value} IS NOT NULL', *conditions])})"


def _name(statement: Statement, test: Test) -> str:
    """Names are sealed: whether there is one is all that the database can tell; who passes is known."""
    found = []
    if looked_up(test):
        these = f"p.oneId IN {statement.put(list(statement.settings.names[test]))}"
        found.append(these if positive(test) else f"NOT {these}")
    if test.exists is not None:
        found.append(f"p.nameMasked IS {'NOT ' if test.exists else ''}NULL")
    if anything(test):
        found.append("p.nameMasked IS NOT NULL")
    return f"({' AND '.join(found)})"


def identifier(statement: Statement, condition: IdentifierCondition) -> str:
    """Whether the person holds an identifier of the kind, or lacks one."""
    conditions = identifier_like(statement, condition)
    held = f"EXISTS {{ (p)<-[:IDENTIFIES]-(i) WHERE {' AND '.join(conditions)} }}"
    return held if condition.exists else f"NOT {held}"


def identifier_like(statement: Statement, condition: IdentifierCondition) -> list[str]:
    """What the identifier `i` is."""
    conditions = [f"i.kind IN {statement.texts(condition.kind)}", *statement.seen_identifier("i")]
    if condition.scope is not None:
        conditions.append(f"i.scope IN {statement.texts(condition.scope)}")
    return conditions


def quantified(
    statement: Statement,
    condition: MemberCondition | CardCondition | DependentCondition,
    walk: str,
    always: Sequence[str],
    chosen: Sequence[str],
    like: Callable[[Part], list[str]],
    counted: str,
) -> str:
    """Some, every, none or a number of those that `walk` finds. `chosen` are the fields that say, with
    EVERY, which are looked at; `counted` is what is counted once.
    """
    where, quantifier = condition.where, condition.quantifier
    if quantifier == "EVERY":
        among = like(where.model_copy(update={name: None for name in where.said() if name not in chosen}))
        passing = like(where.model_copy(update=dict.fromkeys(chosen)))
        looked_at = exists(walk, [*always, *among])
        failing = exists(walk, [*always, *among, no(passing)]) if passing else "false"
        return f"({looked_at} AND NOT {failing})"
    conditions = [*always, *like(where)]
    if quantifier == "COUNT":
        assert condition.count is not None  # noqa: S101 - checked
        filters = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        number = f"[COUNT {{ MATCH {walk}{filters} RETURN DISTINCT {counted} }}]"
        return f"any(v IN {number} WHERE {sure(tested(statement, 'v', NUMBER, condition.count))})"
    found = exists(walk, conditions)
    return found if quantifier == "SOME" else f"NOT {found}"


def exists(walk: str, conditions: Sequence[str]) -> str:
    """That there is something like that."""
    return f"EXISTS {{ {walk}{' WHERE ' if conditions else ''}{' AND '.join(conditions)} }}"


def account(statement: Statement, condition: MemberCondition | CardCondition) -> str:
    """Whether the person has member accounts, or cards, like that."""
    label = "Member" if isinstance(condition, MemberCondition) else "Card"
    return quantified(
        statement,
        condition,
        "(p)<-[:IDENTIFIES]-(i)",
        [f"i:{label}", *statement.seen_identifier("i")],
        ("brand", "shop"),
        lambda where: account_like(statement, where),
        "i",
    )


def account_like(statement: Statement, where: Part) -> list[str]:
    """What the account or card `i` is like."""
    assert isinstance(where, MemberLike | CardLike)  # noqa: S101
    found = []
    if where.brand:
        brands = statement.texts(*where.brand)
        found.append(f"EXISTS {{ (i)-[:ISSUED_BY]->()-[:OF_BRAND*0..1]->(b:Brand) WHERE b.key IN {brands} }}")
    if where.shop:
        found.append(f"EXISTS {{ (i)-[:ISSUED_BY]->(s:Shop) WHERE s.key IN {statement.texts(*where.shop)} }}")
    for name, stored in (("level", "level"), ("status", "status")):
        if values := getattr(where, name, None):
            found.append(f"i.{stored} IN {statement.texts(*values)}")
    kinds = {"points": NUMBER, "joined_at": TIME, "valid_from": DATE, "valid_to": DATE}
    stored_as = {"joined_at": "joinedAt", "valid_from": "validFrom", "valid_to": "validTo"}
    for name, kind in kinds.items():
        test: Test | None = getattr(where, name, None)
        if test is not None:
            found += tested(statement, f"i.{stored_as.get(name, name)}", kind, test)
    opposite = getattr(where, "not_", None)
    return found if opposite is None else [*found, no(account_like(statement, opposite))]


def dependent(statement: Statement, condition: DependentCondition) -> str:
    """Whether the person has babies, pets, appliances like that."""
    return quantified(
        statement,
        condition,
        DEPENDENTS,
        [*shown(statement)],
        ("kind",),
        lambda where: dependent_like(statement, where),
        "d",
    )


def shown(statement: Statement) -> list[str]:
    """That the dependent `d` counts for the person."""
    return ["(i.factsFrom IS NULL OR of.last >= i.factsFrom)", _SHOWN, *statement.seen("d")]


def dependent_like(statement: Statement, where: Part) -> list[str]:
    """What the dependent `d` is like."""
    assert isinstance(where, DependentLike)  # noqa: S101
    found = [f"d.kind IN {statement.texts(*where.kind)}"] if where.kind else []
    for name, unit in AGES.items():
        if (test := getattr(where, name)) is not None:
            found += tested(statement, "d.birthday", age(statement.clock, unit), test)
    if where.gender:
        found.append(f"d.gender IN {statement.texts(*where.gender)}")
    for one in where.attributes or ():
        found += tested(statement, f"d[{statement.put(f'a_{one.name}')}]", DECLARED, one.is_)
    if where.tag:
        keys = statement.texts(*where.tag)
        found.append(f"({_tagged('d', keys)} OR {_asserted_on_dependent(statement, keys)})")
    opposite = where.not_ if isinstance(where, DependentWhere) else None
    return found if opposite is None else [*found, no(dependent_like(statement, opposite))]


def _tagged(end: str, keys: str) -> str:
    return f"EXISTS {{ ({end})-[:TAGGED]->(t) WHERE t.key IN {keys} }}"


def live(statement: Statement) -> list[str]:
    """That what was asserted by `a` still holds."""
    now = statement.named("asOf", statement.clock.as_of)
    return ["a.removed IS NULL", f"(a.until IS NULL OR a.until > {now})", *statement.seen("a")]


def _asserted_on_dependent(statement: Statement, keys: str) -> str:
    return f"EXISTS {{ (d)-[a:ASSERTED]->(t) WHERE t.key IN {keys} AND {' AND '.join(live(statement))} }}"
