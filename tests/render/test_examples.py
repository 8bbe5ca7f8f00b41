"""`playbooks/` and `molecule/` are what FazAI makes of the sample goals; `tools/render_examples.py` writes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.stem for path in (ROOT / "playbooks").glob("*.yml"))


@pytest.mark.io
def test_the_examples_are_what_the_goals_render_to_now() -> None:
    argv = [sys.executable, str(ROOT / "tools" / "render_examples.py"), "--check"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.io
def test_every_example_has_its_scenario_and_there_are_some() -> None:
    assert EXAMPLES
    assert sorted(path.name for path in (ROOT / "molecule").iterdir() if path.is_dir()) == EXAMPLES


@pytest.mark.io
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_inventory_has_the_groups_of_an_example(name: str) -> None:
    inventory = yaml.safe_load((ROOT / "inventory" / "hosts.yml").read_text())
    (play,) = yaml.safe_load((ROOT / "playbooks" / f"{name}.yml").read_text())
    assert play["hosts"] in {"all", *inventory["all"]["children"]}
