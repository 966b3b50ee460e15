"""Days, lengths and windows as the page of the rule language says them, by the standard library alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

HOURS = {"h": 1, "d": 24, "w": 168}
Holds = Callable[[datetime], bool]


@dataclass(frozen=True)
class Clock:
    """The one moment and the one time zone of an evaluation."""

    as_of: datetime
    zone: ZoneInfo

    @cached_property
    def today(self) -> date:
        return self.day_of(self.as_of)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def start(self, day: date) -> datetime:
        """The first instant of a day that exists there."""
        midnight = datetime.combine(day, time(), self.zone).astimezone(UTC)
        if midnight.astimezone(self.zone).replace(tzinfo=None) == datetime.combine(day, time()):
            return midnight
        early, late = midnight - timedelta(days=2), midnight + timedelta(days=2)
        while late - early > timedelta(
            microseconds=1
        ):  # midnight is skipped: the day starts where it resumes
            middle = early + (late - early) / 2
            early, late = (early, middle) if self.day_of(middle) >= day else (middle, late)
        return late

    def literal(self, text: str) -> date | datetime:
        """A date, or an instant; a date-time without an offset is in the zone."""
        if len(text) == 10:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        return (moment.replace(tzinfo=self.zone) if moment.tzinfo is None else moment).astimezone(UTC)

    def back(self, length: str) -> date:
        """That many days, weeks, months or years before today."""
        return moved(self.today, length, -1)

    def onward(self, length: str) -> date:
        return moved(self.today, length, 1)


def parts(length: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+)([hdwmy])", length)
    assert found, length
    return int(found[1]), found[2]


def hours(length: str) -> timedelta:
    number, unit = parts(length)
    return timedelta(hours=number * HOURS[unit])


def moved(day: date, length: str, sign: int) -> date:
    """Months and years clamp to the end of the month."""
    number, unit = parts(length)
    if unit in "dw":
        return day + sign * timedelta(days=number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + sign * number * (12 if unit == "y" else 1)
    return clamped(months // 12, months % 12 + 1, day.day)


def clamped(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
            if day < 28:
                raise


def months_between(birthday: date, today: date) -> int:
    months = 12 * (today.year - birthday.year) + today.month - birthday.month
    return months - (1 if today.day < birthday.day else 0)


def ages(birthday: date | None, today: date) -> dict[str, int | None]:
    """Age in days, months and years; before the first day all of them are below 0."""
    if birthday is None:
        return {"ageDays": None, "ageMonths": None, "ageYears": None}
    months = months_between(birthday, today)
    return {"ageDays": (today - birthday).days, "ageMonths": months, "ageYears": months // 12}


def window(within: dict[str, Any] | None, clock: Clock) -> Holds:
    """What a window says of an instant; what lies after asOf does not exist, whatever it says."""
    if not within:
        return lambda moment: True
    ((form, said),) = within.items()
    return FORMS[form](said, clock)


def _last(length: str, clock: Clock) -> Holds:
    since = clock.as_of - hours(length) if length.endswith("h") else clock.start(clock.back(length))
    return lambda moment: since <= moment <= clock.as_of


def _between(ends: list[str], clock: Clock) -> Holds:
    first, last = _from(ends[0], clock), _until(ends[1], clock)
    return lambda moment: first(moment) and last(moment)


def _from(said: str, clock: Clock) -> Holds:
    edge = clock.literal(said)
    since = edge if isinstance(edge, datetime) else clock.start(edge)
    return lambda moment: moment >= since


def _until(said: str, clock: Clock) -> Holds:
    edge = clock.literal(said)
    if isinstance(edge, datetime):
        return lambda moment: moment <= edge
    end = clock.start(edge + timedelta(days=1))
    return lambda moment: moment < end


def _ago(ends: list[str], clock: Clock) -> Holds:
    # reading: "from the midnight 14 days back to before the midnight 7 days back" speaks of days; hours are
    # taken exactly, as in `last`.
    first, before = (
        clock.as_of - hours(one) if one.endswith("h") else clock.start(clock.back(one)) for one in ends
    )
    return lambda moment: first <= moment < before


def _ever(said: bool, clock: Clock) -> Holds:
    return lambda moment: True


FORMS: dict[str, Callable[[Any, Clock], Holds]] = {
    "last": _last,
    "between": _between,
    "from": _from,
    "until": _until,
    "ago": _ago,
    "ever": _ever,
}
