"""The thousand damaged person records of `fake_1000.csv` as observations: accounts that share addresses.

    python -m seed.fake_1000 --out DIR

Each record is a member account with its email address as a second identifier, and name, birthday and city
as facts of the account, errors and all; an empty field is left out. The account is `record-` and the
`unique_id`: the bare 0 of the first record is a value that identifies nobody. The file does not say which
register a record came from, but several records are one person, and a programme that hands out one account
a person would not hold them. So the records are dealt out in turn to seven registers, as many as the
largest person has records; each is a brand of its own. The truth is the column `cluster`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from seed.convert import run, write_lines
from seed.observation import Json

DATA = Path(__file__).with_name("fake_1000.csv")
REGISTERS = 7
_START = datetime(2026, 1, 1, tzinfo=UTC)  # the records have no time: a minute each, in the order of the file


def records(data: Path = DATA) -> list[dict[str, str]]:
    """The rows of the file, as they are."""
    with data.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def observations(rows: list[dict[str, str]]) -> Iterator[Json]:
    """One observation a record."""
    for number, row in enumerate(rows):
        register, account = _account(number, row)
        identifiers = [{"kind": "member", "value": account, "scope": register}]
        if row["email"]:
            identifiers.append({"kind": "email", "value": row["email"], "scope": "*"})
        yield {
            "id": f"fake-1000-{row['unique_id']}",
            "at": (_START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "source": "fake-1000",
            "brand": register,
            "identifiers": identifiers,
            "member": _facts(row),
        }


def _account(number: int, row: dict[str, str]) -> tuple[str, str]:
    """The register that the record was dealt to, and its account there."""
    return f"register-{number % REGISTERS + 1}", f"record-{row['unique_id']}"


def _facts(row: dict[str, str]) -> Json:
    name = f"{row['first_name']} {row['surname']}".strip()
    said = {"name": name, "birthday": row["dob"], "city": row["city"]}
    return {fact: value for fact, value in said.items() if value}


def truth(rows: list[dict[str, str]]) -> list[list[str | int]]:
    """[kind, scope, value, person] of every account, and of every address of one person alone."""
    known: list[list[str | int]] = []
    owners: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        person = int(row["cluster"])
        register, account = _account(number, row)
        known.append(["member", register, account, person])
        if row["email"]:
            owners.setdefault(row["email"].lower(), set()).add(person)
    return known + [["email", "*", email, *people] for email, people in owners.items() if len(people) == 1]


def write(folder: Path) -> str:
    """Writes `observations.jsonl` and `truth.json` into the folder; answers what was written."""
    rows = records()
    lines = write_lines(folder / "observations.jsonl", observations(rows))
    known = truth(rows)
    (folder / "truth.json").write_text(json.dumps(known) + "\n", encoding="utf-8")
    return f"{lines:,} observations of {len({row['cluster'] for row in rows}):,} people"


if __name__ == "__main__":
    raise SystemExit(run("seed.fake_1000", write))
