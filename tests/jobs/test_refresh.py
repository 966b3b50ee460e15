"""Who is derived anew, the dirty and the due, and that nobody is lost, whatever fails meanwhile."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import TimedOut, Unavailable
from app.identity.service import Identity
from app.jobs import refresh
from app.jobs.catalogue import job_named
from app.jobs.derivations import Derivation
from app.jobs.history import runs
from app.jobs.lease import Held
from app.jobs.model import Job, Outcome
from app.jobs.refresh import TooManyFailures, refresh_dirty, refresh_due
from app.jobs.run import Ran, run
from app.settings import ROOT
from tests.jobs.conftest import Cypher

AT = datetime(2026, 3, 1, 4, tzinfo=UTC)
"""Noon of 1 March in the deployment's zone."""
_DIRTY = "MATCH (p:Person) WHERE p.dirtyAt IS NOT NULL RETURN p.oneId AS one_id ORDER BY one_id"


class Seeing:
    """A derivation that notes whom it was asked for, and fails for some."""

    def __init__(self, *poisonous: str, error: Exception | None = None) -> None:
        self.asked: list[list[str]] = []
        self.done: list[str] = []
        self.poisonous, self.error = set(poisonous), error or ValueError("13912345678")

    async def __call__(self, _: Identity, one_ids: Sequence[str], __: datetime) -> Counter[str]:
        self.asked.append(list(one_ids))
        if self.poisonous & set(one_ids):
            raise self.error
        self.done += one_ids
        return Counter(seen=len(one_ids))

    def steps(self) -> list[Derivation]:
        """The only derivation of a run."""
        return [Derivation("test", self)]


async def _people(cypher: Cypher, count: int, dirty: datetime | None = None) -> list[str]:
    """So many people, all dirty since then."""
    await cypher(
        "UNWIND range(1, $count) AS n CREATE (:Person {oneId: 'P' + right('000' + n, 4), status: 'ACTIVE', "
        "born: toString(n), name: 'P', dirtyAt: $dirty})",
        count=count,
        dirty=dirty,
    )
    return [f"P{n:04}" for n in range(1, count + 1)]


async def _dirty(cypher: Cypher) -> list[str]:
    return [row["one_id"] for row in await cypher(_DIRTY)]


async def test_the_dirty_are_derived_and_clean_then(
    identity: Identity, cypher: Cypher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "STEP", 3)
    people = await _people(cypher, 7, AT - timedelta(hours=1))
    await cypher("CREATE (:Person {oneId: 'clean', status: 'ACTIVE', born: 'c'})")
    await cypher(
        "CREATE (:Person {oneId: 'later', status: 'ACTIVE', born: 'l', dirtyAt: $at})", at=AT + timedelta(1)
    )
    seeing = Seeing()
    done = await refresh_dirty(identity, AT, seeing.steps())
    assert seeing.asked == [people[:3], people[3:6], people[6:]]
    assert (done.counts, done.failures) == ({"people": 7, "test_seen": 7}, [])
    assert await _dirty(cypher) == ["later"]


async def test_who_is_touched_meanwhile_stays_dirty(identity: Identity, cypher: Cypher) -> None:
    people = await _people(cypher, 3, AT)

    async def touched(own: Identity, one_ids: Sequence[str], _: datetime) -> Counter[str]:
        # Dated before the mark that was read, as by a process whose clock is behind.
        await cypher(
            "MATCH (p:Person {oneId: $id}) SET p.dirtyAt = $at", id=people[1], at=AT - timedelta(minutes=10)
        )
        return Counter()

    await refresh_dirty(identity, AT, [Derivation("test", touched)])
    assert await _dirty(cypher) == [people[1]]


