"""What the local Neo4j is made of: a Java that can run it, and its jars, resolved by Maven into a cache.

The cache lies outside the checkout and is named by what `graphdb/pom.xml` says, so a clone that says the same
finds it filled, and Maven is asked for only once on a machine.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from app.errors import Misconfigured
from app.settings import ROOT

POM = ROOT / "graphdb" / "pom.xml"
_JAVAS = (17, 21)  # the versions that Neo4j 5.26 runs on


def java(others: Path = Path("/usr/lib/jvm")) -> str:
    """The path of a Java that Neo4j runs on: JAVA_HOME's, the one on PATH, or one of the `others`.

    Raises Misconfigured with the command that installs one.
    """
    home = os.environ.get("JAVA_HOME")
    candidates = [
        Path(home, "bin", "java") if home else None,
        shutil.which("java"),
        *sorted(others.glob("*/bin/java")),
    ]
    found = {str(path): _major(path) for path in candidates if path and Path(path).exists()}
    for path, major in found.items():
        if major in _JAVAS:
            return path
    seen = f" (found: {', '.join(f'{path} is {major}' for path, major in found.items())})" if found else ""
    raise Misconfigured(
        f"Java 17 or 21 is missing{seen}",
        code="JAVA_MISSING",
        suggestion="install it with  apt-get install openjdk-17-jre-headless",
    )


def _major(path: Path | str) -> int | None:
    ran = subprocess.run([path, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    match = re.search(r'version "(\d+)', ran.stderr)
    return int(match[1]) if match else None


def class_path() -> str:
    """The Java class path of Neo4j; the first call on a machine downloads it (140 MB, less than a minute).

    Raises Misconfigured when Maven is missing or cannot resolve the jars.
    """
    jars = cache_folder() / f"neo4j-{sha256(POM.read_bytes()).hexdigest()[:12]}"
    if not jars.is_dir():
        _resolve(jars)
    return str(jars / "*")


def cache_folder() -> Path:
    """Where what can be downloaded again is kept: ONEID_CACHE, else `oneid` in the user's cache folder."""
    user = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("ONEID_CACHE") or Path(user, "oneid"))


def _resolve(jars: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Misconfigured(
            "Maven is missing, which fetches Neo4j's jars",
            code="MAVEN_MISSING",
            suggestion="install it with  apt-get install maven",
        )
    print("fetching Neo4j's jars (once on this machine, less than a minute)", file=sys.stderr)
    jars.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jars.parent) as draft:
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft}/jars"]
        command = [maven, "--batch-mode", "--quiet", "--file", str(POM), *goal]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if ran.returncode:
            said = (ran.stdout + ran.stderr).strip().splitlines()
            raise Misconfigured(
                f"Maven could not fetch Neo4j's jars: {said[0] if said else ran.returncode}",
                code="JARS_MISSING",
                suggestion=f"mvn --file {POM} dependency:resolve  shows why",
            )
        # Only a complete folder gets the name; of two that fetch at once the second keeps the first's.
        if not jars.is_dir():
            os.rename(f"{draft}/jars", jars)
