"""Every sentence under "Meaning" of the page on rules, as tables: chains, returning days, counting once."""

from tests.rules.saying import (
    BUY,
    FAR,
    SMS,
    Case,
    V,
    W,
    age,
    attribute,
    baby,
    bought,
    chain,
    consent,
    event,
    events,
    like,
    member,
    order,
    orders,
    tag,
    touches,
)

SEQUENCES = [
    Case(
        "each fact is later than the one before, none serves twice; some chain of facts is enough",
        {
            "twice": events("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
            "at-once": events(FAR, FAR),
            "once": events(FAR),
            "later-pair": events("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
        },
        [
            (chain("24h", V, V), "later-pair twice"),
            (chain("1d", V, V), "later-pair twice"),
            (chain("23h", V, V), ""),
            (chain("5w", V, V, V), "later-pair"),
        ],
    ),
    Case(
        "a negated last step: none after the last positive step up to and including the first + within",
        {
            "ignored": touches("2026-11-10T00:00:00Z"),
            "at-the-end": touches("2026-11-10T00:00:00Z") | orders("2026-11-11T00:00:00Z"),
            "after": touches("2026-11-10T00:00:00Z") | orders("2026-11-11T00:00:00.000001Z"),
            "at-once": touches("2026-11-10T00:00:00Z") | orders("2026-11-10T00:00:00Z"),
            "waiting": touches("2026-11-19T02:00:01Z"),
            "just": touches("2026-11-19T02:00:00Z"),
        },
        [
            (chain("24h", SMS, {"not": BUY}), "after at-once ignored just"),
            (chain("24h", SMS, BUY), "at-the-end"),
        ],
    ),
    Case(
        "the end is counted from the first step, also of three",
        {
            "bought": events("2026-11-10T00:00:00Z")
            | touches("2026-11-10T12:00:00Z")
            | orders("2026-11-10T20:00:00Z"),
            "left": events("2026-11-10T00:00:00Z")
            | touches("2026-11-10T12:00:00Z")
            | orders("2026-11-11T00:00:01Z"),
        },
        [
            (chain("1d", V, SMS, BUY), "bought"),
            (chain("1d", V, SMS, {"not": BUY}), "left"),
            (chain("1d", W, BUY), ""),
        ],
    ),
]
ANNIVERSARIES = [
    Case(
        "from the first return of the day on; today and the days after, over the year's end",
        {
            "yesterday": member(birthday="1990-12-30"),
            "today": member(birthday="1990-12-31"),
            "new-year": member(birthday="1991-01-01"),
            "end": member(birthday="1991-01-07"),
            "beyond": member(birthday="1991-01-08"),
            "born-today": baby("2026-12-31"),
            "born-last-year": baby("2025-12-31"),
            "unsaid": {},
        },
        [
            ({"anniversary": {"of": "birthday", "next": "7d"}}, "end new-year today"),
            ({"anniversary": {"of": "birthday", "next": "1w"}}, "end new-year today"),
            ({"anniversary": {"of": "birthday", "next": "0d"}}, "today"),
            ({"anniversary": {"of": "birthday", "next": "1y"}}, "beyond end new-year today yesterday"),
            ({"anniversary": {"of": "dependentBirthday", "next": "7d"}}, "born-last-year"),
            ({"anniversary": {"of": "dependentBirthday", "next": "1y"}}, "born-last-year born-today"),
            ({"anniversary": {"of": "dependentBirthday", "next": "1y", "where": {"kind": "PET"}}}, ""),
        ],
        as_of="2026-12-31T10:00:00+08:00",
    ),
    Case(
        "29 February counts as 28 in other years, and joinedAt is the local day of any account",
        {
            "leap": member(birthday="2000-02-29"),
            "march": member(birthday="2000-03-01"),
            "joined": member(joinedAt="2020-02-27T16:00:00Z"),
            "too-early": member(joinedAt="2020-02-27T15:59:59Z"),
        },
        [
            ({"anniversary": {"of": "birthday", "next": "0d"}}, "leap"),
            ({"anniversary": {"of": "birthday", "next": "1d"}}, "leap march"),
            ({"anniversary": {"of": "joinedAt", "next": "0d"}}, "joined"),
        ],
        as_of="2026-02-28T10:00:00+08:00",
    ),
]
ONCE = [
    Case(
        "of consents at one instant the refusal wins; who was never asked has neither granted nor refused",
        {
            "tie": {"consents": [consent(FAR, True), consent(FAR, False, by=1)]},
            "later": {"consents": [consent(FAR, False), consent("2026-11-02T00:00:00Z", True, by=1)]},
            "never": {},
        },
        [
            ({"consent": {"channel": "SMS", "purpose": "m"}}, "later"),
            ({"consent": {"channel": "SMS", "purpose": "m", "granted": False}}, "tie"),
            ({"not": {"consent": {"channel": "SMS", "purpose": "m"}}}, "never tie"),
            ({"consent": {"channel": "SMS", "purpose": "other", "granted": False}}, ""),
        ],
    ),
    Case(
        "a tag is carried once, the latest of two; `since` tests when it was set",
        {
            "two": {"tags": [tag(FAR, value="low"), tag("2026-11-05T00:00:00Z", 1, value="high")]},
            "low": {"tags": [tag(FAR, value="low")]},
            "of-a-baby": baby("2026-01-01", tags=[tag(FAR, value="low")]),
        },
        [
            ({"tag": {"key": "tier"}}, "low two"),
            ({"tag": {"key": "tier", "value": "low"}}, "low"),
            ({"tag": {"key": "tier", "value": "high"}}, "two"),
            ({"tag": {"key": "tier", "since": {"lt": "2026-11-02"}}}, "low"),
            ({"tag": {"key": "tier", "has": False}}, "of-a-baby"),
            ({"tag": {"key": "tier", "value": "low", "includeSubordinate": True}}, "low of-a-baby"),
            ({"dependent": {"where": {"tag": ["vip", "tier"]}}}, "of-a-baby"),
        ],
    ),
    Case(
        "facts count once per person, whatever identifiers they came through",
        {
            "two-ways": {
                "orders": [bought(FAR), bought(FAR, by=1)],
                "events": [{"type": "v", "at": FAR}, {"type": "v", "at": FAR, "by": 1}],
                "touches": [{"channel": "SMS", "at": FAR}, {"channel": "SMS", "at": FAR, "by": 1}],
                "dependents": [{"kind": "PET"}, {"kind": "PET", "by": 1}],
            }
        },
        [
            (order({"eq": 2}), "two-ways"),
            (order({"eq": 200}, measure="SUM_AMOUNT"), "two-ways"),
            (event({"eq": 2}), "two-ways"),
            ({"touch": {"is": {"eq": 2}}}, "two-ways"),
            (like("COUNT", {}, count={"eq": 2}), "two-ways"),
        ],
    ),
    Case(
        "text compares as NFC, case-sensitive",
        {
            "composed": member(city="S\u00e3o Paulo"),
            "decomposed": member(city="Sa\u0303o Paulo"),
            "small": member(city="s\u00e3o paulo"),
        },
        [
            (attribute("city", eq="S\u00e3o Paulo"), "composed decomposed"),
            (attribute("city", eq="Sa\u0303o Paulo"), "composed decomposed"),
            (attribute("city", startsWith="Sa\u0303"), "composed decomposed"),
            (attribute("city", contains="o p"), "small"),
        ],
    ),
    Case(
        "the only way to say everyone is everyone",
        {"some": orders(FAR), "none": {}},
        [({"everyone": True}, "none some"), ({"not": {"everyone": True}}, ""), (age("ageDays", gte=0), "")],
    ),
]
CHAINS = [*SEQUENCES, *ANNIVERSARIES, *ONCE]
