"""What a policy says about the facts of member accounts: match rules, and what must not differ in a person.

Both compare traits, see `app.identity.facts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.identity.evidence import BY_RULE
from app.identity.facts import TRAIT, TRAITS

Positive = Annotated[int, Field(ge=1)]
MAX_GROUP = 50
"""Accounts that may hold the same equal values before these prove nothing."""


class Part(BaseModel):
    """A part of a policy: what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


def _known(name: str) -> str:
    if not TRAIT.fullmatch(name):
        raise PydanticCustomError(
            "trait",
            "no fact is called {name}: there are {known}, and a_ with the name of a declared attribute",
            {"name": name, "known": ", ".join(TRAITS)},
        )
    return name


Trait = Annotated[str, StringConstraints(max_length=128), AfterValidator(_known)]


class MatchRule(Part):
    """Accounts with these facts equal, and none of the others different, are perhaps one person's.

    `confidence` from 0 to 1; above `auto_above` what the rule finds joins without being asked about. Values
    that more than `max_group` accounts share prove nothing.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
    equal: tuple[Trait, ...] = Field(strict=False)
    not_different: tuple[Trait, ...] = Field(default=(), strict=False)
    confidence: Annotated[float, Field(gt=0, le=1)]
    auto_above: Annotated[float, Field(ge=0, lt=1)] | None = None
    max_group: Annotated[int, Field(ge=2)] = MAX_GROUP

    @model_validator(mode="after")
    def _compares(self) -> MatchRule:
        if not self.equal:
            raise PydanticCustomError("nothing", "equal: name at least one fact")
        names = [*self.equal, *self.not_different]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise PydanticCustomError("twice", "compared twice: {twice}", {"twice": ", ".join(twice)})
        return self

    @property
    def method(self) -> str:
        """How evidence of this rule says where it comes from."""
        return f"{BY_RULE}{self.name}"

    @property
    def automatic(self) -> bool:
        """Whether what it finds joins people by itself."""
        return self.auto_above is not None and self.confidence > self.auto_above

    @property
    def traits(self) -> tuple[str, ...]:
        """All that it compares."""
        return self.equal + self.not_different


class Contradiction(Part):
    """A fact that must not differ inside a person. The values of `ignore` say nothing."""

    attribute: Trait
    ignore: tuple[str, ...] = Field(default=(), strict=False)


def problems_among(
    rules: Sequence[MatchRule], contradictions: Sequence[Contradiction], *, accounts: bool
) -> list[str]:
    """What is wrong with these together; `accounts`: whether the policy has a kind whose facts they are."""
    found = [
        f"{path}: these are facts of members, and no kind is called member"
        for path, parts in (("rules", rules), ("contradictions", contradictions))
        if parts and not accounts
    ]
    for path, names in (
        ("rules.{}.name", [rule.name for rule in rules]),
        ("contradictions.{}.attribute", [one.attribute for one in contradictions]),
    ):
        found += [
            f"{path.format(i)}: {name} is there already" for i, name in enumerate(names) if name in names[:i]
        ]
    return found
