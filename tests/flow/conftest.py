"""A world in a temporary directory: real files, real catalog, hosts that are played."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fazai.document import build, parse
from fazai.flow import World
from fazai.goal import Goal
from fazai.kb import MemoryStore
from fazai.outcome import Event, EventKind
from fazai.project import Project
from fazai.run import Job
from fazai.shelf import Shelf

TOOLSPEC = """
name: note
title: {en: A note in a file, pt: Uma nota em um arquivo}
become: false
inputs:
  path: {type: path, default: /srv/note}
  text: {type: str, required: true, help: {en: What the note says}}
steps:
  - file: {path: "{{ path }}", content: "{{ text }}", mode: "0644"}
accept:
  - file: {path: "{{ path }}", contains: "{{ text }}"}
tags: [note]
"""


@dataclass
class PlayedRunner:
    """Hosts that are as the test says: whether the note is there, and which checks hold."""

    names: tuple[str, ...] = ("web1",)
    address: str = "10.0.0.1"
    note_there: bool = False
    settles: bool = True
    failing: bool = False
    checks_hold: bool = True
    jobs: list[Job] = field(default_factory=list)
    before: Callable[[Job], None] = lambda _job: None

    def versions(self) -> Mapping[str, str]:
        return {"ansible-core": "2.19.0"}

    def hosts(
        self, inventory: Sequence[str], pattern: str, cwd: Path, *, vault_password_file: str | None = None
    ) -> tuple[str, ...]:
        return self.names

    def targets(
        self, inventory: Sequence[str], hosts: Sequence[str], cwd: Path, *, vault_password_file: str | None = None
    ) -> dict[str, str]:
        return dict.fromkeys(hosts, self.address)

    def run(self, job: Job) -> Generator[Event, None, None]:
        self.before(job)
        self.jobs.append(job)
        yield Event(kind=EventKind.RUN_STARTED)
        if job.playbook == "before.yml":
            yield from self._look()
        elif job.playbook.startswith("playbooks/"):
            yield from self._note(job)
        else:
            yield from self._checks(job)
        failed = int(self.failing and not job.check)
        counts = {name: {"ok": 1, "failed": failed} for name in self.names}
        status = "failed" if failed else "successful"
        yield Event(kind=EventKind.RUN_FINISHED, result={"rc": 2 if failed else 0, "status": status, "hosts": counts})

    def _look(self) -> Iterator[Event]:
        for host in self.names:
            seen = {"results": [{"item": "/srv/note", "stat": {"exists": self.note_there}}]}
            yield Event(kind=EventKind.HOST_OK, host=host, task="Look at what will be touched", result=seen)

    def _note(self, job: Job) -> Iterator[Event]:
        place, line = "roles/note/tasks/main.yml", self._line(job)
        for host in self.names:
            yield Event(kind=EventKind.HOST_OK, host=host, task="Check the platform", role="note", place=f"{place}:2")
            kind = EventKind.HOST_OK if self.note_there else EventKind.HOST_CHANGED
            if self.failing and not job.check:
                kind = EventKind.HOST_FAILED
            yield Event(kind=kind, host=host, task="Write /srv/note", role="note", place=f"{place}:{line}", result={"msg": "x"})
        if not job.check:
            self.note_there = self.settles

    def _checks(self, job: Job) -> Iterator[Event]:
        lines = (job.tree / job.playbook).read_text().splitlines()
        places = [i + 1 for i, text in enumerate(lines) if text.strip().startswith("- name:") and text.startswith("        -")]
        for host in self.names:
            for number in places:
                if "Remember" in lines[number - 1]:
                    continue
                kind = EventKind.HOST_OK if self.checks_hold else EventKind.HOST_FAILED
                yield Event(kind=kind, host=host, task="x", place=f"{job.playbook}:{number}", result={"msg": "no"})

    def _line(self, job: Job) -> int:
        lines = (job.tree / "roles/note/tasks/main.yml").read_text().splitlines()
        return next(i + 1 for i, text in enumerate(lines) if text.startswith("- name: Write"))


def goal_of(text: str = "", **fields: Any) -> Goal:
    base = "{name: note, goal: leave a note, hosts: web, use: [{name: note, inputs: {text: hello}}]" + text + "}"
    return build(Goal, parse(base, "goal")).model_copy(update=fields)


@pytest.fixture
def runner() -> PlayedRunner:
    return PlayedRunner()


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def world(tmp_path: Path, runner: PlayedRunner, told: list[Event]) -> World:
    (tmp_path / "inventory").mkdir()
    (tmp_path / "inventory" / "hosts.ini").write_text("[web]\nweb1\n")
    (tmp_path / "toolspecs" / "note").mkdir(parents=True)
    (tmp_path / "toolspecs" / "note" / "toolspec.yml").write_text(TOOLSPEC)
    store = MemoryStore()
    return World(
        project=Project.find(tmp_path),
        runner=runner,
        shelf=Shelf.load(tmp_path / "toolspecs"),
        open_store=lambda: store,
        who="ana",
        tell=told.append,
    )
