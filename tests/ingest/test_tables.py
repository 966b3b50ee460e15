"""Tables of every format and encoding, as rows of text; nothing here knows of the graph."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInput
from app.ingest import sources
from app.ingest.records import TOO_LONG, Layout
from app.ingest.tables import opened
from tests.identity import many
from tests.ingest.files import HEADER, MEMBERS, csv, excel, parquet, read

ROW = "M1,13812340001,王小明,1990-01-02,2024-03-04 05:06"


def observations(path: Path, mapping: str = MEMBERS) -> list[dict[str, Any]]:
    return [json.loads(text) for text in read(path, mapping).window(0, 0).texts]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("said", [True, False])
def test_the_encodings_of_the_trade(tmp_path: Path, encoding: str, said: bool) -> None:
    file = csv(tmp_path / "m.csv", ",".join(HEADER), ROW, encoding=encoding)
    mapping = MEMBERS + (f"file: {{encoding: {encoding}}}" if said else "")
    (found,) = observations(file, mapping)
    assert found == {
        "id": "m.csv:2",
        "at": "2024-03-03T21:06:00+00:00",
        "source": "crm",
        "brand": "mumu",
        "identifiers": [{"kind": "member", "value": "M1"}, {"kind": "phone", "value": "13812340001"}],
        "member": {"name": "王小明", "birthday": "1990-01-02"},
    }


def test_characters_that_only_gb18030_has(tmp_path: Path) -> None:
    file = csv(tmp_path / "m.csv", ",".join(HEADER), ROW.replace("明", "𠮷"), encoding="gb18030")
    assert observations(file)[0]["member"]["name"] == "王小𠮷"


@pytest.mark.parametrize(
    ("encoding", "byte"), [("utf-8", b"\xc3"), ("gb18030", b"\xff"), ("utf-8-sig", b"\x80")]
)
def test_a_wrong_byte_costs_its_row_and_names_its_line(tmp_path: Path, encoding: str, byte: bytes) -> None:
    lines = [",".join(HEADER), *(ROW for _ in range(30)), 'M2,1,"two\r\n?",,2024-01-01', ROW]
    file = csv(tmp_path / "m.csv", *lines, encoding=encoding)
    file.write_bytes(file.read_bytes().replace(b"?", byte))
    found = read(file).window(0, 0)
    assert len(found.texts) == 31
    assert {number: str(error) for number, error in found.malformed.items()} == {
        32: f"line 33: byte 0x{byte[0]:02X} is no text"
    }


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(tmp_path: Path, separator: str) -> None:
    file = csv(tmp_path / "m.csv", separator.join(HEADER), ROW.replace(",", separator))
    assert observations(file)[0]["identifiers"][1]["value"] == "13812340001"


def test_a_header_that_is_not_first_columns_named_twice_and_none(tmp_path: Path) -> None:
    file = csv(tmp_path / "m.csv", "报表;", "", "a;a;;b", "1;2;3;4")
    table = opened(file, Layout(header=3))
    assert table.columns == ("a", "a (2)", "column 3", "b")
    assert [(row.line, row.cells) for row in table.rows()] == [(4, ("1", "2", "3", "4"))]
    bare = opened(csv(tmp_path / "n.csv", "1,2", "3,4"), Layout(header=0))
    assert bare.columns == ("column 1", "column 2")
    assert [row.cells for row in bare.rows()] == [("1", "2"), ("3", "4")]
    with pytest.raises(BadInput, match="no row with column names"):
        opened(csv(tmp_path / "o.csv", ""), Layout())


def test_rows_of_another_width_are_problems_and_blank_ones_are_none(tmp_path: Path) -> None:
    file = csv(tmp_path / "m.csv", ",".join(HEADER), "", ",,,,", "M1,2", ROW + ",,", ROW + ",x")
    found = read(file).window(0, 0)
    assert (found.numbers, sorted(found.malformed)) == ([5], [4, 6])
    assert "2 cells, the table has 5 columns" in str(found.malformed[4])


def test_a_quote_that_never_ends_names_its_line(tmp_path: Path) -> None:
    file = csv(tmp_path / "m.csv", ",".join(HEADER), ROW, '"M2' + "x" * 200_000)
    with pytest.raises(BadInput, match="from line 3 on"):
        read(file).survey()


def test_numbers_and_dates_of_excel(tmp_path: Path) -> None:
    rows = [
        ["会员报表"],
        [],
        HEADER,
        [1001, 13812340001.0, "王小明", date(1990, 1, 2), datetime(2024, 3, 4, 5, 6)],
        ["007", "138 1234 0002", "李四", "1990/1/3", 45355.5],
        [None, 6222021234567890123, None, None, datetime(2024, 3, 4)],
    ]
    file = excel(tmp_path / "m.xlsx", {"空": [], "会员": rows})
    mapping = MEMBERS.replace("at: 注册时间", "at: {column: 注册时间, formats: [iso, excel]}")
    found = read(file, mapping + "file: {sheet: 会员, header: 3}").window(0, 0)
    one, two = (json.loads(text) for text in found.texts)
    assert [each["value"] for each in one["identifiers"]] == ["1001", "13812340001"]
    assert (one["member"]["birthday"], one["at"]) == ("1990-01-02", "2024-03-03T21:06:00+00:00")
    assert [each["value"] for each in two["identifiers"]] == ["007", "138 1234 0002"]
    assert (two["member"]["birthday"], two["at"]) == ("1990-01-03", "2024-03-04T04:00:00+00:00")
    assert found.rows[6][1].startswith(TOO_LONG)
    assert "identifiers.1: its digits were cut by Excel" in str(found.malformed[6])


def test_a_sheet_that_is_not_there_and_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    file = excel(tmp_path / "m.xlsx", {"会员": [HEADER], "订单": [HEADER]})
    with pytest.raises(BadInput) as raised:
        opened(file, Layout(sheet="会员表"))
    assert (raised.value.code, raised.value.suggestion) == ("NO_SUCH_SHEET", "its sheets: 会员, 订单")
    (tmp_path / "broken.xlsx").write_bytes(file.read_bytes()[:200])
    with pytest.raises(BadInput, match="cannot be read"):
        opened(tmp_path / "broken.xlsx", Layout())


def test_parquet(tmp_path: Path) -> None:
    file = parquet(
        tmp_path / "m.parquet",
        {
            "n": [13812340001, None],
            "f": [13812340001.0, 0.1],
            "d": [date(2024, 1, 2), None],
            "t": [datetime(2024, 1, 2, 3), None],
            "b": [True, False],
            "m": [Decimal("1.10"), None],
            "l": [["a", "b"], []],
        },
    )
    table = opened(file, Layout())
    assert table.columns == ("n", "f", "d", "t", "b", "m", "l")
    assert [row.cells for row in table.rows()] == [
        ("13812340001", "13812340001", "2024-01-02", "2024-01-02T03:00:00", "true", "1.10", "a;b"),
        ("", "0.1", "", "", "false", "", ""),
    ]
    (tmp_path / "broken.parquet").write_bytes(file.read_bytes()[:50])
    with pytest.raises(BadInput, match="cannot be read"):
        opened(tmp_path / "broken.parquet", Layout())


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5).map(str.strip)


@many.pure(50)
@given(st.lists(st.tuples(CELL, CELL, st.booleans()), max_size=40), st.integers(1, 7))
def test_windows_meet_end_to_end_wherever_one_begins(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, bool]], size: int
) -> None:
    path = tmp_path_factory.mktemp("t") / "m.csv"
    lines = ["a,b"] + [f'"{a.replace(chr(34), "")}\n","x{b.replace(chr(34), "")}"' for a, b, _ in rows]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    mapping = "{at: {constant: 2024-01-01}, source: {constant: s}, identifiers: [{kind: k, columns: [a, b]}]}"
    whole = read(path, mapping).window(0, 0)
    assert list(whole.rows) == [2 + 2 * number for number in range(len(rows))]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sources, "WINDOW_ROWS", size)
        source, texts, line = read(path, mapping), [], 0
        while (found := source.window(line, line)).offset > line:
            texts += found.texts
            again = read(path, mapping).window(line, line)
            assert again.texts == found.texts
            line = found.offset
    assert texts == whole.texts
    assert read(path, mapping).survey().lines == len(rows)


def test_another_mapping_is_another_import(tmp_path: Path) -> None:
    file = csv(tmp_path / "m.csv", ",".join(HEADER), ROW)
    one, same, other = (
        read(file, text) for text in (MEMBERS, MEMBERS + "version: 1", MEMBERS + "empty: [x]")
    )
    assert one.survey() == same.survey() != other.survey()
