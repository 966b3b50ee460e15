"""Things with a key of their own: what was said last counts, in whatever order it comes."""

from datetime import date
from hashlib import md5
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from neo4j import WRITE_ACCESS

from app.graph.sessions import Graph
from app.identity.service import Identity
from app.identity.steering.service import steer
from app.ingest.model import from_input
from app.ingest.service import Ingest
from tests.ingest.conftest import Send
from tests.ingest.held import emptied
from tests.ingest.saying import seen
from tests.ingest.things import things

ORDER = {
    "key": "o1",
    "status": "PAID",
    "paidAt": "2026-01-02T08:00:00+08:00",
    "amount": "129.90",
    "discount": "10",
    "lines": [
        {"product": "p1", "name": "Diapers L", "category": "diapers", "amount": "50", "quantity": 2},
        {"product": "p2", "amount": "29.90"},
        {"product": "p1", "amount": "50"},
    ],
    "recipient": {"name": "王小明", "phone": "13912345678", "address": "上海市浦东新区"},
}


async def rows(graph: Graph, text: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in await graph.reader().compiled(text, params)]


async def one(graph: Graph, text: str, **params: Any) -> Any:
    ((found,),) = await rows(graph, text, **params)
    return found


# -- orders ---


async def test_an_order_is_stored_with_its_lines_and_a_sealed_recipient(
    send: Send, graph: Graph, identity: Identity
) -> None:
    shop = {"key": "wx-mumu", "brand": "mumu"}
    await send(seen("phone:13912345678", "member:mumu:M1", shop=shop, order=ORDER))
    o = await one(graph, "MATCH (o:Order) RETURN properties(o)")
    assert (o["key"], o["number"], o["name"], o["brand"]) == ("mumu|o1", "o1", "o1", "mumu")
    assert (o["amountMinor"], o["discountMinor"], o["refundedMinor"], o["netMinor"]) == (
        12990,
        1000,
        0,
        12990,
    )
    assert (o["status"], o["currency"], o["quantity"]) == ("PAID", "CNY", 4)
    assert o["at"].iso_format() == o["paidAt"].iso_format() == "2026-01-02T00:00:00.000000000+00:00"
    assert o["placedAt"] == o["said"]
    assert o["recipient"] == "王** 139****5678 上海市****"
    assert "13912345678" in identity.keyring.unseal(bytes(o["sealedRecipient"]))
    lines = (
        "MATCH (:Order)-[c:CONTAINS]->(p) RETURN p.key, p.name, p.category, c.quantity, c.amountMinor, "
        "c.discountMinor ORDER BY c.line"
    )
    assert await rows(graph, lines) == [
        ("p1", "Diapers L", "diapers", 3, 10000, 770),
        ("p2", "p2", None, 1, 2990, 230),
    ]
    hangs = "MATCH (s)<-[:PLACED_AT]-(:Order)-[h:PLACED_BY]->(i) RETURN s.key, i.key, h.rank"
    assert await rows(graph, hangs) == [("wx-mumu", "member|mumu|M1", [0, 1])]


async def test_an_older_message_never_undoes_a_newer_one(send: Send, graph: Graph) -> None:
    refund = {"key": "o1", "status": "REFUNDED", "amount": "129.90", "refunded": "29.90"}
    told = [
        seen("member:mumu:M1", brand="mumu", at="2026-01-09T00:00:00Z", order=refund),
        seen("member:mumu:M1", brand="mumu", at="2026-01-02T00:00:00Z", order=ORDER),
        seen("member:mumu:M1", brand="mumu", at="2026-01-05T00:00:00Z", order=ORDER | {"status": "SHIPPED"}),
    ]
    for observation in told:
        await send(observation)
    lines = "MATCH (o:Order)-[c:CONTAINS]->(p) RETURN o.status, o.netMinor, p.key, c.refundedMinor"
    found = f"{lines} ORDER BY c.line"
    assert await rows(graph, found) == [("REFUNDED", 10000, "p1", 2302), ("REFUNDED", 10000, "p2", 688)]


async def test_lines_are_replaced_as_a_whole_and_bring_their_own_refunds(send: Send, graph: Graph) -> None:
    newer = ORDER | {"lines": [{"product": "p3", "amount": "129.90", "refunded": "5"}], "discount": None}
    await send(seen("member:mumu:M1", brand="mumu", order=ORDER))
    await send(seen("member:mumu:M1", brand="mumu", at="2026-01-03T00:00:00Z", order=newer))
    found = (
        "MATCH (o:Order)-[c:CONTAINS]->(p) RETURN p.key, c.discountMinor, c.ownRefundMinor, c.netMinor, "
        "o.refundedMinor"
    )
    assert await rows(graph, found) == [("p3", 1000, 500, 12490, 500)]


