"""Everything the story needs from outside, in one value: no step of it reaches past this."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fazai.kb import Store
from fazai.outcome import Event
from fazai.project import Journal, PlanStore, Project, RunStore
from fazai.run import Runner
from fazai.shelf import Shelf

Tell = Callable[[Event], None]


@dataclass(frozen=True)
class World:
    """The project, what runs playbooks, what is known, who asks, and who listens.

    `open_store` opens the knowledge base when it is needed, since that is slow. `inventory` overrides the project's.
    """

    project: Project
    runner: Runner
    shelf: Shelf
    open_store: Callable[[], Store]
    who: str
    tell: Tell
    inventory: tuple[str, ...] | None = None

    @classmethod
    def of(cls, project: Project, *, tell: Tell, inventory: tuple[str, ...] | None = None) -> World:
        """The real world: ansible-runner, Chroma, the built-in catalog and the project's own toolspecs."""
        from fazai.kb import ChromaStore  # noqa: PLC0415 -- heavy, and only where a story begins
        from fazai.run import AnsibleRunner  # noqa: PLC0415

        return cls(
            project=project,
            runner=AnsibleRunner(),
            shelf=Shelf.load(project.root / project.settings.toolspecs),
            open_store=lambda: ChromaStore(project.state / "kb"),
            who=who_asks(),
            tell=tell,
            inventory=inventory,
        )

    @cached_property
    def plans(self) -> PlanStore:
        """The project's plans."""
        return PlanStore(self.project.state)

    @cached_property
    def runs(self) -> RunStore:
        """The project's runs."""
        return RunStore(self.project.state)

    @cached_property
    def journal(self) -> Journal:
        """The project's journal."""
        return Journal(self.project.state)

    def inventory_of(self, own: str | None) -> tuple[str, ...]:
        """What goes to `-i`: the command line's, else the goal's own, else the project's."""
        if self.inventory is not None:
            return tuple(name if _is_host_list(name) else str(Path(name).resolve()) for name in self.inventory)
        return self.project.inventories(own)


def _is_host_list(name: str) -> bool:
    """`localhost,` is a list of hosts for Ansible's -i; anything else is a path."""
    return "," in name and not Path(name).exists()


def who_asks() -> str:
    """The person behind this process: the login that called sudo, where there was one."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
