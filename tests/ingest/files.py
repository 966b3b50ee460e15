"""Tables as people have them, made for a test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import polars

from app.ingest.mapping import load_mapping
from app.ingest.sources import Rows
from app.ingest.tables import opened

MEMBERS = """
at: 注册时间
source: {constant: crm}
brand: {constant: mumu}
identifiers:
  - {kind: member, column: 会员号}
  - {kind: phone, column: 手机号}
member: {name: 姓名, birthday: 生日}
"""
HEADER = ["会员号", "手机号", "姓名", "生日", "注册时间"]


def csv(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """A text file of these lines."""
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def excel(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def parquet(path: Path, columns: dict[str, Any]) -> Path:
    """A Parquet file."""
    polars.DataFrame(columns).write_parquet(path)
    return path


def read(path: Path, mapping: str = MEMBERS) -> Rows:
    """The file as observations by a mapping."""
    parsed = load_mapping(mapping)
    return Rows(opened(path, parsed.file.layout()), parsed, "Asia/Shanghai")