async def test_an_order_hangs_on_the_best_that_any_message_carried(send: Send, graph: Graph) -> None:
    """Two messages with different identifiers, of two people: it is the member's, and counts once."""
    holder = "MATCH (:Order)-[:PLACED_BY]->(i) RETURN split(i.key, '|')[0]"
    await send(seen("phone:13912345678", brand="mumu", order=ORDER))
    assert await rows(graph, holder) == [("phone",)]
    await send(seen("member:mumu:M1", brand="mumu", at="2025-01-03T00:00:00Z", order=ORDER))
    assert await rows(graph, holder) == [("member",)]
    await send(seen("openid:app:o1", brand="mumu", at="2026-01-03T00:00:00Z", order=ORDER))
    assert await rows(graph, holder) == [("member",)]
    dirty = "MATCH (p:Person) WHERE p.dirtyAt IS NOT NULL RETURN count(p)"
    assert await one(graph, dirty) == 3


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"currency": "XYZ"}, "UNKNOWN_CURRENCY", ("order", "currency")),
        ({"amount": "1.005"}, "AMOUNT_TOO_FINE", ("order", "amount")),
        ({"currency": "JPY"}, "AMOUNT_TOO_FINE", ("order", "amount")),
        ({"discount": "10000000000000"}, "AMOUNT_OUT_OF_RANGE", ("order", "discount")),
        ({"amount": "-1"}, "BAD_USER_INPUT", ("order", "amount")),
        (
            {"lines": [{"product": "p", "amount": "0.001"}]},
            "AMOUNT_TOO_FINE",
            ("order", "lines", "0", "amount"),
        ),
        (
            {"lines": [{"product": "p", "amount": 1, "quantity": -1}]},
            "BAD_USER_INPUT",
            ("order", "lines", "0", "quantity"),
        ),
    ],
)
async def test_money_that_cannot_be_exact_is_refused(
    send: Send, graph: Graph, changed: dict[str, Any], code: str, path: tuple[str, ...]
) -> None:
    result = await send(seen("member:mumu:M1", brand="mumu", order=ORDER | changed))
    assert [(one.code, one.field) for one in result.rejected] == [(code, path)]
    assert await one(graph, "MATCH (n:Order|Identifier) RETURN count(n)") == 0


async def test_more_refunded_than_paid_is_taken_and_told(send: Send, graph: Graph) -> None:
    order = {"key": "o1", "status": "REFUNDED", "amount": "10", "refunded": "12"}
    result = await send(seen("member:mumu:M1", brand="mumu", order=order))
    assert [one.code for one in result.warnings] == ["REFUND_EXCEEDS_AMOUNT"]
    assert await one(graph, "MATCH (o:Order) RETURN o.netMinor") == -200


async def test_orders_of_one_number_are_each_brands_own(send: Send, graph: Graph) -> None:
    await send(seen("phone:13912345678", brand="mumu", order=ORDER))
    await send(seen("phone:13912345678", brand="lumi", order=ORDER), brands={"lumi"})
    await send(seen("phone:13912345678", order=ORDER))
    keys = await rows(graph, "MATCH (o:Order) RETURN o.key ORDER BY o.key")
    assert keys == [("*|o1",), ("lumi|o1",), ("mumu|o1",)]


# -- dependents, events, tags ---

BABY = {"key": "b1", "kind": "baby", "name": "小宝", "birthday": "2025-08-31", "relation": "mother"}


async def test_a_dependent_of_two_guardians(send: Send, graph: Graph, identity: Identity) -> None:
    await send(
        seen("member:mumu:M1", brand="mumu", dependents=[BABY | {"attributes": {"feeding": "breast"}}])
    )
    other = BABY | {"relation": "father", "gender": "male", "name": None}
    await send(
        seen("member:mumu:M2", brand="mumu", at="2026-02-01T00:00:00Z", source="app", dependents=[other])
    )
    d = await one(graph, "MATCH (d:Dependent:Baby) RETURN properties(d)")
    assert (d["kind"], d["name"], d["birthday"], d["gender"]) == ("BABY", "小*", date(2025, 8, 31), "male")
    assert identity.keyring.unseal(bytes(d["sealedName"])) == "小宝"
    assert (d["a_feeding"], d["sources"]) == ("breast", ["app", "crm"])
    of = "MATCH (:Dependent)-[h:DEPENDENT_OF]->(i) RETURN i.key, h.relation, h.since = h.last ORDER BY i.key"
    assert await rows(graph, of) == [("member|mumu|M1", "mother", True), ("member|mumu|M2", "father", True)]


