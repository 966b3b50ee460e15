"""The contract of a query file's header, and of who may run what."""

from pathlib import Path

import pytest

from app.errors import ParametersMismatch, QueryFileInvalid
from app.graph.queries import ReadQuery, WriteQuery, load, parse, read_query, write_query

READ = """// The people of some identifiers.
// mode: read
// params: keys LIST<STRING>
// returns: key STRING
UNWIND $keys AS key RETURN key
"""


def test_a_file_says_its_mode_and_parameters() -> None:
    query = parse("identity/people", READ)
    assert isinstance(query, ReadQuery)
    assert query.params == {"keys"}
    assert query.text == READ
    assert not query.scan


def test_a_write_is_another_type() -> None:
    text = "// x\n// mode: write\n// params: key STRING\n// returns: nothing\nMERGE (:Alias {key: $key})"
    assert isinstance(parse("identity/alias", text), WriteQuery)


def test_types_with_commas_and_lines_that_go_on() -> None:
    text = """// Facts.
// mode: read
// params: rows LIST<MAP {key STRING, tags LIST<STRING>}>, at DATETIME,
//         until DATETIME
// returns: n INTEGER
UNWIND $rows AS row RETURN row, $at, $until
"""
    assert parse("x/y", text).params == {"rows", "at", "until"}


def test_quotes_comments_and_backticks_are_not_code() -> None:
    text = """// x
// mode: read
// params: keys LIST<STRING>
// returns: n STRING
// SET $nothing; in a comment
RETURN 'DELETE $this;' AS a, "MERGE \\" $that;" AS b, `CREATE $x;`, $keys /* REMOVE $y; */
"""
    assert parse("x/y", text).params == {"keys"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("// mode: read\n", ""), "neither `mode: read` nor `mode: write`"),
        (("mode: read", "mode: both"), "neither `mode: read` nor `mode: write`"),
        (("// returns: key STRING\n", ""), "no `returns:`"),
        (("// params: keys LIST<STRING>\n", ""), r"uses \$keys, which its header does not declare"),
        (("keys LIST", "keys LIST<STRING>, at DATETIME, x LIST"), "declares at, x, which it does not use"),
        (("RETURN key\n", "RETURN key; MATCH (n) RETURN n\n"), "one statement a file"),
        (("RETURN key", "MERGE (:Alias {key: key})"), "is `mode: read`, and its statement is not"),
        (("RETURN key", "match (n) set n.key = key"), "is `mode: read`, and its statement is not"),
        (("mode: read", "mode: write"), "is `mode: write`, and its statement is not"),
        (("// returns", "// scan: yes\n// returns"), "`scan:` says `admitted, why`"),
    ],
)
def test_a_file_that_breaks_its_header_is_refused(change: tuple[str, str], message: str) -> None:
    assert change[0] in READ
    with pytest.raises(QueryFileInvalid, match=message):
        parse("identity/people", READ.replace(*change))


def test_properties_and_labels_named_like_clauses_are_no_writes() -> None:
    text = READ.replace("RETURN key", "MATCH (n:Set {key: key}) WHERE n.delete RETURN n.set")
    assert isinstance(parse("x/y", text), ReadQuery)


def test_loading_a_folder_leaves_out_the_read_planners_fragments(tmp_path: Path) -> None:
    for name in ("identity/people", "fields/Person.name"):
        path = tmp_path / f"{name}.cypher"
        path.parent.mkdir()
        path.write_text(READ if name.startswith("identity") else "it.name")
    assert list(load(tmp_path)) == ["identity/people"]


def test_a_name_gives_only_the_mode_it_has() -> None:
    assert isinstance(read_query("graph/migrations"), ReadQuery)
    with pytest.raises(QueryFileInvalid, match="is mode: read"):
        write_query("graph/migrations")
    with pytest.raises(QueryFileInvalid, match="is mode: write"):
        read_query("graph/migration_claim")
    with pytest.raises(QueryFileInvalid, match=r"there is no cypher/graph/nothing\.cypher"):
        read_query("graph/nothing")


@pytest.mark.parametrize("params", [{}, {"keys": [], "at": 1}, {"key": []}])
def test_parameters_are_exactly_the_declared_ones(params: dict[str, object]) -> None:
    with pytest.raises(ParametersMismatch, match="identity/people takes") as caught:
        parse("identity/people", READ).checked(params)
    assert set(caught.value.field) == params.keys() ^ {"keys"}
