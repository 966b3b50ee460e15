"""What is wrong with a rule: the cases of the file, and each sentence under "Errors" of the page on rules."""

from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.rules.check import problems
from app.rules.model import RuleMalformed, parse
from app.rules.vocabulary import Declared, TagWord, Type, Vocabulary
from app.rules.windows import Clock
from tests.rules import worlds
from tests.rules.saying import AS_OF, BUY, SMS, ZONE, attribute, chain, order
from tests.rules.test_cases import CASES
from tests.rules.test_live import EVERY
from tests.rules.worlds import Edges
from tests.rules.worlds_rules import rule as random_rule

Json = dict[str, Any]
EVERYONE: Json = {"everyone": True}
FILE = [
    pytest.param(
        one["rule"],
        " ".join(f"{'.'.join(wrong['path'])}:{wrong['code']}" for wrong in one["errors"]),
        id=f"{case['id']}-{place}",
    )
    for case in CASES
    for place, one in enumerate(case["rules"])
    if "errors" in one
]


def deep(levels: int) -> Json:
    """A rule of so many nodes, one in another."""
    return EVERYONE if levels == 1 else {"not": deep(levels - 1)}


def pets(**body: Any) -> Json:
    return {"dependent": body}


def event(**body: Any) -> Json:
    return {"event": {"type": "v"} | body}


def window(**within: Any) -> Json:
    return order(within=within)


MANY = {"attribute": {"name": "city", "is": {"in": ["x"] * 5_001}}}
TABLE: list[tuple[Json, str]] = [
    (attribute("city", **{"in": []}), "attribute.is.in:EMPTY_TEST"),
    (attribute("city", notIn=[]), "attribute.is.notIn:EMPTY_TEST"),
    (attribute("city", eq=None), "attribute.is:EMPTY_TEST"),
    ({"rfm": {}}, "rfm:EMPTY_TEST"),
    ({"rfm": {"monetary": {"eq": 0}}}, "rfm.monetary.eq:OUT_OF_RANGE"),
    (pets(quantifier="COUNT"), "dependent.count:EMPTY_TEST"),
    (pets(quantifier="SOME", count={"eq": 1}), "dependent.count:TYPE_MISMATCH"),
    (pets(count={"eq": 1}), "dependent.count:TYPE_MISMATCH"),
    (pets(where={"not": {}}), "dependent.where.not:EMPTY_TEST"),
    (order(where={"not": {}}), "order.where.not:EMPTY_TEST"),
    (order(where={"amount": {}}), "order.where.amount:EMPTY_TEST"),
    (event(measure="SUM", **{"is": {"gt": 1}}), "event.property:EMPTY_TEST"),
    (event(measure="SUM_AMOUNT", **{"is": {"gt": 1}}), "event.measure:TYPE_MISMATCH"),
    (event(where=[{"name": "x", "is": {"gt": "1"}}]), "event.where.0.is.gt:TYPE_MISMATCH"),
    (event(where=[{"name": "x", "is": {"contains": 1}}]), "event.where.0.is.contains:TYPE_MISMATCH"),
    (event(where=[{"name": "x", "is": {"eq": "1"}}]), ""),
    (order({"gte": 1}, measure="SUM"), "order.measure:TYPE_MISMATCH"),
    (
        order({"gte": 1}, measure="SUM_AMOUNT", where={"currency": ["CNY", "EUR"]}),
        "order.where.currency:TYPE_MISMATCH",
    ),
    (order({"gte": 1}, measure="SUM_QUANTITY", where={"currency": ["CNY", "EUR"]}), ""),
    (order({"lt": -1}), "order.is.lt:OUT_OF_RANGE"),
    (order({"lt": -1}, measure="DISTINCT_DAYS"), "order.is.lt:OUT_OF_RANGE"),
    (order({"lt": -1}, measure="AVG_QUANTITY"), "order.is.lt:OUT_OF_RANGE"),
    (order(where={"quantity": {"in": [1, -1]}}), "order.where.quantity.in.1:OUT_OF_RANGE"),
    (order(pick=0), "order.pick:OUT_OF_RANGE"),
    (order({"eq": "2026-02-30"}, measure="LAST_AT"), "order.is.eq:TYPE_MISMATCH"),
    (attribute("birthday", lt="yesterday"), "attribute.is.lt:TYPE_MISMATCH"),
    (attribute("ageYears", lt="7"), "attribute.is.lt:TYPE_MISMATCH"),
    (window(**{"from": "2026-02-30"}), "order.within.from:INVALID_WINDOW"),
    (window(last="7"), "order.within.last:INVALID_WINDOW"),
    (window(last="7D"), "order.within.last:INVALID_WINDOW"),
    (window(ago=["7d", "14d"]), "order.within.ago:INVALID_WINDOW"),
    (window(ago=["7d", "7d"]), "order.within.ago:INVALID_WINDOW"),
    (window(ago=["7d"]), "order.within.ago:INVALID_WINDOW"),
    (window(between=["2026-01-01", "2026-01-02", "2026-01-03"]), "order.within.between:INVALID_WINDOW"),
    (window(between=["2026-01-01", "2026-01-01"]), ""),
    ({"anniversary": {"of": "birthday", "next": "24h"}}, "anniversary.next:INVALID_WINDOW"),
    (chain("24h", BUY), "sequence.steps:OUT_OF_RANGE"),
    (chain("24h", {"not": BUY}, SMS), "sequence.steps.0.not:OUT_OF_RANGE"),
    (chain("1m", BUY, SMS), "sequence.within:INVALID_WINDOW"),
    (chain("24h", BUY, SMS, BUY, SMS, {"not": BUY}), ""),
    (deep(8), ""),
    (deep(9), f"{'not.' * 7}not:TOO_COMPLEX"),
    ({"any": [EVERYONE] * 100}, ""),
    ({"any": [EVERYONE] * 102}, "any.100:TOO_COMPLEX"),
    ({"any": [{"not": chain("24h", BUY, SMS)}] * 101}, "any.100.not:TOO_COMPLEX"),
    ({"all": [MANY, MANY, MANY]}, "all.1:TOO_COMPLEX"),
    ({"segment": {"key": "b"}}, "segment.key:SEGMENT_CYCLE"),
    ({"segment": {"key": "others"}}, ""),
    (attribute("name", gt=1), "attribute.is.gt:TYPE_MISMATCH"),
    (attribute("name", contains="**"), "attribute.is.contains:TOO_COMPLEX"),
    (attribute("name", contains="\uff76"), "attribute.is.contains:TOO_COMPLEX"),  # may be half of another
    (attribute("name", contains="**", eq="王**"), ""),
    (attribute("name", ne="**"), ""),
    (
        {"any": [{"all": []}, BUY, {"not": order({}, pick=0)}]},
        "any.0.all:EMPTY_GROUP any.2.not.order.is:EMPTY_TEST any.2.not.order.pick:OUT_OF_RANGE",
    ),
]
SHAPES: list[Json] = [
    {},
    {"everyone": False},
    {"everyone": True, "order": {}},
    {"nobody": True},
    order(within={"last": "7d", "ever": True}),
    order(within={"ever": False}),
    order(within={}),
    order(pick="SECOND"),
    pets(where={"not": {"not": {"gender": "F"}}}),
    {"all": EVERYONE, "any": []},
    {"tag": {"key": 7}},
    chain("24h", BUY, {"not": {"not": SMS}}),
]
CYCLE = {"b": parse({"segment": {"key": "c"}}), "c": parse({"not": {"segment": {"key": "b"}}})}
OF_PETS: dict[str, Type] = {"species": "choice", "weight": "number", "vaccinated": "date"}
DECLARED = Declared(attributes={}, kinds={"BABY": {}, "PET": OF_PETS, "APPLIANCE": {}})
KNOWN = Vocabulary(
    declared=DECLARED,
    tags={key: TagWord("PERSON", worlds.TYPES_OF_TAGS.get(key, "CHOICE")) for key in worlds.TAGS},
    segments=CYCLE | {key: parse(rule) for key, rule in worlds.SEGMENTS.items()},
    lists=worlds.LISTS,
    stages=worlds.STAGES,
)


