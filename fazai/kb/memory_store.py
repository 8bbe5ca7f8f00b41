"""The stand-in: entries in a dictionary, under the same contract."""

from __future__ import annotations

from collections.abc import Sequence

from fazai.diagnostic import FazaiError, Finding
from fazai.kb.embedding import cosine, of_entry, sparse
from fazai.kb.judge import judge
from fazai.kb.store import Hit, newest_first, ranked, whole_id
from fazai.outcome import Entry, EntryStatus


class MemoryStore:
    """Keeps entries as long as it lives."""

    def __init__(self, *entries: Entry) -> None:
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """See `Store`."""
        refused = judge(entry)
        if refused:
            raise FazaiError(*refused)
        self._entries[entry.id] = entry

    def get(self, entry_id: str) -> Entry:
        """See `Store`."""
        return self._entries[whole_id(entry_id, self._entries)]

    def all(self, status: EntryStatus | None = None) -> list[Entry]:
        """See `Store`."""
        return newest_first(self._entries.values(), status)

    def search(self, text: str, concepts: Sequence[str] = (), limit: int = 5) -> list[Hit]:
        """See `Store`."""
        vector = sparse(text, concepts)
        return ranked((Hit(entry=one, score=min(cosine(vector, of_entry(one)), 1.0)) for one in self._entries.values()), limit)

    def remove(self, entry_id: str) -> None:
        """See `Store`."""
        if entry_id not in self._entries:
            whole_id(f"{entry_id} ", self._entries)  # raises, with the nearest id
        del self._entries[entry_id]

    def findings(self) -> tuple[Finding, ...]:
        """Nothing goes wrong in memory."""
        return ()
