"""`oneid import` of tables, as a process of its own: formats alike, rejects mended, stopped and resumed."""

import csv as reading
import json
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from app.graph.sessions import Graph
from tests.ingest.files import HEADER, MEMBERS, csv, excel, parquet
from tests.ingest.held import emptied, held
from tests.ingest.running import Run, some_progress

PEOPLE = [
    ["M1", 13812340001, "王小明", date(1990, 1, 2), datetime(2024, 3, 4, 5, 6)],
    ["M2", 13812340002, "李四", date(1991, 1, 2), datetime(2024, 3, 5, 5, 6)],
    ["M3", 13812340001, "王晓明", date(1990, 1, 2), datetime(2024, 3, 6, 5, 6)],
]


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "members.yaml"
    file.write_text(MEMBERS, encoding="utf-8")
    return file


def say(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def lines(*rows: str) -> list[str]:
    return [",".join(HEADER), *rows]


async def test_the_same_rows_are_the_same_graph_in_every_format(
    oneid: Run, graph: Graph, tmp_path: Path, mapping: Path
) -> None:
    texts = lines(*(",".join(str(cell) for cell in row) for row in PEOPLE))
    files = [
        csv(tmp_path / "m.csv", *texts, encoding="gb18030"),
        csv(tmp_path / "m.tsv", *(text.replace(",", "\t") for text in texts), encoding="utf-16"),
        excel(tmp_path / "m.xlsx", {"会员": [HEADER, *PEOPLE]}),
        parquet(tmp_path / "m.parquet", {name: [row[n] for row in PEOPLE] for n, name in enumerate(HEADER)}),
    ]
    found = []
    for file in files:
        ran = oneid("import", file, "--mapping", mapping)
        assert ran.returncode == 0, ran.stderr
        found.append(await held(graph))
        again = oneid("import", file, "--mapping", mapping)
        assert "imported before" in again.stdout
        once_more = oneid("import", file, "--mapping", mapping, "--again")
        assert (once_more.returncode, await held(graph)) == (0, found[-1])
        await emptied(graph)
    assert found[0]
    assert found == [found[0]] * 4


async def test_rejects_are_the_rows_with_reasons_and_import_again_when_mended(
    oneid: Run, graph: Graph, tmp_path: Path, mapping: Path
) -> None:
    right = lines(
        "M1,13812340001,王小明,1990-01-02,2024-03-04",
        'M2,13812340002,"李,四\n",1991-01-02,2024-03-05',
        "M3,13812340003,张三,1992-01-02,2024-03-06",
        "M4,13812340004,赵六,1993-01-02,2024-03-07",
    )
    wrong = [text.replace("1991-01-02", "1991-13-02").replace("2024-03-07", "soon") for text in right]
    say(mapping, MEMBERS + "file: {encoding: gbk, header: 2}")
    target = tmp_path / "again.csv"
    ran = oneid("import", csv(tmp_path / "m.csv", "报表", *wrong, encoding="gbk"), "--mapping", mapping,
                "--rejects", target, "--json")  # fmt: skip
    assert (ran.returncode, json.loads(ran.stdout)["accepted"]) == (1, 2)
    text = target.read_text(encoding="utf-8-sig")
    with target.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = reading.reader(file)
    assert head == ["oneid:line", "oneid:id", "oneid:code", "oneid:reason", *HEADER]
    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [
        ("4", "m.csv:4", "BAD_USER_INPUT", "M2"),
        ("7", "m.csv:7", "BAD_USER_INPUT", "M4"),
    ]
    assert rows[0][3] == (
        "member.birthday: a date is needed, like 2026-11-20; others as formats in the mapping (column 生日)"
    )
    assert target.stat().st_mode & 0o077 == 0
    mended = text.replace("1991-13-02", "1991-01-02").replace("soon", "2024-03-07")
    target.write_text(mended, encoding="utf-8-sig", newline="")
    ran = oneid("import", target, "--mapping", mapping)
    assert ran.returncode == 0, ran.stderr + ran.stdout
    found = await held(graph)
    await emptied(graph)
    assert (
        oneid(
            "import", csv(tmp_path / "r.csv", "报表", *right, encoding="gbk"), "--mapping", mapping
        ).returncode
        == 0
    )
    assert await held(graph) == found


async def test_a_dry_run_needs_no_database_and_writes_nothing(
    oneid: Run, environment: dict[str, str], graph: Graph, tmp_path: Path, mapping: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rows = ("M1,13812340001,王小明,1990-01-02,2024-03-04", "M2,,x,soon,2024-03-04")
    file = csv(tmp_path / "m.csv", *lines(*rows, "M3,13800138000,y,,2024-03-04", ",,z,,2024-03-04"))
    monkeypatch.setitem(environment, "NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setitem(environment, "COLUMNS", "200")
    before = names(tmp_path)
    ran = oneid("import", file, "--mapping", mapping, "--dry-run", "--json")
    assert (ran.returncode, ran.stderr) == (1, "")
    told = json.loads(ran.stdout)
    assert told["accepted"] == 2
    assert [(one["line"], one["code"], one["field"]) for one in told["rejected"]] == [
        (3, "BAD_USER_INPUT", ["member", "birthday"]),
        (5, "AMBIGUOUS_SUBJECT", ["member"]),
    ]
    assert [(one["line"], one["code"]) for one in told["warnings"]] == [(4, "BLOCKED")]
    assert [one["line"] for one in told["first"]] == [2, 4, 5]
    assert told["first"][0]["observation"]["member"] == {"name": "王小明", "birthday": "1990-01-02"}
    table = oneid("import", file, "--mapping", mapping, "--dry-run")
    assert (table.returncode, "phone:13812340001" in table.stdout) == (1, True)
    assert "rejected: 2 (AMBIGUOUS_SUBJECT 1, BAD_USER_INPUT 1)" in table.stdout
    assert names(tmp_path) == before
    assert await held(graph) == set()


def test_what_a_table_needs_is_said_before_anything_is_done(
    oneid: Run, graph: Graph, tmp_path: Path, mapping: Path
) -> None:
    file = csv(tmp_path / "m.csv", *lines())
    bare = oneid("import", file)
    assert (bare.returncode, "MAPPING_REQUIRED" in bare.stderr, "oneid mapping init" in bare.stderr) == (
        2,
        True,
        True,
    )
    mapping.write_text(
        MEMBERS.replace("kind: phone", "kind: phnoe").replace("姓名", "名字"), encoding="utf-8"
    )
    ran = oneid("import", file, "--mapping", mapping, "--dry-run")
    assert ran.returncode == 2
    assert "identifiers.1.kind: the policy has no kind phnoe, is it phone?" in ran.stderr
    assert "member.name.column: no column is called 名字, is it 姓名?" in ran.stderr
    ours = oneid("import", file, "--mapping", tmp_path / "no.yaml")
    assert (ours.returncode, "Traceback" in ours.stderr) == (2, False)
    same = oneid("import", file, "--mapping", mapping, "--rejects", file)
    assert (same.returncode, file.exists()) == (2, True)


async def test_it_goes_on_to_the_same_end_after_a_kill(
    command: Callable[..., subprocess.Popen[str]], oneid: Run, graph: Graph, tmp_path: Path, mapping: Path
) -> None:
    day = "1990-01-02"
    rows = [f'M{n},139{n // 3:08},"n\n{n}",{day if n % 90 else "never"},2024-03-04' for n in range(4500)]
    file = csv(tmp_path / "m.csv", *lines(*rows))
    whole = oneid("import", file, "--mapping", mapping, "--rejects", tmp_path / "whole.csv", "--json")
    assert whole.returncode == 1, whole.stderr
    wanted = await held(graph)
    await emptied(graph)
    target = tmp_path / "parts.csv"
    process = command("import", file, "--mapping", mapping, "--rejects", target)
    await some_progress(graph, process)
    process.kill()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (-9, ""), err
    rest = oneid("import", file, "--mapping", mapping, "--rejects", target, "--json")
    assert "going on where it was stopped" in rest.stderr
    assert await held(graph) == wanted
    assert target.read_bytes() == (tmp_path / "whole.csv").read_bytes()
    counts = ("accepted", "rejected", "warnings")
    assert [json.loads(rest.stdout)[name] for name in counts] == [
        json.loads(whole.stdout)[name] for name in counts
    ]
