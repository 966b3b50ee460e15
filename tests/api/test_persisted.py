"""Persisted queries over HTTP: answered by their checksum, kept by browsers, alone where that is demanded."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.access.sealing import Keyring
from app.api import GRAPHQL
from app.errors import Misconfigured
from app.graph.persisted import PersistedInvalid, files_in, load
from app.graph.sessions import Graph
from app.main import application
from app.settings import ROOT, Settings
from tests.api.conftest import Serving
from tests.reads import world

FOLDER = ROOT / "schema" / "persisted"
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.graphql"))}
LOGIN = FILES["login.graphql"]
VARIABLES = {"openid": "o-1", "app": "app-1"}
GRAPHQL_RESPONSE = "application/graphql-response+json"


def checksum(text: str) -> str:
    """What a front end's build computes."""
    return sha256(text.encode()).hexdigest()


def asking(text: str, variables: Any = VARIABLES, **more: str) -> dict[str, str]:
    """The parameters of a GET."""
    return {"documentId": f"sha256:{checksum(text)}", "variables": json.dumps(variables), **more}


def apollo(text: str) -> dict[str, Any]:
    """What Apollo's clients say in place of the text."""
    return {"persistedQuery": {"version": 1, "sha256Hash": checksum(text)}}


def code(answer: httpx.Response) -> Any:
    """The only error's code."""
    [error] = answer.json()["errors"]
    return error["extensions"]["code"]


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
async def test_every_persisted_query_is_answered_as_its_text(
    http: httpx.AsyncClient, graph: Graph, settings: Settings, text: str
) -> None:
    await world.create(graph, Keyring(settings.secret()))
    found = re.search(r"^# variables: (.+)$", text, re.MULTILINE)
    assert found is not None
    variables = json.loads(found[1])
    in_full = await http.post("/graphql", json={"query": text, "variables": variables})
    assert "errors" not in in_full.json()
    by_apollo = {"extensions": json.dumps(apollo(text)), "variables": found[1]}
    answers = [
        await http.get("/graphql", params=asking(text, variables)),
        await http.get("/graphql", params=by_apollo),
        await http.post("/graphql", json={**asking(text), "variables": variables}),
        await http.post("/graphql", json={"extensions": apollo(text), "variables": variables}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.content) == (200, in_full.content)


async def test_a_browser_keeps_what_has_not_changed(
    http: httpx.AsyncClient, graph: Graph, settings: Settings
) -> None:
    await world.create(graph, Keyring(settings.secret()))
    first = await http.get("/graphql", params=asking(LOGIN))
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Accept, Authorization"
    tag = first.headers["etag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await http.get("/graphql", params=asking(LOGIN), headers={"if-none-match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "private, no-cache"
    of_another = await http.get("/graphql", params=asking(LOGIN, {**VARIABLES, "openid": "o-none"}))
    assert of_another.headers["etag"] != tag
    as_response = {"accept": GRAPHQL_RESPONSE, "if-none-match": tag}
    assert (await http.get("/graphql", params=asking(LOGIN), headers=as_response)).status_code == 200

    await graph.unit(lambda writer: writer.run("MATCH (m:Member) SET m.level = 'platinum'", {}))
    changed = await http.get("/graphql", params=asking(LOGIN), headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.json()["data"]["person"]["members"][0]["level"] == "platinum"


async def test_errors_are_kept_by_nobody(http: httpx.AsyncClient) -> None:
    wrong = [
        await http.get("/graphql", params=asking(LOGIN, {"openid": "o-1"})),
        await http.get("/graphql", params=asking("{ unknown }")),
        await http.get("/graphql", params=asking(LOGIN) | {"variables": "{"}),
        await http.get(
            "/graphql", params={"query": "{ __typename }"}, headers={"accept": "application/json"}
        ),
    ]
    assert [code(answer) for answer in wrong] == [
        "BAD_USER_INPUT",
        "PERSISTED_QUERY_NOT_FOUND",
        "BAD_REQUEST",
        "PERSISTED_QUERY_REQUIRED",
    ]
    for answer in wrong:
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


async def test_how_long_a_browser_keeps_answers_is_a_setting(
    graph: Graph, serving: Serving, settings: Settings
) -> None:
    async with serving(settings.model_copy(update={"persisted_max_age": 60})) as client:
        answer = await client.get("/graphql", params=asking(LOGIN))
        assert answer.headers["cache-control"] == "private, max-age=60"
        refused = await client.get("/graphql", params=asking(LOGIN, {}))
        assert refused.headers["cache-control"] == "no-store"


async def test_an_unknown_id_is_told_in_apollos_words(
    graph: Graph, endpoint: Callable[..., httpx.AsyncClient]
) -> None:
    client = endpoint()
    for answer in (
        await client.get("", params={"extensions": json.dumps(apollo("{ unknown }"))}),
        await client.post("", json={"extensions": apollo("{ unknown }")}),
        await client.post("", json={"documentId": "login.graphql"}),
    ):
        [error] = answer.json()["errors"]
        assert answer.status_code == 200
        assert error == {
            "message": "PersistedQueryNotFound",
            "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
        }
    newer = await client.get("", params=asking("{ x }"), headers={"accept": GRAPHQL_RESPONSE})
    assert (newer.status_code, code(newer)) == (400, "PERSISTED_QUERY_NOT_FOUND")

    # Apollo's client sends the text next: answered, and registered nowhere.
    text = "{ __typename }"
    in_full = await client.post("", json={"query": text, "extensions": apollo(text)})
    assert in_full.json()["data"] == {"__typename": "Query"}
    again = await client.post("", json={"extensions": apollo(text)})
    assert code(again) == "PERSISTED_QUERY_NOT_FOUND"
    assert graph.calls == 0


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": 1},
        {"extensions": []},
        {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": checksum(LOGIN)}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 7}}},
        {"query": 7, "documentId": f"sha256:{checksum(LOGIN)}"},
        {"documentId": f"sha256:{checksum(LOGIN)}", "variables": []},
    ],
)
async def test_what_names_no_document(http: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await http.post("/graphql", json=body)
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "parameters",
    ["documentId=%ff", "documentId=x&variables=%7B", "extensions=%5B%5D", "documentId=x&" + "a=1&" * 30],
)
async def test_what_a_url_cannot_say(http: httpx.AsyncClient, parameters: str) -> None:
    answer = await http.get(f"/graphql?{parameters}")
    assert (answer.status_code, code(answer)) == (400, "BAD_REQUEST")


async def test_an_operation_has_its_own_name(http: httpx.AsyncClient) -> None:
    named = await http.get("/graphql", params=asking(LOGIN, operationName="LogIn"))
    assert named.json()["data"] == {"person": None}
    assert (
        code(await http.get("/graphql", params=asking(LOGIN, operationName="LogOut"))) == "UNKNOWN_OPERATION"
    )


async def test_a_mutation_is_not_sent_by_get(
    graph: Graph, serving: Serving, settings: Settings, tmp_path: Path
) -> None:
    text = (ROOT / "docs" / "queries" / "observe.graphql").read_text(encoding="utf-8")
    (tmp_path / "observe.graphql").write_text(text, encoding="utf-8")
    seen = {"id": "1", "at": "2026-05-01T10:00:00Z", "source": "crm"}
    variables = {"observations": [seen | {"identifiers": [{"kind": "cookie", "value": "c-1"}]}]}
    async with serving(settings.model_copy(update={"persisted": tmp_path})) as client:
        refused = await client.get("/graphql", params=asking(text, variables))
        assert (refused.status_code, code(refused)) == (405, "METHOD_NOT_ALLOWED")
        assert refused.headers["allow"] == "POST"
        assert await identifiers(graph) == 0
        posted = await client.post("/graphql", json={**asking(text), "variables": variables})
        assert posted.json()["data"]["ingest"]["accepted"] == 1
        assert await identifiers(graph) == 1


async def test_graphiql_is_for_who_asks_nothing_by_get(http: httpx.AsyncClient) -> None:
    browser = {"accept": "text/html,*/*"}
    for parameters in ({}, {"theme": "dark"}, {"query": "{ __typename }"}):
        page = await http.get("/graphql", params=parameters, headers=browser)
        assert "graphiql" in page.text.lower()
    answer = await http.get("/graphql", params=asking(LOGIN), headers=browser)
    assert answer.json()["data"] == {"person": None}


async def test_only_persisted_queries_are_answered_where_that_is_demanded(
    graph: Graph, endpoint: Callable[..., httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = endpoint(only_persisted=True)
    with monkeypatch.context() as patched:
        patched.delattr("app.graph.planner_requests.document_of")  # what would parse
        for text in ("{ __typename }", "{" * 100, LOGIN + " "):
            refused = await client.post("", json={"query": text})
            assert (refused.status_code, code(refused)) == (200, "PERSISTED_QUERY_REQUIRED")
    page = await client.get("", headers={"accept": "text/html"})
    assert (page.status_code, code(page)) == (400, "PERSISTED_QUERY_REQUIRED")
    assert graph.calls == 0
    assert (await client.get("", params=asking(LOGIN))).json()["data"] == {"person": None}
    as_text = await client.post("", json={"query": LOGIN, "variables": VARIABLES})
    assert as_text.json()["data"] == {"person": None}
    assert graph.calls == 2


async def test_the_setting_demands_it(
    graph: Graph, serving: Serving, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not Settings().persisted_only
    monkeypatch.setenv("ONEID_PERSISTED_ONLY", "true")
    assert Settings().persisted_only
    async with serving(settings.model_copy(update={"persisted_only": True})) as client:
        refused = await client.post("/graphql", json={"query": "{ __typename }"})
        assert code(refused) == "PERSISTED_QUERY_REQUIRED"


async def test_nobody_unknown_is_answered_in_production(
    graph: Graph, serving: Serving, settings: Settings
) -> None:
    async with serving(settings.model_copy(update={"mode": "production"})) as client:
        answer = await client.get("/graphql", params=asking(LOGIN))
    assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")


async def test_other_texts_never_make_room_in_their_place(http: httpx.AsyncClient) -> None:
    await http.get("/graphql", params=asking(LOGIN))
    for number in range(1_100):
        await http.post("/graphql", json={"query": f"{{ a{number}: __typename }}"})
    before = await metrics(http)
    for name in ("documents", "operations", "plans"):
        assert (before[f"oneid_{name}_kept"], before[f"oneid_{name}_weight"]) == (1_000, 1_000)
        assert before[f"oneid_{name}_misses_total"] == 1_100
    await http.get("/graphql", params=asking(LOGIN))
    after = await metrics(http)
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    changed.pop("oneid_graph_calls_total")  # the jobs' calls are among them
    assert changed == {"oneid_persisted_plans_hits_total": 1}


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    """And the service does not start."""
    wrong = {
        "a.graphql": "query A { person(by: {oneId: 1}) { nickname shoeSize } }",
        "b.graphql": "query B { ",
        "c.graphql": "query C { __typename } query D { __typename }",
        "d.graphql": "{ __typename }",
        "e.graphql": "query E { changes(first: 100000) { edges { cursor } } }",
        "f.graphql": "query F { __typename }",
        "g.graphql": "query F { a: __typename }",
        "h.graphql": "fragment H on Person { oneId }",
    }
    for name, text in wrong.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "i.graphql").write_bytes(b"query I { __typename } # \xff")
    with pytest.raises(PersistedInvalid) as caught:
        load(GRAPHQL, files_in(tmp_path))
    problems = caught.value.problems
    assert {problem.partition(":")[0] for problem in problems} == {
        *wrong.keys() - {"f.graphql"},
        "i.graphql",
    }
    assert "a.graphql:1:36: Cannot query field 'nickname' on type 'Person'." in caught.value.message
    assert "a.graphql:1:45: Cannot query field 'shoeSize' on type 'Person'" in caught.value.message
    assert "g.graphql: its operation is called F, as that of f.graphql" in problems
    assert any(problem.startswith("e.graphql:1:1: a page of 100000") for problem in problems)
    with pytest.raises(PersistedInvalid):
        application(Settings(persisted=tmp_path))
    with pytest.raises(Misconfigured, match="is no folder"):
        application(Settings(persisted=tmp_path / "none"))


async def metrics(http: httpx.AsyncClient) -> dict[str, int]:
    """What /metrics says."""
    text = (await http.get("/metrics")).text
    return {name: int(value) for name, value in (line.split() for line in text.splitlines())}


async def identifiers(graph: Graph) -> int:
    """How many there are."""
    rows = await graph.reader().compiled("MATCH (i:Identifier) RETURN count(i) AS many", {})
    return int(rows[0]["many"])
