"""When a saved segment is refreshed as a whole: every so often, or by a cron expression in a zone. Pure.

Days of the week are those of cron: 0 and 7 are Sunday. (APScheduler counts from Monday, so they are handed to
it by name.)
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from app.rules.ages import months_later
from app.rules.windows import Clock, length

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def schedule_problem(text: str) -> str | None:
    """What is wrong with a schedule; None for one that can be followed."""
    long = length(text)
    if long is not None:
        nothing = long.hours == 0 or (long.hours is None and not long.days and not long.months)
        return "a segment cannot be refreshed without a pause" if nothing else None
    try:
        _cron(text, "UTC")
    except ValueError as error:
        return f"{text!r} is neither a length nor a cron expression: {error}"
    return None


def due(text: str | None, last: datetime | None, clock: Clock) -> bool:
    """Whether a segment that was refreshed `last` is to be refreshed at the clock's moment."""
    if text is None or last is None:
        return False
    long = length(text)
    if long is not None:
        if long.months:
            return months_later(clock.day_of(last), long.months) <= clock.today
        return clock.as_of - last >= long.exact
    trigger = _cron(text, clock.zone.key)
    following = trigger.get_next_fire_time(None, last.astimezone(clock.zone) + timedelta(microseconds=1))
    return following is not None and following <= clock.as_of


@lru_cache(maxsize=500)
def _cron(text: str, zone: str) -> CronTrigger:
    fields = text.split()
    if len(fields) != 5:
        raise ValueError(f"{len(fields)} fields, and cron has five")
    minute, hour, day, month, week = fields
    if day != "*" and week != "*":
        raise ValueError("a day of the month and a day of the week cannot be asked for together")
    return CronTrigger(
        minute=minute,
        hour=hour,
        day=day,
        month=month,
        day_of_week=_week(week),
        second=0,
        timezone=ZoneInfo(zone),
    )


def _week(field: str) -> str:
    """The days of the week by name, each for itself."""
    if field == "*":
        return field
    found: list[str] = []
    for part in field.lower().split(","):
        span, _, step = part.partition("/")
        first, dash, last = ("0", "-", "6") if span == "*" else span.partition("-")
        start = _day(first)
        end = _day(last) if dash else start
        end += 7 if end < start else 0
        found += [_DAYS[day % 7] for day in range(start, end + 1, int(step or 1))]
    return ",".join(dict.fromkeys(found))


def _day(text: str) -> int:
    if text in _DAYS:
        return _DAYS.index(text)
    if text.isdecimal() and int(text) <= 7:
        return int(text)
    raise ValueError(f"{text!r} is no day of the week")
