"""The truth of the five thousand damaged person records of `febrl3.csv`: record and person.

    python -m seed.febrl3 --out DIR

`oneid import` reads the records themselves, by `seed/mappings/febrl3.yaml`. The person is the number in
`rec_id`: `rec-1496-org` is an original, `rec-552-dup-3` the fourth damaged copy of another. No record is the
person of two numbers, and the number is no part of what is imported other than as the account's name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from seed.convert import run

DATA = Path(__file__).with_name("febrl3.csv")


def truth(data: Path = DATA) -> Iterator[tuple[str, str]]:
    """Record and person of every row."""
    with data.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, skipinitialspace=True):
            yield row["rec_id"], row["rec_id"].split("-")[1]


def write(folder: Path) -> str:
    """Writes `truth.csv` into the folder; answers what was written."""
    known = list(truth())
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("record", "person"), *known])
    return f"{len(known):,} records of {len({person for _, person in known}):,} people"


if __name__ == "__main__":
    raise SystemExit(run("seed.febrl3", write))
