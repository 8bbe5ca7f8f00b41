"""Runs: who did what when, and every event, numbered, on disk before it is shown."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pydantic import ValidationError

from fazai.diagnostic import Finding, UsageError
from fazai.outcome import Event, Run, RunState
from fazai.project.files import private_directory, write_atomically

TREE: Final = "tree"


class RunStore:
    """`.fazai/runs/<id>/run.json` and `events.ndjson`."""

    def __init__(self, state: Path) -> None:
        self._directory = private_directory(state / "runs")

    def new_id(self) -> str:
        """A new id that sorts by time, `20261120-213005-4821`: its directory is made, so no other process gets it."""
        while True:
            at = datetime.now(UTC)
            name = f"{at:%Y%m%d-%H%M%S}-{at.microsecond // 100:04d}"
            with suppress(FileExistsError):
                (self._directory / name).mkdir(mode=0o700)
                return name

    def tree(self, run_id: str) -> Path:
        """The directory of the rendered files that a run plays, its own; it goes when the run ends, unless that was cut off."""
        return private_directory(self._directory / run_id / TREE)

    def start(self, run: Run) -> RunWriter:
        """Keep a run that begins now; events are written through what is returned."""
        directory = private_directory(self._directory / run.id)
        return RunWriter(directory, run)

    def load(self, prefix: str) -> Run:
        """The run whose id begins or ends so; `last` is the newest. Raises `UsageError` when none or several do.

        A run that was cut off (its process is gone, its state still says running) comes back as `unknown`.
        """
        ids = self.ids()
        found = ids[-1:] if prefix == "last" else [name for name in ids if name.startswith(prefix) or name.endswith(prefix)]
        if len(found) != 1 or not prefix:
            raise UsageError(
                Finding(
                    summary="No such run" if not found else "Several runs are called so",
                    detail=f'"{prefix}".',
                    remedy="`fazai runs list` shows their ids; `last` is the newest.",
                )
            )
        run = self._read(found[0])
        if run is None:
            raise UsageError(Finding(summary="A stored run cannot be read", detail=found[0], remedy="Its events may still be."))
        return run

    def all(self) -> list[Run]:
        """Every run, newest last; one that cannot be read is left out."""
        return [run for run in map(self._read, self.ids()) if run is not None]

    def ids(self) -> list[str]:
        """The ids, oldest first."""
        return sorted(entry.name for entry in self._directory.iterdir() if (entry / "run.json").is_file())

    def events(self, run_id: str) -> Iterator[Event]:
        """The events of a run in order; the torn last line of a killed process is left out."""
        path = self._directory / run_id / "events.ndjson"
        if not path.is_file():
            return
        with path.open("rb") as file:
            for line in file:
                try:
                    yield Event.model_validate_json(line)
                except ValidationError:
                    continue

    def cut_off(self) -> list[Run]:
        """Runs that nobody can say the end of."""
        return [run for run in self.all() if run.state is RunState.UNKNOWN]

    def settle(self, run: Run, state: RunState) -> None:
        """Write the state of a run that ended without saying so."""
        write_run(self._directory / run.id, run.model_copy(update={"state": state}))

    def _read(self, run_id: str) -> Run | None:
        try:
            run = Run.model_validate_json((self._directory / run_id / "run.json").read_bytes())
        except (OSError, ValidationError):
            return None
        if run.state is RunState.RUNNING and not _held(self._directory / run_id / "events.ndjson"):
            return run.model_copy(update={"state": RunState.UNKNOWN})
        return run


class RunWriter:
    """Writes one run; a context manager that ends it. `record()` gives an event its number."""

    def __init__(self, directory: Path, run: Run) -> None:
        self.run = run
        self._directory = directory
        descriptor = os.open(directory / "events.ndjson", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "ab")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        write_run(directory, run)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.run.state is RunState.RUNNING:
            self.end(RunState.INTERRUPTED if kind is not None and issubclass(kind, KeyboardInterrupt) else RunState.FAILED)
        self._file.close()
        shutil.rmtree(self._directory / TREE, ignore_errors=True)

    def record(self, event: Event) -> Event:
        """The event with its number; it is in the file when this returns."""
        numbered = event.model_copy(update={"seq": self.run.last_seq + 1})
        self.run = self.run.model_copy(update={"last_seq": numbered.seq})
        self._file.write(numbered.model_dump_json(exclude_defaults=True).encode() + b"\n")
        self._file.flush()
        return numbered

    def update(self, **fields: object) -> None:
        """Change fields of the run, on disk at once."""
        self.run = self.run.model_copy(update=fields)
        write_run(self._directory, self.run)

    def end(self, state: RunState) -> None:
        """Write how it ended; events are made to survive a loss of power."""
        os.fsync(self._file.fileno())
        self.update(state=state, ended=datetime.now(UTC))


def write_run(directory: Path, run: Run) -> None:
    """Write `run.json` whole."""
    write_atomically(directory / "run.json", run.model_dump_json(by_alias=True, indent=1), mode=0o600)


def _held(events: Path) -> bool:
    """Whether the process that writes these events still lives: it holds their lock as long as it does."""
    try:
        with events.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
