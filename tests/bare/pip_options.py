"""Prints the `podman run` options, one a line, with which pip works in a container as it does here.

pip's settings travel as PIP_* variables; whatever they name on this machine's disk (a certificate bundle, a folder
of wheels, a local index) is mounted at the same place, read-only. Run by run.sh before any virtual environment
exists: standard library only.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

SECTIONS = {"global", "install", ":env:"}


def settings(listing: str) -> dict[str, str]:
    """What `pip config list` says; a variable in the environment wins, as it does for pip."""
    found: dict[str, str] = {}
    for line in sorted(listing.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in SECTIONS:
            found[key] = " ".join(str(ast.literal_eval(value)).split())
    return found


def options(found: dict[str, str]) -> list[str]:
    variables = [f"--env=PIP_{key.upper().replace('-', '_')}={value}" for key, value in found.items()]
    return variables + [f"--volume={path}:{path}:ro" for path in sorted(set(_paths(found)))]


def _paths(found: dict[str, str]) -> Iterator[Path]:
    for key, value in found.items():
        for word in value.split():
            path = Path(unquote(urlsplit(word).path)) if word.startswith("file://") else Path(word)
            if not path.is_absolute() or not path.exists():
                continue
            # A local index refers to files that lie beside it.
            yield path.parent if key.endswith("index-url") else path


def main(arguments: Iterable[str]) -> None:
    listing = subprocess.run(
        [*arguments, "-m", "pip", "config", "list"],
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    print("\n".join(options(settings(listing.stdout))))


if __name__ == "__main__":
    main(sys.argv[1:] or [sys.executable])
