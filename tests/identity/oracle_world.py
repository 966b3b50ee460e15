"""What happened so far, as plain lists, and everything that follows from it, worked out again each time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.identity.oracle_facts import Saying
from tests.identity.oracle_rule import Pair, Verdict, resolve
from tests.identity.oracle_values import Ident, Json, fault, hash_forms, is_hash, normalise

BEGINNING = datetime.min.replace(tzinfo=UTC)
LENGTHS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass
class Sighting:
    """One accepted observation: its time, whether its source is verified, the identifiers as they arrived."""

    at: datetime
    verified: bool
    idents: set[Ident]
    about: Ident | None = None
    member: Json = field(default_factory=dict)


@dataclass
class Pin:
    """A link, an unlink or a neverLink of two identifiers, with its time and its place in the run."""

    op: str
    ends: tuple[Ident, Ident]
    at: datetime
    run: int
    operation: int = 0


@dataclass
class Tombstone:
    """An erased form: when it was erased, when (if ever) it was restored since, and by which operations."""

    erased: datetime
    restored: datetime | None = None
    lifted: set[int] = field(default_factory=set)


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
    operation: int = 0
    done: dict[int, tuple[Json, bool]] = field(default_factory=dict)  # what ran, and whether it was undone
    rejected: list[Json] = field(default_factory=list)
    warnings: list[Json] = field(default_factory=list)

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
            live = self.live(ends, seen)
            # "Of link and unlink on one pair the newer holds, of equal times the later run."
            either = [pin for pin in self.pins if pin.op in ("link", "unlink") and self.ends(pin) == ends]
            newest = max(either, key=lambda pin: (pin.at, pin.run), default=None)
            link = newest.at if newest and newest.op == "link" else None
            if live or link:
                found[ends] = self.pair(ends, live, link)
        return found

    def live(self, ends: frozenset[Ident], seen: dict[frozenset[Ident], list[Sighting]]) -> list[Sighting]:
        """The sightings of a pair that no unlink folded away: it starts afresh after each."""
        # reading: "An unlink … holds for sightings up to the operation's time", whichever form of the
        # value they came with and whenever they arrive.
        cuts = [pin.at for pin in self.pins if pin.op == "unlink" and self.ends(pin) == ends]
        return [s for s in seen.get(ends, []) if all(s.at > cut for cut in cuts)]

    def pair(self, ends: frozenset[Ident], live: list[Sighting], link: datetime | None) -> Pair:
        a, b = sorted(ends, key=lambda i: i.key)
        trusted = live
        if any(self.kind(i.kind)["layer"] in ("person", "contact") for i in ends):
            trusted = [s for s in live if s.verified]
        # reading: "manual links first, the newest first": a link has its own time alone, whatever evidence
        # its pair has besides.
        times = [link] if link else [s.at for s in trusted] or [BEGINNING]
        return Pair(a, b, min(times), max(times), link, claimed=not trusted and link is None)

    def verdict(self, ignore_expiry: bool = False) -> Verdict:
        here = self.present(ignore_expiry)
        pairs = [pair for ends, pair in self.pairs().items() if ends <= here]
        return resolve(self.policy, here, pairs, self.never(), self.says())

    def says(self) -> dict[Ident, list[Saying]]:
        """What each account said of itself, whenever: what was erased said nothing."""
        found: dict[Ident, list[Saying]] = {}
        for sighting in self.sightings:
            if sighting.about in sighting.idents:
                found.setdefault(self.canonical(sighting.about), []).append((sighting.at, sighting.member))
        return found

    def never(self) -> frozenset[frozenset[Ident]]:
        return frozenset(self.ends(p) for p in self.pins if p.op == "neverLink" and len(self.ends(p)) == 2)

    # -- what an operation names --

    def named(self, given: Json) -> Ident:
        """An identifier as an operation names it: scopes as the output shows, a hash by its plain value."""
        value = normalise(self.kind(given["kind"]), given["value"])
        value = given["value"].strip() if value is None else value
        # reading: "a hash looks there first": only a hash is looked up; a plain value that is not stored
        # finds none of its hashes.
        return self.canonical(Ident(given["kind"], given.get("scope") or "*", value))

    def reached(self, ident: Ident) -> set[Ident]:
        """The value that an operation names, and the stored hashes that equal it."""
        # reading: "values that arrive as `md5=…` … equal the plain value": naming the plain value to separate
        # it reaches the hashes of it that are stored; a link wants an identifier that is stored.
        return {ident} | (self.forms(ident) & set(self.known()))

    def inseparable(self, a: Ident, b: Ident) -> bool:
        """Whether two ends are one value, or one of them was erased under this very name."""
        graves = [self.tombstones[end] for end in (a, b) if end in self.tombstones]
        return bool(self.reached(a) & self.reached(b)) or any(grave.restored is None for grave in graves)

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
        graves = [grave for grave in map(self.tombstones.get, forms) if grave]
        standing = [grave for grave in graves if grave.restored is None]
        if standing:
            new = {form for form in forms if self.tombstones.get(form) not in standing}
            self.bury(new, max(grave.erased for grave in standing))
        elif graves:
            # reading: "then only observations dated after it count for that identifier": a lifted tombstone
            # spreads as well, and takes older sightings of the other forms with it.
            restored = max(grave.restored for grave in graves if grave.restored)
            lifted = set().union(*(grave.lifted for grave in graves))
            for form in forms:
                self.tombstones[form] = Tombstone(max(grave.erased for grave in graves), restored, lifted)
            for sighting in self.sightings:
                sighting.idents -= forms if sighting.at <= restored else set()
            self.sightings = [sighting for sighting in self.sightings if sighting.idents]
        if graves:
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
