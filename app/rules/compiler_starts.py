"""Where conditions on who somebody is may start: clauses that leave everybody who can match, each by an index
of its own, and how many facts that is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from app.rules import compiler_people as people
from app.rules.ages import born_before
from app.rules.compiler_measures import fails_of_nothing
from app.rules.compiler_tags import asserted
from app.rules.conditions import (
    CardCondition,
    DependentCondition,
    DependentLike,
    IdentifierCondition,
    MemberCondition,
    TagCondition,
)
from app.rules.parts import Test
from app.rules.statement import Statement
from app.rules.testing import tested
from app.rules.testing_time import DATE, MOST_AGE

Build = Callable[[Statement], str]

LIST, NAMES, TAG, BIRTHDAYS, PRODUCTS, CAMPAIGN, TIMES, ORDERS, SHOPS, STAGES, ACCOUNTS, KINDS = range(1, 13)
"""Ranks: the smaller, the fewer people it usually leaves. They decide where nobody has counted."""

COUNTED = 100_000
"""How far facts in a span are counted: some 25 ms, and to read so many takes twenty times as long. Of more,
all of their label are assumed.
"""


SPANS = {BIRTHDAYS, CAMPAIGN, TIMES, ORDERS, KINDS}
"""Ranks of starts at a span of an index, which may be most of all there is: only a look tells."""


@dataclass(frozen=True)
class Start:
    """Where a leaf may start. `size` is a statement that returns how many facts that are, as `n`; `hops` is
    how much is read for each. `exact`: whoever is found matches.
    """

    rank: int
    build: Build
    size: Build
    hops: float
    exact: bool = False


def degree(found: str, ways: str) -> str:
    """The relationships of a few nodes, which are stored as a number at each."""
    return f"{found} WITH {ways} AS one RETURN sum(one) AS n"


def within(found: str, label: str) -> str:
    """What a span of an index holds, as far as it is counted."""
    return (
        f"{found} WITH 1 AS one LIMIT {COUNTED} WITH count(*) AS some CALL () {{ MATCH (any:{label}) "
        f"RETURN count(any) AS every }} RETURN CASE WHEN some < {COUNTED} THEN some ELSE every END AS n"
    )


def _tag(body: TagCondition) -> list[Start]:
    """Whoever carries it by rule or by hand; what it says is looked at."""
    exact = body.value is None and body.since is None and not body.include_subordinate

    def named(statement: Statement) -> str:
        return f"MATCH (t:Tag) USING INDEX SEEK t:Tag(key) WHERE t.key IN {statement.texts(body.key)}"

    def build(statement: Statement) -> str:
        by_hand = f"(t)<-[a:ASSERTED]-(i:Identifier)-[:IDENTIFIES]->(p:Person) WHERE {asserted(statement)}"
        ways = ["(t)<-[:TAGGED]-(p:Person)", by_hand]
        if body.include_subordinate:
            theirs = "(:Dependent)-[:DEPENDENT_OF]->(:Identifier)-[:IDENTIFIES]->(p:Person)"
            ways += [f"(t)<-[:TAGGED]-{theirs}", f"(t)<-[:ASSERTED]-{theirs}"]
        pieces = " UNION ALL ".join(f"MATCH {way} RETURN p" for way in ways)
        return f"{named(statement)} CALL (t) {{ {pieces} }}"

    def size(statement: Statement) -> str:
        return degree(named(statement), "COUNT { (t)<-[:TAGGED]-() } + COUNT { (t)<-[:ASSERTED]-() }")

    return [Start(TAG, build, size, 1.5, exact)] if body.has else []


def _identifier(body: IdentifierCondition) -> list[Start]:
    """Identifiers of a kind: their keys begin with it, and with its scope where one is said."""
    if not body.exists or not body.kind.isascii() or not (body.scope or "").isascii():
        return []
    begins = f"{body.kind}|" if body.scope is None else f"{body.kind}|{body.scope}|"

    def named(statement: Statement) -> str:
        begun = f"i.key STARTS WITH {statement.put(begins)}"
        return f"MATCH (i:Identifier) USING INDEX SEEK i:Identifier(key) WHERE {begun}"

    def build(statement: Statement) -> str:
        held = " AND ".join(people.identifier_like(statement, body))
        return f"{named(statement)} AND {held} MATCH (i)-[:IDENTIFIES]->(p:Person)"

    return [Start(KINDS, build, lambda one: within(named(one), "Identifier"), 3, exact=True)]


def _account(body: MemberCondition | CardCondition) -> list[Start]:
    """Accounts and cards that a shop issued; cards by their last day."""
    label, where = "Member" if isinstance(body, MemberCondition) else "Card", body.where
    there = body.quantifier in ("SOME", "EVERY") or (
        body.quantifier == "COUNT" and fails_of_nothing(body.count, 0)
    )
    found: list[Start] = []
    shop, exact = where.shop, body.quantifier == "SOME"

    def like(statement: Statement) -> str:
        told = [*statement.seen_identifier("i"), *(people.account_like(statement, where) if exact else [])]
        return f"WHERE {' AND '.join(told)} " if told else ""

    def of_shops(statement: Statement) -> str:
        return f"MATCH (s:Shop) USING INDEX SEEK s:Shop(key) WHERE s.key IN {statement.texts(*shop or ())}"

    def by_shop(statement: Statement) -> str:
        named = f"{of_shops(statement)} MATCH (s)<-[:ISSUED_BY]-(i:{label}) WITH i {like(statement)}"
        return f"{named}MATCH (i)-[:IDENTIFIES]->(p:Person)"

    if there and shop:
        size = "COUNT { (s)<-[:ISSUED_BY]-() }"
        found.append(Start(ACCOUNTS, by_shop, lambda one: degree(of_shops(one), size), 3, exact))
    if there and isinstance(body, CardCondition):
        found += _ending(body, like)
    return found


def _ending(body: CardCondition, like: Build) -> list[Start]:
    """Cards whose last day lies in a span."""
    test: Test | None = body.where.valid_to
    if test is None or not {"eq", "in_", "gt", "gte", "lt", "lte", "last", "next"} & set(test.said()):
        return []

    def named(statement: Statement) -> str:
        ends = " AND ".join(tested(statement, "i.validTo", DATE, test))
        return f"MATCH (i:Card) USING INDEX SEEK i:Card(validTo) WHERE {ends}"

    def build(statement: Statement) -> str:
        return f"{named(statement)} WITH i {like(statement)}MATCH (i)-[:IDENTIFIES]->(p:Person)"

    exact = body.quantifier == "SOME"
    return [Start(ACCOUNTS, build, lambda one: within(named(one), "Card"), 3, exact)]


def _dependent(body: DependentCondition) -> list[Start]:
    """Dependents of a kind, by birthday."""
    where = body.where
    there = body.quantifier in ("SOME", "EVERY") or (
        body.quantifier == "COUNT" and fails_of_nothing(body.count, 0)
    )
    if not there or not where.kind or not _ages(where):
        return []
    exact = body.quantifier == "SOME"

    def born(statement: Statement) -> str:
        first, before = _birthdays(where, statement.clock.today)
        conditions = [f"d.kind IN {statement.texts(*(where.kind or ()))}"]
        conditions += [f"d.birthday >= {statement.put(first)}", f"d.birthday < {statement.put(before)}"]
        found = "MATCH (d:Dependent) USING INDEX SEEK d:Dependent(kind, birthday)"
        return f"{found} WHERE {' AND '.join(conditions)}"

    def build(statement: Statement) -> str:
        counts = [*people.shown(statement), *(people.dependent_like(statement, where) if exact else [])]
        return (
            f"{born(statement)} "
            f"MATCH (d)-[of:DEPENDENT_OF]->(i)-[:IDENTIFIES]->(p:Person) WHERE {' AND '.join(counts)}"
        )

    return [Start(BIRTHDAYS, build, lambda one: within(born(one), "Dependent"), 3, exact)]


def _ages(where: DependentLike) -> list[tuple[str, Test]]:
    """The tests of an age that leave a span of birthdays."""
    said = [(unit, getattr(where, name)) for name, unit in people.AGES.items()]
    return [(unit, test) for unit, test in said if test is not None and _BOUNDED & set(test.said())]


_BOUNDED = {"eq", "gt", "gte", "lt", "lte"}


def _birthdays(where: DependentLike, today: date) -> tuple[date, date]:
    """The first birthday that the tests leave, and the first after them."""
    first, before = date.min, date.max
    for unit, test in _ages(where):
        edge = born_before(today, unit)
        for name in _BOUNDED & set(test.said()):
            number = max(-MOST_AGE, min(MOST_AGE, getattr(test, name)))
            if name in ("gt", "gte", "eq"):
                before = min(before, edge(ceil(number)))
            if name in ("lt", "lte", "eq"):
                first = max(first, edge(floor(number) + 1))
    return first, before


STARTS: dict[str, Callable[[Any], list[Start]]] = {
    "tag": _tag,
    "identifier": _identifier,
    "member": _account,
    "card": _account,
    "dependent": _dependent,
}
