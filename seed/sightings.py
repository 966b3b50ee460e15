"""What each system of the group reports of one person: about ten observations that name identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from seed import noise
from seed.chance import DAYS, World
from seed.diary import Diary
from seed.group import BRAND, COUNTERS, SHOPS
from seed.observation import Identifier, Json, Sighting, moment
from seed.people import HANDED, neighbour, person

LEVELS = ("STANDARD", "SILVER", "GOLD", "DIAMOND")


def sightings(world: World, index: int) -> list[Sighting]:
    """All that is seen of the person of that index; facts are those of members, cards and shops alone."""
    diary = Diary(world, person(world, index), "sightings")
    for brand in diary.one.members:
        _registrations(diary, brand)
        _counter(diary, brand)
    _wechat(diary)
    _marketplaces(diary)
    _devices(diary)
    _advertising(diary)
    _taken_over(diary)
    return diary.rows


def _registrations(diary: Diary, brand: str) -> None:
    """Every account of the brand as it was opened, and perhaps once more with what had changed by then."""
    for account in diary.one.members[brand]:
        joined = diary.at(last=diary.one.since + 150)
        shop = diary.rng.choice((*COUNTERS[brand], SHOPS[BRAND[brand].mini_program]))
        named = [account, *_contact(diary)]
        diary.note(joined, "crm", shop, *named, member=member_facts(diary, joined, 0))
        if diary.rng.random() < 0.5:
            later = diary.at(first=(joined - diary.world.start) // 86_400)
            again = [account] if diary.rng.random() < 0.3 else [account, diary.phone()]
            facts = member_facts(diary, joined, diary.rng.randrange(4))
            diary.note(max(later, joined), "crm", shop, *again, member=facts)


def _contact(diary: Diary) -> Iterator[Identifier]:
    chance = diary.rng.random()
    if chance < 0.03:
        yield noise.placeholder(diary.rng, "phone")
    elif chance < 0.055:
        yield noise.spell_phone(diary.rng, noise.clerk_phone(diary.world, diary.one.index))
    else:
        yield diary.phone()
    if diary.one.emails and diary.rng.random() < 0.7:
        yield noise.spell_email(diary.rng, diary.rng.choice(diary.one.emails))
    elif diary.rng.random() < 0.02:
        yield noise.placeholder(diary.rng, "email")


def member_facts(diary: Diary, joined: int, steps: int) -> Json:
    """What an account says of its holder; some clerks write 王女士, some leave out or make up the rest."""
    one, rng = diary.one, diary.rng
    polite = one.name[0] + ("女士" if one.gender == "female" else "先生")
    facts: Json = {
        "name": polite if rng.random() < 0.06 else one.name,
        "level": LEVELS[min(steps, 3)],
        "points": rng.randrange(0, 400 * (steps + 1)),
        "joinedAt": moment(joined, local=True),
    }
    if rng.random() < 0.9:
        facts["gender"] = one.gender
    if rng.random() < 0.75:
        facts["birthday"] = "1970-01-01" if rng.random() < 0.03 else one.birthday.isoformat()
    if rng.random() < 0.85:
        facts["city"] = one.city
    if rng.random() < 0.3:
        facts["attributes"] = {
            "newsletter": rng.random() < 0.5,
            "preferredChannel": rng.choice(("wechat", "sms")),
        }
    return facts


def _counter(diary: Diary, brand: str) -> None:
    """At the till: the card with the account or the phone; on the shop's tablet: the account."""
    rng, shop = diary.rng, diary.rng.choice(COUNTERS[brand])
    if card := diary.one.cards.get(brand):
        at = diary.at()
        other = diary.phone() if rng.random() < 0.4 else diary.member(brand)
        diary.note(at, "pos", shop, card, other, card=_card_facts(diary, at))
    if rng.random() < 0.13:
        tablet, shop = noise.tablet(diary.world, diary.one.index, brand)
        diary.note(diary.at(), "counter", shop, tablet, diary.member(brand))


def _card_facts(diary: Diary, at: int) -> Json:
    year = datetime.fromtimestamp(at, UTC).year
    return {
        "level": diary.rng.choice(LEVELS),
        "points": diary.rng.randrange(3000),
        "validFrom": f"{year}-01-01",
        "validTo": f"{year + 1}-12-31",
        "status": "ACTIVE" if diary.rng.random() < 0.95 else "LOST",
    }


