"""A file of people over HTTP: asked for, waited for, fetched in whole and in part; and who is sent away."""

import asyncio
import csv
from io import StringIO
from typing import Any

import httpx
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.settings import Settings
from tests.api.conftest import Serving

PEOPLE = """
UNWIND [['P-1', $name, '王**'], ['P-2', $formula, '=1*']] AS row
CREATE (:Person {oneId: row[0], status: 'ACTIVE', city: '上海', since: datetime(), sealedName: row[1], nameMasked: row[2]})
"""  # noqa: E501 - a statement
ASK = """
mutation ($columns: [String!], $bom: Boolean) {
  segmentExport(rule: {everyone: true}, columns: $columns, format: CSV, bom: $bom) {
    export { id url } userErrors { code }
  }
}
"""


async def _asked(http: httpx.AsyncClient, **variables: Any) -> str:
    answer = (await http.post("/graphql", json={"query": ASK, "variables": variables})).json()
    assert "errors" not in answer, answer
    key: str = answer["data"]["segmentExport"]["export"]["id"]
    return f"/exports/{key}"


async def _fetched(http: httpx.AsyncClient, url: str) -> httpx.Response:
    """The service writes it by itself; until then it says that it has not."""
    for _ in range(300):
        found = await http.get(url)
        if found.status_code != 409:
            return found
        assert found.json()["code"] == "NOT_READY"
        await asyncio.sleep(0.1)
    raise AssertionError("nobody wrote it")


async def test_a_file_is_fetched_as_spreadsheets_read_it(
    http: httpx.AsyncClient, graph: Graph, settings: Settings
) -> None:
    keyring = Keyring(settings.secret())
    names = {"name": keyring.seal("王小明"), "formula": keyring.seal("=cmd|' /C calc'!A0")}
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(PEOPLE, names)).consume()
    url = await _asked(http, columns=["oneId", "name", "city"], bom=True)
    whole = await _fetched(http, url)
    assert whole.status_code == 200
    assert whole.content.startswith(b"\xef\xbb\xbfoneId,name,city\n")
    rows = list(csv.reader(StringIO(whole.content.decode("utf-8-sig"))))
    assert rows[1:] == [["P-1", "王小明", "上海"], ["P-2", "'=cmd|' /C calc'!A0", "上海"]]
    assert whole.headers["content-type"] == "text/csv; charset=utf-8"
    assert whole.headers["content-disposition"] == f'attachment; filename="{url.split("/")[-1]}.csv"'
    assert whole.headers["cache-control"] == "no-store"
    part = await http.get(url, headers={"Range": "bytes=3-7"})
    assert (part.status_code, part.content) == (206, b"oneId")
    assert part.headers["content-range"] == f"bytes 3-7/{len(whole.content)}"
    beyond = await http.get(url, headers={"Range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416
    assert (await http.get(url, headers={"Host": "evil.example"})).status_code == 403


async def test_who_is_sent_away(http: httpx.AsyncClient, serving: Serving, settings: Settings) -> None:
    for unknown in ("nothing", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "0199f1a2-7a44-7000-8000-000000000000"):
        found = await http.get(f"/exports/{unknown}")
        assert found.status_code == 404
    async with serving(settings.model_copy(update={"mode": "production"})) as nobody:
        refused = await nobody.get("/exports/nothing")
        assert (refused.status_code, refused.json()["code"]) == (401, "UNAUTHENTICATED")
