"""Who passes the tests of names in rules: found before a rule is compiled, because names are stored sealed.

    tests of names ─▶ the blind index, which finds too many ─▶ unsealed and checked here ─▶ Settings.names
                      (or some given people, all of them)

The database is told the OneIDs alone. What is tested is the resolved name; a caller of some brands can ask
only for names that an account or a correction of these brands says, whatever others say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from unicodedata import normalize

from app.access.blind import asked, name_sought
from app.access.sealing import Keyring
from app.errors import BadInput
from app.graph.queries import read_query
from app.graph.sessions import Reader
from app.rules.check_values import Wrong
from app.rules.model import Path, Rule, nodes
from app.rules.name_tests import Part, looked_up, name_test, passing, sought, unusable
from app.rules.parts import Test
from app.rules.statement import Settings

MOST = 10_000
"""People whom the tests of names in one rule may pass, all together."""

MOST_FOUND = 20_000
"""Entries of the blind index that are looked at for one rule: it finds some more than pass."""

_TOKENS = 500  # of one query of the index, which takes a thousand
_NAMED = read_query("rules/named")
_NAMES_OF = read_query("rules/names_of")


class NamesBeyond(BadInput):
    """The tests of names in a rule would pass for too many; `problems`: which, by its path in the rule."""

    code = "TOO_COMPLEX"

    def __init__(self, path: Path) -> None:
        message = f"tests of names pass for more than {MOST:,} people, or look at too many others"
        suggestion = "ask for more of the name: startsWith with more letters, or eq and in with whole names"
        super().__init__(message, field=path, suggestion=suggestion)
        self.problems = [Wrong(path, self.code, message, suggestion=suggestion)]


@dataclass(frozen=True)
class _Named:
    """A person's name, as far as those who ask may know it."""

    one_id: str
    name: str


@dataclass
class _Asking:
    """What the index is asked for: queries, and of each test the places of its own."""

    queries: list[str] = field(default_factory=list)
    places: dict[Test, range] = field(default_factory=dict)


async def named(
    reader: Reader,
    keyring: Keyring,
    rules: Sequence[Rule],
    settings: Settings,
    *,
    people: Sequence[str] | None = None,
    guardians: bool = False,
) -> Settings:
    """The settings with who passes each test of names in these rules and the segments that they use.

    people: those whom the rules will be evaluated of, None for everybody; guardians: and who shares
    dependents with them. No statement where no rule tests names. Raises NamesBeyond.
    """
    tests = dict[Test, Path]()
    for rule in rules:
        for path, test in name_tests_in(rule, settings.segments):
            if looked_up(test):
                tests.setdefault(test, path)
    if not tests:
        return settings
    if people is not None:
        rows = {"people": list(people), "guardians": guardians, "brands": _brands(settings)}
        row = await reader.row(_NAMES_OF, rows=rows)
        assert row is not None  # noqa: S101 - it collects
        return replace(settings, names=_passing(tests, _opened(keyring, row["people"])))
    return replace(settings, names=await _found(reader, keyring, tests, settings))


async def told(
    reader: Reader, keyring: Keyring, rules: Sequence[Rule], settings: Settings
) -> tuple[Settings, list[Wrong]]:
    """The settings likewise, for everybody; and what is wrong with the rules where they pass for too many."""
    try:
        return await named(reader, keyring, rules, settings), []
    except NamesBeyond as beyond:
        return settings, beyond.problems


def name_tests_in(rule: Rule, segments: Mapping[str, Rule], path: Path = ()) -> Iterator[tuple[Path, Test]]:
    """Every test of names, with its path; one in a segment that the rule uses has the path of the segment."""
    for here, node in nodes(rule, path):
        if (test := name_test(node)) is not None:
            yield (*here, "is"), test
        elif node.key == "segment" and node.body.key in segments:
            yield from (((*here, "key"), one) for _, one in name_tests_in(segments[node.body.key], segments))


async def _found(
    reader: Reader, keyring: Keyring, tests: Mapping[Test, Path], settings: Settings
) -> Mapping[Test, Sequence[str]]:
    if beyond := next((path for test, path in tests.items() if unusable(test)), None):
        raise NamesBeyond(beyond)
    asking = _asking(keyring, tests)
    rows = {"queries": asking.queries, "most": MOST_FOUND, "brands": _brands(settings)}
    row = await reader.row(_NAMED, rows=rows)
    assert row is not None  # noqa: S101 - it collects
    looked_at = 0
    for test, places in asking.places.items():
        looked_at += sum(row["sizes"][place] for place in places)
        if looked_at > MOST_FOUND:
            raise NamesBeyond(tests[test])
    found, many = _passing(tests, _opened(keyring, row["people"])), 0
    for test, one_ids in found.items():
        many += len(one_ids)
        if many > MOST:
            raise NamesBeyond(tests[test])
    return found


def _asking(keyring: Keyring, tests: Mapping[Test, Path]) -> _Asking:
    """Names that are looked for one instead of another go together in a query, as many as it takes."""
    asking = _Asking()
    for test in tests:
        first, some, size = len(asking.queries), list[str](), 0
        for parts in sought(test):
            tokens = sorted({token for part in parts for token in _tokens(keyring, part)})
            if some and size + len(tokens) > _TOKENS:
                asking.queries.append(" ".join(some))
                some, size = [], 0
            some.append(f"({asked(tokens, ())})")
            size += len(tokens)
        asking.queries += [" ".join(some)] if some else []
        asking.places[test] = range(first, len(asking.queries))
    return asking


def _tokens(keyring: Keyring, part: Part) -> list[str]:
    return name_sought(keyring, [part.text], begins=part.begins, ends=part.ends)


def _brands(settings: Settings) -> list[str] | None:
    return None if settings.brands is None else list(settings.brands)


def _opened(keyring: Keyring, rows: Sequence[Sequence[Any]]) -> list[_Named]:
    found = []
    for one_id, sealed, seen in rows:
        name = keyring.unseal(bytes(sealed))
        if seen is None or name in {_resolved(keyring.unseal(bytes(one))) for one in seen}:
            found.append(_Named(one_id, name))
    return found


def _resolved(name: str) -> str:
    """A name as the resolved attribute has it."""
    return " ".join(normalize("NFC", name).split())


def _passing(tests: Mapping[Test, Path], people: Sequence[_Named]) -> dict[Test, Sequence[str]]:
    passes = {test: passing(test) for test in tests}
    return {test: sorted(one.one_id for one in people if holds(one.name)) for test, holds in passes.items()}
