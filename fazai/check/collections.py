"""Which collections a playbook needs and Ansible would not find."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from fazai.diagnostic import Finding, Severity, Where

_DEFAULT = "~/.ansible/collections:/usr/share/ansible/collections"
_REMEDY = (
    "ansible-galaxy collection install -r requirements.yml, or, where Galaxy is out of reach: pip install 'fazai[collections]'"
)


def collection_paths(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where Ansible looks, in its order: the configured paths or its defaults, then the Python environment."""
    configured = environ.get("ANSIBLE_COLLECTIONS_PATH") or _DEFAULT
    paths = [Path(part).expanduser() for part in configured.split(":") if part] + [Path(part) for part in sys.path if part]
    return tuple(dict.fromkeys(paths))


def missing_collections(collections: Mapping[str, str], search_paths: Iterable[Path] | None = None) -> list[Finding]:
    """An error for each collection (name -> version as in requirements.yml) that is missing or of a wrong version.

    As with Ansible, the first one found counts, whatever lies behind it.
    """
    paths = tuple(collection_paths() if search_paths is None else search_paths)
    return [finding for name, wanted in sorted(collections.items()) for finding in _judged(name, wanted, paths)]


def _judged(name: str, wanted: str, paths: Iterable[Path]) -> Iterator[Finding]:
    from packaging.specifiers import InvalidSpecifier  # noqa: PLC0415 -- not needed to start

    directory = next((found for path in paths if (found := _directory(path, name)) is not None), None)
    if directory is None:
        yield Finding(
            summary="A collection is missing",
            detail=f"{name} {_said(wanted)}is not where Ansible looks for collections.",
            where=Where(field=name),
            remedy=_REMEDY,
        )
        return
    have = _version(directory)
    try:
        fits = _fits(have, wanted)
    except InvalidSpecifier as error:
        yield Finding(
            severity=Severity.WARNING,
            summary="The version of a collection cannot be told",
            detail=f"{name}: {error}.",
            where=Where(file=str(directory)),
            remedy=_REMEDY,
        )
        return
    if not fits:
        yield Finding(
            summary="A collection has the wrong version",
            detail=f"{name} is {have or 'of no known version'}, and {wanted} is needed.",
            where=Where(file=str(directory)),
            remedy=_REMEDY,
        )


def _said(wanted: str) -> str:
    return "" if wanted in {"", "*"} else f"{wanted} "


def _fits(have: str | None, wanted: str) -> bool:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 -- not needed to start

    if wanted in {"", "*"}:
        return True
    if have is None:
        return False
    # Galaxy takes a bare version for exactly that one.
    spec = SpecifierSet(
        ",".join(part if part.strip()[0] in "<>=!~" else f"=={part}" for part in wanted.split(",") if part.strip())
    )
    return spec.contains(have, prereleases=True)


def _directory(path: Path, name: str) -> Path | None:
    """Where a collection lies under a search path, which may itself be the directory `ansible_collections`."""
    base = path if path.name == "ansible_collections" else path / "ansible_collections"
    directory = base.joinpath(*name.split("."))
    return directory if directory.is_dir() else None


def _version(directory: Path) -> str | None:
    """From MANIFEST.json of an installed collection, or galaxy.yml of one that is being written."""
    manifest, galaxy = directory / "MANIFEST.json", directory / "galaxy.yml"
    try:
        if manifest.is_file():
            info: Any = json.loads(manifest.read_text(encoding="utf-8")).get("collection_info", {})
        elif galaxy.is_file():
            info = yaml.safe_load(galaxy.read_text(encoding="utf-8"))
        else:
            return None
    except (ValueError, OSError, yaml.YAMLError, AttributeError):
        return None
    version = info.get("version") if isinstance(info, Mapping) else None
    return str(version) if version else None
