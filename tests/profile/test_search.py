"""Finding people: what finds whom, in which order, and what nobody is told."""

import pytest

from app.access.blind import asked, name_sought, name_tokens
from app.graph.sessions import Graph
from app.identity.normalise import hash_form
from app.identity.service import Identity
from app.identity.steering.decisions import run_operation
from tests.identity.dump import dump
from tests.ingest.saying import seen
from tests.profile.conftest import NAMELESS, Find, Tell, member

PEOPLE = (
    member("M100234", "王小明", "phone:13912340001", "openid:app-1:o-1"),
    member("M100235", "王小红", "phone:13912349001"),
    member("M200001", "李小明", "card:mumu:C77001"),
    member("M200002", "王明小"),
    member("M200003", "欧阳娜娜"),
    member("M200004", "司马小"),
    member("M200005", "Wang Xiaoming"),
    member("M200006", "ＺＨＡＮＧ　Ｗｅｉ"),
    member("M200007", "阿依古丽·买买提"),
    member("L000001", "小明", brand="lumi"),
    seen("phone:13800020001", "cookie:c-1"),
)


@pytest.fixture
async def world(tell: Tell) -> None:
    """Ten members of two brands, and somebody without a name."""
    await tell(*PEOPLE)


@pytest.mark.parametrize(
    ("text", "names"),
    {
        "王": {"王小明", "王小红", "王明小"},
        "明": {"王小明", "李小明", "王明小", "小明"},
        "小明": {"王小明", "李小明", "小明"},
        "王小明": {"王小明"},
        " 王小 明 ": {"王小明"},
        "欧阳": {"欧阳娜娜"},
        "娜娜": {"欧阳娜娜"},
        "司马": {"司马小"},
        "wang": {"Wang Xiaoming"},
        "XIAOMING": {"Wang Xiaoming"},
        "xiaoming wang": {"Wang Xiaoming"},
        "ｗａｎｇ": {"Wang Xiaoming"},
        "zhang wei": {"ＺＨＡＮＧ　Ｗｅｉ"},
        "买买提": {"阿依古丽·买买提"},
        "阿依古丽•买买提": {"阿依古丽·买买提"},
        "张": set(),
        "小李": set(),
        "明王": set(),
        "0001": {"王小明", "c-1 138****0001"},
        "4 0001": {"王小明"},
        "12340001": {"王小明"},
        "139 1234 0001": {"王小明"},
        "+86-139-1234-0001": {"王小明"},
        "001": set(),
        "M1002": {"王小明", "王小红"},
        "M100234": {"王小明"},
        "C77": {"李小明"},
        "C77001": {"李小明"},
        "00234": set(),
        "o-1": {"王小明"},
        "c-1": {"c-1 138****0001"},
        hash_form("md5", "13912340001"): {"王小明"},
        hash_form("sha256", "+8613912349001").upper(): {"王小红"},
    }.items(),
)  # fmt: skip
async def test_who_is_found(world: None, find: Find, text: str, names: set[str]) -> None:
    found = await find(text)
    assert set(found.names) == names
    assert len(found.names) == len(names)
    assert not found.answer["data"]["searchPeople"]["pageInfo"]["hasNextPage"]


async def test_the_best_match_comes_first(tell: Tell, find: Find) -> None:
    """An identifier, the whole name, the beginning of a name, of a number, any part."""
    await tell(
        member("M1", "李小明明"),
        member("M2", "小明"),
        member("M3", "小明明"),
        member("M4", "老王", "cookie:小明"),
        member("小明5", "老李"),
        member("M6", "明小"),
    )
    assert (await find("小明")).names == ["老王", "小明", "小明明", "老李", "李小明明"]


async def test_one_person_comes_once_at_its_best(tell: Tell, find: Find) -> None:
    """By two names, two phones and a number."""
    await tell(
        member("M1", "王小明", "phone:13912340001"),
        member("小1", "小明", "phone:13912340001", "phone:13912350001", brand="lumi"),
        member("M2", "小明明"),
    )
    for first in (1, 20):
        assert (await find("小明", first)).names[0] == "小明/王小明"
    assert (await find("小明")).names == ["小明/王小明", "小明明"]
    assert (await find("0001")).names == ["小明/王小明"]
    page = await find("小明", 1)
    assert (await find("小明", 20, page.after)).names == ["小明明"]


