"""The jobs that there are: what each does, and when it is due."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
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
from app.jobs.model import Job, Outcome, Work
from app.jobs.reconcile import NAME as RECONCILE
from app.jobs.reconcile import reconcile
from app.jobs.refresh import Refreshing, refresh_dirty, refresh_due
from app.jobs.refresh_lifecycle import NAME as REFRESH_LIFECYCLE
from app.jobs.refresh_lifecycle import refresh_lifecycle
from app.jobs.refresh_segments import refresh_segments
from app.jobs.refresh_tags import refresh_tags
from app.settings import settings

KEEP_RUNS = timedelta(days=30)
_PRUNE_BATCH = 5000

_PRUNE = write_query("jobs/prune")


def _daily(hour: int, minute: int) -> Callable[[ZoneInfo], Any]:
    return lambda zone: CronTrigger(hour=hour, minute=minute, second=0, timezone=zone)


def _always(name: str, about: str, every: str, seconds: float, work: Work) -> Job:
    """A job that is at it all the time, and too often for a history of runs."""
    period = timedelta(seconds=seconds)
    return Job(
        name,
        about,
        f"every {every}",
        lambda zone: IntervalTrigger(seconds=seconds, timezone=zone),
        period,
        work,
        recorded=False,
    )


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
    _always(
        sequencer.NAME, "gives committed changes their number in the feed", "200 ms", 0.2, _sequence_changes
    ),
    _always(
        deliverer.NAME,
        "tells webhooks the lines of the feed that they ask for",
        "500 ms",
        0.5,
        _deliver_webhooks,
    ),
    _always(exporter.NAME, "writes the files of people that were asked for", "2 s", 2, _export_people),
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
