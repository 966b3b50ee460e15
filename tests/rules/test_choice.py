"""Shares and limits on the live graph against a ranking in plain Python, on random people and measures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.graph.sessions import Graph, Reader
from app.identity.service import Identity
from app.rules import compiler_choice
from app.rules.choice import Choice, choice_of, limit_json, limit_problems, limit_stored, parse_limit
from app.rules.compiler import Compiled
from app.rules.model import RuleMalformed, parse
from app.rules.statement import Settings
from app.rules.vocabulary import Vocabulary, read_vocabulary
from app.rules.windows import Clock
from tests.rules.comparing import Sides, sides
from tests.rules.oracle import World, matches
from tests.rules.oracle import measure_of as measured_of_facts
from tests.rules.oracle_facts import DIGITS, Person
from tests.rules.oracle_orders import measured, selected
from tests.rules.oracle_values import Json, Money, rounded
from tests.rules.worlds import Edges
from tests.rules.worlds_orders import order
from tests.rules.worlds_rules import event, tag, touch

few = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a statement of its own for each is slow to shrink
    suppress_health_check=list(HealthCheck),
)
RULES: Sequence[Callable[[Random, Edges], Json]] = (
    lambda r, edges: {"everyone": True},
    lambda r, edges: {"order": order(r, edges)},
    lambda r, edges: {"not": {"tag": tag(r, edges)}},
)


@pytest_asyncio.fixture(scope="module")
async def both(migrated: Graph, module_identity: Identity) -> Sides:
    """Three dozen random people, stored once."""
    return await sides(migrated, module_identity, Random(7), 36, "limits/")


def limit(r: Random, edges: Edges) -> Json:
    """A random limit: what a condition says, without its test."""
    kind, make = r.choice((("order", order), ("order", order), ("event", event), ("touch", touch)))
    body = {name: value for name, value in make(r, edges).items() if name != "is"}
    return {"n": r.choice((1, 2, 3, 5, 10, 40)), "by": {kind: body}, "lowest": r.random() < 0.4}


def value_of(by: Json, person: Person, world: World) -> Any:
    """What somebody is ranked by; None is a missing value."""
    ((kind, body),) = by.items()
    if kind == "order":
        currency = (body.get("where") or {}).get("currency") or world.currency
        digits = DIGITS[currency[0] if isinstance(currency, list) else currency]
        seen = selected(body, person, world.clock, world.currency)
        found = measured(body.get("measure") or "COUNT", seen, world.clock, digits)
    else:
        found = measured_of_facts(kind, body, person, world)
    if isinstance(found, Money):
        return Fraction(found.total, found.count)
    return rounded(found) if isinstance(found, (int, Fraction)) else found


def first(said: Json, people: Mapping[str, Person], one_ids: Mapping[str, str], world: World) -> list[str]:
    """The OneIDs of the first n, the first one first."""
    values = {one_ids[name]: value_of(said["by"], one, world) for name, one in people.items()}
    there = sorted(one_id for one_id, value in values.items() if value is not None)
    there.sort(key=lambda one_id: values[one_id], reverse=not said["lowest"])  # stable, also in reverse
    return there[: said["n"]]


@few
@given(st.data())
async def test_the_first_n_are_those_of_a_ranking(both: Sides, migrated: Graph, data: st.DataObject) -> None:
    r, zone = data.draw(st.randoms(use_true_random=False)), data.draw(st.sampled_from(both.zones))
    rule, said = r.choice(RULES)(r, both.edges), limit(r, both.edges)
    part = r.choice((None, 0.5, 0.9))
    world, one_ids = both.world(zone), both.population.one_ids
    choice = choice_of(part, parse_limit(said), "k")
    matching = {name: one for name, one in both.people.items() if matches(rule, one, world)}
    if choice.share is not None:
        matching = {name: one for name, one in matching.items() if choice.share.takes(one_ids[name])}
    taken = first(said, matching, one_ids, world)
    ask = _Ask(migrated.reader(), rule, both.edges.moment, zone, choice)
    assert await ask.everybody() == sorted(taken), said
    assert await ask.count() == len(taken)
    assert await ask.pages(2) == sorted(taken)
    if taken:  # who would be the last to be taken has all others of them before
        assert await ask.before(taken[-1]) == len(taken) - 1


class _Ask:
    """The statements about a rule and a choice."""

    def __init__(self, reader: Reader, rule: Json, moment: datetime, zone: str, choice: Choice) -> None:
        self._reader, self._rule, self._choice = reader, parse(rule), choice
        self._clock = Clock(moment, ZoneInfo(zone))

    async def _rows(self, made: Callable[..., Compiled], *more: Any, **named: Any) -> list[Any]:
        known = await read_vocabulary(self._reader, self._rule)
        own = Settings(self._clock, known.declared.currency, None, known.segments)
        asked = made(self._rule, own, self._choice, *more, **named)
        return await self._reader.compiled(asked.text, asked.params)

    async def everybody(self) -> list[str]:
        return [row["oneId"] for row in await self._rows(compiler_choice.everybody)]

    async def count(self) -> int:
        return int((await self._rows(compiler_choice.count))[0]["n"])

    async def pages(self, long: int) -> list[str]:
        found: list[str] = []
        while True:
            after = found[-1] if found else None
            some = await self._rows(compiler_choice.page, first=long, after=after)
            found += [row["oneId"] for row in some]
            if len(some) < long:
                return found

    async def before(self, one_id: str) -> int:
        [row] = await self._rows(compiler_choice.ranks, [one_id])
        return int((await self._rows(compiler_choice.before, row["rank"], one_id))[0]["n"])


def test_a_share_is_the_same_in_python_and_in_cypher_whatever_a_oneid_is() -> None:
    """The other half is above: whom the statement takes are those whom `takes` does."""
    whole, half = choice_of(0.9, None, "k").share, choice_of(0.4, None, "k").share
    other = choice_of(0.4, None, "l").share
    assert whole is not None
    assert half is not None
    assert other is not None
    one_ids = [f"01HZ{number:022d}" for number in range(5_000)] + ["", "P", "é", "王明", "x" * 300]
    taken = {one for one in one_ids if half.takes(one)}
    assert taken < {one for one in one_ids if whole.takes(one)}
    assert 1_800 < len(taken) < 2_200
    both = sum(other.takes(one) for one in taken)
    assert 0.33 < both / len(taken) < 0.47  # another key takes others: two fifths of these, too


def test_what_is_wrong_with_a_limit_comes_all_at_once() -> None:
    with pytest.raises(RuleMalformed) as refused:
        parse_limit({"n": 1.5, "by": {"order": {"measure": 3, "is": {"gte": 1}}}, "most": True})
    assert [one.field for one in refused.value.problems] == [
        ("limit", "n"),
        ("limit", "by", "order", "measure"),
        ("limit", "by", "order", "is"),
        ("limit", "most"),
    ]
    said = {"n": 0, "by": {"order": {"measure": "SUM_AMONT", "within": {"last": "9"}, "where": {"shop": []}}}}
    wrong = list(limit_problems(parse_limit(said), Vocabulary(), Clock.utc(date(2026, 3, 14))))
    assert [(".".join(one.field), one.code, one.suggestion) for one in wrong] == [
        ("limit.n", "OUT_OF_RANGE", None),
        ("limit.by.order.where.shop", "EMPTY_TEST", None),
        ("limit.by.order.within.last", "INVALID_WINDOW", None),
        ("limit.by.order.measure", "TYPE_MISMATCH", "SUM_AMOUNT"),
    ]
    made = parse_limit({"n": 3.0, "by": {"touch": {}}})
    assert limit_stored(limit_json(made)) == made
