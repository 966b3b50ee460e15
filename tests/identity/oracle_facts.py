"""The oracle's reading of facts: what an account says of itself, and what must not differ inside a person."""

from collections.abc import Iterable
from typing import Any

from tests.identity.oracle_values import Ident, Json

TWO_CHARACTERS = ("欧阳", "司马")  # of the names that the worlds draw
SPELLINGS = {"m": "male", "男": "male", "f": "female", "女": "female"}
SAYS_NOTHING = ("", "unknown", "未知")

Saying = tuple[Any, dict[str, Any]]
"""When an account said something, and the ``member`` of that observation."""


def subject(observation: Json, idents: Iterable[Ident]) -> Ident | None:
    """The account that the facts of an observation are about: its one member."""
    # reading: "`member` and `card` facts need exactly one identifier of that kind": with several, in a
    # simulation, they are nobody's.
    members = {ident for ident in idents if ident.kind == "member"}
    return members.pop() if len(members) == 1 and observation.get("member") else None


def raw(member: Json, attribute: str) -> Any:
    if attribute.startswith("a_"):
        return (member.get("attributes") or {}).get(attribute[2:])
    value = member.get("name" if attribute in ("surname", "given_name") else attribute)
    return None if isinstance(value, str) and not value.strip() else value


def last(sayings: list[Saying], attribute: str) -> Any:
    """What was said last; of equal times the greater: a text before a boolean before a number."""
    found = [(at, raw(member, attribute)) for at, member in sayings]
    said = [(at, rank(value), value) for at, value in found if value is not None]
    return max(said, default=(None, None, None))[2]


def rank(value: Any) -> int:
    """The place of a value's type in the order of values."""
    return 0 if isinstance(value, str) else 1 if isinstance(value, bool) else 2


def compared(attribute: str, value: Any) -> str | None:
    """A value as it is compared: spelling does not matter, and what says nothing is None."""
    if value is None:
        return None
    text = " ".join(str(value).lower().split())
    if attribute == "gender":
        return None if text in SAYS_NOTHING else SPELLINGS.get(text, text)
    if attribute != "surname":
        return text or None
    if text[0] >= "\u3400":
        return text[:2] if len(text) > 2 and text[:2] in TWO_CHARACTERS else text[0]
    return text.split()[-1] if " " in text else None


def differing(
    policy: Json, union: Iterable[Ident], says: dict[Ident, list[Saying]]
) -> tuple[str, tuple[Ident, ...]] | None:
    """The first contradiction inside these, with all who say anything about it."""
    for entry in policy.get("contradictions", []):
        said = {i: compared(entry["attribute"], last(says.get(i, []), entry["attribute"])) for i in union}
        said = {i: value for i, value in said.items() if value and value not in entry.get("ignore", [])}
        if len(set(said.values())) > 1:
            return "CONTRADICTION", tuple(said)
    return None
