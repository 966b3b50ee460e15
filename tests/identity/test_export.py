"""The export of OneIDs from a graph that observations made, also by the command itself."""

import asyncio
import csv
import io
import os
import stat
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from neo4j import WRITE_ACCESS

from app.access.sealing import Keyring
from app.errors import BadInput
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.identity.export import one_ids, write
from app.identity.live import maintenance
from app.identity.normalise import hash_form
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from app.jobs.sequencer import settled
from app.settings import ROOT, Settings
from tests.graph.plans import operators

_ALL = read_query("identity/export")

Row = tuple[str, str, str]
Export = Callable[..., Awaitable[tuple[int, str, str]]]

PHONE, OTHER_PHONE = "+8613912345678", "+8613787654321"
MD5 = "md5=9e107d9d372bb6826bd81d3542a419d6"


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Identity on the empty graph, under the default policy."""
    return await Identity.open(graph, Keyring(settings.secret()), settings.policy)


@pytest.fixture
def export(environment: dict[str, str]) -> Export:
    """Runs `oneid export one-ids`; gives its exit code, stdout and stderr."""

    async def run(*arguments: str, **changed: str) -> tuple[int, str, str]:
        command = [str(ROOT / ".venv" / "bin" / "oneid"), "export", "one-ids", *arguments]
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment | changed, stdout=PIPE, stderr=PIPE
        )
        out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode("utf-8"), err.decode("utf-8")

    return run


async def _exported(identity: Identity, file: Path, since: int | None = None) -> tuple[list[set[Row]], int]:
    """What the command does, in this process: who is in the file, and the number for the next time."""
    until = await settled(identity.graph)
    rows = one_ids(identity.graph.reader(), identity.keyring, since, until)
    count = await write(rows, file, lambda _: None)
    people = _people(_read(file))
    assert count == sum(map(len, people))
    return people, until


async def _observe(
    identity: Identity, *identifiers: tuple[str, ...], at: str = "2025-06-01T00:00:00Z"
) -> None:
    """Identifiers seen together: (kind, value) or (kind, value, scope)."""
    named = [dict(zip(("kind", "value", "scope"), one, strict=False)) for one in identifiers]
    row: dict[str, Any] = {"id": "o", "at": at, "source": "crm", "brand": "贝贝", "identifiers": named}
    observed = await identity.observe([row])
    assert not observed.rejected


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _people(text: str) -> list[set[Row]]:
    """Who there is in a file: each person's kinds, scopes and values, the person with the least first."""
    header, *rows = list(csv.reader(io.StringIO(text)))
    assert header == ["one_id", "kind", "scope", "value"]
    people: dict[str, set[Row]] = {}
    for one_id, kind, scope, value in rows:
        assert (kind, scope, value) not in people.setdefault(one_id, set())
        people[one_id].add((kind, scope, value))
    return sorted(people.values(), key=sorted)


async def test_one_row_an_identifier_in_plain(identity: Identity, export: Export, tmp_path: Path) -> None:
    await _observe(
        identity, ("phone", "139 1234 5678"), ("openid", "o-1", "app-1"), ("member", "会员,“一”号")
    )
    await _observe(identity, ("phone", MD5), ("openid", "o-1", "app-2"))
    file = tmp_path / "people.csv"
    code, out, err = await export(str(file))
    assert (code, out) == (0, "")
    assert _people(file.read_text(encoding="utf-8")) == [
        {("member", "贝贝", "会员,“一”号"), ("openid", "app-1", "o-1"), ("phone", "*", PHONE)},
        {("openid", "app-2", "o-1"), ("phone", "*", MD5)},
    ]
    assert err == "5 identifiers, up to change 2; the next time: --since 2\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["people.csv"]


