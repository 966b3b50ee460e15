"""Babies, pets and appliances as observations tell of them, and what of them is stored. Pure but for seals.

Of each field the newest word counts (`app.identity.saying`). A dependent hangs on every identifier that was
the best of some message about it: two guardians are two relationships. Times are microseconds since 1970.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.access.blind import joined
from app.access.sealing import Keyring, mask_name
from app.dependents.kinds import declared
from app.identity.evidence import together
from app.identity.facts import later
from app.identity.saying import STAMP, Thing, stored

FIELDS = ("kind", "gender", "birthday")
"""What is said of a dependent and stored as it is; its name is sealed, what is declared is under `a_`."""
DECLARED = "a_"
_KIND = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


def kind_of(given: str) -> str | None:
    """A kind as it is stored, in UPPER_CASE; None for what cannot be the name of one."""
    kind = given.strip().upper()
    return kind if _KIND.fullmatch(kind) else None


def label_of(kind: str) -> str:
    """The second label of a dependent: as its kind is declared; of a kind that is no more, `HomeRobot` of
    HOME_ROBOT.
    """
    known = declared().kinds.get(kind)
    return known.label if known else "".join(part.capitalize() for part in kind.split("_"))


def name_digest(keyring: Keyring, name: str) -> str:
    """What tells whether two dependents have one name, however it is spelt: without case, width, spaces."""
    return keyring.digest("/dependent", "name", joined(name) or name)[:32]


@dataclass(frozen=True, slots=True)
class Guardian:
    """Whose it is: first and last said, and as what, by which time."""

    since: int
    last: int
    relation: tuple[int, str] | None = None

    def plus(self, other: Guardian | None) -> Guardian:
        """Both together."""
        if other is None:
            return self
        relation = self.relation
        if other.relation and (relation is None or later(other.relation, relation)):
            relation = other.relation
        return Guardian(min(self.since, other.since), max(self.last, other.last), relation)


@dataclass(slots=True)
class Dependent:
    """A dependent as far as it is known."""

    thing: Thing
    guardians: dict[str, Guardian] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    origin: str = ""
    """The first observation that told of it: source, time and the smallest key of a dependent in it."""

    def say(self, told: Mapping[str, Any], at: int, source: str, holder: str, origin: str) -> None:
        """Take in one `DependentInput`."""
        first = self.thing.first if self.thing.known else at
        if at < first or not self.origin or (at == first and origin < self.origin):
            self.origin = origin
        self.thing.say(at, _words(told))
        self.sources = together(self.sources, (source,))
        relation = (told.get("relation") or "").strip()
        guardian = Guardian(at, at, (at, relation) if relation else None)
        self.guardians[holder] = guardian.plus(self.guardians.get(holder))

    def copy(self) -> Dependent:
        """The same, to be compared with later."""
        return replace(self, thing=self.thing.copy(), guardians=dict(self.guardians))

    def values(self) -> dict[str, Any]:
        """The stored properties that are neither times nor sealed."""
        said = {name: value for name, (_, value) in self.thing.said.items() if name != "name"}
        return said | {"sources": list(self.sources), "origin": self.origin}

    def times(self) -> dict[str, int]:
        """The stored times: first and newest word, and of each field its own."""
        own = {STAMP + name: at for name, (at, _) in self.thing.said.items()}
        return {"said": self.thing.first, "last": self.thing.last, **own}


def _words(told: Mapping[str, Any]) -> dict[str, Any]:
    declared = {f"{DECLARED}{name}": value for name, value in (told.get("attributes") or {}).items()}
    texts = {name: (told.get(name) or "").strip() or None for name in ("name", "gender")}
    return {**declared, **texts, "kind": kind_of(told["kind"]), "birthday": told.get("birthday")}


def name_values(keyring: Keyring, name: str) -> dict[str, Any]:
    """What is stored of a name: sealed, masked, and a digest that tells equal ones."""
    return {
        "name": mask_name(name),
        "sealedName": keyring.seal(name),
        "nameDigest": name_digest(keyring, name),
    }


def guardian_rows(key: str, before: Dependent, now: Dependent) -> list[dict[str, Any]]:
    """The guardians that are otherwise now, as rows."""
    return [
        {
            "key": key,
            "holder": holder,
            "since": one.since,
            "last": one.last,
            "relation": one.relation[1] if one.relation else None,
            "related": one.relation[0] if one.relation and one.relation[0] != one.last else None,
        }
        for holder, one in sorted(now.guardians.items())
        if one != before.guardians.get(holder)
    ]


def from_stored(
    keyring: Keyring, key: str, properties: Mapping[str, Any], guardians: Iterable[Sequence[Any]]
) -> Dependent:
    """The dependent that is stored: properties with times in microseconds; guardians as [identifier, since,
    last, relation, when that was said if not last].
    """
    names = [name for name in properties if name in FIELDS or name.startswith(DECLARED)]
    said = {name: properties[name] for name in names}
    if "sealedName" in properties:
        said["name"] = keyring.unseal(bytes(properties["sealedName"]))
    span = {"first": properties["said"], "last": properties["last"]}
    held = {
        holder: Guardian(since, last, (related or last, relation) if relation else None)
        for holder, since, last, relation, related in guardians
    }
    thing = stored(key, said, properties, **span, holder=None)
    return Dependent(thing, held, tuple(properties["sources"]), properties["origin"])
