"""`oneid why | why-not | owner-of | history`."""

import json

from tests.commands import Run
from tests.commands import oneid as oneid
from tests.commands import process as process
from tests.identity.test_why_live import PHONE, World
from tests.identity.test_why_live import world as world

M1, M2, PHONE_1 = "member:mumu:M1", "member:mumu:M2", f"phone:{PHONE}"


def said(run: Run, *arguments: str) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was complained about."""
    ran = run(*arguments)
    return ran.returncode, ran.stdout, ran.stderr


async def test_why_and_why_not(world: World, oneid: Run, process: Run) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", PHONE_1)
    await world.see("2026-03-02T10:00:00+08:00", "member:M2", PHONE_1)
    code, out, _ = said(process, "why", M2, PHONE_1)
    assert code == 0
    assert out.splitlines()[1] == (
        "member M2 (mumu) and phone 139****5678 were seen together by crm, on 2026-03-02."
    )
    code, out, _ = said(oneid, "why", M1, PHONE_1, "--json")
    assert code == 1
    found = json.loads(out)
    assert (found["code"], found["joined"]) == ("APART", False)
    [blocker] = found["blockers"]
    assert blocker["limit"] == {"kinds": ["member"], "scope": "mumu", "most": 1, "held": 2, "group": None}
    assert blocker["pair"]["first"] == "2026-03-01T02:00:00+00:00"
    code, out, _ = said(oneid, "why-not", M1, PHONE_1)
    assert (code, out.splitlines()) == (0, found["sentences"])
    code, out, _ = said(oneid, "why-not", M2, PHONE_1)
    assert code == 1
    assert "are one person" in out
    assert PHONE not in json.dumps(found)


async def test_owner_of_and_history(world: World, oneid: Run) -> None:
    await world.see("2026-03-01T10:00:00+08:00", "member:M1", PHONE_1)
    one_id = (await world.why("member:M1", PHONE_1)).a.one_id
    code, out, _ = said(oneid, "owner-of", PHONE_1, "--at", "2026-03-01")
    assert (code, out) == (0, f"phone 139****5678 belonged to {one_id} on 2026-03-01.\n")
    code, out, _ = said(oneid, "owner-of", PHONE_1, "--at", "2026-02-28")
    assert (code, out) == (1, "phone 139****5678 belonged to nobody on 2026-02-28.\n")
    for named in (PHONE_1, one_id or ""):
        code, out, _ = said(oneid, "history", named)
        assert code == 0
        assert out.split(": ", 1)[1] == (
            f"{one_id} came into being with member M1 (mumu) and phone 139****5678, after an observation.\n"
        )
    code, out, _ = said(oneid, "history", M1, "--json")
    assert [one["type"] for one in json.loads(out)["changes"]] == ["CREATED"]
    code, out, err = said(oneid, "history", M2)
    assert (code, out, err) == (1, "", f"nobody has {M2}\n")


def test_bad_usage(world: World, oneid: Run) -> None:
    for arguments in (
        ("why", "M1", PHONE_1),
        ("why", "telephone:1", PHONE_1),
        ("owner-of", PHONE_1, "--at", "yesterday"),
        ("owner-of", PHONE_1),
    ):
        code, out, err = said(oneid, *arguments)
        assert (code, out) == (2, ""), arguments
        assert err