def _wechat(diary: Diary) -> None:
    """Scans and visits of mini programs, each with its own OpenID and the one UnionID; WeCom contacts."""
    one, rng = diary.one, diary.rng
    for brand, openid in one.openids.items():
        for _ in range(rng.choice((1, 1, 2))):
            extra = [diary.member(brand)] if brand in one.members and rng.random() < 0.6 else []
            if rng.random() < 0.2:
                extra.append(diary.phone())
            shop = SHOPS[BRAND[brand].mini_program]
            diary.note(diary.at(), "mini-program", shop, openid, *_some(one.unionid), *extra)
    for wecom in one.accounts.get("wecom", ()):
        other = one.unionid if one.unionid and rng.random() < 0.8 else diary.phone()
        diary.note(diary.at(), "wecom", SHOPS[f"wecom-{diary.any_brand()}"], wecom, other)


def _some(identifier: Identifier | None) -> tuple[Identifier, ...]:
    return (identifier,) if identifier else ()


def _marketplaces(diary: Diary) -> None:
    """Purchases on the market places, of which identity learns the account and a phone, at times hashed."""
    one, rng = diary.one, diary.rng
    for kind, start in (("taobao", "tmall"), ("jd", "jd"), ("douyin", "douyin")):
        for account in one.accounts.get(kind, ()):
            for _ in range(rng.choice((1, 1, 1, 2))):
                brand = diary.any_brand()
                hashed = (
                    noise.hash_phone(rng, rng.choice(one.phones)) if rng.random() < 0.2 else diary.phone()
                )
                other = diary.member(brand) if kind == "douyin" and rng.random() < 0.4 else hashed
                diary.note(diary.at(), start, SHOPS[f"{start}-{brand}"], account, other)


def _devices(diary: Diary) -> None:
    """Log-ins of the app, pages inside it (cookie beside device), and log-ins on the web site."""
    one, rng = diary.one, diary.rng
    for number, device in enumerate(one.devices):
        last = HANDED if _hands_on(diary) and number == 0 else DAYS
        seen = list(device)
        if device[0].kind == "idfa" and rng.random() < 0.1:
            seen = [noise.NO_IDFA]
        elif len(device) > 1 and rng.random() < 0.1:
            seen.append(noise.NO_MAC)
        first = diary.any_brand()
        for brand in one.members:  # one phone serves all brands of its owner
            if brand == first or rng.random() < 0.3:
                diary.note(diary.at(last=last), "app", SHOPS[f"app-{brand}"], *seen, diary.member(brand))
        if rng.random() < 0.7:
            shop, cookie = SHOPS[f"app-{first}"], rng.choice(one.cookies)
            diary.note(diary.at(last=last), "app", shop, device[0], cookie)
    for number, cookie in enumerate(one.cookies):
        last = HANDED if _hands_on(diary) and number == 0 else DAYS
        if rng.random() < 0.6:
            brand = diary.any_brand()
            other = diary.member(brand) if rng.random() < 0.7 else diary.phone()
            diary.note(diary.at(last=last), "web", SHOPS[f"web-{brand}"], cookie, other)


def _hands_on(diary: Diary) -> bool:
    return diary.one.index % 40 == 12 and diary.one.index + 1 < diary.world.people


def _advertising(diary: Diary) -> None:
    """Hashed phones beside a device, and forms of a web site that nobody verified."""
    one, rng = diary.one, diary.rng
    shop = SHOPS[f"web-{diary.any_brand()}"]
    if rng.random() < 0.28:
        last = HANDED if _hands_on(diary) else DAYS
        device, hashed = one.devices[0], noise.hash_phone(rng, one.phones[0])
        diary.note(diary.at(last=last), "ads", shop, device[0], hashed)
    if one.emails and rng.random() < 0.15:
        diary.note(diary.at(), "web-form", shop, diary.phone(), noise.spell_email(rng, one.emails[0]))
    if rng.random() < 0.02:
        stranger = person(diary.world, rng.randrange(diary.world.people))
        victim = noise.spell_phone(rng, stranger.phones[0])
        diary.note(diary.at(), "web-form", shop, diary.member(diary.any_brand()), victim)


def _taken_over(diary: Diary) -> None:
    """A phone and a device of the family; a device with its cookie that came from somebody else."""
    world, one, rng = diary.world, diary.one, diary.rng
    brand = diary.any_brand()
    if partner := neighbour(world, one.index, 1, 20):
        shared = noise.spell_phone(rng, partner.phones[0])
        diary.note(diary.at(), "crm", rng.choice(COUNTERS[brand]), diary.member(brand), shared)
        diary.note(diary.at(), "app", SHOPS[f"app-{brand}"], *partner.devices[0], diary.member(brand))
    if before := neighbour(world, one.index, 13, 40):
        device, cookie = before.devices[0], before.cookies[0]
        diary.note(diary.at(first=HANDED), "app", SHOPS[f"app-{brand}"], *device, diary.member(brand))
        diary.note(diary.at(first=HANDED), "web", SHOPS[f"web-{brand}"], cookie, diary.member(brand))
