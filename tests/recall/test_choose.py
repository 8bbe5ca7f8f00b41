"""The table of goals, and what a choice says."""

from __future__ import annotations

from typing import Any

import pytest

from fazai.recall import choose
from tests.recall.support import candidates, goal, read

CASES = read("goals.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["goal"][:70])
def test_a_goal_is_served_by_the_toolspec_that_covers_all_it_names(case: dict[str, Any]) -> None:
    choice = choose(goal(case["goal"], inputs=case.get("inputs", {})), candidates())
    assert not choice.alternatives
    assert (choice.candidate.name if choice.candidate else None) == case["serves"], choice.error() or choice.why
    if "values" in case:
        expected = {**case["values"], **case.get("inputs", {})}
        assert {**choice.values, **case.get("inputs", {})} == expected
    if "asks" in case:
        assert [one.name for one in choice.missing_inputs] == case["asks"]
