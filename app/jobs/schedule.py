"""The jobs of a service while it runs: APScheduler says when, the graph says who and whether still.

Every replica runs this. APScheduler 3 does not coordinate them, so being woken means nothing yet: a run
begins with the job's lease and the claim of its slot (`run`). A slot that no process finished, because none
was up or the one that had it was killed, is made good by whoever looks first (`catch-up`, every minute).
"""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from app.feed.sending import Sending
from app.graph.queries import read_query, write_query
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.jobs import deliverer, exporter, sequencer
from app.jobs.catalogue import JOBS
from app.jobs.deliverer import Deliverer
from app.jobs.exporter import Exporter
from app.jobs.model import GRACE, Job
from app.jobs.run import run, told
from app.jobs.sequencer import Sequencer
from app.settings import settings

STOPPING = 10.0  # seconds that a run may take to finish when the service stops

_REGISTER = write_query("jobs/register")
_UNDONE = read_query("jobs/undone")

log = structlog.get_logger(__name__)
# At 200 ms it would say every time that a tick took longer; what matters is logged here.
logging.getLogger("apscheduler").setLevel(logging.ERROR)


class Schedule:
    """The jobs of one process, begun by `start`."""

    def __init__(self, identity: Identity, zone: ZoneInfo, jobs: Sequence[Job]) -> None:
        # A count of calls of its own: what requests send is counted, and held to numbers.
        graph = Graph(identity.graph.driver, identity.graph.database)
        graph.settings = identity.graph.settings
        self._identity, self._zone = Identity(graph, identity.keyring, identity.state), zone
        self._jobs = {job.name: job for job in jobs}
        sending = Sending.of(identity.graph.settings or settings())
        self._ticking: dict[str, Sequencer | Deliverer | Exporter] = {
            sequencer.NAME: Sequencer(graph),
            deliverer.NAME: Deliverer(self._identity, sending),
            exporter.NAME: Exporter(self._identity),
        }
        self._failing: set[str] = set()
        self._active: set[asyncio.Future[object]] = set()
        self.scheduler = AsyncIOScheduler(
            timezone=zone,
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": int(GRACE.total_seconds()),
            },
        )

    async def begin(self) -> None:
        """Writes down which jobs there are, and begins to run them."""
        jobs = self._jobs.values()
        rows = [{"name": job.name, "about": job.about, "schedule": job.schedule} for job in jobs]
        await self._identity.graph.unit(lambda writer: writer.rows(_REGISTER, jobs=rows))
        for job in jobs:
            due = self._due if job.recorded else self._tick
            self.scheduler.add_job(due, job.trigger(self._zone), [job], id=job.name, name=job.name)
        every_minute = IntervalTrigger(minutes=1, timezone=self._zone)
        now = datetime.now(self._zone)
        self.scheduler.add_job(self._catch_up, every_minute, id="catch-up", next_run_time=now)
        self.scheduler.start()

    async def stop(self) -> None:
        """Begins nothing more, lets what runs finish for ten seconds, and gives leases back."""
        self.scheduler.pause()
        active = set(self._active)
        if active:
            _, late = await asyncio.wait(active, timeout=STOPPING)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self.scheduler.shutdown(wait=False)
        for ticking in self._ticking.values():
            await self._quietly("stop", ticking.close())

    async def _tick(self, job: Job) -> None:
        await self._quietly(job.name, self._ticking[job.name].tick())

    async def _due(self, job: Job) -> None:
        if slot := job.latest_slot(datetime.now(UTC), self._zone):
            await self._quietly(job.name, run(self._identity, job, slot))

    async def _catch_up(self) -> None:
        await self._quietly("catch-up", self.catch_up(datetime.now(UTC)))

    async def catch_up(self, now: datetime) -> None:
        """Runs the latest slots up to `now` that nobody has finished or is at."""
        slots = {
            name: slot
            for name, job in self._jobs.items()
            if job.recorded and (slot := job.latest_slot(now, self._zone))
        }
        due = [{"job": name, "slot": slot} for name, slot in slots.items()]
        for row in await self._identity.graph.reader().rows(_UNDONE, slots=due):
            await run(self._identity, self._jobs[row["job"]], slots[row["job"]])

    async def _quietly(self, name: str, work: Awaitable[object]) -> None:
        """Awaits the work; a failure is logged when it begins and when it is over, not at every tick."""
        task = asyncio.ensure_future(work)
        self._active.add(task)
        try:
            await task
        except Exception as error:  # whatever it is, the next time has its chance
            if name not in self._failing:
                log.error("job_not_run", job=name, error=told(error))
            self._failing.add(name)
        except asyncio.CancelledError:
            log.warning("job_stopped", job=name)  # it took too long for a service that stops
        else:
            if name in self._failing:
                log.info("job_runs_again", job=name)
            self._failing.discard(name)
        finally:
            self._active.discard(task)


async def start(identity: Identity, zone: ZoneInfo, jobs: Sequence[Job] = JOBS) -> Schedule:
    """Begins to run the jobs in this process, on the identity's graph; daily ones by the clock of `zone`."""
    schedule = Schedule(identity, zone, jobs)
    await schedule.begin()
    return schedule
