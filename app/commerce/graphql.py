"""Shops and brands as callers read them."""

from typing import Any

import strawberry

from app.graph.planner_fields import stored
from app.graph.planner_pages import Connection
from app.identity.graphql import Node


def _page(first: int | None = 20, after: str | None = strawberry.UNSET) -> Any: ...


@strawberry.type(description="A shop, counter or app of a brand on a platform.")
class Shop(Node):
    key: strawberry.ID = stored("The shop's key, as observations name it.")
    name: str | None = stored("What people call it.")
    platform: str | None = stored("Where it is: tmall, jd, douyin, wechat-mini-program, offline …")
    brand: "Brand | None" = stored("The brand that it belongs to.")


@strawberry.type(description="A brand of the group.")
class Brand(Node):
    key: strawberry.ID = stored("The brand's key, as observations name it.")
    name: str | None = stored("What people call it.")
    shops: Any = stored("Its shops, counters and apps, by key.", of=Connection[Shop], arguments=_page)


@strawberry.type
class CommerceQueries:
    brands: Any = stored(
        "The brands of the group that the caller may see, by key.",
        of=Connection[Brand],
        arguments=_page,
        scope="profile:read",
    )
