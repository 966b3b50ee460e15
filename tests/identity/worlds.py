"""Small random documents of ``oneid simulate``: few values, so that conflicts and second thoughts are common.

``document(r, features)`` is plain code over a ``random.Random``; ``documents(*features)`` is the Hypothesis
strategy around it (the randomness is Hypothesis's own, so that examples shrink). A feature switches on a part
of the policy and the values that exercise it; operations of every kind come with each of them.
"""

import hashlib
from random import Random
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

FEATURES = (
    "limits",
    "groups",
    "layers",
    "conflict",
    "shared",
    "ttl",
    "hashes",
    "blocked",
    "sources",
    "isolation",
    "scopes",
    "malformed",
    "undo",
    "facts",
)
OPERATIONS = ("link", "link", "unlink", "unlink", "neverLink", "block", "erase", "restore", "expire")
SEPARATING = ("link", "link", "link", "unlink", "neverLink")
FORGETTING = ("erase", "erase", "restore", "restore", "neverLink", "link", "unlink")
EXPIRING = ("expire", "expire", "erase", "erase", "restore", "unlink")
MOBILES = ("13900000001", "13900000002", "13912345678")
BRANDS = ("A", "B")
FACTS = {"member": {"level": "gold"}, "tags": [{"key": "vip"}], "order": {"key": "o-1", "amount": "1"}}
NAMES = ("王小明", "王芳", "欧阳娜", "欧 阳", "Jane Green", "jane  GREEN", "Green")
SAID: Json = {
    "birthday": ("1990-01-01", "1990-01-02", "1900-01-01"),
    "gender": ("male", "男", "F", "unknown"),
    "attributes": ({"vip": True}, {"vip": False}, {"vip": "TRUE"}),
}
GARBAGE = ("null", " NULL ", "", "0", "000-0", "-1", "N/A")


def document(r: Random, features: frozenset[str], operations: bool = True) -> Json:
    """One document: a policy with these features, one to nine observations, up to eight operations."""
    policy = policy_of(r, features)
    rows = [
        observation(r, features, policy, number + 1) for number in range(r.choice((1, 2, 3, 4, 5, 6, 7, 9)))
    ]
    if r.random() < 0.3:
        rows.append(r.choice(rows))  # delivered again
    found: Json = {"policy": policy, "observations": rows}
    if operations:
        found["operations"] = operations_of(r, features, policy, rows)
        if "undo" in features:
            found["operations"] = with_undos(r, found["operations"], rows)
    return found


def documents(*features: str, operations: bool = True) -> st.SearchStrategy[Json]:
    """Documents with these features switched on."""
    source = st.randoms(use_true_random=False)
    return source.map(lambda r: document(r, frozenset(features), operations))


def any_features(operations: bool = True) -> st.SearchStrategy[Json]:
    """Documents with any features together."""
    chosen = st.frozensets(st.sampled_from(FEATURES), min_size=2)
    source = st.randoms(use_true_random=False)
    return st.builds(lambda r, f: document(r, f, operations), source, chosen)


# -- policies


def policy_of(r: Random, features: frozenset[str]) -> Json:
    kinds: dict[str, Json] = {
        "member": {"layer": "person", "priority": 1, "limit": 1},
        "phone": {"layer": "contact", "priority": 10},
        "email": {"layer": "contact", "priority": 12},
        "openid": {"layer": "contact", "priority": 20},
        "oaid": {"layer": "device", "priority": 30},
        "cookie": {"layer": "session", "priority": 90},
    }
    policy: Json = {"version": 1, "kinds": kinds}
    for feature in FEATURES:
        if feature in features and feature in CHANGES:
            CHANGES[feature](r, policy)
    return narrowed(r, features, policy)


def narrowed(r: Random, features: frozenset[str], policy: Json) -> Json:
    """The policy with a few of its kinds, so that observations meet; in any order, where layers vary."""
    wanted = {"hashes": "phone", "blocked": "cookie", "scopes": "openid", "ttl": "cookie"}
    names = {wanted[feature] for feature in features if feature in wanted} | {"member"}
    others = sorted(set(policy["kinds"]) - names)
    names |= set(r.sample(others, min(len(others), r.choice((1, 2, 2, 3)))))
    order = [name for name in policy["kinds"] if name in names]
    if "layers" in features:
        r.shuffle(order)
    policy["kinds"] = {name: policy["kinds"][name] for name in order}
    if "groups" in policy:
        policy["groups"] = [
            {"kinds": r.sample(order, 2), "limit": r.choice((1, 1, 2))} for _ in range(r.choice((1, 1, 2)))
        ]
    policy["blocked"] = [e for e in policy.get("blocked", []) if e["kind"] in (*order, "*")]
    return policy


