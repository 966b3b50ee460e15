"""What pandas makes of the raw CDNOW file by its own functions: scores, intervals, days expected."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

PARTS = [0.2, 0.4, 0.6, 0.8]


def read(data: Path, chosen: Callable[[str], bool]) -> pd.DataFrame:
    """The lines of the chosen customers: customer, day, and the amount in cents."""
    raw = pd.read_csv(
        data, sep=r"\s+", names=["customer", "day", "discs", "amount"], dtype={"customer": str, "amount": str}
    )
    raw = raw[raw["customer"].map(chosen)].copy()
    raw["day"] = pd.to_datetime(raw["day"], format="%Y%m%d")
    raw["cents"] = raw["amount"].str.replace(".", "").astype("int64")
    return raw


def base(raw: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """By customer: days since the last order, orders, cents."""
    grouped = raw.groupby("customer")
    today = pd.Timestamp(now.date())
    return pd.DataFrame(
        {
            "recency": (today - grouped["day"].max()).dt.days,
            "frequency": grouped.size(),
            "monetary": grouped["cents"].sum(),
        }
    )


def by_quantiles(base: pd.DataFrame) -> dict[str, list[int]]:
    """Scores by the usual, linear quantiles: 1 more than the quantiles that a value is greater than."""
    passed = {
        name: sum((base[name] > base[name].quantile(part)).astype(int) for part in PARTS) for name in base
    }
    return _scores(base, 5 - passed["recency"], 1 + passed["frequency"], 1 + passed["monetary"])


def quantiles(base: pd.DataFrame) -> list[list[int]]:
    """The lower of the values that each quantile lies between."""
    return [[int(base[name].quantile(part, interpolation="lower")) for part in PARTS] for name in base]


def by_bounds(
    base: pd.DataFrame, recency: Sequence[int], frequency: Sequence[int], monetary: Sequence[int]
) -> dict[str, list[int]]:
    """Scores by fixed bounds, each the last value of its score."""

    def cut(name: str, bounds: Sequence[int], labels: list[int]) -> Any:
        edges = [float("-inf"), *bounds, float("inf")]
        return pd.cut(base[name], edges, labels=labels).astype(int)

    worst_first = [1, 2, 3, 4, 5]
    return _scores(
        base,
        cut("recency", recency, worst_first[::-1]),
        cut("frequency", frequency, worst_first),
        cut("monetary", monetary, worst_first),
    )


def _scores(base: pd.DataFrame, *scores: Any) -> dict[str, list[int]]:
    found = pd.concat([*scores, base["frequency"], base["monetary"]], axis=1)
    return {str(who): [int(one) for one in row] for who, *row in found.itertuples()}


def _days(raw: pd.DataFrame) -> pd.DataFrame:
    """Each customer's purchases: lines of one day are one."""
    days = raw.drop_duplicates(["customer", "day"]).sort_values(["customer", "day"])
    return days.assign(after=days.groupby("customer")["day"].diff().dt.days)


def cycle(raw: pd.DataFrame) -> list[float]:
    """Over all customers: buyers, repeaters, purchases, intervals; mean, median and quartiles of those."""
    days = _days(raw)
    after = days["after"].dropna()
    repeaters = days.loc[after.index, "customer"].nunique()
    middle = [after.mean(), after.median(), after.quantile(0.25), after.quantile(0.75)]
    return [
        raw["customer"].nunique(),
        repeaters,
        len(days),
        len(after),
        *(round(float(one), 6) for one in middle),
    ]


def cycles(raw: pd.DataFrame) -> dict[str, list[Any]]:
    """Of each customer: purchases, mean and median interval, the day it is expected and by whose interval."""
    days, usual = _days(raw), cycle(raw)[5]
    found: dict[str, list[Any]] = {}
    for who, own in days.groupby("customer"):
        after = own["after"].dropna()
        median = after.median() if len(after) else None
        long = pd.Timedelta(days=int((usual if median is None else median) + 0.5))
        found[str(who)] = [
            len(own),
            round(float(after.mean()), 6) if len(after) else None,
            median,
            (own["day"].max() + long).date().isoformat(),
            "BASE" if median is None else "PERSON",
        ]
    return found
