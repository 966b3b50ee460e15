"""Proposals as GraphQL: pages in their order, and answers, each with its own problems."""

from typing import Any

import pytest

from app.api import GRAPHQL
from app.context import SCOPES, Caller, Context
from app.graph.planner_requests import Requests
from app.graph.sessions import Graph
from app.identity.match import run as match_run
from app.identity.steering.decisions import run_operation
from tests.identity.live import Player
from tests.identity.register import identifier
from tests.identity.test_proposals import POLICY, WANG, said, tell

Json = dict[str, Any]
REQUESTS = Requests(GRAPHQL)
LIST = """
query ($first: Int, $after: String, $rule: String, $minConfidence: Float) {
  proposals(first: $first, after: $after, rule: $rule, minConfidence: $minConfidence) {
    edges { node { rule confidence a { value evidence { state method other { value } } } b { value } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""


@pytest.fixture
async def player(graph: Graph) -> Player:
    """Five accounts of which ten pairs are proposed, three of them by name."""
    player = await Player.under(graph, POLICY)
    rows = [said(n, f"{brand}:m{n}", f"p{n}", **WANG) for n, brand in enumerate("ABC", start=1)]
    more = [said(n, f"D:m{n}", f"p{n}", **WANG | {"name": name}) for n, name in ((4, "王四"), (5, "王五"))]
    await tell(player.identity, *rows, *more)
    await match_run.run(player.identity)
    return player


async def ask(player: Player, query: str, variables: Json, **caller: Any) -> Json:
    """The answer, for a caller with every right unless said otherwise."""
    who = Caller("tests", caller.get("scopes", SCOPES), caller.get("brands"))
    own = player.identity
    context = Context(who, own.graph, own.keyring, own.state.policy, identity=own)
    return await REQUESTS.answer(query, variables, None, context)


async def pairs(player: Player, **variables: Any) -> list[tuple[str, str, str, float]]:
    """All proposals, page by page."""
    found: list[tuple[str, str, str, float]] = []
    after = None
    while True:
        answer = await ask(player, LIST, {"first": 4, **variables, "after": after})
        assert "errors" not in answer, answer["errors"]
        page = answer["data"]["proposals"]
        nodes = [edge["node"] for edge in page["edges"]]
        found += [(n["a"]["value"], n["b"]["value"], n["rule"], n["confidence"]) for n in nodes]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def test_pages_have_everything_once_and_in_order(player: Player) -> None:
    found = await pairs(player)
    assert len(found) == 10
    assert found == sorted(found, key=lambda one: (-one[3], one[0], one[1]))
    assert [one for one in found if one[2] == "named"] == found[:3]
    assert await pairs(player, rule="born-here") == found[3:]
    assert await pairs(player, minConfidence=0.9) == found[:3]
    assert await pairs(player, rule="no such rule") == []


async def test_evidence_that_is_proposed_says_so(player: Player) -> None:
    answer = await ask(player, LIST, {"first": 1})
    (edge,) = answer["data"]["proposals"]["edges"]
    states = {one["other"]["value"]: (one["state"], one["method"]) for one in edge["node"]["a"]["evidence"]}
    assert states["p1"] == ("ACTIVE", "observed")
    assert states["m2"] == ("PROPOSED", "rule:named")


async def test_a_caller_of_some_brands_sees_and_decides_none(player: Player) -> None:
    answer = await ask(player, LIST, {}, brands=frozenset({"A", "B"}))
    assert answer["data"]["proposals"]["edges"] == []
    answer = await ask(player, answering("approve"), asked("m1 m2"), brands=frozenset({"A", "B"}))
    assert answer["data"]["approveProposals"]["userErrors"][0]["code"] == "FORBIDDEN"


def answering(answer: str) -> str:
    """The mutation."""
    return f"""mutation ($proposals: [ProposalInput!]!, $reason: String!) {{
      {answer}Proposals(proposals: $proposals, reason: $reason) {{
        operations userErrors {{ field code message suggestion }} }} }}"""


def asked(*pairs: str, reason: str = "looked at") -> Json:
    """Its variables: pairs of members by their numbers."""
    brand = dict(zip(("m1", "m2", "m3", "m4", "m5"), "ABCDD", strict=True))
    named = [[identifier(f"member:{brand[one]}:{one}") for one in pair.split()] for pair in pairs]
    return {"proposals": [{"a": a, "b": b} for a, b in named], "reason": reason}


async def test_each_proposal_is_answered_on_its_own(player: Player) -> None:
    ends = {"a": identifier("phone:p1"), "b": identifier("phone:p3")}
    await run_operation(player.identity, "neverLink", ends, "kim", "twins")
    variables = asked("m1 m2", "m1 m3", "m1 m2", "m4 m5", "m2 m1")
    answer = (await ask(player, answering("approve"), variables))["data"]["approveProposals"]
    assert len(answer["operations"]) == 1
    assert [(one["field"], one["code"]) for one in answer["userErrors"]] == [
        (["proposals", "1", "a", "b"], "NEVER_LINKED"),
        (["proposals", "2", "a", "b"], "NOT_PROPOSED"),
        (["proposals", "3", "a", "b"], "LIMIT_EXCEEDED"),
        (["proposals", "4", "a", "b"], "NOT_PROPOSED"),
    ]
    assert all(one["suggestion"] for one in answer["userErrors"])
    answer = (await ask(player, answering("reject"), asked("m4 m5")))["data"]["rejectProposals"]
    assert (len(answer["operations"]), answer["userErrors"]) == (1, [])
    undo = 'mutation ($id: ID!) { undo(operation: $id, reason: "a mistake") { userErrors { code } } }'
    undone = await ask(player, undo, {"id": answer["operations"][0]})
    assert undone["data"]["undo"]["userErrors"] == []


@pytest.mark.parametrize(
    ("variables", "code"),
    [(asked("m1 m2", reason=" "), "REASON_REQUIRED"), (asked(*["m1 m2"] * 201), "TOO_MANY_PROPOSALS")],
)
async def test_what_is_wrong_as_a_whole_answers_nothing(player: Player, variables: Json, code: str) -> None:
    answer = (await ask(player, answering("reject"), variables))["data"]["rejectProposals"]
    assert (answer["operations"], [one["code"] for one in answer["userErrors"]]) == ([], [code])
    assert len(await pairs(player)) == 10
