"""The TypeScript types: up to date, compiled as strictly as can be, and stricter than a guess."""

import json
import re
import shutil
from pathlib import Path

import pytest

from app.api import GRAPHQL
from app.errors import Misconfigured
from app.graph import typescript
from app.graph.persisted import files_in, load
from app.graph.typescript import HOME, WRITTEN, compile_problems, write_types
from app.settings import ROOT

AGAIN = "the schema or a document is another: run  make types  and commit schema/typescript"


def test_the_types_are_up_to_date(tmp_path: Path) -> None:
    write_types(ROOT, tmp_path)
    for name in WRITTEN:
        assert (tmp_path / name).read_text() == (HOME / name).read_text(), AGAIN


def test_the_ids_are_those_that_the_service_answers_to() -> None:
    found = re.findall(r'^  (\w+): "(sha256:\w+)",$', (HOME / "documents.ts").read_text(), re.MULTILINE)
    persisted = load(GRAPHQL, files_in(ROOT / "schema" / "persisted"))
    assert found == [(one.operation.name, one.document_id) for one in persisted]


def test_the_example_compiles() -> None:
    assert compile_problems(HOME) == []


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("brand.name ?? brand.key", "brand.title", "Property 'title' does not exist on type"),
        ("{ openid, app }", "{ openid }", "Property 'app' is missing in type"),
        ("{ openid, app }", "{ openid: 7, app }", "Type 'number' is not assignable to type 'string'"),
        ("brand !== null && level !== null", "level !== null", "'brand' is possibly 'null'"),
    ],
)
def test_a_front_end_that_misreads_the_schema_does_not_compile(
    tmp_path: Path, right: str, wrong: str, problem: str
) -> None:
    own = tmp_path / "own"
    shutil.copytree(HOME, own, ignore=shutil.ignore_patterns("node_modules"))
    example = (own / "example.ts").read_text()
    assert example.count(right) == 1
    (own / "example.ts").write_text(example.replace(right, wrong))
    problems = compile_problems(own)
    assert any(problem in line and line.startswith("example.ts(") for line in problems), problems


def test_a_document_that_the_schema_refuses_has_no_types(tmp_path: Path) -> None:
    for folder in ("schema", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, symlinks=True)
    asked = tmp_path / "docs" / "queries" / "wrong.graphql"
    asked.write_text('query Wrong { person(by: {oneId: "x"}) { nickname } }')
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(Misconfigured, match='Cannot query field "nickname" on type "Person"') as caught:
        write_types(tmp_path, out)
    assert "docs/queries/wrong.graphql:1:42" in caught.value.message
    assert not list(out.iterdir())


def test_what_is_missing_is_named_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured) as caught:
        write_types(ROOT, tmp_path)
    assert (caught.value.code, caught.value.suggestion) == (
        "NODE_MISSING",
        "install it with  apt-get install nodejs npm",
    )
    (tmp_path / "node").write_text("#!/bin/sh\necho v12.22.9\n")
    (tmp_path / "node").chmod(0o755)
    with pytest.raises(Misconfigured, match=r"Node.js 18 or newer is missing \(found: .*node is v12.22.9\)"):
        typescript._node()


def test_packages_are_pinned_by_their_contents_and_come_from_where_npm_is_set_up_to_ask() -> None:
    text = (HOME / "package-lock.json").read_text()
    assert "resolved" not in text
    assert "://" not in text, "npm config set omit-lockfile-registry-resolved true; drop `funding`, too"
    packages = json.loads(text)["packages"]
    assert len(packages) > 20
    assert all("integrity" in package for path, package in packages.items() if path)
    assert (
        packages[""]["devDependencies"] == json.loads((HOME / "package.json").read_text())["devDependencies"]
    )
