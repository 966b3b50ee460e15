"""By the calendar alone: whoever matches otherwise on a later day was due by then, day after day."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.graph.sessions import Graph
from app.identity.service import Identity
from app.rules.ages import age_days, age_months, age_years, born_before
from app.rules.compiler_due import due
from app.rules.due import calendar, reaches
from app.rules.model import parse
from app.rules.statement import Settings
from app.rules.windows import Clock
from tests.rules.live import stored
from tests.rules.oracle import World, matches
from tests.rules.population import person_of
from tests.rules.saying import AS_OF, ZONE, age, attribute, baby, events, member, order, orders, touches

Json = dict[str, Any]
PEOPLE: dict[str, Json] = {
    "baby": baby("2026-08-31"),
    "leap": baby("2024-02-29"),
    "due": baby("2026-11-25"),
    "bought": orders("2026-11-18T10:00:00+08:00", "2026-10-31T10:00:00+08:00"),
    "seen": events("2026-11-19T23:00:00+08:00"),
    "told": touches("2026-11-19T10:00:00+08:00"),
    "member": member(birthday="1990-12-24", joinedAt="2026-11-01T00:00:00Z"),
    "nobody": {},
}
SMS_NO_ORDER = {"steps": [{"touch": {}}, {"not": {"order": {}}}], "within": "72h"}
RULES: list[Json] = [
    age("ageMonths", gte=3, lt=6),
    age("ageYears", **{"in": [3]}),
    age("ageDays", eq=0),
    order(within={"last": "1m"}),
    order(within={"ago": ["14d", "7d"]}),
    order({"gte": 30}, measure="DAYS_SINCE_FIRST"),
    order({"last": "1w"}, measure="LAST_AT"),
    order({"lt": 2}, within={"last": "20d"}),
    {"event": {"type": "v", "within": {"last": "36h"}}},
    {"event": {"type": "v", "within": {"last": "0d"}}},
    {"sequence": SMS_NO_ORDER},
    {"anniversary": {"of": "birthday", "next": "14d"}},
    {"anniversary": {"of": "dependentBirthday", "next": "0d"}},
    attribute("ageYears", gte=36),
    {"member": {"where": {"joinedAt": {"last": "3w"}}}},
    {"not": {"all": [age("ageDays", gte=100), order(within={"last": "90d"})]}},
    order(),
]


async def test_nobody_matches_otherwise_before_being_due(graph: Graph, identity: Identity) -> None:
    one_ids = await stored(graph, identity, PEOPLE)
    people = {name: person_of(name, said) for name, said in PEOPLE.items()}
    start, zone = datetime.fromisoformat(AS_OF), ZoneInfo(ZONE)
    settings = Settings(Clock(start, zone))
    moved = 0
    for rule in RULES:
        found = await due(graph.reader(), calendar(parse(rule)), settings, list(one_ids.values()))
        for name, person in people.items():
            now = matches(rule, person, World.at(start, ZONE))
            days = (start + timedelta(days=number) for number in range(1, 110))
            turned = next((day for day in days if matches(rule, person, World.at(day, ZONE)) != now), None)
            said = found[one_ids[name]]
            assert said is None or said > start.date()
            if turned is not None:
                moved += 1
                assert said is not None, (name, rule)
                assert said <= turned.date(), (name, rule)
    assert moved > 12


def test_what_knows_no_calendar_is_never_due() -> None:
    assert not calendar(
        parse({"all": [{"everyone": True}, attribute("city", eq="x"), {"list": {"key": "l"}}]})
    )


DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))
AGES = {"ageDays": age_days, "ageMonths": age_months, "ageYears": age_years}


@settings(max_examples=150, deadline=None)
@given(DAYS, DAYS, st.sampled_from(sorted(AGES)), st.integers(-20, 400))
def test_an_age_is_a_span_of_birthdays(birthday: date, today: date, unit: str, number: int) -> None:
    assert (AGES[unit](birthday, today) >= number) == (birthday < born_before(today, unit)(number))
    day = reaches(birthday, unit, number)
    assert AGES[unit](birthday, day) >= number > AGES[unit](birthday, day - timedelta(days=1))


@pytest.mark.parametrize(
    ("birthday", "today", "months"),
    [
        ("2025-08-31", "2026-02-28", 5),
        ("2025-08-31", "2026-03-01", 6),
        ("2026-12-01", "2026-11-30", -1),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2026-01-31", "2026-02-28", 0),
    ],
)
def test_months(birthday: str, today: str, months: int) -> None:
    assert age_months(date.fromisoformat(birthday), date.fromisoformat(today)) == months
