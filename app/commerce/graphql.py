"""Shops, brands, products and orders as callers read them."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.types.lazy_type import LazyType

from app.context import Context
from app.errors import BadInput
from app.graph.planner_fields import Found, elsewhere, search_elsewhere, stored
from app.graph.planner_pages import Connection
from app.identity.graphql import Identifier, Node
from app.money import money_text
from app.rules.graphql import OrderWhere, RuleWindow, SegmentRule
from app.rules.statement import forms

_PERSON = elsewhere("Person", "app.profile.graphql")


@strawberry.enum(description="How far an order has come.")
class OrderStatus(Enum):
    CREATED = strawberry.enum_value("CREATED", description="Placed, not paid.")
    PAID = strawberry.enum_value("PAID", description="Paid.")
    SHIPPED = strawberry.enum_value("SHIPPED", description="On its way.")
    COMPLETED = strawberry.enum_value("COMPLETED", description="Received.")
    CANCELLED = strawberry.enum_value("CANCELLED", description="Called off.")
    REFUNDED = strawberry.enum_value("REFUNDED", description="Paid back as a whole.")


def _page(first: int | None = 20, after: str | None = strawberry.UNSET) -> Any: ...


def money(_: Context, cell: list[Any]) -> str:
    """`[minor units, currency]` as decimal text."""
    return money_text(*cell)


def _recipient(part: str) -> Any:
    def shown(context: Context, cell: bytes) -> str | None:
        said: dict[str, str] = json.loads(context.keyring.unseal(cell))
        return said.get(part)

    return shown


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


Where = Annotated[
    OrderWhere | None,
    strawberry.argument(
        description="What the order is like, as in the condition `order` of a rule; its line is of this "
        "product, and amounts and pieces are those of that line."
    ),
]
Within = Annotated[RuleWindow | None, strawberry.argument(description="When it was paid.")]
ByRule = Annotated[
    SegmentRule | None,
    strawberry.argument(description="What the buyer matches, too; takes the scope segment:read."),
]


def _buyers(
    where: Where = strawberry.UNSET,
    within: Within = strawberry.UNSET,
    rule: ByRule = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> Any: ...


def _buyer_count(
    where: Where = strawberry.UNSET, within: Within = strawberry.UNSET, rule: ByRule = strawberry.UNSET
) -> Any: ...


def _counted(_: Context, cell: list[Any]) -> Mapping[str, Any]:
    """Of `[how many, whether those are all]` a Count."""
    number, whole = cell[0]
    return {"value": number, "precision": "EXACT" if whole else "AT_LEAST"}


@strawberry.type(description="Something that is sold.")
class Product(Node):
    key: strawberry.ID = stored("The product's key, as observations name it.")
    name: str | None = stored("What people call it.")
    category: str | None = stored("What kind of product it is.")
    buyers: Any = stored(
        "Who bought it, by OneID: people with an order of it that is PAID, SHIPPED or COMPLETED (unless "
        "`where` asks for other states), in the deployment's currency unless `where` asks for another.",
        of=LazyType("PersonConnection", "app.profile.graphql"),
        arguments=_buyers,
        search=search_elsewhere("buyers", "app.segments.filtering"),
        scope="profile:read",
    )
    buyer_count: Any = stored(
        "How many they are, with the same filters. Of a product with more than a million lines those of a "
        "million: AT_LEAST.",
        of=LazyType("Count", "app.segments.preview_graphql"),
        arguments=_buyer_count,
        search=search_elsewhere("buyer_count", "app.segments.filtering"),
        make=_counted,
        scope="profile:read",
    )


@strawberry.type(
    description="One product of an order. What the order says of its discount and its refund as a whole is "
    "shared among its products, so that the lines add up to the order."
)
class OrderLine:
    product: Product = stored("The product.")
    quantity: int = stored("How many.")
    amount: Decimal = stored("What was paid for it, after discount.", show=money)
    discount: Decimal = stored("Its share of the order's discount.", show=money)
    refunded: Decimal = stored("What was paid back for it, its share of the rest included.", show=money)
    net: Decimal = stored("Its amount less what was paid back.", show=money)


@strawberry.type(description="Who receives an order. It says nothing of who the customer is.")
class Recipient:
    display: str = stored("Name, phone and address as everybody may see them, masked.")
    name: str | None = stored("For callers with the scope pii:read.", show=_recipient("name"))
    phone: str | None = stored("For callers with the scope pii:read.", show=_recipient("phone"))
    address: str | None = stored("For callers with the scope pii:read.", show=_recipient("address"))


@strawberry.type(description="An order as it stands. Money is exact, in the order's currency.")
class Order(Node):
    key: strawberry.ID = stored("Its brand and number, `mumu|20260301`: names it where the number does not.")
    number: str = stored("The order's number.")
    status: OrderStatus = stored("How far it has come.")
    at: datetime = stored("When it was paid; else placed; else the first time that it was told of.")
    ordered_at: datetime | None = stored("When it was placed.")
    paid_at: datetime | None = stored("When it was paid.")
    shipped_at: datetime | None = stored("When it was sent.")
    completed_at: datetime | None = stored("When it was received.")
    refunded_at: datetime | None = stored("When it was paid back.")
    currency: str = stored("The currency of its money, ISO 4217.")
    amount: Decimal = stored("What it cost, after discount.", show=money)
    discount: Decimal = stored("What was taken off.", show=money)
    refunded: Decimal = stored("What was paid back, its lines' refunds included.", show=money)
    net: Decimal = stored("Its amount less what was paid back.", show=money)
    quantity: int = stored("How many pieces; 0 where its lines were not said.")
    lines: list[OrderLine] = stored("Its products, in the order's own order.")
    brand: Brand | None = stored("The brand that it was placed with.")
    shop: Shop | None = stored("The shop that it was placed at.")
    recipient: Recipient | None = stored("Who receives it, where that was said.")
    identifier: Identifier | None = stored(
        "The identifier that it hangs on; null for a caller whose brands do not know that."
    )
    person: Any = stored("The living person whose order it is.", of=_PERSON)


def _product(key: strawberry.ID) -> Any: ...


def _products(
    search: Annotated[
        str | None, strawberry.argument(description="A part of its key or name; capitals do not matter.")
    ] = strawberry.UNSET,
    category: Annotated[
        str | None, strawberry.argument(description="Only of this category.")
    ] = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> Any: ...


def _look_up_products(context: Context, arguments: Mapping[str, Any]) -> Found:
    """By category where one is said; texts in the forms that stored ones may have."""
    first, after = arguments.get("first"), arguments.get("after")
    first = 20 if first is None else first
    if first < 1:
        raise BadInput("`first` is at least 1", field=("first",))
    search, category = arguments.get("search"), arguments.get("category")
    way = "all" if category is None else "category"
    page = {
        "first": first,
        "after": None if after is None else context.open_cursor(f"Query.products.{way}", after),
        "search": None if search is None else forms(search.lower()),
    }
    return Found(page if category is None else {**page, "category": forms(category)}, way)


@strawberry.type
class CommerceQueries:
    product: Any = stored(
        "A product by its key; null where nobody has told of it.",
        of=Product | None,
        arguments=_product,
        scope="profile:read",
    )
    products: Any = stored(
        "Products by key: of a category, with a text in them, or all.",
        of=Connection[Product],
        arguments=_products,
        look_up=_look_up_products,
        scope="profile:read",
    )
    brands: Any = stored(
        "The brands of the group that the caller may see, by key.",
        of=Connection[Brand],
        arguments=_page,
        scope="profile:read",
    )


@strawberry.type(description="A page of orders.")
class OrderConnection(Connection[Order]):
    pass
