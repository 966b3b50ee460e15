"""Conditions on who the person is: attributes, identifiers, accounts, cards, dependents, tags, stages,
lists.
"""

from collections.abc import Callable, Sequence

from app.rules.ages import born_before
from app.rules.compiler_measures import local_day
from app.rules.conditions import (
    AnniversaryCondition,
    AttributeCondition,
    CardCondition,
    CardLike,
    DependentCondition,
    DependentLike,
    DependentWhere,
    IdentifierCondition,
    KeyCondition,
    LifecycleCondition,
    MemberCondition,
    MemberLike,
    RfmCondition,
)
from app.rules.parts import Part, Test
from app.rules.statement import Statement
from app.rules.testing import CITY, GENDER, NUMBER, TEXT, Kind, no, sure, tested
from app.rules.testing_time import DATE, DECLARED, TIME, counted_back
from app.rules.windows import Clock, length

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
    if name == "name":  # sealed: whether there is one is all that the database can tell
        return sure(tested(statement, "p.nameMasked", TEXT, condition.is_))
    if name in _RESOLVED:
        return sure(tested(statement, f"p.{name}", _RESOLVED[name], condition.is_))
    return sure(tested(statement, f"p[{statement.put(f'a_{name}')}]", DECLARED, condition.is_))


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
        looked_at = _exists(walk, [*always, *among])
        failing = _exists(walk, [*always, *among, no(passing)]) if passing else "false"
        return f"({looked_at} AND NOT {failing})"
    conditions = [*always, *like(where)]
    if quantifier == "COUNT":
        assert condition.count is not None  # noqa: S101 - checked
        filters = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        number = f"COLLECT {{ MATCH {walk}{filters} RETURN count(DISTINCT {counted}) AS v }}"
        return f"any(v IN {number} WHERE {sure(tested(statement, 'v', NUMBER, condition.count))})"
    found = _exists(walk, conditions)
    return found if quantifier == "SOME" else f"NOT {found}"


def _exists(walk: str, conditions: Sequence[str]) -> str:
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


def anniversary(statement: Statement, condition: AnniversaryCondition) -> str:
    """Whether the day, year ignored, lies in the coming days, from its first return on."""
    if condition.of == "birthday":
        return sure([_returns(statement, "p.birthday", condition.next)])
    walk, conditions = returning(statement, condition)
    return _exists(walk, conditions)


def returning(statement: Statement, condition: AnniversaryCondition) -> tuple[str, list[str]]:
    """The walk to the accounts or dependents whose day comes back, and what they must be."""
    if condition.of == "joinedAt":
        day = local_day(statement, "i.joinedAt")
        conditions = ["i:Member", "i.joinedAt IS NOT NULL", *statement.seen_identifier("i")]
        return "(p)<-[:IDENTIFIES]-(i)", [*conditions, _returns(statement, day, condition.next)]
    where = condition.where
    like = DependentWhere(kind=where.kind, gender=where.gender) if where else DependentWhere()
    return DEPENDENTS, [
        *shown(statement),
        *dependent_like(statement, like),
        _returns(statement, "d.birthday", condition.next),
    ]


def _returns(statement: Statement, day: str, ahead: str) -> str:
    """For each year of the coming days, from which to which day of it; 29 February counts as 28 in other
    years.
    """
    clock, long = statement.clock, length(ahead)
    assert long is not None  # noqa: S101 - checked
    first, last = clock.today, clock.day_ahead(long)
    years = []
    for year in range(first.year, min(last.year, first.year + 200) + 1):
        start = first.month * 100 + first.day if year == first.year else 101
        end = last.month * 100 + last.day if year == last.year else 1231
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        # Where there is no 29th, who was born on it is due on the 28th.
        years.append([year, start, end, 0 if leap else 229])
    number = f"{day}.month * 100 + {day}.day"
    return (
        f"any(one IN {statement.put(years)} WHERE {day}.year < one[0] AND "
        f"CASE {number} WHEN one[3] THEN 228 ELSE {number} END >= one[1] AND "
        f"CASE {number} WHEN one[3] THEN 228 ELSE {number} END <= one[2])"
    )


def lifecycle(statement: Statement, condition: LifecycleCondition) -> str:
    """Whether the person is in the stage, as a brand's customer or as the group's."""
    stages = f"s.stage IN {statement.texts(*condition.stage)}"
    walk = profile(statement, condition.brand)
    if walk is None:
        return f"EXISTS {{ (p)-[:IN_STAGE]->(s) WHERE {stages} }}"
    return f"EXISTS {{ MATCH {walk} MATCH (c)-[:IN_STAGE]->(s) WHERE {stages} RETURN 1 }}"


def rfm(statement: Statement, condition: RfmCondition) -> str:
    """Whether the person has the scores, as a brand's customer or as the group's; without a profile, none."""
    walk = profile(statement, condition.brand)
    found = []
    for name in ("recency", "frequency", "monetary"):
        test: Test | None = getattr(condition, name)
        if test is not None:
            found += tested(statement, f"{'c' if walk else 'p'}.{name}", NUMBER, test)
    if walk is None:
        return sure(found)
    return f"EXISTS {{ OPTIONAL MATCH {walk} WITH c WHERE {' AND '.join(found)} RETURN 1 }}"


def profile(statement: Statement, brand: str | None) -> str | None:
    """The person as a brand's customer, `c`; None for the group, which a caller of some brands cannot see."""
    if brand is None and statement.settings.brands is None:
        return None
    of_brand = [f"c.brand IN {statement.texts(brand)}"] if brand is not None else []
    return f"(p)-[:AS_CUSTOMER_OF]->(c) WHERE {' AND '.join([*of_brand, *statement.seen('c')])}"


def on_list(statement: Statement, condition: KeyCondition) -> str:
    """Whether an identifier of the person is on the list."""
    keys = statement.texts(condition.key)
    found = f"EXISTS {{ (p)<-[:IDENTIFIES]-(i)-[:ON_LIST]->(l) WHERE l.key IN {keys} }}"
    return found if condition.in_ else f"NOT {found}"
