"""After one verified goal, a second of the kind with other values plans from the entry and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts import Fleet
from tests.line.bench import Bench
from tests.line.test_goals import applied

pytestmark = [pytest.mark.hosts, pytest.mark.slow]


def test_a_second_goal_of_the_kind_plans_from_the_verified_entry(two_hosts: Fleet, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.inventory({"web": [two_hosts["web1"].inventory_line("podman"), two_hosts["db1"].inventory_line("ssh")]})
    goal = bench.goal("nginx-site.yaml")
    assert applied(bench, goal, ()).code == 0
    assert bench.fazai("verify", goal).code == 0
    entries = [line for line in bench.fazai("kb", "list").lines if line["type"] == "entry"]
    assert [entry["status"] for entry in entries] == ["verified"]

    other = bench.goal(
        "nginx-site.yaml", **{"name: nginx-site": "name: other-site", "8081": "8082", "says hello": "says goodbye"}
    )
    plan = bench.fazai("plan", other)
    assert plan.code == 0, plan.stdout
    use = plan.of("plan")["uses"][0]
    assert use["source"] == "entry"
    assert use["from"] == entries[0]["id"]
    assert use["inputs"]["port"] == 8082
    assert use["inputs"]["content"] == "FazAI says goodbye"


def test_a_hostile_text_arrives_verbatim_on_the_page(two_hosts: Fleet, tmp_path: Path) -> None:
    canary = Path("/tmp/fazai-pwned")
    canary.unlink(missing_ok=True)
    bench = Bench(tmp_path)
    bench.inventory({"web": [two_hosts["db1"].inventory_line("ssh")]})
    goal = bench.goal("hard/hostile.yaml")
    assert applied(bench, goal, ()).code == 0
    page = two_hosts["db1"].exec(["curl", "-s", "http://localhost/"]).stdout
    assert "{{ lookup('pipe', 'touch /tmp/fazai-pwned') }}" in page
    assert not canary.exists()
    assert two_hosts["db1"].exec(["test", "-e", "/tmp/fazai-pwned"], check=False).returncode == 1
