"""Conditions on where the person stands: stages, scores, lists, and days that come back."""

from app.rules.compiler_measures import local_day
from app.rules.compiler_people import DEPENDENTS, dependent_like, exists, shown
from app.rules.conditions import (
    AnniversaryCondition,
    DependentWhere,
    KeyCondition,
    LifecycleCondition,
    RfmCondition,
)
from app.rules.parts import Test
from app.rules.statement import Statement
from app.rules.testing import NUMBER, sure, tested
from app.rules.windows import length


def anniversary(statement: Statement, condition: AnniversaryCondition) -> str:
    """Whether the day, year ignored, lies in the coming days, from its first return on."""
    if condition.of == "birthday":
        return sure([_returns(statement, "p.birthday", condition.next)])
    walk, conditions = returning(statement, condition)
    return exists(walk, conditions)


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
