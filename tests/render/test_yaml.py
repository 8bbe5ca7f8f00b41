from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fazai.expression import looks_like_jinja
from fazai.render._yaml import Unsafe, as_data, document, lines_of, listing


class _Loader(yaml.SafeLoader):
    """Reads `!unsafe` as Ansible does: text that is marked."""


_Loader.add_constructor("!unsafe", lambda loader, node: Unsafe(node.value))

PIECES = st.sampled_from(
    ["{{", "}}", "{%", "{#", ": ", "- ", "#", " ", "\n", "'", '"', "\\", "é", "word", "x" * 170, "!unsafe ", "|", "%"]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(PIECES, max_size=30).map("".join),
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(), st.none(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def read(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)


def unsafe_texts(value: Any) -> list[str]:
    match value:
        case Unsafe():
            return [str(value)]
        case dict():
            return [found for pair in value.items() for part in pair for found in unsafe_texts(part)]
        case list():
            return [found for item in value for found in unsafe_texts(item)]
        case _:
            return []


def hostile_texts(value: Any) -> list[str]:
    match value:
        case str():
            return [str(value)] if looks_like_jinja(value) else []
        case dict():
            return [found for pair in value.items() for part in pair for found in hostile_texts(part)]
        case list():
            return [found for item in value for found in hostile_texts(item)]
        case _:
            return []


@settings(deadline=None)
@given(VALUES)
def test_data_comes_back_as_it_was_and_what_looks_like_a_template_is_marked(value: Any) -> None:
    back = read(document({"value": as_data(value)}))["value"]
    assert back == value
    assert unsafe_texts(back) == hostile_texts(back)


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text(st.sampled_from('ab  \\"\x01é\n'), min_size=150, max_size=600)))
def test_no_line_is_too_long_unless_it_is_one_word(text: str) -> None:
    written = document({"a": {"b": as_data(text)}})
    assert read(written) == {"a": {"b": text}}
    assert [line for line in written.splitlines() if len(line) > 160 and " " in line.strip()] == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": ["b"]}, "---\na:\n  - b\n"),
        ({"a": True, "b": False, "c": None}, "---\na: true\nb: false\nc: null\n"),
        ({"a": "yes"}, '---\na: "yes"\n'),
        ({"a": "0644"}, '---\na: "0644"\n'),
        ({"a": 'say "x": y'}, "---\na: 'say \"x\": y'\n"),
        ({"a": "one\ntwo\n"}, "---\na: |\n  one\n  two\n"),
        ({"a": "{{ b }}"}, '---\na: "{{ b }}"\n'),
        ({"a": Unsafe("{{ b }}")}, '---\na: !unsafe "{{ b }}"\n'),
        ({"a": Unsafe("x\n{{ b }}\n")}, "---\na: !unsafe |\n  x\n  {{ b }}\n"),
        ({"b": 1, "a": 2}, "---\nb: 1\na: 2\n"),
    ],
)
def test_yaml_looks_as_people_write_it(value: Any, written: str) -> None:
    assert document(value) == written


def test_a_long_word_stands_on_a_line_of_its_own() -> None:
    assert document({"key": "ssh-rsa " + "A" * 200}) == f"---\nkey: >-\n  ssh-rsa\n  {'A' * 200}\n"


def test_lines_are_those_of_the_dashes() -> None:
    text = listing([{"name": "a", "text": "x\ny\n"}, {"name": "b"}])
    assert lines_of(text) == [2, 7]
    assert [text.splitlines()[line - 1] for line in lines_of(text)] == ["- name: a", "- name: b"]
