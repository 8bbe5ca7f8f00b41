"""`fazai lint`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fazai.cli.views import View

if TYPE_CHECKING:
    from fazai.project import Project

HELP = """\
Find every mistake in goals, toolspecs and settings, each with its place and what to do. Nothing is planned.

Without files: the settings, goals and toolspecs of this project."""
EXAMPLE = "  fazai lint\n  fazai lint goals/*.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """Files."""
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="Goal, toolspec (or its directory) or settings; the whole project if left out"
    )


def run(args: Namespace, view: View) -> int:
    """Judge every file; one that is wrong does not keep the others from being judged."""
    from fazai.diagnostic import ExitCode, FazaiError  # noqa: PLC0415

    failed = False
    paths = [Path(name) for name in args.files] or _all_of_project(view)
    for path in paths:
        try:
            _judge(path)
        except FazaiError as error:
            failed = True
            for finding in error.findings:
                view.finding(finding)
        else:
            view.file(str(path), "valid")
    return ExitCode.USAGE if failed else ExitCode.DONE


def _all_of_project(view: View) -> list[Path]:
    from fazai.project.project import SETTINGS, relative  # noqa: PLC0415

    root = _root()
    goals = sorted(path for path in (root / "goals").rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file())
    settings = [root / SETTINGS] if (root / SETTINGS).is_file() else []
    found = [*settings, *goals, *_toolspecs(root)]
    if not found:
        view.note("Nothing to look at: no fazai.yml, no goals, no toolspecs here. `fazai init` writes a project.")
    return [relative(path) for path in found]


def _root() -> Path:
    """The project's root, found without reading its settings: they may be what is wrong."""
    from fazai.project.project import SETTINGS  # noqa: PLC0415

    here = Path.cwd()
    return next((directory for directory in (here, *here.parents) if (directory / SETTINGS).is_file()), here)


def _toolspecs(root: Path) -> list[Path]:
    """The directories of the project's own toolspecs; none where the settings cannot be read."""
    from fazai.diagnostic import FazaiError  # noqa: PLC0415
    from fazai.project import Project  # noqa: PLC0415

    try:
        project: Project = Project.find(root)
    except FazaiError:
        return []
    return sorted(path.parent for path in (root / project.settings.toolspecs).glob("*/toolspec.yml"))


def _judge(path: Path) -> None:
    """Raises with every mistake of the file."""
    from fazai.document import build, parse  # noqa: PLC0415
    from fazai.goal import Goal  # noqa: PLC0415
    from fazai.project import Settings, read_text  # noqa: PLC0415
    from fazai.project.project import SETTINGS, relative  # noqa: PLC0415
    from fazai.shelf import Shelf  # noqa: PLC0415

    if path.is_dir() or path.name == "toolspec.yml":
        place = (path if path.is_dir() else path.parent).resolve()
        Shelf({place.name: relative(place)}).get(place.name)
        return
    document = parse(read_text(path), str(path))
    if path.name == SETTINGS:
        build(Settings, document)
    else:
        build(Goal, document)
