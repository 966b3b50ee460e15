"""`oneid import` as a process of its own: what it says, and how it goes on after any end."""

import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.graph.sessions import Graph
from app.identity.live.register import now
from app.identity.live.state import store_policy
from app.settings import Settings
from seed import world
from tests.ingest.held import emptied, held
from tests.ingest.running import Run, some_progress
from tests.ingest.saying import seen


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of 6,400 lines, every hundredth of which is refused."""
    folder = tmp_path_factory.mktemp("world")
    lines = world.write(600, 3, folder).observations.read_bytes().splitlines()
    bad = [b'{"id": "half', b"\xff\xfe", json.dumps(seen("faxx:1")).encode(), b'{"id": "bare"}']
    mixed = [
        line for n, one in enumerate(lines) for line in (one, *([bad[n // 100 % 4]] if n % 100 == 0 else []))
    ]
    file = folder / "mixed.jsonl"
    file.write_bytes(b"\n".join(mixed) + b"\n")
    return file


def write(path: Path, *lines: object) -> Path:
    """A file of observations, and of bytes as they are."""
    path.write_bytes(b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines))
    return path


def rejects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_line_on_its_own(oneid: Run, graph: Graph, tmp_path: Path) -> None:
    file = write(
        tmp_path / "some.jsonl",
        b"\xef\xbb\xbf" + json.dumps(seen("member:mumu:M1", id="a", member={"level": "GOLD"})).encode(),
        b"",
        b'{"id": "broken", ',
        b'{"id": "\xc3("}',
        seen("member:mumu:M1", "phone:13800138000", id="b", tags=[{"key": "vip"}]),
        {"id": "c", "at": "2026-01-01T00:00:00Z", "identifiers": [], "souce": "x"},
        b"x" * 1_048_577,
        seen("phone:13912345678", id="d", card={"level": "GOLD"}),
    )
    ran = oneid("import", file, "--json")
    assert ran.returncode == 1, ran.stderr
    told = json.loads(ran.stdout)
    assert (told["accepted"], told["rejected"]) == (2, 5)
    assert told["warnings"] == {"BLOCKED": 1}
    found = rejects(tmp_path / "some.jsonl.rejects.jsonl")
    assert [(one["line"], one["id"], one["code"], one["field"]) for one in found] == [
        (3, None, "BAD_USER_INPUT", []),
        (4, None, "BAD_USER_INPUT", []),
        (6, "c", "BAD_USER_INPUT", ["source"]),
        (7, None, "BAD_USER_INPUT", []),
        (8, "d", "AMBIGUOUS_SUBJECT", ["card"]),
    ]
    assert "source: is missing; souce: unknown field, is it source?" in found[2]["message"]
    assert "progress" not in ran.stderr


async def test_a_finished_import_does_nothing_until_it_is_asked_to(
    oneid: Run, graph: Graph, settings: Settings, tmp_path: Path
) -> None:
    file = write(tmp_path / "one.jsonl", seen("phone:13912345678"), seen("faxx:1"))
    target = tmp_path / "refused.jsonl"
    assert oneid("import", file, "--rejects", target).returncode == 1
    before = target.read_bytes()
    again = oneid("import", file, "--rejects", target)
    assert (again.returncode, "imported before" in again.stdout) == (1, True)
    assert target.read_bytes() == before
    for reason, arguments in (("once more", ["--again"]), ("not all that was rejected", [])):
        target.unlink() if not arguments else None
        ran = oneid("import", file, "--rejects", target, *arguments)
        assert reason in ran.stderr
        assert target.read_bytes() == before
    text = settings.policy.read_text(encoding="utf-8").replace(
        "kinds:\n", "kinds:\n  faxx: {layer: contact, priority: 50}\n"
    )
    await store_policy(graph, text, "test", "faxes are a thing", now())
    ran = oneid("import", file, "--rejects", target)
    assert (ran.returncode, "the policy has changed" in ran.stderr) == (0, True)
    assert not target.exists()


@pytest.mark.parametrize("arguments", [["no-such-file.jsonl"], ["."], []])
def test_bad_usage(oneid: Run, arguments: list[str]) -> None:
    ran = oneid("import", *arguments)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr


async def test_a_mended_file_of_rejects_is_imported_like_any_other(
    oneid: Run, graph: Graph, tmp_path: Path
) -> None:
    right = [
        seen("member:mumu:M1", "phone:13812340001"),
        seen("member:mumu:M2", id="e2", member={"level": "GOLD"}),
    ]
    wrong = write(tmp_path / "w.jsonl", {**right[0], "at": "soon"}, {**right[1], "levle": 1})
    assert oneid("import", wrong, "--rejects", tmp_path / "again.jsonl").returncode == 1
    assert await held(graph) == set()
    text = (tmp_path / "again.jsonl").read_bytes()
    mended = write(
        tmp_path / "m.jsonl", text.replace(b'"soon"', b'"2026-01-01T00:00:00Z"').replace(b', "levle": 1', b"")
    )
    assert oneid("import", mended).returncode == 0
    found = await held(graph)
    await emptied(graph)
    assert oneid("import", write(tmp_path / "r.jsonl", *right)).returncode == 0
    assert await held(graph) == found


def test_an_empty_file(oneid: Run, graph: Graph, tmp_path: Path) -> None:
    ran = oneid("import", write(tmp_path / "none.jsonl"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "0 observations accepted" in ran.stdout


async def test_it_goes_on_to_the_same_end_after_a_kill_and_ctrl_c(
    command: Callable[..., subprocess.Popen[str]],
    oneid: Run,
    graph: Graph,
    demo: Path,
    tmp_path: Path,
) -> None:
    whole = oneid("import", demo, "--rejects", tmp_path / "whole.jsonl", "--json")
    assert whole.returncode == 1, whole.stderr
    wanted = await held(graph)
    await emptied(graph)
    target = tmp_path / "parts.jsonl"
    for ending, code in ((signal.SIGKILL, -9), (signal.SIGINT, 130)):
        process = command("import", demo, "--rejects", target)
        await some_progress(graph, process)
        process.send_signal(ending)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (code, ""), err
    assert "the same command goes on" in err
    rest = oneid("import", demo, "--rejects", target, "--json")
    assert "going on where it was stopped" in rest.stderr
    assert await held(graph) == wanted
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    counts = ("accepted", "rejected", "warnings")
    assert [json.loads(rest.stdout)[name] for name in counts] == [
        json.loads(whole.stdout)[name] for name in counts
    ]