def limits(r: Random, policy: Json) -> None:
    for kind in policy["kinds"].values():
        kind.pop("limit", None)
        if r.random() < 0.6:
            kind["limit"] = r.choice((1, 1, 2, 3))
        if r.random() < 0.3:
            kind["limit_per_scope"] = r.choice((1, 2))
    if r.random() < 0.4:
        policy["max_identifiers_per_person"] = r.choice((2, 3, 4, 5))


def groups(r: Random, policy: Json) -> None:
    if r.random() < 0.5:
        policy["kinds"]["member"].pop("limit", None)
    policy["groups"] = []  # filled when the kinds are known


def layers(r: Random, policy: Json) -> None:
    for kind in policy["kinds"].values():
        kind["layer"] = r.choice(("person", "contact", "device", "session"))
        kind["priority"] = r.choice((1, 1, 2, 3))


def conflicts(r: Random, policy: Json) -> None:
    for kind in policy["kinds"].values():
        if r.random() < 0.6:
            kind["conflict"] = r.choice(("latest", "first", "first", "neutral", "neutral"))


def shared(r: Random, policy: Json) -> None:
    for kind in policy["kinds"].values():
        if r.random() < 0.7:
            kind["shared_after"] = r.choice((1, 1, 2))


def ttl(r: Random, policy: Json) -> None:
    for kind in policy["kinds"].values():
        if r.random() < 0.7:
            kind["ttl"] = r.choice(("1d", "2d", "4d"))


def hashed(r: Random, policy: Json) -> None:
    both: list[str] = ["md5", "sha256"]
    phone = {"normalise": "phone", "region": "CN", "hashes": r.choice((both, both, ["md5"]))}
    policy["kinds"]["phone"] |= phone
    policy["kinds"]["email"] |= {"normalise": "email", "hashes": both}
    policy["kinds"]["cookie"]["hashes"] = ["md5"]


def blocked(r: Random, policy: Json) -> None:
    policy["kinds"]["cookie"]["pattern"] = "^(c[0-9]+|md5=.*)$"
    if r.random() < 0.5:
        policy["kinds"]["phone"] |= {"normalise": "phone", "region": "CN"}
    entries: list[Json] = [
        {"kind": "phone", "values": ["13900000001"]},
        {"kind": "phone", "patterns": ["^1390+2$"]},
        {"kind": "*", "values": ["m2", "A@x.cn"]},
        {"kind": "*", "patterns": ["2$"]},
        {"kind": "email", "values": ["md5=" + hashlib.md5(b"a@x.cn").hexdigest()]},
        {"kind": "phone", "values": ["md5=" + hashlib.md5(b"+8613900000002").hexdigest()]},
    ]
    policy["blocked"] = r.sample(entries, r.randint(1, 2))


def sources(r: Random, policy: Json) -> None:
    policy["sources"] = {"form": {"verified": False}, "crm": {"verified": True}}


def isolation(r: Random, policy: Json) -> None:
    policy["isolation"] = "brand"


def scopes(r: Random, policy: Json) -> None:
    policy["kinds"]["openid"] |= {"scope": "app", "limit_per_scope": 1}
    policy["kinds"]["member"] |= {"scope": "brand", "limit_per_scope": 1}
    if r.random() < 0.5:
        policy["kinds"]["member"].pop("limit", None)


def facts(r: Random, policy: Json) -> None:
    if r.random() < 0.8:  # else two accounts are hardly ever one person
        policy["kinds"]["member"].pop("limit", None)
        policy["kinds"]["member"].pop("limit_per_scope", None)
    names = r.sample(("birthday", "gender", "surname", "a_vip"), r.choice((1, 1, 2, 3)))
    policy["contradictions"] = [{"attribute": name} for name in names]
    if r.random() < 0.3:
        policy["contradictions"][0]["ignore"] = ["1900-01-01", "male"]


def malformed(r: Random, policy: Json) -> None:
    policy["max_identifiers_per_observation"] = 4


CHANGES = {
    "limits": limits,
    "groups": groups,
    "layers": layers,
    "conflict": conflicts,
    "shared": shared,
    "ttl": ttl,
    "hashes": hashed,
    "blocked": blocked,
    "sources": sources,
    "isolation": isolation,
    "scopes": scopes,
    "malformed": malformed,
    "facts": facts,
}


# -- values


