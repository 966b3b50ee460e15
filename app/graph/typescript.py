"""TypeScript types of the schema and of the documents, for front ends: `make types`.

    python -m app.graph.typescript [CHECKOUT [FOLDER]]

writes FOLDER/schema.ts and FOLDER/documents.ts, `schema/typescript` by default. graphql-codegen makes them;
its packages come into the cache beside Neo4j's jars, in a folder named by what `package-lock.json` says, so
that npm is asked only once on a machine.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from app.errors import Misconfigured
from app.graph.jars import cache_folder
from app.settings import ROOT

HOME = ROOT / "schema" / "typescript"
WRITTEN = ("schema.ts", "documents.ts")
_OLDEST = 18  # of Node.js


def write_types(checkout: Path, folder: Path) -> None:
    """Writes the types of that checkout's schema and documents.

    Raises Misconfigured without Node.js, and for a document that the schema refuses.
    """
    with _workspace(HOME) as work:
        ran = _run([_node(), "codegen.mjs", str(checkout.resolve()), str(folder.resolve())], work)
    if ran.returncode:
        raise Misconfigured(f"no types can be made:\n{ran.stderr.strip()}", code="TYPES_NOT_MADE")


def compile_problems(folder: Path) -> list[str]:
    """What the compiler says of the TypeScript in the folder: `file(line,column): error …`."""
    with _workspace(folder) as work:
        ran = _run([_node(), "node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false"], work)
    return [
        line for line in re.split(r"\n(?! )", ran.stdout) if line
    ]  # what is indented explains the line above


@contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """A copy of the folder with its packages beside it: nothing is installed into a checkout."""
    with tempfile.TemporaryDirectory() as work:
        for file in folder.iterdir():
            if file.is_file():
                shutil.copy(file, work)
        os.symlink(_packages(), Path(work, "node_modules"))
        yield Path(work)


def _packages() -> Path:
    """The folder `node_modules` of the lock; the first call on a machine downloads it (40 MB, seconds)."""
    lock = HOME / "package-lock.json"
    kept = cache_folder() / f"types-{sha256(lock.read_bytes()).hexdigest()[:12]}"
    if not kept.is_dir():
        _install(lock, kept)
    return kept / "node_modules"


def _install(lock: Path, kept: Path) -> None:
    npm = _found("npm")
    _node()
    print("fetching what makes TypeScript types (once on this machine, seconds)", file=sys.stderr)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as draft:
        work = Path(draft, "packages")
        work.mkdir()
        for file in (lock, lock.with_name("package.json")):
            shutil.copy(file, work)
        ran = _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], work)
        if ran.returncode:
            raise Misconfigured(
                f"npm could not fetch what {lock.relative_to(ROOT)} names: {ran.stderr.strip()[:500]}",
                code="PACKAGES_MISSING",
                suggestion=f"npm ci --prefix {lock.parent.relative_to(ROOT)}  shows why",
            )
        # Only a complete folder gets the name; of two that fetch at once the second keeps the first's.
        if not kept.is_dir():
            os.rename(work, kept)


def _node() -> str:
    node = _found("node")
    said = _run([node, "--version"], HOME).stdout
    major = re.match(r"v(\d+)", said)
    if major is None or int(major[1]) < _OLDEST:
        raise _missing(
            f"Node.js {_OLDEST} or newer is missing (found: {node} is {said.strip() or 'unknown'})"
        )
    return node


def _found(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise _missing(f"{name} is missing, which makes the TypeScript types")
    return path


def _missing(what: str) -> Misconfigured:
    return Misconfigured(what, code="NODE_MISSING", suggestion="install it with  apt-get install nodejs npm")


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    try:
        write_types(*(given + [ROOT, HOME][len(given) :]))
    except Misconfigured as error:
        sys.exit(f"{error.message}\n{error.suggestion or ''}".strip())