async def test_what_is_said_of_an_unknown_dependent_waits_for_it(send: Send, graph: Graph) -> None:
    event = {"key": "e1", "type": "care", "dependent": "b1", "product": "p1", "properties": {"done": True}}
    told = seen("member:mumu:M1", brand="mumu", event=event, tags=[{"key": "t", "dependent": "b1"}])
    result = await send(told)
    assert [(one.code, one.field) for one in result.warnings] == [
        ("UNKNOWN_DEPENDENT", ("tags", "0", "dependent")),
        ("UNKNOWN_DEPENDENT", ("event", "dependent")),
    ]
    about = "MATCH (:Event)-[:ABOUT]->(x) RETURN x.key ORDER BY x.key"
    assert await one(graph, "MATCH (d:Dependent) RETURN count(d)") == 0
    await send(seen("member:lumi:M1", brand="lumi", dependents=[BABY]))
    assert await one(graph, "MATCH (w:Awaited) RETURN w.key") == "mumu|b1"
    await send(seen("member:mumu:M2", brand="mumu", dependents=[BABY]))
    tagged = "MATCH (:Tag)<-[:ASSERTED]-(d:Dependent)<-[:ABOUT]-(e:Event) RETURN d.key, d.kind, e.a_done"
    assert await rows(graph, tagged) == [("mumu|b1", "BABY", True)]
    assert await rows(graph, about) == [("mumu|b1",), ("p1",)]
    assert await one(graph, "MATCH (w:Awaited) RETURN count(w)") == 0
    assert (await send(told)).warnings == []
    care = seen("member:lumi:M9", brand="mumu", event=event | {"key": "e2"})
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH (p:Person) REMOVE p.dirtyAt")).consume()
    await send(care)
    touched = (
        "MATCH (i)-[:IDENTIFIES]->(p:Person) WHERE p.dirtyAt IS NOT NULL RETURN i.value ORDER BY i.value"
    )
    assert await rows(graph, touched) == [("M2",), ("M9",)]


async def test_what_was_taken_off_by_hand_comes_back_with_a_later_word_alone(
    send: Send, graph: Graph
) -> None:
    def told(day: int) -> dict[str, Any]:
        return seen("member:mumu:M1", brand="mumu", at=f"2026-01-0{day}T00:00:00Z", tags=[{"key": "vip"}])

    await send(told(1))
    async with graph.session(WRITE_ACCESS) as session:
        taken = "MATCH ()-[a:ASSERTED]->() SET a.removed = datetime('2026-01-05T00:00:00Z'), a.reason = 'no'"
        await (await session.run(taken)).consume()
    live = "MATCH ()-[a:ASSERTED]->() RETURN a.removed IS NULL, a.since.day"
    await send(told(3))
    assert await rows(graph, live) == [(False, 3)]
    await send(told(6))
    assert await rows(graph, live) == [(True, 6)]
    await send(told(4))
    assert await rows(graph, live) == [(True, 6)]


async def test_of_two_consents_at_one_instant_the_refusal_counts(send: Send, graph: Graph) -> None:
    for granted in (True, False, True):
        consent = {"channel": "SMS", "purpose": "marketing", "granted": granted}
        await send(seen("member:mumu:M1", brand="mumu", consents=[consent]))
    assert await rows(graph, "MATCH (c:Consent)-[:GIVEN_BY]->(i) RETURN c.granted, i.key") == [
        (False, "member|mumu|M1")
    ]


# -- in any order ---

