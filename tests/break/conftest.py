"""The played world of the story's tests, and a project on this machine that Ansible really runs in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow.conftest import runner, told, world
from tests.line.bench import Bench

__all__ = ["here", "runner", "told", "world"]

Here = Callable[..., Bench]


@pytest.fixture
def here(tmp_path: Path) -> Here:
    """Makes a project whose only host is this machine, without root, with one toolspec and a goal that uses it."""

    def make(toolspec: str, goal: str = "", name: str = "project") -> Bench:
        bench = Bench(tmp_path / name)
        (bench.root / "goals").mkdir(parents=True)
        bench.inventory({"all": [f"here ansible_connection=local ansible_python_interpreter={sys.executable}"]})
        (bench.root / "toolspecs" / "it").mkdir(parents=True)
        head = "name: it\ntitle: {en: It}\nbecome: false\n"
        (bench.root / "toolspecs" / "it" / "toolspec.yml").write_text(head + toolspec)
        (bench.root / "goals" / "it.yaml").write_text("name: it\ngoal: do it\nhosts: here\nuse: [it]\n" + goal)
        return bench

    return make
