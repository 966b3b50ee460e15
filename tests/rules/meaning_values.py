"""Every sentence under "Meaning" of the page on rules, as tables: nothing, quantifiers, money."""

from typing import Any

from tests.rules.saying import (
    FAR,
    Case,
    Json,
    attribute,
    baby,
    both,
    bought,
    dependents,
    event,
    events,
    like,
    lines,
    member,
    order,
    orders,
)

NOTHING = [
    Case(
        "a missing value: false for every positive test, true for ne, notIn and exists: false",
        {"f": member(gender="F", birthday="1990-01-01"), "m": member(gender="M"), "none": {}},
        [
            (attribute("gender", eq="F"), "f"),
            (attribute("gender", ne="F"), "m none"),
            ({"not": attribute("gender", eq="F")}, "m none"),
            ({"not": attribute("gender", ne="F")}, "f"),
            (attribute("gender", notIn=["F"]), "m none"),
            (attribute("gender", **{"in": ["F", "M"]}), "f m"),
            (attribute("gender", contains=""), "f m"),
            (attribute("gender", exists=False), "none"),
            (attribute("gender", exists=True, ne="M"), "f"),
            (attribute("ageYears", lt=100), "f"),
            (attribute("ageYears", lte=100), "f"),
            (attribute("birthday", lt="2026-01-01"), "f"),
            (attribute("birthday", ne="1990-01-01"), "m none"),
            ({"not": attribute("birthday", last="100y")}, "m none"),
        ],
    ),
    Case(
        "an aggregate of nothing is missing; COUNT, SUM_QUANTITY and DISTINCT_* of nothing are 0",
        {"none": {}, "one": orders(FAR), "seen": events(FAR, properties={"x": 1, "t": "1"})},
        [
            (order({"lte": 100}, measure="SUM_AMOUNT"), "one"),
            (order({"ne": 100}, measure="SUM_AMOUNT"), "none seen"),
            (order({"lte": 0}, measure="SUM_REFUND"), "one"),
            (order({"exists": False}, measure="SUM_DISCOUNT"), "none seen"),
            (order({"lte": 1}), "none one seen"),
            (order({"lte": 0}, measure="SUM_QUANTITY"), "none seen"),
            (order({"exists": True}, measure="MIN_QUANTITY"), "one"),
            (order({"eq": 0}, measure="DISTINCT_PRODUCTS"), "none seen"),
            (order({"eq": 0}, measure="DISTINCT_DAYS"), "none seen"),
            (order({"gte": 0}, measure="DAYS_SINCE_LAST"), "one"),
            (event({"lte": 1}, measure="SUM", property="x"), "seen"),
            (event({"exists": False}, measure="SUM", property="t"), "none one seen"),
            (event({"eq": 0}, measure="DISTINCT_DAYS"), "none one"),
        ],
    ),
    Case(
        "not in `where` holds when not all that it says is true together, of what is missing, too",
        {
            "girl": baby("2026-01-01", gender="F"),
            "boy": baby("2026-01-01", gender="M"),
            "unsaid": baby("2026-01-01"),
        },
        [
            ({"dependent": {"where": {"not": {"gender": "F"}}}}, "boy unsaid"),
            ({"dependent": {"where": {"not": {"gender": "F", "kind": "PET"}}}}, "boy girl unsaid"),
        ],
    ),
]
NAMES = [
    Case(
        "a name compares as other text does: NFC, capitals count, what is missing passes ne and notIn alone",
        {
            "ming": member(name="王小明"),
            "hong": member(name="王小红 "),
            "two": member(name="欧阳  小明"),
            "jose": member(name="Jose\u0301 Li"),
            "upper": member(name="JOS\u00c9 LI"),
            "wide": member(name="ＡＢｶﾞ"),
            "long": member(name="很" * 101 + "长"),
            "masked": member(name="王**"),
            "none": {},
        },
        [
            (attribute("name", eq="王小明"), "ming"),
            (attribute("name", eq="王小红"), "hong"),
            (attribute("name", eq="欧阳 小明"), "two"),
            (attribute("name", eq="JOSE LI"), ""),
            (attribute("name", eq="Jos\u00e9 Li"), "jose"),
            (attribute("name", eq="王**"), "masked"),
            (attribute("name", **{"in": ["王小明", "AB\u30ac", "ＡＢｶﾞ"]}), "ming wide"),
            (attribute("name", ne="王小明"), "hong jose long masked none two upper wide"),
            ({"not": attribute("name", eq="王小明")}, "hong jose long masked none two upper wide"),
            ({"not": attribute("name", ne="王小明")}, "ming"),
            (attribute("name", notIn=["王小明", "王小红"]), "jose long masked none two upper wide"),
            (attribute("name", notIn=["王小明", "王小红"], exists=True), "jose long masked two upper wide"),
            (attribute("name", ne="王小明", exists=False), "none"),
            (attribute("name", eq="王小明", exists=False), ""),
            (attribute("name", contains="小明"), "ming two"),
            (attribute("name", contains=" 小"), "two"),
            (attribute("name", contains="阳小"), ""),
            (attribute("name", contains="小", ne="王小明"), "hong two"),
            (attribute("name", contains="小", startsWith="王"), "hong ming"),
            (attribute("name", contains="ose\u0301 L"), "jose"),
            (attribute("name", contains="Ｂｶ"), "wide"),
            (attribute("name", contains="B"), ""),
            (attribute("name", contains=""), "hong jose long masked ming two upper wide"),
            (attribute("name", startsWith="王"), "hong masked ming"),
            (attribute("name", startsWith="王**"), "masked"),
            (attribute("name", endsWith="明"), "ming two"),
            (attribute("name", endsWith="很长"), "long"),
            ({"not": attribute("name", contains="i")}, "hong long masked ming none two upper wide"),
            ({"any": [attribute("name", endsWith="LI"), attribute("name", endsWith="Li")]}, "jose upper"),
            (
                {"all": [attribute("name", contains="小"), {"not": attribute("name", eq="王小明")}]},
                "hong two",
            ),
        ],
    ),
]


