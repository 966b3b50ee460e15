"""What health finds, each in a small world made for it; and that it finds nothing where nothing is."""

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.identity.health.found import Check
from app.identity.health.measure import Measurement, measure
from app.identity.health.running import changes, jobs
from app.identity.health.store import last, store
from app.identity.live.register import now
from app.identity.policies import versions as policies
from app.identity.steering.decisions import run_operation
from tests.identity.dump import dump
from tests.identity.live import Player
from tests.identity.register import identifier, living, people, seen

Json = dict[str, Any]

POLICY: Json = {
    "kinds": {
        "member": {"layer": "person", "priority": 1},
        "phone": {"layer": "contact", "priority": 10, "limit": 3, "pii": True},
        "oaid": {"layer": "device", "priority": 30, "shared_after": 2},
        "cookie": {"layer": "session", "priority": 90},
    },
    "sources": {"form": {"verified": False}},
}


async def played(graph: Graph, *rows: Json, **lines: Any) -> Player:
    policy = deepcopy(POLICY) | lines
    player = await Player.under(graph, policy)
    await player.play({"policy": policy, "observations": list(rows)})
    await _run(graph, "MATCH (c:Unnumbered) REMOVE c:Unnumbered")
    return player


async def _run(graph: Graph, statement: str) -> None:
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(statement)).consume()


def check(found: Measurement, name: str) -> Check:
    return next(check for check in found.checks if check.name == name)


def levels(found: Measurement) -> Mapping[str, str]:
    """The checks that came out as more than OK; that no job runs here is known."""
    return {one.name: one.level for one in found.checks if one.level != "OK" and one.name != "JOBS"}


async def test_nothing_is_wrong_with_nothing(graph: Graph) -> None:
    found = await measure((await played(graph)).identity)
    assert (found.identifiers, found.people, found.pairs, found.rates) == (0, 0, 0, ())
    assert levels(found) == {}
    assert all(one.says and one.next for one in found.checks)


async def test_measuring_writes_nothing(graph: Graph) -> None:
    player = await played(graph, seen(1, "member:m1", "phone:p1"), seen(2, "member:m2", "phone:p1"))
    before = await dump(graph)
    found = await measure(player.identity)
    assert await dump(graph) == before
    assert (found.identifiers, found.people, found.pairs) == (3, 1, 2)
    assert levels(found) == {}


async def test_the_largest_people_and_what_holds_them(graph: Graph) -> None:
    rows = [seen(n, "member:m1", f"cookie:c{n}") for n in range(1, 6)]
    player = await played(graph, *rows, seen(9, "member:m2", "cookie:d1"), max_identifiers_per_person=7)
    one = check(await measure(player.identity), "COMPONENTS")
    assert (one.level, one.total) == ("ATTENTION", 2)
    first, second = one.findings
    assert (first.size, first.keys) == (6, ("member|*|m1",))
    assert first.says == "6 identifiers: 5 cookie, 1 member; one of them alone is tied to 5 others"
    assert [len((await living(graph))[finding.people[0]]) for finding in (first, second)] == [6, 2]


async def test_a_bridge_between_two_households(graph: Graph) -> None:
    families = [
        seen(day, *(f"{kind}:{name}{n}" for kind in ("member", "cookie") for n in range(5)))
        for day, name in enumerate("ab", 1)
    ]
    player = await played(graph, *families, seen(3, "cookie:a0", "cookie:b0"))
    one = check(await measure(player.identity), "BRIDGES")
    (finding,) = one.findings
    assert (one.level, one.total, finding.size) == ("ATTENTION", 1, 10)
    assert set(finding.keys) == {"cookie|*|a0", "cookie|*|b0"}
    assert finding.command == "oneid unlink A B --reason WHY"
    pair = {"a": identifier("cookie:a0"), "b": identifier("cookie:b0")}
    await run_operation(player.identity, "unlink", pair, "test", "a bridge")
    assert len(await living(graph)) == 2
    assert check(await measure(player.identity), "BRIDGES").total == 0


async def test_a_link_by_hand_is_a_bridge_too(graph: Graph) -> None:
    families = [seen(day, *(f"cookie:{name}{n}" for n in range(3))) for day, name in enumerate("ab", 1)]
    player = await played(graph, *families)
    pair = {"a": identifier("cookie:a0"), "b": identifier("cookie:b0")}
    await run_operation(player.identity, "link", pair, "test", "the same")
    one = check(await measure(player.identity), "BRIDGES")
    assert (one.level, one.total) == ("NOTICE", 1)
    assert set(one.findings[0].keys) == {"cookie|*|a0", "cookie|*|b0"}


async def test_two_ways_between_parts_are_no_bridge(graph: Graph) -> None:
    families = [seen(day, *(f"cookie:{name}{n}" for n in range(3))) for day, name in enumerate("ab", 1)]
    rows = [seen(3, "cookie:a0", "cookie:b0"), seen(4, "cookie:a1", "cookie:b1")]
    player = await played(graph, *families, *rows)
    assert check(await measure(player.identity), "BRIDGES").total == 0


