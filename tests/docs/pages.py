"""Pages of documentation as programs: their files are written, their commands run, in order, in a directory of the page's own.

    ```yaml                    a first line `# some/path.yaml` makes the block a file of that name
    ```console                 lines after `$ ` are commands; the lines below are what they print
    ```console hosts           the same, for commands that need the hosts of the page; followed only where there are such hosts

Shown output is compared loosely: `...` stands for anything within a line, or for any lines where it stands alone; hashes, run ids
and times stand for any other. A command
with no output shown may print what it likes. Every command must end well; one that should not is written with `; echo $?`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(?P<kind>yaml|console|console hosts)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
# Other with everybody who follows a page: beginnings of hashes, ids of runs, times.
_CHANGING = re.compile(r"\b(?:\d{8}-\d{6}-\d{4}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC|[0-9a-f]{12})\b")
_NAMED = re.compile(r"# (?P<path>[\w./-]+\.(?:ya?ml|cfg|j2))$")


@dataclass(frozen=True)
class File:
    """A file that the page says to write."""

    path: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command, and the lines it is said to print."""

    line: str
    output: tuple[str, ...]


def parts(page: str, *, on_hosts: bool = False) -> Iterator[File | Command]:
    """The files and commands of a page, in order; or the commands that need hosts, and nothing else."""
    for block in _BLOCK.finditer(page):
        body = block["body"]
        if on_hosts:
            yield from _commands(body) if block["kind"] == "console hosts" else ()
        elif block["kind"] == "yaml":
            named = _NAMED.match(body.partition("\n")[0])
            if named:
                yield File(named["path"], body)
        elif block["kind"] == "console":
            yield from _commands(body)


def _commands(body: str) -> Iterator[Command]:
    line: str | None = None
    output: list[str] = []
    for text in body.replace("\\\n", " ").splitlines():
        if text.startswith("$ "):
            if line is not None:
                yield Command(line, tuple(output))
            line, output = text[2:], []
        else:
            output.append(text)
    if line is not None:
        yield Command(line, tuple(output))


def fits(shown: Sequence[str], printed: str) -> bool:
    """Whether what was printed is what the page shows; True where it shows nothing."""
    if not shown:
        return True
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "..." else re.escape(_alike(line.rstrip())).replace(r"\.\.\.", ".*") + r"[ \t]*\n"
        for line in shown
    )
    return re.fullmatch(pattern, _alike(printed).rstrip("\n") + "\n") is not None


def _alike(text: str) -> str:
    """The text with the same word for everything that is other each time."""
    return _CHANGING.sub("<other each time>", text)


class Reader:
    """Somebody who does what a page says, in a fresh directory; where they are and what they exported stays from line to line."""

    def __init__(self, directory: Path) -> None:
        self._home = directory
        self._here = directory / "work"
        self._here.mkdir()
        self._exports = directory / "exports"
        self._exports.write_text("")
        programs = directory / "bin"
        programs.mkdir()
        (programs / "fazai").write_text(f'#!/bin/sh\nexec {sys.executable} -m fazai "$@"\n')
        (programs / "fazai").chmod(0o755)
        path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
        self._environment = {
            **kept,
            "HOME": str(directory),
            "LOGNAME": "maria",
            "PATH": path,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "100",
            "TERM": "dumb",
        }

    def follow(self, page: str, *, on_hosts: bool = False) -> list[str]:
        """Do all of it; what did not go as the page says, in words."""
        wrong: list[str] = []
        for part in parts(page, on_hosts=on_hosts):
            match part:
                case File():
                    self.write(part)
                case Command():
                    code, printed = self.run(part.line)
                    if code != 0 or not fits(part.output, printed):
                        wrong.append(f"$ {part.line}\nended with {code} and printed:\n{printed}")
        return wrong

    def write(self, file: File) -> None:
        """Write a file where the reader is."""
        path = self._here / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")

    def run(self, line: str) -> tuple[int, str]:
        """The exit status of a command, and what it printed."""
        place = self._home / "place"
        script = f". {self._exports}\ntrap 'pwd > {place}; export -p > {self._exports}' EXIT\n{line}\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self._here,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        self._here = Path(place.read_text().strip())
        return done.returncode, done.stdout
