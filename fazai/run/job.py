"""What is to be run, and who can run it."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from fazai.outcome import Event


@dataclass(frozen=True, kw_only=True)
class Job:
    """One execution of ansible-playbook.

    `tree` holds playbooks/ and roles/ as rendered and is private to the run; `playbook` is relative to it. `inventory` has
    absolute paths of files and directories, or literal host lists (recognised by their comma), each given to `-i`: a
    host list in a configuration file would be taken for a path. `limit` has host names. `cwd` is the project's root, whose
    `ansible.cfg` holds. `check` is check mode. The diff is always asked for: it shows what apply did as well.
    `environment` is added to the caller's own; secrets may be in it, so it is never told in an event.
    """

    tree: Path
    playbook: str
    cwd: Path
    inventory: tuple[str, ...] = ()
    limit: tuple[str, ...] = ()
    check: bool = False
    forks: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    vault_password_file: str | None = None


class Runner(Protocol):
    """Runs playbooks. Two are shipped: `AnsibleRunner`, and `RememberedRunner` which plays back."""

    def run(self, job: Job) -> Generator[Event, None, None]:
        """The events of a run as they happen, numbered from 1.

        The first is `RUN_STARTED`, its result has `argv`, `versions`, `pid` and `pgid` (of the process to stop, for whoever
        finds the run unfinished). The last is `RUN_FINISHED`, its result has `rc`, `status` (`successful`, `failed`,
        `interrupted` by us, `killed` by somebody) and `hosts`: counts per host named as in `HostResult`. Host events
        have Ansible's result, reduced and without secrets (see `reduced`), one event for each host and task, loops too.

        Closing the generator stops the playbook and waits for its end. A KeyboardInterrupt while it waits (or thrown into it by
        who was interrupted outside of it) does so too; then the remaining events come, `RUN_FINISHED` with status
        `interrupted`, and KeyboardInterrupt is raised again.

        Raises `FazaiError` at once when nothing can be started: no ansible-playbook, no such playbook or inventory.
        """
        ...

    def versions(self) -> Mapping[str, str]:
        """Versions of what runs: ansible-core, ansible-runner, python."""
        ...

    def hosts(
        self, inventory: Sequence[str], pattern: str, cwd: Path, *, vault_password_file: str | None = None
    ) -> tuple[str, ...]:
        """The hosts of the inventory that a pattern means, in the inventory's order; none for a pattern that matches nothing.

        Raises `FazaiError` when the inventory cannot be read.
        """
        ...

    def targets(
        self, inventory: Sequence[str], hosts: Sequence[str], cwd: Path, *, vault_password_file: str | None = None
    ) -> Mapping[str, str]:
        """How each host is reached, `ssh 192.168.15.2:22`: a host of the same name may be another machine tomorrow.

        Raises `FazaiError` when the inventory cannot be read.
        """
        ...
