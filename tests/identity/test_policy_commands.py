"""`oneid policy check | show | apply | history | rollback`: every problem at once, and what was changed."""

import json
from pathlib import Path

import pytest

from app.access.sealing import Keyring
from app.graph.sessions import Graph
from app.identity.live.recompute import verify
from app.identity.policy import PolicyInvalid, load_policy
from app.identity.service import Identity
from app.settings import Settings
from tests.commands import Run
from tests.commands import oneid as oneid
from tests.commands import process as process
from tests.identity.register import living, seen

WRONG = """
max_cluster: 0
kindz: 3
kinds:
  member: {layer: persn, limt: 1, priority: high}
  "1st": {layer: person}
  oaid: {layer: device, ttl: 2 years, hashes: [md6], pii: maybe}
  phone: 3
  card: {}
groups: {a: 1}
rules: [{name: r, equal: [birthday], confidense: 0.8}]
blocked: [{values: 1}]
"""
TOLD = {
    "max_cluster": "1 or more is needed",
    "kindz": "there is no such line, is it kinds?",
    "kinds.member.layer": "one of 'person', 'contact', 'device' or 'session' is needed",
    "kinds.member.limt": "there is no such line, is it limit?",
    "kinds.member.priority": "a whole number is needed",
    "kinds.1st.[key]": "a name is a letter, then letters, digits and _",
    "kinds.oaid.ttl": "a length of time is needed, like 180d, 26w or 12h",
    "kinds.oaid.hashes.0": "one of 'md5' or 'sha256' is needed",
    "kinds.oaid.pii": "true or false is needed",
    "kinds.phone": "lines of `name: value` are needed",
    "kinds.card.layer": "is missing",
    "groups": "a list is needed",
    "rules.0.confidence": "is missing",
    "rules.0.confidense": "there is no such line, is it confidence?",
    "blocked.0.kind": "is missing",
    "blocked.0.values": "a list is needed",
}


def test_everything_that_is_wrong_is_said_in_words_with_its_path() -> None:
    with pytest.raises(PolicyInvalid) as no:
        load_policy(WRONG)
    assert dict(no.value.problems) == TOLD


@pytest.fixture
async def identity(graph: Graph, settings: Settings) -> Identity:
    """Two members share a phone, which the later one has."""
    found = await Identity.open(graph, Keyring(settings.secret()), settings.policy)
    rows = [
        seen(day, f"member:mumu:M{day}", "phone:13912340001", id=f"e{day}", source="crm") for day in (1, 2)
    ]
    assert (await found.observe(rows)).rejected == {}
    return found


async def test_applied_and_rolled_back_it_tells_what_changed(
    oneid: Run, process: Run, identity: Identity, graph: Graph, settings: Settings, tmp_path: Path
) -> None:
    before, shown = await living(graph), oneid("policy", "show").stdout
    assert shown == settings.policy.read_text(encoding="utf-8")
    file = tmp_path / "two.yaml"
    file.write_text(shown.replace("limit_per_scope: 1}", "limit_per_scope: 2}"), encoding="utf-8")
    assert oneid("policy", "check", file).returncode == 0
    applied = process("policy", "apply", file, "--reason", "double registrations")
    assert (applied.returncode, applied.stderr) == (0, "")
    assert applied.stdout.splitlines() == [
        "policy version 2 is in force: 1 merged, 2 identifiers moved",
        "1 people now; decided otherwise: 1 pairs of evidence, 3 marks of identifiers, 1 people",
    ]
    nothing = oneid("policy", "apply", file, "--reason", "again")
    assert nothing.stdout.splitlines()[1] == "1 people now; decided otherwise: nothing"
    back = json.loads(oneid("policy", "rollback", 1, "--reason", "too many", "--json").stdout)
    assert (back["version"], back["people"], back["changes"]["returned"]) == (4, 2, 1)
    assert await living(graph) == before
    assert (await verify(identity)).differences == []
    listed = json.loads(oneid("policy", "history", "--json").stdout)
    assert [(one["version"], one["reason"], one["current"]) for one in listed[:3]] == [
        (4, "too many", True), (3, "again", False), (2, "double registrations", False)
    ]  # fmt: skip
    assert all(one["by"] and one["at"] for one in listed)
    assert "1 merged, 2 identifiers moved" in oneid("policy", "history").stdout


async def test_what_cannot_be_put_in_force_says_why_and_changes_nothing(
    oneid: Run, identity: Identity, tmp_path: Path, settings: Settings
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(WRONG, encoding="utf-8")
    checked = oneid("policy", "check", file)
    assert (checked.returncode, len(checked.stdout.splitlines())) == (1, len(TOLD))
    refused = oneid("policy", "apply", file, "--reason", "x")
    assert (refused.returncode, refused.stderr.partition(":")[0]) == (1, "POLICY_INVALID")
    text = settings.policy.read_text(encoding="utf-8")
    file.write_text(text.replace("isolation: group", "isolation: brand"), encoding="utf-8")
    for words in (["check", file], ["apply", file, "--reason", "x"]):
        stored = oneid("policy", *words)
        assert (stored.returncode, stored.stderr.partition(":")[0]) == (1, "POLICY_NEEDS_IMPORT")
    unknown = oneid("policy", "rollback", 9, "--reason", "x")
    assert (unknown.returncode, "oneid policy history" in unknown.stderr) == (1, True)
    for words in (["apply", file], ["apply", file, "--reason", " "], ["rollback", 1]):
        unsaid = oneid("policy", *words)
        assert (unsaid.returncode, "--reason" in unsaid.stderr) == (2, True)
    missing = oneid("policy", "check", tmp_path / "none.yaml")
    assert (missing.returncode, "Traceback" in missing.stderr) == (2, False)
    assert len(json.loads(oneid("policy", "history", "--json").stdout)) == 1
