"""Two imports and eight callers at once, on the same people: the same graph as one after another."""

import asyncio
import json
import random
import sys
from pathlib import Path

from app.context import DEVELOPER, Context
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import ingest
from seed import world
from tests.ingest.held import emptied, held


async def test_together_or_one_after_another(
    graph: Graph, identity: Identity, environment: dict[str, str], root: Path, tmp_path: Path
) -> None:
    lines = world.write(150, 5, tmp_path).observations.read_text(encoding="utf-8").splitlines()
    third = len(lines) // 3
    parts = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    parts[0].write_text("\n".join(lines[: 2 * third]), encoding="utf-8")
    parts[1].write_text("\n".join(lines[third:]), encoding="utf-8")

    async def imported(file: Path) -> None:
        command = [sys.executable, "-m", "app", "import", str(file)]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=root,
            env=environment,
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        _, err = await process.communicate()
        assert process.returncode == 0, err.decode()

    for file in parts:
        await imported(file)
    wanted = await held(graph)
    await emptied(graph)

    async def caller(number: int) -> None:
        dice = random.Random(number)
        context = Context(DEVELOPER, graph, identity.keyring, identity.state.policy, identity=identity)
        for _ in range(25):
            some = dice.sample(lines, dice.choice((1, 1, 2, 20)))
            result = await ingest(context, [json.loads(line) for line in some])
            assert result.rejected == []

    async with asyncio.TaskGroup() as tasks:
        for file in parts:
            tasks.create_task(imported(file))
        for number in range(8):
            tasks.create_task(caller(number))
    assert await held(graph) == wanted
