"""What rendering gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fazai.acceptance import Check
from fazai.toolspec import Prediction


@dataclass(frozen=True, kw_only=True)
class RenderedTask:
    """One task of a role, in one use of it.

    `place` is `file:line`, the line of its `- name:`, as Ansible's `task_path` says it (relative to the project). A
    toolspec that is used twice has its tasks listed for each `use` (the index in the plan), with the same places. `step` is
    the step's index, the handler's name, or None for the task that asserts the platform. `after` holds the places of
    the earlier tasks, in the whole plan, that this one waits for. `conditional`: its condition names what an earlier task of
    its step found. `refreshes_index`: it fetches the package index first, which check mode does not.
    """

    place: str
    title: str
    role: str
    use: int
    step: int | str | None
    handler: bool
    after: tuple[str, ...]
    prediction: Prediction
    hidden: bool
    conditional: bool = False
    refreshes_index: bool = False


@dataclass(frozen=True, kw_only=True)
class RenderedCheck:
    """One check in the verify or keep playbook.

    `index` counts within its group, in the order of running: the goal's own checks, then those of each use's
    toolspec. `use` is the index of that use, None for the goal's own. `places` are the lines of its tasks; the first is the one
    whose result `check.observation()` reads. It is empty for a check that cannot be run yet.
    """

    group: Literal["accept", "keep"]
    index: int
    title: str
    places: tuple[str, ...]
    check: Check
    use: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """The files of a plan, by path relative to the project, and what the other rooms need to know about them.

    `collections` maps each collection that the playbooks use, beyond ansible.builtin, to the range of versions that will do.
    `gathers` are the subsets of facts.
    """

    files: Mapping[str, str]
    tasks: tuple[RenderedTask, ...]
    checks: tuple[RenderedCheck, ...]
    collections: Mapping[str, str]
    playbook: str
    verify_playbook: str
    keep_playbook: str | None
    gathers: tuple[str, ...]
