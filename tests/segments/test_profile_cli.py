"""`oneid segment profile` and `overlap`: tables, and pictures whose labels can be read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from neo4j import WRITE_ACCESS

from app.errors import BadInput, Misconfigured
from app.graph.sessions import Graph
from app.segments import charting
from app.segments.profiling import Counted, profile
from tests.emptying import anew

PROFILE = profile(
    Counted(40, {"CITY": {"上海": 30, None: 10}, "TAG": {"高价值 <vip> & co": 30}}),
    Counted(400, {"CITY": {"上海": 100, None: 300}, "TAG": {}}),
)
PEOPLE = """
CREATE (:Segment {key: 'locals', name: 'locals', status: 'ACTIVE', version: 1,
  rule: '{"attribute": {"name": "city", "is": {"eq": "上海"}}}'})
CREATE (:Segment {key: 'all', name: 'all', status: 'ACTIVE', version: 1, rule: '{"everyone": true}'})
WITH 1 AS one UNWIND range(1, 40) AS n
CREATE (:Person {oneId: 'one-' + n, status: 'ACTIVE', gender: CASE WHEN n <= 30 THEN 'female' ELSE 'male' END,
  city: CASE WHEN n <= 10 OR n > 35 THEN '上海' ELSE '北京' END})
"""


def test_an_svg_keeps_its_labels_as_text(tmp_path: Path) -> None:
    file = tmp_path / "p.svg"
    charting.draw(PROFILE, "新手妈妈", file)
    drawn = file.read_text()
    for words in ("新手妈妈", "上海", "高价值 &lt;vip&gt; &amp; co", "(none)", "300  (30)", "–  (30)"):
        assert words in drawn
    charting.draw(PROFILE, "新手妈妈", tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_text() == drawn  # a picture can be compared


def test_a_png_of_chinese_labels_needs_a_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charting, "CHINESE", ("No such font",))
    with pytest.raises(Misconfigured, match="no font") as refused:
        charting.draw(PROFILE, "mums", tmp_path / "p.png")
    assert "fonts-noto-cjk" in (refused.value.suggestion or "")
    plain = profile(Counted(4, {"GENDER": {"female": 4}}), Counted(8, {"GENDER": {"female": 4}}))
    charting.draw(plain, "mums", tmp_path / "p.png")
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(BadInput, match=r"\.svg or \.png"):
        charting.draw(plain, "mums", tmp_path / "p.gif")
    assert [one.name for one in tmp_path.iterdir()] == ["p.png"]  # and no draft


def oneid(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env=environment | {"COLUMNS": "120"},
        cwd=os.getcwd(),
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_commands(migrated: Graph, environment: dict[str, str], tmp_path: Path) -> None:
    await anew(migrated)
    async with migrated.session(WRITE_ACCESS) as session:
        await (await session.run(PEOPLE)).consume()
    chart = tmp_path / "locals.svg"
    ran = oneid(environment, "segment", "profile", "locals", "--by", "gender,city", "--chart", str(chart))
    assert ran.returncode == 0, ran.stderr
    assert "locals: 15 people, base 40" in ran.stdout
    line = next(line for line in ran.stdout.splitlines() if "male" in line and "female" not in line)
    assert line.split("│")[3:7] == [part for part in line.split("│")[3:7] if part.strip()]
    assert "33.3%" in line
    assert "25.0%" in line
    assert "133" in line
    assert "few" in line
    assert "上海" in chart.read_text()
    unknown = oneid(environment, "segment", "profile", "local", "--by", "gender")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "locals" in unknown.stderr
    overlap = oneid(environment, "segment", "overlap", "locals", "all", "--json")
    found = json.loads(overlap.stdout)
    assert (found["sizes"], found["every"], found["pairs"][0]["jaccard"]) == ([15, 40], 15, 0.375)
