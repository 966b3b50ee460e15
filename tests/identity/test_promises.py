"""The promises that every other test holds the graph to: one that is broken is found."""

from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from app.settings import Settings
from tests.identity.promises import broken


async def test_what_was_erased_and_is_there_is_found(graph: Graph, settings: Settings) -> None:
    identity = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    identifiers = [{"kind": "phone", "value": "13912345678"}, {"kind": "unionid", "value": "u-1"}]
    seen = {"id": "e1", "at": "2026-01-01T00:00:00Z", "source": "crm", "identifiers": identifiers}
    await identity.observe([seen])
    rows = await graph.reader().compiled("MATCH (i:Identifier {kind: 'phone'}) RETURN i.key AS key", {})
    await run_operation(identity, "erase", {"identifier": identifiers[0]}, "客服小李", "本人要求")
    assert await broken(graph) == []
    async with graph.session(WRITE_ACCESS) as session:
        again = "CREATE (:Identifier {key: $key, kind: 'phone', name: '139', firstSeen: datetime()})"
        await (await session.run(again, key=rows[0]["key"])).consume()
    assert f"what was erased is gone: {rows[0]['key']}" in await broken(graph)
