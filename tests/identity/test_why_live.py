"""why, whyNot and ownerOf on the graph: as on the whole ledger, and each special answer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.context import DEVELOPER, Context
from app.errors import BadInput
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.identity.explain.answers import Why, WhyNot
from app.identity.explain.between import between
from app.identity.explain.owning import owner_of
from app.identity.explain.why import told_why, told_why_not, why, why_not
from app.identity.live import maintenance
from app.identity.match import run as match_run
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from app.ingest.service import ingest
from app.settings import Settings
from tests.identity import many, worlds
from tests.identity.live import Player, emptied
from tests.identity.test_cases import TRICKY, by_id
from tests.identity.test_why import ledger_of

Json = dict[str, Any]
ZONE = ZoneInfo("Asia/Shanghai")


@many.live(25)
@given(document=worlds.any_features())
async def test_as_on_the_whole_ledger(graph: Graph, document: Json) -> None:
    await as_on_the_ledger(graph, document)


@pytest.mark.parametrize("case", by_id(TRICKY[::3]))
async def test_case_as_on_the_whole_ledger(graph: Graph, case: Json) -> None:
    await as_on_the_ledger(graph, case["input"])


async def as_on_the_ledger(graph: Graph, document: Json) -> None:
    await emptied(graph)
    player = await Player.under(graph, document["policy"])
    await player.play(document)
    await player.identity.refresh()
    ledger = ledger_of(document)
    for a, b in combinations(sorted(ledger.identifiers), 2):
        given_between = between(ledger, a, b)
        asked = [dict(zip(("kind", "scope", "value"), key.split("|", 2), strict=True)) for key in (a, b)]
        found = await why(player.identity, *asked, zone=ZONE)
        expected = told_why(given_between, None, ZONE)
        assert (found.code, ways(found)) == (expected.code, ways(expected))
        not_found = await why_not(player.identity, *asked, zone=ZONE)
        not_expected = told_why_not(given_between, None, ZONE)
        assert (not_found.code, blocks(not_found)) == (not_expected.code, blocks(not_expected))


def ways(found: Why) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(step.a.key, step.b.key, step.sources) for step in found.steps]


def blocks(found: WhyNot) -> list[Any]:
    """What is said of the blockers, the evidence and the next steps, without ids of operations."""
    return [
        [
            (one.reason, one.pair and (one.pair.a.key, one.pair.b.key), [n.key for n in one.blocked_by])
            for one in found.blockers
        ],
        [(one.limit, one.attribute, one.ties, one.further, len(one.decisions)) for one in found.blockers],
        [(step.a.key, step.b.key, step.state, step.reason) for step in found.evidence],
        [
            (step.operation, [n.key for n in step.identifiers], step.blocker)
            for step in found.next_steps
            if step.operation != "undo"
        ],
    ]


# -- special answers ---

POLICY = """
version: 1
kinds:
  member: {layer: person, priority: 1, scope: brand, limit_per_scope: 1}
  phone: {layer: contact, priority: 10, limit: 3, pii: true, normalise: phone, region: CN, hashes: [md5]}
  oaid: {layer: device, priority: 30, shared_after: 2, ttl: 30d}
sources:
  web-form: {verified: false}
rules:
  - {name: born, equal: [birthday], not_different: [gender], confidence: 0.8}
contradictions:
  - {attribute: gender}
"""
PHONE = "13912345678"


class World:
    """Identity on an empty graph under a small policy."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.seen = 0

    async def see(self, at: str, *names: str, source: str = "crm", brand: str = "mumu", **facts: Any) -> None:
        """One observation of identifiers said as kind:value."""
        self.seen += 1
        observation = {
            "id": f"e{self.seen}",
            "at": datetime.fromisoformat(at),
            "source": source,
            "brand": brand,
            "identifiers": [named(one) for one in names],
        }
        context = Context(DEVELOPER, self.identity.graph, self.identity.keyring, self.identity.state.policy)
        taken = await ingest(replace(context, identity=self.identity), [observation | facts])
        assert not taken.rejected

    async def decide(self, name: str, by: str = "anna", reason: str = "a call", **fields: Any) -> str:
        """One operation; its id."""
        return (await run_operation(self.identity, name, fields, by, reason)).operation

    async def why(self, a: str, b: str, brands: Collection[str] | None = None) -> Why:
        return await why(self.identity, named(a), named(b), zone=ZONE, brands=brands)

    async def why_not(self, a: str, b: str, brands: Collection[str] | None = None) -> WhyNot:
        return await why_not(self.identity, named(a), named(b), zone=ZONE, brands=brands)


