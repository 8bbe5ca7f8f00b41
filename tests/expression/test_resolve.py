"""The value that is judged before a run is the value that Ansible will give."""

from __future__ import annotations

from typing import Any

import pytest

from fazai.expression import Body, Unresolvable, check, resolve

VALUES: dict[str, Any] = {
    "x": "a b", "n": 5, "l": [3, 1, 2, 1], "d": {"b": 1, "a": "é"}, "t": True, "e": "", "z": None, "p": "/srv/www/x.html",
    "j": "{{ n }} {% raw %}", "m": "one\ntwo",
}  # fmt: skip
TEXTS = [
    "plain", "{{ x }}", " {{ n }} ", "{{ n }}", "{{ n }}{{ n }}", "a{{ n }}\n", "{{ n }}\n", "{{ x }}\n", "{{ x }}\n\n",
    "{{ l }}", "x {{ l }}", "{{ d }}", "{{ t }}", "v={{ t }}", "{{ z }}", "v={{ z }}", "{{ x | quote }}", "{{ n | quote }}",
    "{{ x | comment }}",
    "{{ m | comment }}", "{{ d | to_json }}", "{{ d | to_nice_json }}", "{{ x | hash }}", "{{ x | hash('sha256') }}",
    "{{ x | b64encode }}", "{{ p | basename }}", "{{ p | dirname }}", "{{ 'yes' | bool }}", "{{ n | bool }}",
    "{{ t | ternary('a', 'b') }}", "{{ z | ternary('a', 'b', 'c') }}", "{{ l | unique }}", "{{ l | sort }}", "{{ l | max }}",
    "{{ l | sort | join(', ') }}", "{{ d | dictsort }}", "{{ n / 2 }}", "{{ n // 2 }}", "{{ 10 / 2 }}", "{{ x ~ n }}",
    "{{ missing | default('q') }}", "{{ d.missing.more | default('q') }}", "{{ d.a }}", "{{ d['b'] + 1 }}", "{{ l[0] }}",
    "{{ l | first }}", "{{ 'a' if t else 'b' }}", "{{ n }} }}", "{{ [n, x] }}", "{{ {'k': n} }}", "{{ (n, 1) }}",
    "{{ x | upper | replace('A', 'b') }}", "{{ e | default('q', true) }}", "{{ l | length }}", "{{ '5' | int }}",
    "{{ n | string }}", "{{ '[1, 2]' }}", "{{ 'True' }}", "{{ n | float }}", "{{ 2.5 | round }}", "{{ x | title }}",
    "{{ l | reverse | list }}", "{{ x | indent(2) }}", "{{ m | indent(2) }}", "{% raw %}{{ x }}{% endraw %}\nb",
    "{# c #}{{ n }}", "{{ d | string }}", "{{ j }}", "<{{ j }}>",
]  # fmt: skip


@pytest.mark.io
@pytest.mark.filterwarnings("ignore")  # Ansible's own modules
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_value_that_ansible_gives_it(text: str) -> None:
    from ansible.parsing.dataloader import DataLoader
    from ansible.template import Templar, trust_as_template

    check(text, {*VALUES, "missing"})
    theirs = Templar(loader=DataLoader(), variables=VALUES).template(trust_as_template(text))
    ours = resolve(text, VALUES)
    assert ours == theirs
    assert isinstance(ours, str) == isinstance(theirs, str)
    assert isinstance(ours, bool) == isinstance(theirs, bool)


def test_an_inputs_value_is_never_evaluated() -> None:
    assert resolve("<{{ j }}>", {"j": "{{ 1 + 1 }}"}) == "<{{ 1 + 1 }}>"


def test_a_whole_expression_keeps_its_type() -> None:
    assert resolve("{{ n }}", VALUES) == 5
    assert resolve("{{ l | unique }}", VALUES) == [3, 1, 2]


def test_a_condition_is_resolved_without_braces() -> None:
    assert resolve("n > 4 and 'a' in x", VALUES, Body.CONDITION) is True


def test_a_template_file_gives_text() -> None:
    assert resolve("{% for one in l %}\n{{ one }}\n{% endfor %}\n", VALUES, Body.TEMPLATE) == "3\n1\n2\n1\n"
    assert resolve("{{ n }}", VALUES, Body.TEMPLATE) == "5"


@pytest.mark.parametrize(
    "text", ["{{ hostname }}", "{{ hostname }}-x", "{{ n / 0 }}", "{{ x + 1 }}", "{{ x | hash('no') }}", "{{ l | ternary('a') }}"]
)
def test_what_only_a_host_knows_or_nobody_is_unresolvable(text: str) -> None:
    with pytest.raises(Unresolvable):
        resolve(text, VALUES)
