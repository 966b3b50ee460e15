"""A file that is asked for, written in the background, followed, fetched, and gone in the end."""

import asyncio
import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from starlette.responses import FileResponse

from app.context import SCOPES
from app.graph.sessions import Graph
from app.jobs import exporter, schedule
from app.jobs.catalogue import JOBS, job_named
from app.jobs.lease import claim
from app.jobs.run import run
from app.segments import export_asked, export_http
from app.settings import Settings
from tests.segments.asking import Asked
from tests.segments.test_export import identity as _identity

identity = _identity
ASK = """
mutation ($segment: ID, $rule: SegmentRule, $columns: [String!], $format: ExportFormat) {
  segmentExport(segment: $segment, rule: $rule, columns: $columns, format: $format) {
    export { id status rows masked columns url } userErrors { field code }
  }
}
"""
FOLLOW = "query ($id: ID!) { segmentExport(id: $id) { status rows total url error expiresAt masked } }"


@pytest_asyncio.fixture
async def asked(identity: Any, settings: Settings) -> Asked:
    identity.graph.settings = settings
    return Asked(identity, {})


async def fetched(asked: Asked, key: str, **caller: Any) -> Any:
    return await export_http.download(asked.context(**caller), key)


def text_of(response: FileResponse) -> str:
    return Path(response.path).read_text()


async def test_from_asking_to_fetching_to_gone(asked: Asked) -> None:
    answer = (await asked.ask(ASK, segment="shanghai", columns=["oneId", "name"]))["segmentExport"]
    one, key = answer["export"], answer["export"]["id"]
    assert (one["status"], one["url"], one["masked"]) == ("WAITING", None, False)
    assert (await fetched(asked, key)).status_code == 409
    ran = await run(asked.identity, job_named(exporter.NAME))
    assert ran is not None
    assert dict(getattr(ran, "counts", {})) == {"written": 1}
    found = (await asked.ask(FOLLOW, id=key))["segmentExport"]
    assert (found["status"], found["rows"], found["total"]) == ("DONE", 5, 5)
    assert found["url"] == f"/exports/{key}"
    response = await fetched(asked, key)
    assert isinstance(response, FileResponse)
    rows = list(csv.DictReader(StringIO(text_of(response))))
    assert [row["name"] for row in rows] == ["王小明", "", "", "", ""]
    # It holds plain values: who may not see them may not fetch it, nor may a caller of one brand.
    assert (await fetched(asked, key, scopes=SCOPES - {"pii:read"})).status_code == 403
    assert (await fetched(asked, key, brands=frozenset({"mumu"}))).status_code == 403
    assert (await export_http.download(None, key)).status_code == 401
    later = datetime.now(UTC) + timedelta(hours=25)
    assert (await fetched(asked, key, as_of=later)).status_code == 404
    assert await exporter.drop_expired(asked.identity, later) == 1
    with pytest.raises(FileNotFoundError):
        text_of(response)
    assert (await fetched(asked, key)).status_code == 404


async def test_masked_for_who_may_not_see_and_by_brand(asked: Asked) -> None:
    masked = asked.context(scopes=SCOPES - {"pii:read"}, brands=frozenset({"mumu"}))
    names = ["oneId", "identifier.phone"]
    answer = (await asked.ask(ASK, masked, rule={"everyone": True}, columns=names))["segmentExport"]
    assert answer["export"]["masked"] is True
    await exporter.export_waiting(asked.identity)
    response = await fetched(asked, answer["export"]["id"], brands=frozenset({"mumu", "mimi"}))
    assert text_of(response) == "oneId,identifier.phone_masked\na-1,138****8000\n"


async def test_what_a_killed_process_left_is_begun_anew(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RUNNING, with half of it told; and while somebody is at it nobody else is."""
    answer = (await asked.ask(ASK, segment="shanghai", columns=["oneId"], format="PARQUET"))["segmentExport"]
    key, graph = answer["export"]["id"], asked.identity.graph
    await export_asked.tell(graph, key, status="RUNNING", rows=3)
    lease = await claim(graph, exporter.NAME, milliseconds=400)
    assert await exporter.export_waiting(asked.identity) == {}
    assert (await asked.ask(FOLLOW, id=key))["segmentExport"]["status"] == "RUNNING"
    assert getattr(lease, "token", 0) > 0
    for _ in range(200):
        if await exporter.export_waiting(asked.identity):
            break
        await asyncio.sleep(0.05)  # the lease runs out by the database's clock
    found = (await asked.ask(FOLLOW, id=key))["segmentExport"]
    assert (found["status"], found["rows"]) == ("DONE", 5)


async def test_what_cannot_be_asked_for_or_written(asked: Asked, migrated: Graph) -> None:
    wrong = (await asked.ask(ASK, segment="shangai"))["segmentExport"]
    assert (wrong["export"], wrong["userErrors"][0]["code"]) == (None, "UNKNOWN_SEGMENT")
    refused = await asked.answer(ASK, segment="shanghai", columns=["phone"])
    assert refused["errors"][0]["extensions"]["code"] == "UNKNOWN_COLUMN"
    answer = (await asked.ask(ASK, segment="shanghai"))["segmentExport"]
    await export_asked.tell(migrated, answer["export"]["id"], columns=["nothing"])
    assert await exporter.export_waiting(asked.identity) == {"failed": 1}
    found = (await asked.ask(FOLLOW, id=answer["export"]["id"]))["segmentExport"]
    assert (found["status"], found["url"]) == ("FAILED", None)
    assert found["error"].startswith("UNKNOWN_COLUMN: ")


def test_the_service_writes_files_by_itself(asked: Asked) -> None:
    """Every job that keeps no history has a part of the process that ticks."""
    ticking = schedule.Schedule(asked.identity, ZoneInfo("UTC"), JOBS)._ticking
    assert ticking.keys() == {job.name for job in JOBS if not job.recorded}