def named(text: str) -> dict[str, str]:
    kind, value = text.split(":", 1)
    scope = {"member": "mumu", "member_2": "lumi"}.get(kind, "*")
    return {"kind": kind.removesuffix("_2"), "value": value, "scope": scope}


@pytest.fixture
async def world(graph: Graph, settings: Settings, tmp_path: Any) -> World:
    policy = tmp_path / "policy.yaml"
    policy.write_text(POLICY)
    return World(await Identity.open(graph, Keyring(settings.secret()), policy))


async def test_seen_together(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    await world.see("2026-05-02T10:00:00+08:00", "member:M1", f"phone:{PHONE}", source="pos")
    found = await world.why("member:M1", f"phone:+86{PHONE}")
    assert found.sentences == (
        f"member M1 (mumu) and phone 139****5678 are one person, {found.a.one_id}.",
        "member M1 (mumu) and phone 139****5678 were seen together by crm and pos, first on 2026-03-01, "
        "last on 2026-05-02.",
    )
    assert (found.joined, found.a.one_id) == (True, found.b.one_id)
    again = await world.why_not("member:M1", f"phone:{PHONE}")
    assert (again.joined, again.sentences) == (True, (found.sentences[0],))


async def test_a_day_is_one_of_the_zone(world: World) -> None:
    await world.see("2026-03-01T20:00:00+00:00", "member:M1", "oaid:d1")
    found = await world.why("member:M1", "oaid:d1")
    assert found.sentences[1].endswith("were seen together by crm, on 2026-03-02.")


async def test_one_and_the_same(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    digest = "md5=535381ec9d5ab7a390db0a30860600f2"
    for other in ("phone:139 1234 5678", f"phone:{digest}"):
        found = await world.why(f"phone:{PHONE}", other)
        assert (found.code, found.joined, found.steps) == ("SAME", True, ())
        assert found.sentences == (
            f"Both are one and the same identifier, phone 139****5678, {found.a.one_id}.",
        )


async def test_unknown(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1")
    found = await world.why_not("member:M1", f"phone:{PHONE}")
    assert (found.code, found.b.key, found.b.display) == ("UNKNOWN", None, "139****5678")
    assert found.sentences == (
        "No source has reported phone 139****5678.",
        "What one could do: check the spelling of phone 139****5678, or wait until a source reports it.",
    )
    assert (await world.why("member:M1", f"phone:{PHONE}")).sentences == found.sentences[:1]
    with pytest.raises(BadInput, match="kind"):
        await world.why("member:M1", "telephone:1")


async def test_erased(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    await world.decide("erase", identifier=named(f"phone:{PHONE}"))
    found = await world.why_not("member:M1", f"phone:{PHONE}")
    today = datetime.now(ZONE).date().isoformat()
    assert found.code == "ERASED"
    assert found.sentences[0] == f"phone 139****5678 was erased on {today}; nothing is kept of it."
    assert [step.operation for step in found.next_steps] == ["restore"]
    await world.decide("restore", identifier=named(f"phone:{PHONE}"))
    assert (await world.why_not("member:M1", f"phone:{PHONE}")).code == "UNKNOWN"


async def test_expired(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1")
    await maintenance.expire(world.identity, datetime(2026, 5, 1, tzinfo=UTC))
    await world.identity.refresh()
    found = await world.why_not("member:M1", "oaid:d1")
    assert (found.code, found.b.standing) == ("APART", "EXPIRED")
    assert [(one.reason, [n.display for n in one.blocked_by]) for one in found.blockers] == [
        ("EXPIRED", ["d1"])
    ]
    assert [step.state for step in found.evidence] == ["inactive"]
    assert "oaid d1 has expired." in found.sentences


async def test_blocked(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    await world.decide("block", kind="phone", value=PHONE)
    found = await world.why_not("member:M1", f"phone:{PHONE}")
    assert [one.reason for one in found.blockers] == ["BLOCKED"]
    assert "phone 139****5678 is blocked: its value identifies nobody." in found.sentences


async def test_pending(world: World, graph: Graph) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1")
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH (i:Identifier) SET i.pending = true")).consume()
    found = await world.why_not("member:M1", "oaid:d1")
    assert (found.code, [step.operation for step in found.next_steps]) == ("PENDING", ["jobRun"])
    assert (await world.why("member:M1", "oaid:d1")).code == "PENDING"


async def test_never_seen_together(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1")
    await world.see("2026-03-01T10:00:00+08:00", "oaid:d2", f"phone:{PHONE}")
    found = await world.why_not("member:M1", "oaid:d2")
    assert (found.code, found.blockers, found.evidence) == ("NEVER_SEEN", (), ())
    assert [(step.operation, step.text) for step in found.next_steps] == [
        ("link", "link member M1 (mumu) and oaid d2, if you know that they are one person")
    ]
    assert "They were never seen together, directly or over others." in found.sentences
    await world.decide("link", a=named("member:M1"), b=named("oaid:d2"))
    linked = await world.why("member:M1", "oaid:d2")
    assert linked.joined
    [step] = linked.steps
    assert (step.method, step.first, step.link and step.link.by) == ("manual", None, "anna")
    today = datetime.now(ZONE).date().isoformat()
    assert step.link is not None
    assert linked.sentences[1] == (
        f"member M1 (mumu) and oaid d2 were linked by hand by anna on {today} "
        f"(operation {step.link.operation}): “a call”."
    )


async def test_what_people_decided(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    unlink = await world.decide("unlink", a=named("member:M1"), b=named(f"phone:{PHONE}"))
    found = await world.why_not("member:M1", f"phone:{PHONE}")
    assert [(one.reason, [d.operation for d in one.decisions]) for one in found.blockers] == [
        ("UNLINKED", [unlink])
    ]
    assert ("undo", unlink) in [(step.operation, step.undoes) for step in found.next_steps]
    assert "link" in [step.operation for step in found.next_steps]
    never = await world.decide("neverLink", a=named("member:M1"), b=named(f"phone:{PHONE}"))
    both = await world.why_not("member:M1", f"phone:{PHONE}")
    assert [(one.reason, one.further) for one in both.blockers] == [
        ("UNLINKED", False),
        ("NEVER_LINKED", True),
    ]
    assert {step.undoes for step in both.next_steps} == {unlink, never}


async def test_a_proposal(world: World) -> None:
    born = {"birthday": date(1990, 1, 1)}
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1", member=born)
    await world.see("2026-03-01T10:00:00+08:00", "phone:13912345679", "oaid:d2")
    await world.see("2026-03-01T10:00:00+08:00", "member_2:M2", "oaid:d2", brand="lumi", member=born)
    await match_run.run(world.identity)
    found = await world.why_not("oaid:d1", "oaid:d2")
    assert (found.code, [step.state for step in found.evidence]) == ("NEVER_SEEN", ["proposed"])
    assert (
        "The match rule born proposes that member M2 (lumi) and member M1 (mumu) are one person (80% sure)."
        in (found.sentences)
    )
    assert [step.operation for step in found.next_steps] == ["approveProposals", "link"]


async def test_a_contradiction(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1", member={"gender": "F"})
    await world.see(
        "2026-03-02T10:00:00+08:00", "member_2:M2", "oaid:d1", brand="lumi", member={"gender": "M"}
    )
    world.identity.graph.calls = 0
    found = await world.why_not("member:M1", "member_2:M2")
    assert world.identity.graph.calls == 2
    assert [(one.reason, one.attribute) for one in found.blockers] == [("CONTRADICTION", "gender")]
    assert (
        "One person has one gender, and these say different ones: member M2 (lumi) and member M1 (mumu)."
        in (found.sentences)
    )


async def test_claimed_and_shared(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}", source="web-form")
    found = await world.why_not("member:M1", f"phone:{PHONE}")
    assert [one.reason for one in found.blockers] == ["CLAIMED"]
    for name in ("M1", "M2", "M3"):
        await world.see("2026-03-01T10:00:00+08:00", f"member:{name}", "oaid:d1")
    apart = await world.why_not("member:M2", "member:M3")
    assert [(one.reason, one.ties) for one in apart.blockers][:2] == [("SHARED", 3), ("SHARED", 3)]
    assert "oaid d1 is shared by too many, and joins nobody: it was seen with 3." in apart.sentences


async def test_a_hub_is_not_walked_into(world: World, graph: Graph) -> None:
    for number in range(3):
        await world.see("2026-03-01T10:00:00+08:00", f"member:M{number}", "oaid:d1")
    async with graph.session(WRITE_ACCESS) as session:
        text = """MATCH (hub:Identifier {key: 'oaid|*|d1'}) UNWIND range(1, 20000) AS n
          CREATE (hub)-[:LINKED {state: 'suppressed', reason: 'SHARED', verified: true, method: 'observed',
            confidence: 1.0, firstSeen: hub.firstSeen, lastSeen: hub.lastSeen, newest: hub.lastSeen}]->
            (:Identifier {key: 'member|x|' + n, kind: 'member', scope: 'x', value: toString(n),
            name: toString(n), firstSeen: hub.firstSeen, lastSeen: hub.lastSeen})"""
        await (await session.run(text)).consume()
    hits = await database_hits(graph, ["member|mumu|M0"], ["member|mumu|M1"])
    assert hits < 500
    assert await database_hits(graph, ["oaid|*|d1"], ["member|mumu|M1"]) < 500
    found = await world.why_not("member:M0", "member:M1")
    assert [one.ties for one in found.blockers][:2] == [20_003, 20_003]


async def database_hits(graph: Graph, a: list[str], b: list[str]) -> int:
    """How much of the database the statement touches, as PROFILE counts it."""
    text = "PROFILE " + read_query("identity/between").text
    async with graph.session(WRITE_ACCESS) as session:
        result = await session.run(text, {"rows": {"a": a, "b": b, "stones": [], "most": 5001}})
        summary = await result.consume()

    def total(plan: Any) -> int:
        return int(plan.get("dbHits", 0)) + sum(map(total, plan.get("children", ())))

    return total(summary.profile)


async def test_at_most_two_statements(world: World, graph: Graph) -> None:
    """The second one for facts, as the policy names some that contradict each other."""
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1")
    await world.see("2026-03-01T10:00:00+08:00", "member:M2", "oaid:d1")
    graph.calls = 0
    await world.why("member:M1", "oaid:d1")
    assert graph.calls == 2
    await world.why_not("member:M1", "member:M2")
    assert graph.calls == 4
    await world.see("2026-03-01T10:00:00+08:00", "oaid:d2", "oaid:d3")
    graph.calls = 0
    await world.why("oaid:d2", "oaid:d3")
    assert graph.calls == 1


async def test_a_brand_sees_its_own(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1", brand="mumu")
    await world.see("2026-03-02T10:00:00+08:00", "oaid:d1", "oaid:d2", brand="lumi")
    await world.see("2026-03-03T10:00:00+08:00", "oaid:d2", "oaid:d3", brand="mumu")
    found = await world.why("member:M1", "oaid:d3", brands={"mumu"})
    assert found.joined
    assert ([(s.a.display, s.b.display) for s in found.steps], found.hidden) == (
        [("M1", "d1"), ("d2", "d3")],
        1,
    )
    assert found.sentences[-1] == "The rest rests on evidence of brands that you do not see."
    assert (await world.why("member:M1", "oaid:d3", brands={"lumi"})).code == "UNKNOWN"


# -- whose it was ---


async def test_owner_of(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", f"phone:{PHONE}")
    await world.see("2026-03-05T10:00:00+08:00", "member:M2", "oaid:d1")
    first = (await world.why("member:M1", f"phone:{PHONE}")).a.one_id
    second = (await world.why("member:M2", "oaid:d1")).a.one_id
    before = datetime.now(UTC)
    await world.decide("unlink", a=named("member:M1"), b=named(f"phone:{PHONE}"))
    alone = datetime.now(UTC)
    await world.see("2026-04-05T10:00:00+08:00", "member:M2", f"phone:{PHONE}")
    now = datetime.now(UTC)

    async def whose(at: datetime) -> str | None:
        return (await owner_of(world.identity, named(f"phone:{PHONE}"), at, zone=ZONE)).one_id

    assert await whose(datetime(2026, 2, 28, tzinfo=UTC)) is None  # before it was first seen
    assert await whose(datetime(2026, 3, 2, tzinfo=UTC)) == first  # before the register heard of it
    assert await whose(before) == first
    assert await whose(alone) not in (first, second, None)
    assert await whose(now) == second
    found = await owner_of(world.identity, named(f"phone:{PHONE}"), alone, zone=ZONE)
    assert (found.status, found.merged_into) == ("MERGED", second)
    assert found.sentences[0].endswith(f"{found.one_id} was merged into {second} since.")
    await world.decide("erase", identifier=named(f"phone:{PHONE}"))
    assert await whose(before) is None
    assert await whose(datetime.now(UTC)) is None


async def test_owner_of_what_expired(world: World) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", "oaid:d1")
    one_id = (await world.why("member:M1", "oaid:d1")).a.one_id
    held = datetime.now(UTC)
    await maintenance.expire(world.identity, datetime(2026, 5, 1, tzinfo=UTC))
    after = datetime.now(UTC)
    found = await owner_of(world.identity, named("oaid:d1"), held, zone=ZONE)
    assert found.one_id == one_id
    nobody = await owner_of(world.identity, named("oaid:d1"), after, zone=ZONE)
    assert (nobody.one_id, nobody.sentences[0][:34]) == (None, "oaid d1 belonged to nobody on 2026")
    assert (
        await owner_of(world.identity, named("oaid:dx"), after, zone=ZONE)
    ).identifier.standing == "UNKNOWN"
