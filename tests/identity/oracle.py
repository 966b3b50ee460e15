"""A second, naive evaluator of ``oneid simulate``, written from the design page alone.

``simulate(document)`` gives the same JSON as the command. It keeps what happened (sightings, pins,
tombstones, blocks, the expiry time) as plain lists and works everything else out again from them whenever
it needs it. Where the page can be read in two ways, a comment ``# reading:`` quotes the sentence and says
which way was taken.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from tests.identity.oracle_rule import Pair, Verdict, resolve
from tests.identity.oracle_rule import broken as broken_rule
from tests.identity.oracle_values import SCOPE, Ident, Json, fault, hash_forms, is_hash, normalise

FACTS = ("member", "card", "order", "touch", "event", "dependents", "tags", "consents")
BEGINNING = datetime.min.replace(tzinfo=UTC)
LENGTHS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def instant(text: str) -> datetime:
    """An ISO time; without an offset it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class Rejected(Exception):
    """An observation that is rejected whole; its text is the code."""


@dataclass
class Sighting:
    """One accepted observation: its time, whether its source is verified, the identifiers as they arrived."""

    at: datetime
    verified: bool
    idents: set[Ident]


@dataclass
class Pin:
    """A link, an unlink or a neverLink of two identifiers, with its time and its place in the run."""

    op: str
    ends: tuple[Ident, Ident]
    at: datetime
    run: int


@dataclass
class Tombstone:
    """An erased form: when it was erased, and when (if ever) it was restored since."""

    erased: datetime
    restored: datetime | None = None


