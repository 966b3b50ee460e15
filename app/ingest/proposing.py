"""A mapping for a table, proposed from its header and from what its values look like.

Headers of the trade, in Chinese and English, say the most; where a header says nothing, most of the values
of a column looking like phone numbers or addresses do. What is proposed passes `oneid mapping check`; what is
only a guess is said so, and columns that nothing fits stand as comments.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import yaml

from app.identity.policy import Policy
from app.ingest.cells import moment
from app.ingest.tables import REJECTED, Table

SAMPLE = 1000
"""Rows that are looked at."""
MOST = 0.8
"""The share of a column's values that must look like something."""

Place = tuple[str, str]
"""Where a column goes: ("identifier", kind), or a section and its field."""

_HEADERS: tuple[tuple[str, Place], ...] = (
    (r"union.?id", ("identifier", "unionid")),
    (r"open.?id", ("identifier", "openid")),
    (r"企业微信|外部联系人|wecom|external.?user.?id", ("identifier", "wecom")),
    (r"oaid", ("identifier", "oaid")),
    (r"idfa", ("identifier", "idfa")),
    (r"imei", ("identifier", "imei")),
    (r"android.?id|安卓", ("identifier", "android_id")),
    (r"^mac$|mac.?(addr|地址)", ("identifier", "mac")),
    (r"cookie", ("identifier", "cookie")),
    (r"淘宝|天猫|旺旺|taobao|tmall", ("identifier", "taobao")),
    (r"京东|^jd\b|jd.?(pin|id)", ("identifier", "jd")),
    (r"抖音|douyin", ("identifier", "douyin")),
    (r"收[货件]人?.*|recipient.*|consignee.*", ("", "")),
    (r"手机|电话|联系方式|mobile|phone|^tel", ("identifier", "phone")),
    (r"邮箱|邮件|e.?mail", ("identifier", "email")),
    (r"会员(卡)?(等级|级别)|等级|level|tier", ("member", "level")),
    (r"积分|points", ("member", "points")),
    (r"(会员|客户|顾客|用户)?卡号|card.?(no|number|id)|^card$", ("identifier", "card")),
    (r"会员(号|编号|id|账号|码)|member.?(id|no|number|code)|^member$", ("identifier", "member")),
    (r"(客户|顾客|用户)(号|编号|id)|customer.?(id|no)|user.?id", ("identifier", "member")),
    (r"昵称|姓名|会员名|客户名|名字|^name$|full.?name|nick.?name", ("member", "name")),
    (r"^姓$|sur.?name|last.?name|family.?name", ("member", "surname")),
    (r"^名$|first.?name|given.?name", ("member", "given")),
    (r"生日|出生|birth|^dob$", ("member", "birthday")),
    (r"性别|gender|^sex$", ("member", "gender")),
    (r"城市|^city$|town|suburb", ("member", "city")),
    (r"(注册|入会|加入|开卡).*(时间|日期|日)|join|register|sign.?up", ("member", "joinedAt")),
    (r"品牌|^brand", ("", "brand")),
    (r"(店铺|门店|shop|store).*(号|编号|代码|id|code|key)", ("shop", "key")),
    (r"店铺|门店|网点|^shop|^store", ("shop", "key")),
    (r"渠道|来源|source|channel", ("", "source")),
    (r"更新|修改|updated|modified|last.?seen|时间|日期|time|date", ("", "at")),
)
_VALUES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("phone", lambda text: bool(re.fullmatch(r"(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}", text))),
    ("email", lambda text: bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text))),
    ("openid", lambda text: bool(re.fullmatch(r"o[A-Za-z0-9_-]{27}", text))),
    ("imei", lambda text: bool(re.fullmatch(r"\d{15}", text))),
    ("idfa", lambda text: bool(re.fullmatch(r"[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}", text))),
    ("mac", lambda text: bool(re.fullmatch(r"([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}", text))),
)
_GENDERS = {"男": "male", "女": "female", "M": "male", "F": "female", "m": "male", "f": "female"}
_LISTED = re.compile(r"[;,/、|，；]")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name, some values, and where it goes, with the reason where that is a guess."""

    name: str
    values: Sequence[str]
    place: Place | None
    guess: str = ""


def proposed(table: Table, policy: Policy) -> str:
    """A mapping for the table in YAML, with comments."""
    rows = [row.cells for row in islice(table.rows(), SAMPLE) if not row.problem]
    columns = [
        _placed(name, [cells[index] for cells in rows if cells[index]], policy)
        for index, name in enumerate(table.columns)
        if name not in REJECTED
    ]
    return "\n".join([*_head(table, columns), *_identifiers(columns, policy), *_facts(columns), ""])


def _placed(name: str, values: Sequence[str], policy: Policy) -> _Column:
    """Where a column goes, by its name, else by its values."""
    for pattern, place in _HEADERS:
        if re.search(pattern, name, re.IGNORECASE):
            known = place[0] != "identifier" or place[1] in policy.kinds
            return _Column(name, values, place if known and any(place) and _fits(place, values) else None)
    for kind, looks in _VALUES:
        if kind in policy.kinds and values and sum(map(looks, values)) >= MOST * len(values):
            return _Column(name, values, ("identifier", kind), f"most values look like {kind}")
    return _Column(name, values, None)


def _fits(place: Place, values: Sequence[str]) -> bool:
    """Whether values can be what the header says: a date that is none is better left to a person."""
    if place[1] in ("birthday", "joinedAt", "at"):
        return sum(moment((), text) is not None for text in values) * 2 >= len(values)
    if place[1] == "points":
        return all(re.fullmatch(r"-?[\d,]+(\.0+)?", text) for text in values)
    return True


def _head(table: Table, columns: Sequence[_Column]) -> Iterable[str]:
    at = _first(columns, ("", "at")) or _first(columns, ("member", "joinedAt"))
    yield f"# How the rows of {table.path.name} are observations: proposed, so read it before you import."
    yield "# A bare text is a column, {constant: …} the same in every row: docs/import.md explains all."
    yield "version: 1"
    layout = {
        "encoding": table.layout.encoding,
        "separator": table.layout.separator,
        "sheet": table.layout.sheet,
    }
    said: dict[str, object] = {name: value for name, value in layout.items() if value is not None}
    if said.get("encoding") == "utf-8-sig":
        said["encoding"] = "utf-8"
    if table.format != "parquet":
        said["header"] = table.header
    if said:
        yield f"file: {_flow(said)}"
    yield "# Of times that say none."
    yield "time_zone: Asia/Shanghai"
    yield "# When the row was true. Without a column: the day that the file was made."
    yield f"at: {_flow(at.name)}" if at else "at: {constant: 2026-01-01}  # TODO: say when"
    source, brand = _first(columns, ("", "source")), _first(columns, ("", "brand"))
    yield f"source: {_flow(source.name if source else {'constant': table.path.stem})}"
    if brand:
        yield f"brand: {_flow(brand.name)}"
    else:
        yield "# TODO: whose customers are these? Member and card numbers belong to a brand."
        yield "brand: {constant: my-brand}"


def _identifiers(columns: Sequence[_Column], policy: Policy) -> Iterable[str]:
    yield "identifiers:"
    found = [one for one in columns if one.place and one.place[0] == "identifier"]
    for one in found:
        kind = one.place[1] if one.place else ""
        said: dict[str, object] = {"kind": kind, "column": one.name}
        if sum(bool(_LISTED.search(text)) for text in one.values) and kind in ("phone", "email"):
            said["split"] = ";,/、|，；"
        if policy.kinds[kind].scope == "app" and _first(columns, ("shop", "key")) is None:
            said["scope"] = {"constant": "my-app"}
        note = one.guess + ("TODO: which app?" if "scope" in said else "")
        yield f"  - {_flow(said)}" + (f"  # {note}" if note else "")
    if not found:
        kind = next(iter(policy.kinds))
        name = columns[0].name if columns else "?"
        yield f"  - {_flow({'kind': kind, 'column': name})}  # TODO: no column looked like an identifier"


def _facts(columns: Sequence[_Column]) -> Iterable[str]:
    shop = _first(columns, ("shop", "key"))
    if shop:
        yield f"shop: {{key: {_flow(shop.name)}}}"
    facts = {one.place[1]: one for one in reversed(columns) if one.place and one.place[0] == "member"}
    parts = _name_parts(facts)
    held = any(one.place == ("identifier", "member") for one in columns)
    hash_ = "" if held else "# "
    if facts or parts:
        if not held:
            yield "# Facts hang on a member number, and no column looked like one."
        yield f"{hash_}member:"
    if parts and "name" not in facts:
        yield f"{hash_}  name: {_flow(parts)}"
    for name, one in facts.items():
        yield f"{hash_}  {name}: {_flow(_fact(name, one))}"
    left = [one.name for one in columns if one.place is None]
    if left:
        yield "# What nothing fits. As attributes of the member (delete what you do not need):"
        yield "#   attributes:"
        yield from (f"#     {_flow(name)}: {_flow(name)}" for name in left)


def _name_parts(facts: dict[str, _Column]) -> dict[str, object]:
    """A name in two columns, in the order of its language; they are taken out of the facts."""
    parts = {name: facts.pop(name).name for name in ("surname", "given") if name in facts}
    chinese = any(not name.isascii() for name in parts.values())
    names = list(parts.values()) if chinese else list(reversed(parts.values()))
    return {"columns": names, "join": "" if chinese else " "} if names else {}


def _fact(name: str, one: _Column) -> object:
    seen = {text: meant for text, meant in _GENDERS.items() if text in one.values}
    return {"column": one.name, "values": seen} if name == "gender" and seen else one.name


def _first(columns: Sequence[_Column], place: Place) -> _Column | None:
    return next((one for one in columns if one.place == place), None)


def _flow(value: object) -> str:
    """A value in YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