async def test_one_poisonous_person_is_left_alone(identity: Identity, cypher: Cypher) -> None:
    people = await _people(cypher, 20, AT)
    seeing = Seeing(people[4], people[5], error=TimedOut("too long"))
    done = await refresh_dirty(identity, AT, seeing.steps())
    assert done.failures == [people[4], people[5]]
    assert sorted(seeing.done) == [one for one in people if one not in done.failures]
    assert await _dirty(cypher) == done.failures
    mended = Seeing()
    await refresh_dirty(identity, AT, mended.steps())
    assert mended.done == done.failures
    assert await _dirty(cypher) == []


async def test_a_run_with_a_poisonous_person_is_partial(identity: Identity, cypher: Cypher) -> None:
    people = await _people(cypher, 5, AT)
    seeing = Seeing(people[2])

    async def work(own: Identity, as_of: datetime) -> Outcome:
        done = await refresh_dirty(own, as_of, seeing.steps())
        return Outcome(dict(done.counts), tuple(done.failures))

    job = Job("work", "", "", lambda zone: None, timedelta(days=1), work)
    ran = await run(identity, job, AT)
    assert isinstance(ran, Ran)
    assert (ran.status, ran.failures, ran.counts) == ("PARTIAL", (people[2],), {"people": 4, "test_seen": 4})
    (kept,) = await runs(identity.graph.reader(), ["work"], 1)
    assert (kept.status, kept.failures) == ("PARTIAL", (people[2],))


async def test_a_failing_database_or_program_is_nobodys_fault(
    identity: Identity, cypher: Cypher, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await _people(cypher, 12, AT)
    with pytest.raises(Unavailable):
        await refresh_dirty(identity, AT, Seeing(people[0], error=Unavailable("gone")).steps())
    monkeypatch.setattr(refresh, "MOST_FAILURES", 5)
    with pytest.raises(TooManyFailures):
        await refresh_dirty(identity, AT, Seeing(*people).steps())
    assert await _dirty(cypher) == people


async def test_the_due_by_their_own_days_and_their_dependents(identity: Identity, cypher: Cypher) -> None:
    await _people(cypher, 4)
    await cypher(
        "MATCH (a:Person {oneId: 'P0001'}), (b:Person {oneId: 'P0002'}), (c:Person {oneId: 'P0003'}) "
        "SET a.nextDue = date('2026-03-01'), b.nextDue = date('2026-03-02') "
        "CREATE (:Dependent {key: 'd-1', nextDue: date('2026-02-28')})-[:DEPENDENT_OF]->"
        "(:Identifier {key: 'i-1'})-[:IDENTIFIES]->(c), "
        "(:Dependent {key: 'd-2', nextDue: date('2026-02-28')})"
    )
    seeing = Seeing()
    done = await refresh_due(
        identity, AT, [*seeing.steps(), Derivation("never", Seeing("P0001"), calendar=False)]
    )
    assert seeing.done == ["P0001", "P0003"]
    assert (done.counts["dependents"], done.failures) == (2, [])
    assert await cypher("MATCH (d:Dependent {key: 'd-2'}) RETURN d.nextDue AS due") == [{"due": None}]


async def test_two_processes_and_one_slot(
    identity: Identity, environment: dict[str, str], cypher: Cypher
) -> None:
    """The command in a process of its own and this one: each dirty person once, the slot done once."""
    await _people(cypher, 30, AT)
    command = [sys.executable, "-m", "tests.jobs.refreshing", AT.isoformat()]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    communicated = asyncio.create_task(process.communicate(b"\n"))
    here = [await run(identity, job_named("refresh-relationships"), AT) for _ in range(3)]
    out, _ = await communicated
    ended = [("Ran" if isinstance(one, Ran) else "Held" if isinstance(one, Held) else "None") for one in here]
    assert (ended + out.decode().split()).count("Ran") == 1
    assert await _dirty(cypher) == []
    (kept,) = await runs(identity.graph.reader(), ["refresh-relationships"], 10)
    assert (kept.status, kept.attempts, kept.counts["people"]) == ("DONE", 1, 30)
