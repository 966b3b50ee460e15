"""Babies, pets, appliances and what else a deployment declares, as callers read them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import strawberry
from strawberry.types.lazy_type import LazyType

from app.context import Context
from app.dependents import derive as _derive  # noqa: F401 - follows every unit of work
from app.dependents.computed import Known, computed
from app.dependents.kinds import day_of, declared
from app.dependents.kinds_graphql import DependentKind, all_kinds
from app.dependents.model import DaysSinceEvent
from app.graph.planner_fields import Found, answered, elsewhere, list_elsewhere, stored
from app.graph.planner_scalars import Value
from app.identity.graphql import Identifier, Node
from app.rules.ages import age_days, age_months, age_years
from app.settings import settings

_PERSON = elsewhere("Person", "app.profile.graphql")
_COMMERCE = "app.commerce.graphql"
_BIRTHDAY = "Dependent.ageDays"


def today(context: Context) -> date:
    """The local day that the request is answered for."""
    return context.as_of.astimezone(ZoneInfo(settings().time_zone)).date()


def _name(context: Context, cell: bytes | str) -> str:
    return cell if isinstance(cell, str) else context.keyring.unseal(bytes(cell))


def _age(age: Any) -> Any:
    def made(context: Context, cell: str | None) -> int | None:
        return None if cell is None else age(date.fromisoformat(cell), today(context))

    return made


@strawberry.type(description="Whose a dependent is: one for each identifier that a message about it hung on.")
class Guardian:
    relation: str | None = stored("What it is to them, as the source says: child, mother of …")
    since: datetime = stored("When that was said first.")
    last: datetime = stored("When it was said last.")
    identifier: Identifier | None = stored("The identifier; null for a caller whose brands do not know it.")
    person: Any = stored("The living person that holds it.", of=_PERSON)


@strawberry.type(description="Something that is worked out of a dependent on the day of the request.")
class ComputedValue:
    name: str = strawberry.field(description="Its name in the kind's declaration: pregnancyWeek …")
    value: int = strawberry.field(description="Whole days, weeks, months or years.")


@strawberry.type(description="One thing that was said of a dependent, and still holds under its key.")
class DependentWord:
    name: str = strawberry.field(description="name, gender, birthday, kind, or a declared attribute.")
    value: Value = strawberry.field(description="The value; a day as text, a name masked without pii:read.")
    at: datetime = strawberry.field(description="When it was said.")
    sources: list[str] = strawberry.field(description="Who registered the dependent under this key.")
    brand: strawberry.ID = strawberry.field(description="The brand's key; `*` without one.")
    key: strawberry.ID = strawberry.field(description="The key of the dependent that it was said of.")


def _types() -> list[str]:
    """All types of events that something is computed of."""
    values = (one for kind in declared().kinds.values() for one in kind.computed.values())
    return sorted(
        {type_ for one in values if isinstance(one, DaysSinceEvent) for type_ in one.days_since_event}
    )


def _look_up_computed(_: Context, __: Any) -> Found:
    return Found({"types": _types()})


def _computed(context: Context, cells: list[Any]) -> list[dict[str, Any]]:
    kind_name, birthday, said, bought, events = cells[0]
    kind = declared().kinds.get(kind_name)
    if kind is None:
        return []
    days = {
        name: day
        for name, value in [*said, ["birthday", birthday], ["order", bought]]
        if (day := day_of(value))
    }
    numbers = {
        name: value for name, value in said if isinstance(value, int | float) and not isinstance(value, bool)
    }
    known = Known(days, numbers, {type_: date.fromisoformat(day) for type_, day in events})
    found = computed(kind, known, today(context))
    return [{"name": name, "value": value} for name, value in found.items()]


def _history(context: Context, cells: list[Any]) -> list[dict[str, Any]]:
    """Every word by its time; of one time by its name and key."""
    words = [
        {
            "name": name.removeprefix("a_"),
            "value": _name(context, bytes(value)) if isinstance(value, bytes | bytearray) else value,
            "at": _time(last if at is None else at),
            "sources": sources,
            "brand": brand,
            "key": key,
        }
        for key, brand, sources, last, said in cells
        for name, value, at in said
    ]
    return sorted(words, key=lambda word: (word["at"], word["name"], word["key"]))


def _time(at: int) -> str:
    moment = datetime.fromtimestamp(at // 1_000_000, UTC).replace(tzinfo=None)
    text = moment.replace(microsecond=at % 1_000_000).isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


def _events(
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
    types: list[str] | None = strawberry.UNSET,
) -> Any: ...


@strawberry.type(description="Somebody or something that a person looks after: a baby, a pet, an appliance …")
class Dependent(Node):
    key: strawberry.ID = stored("Its brand and the source's key, `mumu|b-1`.")
    kind: str = stored("What it is: BABY, PET, APPLIANCE, or a kind that the deployment declares.")
    name: str | None = stored("Its name; masked for callers without the scope pii:read.", show=_name)
    gender: str | None = stored("As the source said it.")
    birthday: date | None = stored("The birthday; one that lies ahead is the due date.")
    age_days: int | None = stored(
        "Whole days since the birthday; negative before it.", make=_age(age_days), file=_BIRTHDAY
    )
    age_months: int | None = stored(
        "Whole months since the birthday: 12 a year, and one less while the day of the month is not reached.",
        make=_age(age_months),
        file=_BIRTHDAY,
    )
    age_years: int | None = stored(
        "Whole years since the birthday: months / 12, rounded down.", make=_age(age_years), file=_BIRTHDAY
    )
    relation: str | None = stored("What it is to whom it belongs, in the newest words.")
    since: datetime = stored("When it was first told of.")
    last: datetime = stored("When it was told of last.")
    brand: Any = stored("The brand that registered it.", of=elsewhere("Brand", _COMMERCE))
    sources: list[str] = stored("Who registered it, also under other keys that are the same dependent.")
    attributes: Any = stored(
        "What else was said of it, by name.", of=list_elsewhere("Attribute", "app.profile.graphql")
    )
    computed: list[ComputedValue] = stored(
        "What its kind says is worked out, on the day of the request, of what is known.",
        look_up=_look_up_computed,
        make=_computed,
    )
    tags: Any = stored(
        "The tags that it carries, each once: by hand before by rule, then the latest.",
        of=list_elsewhere("TagAssignment", "app.tags.graphql"),
    )
    owner: Any = stored("The living person whose it is; of several the first.", of=_PERSON)
    guardians: list[Guardian] = stored("Everybody whose it is, the first first.")
    model: Any = stored("The product that its model names.", of=elsewhere("Product", _COMMERCE))
    purchase_order: Any = stored("The order that it was bought with.", of=elsewhere("Order", _COMMERCE))
    events: Any = stored(
        "Care, check-ins, questionnaires and what else happened with it, the newest first.",
        of=LazyType("EventConnection", "app.touches.graphql"),
        arguments=_events,
    )
    history: list[DependentWord] = stored(
        "What each source said of it and when, oldest first: the newest word of each under each key.",
        make=_history,
    )
    duplicates: list["Dependent"] = stored(
        "The same dependent as other sources registered it; `dependentSeparate` takes two apart."
    )


def _no_arguments() -> Any: ...


@strawberry.type
class DependentQueries:
    dependent_kinds: list[DependentKind] = answered(
        all_kinds,
        "The kinds of dependents that the deployment keeps, as it declares them.",
        of=list[DependentKind],
        arguments=_no_arguments,
        scope="profile:read",
    )
