"""`oneid persisted`, and which persisted queries a change of the schema would break."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from graphql import build_schema
from typer.testing import CliRunner, Result

from app.__main__ import cli
from app.api import exported
from app.errors import BadInput
from app.graph.child import free_port
from app.graph.persisted import PersistedInvalid, files_in, load
from app.graph.persisted_changes import broken_by
from app.settings import ROOT, settings
from tests.api.test_persisted import FILES, FOLDER, checksum

EXPORT = ROOT / "schema" / "api.graphql"
Persisting = Callable[..., Result]


def test_the_schema_answers_every_persisted_query() -> None:
    """What CI says of a change of the schema: the persisted queries that it breaks, with file and field."""
    try:
        load(build_schema(exported()), files_in(FOLDER))
    except PersistedInvalid as invalid:
        pytest.fail(f"front ends depend on these:\n{invalid.message}")


def test_no_change_breaks_a_persisted_query_that_stays_valid() -> None:
    """Against the schema as it was last committed with other contents than now."""
    now = exported()
    for commit in _git("log", "--format=%H", "--", "schema/api.graphql").split():
        before = _git("show", f"{commit}:schema/api.graphql")
        if before != now:
            persisted = load(build_schema(now), files_in(FOLDER))
            assert list(broken_by(persisted, build_schema(before), build_schema(now))) == []
            return


def test_a_persisted_query_never_changes() -> None:
    """Who ships the old text asks by its checksum. A new text is a new file: oneid persisted add."""
    for name, text in FILES.items():
        versions = _git("log", "--format=%H", "--diff-filter=A", "--", f"schema/persisted/{name}").split()
        for commit in versions[:1]:
            assert text == _git("show", f"{commit}:schema/persisted/{name}"), name


def test_a_break_is_named_with_file_and_field() -> None:
    schema = _breaking()
    with pytest.raises(PersistedInvalid) as caught:
        load(build_schema(schema), files_in(FOLDER))
    asks_more, renamed = caught.value.problems
    assert asks_more.startswith("login.graphql:4:27: Expected value of type 'IdentifierInput' to include")
    assert renamed == "member_card.graphql:10:7: Cannot query field 'points' on type 'Member'."
    before = build_schema(exported())
    others = set(broken_by(load(before, files_in(FOLDER)), before, build_schema(schema)))
    assert "member_card.graphql: Field Card.validFrom changed type from Date to String." in others
    added = "A required field IdentifierInput.proof was added."
    assert {f"{name}: {added}" for name in ("batch.graphql", "member_card.graphql")} <= others
    assert not any(change.startswith("login.graphql: Field") for change in others)


def test_the_commands_say_what_is_there(persisted: Persisting) -> None:
    listed = persisted("list", "--json")
    rows = {row["file"]: (row["operation"], row["documentId"]) for row in json.loads(listed.stdout)}
    assert rows["login.graphql"] == ("LogIn", f"sha256:{checksum(FILES['login.graphql'])}")
    assert rows.keys() == FILES.keys()
    lines = persisted("list").stdout.splitlines()
    assert f"sha256:{checksum(FILES['login.graphql'])}  query  LogIn  login.graphql" in lines
    for command in ("list", "add", "check"):
        assert f"Example: oneid persisted {command}" in persisted(command, "--help").stdout


def test_check_names_what_a_schema_breaks(persisted: Persisting, tmp_path: Path) -> None:
    same = persisted("check", "--schema", str(EXPORT))
    assert (same.exit_code, same.stdout) == (0, "")
    (tmp_path / "next.graphql").write_text(_breaking(), encoding="utf-8")
    broken = persisted("check", "--schema", str(tmp_path / "next.graphql"))
    assert broken.exit_code == 1
    assert "member_card.graphql:10:7: Cannot query field 'points' on type 'Member'" in broken.stdout
    assert "member_card.graphql: Field Card.validFrom changed type" in broken.stdout
    assert "Member.points was removed" not in broken.stdout  # it has been said, with its place
    (tmp_path / "no.graphql").write_text("type {", encoding="utf-8")
    for file in ("no.graphql", "nothing"):
        refused = persisted("check", "--schema", str(tmp_path / file))
        assert isinstance(refused.exception, BadInput), file  # 2: the file is no schema
        assert file in refused.exception.message


def test_adding_is_all_or_nothing(persisted: Persisting, tmp_path: Path) -> None:
    folder, drafts = tmp_path / "persisted", tmp_path / "drafts"
    folder.mkdir()
    drafts.mkdir()
    texts = {
        "good.graphql": 'query Good { person(by: {oneId: "x"}) { oneId } }\n',
        "bad.graphql": 'query Bad { person(by: {oneId: "x"}) { nickname } }\n',
    }
    good, bad = (_written(drafts / name, text) for name, text in texts.items())

    refused = persisted("add", str(good), str(bad), folder=folder)
    assert refused.exit_code == 1
    assert "bad.graphql:1:40: Cannot query field 'nickname' on type 'Person'." in refused.stdout
    assert not list(folder.iterdir())

    added = persisted("add", str(good), folder=folder)
    assert added.stdout == f"sha256:{checksum(texts['good.graphql'])}  query  Good  good.graphql\n"
    assert (folder / "good.graphql").read_bytes() == good.read_bytes()
    again = persisted("add", str(good), folder=folder)
    assert (again.exit_code, again.stdout) == (0, "")

    _written(good, texts["good.graphql"] + "# another\n")
    other = persisted("add", str(good), folder=folder)
    assert other.exit_code == 1
    assert "good.graphql: is persisted with another text" in other.stdout
    assert (folder / "good.graphql").read_text() == texts["good.graphql"]


def test_the_service_does_not_start_with_a_broken_one(environment: dict[str, str], tmp_path: Path) -> None:
    _written(tmp_path / "one.graphql", "query One { shoeSize }")
    _written(tmp_path / "two.graphql", "query Two {")
    command = [str(Path(sys.executable).parent / "oneid"), "serve", "--port", str(free_port())]
    own = environment | {"ONEID_PERSISTED": str(tmp_path)}
    ran = subprocess.run(command, env=own, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "PERSISTED_QUERY_INVALID: one.graphql:1:13: Cannot query field 'shoeSize'" in ran.stderr
    assert "two.graphql:1:12: Syntax Error" in ran.stderr
    assert "Traceback" not in ran.stderr


def _breaking() -> str:
    """The schema with a field renamed, a type changed, and an input that asks for more."""
    schema = exported()
    for type_, field, other in (
        ("type Member implements Node {", "  points: Int\n", "  score: Int\n"),
        ("type Card implements Node {", "  validFrom: Date\n", "  validFrom: String\n"),
        ("input IdentifierInput {", "\n", "\n  proof: String!\n"),
    ):
        head, found, tail = schema.partition(type_)
        assert field in tail, type_
        schema = head + found + tail.replace(field, other, 1)
    return schema


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def persisted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Persisting]:
    """Runs `oneid persisted …` in this process, where starting one for each would take most of the time."""

    def ran(*arguments: str, folder: Path = FOLDER) -> Result:
        monkeypatch.setenv("ONEID_PERSISTED", str(folder))
        settings.cache_clear()
        return CliRunner().invoke(cli, ["persisted", *arguments])

    yield ran
    settings.cache_clear()
