"""Mappings: every mistake is told at once with its path, and what a mapping says becomes of a row."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.ingest.mapping import Known, MappingInvalid, load_mapping
from app.ingest.model import from_line
from app.ingest.problems import Malformed
from tests.ingest.files import csv, read

LEAST = {"at": "t", "source": {"constant": "s"}, "identifiers": [{"kind": "phone", "column": "p"}]}


def told(
    mapping: dict[str, Any], columns: Sequence[str] = ("t", "p", "手机号", "birthday")
) -> dict[str, str]:
    """Path -> message of everything that is wrong."""
    text = yaml.safe_dump(mapping, allow_unicode=True)
    with pytest.raises(MappingInvalid) as raised:
        load_mapping(text, Known(tuple(columns), ("phone", "member", "unionid")))
    return dict(raised.value.problems)


@pytest.mark.parametrize(
    ("given", "path", "message"),
    [
        ({"at": "tt"}, "at.column", "no column is called tt, is it t?"),
        (
            {"identifiers": [{"kind": "fone", "column": "手机"}]},
            "identifiers.0.kind",
            "no kind fone, is it phone?",
        ),
        ({"identifiers": [{"kind": "phone", "column": "手机"}]}, "identifiers.0.column", "is it 手机号?"),
        (
            {"identifiers": [{"kind": "phone", "columns": ["p", "x"]}]},
            "identifiers.0.columns.1",
            "there are t, p",
        ),
        ({"identifiers": [{"kind": "phone"}]}, "identifiers.0", "one of column, columns and constant"),
        ({"identifiers": []}, "identifiers", "at least 1 item"),
        ({"identifiers": [{"kind": "phone", "colum": "p"}]}, "identifiers.0.colum", "unknown, is it column?"),
        ({"membr": {}}, "membr", "unknown, is it member?"),
        ({"member": {"birthda": "t"}}, "member.birthda", "unknown, is it birthday?"),
        ({"member": {"name": ["t"]}}, "member.name", "a column's name is needed"),
        ({"member": {"name": {}}}, "member.name", "one of column, columns and constant is needed"),
        (
            {"member": {"attributes": {"a": {"column": "t", "type": "int"}}}},
            "member.attributes.a.type",
            "'number'",
        ),
        ({"order": {"key": "p", "amount": "t"}}, "order.status", "is missing"),
        (
            {"order": {"key": "p", "status": "t", "amount": "t", "lines": [{"amount": "q"}]}},
            "order.lines.0.product",
            "is",
        ),
        ({"dependents": [{"key": "p"}]}, "dependents.0.kind", "is missing"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "no time zone"),
        ({"at": {"column": "t", "formats": ["yyyy"]}}, "at.formats.0", "no format of a time"),
        ({"at": {"column": "t", "zone": "CST8"}}, "at.zone", "no time zone"),
        ({"file": {"encoding": "latin-1"}}, "file.encoding", "'gb18030'"),
        ({"file": {"separator": ", "}}, "file.separator", "at most 1"),
        ({"file": {"header": -1}}, "file.header", "greater than or equal to 0"),
        ({"version": 2}, "version", "should be 1"),
    ],
)
def test_each_mistake_is_told_at_its_path(given: dict[str, Any], path: str, message: str) -> None:
    found = told(LEAST | given)
    assert message in found[path]
    assert len(found) <= 2


def test_all_mistakes_at_once() -> None:
    found = told(
        {"at": "tt", "identifiers": [{"kind": "fone", "column": "pp"}], "membr": 1, "time_zone": "x"}
    )
    assert set(found) == {
        "at.column", "identifiers.0.kind", "identifiers.0.column", "membr", "source", "time_zone"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1]", "at, source and identifiers are needed"),
        ("a: [", "not YAML"),
        ("a: 1\na: 2", "given twice: a"),
        ("a: &x 1\nb: *x", "aliases"),
        ("a: !!python/object/apply:os.system [id]", "not YAML"),
        ("a: " + "x" * 65_536, "longer than 65536 bytes"),
    ],
)
def test_what_is_no_yaml_to_be_trusted(text: str, message: str) -> None:
    with pytest.raises(MappingInvalid, match=message):
        load_mapping(text)


ALL = """
time_zone: Asia/Tokyo
empty: ["", 无]
id: {column: 编号, prefix: row-}
at: {columns: [更新, 注册], formats: ["%d.%m.%Y %H:%M", epoch]}
source: {column: 来源, values: {天猫: tmall, "*": crm}}
brand: {constant: mumu}
shop: {key: 店铺, platform: {constant: tmall}}
identifiers:
  - {kind: member, column: 编号, scope: {constant: mumu}}
  - {kind: openid, column: openid, scope: 店铺}
  - {kind: phone, columns: [手机, 手机2], split: "/、"}
  - {kind: phone, column: 摘要, prefix: "md5="}
  - {kind: {column: 证件, values: {微信: unionid}}, column: 证件号}
member:
  name: {columns: [姓, 名], join: ""}
  points: 积分
  joinedAt: {column: 注册, formats: [epoch], zone: UTC}
  attributes:
    vip: {column: VIP, type: yes_no}
    height: {column: 身高, type: number}
    note: 备注
