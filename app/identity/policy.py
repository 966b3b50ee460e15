"""The identity policy: which kinds of identifier exist and how far each of them may join people.

`load_policy` reads YAML, `Policy.model_validate` reads the same shape as JSON. Every problem is reported at
once, each with the path to it, as a `PolicyInvalid`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Any, Literal

import phonenumbers
import re2
import yaml
from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from app.errors import OneIdError
from app.identity.facts import ACCOUNT, field_of
from app.identity.policy_facts import Contradiction, MatchRule, Part, Positive, problems_among
from app.identity.policy_problems import problems_of

LAYERS = ("person", "contact", "device", "session")
"""Layers from the strongest to the weakest: a weaker one never outvotes a stronger one."""

MAX_YAML_BYTES = 64 * 1024

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]


class PolicyInvalid(OneIdError):
    """The policy cannot be used. `problems` lists each one as (path, message)."""

    code = "POLICY_INVALID"

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{path or 'policy'}: {message}" for path, message in problems))


class Kind(Part):
    """What one kind of identifier is, and how many of it one person may hold."""

    layer: Literal["person", "contact", "device", "session"]
    priority: int = 100
    label: Name | None = None
    scope: Literal["brand", "app"] | None = None
    limit: Positive | None = None
    limit_per_scope: Positive | None = None
    shared_after: Positive | None = None
    conflict: Literal["latest", "first", "neutral"] = "latest"
    ttl: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,5}[dhw]$")] | None = None
    pii: bool = False
    normalise: Literal["phone", "email", "lower", "upper", "compact"] | None = None
    region: str | None = None
    hashes: tuple[Literal["md5", "sha256"], ...] = Field(default=(), strict=False)
    pattern: str | None = None

    # An import normalises a million values by kind, and Pydantic hashes all fields each time.
    __hash__ = object.__hash__

    @model_validator(mode="after")
    def _usable(self) -> Kind:
        if self.region is not None and self.region not in phonenumbers.SUPPORTED_REGIONS:
            raise PydanticCustomError(
                "region", "region: no phone region is called {region}", {"region": self.region}
            )
        if self.pattern is not None:
            compiled(self.pattern)
        return self

    @cached_property
    def rank(self) -> int:
        """0 for the strongest layer, 3 for the weakest."""
        return LAYERS.index(self.layer)

    @cached_property
    def ttl_micros(self) -> int | None:
        """How long a sighting keeps an identifier alive, in microseconds."""
        if self.ttl is None:
            return None
        hours = {"h": 1, "d": 24, "w": 168}[self.ttl[-1]]
        return int(self.ttl[:-1]) * hours * 3_600_000_000


class Group(Part):
    """One limit over several kinds together."""

    kinds: tuple[str, ...] = Field(min_length=1, strict=False)
    limit: Positive


class Blocked(Part):
    """Values, or patterns that are searched in them, that identify nobody. `kind: "*"` means every kind."""

    kind: str
    values: tuple[str, ...] = Field(default=(), strict=False)
    patterns: tuple[str, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _patterns_compile(self) -> Blocked:
        for pattern in self.patterns:
            compiled(pattern)
        return self


class Source(Part):
    """What is known of a source of observations. One that is not listed is verified."""

    verified: bool = True


class Policy(Part):
    """One whole policy. `kinds` keeps its order: broken limits are reported in it."""

    version: Literal[1] = 1
    max_identifiers_per_person: Positive = 200
    max_identifiers_per_observation: Positive = 20
    max_cluster: Positive = 5000
    kinds: dict[Name, Kind]
    groups: tuple[Group, ...] = Field(default=(), strict=False)
    blocked: tuple[Blocked, ...] = Field(default=(), strict=False)
    sources: dict[str, Source] = Field(default_factory=dict)
    isolation: Literal["group", "brand"] = "group"
    rules: tuple[MatchRule, ...] = Field(default=(), strict=False)
    contradictions: tuple[Contradiction, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _fits_together(self) -> Policy:
        named = [(f"groups.{i}.kinds", kind) for i, group in enumerate(self.groups) for kind in group.kinds]
        named += [
            (f"blocked.{i}.kind", entry.kind) for i, entry in enumerate(self.blocked) if entry.kind != "*"
        ]
        problems = [f"{path}: no kind is called {kind}" for path, kind in named if kind not in self.kinds]
        problems += problems_among(self.rules, self.contradictions, accounts=ACCOUNT in self.kinds)
        if problems:
            raise PydanticCustomError("policy", "{problems}", {"problems": "; ".join(problems)})
        return self

    def verified(self, source: str | None) -> bool:
        """Whether the source's word is enough to join people."""
        return source is None or source not in self.sources or self.sources[source].verified

    @cached_property
    def has_neutral(self) -> bool:
        return any(kind.conflict == "neutral" for kind in self.kinds.values())

    @cached_property
    def deciding_fields(self) -> frozenset[str]:
        """The stored facts of accounts that decide who is one person: those of the contradictions."""
        return frozenset(field_of(one.attribute) for one in self.contradictions)

    @cached_property
    def compared_fields(self) -> frozenset[str]:
        """All stored facts of accounts that the policy compares."""
        matched = (field_of(trait) for rule in self.rules for trait in rule.traits)
        return self.deciding_fields.union(matched)

    def label(self, kind: str) -> str:
        """The Neo4j label of a kind: the policy's own, else the kind's name in PascalCase."""
        return self.kinds[kind].label or re.sub(r"(?:^|_)([A-Za-z0-9])", lambda m: m.group(1).upper(), kind)


def compiled(pattern: str) -> Any:
    """The pattern as RE2 reads it. Raises a Pydantic error that names the pattern when it cannot."""
    try:
        return re2.compile(pattern, _options())
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise PydanticCustomError(
            "pattern", "{pattern} is no RE2 pattern: {reason}", {"pattern": pattern, "reason": reason}
        ) from None


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    return options


def load_policy(text: str) -> Policy:
    """The policy that a YAML text describes. Raises `PolicyInvalid` with every problem at once."""
    return parse_policy(read_yaml(text))


def read_yaml(text: str) -> Any:
    """What a YAML text says, read safely: at most 64 KB, no aliases, no key twice. Raises `PolicyInvalid`."""
    if len(text.encode()) > MAX_YAML_BYTES:
        raise PolicyInvalid([("", f"longer than {MAX_YAML_BYTES} bytes")])
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise PolicyInvalid([("", "YAML aliases are not read: write the value out")])
        return yaml.load(text, Loader=_NoDuplicates)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise PolicyInvalid([("", f"not YAML: {error}")]) from None


def parse_policy(document: Any) -> Policy:
    """The policy that an already parsed document describes. Raises `PolicyInvalid`."""
    try:
        return Policy.model_validate(document)
    except ValidationError as error:
        raise PolicyInvalid(problems_of(error, Policy, _PARTS)) from None


_PARTS: dict[str, type[Part]] = {
    "kinds": Kind,
    "groups": Group,
    "blocked": Blocked,
    "sources": Source,
    "rules": MatchRule,
    "contradictions": Contradiction,
}


class _NoDuplicates(yaml.SafeLoader):
    """A safe loader that refuses a key that is given twice, where YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"given twice: {', '.join(twice)}", node.start_mark
            )
        return super().construct_mapping(node, deep)
