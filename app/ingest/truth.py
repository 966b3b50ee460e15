"""A truth: who is who, in a table of any format. Two forms, told apart by their columns.

kind, value[, scope], person      an identifier a row
record, person                    a record a row: an identifier as kind:value or kind:scope:value, the
                                  bare value of one kind, or the id of an observation in a file
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from app.errors import BadInput
from app.identity.live.stored import Stored
from app.identity.normalise import normalise
from app.identity.screen import screen
from app.identity.sighting import Notice
from app.ingest.dry import windows
from app.ingest.model import from_line
from app.ingest.problems import Malformed
from app.ingest.records import Layout
from app.ingest.sources import Source
from app.ingest.tables import Table, opened

_AS_THEY_ARE: Mapping[str, str | None] = MappingProxyType({})
FORMS = (("kind", "value", "person"), ("record", "person"))


@dataclass(slots=True)
class Truth:
    """The true person of stored identifiers, by key; how many rows named nothing that is stored, and how
    many identifiers were said to be of several people, which are left out.
    """

    person: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    unknown: int = 0
    several: int = 0
    form: str = ""


def read_truth(
    path: Path,
    stored: Stored,
    observations: Source | None = None,
    called: Mapping[str, str | None] = _AS_THEY_ARE,
) -> Truth:
    """The truth in a file, for what is stored. `observations` is the file whose ids the records are;
    `called` says what the columns record and person are called in it.

    Raises BadInput when the columns are not those of a truth, or when no record is known.
    """
    table = opened(path, Layout())
    names = {name.casefold(): index for index, name in enumerate(table.columns)}
    for name, column in called.items():
        if column is not None:
            names[name] = _place(table, column)
    if called.get("record") is not None:
        names.pop("kind", None)
    form = next((form for form in FORMS if set(form) <= names.keys()), None)
    if form is None:
        raise BadInput(
            f"{path} has the columns {', '.join(table.columns)}",
            code="NO_TRUTH",
            field=("--truth",),
            suggestion="it needs kind, value, person (and scope), or record, person",
        )
    rows = _rows(table, names)
    known = _Known(stored)
    if form == FORMS[0]:
        return _told(
            ((known.find(row["kind"], row.get("scope"), row["value"]), row["person"]) for row in rows),
            "identifiers",
        )
    records = [(row["record"], row["person"]) for row in rows]
    if observations is not None:
        seen = _identifiers_of(observations, known, {record for record, _ in records})
        return _told(((seen.get(record, []), person) for record, person in records), "observations")
    find, form_said = _reading(known, [record for record, _ in records])
    return _told(((find(record), person) for record, person in records), form_said)


def _place(table: Table, column: str) -> int:
    if column not in table.columns:
        raise BadInput(
            f"{table.path} has no column {column}",
            code="NO_TRUTH",
            field=("--truth",),
            suggestion=f"its columns: {', '.join(table.columns)}",
        )
    return table.columns.index(column)


def _rows(table: Table, names: Mapping[str, int]) -> Iterator[dict[str, str]]:
    for row in table.rows():
        if row.problem:
            raise BadInput(f"{table.path}, line {row.line}: {row.problem}", field=("--truth",))
        yield {name: row.cells[index] for name, index in names.items()}


def _told(rows: Iterable[tuple[list[str], str]], form: str) -> Truth:
    """Rows of keys and their person, as a truth."""
    truth, people = Truth(form=form), defaultdict[str, set[str]](set)
    for keys, person in rows:
        truth.rows += 1
        truth.unknown += not keys
        for key in keys:
            people[key].add(person)
    truth.person = {key: next(iter(said)) for key, said in people.items() if len(said) == 1}
    truth.several = len(people) - len(truth.person)
    return truth


class _Known:
    """Stored identifiers by what a truth may call them."""

    def __init__(self, stored: Stored) -> None:
        self.ledger, self.policy = stored.ledger, stored.ledger.policy
        self.exact: dict[tuple[str, str, str], str] = {}
        self.anywhere: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for key, one in stored.ledger.identifiers.items():
            self.exact[one.kind, one.scope, one.value] = key
            self.anywhere[one.kind, one.value].append(key)

    def find(self, kind: str, scope: str | None, value: str) -> list[str]:
        """The key of an identifier; without a scope that of the only one with this value. Empty: unknown."""
        declared = self.policy.kinds.get(kind)
        if declared is None:
            return []
        meant = normalise(declared, value)
        text = self.plain.get((kind, meant.text), meant.text) if meant.hashed else meant.text
        found = self.exact.get((kind, scope or "*", text))
        if found is not None:
            return [found]
        alone = self.anywhere[kind, text] if not scope or scope == "*" else []
        return list(alone) if len(alone) == 1 else []

    @cached_property
    def plain(self) -> dict[tuple[str, str], str]:
        """Kind and hash -> the value that is stored."""
        kinds = self.policy.kinds
        hashed = (one for one in self.ledger.identifiers.values() if kinds[one.kind].hashes)
        return {
            (one.kind, form): one.value
            for one in hashed
            for form in normalise(kinds[one.kind], one.value).forms
        }

    def named(self, record: str) -> list[str]:
        """The key of kind:value or kind:scope:value."""
        kind, _, rest = record.partition(":")
        scope, colon, value = rest.partition(":")
        return self.find(kind, None, rest) or (self.find(kind, scope, value) if colon else [])


def _reading(known: _Known, records: list[str]) -> tuple[Callable[[str], list[str]], str]:
    """How the records name identifiers: the way that finds most of them."""
    ways: dict[str, Callable[[str], list[str]]] = {"kind:value": known.named}
    for kind in known.policy.kinds:
        ways[f"values of {kind}"] = lambda record, kind=kind: known.find(kind, None, record)  # type: ignore[misc]
    hits = Counter(
        {way: sum(bool(find(record)) for record in records[:10_000]) for way, find in ways.items()}
    )
    way, count = hits.most_common(1)[0]
    if not count:
        raise BadInput(
            "no record is a stored identifier",
            code="UNKNOWN_RECORDS",
            field=("--truth",),
            suggestion="are they ids of observations? name their file: --observations FILE --mapping M.yaml",
        )
    return ways[way], way


def _identifiers_of(source: Source, known: _Known, ids: set[str]) -> dict[str, list[str]]:
    """The keys of the stored identifiers that each of some observations of a file brought."""
    found: dict[str, list[str]] = {}
    blocklist = known.ledger.blocklist
    for text in (text for window in windows(source) for text in window.texts):
        with suppress(Malformed):
            sighting = screen(known.policy, blocklist, from_line(text))
            if not isinstance(sighting, Notice) and sighting.id in ids:
                keys = (known.find(one.kind, one.scope, one.value.text) for one in sighting.identifiers)
                found.setdefault(sighting.id, []).extend(key for each in keys for key in each)
    return found
