"""What a knowledge base does, whatever keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from fazai.diagnostic import Finding, UsageError, did_you_mean
from fazai.outcome import Entry, EntryStatus

LEAST_SCORE: Final = 0.1  # below this, what two texts share is chance: see tests/kb/test_embedding.py
_SHORTEST_PREFIX: Final = 4


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An entry that a search found. `score` is how like the text it is: above 0, at most 1. It ranks; it proves nothing."""

    entry: Entry
    score: float


class Store(Protocol):
    """Keeps entries. Entries come back as they were added; what cannot be read is a finding, and the others still work."""

    def add(self, entry: Entry) -> None:
        """Keep an entry, in place of one with the same id.

        Raises `FazaiError` for an entry that may hold a secret, for one that calls itself verified without evidence, and when
        it cannot be written: then nothing of it is kept.
        """
        ...

    def get(self, entry_id: str) -> Entry:
        """The entry with this id, or the one whose id begins so (4 digits or more). Raises `UsageError`."""
        ...

    def all(self, status: EntryStatus | None = None) -> list[Entry]:
        """Every entry, the newest first."""
        ...

    def search(self, text: str, concepts: Sequence[str] = (), limit: int = 5) -> list[Hit]:
        """Entries like a text, the likest first; but every verified one before any failed one."""
        ...

    def remove(self, entry_id: str) -> None:
        """Forget the entry with this id; the whole id is needed. Raises `UsageError` when there is none."""
        ...

    def findings(self) -> tuple[Finding, ...]:
        """What went wrong, or was mended, since the store was opened."""
        ...


def ranked(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """The order of a search: proof before likeness, then the newer."""
    likely = [hit for hit in hits if hit.score >= LEAST_SCORE]
    likely.sort(
        key=lambda hit: (hit.entry.status is not EntryStatus.VERIFIED, -hit.score, -hit.entry.at.timestamp(), hit.entry.id)
    )
    return likely[:limit]


def newest_first(entries: Iterable[Entry], status: EntryStatus | None) -> list[Entry]:
    """The order of a list."""
    wanted = [entry for entry in entries if status is None or entry.status is status]
    return sorted(wanted, key=lambda entry: (-entry.at.timestamp(), entry.id))


def whole_id(prefix: str, ids: Collection[str]) -> str:
    """The id that `prefix` means. Raises `UsageError` when it is none or several."""
    if prefix in ids:
        return prefix
    found = sorted(one for one in ids if one.startswith(prefix)) if len(prefix) >= _SHORTEST_PREFIX else []
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            Finding(summary="Several entries begin so", detail=f'"{prefix}": {", ".join(found)}.', remedy="Give more digits.")
        )
    raise UsageError(
        Finding(summary="No such entry", detail=f'"{prefix}".', remedy=did_you_mean(prefix, ids) or "There is none yet.")
    )
