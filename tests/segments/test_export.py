"""People as files: chosen columns, masks, formulas, halves that never show, and memory."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.errors import BadInput
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.rules.model import Rule
from app.rules.statement import Settings as RuleSettings
from app.rules.windows import Clock
from app.segments import exporting
from app.segments.export_columns import About, cell, columns
from app.segments.exporting import Asked
from app.settings import Settings
from tests.emptying import anew

WORLD = """
CREATE (:Segment {key: 'shanghai', name: 's', status: 'ACTIVE', version: 1,
  rule: '{"attribute": {"name": "city", "is": {"eq": "上海"}}}'})
CREATE (vip:Tag {key: 'vip', name: 'vip'}), (bad:Tag {key: '=cmd()', name: 'bad'})
CREATE (p:Person {oneId: 'a-1', status: 'ACTIVE', sealedName: $name, nameMasked: '王**', city: '上海',
  birthday: date('1990-02-28'), orders: 3, paidMinor: 12050, lastOrderAt: datetime('2026-03-01T00:00:00Z'),
  a_skin: '+dry'})
CREATE (phone:Identifier:Phone {key: 'phone|*|1', kind: 'phone', scope: '*', sealed: $phone,
  name: '138****8000', brands: ['mumu']})-[:IDENTIFIES]->(p)
CREATE (:Identifier {key: 'openid|app|=1+1', kind: 'openid', scope: 'app', value: '=1+1', brands: ['mimi']})
  -[:IDENTIFIES]->(p)
CREATE (phone)-[:ASSERTED {since: datetime('2026-01-01T00:00:00Z'), brand: 'mumu'}]->(vip)
CREATE (phone)-[:ASSERTED {since: datetime('2026-01-01T00:00:00Z'), brand: 'mimi'}]->(bad)
CREATE (phone)-[:ASSERTED {since: datetime('2026-01-01T00:00:00Z'), brand: 'mimi',
  removed: datetime('2026-01-02T00:00:00Z')}]->(:Tag {key: 'gone'})
WITH 1 AS one UNWIND range(2, 3000) AS n
CREATE (q:Person {oneId: 'b-' + n, status: CASE n WHEN 7 THEN 'MERGED' ELSE 'ACTIVE' END,
  city: CASE WHEN n <= 5 THEN '上海' ELSE '北京' END})
CREATE (:Identifier {key: 'cookie|*|' + n, kind: 'cookie', value: toString(n), brands: ['mimi']})
  -[:IDENTIFIES]->(q)
