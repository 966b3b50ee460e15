"""Everything else that is known of a person: orders, dependents, messages, behaviour, consents, tags."""

from __future__ import annotations

from collections.abc import Iterable

from seed import dependents, orders
from seed.chance import World
from seed.diary import Diary
from seed.group import BRAND, SHOPS
from seed.observation import Identifier, Json, Sighting
from seed.orders import DAY
from seed.people import Person

CAMPAIGNS = (
    "618",
    "double-11",
    "baby-day",
    "pet-spring",
    "filter-reminder",
    "welcome",
    "birthday",
    "win-back",
)
_OUTCOMES = ("SENT", "DELIVERED", "DELIVERED", "DELIVERED", "CLICKED", "FAILED")
_PAGES = ("home", "product", "product", "cart", "member-centre", "article")


def facts(world: World, one: Person) -> list[Sighting]:
    """Sightings with facts other than those of members, cards and shops; none brings a new identifier."""
    diary = Diary(world, one, "facts")
    bought = orders.orders(diary)
    for order in bought:
        orders.tell(diary, order)
    told = dependents.tell(diary, bought)
    _care(diary, told)
    _touches(diary)
    _events(diary)
    _consents(diary)
    _tags(diary, told)
    return diary.rows


def _key(diary: Diary, letter: str) -> str:
    return f"{letter}{diary.one.index}-{len(diary.rows)}"


def _care(diary: Diary, told: Iterable[tuple[str, str]]) -> None:
    """Services to an appliance, visits of a pet, check-ups of a baby: events about a dependent."""
    services = {
        "mumu": ("check-up", "weighing"),
        "pawpal": ("grooming", "vaccination"),
        "lumi": ("filter", "repair"),
    }
    for brand, key in told:
        for _ in range(diary.rng.choice((0, 0, 1, 2))):
            event: Json = {
                "key": _key(diary, "e"),
                "type": "care",
                "dependent": key,
                "properties": {"service": diary.rng.choice(services[brand]), "done": True},
            }
            diary.note(diary.at(), "service", SHOPS[f"app-{brand}"], diary.member(brand), event=event)


def _touches(diary: Diary) -> None:
    one, rng = diary.one, diary.rng
    ways: list[tuple[str, Identifier]] = [("SMS", one.phones[0]), ("APP_PUSH", one.devices[-1][0])]
    ways += [("EMAIL", one.emails[0])] if one.emails else []
    ways += [("WECOM", one.accounts["wecom"][0])] if "wecom" in one.accounts else []
    for _ in range(rng.choice((0, 1, 2, 2, 3, 5))):
        channel, identifier = rng.choice(ways)
        touch = {
            "key": _key(diary, "t"),
            "channel": channel,
            "campaign": rng.choice(CAMPAIGNS),
            "outcome": rng.choice(_OUTCOMES),
        }
        diary.note(diary.at(), "marketing", SHOPS[f"app-{diary.any_brand()}"], identifier, touch=touch)


def _events(diary: Diary) -> None:
    rng = diary.rng
    for _ in range(rng.choice((0, 1, 2, 3, 4, 8))):
        brand = diary.any_brand()
        known = diary.one.openids.get(brand, diary.member(brand))
        product = rng.choice(BRAND[brand].products)
        kind = rng.choice(("page_view", "page_view", "add_to_cart", "check_in", "questionnaire"))
        properties: dict[str, Json] = {
            "page_view": {"page": rng.choice(_PAGES), "seconds": rng.randrange(1, 400)},
            "add_to_cart": {"quantity": rng.randrange(1, 4)},
            "check_in": {"city": diary.one.city},
            "questionnaire": {
                "question": "nps",
                "answer": rng.randrange(11),
                "comment": "物流很快，包装完好",
            },
        }
        event: Json = {"key": _key(diary, "e"), "type": kind, "properties": properties[kind]}
        if kind in ("page_view", "add_to_cart"):
            event["product"] = product.key
        diary.note(diary.at(), "tracking", SHOPS[f"wx-{brand}"], known, event=event)


def _consents(diary: Diary) -> None:
    """A yes or no at registration; some take it back."""
    for brand, accounts in diary.one.members.items():
        rng, at = diary.rng, diary.at()
        channel = rng.choice(("SMS", "EMAIL", "WECOM"))
        answers = [(at, rng.random() < 0.8)] + ([(at + 30 * DAY, False)] if rng.random() < 0.12 else [])
        for when, granted in answers:
            if when < diary.end:
                consent = {"channel": channel, "purpose": "marketing", "granted": granted}
                diary.note(when, "crm", SHOPS[f"wx-{brand}"], accounts[0], consents=[consent])


def _tags(diary: Diary, told: Iterable[tuple[str, str]]) -> None:
    """Tags that staff set by hand, on the person and on a dependent."""
    if diary.rng.random() < 0.1:
        brand = diary.any_brand()
        tag = {"key": "service-tier", "value": diary.rng.choice(("vip", "careful", "regular"))}
        diary.note(diary.at(), "crm", SHOPS[f"wecom-{brand}"], diary.member(brand), tags=[tag])
    for brand, key in told:
        if diary.rng.random() < 0.08:
            tag = {
                "key": {"mumu": "sensitive-skin", "pawpal": "picky-eater", "lumi": "hard-water"}[brand],
                "dependent": key,
            }
            diary.note(diary.at(), "crm", SHOPS[f"wecom-{brand}"], diary.member(brand), tags=[tag])
