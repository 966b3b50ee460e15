"""Who matches a rule, by what they are: how many of each gender, city, tag, band of age, in one statement."""

from collections.abc import Callable, Sequence
from datetime import date

from app.rules.ages import born_before
from app.rules.choice import EVERY, Choice
from app.rules.compiler import Compiled
from app.rules.compiler_choice import chosen
from app.rules.compiler_people import DEPENDENTS, live, shown
from app.rules.model import Rule
from app.rules.statement import Settings, Statement

AGE_BANDS = ((0, 17), (18, 24), (25, 29), (30, 34), (35, 39), (40, 49), (50, 59), (60, None))
"""Of people, in whole years: both included."""

MONTH_BANDS = ((0, 2), (3, 5), (6, 11), (12, 17), (18, 23), (24, 35), (36, 71), (72, None))
"""Of dependents, in whole months."""

UNBORN = "unborn"


def _bands(ends: Sequence[tuple[int, int | None]], unit: str, today: date) -> list[list[object]]:
    """Each band with its first birthday, and the first after it."""
    edge = born_before(today, unit)
    return [[label(low, high), date.min if high is None else edge(high + 1), edge(low)] for low, high in ends]


def label(low: int, high: int | None) -> str:
    """A band as it is written: 25-29, 60+."""
    return f"{low}+" if high is None else f"{low}-{high}"


def _own(name: str) -> Callable[[Statement], tuple[str, str]]:
    return lambda _: ("", f"p.{name}")


def _scored(name: str) -> Callable[[Statement], tuple[str, str]]:
    """What is stored of the person, for limited callers of the person as their brands' customer."""

    def build(statement: Statement) -> tuple[str, str]:
        if statement.settings.brands is None:
            return "", f"p.{name}"
        return f"OPTIONAL MATCH {_CUSTOMER} WHERE {_all(statement.seen('c'))}", f"c.{name}"

    return build


_CUSTOMER = "(p)-[:AS_CUSTOMER_OF]->(c)"


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions) or "true"


def _level(statement: Statement) -> tuple[str, str]:
    conditions = ["i:Member", "i.level IS NOT NULL", *statement.seen_identifier("i")]
    return f"OPTIONAL MATCH (p)<-[:IDENTIFIES]-(i) WHERE {_all(conditions)}", "i.level"


def _brand(statement: Statement) -> tuple[str, str]:
    return f"OPTIONAL MATCH {_CUSTOMER} WHERE {_all(statement.seen('c'))}", "c.brand"


def _lifecycle(statement: Statement) -> tuple[str, str]:
    if statement.settings.brands is None:
        return "OPTIONAL MATCH (p)-[:IN_STAGE]->(s)", "s.stage"
    return f"OPTIONAL MATCH {_CUSTOMER}-[:IN_STAGE]->(s) WHERE {_all(statement.seen('c'))}", "s.stage"


def _tag(statement: Statement) -> tuple[str, str]:
    """By hand or by rule; what rules derive from the facts of every brand is for callers of all."""
    counts = ["(i.factsFrom IS NULL OR a.since >= i.factsFrom)", *live(statement)]
    carried = f"MATCH (p)<-[:IDENTIFIES]-(i)-[a:ASSERTED]->(t) WHERE {_all(counts)} RETURN t.key AS tag"
    if statement.settings.brands is None:
        carried += " UNION MATCH (p)-[:TAGGED]->(t) RETURN t.key AS tag"
    return f"OPTIONAL CALL (p) {{ {carried} }}", "tag"


def _dependents(statement: Statement) -> str:
    return f"OPTIONAL MATCH {DEPENDENTS} WHERE {_all(shown(statement))}"


def _dependent_kind(statement: Statement) -> tuple[str, str]:
    return _dependents(statement), "d.kind"


def _dependent_age(statement: Statement) -> tuple[str, str]:
    today = statement.clock.today
    ahead = [UNBORN, born_before(today, "ageDays")(0), date.max]
    bands = statement.put([*_bands(MONTH_BANDS, "ageMonths", today), ahead])
    return _dependents(statement), _banded(bands, "d.birthday")


def _age(statement: Statement) -> tuple[str, str]:
    return "", _banded(statement.put(_bands(AGE_BANDS, "ageYears", statement.clock.today)), "p.birthday")


def _banded(bands: str, day: str) -> str:
    return f"head([band IN {bands} WHERE {day} >= band[1] AND {day} < band[2] | band[0]])"


VALUES: dict[str, Callable[[Statement], tuple[str, str]]] = {
    "GENDER": _own("gender"),
    "CITY": _own("city"),
    "AGE_BAND": _age,
    "LEVEL": _level,
    "BRAND": _brand,
    "LIFECYCLE": _lifecycle,
    "TAG": _tag,
    "RECENCY": _scored("recency"),
    "FREQUENCY": _scored("frequency"),
    "MONETARY": _scored("monetary"),
    "RFM_SEGMENT": _scored("rfmSegment"),
    "DEPENDENT_KIND": _dependent_kind,
    "DEPENDENT_AGE_BAND": _dependent_age,
}
"""What people may be counted by: each gives a clause about `p` that keeps everybody, and the value."""


def counted_by(rule: Rule, settings: Settings, by: Sequence[str], choice: Choice = EVERY) -> Compiled:
    """One row: `size`, how many match, or are taken of them; `counted`, for each of `by` a list of [value,
    people]. Null is the value of those without one; who has several counts with each.
    """
    statement = Statement(settings)
    text = f"{chosen(statement, rule, choice)} WITH collect(p) AS people"
    for place, name in enumerate(by):
        clause, value = VALUES[name](statement)
        text += (
            f" CALL (people) {{ UNWIND people AS p {clause} WITH {value} AS value, count(DISTINCT p) AS n"
            f" RETURN collect([value, n]) AS by{place} }}"
        )
    names = ", ".join(f"by{place}" for place in range(len(by)))
    return Compiled(f"{text} RETURN size(people) AS size, [{names}] AS counted", {"p": statement.values})


def regions(rules: Sequence[Rule], settings: Settings, choices: Sequence[Choice]) -> Compiled:
    """Everybody who matches any of the rules, and is taken, by which: rows with `inside`, the places of the
    rules, and `n`.
    """
    statement = Statement(settings)
    pieces = [
        f"{chosen(statement, rule, choice)} RETURN p, {place} AS place"
        for place, (rule, choice) in enumerate(zip(rules, choices, strict=True))
    ]
    text = f"CALL () {{ {' UNION ALL '.join(pieces)} }} WITH p, collect(place) AS places"
    inside = f"[place IN range(0, {len(rules) - 1}) WHERE place IN places]"
    return Compiled(f"{text} RETURN {inside} AS inside, count(*) AS n", {"p": statement.values})
