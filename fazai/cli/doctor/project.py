"""Looks at the project around the current directory; only what is there is looked at, and nothing is made."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from fazai.cli._words import counted
from fazai.cli.views import Checkup
from fazai.diagnostic import FazaiError
from fazai.project import Journal, Project, RunStore

_LEAST_FREE = 200 * 1024 * 1024  # bytes; below this a run could find the disk full


def project_checkups(inventory: Sequence[str] | None) -> Iterator[Checkup]:
    """Every look at the project, its settings first: without them there is nothing more to see."""
    try:
        project = Project.find()
    except FazaiError as error:
        yield Checkup(name="project", state="error", text=str(error), remedy="`fazai lint` shows every mistake.")
        return
    if project.given:
        yield Checkup(name="project", state="ok", text=str(project.root))
    else:
        yield Checkup(name="project", state="warning", text="no fazai.yml here or above", remedy="`fazai init` writes a project.")
    yield _inventory(project, inventory)
    yield _disk(project.root)
    state = project.root / ".fazai"
    if state.is_dir():
        yield _private(state)
        yield _journal(state)
        yield _runs(state)


def _inventory(project: Project, own: Sequence[str] | None) -> Checkup:
    from fazai.run import AnsibleRunner  # noqa: PLC0415

    try:
        sources = tuple(own) if own else project.inventories()
        hosts = AnsibleRunner().hosts(sources, "all", project.root)
    except FazaiError as error:
        first = error.findings[0]
        return Checkup(name="inventory", state="error", text=f"{first.summary}: {first.detail}", remedy=first.remedy)
    if not hosts:
        return Checkup(name="inventory", state="warning", text="no hosts in it", remedy="Add your hosts to inventory/hosts.yml.")
    return Checkup(name="inventory", state="ok", text=counted(len(hosts), "host"))


def _disk(root: Path) -> Checkup:
    free = shutil.disk_usage(root).free
    text = f"{free // (1024 * 1024)} MiB free"
    if free < _LEAST_FREE:
        return Checkup(name="disk", state="error", text=text, remedy="Make room: runs and their events are written here.")
    return Checkup(name="disk", state="ok", text=text)


def _private(state: Path) -> Checkup:
    mode = stat.S_IMODE(state.stat().st_mode)
    if mode & 0o077:
        return Checkup(
            name=".fazai", state="error", text=f"others can look into it (mode {mode:04o})", remedy=f"chmod 700 {state}"
        )
    return Checkup(name=".fazai", state="ok", text=f"mode {mode:04o}")


def _journal(state: Path) -> Checkup:
    broken = Journal(state).broken_at()
    if broken is not None:
        return Checkup(
            name="journal",
            state="error",
            text=f"the chain breaks at line {broken}: it was changed, or a disk lost it",
            remedy=f"Keep {state / 'journal.ndjson'} as evidence, find out who wrote to it, then move it away.",
        )
    return Checkup(name="journal", state="ok", text="unbroken")


def _runs(state: Path) -> Checkup:
    cut_off = RunStore(state).cut_off()
    if cut_off:
        ids = ", ".join(run.id for run in cut_off[-3:])
        remedy = "A preview of the same hosts shows how things stand, and settles it: " + "; ".join(
            dict.fromkeys(f"fazai preview {run.plan_hash[:12]}" for run in cut_off[-3:])
        )
        return Checkup(
            name="runs", state="warning", text=f"{len(cut_off)} cut off, nobody can say what they did: {ids}", remedy=remedy
        )
    return Checkup(name="runs", state="ok", text=f"{len(RunStore(state).ids())}, none cut off")
