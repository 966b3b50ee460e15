"""What sources say of member accounts and cards, folded to what was said last of each field.

Adding up is commutative and idempotent, here and in the statement that merges with what is stored: of each
field the newest counts, of equal times the greater value. Nothing is said by null or by a blank text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.access.sealing import Keyring, mask_name
from app.identity.facts import Said, Scalar, later
from app.profile.search_index import name_entry

FIELDS = {
    "member": ("gender", "birthday", "city", "level", "points", "joinedAt"),
    "card": ("level", "points", "validFrom", "validTo", "status"),
}
"""The facts of each kind that have a name of their own; what a source declares is stored under `a_`."""


@dataclass(slots=True)
class Accounts:
    """Facts of many observations, by the key of the identifier that they are about."""

    keyring: Keyring
    _said: dict[str, dict[str, Said]] = field(default_factory=dict)
    _names: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def say(self, kind: str, key: str, at: int, source: str, facts: Mapping[str, Any]) -> None:
        """Take in the `member` or `card` facts of one observation."""
        said = self._said.setdefault(key, {})
        for name, value in _fields(kind, source, facts):
            before = said.get(name)
            if before is None or later((at, value), before):
                said[name] = (at, value)
        person = facts.get("name")
        if person and person.strip():
            self._say_name(key, at, person.strip())

    def _say_name(self, key: str, at: int, name: str) -> None:
        """Sealed texts cannot be compared, so a keyed digest of the name says which is greater, or equal."""
        said = (at, self.keyring.name_order(key, name), name)
        self._names[key] = max(said, self._names.get(key, said))

    def rows(self) -> list[dict[str, Any]]:
        """One row an identifier, sorted by key: `said` is [field, value, when], `person` the sealed name."""
        return [
            {
                "key": key,
                "said": [[name, value, at] for name, (at, value) in sorted(said.items())],
                "person": self._name(key),
            }
            for key, said in sorted(self._said.items())
        ]

    def _name(self, key: str) -> dict[str, Any] | None:
        if key not in self._names:
            return None
        at, digest, name = self._names[key]
        said = {"at": at, "digest": digest, "sealed": self.keyring.seal(name), "name": mask_name(name)}
        return said | {"entry": name_entry(self.keyring, key, name)}


def _fields(kind: str, source: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, Scalar]]:
    for name in FIELDS[kind]:
        value = facts.get(name)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            yield name, value
    if kind == "member":
        yield "source", source
    for name, value in (facts.get("attributes") or {}).items():
        yield f"a_{name}", value