async def test_old_one_ids_lead_to_the_survivor(tell: Tell, find: Find, graph: Graph) -> None:
    await tell(member("M1", "王小明"))
    await tell(member("L1", "王小红", brand="lumi"))
    ids = [row["id"] for row in await graph.reader().compiled("MATCH (p:Person) RETURN p.oneId AS id", {})]
    await tell(seen("member:mumu:M1", "member:lumi:L1"))
    for one_id in ids:
        assert (await find(one_id)).names == ["王小明/王小红"]


async def test_what_the_index_finds_wrongly_is_not_shown(
    tell: Tell, find: Find, graph: Graph, identity: Identity
) -> None:
    """Tokens are short on purpose: another character of the same token is found, and left out."""
    sought = name_sought(identity.keyring, ["王"], begins=False, ends=False)
    twins = [
        character
        for character in map(chr, range(0x4E00, 0x9FA5))
        if character != "王" and set(sought) <= set(name_tokens(identity.keyring, character))
    ]
    assert len(twins) > 10
    await tell(*(member(f"M{number}", f"李{twin}") for number, twin in enumerate(twins)))
    await tell(member("M9999", "李王"))
    await graph.reader().compiled("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()", {})
    query = "CALL db.index.fulltext.queryNodes('name_index', $query) YIELD node RETURN count(node) AS found"
    [hits] = await graph.reader().compiled(query, {"query": asked(sought, [])})
    assert hits["found"] == len(twins) + 1
    assert (await find("王")).names == ["李王"]


async def test_without_personal_data_only_open_identifiers_find(world: None, find: Find) -> None:
    """Whoever may not read a name cannot learn by searching that somebody has it."""
    for text in ("王小明", "王", "wang", "0001", "12340001", "13912340001", hash_form("md5", "13912340001")):
        assert (await find(text, scopes=NAMELESS)).names == []
    for text in ("M100234", "M1002", "o-1", "C77"):
        found = await find(text, scopes=NAMELESS)
        assert found.names
        assert all(one["name"] is None for one in _members(found.answer))
        assert "1391234" not in str(found.answer)
    refused = await find("M1", scopes=frozenset({"pii:read"}), calls=0)
    assert refused.answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def _members(answer: dict[str, object]) -> list[dict[str, object]]:
    edges = answer["data"]["searchPeople"]["edges"]  # type: ignore[index]
    return [one for edge in edges for one in edge["node"]["members"]]


async def test_a_caller_of_a_brand_finds_by_what_that_brand_knows(tell: Tell, find: Find) -> None:
    await tell(
        member("M1", "王小明", "phone:13912340001", at="2026-01-01T00:00:00Z"),
        member("L1", "王大明", "card:lumi:C1", brand="lumi", at="2026-01-02T00:00:00Z"),
        seen("member:mumu:M1", "member:lumi:L1", at="2026-01-03T00:00:00Z"),
        member("L2", "李小明", brand="lumi"),
    )
    lumi, mumu = frozenset({"lumi"}), frozenset({"mumu"})
    assert (await find("王")).names == ["王大明/王小明"]
    assert (await find("王", brands=mumu)).names == ["王小明"]
    assert (await find("大明", brands=mumu)).names == []
    assert (await find("大明", brands=lumi)).names == ["王大明"]
    assert (await find("小明", brands=lumi)).names == ["李小明"]
    assert (await find("0001", brands=lumi)).names == []
    assert (await find("M1", brands=lumi)).names == []
    assert (await find("C1", brands=mumu)).names == []
    assert (await find("王", brands=frozenset({"pawpal"}))).names == []


async def test_a_name_that_changes(tell: Tell, find: Find, graph: Graph) -> None:
    await tell(member("M1", "王小明", at="2026-01-02T00:00:00Z"))
    await tell(member("M1", "陈大文", at="2026-01-05T00:00:00Z"))
    await tell(member("M1", "王小红", at="2026-01-03T00:00:00Z"))
    assert [(await find(text)).names for text in ("王", "小", "陈", "大文")] == [
        [],
        [],
        ["陈大文"],
        ["陈大文"],
    ]
    [row] = await graph.reader().compiled("MATCH (n:NameIndex) RETURN count(n) AS entries", {})
    assert row["entries"] == 1


