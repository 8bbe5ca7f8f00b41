"""Goals that must not be guessed, must be refused, or try to act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line.bench import Bench

pytestmark = pytest.mark.io


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    here = ["here ansible_connection=local ansible_python_interpreter='{{ ansible_playbook_python }}'"]
    bench.inventory(dict.fromkeys(("web", "mail", "db"), here))
    return bench


def test_an_ambiguous_goal_asks_and_does_not_guess(bench: Bench) -> None:
    answer = bench.fazai("plan", bench.goal("hard/ambiguous.yaml"))
    assert answer.code == 3, answer.stdout
    asked = {line["where"]["field"] for line in answer.lines if line.get("type") == "finding"}
    assert {"relayhost", "networks"} <= asked


def test_a_broken_goal_shows_both_mistakes_with_their_lines(bench: Bench) -> None:
    answer = bench.fazai("plan", bench.goal("hard/broken.yaml"))
    assert answer.code == 2
    found = [line for line in answer.lines if line.get("type") == "finding"]
    assert [finding["where"]["line"] for finding in found] == [2, 4]
    assert "accept" in found[1]["remedy"]


def test_a_hostile_goal_plans_and_nothing_is_evaluated(bench: Bench) -> None:
    canary = Path("/tmp/fazai-pwned")
    canary.unlink(missing_ok=True)
    answer = bench.fazai("plan", bench.goal("hard/hostile.yaml"))
    assert answer.code == 0, answer.stdout
    assert [use["toolspec"] for use in answer.of("plan")["uses"]] == ["static_site"]
    assert not canary.exists()


def test_a_goal_to_remove_is_never_served_by_something_that_creates(bench: Bench) -> None:
    answer = bench.fazai("plan", bench.goal("hard/destructive.yaml"))
    assert answer.code in {6, 8}, answer.stdout