async def test_to_stdout_in_utf_8_whatever_the_terminal_says(identity: Identity, export: Export) -> None:
    await _observe(identity, ("member", "王小明"))
    code, out, _ = await export("-", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert code == 0
    assert _people(out) == [{("member", "贝贝", "王小明")}]


async def test_a_hash_is_exported_as_the_plain_value_once_that_is_known(
    identity: Identity, tmp_path: Path
) -> None:
    digest = hash_form("md5", PHONE)
    await _observe(identity, ("phone", digest), ("openid", "o-1", "app-1"))
    people, _ = await _exported(identity, tmp_path / "f.csv")
    assert people == [{("phone", "*", digest), ("openid", "app-1", "o-1")}]
    await _observe(identity, ("phone", PHONE), ("openid", "o-2", "app-2"))
    people, _ = await _exported(identity, tmp_path / "f.csv")
    assert people == [{("phone", "*", PHONE), ("openid", "app-1", "o-1"), ("openid", "app-2", "o-2")}]


async def test_what_is_nobodys_is_left_out(identity: Identity, tmp_path: Path) -> None:
    await _observe(identity, ("cookie", "c-old"), ("openid", "o-1", "app-1"), at="2024-01-01T00:00:00Z")
    await _observe(identity, ("email", "a@example.com"), ("openid", "o-1", "app-1"))
    await _observe(identity, ("email", "b@example.com"), ("openid", "o-2", "app-1"))
    await _observe(identity, ("unionid", "u-3"), ("openid", "o-3", "app-1"))
    await maintenance.expire(identity, datetime(2025, 6, 2, tzinfo=UTC))
    for operation, fields in [
        ("block", {"kind": "email", "value": "b@example.com"}),
        ("erase", {"identifier": {"kind": "unionid", "value": "u-3", "scope": "*"}}),
    ]:
        await run_operation(identity, operation, fields, "test", "test")
    people, _ = await _exported(identity, tmp_path / "f.csv")
    assert people == [
        {("email", "*", "a@example.com"), ("openid", "app-1", "o-1")},
        {("openid", "app-1", "o-2")},
        {("openid", "app-1", "o-3")},
    ]


async def test_since_a_change(identity: Identity, export: Export, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    await _observe(identity, ("phone", PHONE), ("openid", "o-1", "app-1"))
    await _observe(identity, ("phone", OTHER_PHONE), ("openid", "o-2", "app-2"))
    await _observe(identity, ("unionid", "u-3"))
    _, since = await _exported(identity, file)
    assert await _exported(identity, file, since) == ([], since)

    # Two people become one, who is listed whole and once; a newcomer; and somebody of whom nothing changed.
    await _observe(identity, ("phone", PHONE), ("phone", OTHER_PHONE), at="2025-06-02T00:00:00Z")
    await _observe(identity, ("unionid", "u-4"))
    code, out, err = await export("-", "--since", str(since))
    phones = {("phone", "*", PHONE), ("phone", "*", OTHER_PHONE)}
    assert code == 0
    assert _people(out) == [
        phones | {("openid", "app-1", "o-1"), ("openid", "app-2", "o-2")},
        {("unionid", "*", "u-4")},
    ]
    people, until = await _exported(identity, file, since)
    assert people == _people(out)
    assert f"--since {until}\n" in err
    assert until > since
    assert await _exported(identity, file, until) == ([], until)


@pytest.mark.parametrize(
    "line", ["{seq: 3, oneId: merged.oneId, others: []}", "{seq: 3, oneId: 'x', others: [survivor.oneId]}"]
)
async def test_a_line_may_name_the_survivor_or_who_was_merged(identity: Identity, line: str) -> None:
    await _observe(identity, ("unionid", "u-1"), ("openid", "o-1", "app-1"))
    await _observe(identity, ("unionid", "u-2"))
    async with identity.graph.session(WRITE_ACCESS) as session:
        made = await session.run(
            "MATCH (:Identifier {key: 'unionid|*|u-1'})-[:IDENTIFIES]->(survivor) "
            "CREATE (merged:Person {oneId: 'm', status: 'MERGED'})-[:MERGED_INTO]->(survivor) "
            f"CREATE (:Change {line})"
        )
        await made.consume()
    rows = [row async for row in one_ids(identity.graph.reader(), identity.keyring, 2, 3)]
    assert {row[1:] for row in rows} == {("unionid", "*", "u-1"), ("openid", "app-1", "o-1")}


async def test_a_number_that_the_feed_has_not_reached_is_refused(
    identity: Identity, export: Export, tmp_path: Path
) -> None:
    await _observe(identity, ("openid", "o-1", "app-1"))
    file = tmp_path / "people.csv"
    file.write_text("of yesterday")
    code, out, err = await export(str(file), "--since", "99")
    assert (code, out) == (2, "")
    assert "NO_SUCH_CHANGE" in err
    assert os.listdir(tmp_path) == ["people.csv"]
    assert file.read_text() == "of yesterday"


async def test_a_file_is_replaced_when_it_is_complete_or_not_at_all(
    identity: Identity, export: Export, tmp_path: Path
) -> None:
    await _observe(identity, ("phone", PHONE))
    file = tmp_path / "people.csv"
    file.write_text("of yesterday")
    code, _, err = await export(str(file), ONEID_SECRET_KEY="another one")
    assert code == 1
    assert "ONEID_SECRET_KEY" in err
    assert file.read_text() == "of yesterday"
    assert os.listdir(tmp_path) == ["people.csv"]
    assert await _exported(identity, file) == ([{("phone", "*", PHONE)}], 1)


async def test_a_place_where_nothing_can_be_written(
    identity: Identity, export: Export, tmp_path: Path
) -> None:
    for file in (tmp_path, tmp_path / "nowhere" / "people.csv"):
        with pytest.raises(BadInput):
            await _exported(identity, file)
    code, out, _ = await export("/dev/stdout")  # a pipe is written to, not replaced
    assert (code, out) == (0, "one_id,kind,scope,value\n")


async def test_the_database_holds_back_no_row_until_it_has_seen_all(migrated: Graph) -> None:
    plan = {name.partition("@")[0] for name, _ in await operators(migrated, _ALL.text)}
    assert "NodeUniqueIndexSeekByRange" in plan
    assert not plan & {"Sort", "Top", "Eager", "EagerAggregation", "Distinct", "NodeHashJoin"}
