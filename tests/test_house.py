"""The files that the house stands on: what is promised of them without running them."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import parse, validate
from pydantic import SecretStr
from typer.main import get_group
from typer.testing import CliRunner

from app import settings as settings_module
from app.__main__ import ALONE, WHERE, cli
from app.api import GRAPHQL
from app.errors import Misconfigured
from app.graph.sessions import Graph
from app.serving import IN_BROWSER, check_address, told, tour
from app.settings import Settings, made_once

PLAIN = {"NO_COLOR": "1", "COLUMNS": "200"}


@pytest.fixture
def compose(root: Path) -> dict[str, Any]:
    """The compose file."""
    loaded: dict[str, Any] = yaml.safe_load((root / "docker-compose.yml").read_text())
    return loaded


def test_containers_are_published_to_loopback_alone(
    compose: dict[str, Any],
) -> None:
    published = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert sorted(published) == ["127.0.0.1:7474:7474", "127.0.0.1:7688:7688", "127.0.0.1:8000:8000"]


def test_containers_are_of_the_promised_kinds(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["graph"]["image"] == "neo4j:5.26-community"
    assert {"service", "window"} <= services.keys()
    known = services.keys()
    assert {name for service in services.values() for name in service.get("depends_on", [])} <= known


def test_the_image_can_draw_chinese_labels_and_has_all_that_the_program_reads(root: Path) -> None:
    text = (root / "Dockerfile").read_text()
    assert "fonts-wqy-microhei" in text
    assert '"WenQuanYi Micro Hei"' in (root / "app/segments/charting.py").read_text()
    copied = {line.split()[1] for line in text.splitlines() if line.startswith("COPY")}
    assert {"app", "cypher", "schema", "seed"} <= copied
    assert re.search(r"MPLCONFIGDIR=/srv/oneid/\.data/", text), "a place that the user may write to"


def test_every_package_has_hashes_and_no_host_is_named(root: Path) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (root / name).read_text()
        pins = re.findall(
            r"^([\w.-]+)==[^\\]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
        )
        assert len(pins) == len(re.findall(r"^\S", text, re.M)) > 20
        assert "://" not in text


def test_the_services_packages_are_those_of_development(root: Path) -> None:
    """What is tested is what is deployed."""
    lines = re.findall(r"^\S+==.*$", (root / "requirements.txt").read_text(), re.M)
    assert set(lines) <= set((root / "requirements-dev.txt").read_text().splitlines())


@pytest.mark.parametrize("name", [*WHERE])
def test_every_command_shows_an_example(name: str) -> None:
    found = get_group(cli).get_command(None, name)
    below = getattr(found, "commands", {"": None})
    for own in below:
        words = [name, own] if own else [name]
        shown = CliRunner().invoke(cli, [*words, "--help"], env=PLAIN)
        assert (shown.exit_code, shown.stderr) == (0, ""), words
        assert f"Example: oneid {' '.join(words)}" in shown.stdout


def test_no_command_is_left_out() -> None:
    """A command is found by its name alone: what a module has and nobody lists could not be called."""
    for place, names in ALONE.items():
        module, _, attribute = place.partition(":")
        group = get_group(getattr(import_module(module), attribute or "commands"))
        assert list(group.commands) == names.split()


def test_a_command_is_found_and_the_nearest_suggested(environment: dict[str, str]) -> None:
    every = _oneid(environment, "--help")
    assert every.returncode == 0
    assert "Example: oneid serve" in every.stdout
    assert re.findall(r"^│ ([a-z-]+) {2,}[A-Z]", every.stdout, re.M) == [*WHERE]
    missed = CliRunner().invoke(cli, ["helth"], env=PLAIN)
    assert missed.exit_code == 2
    assert "Did you mean 'health'?" in missed.stderr


def test_a_command_loads_what_it_needs_alone() -> None:
    """The others' modules, SciPy and pandas (for the driver) are three quarters of the time to start."""
    script = (
        "import app.identity.cli, app.__main__, sys; print(*{name.split('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"neo4j", "app"} <= (loaded := set(ran.stdout.split()))
    assert not loaded & {"pandas", "scipy", "strawberry", "graphql", "apscheduler", "polars", "matplotlib"}


def test_bad_usage_is_two_and_no_is_one(environment: dict[str, str]) -> None:
    assert _oneid(environment, "serve", "--port", "none").returncode == 2
    assert _oneid(environment, "nothing").returncode == 2
    refused = _oneid(environment, "serve", "--host", "0.0.0.0")
    assert refused.returncode == 1
    assert "MISCONFIGURED: development mode has no authentication" in refused.stderr
    assert refused.stdout == ""
    unknown = _oneid(environment | {"ONEID_TIME_ZONE": "Mars/Olympus", "ONEID_MODE": "test"}, "migrate")
    assert unknown.returncode == 1
    assert "ONEID_TIME_ZONE" in unknown.stderr
    assert "ONEID_MODE" in unknown.stderr


def test_migrate_says_what_it_applied(environment: dict[str, str], migrated: object) -> None:
    again = _oneid(environment, "migrate")
    assert (again.returncode, again.stdout) == (0, "")


def test_what_newcomers_are_told_to_try_is_in_the_schema() -> None:
    queries = tour({"kind": "openid", "scope": "app-1", "value": 'a "quoted" one', "one_id": ""})
    assert len(queries) == 3
    for query in queries.values():
        assert not validate(GRAPHQL, parse(query))


async def test_newcomers_are_shown_somebody_who_is_there(
    graph: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_BROWSER", "http://localhost:7474/browser/")
    assert settings.password() in await told(settings)
    await graph.unit(
        lambda writer: writer.run(
            "CREATE (:Identifier:OpenId {key: 'k', kind: 'openid', scope: 'app-1', value: 'o-1'})"
            "-[:IDENTIFIES]->(:Person {oneId: 'P1'})",
            {},
        )
    )
    said = await told(settings)
    assert 'kind: "openid", scope: "app-1", value: "o-1"' in said
    browser = next(line for line in said.splitlines() if "MATCH" in line)
    assert browser.strip() == IN_BROWSER % "P1"
    assert len(await graph.reader().compiled(browser, {})) == 1


def _oneid(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "oneid"), *arguments]
    plain = environment | PLAIN
    return subprocess.run(command, env=plain, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_development_listens_on_loopback(host: str) -> None:
    check_address(Settings(mode="development"), host, published=False)


def test_production_needs_its_key(tmp_path: Path) -> None:
    bare = Settings(mode="production", data=tmp_path, secret_key=None)
    with pytest.raises(Misconfigured, match="ONEID_SECRET_KEY"):
        check_address(bare, "0.0.0.0", published=False)
    check_address(Settings(mode="production", secret_key=SecretStr("key")), "0.0.0.0", published=False)


def test_development_makes_a_key_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    made = made_once(path)
    assert len(made) == 64
    assert made_once(path) == made
    assert os.stat(path).st_mode & 0o077 == 0
    assert os.listdir(path.parent) == ["secret.key"]


def test_a_container_is_handed_its_secrets_as_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "NEO4J_PASSWORD").write_text("from a file\n")
    (tmp_path / "ONEID_SECRET_KEY").write_text("sealed\n")
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    monkeypatch.delenv("ONEID_SECRET_KEY", raising=False)
    assert settings_module.SECRETS == [Path("/run/secrets")]  # noqa: SIM300
    handed = Settings(_secrets_dir=tmp_path)
    assert (handed.password(), handed.secret()) == ("from a file", "sealed")


def test_a_password_of_the_local_database_is_for_that_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    made = made_once(tmp_path / "neo4j" / "password")
    assert Settings(data=tmp_path, neo4j_password=None).password() == made
    with pytest.raises(Misconfigured, match="NEO4J_PASSWORD is not set"):
        Settings(data=tmp_path, neo4j_password=None, neo4j_uri="bolt://elsewhere:7687").password()
