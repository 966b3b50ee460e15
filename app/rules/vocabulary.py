"""What a rule may name: what the deployment declares, and what is in the graph, read in one statement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.rules.model import Path, Rule, nodes, parse_json
from app.rules.parts import Part
from app.rules.statement import Settings
from app.rules.windows import Clock

_VOCABULARY = read_query("rules/vocabulary")
SEEN = ("product", "shop", "channel", "campaign", "type")
"""What only the facts know: never seen is no error."""

Type = Literal["text", "number", "date", "boolean", "choice", "list", "any"]


@dataclass(frozen=True)
class Declared:
    """What the deployment's files say: None where nobody has said, and everything goes.

    attributes: of people, by name. kinds: of dependents, each with its attributes. identifiers: the
    policy's kinds. stages: of the lifecycle, beside those in the graph.
    """

    attributes: Mapping[str, Type] | None = None
    kinds: Mapping[str, Mapping[str, Type]] | None = None
    identifiers: Sequence[str] | None = None
    stages: Sequence[str] = ()
    currency: str = "CNY"


@dataclass(frozen=True)
class TagWord:
    """A tag that there is: whose it is (PERSON or a kind of dependents), and of what type its value is."""

    subject: str | None = None
    value_type: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Everything that a rule may name, at one moment.

    parts: of the segments that take a part of those who match their share and limit, as stored.
    unseen: of what the rule names, what the graph has not; near: names that begin alike, for a suggestion.
    """

    declared: Declared = field(default_factory=Declared)
    tags: Mapping[str, TagWord] = field(default_factory=dict)
    segments: Mapping[str, Rule] = field(default_factory=dict)
    lists: Sequence[str] = ()
    stages: Sequence[str] = ()
    unseen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parts: Mapping[str, tuple[float | None, str | None]] = field(default_factory=dict)

    def settings(self, as_of: datetime, zone: str, brands: Sequence[str] | None = None) -> Settings:
        """What the compiler is told of it."""
        clock = Clock(as_of, ZoneInfo(zone))
        return Settings(clock, self.declared.currency, brands, self.segments)


async def read_vocabulary(reader: Reader, *rules: Rule, declared: Declared | None = None) -> Vocabulary:
    """What there is, and of the products, shops, channels, campaigns and event types in the rules what
    there is not.
    """
    named = {name: sorted({value for rule in rules for value in _named(rule, name)}) for name in SEEN}
    row = (await reader.rows(_VOCABULARY, p=named))[0]
    said = declared or Declared()
    return Vocabulary(
        said,
        {key: TagWord(subject, value_type) for key, subject, value_type in row["tags"]},
        {key: parse_json(rule) for key, rule in row["segments"]},
        tuple(row["lists"]),
        tuple(dict.fromkeys([*said.stages, *row["stages"]])),
        {name: tuple(row[name]) for name in SEEN},
        {name: tuple(row[f"{name}s"]) for name in SEEN},
        {key: (share, limit) for key, share, limit in row["parts"]},
    )


def _named(rule: Rule, name: str) -> Iterator[str]:
    return (value for _, found, value in names(rule) if found == name)


def names(rule: Rule) -> Iterator[tuple[Path, str, str]]:
    """What a rule names that only facts know: the path of each name, what it is of, and the name."""
    for path, node in nodes(rule):
        if node.key not in ("all", "any", "not", "everyone"):
            yield from _names_in(path, node.body)


def _names_in(path: Path, part: Any) -> Iterator[tuple[Path, str, str]]:
    for name in part.said():
        value, here = getattr(part, name), (*path, name.rstrip("_"))
        if isinstance(value, Part):
            yield from _names_in(here, value)
        elif name == "steps":
            for place, step in enumerate(value):
                yield from _names_in((*here, str(place)), step)
        elif name in ("product", "all_products"):
            yield from _each((*path, "allProducts" if name == "all_products" else name), "product", value)
        elif name in SEEN:
            yield from _each(here, name, value)


def _each(path: Path, name: str, value: str | Sequence[str]) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, str):
        yield path, name, value
    else:
        yield from ((item(path, place, value), name, one) for place, one in enumerate(value))


def item(path: Path, place: int, values: Sequence[Any]) -> Path:
    """The path of an item: that of the list where it is the only one, which may have been said without
    brackets.
    """
    return path if len(values) == 1 else (*path, str(place))
