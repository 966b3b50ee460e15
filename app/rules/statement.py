"""The parameters of a statement that is being put together, and where its time, money and brands are read.

Text and values are kept apart here: a value goes into the one map `$p` under a name of ours and leaves its
place behind, so that nothing that a rule says is ever part of a statement, and rules of one shape have one
text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from app.rules.model import Rule
from app.rules.parts import Test
from app.rules.windows import Clock


def forms(value: str) -> list[str]:
    """The text composed and decomposed: one form where they are the same."""
    return list(dict.fromkeys((normalize("NFC", value), normalize("NFD", value))))


@dataclass(frozen=True)
class Settings:
    """What an evaluation is told beside the rule.

    currency: of the orders that count where a rule names none. brands: those that a limited caller may see,
    None for all. segments: the rules of the saved segments that the rule uses, and they in turn. sizes: how
    many facts each place finds where a statement about the rule could start (`compiler_sizes.sized`). names:
    the OneIDs of those who pass each test of names, or are shut out by it (`names.named`).
    """

    clock: Clock
    currency: str = "CNY"
    brands: Sequence[str] | None = None
    segments: Mapping[str, Rule] = field(default_factory=dict)
    sizes: Mapping[tuple[Rule, int], int] = field(default_factory=dict)
    names: Mapping[Test, Sequence[str]] = field(default_factory=dict)


@dataclass
class Statement:
    """One statement's parameters, named in the order in which they are asked for."""

    settings: Settings
    values: dict[str, Any] = field(default_factory=dict)
    measured: str = ""
    """A list of the one value that the last measure was of, null of nothing: for what is computed."""
    aggregates: bool = True
    """Whether aggregates may stand in it; below an object of a read, Neo4j 5.26 refuses them."""

    @property
    def clock(self) -> Clock:
        """The moment and the zone."""
        return self.settings.clock

    def put(self, value: Any) -> str:
        """Take in a value; returns what stands for it in the text."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"$p.{name}"

    def named(self, name: str, value: Any) -> str:
        """Take in a value that more than one place asks for."""
        self.values[name] = value
        return f"$p.{name}"

    def text(self, value: str) -> str:
        """Take in a text that is searched in a stored one, as NFC."""
        return self.put(normalize("NFC", value))

    def texts(self, *values: str) -> str:
        """Take in texts that mean any of them, in the forms that a stored one may have: text compares as
        NFC, and an index knows nothing of that.
        """
        return self.put(list(dict.fromkeys(form for value in values for form in forms(value))))

    def seen(self, fact: str) -> list[str]:
        """That a limited caller may see the fact: it is of one of its brands."""
        return [] if self.settings.brands is None else [f"{fact}.brand IN {self._brands()}"]

    def seen_identifier(self, identifier: str) -> list[str]:
        """That a brand of a limited caller has told of the identifier."""
        if self.settings.brands is None:
            return []
        return [f"any(brand IN {identifier}.brands WHERE brand IN {self._brands()})"]

    def _brands(self) -> str:
        return self.named("brands", list(self.settings.brands or ()))