def carrying(key: str, *values: str) -> dict[str, Json]:
    """Who carries the tag with each value, by the value, and who with none."""
    said = {value: {"tags": [{"key": key, "at": FAR, "value": value}]} for value in values}
    return {**said, "bare": {"tags": [{"key": key, "at": FAR}]}, "none": {}}


def valued(key: str, **test: Any) -> Json:
    return {"tag": {"key": key, "value": test}}


TAGS = [
    Case(
        "the value of a tag compares as its type: numbers as numbers; what is no number is missing",
        carrying("score", "9", "10", "1e1", "abc"),
        [
            (valued("score", gt=9), "10 1e1"),
            (valued("score", lte=9.0), "9"),
            (valued("score", eq=10), "10 1e1"),
            (valued("score", **{"in": [9, 10]}), "10 1e1 9"),
            (valued("score", ne=10), "9 abc bare"),
            (valued("score", exists=False), "abc bare"),
            ({"not": valued("score", ne=10)}, "10 1e1 none"),
            ({"tag": {"key": "score", "value": {"gt": 9}, "has": False}}, "9 abc bare none"),
        ],
    ),
    Case(
        "and days as days; what is no day is missing",
        carrying("visited", "2026-11-20", "2026-10-21", "2026-10-20", "2026-11-31", "2026-9-1"),
        [
            (valued("visited", last="30d"), "2026-10-21 2026-11-20"),
            (valued("visited", eq="2026-11-19T20:00:00Z"), "2026-11-20"),
            (valued("visited", lt="2026-10-21"), "2026-10-20"),
            (valued("visited", gt="2026-11-20"), ""),
            (valued("visited", exists=True), "2026-10-20 2026-10-21 2026-11-20"),
            (valued("visited", ne="2026-10-20"), "2026-10-21 2026-11-20 2026-11-31 2026-9-1 bare"),
        ],
    ),
]
QUANTIFIERS = [
    Case(
        "EVERY: the kind says which are looked at, at least one; NONE includes people without any",
        {
            "girls": dependents("BABY", "BABY", gender="F"),
            "and-a-cat": both(dependents("BABY", gender="F"), dependents("PET", gender="M")),
            "both": both(dependents("BABY", gender="F"), dependents("BABY", gender="M")),
            "cat": dependents("PET", gender="M"),
            "none": {},
        },
        [
            (like("EVERY", {"kind": "BABY", "gender": "F"}), "and-a-cat girls"),
            (like("EVERY", {"gender": "F"}), "girls"),
            (like("EVERY", {"kind": "PET"}), "and-a-cat cat"),
            (like("NONE", {"kind": "BABY", "gender": "F"}), "cat none"),
            (like("SOME", {"kind": "BABY", "gender": "F"}), "and-a-cat both girls"),
            (like("COUNT", {"kind": "BABY"}, count={"eq": 2}), "both girls"),
            (like("COUNT", {}, count={"lte": 1}), "cat none"),
        ],
    ),
    Case(
        "EVERY: of cards, the brand and the shop say so",
        {
            "gold": {
                "cards": [
                    {"brand": "b1", "said": {"level": "gold"}},
                    {"brand": "b2", "said": {"level": "tin"}},
                ]
            },
            "mixed": {"cards": [{"brand": "b1", "said": {"level": one}} for one in ("gold", "tin")]},
            "none": {},
        },
        [
            ({"card": {"where": {"brand": "b1", "level": "gold"}, "quantifier": "EVERY"}}, "gold"),
            ({"card": {"where": {"level": ["gold", "tin"]}, "quantifier": "EVERY"}}, "gold mixed"),
            ({"card": {"where": {"brand": "b2"}, "quantifier": "NONE"}}, "mixed none"),
        ],
    ),
]
MONEY = [
    Case(
        "money is compared in minor units, averages as sum against value x count",
        {
            "third": {"orders": [bought(FAR, amount=one) for one in ("0.10", "0.10", "0.11")]},
            "tenths": {"orders": [bought(FAR, amount=one) for one in ("0.10", "0.20")]},
        },
        [
            (order({"eq": 0.3}, measure="SUM_AMOUNT"), "tenths"),
            (order({"gt": 0.3}, measure="SUM_AMOUNT"), "third"),
            (order({"eq": 0.15}, measure="AVG_AMOUNT"), "tenths"),
            (order({"eq": 0.103333}, measure="AVG_AMOUNT"), ""),
            (order({"gt": 0.103333, "lt": 0.103334}, measure="AVG_AMOUNT"), "third"),
        ],
    ),
    Case(
        "other numbers are rounded to 6 decimals before a test",
        {"x": {"events": [{"type": "v", "at": FAR, "properties": {"x": one}} for one in (0.1, 0.2, 0.7)]}},
        [
            (event({"eq": 1}, measure="SUM", property="x"), "x"),
            (event({"eq": 0.333333}, measure="AVG", property="x"), "x"),
            (event({"gt": 0.333333}, measure="AVG", property="x"), ""),
        ],
    ),
    Case(
        "lines of one product add up; with product, amounts and refunds are those of the matching lines",
        {
            "p": lines("33.33", "33.33", "33.34", refunded="10.00", discount="0.01"),
            "free": lines("0", "0", "0", amount="0", discount="0.05"),
        },
        [
            (order({"eq": 3.34}, where={"product": "C"}, measure="SUM_REFUND"), "p"),
            (order({"eq": 0.01}, where={"product": "C"}, measure="MAX_DISCOUNT"), "free p"),
            (order({"eq": 0.02}, where={"product": "B"}, measure="SUM_DISCOUNT"), "free"),
            (order({"eq": 0.01}, where={"product": "C"}, measure="SUM_DISCOUNT"), "free p"),
            (order({"eq": 90}, measure="SUM_AMOUNT"), "p"),
            (order(where={"product": "A", "amount": {"gt": 30}}), ""),
            (order(where={"product": "A", "amount": {"eq": 30}}), "p"),
            (order(where={"allProducts": ["A", "C"]}), "free p"),
            (order(where={"not": {"product": "D"}}), "free p"),
            (order(where={"not": {"product": ["D", "B"]}}), ""),
        ],
    ),
]
VALUES = [*NOTHING, *NAMES, *TAGS, *QUANTIFIERS, *MONEY]
