"""YAML and JSON text as plain data, with the place of each field, and every mistake named where it stands."""

from __future__ import annotations

from typing import Any

import pytest

from fazai.diagnostic import InvalidFile
from fazai.document import parse


def places(text: str) -> list[str]:
    """Every finding as `line:column summary`."""
    with pytest.raises(InvalidFile) as caught:
        parse(text, "f.yaml")
    return [f"{f.where.line}:{f.where.column} {f.summary}" for f in caught.value.findings if f.where]


BOMB = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 8)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", ['3:1 The key "a" stands twice'], id="twice"),
        pytest.param("a: {b: 1, b: 2}\nc: 1\nc: 2", ['1:11 The key "b" stands twice', '3:1 The key "c" stands twice'], id="both"),
        pytest.param("a: !vault x\n", ["1:4 The YAML tag !vault is not allowed here"], id="tag"),
        pytest.param(
            "a: !!python/object/apply:os.system ['id']",
            ["1:4 The YAML tag tag:yaml.org,2002:python/object/apply:os.system is not allowed here"],
            id="object",
        ),
        pytest.param("a: !!python/dict {}", ["1:4 The YAML tag tag:yaml.org,2002:python/dict is not allowed here"], id="dict"),
        pytest.param("a: !!binary aGk=", ["1:4 The YAML tag tag:yaml.org,2002:binary is not allowed here"], id="binary"),
        pytest.param("a: !!set {x}", ["1:4 The YAML tag tag:yaml.org,2002:set is not allowed here"], id="set"),
        pytest.param("x: &x {a: 1}\ny:\n  <<: *x\n", ["3:3 The merge key << is not allowed here"], id="merge"),
        pytest.param(BOMB, ["1:26 YAML aliases unfold without end"], id="bomb"),
        pytest.param("a: &a [*a]", ["1:4 YAML aliases unfold without end"], id="itself"),
        pytest.param("a:\n\tb: 1", ["2:1 Not readable as YAML"], id="tab"),
        pytest.param("a: 'x\nb: 2", ["2:5 Not readable as YAML"], id="quote"),
        pytest.param("a: 1\n---\nb: 2", ["2:1 Not readable as YAML"], id="documents"),
        pytest.param("a: 1\nb: x\x07", ["2:5 A control character stands in the file"], id="bell"),
        pytest.param("a: \0", ["1:4 A control character stands in the file"], id="nul"),
        pytest.param("a: \ud800", ["1:4 A control character stands in the file"], id="half a character"),
        pytest.param(
            "1: a\n[b]: c\n~: d", ["1:1 A key is not text", "2:1 A key is not text", "3:1 A key is not text"], id="keys"
        ),
        pytest.param("a: .nan\nb: -.inf", ["1:4 A value cannot be read", "2:4 A value cannot be read"], id="not finite"),
        pytest.param("a: " + "9" * 5000, ["1:4 A value cannot be read"], id="digits"),
        pytest.param("a: !!int x", ["1:4 A value cannot be read"], id="no number"),
        pytest.param("[" * 100_000, ["1:51 The file is nested too deeply"], id="deep"),
        pytest.param("{a: " * 60 + "1" + "}" * 60, ["1:201 The file is nested too deeply"], id="deep and whole"),
    ],
)
def test_a_mistake_is_named_where_it_stands(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("# only a remark", None, id="remark"),
        pytest.param("\ufeffname: x", {"name": "x"}, id="byte order mark"),
        pytest.param("a: x\r\nb: |\r\n  1\r\n  2\r\n", {"a": "x", "b": "1\n2\n"}, id="line ends of Windows"),
        pytest.param("on: yes\noff: no", {"on": True, "off": False}, id="keys that YAML reads as booleans"),
        pytest.param("day: 2024-01-31", {"day": "2024-01-31"}, id="a date stays text"),
        pytest.param("at: 12:30\nthen: 02:30\nlong: 12:30:45", {"at": "12:30", "then": "02:30", "long": "12:30:45"}, id="times"),
        pytest.param("a: 1_000\nb: 1.5\nc: 0x1f\nd: ~", {"a": 1000, "b": 1.5, "c": 31, "d": None}, id="numbers"),
        pytest.param("a: &x [1]\nb: *x", {"a": [1], "b": [1]}, id="an honest alias"),
        pytest.param("a: '{{ x }}'", {"a": "{{ x }}"}, id="an expression is text"),
        pytest.param(r'{"a": "\ud83d\ude00 \\ud83d\\ude00 \u00e9"}', {"a": "😀 \\ud83d\\ude00 é"}, id="surrogate pairs of JSON"),
        pytest.param(r"a: '\ud83d\ude00'", {"a": r"\ud83d\ude00"}, id="no JSON, no pairs"),
        pytest.param('{"a":\t[1,\n2]}', {"a": [1, 2]}, id="JSON with white space"),
    ],
)
def test_text_becomes_plain_data(text: str, data: Any) -> None:
    assert parse(text, "f.yaml").data == data


def test_every_field_has_its_place() -> None:
    document = parse("a: 1\nb:\n  - c: 2\n    d: [3,\n 4]\n", "f.yaml")
    assert document.marks[("a",)] == (1, 1)
    assert document.marks[("b",)] == (2, 1)
    assert document.marks[("b", 0)] == (3, 5)
    assert document.marks[("b", 0, "d")] == (4, 5)
    assert document.marks[("b", 0, "d", 1)] == (5, 2)


def test_a_field_that_is_missing_has_the_place_around_it() -> None:
    where = parse("a:\n  b: {c: 1}\n", "f.yaml").where(("a", "b", "z", 3))
    assert str(where) == "f.yaml:2:3"
    assert where.field == "a.b.z.3"


def test_findings_name_the_file_and_what_to_do() -> None:
    with pytest.raises(InvalidFile) as caught:
        parse("a: 1\na: 2", "goals/x.yaml")
    assert str(caught.value) == 'goals/x.yaml:2:1: The key "a" stands twice: Keep one of the two.'
