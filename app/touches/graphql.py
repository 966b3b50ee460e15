"""Messages that were sent, behaviours, and consents, as callers read them."""

from datetime import datetime
from typing import Any

import strawberry

from app.graph.planner_fields import elsewhere, list_elsewhere, stored
from app.graph.planner_pages import Connection
from app.identity.graphql import Identifier, Node

_PERSON = elsewhere("Person", "app.profile.graphql")
_BRAND = elsewhere("Brand", "app.commerce.graphql")
_SHOP = elsewhere("Shop", "app.commerce.graphql")
_PRODUCT = elsewhere("Product", "app.commerce.graphql")
_ON = "The identifier that it hangs on; null for a caller whose brands do not know that."


@strawberry.type(description="A message that was sent to somebody.")
class Touch(Node):
    ref: strawberry.ID = stored("The message's key, as observations name it.")
    at: datetime = stored("When it was sent.")
    channel: str = stored("How it was sent: SMS, EMAIL, WECHAT …")
    campaign: str | None = stored("What it was part of.")
    outcome: str | None = stored("What became of it.")
    source: str = stored("Who told of it.")
    brand: Any = stored("The brand that sent it.", of=_BRAND)
    identifier: Identifier | None = stored(_ON)
    person: Any = stored("The living person whom it was sent to.", of=_PERSON)


@strawberry.type(description="Something that somebody did: looked at a page, checked in, answered …")
class Event(Node):
    ref: strawberry.ID = stored("The event's key, as observations name it.")
    at: datetime = stored("When it happened.")
    type: str = stored("What happened.")
    source: str = stored("Who told of it.")
    properties: Any = stored(
        "What else was said of it, by name.", of=list_elsewhere("Attribute", "app.profile.graphql")
    )
    product: Any = stored("The product that it was about.", of=_PRODUCT)
    shop: Any = stored("The shop or app where it happened.", of=_SHOP)
    brand: Any = stored("The brand that it happened with.", of=_BRAND)
    identifier: Identifier | None = stored(_ON)
    person: Any = stored("The living person who did it.", of=_PERSON)


@strawberry.type(description="A yes or no to being contacted in a way and for a purpose.")
class Consent(Node):
    channel: str = stored("How: SMS, EMAIL, WECHAT …")
    purpose: str = stored("What for.")
    granted: bool = stored("Yes or no.")
    at: datetime = stored("When it was said.")
    source: str = stored("Who told of it.")
    brand: Any = stored("The brand that it was said to.", of=_BRAND)
    identifier: Identifier | None = stored(_ON)
    person: Any = stored("The living person who said it.", of=_PERSON)


@strawberry.type(description="A page of messages.")
class TouchConnection(Connection[Touch]):
    pass


@strawberry.type(description="A page of behaviours.")
class EventConnection(Connection[Event]):
    pass


@strawberry.type(description="A page of consents.")
class ConsentConnection(Connection[Consent]):
    pass
