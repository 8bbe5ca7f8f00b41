"""The sample goals, from plan to accepted, on real systemd hosts; the second run changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hosts import Engine, Fleet
from tests.hosts.host import Connection
from tests.line.bench import Answer, Bench

pytestmark = [pytest.mark.hosts, pytest.mark.slow]

SECRET = "c4nary-Sup3r_Secret"
ADMIN = "ansible_user=admin"


@dataclass(frozen=True)
class Case:
    """A goal, the hosts of its group with how they are reached, and the dangers a person must accept."""

    goal: str
    group: str
    hosts: tuple[tuple[str, Connection], ...]
    words: tuple[str, ...] = ()
    as_admin: bool = False


CASES = {
    "nginx-site": Case("nginx-site.yaml", "web", (("web1", "podman"), ("web2", "ssh"))),
    "banco-na-lan": Case("banco-na-lan.yaml", "db", (("db1", "podman"),)),
    "backup-diario": Case("backup-diario.yaml", "db", (("db1", "ssh"),)),
    "redis-cache": Case("redis-cache.yaml", "cache", (("cache1", "podman"),)),
    "edge-proxy": Case("edge-proxy.yaml", "edge", (("edge1", "podman"),)),
    "portas-minimas": Case("portas-minimas.yaml", "edge", (("edge2", "ssh"),), ("lock-out",)),
    "ssh-baseline": Case("ssh-baseline.yaml", "all", (("ssh1", "ssh"),), ("lock-out",), as_admin=True),
}


@pytest.fixture(scope="module")
def fleet(host_engine: Engine) -> Iterator[Fleet]:
    with host_engine.hosts(["web1", "web2", "db1", "cache1", "edge1", "edge2", "ssh1"]) as fleet:
        ssh1 = fleet["ssh1"]
        ssh1.exec(["useradd", "--create-home", "--shell", "/bin/bash", "--groups", "sudo", "admin"])
        ssh1.exec(["cp", "-r", "/root/.ssh", "/home/admin/.ssh"])
        ssh1.exec(["chown", "-R", "admin:admin", "/home/admin/.ssh"])
        ssh1.exec(["tee", "/etc/sudoers.d/admin"], stdin="admin ALL=(ALL) NOPASSWD: ALL\n")
        yield fleet


def bench_for(case: Case, fleet: Fleet, root: Path) -> Bench:
    bench = Bench(root, {"AGENTS_DB_PASSWORD": SECRET, "REDIS_PASSWORD": SECRET})
    lines = [fleet[name].inventory_line(connection) for name, connection in case.hosts]
    if case.as_admin:
        lines = [line.replace("ansible_user=root", ADMIN) for line in lines]
    bench.inventory({"ungrouped" if case.group == "all" else case.group: lines})
    return bench


def applied(bench: Bench, goal: str, words: tuple[str, ...]) -> Answer:
    """Plan, preview, and apply with everything a person has to say; every step must succeed."""
    plan = bench.fazai("plan", goal)
    assert plan.code == 0, plan.stdout + plan.stderr
    preview = bench.fazai("preview", goal)
    assert preview.code == 0, preview.stdout + preview.stderr
    refused = bench.fazai("apply", goal)
    assert refused.code == 6, "an apply that nobody approved must be refused"
    plan_hash = plan.of("plan")["hash"]
    accepted = [f"--accept-risk={word}" for word in words]
    if words:
        assert bench.fazai("apply", goal, "--approve", plan_hash).code == 6, "a danger needs the person's explicit word"
    return bench.fazai("apply", goal, "--approve", plan_hash, *accepted)


@pytest.mark.parametrize("name", CASES)
def test_a_sample_goal_is_accepted_and_settles(name: str, fleet: Fleet, tmp_path: Path) -> None:
    case = CASES[name]
    bench = bench_for(case, fleet, tmp_path)
    goal = bench.goal(case.goal)
    done = applied(bench, goal, case.words)
    assert done.code == 0, done.stdout + done.stderr
    verified = bench.fazai("verify", goal)
    assert verified.code == 0, verified.stdout + verified.stderr
    assert verified.of("verification")["level"] == "accepted"
    assert SECRET.encode() not in bench.every_byte()
    again = bench.fazai("preview", goal)
    assert again.code == 0
    statuses = {task["status"] for task in again.of("preview")["tasks"]}
    assert "predicted change" not in statuses, again.stdout
