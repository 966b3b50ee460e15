"""One moment and one time zone: days, lengths, and the instants that a window lies between. Pure.

Every span is half-open: from an instant, to before another. A day starts at its first existing instant.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.rules.ages import months_later
from app.rules.parts import Window

TICK = timedelta(microseconds=1)  # facts have no finer time
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_LENGTH = re.compile(r"([0-9]{1,9})([dwmyh])")


class Span(NamedTuple):
    """From `start` to before `end`; None: without that end."""

    start: datetime | None
    end: datetime | None


class Length(NamedTuple):
    """How long: exact hours, or days and months of the calendar."""

    hours: int | None
    days: int
    months: int

    @property
    def exact(self) -> timedelta:
        """As a time that runs, a day being 24 hours. Of hours, days and weeks; at most some 100,000 years."""
        hours = self.hours if self.hours is not None else self.days * 24
        return timedelta(hours=min(hours, 876_000_000))


def length(text: str) -> Length | None:
    """A length: `90d`, `2w`, `3m`, `1y`, `48h`. None for what is none."""
    found = _LENGTH.fullmatch(text)
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    if unit == "h":
        return Length(number, 0, 0)
    days = number * {"d": 1, "w": 7}.get(unit, 0)
    return Length(None, days, number * {"m": 1, "y": 12}.get(unit, 0))


@dataclass(frozen=True)
class Clock:
    """The moment that an evaluation is for, and the zone whose days count."""

    as_of: datetime
    zone: ZoneInfo

    @classmethod
    def utc(cls, day: date) -> "Clock":
        """A clock of UTC, at the start of a day."""
        return cls(datetime(day.year, day.month, day.day, tzinfo=UTC), ZoneInfo("UTC"))

    @cached_property
    def today(self) -> date:
        """The local day of the moment."""
        return self.day_of(self.as_of)

    @cached_property
    def now(self) -> datetime:
        """Just after the moment: what happened before it exists."""
        return self.as_of.astimezone(UTC) + TICK

    def day_of(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self.zone).date()

    def start(self, day: date) -> datetime:
        """The first instant of the day that exists here; of a day that was skipped, of the one after it."""
        try:
            midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
            early, late = (midnight.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
            if late.astimezone(self.zone).replace(tzinfo=None) == midnight.replace(tzinfo=None):
                return late
        except OverflowError:
            return FIRST if day.year < 5000 else LAST
        # Midnight was skipped: between the two readings of it the clock went forward, at a whole second.
        while late - early > timedelta(seconds=1):
            middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
            early, late = (early, middle) if self.day_of(middle) >= day else (middle, late)
        return late

    def end(self, day: date) -> datetime:
        """The first instant after the day."""
        return LAST if day == date.max else self.start(day + timedelta(days=1))

    def edge(self, number: int) -> datetime:
        """The first instant that is less than so many days before today."""
        try:
            return self.start(self.today - timedelta(days=number - 1))
        except OverflowError:
            return FIRST if number > 0 else LAST

    def back(self, back: Length) -> datetime:
        """So long ago: exactly in hours, else the start of the day so many days or months ago."""
        if back.hours is None:
            return self.start(self.day_back(back))
        try:
            return self.as_of.astimezone(UTC) - back.exact
        except OverflowError:
            return FIRST

    def day_back(self, back: Length) -> date:
        """The day so many days or months before today; the first of all days where there is none."""
        try:
            return months_later(self.today, -back.months) - timedelta(days=back.days)
        except OverflowError:
            return date.min

    def day_ahead(self, ahead: Length) -> date:
        """The day so many days or months after today; the last of all days where there is none."""
        try:
            return months_later(self.today, ahead.months) + timedelta(days=ahead.days)
        except OverflowError:
            return date.max

    def moment(self, text: str) -> date | datetime | None:
        """A date, or a date-time, in the zone where it has no offset. None for a text that is neither."""
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
            if not _TIME.fullmatch(text):
                return None
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def span(self, moment: date | datetime) -> tuple[datetime, datetime]:
        """A day from its first instant to its end, or a moment and just after it."""
        if isinstance(moment, datetime):
            return moment, moment + TICK if moment < LAST else LAST
        return self.start(moment), self.end(moment)


def span(window: Window | None, clock: Clock) -> Span:
    """What lies in the window, up to the clock's moment. The window is one that `check` finds nothing wrong
    with.
    """
    start, end = _ends(window, clock)
    return Span(start, clock.now if end is None else min(end, clock.now))


def _ends(window: Window | None, clock: Clock) -> Span:
    if window is None or window.ever:
        return Span(None, None)
    if window.last is not None:
        return Span(clock.back(_sure(window.last)), None)
    if window.ago is not None:
        first, second = window.ago
        return Span(clock.back(_sure(first)), clock.back(_sure(second)))
    if window.between is not None:
        first, second = window.between
        return Span(_edge(first, clock)[0], _edge(second, clock)[1])
    if window.from_ is not None:
        return Span(_edge(window.from_, clock)[0], None)
    assert window.until is not None  # noqa: S101 - a window has exactly one key
    return Span(None, _edge(window.until, clock)[1])


def _edge(text: str, clock: Clock) -> tuple[datetime, datetime]:
    moment = clock.moment(text)
    assert moment is not None, text  # noqa: S101 - checked
    return clock.span(moment)


def _sure(text: str) -> Length:
    found = length(text)
    assert found is not None, text  # noqa: S101 - checked
    return found