order: {key: 单号, status: {constant: PAID}, amount: 金额, lines: [{product: 商品, amount: 金额}]}
consents:
  - {channel: {constant: SMS}, purpose: {constant: marketing}, granted: 短信}
"""
COLUMNS = (
    "编号 更新 注册 来源 店铺 openid 手机 手机2 摘要 证件 证件号 姓 名 积分 VIP 身高 备注 单号 金额 商品 短信"
)


def row(path: Path, **cells: str) -> dict[str, Any]:
    names = COLUMNS.split()
    file = csv(path / "m.csv", ";".join(names), ";".join(f'"{cells.get(name, "")}"' for name in names))
    window = read(file, ALL).window(0, 0)
    for error in window.malformed.values():
        raise error
    said: dict[str, Any] = json.loads(window.texts[0])
    from_line(window.texts[0])
    return said


def test_everything_a_mapping_can_say(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        编号="7", 更新="04.03.2024 05:06", 注册="1700000000", 来源="天猫", 店铺="店1", openid="o1",
        手机="13812340001/13812340002", 手机2='=""13812340003""', 摘要="ab", 证件="微信", 证件号="u1.0",
        姓="王", 名="小明", 积分="1,200", VIP="是", 身高="1.75", 备注="无", 单号="T1",
        金额="￥12.50", 商品="p", 短信="否",
    )  # fmt: skip
    assert found == {
        "id": "row-7",
        "at": "2024-03-03T20:06:00+00:00",
        "source": "tmall",
        "brand": "mumu",
        "shop": {"key": "店1", "platform": "tmall"},
        "identifiers": [
            {"kind": "member", "value": "7", "scope": "mumu"},
            {"kind": "openid", "value": "o1", "scope": "店1"},
            {"kind": "phone", "value": "13812340001"},
            {"kind": "phone", "value": "13812340002"},
            {"kind": "phone", "value": "13812340003"},
            {"kind": "phone", "value": "md5=ab"},
            {"kind": "unionid", "value": "u1.0"},
        ],
        "member": {
            "name": "王小明",
            "points": 1200,
            "joinedAt": "2023-11-14T22:13:20+00:00",
            "attributes": {"vip": True, "height": 1.75},
        },
        "order": {
            "key": "T1",
            "status": "PAID",
            "amount": "12.50",
            "lines": [{"product": "p", "amount": "12.50"}],
        },
        "consents": [{"channel": "SMS", "purpose": "marketing", "granted": False}],
    }


def test_constants_alone_make_no_fact(tmp_path: Path) -> None:
    found = row(tmp_path, 编号="7", 注册="1700000000", 来源="?", 手机="13812340001")
    assert found.keys() == {"id", "at", "source", "brand", "identifiers", "member"}
    assert (found["source"], found["member"]) == ("crm", {"joinedAt": "2023-11-14T22:13:20+00:00"})


def test_every_problem_of_a_row_names_path_and_column_and_quotes_no_cell(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as raised:
        row(
            tmp_path, 编号="7", 更新="SECRET", 积分="1.5", VIP="maybe", 单号="T", 金额="lots", 手机="1.38E+10"
        )
    said = [(".".join(one.field), one.message) for one in raised.value.problems]
    assert [path for path, _ in said] == [
        "at", "source", "identifiers.2", "member.points", "member.attributes.vip", "order.amount",
        "order.lines.0.amount",
    ]  # fmt: skip
    assert said[0][1].endswith("(column 更新, 注册)")
    assert said[1][1] == "is missing (column 来源)"
    assert "SECRET" not in str(raised.value)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1990-01-02", "1990-01-02"), ("1990-01-02 03:04:05", "1990-01-02"), ("1990/1/2", "1990-01-02"),
        ("1990/1/2 3:04", "1990-01-02"), ("1990年1月2日", "1990-01-02"), ("19900102", "1990-01-02"),
        ("1990.1.2", "1990-01-02"), ("1990-1-2", "1990-01-02"), ("1990年1月2日 3时4分5秒", "1990-01-02"),
        ("1990-01-02T03:04:05.123456+08:00", "1990-01-02"), ("1990/1-2", None), ("1990/1/2 25:00", None),
        ("1990-02-30", None), ("01/02/1990", None), ("13812340001", None),
        ("1990", None),
    ],
)  # fmt: skip
def test_dates_that_need_no_format_and_those_that_are_not_guessed(
    tmp_path: Path, cell: str, day: str | None
) -> None:
    mapping = yaml.safe_dump(LEAST | {"at": {"constant": "2024-01-01"}, "member": {"birthday": "t"}})
    found = read(csv(tmp_path / "m.csv", "t,p", f"{cell},1"), mapping).window(0, 0)
    if day is None:
        assert "member.birthday: a date is needed" in str(found.malformed[2])
    else:
        assert json.loads(found.texts[0])["member"] == {"birthday": day}


def test_the_mapping_of_the_docs_can_be_used(root: Path) -> None:
    page = (root / "docs" / "import.md").read_text(encoding="utf-8")
    example, orders = re.findall(r"```yaml\n(.*?)```", page, re.S)
    assert "order:" in orders
    columns = re.findall(r"[一-鿿]+MD5|是否VIP|openid|[一-鿿]+", example)
    assert len(load_mapping(example, Known(tuple(columns), ("member", "phone", "openid"))).identifiers) == 5
