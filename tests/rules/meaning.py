"""Every sentence under "Meaning" of the page on rules, as tables: those on time."""

from tests.rules.saying import Case, age, baby, day, days_back, events, member, order, orders, touches

ONE_MOMENT = [
    Case(
        "one time zone for the whole evaluation: local midnight in New York is four o'clock",
        {
            "before": orders("2020-05-30T03:59:59Z"),
            "at": orders("2020-05-30T04:00:00Z"),
            "evening": orders("2020-05-31T03:59:59Z"),
            "after": orders("2020-05-31T04:00:00Z"),
        },
        [
            (day("2020-05-29"), "before"),
            (day("2020-05-30"), "at evening"),
            (order({"eq": "2020-05-30"}, measure="FIRST_AT"), "at evening"),
            (order(within={"until": "2020-05-29"}), "before"),
            (order(within={"from": "2020-05-31"}), "after"),
            (order(within={"from": "2020-05-30T00:00:00"}), "after at evening"),
            (order(within={"between": ["2020-05-30T03:59:59Z", "2020-05-30T00:00:00"]}), "at before"),
        ],
        zone="America/New_York",
    ),
    Case(
        "a day starts at its first existing instant: in Cairo 26 April 2024 at one o'clock",
        {
            "eve": orders("2024-04-25T23:59:59+02:00"),
            "first": orders("2024-04-26T01:00:00+03:00"),
            "last": orders("2024-04-26T23:59:59+03:00"),
            "next": orders("2024-04-27T00:00:00+03:00"),
        },
        [(day("2024-04-26"), "first last"), (days_back("1d"), "first last next"), (day("2024-04-25"), "eve")],
        as_of="2024-04-27T10:00:00+03:00",
        zone="Africa/Cairo",
    ),
    Case(
        "days are as long as they are: 25 hours when summer time ends",
        {
            "first": orders("2024-11-03T04:00:00Z"),
            "twice": orders("2024-11-03T05:30:00Z", "2024-11-03T06:30:00Z"),
            "last": orders("2024-11-04T04:59:59Z"),
            "next": orders("2024-11-04T05:00:00Z"),
        },
        [
            (day("2024-11-03"), "first last twice"),
            (order({"gte": 2}, measure="DISTINCT_DAYS"), ""),
            (days_back("0d"), "next"),
            (order(within={"last": "24h"}), "last next"),
            (order({"eq": 1}, measure="DAYS_SINCE_LAST"), "first last twice"),
        ],
        as_of="2024-11-04T12:00:00-05:00",
        zone="America/New_York",
    ),
    Case(
        "a window of days starts at midnight, one of hours is exact, and both end at asOf",
        {
            "midnight": orders("2026-11-19T00:00:00+08:00"),
            "eve": orders("2026-11-18T23:59:59.999999+08:00"),
            "exactly": orders("2026-11-19T10:00:00+08:00"),
            "now": orders("2026-11-20T10:00:00+08:00"),
            "later": orders("2026-11-20T10:00:00.000001+08:00"),
        },
        [
            (days_back("0d"), "now"),
            (days_back("1d"), "exactly midnight now"),
            (days_back("24h"), "exactly now"),
            (order(within={"ago": ["2d", "1d"]}), "eve"),
            (order(within={"ago": ["1d", "0d"]}), "exactly midnight"),
            (order(within={"until": "2027-01-01"}), "eve exactly midnight now"),
            (order(within={"ever": True}), "eve exactly midnight now"),
        ],
    ),
    Case(
        "months and years clamp to the month's end",
        {
            "leap": orders("2024-02-29T00:00:00+08:00"),
            "eve": orders("2024-02-28T23:59:59+08:00"),
            "last-year": orders("2023-03-31T00:00:00+08:00"),
        },
        [(days_back("1m"), "leap"), (days_back("1y"), "eve last-year leap"), (days_back("32d"), "eve leap")],
        as_of="2024-03-31T00:00:00+08:00",
    ),
]
AFTER = [
    Case(
        "orders, touches and events after asOf do not exist for the evaluation",
        {
            "order": orders("2026-11-20T10:00:01+08:00"),
            "event": events("2026-11-20T10:00:01+08:00"),
            "touch": touches("2026-11-20T10:00:01+08:00"),
            "both": events("2026-11-20T10:00:00+08:00", "2026-11-20T10:00:01+08:00"),
        },
        [
            (order(), ""),
            ({"touch": {}}, ""),
            ({"event": {"type": "v"}}, "both"),
            ({"event": {"type": "v", "measure": "LAST_AT", "is": {"gt": "2026-11-20T10:00:00+08:00"}}}, ""),
            ({"not": order(pick="LAST")}, "both event order touch"),
        ],
    ),
    Case(
        "a due date may lie ahead",
        {"due": baby("2026-12-01"), "born": baby("2026-11-01")},
        [
            (age("ageDays", lt=0), "due"),
            (age("ageMonths", eq=-1), "due"),
            (age("ageDays", gte=-11), "born due"),
        ],
    ),
    Case(
        "everything else is that of now: status and refunds, consents, accounts, tags, lists",
        {
            "refunded": orders("2020-01-01T00:00:00Z", refunded=40, refundedAt="2026-11-21T00:00:00+08:00"),
            "asked": {
                "consents": [
                    {"at": "2026-01-01T00:00:00Z", "channel": "SMS", "purpose": "m", "granted": False},
                    {"at": "2026-11-20T12:00:00+08:00", "channel": "SMS", "purpose": "m", "granted": True},
                ]
            },
            "joined": member(joinedAt="2026-11-20T12:00:00+08:00", gender="F"),
            "tagged": {"tags": [{"key": "vip", "at": "2026-11-20T12:00:00+08:00"}]},
            "listed": {"lists": ["uploaded"]},
        },
        [
            (order({"eq": 60}, measure="SUM_AMOUNT"), "refunded"),
            ({"consent": {"channel": "SMS", "purpose": "m"}}, "asked"),
            ({"member": {"where": {"joinedAt": {"next": "1d"}}}}, "joined"),
            ({"attribute": {"name": "gender", "is": {"eq": "F"}}}, "joined"),
            ({"tag": {"key": "vip"}}, "tagged"),
            ({"list": {"key": "uploaded"}}, "listed"),
        ],
    ),
    Case(
        "an order without the time asked for, or with it after asOf, does not count",
        {
            "shipped": orders("2026-11-01T00:00:00Z", shippedAt="2026-11-02T00:00:00Z", status="SHIPPED"),
            "will": orders("2026-11-01T00:00:00Z", shippedAt="2026-11-20T10:00:01+08:00", status="SHIPPED"),
            "never": orders("2026-11-01T00:00:00Z"),
        },
        [
            (order(timeOf="SHIPPED"), "shipped"),
            (order({"eq": "2026-11-02"}, timeOf="SHIPPED", measure="LAST_AT"), "shipped"),
            (order(timeOf="PAID"), "never shipped will"),
        ],
    ),
]
AGES = [
    Case(
        "2025-08-31 to 2026-02-28 is 5 months, and the day before a due date is -1",
        {
            "end": baby("2025-08-31"),
            "even": baby("2025-08-28"),
            "due": baby("2026-03-01"),
            "new": baby("2026-02-28"),
        },
        [
            (age("ageMonths", eq=5), "end"),
            (age("ageMonths", eq=6), "even"),
            (age("ageMonths", eq=-1), "due"),
            (age("ageMonths", lt=1), "due new"),
            (age("ageYears", lt=0), "due"),
            (age("ageYears", eq=-1), "due"),
            (age("ageYears", eq=0), "end even new"),
        ],
        as_of="2026-02-28T12:00:00+08:00",
    ),
    Case(
        "who was born on 29 February turns a year older on 1 March",
        {"leap": baby("2024-02-29"), "eve": baby("2024-02-28")},
        [(age("ageYears", eq=1), "eve"), (age("ageMonths", eq=11), "leap"), (age("ageDays", eq=365), "leap")],
        as_of="2025-02-28T12:00:00+08:00",
    ),
    Case(
        "and is a year older there",
        {"leap": baby("2024-02-29"), "self": member(birthday="1988-02-29")},
        [(age("ageYears", eq=1), "leap"), ({"attribute": {"name": "ageYears", "is": {"eq": 37}}}, "self")],
        as_of="2025-03-01T00:00:00+08:00",
    ),
    Case(
        "the day is that of the zone",
        {"one": baby("2025-11-20")},
        [(age("ageYears", eq=1), ""), (age("ageMonths", eq=11), "one"), (age("ageDays", eq=364), "one")],
        zone="America/New_York",
    ),
]
DAYS = [
    Case(
        "intervals are calendar days in the zone, and orders of one day are one purchase",
        {
            "same-day": orders("2026-11-01T00:00:00+08:00", "2026-11-01T23:59:59+08:00"),
            "seconds": orders("2026-11-01T23:59:59+08:00", "2026-11-02T00:00:00+08:00"),
            "three": orders("2026-11-01T01:00:00Z", "2026-11-01T02:00:00Z", "2026-11-05T00:00:00Z"),
            "uneven": orders("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-04T00:00:00Z"),
        },
        [
            (order({"exists": False}, measure="AVG_INTERVAL_DAYS"), "same-day"),
            (order({"eq": 1}, measure="MIN_INTERVAL_DAYS"), "seconds uneven"),
            (order({"eq": 4}, measure="AVG_INTERVAL_DAYS"), "three"),
            (order({"eq": 1.5}, measure="AVG_INTERVAL_DAYS"), "uneven"),
            (order({"eq": 2}, measure="MAX_INTERVAL_DAYS"), "uneven"),
            (order({"eq": 2}, measure="DISTINCT_DAYS"), "seconds three"),
            (order({"eq": 19}, measure="DAYS_SINCE_FIRST"), "same-day seconds three uneven"),
        ],
    ),
]
TIME = [*ONE_MOMENT, *AFTER, *AGES, *DAYS]
