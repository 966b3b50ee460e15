"""What must not differ inside a person: one more constraint of the one rule, on the graph as in memory."""

from typing import Any

import pytest

from app.commerce.facts import Shops
from app.commerce.products import Products
from app.graph.sessions import Graph
from app.identity.live.recompute import recompute, verify
from app.identity.live.register import Cause, now
from app.identity.match.names import split_name
from app.identity.operations import Refused
from app.identity.policy import PolicyInvalid, parse_policy
from app.identity.service import Identity
from app.identity.simulate import simulate
from app.identity.steering.decisions import run_operation
from app.ingest.facts import Facts
from tests.identity.live import Player, simulated
from tests.identity.promises import broken
from tests.identity.register import identifier, seen

Json = dict[str, Any]

KINDS: Json = {
    "member": {"layer": "person", "priority": 1, "scope": "brand", "limit_per_scope": 1},
    "phone": {"layer": "contact", "priority": 10},
}
POLICY: Json = {
    "kinds": KINDS,
    "contradictions": [{"attribute": "birthday", "ignore": ["1900-01-01"]}, {"attribute": "surname"}],
}


def said(at: float, member: str, phone: str, id: str = "e", **facts: Any) -> Json:
    """An account and a phone on a day, and what the account says of itself."""
    return seen(at, f"member:{member}", f"phone:{phone}", id=id, source="crm", member=facts)


async def tell(identity: Identity, *rows: Any) -> None:
    """Take observations in, their facts included."""
    observed = await identity.observe(rows, Facts(identity, Shops(), Products(), rows).write)
    assert observed.rejected == {}


@pytest.fixture
async def player(graph: Graph) -> Player:
    """Somebody under the policy above."""
    return await Player.under(graph, POLICY)


async def people(player: Player) -> list[list[str]]:
    """Who is one person; the graph is what a full recompute makes of it, and keeps its promises."""
    assert (await verify(player.identity)).differences == []
    assert await broken(player.graph) == []
    found: list[list[str]] = (await player.answer())["components"]
    return found


ONE = [["member:A:m1", "member:B:m2", "phone:p1"]]
TWO = [["member:A:m1"], ["member:B:m2", "phone:p1"]]


async def test_two_birthdays_are_two_people(player: Player) -> None:
    rows = [
        said(1, "A:m1", "p1", "e1", birthday="1990-01-01"),
        said(2, "B:m2", "p1", "e2", birthday="1991-01-01"),
    ]
    await tell(player.identity, rows[0])
    await tell(player.identity, rows[1])
    assert await people(player) == TWO
    found = simulate({"policy": POLICY, "observations": rows})
    assert simulated(found)["components"] == TWO
    assert found["suppressed"] == [
        {
            "a": "member:A:m1",
            "b": "phone:p1",
            "reason": "CONTRADICTION",
            "blockedBy": ["member:A:m1", "member:B:m2"],
        }
    ]


async def test_a_corrected_birthday_decides_again_in_the_same_unit(player: Player) -> None:
    """Also when nothing else of the account is new: the sighting of its pair is old, the fact is newer."""
    identity = player.identity
    await tell(identity, said(1, "A:m1", "p1", birthday="1990-01-01"))
    await tell(identity, said(2, "B:m2", "p1", birthday="1991-01-01"))
    await tell(identity, seen(3, "member:A:m1", source="crm", member={"birthday": "1991-01-01"}))
    assert await people(player) == ONE
    await tell(identity, seen(2.5, "member:A:m1", source="crm", member={"birthday": "1990-01-01"}))
    assert await people(player) == ONE  # an older word never overwrites a newer one
    await tell(identity, seen(4, "member:B:m2", source="crm", member={"birthday": "1990-12-31"}))
    assert await people(player) == TWO


async def test_a_fact_that_comes_later_splits_and_one_that_says_nothing_does_not(player: Player) -> None:
    identity = player.identity
    await tell(identity, said(1, "A:m1", "p1", name="王小明"))
    await tell(identity, said(2, "B:m2", "p1", birthday="1900-01-01"))
    assert await people(player) == ONE
    await tell(identity, seen(3, "member:B:m2", source="crm", member={"name": "王先生"}))
    assert await people(player) == ONE
    await tell(identity, seen(4, "member:B:m2", source="crm", member={"name": "李小明"}))
    assert await people(player) == TWO


