"""What another policy would make of the people, as data. Names are masked: nothing here is personal."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class _Told(BaseModel):
    """JSON with the names that GraphQL gives."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="forbid")


class Problem(_Told):
    """Something about the policy that its author can mend, or should know."""

    field: tuple[str, ...]
    code: str
    message: str
    suggestion: str | None = None


class Shown(_Told):
    """An identifier as everybody may see it: `value` is None of personal kinds."""

    kind: str
    scope: str
    value: str | None
    display: str


class Grouping(_Told):
    """A person, now or under the policy. `one_id` is None for one that would be new."""

    one_id: str | None
    identifiers: int
    owner: Shown | None


class Standing(_Told):
    """How a pair, or an identifier, stands under one of the policies, and the line of it that says so."""

    state: str
    reason: str | None = None
    rule: str | None = None
    blocked_by: tuple[Shown, ...] = ()


class Deciding(_Told):
    """A pair that joins under one of the policies and not under the other."""

    a: Shown
    b: Shown
    now: Standing
    then: Standing


class Dropped(_Told):
    """An identifier that takes part under one of the policies and not under the other."""

    identifier: Shown
    now: Standing
    then: Standing


class Change(_Told):
    """People whose identifiers would be grouped otherwise; `moved` identifiers would be another's, or
    nobody's.
    """

    what: str
    moved: int
    identifiers: int
    people_before: int
    people_after: int
    before: tuple[Grouping, ...]
    after: tuple[Grouping, ...]
    evidence_changed: int
    evidence: tuple[Deciding, ...]
    dropped: tuple[Dropped, ...]
    says: str


class Count(_Told):
    """How many pairs are in a state, for a reason."""

    state: str
    reason: str | None
    before: int
    after: int


class PolicyDiff(_Told):
    """The whole answer. `merged` and `created` count OneIDs, `split`, `gained` and `lost` people of now."""

    user_errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    identifiers: int = 0
    people_before: int = 0
    people_after: int = 0
    merged: int = 0
    split: int = 0
    created: int = 0
    returned: int = 0
    gained: int = 0
    lost: int = 0
    dropped: int = 0
    revived: int = 0
    evidence: tuple[Count, ...] = ()
    changes_total: int = 0
    changes: tuple[Change, ...] = ()
    seconds: float = 0.0
