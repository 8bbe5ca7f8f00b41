"""`fazai catalog`."""

from __future__ import annotations

import pytest

from fazai.cli.commands.catalog import matching
from fazai.cli.views._toolspec import example_goal
from fazai.document import build, parse
from fazai.goal import Goal
from fazai.shelf import Shelf
from fazai.toolspec import ToolSpec
from tests.cli.conftest import Fazai
from tests.cli.values import SITE, SSHD


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nginx", [SITE]),
        ("NGINX page", [SITE]),
        ("estática", [SITE]),
        ("sshd", [SSHD]),
        ("static site", [SITE]),
        ("ssh nginx web", [SITE, SSHD]),
        ("mail", []),
    ],
)
def test_words_of_either_language_find_a_toolspec(text: str, found: list[ToolSpec]) -> None:
    assert matching([SSHD, SITE], text) == found


@pytest.mark.io
@pytest.mark.parametrize("name", Shelf.builtin().names())
def test_the_example_shown_is_a_valid_goal_with_every_required_input(name: str) -> None:
    spec = Shelf.builtin().get(name)
    for language in ("en", "pt"):
        goal = build(Goal, parse(example_goal(spec, language), "goal.yaml"))
        assert set(goal.use[0].inputs) == {each for each, item in spec.inputs.items() if item.required}


@pytest.mark.io
def test_the_catalog_is_listed_searched_and_shown(fazai: Fazai) -> None:
    assert "static_site" in fazai("catalog", "list").out
    assert fazai("catalog", "search", "redis").out.split()[0] == "redis_password"
    assert "A goal that uses it" in fazai("catalog", "show", "static_site").out
    said = fazai("catalog", "show", "statc_site")
    assert said.code == 2
    assert 'Did you mean "static_site"?' in said.err