def day(r: Random) -> str:
    return f"2026-01-0{r.randint(1, 6)}T00:00:00Z"


def digest(algorithm: str, text: str, upper: bool = False) -> str:
    value = hashlib.new(algorithm, text.encode()).hexdigest()
    return f"{algorithm}={value.upper() if upper else value}"


def phone_value(r: Random) -> str:
    national = r.choice(MOBILES)
    form = r.choice((national, "86" + national, "+86" + national))
    spelling = r.randint(0, 5)
    if spelling < 2:
        return digest(("md5", "sha256")[spelling], form, upper=r.random() < 0.3)
    return (national, f" {national}", f"+86 {national}", f"{national[:3]}-{national[3:7]}-{national[7:]}")[
        spelling - 2
    ]


def value_of(r: Random, features: frozenset[str], policy: Json, kind: str) -> str:
    if "blocked" in features and r.random() < 0.1:
        return r.choice((*GARBAGE, digest("md5", "null")))
    if policy["kinds"][kind].get("normalise") == "phone":
        return (
            phone_value(r)
            if policy["kinds"][kind].get("hashes")
            else r.choice((*MOBILES, "139 0000 0001", "7"))
        )
    if kind == "email":
        plain = r.choice(("a@x.cn", "b@x.cn"))
        if not policy["kinds"][kind].get("hashes"):
            return plain
        return r.choice((plain, plain.upper(), digest("md5", plain), digest("sha256", plain)))
    plain = kind[0] + str(r.randint(1, 3 if kind in ("member", "phone") else 2))
    if policy["kinds"][kind].get("hashes") and r.random() < 0.4:
        return digest("md5", plain)
    return "x9" if "blocked" in features and kind == "cookie" and r.random() < 0.1 else plain


def identifier(r: Random, features: frozenset[str], policy: Json) -> Json:
    kind = r.choice(list(policy["kinds"]))
    found = {"kind": kind, "value": value_of(r, features, policy, kind)}
    if "scopes" in features:
        if kind == "openid" and r.random() < 0.8:
            found["scope"] = r.choice(("app-1", "app-2"))
        if kind == "member" and r.random() < 0.3:
            found["scope"] = r.choice(("*", *BRANDS))
        if kind == "phone" and r.random() < 0.1:
            found["scope"] = "A"
    return found


def spoil(r: Random, row: Json) -> None:
    """Makes an observation one that must be refused, more often than not."""
    items = row["identifiers"]
    what = r.randint(0, 6)
    if what == 0:
        items += [{"kind": "cookie", "value": "c1"}] * 4
    elif what == 1:
        items.append({"kind": "nobody", "value": "n1"})
    elif what == 2:
        items.append({"kind": "cookie", "value": r.choice((7, None, "c" * 1025, "c" * 1024))})
    elif what == 3:
        items.append({"kind": "cookie", "value": "c1", "scope": r.choice(("", "a|b", "a:b", "a/b", " "))})
    elif what == 4:
        row["brand"] = r.choice(("", "A/B", "A:1"))
    elif what == 5:
        row["shop"] = r.choice(("", "s|1", {"key": "s/1"}))
    else:
        row["identifiers"] = r.choice(([], [{"kind": "cookie", "value": "null"}]))


def observation(r: Random, features: frozenset[str], policy: Json, number: int) -> Json:
    items = [identifier(r, features, policy) for _ in range(r.choice((1, 2, 2, 2, 3, 4)))]
    if r.random() < 0.8:  # seldom two of one kind, which a limit of one would reject
        items = list({item["kind"]: item for item in items}.values())
    row: Json = {"id": f"e{number}", "at": day(r), "identifiers": items}
    if "sources" in features:
        row["source"] = r.choice(("form", "form", "crm", "shop"))
    if {"scopes", "isolation"} & features and r.random() < 0.9:
        row["brand"] = r.choice(BRANDS)
    if "scopes" in features and r.random() < 0.5:
        row["shop"] = r.choice(("app-1", {"key": "app-2"}))
    if r.random() < 0.15:
        fact = r.choice(sorted(FACTS))
        row[fact] = FACTS[fact]
    members = [item for item in row["identifiers"] if item["kind"] == "member"]
    if "facts" in features and len(members) == 1 and r.random() < 0.9:
        row["source"] = row.get("source", "crm")
        row["member"] = member_facts(r, members[0]["value"], row["at"])
    if "malformed" in features and r.random() < 0.3:
        spoil(r, row)
    return row


