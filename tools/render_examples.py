#!/usr/bin/env python3
"""Writes playbooks/ and molecule/ of this repository anew: some goals of examples/goals, planned by FazAI for inventory/.

`--check` writes nothing and says which files are old. The roles that the playbooks use are the catalog's, in roles/.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOALS = ("nginx-site", "redis-cache", "ssh-baseline")
# Directories that hold nothing but what is rendered, and single files beside what is written by hand.
WHOLE = ("molecule",)


def rendered() -> Mapping[str, str]:
    """What `fazai plan` writes for these goals in a fresh project, by path; roles are left to the catalog.

    Raises `subprocess.CalledProcessError` for a goal that cannot be planned.
    """
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        shutil.copytree(ROOT / "inventory", project / "inventory")
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        for goal in GOALS:
            argv = [sys.executable, "-m", "fazai", "--quiet", "plan", str(ROOT / "examples" / "goals" / f"{goal}.yaml")]
            subprocess.run(argv, cwd=project, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own program
        files = [path for part in ("playbooks", "molecule") for path in (project / part).rglob("*") if path.is_file()]
        return {str(path.relative_to(project)): path.read_text(encoding="utf-8") for path in sorted(files)}


def old(wanted: Mapping[str, str]) -> list[str]:
    """The files that are missing, otherwise, or there though no goal asks for them."""
    here = [path for part in WHOLE for path in (ROOT / part).rglob("*") if path.is_file()]
    here += (ROOT / "playbooks").glob("*.yml")
    known = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in here}
    return sorted(name for name in known.keys() | wanted.keys() if known.get(name) != wanted.get(name))


def write(wanted: Mapping[str, str]) -> None:
    """All of them, and none that is not wanted."""
    for name in old(wanted):
        path = ROOT / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is old")
    check = parser.parse_args().check
    wanted = rendered()
    names = old(wanted)
    for name in names:
        print(f"{'old' if check else 'written'}: {name}")
    if not check:
        write(wanted)
    return 1 if check and names else 0


if __name__ == "__main__":
    sys.exit(main())
