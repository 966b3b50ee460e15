"""The live service against `simulate`: one way of deciding, in memory and on the graph, in any order."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.live.recompute import verify
from app.identity.policies import versions as policies
from app.identity.service import Identity
from app.identity.simulate import simulate
from app.settings import Settings
from tests.identity import many, worlds
from tests.identity.live import Player, emptied, simulated
from tests.identity.promises import broken
from tests.identity.register import seen
from tests.identity.test_cases import CASES, TRICKY, by_id, expected

Json = dict[str, Any]

BATCHES = st.none() | st.randoms(use_true_random=False)
"""One observation at a time, or in batches of random size."""


@pytest.mark.parametrize("case", by_id(CASES))
async def test_case(graph: Graph, settings: Settings, case: Json) -> None:
    identity = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    await policies.apply(identity, json.dumps(case["input"]["policy"]), "test", case["title"])
    player = Player(graph, identity)
    await player.play(case["input"])
    found = await player.answer()
    rejected = [name for name, _ in found["rejected"]]
    assert {"components": found["components"], "rejected": rejected} == expected(case)
    assert (await verify(identity)).differences == []


@pytest.mark.parametrize("case", by_id(TRICKY))
async def test_tricky(graph: Graph, case: Json) -> None:
    await as_simulated(graph, case["input"], None)


async def test_a_plain_value_comes_alone_whose_hash_lost_to_others(graph: Graph) -> None:
    """Whom the hash was seen with is nobody that the observation names."""
    hashed = "cookie:" + worlds.digest("md5", "c1")
    document: Json = {
        "policy": {"kinds": {"cookie": {"layer": "session", "limit": 2, "hashes": ["md5"]}}},
        "observations": [
            seen(4, "cookie:a", "cookie:b", id="e1"),
            seen(2, "cookie:a", hashed, id="e2"),
            seen(4, "cookie:c1", id="e3"),
        ],
    }
    await as_simulated(graph, document, None)


@pytest.mark.parametrize("feature", worlds.FEATURES)
@many.live(10)
@given(data=st.data())
async def test_each_feature_as_simulated(graph: Graph, feature: str, data: Any) -> None:
    await as_simulated(graph, data.draw(worlds.documents(feature)), data.draw(BATCHES))


@many.live(35)
@given(document=worlds.any_features(), batches=BATCHES)
async def test_all_features_as_simulated(graph: Graph, document: Json, batches: Random | None) -> None:
    await as_simulated(graph, document, batches)


async def as_simulated(graph: Graph, document: Json, batches: Random | None) -> None:
    """Play it, and hold the graph to `simulate`, to a full recompute, and to what every graph promises."""
    await emptied(graph)
    player = await Player.under(graph, document["policy"])
    await player.play(document, batches)
    assert await player.answer() == simulated(simulate(document))
    assert (await verify(player.identity)).differences == []
    assert await broken(graph) == []