TEXT = st.sampled_from([None, "", "A", "～", "😀"])
AMOUNT = st.sampled_from(["0", "1", "9.99", "100"])
LINE = st.fixed_dictionaries(
    {"product": st.sampled_from(["p1", "p2", "p3"]), "amount": AMOUNT},
    optional={"quantity": st.integers(0, 3), "refunded": AMOUNT, "name": TEXT, "category": TEXT},
)
TIMES = {
    name: st.sampled_from([None, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])
    for name in ("orderedAt", "paidAt", "refundedAt")
}
ORDERS = st.fixed_dictionaries(
    {
        "key": st.sampled_from(["o1", "o1", "o2"]),
        "status": st.sampled_from(["CREATED", "PAID", "CANCELLED", "REFUNDED"]),
        "amount": AMOUNT,
    },
    optional={
        **TIMES,
        "discount": AMOUNT,
        "refunded": AMOUNT,
        "currency": st.sampled_from(["CNY", "USD"]),
        "lines": st.lists(LINE, max_size=3),
        "recipient": st.fixed_dictionaries({"name": TEXT, "phone": TEXT}),
    },
)
DECLARED = st.dictionaries(
    st.sampled_from(["a", "b"]), st.sampled_from(["A", "～", True, False, 1, 1.0, 2.5])
)
DEPENDENTS = st.fixed_dictionaries(
    {"key": st.sampled_from(["d1", "d2"]), "kind": st.sampled_from(["baby", "PET"])},
    optional={
        "name": TEXT,
        "gender": TEXT,
        "relation": TEXT,
        "birthday": st.sampled_from(["2025-01-01", "2025-02-28"]),
        "attributes": st.fixed_dictionaries(
            {}, optional={"feeding": st.sampled_from(["breast", "mixed"]), "allergic": st.booleans()}
        ),
    },
)
EVENTS = st.fixed_dictionaries(
    {"key": st.sampled_from(["e1", "e2"]), "type": st.sampled_from(["care", "visit"])},
    optional={
        "properties": DECLARED,
        "dependent": st.sampled_from(["d1", "d2"]),
        "product": st.sampled_from(["p1", "p2"]),
    },
)
TOUCHES = st.fixed_dictionaries(
    {"key": st.sampled_from(["t1", "t2"]), "channel": st.sampled_from(["SMS", "EMAIL"])},
    optional={"campaign": TEXT, "outcome": TEXT},
)
TAGS = st.fixed_dictionaries(
    {"key": st.sampled_from(["g1", "g2"])},
    optional={"value": TEXT, "dependent": st.sampled_from(["d1", "d2"])},
)
CONSENTS = st.fixed_dictionaries(
    {"channel": st.sampled_from(["SMS", "EMAIL"]), "purpose": st.just("m"), "granted": st.booleans()}
)
SAID = st.fixed_dictionaries(
    {
        "day": st.integers(1, 3),
        "named": st.lists(
            st.sampled_from(["phone:13912345678", "member:mumu:M1", "member:mumu:M2", "openid:s1:x"]),
            min_size=1,
            max_size=2,
        ),
        "source": st.sampled_from(["crm", "app"]),
        "shop": st.sampled_from([None, {"key": "s1"}, {"key": "s2"}]),
        "facts": st.fixed_dictionaries(
            {},
            optional={
                "order": ORDERS,
                "touch": TOUCHES,
                "event": EVENTS,
                "dependents": st.lists(DEPENDENTS, max_size=2),
                "tags": st.lists(TAGS, max_size=2),
                "consents": st.lists(CONSENTS, max_size=2),
            },
        ),
    }
)


def said(one: dict[str, Any]) -> dict[str, Any]:
    """What an example says, as an observation."""
    at = f"2026-01-0{one['day']}T00:00:00Z"
    facts = {"source": one["source"], "shop": one["shop"], "brand": "mumu", **one["facts"]}
    return seen(*one["named"], at=at, **facts)


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # smaller examples cost minutes, and tell little
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(SAID, min_size=2, max_size=6), st.data())
async def test_any_order_and_any_batching_end_in_the_same_things(
    identity: Identity, told: list[dict[str, Any]], data: st.DataObject
) -> None:
    observations = [from_input(said(one)) for one in told]
    await emptied(identity.graph)
    await Ingest(identity).take(dict(enumerate(observations)))
    first = await things(identity.graph, identity.keyring)
    await emptied(identity.graph)
    order = data.draw(st.permutations(range(len(observations))))
    cut = data.draw(st.integers(1, len(observations)))
    into = Ingest(identity)
    for part in (order[:cut], order[cut:], order[:1]):
        await into.take({index: observations[index] for index in part})
    assert await things(identity.graph, identity.keyring) == first


# -- whose they are ---


