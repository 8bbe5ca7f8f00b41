"""The before-image within a permit: kept, and on disk, before the first write."""

from __future__ import annotations

import os
from pathlib import Path

from fazai.diagnostic import Finding, HostsFailed
from fazai.flow.dispatch import Permit
from fazai.memory import BeforeImage, before_playbook, image_of, touched_paths
from fazai.project import private_directory, write_atomically

PLAYBOOK = "before.yml"


def keep_before(permit: Permit) -> BeforeImage:
    """Look at, and fetch, what the plan touches. Raises `HostsFailed` when a host's image could not be taken."""
    run_id = permit.writer.run.id
    directory = private_directory(permit.world.project.state / "memory" / run_id)
    files = private_directory(directory / "files")
    touched, _unknown = touched_paths(permit.plan)
    become = any(spec.become for spec in permit.plan.toolspecs())
    hosts = permit.preview.hosts
    # Relative to the tree: Ansible would template a project's path that has braces in it.
    destination = Path(os.path.relpath(files, permit.tree))
    text = before_playbook(permit.plan.goal.hosts, touched, destination, become=become)
    events = permit.look(PLAYBOOK, text) if touched else ()
    image = image_of(permit.plan, run_id, events, files)
    unseen = set(hosts) - {item.host for item in image.paths} if touched else set()
    if unseen:
        raise HostsFailed(
            Finding(
                summary="The before-image could not be kept",
                detail=f"Nothing was changed. No answer from {', '.join(sorted(unseen))}.",
                remedy=f"See `fazai runs show {run_id}`, mend the cause, and preview again.",
            )
        )
    write_atomically(directory / "before.json", image.model_dump_json(by_alias=True, indent=1), mode=0o600)
    _sync(files)
    permit.world.journal.write("before", run=run_id, plan=permit.plan.hash, paths=len(image.paths))
    return image


def _sync(directory: Path) -> None:
    """Make fetched files private, and survive a loss of power."""
    for path in directory.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            path.chmod(0o700)
