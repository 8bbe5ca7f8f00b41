"""What the subset allows and what it refuses, as tables that an operator can read and add to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fazai.expression import FACTS, Body, ExpressionError, check, names_in

FOLDER = Path(__file__).parent
NAMES = frozenset({"port", "name", "root", "words", "spec", "on"}) | frozenset(FACTS)


def table(file: str) -> list[Any]:
    texts = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return [
        pytest.param(Body(body), *(row if isinstance(row, list) else [row]), id=f"{body} {i}: {str(row)[:40]!a}")
        for body, rows in texts.items()
        for i, row in enumerate(rows)
    ]


@pytest.mark.parametrize(("body", "text"), table("allowed.yaml"))
def test_a_text_of_the_subset_is_allowed(body: Body, text: str) -> None:
    check(text, NAMES, body)


@pytest.mark.parametrize(("body", "text", "reason"), table("refused.yaml"))
def test_a_text_that_leaves_the_subset_is_refused(body: Body, text: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check(text, NAMES, body)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 100_001, id="long"),
        pytest.param("{{ " + "(" * 5000 + "port" + ")" * 5000 + " }}", id="brackets"),
        pytest.param("{{ port" + ".a" * 5000 + " }}", id="attributes"),
        pytest.param("{{ port" + " + 1" * 5000 + " }}", id="sums"),
        pytest.param("{{ name" + " | upper" * 5000 + " }}", id="filters"),
        pytest.param("{{ " + "not " * 5000 + "on }}", id="nots"),
        pytest.param("{{ " + "9" * 5000 + " }}", id="digits"),
        pytest.param("{{ [" + "1, " * 500 + "] }}", id="items"),
    ],
)
def test_what_is_too_much_for_jinja_is_refused_like_any_other(text: str) -> None:
    with pytest.raises(ExpressionError):
        check(text, NAMES)


def test_a_loop_declares_its_own_names() -> None:
    text = "{{ port }}{% for word in words %}{{ word }}{{ loop.index }}{% endfor %}"
    assert names_in(text, Body.TEMPLATE) == {"port", "words"}


def test_a_backslash_may_stand_outside_the_braces() -> None:
    check("a\\n{{ name }}\\{{ port }}", NAMES)


def test_a_template_file_reads_a_backslash_as_jinja_does() -> None:
    check(r"{{ words | join('\n') }}", NAMES, Body.TEMPLATE)