def found(rule: Json, as_of: str = AS_OF, zone: str = ZONE, forbidden: tuple[str, ...] = ()) -> str:
    """Everything that is wrong: `path:CODE`, one space between."""
    clock = Clock(datetime.fromisoformat(as_of), ZoneInfo(zone))
    wrong = problems(parse(rule), KNOWN, clock, forbidden=frozenset(forbidden))
    return " ".join(f"{'.'.join(one.field)}:{one.code}" for one in wrong)


@pytest.mark.parametrize(("rule", "expected"), FILE)
def test_what_the_cases_say(rule: Json, expected: str) -> None:
    assert found(rule) == expected


@pytest.mark.parametrize(("rule", "expected"), TABLE)
def test_what_the_page_says(rule: Json, expected: str) -> None:
    assert sorted(found(rule).split()) == sorted(expected.split())


@pytest.mark.parametrize("test", [{"eq": "王小明"}, {"exists": True}, {"notIn": ["王小明"]}])
def test_who_may_not_read_names_cannot_ask_for_one(test: Json) -> None:
    assert found(attribute("name", **test), forbidden=("name",)) == "attribute.name:FORBIDDEN_FIELD"


@pytest.mark.parametrize("rule", SHAPES)
def test_what_has_not_the_shape_of_a_rule(rule: Json) -> None:
    with pytest.raises(RuleMalformed):
        parse(rule)


def test_nothing_is_wrong_with_the_rules_of_these_tests() -> None:
    for case in EVERY:
        assert [found(rule, case.as_of, case.zone) for rule, _ in case.rules] == [""] * len(case.rules)
    for seed in range(500):
        r = Random(seed)
        edges = Edges.of(worlds.a_moment(r.choice(worlds.MOMENTS)), worlds.ZONES[:2])
        rule = random_rule(r, edges)
        assert (rule, found(rule, edges.moment.isoformat(), r.choice(worlds.ZONES[:2]))) == (rule, "")
