"""Shops and brands as callers read them."""

import strawberry

from app.graph.planner_fields import stored
from app.identity.graphql import Node


@strawberry.type(description="A brand of the group.")
class Brand(Node):
    key: strawberry.ID = stored("The brand's key, as observations name it.")
    name: str | None = stored("What people call it.")


@strawberry.type(description="A shop, counter or app of a brand on a platform.")
class Shop(Node):
    key: strawberry.ID = stored("The shop's key, as observations name it.")
    name: str | None = stored("What people call it.")
    platform: str | None = stored("Where it is: tmall, jd, douyin, wechat-mini-program, offline …")
    brand: Brand | None = stored("The brand that it belongs to.")
