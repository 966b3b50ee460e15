"""Twelve rules that marketers ask, from one tag to a sequence; each has hits in the population of the bench.

Beside each, in bench/segments_cypher, hand-written Cypher of the same name that gives the same count.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.rules.ages import born_before
from app.rules.compiler_orders import BOUGHT
from app.rules.windows import Clock

Json = dict[str, Any]
TWICE: Json = {"order": {"where": {"product": "diaper-0"}, "is": {"gte": 2}, "within": {"last": "90d"}}}
BABIES: Json = {"dependent": {"where": {"kind": "BABY", "ageMonths": {"gte": 6, "lte": 12}}}}
NO_SMS: Json = {"not": {"touch": {"where": {"channel": "SMS"}, "within": {"last": "30d"}}}}
VIP: Json = {"tag": {"key": "vip"}}
THREE_PARTS: Json = {"all": [TWICE, BABIES, NO_SMS]}

RULES: Mapping[str, Json] = {
    "one_tag": VIP,
    "product_twice": TWICE,
    "babies": BABIES,
    "three_parts": THREE_PARTS,
    "paid_in_90_days": {"order": {"measure": "SUM_AMOUNT", "is": {"gt": 600}, "within": {"last": "90d"}}},
    "not_touched": NO_SMS,
    "stage_and_tag": {"all": [{"lifecycle": {"stage": "at_risk"}}, VIP]},
    "tag_or_event": {
        "any": [{"tag": {"key": "mid-value"}}, {"event": {"type": "check_in", "within": {"last": "30d"}}}]
    },
    "shop_and_category": {"order": {"where": {"shop": "tmall-mumu-1", "category": "奶粉"}}},
    "cart_then_order": {
        "sequence": {
            "steps": [{"event": {"type": "add_to_cart", "within": {"last": "60d"}}}, {"order": {}}],
            "within": "14d",
        }
    },
    "message_without_order": {
        "sequence": {
            "steps": [{"touch": {"where": {"campaign": "c1"}}}, {"not": {"order": {}}}],
            "within": "14d",
        }
    },
    "attributes": {
        "all": [
            {"attribute": {"name": "gender", "is": {"eq": "female"}}},
            {"attribute": {"name": "city", "is": {"eq": "上海"}}},
            {"consent": {"channel": "SMS", "purpose": "marketing"}},
        ]
    },
}


def times(clock: Clock) -> Json:
    """What the hand-written statements are told of the moment: their one parameter `$p`."""
    edge = born_before(clock.today, "ageMonths")
    return {
        "asOf": clock.as_of,
        "now": clock.now,
        "bought": list(BOUGHT),
        "born": edge(13),
        "bornBefore": edge(6),
        **{f"days{back}": clock.start(clock.today - timedelta(days=back)) for back in (30, 60, 90)},
    }
