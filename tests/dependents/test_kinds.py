"""What a deployment declares of dependents, and what is computed of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dependents.computed import Known, computed, weeks_before
from app.dependents.kinds import declared, parse, problems
from app.errors import Misconfigured
from app.graph.sessions import Graph
from app.rules.ages import age_days, age_months, age_years

KINDS = declared()
_AGES = """
UNWIND $rows AS row
WITH date(row[0]) AS born, date(datetime({datetime: row[1], timezone: row[2]})) AS day
WITH born, day, 12 * (day.year - born.year) + day.month - born.month
  - CASE WHEN day.day < born.day THEN 1 ELSE 0 END AS months
RETURN toString(day) AS day, duration.inDays(born, day).days AS days, months,
  toInteger(floor(months / 12.0)) AS years
"""


@pytest.mark.parametrize(
    ("born", "day", "days", "months", "years"),
    [
        ("2025-08-31", "2026-02-28", 181, 5, 0),
        ("2025-08-31", "2026-03-31", 212, 7, 0),
        ("2024-02-29", "2025-02-28", 365, 11, 0),
        ("2024-02-29", "2025-03-01", 366, 12, 1),
        ("2026-05-02", "2026-05-01", -1, -1, -1),
        ("2026-05-01", "2026-05-01", 0, 0, 0),
    ],
)
def test_ages_as_they_are_defined(born: str, day: str, days: int, months: int, years: int) -> None:
    birthday, today = date.fromisoformat(born), date.fromisoformat(day)
    assert (age_days(birthday, today), age_months(birthday, today), age_years(birthday, today)) == (
        days,
        months,
        years,
    )


_ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia"])
_EDGES = st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2025, 8, 31), date(2026, 3, 29)])
_DAYS = st.one_of(_EDGES, st.dates(date(2015, 1, 1), date(2030, 1, 1)))
_TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


async def test_the_database_comes_to_the_same_ages(migrated: Graph) -> None:
    rows: list[tuple[date, datetime, str]] = []

    @settings(max_examples=300, deadline=None, database=None)
    @given(_DAYS, _TIMES, _ZONES)
    def collect(born: date, at: datetime, zone: str) -> None:
        rows.append((born, at, zone))

    collect()
    # An hour on either side of where clocks change.
    for zone, change in (("Europe/Berlin", "2026-03-29T01:00"), ("America/New_York", "2026-11-01T06:00")):
        for hours in range(-30, 31):
            at = datetime.fromisoformat(f"{change}:00+00:00") + timedelta(hours=hours)
            rows.append((date(2025, 8, 31), at, zone))
    sent = [[born.isoformat(), at, zone] for born, at, zone in rows]
    found = await migrated.reader().compiled(_AGES, {"rows": sent})
    for (born, at, zone), row in zip(rows, found, strict=True):
        today = at.astimezone(ZoneInfo(zone)).date()
        here = [today.isoformat(), age_days(born, today), age_months(born, today), age_years(born, today)]
        assert row.values() == here, (born, at, zone)


@pytest.mark.parametrize(
    ("left", "week"), [(281, None), (280, 0), (274, 0), (273, 1), (7, 39), (1, 39), (0, None), (-1, None)]
)
def test_the_pregnancy_week_is_counted_back_from_the_due_date(left: int, week: int | None) -> None:
    today = date(2026, 5, 1)
    assert weeks_before(today + timedelta(days=left), 40, today) == week
    assert weeks_before(None, 40, today) is None


@pytest.mark.parametrize(
    ("kind", "days", "numbers", "events", "expected"),
    [
        ("BABY", {"birthday": "2026-06-01"}, {}, {},
         {"ageDays": -31, "ageMonths": -1, "ageYears": -1, "pregnancyWeek": 35, "daysUntilDue": 31}),
        ("APPLIANCE", {"purchased": "2026-01-31", "order": "2026-01-30"}, {"warranty_months": 1},
         {"care": "2026-04-30"},
         {"daysSincePurchase": 90, "daysSinceCare": 1, "warrantyDaysLeft": -62}),
        ("APPLIANCE", {"order": "2026-01-30", "warranty_until": "2026-05-11"}, {"warranty_months": 1}, {},
         {"daysSincePurchase": 91, "warrantyDaysLeft": 10}),
        ("APPLIANCE", {}, {"warranty_months": 24}, {"check-in": "2026-04-30"}, {}),
        ("PET", {"vaccinated": "2026-04-01"}, {}, {"care": "2026-03-01", "check-in": "2026-04-01"},
         {"daysSinceVaccination": 30, "daysSinceCare": 30}),
    ],
)  # fmt: skip
def test_what_is_computed_of_each_kind(
    kind: str, days: Any, numbers: Any, events: Any, expected: dict[str, int]
) -> None:
    known = Known(
        {name: date.fromisoformat(day) for name, day in days.items()},
        numbers,
        {name: date.fromisoformat(day) for name, day in events.items()},
    )
    assert computed(KINDS.kinds[kind], known, date(2026, 5, 1)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"kind": "baby", "birthday": date(2026, 1, 1)}, []),
        ({"kind": "BABY"}, [("MISSING_ATTRIBUTE", ("birthday",), False)]),
        ({"kind": "CAR"}, [("UNKNOWN_KIND", ("kind",), True)]),
        ({"kind": "PET",
          "attributes": {"weight": "4 kg", "species": "dragon", "vaccinated": "soon", "chip": 7}},
         [("TYPE_MISMATCH", ("attributes", name), True) for name in ("species", "weight", "vaccinated")]),
        ({"kind": "PET", "attributes": {"weight": 4.2, "species": "cat", "vaccinated": "2026-01-01"}}, []),
    ],
)  # fmt: skip
def test_what_observations_say_is_checked(said: dict[str, Any], expected: list[Any]) -> None:
    found = problems({"key": "d1"} | said, KINDS)
    assert [(one.code, one.field, one.refused) for one in found] == expected
    assert "dragon" not in str(found)


def test_every_mistake_of_the_file_is_told_at_once() -> None:
    text = """
kinds:
  PET:
    label: Person
    attributes: {a: {type: choice}, b: {type: colour}}
    computed: {x: {age: birthday, unit: weeks}, y: {since: 1}}
  cat: {label: Cat}
  DOG:
    label: Dog
    natural_key: [chip]
    computed: {x: {days_since: [chip]}, y: {days_until: birthday, months: n}}
"""
    with pytest.raises(Misconfigured) as wrong:
        parse(text)
    for path in (
        "kinds.PET.attributes.a", "kinds.PET.attributes.b.type", "kinds.PET.computed.x.unit",
        "kinds.PET.computed.y", "kinds.cat", "kinds.DOG",
    ):  # fmt: skip
        assert path in wrong.value.message
    chip = "attributes: {chip: {type: text}}"
    with pytest.raises(Misconfigured, match="chip is no date of this kind"):
        parse(f"kinds: {{DOG: {{label: Dog, {chip}, computed: {{x: {{days_since: [chip]}}}}}}}}")
    with pytest.raises(Misconfigured, match="Person is taken by the graph itself"):
        parse("kinds: {DOG: {label: Person}}")
