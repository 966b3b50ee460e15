"""What is proposed for a table: by headers in two languages, by values, never what `check` would refuse."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.policy import Policy, load_policy
from app.ingest.dry import tried
from app.ingest.mapping import Known, layout_of, load_mapping
from app.ingest.proposing import proposed
from app.ingest.records import Layout
from app.ingest.sources import Rows
from app.ingest.tables import opened
from tests.identity import many
from tests.ingest.files import csv, excel, parquet
from tests.ingest.running import Run


@pytest.fixture(scope="module")
def policy(root: Path) -> Policy:
    return load_policy((root / "schema" / "policy.yaml").read_text(encoding="utf-8"))


def accepted(file: Path, policy: Policy, layout: Layout | None = None) -> tuple[Rows, int, int]:
    """The file read by what is proposed for it; how many rows are accepted, and rejected."""
    text = proposed(opened(file, layout or Layout()), policy)
    table = opened(file, layout_of(text))
    rows = Rows(table, load_mapping(text, Known(table.columns, list(policy.kinds))), "Asia/Shanghai")
    found = tried(rows, policy)
    return rows, found.accepted, len(found.rejected)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("手机号", "phone"), ("联系电话", "phone"), ("Mobile", "phone"), ("phone_number", "phone"),
        ("会员号", "member"), ("会员编号", "member"), ("member_id", "member"), ("客户编号", "member"),
        ("卡号", "card"), ("会员卡号", "card"), ("Card No", "card"),
        ("openid", "openid"), ("Open ID", "openid"), ("unionid", "unionid"), ("微信UnionID", "unionid"),
        ("邮箱", "email"), ("电子邮件", "email"), ("E-Mail", "email"), ("IMEI", "imei"), ("OAID", "oaid"),
        ("淘宝昵称", "taobao"), ("抖音号", "douyin"), ("京东账号", "jd"), ("企业微信ID", "wecom"),
        ("收货人手机", None), ("备注", None), ("等级", None), ("会员等级", None),
    ],
)  # fmt: skip
def test_headers_in_chinese_and_english(
    tmp_path: Path, policy: Policy, header: str, kind: str | None
) -> None:
    file = csv(tmp_path / "m.csv", f"{header},unionid (x)", "a1,u1")
    rows, _, _ = accepted(file, policy)
    kinds = {one.column: one.kind.constant for one in rows.mapping.identifiers}
    assert kinds.get(header) == kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [("138 1234 0001", "phone"), ("+8613812340001", "phone"), ("a@b.cn", "email"),
     ("02:1a:00:00:00:01", "mac"), ("o" + "aB3_" * 6 + "xyz", "openid"), ("490154203237518", "imei"),
     ("hello", None), ("7", None)],
)  # fmt: skip
def test_values_where_a_header_says_nothing(
    tmp_path: Path, policy: Policy, value: str, kind: str | None
) -> None:
    file = csv(tmp_path / "m.csv", "x,会员号", f"{value},M1", ",M2", f"{value},M3")
    rows, _, _ = accepted(file, policy)
    assert {one.column: one.kind.constant for one in rows.mapping.identifiers}.get("x") == kind


def test_a_table_of_members_imports_as_proposed(tmp_path: Path, policy: Policy) -> None:
    head = ["会员号", "手机号", "姓", "名", "性别", "生日", "城市", "积分", "注册时间", "门店名称", "备注"]
    body = [
        "M1",
        "13812340001;13812340002",
        "王",
        "小明",
        "男",
        "1990/1/2",
        "上海",
        "1,200",
        "2024-3-4",
        "一店",
        "",
    ]
    file = csv(tmp_path / "m.csv", "\t".join(head), "\t".join(body), encoding="gb18030")
    rows, taken, _ = accepted(file, policy)
    found = json.loads(rows.window(0, 0).texts[0])
    assert taken == 1
    assert [one["value"] for one in found["identifiers"]] == ["M1", "13812340001", "13812340002"]
    assert found["at"] == found["member"]["joinedAt"] == "2024-03-03T16:00:00+00:00"
    assert found["shop"] == {"key": "一店"}
    assert found["member"] | {"joinedAt": ""} == {
        "name": "王小明",
        "gender": "male",
        "birthday": "1990-01-02",
        "city": "上海",
        "points": 1200,
        "joinedAt": "",
    }
    assert "#     备注: 备注" in proposed(rows.table, policy)


def test_excel_and_parquet(tmp_path: Path, policy: Policy) -> None:
    columns = {"会员号": [1001, 1002], "手机号": [13812340001.0, None], "生日": [date(1990, 1, 2), None]}
    rows = [["报表"], [], list(columns), *zip(*columns.values(), strict=True)]
    book = excel(tmp_path / "m.xlsx", {"空": [], "会员": rows})
    assert accepted(book, policy, Layout(sheet="会员", header=3))[1:] == (2, 0)
    assert accepted(parquet(tmp_path / "m.parquet", columns), policy)[1:] == (2, 0)


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=6)


@many.pure(50)
@given(names=st.lists(NAME, min_size=1, max_size=5), cells=st.lists(NAME, min_size=5, max_size=5))
def test_whatever_columns_are_called_what_is_proposed_passes(
    tmp_path: Path, policy: Policy, names: list[str], cells: list[str]
) -> None:
    book = excel(tmp_path / "m.xlsx", {"s": [["x", *names], ["x", *cells[: len(names)]]]})
    rows, _, _ = accepted(book, policy)
    assert rows.mapping.identifiers


def test_the_commands(oneid: Run, tmp_path: Path) -> None:
    file = csv(tmp_path / "m.csv", "会员号,手机号", "M1,13812340001", "M2,1.38E+10")
    made = oneid("mapping", "init", file)
    assert (made.returncode, made.stderr) == (0, "")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(made.stdout, encoding="utf-8")
    assert oneid("mapping", "check", mapping).returncode == 0
    checked = oneid("mapping", "check", mapping, file)
    assert (checked.returncode, "2 columns; 1 of 2 rows" in checked.stderr) == (0, True)
    assert checked.stdout.startswith("line 3: BAD_USER_INPUT: identifiers.1: its digits were cut")
    mapping.write_text(made.stdout.replace("手机号", "手机") + "x: 1\n", encoding="utf-8")
    wrong = oneid("mapping", "check", mapping, file)
    assert (wrong.returncode, wrong.stderr) == (1, "")
    assert wrong.stdout.splitlines() == [
        "identifiers.1.column: no column is called 手机, is it 手机号?",
        "x: unknown",
    ]
    assert oneid("mapping", "init", tmp_path / "none.csv").returncode == 2