async def test_merging_and_splitting_people_moves_no_fact(
    send: Send, graph: Graph, identity: Identity
) -> None:
    shop = {"key": "wx-mumu", "brand": "mumu"}
    facts = {"order": ORDER, "dependents": [BABY], "tags": [{"key": "vip"}]}
    await send(seen("member:mumu:M1", shop=shop, **facts))
    await send(
        seen("member:lumi:M2", shop=shop, order=ORDER | {"key": "o2"}, dependents=[BABY | {"key": "b2"}])
    )
    orders = (
        "MATCH (p:Person {status: 'ACTIVE'})<-[:IDENTIFIES]-()<-[:PLACED_BY]-(o) RETURN p.oneId, count(o)"
    )
    before, apart = await things(graph, identity.keyring), await rows(graph, orders)
    ends = {
        word: {"kind": "member", "value": value, "scope": scope}
        for word, value, scope in (("a", "M1", "mumu"), ("b", "M2", "lumi"))
    }
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run("MATCH (p:Person) REMOVE p.dirtyAt")).consume()
    done = await steer(identity, "link", ends, "tests", "one person")
    assert [count for _, count in await rows(graph, orders)] == [2]
    assert await things(graph, identity.keyring) == before
    assert await one(graph, "MATCH (p:Person) RETURN count(p.dirtyAt)") == 2
    await steer(identity, "undo", {"operation": done.operation}, "tests", "two people")
    assert await things(graph, identity.keyring) == before
    assert sorted(await rows(graph, orders)) == sorted(apart)


async def test_facts_of_a_recycled_phone_count_from_its_new_owner_on(send: Send, graph: Graph) -> None:
    """The phone was M1's, whom limits keep apart from M2: M2 does not inherit what M1 bought with it."""
    old, new = "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z"
    await send(seen("member:mumu:M1", "phone:13912345678", at=old))
    await send(seen("phone:13912345678", at="2025-02-01T00:00:00Z", brand="mumu", order=ORDER))
    await send(seen("member:mumu:M2", "phone:13912345678", at=new))
    bound = "MATCH (i:Phone) RETURN i.contested, toString(i.factsFrom)"
    assert await rows(graph, bound) == [(True, "2026-01-01T00:00:00Z")]
    holder = (
        "MATCH (:Order)-[:PLACED_BY]->(:Phone)-[:IDENTIFIES]->()<-[:IDENTIFIES]-(m:Member) RETURN m.value"
    )
    assert await rows(graph, holder) == [("M2",)]
    await send(seen("member:mumu:M2", "phone:13912345678", at="2025-12-01T00:00:00Z"))
    assert await rows(graph, bound) == [(True, "2025-12-01T00:00:00Z")]


async def test_erasing_takes_the_facts_along_and_a_dry_run_counts_them(
    send: Send, graph: Graph, identity: Identity
) -> None:
    event = {"key": "e1", "type": "care", "dependent": "gone"}
    consents = [{"channel": "SMS", "purpose": "m", "granted": True}]
    facts = {"order": ORDER, "touch": {"key": "t1", "channel": "SMS"}, "event": event, "consents": consents}
    babies = [BABY, BABY | {"key": "b2"}]
    await send(seen("member:mumu:M1", brand="mumu", dependents=babies, tags=[{"key": "vip"}], **facts))
    await send(seen("member:mumu:M2", brand="mumu", dependents=[BABY], order=ORDER | {"key": "o2"}))
    person = {"person": {"kind": "member", "value": "M1", "scope": "mumu"}}
    dry = await steer(identity, "erase", person, "tests", "asked to", dry_run=True)
    assert dry.erasure is not None
    assert dry.erasure.facts == 6  # order, touch, event, consent, tag, the baby that is nobody else's
    await steer(identity, "erase", person, "tests", "asked to")
    left = "MATCH (n:Order|Touch|Event|Consent|Dependent|Awaited) RETURN n.key ORDER BY n.key"
    assert await rows(graph, left) == [("mumu|b1",), ("mumu|o2",)]
    assert await rows(graph, "MATCH (:Dependent)-[:DEPENDENT_OF]->(i) RETURN i.value") == [("M2",)]


async def test_facts_of_a_hash_go_over_to_its_plain_value(graph: Graph, identity: Identity) -> None:
    hashed = f"phone:md5={md5(b'8613912345678').hexdigest()}"
    consents = [{"channel": "SMS", "purpose": "m", "granted": True}]
    tags = [{"key": "vip", "value": "1"}]
    facts = {"order": ORDER, "dependents": [BABY], "consents": consents, "tags": tags}
    by_hash = from_input(seen(hashed, brand="mumu", **facts))
    plain = from_input(seen("phone:13912345678", brand="mumu", **facts))
    await Ingest(identity).take({0: plain})
    await Ingest(identity).take({0: by_hash})
    wanted = await things(graph, identity.keyring)
    await emptied(graph)
    into = Ingest(identity)
    for told in (by_hash, plain):
        await into.take({0: told})
    assert await one(graph, "MATCH (i:Phone) RETURN count(i)") == 1
    assert await things(graph, identity.keyring) == wanted
    await into.take({0: by_hash, 1: plain})
    assert await things(graph, identity.keyring) == wanted
