"""Whom an order leads to, by the number that a customer tells; brands may give one number twice."""

from collections.abc import Iterable, Mapping

from app.context import Context
from app.errors import BadInput
from app.graph.queries import read_query

_ORDERS = read_query("profile/people_of_orders")


async def people_of_orders(context: Context, texts: Iterable[str]) -> Mapping[str, str | BadInput]:
    """The OneID that each order number, or `brand|number`, leads to; AMBIGUOUS_ORDER where it is several
    people's. A text is missing where nobody is found whom the caller may see.
    """
    rows = {"texts": sorted(set(texts)), "brands": context.shared()["brands"]}
    found = await context.reader().rows(_ORDERS, rows=rows)
    return {text: one_ids[0] if len(one_ids) == 1 else _several(text, keys) for text, one_ids, keys in found}


def _several(text: str, keys: list[str]) -> BadInput:
    return BadInput(
        f"orders of {len(keys)} brands have the number {text}, and they are of different people",
        code="AMBIGUOUS_ORDER",
        field=("by", "order"),
        suggestion=f"say of which brand: {', '.join(keys[:10])}",
    )
