"""What a person of the demo world buys: orders of one to three lines, told once or twice as they progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seed import noise
from seed.diary import Diary
from seed.group import BRAND, COUNTERS, SHOPS, Product, Shop
from seed.observation import Identifier, Json, moment

DAY = 86_400
_SOURCES = {"offline": "pos", "wechat-mini-program": "mini-program"}


@dataclass(frozen=True)
class Purchase:
    """One order as it truly was; `at` is when it was placed and paid, amounts are in fen, after discount."""

    key: str
    at: int
    brand: str
    shop: Shop
    identifiers: tuple[Identifier, ...]
    lines: tuple[tuple[Product, int, int], ...]  # product, quantity, amount
    discount: int

    @property
    def amount(self) -> int:
        return sum(amount for _, _, amount in self.lines)


def yuan(fen: int) -> str:
    """An exact decimal: 12990 is 129.90."""
    return f"{fen // 100}.{fen % 100:02d}"


def orders(diary: Diary) -> list[Purchase]:
    """The person's orders of all brands; about four, a few people none and a few a dozen."""
    bought: list[Purchase] = []
    for brand in diary.one.members:
        for _ in range(diary.rng.choice((0, 1, 1, 1, 2, 2, 3, 3, 4, 8))):
            bought.append(_purchase(diary, brand, len(bought)))
    return bought


def tell(diary: Diary, bought: Purchase) -> None:
    """Notes the messages of an order: paid, and what became of it; some systems tell only the end."""
    end = diary.rng.choices(
        ("COMPLETED", "SHIPPED", "REFUNDED", "CANCELLED", "PAID"), weights=(78, 6, 6, 4, 6)
    )[0]
    only_end = diary.rng.random() < 0.2
    if end != "PAID" and not only_end:
        _message(diary, bought, "PAID", bought.at)
    last = diary.end
    later = bought.at if end == "PAID" else bought.at + diary.rng.randrange(DAY, 9 * DAY)
    if later < last or only_end or end == "PAID":
        _message(diary, bought, end, min(later, last))


def _message(diary: Diary, bought: Purchase, status: str, at: int) -> None:
    order: Json = {
        "key": bought.key,
        "status": status,
        "orderedAt": moment(bought.at),
        "amount": yuan(bought.amount),
        "currency": "CNY",
        "lines": [
            {
                "product": product.key,
                "name": product.name,
                "category": product.category,
                "quantity": quantity,
                "amount": yuan(amount),
            }
            for product, quantity, amount in bought.lines
        ],
        "recipient": _recipient(diary, bought),
    }
    if bought.discount:
        order["discount"] = yuan(bought.discount)
    if status != "CANCELLED":
        order["paidAt"] = moment(bought.at)
    if status in ("SHIPPED", "COMPLETED"):
        order["shippedAt"] = moment(min(bought.at + DAY, at))
    if status == "COMPLETED":
        order["completedAt"] = moment(at)
    if status == "REFUNDED":
        order |= {"refundedAt": moment(at), "refunded": yuan(bought.amount)}
    source = _SOURCES.get(bought.shop.platform, bought.shop.platform)
    diary.note(at, source, bought.shop, *bought.identifiers, order=order)


def _recipient(diary: Diary, bought: Purchase) -> Json:
    """Whom it was sent to; Tmall hides all but the ends."""
    one = diary.one
    phone = one.phones[0].value.removeprefix("+86")
    if bought.shop.platform == "tmall":
        return {
            "name": one.name[0] + "**",
            "phone": f"{phone[:3]}****{phone[7:]}",
            "address": f"{one.city}市****",
        }
    return {"name": one.name, "phone": phone, "address": f"{one.city}市云禾路{one.index % 900 + 1}号"}


def _purchase(diary: Diary, brand: str, number: int) -> Purchase:
    rng = diary.rng
    shop, identifiers = rng.choice(list(_channels(diary, brand)))
    products = BRAND[brand].products
    wanted = rng.choices(
        products, weights=[product.weight for product in products], k=rng.choice((1, 1, 2, 3))
    )
    off = rng.choice((0, 0, 0, 5, 10, 20))  # percent
    lines, discount = [], 0
    for product in dict.fromkeys(wanted):
        quantity = 1 if product.price > 500 else rng.choice((1, 1, 2, 3))
        less = product.price * quantity * off
        lines.append((product, quantity, product.price * quantity * 100 - less))
        discount += less
    key = f"{shop.key.split('-')[0].upper()}{diary.world.unique('order', diary.one.index * 30 + number, 12)}"
    return Purchase(key, diary.at(), brand, shop, identifiers, tuple(lines), discount)


def _channels(diary: Diary, brand: str) -> Iterator[tuple[Shop, tuple[Identifier, ...]]]:
    """Where the person can buy from the brand, and how the person is known there."""
    one, account = diary.one, diary.member(brand)
    yield diary.rng.choice(COUNTERS[brand]), (one.cards.get(brand, account),)
    yield SHOPS[BRAND[brand].mini_program], (one.openids.get(brand, account), account)
    for kind, start in (("taobao", "tmall"), ("jd", "jd"), ("douyin", "douyin")):
        for known in one.accounts.get(kind, ()):
            phone = (noise.spell_phone(diary.rng, one.phones[0]),) if diary.rng.random() < 0.5 else ()
            yield SHOPS[f"{start}-{brand}"], (known, *phone)
