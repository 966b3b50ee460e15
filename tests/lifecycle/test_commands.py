"""The commands of where people stand, as docs/lifecycle.md shows them."""

import pytest

from app.identity.service import Identity
from app.jobs.refresh_lifecycle import refresh_lifecycle
from tests.commands import Run
from tests.commands import oneid as oneid
from tests.ingest.conftest import Send
from tests.lifecycle.buying import NOON, ago, bought
from tests.lifecycle.conftest import Derive


async def test_what_the_commands_show(send: Send, derive: Derive, identity: Identity, oneid: Run) -> None:
    await send(*(bought("M1", f"d-{n}", ago(10 + 10 * n), "99.5", category="diaper") for n in range(4)))
    await derive(NOON)
    await refresh_lifecycle(identity, NOON)
    for shown, words in {
        "ACTIVE": ["lifecycle", "show", "--brand", "mumu"],
        "monetary": ["rfm", "--brand", "mumu"],
        "FIRST_CONTACT": ["journey", "customer"],
        "meanDays": ["repurchase", "diaper"],
    }.items():
        ran = oneid(*words)
        assert (ran.returncode, shown in ran.stdout) == (0, True), (words, ran)


@pytest.mark.parametrize(
    "words", [("lifecycle", "show", "--brand", "mumo"), ("rfm", "--brand", "mumo"), ("repurchase", "纸尿裤")]
)
def test_what_is_spelt_wrong(identity: Identity, oneid: Run, words: tuple[str, ...]) -> None:
    ran = oneid(*words)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "spelt in another way" in ran.stderr
