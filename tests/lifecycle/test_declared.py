"""Files of a deployment's own: every mistake at once with its path; and what scores and intervals are."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lifecycle import declared, journeys
from app.lifecycle.cycles import Cycle, intervals
from app.lifecycle.reading import FileInvalid
from app.lifecycle.scores import bounds_of, quantiles, scored
from app.rules.model import canonical

WRONG = """
version: 2
windows: {active: 3x}
stages:
  - {key: A, rule: {order: {within: {last: $nine}, foo: 1}}}
  - {key: 1st, rule: {lifecycle: {stage: A}}}
  - {key: A, rule: {all: []}}
  - {key: A, rule: {order: {measure: SUM_AMOUNT}}}
rfm: {by: bounds, recency: [1, 2, 3], monetary: ["1", 2.5, "3", "4"], segments: [{key: X, recency: 6}]}
brands:
  b: {stages: [], windows: {active: 90}}
  c: {rfm: {by: quantiles, recency: [1, 2, 3, 4]}}
  d: {rfm: {by: quantiles, segments: [{key: X, recency: [2, 5]}]}}
  "x|y": {foo: 1}
"""
AT = {
    "version",
    "stages",
    "stages.0.rule.order.within.last",
    "stages.0.rule.order.foo",
    "stages.1.key",
    "stages.1.rule.lifecycle",
    "stages.2.rule.all",
    "stages.3.rule.order.is",
    "stages.3.rule",
    "windows.active",
    "rfm.recency",
    "rfm.monetary",
    "rfm.segments.0.recency",
    "brands.b.stages",
    "brands.b.windows.active",
    "brands.c.rfm.segments.0.recency",
    "brands.d.rfm.segments",
    "brands.x|y.[key]",
    "brands.x|y.foo",
}
WAYS = """
journeys:
  - key: a
    stages:
      - {key: ONE, rule: {segment: {key: s}}, at: {order: 0}}
      - {key: ONE, rule: {everyone: false}}
  - {key: a, brand: "*", exit: {order: {is: {}}}, stages: []}
"""


def test_every_mistake_of_the_stages_at_once() -> None:
    with pytest.raises(FileInvalid) as error:
        declared.parse(WRONG)
    assert error.value.problems.keys() == AT


def test_every_mistake_of_the_journeys_at_once() -> None:
    with pytest.raises(FileInvalid) as error:
        journeys.parse(WAYS)
    assert error.value.problems.keys() == {
        "journeys.0.stages.0.at",
        "journeys.0.stages.0.rule.segment",
        "journeys.0.stages.1.rule.everyone",
        "journeys.1.brand",
        "journeys.1.exit.order.is",
        "journeys.0.stages",
        "journeys.1.stages",
        "journeys",
    }


def test_windows_and_bounds_of_a_brand() -> None:
    found = declared.parse(
        """
        windows: {active: 90d}
        stages: [{key: A, rule: {order: {within: {last: $active}}}}, {key: Z, rule: {everyone: true}}]
        rfm: {segments: [{key: ALL}]}
        brands:
          washer: {windows: {active: 2y}}
          coffee:
            rfm: {by: bounds, recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, "2.505", 3, 4]}
        """
    )
    rules = [canonical(found.stages_of(brand)[0].rule) for brand in ("*", "other", "washer")]
    lasts = [rule["order"]["within"]["last"] for rule in rules]
    assert lasts == ["90d", "90d", "2y"]
    fixed = found.rfm_of("coffee").fixed("CNY")
    assert fixed is not None
    assert fixed.monetary == (100, 250, 300, 400)
    assert found.rfm_of("washer").fixed("CNY") is None
    assert found.rfm_of("coffee").monetary[1] == Decimal("2.505")


@settings(max_examples=50)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_scores_are_those_of_linear_quantiles(values: list[int]) -> None:
    """Against fractions: nobody's score hangs on how a float was rounded, and equal values score alike."""
    column = np.array(values, dtype=np.int64)
    found = scored(column, column, column, bounds_of(column, column, column))
    ordered = sorted(values)
    edges = []
    for part in range(1, 5):
        place = Fraction((len(values) - 1) * part, 5)
        low, high = ordered[int(place)], ordered[min(int(place) + 1, len(values) - 1)]
        edges.append(low + (high - low) * (place - int(place)))
    for value, scores in zip(values, found, strict=True):
        passed = sum(value > edge for edge in edges)
        assert scores == (5 - passed, 1 + passed, 1 + passed)


def test_nobody_has_no_bounds() -> None:
    assert quantiles(np.array([], dtype=np.int64)) == ()


def test_orders_of_one_day_are_one_purchase() -> None:
    assert intervals([9, 3, 3, 4, 9]) == [1, 5]
    cycle = Cycle()
    for days in ([9, 3, 3, 4, 9], [1], [10, 2]):
        cycle.add(days)
    assert (cycle.buyers, cycle.repeaters, cycle.purchases, cycle.intervals) == (3, 2, 6, 3)
    assert (cycle.mean, cycle.median, cycle.quantile(Fraction(1, 4))) == (4.666667, 5.0, 3.0)
    assert (Cycle().mean, Cycle().median) == (None, None)
