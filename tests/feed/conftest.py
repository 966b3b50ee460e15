"""A feed with lines in it, and an identity that writes more."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from app.feed.lines import Line, line, write
from app.graph.sessions import Writer
from app.identity.service import Identity
from app.jobs.sequencer import settled
from tests.jobs.conftest import Cypher, cypher, identity, replica

__all__ = ["Cypher", "Tell", "cypher", "identity", "replica", "tagged", "tell"]

Tell = Callable[[Sequence[Line]], Awaitable[None]]
AT = datetime(2026, 5, 1, tzinfo=UTC)


def tagged(tag: str, one_id: str = "one-1", **details: Any) -> Line:
    """A line that says that somebody carries a tag now."""
    return line("TAG_ADDED", one_id, "RULE", AT, tag=tag, **details)


@pytest.fixture
def tell(identity: Identity) -> Tell:
    """Writes lines in one unit, and has them numbered."""

    async def told(lines: Sequence[Line]) -> None:
        async def work(writer: Writer) -> None:
            write(writer, lines)

        await identity.graph.unit(work)
        await settled(identity.graph)

    return told
