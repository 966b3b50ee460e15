"""The jobs that there are: what each does, when it is due, and what a run of it came to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from app.errors import BadInput
from app.feed import pruning
from app.feed.sending import Sending
from app.graph.queries import write_query
from app.identity.health import store as health_store
from app.identity.live import maintenance
from app.identity.match import run as match_run
from app.identity.service import Identity
from app.jobs import deliverer, exporter, sequencer
from app.jobs.reconcile import NAME as RECONCILE
from app.jobs.reconcile import reconcile
from app.jobs.refresh import Refreshing, refresh_dirty, refresh_due
from app.jobs.refresh_lifecycle import NAME as REFRESH_LIFECYCLE
from app.jobs.refresh_lifecycle import refresh_lifecycle
from app.jobs.refresh_segments import refresh_segments
from app.jobs.refresh_tags import refresh_tags
from app.settings import settings

GRACE = timedelta(hours=4)
"""What was due while no process was up is made good within this time."""

KEEP_RUNS = timedelta(days=30)
_PRUNE_BATCH = 5000

_PRUNE = write_query("jobs/prune")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: counts by name, and what it left out because it failed (never a personal value)."""

    counts: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


Work = Callable[[Identity, datetime], Awaitable[Outcome]]
"""What a job does, at the one time that its whole run is for. Its writes go through `identity.graph`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job. `trigger` is APScheduler's. One that is not `recorded` runs too often for a history of runs."""

    name: str
    about: str
    schedule: str
    trigger: Callable[[ZoneInfo], Any]
    period: timedelta
    work: Work
    recorded: bool = True

    def next_slot(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first time after `now` that it is due, in UTC."""
        return _utc(self.trigger(zone).get_next_fire_time(None, now))

    def latest_slot(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The last time up to `now` that it was due, in UTC; None when that is too long ago to make good.

        The same for every process, whenever it was started: it is what they claim.
        """
        trigger, slot = self.trigger(zone), None
        due = trigger.get_next_fire_time(None, now - 2 * self.period)
        while due <= now:
            slot = due
            due = trigger.get_next_fire_time(due, due + timedelta(seconds=1))
        return _utc(slot) if slot is not None and now - slot <= GRACE else None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _daily(hour: int, minute: int) -> Callable[[ZoneInfo], Any]:
    return lambda zone: CronTrigger(hour=hour, minute=minute, second=0, timezone=zone)


async def _sequence_changes(identity: Identity, _: datetime) -> Outcome:
    return Outcome({"complete": await sequencer.settled(identity.graph)})


async def _deliver_webhooks(identity: Identity, _: datetime) -> Outcome:
    sending = Sending.of(identity.graph.settings or settings())
    return Outcome(dict(await deliverer.Deliverer(identity, sending).settled()))


async def _export_people(identity: Identity, _: datetime) -> Outcome:
    return Outcome(dict(await exporter.export_waiting(identity)))


async def _replay_pending(identity: Identity, _: datetime) -> Outcome:
    return Outcome({"replayed": await maintenance.replay_pending(identity)})


async def _expire_evidence(identity: Identity, as_of: datetime) -> Outcome:
    return Outcome({"expired": await maintenance.expire(identity, as_of)})


async def _match_accounts(identity: Identity, _: datetime) -> Outcome:
    """What the match rules of the policy find; where there are none, what they once found goes."""
    return Outcome(dict((await match_run.run(identity)).changed))


async def _measure_health(identity: Identity, _: datetime) -> Outcome:
    return Outcome(await health_store.measure_apart(identity))


def _derived(work: Callable[[Identity, datetime], Awaitable[Refreshing]]) -> Work:
    """The work of a run that takes people through derivations."""

    async def run(identity: Identity, as_of: datetime) -> Outcome:
        done = await work(identity, as_of)
        return Outcome(dict(sorted(done.counts.items())), tuple(done.failures))

    return run


async def _prune(identity: Identity, as_of: datetime) -> Outcome:
    """Job history past its keep time, and lines of the feed where the deployment says for how long."""
    days = (identity.graph.settings or settings()).changes_keep_days
    dropped = await exporter.drop_expired(identity, as_of)
    counts: dict[str, int] = {"exports": dropped} if dropped else {}
    if days is not None:
        counts["changes"] = await pruning.prune(identity.graph, as_of - timedelta(days=days))
    pruned = 0
    while True:
        rows = await identity.graph.unit(
            lambda writer: writer.rows(_PRUNE, before=as_of - KEEP_RUNS, limit=_PRUNE_BATCH)
        )
        if not (count := int(rows[0]["pruned"])):
            return Outcome(counts | {"runs": pruned})
        pruned += count


JOBS = (
    Job(
        sequencer.NAME,
        "gives committed changes their number in the feed",
        "every 200 ms",
        lambda zone: IntervalTrigger(seconds=0.2, timezone=zone),
        timedelta(milliseconds=200),
        _sequence_changes,
        recorded=False,
    ),
    Job(
        deliverer.NAME,
        "tells webhooks the lines of the feed that they ask for",
        "every 500 ms",
        lambda zone: IntervalTrigger(seconds=0.5, timezone=zone),
        timedelta(milliseconds=500),
        _deliver_webhooks,
        recorded=False,
    ),
    Job(
        exporter.NAME,
        "writes the files of people that were asked for",
        "every 2 s",
        lambda zone: IntervalTrigger(seconds=2, timezone=zone),
        timedelta(seconds=2),
        _export_people,
        recorded=False,
    ),
    Job(
        "replay-pending",
        "decides the clusters that were too large to decide while somebody waited",
        "every minute",
        lambda zone: CronTrigger(second=0, timezone=zone),
        timedelta(minutes=1),
        _replay_pending,
    ),
    Job(
        "refresh-relationships",
        "derives anew what changes touched: attributes, aggregates, tags, stages and segments",
        "every 5 minutes",
        lambda zone: CronTrigger(minute="*/5", second=0, timezone=zone),
        timedelta(minutes=5),
        _derived(refresh_dirty),
    ),
    Job(
        "refresh-due",
        "moves what the calendar alone changes: tags, stages and segments of people whose day has come",
        "daily 00:05",
        _daily(0, 5),
        timedelta(days=1),
        _derived(refresh_due),
    ),
    Job(
        "refresh-tags",
        "takes everybody through the tags whose definitions have changed",
        "every 5 minutes",
        lambda zone: CronTrigger(minute="2-59/5", second=0, timezone=zone),
        timedelta(minutes=5),
        _derived(refresh_tags),
    ),
    Job(
        "refresh-segments",
        "refreshes the saved segments whose schedule says so, and those that were defined anew",
        "every minute, each segment by its schedule",
        lambda zone: CronTrigger(second=0, timezone=zone),
        timedelta(minutes=1),
        _derived(refresh_segments),
    ),
    Job(
        REFRESH_LIFECYCLE,
        "walks everybody's stages and journeys, and works out RFM scores and repurchase cycles anew",
        "daily 01:00",
        _daily(1, 0),
        timedelta(days=1),
        _derived(refresh_lifecycle),
    ),
    Job(
        "expire-evidence",
        "takes out identifiers that were not seen for their kind's ttl",
        "daily 00:15",
        _daily(0, 15),
        timedelta(days=1),
        _expire_evidence,
    ),
    Job(
        "match-accounts",
        "proposes links by the policy's match rules, and withdraws what no longer holds",
        "hourly at :20",
        lambda zone: CronTrigger(minute=20, second=0, timezone=zone),
        timedelta(hours=1),
        _match_accounts,
    ),
    Job(
        "measure-health",
        "measures the graph, for `graphHealth`",
        "daily 01:30",
        _daily(1, 30),
        timedelta(days=1),
        _measure_health,
    ),
    Job(
        RECONCILE,
        "compares everything derived with a full recompute, and repairs what differs",
        "weekly, Sunday 03:00",
        lambda zone: CronTrigger(day_of_week="sun", hour=3, minute=0, second=0, timezone=zone),
        timedelta(days=7),
        _derived(reconcile),
    ),
    Job(
        "prune",
        f"drops the history of runs after {KEEP_RUNS.days} days, and lines of the feed past their keep time",
        "daily 00:30",
        _daily(0, 30),
        timedelta(days=1),
        _prune,
    ),
)


def job_named(name: str) -> Job:
    """The job of that name; raises BadInput (UNKNOWN_JOB) with the name that may have been meant."""
    known = {job.name: job for job in JOBS}
    if name in known:
        return known[name]
    close = get_close_matches(name, known, n=1)
    raise BadInput(
        f"no job is called {name}",
        code="UNKNOWN_JOB",
        field=("name",),
        suggestion=f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}",
    )