async def test_facts_follow_merges_and_splits(tell: Tell, find: Find, identity: Identity) -> None:
    """The index hangs on identifiers: it needs no update when people change."""
    await tell(member("M1", "王小明", "phone:13912340001"))
    await tell(member("L1", "李红", "phone:13912340001", brand="lumi"))
    assert (await find("李")).names == ["李红/王小明"]
    given = {"identifier": {"kind": "member", "value": "L1", "scope": "lumi"}}
    await run_operation(identity, "unlink", given, "ann", "somebody else")
    assert [(await find(text)).names for text in ("李", "小明", "0001")] == [["李红"], ["王小明"], ["王小明"]]


async def test_what_is_erased_is_found_no_more(
    tell: Tell, find: Find, graph: Graph, identity: Identity
) -> None:
    await tell(member("M1", "王小明", "phone:13912340001"), member("M2", "王小红", "phone:13912340002"))
    phone = {"kind": "phone", "value": "13912340001"}
    await run_operation(identity, "erase", {"identifier": phone}, "ann", "asked for")
    assert (await find("0001")).names == []
    assert (await find("小明")).names == ["王小明"]
    member_1 = {"kind": "member", "value": "M1", "scope": "mumu"}
    await run_operation(identity, "erase", {"person": member_1}, "ann", "asked for")
    for text in ("小明", "0001", "M1"):
        assert (await find(text)).names == []
    assert (await find("王")).names == ["王小红"]
    [row] = await graph.reader().compiled("MATCH (n:NameIndex) RETURN count(n) AS entries", {})
    assert row["entries"] == 2
    await tell(seen("phone:13912340001", "member:mumu:M1", "cookie:c-9"))
    assert [(await find(text)).names for text in ("小明", "0001", "M1")] == [[], [], []]


async def test_a_phone_known_by_its_hash_first(tell: Tell, find: Find) -> None:
    """Nobody knows the last digits of a hash; with the plain number they are known."""
    md5 = hash_form("md5", "13912340001")
    await tell(seen("member:mumu:M1", f"phone:{md5}"))
    assert (await find("0001")).names == []
    assert len((await find(md5)).names) == 1
    await tell(seen("phone:13912340001", "cookie:c-1"))
    assert len((await find("0001")).names) == 1


async def test_the_store_holds_no_readable_name(world: None, graph: Graph, identity: Identity) -> None:
    everything = "\n".join(await dump(graph))
    for text in ("小明", "小红", "欧阳", "司马", "Xiaoming", "xiaoming", "Ｗｅｉ", "wei", "古丽", "12340001"):
        assert text not in everything
        assert text.encode().hex() not in everything
    entries = [
        line for line in everything.splitlines() if line.startswith("(:NameIndex") and "]->" not in line
    ]
    assert len(entries) == 13  # ten names, three phones
    for entry in entries:
        assert not any(ord(character) > 127 for character in entry)


@pytest.mark.parametrize("text", ["", "  ", "·-·", "王" * 101])
async def test_texts_that_say_nothing(find: Find, text: str) -> None:
    refused = (await find(text, calls=0)).answer["errors"][0]
    assert (refused["extensions"]["code"], refused["path"]) == ("BAD_USER_INPUT", ["searchPeople"])
    assert refused["extensions"]["field"] == ["text"]
    assert "王" not in refused["message"]


@pytest.mark.parametrize("text", ["+", "a:b", "name:*", '"', "(", "*", "王*", "AND", "q~", "\\", "[a TO z]"])
async def test_no_text_is_part_of_a_query(world: None, find: Find, text: str) -> None:
    """Of the full-text index, whose language these are words of."""
    found = await find(text, calls=None)
    assert set(found.names) <= {"王小明", "王小红", "王明小"}
    assert all(error["extensions"]["code"] == "BAD_USER_INPUT" for error in found.answer.get("errors", ()))
