"""People who buy, through the real way in, and what is derived of them at a moment."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.commerce import aggregate
from app.identity.service import Identity
from app.lifecycle import declared, journeys
from app.lifecycle.refresh import refresh
from app.settings import settings as own_settings
from tests.ingest.conftest import command, identity, oneid, send
from tests.jobs.conftest import Cypher, cypher

__all__ = ["command", "cypher", "identity", "oneid", "send"]

Declare = Callable[..., None]
Derive = Callable[[datetime], Awaitable[dict[str, int]]]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Declare]:
    """Puts files of a deployment's own in force for the test: `lifecycle`, `journeys`; or other settings."""

    def put(**values: str) -> None:
        for name, value in values.items():
            if name in ("lifecycle", "journeys"):
                path = tmp_path / f"{name}.yaml"
                path.write_text(value, encoding="utf-8")
                value = str(path)
            monkeypatch.setenv(f"ONEID_{name.upper()}", value)
        _forget()

    def _forget() -> None:
        own_settings.cache_clear()
        declared._read.cache_clear()
        journeys._read.cache_clear()

    yield put
    monkeypatch.undo()
    _forget()


@pytest.fixture
def derive(identity: Identity, cypher: Cypher) -> Derive:
    """Derives everybody as of a moment, what is not nought."""

    async def derived(as_of: datetime) -> dict[str, int]:
        one_ids = [row["one_id"] for row in await cypher("MATCH (p:Person) RETURN p.oneId AS one_id")]
        await aggregate.refresh(identity, one_ids, as_of)
        return {name: count for name, count in (await refresh(identity, one_ids, as_of)).items() if count}

    return derived
