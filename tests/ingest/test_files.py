"""The lines of a file and their units of work; nothing here knows of the graph."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInput, NotAllowed
from app.ingest import lines
from app.ingest.grouping import lanes
from app.ingest.rejects import opened
from app.ingest.service import Rejection
from tests.identity import many


def test_a_byte_order_mark_blank_lines_and_windows_endings() -> None:
    found = lines.window(BytesIO(b'\xef\xbb\xbf{"id":1}\r\n\r\n   \n{"id":2}'), 0, 0)
    assert (found.numbers, found.texts) == ([1, 4], [b'{"id":1}', b'{"id":2}'])
    assert (found.line, found.offset) == (4, 27)


def test_a_line_without_end_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 100)
    long = b"x" * 1000 + b"\n"
    found = lines.window(BytesIO(b"{}\n" + long + b"[]\n" + b"y" * 101), 0, 0)
    assert (found.numbers, sorted(found.malformed)) == ([1, 3], [2, 4])
    assert found.offset == 3 + len(long) + 3 + 101


def test_windows_meet_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "WINDOW_LINES", 3)
    file = BytesIO(b"".join(b"%d\n" % number for number in range(10)))
    numbers, line, offset = [], 0, 0
    while (found := lines.window(file, line, offset)).offset > offset:
        numbers += list(zip(found.numbers, found.texts, strict=True))
        line, offset = found.line, found.offset
    assert numbers == [(number + 1, b"%d" % number) for number in range(10)]


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    one, same, other = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    one.write_bytes(b"1\n2")
    same.write_bytes(b"1\n2")
    other.write_bytes(b"1\n2\n")
    assert lines.survey(one) == lines.survey(same) != lines.survey(other)
    assert lines.survey(one).lines == lines.survey(other).lines == 2
    with pytest.raises(BadInput, match="cannot be read"):
        lines.survey(tmp_path)


NONE = lines.Window(0, 0)


def text(*values: str) -> bytes:
    return json.dumps({"identifiers": [{"kind": "phone", "value": value} for value in values]}).encode()


@many.pure(100)
@given(st.lists(st.lists(st.integers(0, 30), max_size=3), max_size=60), st.integers(1, 20), st.integers(1, 4))
def test_every_line_is_in_one_unit_and_units_are_of_their_size(
    seen: list[list[int]], size: int, count: int
) -> None:
    plan = lanes([text(*map(str, values)) for values in seen], size, count)
    units = [unit for lane in plan for unit in lane]
    assert sorted(index for unit in units for index in unit) == list(range(len(seen)))
    assert all(0 < len(unit) <= size for unit in units)
    assert len(plan) <= count


def test_lines_of_one_person_go_together_however_the_phone_is_spelt() -> None:
    spelt = ["13912345678", "+86 139-1234-5678", "８６１３９１２３４５６７８", "(139) 1234 5678"]
    texts = [line for number, one in enumerate(spelt) for line in (text(one), text(f"1380000{number:04}"))]
    (lane,) = lanes(texts, 4, 1)
    assert [0, 2, 4, 6] in [sorted(unit) for unit in lane]


def test_what_everybody_shares_binds_nobody() -> None:
    texts = [text("null", f"1390000{number:04}") for number in range(100) for _ in range(2)]
    (lane,) = lanes([*texts, b"no JSON", b'{"identifiers": 1}'], 10, 1)
    assert all(unit[0] // 2 == unit[1] // 2 for unit in lane if unit[0] < 200)


def test_a_line_of_rejects_is_the_observation_that_it_holds(tmp_path: Path) -> None:
    texts = [b'{"id": "e1", "n": 1.50, "name": "\xe7\x8e\x8b"}', b"{broken \xff", b'{"id": "e3"}']
    window = lines.Window(0, 0, [3, 5, 6], texts)
    with opened(tmp_path / "r.jsonl") as rejects:
        rejects.add([Rejection(number, None, "A", "why") for number in (5, 3, 4)], window)
    raw = (tmp_path / "r.jsonl").read_bytes()
    assert [json.loads(line).get("observation") for line in raw.splitlines()] == [
        {"id": "e1", "n": 1.5, "name": "王"},
        None,
        "{broken \ufffd",
    ]
    found = lines.window(BytesIO(raw + b'{"line": 1\n{"line": [2]}\n'), 0, 0)
    assert json.loads(found.texts[0]) == json.loads(texts[0])
    assert found.texts[2] == "{broken \ufffd".encode()
    assert found.texts[3:] == [b'{"line": 1', b'{"line": [2]}']


def test_rejects_are_cut_sorted_and_written_by_one(tmp_path: Path) -> None:
    path = tmp_path / "rejects.jsonl"
    with opened(path) as rejects:
        size = rejects.add([Rejection(7, "e7", "A", "why"), Rejection(3, None, "B", "为什么", ("at",))], NONE)
        rejects.add([Rejection(5, "lost", "A", "why")], NONE)
        rejects.cut(size)
        rejects.add([Rejection(1, "e1", "A", "why")], NONE)
        with pytest.raises(NotAllowed, match="another import"), opened(path):
            pass
        rejects.finish()
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(one["line"], one["code"], one["field"]) for one in told] == [
        (1, "A", []),
        (3, "B", ["at"]),
        (7, "A", []),
    ]
    with opened(path) as rejects:
        rejects.cut(0)
        rejects.finish()
    assert not path.exists()
