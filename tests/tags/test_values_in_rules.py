"""The values of tags in rules, whatever set them: by hand, from a file, told by a source, or computed."""

from typing import Any

from app.identity.service import Identity
from app.rules.matching import matching
from app.rules.model import parse
from app.tags.refresh import refresh
from tests.tags.test_tags_graphql import ASSIGN, Ask, ask
from tests.tags.world import NOON, Cypher, day, defined, order, person

__all__ = ["ask"]
_TOLD = (
    "MATCH (i:Identifier {key: $key}), (t:Tag {key: $tag}) "
    "CREATE (i)-[:ASSERTED {value: $value, since: $at, by: 'crm', brand: 'mumu'}]->(t)"
)


async def test_numbers_and_days_whatever_set_them(identity: Identity, ask: Ask, cypher: Cypher) -> None:
    for name in ("hand", "told", "bad", "sums"):
        await person(cypher, name, f"cookie|*|{name}")
    await defined(identity, "size", value_type="NUMBER")
    await defined(identity, "visit", value_type="DATE")
    spent = {"order": {"measure": "SUM_AMOUNT"}}
    await defined(identity, "spent", spent, value_type="NUMBER", set_by="COMPUTED")
    last = {"order": {"measure": "LAST_AT"}}
    await defined(identity, "last", last, value_type="DATE", set_by="COMPUTED")
    for tag, value in (("size", 12), ("visit", "20260301")):
        someone = {"identifier": {"kind": "cookie", "value": "hand"}}
        assert (await ask(ASSIGN, tag=tag, person=someone, value=value))["userErrors"] == []
    for name, size, visit in (("told", "9.5", "2026-02-28"), ("bad", "9,5", "2026-02-29")):
        for tag, value in (("size", size), ("visit", visit)):
            await cypher(_TOLD, key=f"cookie|*|{name}", tag=tag, value=value, at=day(1))
    await order(cypher, "cookie|*|sums", "o-1", day(13), 100)
    await order(cypher, "cookie|*|sums", "o-2", day(2), 20)
    await refresh(identity, ["hand", "told", "bad", "sums"], NOON)

    async def who(key: str, **test: Any) -> str:
        rule = parse({"tag": {"key": key, "value": test}})
        reader = identity.graph.reader()
        found = await matching(reader, identity.keyring, rule, as_of=NOON, zone="Asia/Shanghai")
        return " ".join(found)

    assert await who("size", gt=9) == "hand told"
    assert await who("size", gt=10) == await who("size", eq=12) == "hand"
    assert await who("size", lt=10) == "told"
    assert await who("size", exists=False) == "bad"
    assert await who("visit", gte="2026-03-01") == "hand"
    assert [await who("visit", last=back) for back in ("14d", "13d", "12d")] == ["hand told", "hand", ""]
    assert await who("visit", lt="2026-03-01") == "told"
    assert await who("visit", exists=False) == "bad"
    assert await who("spent", gt=99.5, lt=1000) == "sums"
    assert await who("spent", lt=99.5) == ""
    assert await who("last", gt="2026-03-12", last="1y") == "sums"
