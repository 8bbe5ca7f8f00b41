"""A project: a directory with `fazai.yml`, or any directory with the defaults."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path

from fazai.diagnostic import Finding, UsageError, Where
from fazai.document import build, parse
from fazai.project.files import private_directory
from fazai.project.settings import Settings

SETTINGS = "fazai.yml"
_MEANS_SOMETHING = re.compile(r"[{:,$\x00-\x1f\x7f]")
_LARGEST = 4 * 1024 * 1024  # bytes; a goal with whole pages in it is a small part of that


@dataclass(frozen=True)
class Project:
    """Where everything of a project is. `given` says whether it has a settings file of its own."""

    root: Path
    settings: Settings
    given: bool = True

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """The project around `start` (the current directory): the nearest `fazai.yml` upwards, else the directory itself.

        Raises `InvalidFile` for settings with mistakes, `UsageError` for a directory that is not there.
        """
        here = (start or Path.cwd()).resolve()
        if not here.is_dir():
            raise UsageError(Finding(summary="No such directory", where=Where(file=str(here)), remedy="Check the path."))
        for directory in (here, *here.parents):
            path = directory / SETTINGS
            if path.is_file():
                _refuse_meaning(directory)
                return cls(directory, build(Settings, parse(read_text(path), str(relative(path)))))
        _refuse_meaning(here)
        return cls(here, Settings(), given=False)

    @property
    def state(self) -> Path:
        """`.fazai/`, mode 0700; made when first asked for."""
        return private_directory(self.root / ".fazai")

    def inventories(self, own: str | None = None) -> tuple[str, ...]:
        """Absolute paths for `-i`: the goal's own inventory, or the settings' ones.

        Raises `UsageError` for one that is not there, or that leaves the project though the goal names it.
        """
        names = (own,) if own else self.settings.inventory
        return tuple(self._inventory(name, from_goal=own is not None) for name in names)

    def _inventory(self, name: str, *, from_goal: bool) -> str:
        path = (self.root / Path(name).expanduser()).resolve()
        if not path.exists():
            raise UsageError(
                Finding(
                    summary="No inventory",
                    detail=f'"{name}" is not there.',
                    where=Where(file=str(relative(path))),
                    remedy="Create it, or say another one: inventory: in fazai.yml, or -i. `fazai init` writes an example.",
                )
            )
        if from_goal:
            self._refuse_acting(path, name)
        return str(path)

    def _refuse_acting(self, path: Path, name: str) -> None:
        """A goal may come from a stranger: the inventory it names must be data inside the project, not a program."""
        inside = path.is_relative_to(self.root)
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        programs = [file for file in files if os.access(file, os.X_OK)]
        if not inside or programs:
            why = "it is outside the project" if not inside else f"{programs[0].name} is executable"
            raise UsageError(
                Finding(
                    summary="The goal's inventory is refused",
                    detail=f'"{name}": {why}, and a goal must not run programs.',
                    remedy="Name it in fazai.yml, or with -i, if you trust it.",
                )
            )


def _refuse_meaning(root: Path) -> None:
    """Ansible reads lists, variables and expressions in the paths it is given; it would even evaluate what stands in {{ }}."""
    found = _MEANS_SOMETHING.search(str(root))
    if found:
        raise UsageError(
            Finding(
                summary="The project's path cannot be used",
                detail=f'Ansible would not take "{found[0]}" in it as it is.',
                where=Where(file=str(root)),
                remedy="Move or rename the directory: no { : , $ or control characters.",
            )
        )


def read_text(path: Path) -> str:
    """A file's text. Raises `UsageError` when it cannot be read, or is not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(
            Finding(
                summary="A file cannot be read",
                detail=f"{reason}.",
                where=Where(file=str(relative(path))),
                remedy="Check the path, its permissions and its encoding.",
            )
        ) from error


def relative(path: Path) -> Path:
    """The path as a person in the current directory would write it."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        return path
