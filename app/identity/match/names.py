"""Surname and given name out of a name as people write it. Pure.

A Chinese name begins with its surname, which may have two characters (欧阳). A Latin one ends with it, unless
there is a comma (`Jane Dyke`, `Dyke, Jane`). What cannot be told apart says nothing: a single Latin word, a
name with a middle dot. Of a masked name (王**) the surname counts.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台"
    "皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐"
    "百里呼延东郭南门西门公西颛孙轩辕拓跋纳兰完颜歐陽司馬東方獨孤南宮"
    "聞人諸葛尉遲澹臺濮陽公孫鍾離長孫鮮于東郭軒轅納蘭完顏"
)
COMPOUND = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))
"""Surnames of two characters."""

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_TITLES = ("先生", "女士", "小姐", "太太")


def plain(text: str) -> str:
    """How texts are compared: NFKC, case-folded, with single spaces."""
    return " ".join(normalize("NFKC", text).casefold().split())


def split_name(name: str) -> tuple[str | None, str | None]:
    """Surname and given name as they are compared; None for what the name does not say."""
    text = plain(name)
    joined = text.replace(" ", "")
    if _CHINESE.fullmatch(joined):
        return _chinese(joined)
    if _CHINESE.fullmatch(joined.rstrip("*")):  # masked: 王**
        return (_surname(joined.rstrip("*")), None) if len(joined.rstrip("*")) == 1 else (None, None)
    return _latin(text)


def _surname(name: str) -> str:
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[:1]


def _chinese(name: str) -> tuple[str | None, str | None]:
    for title in _TITLES:
        if name.endswith(title) and len(name) <= len(title) + 2:
            return name.removesuffix(title) or None, None
    surname = _surname(name)
    return surname, name.removeprefix(surname) or None


def _latin(text: str) -> tuple[str | None, str | None]:
    if "*" in text or "·" in text or any(_CHINESE.match(letter) for letter in text):
        return None, None
    if "," in text:
        surname, _, given = (part.strip() for part in text.partition(","))
        return surname or None, given or None
    words = text.split(" ")
    return (words[-1], " ".join(words[:-1])) if len(words) > 1 else (None, None)
