"""The journal: one line for each thing that matters, chained by hash, never rewritten.

A line is JSON with `seq`, `at`, `kind`, the fields of its kind, `previous` (the hash of the line before) and `hash` (over all the
rest). A line that was changed, taken out or put in breaks the chain, and `broken_at()` says where.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fazai.outcome import Event
from fazai.project.files import private_directory
from fazai.project.locks import hold_project

_FIRST = "0" * 64


class Journal:
    """The journal of a project."""

    def __init__(self, state: Path) -> None:
        self._state = private_directory(state)
        self.path = self._state / "journal.ndjson"

    def write(self, kind: str, **fields: Any) -> None:
        """Add a line; it is on disk (fsync) when this returns. A torn last line of a killed process is closed first."""
        with hold_project(self._state):
            last = self._last()
            record = {
                "seq": (last.get("seq", 0) if last else 0) + 1,
                "at": Event.model_fields["at"].get_default(call_default_factory=True).isoformat(),
                "kind": kind,
                **fields,
                "previous": last.get("hash", _FIRST) if last else _FIRST,
            }
            record["hash"] = _hash(record)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                torn = self.path.stat().st_size > 0 and not self.path.read_bytes().endswith(b"\n")
                file.write((b"\n" if torn else b"") + json.dumps(record).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())

    def read(self) -> Iterator[Mapping[str, Any]]:
        """Every whole line, oldest first."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for line in file:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record, dict):
                    yield record

    def broken_at(self) -> int | None:
        """The `seq` of the first line that does not fit the chain, or None."""
        previous = _FIRST
        for record in self.read():
            rest = {name: value for name, value in record.items() if name != "hash"}
            if record.get("previous") != previous or record.get("hash") != _hash(rest):
                return int(record.get("seq", 0))
            previous = str(record.get("hash"))
        return None

    def _last(self) -> Mapping[str, Any] | None:
        last = None
        for record in self.read():
            last = record
        return last


def _hash(record: Mapping[str, Any]) -> str:
    text = json.dumps({k: v for k, v in record.items() if k != "hash"}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
