"""`fazai init`."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from fazai.cli.views import View

HELP = """\
Write a new project: commented settings, an example goal, an inventory, and what Ansible and an editor need.

A file that is there already is kept, and named. So it can be run again, as after a clone."""
EXAMPLE = "  fazai init shop\n  cd shop\n  fazai plan goals/example.yaml"

# What is written -> the file under fazai/cli/starter/ that it is a copy of.
STARTER = {
    "fazai.yml": "fazai.yml",
    "goals/example.yaml": "goals/example.yaml",
    "inventory/hosts.yml": "inventory/hosts.yml",
    "ansible.cfg": "ansible.cfg",
    ".gitignore": "gitignore",
    "README.md": "README.md",
}
SCHEMAS = ("goal", "toolspec", "settings")


def add_arguments(parser: ArgumentParser) -> None:
    """Where."""
    parser.add_argument(
        "directory", metavar="DIR", nargs="?", default=".", help="Directory of the project, made if need be; this one if left out"
    )


def run(args: Namespace, view: View) -> int:
    """Write what is not there."""
    from fazai.project.files import private_directory, write_atomically  # noqa: PLC0415

    root = Path(args.directory)
    _make(root)
    for name, source in STARTER.items():
        path = root / name
        if path.exists() or path.is_symlink():
            view.file(str(path), "kept")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, _starter().joinpath(source).read_text(encoding="utf-8"))
        view.file(str(path), "written")
    _write_schemas(private_directory(root / ".fazai"))
    place = "" if root.resolve() == Path.cwd() else f"cd {args.directory} && "
    view.note(f"Next: put your hosts into {root / 'inventory' / 'hosts.yml'}, then: {place}fazai plan goals/example.yaml")
    return 0


def _make(root: Path) -> None:
    from fazai.diagnostic import Finding, UsageError, Where  # noqa: PLC0415

    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            Finding(
                summary="A directory cannot be made",
                detail=f"{error.strerror}.",
                where=Where(file=str(root)),
                remedy="Choose another place, or check its permissions.",
            )
        ) from error


def _write_schemas(state: Path) -> None:
    """FazAI's own files, for editors: always as this version has them."""
    from fazai.cli._schemas import schema_of  # noqa: PLC0415
    from fazai.project.files import private_directory, write_atomically  # noqa: PLC0415

    directory = private_directory(state / "schema")
    for name in SCHEMAS:
        write_atomically(directory / f"{name}.json", json.dumps(schema_of(name), indent=1) + "\n")


def _starter() -> Traversable:
    return files("fazai.cli") / "starter"
