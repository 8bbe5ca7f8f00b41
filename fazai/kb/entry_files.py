"""The truth: `entries/<id>.json`, each written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from fazai.diagnostic import FazaiError, Finding, Severity, Where
from fazai.kb.judge import ID
from fazai.outcome import Entry

_LARGEST: Final = 8 * 1024 * 1024  # bytes; an entry holds a few toolspecs


class EntryFiles:
    """A directory of entries. Reading needs no lock: a file is replaced in one step."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.damaged: dict[str, Finding] = {}

    def stamps(self) -> dict[str, str]:
        """Each id with a stamp that changes when its file does."""
        found: dict[str, str] = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self.directory) as there:
            for item in there:
                name = item.name.removesuffix(".json")
                if item.name.endswith(".json") and ID.fullmatch(name) and item.is_file(follow_symlinks=False):
                    with contextlib.suppress(FileNotFoundError):
                        state = item.stat(follow_symlinks=False)
                        found[name] = f"{state.st_mtime_ns}:{state.st_size}:{state.st_ino}"
        return found

    def read(self, entry_id: str) -> Entry | None:
        """The entry, or None when its file is gone or damaged: then `damaged` says so."""
        path = self._path(entry_id)
        self.damaged.pop(entry_id, None)
        try:
            with path.open("rb") as file:
                text = file.read(_LARGEST + 1)
            if len(text) > _LARGEST:
                raise ValueError("it is larger than any entry")
            entry = Entry.model_validate_json(text)
            if entry.id != entry_id:
                raise ValueError(f'it holds the entry "{entry.id}"')
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            self.damaged[entry_id] = _damaged(path, error)
            return None
        return entry

    def read_all(self) -> Iterator[Entry]:
        """Every entry that can be read."""
        for entry_id in self.stamps():
            entry = self.read(entry_id)
            if entry is not None:
                yield entry

    def write(self, entry: Entry) -> None:
        """Write whole, then rename: killed at any moment, there is the old file, the new one, or none. Under the lock."""
        self._clear_leftovers()
        half = self.directory / f".{entry.id}.{os.getpid()}.half"
        try:
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
                file.write(entry.model_dump_json(by_alias=True, indent=1).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            half.replace(self._path(entry.id))
            _sync_directory(self.directory)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise FazaiError(
                Finding(
                    summary="An entry cannot be written",
                    detail=f"{entry.id}: {error.strerror or error}.",
                    where=Where(file=str(self._path(entry.id))),
                    remedy="Nothing of it was kept. Make room, or mend the directory's permissions, and run it again.",
                )
            ) from error

    def remove(self, entry_id: str) -> None:
        """Forget one. Under the lock."""
        self._path(entry_id).unlink(missing_ok=True)
        _sync_directory(self.directory)

    def _path(self, entry_id: str) -> Path:
        return self.directory / f"{entry_id}.json"

    def _clear_leftovers(self) -> None:
        """What a killed writer left; the lock says that no other writer is at work."""
        for half in self.directory.glob(".*.half"):
            half.unlink(missing_ok=True)


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _damaged(path: Path, error: OSError | ValueError) -> Finding:
    detail = "it is not an entry as this version knows it" if isinstance(error, ValidationError) else str(error)
    return Finding(
        severity=Severity.WARNING,
        summary="An entry cannot be read",
        detail=f"{detail}.",
        where=Where(file=str(path)),
        remedy="The others are not affected. Put the file back from a backup, or remove it.",
    )
