"""The floor of an import: one client process that writes the same nodes and relationships, nothing resolved.

What an import left is read back, and the same rows are written into the emptied database with the same
constraints and indexes: one UNWIND statement for each set of labels (CREATE) and for each type of
relationship (both ends matched by their keys, CREATE), 10,000 rows a transaction, over one connection.

Fair to the floor: rows are made and grouped before its clock starts, the garbage collector is at rest, nodes
are created without a look at whether they are there, and times travel as the import sends them (integers,
`datetime()` on the server), which costs a tenth of native ones. Fair to the import: the floor writes every
property that it wrote, sealed bytes as they are, keeps every constraint and index, and matches by key, since
whoever loads rows knows no internal ids.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from neo4j import Driver, Session

BATCH = 10_000  # rows a transaction
_CONSTRAINTS = """
SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties
WHERE type = 'UNIQUENESS' AND size(properties) = 1
RETURN labelsOrTypes[0] AS label, properties[0] AS property
"""
# A value comes as the floor will send it: a time as microseconds since 1970, a day as text.
_VALUES = """[key IN keys(it) | [key,
  CASE WHEN it[key] IS :: ZONED DATETIME THEN 'time' WHEN it[key] IS :: DATE THEN 'day' ELSE 'value' END,
  CASE WHEN it[key] IS :: ZONED DATETIME THEN it[key].epochSeconds * 1000000 + it[key].microsecond
    WHEN it[key] IS :: DATE THEN toString(it[key]) ELSE it[key] END]]"""
# Entries of the name index have no key to be found by: the floor is spared them, and the import is not.
_NODES = f"""
MATCH (it) WHERE NOT it:Migration AND NOT it:NameIndex
RETURN elementId(it) AS id, labels(it) AS labels, {_VALUES} AS properties
"""
_RELATIONSHIPS = f"""
MATCH (a)-[it]->(b) WHERE NOT a:NameIndex
RETURN type(it) AS type, elementId(a) AS a, elementId(b) AS b, {_VALUES} AS properties
"""
_COUNTS = """
MATCH (it) WHERE NOT it:Migration AND NOT it:NameIndex
RETURN labels(it) AS names, count(*) AS count, sum(size(keys(it))) AS properties
UNION ALL
MATCH (a)-[it]->() WHERE NOT a:NameIndex
RETURN [type(it)] AS names, count(*) AS count, sum(size(keys(it))) AS properties
"""
_SENT = {
    "time": "CASE WHEN row.{0} IS NOT NULL THEN "
    "datetime({{epochSeconds: row.{0} / 1000000, nanosecond: row.{0} % 1000000 * 1000}}) END",
    "day": "date(row.{0})",
    "value": "row.{0}",
}

End = tuple[str, str]
"""A label with a unique property, and that property: how an end of a relationship is found."""


@dataclass
class Group:
    """Rows of one statement, and how each of their properties is sent."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def add(self, properties: Sequence[tuple[str, str, Any]], **ends: Any) -> None:
        for name, how, _ in properties:
            self.columns.setdefault(name, how)
        self.rows.append(ends | {name: value for name, _, value in properties})

    def properties(self) -> str:
        """The map of properties, as Cypher."""
        return ", ".join(f"`{name}`: {_SENT[how].format(f'`{name}`')}" for name, how in self.columns.items())


@dataclass
class Rows:
    """Everything that is in a graph but for its migrations, as rows to be written again."""

    nodes: dict[tuple[str, ...], Group] = field(default_factory=dict)
    relationships: dict[tuple[str, End, End], Group] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(len(group.rows) for group in (*self.nodes.values(), *self.relationships.values()))

    def statements(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Each statement with its rows: nodes first."""
        for labels, group in self.nodes.items():
            names = ":".join(labels)
            yield f"UNWIND $rows AS row CREATE (:{names} {{{group.properties()}}})", group.rows
        for (kind, (a, a_key), (b, b_key)), group in self.relationships.items():
            ends = f"MATCH (a:{a} {{{a_key}: row._a}}) MATCH (b:{b} {{{b_key}: row._b}})"
            made = f"CREATE (a)-[:{kind} {{{group.properties()}}}]->(b)"
            yield f"UNWIND $rows AS row {ends} {made}", group.rows


def read_back(driver: Driver, database: str) -> Rows:
    """What is in the graph. Raises LookupError for a relationship whose end has no key to be found by."""
    rows = Rows()
    ends: dict[str, tuple[End, Any]] = {}
    with driver.session(database=database, fetch_size=10_000) as session:
        keys = {(row["label"], row["property"]) for row in session.run(_CONSTRAINTS)}
        for row in session.run(_NODES):
            labels = tuple(sorted(row["labels"]))
            rows.nodes.setdefault(labels, Group()).add(row["properties"])
            named = ((label, name, value) for label in labels for name, _, value in row["properties"])
            if found := next((one for one in named if one[:2] in keys), None):
                ends[row["id"]] = (found[:2], found[2])
        for row in session.run(_RELATIONSHIPS):
            (a, a_value), (b, b_value) = ends[row["a"]], ends[row["b"]]
            group = rows.relationships.setdefault((row["type"], a, b), Group())
            group.add(row["properties"], _a=a_value, _b=b_value)
    return rows


def counts(driver: Driver, database: str) -> Mapping[tuple[str, ...], tuple[int, int]]:
    """Set of labels, or type of relationship -> how many there are, and how many properties they have."""
    with driver.session(database=database) as session:
        return {
            tuple(sorted(row["names"])): (row["count"], row["properties"]) for row in session.run(_COUNTS)
        }


def write(driver: Driver, database: str, rows: Rows) -> float:
    """Writes the rows; the seconds that it took."""
    prepared = [(text, _batches(group)) for text, group in rows.statements()]
    with _no_collections(), driver.session(database=database) as session:
        session.run("RETURN 1").consume()  # the connection is there before the clock starts
        start = perf_counter()
        for text, batches in prepared:
            for batch in batches:
                _send(session, text, batch)
        return perf_counter() - start


def _send(session: Session, text: str, batch: list[dict[str, Any]]) -> None:
    session.execute_write(lambda transaction: transaction.run(text, rows=batch).consume())


def _batches(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]


@contextmanager
def _no_collections() -> Iterator[None]:
    """Millions of rows in memory, of which none is garbage: to look for it would be the floor's time."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
