"""Random rules over every condition of the language, with values that the people of tests/rules have.

``rule(r, edges)`` is plain code over a ``random.Random``; ``rules(edges)`` is the Hypothesis strategy around
it: the randomness is Hypothesis's own, so that examples shrink. They are rules without errors of meaning.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.rules import worlds
from tests.rules.worlds import Edges, Json, maybe
from tests.rules.worlds_orders import AGGREGATES, COUNTS, SINCE, order, order_where
from tests.rules.worlds_tests import HOURS, LENGTHS, among, any_of, of_text, of_time, several, within

PARTS = ("contains", "startsWith", "endsWith")
Make = Callable[[Random, Edges], Any]


def rules(edges: Edges) -> st.SearchStrategy[Json]:
    return st.randoms(use_true_random=False).map(lambda r: rule(r, edges))


def rule(r: Random, edges: Edges, depth: int = 0) -> Json:
    """One rule, mostly of one condition, else a group of two or three."""
    if depth < 2 and r.random() < 0.3:
        how = r.choice(("all", "any", "not"))
        if how == "not":
            return {"not": rule(r, edges, depth + 1)}
        return {how: [rule(r, edges, depth + 1) for _ in range(r.randint(1, 3))]}
    kind = r.choice((*CONDITIONS, "order", "order", "order", "event", "sequence", "dependent"))
    return {kind: CONDITIONS[kind](r, edges)}


def attribute(r: Random, edges: Edges) -> Json:
    name = r.choice(("gender", "city", "birthday", "ageYears", "name", "name"))
    tests = {
        "gender": lambda: among(r, worlds.GENDERS, orders=False),
        "city": lambda: of_text(r, worlds.CITIES),
        "name": lambda: of_name(r),
        "birthday": lambda: of_time(r, edges),
        "ageYears": lambda: among(r, (0, 1, 2, 17, 18, 35, 36)),
    }
    return {"name": name, "is": tests[name]()}


def of_name(r: Random) -> Json:
    """Of parts of names those with a letter at their end that nothing melts with: others are refused."""
    parts = {
        one: r.choice(("王", "小明", "明", "Li", "M", "i Ming", "Jos\u00e9", "se\u0301 L", "ガンダ", ""))
        for one in PARTS
    }
    whole = among(r, worlds.FULL_NAMES, orders=False)
    return {
        **(whole if r.random() < 0.6 else {}),
        **maybe(r, 0.3, **parts),
    } or {"exists": r.random() < 0.5}


def identifier(r: Random, edges: Edges) -> Json:
    kind = r.choice(("unionid", "openid", "oaid", "member", "card", "douyin"))
    scope = maybe(r, 0.3, scope=r.choice(("*", "app-1", "b1")))
    return {"kind": kind} | scope | maybe(r, 0.4, exists=r.random() < 0.5)


def quantified(r: Random, where: Json, chooses: tuple[str, ...]) -> Json:
    """With `where` said positively, or as `not`, or both."""
    if r.random() < 0.25:
        split = {name: where[name] for name in where if r.random() < 0.5}
        rest = {name: value for name, value in where.items() if name not in split}
        where = rest | ({"not": split} if split else {})
    quantifier = r.choice(("SOME", "EVERY", "NONE", "COUNT", None))
    found: Json = {"where": where} if where or r.random() < 0.5 else {}
    found |= {"quantifier": quantifier} if quantifier else {}
    return found | ({"count": among(r, COUNTS)} if quantifier == "COUNT" else {})


def member(r: Random, edges: Edges) -> Json:
    where = maybe(
        r,
        0.3,
        brand=any_of(r, tuple(worlds.BRANDS)),
        shop=any_of(r, ("s1", "s2")),
        level=any_of(r, worlds.LEVELS),
        points=among(r, (0, 1, 100)),
        joinedAt=of_time(r, edges),
    )
    return quantified(r, where, ("brand", "shop"))


def card(r: Random, edges: Edges) -> Json:
    where = maybe(
        r,
        0.25,
        brand=any_of(r, tuple(worlds.BRANDS)),
        shop=any_of(r, ("s1", "s2")),
        level=any_of(r, worlds.LEVELS),
        points=among(r, (0, 1, 100)),
        status=any_of(r, ("VALID", "LOST")),
        validFrom=of_time(r, edges),
        validTo=of_time(r, edges),
    )
    return quantified(r, where, ("brand", "shop"))


def dependent(r: Random, edges: Edges) -> Json:
    where = maybe(
        r,
        0.3,
        kind=any_of(r, worlds.KINDS),
        gender=any_of(r, worlds.GENDERS),
        ageDays=among(r, (-30, -1, 0, 1, 7, 30, 365)),
        ageMonths=among(r, (-1, 0, 1, 2, 3, 11, 12)),
        ageYears=among(r, (-1, 0, 1, 2, 4)),
        tag=any_of(r, worlds.TAGS),
        attributes=[of_pet(r, edges) for _ in range(r.choice((1, 1, 2)))],
    )
    if "attributes" in where:
        where.pop("kind", None)  # babies declare none of these
    return quantified(r, where, ("kind",))


def of_pet(r: Random, edges: Edges) -> Json:
    """A test of an attribute that pets declare, of its type."""
    tests: dict[str, Callable[[], Json]] = {
        "species": lambda: of_text(r, worlds.SPECIES),
        "weight": lambda: among(r, worlds.WEIGHTS),
        "vaccinated": lambda: of_time(r, edges),
    }
    name = r.choice(tuple(tests))
    return {"name": name, "is": tests[name]()}


def tag(r: Random, edges: Edges) -> Json:
    key = r.choice(worlds.TAGS)
    values: dict[str, Callable[[], Any]] = {
        "tier": lambda: r.choice(worlds.TIERS),
        "score": lambda: among(r, (0, 9, 10, 2.5, 0.333333, -1)),
        "visited": lambda: of_time(r, edges),
    }
    found = {"key": key} | ({"value": values[key]()} if key in values and r.random() < 0.7 else {})
    return found | maybe(
        r, 0.3, since=of_time(r, edges), has=r.random() < 0.5, includeSubordinate=r.random() < 0.7
    )


def touch(r: Random, edges: Edges) -> Json:
    return {"where": touch_where(r)} | measured(r, edges, ()) | within(r, edges)


def touch_where(r: Random) -> Json:
    fields = (("channel", worlds.CHANNELS), ("campaign", worlds.CAMPAIGNS), ("outcome", worlds.OUTCOMES))
    where = {name: any_of(r, values) for name, values in fields if r.random() < 0.4}
    if r.random() < 0.2:
        where["not"] = {name: any_of(r, values) for name, values in fields[1:]}
    return where


def measured(r: Random, edges: Edges, sums: tuple[str, ...]) -> Json:
    """A measure of touches or events and its test."""
    measure = r.choice(("COUNT", "COUNT", "DISTINCT_DAYS", "FIRST_AT", "LAST_AT", *SINCE, *sums))
    if measure == "COUNT" and r.random() < 0.4:
        return {}
    found: Json = {"measure": measure}
    if measure.endswith("_AT"):
        return found | {"is": of_time(r, edges)}
    if measure in sums:
        test = among(r, (0, 1, 2.5, 0.333333, 0.833333, 1.75, -1))
        return found | {"property": r.choice(worlds.NAMES), "is": test}
    return found | {
        "is": among(r, COUNTS if measure == "COUNT" or "DISTINCT" in measure else (0, 1, 7, 15.5))
    }


def event(r: Random, edges: Edges) -> Json:
    tests = [{"name": r.choice(worlds.NAMES), "is": of_property(r)} for _ in range(r.choice((0, 1, 1, 2)))]
    found = {"type": r.choice(worlds.TYPES)} | ({"where": tests} if tests else {})
    return found | measured(r, edges, AGGREGATES) | within(r, edges)


def of_property(r: Random) -> Json:
    """Of a property that nobody declared: what it is equal to may be anything, what orders it is a number."""
    name = r.choice(("eq", "ne", "in", "notIn", "gt", "lte", "contains", "startsWith", "exists"))
    if name == "exists":
        return {name: r.random() < 0.5}
    if name in ("gt", "lte"):
        return {name: r.choice((0, 1, 2.5))}
    if name in ("contains", "startsWith"):
        return {name: r.choice(("a", "A", "1"))}
    return {name: several(r, (*worlds.VALUES[:-2], True), name in ("in", "notIn"))}


def consent(r: Random, edges: Edges) -> Json:
    said = {"channel": r.choice(worlds.CHANNELS[:2]), "purpose": r.choice(("marketing", "service"))}
    return said | maybe(r, 0.5, granted=r.random() < 0.5)


def sequence(r: Random, edges: Edges) -> Json:
    steps = [step(r, edges) for _ in range(r.choice((2, 2, 3)))]
    if r.random() < 0.4:
        steps[-1] = {"not": steps[-1]}
    return {"steps": steps, "within": r.choice(HOURS)}


def step(r: Random, edges: Edges) -> Json:
    window = within(r, edges) if r.random() < 0.3 else {}
    kind = r.choice(("event", "event", "order", "touch"))
    if kind == "event":
        tests = [{"name": r.choice(worlds.NAMES), "is": of_property(r)}] if r.random() < 0.3 else []
        return {"event": {"type": r.choice(worlds.TYPES)} | ({"where": tests} if tests else {}) | window}
    where = order_where(r) if kind == "order" else touch_where(r)
    return {kind: ({"where": where} if where else {}) | window}


def anniversary(r: Random, edges: Edges) -> Json:
    of = r.choice(("birthday", "joinedAt", "dependentBirthday"))
    found: Json = {"of": of, "next": r.choice(LENGTHS)}
    if of == "dependentBirthday" and r.random() < 0.5:
        where = maybe(r, 0.6, kind=any_of(r, worlds.KINDS), gender=any_of(r, worlds.GENDERS))
        found |= {"where": where} if where else {}
    return found


CONDITIONS: dict[str, Make] = {
    "attribute": attribute,
    "identifier": identifier,
    "member": member,
    "card": card,
    "dependent": dependent,
    "order": order,
    "tag": tag,
    "touch": touch,
    "event": event,
    "consent": consent,
    "sequence": sequence,
    "anniversary": anniversary,
    "lifecycle": lambda r, edges: {"stage": r.choice(worlds.STAGES)} | maybe(r, 0.4, brand="b1"),
    "rfm": lambda r, edges: (
        {r.choice(("recency", "frequency", "monetary")): among(r, (1, 3, 5))} | maybe(r, 0.4, brand="b2")
    ),
    "list": lambda r, edges: {"key": r.choice(worlds.LISTS)} | maybe(r, 0.3, **{"in": r.random() < 0.5}),
    "segment": lambda r, edges: (
        {"key": r.choice(tuple(worlds.SEGMENTS))} | maybe(r, 0.3, **{"in": r.random() < 0.5})
    ),
    "everyone": lambda r, edges: True,
}
