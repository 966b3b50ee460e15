"""Messages, behaviours and consents of a person."""

from typing import Any

import pytest

from app.graph.sessions import Graph
from tests.reads.conftest import Ask
from tests.reads.test_identity import global_id

BABIES, PETS = frozenset({"beibei"}), frozenset({"miaomiao"})


async def _person(ask: Ask, field: str, brands: frozenset[str] | None = None) -> Any:
    answer = await ask(f'{{ person(by: {{oneId: "one-1"}}) {{ found: {field} }} }}', brands=brands)
    return answer["data"]["person"]["found"]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("touches", ["m-2", "m-3", "m-1"]),
        ('touches(channel: "SMS", campaign: "spring")', ["m-2", "m-1"]),
        ('touches(outcome: "FAILED")', ["m-2"]),
        ('touches(brand: "miaomiao")', ["m-3"]),
        ('touches(to: "2024-03-04T00:00:00")', ["m-1"]),
        ("events", ["e-2", "e-1"]),
        ('events(type: ["page_view", "care"])', ["e-1"]),
        ("events(first: 1)", ["e-2"]),
    ],
)
async def test_pages(small_world: Graph, ask: Ask, field: str, found: list[str]) -> None:
    """m-0 is older than the openid's being this person's."""
    page = await _person(ask, f"{field} {{ edges {{ node {{ ref }} }} }}")
    assert [edge["node"]["ref"] for edge in page["edges"]] == found


async def test_an_event(small_world: Graph, ask: Ask) -> None:
    seen, viewed = [
        edge["node"]
        for edge in (
            await _person(
                ask,
                "events { edges { node { type at source properties { name value } product { key } "
                "shop { key } brand { key } identifier { kind } person { oneId } } } }",
            )
        )["edges"]
    ]
    assert viewed["properties"] == [{"name": "page", "value": "/wipes"}, {"name": "seconds", "value": 12}]
    assert seen == {"type": "check_in", "at": "2024-03-03T00:00:00Z", "source": "pos", "properties": [],
                    "product": {"key": "wipes"}, "shop": {"key": "tmall-1"}, "brand": {"key": "beibei"},
                    "identifier": {"kind": "openid"}, "person": {"oneId": "one-1"}}  # fmt: skip


CONSENTS = "consents { channel purpose granted at brand { key } }"


async def test_the_latest_consent_holds_and_of_one_instant_the_refusal(small_world: Graph, ask: Ask) -> None:
    """Of one brand's caller, among what that brand was told."""
    email = {"channel": "EMAIL", "purpose": "marketing", "granted": True, "at": "2024-02-03T00:00:00Z",
             "brand": {"key": "beibei"}}  # fmt: skip
    refused = {"channel": "SMS", "purpose": "marketing", "granted": False, "at": "2024-02-01T00:00:00Z",
               "brand": {"key": "beibei"}}  # fmt: skip
    granted = refused | {"granted": True, "brand": {"key": "miaomiao"}}
    service = granted | {"purpose": "service", "at": "2024-02-02T00:00:00Z"}
    assert await _person(ask, CONSENTS) == [email, refused, service]
    assert await _person(ask, CONSENTS, BABIES) == [email, refused]
    assert await _person(ask, CONSENTS, PETS) == [granted, service]
    assert await _person(ask, CONSENTS.replace("consents", 'consents(purpose: "service")')) == [service]


async def test_all_that_was_said_of_consent(small_world: Graph, ask: Ask) -> None:
    page = await _person(
        ask, 'consentHistory(channel: "SMS", purpose: "marketing") { edges { node { granted } } }', BABIES
    )
    assert [edge["node"]["granted"] for edge in page["edges"]] == [False, True]


async def test_facts_by_their_global_ids(small_world: Graph, ask: Ask) -> None:
    """Alone and together; those of a brand for its callers alone, products for everybody."""
    names = ["Order:beibei|B-1", "Touch:miaomiao|m-3", "Event:beibei|e-1", "Product:wipes",
             "BrandProfile:one-1|miaomiao",
             "Consent:miaomiao|SMS|service|card|miaomiao|C001|2024-02-02T00:00:00Z"]  # fmt: skip
    ids = [global_id(name) for name in names]
    alone = " ".join(f'n{place}: node(id: "{one}") {{ __typename id }}' for place, one in enumerate(ids))
    for brands, hidden in ((None, set()), (PETS, {"Order", "Event"}), (frozenset({"x"}), {"Product"})):
        together = (await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {"ids": ids},
                              brands=brands))["data"]["nodes"]  # fmt: skip
        assert together == list((await ask(f"{{ {alone} }}", brands=brands))["data"].values())
        seen = {one["__typename"] for one in together if one}
        everything = {name.partition(":")[0] for name in names}
        assert seen == ({"Product"} if hidden == {"Product"} else everything - hidden)
