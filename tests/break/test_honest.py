"""A toolspec nobody has seen, on a real host: what the preview says is what apply does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts import Engine
from tests.line.bench import Bench, project_here

pytestmark = [pytest.mark.hosts, pytest.mark.slow]

# The default site comes with the package, so that its removal is nothing to do before, and is something to do then.
TOOLSPEC = """
platforms: [debian]
inputs:
  people:
    type: list
    elements: dict
    options: {name: {type: str, required: true}, key: {type: str, required: true}}
    required: true
steps:
  - package: {names: [nginx-light]}
  - file: {path: /etc/nginx/sites-enabled/default, state: absent, notify: reload web}
  - directory: {path: /usr/share/nginx/html, state: absent}
  - line: {path: /etc/nginx/nginx.conf, regexp: worker_connections, line: "  worker_connections 512;", notify: reload web}
  - user: {name: "{{ item.name }}", for_each: "{{ people }}"}
  - authorized_key: {user: "{{ item.name }}", keys: "{{ item.key }}", for_each: "{{ people }}"}
  - file: {path: /srv/note, content: x, mode: "0600", owner: ana}
  - file: {path: /srv/link, link_to: /srv/note}
  - timer: {name: tick, on_calendar: "*-*-* 02:30:00", argv: [/bin/true], user: ana}
  - service: {name: nginx, state: started, enabled: true}
  - package: {names: [nginx-light], state: absent, when: "false"}
handlers:
  reload web: {service: {name: nginx, state: reloaded}}
"""
GOAL = """
inputs:
  people: [{name: ana, key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE5Bt40bVVrGeQHX5PAf2NfG2l9oGYnn0dM6oXTWhTnP ana@x"}]
accept:
  - service: {name: nginx, state: started}
  - file: {path: /etc/nginx/sites-enabled/default, state: absent}
"""


def bench_on(line: str, root: Path) -> Bench:
    bench = project_here(root, TOOLSPEC, GOAL)
    path = root / "toolspecs" / "it" / "toolspec.yml"
    path.write_text(path.read_text().replace("become: false\n", ""))
    bench.inventory({"all": [line.replace(line.split(maxsplit=1)[0], "here", 1)]})
    return bench


def test_what_the_preview_says_is_what_apply_does(host_engine: Engine, tmp_path: Path) -> None:
    with host_engine.hosts(["odd1"]) as fleet:
        host = fleet["odd1"]
        # Its package index was never fetched. Ansible takes one whose directory changed within the hour for fresh.
        host.exec(["sh", "-c", "rm -rf /var/lib/apt/lists/* && touch -d '2 hours ago' /var/lib/apt/lists"])
        bench = bench_on(host.inventory_line("ssh"), tmp_path / "p")
        assert bench.fazai("plan", "goals/it.yaml").code == 0
        previewed = bench.fazai("preview", "goals/it.yaml")
        assert previewed.code == 0, previewed.stdout
        tasks = {task["task"]: task["status"] for task in previewed.of("preview")["tasks"]}
        assert tasks["Install nginx-light"] in {"unknown", "predicted change"}
        assert tasks["Remove /etc/nginx/sites-enabled/default"] == "unknown"
        plan_hash = previewed.of("preview")["plan_hash"]
        applied = bench.fazai("apply", plan_hash, "--approve", plan_hash, "--accept-risk", "data-loss")
        assert applied.code == 0, applied.stdout
        assert [line for line in applied.lines if line.get("type") == "finding"] == []
        assert bench.fazai("verify", plan_hash).of("verification")["level"] == "accepted"
