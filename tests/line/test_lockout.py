"""A plan that locks Ansible out is found out: the second run logs in anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts import Engine
from tests.line.bench import Bench
from tests.line.test_goals import applied

pytestmark = [pytest.mark.hosts, pytest.mark.slow]

TOOLSPEC = """
name: no_root
title: {en: No root login}
steps:
  - file: {path: /etc/ssh/sshd_config.d/00-no-root.conf, content: "PermitRootLogin no\\n", mode: "0644", notify: reload ssh}
handlers:
  reload ssh: {service: {name: ssh, state: reloaded}}
"""
GOAL = """
name: lock-me-out
goal: forbid root to log in, though Ansible logs in as root
hosts: web
use: [no_root]
accept:
  - file: {path: /etc/ssh/sshd_config.d/00-no-root.conf}
keep:
  - ansible: {ping: true}
"""


def test_a_plan_that_locks_ansible_out_is_not_accepted(host_engine: Engine, tmp_path: Path) -> None:
    with host_engine.hosts(["web1"]) as fleet:
        bench = Bench(tmp_path)
        bench.inventory({"web": [fleet["web1"].inventory_line("ssh")]})
        (tmp_path / "toolspecs" / "no_root").mkdir(parents=True)
        (tmp_path / "toolspecs" / "no_root" / "toolspec.yml").write_text(TOOLSPEC)
        (tmp_path / "goals").mkdir()
        (tmp_path / "goals" / "lock.yaml").write_text(GOAL)
        assert applied(bench, "goals/lock.yaml", ("lock-out",)).code == 0
        verified = bench.fazai("verify", "goals/lock.yaml")
        assert verified.code == 7, verified.stdout + verified.stderr
        assert verified.of("verification")["level"] == "applied"
        assert [line["status"] for line in bench.fazai("kb", "list").lines if line["type"] == "entry"] == ["failed"]
