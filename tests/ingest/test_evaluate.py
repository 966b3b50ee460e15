"""`oneid evaluate` on what is stored: every form of a truth, the worst errors, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import BadInput
from app.identity.live.stored import Stored, read_all
from app.identity.quality.scores import compared
from app.identity.quality.stored import evaluate
from app.identity.service import Identity
from app.ingest.sources import Lines
from app.ingest.truth import read_truth
from tests.ingest.conftest import Send
from tests.ingest.files import csv
from tests.ingest.running import Run
from tests.ingest.saying import seen

# Two people share the phone of a family: the newest sightings win, so it goes with Bo, who has M2 and A1.
WORLD = (
    ("member:mumu:M1", "phone:13812340001"),
    ("member:mumu:M2", "phone:13812340001"),
    ("member:tete:A1", "phone:13812340001"),
    ("member:mumu:M2", "email:a@b.cn"),
    ("member:tete:A2", "openid:app-1:o1"),
)
TRUTH = {
    "member:mumu:M1": "Ann",
    "phone:13812340001": "Ann",
    "member:mumu:M2": "Bo",
    "member:tete:A1": "Bo",
    "email:a@b.cn": "Bo",
    "member:tete:A2": "Cy",
    "openid:app-1:o1": "Cy",
}


@pytest.fixture
async def stored(identity: Identity, send: Send) -> Stored:
    days = range(1, len(WORLD) + 1)
    said = [
        seen(*one, id=f"e{day}", at=f"2026-01-{day:02}T00:00:00Z")
        for day, one in zip(days, WORLD, strict=True)
    ]
    taken = await send(*said)
    assert taken.accepted == len(WORLD)
    return await read_all(identity)


def truth_file(folder: Path, form: str) -> Path:
    """The same truth in each form."""
    if form == "kind,value,scope,person":
        rows = []
        for name, person in TRUTH.items():
            kind, *scope, value = name.split(":")
            rows.append(f"{kind},{value.replace('1381234', '138 1234 ')},{''.join(scope)},{person}")
        return csv(folder / "t.csv", form, *rows, encoding="gb18030")
    return csv(folder / "t.csv", form, *(f"{name},{person}" for name, person in TRUTH.items()))


@pytest.mark.parametrize("form", ["kind,value,scope,person", "record,person"])
async def test_the_forms_of_a_truth(stored: Stored, tmp_path: Path, form: str) -> None:
    found = read_truth(truth_file(tmp_path, form), stored)
    assert {
        stored.ledger.identifiers[key].display.replace("+86", ""): who for key, who in found.person.items()
    } == TRUTH
    assert (found.rows, found.unknown, found.several) == (7, 0, 0)


async def test_values_of_one_kind_hashes_strangers_and_two_minded_rows(
    stored: Stored, tmp_path: Path
) -> None:
    bare = read_truth(csv(tmp_path / "a.csv", "Record,Person", "M1,Ann", "M2,Bo", "A1,Bo", "zz,Bo"), stored)
    assert (bare.form, len(bare.person), bare.unknown) == ("values of member", 3, 1)
    digest = "md5=1be3a3ad2d4a9ee1aa03d41ecc6b1e0b"
    rows = (
        "phone,13812340001,Ann",
        "phone,+86 138 1234 0001,Bo",
        f"phone,{digest},Bo",
        "faxx,1,Bo",
        "email,A@B.CN,Bo",
    )
    found = read_truth(csv(tmp_path / "b.csv", "kind,value,person", *rows), stored)
    assert (len(found.person), found.unknown, found.several) == (1, 2, 1)
    with pytest.raises(BadInput) as raised:
        read_truth(csv(tmp_path / "c.csv", "record,person", "zz,Ann"), stored)
    assert (raised.value.code, "--observations" in str(raised.value.suggestion)) == ("UNKNOWN_RECORDS", True)
    with pytest.raises(BadInput, match="has the columns a, b"):
        read_truth(csv(tmp_path / "d.csv", "a,b", "1,2"), stored)


async def test_records_that_are_observations(stored: Stored, tmp_path: Path) -> None:
    file = tmp_path / "o.jsonl"
    said = [seen(*one, id=f"e{number}") for number, one in enumerate(WORLD, start=1)]
    file.write_text("\n".join(["broken", *map(json.dumps, said)]), encoding="utf-8")
    people = csv(tmp_path / "t.csv", "id,who", "e1,Ann", "e2,Bo", "e3,Bo", "e4,Bo", "e5,Cy", "e9,Cy")
    called = {"record": "id", "person": "who"}
    found = read_truth(people, stored, Lines(file), called)
    told = {stored.ledger.identifiers[key].display: who for key, who in found.person.items()}
    assert told == {name: who for name, who in TRUTH.items() if not name.startswith("phone")}
    assert (found.rows, found.unknown, found.several) == (6, 1, 1)
    with pytest.raises(BadInput, match="no column idd"):
        read_truth(people, stored, Lines(file), {"record": "idd"})


async def test_the_worst_errors_name_who_to_ask_about(stored: Stored, tmp_path: Path) -> None:
    truth = read_truth(truth_file(tmp_path, "record,person"), stored)
    found = evaluate(stored, truth.person)
    homes = {key: stored.people[key][0] for key in truth.person}
    assert found.oneid == compared(truth.person, homes)
    # Four of one group: three are Bo's, 3/4 each, and one is Ann's, 1/4; the three others are alone or right.
    assert (found.oneid.bcubed_precision, found.oneid.largest) == (
        pytest.approx((3 * 3 / 4 + 1 / 4 + 3) / 7),
        4,
    )
    assert (found.plain.largest, found.plain.bcubed_recall) == (5, 1)
    (over,) = found.over
    assert (over.identifiers, over.people, over.wrong_pairs) == (4, 2, 3)
    assert [one.display for one in over.path] == ["member:mumu:M2", "phone:138****0001"]
    (under,) = found.under
    assert (under.person, under.identifiers, under.missed_pairs) == ("Ann", 2, 1)
    assert [size for _, size in under.parts] == [1, 1]
    assert (under.reason, {under.a.kind, under.b.kind}) == ("LIMIT_EXCEEDED", {"member", "phone"})


async def test_parts_that_were_never_seen_together(stored: Stored) -> None:
    keys = {one.display: key for key, one in stored.ledger.identifiers.items()}
    truth = dict.fromkeys((keys["member:mumu:M1"], keys["member:tete:A2"], keys["openid:app-1:o1"]), "Ann")
    (under,) = evaluate(stored, truth).under
    assert (under.reason, [size for _, size in under.parts]) == (None, [2, 1])
    assert {under.a.display, under.b.display} == {"member:mumu:M1", "member:tete:A2"}


async def test_the_way_between_two_people_leads_over_whoever_stands_between(stored: Stored) -> None:
    keys = {one.display: key for key, one in stored.ledger.identifiers.items()}
    truth = {keys["member:tete:A1"]: "Bo", keys["email:a@b.cn"]: "Ann", keys["member:mumu:M1"]: "Ann"}
    (over,) = evaluate(stored, truth).over
    assert [one.display for one in over.path] in (
        ["member:tete:A1", "phone:138****0001", "member:mumu:M2", "email:a***@b.cn"],
        ["email:a***@b.cn", "member:mumu:M2", "phone:138****0001", "member:tete:A1"],
    )


async def test_the_command(stored: Stored, oneid: Run, tmp_path: Path) -> None:
    truth = truth_file(tmp_path, "kind,value,scope,person")
    ran = oneid("evaluate", "--truth", truth, "--json", "--min-precision", "0.5")
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    assert told["truth"] == {"rows": 7, "readAs": "identifiers", "unknown": 0, "severalPeople": 0}
    assert (told["oneid"]["largest"], told["plain"]["largest"]) == (4, 5)
    assert told["overMerged"][0]["path"] == ["member:mumu:M2", "phone:138****0001"]
    assert told["underMerged"][0]["person"] == "Ann"
    assert "phone 138****0001" in " ".join(told["overMerged"][0]["why"])
    assert len(told["underMerged"][0]["whyNot"]) > 1
    assert "13812340001" not in ran.stdout
    table = oneid("evaluate", "--truth", truth, "--min-recall", "0.99")
    assert (table.returncode, "worst over-merges" in table.stdout) == (1, True)
    strangers = csv(tmp_path / "s.csv", "kind,value,person", "email,x@y.z,Ann")
    assert oneid("evaluate", "--truth", strangers).returncode == 1
    assert oneid("evaluate", "--truth", tmp_path / "none.csv").returncode == 2
