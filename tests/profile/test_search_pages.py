"""Pages of people: each person once, whatever is written meanwhile, in few and bounded statements."""

import asyncio
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from neo4j import WRITE_ACCESS

from app.access.blind import SLOTS, asked, joined, name_sought, place_of, slot_tokens, stretch, words
from app.access.sealing import Keyring
from app.graph.queries import read_query
from app.graph.sessions import Graph
from app.identity.service import Identity
from app.profile import search
from app.profile.search_index import digits_entry, name_entry
from tests.identity.dump import dump
from tests.ingest.saying import seen
from tests.profile.conftest import Find, Tell, member

CHARACTERS = "王李张刘陈小大明红伟芳娜敏静"
MANY = """
UNWIND $rows AS row
CREATE (i:Identifier:Member {key: row.key, kind: 'member', scope: 'mumu', value: row.number, name: row.number,
  firstSeen: datetime(), lastSeen: datetime(), brands: ['mumu'], sealedName: row.sealed})
CREATE (p:Person {oneId: row.number, status: 'ACTIVE', since: datetime()})
CREATE (i)-[:IDENTIFIES]->(p)
CREATE (n:NameIndex)-[:FINDS]->(i) SET n = row.entry
"""


async def people_named(graph: Graph, keyring: Keyring, names: list[str]) -> None:
    """So many members, written past identity: thousands in a second."""
    keys = [(f"member|mumu|N{number}", f"N{number}", name) for number, name in enumerate(names)]
    rows = [
        {"key": key, "number": number, "sealed": keyring.seal(name), "entry": _entry(keyring, key, name)}
        for key, number, name in keys
    ]
    async with graph.session(WRITE_ACCESS) as session:
        await (await session.run(MANY, {"rows": rows})).consume()


def _entry(keyring: Keyring, key: str, name: str) -> dict[str, str]:
    entry = name_entry(keyring, key, name)
    return {part: entry[part] for part in ("name", "tokens", "place")}


async def pages(find: Find, text: str, first: int, **how: Any) -> AsyncIterator[list[str]]:
    """The pages of a search, to its end, by the names or numbers of the people."""
    after: str | None = None
    while True:
        page = await find(text, first, after, **how)
        yield page.names
        if page.after is None:
            return
        after = page.after


@pytest.mark.parametrize("first", [1, 20])
async def test_a_page_is_two_statements(find: Find, graph: Graph, identity: Identity, first: int) -> None:
    """Whatever its length, and also of a name that everybody has."""
    await people_named(graph, identity.keyring, [f"王{character}" for character in CHARACTERS * 100])
    after = None
    for _ in range(3):
        page = await find("王", first, after, calls=2)
        assert len(page.names) == first
        after = page.after
    assert len((await find("王红", first, calls=2)).names) == first
    assert (await find("红王", first, calls=2)).names == []


async def test_no_write_shifts_a_page(tell: Tell, find: Find, identity: Identity) -> None:
    """Everybody who was there comes once, while others come, get new names, merge and split."""
    await tell(*(member(f"M{n}", f"王{n:03}", f"cookie:c{n}") for n in range(60)))
    found: list[str] = []
    number = 0
    async for names in pages(find, "王", 7):
        found += names
        number += 1
        await tell(*(member(f"N{number}-{n}", f"王新{number}{n}") for n in range(5)))
        await tell(member(f"M{number}", f"王{number:03}", at=f"2026-02-{number:02}T00:00:00Z"))
    there = [name for name in found if "新" not in name]
    assert sorted(there) == [f"王{n:03}" for n in range(60)]
    assert len(found) == len(set(found))


async def test_people_that_merge_between_pages_come_once(tell: Tell, find: Find) -> None:
    await tell(*(member(f"M{n}", f"王{n:03}") for n in range(30)))
    await tell(*(member(f"L{n}", f"王{n:03}", brand="lumi") for n in range(30)))
    found: list[str] = []
    number = 0
    async for names in pages(find, "王", 8):
        found += names
        for n in range(number, min(number + 10, 30)):
            await tell(seen(f"member:mumu:M{n}", f"member:lumi:L{n}"))
        number += 10
    assert set(found) == {f"王{n:03}" for n in range(30)}
    assert max(map(found.count, found)) <= 2
    assert len(found) < 60


@pytest.mark.parametrize("hits", [3, 40, 400])
async def test_pieces_of_any_size_find_everybody(
    find: Find, graph: Graph, identity: Identity, monkeypatch: pytest.MonkeyPatch, hits: int
) -> None:
    """Beside what a look at every name finds: however few hits a statement may look at."""
    monkeypatch.setattr(search, "_LEAST_HITS", hits)
    monkeypatch.setattr(search, "_HITS_EACH", 1)
    chance = Random(hits)
    names = ["".join(chance.choices(CHARACTERS, k=chance.choice((2, 3, 3)))) for _ in range(400)]
    await people_named(graph, identity.keyring, names)
    for text in ("王", "小明", "王小", "红"):
        expected = sorted(name for name in names if text in name)
        found = [name async for page in pages(find, text, 9, calls=None) for name in page]
        assert sorted(found) == expected
        classes = [(name != text, not name.startswith(text)) for name in found]
        assert classes == sorted(classes)