async def test_a_link_across_a_contradiction_is_refused(player: Player) -> None:
    identity = player.identity
    await tell(identity, said(1, "A:m1", "p1", birthday="1990-01-01"))
    await tell(identity, said(2, "B:m2", "p2", birthday="1991-01-01"))
    ends = {"a": identifier("member:A:m1"), "b": identifier("phone:p2")}
    with pytest.raises(Refused) as no:
        await run_operation(identity, "link", ends, "kim", "the same voice")
    assert (no.value.code, no.value.field) == ("CONTRADICTION", ("a", "b"))
    await tell(identity, seen(3, "member:A:m1", source="crm", member={"birthday": "1991-01-01"}))
    await run_operation(identity, "link", ends, "kim", "the same voice")
    assert len(await people(player)) == 1


async def test_a_link_that_comes_to_contradict_shows_as_suppressed(player: Player) -> None:
    identity = player.identity
    await tell(identity, said(1, "A:m1", "p1"), said(2, "B:m2", "p2"))
    ends = {"a": identifier("member:A:m1"), "b": identifier("member:B:m2")}
    await run_operation(identity, "link", ends, "kim", "the same voice")
    assert len(await people(player)) == 1
    await tell(identity, seen(3, "member:A:m1", source="crm", member={"birthday": "1991-01-01"}))
    await tell(identity, seen(3, "member:B:m2", source="crm", member={"birthday": "1992-01-01"}))
    assert len(await people(player)) == 2
    assert ("member:A:m1", "member:B:m2", "CONTRADICTION") in (await player.answer())["suppressed"]


async def test_facts_that_go_with_an_erasure_contradict_nobody(player: Player) -> None:
    identity = player.identity
    await tell(identity, said(1, "A:m1", "p1", birthday="1990-01-01"))
    await tell(identity, said(2, "B:m2", "p1", birthday="1991-01-01"))
    await run_operation(identity, "erase", {"identifier": identifier("member:B:m2")}, "kim", "asked to")
    assert await people(player) == [["member:A:m1", "phone:p1"]]


async def test_a_policy_that_asks_later_recomputes_who_is_one(graph: Graph) -> None:
    """The facts are there already: nothing has to be imported again."""
    player = await Player.under(graph, {"kinds": KINDS})
    await tell(player.identity, said(1, "A:m1", "p1", birthday="1990-01-01"))
    await tell(player.identity, said(2, "B:m2", "p1", birthday="1991-01-01"))
    assert await people(player) == ONE
    player = await Player.under(graph, POLICY)
    await recompute(player.identity, Cause("POLICY", now()))
    assert await people(player) == TWO


def test_what_a_policy_gets_wrong_is_told_at_once() -> None:
    rule = {"name": "r", "equal": ["birthday"], "confidence": 0.5}
    wrong = {
        "kinds": KINDS,
        "rules": [
            {"name": "R r", "equal": ["birthdy"], "confidence": 2},
            {"name": "s", "equal": [], "confidence": 0.5, "auto_above": 1},
            {**rule, "not_different": ["birthday"], "max_group": 1},
        ],
        "contradictions": [{"attribute": "mood"}],
    }
    with pytest.raises(PolicyInvalid) as no:
        parse_policy(wrong)
    assert {path for path, _ in no.value.problems} == {
        "rules.0.name",
        "rules.0.equal.0",
        "rules.0.confidence",
        "rules.1.auto_above",
        "rules.2.max_group",
        "contradictions.0.attribute",
    }
    for policy in (
        {"kinds": KINDS, "rules": [rule, rule]},
        {"kinds": KINDS, "rules": [{**rule, "not_different": ["birthday"]}]},
        {"kinds": KINDS, "rules": [{**rule, "equal": []}]},
        {"kinds": KINDS, "contradictions": [{"attribute": "a_x"}, {"attribute": "a_x"}]},
        {"kinds": {"phone": {"layer": "contact"}}, "rules": [rule]},
        {"kinds": {"phone": {"layer": "contact"}}, "contradictions": [{"attribute": "a_x"}]},
    ):
        with pytest.raises(PolicyInvalid):
            parse_policy(policy)


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("王小明", "王", "小明"),
        (" 王 小 明 ", "王", "小明"),
        ("欧阳娜娜", "欧阳", "娜娜"),
        ("欧阳", "欧", "阳"),
        ("诸葛亮", "诸葛", "亮"),
        ("王先生", "王", None),
        ("欧阳女士", "欧阳", None),
        ("王**", "王", None),
        ("Jane  GREEN", "green", "jane"),
        ("Green, Jane", "green", "jane"),
        ("Green", None, None),
        ("阿卜杜拉·买买提", None, None),
        ("Wang小明", None, None),
        ("", None, None),
    ],
)
def test_surnames_and_given_names(name: str, surname: str | None, given: str | None) -> None:
    assert split_name(name) == (surname, given)
