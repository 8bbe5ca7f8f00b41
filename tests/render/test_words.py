from __future__ import annotations

import pytest

from fazai.render._scope import Scope
from fazai.render._words import code, comment, markdown, shown, task_name

SCOPE = Scope(
    {"root": "site_root", "password": "site_password", "platform": "ansible_facts['os_family'] | lower"}, frozenset({"password"})
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("install nginx", "Install nginx"),
        ("Write {{ root }}", "Write {{ site_root }}"),
        ("Write {{ root }}/index.html", "Write {{ site_root ~ '/index.html' }}"),
        ("Link {{ root }} to it's {{ root }}", 'Link {{ site_root ~ " to it\'s " ~ site_root }}'),
        ("{{ platform }} only", "{{ (ansible_facts['os_family'] | lower) ~ ' only' }}"),
        ("Make {{ item.name }} of {{ root }}", "Make <item.name> of {{ site_root }}"),
        ("Say {% raw %}{{ x }}{% endraw %}", "Say { { x }}"),
        ("Set {{ password }} now", "Service step 2"),
    ],
)
def test_a_name_has_expressions_at_its_end_only_and_no_secret(text: str, name: str) -> None:
    assert task_name(text, SCOPE.in_loop(), "service step 2") == name


def test_a_goal_in_a_comment_stays_a_comment_and_orders_nothing() -> None:
    text = "x " * 60 + "\n# yamllint disable\n- name: play\u2028- no"
    lines = comment("Goal g", text).splitlines()
    assert all(line.startswith("# ") for line in lines)
    assert not any(line.startswith(("# yamllint", "# noqa", "- ")) for line in lines)


@pytest.mark.parametrize(
    ("text", "written"),
    [("a | b", r"a \| b"), ("<b>\nx", r"\<b\> x"), ("[x](y) *z* `q`", r"\[x\](y) \*z\* \`q\`")],
)
def test_markdown_of_a_stranger_is_only_words(text: str, written: str) -> None:
    assert markdown(text) == written


@pytest.mark.parametrize(("text", "written"), [("a|b", r"`a\|b`"), ("a`b", "`` a`b ``"), ("", '`""`')])
def test_code_of_a_stranger_stays_in_its_cell(text: str, written: str) -> None:
    assert code(text) == written


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("write {{ root }}/index.html", "Write /srv/index.html"),
        ("Add {{ item.name }} on {{ fqdn }}", "Add <item.name> on <fqdn>"),
        ("Set {{ password }}", "User step 3"),
        ("Say {{ hostile }}", "Say {{ 7 * 7 }}"),
    ],
)
def test_a_person_reads_values_where_inputs_say_them(text: str, name: str) -> None:
    values = {"root": "/srv", "hostile": "{{ 7 * 7 }}"}
    assert shown(text, values, "user step 3", frozenset({"password"})) == name
