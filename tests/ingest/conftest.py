"""What the tests of ingest share: a way in, and observations to send."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from app.access.sealing import Keyring
from app.context import SCOPES, Caller, Context
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.ingest.service import IngestResult, ingest
from app.settings import Settings
from tests.commands import oneid as oneid
from tests.commands import process as process

Send = Callable[..., Any]


@pytest_asyncio.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Identity on the empty graph, under the default policy."""
    return await Identity.open(graph, Keyring(settings.secret()), settings.policy)


@pytest.fixture
def send(identity: Identity) -> Send:
    """Sends observations as a caller of some brands would."""

    async def sent(*observations: dict[str, Any], brands: set[str] | None = None) -> IngestResult:
        caller = Caller("tests", SCOPES, None if brands is None else frozenset(brands))
        context = Context(caller, identity.graph, identity.keyring, identity.state.policy, identity=identity)
        return await ingest(context, observations)

    return sent


@pytest.fixture
def command(environment: dict[str, str], root: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts `oneid …`."""

    def start(*arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "app", *map(str, arguments)],
            cwd=root,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start
