"""`oneid tag …`: real processes, real files."""

import asyncio
import json
from asyncio.subprocess import PIPE
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import BadInput
from app.identity.service import Identity
from app.settings import ROOT
from app.tags.assigning import Said
from app.tags.files import carry_out
from tests.tags.world import Cypher, person, told

ONEID = str(ROOT / ".venv" / "bin" / "oneid")
TAGS = [
    {"key": "size", "category": ["body"], "valueType": "CHOICE", "choices": ["L", "XL"]},
    {"key": "loyal", "rule": {"order": {"is": {"gte": 2}}}},
    {"key": "wrong", "rule": {"order": {"measure": "SUM_AMOUNT"}}, "rank": 1},
]
LINES = """identifier,value
cookie:c-1,XL
cookie:c-2,L
cookie:c-3,S
cookie:c-9,L

one-id:P3,L
fax:1,L
cookie:c-3
"""


async def _oneid(environment: dict[str, str], *arguments: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        ONEID, *arguments, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def test_tags_from_files(
    identity: Identity, cypher: Cypher, environment: dict[str, str], tmp_path: Path
) -> None:
    await person(cypher, "P1", "cookie|*|c-1", "cookie|*|c-2")
    await person(cypher, "P3", "cookie|*|c-3")
    definitions, lines = tmp_path / "tags.json", tmp_path / "sizes.csv"
    definitions.write_text(json.dumps(TAGS))
    lines.write_text(LINES)
    code, out, err = await _oneid(environment, "tag", "define", str(definitions), "--reason", "new")
    assert (code, out) == (1, "size version 1\nloyal version 1\n")
    assert "wrong: EMPTY_TEST" in err
    assert "wrong: TYPE_MISMATCH" in err
    assign = ("tag", "assign", str(lines), "--tag", "size", "--reason", "stock-taking", "--json")
    code, out, _ = await _oneid(environment, *assign)
    found = json.loads(out)
    assert code == 1
    assert {name: found[name] for name in ("lines", "matched", "changed", "unmatched", "duplicates")} == {
        "lines": 7, "matched": 2, "changed": 2, "unmatched": 1, "duplicates": 1
    }  # fmt: skip
    assert [(one["line"], one["code"]) for one in found["problems"]] == [
        (4, "TYPE_MISMATCH"), (5, "NOT_FOUND"), (8, "UNKNOWN_KIND"), (9, "TYPE_MISMATCH")
    ]  # fmt: skip
    assert [line[1:4] for line in await told(cypher)] == [
        ("P1", "size", "IMPORTED"),
        ("P3", "size", "IMPORTED"),
    ]
    off = ["cookie:c-2", "cookie:c-1", "oneid:1"]
    said = Said("tests", "over", datetime.now(UTC), hand=False)
    counted = await carry_out(identity, "size", off, said, value=None, off=True)
    assert (counted.lines, counted.matched, counted.changed, counted.duplicates) == (3, 1, 1, 1)
    assert [(line, no.code) for line, no in counted.problems] == [(3, "UNKNOWN_KIND")]
    again = await carry_out(identity, "size", off[:1], said, value=None, off=True)
    assert [no.code for _, no in again.problems] == ["NOT_CARRIED"]
    with pytest.raises(BadInput, match="no tag has the key"):
        await carry_out(identity, "sise", off, said, value=None, off=True)
