"""The before-image says what was there; contents that could hold a secret are never fetched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazai.document import build, parse
from fazai.goal import Goal
from fazai.memory import before_playbook, image_of, touched_paths
from fazai.outcome import Event, EventKind
from fazai.plan import Origin, Plan, Source, Use
from fazai.run import AnsibleRunner, Job
from fazai.toolspec import ToolSpec

SPEC = """
name: x
title: {en: X}
become: false
inputs:
  root: {type: path, required: true}
  password: {secret: true, required: true}
steps:
  - file: {path: "{{ root }}/open", content: new, mode: "0644"}
  - file: {path: "{{ root }}/closed", content: "{{ password }}", mode: "0600"}
  - file: {path: "{{ root }}/{{ short_hostname }}", content: new, mode: "0644"}
  - file: {path: "{{ root }}/missing", content: new, mode: "0644"}
"""


def plan_for(root: Path) -> Plan:
    spec = build(ToolSpec, parse(SPEC, "spec"))
    goal = build(Goal, parse("{name: x, goal: a file, hosts: all}", "goal"))
    inputs = {"root": str(root), "password": "env:PASSWORD"}
    return Plan(goal=goal, uses=(Use(toolspec=spec, inputs=inputs, origin=Origin(source=Source.GOAL, name="x")),))


def test_touched_paths_are_values_and_what_only_a_host_knows_is_said() -> None:
    known, unknown = touched_paths(plan_for(Path("/srv")))
    assert [(item.path, item.secret) for item in known] == [("/srv/closed", True), ("/srv/missing", False), ("/srv/open", False)]
    assert unknown == ("{{ root }}/{{ short_hostname }}",)


def test_a_path_that_could_hold_a_secret_is_looked_at_but_not_fetched() -> None:
    known, _ = touched_paths(plan_for(Path("/srv")))
    look, fetch = json.loads(before_playbook("all", known, Path("/keep"), become=False))[0]["tasks"]
    assert "/srv/closed" in look["loop"]
    assert "/srv/closed" not in fetch["loop"]


@pytest.mark.io
def test_a_real_run_keeps_what_is_there_and_changes_nothing(tmp_path: Path) -> None:
    root, keep, tree = tmp_path / "root", tmp_path / "keep", tmp_path / "tree"
    for directory in (root, keep, tree):
        directory.mkdir()
    (root / "open").write_text("old text")
    (root / "open").chmod(0o640)
    (root / "closed").write_text("an old secret")
    (tmp_path / "hosts.ini").write_text(
        "here ansible_connection=local ansible_python_interpreter='{{ ansible_playbook_python }}'\n"
    )
    plan = plan_for(root)
    (tree / "before.yml").write_text(before_playbook("all", touched_paths(plan)[0], keep, become=False))
    job = Job(tree=tree, playbook="before.yml", cwd=tmp_path, inventory=(str(tmp_path / "hosts.ini"),), limit=("here",))
    events = list(AnsibleRunner().run(job))
    image = image_of(plan, "run", events, keep)
    seen = {Path(item.path).name: item for item in image.paths}
    assert (keep / "here" / str(root / "open").lstrip("/")).read_text() == "old text"
    assert (seen["open"].kind, seen["open"].mode, seen["open"].content_kept) == ("file", "0640", True)
    assert (seen["closed"].kind, seen["closed"].content_kept) == ("file", False)
    assert (seen["missing"].kind, seen["missing"].existed) == ("nothing", False)
    assert b"an old secret" not in b"".join(path.read_bytes() for path in keep.rglob("*") if path.is_file())
    assert not any(
        event.kind in {EventKind.HOST_CHANGED, EventKind.HOST_FAILED}
        for event in events
        if event.task != "Fetch what will be touched"
    )
    assert (root / "open").read_text() == "old text"


def test_a_host_that_did_not_answer_has_no_paths() -> None:
    lost = Event(kind=EventKind.HOST_UNREACHABLE, host="web1", task="Look at what will be touched")
    assert image_of(plan_for(Path("/srv")), "run", [lost], Path("/keep")).paths == ()