async def test_people_at_a_limit_by_line(graph: Graph) -> None:
    rows = [
        seen(1, "member:m1", "phone:1", "phone:2", "phone:3"),
        seen(2, "member:m2", "phone:4", "phone:5"),
        seen(3, "member:m3", "phone:6"),
    ]
    player = await played(graph, *rows, groups=[{"kinds": ["member", "cookie"], "limit": 4}])
    one = check(await measure(player.identity), "NEAR_LIMIT")
    (finding,) = one.findings
    assert finding.says == "1 people have reached kinds.phone.limit: 3, 1 hold one less"
    assert len((await living(graph))[finding.people[0]]) == 4
    player = await played(graph, max_identifiers_per_person=5)
    one = check(await measure(player.identity), "NEAR_LIMIT")
    assert one.level == "ATTENTION"
    assert any("max_identifiers_per_person: 5" in finding.says for finding in one.findings)


async def test_limits_in_a_scope_and_of_groups(graph: Graph) -> None:
    policy = deepcopy(POLICY["kinds"])
    policy["cookie"]["limit_per_scope"] = 2
    rows = [seen(1, "member:m1", "cookie:app:c1", "cookie:app:c2", "cookie:web:c3", "oaid:o1")]
    player = await played(graph, *rows, kinds=policy, groups=[{"kinds": ["oaid", "member"], "limit": 2}])
    says = {finding.says for finding in check(await measure(player.identity), "NEAR_LIMIT").findings}
    assert says == {
        "1 people have reached kinds.cookie.limit_per_scope: 2, 1 hold one less",
        "1 people have reached groups.0.limit: 2, 0 hold one less",
    }


async def test_shared_identifiers_with_their_ties(graph: Graph) -> None:
    rows = [seen(n, f"member:m{n}", "oaid:tablet") for n in range(1, 6)]
    player = await played(graph, *rows, seen(9, "member:m1", "oaid:own"))
    one = check(await measure(player.identity), "SHARED")
    (finding,) = one.findings
    assert (one.level, one.total, finding.size, finding.keys) == ("NOTICE", 1, 5, ("oaid|*|tablet",))
    assert finding.says.endswith("kinds.oaid.shared_after: 2")


async def test_pending_clusters_with_what_would_cut_them(graph: Graph) -> None:
    """What is named does cut: under it what comes next is decided at once."""
    policy = deepcopy(POLICY["kinds"])
    del policy["oaid"]["shared_after"]
    policy["member"]["limit"] = 1
    rows = [seen(n, f"member:m{n}", "oaid:tablet", f"cookie:c{n}") for n in range(1, 6)]
    player = await played(graph, *rows, kinds=policy, max_cluster=6)
    one = check(await measure(player.identity), "PENDING")
    (finding,) = one.findings
    assert one.level == "ATTENTION"
    assert finding.keys[0] == "oaid|*|tablet"
    assert "kinds.oaid.shared_after: 4 would cut it: 1 identifiers would be shared" in finding.says
    more = [seen(20 + n, "member:m1", "oaid:tablet", f"cookie:d{n}") for n in range(2)]
    assert (await player.identity.observe(more[:1])).written.pending
    policy["oaid"]["shared_after"] = 4
    other = json.dumps(POLICY | {"kinds": policy, "max_cluster": 6})
    await policies.apply(player.identity, other, "test", "as health said")
    assert check(await measure(player.identity), "PENDING").total == 0
    assert not (await player.identity.observe(more[1:])).written.pending


async def test_conflicts_by_kind_and_source(graph: Graph) -> None:
    policy = deepcopy(POLICY["kinds"])
    policy["member"]["limit"] = 1
    rows = [seen(n, f"member:m{n}", "phone:p1", source="crm" if n > 1 else "pos") for n in range(1, 5)]
    player = await played(graph, *rows, seen(9, "member:m9", "phone:p9", source="form"), kinds=policy)
    found = await measure(player.identity)
    rates = {(rate.of, rate.name): rate for rate in found.rates}
    phone, crm, pos, form = (
        rates[one] for one in (("KIND", "phone"), ("SOURCE", "crm"), ("SOURCE", "pos"), ("SOURCE", "form"))
    )
    assert (phone.active, phone.suppressed, phone.share) == (1, 4, 0.8)
    assert phone.reasons == ("LIMIT_EXCEEDED 3", "CLAIMED 1")
    assert (crm.active, crm.suppressed, pos.active, pos.suppressed) == (1, 2, 0, 1)
    assert (form.active, form.suppressed, form.level) == (0, 1, "OK")


@pytest.mark.parametrize(("lost", "level"), [(2, "OK"), (4, "NOTICE"), (20, "ATTENTION")])
async def test_how_much_may_be_lost(graph: Graph, lost: int, level: str) -> None:
    rows = [seen(1, f"member:m{n}", f"cookie:c{n}", source="crm") for n in range(60)]
    player = await played(graph, *rows)
    lose = "SET l.state = 'suppressed', l.reason = 'LIMIT_EXCEEDED'"
    await _run(graph, f"MATCH ()-[l:LINKED]->() WITH l LIMIT {lost} {lose}")
    found = await measure(player.identity)
    assert {rate.level for rate in found.rates} == {level}
    assert check(found, "CONFLICTS").level == level


