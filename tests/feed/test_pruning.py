"""What of the feed goes when its time is over, and what stays."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.feed import webhooks
from app.feed.lines import Line, line
from app.feed.sending import Sending
from app.feed.webhooks import Asked
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs.catalogue import job_named
from app.jobs.run import Ran, run
from app.settings import Settings
from tests.feed.conftest import Cypher, Tell

NOW = datetime(2026, 5, 1, tzinfo=UTC)
OLD = NOW - timedelta(days=31)


async def test_old_lines_go_once_they_are_told(
    identity: Identity, tell: Tell, settings: Settings, cypher: Cypher
) -> None:
    seen = {"id": "o", "at": "2026-01-01T00:00:00Z", "source": "test"}
    await identity.observe([seen | {"identifiers": [{"kind": "cookie", "value": "c-1"}]}])
    await tell(_lines([OLD, OLD, NOW]))
    await cypher("MATCH (c:Change {type: 'CREATED'}) SET c.at = $at", at=OLD)
    graph, keyring = identity.graph, identity.keyring
    asked = Asked("http://127.0.0.1:9/", active=False)
    key, _ = await webhooks.create(graph, keyring, asked, "", Sending(loopback=True), None, 2)

    async def pruned(days: int | None) -> dict[str, int]:
        kept = settings.model_copy(update={"changes_keep_days": days})
        async with await Graph.open(kept) as own:
            ran = await run(Identity(own, keyring, identity.state), job_named("prune"), NOW)
            await cypher("MATCH (r:JobRun) DETACH DELETE r")
        assert isinstance(ran, Ran)
        return dict(ran.counts)

    left = "MATCH (c:Change) RETURN c.seq AS seq ORDER BY seq"
    assert await pruned(None) == {"runs": 0}
    assert await pruned(30) == {"changes": 1, "runs": 0}
    assert [row["seq"] for row in await cypher(left)] == [1, 3, 4]  # 1 is the history of a OneID
    await cypher(
        "MATCH (hook:Webhook) SET hook.cursor = 4 "
        "CREATE (:DeadLetter {key: 'l', number: 3, replay: false})-[:OF]->(hook)"
    )
    assert await pruned(30) == {"changes": 0, "runs": 0}
    await webhooks.delete(graph, key, None)
    assert await pruned(30) == {"changes": 1, "runs": 0}
    assert [row["seq"] for row in await cypher(left)] == [1, 4]


def _lines(times: Sequence[datetime]) -> list[Line]:
    return [line("TAG_ADDED", "one-1", "RULE", at, tag=f"t-{n}") for n, at in enumerate(times)]
