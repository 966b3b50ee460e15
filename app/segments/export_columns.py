"""The columns of an export of people: which there are, what each is called in the file, and what it says.

For whoever may not see personal values, a column that would hold them holds masked ones, and its name says
so: `name_masked`, `identifier.phone_masked`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Literal

from app.access.sealing import Keyring
from app.errors import BadInput
from app.identity.policy import Policy
from app.money import minor_digits

MOST = 60
"""How many columns one file may have."""

DEFAULT = ("oneId", "name", "gender", "birthday", "city", "stage", "orders", "paid", "lastOrderAt", "tags")


@dataclass(frozen=True, slots=True)
class About:
    """What values are read with."""

    keyring: Keyring
    pii: bool
    currency: str


Value = Callable[[Mapping[str, Any], About], Any]
Type = Literal["text", "texts", "number", "amount", "time", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: as it is asked for, of which type, and how its value is read off a row.

    personal: masked for whoever may not see personal values. kind: of identifiers, which must be read.
    whole: it is derived from the facts of every brand, so for callers of all alone.
    """

    name: str
    type: Type
    value: Value
    personal: bool = False
    kind: str | None = None
    whole: bool = True

    def header(self, pii: bool) -> str:
        """Its name in the file."""
        return f"{self.name}_masked" if self.personal and not pii else self.name


def _own(name: str, stored: str | None = None) -> Value:
    def read(row: Mapping[str, Any], _: About) -> Any:
        value = row["own"].get(stored or name)
        return value.to_native() if hasattr(value, "to_native") else value

    return read


def _money(stored: str) -> Value:
    def read(row: Mapping[str, Any], about: About) -> Any:
        minor = row["own"].get(stored)
        return None if minor is None else Decimal(minor).scaleb(-minor_digits(about.currency))

    return read


def _name(row: Mapping[str, Any], about: About) -> str | None:
    if not about.pii:
        masked: str | None = row["own"].get("nameMasked")
        return masked
    sealed = row["own"].get("sealedName")
    return None if sealed is None else about.keyring.unseal(bytes(sealed))


def _identifiers(kind: str) -> Value:
    def read(row: Mapping[str, Any], about: About) -> list[str]:
        return [_shown(one, about) for one in row["identifiers"] if one[0] == kind]

    return read


def _shown(one: Sequence[Any], about: About) -> str:
    _, value, sealed, name = one
    if sealed is None:
        return str(value)
    return about.keyring.unseal(bytes(sealed)) if about.pii else str(name)


def _attribute(name: str) -> Value:
    def read(row: Mapping[str, Any], _: About) -> str | None:
        value = row["own"].get(f"a_{name}")
        return None if value is None else str(value)

    return read


_PLAIN = (
    Column("oneId", "text", lambda row, _: row["one_id"], whole=False),
    Column("name", "text", _name, personal=True),
    Column("gender", "text", _own("gender")),
    Column("birthday", "date", _own("birthday")),
    Column("city", "text", _own("city")),
    Column("stage", "text", lambda row, _: row["stage"]),
    *(Column(name, "number", _own(name)) for name in ("recency", "frequency", "monetary")),
    Column("rfmSegment", "text", _own("rfmSegment")),
    *(Column(name, "number", _own(name)) for name in ("orders", "pieces")),
    *(Column(name, "amount", _money(f"{name}Minor")) for name in ("paid", "discount", "refunded")),
    *(Column(name, "time", _own(name)) for name in ("firstOrderAt", "lastOrderAt", "refreshedAt")),
    Column("tags", "texts", lambda row, _: row["tags"], whole=False),
    Column("segments", "texts", lambda row, _: row["segments"]),
)
PLAIN = {column.name: column for column in _PLAIN}
_NAMED = re.compile(r"(identifier|attribute)\.([A-Za-z][A-Za-z0-9_]{0,63})")


def columns(names: Sequence[str], policy: Policy, brands: Sequence[str] | None) -> list[Column]:
    """The columns of these names. Raises BadInput (UNKNOWN_COLUMN, FORBIDDEN_COLUMN), with all of them."""
    names = list(dict.fromkeys(names)) or list(DEFAULT)
    if len(names) > MOST:
        raise BadInput(f"at most {MOST} columns", code="TOO_COMPLEX", field=("columns",))
    found = [_column(name, policy) for name in names]
    if unknown := [name for name, one in zip(names, found, strict=True) if one is None]:
        near = get_close_matches(unknown[0], PLAIN, n=1)
        known = f"{', '.join(PLAIN)}, identifier.KIND, attribute.NAME"
        raise BadInput(
            f"no column is called {', '.join(unknown)}",
            code="UNKNOWN_COLUMN",
            field=("columns",),
            suggestion=f"did you mean {near[0]}?" if near else f"there are {known}",
        )
    chosen = [one for one in found if one is not None]
    if brands is not None and (closed := [one.name for one in chosen if one.whole]):
        raise BadInput(
            f"derived from the facts of every brand, so for callers of all: {', '.join(closed)}",
            code="FORBIDDEN_COLUMN",
            field=("columns",),
            suggestion="ask for oneId, tags and identifier.KIND",
        )
    return chosen


def _column(name: str, policy: Policy) -> Column | None:
    if name in PLAIN:
        return PLAIN[name]
    said = _NAMED.fullmatch(name)
    if said is None:
        return None
    if said[1] == "attribute":
        return Column(name, "text", _attribute(said[2]))
    kind = policy.kinds.get(said[2])
    if kind is None:
        return None
    return Column(name, "texts", _identifiers(said[2]), personal=kind.pii, kind=said[2], whole=False)


def cell(value: Any) -> str:
    """A value in a CSV. A text that a spreadsheet would run as a formula has an apostrophe before it; a list
    is its items with semicolons between.
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_safe(str(one)) for one in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _safe(value) if isinstance(value, str) else str(value)


_RUNS = re.compile(r"[=+\-@\t\r\n|%]")
_SIGNED = re.compile(r"[+-]?\d+(\.\d+)?")


def _safe(text: str) -> str:
    return f"'{text}" if _RUNS.match(text) and not _SIGNED.fullmatch(text) else text
