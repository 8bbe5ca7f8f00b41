"""The toolspecs of one directory, by the names of their own directories."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from fazai.diagnostic import Finding, InvalidFile, Severity, Where

FILE: Final = "toolspec.yml"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")


def places(directory: Path) -> tuple[dict[str, Path], list[Finding]]:
    """Directories of toolspecs by name, and remarks on what looks like one and is none. Nothing is read."""
    found: dict[str, Path] = {}
    remarks: list[Finding] = []
    if not directory.is_dir():
        return found, remarks
    for path in sorted(directory.iterdir()):
        if path.name.startswith((".", "_")) or not path.is_dir():
            continue
        remark = _remark(path, directory)
        if remark is None:
            found[path.name] = path
        else:
            remarks.append(remark)
    return found, remarks


def _remark(path: Path, directory: Path) -> Finding | None:
    """Why a directory is not taken for a toolspec."""
    if _NAME.fullmatch(path.name) is None:
        return _ignored(path, "its name is not that of a toolspec", "Use small letters, digits and _, beginning with a letter.")
    if not inside(path, directory):
        return _ignored(path, "it is a link to a place outside", f"Put the toolspec itself into {directory}.")
    if not (path / FILE).is_file():
        other = next((name for name in ("toolspec.yaml", "toolspec.json") if (path / name).is_file()), None)
        remedy = f"Rename {other} to {FILE}." if other else f"Add {path.name}/{FILE}, or move the directory away."
        return _ignored(path, f"it has no {FILE}", remedy)
    return None


def _ignored(path: Path, why: str, remedy: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        summary="A directory is not a toolspec",
        detail=f"It is left out: {why}.",
        where=Where(file=str(path)),
        remedy=remedy,
    )


def inside(path: Path, directory: Path) -> bool:
    """Whether `path`, all links followed, lies within `directory`."""
    return path.resolve().is_relative_to(directory.resolve())


def must_be_inside(path: Path, directory: Path) -> None:
    """Raise `InvalidFile` for a file that a link leads out of its directory to."""
    if not inside(path, directory):
        raise InvalidFile(
            Finding(
                summary="A file leads out of its directory",
                where=Where(file=str(path)),
                remedy="Put the file itself there instead of a link.",
            )
        )