@dataclass
class World:
    """Everything that happened so far, and what follows from it."""

    policy: Json
    sightings: list[Sighting] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    blocks: list[Json] = field(default_factory=list)
    tombstones: dict[Ident, Tombstone] = field(default_factory=dict)
    families: list[set[Ident]] = field(default_factory=list)  # forms known to be one value, for restore
    expiry: datetime | None = None
    newest: datetime = BEGINNING
    operations: int = 0
    rejected: list[Json] = field(default_factory=list)
    warnings: list[Json] = field(default_factory=list)

    # -- what values are --

    def kind(self, name: str) -> Json:
        kind: Json = self.policy["kinds"][name]
        return kind

    def forms(self, ident: Ident) -> set[Ident]:
        """The value itself and, of a plain value, all its hashes."""
        kind = self.kind(ident.kind)
        return {ident} | {ident._replace(value=form) for form in hash_forms(kind, ident.value)}

    def canonical(self, ident: Ident) -> Ident:
        """The plain value that a hash is known to be (that value is stored), else the identifier itself."""
        if is_hash(self.kind(ident.kind), ident.value):
            for sighting in self.sightings:
                for other in sorted(sighting.idents):
                    if other != ident and other.kind == ident.kind and ident in self.forms(other):
                        return other
        return ident

    def blocked(self, ident: Ident) -> bool:
        """Whether the policy, the built-in list or a block names it."""
        kind, everything = self.kind(ident.kind), [*self.policy.get("blocked", []), *self.blocks]
        return fault(ident.kind, kind, ident.value, everything) == "BLOCKED"

    # -- what follows from what happened --

    def known(self) -> dict[Ident, datetime]:
        """Every stored identifier with its newest sighting."""
        newest: dict[Ident, datetime] = {}
        for sighting in self.sightings:
            for ident in sighting.idents:
                name = self.canonical(ident)
                newest[name] = max(sighting.at, newest.get(name, BEGINNING))
        return newest

    def expired(self, ident: Ident, newest: datetime) -> bool:
        ttl = self.kind(ident.kind).get("ttl")
        if ttl is None or self.expiry is None:
            return False
        length: timedelta = int(ttl[:-1]) * LENGTHS[ttl[-1]]
        return newest + length < self.expiry

    def present(self, ignore_expiry: bool = False) -> frozenset[Ident]:
        """The identifiers that are in components: stored, not blocked, not expired."""
        return frozenset(
            ident
            for ident, newest in self.known().items()
            if not self.blocked(ident) and (ignore_expiry or not self.expired(ident, newest))
        )

    def ends(self, pin: Pin) -> frozenset[Ident]:
        """A pin's ends as they are known now; fewer than two when both turned out to be one value."""
        return frozenset(self.canonical(ident) for ident in pin.ends)

    def seen_together(self) -> dict[frozenset[Ident], list[Sighting]]:
        """Every pair that any stored sighting has, with these sightings."""
        found: dict[frozenset[Ident], list[Sighting]] = {}
        for sighting in self.sightings:
            names = sorted({self.canonical(ident) for ident in sighting.idents})
            for i, a in enumerate(names):
                for b in names[i + 1 :]:
                    found.setdefault(frozenset((a, b)), []).append(sighting)
        return found

    def pairs(self) -> dict[frozenset[Ident], Pair]:
        """Evidence as it stands: each pair with a sighting after its last unlink, or a link that holds."""
        seen = self.seen_together()
        pinned = {self.ends(pin) for pin in self.pins if pin.op == "link"}
        found = {}
        for ends in set(seen) | {ends for ends in pinned if len(ends) == 2}:
            pins = [pin for pin in self.pins if self.ends(pin) == ends]
            unlinks = [pin for pin in pins if pin.op == "unlink"]
            cut = max((pin.at for pin in unlinks), default=BEGINNING)
            # reading: "An unlink … holds for sightings up to the operation's time", whichever form of the
            # value they came with and whenever they arrive.
            live = [s for s in seen.get(ends, []) if not unlinks or s.at > cut]
            # "Of link and unlink on one pair the newer holds, of equal times the later run."
            either = [pin for pin in pins if pin.op in ("link", "unlink")]
            newest = max(either, key=lambda pin: (pin.at, pin.run), default=None)
            link = newest.at if newest and newest.op == "link" else None
            if live or link:
                found[ends] = self.pair(ends, live, link)
        return found

    def pair(self, ends: frozenset[Ident], live: list[Sighting], link: datetime | None) -> Pair:
        a, b = sorted(ends, key=lambda i: i.key)
        trusted = live
        if any(self.kind(i.kind)["layer"] in ("person", "contact") for i in ends):
            trusted = [s for s in live if s.verified]
        # reading: "time: evidence of `latest` kinds by lastSeen": a link without evidence of its own has
        # none, so its own time stands for both.
        times = [s.at for s in trusted] or [link or BEGINNING]
        return Pair(a, b, min(times), max(times), link, claimed=not trusted and link is None)

    def verdict(self, ignore_expiry: bool = False) -> Verdict:
        here = self.present(ignore_expiry)
        pairs = [pair for ends, pair in self.pairs().items() if ends <= here]
        return resolve(self.policy, here, pairs, self.never())

    def never(self) -> frozenset[frozenset[Ident]]:
        return frozenset(self.ends(p) for p in self.pins if p.op == "neverLink" and len(self.ends(p)) == 2)

    # -- observations --

    def observe(self, observation: Json) -> None:
        try:
            warnings = self.accept(observation)
        except Rejected as refusal:
            self.rejected.append({"id": observation["id"], "code": str(refusal), "message": str(refusal)})
            # reading: "Warnings: BLOCKED and PATTERN for a dropped value" whose "observation stands": none
            # for a rejected one.
            return
        self.newest = max(self.newest, instant(observation["at"]))
        self.warnings += [{"id": observation["id"], "code": code, "message": code} for code in warnings]

    def accept(self, observation: Json) -> list[str]:
        """Stores it, or raises Rejected with the first code that applies; returns the warnings."""
        given = observation.get("identifiers") or []
        self.check_shape(observation, given)
        policy_blocks = self.policy.get("blocked", [])
        left: list[Ident] = []
        warnings: list[str] = []
        for item in given:
            wrong = fault(item["kind"], self.kind(item["kind"]), item["value"], policy_blocks)
            if wrong:
                warnings.append(wrong)
            else:
                value = normalise(self.kind(item["kind"]), item["value"])
                assert value is not None
                left.append(Ident(item["kind"], self.scope_of(observation, item), value))
        self.check_alone(set(left))
        kept = [i for i in left if not self.blocked(i) and not self.blocked(self.canonical(i))]
        warnings += ["BLOCKED"] * (len(left) - len(kept))
        at = instant(observation["at"])
        # reading: a value that is blocked is dropped before it can meet a tombstone.
        met = [ident for ident in kept if self.meets_tombstone(ident)]
        dead = {form for ident in met for form in self.forms(ident)}
        stored = {ident for ident in kept if ident not in dead and not self.entombed(ident, at)}
        # reading: "it has facts and no identifier left": an empty list or a null is no fact.
        if not stored and any(observation.get(fact) for fact in FACTS):
            raise Rejected("NO_IDENTIFIER")
        for ident in met:
            self.spread_tombstone(ident)
        source = self.policy.get("sources", {}).get(observation.get("source"), {})
        if stored:
            self.sightings.append(Sighting(at, source.get("verified", True), stored))
        return warnings

    def check_shape(self, observation: Json, given: list[Json]) -> None:
        if len(given) > self.policy.get("max_identifiers_per_observation", 20):
            raise Rejected("TOO_MANY_IDENTIFIERS")
        if any(item.get("kind") not in self.policy["kinds"] for item in given):
            raise Rejected("UNKNOWN_KIND")
        # reading: "over 1,024 characters": as given, before trimming.
        if any(not isinstance(item.get("value"), str) or len(item["value"]) > 1024 for item in given):
            raise Rejected("MALFORMED_VALUE")
        brand, shop = observation.get("brand"), shop_of(observation)
        names = [item.get("scope") for item in given] + [brand]
        if any(self.kind(i["kind"]).get("scope") == "app" and i.get("scope", "*") == "*" for i in given):
            names.append(shop)
        if any(name is not None and not SCOPE.fullmatch(name) for name in names):
            raise Rejected("MALFORMED_SCOPE")
        if self.policy.get("isolation") == "brand" and brand is None:
            raise Rejected("BRAND_REQUIRED")
        for item in given:
            needed = {"app": shop, "brand": brand}.get(self.kind(item["kind"]).get("scope", ""), "-")
            if (item.get("scope") or "*") == "*" and needed is None:
                raise Rejected("SCOPE_REQUIRED")

    def scope_of(self, observation: Json, item: Json) -> str:
        own: str = item.get("scope") or "*"
        rule, brand = self.kind(item["kind"]).get("scope"), observation.get("brand")
        if own == "*" and rule in ("app", "brand"):
            own = str(shop_of(observation) if rule == "app" else brand)
        if self.policy.get("isolation") != "brand":
            return own
        # reading: "a kind with `scope: brand` stays `brandA`": when its scope is the observation's brand,
        # given or filled in; another brand's name gets the observation's brand before it, like every scope.
        if own == "*" or (rule == "brand" and own == brand):
            return str(brand)
        return f"{brand}/{own}"

    def check_alone(self, idents: set[Ident]) -> None:
        """LIMIT_EXCEEDED when the observation alone holds too many; looks at nothing that is stored."""
        values = {i for i in idents if not any(i != o and i in self.forms(o) for o in idents)}
        for name, kind in self.policy["kinds"].items():
            held = [i for i in values if i.kind == name]
            scopes = [i.scope for i in held]
            if len(held) > kind.get("limit", len(held)) or any(
                scopes.count(scope) > kind.get("limit_per_scope", len(held)) for scope in scopes
            ):
                raise Rejected("LIMIT_EXCEEDED")
        for group in self.policy.get("groups", []):
            if sum(i.kind in group["kinds"] for i in values) > group["limit"]:
                raise Rejected("LIMIT_EXCEEDED")

    # -- tombstones --

    def meets_tombstone(self, ident: Ident) -> bool:
        """Whether a tombstone that was not lifted lies on the plain value or on one of its forms."""
        graves = [self.tombstones[form] for form in self.forms(ident) if form in self.tombstones]
        return any(grave.restored is None for grave in graves)

    def entombed(self, ident: Ident, at: datetime) -> bool:
        """Whether an observation of that time must do without the identifier."""
        forms = self.forms(ident) | self.forms(self.canonical(ident))
        graves = [self.tombstones[form] for form in forms if form in self.tombstones]
        return any(grave.restored is None or at <= grave.restored for grave in graves)

    def spread_tombstone(self, ident: Ident) -> None:
        """A plain value met a tombstone: the forms without one get it, and what hangs on them is erased."""
        forms = self.forms(ident)
        graves = [grave for grave in map(self.tombstones.get, forms) if grave and grave.restored is None]
        self.bury({f for f in forms if self.tombstones.get(f) not in graves}, max(g.erased for g in graves))
        self.families.append(forms)

    def bury(self, forms: set[Ident], at: datetime) -> None:
        """Tombstones on the forms; what hangs on any of them goes: sightings, evidence, pins."""
        self.families.append(forms)
        self.pins = [pin for pin in self.pins if not (self.ends(pin) | set(pin.ends)) & forms]
        for form in forms:
            before = self.tombstones.get(form)
            self.tombstones[form] = Tombstone(max(at, before.erased) if before else at)
        for sighting in self.sightings:
            sighting.idents -= forms
        self.sightings = [sighting for sighting in self.sightings if sighting.idents]

    # -- operations --

    def operate(self, operation: Json) -> None:
        self.operations += 1
        at = instant(operation["at"]) if operation.get("at") else self.newest
        refusal = getattr(self, "op_" + operation["op"].lower())(operation, at)
        if refusal:
            self.warnings.append({"id": operation["after"], "code": refusal, "message": refusal})

    def named(self, given: Json) -> Ident:
        """An identifier as an operation names it: scopes as the output shows, a hash by its plain value."""
        value = normalise(self.kind(given["kind"]), given["value"])
        value = given["value"].strip() if value is None else value
        # reading: "a hash looks there first": only a hash is looked up; a plain value that is not stored
        # finds none of its hashes.
        return self.canonical(Ident(given["kind"], given.get("scope") or "*", value))

    def op_link(self, operation: Json, at: datetime) -> str | None:
        a, b = self.named(operation["a"]), self.named(operation["b"])
        verdict, here = self.verdict(), self.present()
        if self.blocked(a) or self.blocked(b):
            return "BLOCKED"
        if a == b or a not in here or b not in here:
            return "NOT_FOUND"
        for code, bad in (("SHARED", verdict.shared), ("NEUTRAL", verdict.neutral)):
            if {a, b} & bad:
                return code
        why = broken_rule(self.policy, verdict.component(a) | verdict.component(b), self.never())
        if why:
            return why[0]
        self.pins.append(Pin("link", (a, b), at, self.operations))
        return None

    def reached(self, ident: Ident) -> set[Ident]:
        """The value that an operation names, and the stored hashes that equal it."""
        # reading: "values that arrive as `md5=…` … equal the plain value": naming the plain value to separate
        # it reaches the hashes of it that are stored; a link wants an identifier that is stored.
        return {ident} | (self.forms(ident) & set(self.known()))

    def inseparable(self, a: Ident, b: Ident) -> bool:
        """Whether two ends are one value, or one of them is erased."""
        return bool(self.reached(a) & self.reached(b)) or self.meets_tombstone(a) or self.meets_tombstone(b)

    def op_neverlink(self, operation: Json, at: datetime) -> str | None:
        # reading: the ends of a neverLink need not have been seen yet; an erased end is refused, since the
        # pin would remember what was to be forgotten, and so is itself.
        a, b = self.named(operation["a"]), self.named(operation["b"])
        if self.inseparable(a, b):
            return "NOT_FOUND"
        for ends in product(self.reached(a), self.reached(b)):
            self.pins.append(Pin("neverLink", ends, at, self.operations))
        return None

    def op_unlink(self, operation: Json, at: datetime) -> str | None:
        seen = self.seen_together()
        if "identifier" in operation:
            ones = self.reached(self.named(operation["identifier"]))
            targets = [ends for ends in self.pairs() if ones & ends]
        else:
            a, b = self.named(operation["a"]), self.named(operation["b"])
            both = product(self.reached(a), self.reached(b))
            targets = [] if self.inseparable(a, b) else [frozenset(ends) for ends in both]
        # reading: an unlink of a pair that was never seen together holds for what arrives later with an older
        # date; refused are an erased end (as for neverLink), itself, and an identifier without any pair.
        if not targets:
            return "NOT_FOUND"
        # reading: "the operation's time, which is never before the newest sighting of its pairs": one time
        # for all its pairs, and unverified or earlier unlinked sightings are sightings.
        at = max([at, *(s.at for ends in targets for s in seen.get(ends, []))])
        for ends in targets:
            first, second = sorted(ends)
            self.pins.append(Pin("unlink", (first, second), at, self.operations))
        return None

    def op_block(self, operation: Json, at: datetime) -> str | None:
        what = "value" if "value" in operation else "pattern"
        self.blocks.append({"kind": operation["kind"], what + "s": [operation[what]]})
        return None

    def op_erase(self, operation: Json, at: datetime) -> str | None:
        if "identifier" in operation:
            doomed = {self.named(operation["identifier"])}
        else:
            one = self.named(operation["person"])
            now, unexpired = self.verdict(), self.verdict(ignore_expiry=True)
            if one not in self.present():
                return "NOT_FOUND"  # reading: as for a link, an expired or blocked identifier is in no person
            person = now.component(one)
            doomed = set(person)
            # "Erasing a person includes the expired identifiers that would be in one component with it if
            # nothing had expired."
            for component in unexpired.components:
                if component & person:
                    doomed |= component - self.present()
        # reading: an identifier that was never seen is erased too: its tombstone drops it when it comes.
        for ident in doomed:
            self.bury(self.forms(ident), at)
        return None

    def op_restore(self, operation: Json, at: datetime) -> str | None:
        ident = self.named(operation["identifier"])
        same = self.forms(ident)
        for _ in self.families:
            same |= {form for family in self.families if same & family for form in family}
        graves = [self.tombstones[form] for form in same if form in self.tombstones]
        graves = [grave for grave in graves if grave.restored is None]
        # reading: which code refuses a restore is not said, nor that restoring twice is refused.
        if not graves:
            return "NOT_FOUND"
        if at < max(grave.erased for grave in graves):
            return "BAD_TIME"
        for grave in graves:
            grave.restored = at
        return None

    def op_expire(self, operation: Json, at: datetime) -> str | None:
        self.expiry = at if self.expiry is None else max(at, self.expiry)
        return None

    # -- output --

    def output(self) -> Json:
        verdict = self.verdict()
        suppressed = []
        for ends, (reason, by) in verdict.suppressed.items():
            a, b = sorted(ident.label for ident in ends)
            suppressed.append({"a": a, "b": b, "reason": reason, "blockedBy": sorted(i.label for i in by)})
        suppressed.sort(key=lambda row: (row["a"], row["b"]))
        return {
            "components": sorted(sorted(ident.label for ident in c) for c in verdict.components),
            "suppressed": suppressed,
            "rejected": self.rejected,
            "warnings": self.warnings,
        }


def shop_of(observation: Json) -> Any:
    shop = observation.get("shop")
    return shop.get("key") if isinstance(shop, dict) else shop


def simulate(document: Json) -> Json:
    """What ``oneid simulate`` prints for the document, as JSON values."""
    world = World(document["policy"])
    waiting = list(document.get("operations") or [])

    def run_after(name: str) -> None:
        for operation in [o for o in waiting if o["after"] == name]:
            waiting.remove(operation)
            world.operate(operation)

    run_after("e0")
    for observation in document["observations"]:
        world.observe(observation)
        run_after(observation["id"])
    return world.output()
