"""The bench of segments: its people have what an import gives them, every rule has its statement by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.policy import load_policy
from app.identity.service import Identity
from app.settings import Settings
from bench import segments
from bench.ground import Ground
from bench.population import Population
from bench.segments_rules import RULES
from tests.rules.live import taken_in

_SAID: dict[str, Any] = {
    "id": "1",
    "source": "crm",
    "brand": "mumu",
    "at": "2026-03-01T00:00:00Z",
    "shop": {"key": "tmall-mumu-1", "name": "木木天猫旗舰店1", "platform": "tmall", "brand": "mumu"},
    "identifiers": [{"kind": "member", "scope": "mumu", "value": "M1"}],
    "order": {
        "key": "M1-0",
        "status": "PAID",
        "currency": "CNY",
        "amount": "100",
        "refunded": "10",
        "orderedAt": "2026-03-01T00:00:00Z",
        "paidAt": "2026-03-01T00:00:00Z",
        "lines": [
            {"product": "diaper-0", "name": "商品0", "category": "纸尿裤", "quantity": 1, "amount": "100"}
        ],
    },
    "dependents": [
        {
            "key": "b",
            "kind": "BABY",
            "name": "小明",
            "gender": "female",
            "birthday": "2025-10-01",
            "relation": "parent",
        }
    ],
    "touch": {"key": "t", "channel": "SMS", "campaign": "c1", "outcome": "SENT"},
    "event": {"key": "e", "type": "check_in", "properties": {"pages": 3}},
    "consents": [{"channel": "SMS", "purpose": "marketing", "granted": True}],
}
_KEYS = """
MATCH (n)-[r:PLACED_BY|PLACED_AT|CONTAINS|DEPENDENT_OF|SENT_TO|DONE_BY|GIVEN_BY]->(to)
WITH head(labels(n)) AS label, type(r) AS hung, keys(n) AS own, keys(r) AS its
UNWIND own + [one IN its | hung + ' ' + one] AS key
RETURN label, collect(DISTINCT key) AS keys
"""
# What only some things have, or only a message said.
_SOME = {"lock", "dirtyAt", "nextDue"}


async def _keys(graph: Graph) -> dict[str, set[str]]:
    rows = await graph.reader().compiled(_KEYS, {})
    return {row["label"]: set(row["keys"]) - _SOME for row in rows}


async def test_facts_are_what_an_import_leaves(graph: Graph, settings: Settings, tmp_path: Path) -> None:
    keyring, policy = Keyring(settings.secret()), load_policy(settings.policy.read_text(encoding="utf-8"))
    identity = await Identity.open(graph, keyring, settings.policy)
    await taken_in(graph, identity, [_SAID])
    imported = await _keys(graph)
    ground = Ground(settings, tmp_path, people=30, quick=True)
    ground.empty()
    with ground.driver() as driver:
        Population(policy, keyring, people=30, facts=True).write(driver, settings.neo4j_database)
    assert await _keys(graph) == imported


def test_every_rule_has_its_statement_by_hand() -> None:
    assert {path.stem for path in segments.BY_HAND.iterdir()} == set(RULES)
    assert len(RULES) == 12
