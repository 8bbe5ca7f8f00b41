"""Names are exchanged and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fazai.expression import Body, ExpressionError, check, names_in, rename

NAMES = ["port", "name", "words", "default", "eq", "spec"]
MAPPING = {name: f"role_{name}" for name in NAMES}
ROWS = [
    ("{{ port }}", "{{ role_port }}"),
    ("port {{port}} port", "port {{role_port}} port"),
    ("{{ spec.port }}", "{{ role_spec.port }}"),
    ("{{ spec['port'] }}", "{{ role_spec['port'] }}"),
    ("{{ name | default('name') }}", "{{ role_name | default('name') }}"),
    ("{{ default | default(default) }}", "{{ role_default | default(role_default) }}"),
    ("{{ name | default(value=port) }}", "{{ role_name | default(value=role_port) }}"),
    ("{{ port is eq eq }}", "{{ role_port is eq role_eq }}"),
    ("{{ port is not eq port }}", "{{ role_port is not eq role_port }}"),
    ("{{ {'port': port} }}", "{{ {'port': role_port} }}"),
    ("{{ name if port else words }}", "{{ role_name if role_port else role_words }}"),
    ("{# port #}{% raw %}{{ port }}{% endraw %}", "{# port #}{% raw %}{{ port }}{% endraw %}"),
    ("{{ port }}\n\n", "{{ role_port }}\n\n"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_only_free_names_are_exchanged(text: str, expected: str) -> None:
    assert rename(text, MAPPING) == expected


def test_a_loops_own_names_stay() -> None:
    text = "{% for word in words %}{{ word.port }}{{ port }}{% endfor %}"
    expected = "{% for word in role_words %}{{ word.port }}{{ role_port }}{% endfor %}"
    assert rename(text, MAPPING, Body.TEMPLATE) == expected


def test_a_condition_stays_bare() -> None:
    assert rename("port > 1 and name", MAPPING, Body.CONDITION) == "role_port > 1 and role_name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ platform }}", "{{ facts['os'] | lower }}"),
        ("{{ platform ~ '-' }}", "{{ (facts['os'] | lower) ~ '-' }}"),
        ("{{ platform | upper }}", "{{ (facts['os'] | lower) | upper }}"),
    ],
)
def test_a_fact_with_a_filter_of_its_own_is_bracketed_unless_alone(text: str, expected: str) -> None:
    assert rename(text, {"platform": "facts['os'] | lower"}) == expected


pieces = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=20),
    st.sampled_from(NAMES).map(lambda name: f"{{{{ {name} }}}}"),
    st.sampled_from(NAMES).map(lambda name: f"{{{{ {name} | default('{name}') }}}}"),
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).map(lambda two: f"{{{{ {two[0]} ~ {two[1]}.name }}}}"),
)
texts = st.lists(pieces, max_size=8).map("".join)


def is_allowed(text: str) -> bool:
    try:
        check(text, NAMES)
    except ExpressionError:
        return False
    return True


@given(texts)
def test_renaming_to_the_same_names_gives_the_same_text(text: str) -> None:
    assume(is_allowed(text))
    assert rename(text, {name: name for name in NAMES}) == text


@given(texts)
def test_a_renamed_text_names_what_the_mapping_says(text: str) -> None:
    assume(is_allowed(text))
    renamed = rename(text, MAPPING)
    assert names_in(renamed) == {MAPPING[name] for name in names_in(text)}
    assert rename(renamed, {new: old for old, new in MAPPING.items()}) == text
