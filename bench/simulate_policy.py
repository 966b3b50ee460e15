"""How long another policy takes against the live graph, and the memory that it takes.

On the demo world times ten as `oneid import` left it: some 300,000 identifiers with all their conflicts. What
is measured is the command as a caller has it, in a process of its own: reading, deciding, naming, explaining.
The other policy lets a phone or an email be held by two accounts alone and a person have one device id of a
kind, so that thousands of people split and some merge.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from app.settings import ROOT
from bench.figure import Figure
from bench.ground import Ground

SECONDS = 60.0
GIBIBYTES = 2.0
ASKED = 300_000
"""The identifiers that both are asked for; a smaller world says less."""


def measure(ground: Ground) -> Iterator[Figure]:
    """The two figures, of one run."""
    ground.fill()
    found, took, peak = _run(ground, _other(ground.settings.policy, ground.folder / "other.yaml"))
    told = (
        f"{found['identifiers']:,} identifiers ({ASKED:,} are asked for); people {found['peopleBefore']:,}, "
        f"then {found['peopleAfter']:,}",
        f"{found['changesTotal']:,} changes, the {len(found['changes'])} largest explained: "
        f"{found['merged']:,} merged, {found['split']:,} split",
        f"{found['seconds']:.1f} s of {took:.1f} s are the work, the rest the start of the process",
    )
    yield Figure("simulated policy, time", took, SECONDS, "seconds, start included", told, most=True)
    yield Figure("simulated policy, memory", peak, GIBIBYTES, "GiB at most, of the process", most=True)


def _other(policy: Path, file: Path) -> Path:
    """The default policy with two lines changed, as a file."""
    lines: dict[str, Any] = yaml.safe_load(policy.read_text(encoding="utf-8"))
    for kind in ("phone", "email"):
        lines["kinds"][kind]["shared_after"] = 2
    for kind in ("oaid", "idfa", "android_id"):
        lines["kinds"][kind]["limit"] = 1
    file.write_text(yaml.safe_dump(lines, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return file


def _run(ground: Ground, policy: Path) -> tuple[dict[str, Any], float, float]:
    """The command's answer, the seconds that it took, and the most memory that it had, in GiB."""
    command = [sys.executable, "-m", "app", "policy", "simulate", str(policy), "--json"]
    answer = ground.folder / "simulated.json"
    start = perf_counter()
    with answer.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=ground.environment(), stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    took = perf_counter() - start
    if status:
        raise RuntimeError(f"oneid policy simulate ended with {os.waitstatus_to_exitcode(status)}")
    return json.loads(answer.read_bytes()), took, usage.ru_maxrss / 1024**2
