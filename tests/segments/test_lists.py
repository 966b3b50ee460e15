"""Lists by upload, in GraphQL and from a file; and the commands on lists and segments."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.__main__ import cli
from app.errors import BadInput
from app.identity.service import Identity
from app.jobs.refresh import refresh_dirty
from app.jobs.refresh_segments import refresh_segments
from app.segments.whole import refresh_whole
from app.settings import settings as own_settings
from tests.segments.test_saved import inside, made
from tests.segments.test_saved_graphql import Ask, ask
from tests.tags.world import NOON, Cypher, person

__all__ = ["ask"]

UPLOAD = """mutation ($key: ID!, $identifiers: [String!]!, $mode: ListMode) {
  listUpload(key: $key, identifiers: $identifiers, name: "Expo", mode: $mode) {
  list { key name size people by } received matched added removed duplicates unmatched
  unmatchedIdentifiers { place identifier code } userErrors { code } } }"""
LISTS = "{ lists { key size people uploadedAt } }"
ON = {"list": {"key": "expo"}}


async def test_matched_unmatched_duplicates(ask: Ask, identity: Identity, cypher: Cypher) -> None:
    await person(cypher, "P1", "cookie|*|c-1", "cookie|*|c-2")
    await person(cypher, "P2", "cookie|*|c-3")
    given = ["cookie:c-1", "cookie:c-3", "cookie:c-9", "cookie: c-1 ", "fax:1", "c-2"]
    done = await ask(UPLOAD, key="expo", identifiers=given)
    assert {name: done[name] for name in ("received", "matched", "added", "duplicates", "unmatched")} == {
        "received": 6,
        "matched": 2,
        "added": 2,
        "duplicates": 1,
        "unmatched": 3,
    }
    assert [(one["place"], one["code"]) for one in sorted_by_place(done)] == [
        (2, "NOT_FOUND"),
        (4, "UNKNOWN_KIND"),
        (5, "BAD_USER_INPUT"),
    ]
    assert done["list"] == {"key": "expo", "name": "Expo", "size": 2, "people": 2, "by": "anna"}
    await made(identity, "expo", ON)
    await refresh_segments(identity, NOON)
    assert await inside(cypher, "expo") == ["P1", "P2"]
    replaced = await ask(UPLOAD, key="expo", identifiers=["cookie:c-2", "cookie:c-1"], mode="REPLACE")
    assert (replaced["added"], replaced["removed"], replaced["list"]["size"]) == (1, 1, 2)
    assert replaced["list"]["people"] == 1
    dirty = await cypher("MATCH (p:Person) RETURN max(p.dirtyAt) AS at")
    await refresh_dirty(identity, dirty[0]["at"].to_native())
    assert await inside(cypher, "expo") == ["P1"]
    [no] = (await ask(UPLOAD, frozenset({"mumu"}), key="expo", identifiers=["cookie:c-3"]))["userErrors"]
    assert no["code"] == "FORBIDDEN"


def sorted_by_place(done: dict[str, object]) -> list[dict[str, object]]:
    """The unmatched identifiers, in the order of the upload."""
    found: list[dict[str, object]] = done["unmatchedIdentifiers"]  # type: ignore[assignment]
    return sorted(found, key=lambda one: str(one["place"]))


def seen(*cookies: str) -> dict[str, object]:
    """An observation of cookies together."""
    named = [{"kind": "cookie", "value": value} for value in cookies]
    return {"id": "o", "at": "2026-01-01T00:00:00Z", "source": "test", "identifiers": named}


async def test_a_list_goes_with_the_identifiers_when_people_merge(
    ask: Ask, identity: Identity, cypher: Cypher
) -> None:
    """Two who are on it become one: the list counts one, and so does the segment."""
    await identity.observe([seen("c-1"), seen("c-2")])
    await ask(UPLOAD, key="expo", identifiers=["cookie:c-1", "cookie:c-2"])
    await made(identity, "expo", ON)
    await refresh_whole(identity, "expo", NOON)
    assert (await ask(LISTS))[0]["people"] == 2
    assert len(await inside(cypher, "expo")) == 2
    await identity.observe([seen("c-1", "c-2")])
    dirty = await cypher("MATCH (p:Person) RETURN max(p.dirtyAt) AS at")
    await refresh_dirty(identity, dirty[0]["at"].to_native())
    [found] = await ask(LISTS)
    assert (found["size"], found["people"]) == (2, 1)
    [one] = await inside(cypher, "expo")
    assert await cypher("MATCH (s:Segment {key: 'expo'}) RETURN s.size AS size") == [{"size": 1}]
    assert await cypher("MATCH (p:Person {oneId: $one}) RETURN p.status AS is", one=one) == [{"is": "ACTIVE"}]


async def oneid(*arguments: str) -> tuple[int, str, str]:
    """A command: exit code, stdout, stderr. In a thread, since it runs an event loop of its own."""
    ran = await asyncio.to_thread(CliRunner().invoke, cli, arguments)
    code = 2 if isinstance(ran.exception, BadInput) else ran.exit_code  # as `main` does
    return code, ran.stdout, ran.stderr


@pytest.fixture
def process(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings that a process of its own would have."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    own_settings.cache_clear()
    yield
    own_settings.cache_clear()


@pytest.mark.usefixtures("process")
async def test_the_commands(identity: Identity, cypher: Cypher, tmp_path: Path) -> None:
    await person(cypher, "P1", "cookie|*|c-1", "cookie|*|c-2")
    await person(cypher, "P2", "cookie|*|c-3")
    rule, wrong, lines = tmp_path / "rule.json", tmp_path / "wrong.json", tmp_path / "expo.csv"
    rule.write_text(json.dumps({"all": [{"everyone": True}, ON]}))
    wrong.write_text(json.dumps({"all": [ON, {"tag": {"key": "none"}}]}))
    lines.write_text("identifier\ncookie:c-1\ncookie:c-2,second\n\ncookie:c-9\n")
    code, out, err = await oneid("list", "upload", str(lines), "--key", "expo", "--json")
    assert (code, "NOT_FOUND" in err) == (1, True)
    assert {name: json.loads(out)[name] for name in ("matched", "unmatched", "size")} == {
        "matched": 2,
        "unmatched": 1,
        "size": 2,
    }
    preview = ("segment", "preview", str(rule), "--json")
    create = ("segment", "create", "expo", str(rule), "--active", "--schedule", "1d", "--reason", "fair")
    told, saved = await oneid(*preview), await oneid(*create)
    bad = await oneid("segment", "preview", str(wrong))
    none = await oneid("segment", "preview", str(lines))
    found = json.loads(told[1])
    assert (found["count"], found["members"]) == ({"value": 1, "precision": "EXACT"}, ["P1"])
    assert {one["field"]: one["value"] for one in found["conditions"]} == {
        "all": 1,
        "all.0.everyone": 2,
        "all.1.list": 1,
    }
    assert (bad[0], bad[1]) == (1, "")
    assert "UNKNOWN_TAG: " in bad[2]
    assert "(all.1.tag.key)" in bad[2]
    assert none[0] == 2  # not a rule at all
    assert saved[:2] == (0, "expo version 1\n")
    assert await oneid("segment", "refresh", "expo") == (
        0,
        "expo 1 people, 1 entered, 0 exited\n",
        "",
    )
    shown, listed = await oneid("segment", "show", "expo"), await oneid("segment", "list")
    missing, lists = await oneid("segment", "refresh", "nobody"), await oneid("list", "list")
    assert json.loads(shown[1])["sizeHistory"][0]["size"] == 1
    assert listed[1].startswith("expo  expo (ACTIVE, 1 people, every 1d, refreshed ")
    assert missing[0] == 1
    assert lists[1] == "expo  expo (2 identifiers, 1 people)\n"
    update = ("segment", "update", "expo", "--draft", "--schedule", "", "--reason", "over")
    assert (await oneid(*update))[:2] == (0, "expo version 2\n")
    assert (await oneid("segment", "delete", "expo", "--reason", "over"))[0] == 0
    assert await inside(cypher, "expo") == []
