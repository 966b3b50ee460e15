"""docs/graphql.md: its documents run, its table of errors is complete."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.settings import ROOT, Settings
from tests.reads import world

DOCUMENTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs" / "queries").glob("*.graphql"))
}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_documents_run(http: httpx.AsyncClient, graph: Graph, settings: Settings, text: str) -> None:
    await world.create(graph, Keyring(settings.secret()))
    found = re.search(r"^# variables: (.+)$", text, re.MULTILINE)
    assert found is not None
    answer: Any = (
        await http.post("/graphql", json={"query": text, "variables": json.loads(found[1])})
    ).json()
    assert "errors" not in answer
    [data] = answer["data"].values()
    assert data
    assert None not in (data if isinstance(data, list) else [data])


def test_the_page_shows_the_documents(root: Path) -> None:
    page = (root / "docs" / "graphql.md").read_text(encoding="utf-8")
    shown = re.findall(r"```graphql\n(.*?)```", page, re.DOTALL)
    files = [re.sub(r"^#.*\n", "", text, flags=re.MULTILINE) for text in DOCUMENTS.values()]
    assert sorted(shown) == sorted(files)
    assert all(f"docs/queries/{name}" in page for name in DOCUMENTS)


def test_the_table_of_errors_is_complete(root: Path) -> None:
    """Whatever reading can be refused with is in it, and nothing that no part of the program says."""
    page = (root / "docs" / "graphql.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    app = root / "app"
    asking = [*app.glob("graph/planner*.py"), app / "context.py", app / "identity" / "live" / "lookup.py"]
    raised = _found(r'"([A-Z]{3,}_[A-Z_]+|INTERNAL|FORBIDDEN|UNAUTHENTICATED)"', asking)
    # What is said of a correction comes as a userError.
    profile = [path for path in app.glob("profile/*.py") if not path.stem.startswith("corrections")]
    raised |= _found(r'code="([A-Z_]+)"', profile)
    assert raised - told == set()
    assert told - _found(r'"([A-Z_]+)"', app.glob("**/*.py")) == set()


def _found(pattern: str, paths: Iterable[Path]) -> set[str]:
    return {code for path in paths for code in re.findall(pattern, path.read_text(encoding="utf-8"))}
