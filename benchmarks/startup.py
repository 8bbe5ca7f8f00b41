#!/usr/bin/env python3
"""Measures what FazAI costs over bare Ansible, as ratios: pairs run one after the other, in turn, and the median of their ratios.

    make bench                              all of it, 7 pairs each
    benchmarks/startup.py --pairs 15 help   one of: help, plan, runner

A ratio of a pair says something on a busy machine too, a time does not. Processor time is that of the whole process tree.
Nothing is touched but a temporary directory.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
FEWEST = 7

PLAY = """\
- name: Many events
  hosts: all
  gather_facts: false
  tasks:
{tasks}"""
TASK = """\
    - name: Say {n}
      ansible.builtin.debug:
        msg: "{n}"
"""
# As `run/` does it, without looking at the events any further.
RUNNER = """\
import sys
from pathlib import Path
from fazai.run import AnsibleRunner, Job
root = Path(sys.argv[1])
events = AnsibleRunner().run(Job(tree=root, playbook="play.yml", cwd=root, inventory=(str(root / "hosts.ini"),)))
assert sum(1 for event in events if event.kind.value.startswith("host_")) >= int(sys.argv[2])
"""


@dataclass(frozen=True)
class Spent:
    """Seconds of one command: on the clock, and of the processor."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Case:
    """A command of ours, and the bare one it is compared with; `goal` is the ratio that is wished for, if any."""

    title: str
    ours: Sequence[str]
    bare: Sequence[str]
    cwd: Path
    goal: float | None = None


def spent(argv: Sequence[str], cwd: Path) -> Spent:
    """Run it once. Raises `CalledProcessError` when it fails: a failure must not pass for speed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ANSIBLE_ROLES_PATH": "roles", "ANSIBLE_LOCALHOST_WARNING": "False"}
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(argv, cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(case: Case, pairs: int) -> str:
    """A row of the table: medians of both sides and of the ratios within each pair."""
    spent(case.ours, case.cwd), spent(case.bare, case.cwd)  # caches are filled for both
    ours, bare = [], []
    for n in range(pairs):
        # Who goes first alternates, so that a drift of the machine favours neither.
        sides = [(case.ours, ours), (case.bare, bare)]
        for argv, found in sides if n % 2 == 0 else reversed(sides):
            found.append(spent(argv, case.cwd))
    wall = statistics.median(a.wall / b.wall for a, b in zip(ours, bare, strict=True))
    cpu = statistics.median(a.cpu / b.cpu for a, b in zip(ours, bare, strict=True))
    own, other = statistics.median(a.cpu for a in ours), statistics.median(b.cpu for b in bare)
    goal = "" if case.goal is None else f"at most {case.goal}"
    return f"| {case.title} | {own:.2f} | {other:.2f} | {cpu:.2f} | {wall:.2f} | {goal} |"


def project(root: Path) -> Path:
    """A project with a sample goal for this machine, planned once."""
    (root / "inventory").mkdir(parents=True)
    (root / "inventory" / "hosts.ini").write_text("[web]\nlocalhost ansible_connection=local\n")
    shutil.copy(ROOT / "examples" / "goals" / "nginx-site.yaml", root)
    spent([sys.executable, "-m", "fazai", "plan", "nginx-site.yaml"], root)
    return root


def help_case(root: Path) -> Case:
    """The lightest command of both."""
    fazai = [sys.executable, "-m", "fazai", "--help"]
    return Case("`fazai --help` / `ansible --version`", fazai, [str(BIN / "ansible"), "--version"], root, 0.15)


def plan_case(root: Path) -> Case:
    """A goal planned, rendered, judged and written, against Ansible's own look at the playbook."""
    fazai = [sys.executable, "-m", "fazai", "plan", "nginx-site.yaml"]
    bare = [str(BIN / "ansible-playbook"), "-i", "inventory", "--syntax-check", "playbooks/nginx-site.yml"]
    return Case("`fazai plan` / `ansible-playbook --syntax-check`", fazai, bare, project(root / "project"))


def runner_case(root: Path) -> Case:
    """A play of many events through the runner, against the same play bare."""
    hosts, tasks = 10, 20
    (root / "play.yml").write_text(PLAY.format(tasks="".join(TASK.format(n=n) for n in range(tasks))))
    (root / "hosts.ini").write_text("".join(f"h{n} ansible_connection=local\n" for n in range(hosts)))
    bare = [str(BIN / "ansible-playbook"), "-i", "hosts.ini", "play.yml"]
    title = f"the runner / `ansible-playbook`, {hosts} hosts, {tasks} tasks"
    return Case(title, [sys.executable, "-c", RUNNER, str(root), str(hosts * tasks)], bare, root)


CASES: Mapping[str, Callable[[Path], Case]] = {"help": help_case, "plan": plan_case, "runner": runner_case}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", choices=[*CASES, []], metavar="CASE", help="help, plan, runner; all if left out")
    parser.add_argument("--pairs", type=int, default=FEWEST, help=f"pairs of runs, at least {FEWEST}")
    given = parser.parse_args()
    if given.pairs < FEWEST:
        parser.error(f"--pairs: fewer than {FEWEST} say nothing")
    print("| ours / bare | ours, cpu s | bare, cpu s | cpu ratio | wall ratio | goal |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in given.cases or CASES:
        with tempfile.TemporaryDirectory() as directory:
            print(measure(CASES[name](Path(directory)), given.pairs), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