async def test_identifiers_without_evidence(graph: Graph) -> None:
    rows = [seen(1, "cookie:alone"), seen(2, "member:m1", "cookie:c1"), seen(3, "member:alone")]
    one = check(await measure((await played(graph, *rows)).identity), "ORPHANS")
    assert (one.level, one.total) == ("NOTICE", 2)
    assert {finding.keys for finding in one.findings} == {("cookie|*|alone",), ("member|*|alone",)}
    assert "2 people one identifier alone" in one.says


LOOSE = (
    ("MATCH (:Identifier {key: 'cookie|*|c1'})-[r:IDENTIFIES]->() DELETE r", "nobody's"),
    (
        "MATCH (i:Identifier {key: 'cookie|*|c1'}), (p:Person) CREATE (i)-[:IDENTIFIES]->(p)",
        "of several people",
    ),
    ("CREATE (:Alias {key: 'cookie|*|md5=nothing'})", "hashes lead to no identifier"),
)


@pytest.mark.parametrize(("statement", "says"), LOOSE, ids=[says for _, says in LOOSE])
async def test_what_must_not_be(graph: Graph, statement: str, says: str) -> None:
    player = await played(graph, seen(1, "member:m1", "cookie:c1"), seen(2, "member:m2", "cookie:c2"))
    await _run(graph, statement)
    one = check(await measure(player.identity), "LOOSE_ENDS")
    assert (one.level, one.total, one.command) == ("ATTENTION", 1, "oneid verify")
    assert says in one.findings[0].says


async def test_changes_that_nobody_numbers(graph: Graph) -> None:
    player = await played(graph, seen(1, "member:m1", "cookie:c1"))
    await _run(graph, "MATCH (c:Change) SET c:Unnumbered, c.at = datetime() - duration('PT1H')")
    one = check(await measure(player.identity), "CHANGES")
    assert (one.level, one.total) == ("ATTENTION", 1)
    assert changes(1, None, now()).level == "OK"


class Moment:
    """A time as the driver gives it."""

    def __init__(self, **ago: int) -> None:
        self.moment = now() - timedelta(**ago)

    def to_native(self) -> Any:
        return self.moment


RUNS = (
    ({"lastStarted": None}, None),
    ({"lastStarted": Moment(hours=1), "lastFinished": Moment(hours=1), "lastStatus": "DONE"}, None),
    ({"lastStarted": Moment(days=9), "lastFinished": Moment(days=9), "lastStatus": "DONE"}, "for a week"),
    (
        {"lastStarted": Moment(hours=1), "lastFinished": Moment(hours=1), "lastStatus": "FAILED"},
        "ended FAILED",
    ),
    ({"lastStarted": Moment(hours=1), "lastFinished": None, "lastStatus": "RUNNING"}, None),
    ({"lastStarted": Moment(hours=3), "lastFinished": None, "lastStatus": "RUNNING"}, "has not ended"),
)


@pytest.mark.parametrize(("row", "says"), RUNS)
def test_how_jobs_ended(row: Json, says: str | None) -> None:
    one = jobs([{"name": "prune", "lastFinished": None, "lastStatus": None, "lastError": None} | row], now())
    assert (one.level, one.total) == (("ATTENTION", 1) if says else ("OK", 0))
    assert says is None or says in one.findings[0].says


# -- stored ---


async def test_it_is_stored_and_replaced_as_a_whole(graph: Graph) -> None:
    player = await played(graph, *(seen(n, f"member:m{n}", "oaid:tablet") for n in range(1, 6)))
    found = await measure(player.identity)
    before = await dump(graph)
    await store(player.identity, found)
    first = await dump(graph)
    told = await last(graph.reader(), 5)
    assert told is not None
    assert [one["name"] for one in told["checks"]] == [one.name for one in found.checks]
    shared = next(one for one in told["checks"] if one["name"] == "SHARED")
    assert shared["findings"][0]["identifiers"] == [
        {"kind": "oaid", "scope": "*", "value": "tablet", "display": "tablet"}
    ]
    assert json.dumps(told)
    await store(player.identity, found)
    assert len(await dump(graph)) == len(first)
    labels = {"GraphHealth", "HealthCheck", "HealthFinding", "HealthRate"}
    assert await dump(graph, labels=labels) == before


async def test_an_erasure_takes_what_a_finding_is_about(graph: Graph) -> None:
    player = await played(graph, seen(1, "phone:13912345678"), seen(2, "member:m1", "cookie:c1"))
    await store(player.identity, await measure(player.identity))
    text = "\n".join(await dump(graph, labels={"Change"}))
    assert "HealthFinding" in text
    await run_operation(
        player.identity, "erase", {"identifier": identifier("phone:13912345678")}, "t", "asked"
    )
    told = await last(graph.reader(), 5)
    assert told is not None
    orphans = next(one for one in told["checks"] if one["name"] == "ORPHANS")
    assert [one["identifiers"] for one in orphans["findings"]] == [[]]
    assert "5678" not in json.dumps(told)
    assert len(await people(graph)) == 2
