"""How old somebody is: one definition, in days, months and years. Pure.

Age in months is 12 x the years between plus the months between, less 1 when today's day of the month is the
smaller; years are months / 12 rounded down. So who was born on 29 February turns a year older on 1 March, and
the day before a due date is -1.

A test of an age becomes one of the birthday: `born_before(n)` is the first birthday that is too late for an
age of n, so that the database compares dates alone and cannot come to another answer.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Edge = Callable[[int], date]


def age_days(birthday: date, today: date) -> int:
    """Whole days; negative before the day."""
    return (today - birthday).days


def age_months(birthday: date, today: date) -> int:
    """Whole months; negative before the day."""
    months = 12 * (today.year - birthday.year) + today.month - birthday.month
    return months - (today.day < birthday.day)


def age_years(birthday: date, today: date) -> int:
    """Whole years: months / 12, rounded down."""
    return age_months(birthday, today) // 12


def in_month(index: int, day: int) -> date:
    """That day of a month, or its last; months are counted from January of the year 0.

    Raises OverflowError outside the years 1 to 9999.
    """
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("no date")
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month. Raises OverflowError."""
    return in_month(12 * day.year + day.month - 1 + months, day.day)


def born_before(today: date, unit: str) -> Edge:
    """For an age in `ageDays`, `ageMonths` or `ageYears`: n -> the first birthday of whom is younger than n.

    Ages fall as birthdays grow, so at least n is a birthday before it, and exactly n one from that of n + 1
    on.
    """
    size = {"ageDays": 0, "ageMonths": 1, "ageYears": 12}[unit]

    def edge(number: int) -> date:
        try:
            last = months_later(today, -number * size) if size else today - timedelta(days=number)
            return last + timedelta(days=1)
        except OverflowError:
            return date.min if number > 0 else date.max

    return edge
