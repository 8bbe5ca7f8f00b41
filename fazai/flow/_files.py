"""Rendered text into files: the plan's own tree, which runs, and the project's, which people read and may edit."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from fazai.diagnostic import Finding, Severity, Where
from fazai.flow._requirements import merged
from fazai.project import Project, write_atomically
from fazai.render import Rendered

REQUIREMENTS = "requirements.yml"


def write_tree(tree: Path, files: Mapping[str, str]) -> Path:
    """The run's own tree, written anew: what runs is what was planned, whatever was edited elsewhere."""
    shutil.rmtree(tree, ignore_errors=True)
    for name, text in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(text, encoding="utf-8")
    return tree


def write_project_files(project: Project, rendered: Rendered) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """The project's own files. One that a person edited since FazAI wrote it is kept, and a warning says so."""
    record = project.state / "written.json"
    written: dict[str, str] = _read_record(record)
    files: list[Path] = []
    findings: list[Finding] = []
    for name, text in rendered.files.items():
        path = project.root / name
        content = text
        if name == REQUIREMENTS and path.is_file():
            together = merged(path.read_text(encoding="utf-8", errors="surrogateescape"), text)
            if together is None:
                findings.append(_not_merged(name, text))
                continue
            content = together
        elif path.is_symlink() or _edited(path, content, written.get(name)):
            findings.append(_kept(name))
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8", "surrogateescape")
        if not path.is_file() or path.read_bytes() != data:
            write_atomically(path, data)
        written[name] = _digest(content)
        files.append(path)
    write_atomically(record, json.dumps(written, indent=1, sort_keys=True), mode=0o600)
    return tuple(files), tuple(findings)


def _read_record(path: Path) -> dict[str, str]:
    try:
        record: Mapping[str, str] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return dict(record)


def _edited(path: Path, text: str, recorded: str | None) -> bool:
    if not path.is_file():
        return path.exists()
    now = path.read_text(encoding="utf-8", errors="replace")
    return now != text and _digest(now) != recorded


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _kept(name: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        summary="A file was edited by hand and is kept",
        where=Where(file=name),
        detail="FazAI runs what it planned, not this file.",
        remedy="Remove or rename it, then plan again, to have FazAI's own text here.",
    )


def _not_merged(name: str, text: str) -> Finding:
    wanted = ", ".join(line.partition(": ")[2] for line in text.splitlines() if line.strip().startswith("- name:"))
    return Finding(
        severity=Severity.WARNING,
        summary="The file of requirements is kept as it is",
        where=Where(file=name),
        detail=f"It is not written in a way that FazAI can add to. This plan needs {wanted}.",
        remedy="Add them by hand where they are missing.",
    )
