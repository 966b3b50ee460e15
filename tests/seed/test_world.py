"""The demo world: the same bytes for the same arguments, the contract's shape, noise, and a truth."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from app.identity.normalise import normalise
from app.identity.policy import load_policy
from seed import world
from seed.facts import CAMPAIGNS
from seed.group import BRANDS
from seed.names import CITIES, GIVEN, SURNAMES
from seed.noise import PLACEHOLDER_PHONES
from tests.seed.shape import problems

PEOPLE = 3000
ROOT = Path(__file__).parents[2]
POLICY = load_policy((ROOT / "schema" / "policy.yaml").read_text(encoding="utf-8"))


class Made:
    """What was written, read back."""

    def __init__(self, folder: Path) -> None:
        self.text = (folder / "observations.jsonl").read_bytes().decode("utf-8")
        self.rows: list[dict[str, Any]] = [json.loads(line) for line in self.text.splitlines()]
        self.truth: list[list[Any]] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))

    @cached_property
    def distinct(self) -> list[dict[str, Any]]:
        return list({row["id"]: row for row in self.rows}.values())

    @cached_property
    def owner(self) -> dict[tuple[str, str, str], int]:
        return {(kind, scope, value): person for kind, scope, value, person in self.truth}

    def people_of(self, kind: str) -> dict[str, set[int]]:
        """Who was seen with each value of a kind, by normalised value."""
        seen: defaultdict[str, set[int]] = defaultdict(set)
        for row in self.distinct:
            for each in row["identifiers"]:
                if each["kind"] == kind:
                    seen[normalise(POLICY.kinds[kind], each["value"]).text].add(person_of(row))
        return seen


def person_of(row: dict[str, Any]) -> int:
    return int(row["id"].split("-")[1])


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("core")
    world.write(PEOPLE, 1, folder)
    return Made(folder)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("full")
    world.write(PEOPLE, 1, folder, "all")
    return Made(folder)


def digests(folder: Path, *arguments: str, hash_seed: str = "0") -> list[str]:
    """The digests of both files as a process of its own writes them."""
    command = [sys.executable, "-m", "seed.world", "--people", "300", "--out", str(folder), *arguments]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "LC_ALL": "C", "TZ": "America/New_York"}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())]


def test_same_arguments_give_the_same_bytes_in_two_processes(tmp_path: Path) -> None:
    first = digests(tmp_path / "a", "--facts", "all", hash_seed="1")
    assert first == digests(tmp_path / "b", "--facts", "all", hash_seed="2")
    assert set(first).isdisjoint(digests(tmp_path / "c", "--facts", "all", "--seed", "2"))


def test_bytes_are_those_of_every_machine(tmp_path: Path) -> None:
    assert digests(tmp_path, "--facts", "all") == [
        "e9a77a9f6a639c61cdedfaca635e7f67e5a347eeb3200ac4ea28a0445044c37b",
        "f40f7d3a63b48473350c5f54598928f41a113454f9e45e300cac2803d791e35c",
    ], "the world changed: every figure measured on it changes with it"


def test_every_observation_has_the_contracts_shape(full: Made) -> None:
    assert [found for row in full.rows for found in problems(row)] == []


def test_core_emits_members_cards_and_shops_alone(core: Made) -> None:
    fields = {name for row in core.rows for name in row}
    assert fields == {"id", "at", "source", "brand", "shop", "identifiers", "member", "card"}


def test_all_adds_lines_and_changes_none(core: Made, full: Made) -> None:
    lines = Counter(full.text.splitlines())
    assert not Counter(core.text.splitlines()) - lines
    assert full.truth == core.truth
    facts = Counter(name for row in full.rows for name in row)
    assert all(facts[name] > 500 for name in ("order", "dependents", "touch", "event", "consents", "tags"))


def test_keys_and_scopes_can_be_stored(full: Made) -> None:
    scopes = {each["scope"] for row in full.rows for each in row["identifiers"]}
    named = {row["shop"]["key"] for row in full.rows} | {row["brand"] for row in full.rows} | scopes
    assert all(re.fullmatch(r"[^|:/]+", name) for name in named)
    members = {each["scope"] for row in full.rows for each in row["identifiers"] if each["kind"] == "member"}
    assert members == {"mumu", "pawpal", "lumi"}


def test_a_subject_of_member_or_card_facts_is_one(full: Made) -> None:
    for row in full.rows:
        kinds = Counter(each["kind"] for each in row["identifiers"])
        assert all(kinds[kind] == 1 for kind in ("member", "card") if kind in row)


def test_every_kind_of_the_default_policy_is_there_and_no_other(core: Made) -> None:
    assert {each["kind"] for row in core.rows for each in row["identifiers"]} == set(POLICY.kinds)


def test_about_ten_observations_a_person_and_nobody_without(core: Made) -> None:
    each = Counter(person_of(row) for row in core.distinct)
    assert len(each) == PEOPLE
    assert 8 <= len(core.distinct) / PEOPLE <= 12


def test_nothing_lies_outside_the_worlds_days(full: Made) -> None:
    times = [datetime.fromisoformat(row["at"]) for row in full.rows]
    assert max(times) <= datetime(2026, 11, 20, tzinfo=UTC)
    assert (max(times) - min(times)).days in (538, 539, 540)


def test_another_last_day_moves_the_whole_world(tmp_path: Path) -> None:
    world.write(50, 1, tmp_path, until=date(2024, 3, 1))
    assert max(row["at"] for row in Made(tmp_path).rows) < "2024-03-02"


def test_lines_come_late_and_again(core: Made) -> None:
    again = len(core.rows) - len(core.distinct)
    assert 0.03 < again / len(core.distinct) < 0.07
    newest, late = datetime.min.replace(tzinfo=UTC), 0
    for row in core.rows:
        at = datetime.fromisoformat(row["at"])
        late += (newest - at).days >= 1
        newest = max(newest, at)
    assert 0.05 < late / len(core.rows) < 0.15


def test_phones_are_spelt_in_many_ways_that_mean_one_number(core: Made) -> None:
    said = Counter(
        re.sub(r"\d", "9", each["value"])
        for row in core.distinct
        for each in row["identifiers"]
        if each["kind"] == "phone" and "=" not in each["value"]
    )
    for form in ("99999999999", "+9999999999999", "999 9999 9999", "999-9999-9999", "+99 999 9999 9999"):
        assert said[form] > 100, form
    assert any("９" in form or "１" in form for form in said) or said["(+99)99999999999"] > 50
    phones = {value for kind, _, value in core.owner if kind == "phone"}
    assert all(re.fullmatch(r"\+861[3-9]\d{9}", value) for value in phones)


def test_hashed_phones_are_those_of_their_owner(core: Made) -> None:
    forms: dict[str, str] = {}
    for kind, _, value in core.owner:
        if kind == "phone":
            forms |= dict.fromkeys(normalise(POLICY.kinds["phone"], value).forms, value)
    hashed = [
        (person_of(row), each["value"])
        for row in core.distinct
        for each in row["identifiers"]
        if each["value"].lower().startswith(("md5=", "sha256="))
    ]
    assert len(hashed) > 0.2 * PEOPLE
    assert {value.split("=")[0] for _, value in hashed} == {"md5", "sha256"}
    assert any(value.split("=")[1].isupper() for _, value in hashed)
    known = [(person, forms[value.lower()]) for person, value in hashed if value.lower() in forms]
    assert len(known) > 0.9 * len(hashed)  # the rest are recycled numbers, which name nobody
    assert all(core.owner["phone", "*", phone] == person for person, phone in known)


def test_placeholders_and_zeroed_devices(core: Made) -> None:
    values = Counter((each["kind"], each["value"]) for row in core.distinct for each in row["identifiers"])
    assert all(values["phone", value] > 3 for value in PLACEHOLDER_PHONES)
    assert values["idfa", "00000000-0000-0000-0000-000000000000"] > 50
    assert values["mac", "02:00:00:00:00:00"] > 50
    assert values["email", "null"] > 3


def test_a_shop_tablet_is_used_by_about_fifty(core: Made) -> None:
    users = sorted(len(people) for people in core.people_of("oaid").values())
    tablets = [count for count in users if count > 10]
    assert len(tablets) == 12
    assert 40 <= sum(tablets) / len(tablets) <= 60


def test_a_clerks_phone_stands_for_a_dozen(core: Made) -> None:
    tablets = [people for people in core.people_of("phone").values() if len(people) >= 6]
    assert 8 <= len(tablets) <= 30


def test_families_share_a_phone(core: Made) -> None:
    shared = core.people_of("phone")
    families = [people for people in shared.values() if any(p % 20 == 1 and p - 1 in people for p in people)]
    assert len(families) >= 0.8 * PEOPLE / 20


def test_recycled_numbers_have_two_owners_one_after_the_other(core: Made) -> None:
    phones = {value: people for value, people in core.people_of("phone").items() if value.startswith("+86")}
    recycled = {
        value: pair
        for value, people in phones.items()
        for pair in [sorted(p for p in people if p % 50 in (5, 6))]
        if len(pair) == 2 and pair[0] % 50 == 5 and pair[1] == pair[0] + 1
    }
    assert len(recycled) >= 0.9 * PEOPLE / 50
    assert not any(("phone", "*", value) in core.owner for value in recycled)


def test_devices_and_cookies_change_hands(core: Made) -> None:
    pairs = [
        (kind, value)
        for kind in ("idfa", "oaid", "cookie")
        for value, people in core.people_of(kind).items()
        if any(p % 40 == 13 and p - 1 in people for p in people)
    ]
    assert Counter(kind for kind, _ in pairs)["cookie"] > 0.4 * PEOPLE / 40
    assert not any((kind, "*", value) in core.owner for kind, value in pairs)


def test_some_register_twice(core: Made) -> None:
    accounts = Counter((person, scope) for kind, scope, _, person in core.truth if kind == "member")
    twice = sum(count == 2 for count in accounts.values())
    assert 0.025 < twice / PEOPLE < 0.055


def test_unverified_forms_name_strangers_too(core: Made) -> None:
    forms = [row for row in core.distinct if row["source"] == "web-form"]
    assert not POLICY.verified("web-form")
    strangers = [
        row
        for row in forms
        for each in row["identifiers"]
        if each["kind"] == "phone"
        for owner in [core.owner.get(("phone", "*", normalise(POLICY.kinds["phone"], each["value"]).text))]
        if owner not in (None, person_of(row))
    ]
    assert 0.01 < len(strangers) / PEOPLE < 0.03


def test_openids_of_several_mini_programs_meet_in_one_unionid(core: Made) -> None:
    apps: defaultdict[str, set[str]] = defaultdict(set)
    scans: Counter[str] = Counter()
    for row in core.distinct:
        kinds = {each["kind"]: each for each in row["identifiers"]}
        if "openid" in kinds:
            apps[kinds["unionid"]["value"]].add(kinds["openid"]["scope"])
            scans[kinds["openid"]["value"]] += 1
            assert kinds["openid"]["scope"] == row["shop"]["key"]
    assert sum(len(scopes) > 1 for scopes in apps.values()) > 0.2 * PEOPLE
    assert sum(count > 1 for count in scans.values()) > 0.2 * PEOPLE


def test_emails_come_in_mixed_case(core: Made) -> None:
    emails = [
        each["value"] for row in core.distinct for each in row["identifiers"] if each["kind"] == "email"
    ]
    assert 0.2 < sum(email != email.strip().lower() for email in emails) / len(emails) < 0.4


def test_truth_names_one_person_and_was_seen_with_that_person(core: Made) -> None:
    assert len(core.owner) == len(core.truth)
    assert {person for *_, person in core.truth} == set(range(PEOPLE))
    seen = defaultdict(set)
    for row in core.distinct:
        for each in row["identifiers"]:
            text = normalise(POLICY.kinds[each["kind"]], each["value"]).text
            seen[each["kind"], each["scope"], text].add(person_of(row))
    assert all(person in seen[key] for key, person in core.owner.items())
    assert Counter(kind for kind, *_ in core.truth).keys() == POLICY.kinds.keys()


def test_chinese_text_arrives_intact(full: Made) -> None:
    names = {row["member"]["name"] for row in full.rows if "name" in row.get("member", {})}
    assert "\\u" not in full.text
    assert "�" not in full.text
    given = {*GIVEN["female"].words, *GIVEN["male"].words}
    assert all(
        any(name.startswith(surname) and name[len(surname) :] in given for surname in SURNAMES.words)
        or name[1:] in ("女士", "先生")
        for name in names
    )
    assert any("𬭎" in name for name in names)
    assert {row["member"]["city"] for row in full.rows if "city" in row.get("member", {})} <= set(
        CITIES.words
    )
    surnames = Counter(row["member"]["name"][0] for row in full.rows if "member" in row)
    assert {name for name, _ in surnames.most_common(3)} == {"王", "李", "张"}


def test_money_is_exact_and_lines_add_up_to_the_order(full: Made) -> None:
    orders = [row["order"] for row in full.rows if "order" in row]
    for order in orders:
        assert sum(Decimal(line["amount"]) for line in order["lines"]) == Decimal(order["amount"])
    keys = {order["key"] for order in orders}
    assert 3 * PEOPLE < len(keys) < 5 * PEOPLE


def test_an_orders_messages_agree_on_what_was_bought(full: Made) -> None:
    told: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in full.distinct:
        if "order" in row:
            told[row["brand"], row["order"]["key"]].append(row)
    for rows in told.values():
        assert len({json.dumps(row["order"]["lines"]) for row in rows}) == 1
        assert len({person_of(row) for row in rows}) == 1
        first = min(rows, key=lambda row: datetime.fromisoformat(row["at"]))
        assert len(rows) == 1 or first["order"]["status"] == "PAID"


def test_dependents_cover_what_later_questions_ask(full: Made) -> None:
    found = {(person_of(row), each["key"]): each for row in full.rows for each in row.get("dependents", ())}
    kinds = Counter(each["kind"] for each in found.values())
    assert set(kinds) == {"BABY", "PET", "APPLIANCE"}
    assert min(kinds.values()) > 0.2 * PEOPLE
    babies = [each for each in found.values() if each["kind"] == "BABY"]
    assert any(each["birthday"] > "2026-11-20" and "name" not in each for each in babies)
    assert any(each["birthday"] > "2026-05-20" and "name" in each for each in babies)
    models = {
        (key, each["attributes"]["model"]) for (_, key), each in found.items() if each["kind"] == "APPLIANCE"
    }
    assert len(models) == len({key for key, _ in models}), "a serial number is that of one appliance"
    guardians = defaultdict(set)
    for person, key in found:
        guardians[key].add(person)
    assert sum(len(people) == 2 for people in guardians.values()) > 10


@pytest.mark.parametrize(("people", "facts"), [(0, "core"), (10, "some")])
def test_arguments_that_mean_nothing_are_refused(tmp_path: Path, people: int, facts: str) -> None:
    with pytest.raises(ValueError, match="at least one person"):
        world.write(people, 1, tmp_path, facts)
    assert list(tmp_path.iterdir()) == []


def test_one_person_alone_is_a_world(tmp_path: Path) -> None:
    summary = world.write(1, 7, tmp_path, "all")
    assert {person for *_, person in Made(tmp_path).truth} == {0}
    assert summary.lines == len(Made(tmp_path).rows)


def test_progress_counts_people(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    world.write(3, 1, tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_command_says_what_it_wrote_and_refuses_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert world.main(["--people", "3", "--out", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("3 people, ")
    with pytest.raises(SystemExit, match="2"):
        world.main(["--people", "0", "--out", str(tmp_path)])


def test_the_page_names_what_rules_can_ask_for() -> None:
    """docs/demo-world.md has every product, its category and every campaign."""
    page = (ROOT / "docs" / "demo-world.md").read_text(encoding="utf-8")
    named = {one for brand in BRANDS for product in brand.products for one in (product.key, product.category)}
    assert {one for one in named.union(CAMPAIGNS) if f"`{one}`" not in page} == set()
