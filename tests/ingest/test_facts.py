"""Facts of accounts, shops and brands: what was said last counts, in whatever order it arrives."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.graph.queries import Query
from app.graph.sessions import Graph, Writer
from app.identity.service import Identity
from app.ingest.model import from_input
from app.ingest.service import Ingest
from tests.ingest.conftest import Send
from tests.ingest.held import emptied, held
from tests.ingest.saying import seen

SHOP = {"key": "wx-mumu", "name": "沐沐小程序", "platform": "wechat-mini-program", "brand": "mumu"}


async def one(graph: Graph, text: str) -> dict[str, Any]:
    (row,) = await graph.reader().compiled(text, {})
    return dict(row)


async def test_a_member_keeps_its_facts_and_a_sealed_name(
    send: Send, graph: Graph, identity: Identity
) -> None:
    facts = {
        "name": " 王小明 ",
        "gender": "female",
        "birthday": "1990-05-31",
        "city": "上海",
        "level": "GOLD",
    }
    more = {"points": 7, "joinedAt": "2025-03-01T10:00:00+08:00", "attributes": {"newsletter": True}}
    await send(seen("member:mumu:M1", shop=SHOP, brand="mumu", member=facts | more))
    node = (await one(graph, "MATCH (m:Member) RETURN properties(m) AS m"))["m"]
    assert identity.keyring.unseal(bytes(node["sealedName"])) == "王小明"
    assert "王小明" not in str({name: value for name, value in node.items() if name != "sealedName"})
    assert (node["name"], node["gender"], node["level"], node["points"]) == ("王**", "female", "GOLD", 7)
    assert (node["birthday"], node["a_newsletter"]) == (date(1990, 5, 31), True)
    assert (node["joinedAt"].iso_format(), node["source"]) == ("2025-03-01T02:00:00.000000000+00:00", "crm")
    assert {name for name in node if name.startswith("t_")} >= {
        "t_name",
        "t_gender",
        "t_a_newsletter",
        "t_shop",
    }


async def test_a_card_its_shop_and_its_brand(send: Send, graph: Graph) -> None:
    card = {"level": "A", "points": 1, "validFrom": "2026-01-01", "validTo": "2027-12-31", "status": "ACTIVE"}
    await send(seen("card:mumu:C1", shop=SHOP, card=card))
    found = await one(
        graph,
        "MATCH (c:Card)-[:ISSUED_BY]->(s:Shop)-[:OF_BRAND]->(b:Brand) "
        "RETURN c.validTo AS until, s.name AS shop, s.platform AS platform, b.key AS brand, b.name AS name",
    )
    assert found["until"] == date(2027, 12, 31)
    assert (found["shop"], found["platform"]) == ("沐沐小程序", "wechat-mini-program")
    assert (found["brand"], found["name"]) == ("mumu", "mumu")


async def test_an_account_without_a_shop_hangs_on_its_brand(send: Send, graph: Graph) -> None:
    await send(seen("member:mumu:M1", "phone:13912345678"))
    issuer = "MATCH (:Member)-[:ISSUED_BY]->(x) RETURN labels(x) AS labels, x.key AS key"
    assert await one(graph, issuer) == {"labels": ["Brand"], "key": "mumu"}
    await send(seen("member:mumu:M1", shop=SHOP, member={"level": "A"}))
    assert await one(graph, issuer) == {"labels": ["Shop"], "key": "wx-mumu"}


async def test_an_openid_is_in_its_app_told_of_or_not(send: Send, graph: Graph) -> None:
    await send(seen("openid:wx-new:o1"), seen("openid:o2", shop=SHOP))
    rows = await graph.reader().compiled(
        "MATCH (o:OpenId)-[:IN_APP]->(s:Shop) RETURN o.value AS openid, s.key AS key, s.name AS name", {}
    )
    assert {tuple(row.values()) for row in rows} == {
        ("o1", "wx-new", "wx-new"),
        ("o2", "wx-mumu", "沐沐小程序"),
    }


async def test_what_is_dropped_from_an_observation_gets_no_facts(send: Send, graph: Graph) -> None:
    await send(seen("member:mumu:null", "phone:13912345678", shop=SHOP, member={"name": "王小明"}))
    assert (await one(graph, "MATCH (m:Member) RETURN count(m) AS found"))["found"] == 0


VALUES = st.sampled_from(["", "A", "B", "～", "😀"])
SAID = st.fixed_dictionaries(
    {
        "day": st.integers(1, 3),
        "subject": st.sampled_from(["member:mumu:M1", "card:mumu:M1", "member:lumi:M1"]),
        "facts": st.fixed_dictionaries(
            {},
            optional={
                "level": VALUES,
                "points": st.integers(0, 2),
                "name": st.sampled_from(["王小明", "王小红", " "]),
                "city": VALUES,
                "attributes": st.dictionaries(
                    st.sampled_from(["a", "b"]),
                    st.one_of(VALUES, st.booleans(), st.sampled_from([1, 1.0, 2.5, -1])),
                ),
            },
        ),
        "brand": st.sampled_from([None, "mumu", "lumi"]),
        "shop": st.none()
        | st.fixed_dictionaries(
            {"key": st.sampled_from(["s1", "s2"])},
            optional={"name": VALUES, "brand": st.sampled_from(["x", "y"])},
        ),
        "openid": st.booleans(),
    }
)


def said(one: dict[str, Any]) -> dict[str, Any]:
    """What an example says, as an observation."""
    kind = one["subject"].partition(":")[0]
    known = ("level", "points") if kind == "card" else tuple(one["facts"])
    facts = {name: value for name, value in one["facts"].items() if name in known}
    named = [one["subject"], *(["openid:s1:o1"] if one["openid"] else [])]
    return seen(
        *named, at=f"2026-01-0{one['day']}T00:00:00Z", brand=one["brand"], shop=one["shop"], **{kind: facts}
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, min_size=2, max_size=6), st.data())
async def test_any_order_and_any_batching_end_in_the_same_facts(
    identity: Identity, told: list[dict[str, Any]], data: st.DataObject
) -> None:
    observations = [from_input(said(one)) for one in told]
    await emptied(identity.graph)
    await Ingest(identity).take(dict(enumerate(observations)))
    first = await held(identity.graph)
    await emptied(identity.graph)
    order = data.draw(st.permutations(range(len(observations))))
    cut = data.draw(st.integers(1, len(observations)))
    into = Ingest(identity)
    for part in (order[:cut], order[cut:], order[:1]):
        await into.take({index: observations[index] for index in part})
    assert await held(identity.graph) == first


async def test_what_is_said_again_writes_nothing(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted by the database, of every statement but those that write to lock."""
    written: dict[str, int] = {}

    def note(query: Query, counters: Mapping[str, Any]) -> None:
        changed = sum(count for count in counters.values() if type(count) is int)
        written[query.name] = written.get(query.name, 0) + changed

    async def rows(writer: Writer, query: Query, /, **params: Any) -> list[Any]:
        result = await writer._transaction.run(query.text, query.checked(params))
        found = [row async for row in result]
        note(query, vars((await result.consume()).counters))
        return found

    def send(writer: Writer, query: Query, /, **params: Any) -> None:
        connection = writer._transaction._connection
        connection.run(query.text, parameters=query.checked(params))
        connection.discard(n=-1, on_success=lambda told: note(query, told.get("stats", {})))

    facts = {"name": "王小明", "level": "GOLD", "attributes": {"a": 1.5}}
    order = {"key": "o1", "status": "PAID", "amount": "9.9", "lines": [{"product": "p1", "amount": "9.9"}]}
    things = {
        "order": order | {"recipient": {"name": "王小明"}},
        "touch": {"key": "t1", "channel": "SMS"},
        "event": {"key": "e1", "type": "visit", "dependent": "d2", "properties": {"a": 1.5}},
        "dependents": [{"key": "d1", "kind": "baby", "name": "小宝"}],
        "tags": [{"key": "vip"}, {"key": "vip", "dependent": "d1"}, {"key": "vip", "dependent": "d3"}],
        "consents": [{"channel": "SMS", "purpose": "marketing", "granted": True}],
    }
    said = seen(
        "member:mumu:M1",
        "openid:wx-mumu:o1",
        "phone:13912345678",
        shop=SHOP,
        brand="mumu",
        member=facts,
        **things,
    )
    monkeypatch.setattr(Writer, "rows", rows)
    monkeypatch.setattr(Writer, "send", send)
    await Ingest(identity).take({0: from_input(said)})
    assert written["ingest/facts"] > 0
    assert written["ingest/facts_store"] > 0
    assert written["identity/store"] > 0
    written.clear()
    for into in (Ingest(identity), Ingest(identity)):  # also a process that knows no shop yet
        await into.take({0: from_input(said), 1: from_input(said | {"id": "e2"})})
    locking = {"identity/claim", "ingest/facts_claim", "profile/attributes_read"}
    assert {name: count for name, count in written.items() if count and name not in locking} == {}


async def test_every_card_hangs_on_its_brand_also_without_facts(send: Send, graph: Graph) -> None:
    await send(seen("card:mumu:C1", "card:mumu:C2", "card:lumi:C1"))
    rows = await graph.reader().compiled(
        "MATCH (c:Card)-[:ISSUED_BY]->(b:Brand) RETURN c.key AS c, b.key AS b", {}
    )
    assert {(row["c"], row["b"]) for row in rows} == {
        ("card|mumu|C1", "mumu"),
        ("card|mumu|C2", "mumu"),
        ("card|lumi|C1", "lumi"),
    }
