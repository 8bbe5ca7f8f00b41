"""A project on disk and the command line over it, as a person uses them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOALS = Path(__file__).parents[2] / "examples" / "goals"


@dataclass(frozen=True)
class Answer:
    """What a command said: its exit code, and its JSON lines."""

    code: int
    lines: tuple[Mapping[str, Any], ...]
    stdout: str
    stderr: str

    def of(self, kind: str) -> Mapping[str, Any]:
        """The last line of a type. Fails with all that was said where there is none."""
        found = [line for line in self.lines if line.get("type") == kind]
        assert found, f"no {kind!r} in:\n{self.stdout}\n{self.stderr}"
        return found[-1]


@dataclass
class Bench:
    """A project in `root`, with goals to put in."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def goal(self, name: str, **changes: Any) -> str:
        """Copy a sample goal into the project; `changes` replace texts in it. Returns its path, relative to the project."""
        path = self.root / "goals" / Path(name).name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(GOALS / name, path)
        text = path.read_text()
        for old, new in changes.items():
            text = text.replace(old, new)
        path.write_text(text)
        return str(path.relative_to(self.root))

    def inventory(self, groups: Mapping[str, Sequence[str]]) -> None:
        """Write `inventory/hosts.ini`: groups of inventory lines."""
        path = self.root / "inventory" / "hosts.ini"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"[{group}]\n" + "".join(f"{line}\n" for line in lines) for group, lines in groups.items()))

    def fazai(self, *argv: str, timeout: float = 600) -> Answer:
        """Run a command with `--json`, without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "fazai", "--json", *argv],
            cwd=self.root,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        lines = tuple(json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, lines, done.stdout, done.stderr)

    def every_byte(self) -> bytes:
        """All that was written in the project, names and contents: where planted secrets are looked for."""
        found = [path for path in self.root.rglob("*") if path.is_file()]
        return b"\n".join(bytes(path) + b"\n" + path.read_bytes() for path in found)


def project_here(root: Path, toolspec: str, goal: str = "") -> Bench:
    """A project whose only host is this machine, without root: one toolspec `it`, and a goal that uses it."""
    bench = Bench(root)
    bench.inventory({"all": [f"here ansible_connection=local ansible_python_interpreter={sys.executable}"]})
    (root / "goals").mkdir()
    (root / "goals" / "it.yaml").write_text(f"name: it\ngoal: do it\nhosts: here\nuse: [it]\n{goal}")
    (root / "toolspecs" / "it").mkdir(parents=True)
    head = "name: it\ntitle: {en: It}\nbecome: false\n"
    (root / "toolspecs" / "it" / "toolspec.yml").write_text(head + toolspec)
    return bench