async def test_one_statement_reads_a_bounded_part(graph: Graph, identity: Identity, find: Find) -> None:
    """Three thousand have the name: the statement of a page looks at a hundred."""
    names = [f"王{first}{second}" for first in CHARACTERS for second in CHARACTERS * 16]
    await people_named(graph, identity.keyring, names[:3_000])
    await find("王")
    tokens = name_sought(identity.keyring, ["王"], begins=True, ends=False)
    spans = [
        {"query": asked(tokens, stretch(0, end)), "end": end, "most": 160}
        for end in (SLOTS, 1024, 256, 64, 16)
    ]
    rows = {"one_id": "", "keys": [], "values": [], "member": None, "card": None, "most": 60}
    rows |= {"streams": [{"number": 2, "after": "", "spans": spans}], "indexed": ["name"], "brands": None}
    text = "PROFILE " + read_query("profile/search").text
    async with graph.session(WRITE_ACCESS) as session:
        result = await session.run(text, {"rows": rows})
        row = await result.single(strict=True)
        summary = await result.consume()
    assert 20 < len(row["people"]) <= 160
    assert row["ends"] == [[2, 64]] or row["ends"] == [[2, 256]]
    assert summary.profile is not None
    assert _hits(dict(summary.profile)) < 10_000


def _hits(plan: dict[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(_hits(child) for child in plan.get("children", ()))


async def test_a_cursor_is_of_one_text(tell: Tell, find: Find) -> None:
    await tell(member("M1", "王小明"), member("M2", "王小红"))
    page = await find("王", 1)
    refused = (await find("小", 1, page.after, calls=0)).answer["errors"][0]
    assert refused["extensions"]["code"] == "INVALID_CURSOR"
    assert "王" not in str(page.after)
    for wrong in ("none", (page.after or "")[:-4] + "aaaa"):
        refused = (await find("王", 1, wrong, calls=0)).answer["errors"][0]
        assert refused["extensions"]["code"] == "INVALID_CURSOR"
    assert (await find("王", 0, calls=0)).answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    too_many = (await find("王", 1_001, calls=0)).answer["errors"][0]
    assert too_many["extensions"]["code"] == "PAGE_TOO_LARGE"


async def test_who_was_just_told_of_is_found(tell: Tell, find: Find) -> None:
    """The index follows commits a moment later; the search waits for it."""
    for number in range(20):
        await tell(member(f"M{number}", f"王{number:02}"))
        assert (await find(f"王{number:02}")).names == [f"王{number:02}"]


async def test_searches_beside_each_other(tell: Tell, find: Find) -> None:
    await tell(*(member(f"M{n}", f"王{n:02}") for n in range(20)))
    found = await asyncio.gather(*(find(f"{n:02}", calls=None) for n in range(20)))
    assert [page.names for page in found] == [[f"王{n:02}"] for n in range(20)]


# -- the index ---


@settings(deadline=None)
@given(st.integers(0, SLOTS - 1), st.integers(1, SLOTS))
def test_a_stretch_has_exactly_its_slots(first: int, length: int) -> None:
    end = min(first + length, SLOTS)
    tokens = set(stretch(first, end))
    covered = {slot for slot in range(SLOTS) if tokens & set(slot_tokens(f"{slot:03x}000000000"))}
    assert covered == set(range(first, end)) or (tokens == set() and (first, end) == (0, SLOTS))
    assert len(tokens) <= 5 * 15


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_a_part_has_the_tokens_of_a_part(before: str, after: str) -> None:
    """Whatever contains a text has all tokens that it is sought by: nobody is missed."""
    keyring = Keyring("a key for tests")
    whole = joined(before + after)
    entry = set(name_entry(keyring, "k", before + after)["tokens"].split())
    for part in (whole[:3], whole[1:4], whole[-2:], whole):
        assert set(name_sought(keyring, [part] if part else [], begins=False, ends=False)) <= entry
    assert set(name_sought(keyring, [whole[:2]] if whole else [], begins=True, ends=False)) <= entry
    assert set(name_sought(keyring, [whole] if whole else [], begins=True, ends=True)) <= entry


def test_words_are_compared_without_case_and_width() -> None:
    assert words("ＷＡＮＧ xiǎo-ming's 王·小明 ﬁ") == ("wang", "xiǎo", "ming", "s", "王", "小明", "fi")
    assert joined("欧阳 娜娜") == joined("欧阳娜娜") == "欧阳娜娜"


def test_tokens_need_the_key() -> None:
    """With another key everything is another token; the same key gives the same entry."""
    one, other = (name_entry(Keyring(key), "member|mumu|M1", "王小明") for key in ("a", "b"))
    assert one == name_entry(Keyring("a"), "member|mumu|M1", "王小明")
    assert not set(one["tokens"].split()) & set(other["tokens"].split())
    phone = digits_entry(Keyring("a"), "phone|*|x", "+8613912340001")
    assert len(phone["tokens"].split()) == 5 + 3
    assert phone["place"] == place_of(Keyring("a"), "digits", "phone|*|x")


async def test_the_index_is_the_same_whatever_comes_first(tell: Tell, graph: Graph) -> None:
    """And told again changes nothing."""
    told = [
        member("M1", "王小明", "phone:13912340001", at="2026-01-02T00:00:00Z"),
        member("M1", "王小红", at="2026-01-03T00:00:00Z"),
    ]
    await tell(*told)
    entries = [line for line in await dump(graph) if line.startswith("(:NameIndex")]
    for one in reversed(told):
        await tell(one)
    assert [line for line in await dump(graph) if line.startswith("(:NameIndex")] == entries
    assert len(entries) == 4  # two, and what each finds