"""
NAMES = (
    *("oneId", "name", "city", "birthday", "orders", "paid", "lastOrderAt", "identifier.phone"),
    *("identifier.openid", "attribute.skin", "tags"),
)
EVERYONE = Rule(everyone=True)


@pytest_asyncio.fixture(scope="module")
async def identity(migrated: Graph, settings: Settings) -> Identity:
    await anew(migrated)
    own = await Identity.open(migrated, Keyring(settings.secret()), settings.policy)
    sealed = {"name": own.keyring.seal("王小明"), "phone": own.keyring.seal("+8613800138000")}
    async with migrated.session(WRITE_ACCESS) as session:
        await (await session.run(WORLD, sealed)).consume()
    return own


def asked(identity: Identity, *names: str, brands: list[str] | None = None, **more: Any) -> Asked:
    clock = Clock(datetime(2026, 11, 20, tzinfo=UTC), Clock.utc(date(2026, 1, 1)).zone)
    about = About(identity.keyring, more.pop("pii", True), "CNY")
    chosen = columns(names or NAMES, identity.state.policy, brands)
    rule = more.pop("rule", EVERYONE)
    return Asked(rule, RuleSettings(clock, brands=brands), chosen, about, **more)


async def written(identity: Identity, one: Asked, file: Path) -> tuple[int, list[int]]:
    told: list[int] = []

    async def seen(count: int) -> None:
        told.append(count)

    return await exporting.write(identity.graph.reader(), one, file, seen), told


async def test_a_csv_says_everything_and_runs_nothing(identity: Identity, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    count, told = await written(identity, asked(identity, bom=True), file)
    assert (count, told) == (2999, [1000, 1000, 999])  # a merged OneID is nobody
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig"))))
    assert rows[0] == {
        "oneId": "a-1",
        "name": "王小明",
        "city": "上海",
        "birthday": "1990-02-28",
        "orders": "3",
        "paid": "120.50",
        "lastOrderAt": "2026-03-01T00:00:00+00:00",
        "identifier.phone": "+8613800138000",
        "identifier.openid": "'=1+1",
        "attribute.skin": "'+dry",
        "tags": "'=cmd();vip",
    }
    ids = [row["oneId"] for row in rows]
    assert ids == sorted(set(ids))


async def test_a_parquet_keeps_types_and_masks(
    identity: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "FOUND", 700)
    monkeypatch.setattr(exporting, "READ", 300)
    file = tmp_path / "people.parquet"
    one = asked(identity, format="parquet", pii=False)
    assert (await written(identity, one, file))[0] == 2999
    table = pl.read_parquet(file)
    assert table.height == table["oneId"].n_unique() == 2999
    first = table.row(0, named=True)
    assert (first["name_masked"], first["identifier.phone_masked"]) == ("王**", ["138****8000"])
    assert (first["identifier.openid"], first["tags"]) == (["=1+1"], ["=cmd()", "vip"])
    assert (first["birthday"], first["paid"]) == (date(1990, 2, 28), Decimal("120.5"))
    assert "13800138000" not in str(table.rows())
    assert os.listdir(tmp_path) == ["people.parquet"]


async def test_nobody_is_a_file_with_its_columns(identity: Identity, tmp_path: Path) -> None:
    nobody = Rule(not_=EVERYONE)
    for name in ("none.csv", "none.parquet"):
        one = asked(identity, "oneId", "paid", rule=nobody, format=name.rpartition(".")[2])
        assert (await written(identity, one, tmp_path / name))[0] == 0
    assert (tmp_path / "none.csv").read_text() == "oneId,paid\n"
    assert pl.read_parquet(tmp_path / "none.parquet").columns == ["oneId", "paid"]


async def test_a_caller_of_some_brands_gets_what_these_told(identity: Identity, tmp_path: Path) -> None:
    file = tmp_path / "mumu.csv"
    one = asked(identity, "oneId", "identifier.phone", "identifier.openid", "tags", brands=["mumu"])
    assert (await written(identity, one, file))[0] == 1
    assert file.read_text().splitlines()[1] == "a-1,+8613800138000,,vip"
    with pytest.raises(BadInput, match="facts of every brand, so for callers of all: city, paid") as refused:
        asked(identity, "oneId", "city", "paid", brands=["mumu"])
    assert refused.value.code == "FORBIDDEN_COLUMN"


async def test_columns_that_are_none(identity: Identity) -> None:
    with pytest.raises(BadInput, match=r"no column is called citty, identifier\.fax") as refused:
        asked(identity, "citty", "identifier.fax", "oneId")
    assert (refused.value.code, refused.value.suggestion) == ("UNKNOWN_COLUMN", "did you mean city?")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        *(("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("-2.5", "-2.5")),
        *(("\t=1", "'\t=1"), ("a=1", "a=1"), (None, ""), (["-x", "+1"], "'-x;+1"), (-3, "-3")),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_cells(value: Any, told: str) -> None:
    assert cell(value) == told


def test_an_export_that_is_interrupted_leaves_no_half(
    identity: Identity, environment: dict[str, str], tmp_path: Path
) -> None:
    """Killed in the middle, then run again: what stood there stays until the new file is whole."""
    file = tmp_path / "s.csv"
    file.write_text("what was there")
    command = [sys.executable, "-m", "app", "export"]
    slow = "import app.segments.exporting as e; e.FOUND = e.READ = 1; from app.__main__ import main; main()"
    arguments = ["export", "people", str(file), "--columns", "oneId"]
    process = subprocess.Popen([sys.executable, "-c", slow, *arguments], env=environment, cwd=os.getcwd())
    until = time.monotonic() + 60
    while not any(one.stat().st_size for one in tmp_path.glob(".s.csv.*")) and time.monotonic() < until:
        time.sleep(0.02)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(30) != 0
    assert [one.name for one in tmp_path.iterdir()] == ["s.csv"]
    assert file.read_text() == "what was there"
    ran = subprocess.run(
        [*command, "segment", str(file), "--segment", "shanghai", "--columns", "oneId,city"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    assert "5 people" in ran.stderr
    assert file.read_text().splitlines() == ["oneId,city", "a-1,上海", *(f"b-{n},上海" for n in range(2, 6))]
