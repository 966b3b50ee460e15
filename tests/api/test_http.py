"""GraphQL over HTTP: what is answered, what is refused, and how."""

from typing import Any

import httpx
import pytest

from app.graph.sessions import Graph
from app.identity.normalise import hash_form
from app.main import application
from app.settings import Settings

INGEST = """
mutation ($observations: [ObservationInput!]!) {
  ingest(observations: $observations) {
    accepted pending
    rejected { index id code field } warnings { index code }
    people { oneId identifiers { kind value display person { oneId } } }
    userErrors { code }
  }
}
"""
PERSON = """
query Person($value: String!) {
  person(by: {identifier: {kind: "phone", value: $value}}) {
    oneId identifiers { kind value evidence { state sources other { kind } } } history { type at cause }
  }
}
"""


def observation(**more: Any) -> dict[str, Any]:
    """An observation of a phone and an OpenID."""
    identifiers = [
        {"kind": "phone", "value": "139 1234 5678"},
        {"kind": "openid", "value": "o-1", "scope": "app-1"},
    ]
    return {
        "id": "e1",
        "at": "2026-05-01T10:00:00+08:00",
        "source": "crm",
        "identifiers": identifiers,
    } | more


async def post(http: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = await http.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200
    return answer.json()


async def test_what_is_taken_in_is_answered(http: httpx.AsyncClient) -> None:
    bad = observation(id="e2", identifiers=[{"kind": "fax", "value": "1"}])
    answer = await post(http, INGEST, observations=[observation(), bad])
    ingested = answer["data"]["ingest"]
    assert (ingested["accepted"], ingested["pending"]) == (1, False)
    assert [(r["index"], r["id"], r["code"]) for r in ingested["rejected"]] == [(1, "e2", "UNKNOWN_KIND")]
    [person] = ingested["people"]
    assert [i["value"] for i in person["identifiers"]] == ["o-1", "+8613912345678"]
    assert {i["person"]["oneId"] for i in person["identifiers"]} == {person["oneId"]}

    found = (await post(http, PERSON, value="13912345678"))["data"]["person"]
    assert found["oneId"] == person["oneId"]
    assert found["identifiers"][0]["evidence"] == [
        {"state": "ACTIVE", "sources": ["crm"], "other": {"kind": "phone"}}
    ]
    assert [(change["type"], change["cause"]) for change in found["history"]] == [("CREATED", "OBSERVED")]


async def test_every_fact_has_its_place_in_an_observation(http: httpx.AsyncClient) -> None:
    facts = observation(
        brand="beibei",
        shop={"key": "tmall-1", "name": "贝贝天猫旗舰店", "platform": "tmall", "brand": "beibei"},
        order={
            "key": "1001", "status": "PAID", "amount": "99.50", "orderedAt": "2026-05-01T10:00:00+08:00",
            "lines": [{"product": "p-1", "amount": "99.50"}],
            "recipient": {"name": "王小明", "phone": "13912345678", "address": "上海"},
        },
        touch={"key": "t-1", "channel": "SMS"},
        event={"key": "v-1", "type": "VIEWED", "properties": {"price": 9.5}},
        dependents=[
            {"key": "b-1", "kind": "baby", "birthday": "2025-08-31", "attributes": {"feeding": "breast"}}
        ],
        tags=[{"key": "vip"}],
        consents=[{"channel": "SMS", "purpose": "marketing", "granted": True}],
    )  # fmt: skip
    answer = await post(http, INGEST, observations=[facts])
    assert answer["data"]["ingest"]["accepted"] == 1, answer


async def test_a_shape_that_is_wrong_is_refused_as_a_whole(http: httpx.AsyncClient) -> None:
    answer = await post(http, INGEST, observations=[observation(at="yesterday")])
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_nothing_is_taken_twice(http: httpx.AsyncClient) -> None:
    await post(http, INGEST, observations=[observation()])
    await post(http, INGEST, observations=[observation(id="again"), observation()])
    found = (await post(http, PERSON, value="+86 139 1234 5678"))["data"]["person"]
    assert len(found["history"]) == 1


async def test_a_hash_and_its_plain_value_are_one_identifier(http: httpx.AsyncClient) -> None:
    hashed = [
        {"kind": "phone", "value": hash_form("md5", "13912345678")},
        {"kind": "oaid", "value": "a-1"},
    ]
    await post(http, INGEST, observations=[observation(identifiers=hashed)])
    before = (await post(http, PERSON, value="139-1234-5678"))["data"]["person"]
    assert [i["kind"] for i in before["identifiers"]] == ["oaid", "phone"]

    await post(http, INGEST, observations=[observation()])
    for value in ("13912345678", hash_form("md5", "13912345678"), hash_form("sha256", "+8613912345678")):
        after = (await post(http, PERSON, value=value))["data"]["person"]
        assert after["oneId"] == before["oneId"]
        assert [i["kind"] for i in after["identifiers"]] == ["oaid", "openid", "phone"]


async def test_merged_one_ids_go_on_answering(http: httpx.AsyncClient) -> None:
    def seen(number: int, *identifiers: dict[str, str]) -> dict[str, Any]:
        return observation(id=str(number), at=f"2026-05-0{number}T10:00:00Z", identifiers=list(identifiers))

    phone, openid = (
        {"kind": "phone", "value": "13912345678"},
        {"kind": "openid", "value": "o-1", "scope": "app-1"},
    )
    first = await post(http, INGEST, observations=[seen(1, phone), seen(2, openid)])
    apart = {person["oneId"] for person in first["data"]["ingest"]["people"]}
    assert len(apart) == 2
    joined = await post(http, INGEST, observations=[seen(3, phone, openid)])
    [person] = joined["data"]["ingest"]["people"]
    [former] = apart - {person["oneId"]}
    query = """query ($oneId: ID!) { person(by: {oneId: $oneId}) {
      oneId status formerOneIds history { type oneId otherOneIds }
    } }"""
    answer = (await post(http, query, oneId=former))["data"]["person"]
    assert (answer["oneId"], answer["status"], answer["formerOneIds"]) == (
        person["oneId"],
        "ACTIVE",
        [former],
    )
    assert "MERGED" in {change["type"] for change in answer["history"]}


async def test_production_answers_nobody_that_it_does_not_know(settings: Settings, graph: Graph) -> None:
    made = application(settings.model_copy(update={"mode": "production"}))
    async with made.router.lifespan_context(made):
        transport = httpx.ASGITransport(made)
        async with httpx.AsyncClient(transport=transport, base_url="https://oneid.example") as client:
            answer = await client.post("/graphql", json={"query": "{ __typename }"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


async def test_graphiql_is_there(http: httpx.AsyncClient) -> None:
    page = await http.get("/graphql")
    assert page.status_code == 200
    assert "graphiql" in page.text.lower()
    assert "docs/graphql.md" in page.text, "what to do where its scripts cannot be fetched"


async def test_health_and_metrics(http: httpx.AsyncClient) -> None:
    assert (await http.get("/health/live")).json() == {"status": "live"}
    assert (await http.get("/health/ready")).json() == {"status": "ready"}
    await post(http, "{ __typename }")
    assert "oneid_plans_misses_total" in (await http.get("/metrics")).text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8000", "localhost.evil.example", ""]
)
async def test_another_host_name_is_not_answered_in_development(http: httpx.AsyncClient, host: str) -> None:
    answer = await http.post("/graphql", json={"query": "{ __typename }"}, headers={"host": host})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN_HOST")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
async def test_this_machine_is_answered(http: httpx.AsyncClient, host: str) -> None:
    answer = await http.post("/graphql", json={"query": "{ __typename }"}, headers={"host": host})
    assert answer.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "BAD_REQUEST"),
        (b"[]", "application/json", 400, "BAD_REQUEST"),
        (b"{}", "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": []}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "operationName": 1}', "application/json", 400, "BAD_REQUEST"),
        (b"query={__typename}", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'{"query": "{ __typename }"}', "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b" " * 2_000_000, "application/json", 413, "BODY_TOO_LARGE"),
    ],
)
async def test_what_is_no_graphql_request(
    http: httpx.AsyncClient, content: bytes, kind: str, status: int, code: str
) -> None:
    answer = await http.post("/graphql", content=content, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)


async def test_another_method_is_not_answered(http: httpx.AsyncClient) -> None:
    answer = await http.put("/graphql", json={"query": "{ __typename }"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
        405,
        "METHOD_NOT_ALLOWED",
    )


async def test_a_body_without_a_length_is_measured_as_it_comes(http: httpx.AsyncClient) -> None:
    async def chunks() -> Any:
        for _ in range(20):
            yield b" " * 100_000

    answer = await http.post("/graphql", content=chunks(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


async def test_the_newer_media_type_tells_refusals_by_status(http: httpx.AsyncClient) -> None:
    headers = {"accept": "application/graphql-response+json"}
    good = await http.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
    bad = await http.post("/graphql", json={"query": "{ nothing }"}, headers=headers)
    assert (good.status_code, bad.status_code) == (200, 400)
    assert good.headers["content-type"] == "application/graphql-response+json"
    assert bad.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
