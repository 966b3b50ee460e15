"""`oneid …` as `main` runs it: in this process, or in one of its own.

A process of its own costs two seconds of start, so it is for what it alone shows: signals, the entry point.
"""

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.__main__ import cli, told
from app.errors import BadInput, OneIdError
from app.settings import settings

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]


@pytest.fixture
def oneid(environment: dict[str, str]) -> Run:
    """Runs `oneid …` to its end in this process; `typed` is what somebody types.

    The environment is asked for at each run, so a test may change it.
    """

    def run(*arguments: object, typed: str = "") -> Ran:
        words = [str(one) for one in arguments]
        # A thread of its own: this one has a loop that runs already.
        with _own(environment) as given, ThreadPoolExecutor(1) as thread:
            ran = thread.submit(CliRunner().invoke, cli, words, input=typed, env=given).result()
        return _ended(words, ran)

    return run


@pytest.fixture
def process(environment: dict[str, str], root: Path) -> Run:
    """Runs `oneid …` to its end in a process of its own."""

    def run(*arguments: object, typed: str = "") -> Ran:
        command = [sys.executable, "-m", "app", *map(str, arguments)]
        given = _wide(environment)
        return subprocess.run(
            command, cwd=root, env=given, input=typed, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip

    return run


def _ended(words: list[str], ran: Result) -> Ran:
    """What a process would have ended with; what no process should end with is raised."""
    code, err = ran.exit_code, ran.stderr
    if isinstance(ran.exception, OneIdError):
        code, err = 2 if isinstance(ran.exception, BadInput) else 1, f"{err}{told(ran.exception)}\n"
    elif ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return subprocess.CompletedProcess(words, code, ran.stdout, err)


@contextmanager
def _own(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The settings of that environment, and a garbage collection that goes on as it was."""
    thresholds = gc.get_threshold()
    settings.cache_clear()
    try:
        yield _wide(environment)
    finally:
        settings.cache_clear()
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def _wide(environment: dict[str, str]) -> dict[str, str]:
    return {"COLUMNS": "200", "NO_COLOR": "1"} | environment