def member_facts(r: Random, value: str, at: str) -> Json:
    """What an account says of itself. Of its names one a day: of equal times a key that a simulation does not
    have says which counts.
    """
    found = {name: r.choice(values) for name, values in SAID.items() if r.random() < 0.7}
    if r.random() < 0.7:
        found["name"] = NAMES[(ord(value.strip()[-1:] or "0") + int(at[9])) % len(NAMES)]
    return found


# -- operations


def shown_scope(r: Random, policy: Json, row: Json, item: Json) -> Json:
    """An identifier of an observation as an operation names it: with its scope as the output shows it."""
    rule = policy["kinds"][item["kind"]].get("scope")
    shop = row.get("shop")
    shop = shop["key"] if isinstance(shop, dict) else shop
    brand = row.get("brand") or "A"
    scope = item.get("scope") or "*"
    if scope == "*" and rule:
        scope = (shop or "app-1") if rule == "app" else brand
    if policy.get("isolation") == "brand":
        scope = brand if scope == "*" or (rule == "brand" and scope == brand) else f"{brand}/{scope}"
    found = {"kind": item["kind"], "value": item["value"]}
    return found if scope == "*" else found | {"scope": scope}


def named(r: Random, features: frozenset[str], policy: Json, rows: list[Json]) -> Json:
    """Mostly one that an observation carries, now and then in another spelling of the same kind, or any."""
    row = r.choice(rows)
    known = [
        i for i in row["identifiers"] if i.get("kind") in policy["kinds"] and isinstance(i["value"], str)
    ]
    item = r.choice(known) if known and r.random() < 0.85 else identifier(r, features, policy)
    if policy["kinds"][item["kind"]].get("hashes") and r.random() < 0.3:
        item = item | {"value": value_of(r, features, policy, item["kind"])}
    if len(item["value"]) > 1000:
        item = item | {"value": "c1"}
    return shown_scope(r, policy, row, item)


def operations_of(r: Random, features: frozenset[str], policy: Json, rows: list[Json]) -> list[Json]:
    """Operations anywhere; each often comes back to what one before was about, to undo or to insist."""
    flavours = [
        OPERATIONS,
        OPERATIONS,
        SEPARATING,
        FORGETTING,
        *([EXPIRING] * 2 if "ttl" in features else []),
    ]
    flavour = r.choice(flavours)
    found: list[Json] = []
    for _ in range(r.choice((0, 1, 2, 3, 4, 6, 8))):
        place = r.randint(-1, len(rows) - 1)
        after = "e0" if place < 0 else rows[place]["id"]
        seen = rows[: place + 1] if place >= 0 and r.random() < 0.9 else rows
        if found and r.random() < 0.3:
            after = found[-1]["after"]
        one, other = named(r, features, policy, seen), named(r, features, policy, seen)
        earlier = [o for o in found if "identifier" in o or "a" in o or "person" in o]
        if earlier and r.random() < 0.5:
            before = r.choice(earlier)
            one = before.get("identifier") or before.get("a") or before["person"]
            other = before.get("b") or other
        found.append(operation(r, after, r.choice(flavour), one, other))
    return found


def with_undos(r: Random, operations: list[Json], rows: list[Json]) -> list[Json]:
    """The operations with undos of some of them, and of nothing.

    Unlinks run as of then: what an unlink holds is added up, so one that is dated back cannot take its part
    of it.
    """
    found = [{k: v for k, v in one.items() if k != "at" or one["op"] != "unlink"} for one in operations]
    places = ["e0", *(row["id"] for row in rows)]
    for _ in range(r.choice((1, 2, 3, 5))):
        which = r.randint(0, len(found))
        start = places.index(found[which]["after"]) if which < len(found) else 0
        after = r.choice(places[start:]) if r.random() < 0.8 else r.choice(places)
        found.append({"after": after, "op": "undo", "operation": which})
    return found


def operation(r: Random, after: str, op: str, one: Json, other: Json) -> Json:
    found: Json = {"after": after, "op": op}
    if op in ("link", "neverLink") or (op == "unlink" and r.random() < 0.6):
        found |= {"a": one, "b": other} if r.random() < 0.5 else {"a": other, "b": one}
    elif op == "block" and r.random() < 0.3:
        found |= {"kind": r.choice((one["kind"], "*")), "pattern": r.choice(("1$", "^[a-z]2", "^139"))}
    elif op == "block":
        found |= {"kind": one["kind"], "value": one["value"]}
    elif op == "erase" and r.random() < 0.5:
        found["person"] = one
    elif op != "expire":
        found["identifier"] = one
    if op == "expire" or r.random() < 0.4:
        found["at"] = day(r)
    return found
