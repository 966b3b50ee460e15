"""What a kind of dependent is: the shape of `schema/dependents.yaml`, and what fits together in it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
KindName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=64)]
Label = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$", max_length=64)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Names = Annotated[
    tuple[Name, ...],
    BeforeValidator(lambda one: (one,) if isinstance(one, str) else one),
    Field(strict=False),
]
Words = Annotated[tuple[Word, ...], Field(strict=False)]

OWN = ("name", "gender", "birthday")
"""What every dependent may say beside its kind's attributes."""
TAKEN = frozenset(
    {
        *("Alias", "AuditTrail", "Block", "Brand", "BrandProfile", "Card", "Change", "Consent", "Correction"),
        *("Dependent", "Event", "Identifier", "Import", "Job", "JobRun", "Lease", "List", "Member"),
        *("Migration", "NameIndex", "Operation", "Order", "Person", "Policy", "Product", "Segment", "Shop"),
        *("Stage", "Tag", "Tombstone", "Touch"),
    }
)
"""Labels that mean something else in the graph."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Attribute(_Part):
    """An attribute of a kind. `choices` goes with the type choice."""

    type: Literal["text", "number", "date", "choice", "list"]
    choices: Words = ()

    @model_validator(mode="after")
    def _choices(self) -> Attribute:
        if (self.type == "choice") != bool(self.choices):
            raise PydanticCustomError(
                "choices", "`choices` goes with the type choice, and choice with `choices`"
            )
        return self


class Age(_Part):
    """Whole days, months or years since a day; negative before it."""

    age: Name
    unit: Literal["days", "months", "years"]


class WeeksBefore(_Part):
    """Whole weeks of `of` that have passed, counted back from a day that is still ahead."""

    weeks_before: Name
    of: Annotated[int, Field(ge=1, le=200)] = 40


class DaysSince(_Part):
    """Days since the first of these days that is known."""

    days_since: Names


class DaysUntil(_Part):
    """Days until the first of these days that is known; where none is, until so many months after the first
    day of `after` that is: `months` names the number.
    """

    days_until: Names
    after: Names = ()
    months: Name | None = None

    @model_validator(mode="after")
    def _both(self) -> DaysUntil:
        if bool(self.after) != bool(self.months):
            raise PydanticCustomError("months", "`after` goes with `months`, and `months` with `after`")
        return self


class DaysSinceEvent(_Part):
    """Days since the last event of these types about the dependent."""

    days_since_event: Words


Computed = Age | WeeksBefore | DaysSince | DaysUntil | DaysSinceEvent
_COMPUTED: tuple[type[_Part], ...] = (Age, WeeksBefore, DaysSince, DaysUntil, DaysSinceEvent)


def _computed(given: Any) -> Any:
    """The one that its first field names, so that a mistake is told of that alone."""
    if isinstance(given, Mapping):
        for one in _COMPUTED:
            if next(iter(one.model_fields)) in given:
                return one.model_validate(given)
    names = ", ".join(next(iter(one.model_fields)) for one in _COMPUTED)
    raise PydanticCustomError("computed", "a computed value has one of {names}", {"names": names})


class Kind(_Part):
    """One kind of dependent."""

    label: Label
    title: Word | None = None
    attributes: dict[Name, Attribute] = Field(default_factory=dict)
    required: Names = ()
    natural_key: Names = ()
    computed: dict[Name, Annotated[Any, BeforeValidator(_computed)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_together(self) -> Kind:
        if wrong := list(_misfits(self)):
            raise PydanticCustomError("kind", "{wrong}", {"wrong": "; ".join(wrong)})
        return self

    def days(self) -> set[str]:
        """The names of what is a day."""
        return {"birthday", *(name for name, one in self.attributes.items() if one.type == "date")}


def _misfits(kind: Kind) -> Iterator[str]:
    known = {*OWN, *kind.attributes}
    for path, names in (("required", kind.required), ("natural_key", kind.natural_key)):
        yield from (f"{path}: no attribute is called {name}" for name in names if name not in known)
    yield from (
        f"attributes.{name}: every dependent has it already" for name in OWN if name in kind.attributes
    )
    for name, one in kind.computed.items():
        for day in _days_of(one):
            if day not in kind.days() | {"order"}:
                yield f"computed.{name}: {day} is no date of this kind"
        months = getattr(one, "months", None)
        if months and (months not in kind.attributes or kind.attributes[months].type != "number"):
            yield f"computed.{name}.months: {months} is no number of this kind"


def _days_of(one: Computed) -> tuple[str, ...]:
    match one:
        case Age():
            return (one.age,)
        case WeeksBefore():
            return (one.weeks_before,)
        case DaysSince():
            return one.days_since
        case DaysUntil():
            return (*one.days_until, *one.after)
        case _:
            return ()


class Kinds(_Part):
    """All kinds that a deployment keeps."""

    version: Literal[1] = 1
    kinds: dict[KindName, Kind]

    @model_validator(mode="after")
    def _labels(self) -> Kinds:
        labels = Counter(one.label for one in self.kinds.values())
        wrong = [f"label: {label} is taken by the graph itself" for label in sorted(labels.keys() & TAKEN)]
        wrong += [f"label: {label} is given twice" for label, count in labels.items() if count > 1]
        if wrong:
            raise PydanticCustomError("kinds", "{wrong}", {"wrong": "; ".join(wrong)})
        return self
