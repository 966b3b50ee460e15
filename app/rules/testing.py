"""Tests of values as conditions of Cypher, and what a value of each kind is compared with.

What a test says is turned into values of the stored kind first: money into minor units, ages and days since
into dates and instants, days into the instants between which they lie. So the database compares what it has
stored, and comes to what the pure functions come to. Every condition may be null where its value is
missing, which a WHERE takes for false; `sure` makes it false where it is negated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any
from unicodedata import normalize

from app.identity.facts import trait
from app.rules.parts import Test
from app.rules.statement import Statement

COMPARED = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_MOST_MINOR = 10**13
_INT64 = 2**63


def sure(conditions: Sequence[str]) -> str:
    """All of the conditions, and false where one of them is of a missing value."""
    return f"coalesce({' AND '.join(conditions)}, false)" if conditions else "true"


def no(conditions: Sequence[str]) -> str:
    """Not all of the conditions."""
    return f"NOT {sure(conditions)}"


@dataclass(frozen=True)
class Kind:
    """How a value of this kind is tested: `one` says that it equals a value, `compared` how it is beside
    one.
    """

    one: Callable[[Statement, str, Any], str]
    any_of: Callable[[Statement, str, Sequence[Any]], str]
    compared: Callable[[Statement, str, str, Any], str]
    span: Callable[[Statement, str, str, str], list[str]] | None = None
    text: Callable[[str], str] | None = None


def tested(statement: Statement, value: str, kind: Kind, test: Test) -> list[str]:
    """Conditions that all hold of the value where the test does. `value` is an expression that is cheap to
    say twice.
    """
    found: list[str] = []
    for name in test.said():
        said = getattr(test, name)
        if name == "eq":
            found.append(kind.one(statement, value, said))
        elif name == "ne":
            found.append(no([kind.one(statement, value, said)]))
        elif name == "in_":
            found.append(kind.any_of(statement, value, said))
        elif name == "not_in":
            found.append(no([kind.any_of(statement, value, said)]))
        elif name == "exists":
            found.append(f"{value} IS NOT NULL" if said else f"{value} IS NULL")
        elif name in COMPARED:
            found.append(kind.compared(statement, value, name, said))
        elif name in ("last", "next"):
            assert kind.span is not None, name  # noqa: S101 - checked
            found += kind.span(statement, value, name, said)
        else:
            found.append(_within_text(statement, value, kind, name, said))
    return found


def _within_text(statement: Statement, value: str, kind: Kind, name: str, said: str) -> str:
    assert kind.text is not None, name  # noqa: S101 - checked
    operator = {"contains": "CONTAINS", "starts_with": "STARTS WITH", "ends_with": "ENDS WITH"}[name]
    return f"{kind.text(value)} {operator} {statement.text(said)}"


def _simple(convert: Callable[[Any], Any], shown: Callable[[str], str] = lambda value: value) -> Kind:
    """A kind whose values are compared as they are, once converted."""
    return Kind(
        one=lambda statement, value, said: f"{shown(value)} = {statement.put(convert(said))}",
        any_of=lambda statement, value, said: (
            f"{shown(value)} IN {statement.put([convert(one) for one in said])}"
        ),
        compared=lambda statement, value, name, said: (
            f"{shown(value)} {COMPARED[name]} {statement.put(convert(said))}"
        ),
        text=shown,
    )


def rounded(said: Any) -> Any:
    """A number as it is compared: to six decimals, a whole one as such; anything else as NFC or as it is."""
    if isinstance(said, str):
        return normalize("NFC", said)
    if isinstance(said, bool):
        return said
    with localcontext(prec=400):
        number = Fraction(round(Decimal(repr(said)), 6))
    if number.denominator == 1 and abs(number) < _INT64:
        return int(number)
    return float(number)


def any_form(value: str) -> str:
    return (
        f"CASE WHEN {value} IS :: STRING NOT NULL THEN normalize({value}) "
        f"WHEN {value} IS :: FLOAT NOT NULL THEN round({value}, 6, 'HALF_EVEN') ELSE {value} END"
    )


def _gender(said: Any) -> Any:
    """In the form of the resolved attribute, of which F, 女 and female are one value."""
    word = trait("gender", {"gender": (0, said)}) if isinstance(said, str) else None
    return word if word in ("male", "female") else rounded(said)


def _city(said: Any) -> Any:
    """In the form of the resolved attribute, of which 上海 and 上海市 are one value."""
    shown = rounded(said)
    return shown.removesuffix("市") if isinstance(shown, str) and len(shown) > 2 else shown


TEXT = _simple(rounded, lambda value: f"normalize({value})")
GENDER = _simple(_gender)
CITY = _simple(_city)
"""Resolved attributes are stored as NFC (`app.profile.attributes.typed`)."""
NUMBER = _simple(rounded)
"""Of a number that is whole or rounded already."""
ANY = _simple(rounded, any_form)
"""Of a stored property that nobody declared: text, number or boolean."""


def money(digits: int) -> Kind:
    """An amount in minor units, tested in units of the currency."""

    def minor(said: Any) -> int | float:
        exact = _minor(said, digits)
        clamped = max(-_MOST_MINOR, min(_MOST_MINOR, floor(exact)))
        return clamped if exact.denominator == 1 else clamped + 0.5  # between two amounts is all that counts

    return _simple(minor)


def _minor(said: Any, digits: int) -> Fraction:
    return Fraction(Decimal(repr(said))) * Fraction(10**digits)


def average(digits: int) -> Kind:
    """An average of money: `value` is a list of the sum in minor units and the number of orders; no float
    decides.
    """

    def sides(said: Any) -> list[int]:
        exact = _minor(said, digits).limit_denominator(10**4)
        if abs(exact.numerator) > _MOST_MINOR:
            exact = Fraction(max(-_MOST_MINOR, min(_MOST_MINOR, round(exact))))
        return [exact.denominator, exact.numerator]

    def compared(statement: Statement, value: str, operator: str, said: Any) -> str:
        times, than = (statement.put(side) for side in sides(said))
        return f"{value}[0] * {times} {operator} {than} * {value}[1]"

    return Kind(
        one=lambda statement, value, said: compared(statement, value, "=", said),
        any_of=lambda statement, value, said: (
            f"any(one IN {statement.put([sides(one) for one in said])} "
            f"WHERE {value}[0] * one[0] = one[1] * {value}[1])"
        ),
        compared=lambda statement, value, name, said: compared(statement, value, COMPARED[name], said),
    )
